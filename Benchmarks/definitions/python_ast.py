#!/usr/bin/env python3
"""Compares the Python definitions in an index with those that CPython's own parser finds.

    codira export > EXPORT            (or: Benchmarks/analyzer/run libcodira-python.so dump < list-of-paths)
    python_ast.py ROOT < EXPORT

Functions, methods and classes, nested ones included, as (path, qualified name inside the file, line of the name).
Type-only overloads that have an implementation belong to it, so they are left out. Files that CPython itself cannot
parse are counted and left out. Prints recall and precision with every difference; exit 1 when there is any."""

import ast
import json
import os
import sys

KINDS = {"function", "method", "class", "property", "constructor", 3, 10, 11, 12, 13}


def is_overload(node):
    names = [ast.unparse(decorator) for decorator in node.decorator_list]
    return any(name.rpartition(".")[2] == "overload" for name in names)


def definitions(body, prefix, lines, found):
    """Adds what a list of statements defines, at any depth of blocks."""
    bodies = []
    for statement in body:
        nodes = [statement]
        while nodes:
            node = nodes.pop()
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                bodies.append(node)
            elif not isinstance(node, ast.expr):
                nodes.extend(ast.iter_child_nodes(node))
    implemented = {node.name for node in bodies if not is_overload(node)}
    seen = set()
    for node in bodies:
        name = prefix + [node.name]
        overload = is_overload(node)
        if not overload or (node.name not in implemented and node.name not in seen):
            found.add((".".join(name), name_line(node, lines)))
        if overload:
            seen.add(node.name)
        definitions(node.body, name, lines, found)


def name_line(node, lines):
    """The line where the name stands: that of `def` or `class`, unless a backslash parts them."""
    line = node.lineno
    while node.name not in lines[line - 1] and line < len(lines):
        line += 1
    return line


def expected(path):
    with open(path, "rb") as file:
        source = file.read()
    tree = ast.parse(source)
    text = source.decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    found = set()
    definitions(tree.body, [], text.split("\n"), found)
    return found


def indexed(stream):
    """Per path: the definitions, with the module's own name taken off the qualified name."""
    files, modules = {}, {}
    for record in map(json.loads, stream):
        if record["type"] == "file" and record.get("language") == "python":
            files.setdefault(record["path"], set())
        if record["type"] != "symbol" or not record["path"].endswith((".py", ".pyi", ".pyw")):
            continue
        path, kind = record["path"], record["kind"]
        files.setdefault(path, set())
        if kind in ("module", 1):
            modules[path] = record["qualified_name"]
        elif kind in KINDS:
            line = record["name_line"] if "name_line" in record else record["name_range"][0]
            files[path].add((record["qualified_name"], line))
    return {
        path: {(name.removeprefix(modules[path] + "."), line) for name, line in found}
        for path, found in files.items() if path in modules
    }


def main(root):
    unparsable = total = missing = extra = 0
    for path, found in sorted(indexed(sys.stdin).items()):
        try:
            wanted = expected(os.path.join(root, path))
        except (SyntaxError, ValueError):
            unparsable += 1
            continue
        total += len(wanted)
        for name, line in sorted(wanted - found):
            missing += 1
            print(f"missing {path}:{line} {name}")
        for name, line in sorted(found - wanted):
            extra += 1
            print(f"extra   {path}:{line} {name}")
    right = total - missing
    recall = right / total if total else 1.0
    precision = right / (right + extra) if right + extra else 1.0
    print(f"definitions {total} recall {recall:.6f} precision {precision:.6f} files CPython cannot parse {unparsable}")
    return 0 if missing == extra == 0 else 1


sys.exit(main(sys.argv[1]))
