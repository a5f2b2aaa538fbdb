#!/usr/bin/env python3
"""How fast `codira search` is: as a new process, in a warm server, and the scan of the vectors alone.

    Benchmarks/search/measure.py --codira PROGRAM [--bench PROGRAM] [--rounds N] REPOSITORY...
    Benchmarks/search/measure.py --codira PROGRAM --first REPOSITORY...

Each repository must be indexed with vectors (`codira index`). Prints a Markdown row a repository: symbols, vectors;
a new process's wall time and processor time (user and system) over all questions, with and without vectors; the
server's time for a call of its tool `search`, over standard input and output; its memory. With `--bench`
(`.build/release/search-bench`) also what the embedding of a question takes, which is part of those times, and the scan of all
vectors beside a copy of the same bytes, in alternation. `--first` copies each repository, indexes it from nothing
with and without vectors and prints the time until a search is answered.

Questions are fixed below: names, words and sentences, the same for every repository.
"""
import argparse
import json
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

QUESTIONS = [
    "where are sessions closed", "Request", "parse the header of a cookie", "url routing",
    "how is a template rendered", "retry on connection errors", "test client cookies", "get user by id",
    "streaming response body", "register", "convert a value to a date", "TestCase", "decode bytes to text",
    "configuration from environment variables", "close", "lock acquired with a timeout", "json encoder",
    "what happens when a task fails", "escape html", "find_by_name",
]


class Server:
    """`codira mcp` over standard input and output."""

    def __init__(self, program, repository):
        self.process = subprocess.Popen(
            [program, "mcp", "serve", "-C", str(repository)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.count = 0
        self.request("initialize", {
            "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "measure", "version": "1"}})
        self.send({"jsonrpc": "2.0", "method": "notifications/initialized"})

    def send(self, message):
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()

    def request(self, method, parameters):
        self.count += 1
        self.send({"jsonrpc": "2.0", "id": self.count, "method": method, "params": parameters})
        while True:
            answer = json.loads(self.process.stdout.readline())
            if answer.get("id") == self.count:
                return answer

    def search(self, question):
        start = time.perf_counter()
        answer = self.request("tools/call", {"name": "search", "arguments": {"query": question}})
        seconds = time.perf_counter() - start
        if "error" in answer or answer["result"].get("isError"):
            sys.exit(f"the server answered {answer}")
        return seconds

    def memory(self):
        """Resident bytes: all, and those that are the process's own."""
        lines = pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        values = {line.split(":")[0]: int(line.split()[1]) << 10 for line in lines if line.startswith(("VmRSS", "RssAnon"))}
        return values["VmRSS"], values["RssAnon"]

    def processor_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")")[-1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def quantile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))]


def spread(seconds):
    """Median and the middle four fifths, in milliseconds."""
    return "{:.1f} ({:.1f}–{:.1f})".format(
        *(1e3 * value for value in (statistics.median(seconds), quantile(seconds, 0.1), quantile(seconds, 0.9))))


def used():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def processes(program, repository, rounds, *options):
    wall, processor = [], []
    for _ in range(rounds):
        for question in QUESTIONS:
            before, start = used(), time.perf_counter()
            done = subprocess.run(
                [program, "search", "-C", str(repository), *options, question], stdout=subprocess.DEVNULL)
            wall.append(time.perf_counter() - start)
            processor.append(used() - before)
            if done.returncode not in (0, 1):
                sys.exit(f"{program} ended with {done.returncode}")
    return wall, processor


def served(program, repository, rounds):
    server = Server(program, repository)
    first = server.search(QUESTIONS[0])
    for question in QUESTIONS:
        server.search(question)
    before = server.processor_seconds()
    seconds = [server.search(question) for _ in range(rounds) for question in QUESTIONS]
    processor = (server.processor_seconds() - before) / len(seconds)
    memory = server.memory()
    server.end()
    return first, seconds, processor, memory


def scanned(bench, repository):
    models = os.environ.get("CODIRA_MODEL_HOME", os.path.expanduser("~/.local/share/codira/models"))
    measured = json.loads(subprocess.run(
        [bench, str(repository / ".codira"), "41", models, *QUESTIONS], capture_output=True, check=True).stdout)
    print(f"embedding of a question: {spread(measured['embeddings'])}; the first, with the model's start, "
          f"{1e3 * measured['first_embedding']:.0f}")
    ratios = [copy / scan for copy, scan in zip(measured["copy"], measured["scan"])]
    rate = measured["bytes"] / statistics.median(measured["scan"]) / 1e9
    print(f"scan: {measured['rows']} rows, {measured['bytes'] / 1e6:.1f} MB on {measured['threads']} threads: "
          f"{spread(measured['scan'])} ms, {rate:.1f} GB/s; copy {spread(measured['copy'])} ms; "
          f"scan's rate / copy's {statistics.median(ratios):.2f} ({quantile(ratios, 0.1):.2f}–{quantile(ratios, 0.9):.2f}); "
          f"with the exact part {spread(measured['channel'])} ms")


def counts(program, repository):
    done = subprocess.run([program, "status", "--json", "-C", str(repository)], capture_output=True, check=True)
    status = json.loads(done.stdout)
    return sum(row["symbols"] for row in status["results"]), status["vectors"]["present"]


def first_answers(program, repositories):
    print("| repository | files' first answer, s | vectors, s | processor time, s |")
    print("|---|--:|--:|--:|")
    for repository in repositories:
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder) / "copy"
            shutil.copytree(repository, copy, symlinks=True, ignore=shutil.ignore_patterns(".codira"))
            start = time.perf_counter()
            subprocess.run([program, "index", "-q", "-C", str(copy), "--no-embeddings"], check=False)
            subprocess.run([program, "search", "-C", str(copy), QUESTIONS[0]], stdout=subprocess.DEVNULL)
            structure, before = time.perf_counter() - start, used()
            start = time.perf_counter()
            subprocess.run([program, "index", "-q", "-C", str(copy)], check=False)
            vectors = time.perf_counter() - start
            print(f"| {repository.name} | {structure:.2f} | {vectors:.1f} | {used() - before:.1f} |", flush=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--codira", required=True)
    arguments.add_argument("--bench", help="the program search-bench")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--first", action="store_true")
    arguments.add_argument("repositories", nargs="+", type=pathlib.Path)
    given = arguments.parse_args()
    if given.first:
        return first_answers(given.codira, given.repositories)
    print("Milliseconds: the median of all questions (the middle four fifths); processor time beside wall time.")
    for repository in given.repositories:
        symbols, vectors = counts(given.codira, repository)
        wall, processor = processes(given.codira, repository, given.rounds)
        plain, plain_processor = processes(given.codira, repository, given.rounds, "--lexical")
        first, seconds, served_processor, memory = served(given.codira, repository, 5 * given.rounds)
        print(f"\n{repository.name}: {symbols:,} symbols, {vectors:,} vectors")
        print(f"new process: {spread(wall)}, processor {spread(processor)}")
        print(f"new process, --lexical: {spread(plain)}, processor {spread(plain_processor)}")
        print(f"server: {spread(seconds)}, processor {1e3 * served_processor:.1f}, first {1e3 * first:.0f}; "
              f"memory {memory[0] / 1e6:.0f} MB, its own {memory[1] / 1e6:.0f} MB")
        if given.bench:
            scanned(given.bench, repository)


if __name__ == "__main__":
    main()
