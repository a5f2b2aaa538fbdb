#!/usr/bin/env python3
"""Whether `codira search --code` finds where a pasted piece of code comes from.

    Benchmarks/quality/snippets.py --codira PROGRAM INDEXED_FOLDER... [--snippets 200] [--lines 5] [-- OPTION...]

Functions and methods of twelve lines and more are drawn at random, with a fixed seed, from those that are no tests; of each a
run of lines of their second half is the question. An answer counts when it is the function, or something inside it that
has one of the lines; the mean reciprocal rank is over ten answers.
"""

import argparse
import json
import os
import random
import subprocess
import sys


def functions(codira, folder):
    export = subprocess.run([codira, "export"], cwd=folder, stdout=subprocess.PIPE, check=False).stdout
    for line in export.splitlines():
        record = json.loads(line)
        if record["type"] != "symbol" or record["kind"] not in ("function", "method"):
            continue
        if record["end_line"] - record["start_line"] >= 11 and "test" not in record["path"]:
            yield record


def snippet(folder, function, count, generator):
    with open(os.path.join(folder, function["path"]), errors="replace") as file:
        lines = file.read().split("\n")
    first = generator.randint((function["start_line"] + function["end_line"]) // 2, function["end_line"] - count)
    return first, "\n".join(lines[first - 1:first - 1 + count])


def rank(codira, folder, function, first, text, options):
    last = first + text.count("\n") + 1
    command = [codira, "search", "--json", "--code", "--limit", "10", *options]
    answer = subprocess.run(command, cwd=folder, input=text.encode(), stdout=subprocess.PIPE, check=False)
    for place, row in enumerate(json.loads(answer.stdout)["results"], 1):
        if row["path"] != function["path"] or row["start_line"] >= last or row["end_line"] < first:
            continue
        if row["start_line"] >= function["start_line"] and row["end_line"] <= function["end_line"]:
            return place
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--codira", default="codira")
    parser.add_argument("--snippets", type=int, default=200)
    parser.add_argument("--lines", type=int, default=5)
    parser.add_argument("--misses", action="store_true", help="list what was not found first")
    parser.add_argument("--option", action="append", default=[], help="one more option for search")
    options = parser.parse_args()
    generator = random.Random(11)
    print("| repository | snippets | first | of ten | MRR |\n|---|--:|--:|--:|--:|")
    for folder in options.folders:
        known = sorted(functions(options.codira, folder), key=lambda record: (record["path"], record["start_line"]))
        ranks = []
        for function in generator.sample(known, min(options.snippets // len(options.folders), len(known))):
            first, text = snippet(folder, function, options.lines, generator)
            found = rank(options.codira, folder, function, first, text, options.option)
            ranks.append(found)
            if options.misses and found != 1:
                print(f"{folder}: {function['path']}:{first} {function['name']}: {found}", file=sys.stderr)
        found = [place for place in ranks if place]
        share = (len([place for place in found if place == 1]) / len(ranks), len(found) / len(ranks))
        score = sum(1 / place for place in found) / len(ranks)
        name = os.path.basename(folder.rstrip("/"))
        print(f"| {name} | {len(ranks)} | {share[0]:.3f} | {share[1]:.3f} | {score:.3f} |")


if __name__ == "__main__":
    main()
