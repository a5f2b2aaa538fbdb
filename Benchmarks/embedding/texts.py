"""Texts for comparing tokenizers and encoders: hostile ones made here, real ones from published packages."""

import ast
import random

import packages

# Ranges where tokenizers differ: accents, scripts with marks, jamo, CJK, presentation forms, signs beyond the BMP.
RANGES = [
    (0x00, 0x24F), (0x2B0, 0x52F), (0x590, 0x6FF), (0x900, 0xDFF), (0xE00, 0xEFF), (0x1100, 0x11FF), (0x1AB0, 0x1B4B),
    (0x1E00, 0x20CF), (0x2100, 0x27BF), (0x2E80, 0x30FF), (0x3130, 0x33FF), (0x4E00, 0x4EFF), (0xA640, 0xA7FF),
    (0xAC00, 0xACFF), (0xF900, 0xFAFF), (0xFB00, 0xFDFF), (0xFE00, 0xFFFD), (0x10000, 0x103FF), (0x1D100, 0x1D7FF),
    (0x1F300, 0x1FAFF), (0x2F800, 0x2FA1F), (0xE0000, 0xE01EF),
]

FIXED = [
    "", " ", "\n\t\r ", "\0", "a\0b", "\ufeffbom", "\u200b\u200d\u2060", "a\u00adb", "\ufffd\ufffd", "\u2028\u2029x\x85y",
    "[CLS]", "[SEP] and [MASK][PAD]", "[UNK]x", "[ CLS ]", "[cls]", "[[SEP]]", "##ing", "un##able", "a" * 100, "a" * 101,
    "é" * 100, "e\u0301" * 100, "e\u0301" * 101, "x" * 5000, "word " * 400, "!" * 600, "日本" * 300, "ß ẞ ﬁ ﬀ İ ı ǅ Ω K Å ſ",
    "Ελληνικά ΣΊΣΥΦΟΣ σς", "Привет Ёжик йод Й", "עִבְרִית שָׁלוֹם", "اَلْعَرَبِيَّةُ", "हिन्दी क़ ड़", "ไทย ำ", "한국어 한글 가각힣",
    "\u1112\u1161\u11ab", "カタカナ ガ ﾊﾟ ゔ", "東京都 𠀀𪜶 豈 丽", "〇〻々〆", "naïve café Å ångström", "Z͑ͫ̓a̴l͝g̸o",
    "👩‍👩‍👧‍👦 🇩🇪 👍🏽 ❤️ ☃", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𝟙𝟚𝟛 ①②③ Ⅷ ½", "a\u0300\u0301\u0302\u0316b", "\U0001d15e\U0001d165 \u302e\u302f", "١٢٣ ۴۵۶ १२३",
    "$1,000.50+2=x^y|~`<>", "¿¡«»‹›„“”…—–·•§¶†‡", "snake_case camelCase SCREAMING_CASE", "a\u00a0b\u2003c\u3000d",
    "\x1b[31mred\x1b[0m \x7f\x80\x9f", "ﷺ ㎏ ㍿ ™ ℠", "𝕏\ud7ff\ue000\uf8ff\U000f0000", "ŀ ŉ ǰ ΐ և ẖ", "\u0345\u03b1\u0345 ᾳ ᾼ",
]


def hostile(count, seed=20240229):
    """The fixed texts, then random mixtures of ranges, ASCII and special tokens."""
    source = random.Random(seed)
    texts = list(FIXED)
    while len(texts) < count:
        parts = []
        for _ in range(source.randrange(1, 30)):
            kind = source.random()
            if kind < 0.25:
                parts.append(source.choice(["def ", "Return the ", "[SEP]", " ", "  \n", "_x1", "HTTPServer", "'s", "##", "…"]))
            elif kind < 0.35:
                parts.append("".join(chr(s) for s in (source.randrange(0x110000) for _ in range(5)) if not 0xD800 <= s < 0xE000))
            else:
                low, high = source.choice(RANGES)
                parts.append("".join(chr(source.randint(low, high)) for _ in range(source.randrange(1, 8))))
        texts.append("".join(parts))
    return texts[:count]


def real(count, seed=1):
    """Signature and docstring of functions and classes, from published packages."""
    texts = sorted({text for source in packages.sources() for text in documented(source)})
    random.Random(seed).shuffle(texts)
    return texts[:count]


def documented(source):
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and ast.get_docstring(node):
            head = f"def {node.name}({ast.unparse(node.args)})" if hasattr(node, "args") else f"class {node.name}"
            yield f"{head}\n{ast.get_docstring(node)}"
