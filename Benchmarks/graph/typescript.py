#!/usr/bin/env python3
"""Definitions and calls of a TypeScript or JavaScript tree against the TypeScript compiler.

    codira index --no-embeddings ROOT; codira export > tree.jsonl      (inside ROOT)
    Benchmarks/graph/typescript.py ROOT tree.jsonl [--only PREFIX]… [--language javascript]

The compiler is Debian's (`apt-get install node-typescript`, 4.8), its helper `typescript.js` beside this script. It
reads the tree's files as one program, with `paths` for the tree's own packages and those of the `tsconfig.json` at
the root; dependencies are not there, so calls of what they make are `any` and not judged.

A call is right when a target stands where the compiler finds the called name declared, the signature it chose, or
the constructor of the class. Not judged are calls of parameters and of locals that hold what a call gave; a name
taken out of an object counts as the property, `const a = b` as either. Declarations by name: functions, methods,
classes, interfaces, enums and type aliases with bodies, and functions bound to names.
"""

import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import comparison


def oracle(root, export, prefixes):
    files = [
        path for path, language in export.languages.items()
        if language in ("typescript", "javascript") and (not prefixes or path.startswith(tuple(prefixes)))
    ]
    packages = subprocess.run(
        ["git", "-C", root, "ls-files", "package.json", "*/package.json"], capture_output=True, text=True).stdout.split()
    packages = [path for path in packages if "fixtures" not in path and "node_modules" not in path]
    command = ["node", "--max-old-space-size=6000", os.path.join(HERE, "typescript.js"), root, ",".join(packages)]
    output = subprocess.run(command, input="\n".join(files), capture_output=True, text=True, check=True).stdout
    lines = {}
    for text in output.splitlines():
        row = json.loads(text)
        path = row["path"]
        if path not in lines:
            with open(os.path.join(root, path), "rb") as file:
                lines[path] = file.read().split(b"\n")
        row["column"] = comparison.byte_column(lines[path][row["line"] - 1], row.pop("units"), "utf-16")
        yield row


def main():
    parser = comparison.arguments(__doc__)
    parser.add_argument("--only", action="append", default=[], metavar="PREFIX", help="judge files under it alone")
    parser.add_argument("--language", choices=("typescript", "javascript"), help="judge files of that language alone")
    options = parser.parse_args()
    with open(options.export, encoding="utf-8") as file:
        export = comparison.Export(file)
    rows = comparison.remembered(options, lambda: oracle(options.root, export, options.only))
    if options.language:
        rows = [row for row in rows if export.languages.get(row["path"]) == options.language]
    comparison.report(
        export, rows, options,
        {"functions": {"function", "method", "constructor"}, "types": {"class", "interface", "enum", "type_alias"}})


if __name__ == "__main__":
    main()
