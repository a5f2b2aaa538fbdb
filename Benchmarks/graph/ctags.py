#!/usr/bin/env python3
"""Definitions of a tree against universal-ctags, for languages that have no compiler here to ask.

    codira index --no-embeddings ROOT; codira export > tree.jsonl      (inside ROOT)
    Benchmarks/graph/ctags.py rust|bash ROOT tree.jsonl [--differences N]

Needs Debian's `universal-ctags`. Compared are functions and methods, and types, by (path, line of the name, name).
ctags reads no macro's expansion and no tokens of a macro call; what it reads wrongly stays among the differences.
"""

import json
import os
import re
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


TOKEN = re.compile(
    r"//[^\n]*|/\*.*?\*/|r(#*)\"(?:.*?)\"\1|\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.[^']*)'|([A-Za-z_]\w*)\s*!\s*(?:[A-Za-z_]\w*\s*)?([{(\[])"
    r"|[{}()\[\]]|\n", re.S)


def macro_lines(text):
    """The lines of a Rust source that stand inside a macro call or definition, by its brackets."""
    lines, line, open_brackets, depth = set(), 1, [], 0
    for match in TOKEN.finditer(text):
        token = match.group()
        if depth:
            lines.update(range(line, line + token.count("\n") + 1))
        if match.group(3):
            open_brackets.append(True)
            depth += 1
        elif token in "{([":
            open_brackets.append(False)
        elif token in "})]" and open_brackets:
            depth -= open_brackets.pop()
        line += token.count("\n")
    return lines


def inside_macros(root, score):
    """How many of the extra definitions of each group ctags could not see."""
    known, found = {}, []
    for reason, rows in sorted(score.differences.items()):
        if not reason.endswith("extra"):
            continue
        count = 0
        for row in rows:
            path, line = row.split(" ", 1)[0].rsplit(":", 1)
            if path not in known:
                with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
                    known[path] = macro_lines(file.read())
            count += int(line) in known[path]
        found.append(f"{reason.removesuffix(' extra')} {count} of {len(rows)}")
    return ", ".join(found) or "none"


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
    if name == "rust":
        print("\nextra inside macro calls:", inside_macros(options.root, score))
    if options.differences:
        comparison.print_differences(score.differences, options.differences)


if __name__ == "__main__":
    main()
