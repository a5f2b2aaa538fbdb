#!/usr/bin/env python3
"""Compares the definitions of a no-code analyzer with those that universal-ctags finds.

  queries_ctags.py LANGUAGE ROOT                      LANGUAGE is lua or ruby; indexes ROOT, reads `codira export`
  queries_ctags.py LANGUAGE ROOT --artifacts FILE     reads records of an export made before
  queries_ctags.py LANGUAGE ROOT --show CLASS [-n N]  prints the differences of one class (default: 5 of each)

Names with their files and lines are compared. Every tag that codira lacks is put into a class by the text around it;
definitions that ctags lacks are counted by kind. Exit code 1 where recall, without the tags that name nothing, is
under 0.95.
"""

import collections
import json
import os
import re
import subprocess
import sys

import exported

LANGUAGES = {"lua": ("Lua", "f", (".lua",)), "ruby": ("Ruby", "cfmSCAa", (".rb", ".rake"))}
KINDS = {
    "lua": {"function", "method"},
    "ruby": {"class", "trait", "method", "function", "constructor", "constant", "property"},
}


def definitions(lines, language):
    """(path, name, line) -> kind."""
    found = {}
    for line in lines:
        record = json.loads(line)
        if record.get("type") == "symbol" and record["id"].startswith(language + " "):
            if record["kind"] in KINDS[language]:
                found[(record["path"], record["name"], record["name_line"])] = record["kind"]
    return found


def ctags(root, language):
    name, kinds, suffixes = LANGUAGES[language]
    paths = []
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if name not in (".git", ".codira")]
        paths += [os.path.relpath(path, root) for path in (os.path.join(folder, file) for file in files)
                  if path.endswith(suffixes) and not os.path.islink(path)]
    command = ["ctags", "--options=NONE", f"--languages={name}", f"--kinds-{name}={kinds}", "--output-format=json",
               "--fields=+nK", "--sort=no", "-f", "-", "-L", "-"]
    result = subprocess.run(command, cwd=root, input="\n".join(sorted(paths)).encode(), stdout=subprocess.PIPE,
                            stderr=subprocess.DEVNULL, check=True)
    found = {}
    for line in result.stdout.decode("utf-8", "replace").splitlines():
        tag = json.loads(line)
        found[(tag["path"], short(tag["name"], language), tag["line"])] = tag["kind"]
    return found


def short(name, language):
    """ctags writes Lua's names whole, and some of Ruby's with their class."""
    if language == "lua":
        return re.split(r"[.:]", name)[-1].strip()
    return name.split("::")[-1].split(".")[-1] if re.match(r"\w", name) else name


