"""Which claims share a row, which rows are drawn, and what is said of the others: drawn by `claims`."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

import pandas as pd

NOBODY = "nobody is named"
_UNKNOWN = float("nan")
_SIGNS = {"~": "about ", ">": "over ", "<": "up to "}


class _Claim(NamedTuple):
    """What makes two tellings one claim."""

    article: str
    who: str
    status: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    bound: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A row of the figure: names to its left and right, its numbers, and the amount in words.

    `opens` is "up" or "down" where an end is open. A number is NaN where there is none, and all are when one
    of them has no place on a logarithmic axis.
    """

    article: str
    who: str
    status: str
    value: float
    low: float
    high: float
    opens: str
    amount: str


@dataclass(frozen=True, slots=True)
class ClaimRows:
    """Rows from top to bottom, whether each is of all articles, and a sentence on what is not drawn."""

    rows: tuple[ClaimRow, ...]
    is_joined: bool
    left_out: str


def arrange_claims(frame: pd.DataFrame, *, limit: int) -> ClaimRows:
    """Bring tellings of one claim into one row; claims of many articles together, the most told first.

    Parameters
    ----------
    frame : DataFrame
        Table `figures` with a first column `article`.
    limit : int, keyword-only
        Most rows, at least 1. When an article each would take more, a row is a claim of all articles.

    Returns
    -------
    ClaimRows
        The same for rows in any order. Only amounts in the most frequent unit are kept, for one axis
        cannot hold two.

    Examples
    --------
    >>> row = {"article": "a", "attributed_to": "NIS", "via": "", "status": "claimed", "unit": "",
    ...        "bound": ">", "surface": "1,500", "value": Decimal(1500), "low": Decimal(1500), "high": None}
    >>> arrange_claims(pd.DataFrame([row, row], dtype=object), limit=9).rows[0].amount
    'over 1,500 (2 times)'
    """
    told = frame.to_dict("records")
    units = Counter(str(row["unit"]) for row in told)
    unit = min(units, key=lambda name: (-units[name], name), default="")
    kept = [row for row in told if row["unit"] == unit]
    claims: dict[_Claim, list[Mapping[Any, Any]]] = {}
    for row in kept:
        claims.setdefault(_claim_of(row), []).append(row)
    order = sorted(claims, key=lambda claim: (claim.article, *_by_amount(claim)))
    is_joined = len(claims) > limit
    if is_joined:
        claims = _join_articles(claims)
        order = sorted(claims, key=lambda claim: (-len(claims[claim]), *_by_amount(claim)))
        order = _take(order, [len(claims[claim]) for claim in order], limit)
    rows = tuple(_row_of(claim, claims[claim]) for claim in order)
    n_drawn = sum(len(claims[claim]) for claim in order)
    out = []
    if len(order) < len(claims):
        out.append(f"{len(claims) - len(order)} of {len(claims)} claims ({len(kept) - n_drawn} tellings)")
    if len(kept) < len(told):
        out.append(f"{len(told) - len(kept)} of {len(told)} tellings in another unit")
    return ClaimRows(rows, is_joined, f"Not drawn: {', '.join(out)}." if out else "")


def _claim_of(row: Mapping[Any, Any]) -> _Claim:
    who = str(row["attributed_to"]) or NOBODY
    who = f"{who}, via {row['via']}" if row["via"] else who
    amounts = (row["value"], row["low"], row["high"])
    return _Claim(str(row["article"]), who, str(row["status"]), *amounts, str(row["bound"]))


def _join_articles(
    claims: Mapping[_Claim, list[Mapping[Any, Any]]],
) -> dict[_Claim, list[Mapping[Any, Any]]]:
    joined: dict[_Claim, list[Mapping[Any, Any]]] = {}
    for claim, rows in claims.items():
        joined.setdefault(claim._replace(article=""), []).extend(rows)
    named = {}
    for claim, rows in joined.items():
        articles = sorted({str(row["article"]) for row in rows})
        name = articles[0] if len(articles) == 1 else f"{len(articles)} articles"
        named[claim._replace(article=name)] = rows
    return named


def _take(order: list[_Claim], times: list[int], limit: int) -> list[_Claim]:
    """Take the most told; of those told as often as the last, in even steps from the smallest amount up."""
    if len(order) <= limit:
        return order
    first = times.index(times[limit - 1])
    tied = order[first : first + times.count(times[limit - 1])]
    n = limit - first
    return order[:first] + [tied[step * (len(tied) - 1) // max(n - 1, 1)] for step in range(n)]


def _by_amount(claim: _Claim) -> tuple[Any, ...]:
    known = [amount for amount in (claim.value, claim.low, claim.high) if amount is not None]
    return not known, known[:1], known[-1:], str(claim)


def _row_of(claim: _Claim, rows: list[Mapping[Any, Any]]) -> ClaimRow:
    surface = min((str(row["surface"]) for row in rows), key=lambda words: (len(words), words))
    # "Thousands" has no value of its own, so its bound is in the word.
    amount = f"{_SIGNS.get(claim.bound, '') if claim.value is not None else ''}{surface}"
    if not [each for each in (claim.value, claim.low, claim.high) if each is not None]:
        amount = f"{surface} … (no amount)"
    times = f" ({len(rows)} times)" if len(rows) > 1 else ""
    amounts = (claim.value, claim.low, claim.high)
    value, low, high = (_UNKNOWN if each is None else float(each) for each in amounts)
    if any(place <= 0 or math.isinf(place) for place in (value, low, high)):
        value = low = high = _UNKNOWN
    opens = {(True, False): "down", (False, True): "up"}.get((claim.low is None, claim.high is None), "")
    return ClaimRow(claim.article, claim.who, claim.status, value, low, high, opens, f"{amount}{times}")
