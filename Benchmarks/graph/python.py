#!/usr/bin/env python3
"""Definitions of a Python tree against CPython's own parser, calls against jedi 0.20.1.

    codira index --no-embeddings && codira export > tree.jsonl         (inside ROOT)
    Benchmarks/graph/python.py ROOT tree.jsonl [--sample N] [--rows FILE] [--shift 1] [--differences N]

Installs jedi and pytest (jedi knows its fixtures) through pip into `Benchmarks/work/python`; what the tree itself
depends on is not installed. Compared are

- functions, methods and classes, nested ones too, by (path, line of the name, name). Type-only overloads that have an
  implementation belong to it. Stubs declare and are left out, as are files that CPython cannot parse;
- calls whose callee is a name or an attribute: a sample of `--sample` calls of the tree (default 2,000; 0: all),
  drawn with a fixed seed from what CPython's parser lists. Calls of anything else (`f()()`, `table[k]()`) have no name
  to point at; they are counted. `python_jedi.py` says what jedi's word for a call is.
"""

import ast
import json
import os
import random
import subprocess
import sys
import warnings

import comparison

SEED = 4
KINDS = {"functions": {"function", "method", "property", "constructor"}, "classes": {"class"}}
PYTHON = os.path.join(comparison.WORK, "python", "bin", "python")


def parsed(root, export):
    """Every Python file that CPython can parse: path, lines, tree."""
    warnings.simplefilter("ignore")
    for path, language in sorted(export.languages.items()):
        if language != "python":
            continue
        with open(os.path.join(root, path), "rb") as file:
            source = file.read()
        try:
            yield path, comparison.source_lines(source), ast.parse(source)
        except (SyntaxError, ValueError):
            print(f"CPython cannot parse {path}", file=sys.stderr)


# Definitions


def is_overload(node):
    names = [ast.unparse(decorator) for decorator in node.decorator_list]
    return any(name.rpartition(".")[2] == "overload" for name in names)


def definitions(body, path, lines):
    """What a list of statements defines, at any depth."""
    nodes, found = list(reversed(body)), []
    while nodes:
        node = nodes.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.append(node)
        elif not isinstance(node, ast.expr):
            nodes.extend(ast.iter_child_nodes(node))
    implemented = {node.name for node in found if not is_overload(node)}
    overloads = set()
    for node in found:
        if not is_overload(node) or (node.name not in implemented and node.name not in overloads):
            kind = "class" if isinstance(node, ast.ClassDef) else "function"
            yield {"path": path, "line": name_line(node, lines), "name": node.name, "kind": kind}
        if is_overload(node):
            overloads.add(node.name)
        yield from definitions(node.body, path, lines)


def name_line(node, lines):
    """The line where the name stands: that of `def` or `class`, unless a backslash parts them."""
    line = node.lineno
    while node.name.encode() not in lines[line - 1] and line < len(lines):
        line += 1
    return line


# Calls


def call_sites(tree, path, lines):
    """The names that are called; `None` for a call of something without a name."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        callee = node.func
        if isinstance(callee, ast.Name):
            yield {"path": path, "line": callee.lineno, "column": callee.col_offset + 1, "name": callee.id}
        elif isinstance(callee, ast.Attribute):
            column = callee.end_col_offset - len(callee.attr.encode()) + 1
            yield {"path": path, "line": callee.end_lineno, "column": column, "name": callee.attr}
        else:
            yield None


def annotated(tree):
    """How many parameters there are (but for a method's first), and how many have an annotation."""
    total = written = 0
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            names = node.args.posonlyargs + node.args.args + node.args.kwonlyargs
            names = [name for name in names if name.arg not in ("self", "cls")]
            total += len(names)
            written += sum(1 for name in names if name.annotation)
    return total, written


def judge(root, export, sample):
    sites, nameless, parameters = [], 0, [0, 0]
    for path, lines, tree in parsed(root, export):
        if not path.endswith(".pyi"):
            yield from definitions(tree.body, path, lines)
        found = list(call_sites(tree, path, lines))
        nameless += found.count(None)
        sites += [site for site in found if site]
        parameters = [a + b for a, b in zip(parameters, annotated(tree))]
    share = parameters[1] / max(parameters[0], 1)
    total = len(sites)
    if sample and total > sample:
        sites = random.Random(SEED).sample(sites, sample)
    print(f"{total} calls of names, {len(sites)} of them sampled, {nameless} of something without a name; "
          f"{share:.0%} of the parameters are annotated", file=sys.stderr)
    yield from jedi(root, sites)


def jedi(root, sites):
    if not os.path.exists(PYTHON):
        subprocess.run([sys.executable, "-m", "venv", os.path.dirname(os.path.dirname(PYTHON))], check=True)
        subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", "jedi==0.20.1", "pytest==8.3.4"], check=True)
    text = "".join(json.dumps(site) + "\n" for site in sites)
    workers = []
    for share in range(2):
        command = [PYTHON, os.path.join(comparison.HERE, "python_jedi.py"), root, str(share), "2"]
        output = os.path.join(comparison.WORK, f"jedi-{os.getpid()}-{share}.jsonl")
        with open(output, "w", encoding="utf-8") as file:
            worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=file, text=True)
        worker.stdin.write(text)
        worker.stdin.close()
        workers.append((worker, output))
    for worker, output in workers:
        if worker.wait() != 0:
            raise SystemExit("jedi failed")
        with open(output, encoding="utf-8") as file:
            yield from map(json.loads, file)
        os.remove(output)


def main():
    parser = comparison.arguments(__doc__)
    parser.add_argument("--sample", type=int, default=2000, metavar="N", help="calls to judge (default 2,000; 0: all)")
    options = parser.parse_args()
    with open(options.export, encoding="utf-8") as file:
        export = comparison.Export(file)
    rows = comparison.remembered(options, lambda: judge(options.root, export, options.sample))
    groups = {"functions": KINDS["functions"], "classes": KINDS["classes"]}
    comparison.report(export, rows, options, groups)


if __name__ == "__main__":
    main()
