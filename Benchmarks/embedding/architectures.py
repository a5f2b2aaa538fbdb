#!/usr/bin/env python3
"""Compares every architecture and option with transformers, on models with random weights that are made here.

    swift build -c release --product embedding-bench
    python3 Benchmarks/embedding/architectures.py [--bench PATH] [--texts N] [--only NAME]

Needs tokenizers, torch, transformers and model2vec, and pip for the real texts. Each model is made by transformers with
its own initialization scaled up, saved by `save_pretrained`, and read by `embedding-bench MODEL vectors`. Prints a
table: of 200 texts, real and hostile, the least cosine and the largest difference of any value. Exit 1 if a cosine is
below 0.9999.
"""

import argparse
import json
import pathlib
import struct
import subprocess
import sys
import tempfile

import numpy
import torch
import transformers

import reference
import texts as corpus

ROOT = pathlib.Path(__file__).parents[2]
# Longer than the windows; the vocabulary is small, so that most texts are.
TOKENS = 192
SIZES = dict(hidden_size=128, num_attention_heads=4, num_hidden_layers=4, intermediate_size=320)
BERT, ROBERTA = transformers.BertConfig, transformers.RobertaConfig
NOMIC, MODERN = transformers.NomicBertConfig, transformers.ModernBertConfig


def rope(theta):
    return {"rope_type": "default", "rope_theta": theta}


# Name: configuration class, its options, how it is saved, pooling flag.
MODELS = {
    "BERT, GELU, mean": (BERT, dict(max_position_embeddings=512), {}, "mean_tokens"),
    "BERT, tanh GELU, CLS": (BERT, dict(hidden_act="gelu_new"), {}, "cls_token"),
    "BERT, ReLU, last token": (BERT, dict(hidden_act="relu"), {}, "lasttoken"),
    "BERT, SiLU, one layer": (BERT, dict(hidden_act="silu", num_hidden_layers=1), {}, "mean_tokens"),
    "BERT, heads of 8, odd feed-forward": (
        BERT, dict(num_attention_heads=16, intermediate_size=77, layer_norm_eps=1e-6), {}, "mean_tokens"),
    "BERT, float16": (BERT, {}, dict(dtype=torch.float16), "mean_tokens"),
    "BERT, bfloat16, in pieces": (BERT, {}, dict(dtype=torch.bfloat16, size="200KB"), "mean_tokens"),
    "BERT, float32, in pieces": (BERT, {}, dict(size="400KB"), "mean_tokens"),
    "BERT with a language head": (BERT, {}, dict(kind=transformers.BertForMaskedLM), "mean_tokens"),
    "RoBERTa": (ROBERTA, dict(max_position_embeddings=514, type_vocab_size=1, layer_norm_eps=1e-5), {}, "mean_tokens"),
    "RoBERTa with a language head": (
        ROBERTA, dict(max_position_embeddings=514), dict(kind=transformers.RobertaForMaskedLM), "cls_token"),
    "XLM-R": (
        transformers.XLMRobertaConfig, dict(max_position_embeddings=514, type_vocab_size=1, pad_token_id=0), {},
        "mean_tokens"),
    "NomicBERT": (NOMIC, {}, {}, "mean_tokens"),
    "NomicBERT, GELU, theta 10,000": (
        NOMIC, dict(hidden_act="gelu", rope_parameters=rope(10_000.0)), {}, "cls_token"),
    "NomicBERT, one segment, float16": (NOMIC, dict(type_vocab_size=1), dict(dtype=torch.float16), "mean_tokens"),
    "ModernBERT": (MODERN, {}, {}, "cls_token"),
    "ModernBERT, window 16, every second": (
        MODERN, dict(local_attention=16, global_attn_every_n_layers=2), {}, "mean_tokens"),
    "ModernBERT, all biases, tanh GELU": (
        MODERN, dict(attention_bias=True, mlp_bias=True, norm_bias=True, hidden_activation="gelu_pytorch_tanh"), {},
        "mean_tokens"),
    "ModernBERT, thetas, types by layer": (
        MODERN, dict(
            local_attention=6, layer_types=["sliding_attention", "full_attention"] * 2,
            rope_parameters={"full_attention": rope(500.0), "sliding_attention": rope(50.0)}), {}, "lasttoken"),
    "ModernBERT with a language head, bfloat16": (
        MODERN, {}, dict(kind=transformers.ModernBertForMaskedLM, dtype=torch.bfloat16), "mean_tokens"),
}


