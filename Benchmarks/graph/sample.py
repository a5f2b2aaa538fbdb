#!/usr/bin/env python3
"""Draws edges of an index to judge by reading, for a language that has no oracle of calls.

    codira index --no-embeddings ROOT; codira export > tree.jsonl      (inside ROOT)
    Benchmarks/graph/sample.py ROOT tree.jsonl --language rust [--count 100] [--seed 1] [--resolution exact]

Prints each edge with the line of the call and the line of its target. The same seed draws the same edges of the
same index. Edges whose called name differs from the target's are counted: only an alias may make one.
"""

import argparse
import json
import os
import random


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root", help="the tree")
    parser.add_argument("export", help="what `codira export` wrote of it")
    parser.add_argument("--language", required=True, help="the first word of the ids")
    parser.add_argument("--count", type=int, default=100, help="edges to draw")
    parser.add_argument("--seed", type=int, default=1, help="start of the random numbers")
    parser.add_argument("--resolution", default="exact", help="exact, name, ambiguous, external or unresolved")
    options = parser.parse_args()

    places, names, calls = {}, {}, []
    with open(options.export, encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            if record["type"] == "symbol":
                places.setdefault(record["id"], (record["path"], record["name_line"]))
                names[record["id"]] = record["name"]
            elif record["type"] == "reference" and record["role"] == "call":
                if record["resolution"] == options.resolution and record["owner"].startswith(options.language + " "):
                    calls.append(record)

    def text(path, line):
        with open(os.path.join(options.root, path), "rb") as file:
            return file.read().decode("utf-8", "replace").splitlines()[line - 1].strip()[:140]

    others = sum(1 for call in calls if call["targets"] and all(names[t] != call["name"] for t in call["targets"]))
    print(f"{len(calls)} {options.resolution} calls; in {others} the target has another name\n")
    chosen = random.Random(options.seed).sample(calls, min(options.count, len(calls)))
    for number, call in enumerate(chosen, 1):
        print(f"{number}. {call['path']}:{call['line']}:{call['column']} {call['name']}")
        print(f"     {text(call['path'], call['line'])}")
        for target in call["targets"]:
            path, line = places[target]
            print(f"  -> {target}  {path}:{line}\n     {text(path, line)}")


if __name__ == "__main__":
    main()
