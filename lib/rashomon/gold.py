"""Scores against hand labels: how often a stage is right, with n and an interval, and its worst misses.

What is missing counts as wrong: the share right of a column is over all labelled rows, not only over
those that were found.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from rashomon._agreement import (
    COLUMNS,
    Record,
    Rows,
    Task,
    find_faults,
    match_rows,
    name_texts,
    score_pairs,
    wilson_interval,
)
from rashomon._tasks import TASKS
from rashomon.read import read_gold

__all__ = [
    "raise_floors",
    "score_all",
    "score_labels",
    "score_second_pass",
    "wilson_interval",
    "worst_misses",
]


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
    found; `traps left out` is the share of dates, identifiers and idioms not found, or told to be none. Of
    our own *sentences* every label must be found, and status, claimant, carrier and time are judged on the
    core ones.
    *Tone*: polarity and event valence are judged by their sign, within 0.25 of 0 as neither, NaN too;
    subjective from 0.02; hedged without vague words; loaded above 0. *Targets* have no labels of their own:
    give those of the sentences, `{"path": row["path"], **target}`, as `gold`; judged is the label. *Figures*:
    names of slots are free; judged is which figures stand together, each column, and the *cell*: slot,
    amount, bound, status and claimant at once. *Claims*: wordings are free; judged is in how many articles
    a labelled claim is found, and its stance there. *Conflicts*: the labels hold only some
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
    labels = _read_labels(of, gold)
    rows = score_pairs(task, match_rows(task, produced, articles, gold=labels))
    if task.more_rows:
        rows += task.more_rows(produced, articles, labels)
    return pd.DataFrame(rows, columns=COLUMNS)


def score_second_pass(*, of: str) -> pd.DataFrame:
    """Score the second pass of labels against the first, as if a stage had made it.

    Parameters
    ----------
    of : str, keyword-only
        Labels with a second pass: "quantities/sentences_labels", "tone/sentences".

    Returns
    -------
    DataFrame
        As `score_labels` gives it: how far two readings agree by the count that stages are scored by. Where
        the same hand made both passes, it is a ceiling.

    Raises
    ------
    ValueError
        When there is no such kind of labels.
    CorpusError
        When they have no second pass.

    Examples
    --------
    >>> agreed = score_second_pass(of="quantities/sentences_labels")
    >>> bool(agreed["score"].min() > 0.9)
    True
    """
    columns = [(name, column) for name, (column, _) in _task(of).attributes.items()]
    rows = [
        {**row, **{column: row[name] for name, column in columns if name in row}, "path": row.get("path", "")}
        for row in read_gold(f"{of}.second")
    ]
    second = pd.DataFrame(rows, dtype=object)
    second["article_id"] = second["id" if "id" in second else "path"]
    taken = set(second["article_id"])
    first = [row for row in read_gold(of) if row.get("id", row.get("path")) in taken]
    return score_labels(second, second.drop_duplicates("article_id"), of=of, gold=first)


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
    labels = _read_labels(of, gold)
    names = name_texts(articles, labels)
    known = {
        names[article]: (article, raw)
        for article, raw in zip(articles["article_id"], articles["raw"], strict=True)
    }
    rows = []
    for found, labelled in match_rows(task, produced, articles, gold=labels):
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
    if name not in TASKS:
        raise ValueError(f"no labels {name!r}; there are {', '.join(TASKS)}")
    return TASKS[name]


def _read_labels(of: str, gold: Rows | None) -> Rows:
    return [_task(of).prepare(row) for row in (read_gold(of) if gold is None else gold)]


_TABLES = {
    "reading/lines": "lines",
    "reading/dates": "dates",
    "reading/sentences": "sentences",
    "speech/statements": "statements",
    "quantities/quantities": "quantities",
    "tone/sentences": "tone",
    "comparison/figures": "figures",
    "comparison/conflicts": "conflicts",
    "comparison/claims": "claims",
}
