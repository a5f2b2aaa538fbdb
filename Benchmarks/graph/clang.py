#!/usr/bin/env python3
"""Definitions and calls of a C or C++ tree against libclang 18.1.

    codira index --no-embeddings ROOT; codira export > tree.jsonl      (inside ROOT)
    Benchmarks/graph/clang.py ROOT tree.jsonl [--include DIR]… [--flag=-DNAME]… [--exclude PREFIX]…

Installs `libclang` through pip into `Benchmarks/work/libclang`; the compiler's own headers come from Debian's
`libclang-common-14-dev`. Every source file of the export is parsed as one translation unit; a header is judged in
the first that includes it. Compared are

- definitions of functions and types, by (path, line, name), in files that the compiler read, outside of branches
  that it skipped; conversion functions by their place alone, for the compiler writes their types its own way. What macros make is left out on both sides by one rule: the compiler's definitions whose name
  is not written where they stand (they stand at a macro's expansion), and the index's whose name stands inside
  such an expansion. The expansions that made nothing of the kind excuse nothing;
- calls, by the place of the name: right when a target of the edge stands where libclang finds the called
  function declared or defined. Constructors (by line), operators, calls that a macro's body makes and calls that
  libclang cannot resolve (dependent ones in templates) are counted apart.

`--shift 1` moves every right place by a line: all recalls have to be near zero then.
"""

import argparse
import collections
import ctypes
import os
import pickle
import re
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
WORK = os.path.join(HERE, "..", "work", "libclang")
HEADERS = "/usr/lib/llvm-14/lib/clang/14.0.6/include"
CPP = (".cc", ".cpp", ".cxx", ".c++", ".C")
sys.path.insert(0, HERE)
from comparison import CALLABLES, TYPES, CallScore, DefinitionScore, Export, print_differences, print_table


def load_clang():
    if not os.path.isdir(os.path.join(WORK, "clang")):
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", WORK, "libclang==18.1.1"]
        subprocess.run(pip, check=True)
    sys.path.insert(0, WORK)
    from clang import cindex

    return cindex


cindex = load_clang()
K = cindex.CursorKind
FUNCTIONS = {K.FUNCTION_DECL, K.CXX_METHOD, K.CONSTRUCTOR, K.DESTRUCTOR, K.CONVERSION_FUNCTION, K.FUNCTION_TEMPLATE}
CLASSES = {
    K.CLASS_DECL, K.STRUCT_DECL, K.UNION_DECL, K.ENUM_DECL, K.CLASS_TEMPLATE, K.CLASS_TEMPLATE_PARTIAL_SPECIALIZATION,
    K.TYPEDEF_DECL, K.TYPE_ALIAS_DECL, K.TYPE_ALIAS_TEMPLATE_DECL,
}
OPERATOR = re.compile(r"operator\b")
CONVERSION = re.compile(r"operator (?!new\b|delete\b|co_await\b)[A-Za-z_]")


class RangeList(ctypes.Structure):
    _fields_ = [("count", ctypes.c_uint), ("ranges", ctypes.POINTER(cindex.SourceRange))]


class Text:
    """A source's lines, and those that belong to `#define`."""

    def __init__(self, path):
        self.bytes = open(path, "rb").read()
        self.starts = [0]
        for match in re.finditer(rb"\n", self.bytes):
            self.starts.append(match.end())
        self.macro_lines = set()
        lines = self.bytes.split(b"\n")
        inside = False
        for number, line in enumerate(lines, 1):
            inside = inside or bool(re.match(rb"\s*#\s*define\b", line))
            if inside:
                self.macro_lines.add(number)
                inside = line.rstrip(b"\r").endswith(b"\\")

    def offset(self, line, column):
        return self.starts[min(line, len(self.starts)) - 1] + column - 1

    def position(self, offset):
        low, high = 0, len(self.starts)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.starts[middle] <= offset else (low, middle)
        return low + 1, offset - self.starts[low] + 1

    def word(self, offset):
        match = re.compile(rb"[A-Za-z_]\w*").match(self.bytes, offset)
        return match.group().decode() if match else ""

    def arguments(self, offset):
        """The end of the parentheses behind a macro's name."""
        match = re.compile(rb"\w+\s*\(").match(self.bytes, offset)
        if not match:
            return None
        depth, place = 1, match.end()
        while place < len(self.bytes) and depth:
            depth += {40: 1, 41: -1}.get(self.bytes[place], 0)
            place += 1
        return match.end(), place


