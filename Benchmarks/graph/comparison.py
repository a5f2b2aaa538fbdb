"""What the scripts of this folder share: reading an export, judging calls and definitions, printing tables.

An oracle gives places, never ids: a definition is (path, line, name), a call is a place and the places where its
target is declared or defined. The export's ids become places through its own symbol records.

An oracle that is no Python writes JSON lines, and `report` does the rest: one line for

    {"path": P, "line": L, "name": N, "kind": K}                              a definition, L the line of its name
    {"path": P, "line": L, "column": C, "target_path": TP, "target_line": TL} a call of something in the tree
    {"path": P, "line": L, "column": C, "outside": true}                      a call of something elsewhere
    {"path": P, "line": L, "column": C, "unjudged": true}                     a call it cannot tell

with paths relative to the tree, lines and columns from 1, columns in bytes (`byte_column` makes them), those of the
called *name* (`c` of `a.b.c()`). A call may have a `name`, a `note` that differences show, `also`: [[path, line], …],
places as right as the target (a class beside its constructor), and `through`, places of the variable or field that
holds the target: an edge that ends there is a miss, not an error. Its script is then

    options = comparison.arguments(__doc__).parse_args()
    export = comparison.Export(open(options.export, encoding="utf-8"))
    rows = comparison.remembered(options, lambda: judge(options.root, export))
    comparison.report(export, rows, options, {"functions": {"function", "method"}, "types": {"struct", "interface"}})
"""

import argparse
import collections
import json
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))
WORK = os.path.join(os.path.dirname(HERE), "work")
CALLABLES = {"function", "method", "constructor"}
TYPES = {"class", "struct", "interface", "trait", "enum", "union", "type_alias"}


class Export:
    """An index as `codira export` writes it, by what the comparison asks for."""

    def __init__(self, lines):
        self.languages = {}
        self.symbols = []
        self.places = collections.defaultdict(set)
        self.kinds = {}
        self.calls = collections.defaultdict(list)
        for line in lines:
            record = json.loads(line)
            kind = record["type"]
            if kind == "file":
                self.languages[record["path"]] = record.get("language")
            elif kind == "symbol":
                self.symbols.append(record)
                self.places[record["id"]].add((record["path"], record["name_line"]))
                self.kinds[record["id"]] = record["kind"]
            elif kind == "reference" and record["role"] == "call":
                self.calls[(record["path"], record["line"], record["column"])].append(record)


class CallScore:
    """Counts of calls that the oracle judges; a call is right when a target stands at a place of the oracle's."""

    def __init__(self, export, shift=0):
        self.export = export
        self.shift = shift
        self.counts = collections.Counter()
        self.ambiguous_targets = 0
        self.differences = collections.defaultdict(list)

    def pass_over(self, place):
        """A call that the oracle cannot tell."""
        self.counts["not judged"] += 1
        for record in self.export.calls.get(place, ()):
            self.counts[f"not judged, {record['resolution']}"] += 1

    def judge(self, place, name, targets, note="", through=()):
        """`targets`: places of the one right target; empty: outside the tree. `through`: the variable that holds it."""
        records = [r for r in self.export.calls.get(place, ()) if r["targets"]]
        found = self.export.calls.get(place, ())
        right = {(path, line + self.shift) for path, line in targets}
        if self.shift:
            # A class stands above its constructor, a signature above the next: shifted, the one is the other.
            right -= set(targets)
        held = {(path, line + self.shift) for path, line in through}
        if any(self._hits(r, held) and not self._hits(r, right) for r in records):
            self.counts["variable that holds it"] += 1
            self._note("variable that holds it", place, name, records, targets, note)
            records = []
        if not targets:
            self.counts["outside"] += 1
            if any(r["resolution"] == "exact" for r in records):
                self.counts["exact wrong outside"] += 1
                self._note("exact, but outside", place, name, records, targets, note)
            return
        self.counts["judged"] += 1
        if not records:
            self.counts["missed"] += 1
            reason = f"no target ({found[0]['resolution']})" if found else "no reference"
            self._note(reason, place, name, found, targets, note)
            return
        record = next((r for r in records if self._hits(r, right)), records[0])
        certainty = record["resolution"]
        hit = self._hits(record, right)
        if certainty == "ambiguous":
            self.counts["ambiguous"] += 1
            self.ambiguous_targets += len(record["targets"])
        self.counts[f"{certainty} {'right' if hit else 'wrong'}"] += 1
        if not hit or certainty == "ambiguous":
            self._note(f"{certainty} {'of several' if hit else 'wrong'}", place, name, [record], targets, note)

    def _hits(self, record, right):
        return any(self.export.places[target] & right for target in record["targets"])

    def _note(self, reason, place, name, records, targets, note):
        answers = "; ".join(sorted({t for r in records for t in r["targets"]})) or "-"
        where = ", ".join(f"{path}:{line}" for path, line in sorted(targets)[:2]) or "outside"
        self.differences[reason].append(f"{place[0]}:{place[1]}:{place[2]} {name} {note} -> {answers} | {where}")

    def row(self):
        c = self.counts
        judged = max(c["judged"], 1)
        exact = c["exact right"]
        sure = exact + c["exact wrong"] + c["exact wrong outside"]
        more = exact + c["name right"] + c["ambiguous right"]
        return {
            "calls judged": c["judged"],
            "exact recall": exact / judged,
            "exact precision": exact / max(sure, 1),
            "with name and ambiguous": more / judged,
            "mean targets of ambiguous": self.ambiguous_targets / max(c["ambiguous"], 1),
            **self.share_not_judged(),
        }

    def share_not_judged(self):
        c = self.counts
        total = c["judged"] + c["outside"] + c["not judged"]
        return {"not judged": c["not judged"] / max(total, 1)} if c["not judged"] else {}


