#!/usr/bin/env python3
"""Whether `codira context` keeps its budget to the token and never shows a line twice, over random questions.

    Benchmarks/context/budgets.py --codira PROGRAM INDEXED_FOLDER... [--count 500]

A third of the questions are names of symbols, a third are some words of the sources, a third are random characters with
quotes, operators and other scripts among them. Budgets are drawn between 200 (the least there may be) and 20,000 tokens,
small ones as often as large ones; each question is asked in all three formats. An answer breaks its budget when it has
more than three bytes a token; JSON and XML have to parse. A numbered line of a file is shown twice when it stands in two
items or twice in one.
"""

import argparse
import collections
import json
import math
import os
import random
import re
import subprocess
import sys
import xml.etree.ElementTree

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "quality"))
import names  # noqa: E402

FORMATS = ["markdown", "json", "xml"]
BYTES = 3
HEADING = re.compile(r"^## (.+?):(\d+) ")
NUMBERED = re.compile(r"^(\d+)\t")
CUT = re.compile(rb'"left_out":\{"|^Left out for|<left-out>', re.MULTILINE)
ITEM = re.compile(r"^- (.+?):(\d+) [^`]*: `")


def shown_json(answer):
    for item in json.loads(answer)["results"]:
        for line in item.get("text", "").split("\n"):
            if NUMBERED.match(line):
                yield item["path"], int(line.split("\t", 1)[0])


def shown_xml(answer):
    for item in xml.etree.ElementTree.fromstring(answer):
        for line in (item.text or "").split("\n"):
            if "path" in item.attrib and NUMBERED.match(line):
                yield item.attrib["path"], int(line.split("\t", 1)[0])


def shown_markdown(answer):
    """Numbered lines below a heading, and the one line that a caller's or callee's row quotes."""
    path = None
    for line in answer.decode("utf-8", "replace").split("\n"):
        if heading := HEADING.match(line):
            path = heading.group(1)
        elif line.startswith("## "):
            path = None
        elif row := ITEM.match(line):
            yield row.group(1), int(row.group(2))
        elif path and NUMBERED.match(line):
            yield path, int(line.split("\t", 1)[0])


SHOWN = {"markdown": shown_markdown, "json": shown_json, "xml": shown_xml}


def ask(codira, folder, question, budget, form):
    command = [codira, "context", "--budget", str(budget), "--format", form, "--", question]
    return subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)


def questions(codira, folder, count, generator):
    defined = sorted(names.symbols(codira, folder))
    words = sorted({word for name in defined for word in re.findall(r"[A-Za-z][a-z]+", name)})
    for number in range(count):
        if number % 3 == 0:
            yield generator.choice(defined)
        elif number % 3 == 1:
            yield " ".join(generator.choice(words) for _ in range(generator.randint(2, 8)))
        else:
            joint = generator.choice(["", " "])
            text = joint.join(generator.choice(names.PIECES) for _ in range(generator.randint(1, 12)))
            yield text if text.strip() else "?"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--codira", default="codira", help="the program to measure")
    parser.add_argument("--count", type=int, default=500, help="questions of all folders together")
    parser.add_argument("--seed", type=int, default=9)
    options = parser.parse_args()
    generator = random.Random(options.seed)
    counts = {form: collections.Counter() for form in FORMATS}
    for folder in options.folders:
        for question in questions(options.codira, folder, options.count // len(options.folders), generator):
            budget = round(math.exp(generator.uniform(math.log(200), math.log(20000))))
            for form in FORMATS:
                check(options.codira, folder, question, budget, form, counts[form])
    print("| format | answers | nothing found | refused | over budget | unreadable | with a line twice "
          "| budget used, where something was cut |\n|---|--:|--:|--:|--:|--:|--:|--:|")
    for form, row in counts.items():
        used = row["bytes"] / row["allowed"] if row["allowed"] else 0
        print(f"| {form} | {row['answers']} | {row['empty']} | {row['refused']} | {row['over']} | {row['unreadable']} "
              f"| {row['twice']} | {100 * used:.1f} % |")
    sys.exit(1 if any(row["over"] + row["unreadable"] + row["twice"] for row in counts.values()) else 0)


def check(codira, folder, question, budget, form, row):
    answer = ask(codira, folder, question, budget, form)
    row["answers"] += 1
    if answer.returncode == 1:
        row["empty"] += 1
        print(f"  nothing found: {form} --budget {budget} {question!r} in {folder}", file=sys.stderr)

    def report(fault):
        row[fault] += 1
        print(f"  {fault}: {form} --budget {budget} {question!r} in {folder}", file=sys.stderr)

    if answer.returncode not in (0, 1):
        report("refused")
        print(f"    exit {answer.returncode}: {answer.stderr.decode()[:200]}", file=sys.stderr)
        return
    if len(answer.stdout) > BYTES * budget:
        report("over")
    try:
        twice = [place for place, times in collections.Counter(SHOWN[form](answer.stdout)).items() if times > 1]
    except (ValueError, xml.etree.ElementTree.ParseError):
        report("unreadable")
        return
    if twice:
        report("twice")
        print(f"    {twice[:3]}", file=sys.stderr)
    if CUT.search(answer.stdout):
        row["bytes"] += len(answer.stdout)
        row["allowed"] += BYTES * budget


if __name__ == "__main__":
    main()