class Unit:
    """What libclang says of one translation unit, as plain values.

    `visited` are headers that an earlier unit of the same process told of: they are not walked again.
    """

    visited = set()

    def __init__(self, root, arguments):
        self.root = os.path.realpath(root) + "/"
        self.arguments = arguments
        self.definitions = {}  # (path, line, name) -> (group, kind)
        self.places = collections.defaultdict(set)  # usr -> places
        self.calls = []  # (place, name, usr, place of referenced, sort)
        self.counts = collections.defaultdict(collections.Counter)  # path -> what -> how many
        self.file = ""
        self.skipped = collections.defaultdict(list)  # path -> (first line, last line)
        self.expansions = collections.defaultdict(dict)  # path -> start -> end, as (line, column)
        self.making = {"functions": set(), "types": set()}  # (path, start, end) of expansions that make one
        self.seen = set()
        self.errors = 0
        self.texts = {}
        self.names = {}
        self.used = collections.Counter()

    def parse(self, path):
        index = cindex.Index.create()
        options = cindex.TranslationUnit.PARSE_DETAILED_PROCESSING_RECORD
        unit = index.parse(self.root + path, args=self.arguments, options=options)
        self.errors += sum(d.severity >= 3 for d in unit.diagnostics)
        self.note_skipped(unit)
        for cursor in unit.cursor.get_children():
            file = self.relative(cursor.location.file)
            if not file or file in Unit.visited:
                continue
            if cursor.kind == K.MACRO_INSTANTIATION:
                start, end = cursor.extent.start, cursor.extent.end
                spot = (start.line, start.column)
                self.expansions[file][spot] = max(self.expansions[file].get(spot, spot), (end.line, end.column))
            elif not cursor.kind.is_preprocessing():
                self.seen.add(file)
                self.file = file
                self.visit(cursor, False)
        Unit.visited |= self.seen
        # A range that holds what was compiled was skipped at another inclusion of the file alone.
        lines = collections.defaultdict(list)
        for path, line, _ in self.definitions:
            lines[path].append(line)
        for path, ranges in self.skipped.items():
            self.skipped[path] = [r for r in ranges if not any(r[0] <= line <= r[1] for line in lines[path])]
        return self

    def count(self, what):
        self.counts[self.file][what] += 1

    def relative(self, file):
        if file is None:
            return None
        name = file.name
        if name not in self.names:
            path = os.path.realpath(name)
            self.names[name] = path[len(self.root):] if path.startswith(self.root) else None
        return self.names[name]

    def text(self, path):
        if path not in self.texts:
            self.texts[path] = Text(self.root + path)
        return self.texts[path]

    def note_skipped(self, unit):
        function = cindex.conf.lib.clang_getAllSkippedRanges
        function.restype = ctypes.POINTER(RangeList)
        ranges = function(unit).contents
        for index in range(ranges.count):
            span = ranges.ranges[index]
            path = self.relative(span.start.file)
            if path:
                self.skipped[path].append((span.start.line, span.end.line))

    def place(self, location):
        """(path, line, column, offset) and whether a macro stands there."""
        path = self.relative(location.file)
        return (path, location.line, location.column) if path else None

    def in_macro(self, cursor, path, location):
        """Whether the token at the expansion's place is not the cursor's own: a macro made it."""
        word = self.text(path).word(self.text(path).offset(location.line, location.column))
        return bool(word) and word != plain(cursor.spelling)

    def visit(self, cursor, in_template):
        stack = [cursor]
        while stack:
            node = stack.pop()
            kind = node.kind
            if kind in FUNCTIONS or kind in CLASSES:
                self.declaration(node)
            elif kind == K.CALL_EXPR:
                self.call(node)
            stack.extend(reversed(list(node.get_children())))

    def declaration(self, cursor):
        location = cursor.location
        path = self.relative(location.file)
        if not path:
            return
        usr = cursor.get_usr()
        # What says `= 0`, `= default` or `= delete` is written nowhere else.
        is_definition = cursor.is_definition() or cursor.kind in FUNCTIONS and self.has_no_body(cursor, path)
        if cursor.kind in FUNCTIONS or cursor.kind in CLASSES:
            self.places[usr].add((path, location.line))
        if not is_definition and cursor.kind not in (K.TYPEDEF_DECL, K.TYPE_ALIAS_DECL):
            if not cursor.kind == K.TYPE_ALIAS_TEMPLATE_DECL:
                return
        name = plain(cursor.spelling)
        if cursor.kind == K.TYPEDEF_DECL and self.names_its_tag(cursor, name):
            return
        if not name or OPERATOR.match(name) is None and ("(" in name or " at " in name or "<" in name):
            return
        group = "functions" if cursor.kind in FUNCTIONS else "types"
        if not OPERATOR.match(name) and name.lstrip("~") != self.text(path).word(
            self.text(path).offset(location.line, location.column) + (1 if name.startswith("~") else 0)
        ):
            self.made(group, path, location)
            return
        if location.line in self.text(path).macro_lines:
            return
        self.definitions[(path, location.line, name)] = (group, cursor.kind.name)

    def has_no_body(self, cursor, path):
        text, end = self.text(path), cursor.extent.end
        stop = text.offset(end.line, end.column)
        says = rb"=\s*(?:0|default|delete)\b"
        behind = re.compile(rb"\s*" + says).match(text.bytes, stop)
        return bool(behind or re.search(says + rb"\s*;?\s*$", text.bytes[max(0, stop - 40):stop]))

    def made(self, group, path, location):
        """Notes that the expansion at a place makes a definition."""
        spot = (location.line, location.column)
        if spot in self.expansions[path]:
            self.making[group].add((path, spot, self.expansions[path][spot]))

    def names_its_tag(self, cursor, name):
        """`typedef struct x {…} x;`: one symbol there, the tag's; a nameless tag has the typedef's name."""
        tag = cursor.underlying_typedef_type.get_declaration()
        is_tag = tag.kind in CLASSES and tag.kind not in (K.TYPEDEF_DECL, K.TYPE_ALIAS_DECL)
        if not is_tag or plain(tag.spelling) != name:
            return False
        parents = {c.semantic_parent.get_usr() for c in (tag, cursor) if c.semantic_parent is not None}
        return len(parents) == 1 and self.is_written(tag, name)

    def is_written(self, cursor, name):
        path = self.relative(cursor.location.file)
        if not path:
            return True
        text = self.text(path)
        return text.word(text.offset(cursor.location.line, cursor.location.column)) == name

    def call(self, cursor):
        target = cursor.referenced
        if target is None or target.kind not in FUNCTIONS and target.kind not in CLASSES:
            kind = "none" if target is None else target.kind.name
            if target is None:
                self.count("dependent")
            else:
                self.count(f"through a value ({kind})")
            return
        if target.kind == K.CONVERSION_FUNCTION:
            self.count("conversions")
            return
        name = plain(target.spelling)
        if OPERATOR.match(name):
            self.count("operators")
            return
        is_constructor = target.kind == K.CONSTRUCTOR or target.kind in CLASSES
        location = cursor.location if is_constructor else callee(cursor).location
        path = self.relative(location.file)
        if not path:
            return
        pattern = cindex.conf.lib.clang_getSpecializedCursorTemplate(target)
        where = {p[:2] for p in (self.place(target.location),) if p}
        usrs = [target.get_usr()]
        if pattern is not None and pattern.kind != K.NO_DECL_FOUND and not pattern.kind.is_invalid():
            usrs.append(pattern.get_usr())
            spot = self.place(pattern.location)
            if spot:
                where.add(spot[:2])
        if is_constructor:
            self.constructor(cursor, path, location, name, usrs, where)
            return
        text = self.text(path)
        offset = text.offset(location.line, location.column)
        at = offset + 1 if name.startswith("~") else offset
        if text.word(at) != name.lstrip("~"):
            offset = self.in_arguments(path, text, offset, name)
            if offset is None:
                self.count("by a macro's body")
                return
        line, column = text.position(offset)
        if line in text.macro_lines:
            self.count("by a macro's body")
            return
        if (path, line) in where:
            self.count("to functions that nothing declares")
            return
        self.calls.append(((path, line, column), name, usrs, where, "call"))

    def in_arguments(self, path, text, offset, name):
        """The next place of a call of `name` among the arguments of the macro used at `offset`."""
        span = text.arguments(offset)
        if span is None:
            return None
        pattern = re.compile(rb"(?<![\w~])" + re.escape(name.encode()) + rb"\s*(?:<[^<>()]*>)?\s*\(")
        places = [match.start() for match in pattern.finditer(text.bytes, span[0], span[1])]
        if not places:
            return None
        key = (path, offset, name)
        place = places[min(self.used[key], len(places) - 1)]
        self.used[key] += 1
        return place

    def constructor(self, cursor, path, location, name, usrs, where):
        if not is_written(cursor):
            self.count("implicit constructors")
            return
        text = self.text(path)
        if location.line in text.macro_lines:
            self.count("by a macro's body")
            return
        self.calls.append(((path, location.line, location.column), name, usrs, where, "constructor"))


