"""Judges calls by jedi: the half of `python.py` that runs where jedi is installed.

    python_jedi.py ROOT SHARE SHARES < SITES > ROWS

SITES: JSON lines {path, line, column, name}, columns in bytes from 1. Every SHARES-th file is this process's part. What
a call's name leads to is what jedi's `goto` finds behind imports; where that is a variable, a parameter or a property,
what `infer` says it holds, and the row says which variable that goes `through`. One function or class is the target;
several, or none, leave the call unjudged, and so does a stub of the tree's own package that jedi ships.
"""

import json
import os
import sys

import jedi

CALLABLE = ("function", "class")


class Judge:
    def __init__(self, root):
        self.root = os.path.realpath(root)
        roots = source_roots(self.root)
        self.project = jedi.Project(self.root, added_sys_path=tuple(roots), smart_sys_path=True)
        self.packages = {name for root in roots for name in os.listdir(root)}

    def file(self, path, sites):
        full = os.path.join(self.root, path)
        with open(full, encoding="utf-8", errors="replace", newline="") as file:
            text = file.read()
        script = jedi.Script(text, path=full, project=self.project)
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for site in sites:
            column = len(lines[site["line"] - 1].encode()[: site["column"] - 1].decode("utf-8", "replace"))
            yield site | self.verdict(script, site["line"], column)

    def verdict(self, script, line, column):
        try:
            return self.targets(script, line, column)
        except RecursionError:
            return {"unjudged": True, "note": "recursion"}
        except Exception as error:  # jedi fails on code that it does not expect, in many ways
            return {"unjudged": True, "note": f"jedi: {type(error).__name__}"}

    def targets(self, script, line, column):
        names = script.goto(line, column, follow_imports=True)
        through = {}
        if any(not self.is_definition(name) for name in names):
            names = script.infer(line, column) or []
        elif not names or any(name.type not in CALLABLE for name in names):
            places = {self.place(name) for name in names} - {None}
            through = {"through": sorted(places)} if places else {}
            names = script.infer(line, column) or []
        return through | self.one_of(names)

    def one_of(self, names):
        found, is_outside = {}, False
        for name in names:
            if name.type == "instance":
                continue
            if self.is_own_stub(name):
                return {"unjudged": True, "note": "a stub of the tree's own package"}
            place = self.place(name)
            if place is None:
                is_outside = True
            elif name.type in CALLABLE:
                found[place] = name
        if not found:
            return {"outside": True} if is_outside else {"unjudged": True, "note": "nothing"}
        if len(found) > 1 or is_outside:
            return {"unjudged": True, "note": "several"}
        (path, target_line), name = found.popitem()
        return {"target_path": path, "target_line": target_line, "note": name.full_name or ""}

    @staticmethod
    def is_definition(name):
        """Not the line of an import, and not a stub that jedi ships for a library that may be the tree itself."""
        code = name.get_line_code().lstrip() if name.module_path and name.line else ""
        return not str(name.module_path).endswith(".pyi") and not code.startswith(("import ", "from "))

    def is_own_stub(self, name):
        """jedi ships stubs of django and others: where the tree is that library, they stand for the tree's own code."""
        path = str(name.module_path)
        return path.endswith(".pyi") and f"{os.sep}jedi{os.sep}" in path and self.is_own(name)

    def is_own(self, name):
        return (name.full_name or "").partition(".")[0] in self.packages

    def place(self, name):
        """Path and line of a definition, `None` outside the tree."""
        if name.module_path is None or name.line is None:
            return None
        path = os.path.realpath(str(name.module_path))
        inside = path.startswith(self.root + os.sep)
        return (os.path.relpath(path, self.root), name.line) if inside else None


def source_roots(root):
    """Folders to import from: those that hold a topmost package."""
    found = {root}
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        parent = os.path.dirname(folder)
        if "__init__.py" in files and not os.path.exists(os.path.join(parent, "__init__.py")):
            if folder != root:
                found.add(parent)
    return sorted(found, key=lambda path: (path.count(os.sep), path))


def main(root, share, shares):
    by_file = {}
    for line in sys.stdin:
        site = json.loads(line)
        by_file.setdefault(site["path"], []).append(site)
    judge = Judge(root)
    for path in sorted(by_file)[share::shares]:
        for row in judge.file(path, by_file[path]):
            print(json.dumps(row), flush=True)


main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
