"""fastembed from a folder, since its own source of models is a hub; it is given texts and cuts them itself."""

import os

import fastembed
import numpy

READS_TEXTS = True


def opened(folder, threads):
    encoder = fastembed.TextEmbedding(
        "sentence-transformers/all-MiniLM-L6-v2", specific_model_path=os.path.join(folder, "fastembed"),
        threads=threads)

    def run(batches):
        return [numpy.array(list(encoder.embed(texts, batch_size=len(texts)))) for texts in batches]

    return run
