"""One runtime in a process of its own, asked by lines over standard input; every answer is one line of JSON.

    python -m peers.worker MODULE FOLDER OPTIONS

`FOLDER` holds what `peers.export` wrote, `OPTIONS` is a JSON object for the module's `opened`. The lines:

    load NAME PATH    texts as token ids, a JSON list for each; prepared in batches before any time is taken
    time NAME BATCH   {"seconds": S}: all texts, sorted by length, in batches of so many padded to their longest
    each NAME         {"seconds": [S, …]}: every text alone
    vectors NAME PATH float32 rows in the order of the texts

A module that sets `READS_TEXTS` is given texts instead and cuts them itself; so does `embedding-bench MODEL serve`,
which answers the same lines.
"""

import importlib
import json
import sys
import time

import numpy


class Batches:
    """Texts sorted by length, in batches, each prepared."""

    def __init__(self, texts, size, prepared):
        self.order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        self.parts = [
            prepared([texts[index] for index in self.order[start : start + size]])
            for start in range(0, len(texts), size)]


def padded(texts):
    """Token ids and mask of a batch, as wide as its longest text."""
    width = max(map(len, texts))
    return (
        numpy.array([ids + [0] * (width - len(ids)) for ids in texts], dtype=numpy.int64),
        numpy.array([[1] * len(ids) + [0] * (width - len(ids)) for ids in texts], dtype=numpy.int64))


class Worker:
    def __init__(self, run, prepared):
        self.run, self.prepared, self.texts, self.batches = run, prepared, {}, {}

    def load(self, name, path):
        with open(path) as file:
            self.texts[name] = json.load(file)

    def batched(self, name, size):
        key = name, size
        if key not in self.batches:
            self.batches[key] = Batches(self.texts[name], size, self.prepared)
        return self.batches[key]

    def seconds(self, batches):
        start = time.perf_counter()
        self.run(batches)
        return time.perf_counter() - start

    def time(self, name, size):
        return {"seconds": self.seconds(self.batched(name, int(size)).parts)}

    def each(self, name):
        texts = [[self.prepared([text])] for text in self.texts[name]]
        return {"seconds": [self.seconds(text) for text in texts]}

    def vectors(self, name, path):
        batches = self.batched(name, 32)
        rows = numpy.concatenate(self.run(batches.parts)).astype("<f4")
        result = numpy.empty_like(rows)
        result[batches.order] = rows
        result.tofile(path)


def main():
    module, folder, options = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
    peer = importlib.import_module(f"peers.{module}")
    reads_texts = getattr(peer, "READS_TEXTS", False)
    worker = Worker(peer.opened(folder, **options), list if reads_texts else padded)
    for line in sys.stdin:
        command, *arguments = line.split()
        print(json.dumps(getattr(worker, command)(*arguments) or {}), flush=True)


if __name__ == "__main__":
    main()
