#!/usr/bin/env python3
"""Trains small tokenizers of every kind and compares token ids with the reference, on real and hostile texts.

    swift build -c release --product embedding-bench
    python3 Benchmarks/embedding/tokenizers_check.py [--bench PATH] [--texts N] [--only NAME] [--keep DIRECTORY]
    python3 Benchmarks/embedding/tokenizers_check.py --fixtures Tests/CodiraEmbeddingTests/Fixtures/tokenizers

Needs tokenizers and sentencepiece. The texts that train and those that are compared come from published packages;
half of those compared are made up to be hostile. Every text is encoded whole and cut to 24 tokens. Exit 1 if any ids
differ. With --fixtures it writes the small tokenizers of the daily tests and what the reference makes of their texts.
"""

import argparse
import base64
import json
import pathlib
import random
import struct
import subprocess
import sys
import tempfile

import sentencepiece
import tokenizers
from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
from tokenizers.pre_tokenizers import ByteLevel, Digits, Metaspace, Split, WhitespaceSplit

import texts as corpus

PLAIN = [
    "Read a file line by line and count the words.", "def get(self, url, **kwargs)\nSend a GET request; it's Word's.",
    "static int hash_update(struct hash *h)  // 1234567 times", "we'll WE'LL they've I'm 'tis  'd", "Die Größe der Datei",
    "  two spaces\t\ttabs\r\n\r\n  lines  \n x", "Return Value <mask> Word", "a<right>  b <both> c", "x" * 120,
]
CUT = 24
SIGNED = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}%s| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
ODD_TOKENS = [
    AddedToken("<mask>", lstrip=True, normalized=False, special=True),
    AddedToken("<right>", rstrip=True, normalized=False, special=True),
    AddedToken("Word", single_word=True, normalized=False),
    AddedToken("Return Value", normalized=True),
    AddedToken("É", normalized=True),
    AddedToken("    ", normalized=False),
    AddedToken("  ", normalized=False),
    AddedToken("<both>", lstrip=True, rstrip=True, single_word=True, normalized=True),
]


def template(start, end, tokens):
    return processors.TemplateProcessing(
        single=" ".join(start + ["$A"] + end), special_tokens=[(t, tokens.token_to_id(t)) for t in start + end])


def word_piece(training, size, normalizer, prefix="##", unknown="[UNK]", odd=False, longest=100):
    special = ["[PAD]", unknown, "[CLS]", "[SEP]", "[MASK]"]
    tokenizer = Tokenizer(models.WordPiece(unk_token=unknown, max_input_chars_per_word=longest))
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.train_from_iterator(
        training, trainers.WordPieceTrainer(vocab_size=size, special_tokens=special, continuing_subword_prefix=prefix,
                                            show_progress=False))
    if odd:
        tokenizer.add_tokens(ODD_TOKENS)
    tokenizer.post_processor = template(["[CLS]"], ["[SEP]"], tokenizer)
    return tokenizer


def byte_pair(training, size, pre_tokenizer, normalizer=None, alphabet=True, unknown=None, odd=False, processor=None,
              **options):
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    tokenizer = Tokenizer(models.BPE(unk_token=unknown, **options))
    if normalizer:
        tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizer
    tokenizer.train_from_iterator(
        training, trainers.BpeTrainer(vocab_size=size, special_tokens=special, show_progress=False,
                                      initial_alphabet=ByteLevel.alphabet() if alphabet else []))
    if odd:
        tokenizer.add_tokens(ODD_TOKENS)
    tokenizer.post_processor = processor or template(["<s>"], ["</s>"], tokenizer)
    return tokenizer


def character_map(rules=None):
    """The character map that sentencepiece makes of its own rules, or of a file of rules."""
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "text"
        source.write_text("\n".join(f"some words of text {n}" for n in range(200)))
        options = {"normalization_rule_name": "nmt_nfkc"}
        if rules:
            table = pathlib.Path(folder) / "rules.tsv"
            table.write_text(rules)
            options = {"normalization_rule_tsv": str(table)}
        sentencepiece.SentencePieceTrainer.train(
            input=str(source), model_prefix=f"{folder}/m", vocab_size=40, hard_vocab_limit=False, minloglevel=2, **options)
        model = pathlib.Path(f"{folder}/m.model").read_bytes()
    return base64.b64encode(normalizer_map(model)).decode()