def is_written(cursor):
    """Whether a construction has brackets of its own: `T(x)`, `T x{y}`, `field(x)`, not a conversion of `f(x)`."""
    first = next(iter(cursor.get_arguments()), None)
    if first is not None and first.extent.start.offset == cursor.extent.start.offset:
        return False
    for token in cursor.get_tokens():
        if token.spelling in "({":
            return True
        if not re.match(r"[\w:<>,*&]+$|\.", token.spelling):
            return False
    return False


def plain(name):
    """Without template arguments: `Foo<T>` is `Foo`; a conversion function without its type."""
    if CONVERSION.match(name):
        return "operator"
    if name.startswith("operator"):
        return name
    return name.split("<")[0]


def callee(cursor):
    """The expression that names what is called."""
    node = next(iter(cursor.get_children()), cursor)
    while node.kind not in (K.DECL_REF_EXPR, K.MEMBER_REF_EXPR):
        inner = next(iter(node.get_children()), None)
        if inner is None or node.kind == K.CALL_EXPR:
            return cursor
        node = inner
    return node


def parse(job):
    root, path, arguments = job
    try:
        unit = Unit(root, arguments).parse(path)
    except cindex.TranslationUnitLoadError:
        return path, None
    return path, (
        unit.definitions, dict(unit.places), unit.calls, dict(unit.counts), dict(unit.skipped), unit.seen, unit.errors,
        unit.making,
    )


