"""The peers, and the settings of each that are tried before the best is kept."""

import dataclasses

CORES = 2


@dataclasses.dataclass(frozen=True)
class Peer:
    name: str
    precision: str
    module: str  # of this package
    settings: tuple  # of options for its `opened`, a title for each


def torch_settings(model, precision):
    options = {"model": model, "threads": CORES, "precision": precision}
    return (
        ("sdpa attention", options),
        ("eager attention", {**options, "attention": "eager"}),
    )


def openvino_settings(model, precision):
    options = {"model": model, "threads": CORES, "precision": precision}
    return (
        ("throughput hint, 2 streams", {**options, "NUM_STREAMS": "2"}),
        ("throughput hint", options),
        ("latency hint, 1 stream of 2 threads", {**options, "hint": "LATENCY"}),
    )


def onnx_settings(*models):
    options = {"threads": CORES}
    return tuple(
        (f"{model}, {title}", {**options, "model": model, **more})
        for model in models
        for title, more in (("1 call of 2 threads", {}), ("2 calls of 1 thread", {"calls": 2})))


def catalogue(model, avx2=False):
    """Every peer; `model` is the directory of the model. OpenVINO compiles no bfloat16 where it is kept to AVX2."""
    half = "f32" if avx2 else "bf16"
    peers = [
        Peer("onnxruntime", "float32", "onnx_runtime", onnx_settings("fused.onnx", "plain.onnx")),
        Peer("onnxruntime", "int8", "onnx_runtime", onnx_settings("int8.onnx")),
        Peer("OpenVINO", "float32", "open_vino", openvino_settings("openvino.xml", "f32")),
        Peer("OpenVINO", "bfloat16", "open_vino", openvino_settings("openvino.xml", "bf16")),
        Peer("OpenVINO", "int8", "open_vino", openvino_settings("openvino-int8.xml", half)),
        Peer("OpenVINO", "int8 weights", "open_vino", openvino_settings("openvino-weights.xml", half)),
        Peer("sentence-transformers", "float32", "sentence_torch", torch_settings(model, "float32")),
        Peer("sentence-transformers", "bfloat16", "sentence_torch", torch_settings(model, "bfloat16")),
        Peer("fastembed", "float32", "fast_embed", (("local folder", {"threads": CORES}),)),
    ]
    return [peer for peer in peers if not avx2 or peer.precision != "bfloat16"]
