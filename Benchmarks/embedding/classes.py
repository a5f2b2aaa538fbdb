"""The kinds of text that are timed: payloads of an index, docstrings, long texts, queries."""

import ast
import itertools
import json
import random
import re
import sqlite3
import statistics
import struct
import subprocess

import packages
from peers.environment import WORK

PACKAGE = "django==4.2.16"
TOKENS = 256


def payloads(codira):
    """What `codira index` embeds of the package, in the order of their hashes, which is none."""
    tree = packages.unpacked(PACKAGE)
    database = tree / ".codira" / "index.db"
    if not database.exists():
        # The folder of an index makes the tree a repository of its own; without it, that around this one is indexed.
        database.parent.mkdir(exist_ok=True)
        subprocess.run([codira, "index", "--quiet", "--no-git", "--no-embeddings", "-C", tree], check=True)
    with sqlite3.connect(database) as index:
        languages = dict(index.execute("SELECT language, count(*) FROM files GROUP BY language"))
        if not languages.get("python"):
            raise SystemExit(f"{database}: no Python was analyzed: build the product codira-python, remove the index")
        return [row[0] for row in index.execute("SELECT text FROM payloads ORDER BY hash")]


def docstrings():
    texts = set()
    for source in packages.sources((PACKAGE,)):
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                texts.add(ast.get_docstring(node) or "")
    texts = sorted(texts - {""})
    random.Random(1).shuffle(texts)
    return texts


class TextClass:
    """Texts of one kind, written for the runtimes: token ids and texts as JSON, texts in frames."""

    def __init__(self, name, title, texts, ids, suffix=""):
        self.name, self.title, self.texts, self.ids = name, title, texts, ids
        self.tokens = sum(map(len, self.ids))
        self.median = statistics.median(map(len, self.ids))
        folder = WORK / "texts"
        folder.mkdir(parents=True, exist_ok=True)
        self.paths = {form: folder / f"{name}{suffix}.{form}" for form in ("ids", "json", "frames")}
        self.paths["ids"].write_text(json.dumps(self.ids))
        self.paths["json"].write_text(json.dumps(texts))
        self.paths["frames"].write_bytes(framed(texts))

    def sample(self, share):
        count = max(1, int(len(self.texts) * share))
        return TextClass(self.name, self.title, self.texts[:count], self.ids[:count], "-sample")

    def first(self):
        return TextClass("first", self.title, self.texts[:1], self.ids[:1])


def framed(texts):
    return b"".join(struct.pack("<I", len(data)) + data for data in (text.encode() for text in texts))


def text_classes(codira, tokenizer, scale=1.0):
    """The classes that are timed as a whole, the queries, and texts to calibrate quantization with."""
    symbols, documented = payloads(codira), docstrings()

    def made(name, title, texts):
        return TextClass(name, title, texts, [tokenizer.encode(text).ids for text in texts])

    def length(text):
        return len(tokenizer.encode(text).ids)

    def count(texts):
        return int(texts * scale)

    longest = (text for text in reversed(symbols) if length(text) == TOKENS)
    lines = dict.fromkeys(re.split(r"\n|(?<=\.)\s", text)[0] for text in documented)
    queries = (line for line in lines if length(line) == 10)
    timed = [
        made("payloads", "symbol payloads", symbols[: count(400)]),
        made("docstrings", "docstrings", documented[: count(1000)]),
        made("long", "long texts", list(itertools.islice(longest, count(120)))),
    ]
    calibration = made("calibration", "calibration", symbols[400:700])
    return timed, made("queries", "queries", list(itertools.islice(queries, 50))), calibration
