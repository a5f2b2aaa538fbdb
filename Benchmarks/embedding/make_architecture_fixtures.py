#!/usr/bin/env python3
"""Writes the tables that the daily tests of other architectures compare with, from the reference implementation.

    scripts/make-tiny-architectures DIRECTORY
    python3 make_architecture_fixtures.py DIRECTORY

Needs tokenizers, torch, transformers and model2vec. The results go to
Tests/CodiraEmbeddingTests/Fixtures/Architectures: one table a model, of the vectors of 16 texts.
"""

import json
import pathlib
import sys

import reference
import texts

FIXTURES = pathlib.Path(__file__).parents[2] / "Tests" / "CodiraEmbeddingTests" / "Fixtures" / "Architectures"

# Short, unknown, foreign, spelled out markers and padding, and longer than the model takes.
SELECTION = [
    "Read a file line by line and count the words.", "class Session\nKeeps cookies and connections between requests.",
    "static int hash_update(struct hash *h)", "x", "", "SELECT name FROM users WHERE id = ?", "Die Größe der Datei in Bytes",
    "読み込み処理 日本", "a [PAD] b [PAD][PAD] c", "[UNK] and ☃ between", "word file read text call " * 40,
] + texts.hostile(63)[58:]


def main():
    FIXTURES.mkdir(exist_ok=True)
    for directory in sorted(pathlib.Path(sys.argv[1]).iterdir()):
        lines = ",\n".join(
            json.dumps({"text": text, "ids": ids, "vector": [round(float(x), 7) for x in vector]})
            for text, (ids, vector) in zip(SELECTION, reference.vectors(str(directory), SELECTION)))
        (FIXTURES / f"{directory.name}.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


main()
