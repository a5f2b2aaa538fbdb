"""Vectors of a model directory by the reference: transformers, or model2vec for tables of token vectors.

What transformers lacks of NomicBERT (biases, GELU in gated units, the names of the published models) is set up here on
its own classes: tensors are renamed, linear layers get the biases that the configuration asks for.
"""

import json
import pathlib

import numpy
import safetensors.torch
import tokenizers
import torch
import transformers


def read(path):
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def tokenizer_of(directory, maximum):
    tokenizer = tokenizers.Tokenizer.from_file(f"{directory}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.enable_truncation(maximum)
    return tokenizer


def maximum_of(directory, config):
    found = read(pathlib.Path(directory) / "sentence_bert_config.json").get("max_seq_length")
    return found or config.get("n_positions") or config["max_position_embeddings"]


def pooling_of(directory):
    found = read(pathlib.Path(directory) / "1_Pooling" / "config.json")
    if "pooling_mode" in found:
        return found["pooling_mode"]
    modes = [name.removeprefix("pooling_mode_") for name, value in found.items() if value is True]
    return modes[0] if modes else "mean_tokens"


def pooled(hidden, mode):
    return {"cls_token": hidden[0], "cls": hidden[0], "lasttoken": hidden[-1]}.get(mode, hidden.mean(0))


def published_nomic(directory, config):
    """NomicBERT by the names and with the options of the models published before transformers knew them."""
    sizes = {
        "hidden_size": "n_embd", "num_attention_heads": "n_head", "num_hidden_layers": "n_layer",
        "intermediate_size": "n_inner", "max_position_embeddings": "n_positions",
        "layer_norm_eps": "layer_norm_epsilon",
    }
    model = transformers.NomicBertModel(transformers.NomicBertConfig(
        vocab_size=config["vocab_size"], type_vocab_size=config["type_vocab_size"],
        hidden_act={"swiglu": "silu", "geglu": "gelu"}[config["activation_function"]],
        rope_parameters={"rope_type": "default", "rope_theta": float(config["rotary_emb_base"])},
        attn_implementation="eager", **{name: config[old] for name, old in sizes.items()}))
    for layer in model.layers:
        attention, units = layer.self_attn, layer.mlp
        for owner, names, flag in [
            (attention, ("q_proj", "k_proj", "v_proj", "o_proj"), "qkv_proj_bias"),
            (units, ("gate_proj", "up_proj"), "mlp_fc1_bias"), (units, ("down_proj",), "mlp_fc2_bias"),
        ]:
            for name in names if config.get(flag) else ():
                old = getattr(owner, name)
                setattr(owner, name, torch.nn.Linear(old.in_features, old.out_features, bias=True))
    tensors = {}
    for name, tensor in safetensors.torch.load_file(f"{directory}/model.safetensors").items():
        for old, new in [
            ("nomic_bert.", ""), ("emb_ln", "embeddings.LayerNorm"), ("encoder.layers", "layers"),
            ("attn.out_proj", "self_attn.o_proj"), ("fc11", "up_proj"), ("fc12", "gate_proj"), ("fc2", "down_proj"),
            ("norm1", "post_attention_layernorm"), ("norm2", "post_mlp_layernorm"),
        ]:
            name = name.replace(old, new)
        if "attn.Wqkv" in name:
            for part, values in zip("qkv", tensor.chunk(3)):
                tensors[name.replace("attn.Wqkv", f"self_attn.{part}_proj")] = values
        else:
            tensors[name] = tensor
    model.load_state_dict(tensors, strict=True)
    return model


def load(directory, config):
    if "n_embd" in config:
        return published_nomic(directory, config).eval()
    model, report = transformers.AutoModel.from_pretrained(
        directory, dtype=torch.float32, attn_implementation="eager", output_loading_info=True)
    missing = [name for name in report["missing_keys"] if "pooler" not in name]
    assert not missing, missing
    return model.eval()


def vectors(directory, texts):
    """Token ids and vector of length one of each text."""
    config = read(pathlib.Path(directory) / "config.json")
    if config["model_type"] == "model2vec":
        import model2vec

        model = model2vec.StaticModel.from_pretrained(directory)
        # Its own encode first cuts texts to as many characters as so many tokens have in the median.
        model.tokenizer.enable_truncation(config.get("max_length", 512))
        rows = []
        for ids in model.tokenize(texts):
            found = model._encode_helper(ids).mean(0) if ids else numpy.zeros(model.dim)
            rows.append((ids, torch.nn.functional.normalize(torch.tensor(found.astype("f4")), dim=0)))
        return rows
    tokenizer = tokenizer_of(directory, maximum_of(directory, config))
    model, mode = load(directory, config), pooling_of(directory)
    rows = []
    for text in texts:
        ids = tokenizer.encode(text).ids
        with torch.no_grad():
            hidden = model(input_ids=torch.tensor([ids])).last_hidden_state[0]
        rows.append((ids, torch.nn.functional.normalize(pooled(hidden, mode), dim=0)))
    return rows