class Oracle:
    """All units together; a file counts as the first unit that sees it says."""

    def __init__(self, excluded):
        self.excluded = tuple(excluded)
        self.definitions = {}
        self.places = collections.defaultdict(set)
        self.calls = {}
        self.counts = collections.Counter()
        self.skipped = {}
        self.making = {"functions": collections.defaultdict(set), "types": collections.defaultdict(set)}
        self.seen = set()
        self.errors = 0

    def add(self, result):
        definitions, places, calls, counts, skipped, seen, errors, making = result
        new = {path for path in seen - self.seen if not path.startswith(self.excluded)}
        self.errors += errors
        for path in new & counts.keys():
            self.counts += counts[path]
        for key, value in definitions.items():
            if key[0] in new:
                self.definitions[key] = value
        for usr, where in places.items():
            self.places[usr] |= where
        for call in calls:
            if call[0][0] in new:
                self.calls.setdefault((call[0], call[4], call[1]), []).append(call)
        for path in new:
            self.skipped[path] = {line for a, b in skipped.get(path, ()) for line in range(a, b + 1)}
        for group, expansions in making.items():
            for path, start, end in expansions:
                if path in new:
                    self.making[group][path].add((start, end))
        self.seen |= new

    def is_made(self, group, path, line, column):
        """Whether a place lies in an expansion that makes a definition of that group."""
        return any(start <= (line, column) < end for start, end in self.making[group].get(path, ()))


def definitions(export, oracle):
    score = DefinitionScore()
    for group, kinds in (("functions", CALLABLES), ("types", TYPES)):
        found = {}
        for symbol in export.symbols:
            path, line = symbol["path"], symbol["name_line"]
            is_seen = path in oracle.seen and line not in oracle.skipped.get(path, ())
            is_declared = "declaration_only" in symbol["flags"]
            if symbol["kind"] not in kinds or not is_seen or is_declared:
                continue
            if oracle.is_made(group, path, line, symbol["name_column"]):
                oracle.counts[f"{group} here made by macros"] += 1
            else:
                found[(path, line, plain(symbol["name"]))] = symbol["id"]
        expected = {}
        for key, value in oracle.definitions.items():
            if value[0] == group and key[0] in export.languages:
                expected[key[0], key[1], plain(key[2])] = value[1]
        oracle.counts[f"expansions that make {group}"] = sum(map(len, oracle.making[group].values()))
        score.judge(group, expected, found)
    return score


