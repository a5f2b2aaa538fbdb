#!/usr/bin/env python3
"""Writes Sources/CEmbedding/character_tables.h: what the reference tokenizer does with each character.

    python3 make_character_tables.py TOKENIZER_JSON > ../../Sources/CEmbedding/character_tables.h

Asks the `tokenizers` package (BertNormalizer: clean, split CJK, strip accents, lower-case; BertPreTokenizer) about
every Unicode scalar by itself, and writes the answers as sorted ranges. The Unicode version is thus the reference's.
Hangul syllables are left out: they decompose by arithmetic.
"""

import sys

import tokenizers


def scalars():
    return (s for s in range(0x110000) if not 0xD800 <= s < 0xE000 and not 0xAC00 <= s <= 0xD7A3)


def kind_and_mapping(reference, scalar):
    character = chr(scalar)
    text = reference.normalizer.normalize_str(character)
    bare = text.strip(" ")
    if text == "":
        return "DROP", None
    if bare == "":
        return "SPACE", None
    if bare != character:
        return None, bare
    pieces = [piece for piece, _ in reference.pre_tokenizer.pre_tokenize_str(f"a{text}a")]
    if pieces == [f"a{text}a"]:
        return None, None
    return ("SPACE" if pieces == ["a", "a"] else "ALONE"), None


def ranges(kinds):
    found = []
    for scalar, kind in sorted(kinds.items()):
        if found and found[-1][2] == kind and found[-1][1] == scalar - 1:
            found[-1][1] = scalar
        else:
            found.append([scalar, scalar, kind])
    return found


def runs(mappings):
    """Runs of single-character mappings with one distance, on every character or on every second one."""
    found = []
    for scalar, target in sorted(mappings.items()):
        distance = target - scalar
        if found and found[-1][3] == distance:
            first, last, step, _ = found[-1]
            if scalar - last == step or (first == last and scalar - last == 2):
                found[-1][1:3] = [scalar, scalar - last]
                continue
        found.append([scalar, scalar, 1, distance])
    return found


def write(name, rows):
    print(f"\nstatic const {name}[] = {{")
    line = "   "
    for row in rows:
        text = " {" + ", ".join(row) + "},"
        if len(line) + len(text) > 108:
            print(line)
            line = "   "
        line += text
    print(line + "\n};")


def main():
    reference = tokenizers.Tokenizer.from_file(sys.argv[1])
    kinds, single, several = {}, {}, {}
    for scalar in scalars():
        kind, mapping = kind_and_mapping(reference, scalar)
        if kind:
            kinds[scalar] = kind
        elif mapping and len(mapping) == 1:
            single[scalar] = ord(mapping)
        elif mapping:
            several[scalar] = [ord(c) for c in mapping]
    print(f"// Written by Benchmarks/embedding/make_character_tables.py from tokenizers {tokenizers.__version__}.")
    write("struct kind_range kind_ranges", [[hex(a), hex(b), k] for a, b, k in ranges(kinds)])
    write("struct single_run single_runs",
          [[hex(a), hex(b), str(s), str(d)] for a, b, s, d in runs(single)])
    write("struct several several_mappings",
          [[hex(s), "{" + ", ".join(hex(c) for c in (t + [0, 0])[:3]) + "}"] for s, t in sorted(several.items())])


if __name__ == "__main__":
    main()
