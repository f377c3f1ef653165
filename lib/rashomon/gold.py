"""Scores against hand labels: how often a stage is right, with n and an interval, and its worst misses.

What is missing counts as wrong: the share right of a column is over all labelled rows, not only over
those that were found.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from rashomon._agreement import (
    COLUMNS,
    Agree,
    Record,
    Rows,
    Task,
    detection_rows,
    find_faults,
    is_equal,
    is_same_amount,
    is_same_answer,
    is_same_head,
    is_same_name,
    is_same_sign,
    match_rows,
    never,
    score_pairs,
    share_row,
    wilson_interval,
)
from rashomon._quantities.lookalikes import NOT_COUNTED
from rashomon.read import read_gold

__all__ = ["raise_floors", "score_all", "score_labels", "wilson_interval", "worst_misses"]


def score_labels(
    produced: pd.DataFrame, articles: pd.DataFrame, *, of: str, gold: Rows | None = None
) -> pd.DataFrame:
    """Score a table against hand labels.

    Parameters
    ----------
    produced : DataFrame
        The table of a stage: `lines` for "reading/lines", `dates`, `sentences`, `statements`,
        `quantities`, `tone`, `figures` or `conflicts`.
    articles : DataFrame
        Articles of a corpus that holds the labeled files; other files are left out.
    of : str, keyword-only
        Labels, a file under `data/gold` such as "speech/statements".
    gold : sequence of mapping, keyword-only
        Labels; by default those of the repository.

    Returns
    -------
    DataFrame
        `measure`, `right`, `n`, `score` (right / n, 0 to 1, up is better; NaN when n is 0), `low` and
        `high` (95 % Wilson interval; those of an F1 are made from precision and recall, so wide).

    Raises
    ------
    ValueError
        When there is no such kind of labels.
    CorpusError
        When the labels are not there.

    Notes
    -----
    *Sentences* must agree at both ends; only those that carry claims are judged. *Statements* and *dates*
    must overlap by half; speakers agree when all words of one name are in the other. *Quantities*: labels
    marked `core` (figures about the event) must be found and columns are judged on them; the others may be
    found; `traps left out` is the share of dates, identifiers and idioms not found, or told to be none.
    *Tone*: a measure says yes when it is above 0; polarity is judged by its sign, NaN as neither. *Figures*:
    names of slots are free; judged is which figures stand together. *Conflicts*: the labels hold only some
    of the pairs of what is there and what is planned, so such a pair that is not labeled is neither right
    nor wrong when it is called apparent, and wrong when it is called anything else.

    Examples
    --------
    >>> from rashomon import read_corpus
    >>> seeds = read_corpus("seeds")
    >>> score_labels(seeds.lines, seeds.articles, of="reading/lines")["measure"].tolist()
    ['zone', 'part', 'is_article_text', 'carries_claims']
    """
    task = _task(of)
    labels = read_gold(of) if gold is None else gold
    rows = score_pairs(task, match_rows(task, produced, articles, gold=labels))
    if of in _MORE_ROWS:
        rows += _MORE_ROWS[of](produced, articles, labels)
    return pd.DataFrame(rows, columns=COLUMNS)


def worst_misses(
    produced: pd.DataFrame, articles: pd.DataFrame, *, of: str, limit: int = 10, gold: Rows | None = None
) -> pd.DataFrame:
    """List what a stage got wrong, longest passages first, so that nobody chooses the examples.

    Parameters
    ----------
    produced, articles : DataFrame
        The table of the stage and the articles it was made from.
    of : str, keyword-only
        Labels, such as "speech/statements".
    limit : int, keyword-only
        Most rows.
    gold : sequence of mapping, keyword-only
        Labels; by default those of the repository.

    Returns
    -------
    DataFrame
        `article_id`, `start`, `end`, `what` (missed, extra, or the column that differs),
        `expected`, `found`, `text` (the words; of a pair, both). Longest first, then by file and place.

    Raises
    ------
    ValueError
        When there is no such kind of labels.

    Examples
    --------
    >>> from rashomon import read_corpus
    >>> seeds = read_corpus("seeds")
    >>> nothing_found = seeds.sentences.head(0)
    >>> worst_misses(nothing_found, seeds.articles, of="reading/sentences", limit=1)["what"].tolist()
    ['missed']
    """
    task = _task(of)
    known = {
        PurePosixPath(path).name: (article, raw)
        for path, article, raw in zip(articles["path"], articles["article_id"], articles["raw"], strict=True)
    }
    rows = []
    for found, labelled in match_rows(task, produced, articles, gold=read_gold(of) if gold is None else gold):
        faults = find_faults(task, found, labelled)
        places = (labelled or found or Record((), {})).places
        for what, expected, got in faults:
            name, start, end = places[0]
            text = " | ".join(known[file][1][first:last] for file, first, last in places)
            rows.append((start - end, name, start, what, text, (known[name][0], end, expected, got)))
    rows.sort(key=lambda row: row[:5])
    misses = [
        {
            "article_id": article,
            "start": start,
            "end": end,
            "what": what,
            "expected": expected,
            "found": got,
            "text": text,
        }
        for _, _, start, what, text, (article, end, expected, got) in rows[:limit]
    ]
    columns = ["article_id", "start", "end", "what", "expected", "found", "text"]
    return pd.DataFrame(misses, columns=columns)


def score_all(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Score every table for which there are labels.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        As `analyze` returns them, of a corpus that holds the labelled files.

    Returns
    -------
    DataFrame
        Columns of `score_labels` with `labels` before them, in the order of the stages.

    Raises
    ------
    CorpusError
        When there are no labels.
    """
    scored = [
        score_labels(tables[table], tables["articles"], of=labels).assign(labels=labels)
        for labels, table in _TABLES.items()
    ]
    return pd.concat(scored, ignore_index=True)[["labels", *COLUMNS]]


