#!/usr/bin/env python3
"""Compares the encoder inside `codira index` with the same encoder on the same texts and nothing else.

    Benchmarks/index/encoding.py TREE [--model DIRECTORY] [--precision NAME] [--rounds 3]

Both run in alternation: a first index of the tree in a throw-away folder, structure and vectors in two runs, then
`embedding-bench time` over the texts of that index, the longest first. Prints tokens a second of both and their ratio,
by the clock and by the processor's time; the latter tells what surrounds the encoder on a machine that is busy with
other things too, but not whether a thread waits. Needs what `make build` builds.
"""

import argparse
import json
import os
import pathlib
import resource
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


def measured(command, accept=(0,), **more):
    """What a program printed, as JSON, and the processor's seconds it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run(command, stdout=subprocess.PIPE, check=False, **more)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode not in accept:
        sys.exit(f"encoding: {command[0]} ended with {run.returncode}")
    return json.loads(run.stdout), after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def index(tree, folder, environment, *more):
    command = [BUILD / "codira", "index", "--json", "--no-git", "--quiet", "--index", folder, *more]
    answer, cpu = measured(command, accept=(0, 4), cwd=tree, env=environment)
    return answer["seconds"], cpu


def bench(model, precision, threads, packed):
    return measured(
        [BUILD / "embedding-bench", model, "time", "--threads", str(threads), "--precision", precision], input=packed)


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
        clock, processor, shares = [], [], []
        for round in range(options.rounds):
            folder = f"{scratch}/index-{round}"
            structure, _ = index(options.tree, folder, environment, "--no-embeddings")
            seconds, inside = index(options.tree, folder, environment)
            rows = texts(folder + "/index.db")
            packed = b"".join(struct.pack("<I", len(row)) + row for row in rows)
            answer, alone = bench(options.model, options.precision, os.cpu_count(), packed)
            tokens = answer["tokens"]
            clock.append(answer["seconds"] / seconds["vectors"])
            processor.append(alone / inside)
            shares.append(seconds["vectors"] / (sum(structure.values()) + seconds["vectors"]))
            print(f"round {round + 1}: tokens/s index {tokens / seconds['vectors']:,.0f}, bench "
                  f"{tokens / answer['seconds']:,.0f}, ratio {clock[-1]:.3f}; by processor index "
                  f"{tokens / inside:,.0f}, bench {tokens / alone:,.0f}, ratio {processor[-1]:.3f}", flush=True)
        print(f"{len(rows):,} texts, {tokens:,} tokens, {options.precision}, {os.cpu_count()} threads")
        print(f"median ratio {statistics.median(clock):.3f} by the clock, {statistics.median(processor):.3f} by the "
              f"processor's time; {100 * statistics.median(shares):.1f} % of a first index are vectors")


if __name__ == "__main__":
    main()
