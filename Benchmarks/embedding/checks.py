"""Whether the encoder is right: token ids, cosine with the reference, equal bytes however texts are grouped."""

import subprocess

import numpy

import classes
import texts as corpus

TOKENS, BATCH, CORES = 256, 32, 2


# The least and the mean cosine with the reference that a precision may have.
LIKENESS = {"float32": (0.9999, 0.9999), "bfloat16": (0.999, 0.9995), "int8": (0.99, 0.997)}


def bench(arguments, mode, texts, threads=CORES, precision="float32"):
    words = [arguments.bench, arguments.model, mode, "--threads", str(threads), "--precision", precision]
    return subprocess.run(words, input=classes.framed(texts), capture_output=True, check=True).stdout


def vectors(arguments, texts, threads=CORES, precision="float32"):
    found = bench(arguments, "vectors", texts, threads, precision)
    return numpy.frombuffer(found, dtype="<f4").reshape(len(texts), -1)


def check_tokens(arguments, tokenizer, texts):
    lines = bench(arguments, "tokens", texts).decode().splitlines()
    wrong = [t for t, line in zip(texts, lines) if tokenizer.encode(t).ids != [int(i) for i in line.split()]]
    print(f"token ids: {len(texts) - len(wrong)} of {len(texts)} texts equal", [t[:60] for t in wrong[:5]] or "")
    return not wrong and len(lines) == len(texts)


def reference_vectors(arguments, texts):
    import sentence_transformers

    reference = sentence_transformers.SentenceTransformer(arguments.model, device="cpu")
    reference.max_seq_length = TOKENS
    return reference.encode(texts, batch_size=BATCH, normalize_embeddings=True)


def check_vectors(arguments, precision, texts, expected):
    found = vectors(arguments, texts, precision=precision)
    cosines = (expected * found).sum(1) / numpy.linalg.norm(expected, axis=1) / numpy.linalg.norm(found, axis=1)
    least, mean = cosines.min(), cosines.mean()
    print(f"{precision}, cosine with sentence-transformers, {len(texts)} texts: least {least:.7f}, mean {mean:.7f}")
    return least >= LIKENESS[precision][0] and mean >= LIKENESS[precision][1]


def check_bytes(arguments, precision, texts):
    def of(texts, threads=CORES):
        return vectors(arguments, texts, threads, precision)

    expected = of(texts)
    others = [of(texts, 1), of(texts, 4), of(texts[::-1])[::-1]]
    equal = all(expected.tobytes() == numpy.ascontiguousarray(other).tobytes() for other in others)
    alone = all(of([text]).tobytes() == expected[place].tobytes() for place, text in enumerate(texts[:20]))
    words = {True: "equal", False: "DIFFER"}
    print(f"{precision}, bytes: threads 1, 2, 4 and reversed {words[equal]}, alone {words[alone]}")
    return equal and alone


def all_pass(arguments, tokenizer, precisions):
    real, hostile = corpus.real(2000), corpus.hostile(500)
    mixed = real[:400] + hostile[:100]
    expected = reference_vectors(arguments, mixed)
    sound = [check_tokens(arguments, tokenizer, real + hostile)]
    for precision in precisions:
        sound.append(check_vectors(arguments, precision, mixed, expected))
        sound.append(check_bytes(arguments, precision, real[:200] + hostile[:56]))
    return all(sound)
