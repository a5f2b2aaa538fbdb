"""The command line of these comparisons, and the records of `codira export` that they read."""

import argparse
import os
import subprocess


def parser(description):
    """The options that all comparisons take but ROOT."""
    result = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    result.add_argument("--artifacts", help="JSON lines of `codira export`, made for ROOT")
    result.add_argument("--codira", default=os.environ.get("CODIRA", "codira"))
    result.add_argument("--show", metavar="CLASS", help="print the differences of classes that contain this text")
    result.add_argument("-n", type=int, default=5, help="differences printed of each class")
    return result


def lines(options):
    """The records of ROOT: those of a file, else those of an index that is made for it."""
    if options.artifacts:
        with open(options.artifacts, encoding="utf-8", errors="replace") as file:
            return file.read().splitlines()
    command = [options.codira, "index", "--no-embeddings", "--no-git", "-C", options.root]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    command = [options.codira, "export", "-C", options.root]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode().splitlines()
