"""OpenVINO: requests in a queue, as many at once as the compiled model asks for."""

import os

import openvino


def opened(folder, model, threads, precision="f32", hint="THROUGHPUT", **properties):
    compiled = openvino.Core().compile_model(
        os.path.join(folder, model), "CPU",
        {"INFERENCE_NUM_THREADS": threads, "INFERENCE_PRECISION_HINT": precision, "PERFORMANCE_HINT": hint,
         **properties})
    queue = openvino.AsyncInferQueue(compiled)
    results = {}

    def keep(request, index):
        results[index] = request.get_output_tensor(0).data.copy()

    queue.set_callback(keep)

    def run(batches):
        for index, (ids, mask) in enumerate(batches):
            queue.start_async({"input_ids": ids, "attention_mask": mask}, index)
        queue.wait_all()
        return [results[index] for index in range(len(batches))]

    return run
