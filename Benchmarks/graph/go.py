#!/usr/bin/env python3
"""Definitions and calls of a Go tree against go/ast and go/types.

    codira index --no-embeddings; codira export > tree.jsonl      (inside ROOT)
    Benchmarks/graph/go.py ROOT tree.jsonl [--source PREFIX=FOLDER]… [--differences N] [--shift 1]

Needs Debian's `golang-1.19-go` and `golang-1.19-src` (`apt-get install`). Dependencies are looked for in the tree, in
GOROOT, in /usr/share/gocode/src (Debian's `golang-*-dev` packages) and in the folders that `--source` names.

Which types satisfy which interfaces is compared too, where either is declared outside functions and without type
parameters: an analyzer that sees one file knows some of them.

Packages are checked for linux/amd64 without cgo, tests included. A call is judged where its target is a function, a
method or a method of an interface: conversions and calls of variables are left out, built-in functions and what lies
in other modules count as outside. Calls in files that are built elsewhere are not judged.
"""

import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import comparison

GO = "/usr/lib/go-1.19/bin/go"
GROUPS = {
    "functions": {"function", "method"},
    "types": {"struct", "interface", "type_alias"},
    "values": {"constant", "variable", "field"},
}


def judge(options):
    helper = os.path.join(comparison.HERE, "go_types.go")
    environment = dict(os.environ, GO111MODULE="off", GOCACHE=os.path.join(comparison.WORK, "go-cache"))
    command = [GO, "run", helper, options.root, *options.source]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process:
        for line in process.stdout:
            yield json.loads(line)
    if process.returncode:
        raise SystemExit(f"{helper}: exit code {process.returncode}")


def implementations(export, rows, options):
    """Prints how the edges `implements` of the index compare with the types that satisfy an interface of the tree."""
    pairs = {(row["path"], row["line"], row["target_path"], row["target_line"] + options.shift)
             for row in rows if "relation" in row}
    edges = set()
    with open(options.export, encoding="utf-8") as file:
        for record in map(json.loads, file):
            if record["type"] == "reference" and record["role"] == "implements" and record["resolution"] == "exact":
                places = (export.places[record["owner"]], export.places[record["targets"][0]])
                edges.add(frozenset(first + second for first in places[0] for second in places[1]))
    right = [edge for edge in edges if edge & pairs]
    found = {pair for edge in right for pair in edge & pairs}
    tree = os.path.basename(os.path.abspath(options.root))
    print()
    comparison.print_table([{"tree": tree, "types that satisfy an interface": len(pairs), "edges": len(edges),
                             "recall": len(found) / max(len(pairs), 1), "precision": len(right) / max(len(edges), 1)}])
    for edge in sorted(map(sorted, set(edges) - set(right)))[: options.differences]:
        print(f"  not satisfied: {edge[0]}, as far as the checker goes")


def main():
    parser = comparison.arguments(__doc__)
    parser.add_argument("--source", action="append", default=[], metavar="PREFIX=FOLDER", help="where a dependency is")
    options = parser.parse_args()
    with open(options.export, encoding="utf-8") as file:
        export = comparison.Export(file)
    rows = comparison.remembered(options, lambda: judge(options))
    comparison.report(export, rows, options, GROUPS)
    implementations(export, rows, options)


if __name__ == "__main__":
    main()
