#!/usr/bin/env python3
"""Definitions and calls of a Go tree against go/ast and go/types.

    codira index --no-embeddings; codira export > tree.jsonl      (inside ROOT)
    Benchmarks/graph/go.py ROOT tree.jsonl [--source PREFIX=FOLDER]… [--differences N] [--shift 1]

Needs Debian's `golang-1.19-go` and `golang-1.19-src` (`apt-get install`). Dependencies are looked for in the tree, in
GOROOT, in /usr/share/gocode/src (Debian's `golang-*-dev` packages) and in the folders that `--source` names.

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


def main():
    parser = comparison.arguments(__doc__)
    parser.add_argument("--source", action="append", default=[], metavar="PREFIX=FOLDER", help="where a dependency is")
    options = parser.parse_args()
    with open(options.export, encoding="utf-8") as file:
        export = comparison.Export(file)
    comparison.report(export, comparison.remembered(options, lambda: judge(options)), options, GROUPS)


if __name__ == "__main__":
    main()
