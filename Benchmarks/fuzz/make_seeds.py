#!/usr/bin/env python3
"""Writes the inputs that the fuzzers start from.

    Benchmarks/fuzz/make_seeds.py tokenizer|safetensors DIRECTORY

The tokenizers are those of the tests, each with its vocabulary cut to what still opens in little time.
"""

import json
import pathlib
import struct
import sys

FIXTURES = pathlib.Path(__file__).parents[2] / "Tests" / "CodiraEmbeddingTests" / "Fixtures" / "tokenizers"
TEXT = "Read the Wörd <mask> it's 1234\r\n  e\u0301 \ufb01 日本 \U0001f600\u200d\U0001f525 [MASK]".encode()


def shortened(document):
    """The tokenizer with the first tokens and merges alone."""
    model = document["model"]
    if isinstance(model["vocab"], list):
        model["vocab"] = model["vocab"][:40]
    else:
        merges = [m.split(" ") if isinstance(m, str) else m for m in model.get("merges", [])[:8]]
        needed = {"".join(pair) for pair in merges} | {part for pair in merges for part in pair}
        special = {token["content"] for token in document["added_tokens"]} | {"[UNK]", "<unk>"}
        first = set(list(model["vocab"])[:40])
        model["vocab"] = {k: v for k, v in model["vocab"].items() if k in needed | special | first}
        if "merges" in model:
            model["merges"] = model["merges"][:8]
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def tokenizers():
    for path in sorted(FIXTURES.glob("*/tokenizer.json")):
        yield path.parent.name, shortened(json.loads(path.read_text(encoding="utf-8"))) + b"\0" + TEXT


def safetensors():
    for name, tensors in {
        "empty": {}, "one": {"a": ("F32", [2, 3])}, "two": {"a": ("F32", [4]), "b": ("F16", [2, 2])},
        "scalar": {"a": ("BF16", [])}, "nothing": {"a": ("F32", [0, 5])},
    }.items():
        header, size = {"__metadata__": {"format": "pt"}}, 0
        for tensor, (kind, shape) in tensors.items():
            count = {"F32": 4, "F16": 2, "BF16": 2}[kind]
            for extent in shape:
                count *= extent
            header[tensor] = {"dtype": kind, "shape": shape, "data_offsets": [size, size + count]}
            size += count
        text = json.dumps(header).encode()
        yield name, struct.pack("<Q", len(text)) + text + bytes(size)


def main():
    kind, directory = sys.argv[1:]
    for name, data in tokenizers() if kind == "tokenizer" else safetensors():
        (pathlib.Path(directory) / name).write_bytes(data)


main()
