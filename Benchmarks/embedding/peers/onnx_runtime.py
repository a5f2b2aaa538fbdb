"""onnxruntime: one call with all threads, or several calls at once with one thread each."""

import concurrent.futures
import os

import onnxruntime


def opened(folder, model, threads, calls=1):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads // calls
    session = onnxruntime.InferenceSession(
        os.path.join(folder, model), options, providers=["CPUExecutionProvider"])

    def one(batch):
        return session.run(None, {"input_ids": batch[0], "attention_mask": batch[1]})[0]

    if calls == 1:
        return lambda batches: [one(batch) for batch in batches]
    pool = concurrent.futures.ThreadPoolExecutor(calls)
    return lambda batches: list(pool.map(one, batches))
