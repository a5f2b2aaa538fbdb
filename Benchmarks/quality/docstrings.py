#!/usr/bin/env python3
"""Whether a docstring that the index does not have finds its function: MRR, recall@1 and @10 beside BM25 and ripgrep.

    Benchmarks/quality/docstrings.py --codira PROGRAM TREE... [--count 200] [--misses] > table.md

Each TREE is a folder of Python sources. Functions are drawn at random, the same number from each tree, among those
outside tests whose docstring's first sentence has five words or more. Copies are indexed in which no function has a
docstring (blank lines stand in its place, so lines stay as they are; classes and modules keep theirs). The question is
the first sentence, and the one right answer the function itself, by path, name and line. BM25 and ripgrep rank
functions alone; `codira search` ranks everything unless told by `--kind`. Nothing is fetched but, by pip into
Benchmarks/work, what baselines.py names; ripgrep is to be there.
"""

import argparse
import ast
import json
import os
import random
import re
import shutil
import subprocess
import sys

import baselines
from history import TEST

HERE = os.path.dirname(os.path.abspath(__file__))
METHODS = [
    "codira search",
    "codira search --kind callable",
    "codira search --kind callable, by words alone",
    "BM25 over functions",
    "BM25 over functions, stemmed",
    "ripgrep",
]
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
SENTENCE = re.compile(r"(.+?[.!?])(?=\s|$)")
ROLE = re.compile(r":[\w:]+:`~?([^`<]*)(?:<[^>]*>)?`")


class Function:
    def __init__(self, path, node, source_lines):
        self.path = path
        self.name = node.name
        self.line = node.lineno
        self.first = min([node.lineno] + [decorator.lineno for decorator in node.decorator_list])
        self.last = node.end_lineno
        self.sentence = first_sentence(ast.get_docstring(node) or "")
        self.text = "\n".join(source_lines[self.first - 1 : self.last])

    def is_asked(self):
        words = self.sentence.split()
        return 5 <= len(words) <= 40 and not TEST.search(self.path)


def first_sentence(docstring):
    """The first sentence of the first paragraph as plain words, without the markup of roles and literals."""
    paragraph = " ".join(docstring.strip().split("\n\n")[0].split())
    found = SENTENCE.match(paragraph)
    sentence = found.group(1) if found else paragraph
    return ROLE.sub(r"\1", sentence).replace("``", "").replace("`", "")


def functions_of(path, source):
    tree = ast.parse(source)
    lines = source.splitlines()
    return [Function(path, node, lines) for node in ast.walk(tree) if isinstance(node, FUNCTIONS)]


def without_docstrings(source):
    """The source with spaces for every function's docstring; a body that was only that becomes `...`."""
    lines = [line.encode() for line in source.splitlines(keepends=True)]
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, FUNCTIONS) or ast.get_docstring(node, clean=False) is None:
            continue
        text = node.body[0]
        for number in range(text.lineno - 1, text.end_lineno):
            line = lines[number]
            start = text.col_offset if number == text.lineno - 1 else 0
            end = text.end_col_offset if number == text.end_lineno - 1 else len(line.rstrip(b"\r\n"))
            left = b"..." if len(node.body) == 1 and number == text.lineno - 1 else b""
            lines[number] = line[:start] + left + line[end:]
    return b"".join(lines).decode()


class Tree:
    """A copy of a tree without its functions' docstrings, and the functions it had."""

    def __init__(self, source, folder):
        self.name = os.path.basename(os.path.abspath(source))
        self.folder = folder
        kept = folder + ".functions"
        if os.path.isdir(folder):
            shutil.rmtree(kept, ignore_errors=True)
            if os.path.isdir(os.path.join(folder, ".codira")):
                shutil.move(os.path.join(folder, ".codira"), kept)
            shutil.rmtree(folder)
        shutil.copytree(source, folder, symlinks=True, ignore=shutil.ignore_patterns(".git", ".codira"))
        if os.path.isdir(kept):
            shutil.move(kept, os.path.join(folder, ".codira"))
        self.functions = []
        self.texts = {}
        for parent, _, names in sorted(os.walk(folder)):
            for name in sorted(names):
                if name.endswith(".py") and not os.path.islink(os.path.join(parent, name)):
                    self._take(os.path.relpath(os.path.join(parent, name), folder))

    def _take(self, path):
        place = os.path.join(self.folder, path)
        try:
            with open(place, encoding="utf-8", newline="") as file:
                source = file.read()
            found = functions_of(path, source)
            bare = without_docstrings(source)
            self.texts.update({(f.path, f.line): f for f in functions_of(path, bare)})
        except (SyntaxError, UnicodeDecodeError):
            return
        self.functions += found
        with open(place, "w", encoding="utf-8", newline="") as file:
            file.write(bare)

    def draw(self, count, seed):
        asked = [function for function in self.functions if function.is_asked()]
        return random.Random(seed).sample(asked, min(count, len(asked))), len(asked)

    def index(self, codira):
        command = [codira, "index", "--no-git", "--quiet"]
        subprocess.run(command, cwd=self.folder, stdout=subprocess.DEVNULL, check=False)

    def search(self, codira, questions, options=()):
        """For every question the results in order, each as a place (path, line) of a function or with line 0."""
        listing = self.folder + ".questions"
        with open(listing, "w") as file:
            file.write("".join(question + "\n" for question in questions))
        command = [codira, "search", "--json", "--limit", "100", "--questions", listing, *options]
        answer = subprocess.run(command, cwd=self.folder, stdout=subprocess.PIPE, check=True)
        return [self._places(row["results"]) for row in json.loads(answer.stdout)["results"]]

    def _places(self, results):
        starts = {(f.path, f.name, line): f.line for f in self.texts.values() for line in range(f.first, f.line + 1)}
        return [(r["path"], starts.get((r["path"], r["name"], r["start_line"]), 0), r["name"]) for r in results]

    def bm25(self, stemmed):
        documents = {place: baselines.words(f"{f.path}\n{f.text}") for place, f in self.texts.items()}
        return baselines.BM25(documents, stemmed)

    def ripgrep(self, question):
        """Functions by the different words that match within; a match counts for the innermost function."""
        owners = {}
        for function in sorted(self.texts.values(), key=lambda f: f.first - f.last):
            owners.update({(function.path, line): function for line in range(function.first, function.last + 1)})
        found = [(owners.get((path, line)), word) for path, line, word in baselines.matches(self.folder, question)]
        return baselines.by_matches(((owner.path, owner.line), word) for owner, word in found if owner)


