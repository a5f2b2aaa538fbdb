#!/usr/bin/env python3
"""Definitions of a tree against universal-ctags, for languages that have no compiler here to ask.

    codira index --no-embeddings ROOT; codira export > tree.jsonl      (inside ROOT)
    Benchmarks/graph/ctags.py rust|bash ROOT tree.jsonl [--differences N]

Needs Debian's `universal-ctags`. Compared are functions and methods, and types, by (path, line of the name, name).
Of Rust, what stands where ctags is blind (`BlindSpots`) is left out on both sides, and the counts are told. What ctags
reads wrongly elsewhere stays among the differences.
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
    r"""//[^\n]* | /\*.*?\*/                                      # comments
      | \bb?r(\#*)".*?"\1 | b?"(?:[^"\\]|\\.)*"                 # strings
      | b?'(?:[^'\\\n]|\\(?:u\{[^}]*\}|x..|.))'                 # characters; not `'a`, a lifetime
      | \b(?!(?:for|if|in|match|return|while|impl)\b)              # a macro call's bracket, or macro_rules!'s
        ([A-Za-z_]\w*)\s*!\s*(?:[A-Za-z_]\w*\s*)?([{(\[])
      | [{}()\[\]]""", re.S | re.X)
UNENDING = re.compile(r'''^b?"(?:.*[^\\])?(?:\\\\)+"$''', re.S)


class BlindSpots:
    """Where ctags 5.9 does not read a Rust source. What is defined there is left out on both sides:

    - between the brackets of a macro call or of `macro_rules!`, whose tokens it passes over;
    - behind a string that ends with a backslash (`"\\\\"`), which it takes for one that never ends: nothing more of
      that file is read.
    """

    def __init__(self, root):
        self.root = root
        self.files = {}

    def holds(self, path, line, name):
        """Whether the first `name` on that line stands in one."""
        if path not in self.files:
            with open(os.path.join(self.root, path), encoding="utf-8", errors="replace", newline="") as file:
                text = file.read()
            self.files[path] = (text, [0] + [end.end() for end in re.finditer(r"\r\n|\r|\n", text)], spans(text))
        text, starts, found = self.files[path]
        start = starts[line - 1]
        match = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)").search(text, start)
        offset = match.start() if match else start
        return any(first < offset < last for first, last in found)

    def parted(self, rows):
        """Rows outside of them, and how many there are inside."""
        outside = [row for row in rows if not self.holds(row["path"], row["line"], row["name"])]
        return outside, len(rows) - len(outside)


def spans(text):
    """First and last offset of each."""
    found, open_brackets, first = [], [], None
    for match in TOKEN.finditer(text):
        token = match.group()
        if UNENDING.search(token):
            return found + [(match.start(), len(text) + 1)]
        if match.group(3) or token in ("{", "(", "["):
            if match.group(3) and first is None:
                first = (match.end(), len(open_brackets))
            open_brackets.append(token)
        elif token in ("}", ")", "]") and open_brackets:
            open_brackets.pop()
            if first and len(open_brackets) == first[1]:
                found.append((first[0], match.start()))
                first = None
    return found


def without_blind_spots(root, rows, export):
    spots = BlindSpots(root)
    rows, theirs = spots.parted(rows)
    own = [symbol for symbol in export.symbols if export.languages[symbol["path"]] == "rust"]
    own = [symbol | {"line": symbol["name_line"]} for symbol in own]
    export.symbols, ours = spots.parted(own)
    print(f"left out where ctags is blind: {theirs} of ctags, {ours} of the index", file=sys.stderr)
    return rows


HEAD = r"(?<![^\s;&|(){{}}])(?:function\s+{0}(?!\s*\(\s*[^\s)])|{0}\s*\(\s*\))"


def without_misread_heads(root, rows, export):
    """Rows of ctags whose line has the head of a shell function of that name.

    ctags also takes `name=()` for one, which is an empty array, functions of awk between quotes, whose parentheses hold
    parameters, and words of patterns. Nothing of the index is left out but `@test "…" {`, which ctags does not know.
    """
    def line(row, number):
        with open(os.path.join(root, row["path"]), "rb") as file:
            return comparison.source_lines(file.read())[number - 1].decode("utf-8", "replace")

    def is_head(row):
        name = row["name"]
        return not name.endswith("=") and re.search(HEAD.format(re.escape(name)), line(row, row["line"]))

    heads = [row for row in rows if is_head(row)]
    own = [symbol for symbol in export.symbols if export.languages[symbol["path"]] == "bash"]
    export.symbols = [symbol for symbol in own if not line(symbol, symbol["name_line"]).lstrip().startswith("@test")]
    print(f"left out as misread: {len(rows) - len(heads)} of ctags; tests: {len(own) - len(export.symbols)} of the "
          "index", file=sys.stderr)
    return heads


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
    rows = (without_blind_spots if name == "rust" else without_misread_heads)(options.root, rows, export)
    if options.shift:
        rows = [row | {"line": row["line"] + options.shift} for row in rows]
    score = comparison.score_definitions(export, rows, groups)
    comparison.print_table([{"tree": os.path.basename(os.path.abspath(options.root)), **score.row()}])
    if options.differences:
        comparison.print_differences(score.differences, options.differences)


if __name__ == "__main__":
    main()
