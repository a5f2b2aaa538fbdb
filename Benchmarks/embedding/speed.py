"""Measures runtimes by turns: the settings of each peer first, then all of them on every class of texts."""

import json
import statistics

import runtimes
from peers.environment import WORK

BATCHES = (8, 16, 32, 64)


def tuned(entry, folder, samples, limits):
    """The peer's command with its best setting on the payloads, and the best batch for each class."""
    best = None
    for setting, options in entry.settings:
        command = runtimes.peer(entry, folder, setting, options)
        rate = max(batch_rates(command, samples[:1], (16, 32), limits).values())
        print(f"  {command.title}, {setting}: {rate:,.0f} tokens/s", flush=True)
        if best is None or rate > best[0]:
            best = rate, command
    rates = batch_rates(best[1], samples, BATCHES, limits)
    return best[1], {texts.name: max(BATCHES, key=lambda size: rates[texts.name, size]) for texts in samples}


def batch_rates(command, samples, sizes, limits):
    """The better of two runs for each class and size of batch, after one that is not counted."""
    runtime, rates = runtimes.Runtime(command, limits), {}
    for texts in samples:
        runtime.load(texts)
        for size in sizes:
            runtime.rate(texts, size)
            rates[texts.name, size] = max(runtime.rate(texts, size) for _ in range(2))
    runtime.end()
    return rates


def all_tuned(entries, folder, samples, limits, again):
    """As `tuned`, for every peer; what was found is kept for the next run on the same machine."""
    path = WORK / ("settings-avx2.json" if limits else "settings.json")
    kept = json.loads(path.read_text()) if path.exists() and not again else {}
    result = []
    for entry in entries:
        key = f"{entry.name} {entry.precision}"
        if key not in kept:
            command, batches = tuned(entry, folder, samples, limits)
            kept[key] = {"setting": command.setting, "batches": batches}
            path.write_text(json.dumps(kept, indent=1))
        options = dict(entry.settings)[kept[key]["setting"]]
        result.append((runtimes.peer(entry, folder, kept[key]["setting"], options), kept[key]["batches"]))
    return result


class Measurement:
    """What the rounds found: rates by runtime and class, seconds of single queries, of a start, memory."""

    def __init__(self, commands, reference, timed, queries, limits):
        self.commands, self.reference, self.timed, self.queries, self.limits = commands, reference, timed, queries, limits
        self.rates = {(command, texts.name): [] for command, _ in commands for texts in timed}
        self.warm = {command: [] for command, _ in commands}
        self.start = {command: [] for command, _ in commands}
        self.peak, self.tokenized = {}, {}

    def run(self, rounds):
        running = [(runtimes.Runtime(command, self.limits), batches) for command, batches in self.commands]
        for runtime, batches in running:
            for texts in [*self.timed, self.queries]:
                runtime.load(texts)
            for texts in self.timed:
                runtime.rate(texts, batches.get(texts.name, 0))
            runtime.ask("each", self.queries.name)
        for number in range(rounds):
            turn = running[number % len(running) :] + running[: number % len(running)]
            for texts in self.timed:
                for runtime, batches in turn:
                    self.rates[runtime.command, texts.name].append(runtime.rate(texts, batches.get(texts.name, 0)))
            for runtime, _ in turn:
                seconds = runtime.ask("each", self.queries.name)["seconds"]
                self.warm[runtime.command].append(statistics.median(seconds))
            print(f"  round {number + 1} of {rounds}", flush=True)
        for runtime, _ in running:
            self.peak[runtime.command] = runtime.peak()
            if runtime.command.name == "ours":
                self.tokenized = {t.name: runtime.ask("tokenize", t.name)["seconds"] for t in self.timed}
            runtime.end()

    def run_starts(self, rounds, first):
        """From starting the process to the vector of one query; the files are in the page cache."""
        for number in range(rounds + 1):
            for command, _ in self.commands:
                runtime = runtimes.Runtime(command, self.limits)
                runtime.load(first)
                runtime.ask("each", first.name)
                if number:
                    self.start[command].append(runtime.age())
                runtime.end()