class Explainer:
    """Says why a tag has no definition."""

    def __init__(self, root, language, ours):
        self.root, self.language, self.sources = root, language, {}
        self.lines = collections.defaultdict(list)
        self.places = collections.defaultdict(list)
        for path, name, line in ours:
            self.lines[path, name].append(line)
            self.places[path, line].append(name)

    def text(self, path, line):
        if path not in self.sources:
            with open(os.path.join(self.root, path), "rb") as file:
                self.sources[path] = file.read().decode("utf-8", "replace").splitlines()
        lines = self.sources[path]
        return lines[line - 1] if line <= len(lines) else ""

    def explain(self, place, kind):
        """The class, and whether the tag names a definition at all."""
        path, name, line = place
        here = self.text(path, line)
        others = self.lines.get((path, name), [])
        if any(abs(other - line) <= 3 for other in others):
            return "same definition, name on another line", True
        if kind == "class" and re.search(r"\b(class|module)\b", here) and others:
            return "opened again in the same file: one class", True
        if kind in ("class", "module") and others:
            return "opened again in the same file: one class", True
        if self.language == "lua":
            return self.explain_lua(place, here)
        return self.explain_ruby(place, kind, here, others)

    def explain_lua(self, place, here):
        path, name, line = place
        word = re.escape(name)
        if re.match(r"\s*--", here) or self.inside_text(here, name):
            return "ctags: a comment or a text", False
        if re.search(word + r"\W*=\s*function\w", here):
            return "ctags: a call of what is called function_…", False
        if re.search(r"\[[^]]*\]\s*=\s*function", here):
            return "under a key", not any(key.strip("'\"[] ") in name for key in self.places[path, line])
        if re.search(r"[^\w]", name):
            return "ctags: a name cut at the wrong place", False
        if re.search(word + r"\s*=\s*(\(\s*function|[\w.]+\s*[({].*\bfunction)|" + word + r"\s*=\s*\{", here):
            return "ctags: a value that a function makes or a table that holds one", False
        if not re.search(word + r"\s*=\s*function\b|\bfunction\s+[\w.:]*" + word + r"\b", here):
            return "ctags: a function without a name", False
        return "unexplained", True

    def inside_text(self, here, name):
        before = here.partition(name)[0]
        return before.count('"') % 2 == 1 or before.count("'") % 2 == 1

    def explain_ruby(self, place, kind, here, others):
        path, name, line = place
        if re.match(r"\s*#", here):
            return "ctags: a comment", False
        if name.endswith("=") and name[:-1] in self.places[path, line]:
            return "the writer of an attribute: one symbol with its reader", True
        if self.in_here_document(path, line):
            return "ctags: a definition in a text that is evaluated", False
        if others:
            return "defined again in the same file: one symbol", True
        if kind == "constant" and not re.search(re.escape(name) + r"\s*(\|\|)?=[^=>~]", here):
            return "ctags: a constant that is compared or a key", False
        if any(other[:-1] == name and other[-1] in "?!=" for other in self.places[path, line]):
            return "ctags: a name without its last mark", False
        if not re.search(r"\b(class|module|def|alias|alias_method|attr\w*|define_method)\b|=", here):
            return "ctags: no definition stands there", False
        return "unexplained", True

    def in_here_document(self, path, line):
        """Whether a line lies in a here-document, or in a %(…) text that begins and ends on lines of their own."""
        end = None
        for number, text in enumerate(self.sources[path], 1):
            if number >= line:
                return end is not None
            if end is None:
                opened = re.search(r"<<[-~]?(['\"`]?)([A-Za-z_]\w*|(?<=['\"`])[^'\"`]+)\1", text)
                end = opened and opened.group(2) if not text.lstrip().startswith("#") else None
            elif text.strip() == end:
                end = None
        return False


def report(options, ours, theirs):
    explainer = Explainer(options.root, options.language, ours)
    classes = collections.defaultdict(list)
    missing = 0
    nothing = 0
    for place, kind in theirs.items():
        if place in ours:
            continue
        name, is_definition = explainer.explain(place, kind)
        classes[name].append((*place, kind))
        merged = name.startswith(("opened again", "same definition", "the writer", "defined again"))
        missing += is_definition and not merged
        nothing += not is_definition
    total = len(theirs) - nothing
    plain = sum(1 for place in theirs if place in ours)
    print(f"ctags {len(theirs)}  codira {len(ours)}  both {plain}")
    print(f"recall by name and line {plain / max(len(theirs), 1):.4f}, of definitions {(total - missing) / max(total, 1):.4f}")
    for name, places in sorted(classes.items(), key=lambda item: -len(item[1])):
        print(f"{len(places):7}  ctags alone: {name}")
        if options.show and options.show in name or not options.show and name == "unexplained":
            for place in sorted(places)[:options.n]:
                print(f"           {place[0]}:{place[2]}: {place[1]} {place[3]}")
    extra = collections.Counter(kind for place, kind in ours.items() if place not in theirs)
    for kind, count in extra.most_common():
        print(f"{count:7}  codira alone: {kind}")
    return 0 if (total - missing) >= 0.95 * total else 1


def main():
    parser = exported.parser(__doc__)
    parser.add_argument("language", choices=sorted(LANGUAGES))
    parser.add_argument("root")
    options = parser.parse_args()
    lines = exported.lines(options)
    return report(options, definitions(lines, options.language), ctags(options.root, options.language))


if __name__ == "__main__":
    sys.exit(main())
