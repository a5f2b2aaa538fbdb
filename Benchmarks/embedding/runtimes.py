"""Runtimes as processes that are kept and asked by turns; the lines are those of `peers/worker.py`."""

import dataclasses
import json
import os
import pathlib
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent

# What keeps to AVX2 the runtimes that can be told; onnxruntime asks the processor itself and cannot.
AVX2 = {"ONEDNN_MAX_CPU_ISA": "AVX2", "ATEN_CPU_CAPABILITY": "avx2", "MKL_ENABLE_INSTRUCTIONS": "AVX2"}

OFFLINE = {"HF_HUB_OFFLINE": "1"}


@dataclasses.dataclass(frozen=True)
class Command:
    """How a runtime is started and in which form it reads texts."""

    name: str
    precision: str
    words: tuple
    form: str
    setting: str = ""

    @property
    def title(self):
        return f"{self.name} {self.precision}"


def ours(bench, model, precision, kernels=None):
    words = (bench, model, "serve", "--threads", "2", "--precision", precision)
    return Command("ours", precision, words + (("--kernels", kernels) if kernels else ()), "frames")


def peer(entry, folder, setting, options):
    words = (sys.executable, "-m", "peers.worker", entry.module, str(folder), json.dumps(options))
    return Command(entry.name, entry.precision, words, "json" if entry.module == "fast_embed" else "ids", setting)


class Runtime:
    def __init__(self, command, limits=None):
        self.command, self.started = command, time.perf_counter()
        self.process = subprocess.Popen(
            command.words, cwd=HERE, env=os.environ | OFFLINE | (limits or {}), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True)

    def ask(self, *words):
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.command.title} ended: {' '.join(self.command.words)}")
        return json.loads(line)

    def load(self, texts):
        self.ask("load", texts.name, texts.paths[self.command.form])

    def rate(self, texts, batch):
        """Tokens a second."""
        return texts.tokens / self.ask("time", texts.name, batch)["seconds"]

    def peak(self):
        """The most that was resident, in MiB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024

    def age(self):
        return time.perf_counter() - self.started

    def end(self):
        self.process.stdin.close()
        self.process.wait()
