#!/usr/bin/env python3
"""Records what workers answer, as the inputs that the fuzzer of their protocol starts from.

    Benchmarks/fuzz/record_seeds.py      rewrites Benchmarks/fuzz/seeds/worker; needs `make build`

The plugins are those of the tests: `Tests/CodiraPluginHostTests/Fixtures`, and the frozen one of
`Tests/AnalyzerABITests`, as if it were of the language `fixture`. An input is two bytes of length, a source, and the
content of the frame that answers it; what answers no source has an empty one.
"""

import pathlib
import socket
import struct
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).parents[2]
FIXTURES = ROOT / "Tests" / "CodiraPluginHostTests" / "Fixtures"
FROZEN = ROOT / "Tests" / "AnalyzerABITests" / "Frozen" / "1"
SEEDS = ROOT / "Benchmarks" / "fuzz" / "seeds" / "worker"
WORKER = ROOT / ".build" / "release" / "codira"
START, ANALYZE, READY = 1, 2, 18
NO_SANDBOX, SANDBOX = 0, 3


def number(value):
    """A number as `ByteWriter` writes it."""
    content = b""
    while value >= 0x80:
        content += bytes([value & 0x7F | 0x80])
        value >>= 7
    return content + bytes([value])


def text(content):
    return number(len(content)) + content


def start_request(plugin, serves, sandbox, project):
    """What `StartRequest.encoded` lays out: 20 s and 2 GB, one bit for each layer of the sandbox."""
    content = bytes([START]) + text(str(plugin).encode()) + bytes([serves, sandbox])
    content += number(20000) + number(2 << 30) + text(b"{}") + number(len(project))
    for path, data in project:
        content += text(path) + b"\1" + text(data)
    return content


class Worker:
    """A worker process, seen from the host's end of its socket."""

    def __init__(self, plugin, serves=1, sandbox=NO_SANDBOX, project=()):
        self.socket, theirs = socket.socketpair()
        command = f'exec -a codira "{WORKER}" analyzer-worker 3<&{theirs.fileno()} 2>/dev/null'
        subprocess.Popen(["bash", "-c", command], pass_fds=[theirs.fileno()])
        theirs.close()
        self.send(start_request(plugin, serves, sandbox, project))
        self.told = self.receive()

    def send(self, content):
        self.socket.sendall(struct.pack("<I", len(content)) + content)

    def receive(self):
        (count,) = struct.unpack("<I", self.exactly(4))
        return self.exactly(count)

    def analyze(self, source):
        self.send(bytes([ANALYZE]) + number(1) + text(b"a.fix") + text(source))
        return self.receive()

    def exactly(self, count):
        content = b""
        while len(content) < count:
            part = self.socket.recv(count - len(content))
            if not part:
                raise SystemExit("record_seeds: the worker ended")
            content += part
        return content


def build(folder, name, flags=(), source=None):
    path = folder / f"lib{name}-{len(list(folder.iterdir()))}.so"
    code = folder / f"{path.stem}.c"
    code.write_text(source or (FIXTURES / f"{name}.c").read_text(), encoding="utf-8")
    include = ROOT / "Sources" / "CCodiraAnalyzer" / "include"
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-O1", "-w", f"-I{include}", f"-I{FIXTURES}", "-o", path, code, *flags],
        check=True)
    return path


def save(name, source, frame):
    (SEEDS / name).write_bytes(struct.pack("<H", len(source)) + source + frame)


def record_answer(name, plugin, source, project=()):
    worker = Worker(plugin, project=project)
    worker.receive()
    if worker.receive()[0] != READY:
        raise SystemExit(f"record_seeds: {name}: no instance")
    save(name, source, worker.analyze(source))


def record_answers(folder):
    good, hostile = build(folder, "good"), build(folder, "hostile")
    for name, source in {"good": b"some text\n", "empty": b"", "not-mine": b"not mine", "failed": b"failed"}.items():
        record_answer(name, good, source)
    for word in [
        "utf8", "inverted", "beyond", "kind", "syntax", "parent", "spans", "receiver", "members", "duplicate",
        "ref root", "ref owner", "ref utf8", "size", "huge", "result",
    ]:
        record_answer("hostile-" + word.replace(" ", "-"), hostile, word.encode())
    code = (FROZEN / "plugin.c").read_text(encoding="utf-8")
    code = code.replace('"frozen ', '"fixture ').replace('TEXT("frozen"),\n    TEXT("1")', 'TEXT("fixture"),\n    TEXT("1")')
    plugin = build(folder, "frozen", source=code)
    cases = (FROZEN / "corpus.txt").read_text(encoding="utf-8").split("=== ")[1:3]
    for name, case in zip(["statements", "faults"], cases):
        source = case.split("\n\n", 1)[1].split("\n---")[0].encode()
        record_answer(name, plugin, source, [(b"frozen.project", b"shop\n")])


def record_starts(folder):
    worker = Worker(build(folder, "good"))
    save("descriptor", b"", worker.receive())
    save("ready", b"", worker.receive())
    save("sandbox-off", b"", worker.told)
    save("sandbox", b"", Worker(build(folder, "good"), serves=0, sandbox=SANDBOX).told)
    plugin = build(folder, "frozen", source=(FROZEN / "plugin.c").read_text(encoding="utf-8"))
    save("descriptor-full", b"", Worker(plugin, serves=0).receive())
    for name, flag in {
        "refusal-abi": "-DFIXTURE_ABI=2", "refusal-null": "-DOWN_ENTRY=return NULL",
        "refusal-size": "-DOWN_ENTRY=changed.size = 16",
    }.items():
        save(name, b"", Worker(build(folder, "loading", [flag]), serves=0).receive())
    worker = Worker(build(folder, "loading", ["-DCREATE_REFUSES"]))
    worker.receive()
    save("unavailable", b"", worker.receive())


def main():
    SEEDS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        record_answers(pathlib.Path(folder))
        record_starts(pathlib.Path(folder))


main()
