"""The measurement as Markdown."""

import pathlib
import statistics

import numpy

import runtimes
from peers.environment import WORK

FLAGS = ("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16", "amx_int8")

FAIRNESS = """\
Every runtime is a process of its own, kept over the rounds and asked by turns, with two threads and the best of its
settings. Tokens are counted once, by the reference's tokenizer, cut at 256. The peers are given token ids, sorted by length
and padded before any time is taken; ours and fastembed get texts and cut them within their time. Ratios are of the two
rates of one round; then median, least and most. Memory is the most that was resident, libraries and interpreter
included. The start of a process includes the interpreter's, where a peer has one. fastembed takes its models from
a hub; here it reads a folder. text-embeddings-inference is in no package registry and was not run.
"""


def processor():
    lines = pathlib.Path("/proc/cpuinfo").read_text().split("\n\n")[0].splitlines()
    facts = dict((part.strip() for part in line.split(":", 1)) for line in lines if ":" in line)
    flags = set(facts["flags"].split())
    has = ", ".join(flag for flag in FLAGS if flag in flags)
    lacks = ", ".join(flag for flag in FLAGS if flag not in flags)
    return f"{facts['model name']} (family {facts['cpu family']}, model {facts['model']}): {has}; not {lacks or 'lacking'}"


def spread(values, form="{:,.0f}"):
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{form.format(middle)} ({form.format(low)} to {form.format(high)})"


def table(heads, rows):
    lines = ["| " + " | ".join(heads) + " |", "|---" + "|--:" * (len(heads) - 1) + "|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def speeds(measured):
    heads = ["tokens/s, median (least to most)", *(texts.title for texts in measured.timed)]
    return table(heads, [
        [command.title, *(spread(measured.rates[command, texts.name]) for texts in measured.timed)]
        for command, _ in measured.commands])


def ratios(measured):
    """Ours against each peer, class by class, from the two rates of each round."""
    mine = [command for command, _ in measured.commands if command.name == "ours"]
    parts = []
    for command in mine:
        heads = [f"ours {command.precision} against", *(texts.title for texts in measured.timed)]
        rows = []
        for other, _ in measured.commands:
            if other == command:
                continue
            pairs = [zip(measured.rates[command, t.name], measured.rates[other, t.name]) for t in measured.timed]
            rows.append([other.title, *(spread([a / b for a, b in pair], "{:.2f}") for pair in pairs)])
        parts.append(table(heads, rows))
    return "\n".join(parts)


def single(measured):
    return table(
        ["one query of 10 tokens", "ms, kept process", "ms, from the start of the process", "peak MiB"],
        [[command.title, spread([1000 * s for s in measured.warm[command]], "{:.2f}"),
          spread([1000 * s for s in measured.start[command]]), f"{measured.peak[command]:,.0f}"]
         for command, _ in measured.commands])


def vectors(command, texts, limits):
    path = WORK / "vectors.f32"
    runtime = runtimes.Runtime(command, limits)
    runtime.load(texts)
    runtime.ask("vectors", texts.name, path)
    runtime.end()
    rows = numpy.fromfile(path, dtype="<f4").reshape(len(texts.texts), -1).astype(float)
    return rows / numpy.linalg.norm(rows, axis=1, keepdims=True)


def cosines(measured):
    """Against sentence-transformers float32 on the same token ids."""
    expected = {texts.name: vectors(measured.reference, texts, measured.limits) for texts in measured.timed}
    rows = []
    for command, _ in measured.commands:
        row = [command.title]
        for texts in measured.timed:
            cosine = (vectors(command, texts, measured.limits) * expected[texts.name]).sum(1)
            row.append(f"{cosine.mean():.5f}, {cosine.min():.5f}")
        rows.append(row)
    return table(["cosine: mean, least", *(texts.title for texts in measured.timed)], rows)


def settings(measured):
    return table(
        ["peer", "setting", *(f"batch, {texts.title}" for texts in measured.timed)],
        [[command.title, command.setting, *(str(batches[texts.name]) for texts in measured.timed)]
         for command, batches in measured.commands if command.name != "ours"])


def texts_table(measured, tokenized_by_reference):
    return table(
        ["texts", "number", "tokens", "median tokens", "ours, cutting ms", "tokenizers, cutting ms"],
        [[t.title, f"{len(t.texts):,}", f"{t.tokens:,}", f"{t.median:.0f}", f"{1000 * measured.tokenized[t.name]:.0f}",
          f"{1000 * tokenized_by_reference[t.name]:.0f}"] for t in measured.timed])


def page(measured, rounds, tokenized_by_reference):
    """The whole of it."""
    parts = [
        f"Processor: {processor()}. {rounds} rounds in alternation, two cores."
        + (" Kept to AVX2: ours, OpenVINO, torch; onnxruntime takes no such limit." if measured.limits else ""),
        FAIRNESS, "## Texts\n", texts_table(measured, tokenized_by_reference),
        "## Speed\n", speeds(measured),
        "## Ours against each\n", ratios(measured),
        "## One query, and memory\n", single(measured),
        "## Likeness to sentence-transformers float32\n", cosines(measured),
        "## Settings\n", settings(measured),
    ]
    return "\n".join(parts)
