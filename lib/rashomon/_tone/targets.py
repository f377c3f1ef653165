"""Attitude toward a name: each word around it adds to two scores, by where it stands.

`attitude` is how much better than worse the target comes off; `charge` how much it comes off in some way at
all. Windows: the whole sentence, and on either side the words within four of the target in its clause (near),
those within two (next), and the others (far). The target's own words do not count, and other names are all
alike: "a name". Weights (`attitude_words`) are learned; negation and the other rules of polarity change them,
within the row of the word.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rashomon._lexicon import Token, load_shifters
from rashomon._tone.account import Found, cut
from rashomon._tone.polarity import rules_on, unit_of
from rashomon.read import read_word_list

WINDOWS = ("sentence", "left far", "left near", "left next", "right far", "right near", "right next")
SCORES = ("attitude", "charge")
NAME, BASE = "(a name)", "(base rate)"  # rows of `attitude_words` that are no words
_NEAR, _NEXT = 4, 2


class Place(NamedTuple):
    """A word as a window sees it: its token, the window, and what rules and length make of it."""

    token: int
    window: int
    factor: float


def place_target(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """Find the tokens first <= i < last that a span of the sentence covers."""
    first = next((i for i, token in enumerate(tokens) if token.end > start), len(tokens))
    last = first
    while last < len(tokens) and tokens[last].start < end:
        last += 1
    return first, last


def see_around(tokens: Sequence[Token], first: int, last: int, factors: Sequence[float]) -> Iterator[Place]:
    """Yield each word around the target in every window that holds it, the narrowest last."""
    unit = unit_of(len(tokens))
    clauses: list[int] = []
    for token in tokens:
        clauses.append(token.opens_clause + (clauses[-1] if clauses else 0))
    for i, factor in enumerate(factors):
        if first <= i < last:
            continue
        edge, side = (first, 1) if i < first else (last - 1, 4)
        distance = abs(i - edge)
        yield Place(i, 0, factor * unit)
        if distance <= _NEAR and clauses[i] == clauses[min(edge, len(clauses) - 1)]:
            yield Place(i, side + 1, factor)
        else:
            yield Place(i, side, factor)
        if distance <= _NEXT:
            yield Place(i, side + 2, factor)


def factors_of(tokens: Sequence[Token]) -> list[float]:
    """Multiply what the rules of polarity say about each word."""
    shifters = list(load_shifters().matches(tokens))
    if not shifters:
        return [1.0] * len(tokens)
    return [math.prod(by for *_, by in rules_on(i, tokens, shifters, ())) for i in range(len(tokens))]


def find(tokens: Sequence[Token], start: int, end: int, factors: Sequence[float]) -> list[Found]:
    """Find what moves attitude and charge toward the target at start <= x < end of the sentence.

    `factors` are those of the sentence's tokens, from `factors_of`.
    """
    weights = load_attitude_words()
    first, last = place_target(tokens, start, end)
    rows = [weights.get(NAME if token.is_name else token.key) for token in tokens]
    sums = {i: [0.0, 0.0] for i, row in enumerate(rows) if row and not first <= i < last}
    sides: dict[int, str] = {}
    for i, window, factor in see_around(tokens, first, last, factors):
        row = rows[i]
        if row:
            sides[i] = WINDOWS[window]
            for at, by_window in enumerate(row):
                sums[i][at] += by_window[window] * factor
    base = weights[BASE]
    found = [Found(start, end, score, cut(base[at][0]), "base rate") for at, score in enumerate(SCORES)]
    for i, moved in sums.items():
        token = tokens[i]
        rule = f"{sides[i]}: {'a name' if token.is_name else token.key}"
        found += (
            Found(token.start, token.end, score, cut(weight), rule)
            for score, weight in zip(SCORES, moved, strict=True)
            if cut(weight)
        )
    return found


def label_of(attitude: float, charge: float) -> str:
    """Name the attitude: neutral unless it is more likely to be of one side."""
    if charge + abs(attitude) / 2 <= 0:
        return "neutral"
    return "positive" if attitude > 0 else "negative"


@functools.cache
def load_attitude_words() -> dict[str, tuple[tuple[float, ...], ...]]:
    """Load `attitude_words`: by word, for attitude and for charge, the weight in each window."""
    return {
        row["word"]: tuple(
            tuple(float(row[f"{score} {window}"] or 0) for window in WINDOWS) for score in SCORES
        )
        for row in read_word_list("attitude_words")
    }
