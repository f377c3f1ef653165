"""Bring what was found and what was labelled together, and count what agrees.

One matcher serves every table. A row found and a row labelled are the same thing when their spans
overlap enough, each used once, the largest overlap first.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePosixPath
from statistics import NormalDist
from typing import Any

import pandas as pd

Rows = Sequence[Mapping[str, Any]]
Place = tuple[str, int, int]
MoreRows = Callable[[pd.DataFrame, pd.DataFrame, Rows], list[dict[str, Any]]]
Agree = Callable[[Any, Any], bool]

COLUMNS = ["measure", "right", "n", "score", "low", "high"]


@dataclass(frozen=True, slots=True)
class Record:
    """A row, found or labelled: where it stands (two places for a pair) and what it says."""

    places: tuple[Place, ...]
    row: Mapping[Any, Any]


def never(_: Mapping[Any, Any]) -> bool:
    """Say no to any row."""
    return False


def as_it_is(row: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """Give a row back as it is."""
    return row


@dataclass(frozen=True, slots=True)
class Task:
    """How labels are compared: by how much spans must overlap, and which columns must agree, and how.

    `attributes` maps a column of the labels to a column of the table and to what counts as agreement.
    A row found that no label answers is left out when `is_unjudged` says so of it, and a label that no row
    answers when `is_optional` does. `prepare` turns a label into what is compared, `prepare_found` a row
    found; `more_rows` counts what is not told of pairs.
    """

    least_overlap: float
    attributes: Mapping[str, tuple[str, Agree]]
    is_detection: bool = True
    is_unjudged: Callable[[Mapping[Any, Any]], bool] = never
    is_optional: Callable[[Mapping[Any, Any]], bool] = never
    prepare: Callable[[Mapping[str, Any]], Mapping[str, Any]] = as_it_is
    prepare_found: Callable[[Mapping[Any, Any]], Mapping[Any, Any]] = as_it_is
    more_rows: MoreRows | None = None


Pairs = list[tuple[Record | None, Record | None]]


def wilson_interval(right: int, n: int, *, level: float = 0.95) -> tuple[float, float]:
    """Bound the share that `right` of `n` stands for.

    Parameters
    ----------
    right : int
        Number right, 0 to `n`.
    n : int
        Number judged; with 0 nothing is known and the interval is 0 to 1.
    level : float, keyword-only
        Confidence, between 0 and 1.

    Returns
    -------
    tuple of float
        Low and high bound, 0 to 1.

    Raises
    ------
    ValueError
        When `right` is not between 0 and `n`, or `level` not between 0 and 1.

    References
    ----------
    Wilson (1927), "Probable inference, the law of succession, and statistical inference".

    Examples
    --------
    >>> [round(bound, 3) for bound in wilson_interval(9, 10)]
    [0.596, 0.982]
    """
    if not 0 <= right <= n:
        raise ValueError(f"right is {right}, must be from 0 to n = {n}")
    if not 0 < level < 1:
        raise ValueError(f"level is {level}, must be between 0 and 1")
    if n == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + level) / 2)
    share, spread = right / n, z * z / n
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * math.sqrt(share * (1 - share) / n + spread / (4 * n))
    # At the ends rounding would leave a bound a hair away from 0 or 1.
    return (middle - half if right else 0.0), (middle + half if right < n else 1.0)


def share_row(measure: str, right: int, n: int) -> dict[str, Any]:
    """Make a row of scores: the share right, with its Wilson interval; NaN when nothing was judged.

    Examples
    --------
    >>> share_row("zone", 9, 10)["score"]
    0.9
    """
    low, high = wilson_interval(right, n)
    score = right / n if n else float("nan")
    return {"measure": measure, "right": right, "n": n, "score": score, "low": low, "high": high}


def detection_rows(what: str, right: int, n_found: int, n_gold: int) -> list[dict[str, Any]]:
    """Make the rows of precision, recall and F1.

    The bounds of F1 are made from those of the other two, so they are wide.

    Examples
    --------
    >>> [round(row["score"], 2) for row in detection_rows("found", 8, 10, 16)]
    [0.8, 0.5, 0.62]
    """
    precision = share_row(f"{what}: precision", right, n_found)
    recall = share_row(f"{what}: recall", right, n_gold)
    f1 = share_row(f"{what}: F1", 2 * right, n_found + n_gold)
    for bound in ("low", "high"):
        a, b = precision[bound], recall[bound]
        f1[bound] = 2 * a * b / (a + b) if a + b else 0.0
    return [precision, recall, f1]


def match_rows(task: Task, produced: pd.DataFrame, articles: pd.DataFrame, *, gold: Rows) -> Pairs:
    """Pair what was found with what was labelled, best overlap first; what has no partner stands alone.

    Only articles that have labels are looked at; a label without a place (a file that shows no date) is no
    row, and neither is a finding beside the text (a record's date).
    """
    names = name_texts(articles, gold)
    known = set(names.values())
    judged = {_name_text(row, side) for row in gold for side in _sides(row)}
    labelled = [_labelled_record(row) for row in gold if row.get("start", 0) is not None]
    labelled = [record for record in labelled if _is_among(record, known)]
    inside = produced[produced["start"].notna()] if "start" in produced else produced
    found = [_found_record(task.prepare_found(row), names) for row in inside.to_dict("records")]
    found = [record for record in found if _is_among(record, judged)]
    partner = _pair_up(found, labelled, task.least_overlap)
    pairs: Pairs = []
    for at, record in enumerate(found):
        if at in partner:
            pairs.append((record, labelled[partner[at]]))
        elif not task.is_unjudged(record.row):
            pairs.append((record, None))
    taken = set(partner.values())
    left = (record for at, record in enumerate(labelled) if at not in taken)
    return pairs + [(None, record) for record in left if not task.is_optional(record.row)]


def name_texts(articles: pd.DataFrame, gold: Rows) -> dict[str, str]:
    """Name the articles as labels do: by their file, or by `id` where many texts are lines of one file."""
    if any("id" in row for row in gold):
        return {article: article for article in articles["article_id"]}
    named = zip(articles["article_id"], articles["path"], strict=True)
    return {article: PurePosixPath(path).name for article, path in named}


def score_pairs(task: Task, pairs: Pairs) -> list[dict[str, Any]]:
    """Count what was found, and which columns agree; what is missing counts as wrong."""
    rows: list[dict[str, Any]] = []
    if task.is_detection:
        n_both = sum(found is not None and labelled is not None for found, labelled in pairs)
        n_found = sum(found is not None for found, _ in pairs)
        n_gold = sum(labelled is not None for _, labelled in pairs)
        rows += detection_rows("found", n_both, n_found, n_gold)
    for name, (column, agree) in task.attributes.items():
        judged = [(f, g) for f, g in pairs if g and is_judged(g.row, name)]
        right = sum(f is not None and agree(f.row[column], g.row[name]) for f, g in judged)
        rows.append(share_row(name, right, len(judged)))
    return rows


def is_judged(label: Mapping[Any, Any], name: str) -> bool:
    """Whether a label says something of a column: labels marked as not `core` are only to be found."""
    return name in label and bool(label.get("core", True))


def find_faults(task: Task, found: Record | None, labelled: Record | None) -> list[tuple[str, str, str]]:
    """List what is wrong with a pair: what, expected, found."""
    if labelled is None:
        return (
            [("extra", "", "found")] if task.is_detection else []
        )  # labels of a sample say nothing of the rest
    if found is None:
        return [("missed", "found", "")]
    return [
        (name, _written(labelled.row[name]), _written(found.row[column]))
        for name, (column, agree) in task.attributes.items()
        if is_judged(labelled.row, name) and not agree(found.row[column], labelled.row[name])
    ]


def _written(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _pair_up(found: Sequence[Record], labelled: Sequence[Record], least_overlap: float) -> dict[int, int]:
    by_files: dict[tuple[str, ...], list[int]] = {}
    for at, record in enumerate(labelled):
        by_files.setdefault(_files(record), []).append(at)
    candidates = []
    for at, record in enumerate(found):
        for other in by_files.get(_files(record), ()):
            overlap = min(map(_overlap, record.places, labelled[other].places))
            if overlap >= least_overlap:
                candidates.append((-overlap, at, other))
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, at, other in sorted(candidates):
        if at not in partner and other not in taken:
            partner[at] = other
            taken.add(other)
    return partner


def _files(record: Record) -> tuple[str, ...]:
    return tuple(name for name, _, _ in record.places)


def _is_among(record: Record, names: set[str]) -> bool:
    return names.issuperset(_files(record))


def _labelled_record(row: Mapping[str, Any]) -> Record:
    places = [(_name_text(row, s), row[f"start{s}"], row[f"end{s}"]) for s in _sides(row)]
    return Record(tuple(sorted(places)), row)


def _sides(row: Mapping[str, Any]) -> tuple[str, ...]:
    return ("_a", "_b") if "path_a" in row else ("",)


def _name_text(row: Mapping[str, Any], side: str) -> str:
    return str(row["id"]) if "id" in row else PurePosixPath(row[f"path{side}"]).name


def _found_record(row: Mapping[Any, Any], names: Mapping[str, str]) -> Record:
    if "article_a" in row:
        places = [(names[row[f"article{s}"]], row[f"start{s}"], row[f"end{s}"]) for s in ("_a", "_b")]
    else:
        places = [(names[row["article_id"]], row["start"], row["end"])]
    return Record(tuple(sorted(places)), row)


def _overlap(a: Place, b: Place) -> float:
    """Share of the characters of both spans that lie in both."""
    shared = min(a[2], b[2]) - max(a[1], b[1])
    return max(0, shared) / max(1, max(a[2], b[2]) - min(a[1], b[1]))


def is_equal(found: Any, expected: Any) -> bool:
    """Whether two values are the same."""
    return bool(found == expected)


def is_same_amount(found: Any, expected: Any) -> bool:
    """Whether an exact amount is the one written in the label; both may be unknown.

    A third has no finite decimal: its label holds the two decimals it lies between, and any amount between
    them is right.

    Examples
    --------
    >>> is_same_amount(Decimal("1.20"), "1.2"), is_same_amount(None, None)
    (True, True)
    >>> is_same_amount(Decimal("0.33334"), ("0.3333", "0.3334"))
    True
    """
    if found is None or expected is None:
        return found is expected
    low, high = expected if isinstance(expected, tuple) else (expected, expected)
    return Decimal(str(low)) <= Decimal(str(found)) <= Decimal(str(high))


def is_same_value(found: Any, expected: Any) -> bool:
    """Whether an amount is the same; of a third, whose label holds two decimals, none need be given.

    Examples
    --------
    >>> is_same_value(None, ("0.3333", "0.3334")), is_same_value(None, "0.3333")
    (True, False)
    """
    return (found is None and isinstance(expected, tuple)) or is_same_amount(found, expected)


def is_same_name(found: str, expected: str) -> bool:
    """Whether all words of one name are in the other; a name and no name differ.

    Examples
    --------
    >>> is_same_name("Gray", "Ann Gray"), is_same_name("", "Ann Gray")
    (True, False)
    """
    ours, theirs = _name_words(found), _name_words(expected)
    return ours == theirs if not ours or not theirs else ours <= theirs or theirs <= ours


def _name_words(name: str) -> set[str]:
    words = name.casefold().replace("’", "'").split()
    return {word.removesuffix("'s") for word in words} - {"the"}


def is_same_head(found: str, expected: str) -> bool:
    """Whether two phrases end in the same word.

    Examples
    --------
    >>> is_same_head("soldiers", "North Korean soldiers")
    True
    """
    return found.casefold().split()[-1:] == expected.casefold().split()[-1:]


def is_same_sign(found: float, expected: int) -> bool:
    """Whether a measure is above, below or at 0 as the label is; NaN is at 0.

    Examples
    --------
    >>> is_same_sign(-0.2, -2), is_same_sign(float("nan"), 0)
    (True, True)
    """
    return ((found > 0) - (found < 0)) == ((expected > 0) - (expected < 0))


def is_same_answer(found: Any, expected: Any) -> bool:
    """Whether a share is above 0, or a list not empty, exactly when the label says yes: 1, or such a list.

    Examples
    --------
    >>> is_same_answer(0.1, ["whopping"]), is_same_answer(0.0, [])
    (True, True)
    """
    return bool(found if isinstance(found, list) else found > 0) == bool(expected)
