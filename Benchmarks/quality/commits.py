#!/usr/bin/env python3
"""Whether a commit's message finds the files it changed: recall@10 and MRR beside BM25 and ripgrep.

    Benchmarks/quality/commits.py --codira PROGRAM REPOSITORY... [--count 100] [--newest 800] [--misses] > table.md

Each REPOSITORY is a git repository with its history. Of its newest commits without merges those are taken that change
one to five source files which were there before (tests, examples, benchmarks and documents not counted), whose first
line has four words or more and speaks of no release, version, dependency or changelog, undoes nothing and is not marked
as one of documents, tests, style or the build; from these they are drawn at random, the same number from each. The
question is the first line without the numbers of issues; what is indexed is the parent. Nothing is fetched but, by pip
into Benchmarks/work, what baselines.py names; ripgrep is to be there.
"""

import argparse
import json
import os
import subprocess
import sys
import time

import baselines
from history import SOURCE, TEST, History

HERE = os.path.dirname(os.path.abspath(__file__))
METHODS = ["codira search", "codira search, by words alone", "BM25 over files", "BM25 over files, stemmed", "ripgrep"]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repositories", nargs="+")
    parser.add_argument("--codira", default="codira", help="the program to measure")
    parser.add_argument("--work", default=os.path.join(HERE, "..", "work", "commits"), help="files, indexes, answers")
    parser.add_argument("--count", type=int, default=100, help="commits of all repositories together")
    parser.add_argument("--newest", type=int, default=800, help="how far back commits are taken from")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--again", action="store_true", help="only print what the last run answered")
    parser.add_argument("--misses", action="store_true", help="list the commits without an answer among the first ten")
    return parser.parse_args()


def search(codira, folder, question, options=()):
    """Files in the order of their best result."""
    listing = folder + ".question"
    with open(listing, "w") as file:
        file.write(question + "\n")
    command = [codira, "search", "--json", "--limit", "200", "--questions", listing, *options]
    answer = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, check=True)
    results = json.loads(answer.stdout)["results"][0]["results"]
    return list(dict.fromkeys(result["path"] for result in results)), results[:5]


class Texts:
    """The words of every file of a revision; a file that stays the same is read once."""

    def __init__(self):
        self.words = {}

    def of(self, folder, files):
        found = {}
        for path, blob in files.items():
            place = os.path.join(folder, path)
            if (path, blob) not in self.words and os.path.isfile(place):
                with open(place, "rb") as file:
                    content = file.read()
                # The path is part of the text, as it is for codira.
                known = [] if b"\0" in content else baselines.words(path + "\n" + content.decode("utf-8", "replace"))
                self.words[(path, blob)] = known
            if self.words.get((path, blob)):
                found[path] = self.words[(path, blob)]
        return found


def answer(history, commit, codira, texts):
    files = history.check_out(commit.parent)
    started = time.monotonic()
    command = [codira, "index", "--no-git", "--quiet"]
    subprocess.run(command, cwd=history.folder, stdout=subprocess.DEVNULL, check=False)
    seconds = time.monotonic() - started
    found, first = search(codira, history.folder, commit.question)
    documents = texts.of(history.folder, files)
    ranked = [
        found,
        search(codira, history.folder, commit.question, ["--lexical"])[0],
        baselines.BM25(documents).rank(commit.question),
        baselines.BM25(documents, stemmed=True).rank(commit.question),
        baselines.ripgrep_files(history.folder, commit.question)[:200],
    ]
    places = [f"{result['path']}:{result['start_line']} {result['name']}" for result in first]
    return {
        "repository": history.name,
        "commit": commit.id,
        "question": commit.question,
        "sources": commit.sources,
        "changed": commit.changed,
        "ranked": dict(zip(METHODS, ranked)),
        "first": places,
        "seconds": seconds,
    }


def recall(wanted, ranked, count=10):
    return len(set(wanted) & set(ranked[:count])) / len(wanted)


def reciprocal(wanted, ranked):
    return next((1 / rank for rank, path in enumerate(ranked, start=1) if path in wanted), 0.0)


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else 0.0


def is_source(path):
    return bool(SOURCE.search(path)) and not TEST.search(path)


def print_table(rows):
    names = list(dict.fromkeys(row["repository"] for row in rows))
    groups = [(name, [row for row in rows if row["repository"] == name]) for name in names] + [("**all**", rows)]
    print("| repository | commits | ranking | recall@10 | MRR | recall@10 among sources | MRR among sources "
          "| recall@10, tests wanted too |\n|---|--:|---|--:|--:|--:|--:|--:|")
    for name, group in groups:
        for method in METHODS:
            triples = [(row["sources"], row["changed"], row["ranked"][method]) for row in group]
            among = [(wanted, list(filter(is_source, ranked))) for wanted, _, ranked in triples]
            figures = [
                mean(recall(wanted, ranked) for wanted, _, ranked in triples),
                mean(reciprocal(wanted, ranked) for wanted, _, ranked in triples),
                mean(recall(wanted, ranked) for wanted, ranked in among),
                mean(reciprocal(wanted, ranked) for wanted, ranked in among),
                mean(recall(changed, ranked) for _, changed, ranked in triples),
            ]
            print(f"| {name} | {len(group)} | {method} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |")


def rank_of(wanted, ranked):
    return next((str(rank) for rank, path in enumerate(ranked, start=1) if path in wanted), "–")


def print_misses(rows):
    for row in rows:
        if not recall(row["sources"], row["ranked"][METHODS[0]]):
            ranks = ", ".join(f"{method} {rank_of(row['sources'], row['ranked'][method])}" for method in METHODS)
            print(f"\n{row['repository']} {row['commit'][:10]} {row['question']}\n  wanted: {', '.join(row['sources'])}")
            print(f"  first wanted at: {ranks}\n    " + "\n    ".join(row["first"]))


def main():
    options = arguments()
    work = os.path.abspath(options.work)
    os.makedirs(work, exist_ok=True)
    rows = []
    for place, repository in enumerate(options.repositories):
        history = History(repository, os.path.join(work, os.path.basename(os.path.abspath(repository))))
        kept = history.folder + ".json"
        if options.again:
            with open(kept) as file:
                rows += json.load(file)
            continue
        share = options.count // len(options.repositories) + (place < options.count % len(options.repositories))
        commits, taken = history.draw(share, options.newest, options.seed)
        print(f"{history.name}: {len(commits)} of {taken} commits, seed {options.seed}", file=sys.stderr)
        texts = Texts()
        answers = []
        for commit in commits:
            answers.append(answer(history, commit, options.codira, texts))
            print(f"  {commit.id[:10]} {answers[-1]['seconds']:.1f} s {commit.question}", file=sys.stderr, flush=True)
            with open(kept, "w") as file:
                json.dump(answers, file)
        rows += answers
    print_table(rows)
    if options.misses:
        print_misses(rows)


if __name__ == "__main__":
    main()
