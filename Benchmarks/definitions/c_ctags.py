#!/usr/bin/env python3
"""Compares the C definitions of an index with those that universal-ctags finds.

  c_ctags.py ROOT                      indexes ROOT with `codira index --no-embeddings`, reads `codira export`
  c_ctags.py ROOT --artifacts FILE     reads records of an export made before
  c_ctags.py ROOT --show CLASS [-n N]  prints the differences of one class (default: 5 of each)

Per file, function, struct, union, enum, typedef and macro names with their lines are compared. Every difference is
put into a class by the text around it; `unexplained` must be empty. Exit code 1 where it is not.
"""

import collections
import json
import os
import re
import subprocess
import sys

import exported

KINDS = {
    "function": "function", "struct": "struct", "union": "union", "enum": "enum", "typedef": "type_alias",
    "macro": "macro",
}
OURS = set(KINDS.values())


def definitions(lines):
    """(path, name, line) -> kind of every C definition with a body, and the same of declarations."""
    found, declared = {}, {}
    for line in lines:
        record = json.loads(line)
        if record.get("type") != "symbol" or record["kind"] not in OURS or not record["id"].startswith("c "):
            continue
        flags = record.get("flags", [])
        is_declaration = bool(flags & 8) if isinstance(flags, int) else "declaration_only" in flags
        place = (record["path"], record["name"], record["name_line"])
        (declared if is_declaration else found)[place] = record["kind"]
    return found, declared


def ctags(root, paths):
    command = ["ctags", "--options=NONE", "--languages=C", "--map-C=+.h", "--langmap=C++:", "--kinds-C=fsugtd",
               "--output-format=json", "--fields=+nK", "--sort=no", "-f", "-", "-L", "-"]
    result = subprocess.run(command, cwd=root, input="\n".join(sorted(paths)).encode(), stdout=subprocess.PIPE,
                            stderr=subprocess.DEVNULL, check=True)
    found = {}
    for line in result.stdout.decode("utf-8", "replace").splitlines():
        tag = json.loads(line)
        if tag["name"].startswith("__anon") and tag["kind"] in ("struct", "union", "enum"):
            continue
        found[(tag["path"], tag["name"], tag["line"])] = tag["kind"]
    return found


class Explainer:
    """Says why a definition is on one side alone."""

    def __init__(self, root, ours, declared, theirs):
        self.root, self.ours, self.declared, self.theirs = root, ours, declared, theirs
        self.sources, self.dead = {}, {}
        self.ours_by_name, self.theirs_by_name = collections.defaultdict(list), collections.defaultdict(list)
        for path, name, line in ours:
            self.ours_by_name[path, name].append(line)
        for path, name, line in theirs:
            self.theirs_by_name[path, name].append(line)
        self.heads = collections.defaultdict(list)
        for path, name, line in ours:
            if "(" in name:
                self.heads[path].append((name, line))

    def source(self, path):
        if path not in self.sources:
            with open(os.path.join(self.root, path), "rb") as file:
                text = file.read().decode("utf-8", "replace")
            self.sources[path] = re.split(r"\r\n|\n|\r", text)
            self.dead[path] = dead_lines(self.sources[path])
        return self.sources[path]

    def text(self, path, line, before=0, after=0):
        lines = self.source(path)
        return "\n".join(lines[max(0, line - 1 - before):line + after])

    def missing(self, place, kind):
        """Found by ctags alone."""
        path, name, line = place
        here = self.text(path, line)
        if line in self.dead[path]:
            return "dead branch (#if 0, __cplusplus)"
        if place in self.declared:
            return "declaration here, definition elsewhere"
        lines = self.ours_by_name.get((path, name), [])
        if any(abs(other - line) <= 3 for other in lines):
            return "same definition, name on another line"
        if kind == "function":
            if any(name + "(" in head or name + " (" in head or "(" + name in head for head, at in self.heads[path]
                   if abs(at - line) <= 3):
                return "body under a macro: named with its arguments"
            if "(" in here and re.search(r"\b[A-Z_0-9a-z]+\s*\(.*\b" + re.escape(name) + r"\b", here):
                return "argument of a macro"
        if kind == "typedef" and (path, name) in self.ours_by_name:
            return "typedef merged with the tag of its name"
        if kind == "typedef" and self.tag_of(path, name):
            return "typedef merged with the tag of its name"
        if kind == "typedef" and not re.search(r"\b" + re.escape(name) + r"\b", here):
            return "ctags: line of another name"
        if kind == "function" and (lines or re.match(r"\s*" + re.escape(name) + r"\s*\(", here)):
            if self.ours.get((path, name, (lines or [0])[0])) in (None, "macro"):
                return "ctags: macro call taken for a function"
        if kind == "macro" and re.match(r"\s*#\s*pragma", here):
            return "ctags: pragma taken for a macro"
        if lines:
            return "in a branch left out: half a construct in each arm"
        return "unexplained"

    def tag_of(self, path, name):
        return any(place[1] == name and place[0] == path for place in self.declared)

    def extra(self, place, kind):
        """Found here alone."""
        path, name, line = place
        here = self.text(path, line)
        lines = self.theirs_by_name.get((path, name), [])
        if "(" in name:
            return "body under a macro: named with its arguments"
        if any(abs(other - line) <= 3 for other in lines):
            return "same definition, name on another line"
        if kind in ("struct", "union", "enum") and "}" in here:
            return "nameless tag under its typedef's name"
        if kind == "macro":
            return "ctags: macro passed over"
        if lines:
            return "definition in every branch"
        if kind in ("struct", "union", "enum") and re.search(r"\b(struct|union|enum)\b", self.text(path, line, 3)):
            return "ctags: tag passed over"
        if kind == "type_alias" and "typedef" in self.text(path, line, 40):
            return "ctags: typedef passed over"
        if kind == "function" and "(" in self.text(path, line, 0, 2):
            return "ctags: function passed over"
        return "unexplained"


