"""torch through sentence-transformers, given token ids in place of texts."""

import sentence_transformers
import torch


def opened(folder, model, threads, precision="float32", attention="sdpa", compiled=False):
    torch.set_num_threads(threads)
    encoder = sentence_transformers.SentenceTransformer(
        model, device="cpu",
        model_kwargs={"torch_dtype": getattr(torch, precision), "attn_implementation": attention})
    encoder.eval()
    if compiled:
        encoder.compile(dynamic=True)

    def one(batch):
        features = {"input_ids": torch.from_numpy(batch[0]), "attention_mask": torch.from_numpy(batch[1])}
        return encoder(features)["sentence_embedding"].float().numpy()

    def run(batches):
        with torch.inference_mode():
            return [one(batch) for batch in batches]

    return run
