#!/usr/bin/env python3
"""Definitions of a tree against universal-ctags, for languages that have no compiler here to ask.

    codira index --no-embeddings ROOT; codira export > tree.jsonl      (inside ROOT)
    Benchmarks/graph/ctags.py rust|bash ROOT tree.jsonl [--differences N]

Needs Debian's `universal-ctags`. Compared are functions and methods, and types, by (path, line of the name, name).
ctags reads no macro's expansion and no tokens of a macro call; what it reads wrongly stays among the differences.
"""

import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import comparison

# ctags' language, its kinds by ours, and the groups to compare.
LANGUAGES = {
    "rust": (
        "Rust",
        {"function": "function", "method": "function", "struct": "struct", "enum": "struct", "interface": "trait",
         "typedef": "type_alias", "macro": "macro", "field": "field", "enumerator": "enumerator", "variable": "variable",
         "constant": "variable", "module": "module"},
        {"functions": {"function", "method"}, "types": {"struct", "enum", "union", "trait"},
         "aliases": {"type_alias"}, "macros": {"macro"}, "fields": {"field"}, "enumerators": {"enumerator"}},
    ),
    "bash": ("Sh", {"function": "function", "alias": "alias"}, {"functions": {"function"}}),
}


def definitions(root, paths, language, kinds):
    """ctags' rows; a kind that ctags does not tell apart stands for ours."""
    command = ["ctags", "--options=NONE", f"--language-force={language}", "--output-format=json", "--fields=+nK",
               "--sort=no", "-f", "-", "-L", "-"]
    result = subprocess.run(command, cwd=root, input="\n".join(sorted(paths)).encode(), stdout=subprocess.PIPE,
                            stderr=subprocess.DEVNULL, check=True)
    for line in result.stdout.decode("utf-8", "replace").splitlines():
        tag = json.loads(line)
        if tag["kind"] in kinds:
            yield {"path": tag["path"], "line": tag["line"], "name": tag["name"], "kind": kinds[tag["kind"]]}


def main():
    parser = comparison.arguments(__doc__)
    parser.usage = "%(prog)s rust|bash ROOT EXPORT [options]"
    if len(sys.argv) < 2 or sys.argv[1] not in LANGUAGES:
        parser.error(f"the first argument is one of {', '.join(LANGUAGES)}")
    name = sys.argv.pop(1)
    options = parser.parse_args()
    with open(options.export, encoding="utf-8") as file:
        export = comparison.Export(file)
    language, kinds, groups = LANGUAGES[name]
    paths = [path for path, own in export.languages.items() if own == name]
    rows = comparison.remembered(options, lambda: definitions(options.root, paths, language, kinds))
    score = comparison.score_definitions(export, rows, groups)
    comparison.print_table([{"tree": os.path.basename(os.path.abspath(options.root)), **score.row()}])
    if options.differences:
        comparison.print_differences(score.differences, options.differences)


if __name__ == "__main__":
    main()