def fields(data):
    """The numbered fields of a protocol buffer that hold bytes."""
    offset = 0

    def number():
        nonlocal offset
        value = shift = 0
        while True:
            byte = data[offset]
            offset += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while offset < len(data):
        key = number()
        if key & 7 == 0:
            number()
        elif key & 7 == 2:
            size = number()
            yield key >> 3, data[offset : offset + size]
            offset += size
        else:
            offset += 4 if key & 7 == 5 else 8


def normalizer_map(model):
    specification = next(value for number, value in fields(model) if number == 3)
    return next(value for number, value in fields(specification) if number == 2)


def precompiled(charsmap):
    return normalizers.Precompiled(base64.b64decode(charsmap))


def unigram(training, size, normalizer, pre_tokenizer, byte_fallback=False, odd=False, start=("<s>",), end=("</s>",)):
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    tokenizer = Tokenizer(models.Unigram())
    if normalizer:
        tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizer
    tokenizer.train_from_iterator(
        training, trainers.UnigramTrainer(vocab_size=size, special_tokens=special, unk_token="<unk>", show_progress=False))
    if byte_fallback:
        document = json.loads(tokenizer.to_str())
        document["model"]["byte_fallback"] = True
        document["model"]["vocab"] += [[f"<0x{byte:02X}>", -20.0] for byte in range(256)]
        tokenizer = Tokenizer.from_str(json.dumps(document))
    if odd:
        tokenizer.add_tokens(ODD_TOKENS)
    tokenizer.post_processor = template(list(start), list(end), tokenizer)
    return tokenizer


def roberta(tokenizer):
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
    return tokenizer


