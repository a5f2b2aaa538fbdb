#!/usr/bin/env python3
"""Compares the encoder inside `codira index` with the same encoder on the same texts and nothing else.

    Benchmarks/index/encoding.py TREE [--model DIRECTORY] [--precision NAME] [--rounds 3]

Both run in alternation: a first index of the tree in a throw-away folder, then `embedding-bench time` over the texts
of that index, the longest first. Prints tokens a second of both, their ratio, and where the time of the index went.
Needs what `make build` builds.
"""

import argparse
import json
import os
import pathlib
import sqlite3
import statistics
import struct
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / ".build/release"


def texts(database):
    """The texts of current symbols and chunks, each with its length before it."""
    rows = sqlite3.connect(database).execute(
        "SELECT text FROM payloads WHERE id IN (SELECT payload FROM symbols WHERE payload IS NOT NULL"
        " UNION ALL SELECT payload FROM chunks) ORDER BY length(CAST(text AS BLOB)) DESC, id")
    return [row[0].encode() for row in rows]


def index(tree, folder, environment):
    run = subprocess.run(
        [BUILD / "codira", "index", "--json", "--no-git", "--quiet", "--index", folder], cwd=tree, env=environment,
        stdout=subprocess.PIPE, check=False)
    if run.returncode not in (0, 4):
        sys.exit(f"encoding: index ended with {run.returncode}")
    return json.loads(run.stdout)


def bench(model, precision, threads, packed):
    run = subprocess.run(
        [BUILD / "embedding-bench", model, "time", "--threads", str(threads), "--precision", precision],
        input=packed, stdout=subprocess.PIPE, check=True)
    return json.loads(run.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tree", type=pathlib.Path)
    parser.add_argument("--model", type=pathlib.Path, default=ROOT / "models/all-MiniLM-L6-v2")
    parser.add_argument("--precision", default="float32")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        environment = dict(
            os.environ, CODIRA_MODEL_HOME=scratch + "/models", CODIRA_EMBEDDING_MODEL=options.model.name,
            CODIRA_EMBEDDING_PRECISION=options.precision)
        subprocess.run(
            [BUILD / "codira", "model", "install", options.model], env=environment, stdout=subprocess.DEVNULL, check=True)
        inside, alone, shares = [], [], []
        for round in range(options.rounds):
            folder = f"{scratch}/index-{round}"
            seconds = index(options.tree, folder, environment)["seconds"]
            rows = texts(folder + "/index.db")
            packed = b"".join(struct.pack("<I", len(row)) + row for row in rows)
            measured = bench(options.model, options.precision, os.cpu_count(), packed)
            inside.append(measured["tokens"] / seconds["vectors"])
            alone.append(measured["tokens"] / measured["seconds"])
            shares.append(seconds["vectors"] / sum(seconds.values()))
            print(f"round {round + 1}: index {inside[-1]:,.0f} tokens/s, bench {alone[-1]:,.0f}, ratio "
                  f"{inside[-1] / alone[-1]:.3f}; "
                  + ", ".join(f"{name} {value:.2f} s" for name, value in seconds.items()), flush=True)
        print(f"{len(rows):,} texts, {measured['tokens']:,} tokens, {options.precision}, {os.cpu_count()} threads")
        print(f"median ratio {statistics.median(a / b for a, b in zip(inside, alone)):.3f}, "
              f"{100 * statistics.median(shares):.1f} % of the index's time in the stage of vectors")


if __name__ == "__main__":
    main()
