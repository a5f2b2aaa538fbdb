#!/usr/bin/env python3
"""What each precision of the encoder costs in quality: NDCG@10, and how much of the first ten stays the same.

    Benchmarks/quality/precisions.py --set FOLDER --checkouts FOLDER [--work FOLDER] [--precision NAME]… > table.md

The folders are those of `measure.py`. Repositories without a checkout are left out and named. One index a repository
holds the vectors of every precision; questions are asked with all signals and by vectors alone. The first precision is
what the others are compared with.
"""

import argparse
import os

import checkouts
import measure

HERE = os.path.dirname(os.path.abspath(__file__))
RANKINGS = (("all signals", []), ("vectors alone", ["--semantic"]))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", required=True, help="folder with repositories.json and annotations/")
    parser.add_argument("--checkouts", required=True, help="folder with the repositories")
    parser.add_argument("--work", default=os.path.join(HERE, "..", "work", "precisions"), help="copies and indexes")
    parser.add_argument("--codira", default="codira", help="the program to measure")
    parser.add_argument("--only", action="append", help="this repository alone; may be repeated")
    parser.add_argument("--precision", action="append", help="default: float32, bfloat16, int8")
    return parser.parse_args()


def scores(repositories, options, precision):
    """For each ranking what `measure.score` gives, with vectors of this precision."""
    os.environ["CODIRA_EMBEDDING_PRECISION"] = precision
    for repository in repositories:
        repository.prepare()
        repository.index(options.codira)
    return {title: measure.score(repositories, options.codira, words) for title, words in RANKINGS}


def overlap(rows, others):
    """The share of the first ten results of a question that are among the others' first ten."""

    def places(results):
        return {(result["path"], result["start_line"], result["name"]) for result in results[:10]}

    pairs = [(places(mine), places(theirs)) for (_, _, mine), (_, _, theirs) in zip(rows, others)]
    return measure.mean(len(mine & theirs) / len(theirs) for mine, theirs in pairs if theirs)


def print_table(found, ranking):
    reference = next(iter(found.values()))[ranking]
    whole = measure.by_repository(reference)
    print(f"\n| {ranking} | NDCG@10 | difference | repositories better / worse | first ten the same |")
    print("|---|--:|--:|--:|--:|")
    for precision, rankings in found.items():
        rows = rankings[ranking]
        means = measure.by_repository(rows)
        mean = measure.mean(means.values())
        better = sum(means[name] > whole[name] + 1e-9 for name in whole)
        worse = sum(means[name] < whole[name] - 1e-9 for name in whole)
        same = measure.mean(overlap(rows[name], reference[name]) for name in whole)
        difference = mean - measure.mean(whole.values())
        print(f"| {precision} | {mean:.4f} | {difference:+.4f} | {better} / {worse} | {100 * same:.1f} % |")


def main():
    options = arguments()
    repositories = checkouts.load(options.set, options.checkouts, os.path.abspath(options.work), options.only)
    missing = [repository.name for repository in repositories if not os.path.isdir(repository.checkout)]
    repositories = [repository for repository in repositories if repository.name not in missing]
    questions = sum(len(repository.queries) for repository in repositories)
    print(f"{len(repositories)} repositories, {questions} questions; not at hand: {', '.join(missing) or 'none'}.")
    found = {
        precision: scores(repositories, options, precision)
        for precision in options.precision or ("float32", "bfloat16", "int8")}
    for ranking, _ in RANKINGS:
        print_table(found, ranking)


if __name__ == "__main__":
    main()
