"""Sets of repositories with annotated questions, and the indexes made of them."""

import json
import os
import shutil
import subprocess


class Repository:
    """One repository of a set: where its files are, where its index is kept, what is asked of it."""

    def __init__(self, entry, annotations, checkouts, work):
        self.name = entry["name"]
        self.language = entry["language"]
        self.revision = entry["revision"]
        self.root = entry.get("benchmark_root", "")
        self.checkout = os.path.join(checkouts, self.name)
        self.folder = os.path.join(work, self.name)
        with open(os.path.join(annotations, self.name + ".json")) as file:
            self.queries = [self._rooted(query) for query in json.load(file)]

    def _rooted(self, query):
        """Some annotations give paths from `benchmark_root`: all are made relative to the repository."""

        def rooted(answer):
            path = answer if isinstance(answer, str) else answer["path"]
            inside = os.path.join(self.root, path)
            if not os.path.exists(os.path.join(self.checkout, path)):
                if os.path.exists(os.path.join(self.checkout, inside)):
                    path = inside
            return path if isinstance(answer, str) else {**answer, "path": path}

        parts = {part: [rooted(answer) for answer in query.get(part, [])] for part in ("relevant", "secondary")}
        return {**query, **parts}

    def prepare(self):
        """Copies what is indexed, at its place in the repository, unless it is there already."""
        target = os.path.join(self.folder, self.root)
        if os.path.isdir(self.folder):
            return
        source = os.path.join(self.checkout, self.root)
        shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns(".git", ".codira"))

    def index(self, codira, embeddings=True):
        options = ["--no-git", "--quiet"] + ([] if embeddings else ["--no-embeddings"])
        done = subprocess.run([codira, "index", *options], cwd=self.folder, stdout=subprocess.DEVNULL, check=False)
        if done.returncode not in (0, 4):  # 4: some files failed
            raise RuntimeError(f"{self.name} was not indexed")

    def ask(self, codira, questions, options=()):
        """The results of every question, in order."""
        listing = self.folder + ".questions"
        with open(listing, "w") as file:
            file.write("".join(question.replace("\n", " ") + "\n" for question in questions))
        command = [codira, "search", "--json", "--questions", listing, *options]
        answer = subprocess.run(command, cwd=self.folder, stdout=subprocess.PIPE, check=False)
        rows = json.loads(answer.stdout)["results"]
        assert [row["question"] for row in rows] == [question.replace("\n", " ") for question in questions]
        return rows


def load(folder, checkouts, work, only=None):
    with open(os.path.join(folder, "repositories.json")) as file:
        entries = json.load(file)
    annotations = os.path.join(folder, "annotations")
    return [Repository(entry, annotations, checkouts, work) for entry in entries if not only or entry["name"] in only]