def calls(export, oracle, shift):
    score = CallScore(export, shift)
    for (place, sort, name), several in sorted(oracle.calls.items()):
        if sort != "call" or place[0] not in export.languages:
            continue
        targets = {p for _, _, usrs, where, _ in several for p in where.union(*(oracle.places[u] for u in usrs))}
        score.judge(place, name, targets)
    return score


def constructors(export, oracle, shift, score):
    """By line: right where an edge of the line leads to the constructor, or to the class that has none."""
    by_line = collections.defaultdict(list)
    for place, records in export.calls.items():
        by_line[place[:2]] += [r for r in records if r["resolution"] == "exact"]
    judged = right = 0
    missed = collections.Counter()
    for (place, sort, name), several in oracle.calls.items():
        targets = {p for _, _, usrs, where, _ in several for p in where.union(*(oracle.places[u] for u in usrs))}
        if sort != "constructor" or not targets or place[0] not in export.languages:
            continue
        judged += 1
        shifted = {(path, line + shift) for path, line in targets}
        if any(export.places[t] & shifted for r in by_line[place[:2]] for t in r["targets"]):
            right += 1
        else:
            others = [r for p, rs in export.calls.items() if p[:2] == place[:2] for r in rs] if len(missed) < 400 else []
            answers = "; ".join(f"{r['resolution']} {' '.join(r['targets'])}" for r in others if r["name"] == name) or "none"
            score.differences["constructor"].append(
                f"{place[0]}:{place[1]}:{place[2]} {name} -> {answers} | {sorted(targets)[0]}")
            missed[place] += 1
    return {"constructors": judged, "constructor recall": right / max(judged, 1)}


def results(jobs, options):
    """What every unit says, in order; from `--rows FILE` where it is there."""
    if options.rows and os.path.exists(options.rows):
        with open(options.rows, "rb") as file:
            return pickle.load(file)
    with ProcessPoolExecutor(options.jobs) as pool:
        found = list(pool.map(parse, jobs, chunksize=4))
    if options.rows:
        with open(options.rows, "wb") as file:
            pickle.dump(found, file)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("root")
    parser.add_argument("export")
    parser.add_argument("--language", choices=["c", "cpp", "both"], default="both")
    parser.add_argument("--include", action="append", default=[])
    parser.add_argument("--flag", action="append", default=[])
    parser.add_argument("--standard", default="c++17")
    parser.add_argument("--exclude", action="append", default=[], help="start of paths that are not judged")
    parser.add_argument("--shift", type=int, default=0)
    parser.add_argument("--differences", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rows", metavar="FILE", help="keep what libclang says here, and take it from here again")
    options = parser.parse_args()
    export = Export(open(options.export, encoding="utf-8"))
    root = os.path.realpath(options.root)
    includes = [d for d in ("", "include", "src") if os.path.isdir(os.path.join(root, d))]
    common = ["-resource-dir", os.path.dirname(HEADERS), "-ferror-limit=0", "-w"] + options.flag
    for folder in [os.path.join(root, d) for d in includes] + options.include:
        common += ["-I", folder]
    jobs = []
    for path in sorted(export.languages):
        if path.startswith(tuple(options.exclude)):
            continue
        if path.endswith(".c") and options.language != "cpp":
            jobs.append((root, path, ["-x", "c", "-std=gnu11"] + common))
        elif path.endswith(CPP) and options.language != "c":
            jobs.append((root, path, ["-x", "c++", f"-std={options.standard}"] + common))
    oracle = Oracle(options.exclude)
    for path, result in results(jobs, options):
        if result is None:
            print(f"not parsed: {path}", file=sys.stderr)
        else:
            oracle.add(result)
    score = calls(export, oracle, options.shift)
    tree = os.path.basename(root)
    judged = definitions(export, oracle)
    unjudged = oracle.counts["dependent"]
    row = {"tree": tree, **score.row()}
    row["not judged (dependent)"] = unjudged / max(unjudged + score.counts["judged"] + score.counts["outside"], 1)
    print_table([row | constructors(export, oracle, options.shift, score)])
    print()
    print_table([{"tree": tree, **judged.row()}])
    print(f"\n{len(jobs)} units, {oracle.errors} errors of the compiler; {dict(oracle.counts)}")
    print(f"calls: {dict(score.counts)}")
    if options.differences:
        print_differences(score.differences, options.differences)
        print_differences(judged.differences, options.differences)


if __name__ == "__main__":
    main()
