"""What `codira search` is compared with: BM25 and ripgrep over the same texts.

BM25 is bm25s (Lucene's formula, k1 1.5, b 0.75). Texts and questions become the same words: runs of letters, digits and
underscores in lower case, and beside a whole identifier its parts (`getUserByID`: getuserbyid, get, user, by, id);
English stop words are left out, words are stemmed (Snowball) where it is said.

A sentence becomes fixed strings for ripgrep, any of which may match, without regard to case: its words of three or more
characters that are no stop words, identifiers whole. Places are ordered by how many different words match in them, then
by how many matches there are, then by path.
"""

import collections
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGES = os.path.join(HERE, "..", "work", "python")
WORD = re.compile(r"\w+")
PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_A-Za-z]+")


def require():
    """Installs bm25s and the stemmer into Benchmarks/work unless they are there."""
    if not os.path.isdir(os.path.join(PACKAGES, "bm25s")):
        packages = ["bm25s==0.3.16", "PyStemmer==3.1.0"]
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--target", PACKAGES, *packages], check=True)
    if PACKAGES not in sys.path:
        sys.path.insert(0, PACKAGES)


require()
import bm25s  # noqa: E402
import Stemmer  # noqa: E402
from bm25s.stopwords import STOPWORDS_EN  # noqa: E402

STOP = set(STOPWORDS_EN)
STEM = Stemmer.Stemmer("english")


def words(text):
    found = []
    for word in WORD.findall(text):
        found.append(word.lower())
        parts = PART.findall(word)
        if len(parts) > 1:
            found.extend(part.lower() for part in parts)
    return [word for word in found if word not in STOP]


class BM25:
    """Documents by name; `documents` maps each name to its words, as `words` makes them."""

    def __init__(self, documents, stemmed=False):
        self.names = sorted(documents)
        self.stemmed = stemmed
        self.index = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
        self.index.index([self._forms(documents[name]) or ["\0"] for name in self.names], show_progress=False)

    def _forms(self, given):
        return STEM.stemWords(given) if self.stemmed else list(given)

    def rank(self, question, count=200):
        """The best names that share a word with the question, best first."""
        asked = [word for word in self._forms(words(question)) if word in self.index.vocab_dict]
        if not asked:
            return []
        scores = self.index.get_scores(asked)
        order = sorted(range(len(self.names)), key=lambda place: (-scores[place], self.names[place]))
        return [self.names[place] for place in order[:count] if scores[place] > 0]


def patterns(question):
    """The words of a question as ripgrep is asked for them."""
    asked = [word.lower() for word in WORD.findall(question) if len(word) > 2]
    return sorted({word for word in asked if word not in STOP})


def matches(folder, question):
    """Every match of ripgrep's as (path, line, word)."""
    asked = patterns(question)
    if not asked:
        return []
    command = ["rg", "--only-matching", "--line-number", "--with-filename", "--no-heading", "--ignore-case"]
    command += ["--fixed-strings", "--null", "--color=never", "--no-config"]
    command += [part for word in asked for part in ("-e", word)] + ["."]
    answer = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout
    found = []
    for row in answer.decode("utf-8", "replace").splitlines():
        path, _, rest = row.partition("\0")
        line, _, word = rest.partition(":")
        if line.isdigit():
            found.append((path.removeprefix("./"), int(line), word.lower()))
    return found


def by_matches(found):
    """Places from (place, word) pairs, those with most different words first."""
    counts = collections.defaultdict(collections.Counter)
    for place, word in found:
        counts[place][word] += 1
    return sorted(counts, key=lambda place: (-len(counts[place]), -counts[place].total(), place))


def ripgrep_files(folder, question):
    return by_matches((path, word) for path, _, word in matches(folder, question))
