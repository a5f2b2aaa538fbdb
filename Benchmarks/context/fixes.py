#!/usr/bin/env python3
"""How much of what a fix changed is in a pack of 8,000 tokens, beside search results and ripgrep cut to the same.

    Benchmarks/context/fixes.py --codira PROGRAM REPOSITORY... [--count 60] [--newest 800] > table.md

Of each repository's newest commits those are drawn at random that Benchmarks/quality/commits.py would take and whose
message names a fixed issue or, in a first line that begins with "fix", any number. The question is the first line without
numbers; what is indexed is the parent. Wanted are the functions and methods of the index, tests left out, whose lines
the commit changes or removes, or into which it inserts (the innermost that is not local to another). A token is three
bytes.

  context   `codira context --budget 8000 --format json`, the numbered lines that it shows
  search    the results of `codira search` in order, each with all its source, cut at 24,000 bytes
  ripgrep   the files of `rg` in the order of baselines.py, each as `rg -C 5 --heading -n` shows it, cut likewise
"""

import argparse
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "quality"))
import baselines  # noqa: E402
from history import TEST, Commit, History  # noqa: E402

METHODS = ["codira context", "codira search", "ripgrep -C 5"]
KINDS = {"function", "method", "constructor"}
HUNK = re.compile(r"^@@ -(\d+)(?:,(\d+))? ")
TOKENS = 8000
BYTES = 3 * TOKENS


def run(folder, *command):
    return subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout


def changed_lines(history, commit):
    """By path the old lines that the commit changes or removes; where it only inserts, the line before."""
    found = {}
    for path in commit.sources:
        patch = history.git("diff", "-U0", "--no-renames", commit.parent, commit.id, "--", path)
        for line in patch.decode("utf-8", "replace").splitlines():
            if hunk := HUNK.match(line):
                start, count = int(hunk.group(1)), int(hunk.group(2) or 1)
                found.setdefault(path, set()).update(range(start, start + max(count, 1)))
    return found


def changed_functions(export, changed):
    """Every function, as (path, first line, last line, name), that holds a changed line, and which lines those are."""
    functions = []
    for row in export.splitlines():
        record = json.loads(row)
        if record["type"] == "symbol" and record["path"] in changed and record["kind"] in KINDS:
            if "local" not in record["flags"]:
                functions.append((record["path"], record["start_line"], record["end_line"], record["qualified_name"]))
    wanted = {}
    for path, lines in changed.items():
        for line in lines:
            around = [f for f in functions if f[0] == path and f[1] <= line <= f[2]]
            if around:
                wanted.setdefault(min(around, key=lambda f: f[2] - f[1]), set()).add(line)
    return wanted


def context_lines(codira, history, question):
    answer = run(history.folder, codira, "context", f"--budget={TOKENS}", "--format=json", "--", question)
    found, size = set(), len(answer)
    if size:
        for item in json.loads(answer)["results"]:
            numbers = re.findall(r"^(\d+)\t", item.get("text", ""), re.MULTILINE)
            found.update((item["path"], int(number)) for number in numbers)
    return found, size


def search_lines(codira, history, question):
    listing = history.folder + ".question"
    with open(listing, "w") as file:
        file.write(question + "\n")
    answer = run(history.folder, codira, "search", "--json", "--limit", "100", "--questions", listing)
    found, size = set(), 0
    for result in json.loads(answer)["results"][0]["results"]:
        with open(os.path.join(history.folder, result["path"]), errors="replace") as file:
            lines = file.read().split("\n")
        size += len(f"{result['path']}:{result['start_line']} {result['kind']} {result['qualified_name']}\n".encode())
        for number in range(result["start_line"], min(result["end_line"], len(lines)) + 1):
            if (result["path"], number) in found:
                continue
            size += len(f"{number}\t{lines[number - 1]}\n".encode())
            if size > BYTES:
                return found, size
            found.add((result["path"], number))
    return found, size


def ripgrep_lines(history, question):
    found, size = set(), 0
    patterns = [part for word in baselines.patterns(question) for part in ("-e", word)]
    for path in baselines.ripgrep_files(history.folder, question):
        shown = run(history.folder, "rg", "--no-config", "-iFn", "-C5", "--color=never", "--heading", *patterns, path)
        size += len(path.encode()) + 1
        for line in shown.decode("utf-8", "replace").split("\n")[:-1]:
            size += len(line.encode()) + 1
            if size > BYTES:
                return found, size
            if number := re.match(r"(\d+)[:-]", line):
                found.add((path, int(number.group(1))))
    return found, size


