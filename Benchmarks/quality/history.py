"""A repository's history as questions: which commits are asked, and the files as they were before each.

The files of a revision are written into a folder of their own, where only those that differ from the revision before
are written again; nothing is checked out in the repository, and objects that it lacks are left out.
"""

import os
import random
import re
import subprocess

SOURCE = re.compile(r"\.(py|go|rs|ts|tsx|mts|js|jsx|mjs|java|kt|c|h|cc|cpp|hpp|swift|rb|php|sh|lua|cs)$")
TEST = re.compile(
    r"(^|/)(tests?|testing|__tests__|testdata|specs?|runtime-tests|benchmarks?|examples?|docs?)/"
    r"|(^|/)(test_[^/]*|conftest)\.py$|[_.](test|spec)s?\.\w+$",
    re.IGNORECASE,
)
NOT_ASKED = re.compile(
    r"^v?\d+(\.\d+)+|^merge\b|^this is \d"
    r"|\b(bump|bumps|release|revert|reverts|changelog|dependency|dependencies|deps|version)\b",
    re.IGNORECASE,
)
MARKED = re.compile(r"^(docs?|chore|ci|build|style|typo|tests?)\b[^ ]*:", re.IGNORECASE)
NUMBER = re.compile(r"[\[(]?(?:\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?|see)\s)?(?:\bgh-)?#\d+\b[\])]?", re.IGNORECASE)
FIX = re.compile(r"\b(close[sd]?|fix(?:e[sd])?|resolve[sd]?):? +#\d+|^fix\b.*#\d+", re.IGNORECASE | re.MULTILINE)
LARGEST = 1_000_000


class Commit:
    """A commit with one parent: its question and the files it changed that were there before it."""

    def __init__(self, record):
        head, _, files = record.partition("\x1e")
        self.id, self.parent, self.subject, self.body = head.split("\x1f")
        rows = [line.split("\t") for line in files.strip().splitlines()]
        self.changed = [path for status, path in rows if status in "MD" and SOURCE.search(path)]
        self.sources = [path for path in self.changed if not TEST.search(path)]
        self.question = question(self.subject)

    def is_asked(self):
        return (
            1 <= len(self.sources) <= 5
            and len(self.question.split()) >= 4
            and not NOT_ASKED.search(self.subject)
            and not MARKED.search(self.subject)
        )

    def names_a_fix(self):
        return self.is_asked() and bool(FIX.search(self.subject + "\n" + self.body))


def question(subject):
    """The first line of a message without the numbers of issues and pull requests."""
    return " ".join(NUMBER.sub(" ", subject).split()).strip(" :-")


class History:
    """The commits of a repository, and a folder that holds its files at one of them."""

    def __init__(self, repository, folder):
        self.repository = repository
        self.folder = folder
        self.name = os.path.basename(os.path.abspath(repository))
        self.files = {}

    def git(self, *arguments, given=None):
        command = ["git", "-C", self.repository, *arguments]
        return subprocess.run(command, input=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout

    def draw(self, count, newest, seed, rule=Commit.is_asked):
        """Commits drawn at random among the newest that the rule takes, oldest first, and how many it takes."""
        form = "--format=%x00%H%x1f%P%x1f%s%x1f%b%x1e"
        log = self.git("log", "--no-merges", f"-{newest}", "--no-renames", "--name-status", form)
        records = log.decode("utf-8", "replace").split("\0")[1:]
        commits = [commit for commit in map(Commit, records) if commit.parent and rule(commit)]
        places = random.Random(seed).sample(range(len(commits)), min(count, len(commits)))
        return [commits[place] for place in sorted(places, reverse=True)], len(commits)

    def check_out(self, revision):
        """Makes the folder hold the files of the revision; returns each path with its object."""
        listing = self.git("ls-tree", "-r", "-z", revision).decode("utf-8", "replace")
        wanted = {}
        for row in listing.split("\0")[:-1]:
            about, path = row.split("\t", 1)
            mode, _, blob = about.split()
            if mode in ("100644", "100755"):
                wanted[path] = blob
        for path in set(self.files) - set(wanted):
            if os.path.exists(os.path.join(self.folder, path)):
                os.remove(os.path.join(self.folder, path))
        changed = [path for path, blob in wanted.items() if self.files.get(path) != blob]
        self._write(changed, wanted)
        self.files = wanted
        return wanted

    def _write(self, paths, wanted):
        answer = self.git("cat-file", "--batch", given="".join(wanted[path] + "\n" for path in paths).encode())
        place = 0
        for path in paths:
            end = answer.index(b"\n", place)
            head = answer[place:end].split()
            place = end + 1
            if head[1] == b"missing":
                continue
            size = int(head[2])
            if size <= LARGEST:
                target = os.path.join(self.folder, path)
                os.makedirs(os.path.dirname(target), exist_ok=True)
                with open(target, "wb") as file:
                    file.write(answer[place : place + size])
            place += size + 1
