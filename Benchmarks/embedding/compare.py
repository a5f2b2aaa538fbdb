#!/usr/bin/env python3
"""Compares the encoder with the reference and with its peers: right first, then fast.

    make build
    python3 Benchmarks/embedding/compare.py models/all-MiniLM-L6-v2 --report FILE

Installs the peers into a virtual environment below Benchmarks/work and takes the texts from published packages, from
an index of one of them and from its docstrings. Every runtime is a process of its own that is kept and asked by turns.
Exit 1 if a check fails. --avx2 keeps to AVX2 what can be kept to it: ours, torch and OpenVINO.
"""

import argparse
import pathlib
import shutil
import subprocess
import sys
import time

from peers import environment


def parsed():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("--bench", default=".build/release/embedding-bench")
    parser.add_argument("--codira", default=".build/release/codira")
    parser.add_argument("--report", help="where the tables go; standard output if not given")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the texts that are timed")
    parser.add_argument("--only", action="append", default=[], help="peers whose title holds this; may be repeated")
    parser.add_argument("--precision", action="append", default=[], help="of ours; all if not given")
    parser.add_argument("--avx2", action="store_true")
    parser.add_argument("--tune", action="store_true", help="try the peers' settings again")
    parser.add_argument("--no-checks", action="store_true")
    arguments = parser.parse_args()
    arguments.model, arguments.bench, arguments.codira = (
        str(pathlib.Path(path).resolve()) for path in (arguments.model, arguments.bench, arguments.codira))
    return arguments


def reference_tokenizer(model):
    import classes
    import tokenizers

    tokenizer = tokenizers.Tokenizer.from_file(f"{model}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.enable_truncation(classes.TOKENS)
    return tokenizer


def exported(model, calibration):
    folder = environment.WORK / "models"
    if not folder.exists():
        fresh = environment.WORK / "models-unfinished"
        shutil.rmtree(fresh, ignore_errors=True)
        subprocess.run(
            [sys.executable, "-m", "peers.export", model, fresh, calibration.paths["ids"]],
            cwd=environment.HERE.parent, check=True)
        fresh.rename(folder)
    return folder


def precisions(arguments):
    """Those asked for, else all that the bench has."""
    words = [arguments.bench, arguments.model, "precisions"]
    names = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()
    return [name for name in names if not arguments.precision or name in arguments.precision]


def measured(arguments, tokenizer):
    import classes
    import runtimes
    import speed
    from peers.catalogue import catalogue

    timed, queries, calibration = classes.text_classes(arguments.codira, tokenizer, arguments.scale)
    folder = exported(arguments.model, calibration)
    limits = runtimes.AVX2 if arguments.avx2 else {}
    kernels = "avx2" if arguments.avx2 else None
    ours = [(runtimes.ours(arguments.bench, arguments.model, name, kernels), {}) for name in precisions(arguments)]
    everyone = catalogue(arguments.model, arguments.avx2)
    reference = next(e for e in everyone if (e.name, e.precision) == ("sentence-transformers", "float32"))
    entries = [
        entry for entry in everyone
        if not arguments.only or any(part in f"{entry.name} {entry.precision}" for part in arguments.only)]
    samples = [text.sample(0.2) for text in timed]
    peers = speed.all_tuned(entries, folder, samples, limits, arguments.tune)
    result = speed.Measurement(
        [*ours, *peers], runtimes.peer(reference, folder, *reference.settings[0]), timed, queries, limits)
    result.run(arguments.rounds)
    result.run_starts(arguments.rounds, queries.first())
    return result


def timed_tokenizer(tokenizer, timed):
    seconds = {}
    for texts in timed:
        start = time.perf_counter()
        tokenizer.encode_batch(texts.texts)
        seconds[texts.name] = time.perf_counter() - start
    return seconds


def main():
    arguments = parsed()
    environment.enter()
    import checks
    import report

    tokenizer = reference_tokenizer(arguments.model)
    sound = arguments.no_checks or checks.all_pass(arguments, tokenizer, precisions(arguments))
    if arguments.rounds:
        result = measured(arguments, tokenizer)
        page = report.page(result, arguments.rounds, timed_tokenizer(tokenizer, result.timed))
        if arguments.report:
            pathlib.Path(arguments.report).write_text(page)
        else:
            print(page)
    sys.exit(0 if sound else 1)


if __name__ == "__main__":
    main()