def kinds(training, size, charsmap):
    """Name and maker of each tokenizer."""
    plain = [line for text in training[:600] for line in text.splitlines() if max(line, default="") < "\u0250"]
    bert, spaced = normalizers.BertNormalizer, normalizers.Replace(Regex(" {2,}"), "▁")
    nmt = precompiled(charsmap)
    split = lambda digits: Split(Regex(SIGNED % digits), "isolated")  # noqa: E731
    words = pre_tokenizers.Sequence([WhitespaceSplit(), Metaspace()])
    return {
        "wordpiece-lower": lambda: word_piece(training, size, bert()),
        "wordpiece-lower-odd": lambda: word_piece(training, size, bert(), odd=True),
        "wordpiece-cased": lambda: word_piece(training, size, bert(lowercase=False)),
        "wordpiece-cased-odd": lambda: word_piece(training, size, bert(lowercase=False), odd=True),
        "wordpiece-accents": lambda: word_piece(training, size, bert(strip_accents=False)),
        "wordpiece-cased-stripped": lambda: word_piece(training, size, bert(lowercase=False, strip_accents=True)),
        "wordpiece-unclean": lambda: word_piece(training, size, bert(clean_text=False)),
        "wordpiece-no-ideographs": lambda: word_piece(training, size, bert(handle_chinese_chars=False)),
        "wordpiece-prefix": lambda: word_piece(training, size, bert(), prefix="@@", unknown="<unk>", longest=20),
        "wordpiece-prefix-letter": lambda: word_piece(training, size, bert(), prefix="Ġ"),
        "wordpiece-no-prefix": lambda: word_piece(training, size, bert(), prefix=""),
        "wordpiece-parts": lambda: word_piece(
            training, size, normalizers.Sequence([normalizers.NFD(), normalizers.Lowercase(), normalizers.StripAccents()])),
        "bpe-gpt2": lambda: byte_pair(training, size, ByteLevel(add_prefix_space=False), processor=processors.ByteLevel()),
        "bpe-roberta": lambda: roberta(byte_pair(training, size, ByteLevel(add_prefix_space=True))),
        "bpe-odd": lambda: byte_pair(training, size, ByteLevel(add_prefix_space=False), odd=True),
        "bpe-prefix-odd": lambda: byte_pair(training, size, ByteLevel(add_prefix_space=True), odd=True),
        "bpe-modern": lambda: byte_pair(training, size, ByteLevel(add_prefix_space=False), normalizers.NFC(), odd=True),
        "bpe-no-alphabet": lambda: byte_pair(training, size, ByteLevel(), alphabet=False),
        "bpe-unknown": lambda: byte_pair(training, size, ByteLevel(), alphabet=False, unknown="<unk>"),
        "bpe-unknown-fused": lambda: byte_pair(
            training, size, ByteLevel(), alphabet=False, unknown="<unk>", fuse_unk=True),
        "bpe-ignore-merges": lambda: byte_pair(training, size, ByteLevel(), ignore_merges=True),
        "bpe-no-pattern": lambda: byte_pair(training, size, ByteLevel(use_regex=False)),
        "bpe-three-digits": lambda: byte_pair(
            training, size, pre_tokenizers.Sequence([split("{1,3}"), ByteLevel(add_prefix_space=False, use_regex=False)])),
        "bpe-one-digit": lambda: byte_pair(
            training, size, pre_tokenizers.Sequence([split(""), ByteLevel(add_prefix_space=False, use_regex=False)]),
            normalizers.NFC()),
        "bpe-split-gpt2": lambda: byte_pair(
            training, size,
            pre_tokenizers.Sequence([Split(Regex(GPT2), "removed", invert=True), ByteLevel(use_regex=False)])),
        "bpe-digits": lambda: byte_pair(
            training, size, pre_tokenizers.Sequence([Digits(individual_digits=True), ByteLevel(add_prefix_space=False)])),
        "unigram-xlmr": lambda: unigram(plain, size, nmt, words),
        "unigram-xlmr-odd": lambda: unigram(plain, size, nmt, words, odd=True),
        "unigram-metaspace": lambda: unigram(plain, size, normalizers.Sequence([nmt, spaced]), Metaspace()),
        "unigram-first": lambda: unigram(plain, size, nmt, Metaspace(prepend_scheme="first"), odd=True),
        "unigram-never": lambda: unigram(plain, size, nmt, Metaspace(prepend_scheme="never")),
        "unigram-whole": lambda: unigram(plain, size, nmt, Metaspace(split=False)),
        "unigram-t5": lambda: unigram(
            plain, size, normalizers.Sequence([nmt, normalizers.Strip(left=False), spaced]), Metaspace(), start=()),
        "unigram-bytes": lambda: unigram(plain, size, nmt, Metaspace(), byte_fallback=True),
        "unigram-albert": lambda: unigram(
            plain, size,
            normalizers.Sequence([
                normalizers.Replace("``", '"'), normalizers.Replace("''", '"'), normalizers.NFD(),
                normalizers.StripAccents(), normalizers.Lowercase(), nmt, normalizers.Replace(Regex(" {2,}"), " ")]),
            Metaspace()),
        "unigram-plain": lambda: unigram(plain, size, None, WhitespaceSplit()),
    }


def framed(texts):
    return b"".join(struct.pack("<I", len(data)) + data for data in (t.encode() for t in texts))


def difference(bench, tokenizer, directory, texts, cut):
    """How many texts differ, and the first of them."""
    tokenizer.no_padding()
    tokenizer.no_truncation()
    if cut:
        tokenizer.enable_truncation(cut)
    output = subprocess.run(
        [bench, directory, "tokenizer", *(["--maximum", str(cut)] if cut else [])], input=framed(texts), capture_output=True)
    if output.returncode:
        return len(texts), output.stderr.decode()[:300]
    found = [[int(n) for n in line.split()] for line in output.stdout.decode().splitlines()]
    expected = [e.ids for e in tokenizer.encode_batch(texts)]
    wrong = [i for i in range(len(texts)) if i >= len(found) or found[i] != expected[i]]
    if not wrong:
        return 0, ""
    shortest = min(wrong, key=lambda i: len(texts[i]))
    return len(wrong), f"{texts[shortest][:60]!r}: {found[shortest][:12]} for {expected[shortest][:12]}"