def answer(history, commit, codira):
    history.check_out(commit.parent)
    run(history.folder, codira, "index", "--no-git", "--quiet")
    wanted = changed_functions(run(history.folder, codira, "export"), changed_lines(history, commit))
    if not wanted:
        return None
    packs = [
        context_lines(codira, history, commit.question),
        search_lines(codira, history, commit.question),
        ripgrep_lines(history, commit.question),
    ]
    row = {"repository": history.name, "commit": commit.id, "question": commit.question, "functions": []}
    for function, lines in wanted.items():
        path, first, last, name = function
        figures = {}
        for method, (found, _) in zip(METHODS, packs):
            inside = sum((path, line) in found for line in range(first, last + 1))
            figures[method] = [
                inside > 0,
                2 * inside >= last - first + 1,
                all((path, line) in found for line in lines),
            ]
        row["functions"].append({"path": path, "name": name, "lines": last - first + 1, "shown": figures})
    row["bytes"] = {method: min(size, BYTES) for method, (_, size) in zip(METHODS, packs)}
    return row


def print_table(rows):
    names = list(dict.fromkeys(row["repository"] for row in rows))
    groups = [(name, [row for row in rows if row["repository"] == name]) for name in names] + [("**all**", rows)]
    print("| repository | fixes | functions | pack | half of it or more | its changed lines | any line of it "
          "| fixes with half of every function | mean bytes |\n|---|--:|--:|---|--:|--:|--:|--:|--:|")
    for name, group in groups:
        functions = [function for row in group for function in row["functions"]]
        for method in METHODS:
            some, half, lines = (
                sum(function["shown"][method][place] for function in functions) / len(functions) for place in range(3)
            )
            whole = sum(all(function["shown"][method][1] for function in row["functions"]) for row in group) / len(group)
            size = sum(row["bytes"][method] for row in group) / len(group)
            print(f"| {name} | {len(group)} | {len(functions)} | {method} | {half:.3f} | {lines:.3f} | {some:.3f} "
                  f"| {whole:.3f} | {size:.0f} |")


def print_misses(rows):
    for row in rows:
        missed = [f for f in row["functions"] if not f["shown"][METHODS[0]][1]]
        if missed:
            print(f"\n{row['repository']} {row['commit'][:10]} {row['question']}")
            for function in missed:
                seen = ", ".join(
                    f"{method} {'half' if half else 'some' if some else 'none'}"
                    for method, (some, half, _) in function["shown"].items()
                )
                print(f"    {function['path']} {function['name']} ({function['lines']} lines): {seen}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repositories", nargs="+")
    parser.add_argument("--codira", default="codira", help="the program to measure")
    parser.add_argument("--work", default=os.path.join(HERE, "..", "work", "commits"), help="files and indexes")
    parser.add_argument("--count", type=int, default=60, help="fixes of all repositories together")
    parser.add_argument("--newest", type=int, default=800, help="how far back commits are taken from")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--misses", action="store_true", help="list the functions of which less than half is in the pack")
    options = parser.parse_args()
    work = os.path.abspath(options.work)
    os.makedirs(work, exist_ok=True)
    rows = []
    for place, repository in enumerate(options.repositories):
        history = History(repository, os.path.join(work, os.path.basename(os.path.abspath(repository))))
        share = options.count // len(options.repositories) + (place < options.count % len(options.repositories))
        commits, taken = history.draw(share, options.newest, options.seed, Commit.names_a_fix)
        answered = []
        for commit in commits:
            # A fix that touches no function is left out.
            if row := answer(history, commit, options.codira):
                answered.append(row)
                print(f"  {commit.id[:10]} {commit.question}", file=sys.stderr, flush=True)
        print(f"{history.name}: {len(answered)} of {taken} fixes, seed {options.seed}", file=sys.stderr)
        rows += answered
    print_table(rows)
    if options.misses:
        print_misses(rows)


if __name__ == "__main__":
    main()
