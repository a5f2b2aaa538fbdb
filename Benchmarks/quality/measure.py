#!/usr/bin/env python3
"""How well `codira search` ranks: NDCG@10 over repositories with annotated questions.

    Benchmarks/quality/measure.py --set FOLDER --checkouts FOLDER [--work FOLDER] [--ablations] > table.md

`--set` holds `repositories.json` and `annotations/NAME.json`; `--checkouts` holds each repository under its name at
its pinned revision. What is indexed is copied to `--work`, so the checkouts stay as they are. Nothing is fetched.
"""

import argparse
import concurrent.futures
import os
import sys

import checkouts
import metric

HERE = os.path.dirname(os.path.abspath(__file__))

ABLATIONS = [
    ("all signals", []),
    ("full text alone, no signals", ["--lexical", *[f"--weight={name}=0" for name in (
        "definition", "definition_inside", "unit_name", "stem", "folder", "file_text", "pair")],
        *[f"--weight={name}=1" for name in (
            "test", "example", "vendored", "legacy", "reexport", "document", "stub")]]),
    ("vectors alone, no signals", ["--semantic"]),
    ("full text with signals", ["--lexical"]),
    ("without definitions", ["--weight=definition=0", "--weight=definition_inside=0"]),
    ("without unit names", ["--weight=unit_name=0"]),
    ("without stems", ["--weight=stem=0"]),
    ("without folders", ["--weight=folder=0"]),
    ("without pairs of words", ["--weight=pair=0"]),
    ("without a file's whole text", ["--weight=file_text=0"]),
    ("without a file's other vectors", ["--weight=file_vector=0"]),
    ("without demotions", [f"--weight={name}=1" for name in (
        "test", "example", "vendored", "legacy", "reexport", "document", "stub")]),
    ("without diversity by file", ["--weight=further_part=1"]),
]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", required=True, help="folder with repositories.json and annotations/")
    parser.add_argument("--checkouts", required=True, help="folder with the repositories")
    parser.add_argument("--work", default=os.path.join(HERE, "..", "work", "quality"), help="copies and indexes")
    parser.add_argument("--codira", default="codira", help="the program to measure")
    parser.add_argument("--only", action="append", help="this repository alone; may be repeated")
    parser.add_argument("--no-index", action="store_true", help="the indexes are there already")
    parser.add_argument("--no-embeddings", action="store_true", help="index without vectors")
    parser.add_argument("--ablations", action="store_true", help="measure with each signal removed, too")
    parser.add_argument("--misses", type=float, metavar="SCORE", help="list the questions that score less")
    parser.add_argument("options", nargs="*", help="more options for search, after --")
    return parser.parse_args()


def score(repositories, codira, options):
    """The NDCG of every question by repository, and the rows it was computed from."""

    def one(repository):
        rows = repository.ask(codira, [query["query"] for query in repository.queries], options)
        return [
            (query, metric.ndcg(metric.answers(query), row["results"]), row["results"])
            for query, row in zip(repository.queries, rows)
        ]

    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        return dict(zip([repository.name for repository in repositories], pool.map(one, repositories)))


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else 0.0


def by_repository(scores):
    return {name: mean(value for _, value, _ in rows) for name, rows in scores.items()}


def print_tables(repositories, scores):
    means = by_repository(scores)
    print("| repository | language | questions | NDCG@10 |\n|---|---|--:|--:|")
    for repository in repositories:
        print(f"| {repository.name} | {repository.language} | {len(repository.queries)} | {means[repository.name]:.3f} |")
    print(f"| **mean** | | {sum(len(r.queries) for r in repositories)} | **{mean(means.values()):.3f}** |\n")
    categories = {}
    for rows in scores.values():
        for query, value, _ in rows:
            categories.setdefault(query["category"], []).append(value)
    print("| category | questions | NDCG@10 |\n|---|--:|--:|")
    for category, values in sorted(categories.items()):
        print(f"| {category} | {len(values)} | {mean(values):.3f} |")
    languages = {}
    for repository in repositories:
        languages.setdefault(repository.language, []).append(means[repository.name])
    print("\n| language | repositories | NDCG@10 |\n|---|--:|--:|")
    for language, values in sorted(languages.items()):
        print(f"| {language} | {len(values)} | {mean(values):.3f} |")


def print_misses(scores, limit):
    for name, rows in scores.items():
        for query, value, results in rows:
            if value >= limit:
                continue
            wanted = ", ".join(path for path, _, _ in metric.answers(query))
            print(f"\n{name} {value:.2f} [{query['category']}] {query['query']}\n  wanted: {wanted}")
            for result in results[:5]:
                print(f"    {result['score']:.3f} {result['path']}:{result['start_line']} {result['name']}")


def main():
    options = arguments()
    repositories = checkouts.load(options.set, options.checkouts, os.path.abspath(options.work), options.only)
    for repository in repositories:
        repository.prepare()
        if not options.no_index:
            repository.index(options.codira, embeddings=not options.no_embeddings)
    scores = score(repositories, options.codira, options.options)
    print_tables(repositories, scores)
    if options.ablations:
        print("\n| ranking | NDCG@10 | repositories better / worse without |\n|---|--:|--:|")
        full = by_repository(scores)
        for title, changes in ABLATIONS:
            means = by_repository(score(repositories, options.codira, [*changes, *options.options]))
            better = sum(means[name] > full[name] + 1e-9 for name in full)
            worse = sum(means[name] < full[name] - 1e-9 for name in full)
            print(f"| {title} | {mean(means.values()):.3f} | {better} / {worse} |")
            sys.stdout.flush()
    if options.misses is not None:
        print_misses(scores, options.misses)


if __name__ == "__main__":
    main()