def spiced(texts, seed=3):
    """Texts with the added tokens and what is near them put in."""
    source = random.Random(seed)
    pieces = ["<mask>", " <mask> ", "<right>", "<right>  \n", "Word", "Words", " Word.", "return value", "Return Value",
              "É", "é", "    ", "   ", "  ", "<both>", " <both> ", "x<both>", "<s>", "</s>", "'s", "'LL", "'ſ", "\r\n", "1234567",
              "▁", "▁▁", " ▁", "``", "''", "\u3000<mask>\u3000", "\u00a0", "e\u0301", "\u1100\u1161\u11a8", "\u0958", "ﬁ"]
    result = []
    for text in texts:
        cut = source.randrange(len(text) + 1)
        result.append(text[:cut] + "".join(source.choices(pieces, k=source.randrange(1, 6))) + text[cut:])
    return result


def comparison(count):
    real, hostile = corpus.real(count), corpus.hostile(count)
    part = count // 4
    return real[:part] + spiced(real[part : 2 * part]) + hostile[:part] + spiced(hostile[part : 2 * part], seed=4)


def check(arguments):
    texts = comparison(arguments.texts)
    training = corpus.real(4000, seed=2) + corpus.hostile(300, seed=5)
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, make in kinds(training, 3000, character_map()).items():
            if arguments.only and arguments.only not in name:
                continue
            directory = pathlib.Path(arguments.keep or folder) / name
            directory.mkdir(parents=True, exist_ok=True)
            if not (directory / "tokenizer.json").exists():
                make().save(str(directory / "tokenizer.json"))
            tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
            for cut in (0, CUT):
                differ, first = difference(arguments.bench, tokenizer, str(directory), texts, cut)
                wrong += differ
                print(f"{name:26}{f' cut to {cut}' if cut else '':10} {len(texts) - differ} of {len(texts)} equal {first}",
                      flush=True)
    return wrong == 0


# Rules of a character map, as sentencepiece reads them: code points, a tab, what becomes of them.
RULES = """A\t61
C9\tE9
65 301\tE9
FB01\t66 69
A0\t20
9\t20
A\t20
D\t20
3000\t20
AD\t
2026\t2E 2E 2E
1100 1161\tAC00
C5\tE5
"""
SMALL = {
    "wordpiece-cased-odd": 300, "wordpiece-cased-stripped": 300, "wordpiece-prefix-letter": 300, "bpe-roberta": 400,
    "bpe-modern": 400, "bpe-three-digits": 400, "bpe-unknown-fused": 300, "unigram-xlmr-odd": 300, "unigram-first": 300,
    "unigram-bytes": 300, "unigram-t5": 300,
}


def own_texts():
    """The lines of the repository's own pages."""
    root = pathlib.Path(__file__).parents[2]
    pages = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"]
    return [line for page in pages for line in (root / page).read_text(encoding="utf-8").splitlines() if line]


def write_fixtures(directory):
    texts = [text for text in corpus.FIXED if len(text) <= 60] + PLAIN
    texts += [text for text in spiced(corpus.hostile(240)[100:]) if len(text) <= 70][:25]
    for name, size in SMALL.items():
        folder = pathlib.Path(directory) / name
        folder.mkdir(parents=True, exist_ok=True)
        document = json.loads(kinds(own_texts(), size, character_map(RULES))[name]().to_str())
        if name == "bpe-roberta":  # the older form of merges
            document["model"]["merges"] = [" ".join(pair) for pair in document["model"]["merges"]]
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        (folder / "tokenizer.json").write_text(text + "\n", encoding="utf-8")
        rows = [{"text": t, "ids": ids.ids} for t, ids in zip(texts, Tokenizer.from_str(text).encode_batch(texts))]
        lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
        (folder / "ids.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bench", default=".build/release/embedding-bench")
    parser.add_argument("--texts", type=int, default=5000)
    parser.add_argument("--only", help="only the tokenizers whose names hold this")
    parser.add_argument("--keep", help="where the trained tokenizers stay, or are from an earlier run")
    parser.add_argument("--fixtures", help="the directory that the small tokenizers of the tests go to")
    arguments = parser.parse_args()
    print(f"tokenizers {tokenizers.__version__}, sentencepiece {sentencepiece.__version__}")
    if arguments.fixtures:
        return write_fixtures(arguments.fixtures)
    sys.exit(0 if check(arguments) else 1)


if __name__ == "__main__":
    main()