def scaled(model):
    """Weights far enough from zero that every step counts, and biases that are not all zero."""
    torch.manual_seed(20240229)
    with torch.no_grad():
        for name, tensor in model.named_parameters():
            if tensor.ndim == 1:
                tensor.add_(0.2 * torch.randn_like(tensor))
            else:
                tensor.copy_(torch.randn_like(tensor) * (0.5 if "embeddings" in name else 1.5 / tensor.shape[1] ** 0.5))


def make(directory, tokens, tokenizer, kind, options, saved, pooling):
    config = kind(**{"vocab_size": tokens, "pad_token_id": 0, **SIZES, **options})
    torch.manual_seed(1)
    model = saved["kind"](config) if "kind" in saved else transformers.AutoModel.from_config(config)
    scaled(model)
    model.to(saved.get("dtype", torch.float32)).save_pretrained(
        directory, max_shard_size=saved.get("size", "5GB"))
    (directory / "1_Pooling").mkdir()
    (directory / "1_Pooling" / "config.json").write_text(json.dumps({f"pooling_mode_{pooling}": True}))
    (directory / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": TOKENS}))
    (directory / "tokenizer.json").write_text(tokenizer)


def framed(texts):
    return b"".join(struct.pack("<I", len(data)) + data for data in (t.encode() for t in texts))


def compare(name, bench, directory, texts):
    rows = reference.vectors(str(directory), texts)
    expected = numpy.array([numpy.asarray(vector) for _, vector in rows])
    run = subprocess.run([bench, str(directory), "vectors", "--threads", "2"], input=framed(texts), capture_output=True)
    if run.returncode != 0:
        print(f"| {name} | {run.stderr.decode().strip()} | |")
        return False
    found = numpy.frombuffer(run.stdout, dtype="<f4").reshape(len(texts), -1)
    # A text without a token that is known has the vector of zeros in a table of token vectors.
    some = numpy.array([len(ids) > 0 for ids, _ in rows])
    cosines = (expected * found).sum(1)[some]
    difference = numpy.abs(expected - found).max()
    longest = max(len(ids) for ids, _ in rows)
    print(f"| {name} | {cosines.min():.7f} | {difference:.1e} | {longest} |", flush=True)
    return cosines.min() >= 0.9999 and difference < 1e-3


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bench", default=".build/release/embedding-bench")
    parser.add_argument("--texts", type=int, default=200)
    parser.add_argument("--only", default="", help="the models whose names hold this")
    arguments = parser.parse_args()
    transformers.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    torch.set_num_threads(1)
    texts = corpus.real(arguments.texts // 2, ("requests==2.32.3", "flask==3.0.3"))
    texts += corpus.hostile(arguments.texts - len(texts))
    sound = []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        subprocess.run([str(ROOT / "scripts" / "make-tiny-architectures"), str(folder / "tiny")], check=True)
        tokenizer = (folder / "tiny" / "nomic" / "tokenizer.json").read_text()
        tokens = len(json.loads(tokenizer)["model"]["vocab"])
        print(f"{len(texts)} texts each; transformers {transformers.__version__}, torch {torch.__version__}\n")
        print("| model | least cosine | largest difference | longest text |\n|---|--:|--:|--:|")
        for index, (name, model) in enumerate(MODELS.items()):
            if arguments.only in name:
                directory = folder / str(index)
                make(directory, tokens, tokenizer, *model)
                sound.append(compare(name, arguments.bench, directory, texts))
        for directory in sorted((folder / "tiny").iterdir()):
            if arguments.only in directory.name:
                sound.append(compare(f"tiny {directory.name}", arguments.bench, directory, texts))
    sys.exit(0 if all(sound) else 1)


main()
