#!/usr/bin/env python3
"""Writes the tables that the daily tests of the encoder compare with, from the reference implementation.

    python3 make_fixtures.py MINILM_DIRECTORY TINY_DIRECTORY

Needs tokenizers, torch and transformers. TINY_DIRECTORY is what scripts/make-tiny-model wrote. The results go to
Tests/CodiraEmbeddingTests/Fixtures: token ids of MiniLM for 150 texts, vectors of both models for some of them.
"""

import json
import pathlib
import sys

import tokenizers
import torch
import transformers

import texts

FIXTURES = pathlib.Path(__file__).parents[2] / "Tests" / "CodiraEmbeddingTests" / "Fixtures"

PLAIN = [
    "Read a file line by line and count the words.", "class Session\nKeeps cookies and connections between requests.",
    "def get(self, url, **kwargs)\nSend a GET request; returns a Response.", "static int hash_update(struct hash *h)",
    "Return the union of two sorted lists without duplicates, in order.", "x", "ToDo", "http://example.org/a?b=c#d",
    "SELECT name FROM users WHERE id = ?", "0x7fff_ffff 3.14159 1e-12", "Die Größe der Datei in Bytes", "読み込み処理",
]


def tokenizer_of(directory, maximum):
    tokenizer = tokenizers.Tokenizer.from_file(f"{directory}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.enable_truncation(maximum)
    return tokenizer


def vectors(directory, maximum, selection):
    tokenizer = tokenizer_of(directory, maximum)
    model = transformers.BertModel.from_pretrained(directory, attn_implementation="eager").eval()
    rows = []
    for text in selection:
        ids = tokenizer.encode(text).ids
        with torch.no_grad():
            vector = model(torch.tensor([ids])).last_hidden_state[0].mean(0)
        vector = torch.nn.functional.normalize(vector, dim=0)
        rows.append({"text": text, "ids": ids, "vector": [round(float(x), 7) for x in vector]})
    return rows


def write(name, rows):
    lines = ",\n".join(json.dumps(row) for row in rows)
    (FIXTURES / name).write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def main():
    minilm, tiny = sys.argv[1:]
    FIXTURES.mkdir(exist_ok=True)
    selection = PLAIN + texts.hostile(138)
    tokenizer = tokenizer_of(minilm, 256)
    write("minilm-tokens.json", [{"text": t, "ids": tokenizer.encode(t).ids} for t in selection])
    write("minilm-vectors.json", vectors(minilm, 256, PLAIN[:8] + ["", "word " * 400]))
    write("tiny-vectors.json", vectors(tiny, 128, selection))


main()
