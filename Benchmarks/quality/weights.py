#!/usr/bin/env python3
"""What each number of `RankingWeights` is worth, and whether the numbers hold for a repository they have not seen.

    Benchmarks/quality/weights.py --set FOLDER --checkouts FOLDER --work FOLDER [--codira PROGRAM] [--leave-one-out]

Asks every question once with `--explain` and recomputes the scores of the candidates under other weights, so a
thousand settings take minutes. `--leave-one-out` chooses the weights 22 times by coordinate ascent over `GRID`, each
time without one repository, and scores that repository with them.
"""

import argparse
import os
import re

import checkouts
import measure
import metric

HERE = os.path.dirname(os.path.abspath(__file__))
SWIFT = os.path.join(HERE, "..", "..", "Sources", "CodiraQuery", "Search")

GRID = {
    "vector_words": [0.5, 0.6, 0.8, 1, 1.3],
    "vector_sentence": [0.8, 1, 1.3, 1.6, 2],
    "file_text": [0.4, 0.5, 0.65, 0.8],
    "file_vector": [0.3, 0.45, 0.6, 0.8],
    "definition_inside": [0, 0.3, 0.5, 0.8],
    "definition_stem": [0, 0.25, 0.5, 1],
    "unit_name": [0, 0.1, 0.15, 0.2, 0.3],
    "stem": [0, 0.2, 0.3, 0.4, 0.5],
    "folder": [0, 0.05, 0.1, 0.2],
    "test": [0.3, 0.4, 0.5, 0.7, 1],
    "example": [0.3, 0.5, 1],
    "legacy": [0.3, 0.5, 0.75, 1],
    "reexport": [0.5, 0.7, 1],
    "document": [0.3, 0.6, 1],
    "minor": [0.5, 0.7, 0.9, 1],
    "further_part": [0.1, 0.3, 0.5, 0.7],
}


def written():
    """The weights as the product has them, by their names on the command line."""
    with open(os.path.join(SWIFT, "RankingWeights.swift")) as file:
        source = file.read()
    values = dict(re.findall(r"package var (\w+) = ([\d.]+)", source))
    return {name: float(values[path]) for name, path in re.findall(r'"(\w+)": \\\.(\w+)', source)}


class Candidate:
    """One result with the shares that the product's signals gave it, free of their weights."""

    def __init__(self, row, weights, kind):
        added = {entry["signal"]: entry["effect"] for entry in row["explanation"]["added"]}
        self.path = row["path"]
        self.row = {name: row[name] for name in ("path", "start_line", "end_line")}
        self.hits = ()
        vector = weights["vector_" + kind] if "vector" in added else 0
        whole = 1 + vector
        self.text = added.get("text", 0) * whole / (1 - weights["file_text"])
        self.file_text = added.get("file_text", 0) * whole / weights["file_text"]
        self.vector = added.get("vector", 0) * whole / vector / (1 - weights["file_vector"]) if vector else 0
        self.file_vector = added.get("file_vector", 0) * whole / vector / weights["file_vector"] if vector else 0
        self.definition = added.get("definition", 0) / weights[definition_weight(kind)]
        self.is_namesake = "definition_stem" in added
        self.signals = [(name, added.get(name, 0) / weights[name]) for name in ("unit_name", "stem", "folder")]
        self.demotions = [e["signal"] for e in row["explanation"]["multiplied"] if e["signal"] != "further_part"]

    def score(self, weights, kind, has_vectors):
        vector = weights["vector_" + kind] if has_vectors else 0
        file_text, file_vector = weights["file_text"], weights["file_vector"]
        text = (1 - file_text) * self.text + file_text * self.file_text
        meaning = (1 - file_vector) * self.vector + file_vector * self.file_vector
        score = (text + vector * meaning) / (1 + vector)
        stem = 1 + (weights["definition_stem"] if self.is_namesake else 0)
        score += weights[definition_weight(kind)] * self.definition * stem
        score += sum(weights[name] * share for name, share in self.signals)
        for name in self.demotions:
            score *= weights[name]
        return score


def definition_weight(kind):
    return "definition" if kind == "name" else "definition_inside"


class Question:
    """A question's candidates, and its score under any weights."""

    def __init__(self, query, row, weights):
        self.kind = row["kind"]
        self.wanted = metric.answers(query)
        self.candidates = [Candidate(result, weights, self.kind) for result in row["results"][:100]]
        self.has_vectors = any(candidate.vector or candidate.file_vector for candidate in self.candidates)

    def ndcg(self, weights):
        files = {}
        for candidate in self.candidates:
            score = candidate.score(weights, self.kind, self.has_vectors)
            files.setdefault(candidate.path, []).append((score, candidate.row))
        ranked = []
        for own in files.values():
            factor = 1
            for score, row in sorted(own, key=lambda entry: -entry[0]):
                ranked.append((score * factor, row))
                factor *= weights["further_part"]
        ranked.sort(key=lambda entry: -entry[0])
        return metric.ndcg(self.wanted, [row for _, row in ranked[:10]])


def load(repositories, codira, weights):
    """The questions of each repository, asked once: all candidates, every part of a file counting whole."""
    options = ["--explain", "--limit", "1000", "--weight=further_part=1"]
    found = {}
    for repository in repositories:
        rows = repository.ask(codira, [query["query"] for query in repository.queries], options)
        found[repository.name] = [Question(query, row, weights) for query, row in zip(repository.queries, rows)]
    return found


STEP = 0.002
KNOWN = {}


def score(questions, weights):
    """The mean over repositories; what one scores under some weights is computed once."""
    key = tuple(weights.values())
    for name, own in questions.items():
        if (name, key) not in KNOWN:
            KNOWN[name, key] = measure.mean(question.ndcg(weights) for question in own)
    return measure.mean(KNOWN[name, key] for name in questions)


def ascend(questions, weights, passes=2):
    """Coordinate ascent: each weight in turn takes the value of its grid that is best with all others as they are.

    A step that brings less than `STEP` is not taken: it follows single questions.
    """
    best = score(questions, weights)
    for _ in range(passes):
        for name, values in GRID.items():
            for value in values:
                tried = {**weights, name: value}
                result = score(questions, tried)
                if result > best + STEP:
                    best, weights = result, tried
    return weights


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", required=True)
    parser.add_argument("--checkouts", required=True)
    parser.add_argument("--work", required=True, help="where measure.py keeps the indexes")
    parser.add_argument("--codira", default="codira")
    parser.add_argument("--leave-one-out", action="store_true")
    options = parser.parse_args()
    repositories = checkouts.load(options.set, options.checkouts, os.path.abspath(options.work))
    weights = written()
    questions = load(repositories, options.codira, weights)
    print(f"as written: {score(questions, weights):.4f}\n\n| weight | as written | NDCG@10 at other values |\n|---|--:|---|")
    for name, values in GRID.items():
        others = ", ".join(f"{value:g}: {score(questions, {**weights, name: value}):.4f}" for value in values)
        print(f"| {name} | {weights[name]:g} | {others} |", flush=True)
    if options.leave_one_out:
        means = []
        for left in questions:
            chosen = ascend({name: own for name, own in questions.items() if name != left}, weights, passes=1)
            means.append(score({left: questions[left]}, chosen))
        everything = score(questions, ascend(questions, weights, passes=1))
        print(f"\nchosen on all: {everything:.4f}; leave one out: {measure.mean(means):.4f}")


if __name__ == "__main__":
    main()