def ask(tree, drawn, codira):
    questions = [function.sentence for function in drawn]
    bm25, stemmed = tree.bm25(False), tree.bm25(True)
    full = tree.search(codira, questions)
    callables = tree.search(codira, questions, ["--kind", "callable"])
    words = tree.search(codira, questions, ["--kind", "callable", "--lexical"])
    rows = []
    for function, found, narrowed, lexical in zip(drawn, full, callables, words):
        ranked = [
            [place[:2] for place in found],
            [place[:2] for place in narrowed],
            [place[:2] for place in lexical],
            bm25.rank(function.sentence, 100),
            stemmed.rank(function.sentence, 100),
            tree.ripgrep(function.sentence)[:100],
        ]
        wanted = (function.path, function.line)
        ranks = [next((rank for rank, place in enumerate(given, start=1) if place == wanted), 0) for given in ranked]
        first = [f"{path}:{line} {name}" for path, line, name in found[:4]]
        files = list(dict.fromkeys(path for path, _, _ in found))
        file = files.index(function.path) + 1 if function.path in files else 0
        named = dict(zip(METHODS, ranks))
        rows.append({"tree": tree.name, "function": function, "ranks": named, "first": first, "file": file})
    return rows


def print_table(rows):
    names = list(dict.fromkeys(row["tree"] for row in rows))
    groups = [(name, [row for row in rows if row["tree"] == name]) for name in names] + [("**all**", rows)]
    print("| tree | functions | ranking | MRR | recall@1 | recall@10 |\n|---|--:|---|--:|--:|--:|")
    for name, group in groups:
        for method in METHODS:
            ranks = [row["ranks"][method] for row in group]
            figures = [
                sum(1 / rank for rank in ranks if rank) / len(ranks),
                sum(rank == 1 for rank in ranks) / len(ranks),
                sum(1 <= rank <= 10 for rank in ranks) / len(ranks),
            ]
            print(f"| {name} | {len(group)} | {method} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |")


def print_misses(rows):
    for row in rows:
        if not 1 <= row["ranks"][METHODS[0]] <= 10:
            function = row["function"]
            ranks = ", ".join(f"{method} {rank or '–'}" for method, rank in row["ranks"].items())
            print(f"\n{row['tree']} {function.path}:{function.line} {function.name}\n  {function.sentence}")
            print(f"  {ranks}; the file's first result: {row['file'] or '–'}")
            print("    " + "\n    ".join(row["first"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trees", nargs="+")
    parser.add_argument("--codira", default="codira", help="the program to measure")
    parser.add_argument("--work", default=os.path.join(HERE, "..", "work", "docstrings"), help="copies and indexes")
    parser.add_argument("--count", type=int, default=200, help="functions of all trees together")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--misses", action="store_true", help="list the functions that are not among the first ten")
    options = parser.parse_args()
    work = os.path.abspath(options.work)
    os.makedirs(work, exist_ok=True)
    rows = []
    for source in options.trees:
        tree = Tree(source, os.path.join(work, os.path.basename(os.path.abspath(source))))
        drawn, asked = tree.draw(options.count // len(options.trees), options.seed)
        print(f"{tree.name}: {len(drawn)} of {asked} functions, seed {options.seed}", file=sys.stderr, flush=True)
        tree.index(options.codira)
        rows += ask(tree, drawn, options.codira)
    print_table(rows)
    if options.misses:
        print_misses(rows)


if __name__ == "__main__":
    main()
