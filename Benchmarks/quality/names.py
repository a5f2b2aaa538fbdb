#!/usr/bin/env python3
"""Whether a name finds its definition, and whether any text at all is an answerable question.

    Benchmarks/quality/names.py --codira PROGRAM INDEXED_FOLDER... [--names 500] [--strings 10000]

Names are drawn at random, with a fixed seed, from the symbols of the given folders that code defines. The first
answer counts when it is a definition of that name. The random strings hold every kind of character that could be
mistaken for the full-text engine's language.
"""

import argparse
import json
import random
import subprocess
import sys

LEFT_OUT = {"import", "section", "key"}
PIECES = (
    [chr(code) for code in range(0x20, 0x7F)]
    + ["AND", "OR", "NOT", "NEAR", "NEAR(", "*", '"', '""', "'", "name:", "body :", "-", "^", "(", ")", "{", "}", "+"]
    + ["\u4e2d\u6587", "\u691c\u7d22", "\ud55c\uad6d", "\U0001f600", "\u0301", "\u00e9", "\u200b", "\u202e", "\ufeff", "\\0"]
    + ["get", "user", "parse", "request", "getUserByID", "a::b", "x.y.z", "path:", "kind:nothing", "lang:", "test:maybe"]
)


def ask(codira, folder, questions, options=()):
    listing = folder.rstrip("/") + ".names"
    with open(listing, "w") as file:
        file.write("".join(question + "\n" for question in questions))
    command = [codira, "search", "--json", "--questions", listing, *options]
    answer = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, check=False)
    if answer.returncode != 0:
        raise SystemExit(f"{folder}: exit {answer.returncode}: {answer.stdout[:300]!r}")
    return json.loads(answer.stdout)["results"]


def symbols(codira, folder):
    """Names of code in the folder's index, each with the places that define it."""
    export = subprocess.run([codira, "export"], cwd=folder, stdout=subprocess.PIPE, check=False).stdout
    names = {}
    for line in export.splitlines():
        record = json.loads(line)
        if record["type"] != "symbol" or record["kind"] in LEFT_OUT or "local" in record["flags"]:
            continue
        names.setdefault(record["name"], set()).add((record["path"], record["start_line"]))
    return names


def check_names(codira, folders, count):
    generator = random.Random(7)
    first = asked = 0
    for folder in folders:
        names = symbols(codira, folder)
        drawn = generator.sample(sorted(names), min(count // len(folders), len(names)))
        # A name that is only marks has no word to search for; it stands in no question of this kind.
        drawn = [name for name in drawn if any(c.isalnum() for c in name) and "\n" not in name]
        for name, row in zip(drawn, ask(codira, folder, drawn)):
            asked += 1
            best = row["results"][0] if row["results"] else None
            if best and (best["name"] == name or (best["path"], best["start_line"]) in names[name]):
                first += 1
            else:
                print(f"  {folder}: {name}: {best and (best['path'], best['name'])}", file=sys.stderr)
    print(f"definition first: {first} of {asked} names ({100 * first / max(1, asked):.1f} %)")
    return first >= 0.95 * asked


def check_strings(codira, folder, count):
    generator = random.Random(8)
    strings = []
    while len(strings) < count:
        joint = generator.choice(["", " "])
        text = joint.join(generator.choice(PIECES) for _ in range(generator.randint(1, 12)))
        if text.strip():
            strings.append(text)
    rows = ask(codira, folder, strings)
    word = [row for text, row in zip(strings, rows) if "request" in text.lower().split()]
    empty = sum(not row["results"] for row in word)
    print(f"random strings: {len(rows)} answered without an error; of {len(word)} with a word of the code {empty} empty")
    return len(rows) == count and empty == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--codira", default="codira")
    parser.add_argument("--names", type=int, default=500)
    parser.add_argument("--strings", type=int, default=10000)
    options = parser.parse_args()
    good = check_names(options.codira, options.folders, options.names)
    good = check_strings(options.codira, options.folders[0], options.strings) and good
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
