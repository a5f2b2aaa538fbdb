#!/usr/bin/env python3
"""Compares the encoder with the reference and with its peers, on real and hostile texts.

    swift build -c release --product embedding-bench
    python3 Benchmarks/embedding/compare.py models/all-MiniLM-L6-v2 [--bench PATH] [--rounds N]

Needs tokenizers, torch, transformers, sentence-transformers, onnx, onnxscript, onnxruntime, openvino. Checks first:
token ids of 2,000 real and 500 hostile texts, the cosine of 500 vectors, equal bytes with 1, 2 and 4 threads, in
reverse and alone. Then times: ours, onnxruntime and OpenVINO in float32 on the same batches, in alternation.
Exit 1 if a check fails.
"""

import argparse
import json
import pathlib
import statistics
import struct
import subprocess
import sys
import tempfile
import time

import numpy
import tokenizers
import torch
import transformers

import texts as corpus

TOKENS, BATCH, CORES = 256, 32, 2


def framed(texts):
    return b"".join(struct.pack("<I", len(data)) + data for data in (t.encode() for t in texts))


def bench(arguments, mode, texts, threads=CORES):
    return subprocess.run(
        [arguments.bench, arguments.model, mode, str(threads)], input=framed(texts), capture_output=True, check=True
    ).stdout


def vectors(arguments, texts, threads=CORES):
    return numpy.frombuffer(bench(arguments, "vectors", texts, threads), dtype="<f4").reshape(len(texts), -1)


def check_tokens(arguments, tokenizer, texts):
    lines = bench(arguments, "tokens", texts).decode().splitlines()
    wrong = [t for t, line in zip(texts, lines) if tokenizer.encode(t).ids != [int(i) for i in line.split()]]
    print(f"token ids: {len(texts) - len(wrong)} of {len(texts)} texts equal", [t[:60] for t in wrong[:5]] or "")
    return not wrong and len(lines) == len(texts)


def check_vectors(arguments, texts):
    import sentence_transformers

    reference = sentence_transformers.SentenceTransformer(arguments.model, device="cpu")
    reference.max_seq_length = TOKENS
    expected = reference.encode(texts, batch_size=BATCH, normalize_embeddings=True)
    found = vectors(arguments, texts)
    cosines = (expected * found).sum(1) / numpy.linalg.norm(expected, axis=1) / numpy.linalg.norm(found, axis=1)
    print(f"cosine with sentence-transformers, {len(texts)} texts: least {cosines.min():.7f}, mean {cosines.mean():.7f}")
    return cosines.min() >= 0.9999


def check_bytes(arguments, texts):
    expected = vectors(arguments, texts)
    others = [vectors(arguments, texts, 1), vectors(arguments, texts, 4), vectors(arguments, texts[::-1])[::-1]]
    equal = all(expected.tobytes() == numpy.ascontiguousarray(o).tobytes() for o in others)
    alone = all(vectors(arguments, [t]).tobytes() == expected[i].tobytes() for i, t in enumerate(texts[:20]))
    print(f"bytes: threads 1, 2, 4 and reversed {'equal' if equal else 'DIFFER'}, alone {'equal' if alone else 'DIFFER'}")
    return equal and alone


class Pooled(torch.nn.Module):
    """The model as the peers run it: hidden states, mean over the mask, length one."""

    def __init__(self, directory):
        super().__init__()
        self.bert = transformers.BertModel.from_pretrained(directory, attn_implementation="eager")

    def forward(self, ids, mask):
        hidden = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).to(hidden.dtype)
        return torch.nn.functional.normalize((hidden * weight).sum(1) / weight.sum(1), dim=1)


