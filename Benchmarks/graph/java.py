#!/usr/bin/env python3
"""Definitions and calls of a Java tree against javac 17.

    codira index --no-embeddings; codira export > tree.jsonl      (inside ROOT)
    Benchmarks/graph/java.py ROOT tree.jsonl [--classpath JAR:…] [--exclude PREFIX]…

Needs Debian's openjdk-17-jdk-headless; the tree's dependencies go on the class path (`junit4`, `libhamcrest-java` for
most tests): a call that javac cannot attribute without them is not judged. `JavaOracle.java` attributes all sources
at once. Compared are methods and constructors, types (anonymous classes by the name of what they extend) and fields;
calls of methods, `new`, `this(…)`, `super(…)` and enum constants' arguments. What the compiler writes stands where
its class is named, a record's accessor at its component. `new Interface() {…}` is left out: it calls nothing.

`--shift 1` moves every right place by a line: all recalls have to be near zero then.
"""

import json
import os
import subprocess
import tempfile

import comparison

EXPORTS = ["code", "tree", "util"]
GROUPS = {
    "methods": {"method", "constructor"},
    "types": {"class", "interface", "enum"},
    "fields": {"field", "constant", "enumerator"},
}


def judge(options, export):
    sources = [
        os.path.join(options.root, path)
        for path, language in sorted(export.languages.items())
        if language == "java" and not path.endswith("module-info.java")
        and not any(path.startswith(prefix) for prefix in options.exclude)
    ]
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listing:
        listing.write("\n".join(sources))
        listing.flush()
        command = ["java", "-Xmx1500m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
        command += [f"--add-exports=jdk.compiler/com.sun.tools.javac.{name}=ALL-UNNAMED" for name in EXPORTS]
        command += [os.path.join(comparison.HERE, "JavaOracle.java"), options.root, options.classpath, listing.name]
        output = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
    return [json.loads(line) for line in output.splitlines()]


def main():
    parser = comparison.arguments(__doc__)
    parser.add_argument("--classpath", default="/usr/share/java/junit4.jar:/usr/share/java/hamcrest.jar")
    parser.add_argument("--exclude", action="append", default=[], metavar="PREFIX", help="files not to compile")
    options = parser.parse_args()
    with open(options.export, encoding="utf-8") as file:
        export = comparison.Export(file)
    rows = comparison.remembered(options, lambda: judge(options, export))
    comparison.report(export, rows, options, GROUPS)


if __name__ == "__main__":
    main()
