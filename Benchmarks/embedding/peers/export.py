"""The model in the forms that the peers read, written once into a folder.

    python -m peers.export MODEL FOLDER TEXTS

`TEXTS` is a JSON list of token ids by text, for the quantization that looks at activations.
"""

import itertools
import json
import pathlib
import shutil
import sys

import nncf
import numpy
import onnx
import openvino
import torch
import transformers
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer

INPUTS = ["input_ids", "attention_mask"]


class Pooled(torch.nn.Module):
    """Hidden states, mean over the mask, length one."""

    def __init__(self, directory, attention):
        super().__init__()
        self.bert = transformers.BertModel.from_pretrained(
            directory, attn_implementation=attention, add_pooling_layer=False)

    def forward(self, input_ids, attention_mask):
        hidden = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        weight = attention_mask.unsqueeze(-1).to(hidden.dtype)
        return torch.nn.functional.normalize((hidden * weight).sum(1) / weight.sum(1), dim=1)


class Hidden(torch.nn.Module):
    """What fastembed expects: three inputs, the hidden states."""

    def __init__(self, directory):
        super().__init__()
        self.bert = transformers.BertModel.from_pretrained(
            directory, attn_implementation="eager", add_pooling_layer=False)

    def forward(self, input_ids, attention_mask, token_type_ids):
        return self.bert(input_ids, attention_mask, token_type_ids).last_hidden_state


def to_onnx(module, names, output, path):
    """Through TorchScript: onnxruntime's optimizer finds the attention in such a graph, not in a newer export's."""
    example = torch.ones(2, 8, dtype=torch.int64)
    torch.onnx.export(
        module.eval(), (example,) * len(names), str(path), input_names=names, output_names=[output], dynamo=False,
        opset_version=17, dynamic_axes={name: {0: "batch", 1: "length"} for name in names} | {output: {0: "batch"}})


def export_onnx(model, folder):
    plain, fused = folder / "plain.onnx", folder / "fused.onnx"
    to_onnx(Pooled(model, "eager"), INPUTS, "vectors", plain)
    heads = json.loads((pathlib.Path(model) / "config.json").read_text())
    optimizer.optimize_model(
        str(plain), model_type="bert", num_heads=heads["num_attention_heads"], hidden_size=heads["hidden_size"],
        opt_level=1).save_model_to_file(str(fused))
    # A scale for each output: as fast as one scale for a matrix, and cosines of 0.99 in place of 0.92.
    quantize_dynamic(
        str(fused), str(folder / "int8.onnx"), weight_type=QuantType.QInt8, per_channel=True,
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT})


def export_openvino(model, folder, texts):
    example = torch.ones(2, 8, dtype=torch.int64)
    converted = openvino.convert_model(
        Pooled(model, "sdpa").eval(), example_input={name: example for name in INPUTS})
    openvino.save_model(converted, folder / "openvino.xml", compress_to_fp16=False)
    samples = [
        {"input_ids": numpy.array([ids], dtype=numpy.int64), "attention_mask": numpy.ones((1, len(ids)), numpy.int64)}
        for ids in itertools.islice(texts, 300)]
    quantized = nncf.quantize(converted, nncf.Dataset(samples), model_type=nncf.ModelType.TRANSFORMER)
    openvino.save_model(quantized, folder / "openvino-int8.xml", compress_to_fp16=False)
    compressed = nncf.compress_weights(
        openvino.Core().read_model(folder / "openvino.xml"), mode=nncf.CompressWeightsMode.INT8_SYM)
    openvino.save_model(compressed, folder / "openvino-weights.xml", compress_to_fp16=False)


def export_fastembed(model, folder):
    target = folder / "fastembed"
    target.mkdir()
    for name in ("config.json", "tokenizer.json"):
        shutil.copy(pathlib.Path(model) / name, target)
    (target / "tokenizer_config.json").write_text(json.dumps({"model_max_length": 256, "pad_token": "[PAD]"}))
    (target / "special_tokens_map.json").write_text(json.dumps({"pad_token": "[PAD]"}))
    to_onnx(Hidden(model), [*INPUTS, "token_type_ids"], "last_hidden_state", target / "model.onnx")


def main():
    model, folder, texts = sys.argv[1], pathlib.Path(sys.argv[2]), json.loads(pathlib.Path(sys.argv[3]).read_text())
    folder.mkdir(parents=True)
    export_onnx(model, folder)
    export_openvino(model, folder, texts)
    export_fastembed(model, folder)


if __name__ == "__main__":
    main()