def peers(arguments, folder):
    """Functions from (ids, mask) to vectors."""
    import onnxruntime
    import openvino

    path = str(pathlib.Path(folder) / "model.onnx")
    example = torch.ones(2, 8, dtype=torch.int64)
    batch, length = torch.export.Dim("batch"), torch.export.Dim("length", max=512)
    torch.onnx.export(
        Pooled(arguments.model).eval(), (example, example), path, input_names=["ids", "mask"], dynamo=True,
        dynamic_shapes=({0: batch, 1: length}, {0: batch, 1: length}), verbose=False)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = CORES
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    compiled = openvino.Core().compile_model(
        path, "CPU",
        {"INFERENCE_NUM_THREADS": CORES, "INFERENCE_PRECISION_HINT": "f32", "PERFORMANCE_HINT": "THROUGHPUT"})
    queue = openvino.AsyncInferQueue(compiled)

    def run_onnxruntime(batches):
        return [session.run(None, {"ids": ids, "mask": mask})[0] for ids, mask in batches]

    def run_openvino(batches):
        results = [None] * len(batches)

        def keep(request, index):
            results[index] = request.get_output_tensor(0).data.copy()

        queue.set_callback(keep)
        for index, (ids, mask) in enumerate(batches):
            queue.start_async({0: ids, 1: mask}, index)
        queue.wait_all()
        return results

    return {
        f"onnxruntime {onnxruntime.__version__}": run_onnxruntime,
        f"OpenVINO {openvino.__version__.split('-')[0]}": run_openvino,
    }


def batches(tokenizer, texts):
    """Batches of texts sorted by length, padded to the longest of each."""
    ids = sorted((tokenizer.encode(t).ids for t in texts), key=len)
    result = []
    for start in range(0, len(ids), BATCH):
        part = ids[start : start + BATCH]
        width = max(map(len, part))
        result.append((
            numpy.array([i + [0] * (width - len(i)) for i in part], dtype=numpy.int64),
            numpy.array([[1] * len(i) + [0] * (width - len(i)) for i in part], dtype=numpy.int64)))
    return result, sum(map(len, ids))


def compare_speed(arguments, tokenizer, texts):
    prepared, tokens = batches(tokenizer, texts)
    rates, first = {"ours": []}, []
    with tempfile.TemporaryDirectory() as folder:
        rivals = peers(arguments, folder)
        for name, run in rivals.items():
            run(prepared[:2])
            rates[name] = []
        for _ in range(arguments.rounds):
            measured = json.loads(bench(arguments, "time", texts))
            assert measured["tokens"] == tokens
            rates["ours"].append(tokens / measured["seconds"])
            first.append(measured["first_vector_seconds"])
            for name, run in rivals.items():
                start = time.perf_counter()
                run(prepared)
                rates[name].append(tokens / (time.perf_counter() - start))
    print(f"speed: {len(texts)} texts, {tokens} tokens, {arguments.rounds} rounds in alternation, {CORES} cores, float32")
    for name, values in rates.items():
        ratio = statistics.median(a / b for a, b in zip(rates["ours"], values))
        print(f"  {name:24} median {statistics.median(values):6.0f} tokens/s, best {max(values):6.0f};"
              f" ours is {ratio:.2f} times as fast")
    print(f"  ours, opening the model to the first vector: median {1000 * statistics.median(first):.0f} ms,"
          f" least {1000 * min(first):.0f} ms")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("--bench", default=".build/release/embedding-bench")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--texts", type=int, default=512, help="how many texts are timed")
    arguments = parser.parse_args()
    tokenizer = tokenizers.Tokenizer.from_file(f"{arguments.model}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.enable_truncation(TOKENS)

    real, hostile = corpus.real(2000), corpus.hostile(500)
    sound = [
        check_tokens(arguments, tokenizer, real + hostile),
        check_vectors(arguments, real[:400] + hostile[:100]),
        check_bytes(arguments, real[:200] + hostile[:56]),
    ]
    if arguments.rounds:
        compare_speed(arguments, tokenizer, real[: arguments.texts])
    sys.exit(0 if all(sound) else 1)


main()
