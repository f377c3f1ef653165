"""Score the two matrices of the comparison cell by cell: a claim, with a number or none, in an article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from rashomon._agreement import (
    Rows,
    Task,
    detection_rows,
    is_equal,
    is_same_amount,
    is_same_name,
    match_rows,
    share_row,
)

_CELL = {
    "low": is_same_amount,
    "high": is_same_amount,
    "bound": is_equal,
    "status": is_equal,
    "attributed_to": is_same_name,
}


def count_figure_cells(figures: pd.DataFrame, articles: pd.DataFrame, labels: Rows) -> list[dict[str, Any]]:
    """Count which figures stand together, and which cells of the matrix are right altogether.

    A cell is right when its amount, bound, status and claimant are, and when its slot is the one that most
    figures of the labelled slot have. Names of slots are free.
    """
    pairs = match_rows(
        Task(0.2, {}, is_unjudged=lambda row: bool(row["note"])), figures, articles, gold=labels
    )
    both = [(found.row, label.row) for found, label in pairs if found and label]
    together = [
        (a[0]["slot"] == b[0]["slot"], a[1]["slot"] == b[1]["slot"]) for a, b in combinations(both, 2)
    ]
    n_right = sum(ours and theirs for ours, theirs in together)
    rows = detection_rows("same slot", n_right, sum(o for o, _ in together), sum(t for _, t in together))
    shared = Counter((label["slot"], found["slot"]) for found, label in both)
    usual = {
        slot: max((n, ours) for (theirs, ours), n in shared.items() if theirs == slot)[1]
        for slot, _ in shared
    }
    right = [
        usual[label["slot"]] == found["slot"]
        and all(agree(found[name], label[name]) for name, agree in _CELL.items() if name in label)
        for found, label in both
    ]
    n_found, n_gold = (sum(pair[side] is not None for pair in pairs) for side in (0, 1))
    return rows + detection_rows("cell", sum(right), n_found, n_gold)


def count_claim_cells(claims: pd.DataFrame, articles: pd.DataFrame, labels: Rows) -> list[dict[str, Any]]:
    """Count in how many articles a labelled claim is found, and with the right stance.

    A labelled claim is held against the claim of the table that it shares most cells with, by F1; wordings
    are free. A cell is found when a telling of that claim overlaps the labelled one.
    """
    names = {a: PurePosixPath(p).name for a, p in zip(articles["article_id"], articles["path"], strict=True)}
    told_in: dict[str, list[Mapping[Any, Any]]] = {}
    files_of: dict[str, set[str]] = {}
    for row in claims[claims["stance"] != "absent"].to_dict("records"):
        file = names[row["article_id"]]
        told_in.setdefault(file, []).append(row)
        files_of.setdefault(row["claim_id"], set()).add(file)
    n_cells = n_found = n_beside = n_stance = 0
    for places in _by_claim(labels, set(names.values())).values():
        files = {place["file"] for place in places}
        hits: dict[str, list[tuple[str, bool]]] = {}
        for place in places:
            for row in told_in.get(place["file"], ()):
                if row["start"] < place["end"] and place["start"] < row["end"]:
                    is_same = row["stance"] == place["stance"]
                    hits.setdefault(row["claim_id"], []).append((place["file"], is_same))
        n_cells += len(files)
        if not hits:
            continue
        best = max(hits, key=lambda claim: (_f1(hits[claim], files, files_of[claim]), claim))
        n_found += len({file for file, _ in hits[best]})
        n_stance += len({file for file, is_same in hits[best] if is_same})
        n_beside += len(files_of[best] - files)
    rows = detection_rows("claim in article", n_found, n_found + n_beside, n_cells)
    return [*rows, share_row("stance, where found", n_stance, n_found)]


def _by_claim(labels: Rows, files: set[str]) -> dict[str, list[Mapping[str, Any]]]:
    claims: dict[str, list[Mapping[str, Any]]] = {}
    for row in labels:
        file = PurePosixPath(row["path"]).name
        if file in files:
            claims.setdefault(row["claim"], []).append({**row, "file": file})
    return claims


def _f1(hits: Sequence[tuple[str, bool]], files: set[str], ours: set[str]) -> float:
    return 2 * len({file for file, _ in hits}) / (len(files) + len(ours))