def raise_floors(
    scores: pd.DataFrame, floors: Mapping[str, float], *, may_fall: bool = False
) -> dict[str, float]:
    """Pin each score as a floor, rounded down to two decimals; a floor only rises.

    Parameters
    ----------
    scores : DataFrame
        As `score_all` gives it.
    floors : mapping of str to float
        Floors so far, by "labels: measure".
    may_fall : bool, keyword-only
        Let floors fall as well: only after labels were corrected.

    Returns
    -------
    dict of str to float
        Floors by "labels: measure", in the order of the scores.

    Examples
    --------
    >>> scores = pd.DataFrame({"labels": ["x"], "measure": ["zone"], "score": [0.978]})
    >>> raise_floors(scores, {}), raise_floors(scores, {"x: zone": 0.99})
    ({'x: zone': 0.97}, {'x: zone': 0.99})
    """
    raised = {}
    for labels, measure, score in zip(scores["labels"], scores["measure"], scores["score"], strict=True):
        name = f"{labels}: {measure}"
        measured = 0.0 if math.isnan(score) else math.floor(score * 100 + 1e-9) / 100
        raised[name] = measured if may_fall else max(measured, floors.get(name, 0.0))
    return raised


def _task(name: str) -> Task:
    if name not in _TASKS:
        raise ValueError(f"no labels {name!r}; there are {', '.join(_TASKS)}")
    return _TASKS[name]


def _count_days(_: pd.DataFrame, articles: pd.DataFrame, labels: Rows) -> list[dict[str, Any]]:
    days = {PurePosixPath(row["path"]).name: row for row in labels}
    rows = []
    for column in ("published", "page_date"):
        told = [
            (day, days[PurePosixPath(path).name][column])
            for path, day in zip(articles["path"], articles[column], strict=True)
            if column in days.get(PurePosixPath(path).name, ())
        ]
        rows.append(share_row(column, sum(day == expected for day, expected in told), len(told)))
    return rows


def _count_traps(quantities: pd.DataFrame, articles: pd.DataFrame, labels: Rows) -> list[dict[str, Any]]:
    task = replace(_TASKS["quantities/quantities"], is_optional=never)
    pairs = match_rows(task, quantities, articles, gold=labels)
    traps = [found for found, label in pairs if label and label.row["kind"] in NOT_COUNTED]
    n_left_out = sum(found is None or found.row["kind"] in NOT_COUNTED for found in traps)
    return [share_row("traps left out", n_left_out, len(traps))]


def _count_slots(figures: pd.DataFrame, articles: pd.DataFrame, labels: Rows) -> list[dict[str, Any]]:
    pairs = match_rows(_TASKS["comparison/figures"], figures, articles, gold=labels)
    both = [(found.row["slot"], label.row["slot"]) for found, label in pairs if found and label]
    together = [(a[0] == b[0], a[1] == b[1]) for a, b in combinations(both, 2)]
    n_right = sum(ours and theirs for ours, theirs in together)
    return detection_rows("same slot", n_right, sum(o for o, _ in together), sum(t for _, t in together))


def _same(agree: Agree, *columns: str) -> dict[str, tuple[str, Agree]]:
    return {column: (column, agree) for column in columns}


_TASKS = {
    "reading/lines": Task(
        0.5,
        {"zone": ("zone", is_equal), "part": ("part_id", is_equal)}
        | _same(is_equal, "is_article_text", "carries_claims"),
        is_detection=False,
    ),
    "reading/dates": Task(0.5, _same(is_equal, "kind", "value")),
    "reading/sentences": Task(1.0, {}, is_unjudged=lambda row: not row["carries_claims"]),
    "speech/statements": Task(0.5, _same(is_equal, "kind", "stance") | _same(is_same_name, "speaker", "via")),
    "quantities/quantities": Task(
        0.2,
        _same(is_equal, "kind", "bound", "trend", "unit", "status", "as_of")
        | _same(is_same_amount, "value", "low", "high")
        | _same(is_same_head, "counted")
        | _same(is_same_name, "attributed_to", "via"),
        is_optional=lambda row: not row.get("core", True),
    ),
    "tone/sentences": Task(
        0.5,
        {
            "polarity": ("polarity", is_same_sign),
            "subjective": ("subjectivity", is_same_answer),
            "hedged": ("hedging", is_same_answer),
            "loaded": ("loaded", is_same_answer),
        },
        is_detection=False,
    ),
    "comparison/figures": Task(0.2, {}),
    "comparison/conflicts": Task(
        0.2, _same(is_equal, "verdict"), is_unjudged=lambda row: row["verdict"] == "apparent"
    ),
}
_TABLES = {
    "reading/lines": "lines",
    "reading/dates": "dates",
    "reading/sentences": "sentences",
    "speech/statements": "statements",
    "quantities/quantities": "quantities",
    "tone/sentences": "tone",
    "comparison/figures": "figures",
    "comparison/conflicts": "conflicts",
}
_MORE_ROWS: dict[str, Callable[[pd.DataFrame, pd.DataFrame, Rows], list[dict[str, Any]]]] = {
    "reading/dates": _count_days,
    "quantities/quantities": _count_traps,
    "comparison/figures": _count_slots,
}