class DefinitionScore:
    """Recall and precision of definitions by (path, line, name), apart for each group of kinds."""

    def __init__(self):
        self.counts = collections.defaultdict(collections.Counter)
        self.differences = collections.defaultdict(list)

    def judge(self, group, expected, found):
        """Two dictionaries from (path, line, name) to anything worth showing."""
        count = self.counts[group]
        count["expected"] += len(expected)
        count["found"] += len(found)
        count["both"] += len(expected.keys() & found.keys())
        for reason, missing in (("missed", expected.keys() - found.keys()), ("extra", found.keys() - expected.keys())):
            for key in sorted(missing):
                note = (expected if reason == "missed" else found)[key]
                self.differences[f"{group} {reason}"].append(f"{key[0]}:{key[1]} {key[2]} {note}")

    def row(self):
        result = {}
        for group, count in sorted(self.counts.items()):
            result[f"{group}"] = count["expected"]
            result[f"{group} recall"] = count["both"] / max(count["expected"], 1)
            result[f"{group} precision"] = count["both"] / max(count["found"], 1)
        return result


def arguments(description):
    """The options of a script that calls `report`."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root", help="the tree")
    parser.add_argument("export", help="what `codira export` wrote of it")
    parser.add_argument("--rows", metavar="FILE", help="keep the oracle's rows here, and take them from here again")
    parser.add_argument("--shift", type=int, default=0, metavar="N", help="move the oracle's targets by N lines")
    parser.add_argument("--differences", type=int, default=0, metavar="N", help="print N differences of each class")
    return parser


def remembered(options, make):
    """The oracle's rows: those in `--rows FILE` where it is there, else those that `make()` gives, kept there."""
    if options.rows and os.path.exists(options.rows):
        with open(options.rows, encoding="utf-8") as file:
            return [json.loads(line) for line in file]
    rows = list(make())
    if options.rows:
        with open(options.rows, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)
    return rows


def source_lines(data):
    """The lines of a file's bytes, as the index counts them: they end at LF, CRLF or a lone CR."""
    return re.split(rb"\r\n|\n|\r", data)


def byte_column(line, units, encoding="utf-32"):
    """The column (from 1, bytes) behind the first `units` code units of a line's bytes: `utf-32` for code points, as
    Python counts, `utf-16` for what Java and JavaScript count."""
    width = 4 if encoding == "utf-32" else 2
    start = line.decode("utf-8", "replace").encode(encoding + "-le", "surrogatepass")[: units * width]
    return 1 + len(start.decode(encoding + "-le", "replace").encode())


def score_calls(export, rows, shift=0):
    """The score of an oracle's JSON lines about calls. A target in a file that the index lacks is outside."""
    score = CallScore(export, shift)
    for row in rows:
        if "kind" in row or "relation" in row or row["path"] not in export.languages:
            continue
        place = (row["path"], row["line"], row["column"])
        targets = [tuple(other) for other in row.get("also", ())]
        if "target_path" in row and row["target_path"] in export.languages:
            targets.insert(0, (row["target_path"], row["target_line"]))
        if row.get("unjudged"):
            score.pass_over(place)
        else:
            score.judge(place, row.get("name", ""), targets, row.get("note", ""), map(tuple, row.get("through", ())))
    return score


def score_definitions(export, rows, groups):
    """The score of JSON lines about definitions; `groups`: the oracle's kinds and those of the index, by group."""
    score = DefinitionScore()
    rows = [row for row in rows if "kind" in row and row["path"] in export.languages]
    judged = {row["path"] for row in rows}
    for group, kinds in groups.items():
        expected = {(row["path"], row["line"], row["name"]): row["kind"] for row in rows if row["kind"] in kinds}
        found = {}
        for symbol in export.symbols:
            is_declared = "declaration_only" in symbol["flags"]
            if symbol["kind"] in kinds and symbol["path"] in judged and not is_declared:
                found[(symbol["path"], symbol["name_line"], symbol["name"])] = symbol["kind"]
        score.judge(group, expected, found)
    return score


def report(export, rows, options, groups):
    """Prints the tables of definitions and calls, then differences of each class."""
    calls = score_calls(export, rows, options.shift)
    definitions = score_definitions(export, rows, groups)
    tree = os.path.basename(os.path.abspath(options.root))
    print_table([{"tree": tree, **definitions.row()}])
    print()
    print_table([{"tree": tree, **calls.row()}])
    print(f"\n{dict(calls.counts)}")
    if options.differences:
        print_differences(calls.differences, options.differences)
        print_differences(definitions.differences, options.differences)


def print_table(rows):
    """Rows of dictionaries as a Markdown table; shares with four digits."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    print("| " + " | ".join(columns) + " |")
    print("|" + "---|" * len(columns))
    for row in rows:
        cells = (row.get(column, "") for column in columns)
        print("| " + " | ".join(f"{c:.4f}" if isinstance(c, float) else str(c) for c in cells) + " |")


def print_differences(differences, limit):
    for reason, lines in sorted(differences.items(), key=lambda item: -len(item[1])):
        print(f"\n{reason}: {len(lines)}")
        for line in lines[:limit]:
            print(f"  {line}")
