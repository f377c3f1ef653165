"""What is compared with the hand labels of each stage, column by column, and what counts as agreement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from rashomon._agreement import (
    Agree,
    Rows,
    Task,
    is_equal,
    is_same_amount,
    is_same_answer,
    is_same_head,
    is_same_name,
    is_same_sign,
    is_same_value,
    match_rows,
    never,
    share_row,
)
from rashomon._matrix_scores import count_claim_cells, count_figure_cells
from rashomon._quantities.lookalikes import NOT_COUNTED
from rashomon.tone import NEUTRAL


def _judge_claims_where_core(row: Mapping[str, Any]) -> dict[str, Any]:
    """Judge who claims a figure where it is core only, the day of a date apart, a third by two decimals."""
    said = {name: value for name, value in row.items() if row["core"] or name not in _OF_CORE}
    del said["core"]
    if row["kind"] in ("date", "time", "year"):
        said["date"] = row["as_of"]
    if row["kind"] == "fraction" and row["value"] is None:
        said |= dict.fromkeys(("value", "low", "high"), (row["low"], row["high"]))
    return said


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
    task = Task(0.2, {})
    pairs = match_rows(task, quantities, articles, gold=labels)
    traps = [found for found, label in pairs if label and label.row["kind"] in NOT_COUNTED]
    n_left_out = sum(found is None or found.row["kind"] in NOT_COUNTED for found in traps)
    return [share_row("traps left out", n_left_out, len(traps))]


def _same(agree: Agree, *columns: str) -> dict[str, tuple[str, Agree]]:
    return {column: (column, agree) for column in columns}


_OPINION = 0.02  # subjectivity from which a sentence is read as an opinion: about one clear word of it
_NO_HEDGE = 1e-9  # what is left of a sum of floats that is 0


def _read_tone(row: Mapping[Any, Any]) -> dict[Any, Any]:
    """Take the scores of a sentence for answers: what is small is none, vague words hold nothing back."""
    read = {name: row[name] if abs(row[name]) > NEUTRAL else 0.0 for name in ("polarity", "event_valence")}
    read["subjectivity"] = row["subjectivity"] if row["subjectivity"] > _OPINION else 0.0
    doubt = row["hedging"] - row.get("hedging_vague", 0.0)
    return {**row, **read, "hedging": doubt if doubt > _NO_HEDGE else 0.0}


def _is_attitude(found: str, expected: int) -> bool:
    return found == ("neutral", "positive", "negative")[expected]


_TONE = Task(
    0.5,
    _same(is_same_sign, "polarity", "event_valence")
    | {
        "subjective": ("subjectivity", is_same_answer),
        "hedged": ("hedging", is_same_answer),
        "loaded": ("loaded", is_same_answer),
    },
    is_detection=False,
    prepare_found=_read_tone,
)
_OF_CORE = ("status", "attributed_to", "via", "as_of")
_QUANTITIES = Task(
    0.2,
    _same(is_equal, "kind", "bound", "trend", "unit", "status", "as_of")
    | {"value": ("value", is_same_value)}
    | _same(is_same_amount, "low", "high")
    | _same(is_same_head, "counted")
    | _same(is_same_name, "attributed_to", "via"),
    is_optional=lambda row: not row.get("core", True),
    more_rows=_count_traps,
)
TASKS = {
    "reading/lines": Task(
        0.5,
        {"zone": ("zone", is_equal), "part": ("part_id", is_equal)}
        | _same(is_equal, "is_article_text", "carries_claims"),
        is_detection=False,
    ),
    "reading/dates": Task(0.5, _same(is_equal, "kind", "value"), more_rows=_count_days),
    "reading/sentences": Task(1.0, {}, is_unjudged=lambda row: not row["carries_claims"]),
    "speech/statements": Task(0.5, _same(is_equal, "kind", "stance") | _same(is_same_name, "speaker", "via")),
    "quantities/quantities": _QUANTITIES,
    "quantities/sentences_labels": replace(
        _QUANTITIES,
        attributes={**_QUANTITIES.attributes, **_same(is_equal, "is_increment"), "date": ("as_of", is_equal)},
        is_optional=never,
        prepare=_judge_claims_where_core,
    ),
    "tone/sentences": _TONE,
    "tone/texts/sentences": _TONE,
    "tone/targets": Task(0.5, {"attitude": ("label", _is_attitude)}, is_detection=False),
    "tone/texts/parts": Task(0.5, {"register": ("label", is_equal)}, is_detection=False),
    "comparison/figures": Task(
        0.2,
        _same(is_same_amount, "low", "high")
        | _same(is_equal, "bound", "status")
        | _same(is_same_name, "attributed_to"),
        is_unjudged=lambda row: bool(row["note"]),
        more_rows=count_figure_cells,
    ),
    "comparison/claims": Task(0.2, {}, is_detection=False, more_rows=count_claim_cells),
    "comparison/conflicts": Task(
        0.2, _same(is_equal, "verdict"), is_unjudged=lambda row: row["verdict"] == "apparent"
    ),
}
