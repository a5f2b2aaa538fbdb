"""Whether the encoder is right: token ids, cosine with the reference, equal bytes however texts are grouped."""

import subprocess

import numpy

import classes
import texts as corpus

TOKENS, BATCH, CORES = 256, 32, 2


def bench(arguments, mode, texts, threads=CORES):
    return subprocess.run(
        [arguments.bench, arguments.model, mode, str(threads)], input=classes.framed(texts), capture_output=True,
        check=True).stdout


def vectors(arguments, texts, threads=CORES):
    return numpy.frombuffer(bench(arguments, "vectors", texts, threads), dtype="<f4").reshape(len(texts), -1)


def check_tokens(arguments, tokenizer, texts):
    lines = bench(arguments, "tokens", texts).decode().splitlines()
    wrong = [t for t, line in zip(texts, lines) if tokenizer.encode(t).ids != [int(i) for i in line.split()]]
    print(f"token ids: {len(texts) - len(wrong)} of {len(texts)} texts equal", [t[:60] for t in wrong[:5]] or "")
    return not wrong and len(lines) == len(texts)


def check_vectors(arguments, texts):
    import sentence_transformers

    reference = sentence_transformers.SentenceTransformer(arguments.model, device="cpu")
    reference.max_seq_length = TOKENS
    expected = reference.encode(texts, batch_size=BATCH, normalize_embeddings=True)
    found = vectors(arguments, texts)
    cosines = (expected * found).sum(1) / numpy.linalg.norm(expected, axis=1) / numpy.linalg.norm(found, axis=1)
    print(f"cosine with sentence-transformers, {len(texts)} texts: least {cosines.min():.7f}, mean {cosines.mean():.7f}")
    return cosines.min() >= 0.9999


def check_bytes(arguments, texts):
    expected = vectors(arguments, texts)
    others = [vectors(arguments, texts, 1), vectors(arguments, texts, 4), vectors(arguments, texts[::-1])[::-1]]
    equal = all(expected.tobytes() == numpy.ascontiguousarray(o).tobytes() for o in others)
    alone = all(vectors(arguments, [t]).tobytes() == expected[i].tobytes() for i, t in enumerate(texts[:20]))
    print(f"bytes: threads 1, 2, 4 and reversed {'equal' if equal else 'DIFFER'}, alone {'equal' if alone else 'DIFFER'}")
    return equal and alone


def all_pass(arguments, tokenizer):
    real, hostile = corpus.real(2000), corpus.hostile(500)
    sound = [
        check_tokens(arguments, tokenizer, real + hostile),
        check_vectors(arguments, real[:400] + hostile[:100]),
        check_bytes(arguments, real[:200] + hostile[:56]),
    ]
    return all(sound)
