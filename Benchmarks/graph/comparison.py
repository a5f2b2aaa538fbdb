"""What the scripts of this folder share: reading an export, judging calls and definitions, printing tables.

An oracle gives places, never ids: a definition is (path, line, name), a call is a place and the places where its
target is declared or defined. The export's ids become places through its own symbol records.
"""

import collections
import json

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

    def judge(self, place, name, targets, note=""):
        """`targets`: places of the one right target; empty: outside the tree."""
        records = [r for r in self.export.calls.get(place, ()) if r["targets"]]
        found = self.export.calls.get(place, ())
        right = {(path, line + self.shift) for path, line in targets}
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
        }


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