def dead_lines(lines):
    """Lines under a condition that never holds in C."""
    dead, stack = set(), []
    for number, line in enumerate(lines, 1):
        directive = re.match(r"\s*#\s*(\w+)\s*(.*?)\s*(/[/*].*)?$", line)
        if directive:
            word, rest = directive.group(1), directive.group(2)
            if word in ("if", "ifdef", "ifndef"):
                never = rest == "0" or (word != "ifndef" and rest in ("__cplusplus", "defined(__cplusplus)"))
                always = rest == "1" or (word == "ifndef" and rest == "__cplusplus")
                stack.append([never, always])
            elif word in ("else", "elif") and stack:
                stack[-1][0] = stack[-1][1] or (word == "elif" and rest == "0")
            elif word == "endif" and stack:
                stack.pop()
        if any(never for never, _ in stack):
            dead.add(number)
    return dead


def main():
    parser = exported.parser(__doc__)
    parser.add_argument("root")
    options = parser.parse_args()
    lines = exported.lines(options)
    ours, declared = definitions(lines)
    paths = {path for path, _, _ in list(ours) + list(declared)} | sources(options.root)
    theirs = ctags(options.root, paths)
    return report(options, ours, declared, theirs)


def sources(root):
    found = set()
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if name not in (".git", ".codira")]
        for name in files:
            if name.endswith((".c", ".h")):
                found.add(os.path.relpath(os.path.join(folder, name), root))
    return found


def report(options, ours, declared, theirs):
    explainer = Explainer(options.root, ours, declared, theirs)
    classes = collections.defaultdict(list)
    for place, kind in theirs.items():
        explainer.source(place[0])
        if ours.get(place) != KINDS[kind]:
            if place in ours:
                classes["both", f"ctags says {kind}, codira {ours[place]}: the tag has the typedef's name"].append(place)
            else:
                classes["ctags alone", explainer.missing(place, kind)].append((*place, kind))
    for place, kind in ours.items():
        explainer.source(place[0])
        if place not in theirs:
            classes["codira alone", explainer.extra(place, kind)].append((*place, kind))
    print_totals(ours, theirs)
    failed = 0
    for (side, name), places in sorted(classes.items(), key=lambda item: (item[0][0], -len(item[1]))):
        print(f"{len(places):7}  {side}: {name}")
        failed += len(places) if name == "unexplained" else 0
        if options.show and options.show in name or not options.show and name == "unexplained":
            for place in sorted(places)[:options.n]:
                print(f"           {place[0]}:{place[2]}: {place[1]} {place[3] if len(place) > 3 else ''}")
    return 1 if failed else 0


def print_totals(ours, theirs):
    for kind, own in KINDS.items():
        mine = sum(1 for value in ours.values() if value == own)
        others = [place for place, value in theirs.items() if value == kind]
        same = sum(1 for place in others if ours.get(place) == own)
        print(f"{kind:9} ctags {len(others):7}  codira {mine:7}  both {same:7}")


if __name__ == "__main__":
    sys.exit(main())
