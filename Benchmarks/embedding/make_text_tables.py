#!/usr/bin/env python3
"""Writes Sources/CEmbedding/text_tables.h: what the steps of the reference tokenizers do with each character.

    python3 make_text_tables.py > ../../Sources/CEmbedding/text_tables.h

Asks the `tokenizers` package about every Unicode scalar by itself: which class its regular expressions and normalizers
take it for, what it decomposes to, what its lower case is. The Unicode version is thus the reference's; of Python's own
tables only the order of marks is used, for marks that the reference reorders. The decompositions of Hangul syllables
are left out: they follow by arithmetic.
"""

import unicodedata

import tokenizers
from tokenizers import Regex, normalizers, pre_tokenizers

from make_character_tables import ranges, runs, write


def scalars():
    return (s for s in range(0x110000) if not 0xD800 <= s < 0xE000)


def splits_by(pattern):
    """Whether the pattern matches a character, as the regular expressions of the reference see it."""
    splitter = pre_tokenizers.Split(Regex(pattern), "removed")
    return lambda c: splitter.pre_tokenize_str(f"-{c}-")[0][0] == "-"


def bert(**options):
    off = {"clean_text": False, "handle_chinese_chars": False, "strip_accents": False, "lowercase": False}
    return normalizers.BertNormalizer(**{**off, **options}).normalize_str


def word_test():
    """Whether a token that must be a word of its own is one beside the character."""
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel({"?": 0, "ab": 1}, "?"))
    tokenizer.add_tokens([tokenizers.AddedToken("ab", single_word=True, normalized=False)])
    return lambda c: tokenizer.encode(f"ab{c}").ids == [0]


def classes():
    clean, split, stripped = bert(clean_text=True), bert(handle_chinese_chars=True), bert(strip_accents=True)
    words, marks = pre_tokenizers.BertPreTokenizer(), normalizers.StripAccents()
    return {
        "LETTER": splits_by(r"\p{L}"),
        "NUMBER": splits_by(r"\p{N}"),
        "WHITE": splits_by(r"\s"),
        "WORD": word_test(),
        "CONTROL": lambda c: clean(c) == "",
        "BLANK": lambda c: c != " " and clean(c) == " ",
        "IDEOGRAPH": lambda c: split(c) == f" {c} ",
        "NONSPACING": lambda c: stripped(c) == "",
        "MARK": lambda c: marks.normalize_str(c) == "",
        "PUNCTUATION": lambda c: [p for p, _ in words.pre_tokenize_str(f"a{c}a")] == ["a", c, "a"],
    }


def check_white_space(scalar, is_white):
    """The table has one class of white space: the reference's ways to ask must agree."""
    text = f"a{chr(scalar)}a"
    for splitter in (pre_tokenizers.WhitespaceSplit(), pre_tokenizers.BertPreTokenizer()):
        assert ([p for p, _ in splitter.pre_tokenize_str(text)] == ["a", "a"]) == is_white, hex(scalar)


def combining_class(scalar, decompose):
    """The class of a mark, 0 if the reference does not move it before one of class 1 or behind one of class 240."""
    number = unicodedata.combining(chr(scalar))
    mark = chr(scalar)
    moves = decompose(f"a{mark}\u0334") != f"a{mark}\u0334" or decompose(f"a\u0345{mark}") != f"a\u0345{mark}"
    return number if number and moves or scalar in (0x0334, 0x0345) else 0


def compositions(decompose, compose):
    """Pairs that the reference composes; every composite stands for its last two parts."""
    for scalar in scalars():
        parts = unicodedata.decomposition(chr(scalar)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            first, second = (int(part, 16) for part in parts)
            if compose(chr(first) + chr(second)) == chr(scalar):
                yield first, second, scalar


def main():
    tests = classes()
    decompose, compose = normalizers.NFD().normalize_str, normalizers.NFC().normalize_str
    lower = normalizers.Lowercase().normalize_str
    kinds, order, lowered, several, parts = {}, {}, {}, {}, {}
    for scalar in scalars():
        character = chr(scalar)
        names = [name for name, test in tests.items() if test(character)]
        check_white_space(scalar, "WHITE" in names)
        if names:
            kinds[scalar] = " | ".join(names)
        if unicodedata.combining(character):
            number = combining_class(scalar, decompose)
            if number:
                order[scalar] = str(number)
        if len(lower(character)) > 1:
            several[scalar] = [ord(c) for c in lower(character)]
        elif lower(character) != character:
            lowered[scalar] = ord(lower(character))
        if decompose(character) != character and not 0xAC00 <= scalar <= 0xD7A3:
            parts[scalar] = [ord(c) for c in decompose(character)]
    print(f"// Written by Benchmarks/embedding/make_text_tables.py from tokenizers {tokenizers.__version__}.")
    write("struct class_range class_ranges", [[hex(a), hex(b), k] for a, b, k in ranges(kinds)])
    write("struct class_range order_ranges", [[hex(a), hex(b), k] for a, b, k in ranges(order)])
    write("struct lower_run lower_runs", [[hex(a), hex(b), str(s), str(d)] for a, b, s, d in runs(lowered)])
    for name, rows in ("lower_parts", several), ("canonical_parts", parts):
        write(f"struct parts {name}",
              [[hex(s), "{" + ", ".join(hex(c) for c in (t + [0] * 3)[:4]) + "}"] for s, t in sorted(rows.items())])
    write("struct pair pairs",
          [[hex(a), hex(b), hex(c)] for a, b, c in sorted(compositions(decompose, compose))])


main()
