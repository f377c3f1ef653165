"""Tell who gives a figure, and which tellings of it are one claim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from rashomon._counted import PLANNED, SEPARATOR, words_with

Row = Mapping[Any, Any]

_NAME_WORD = re.compile(r"[^\W\d_]+")
_SPELLED_ALIKE = 80


def names_of(claimant: str) -> list[str]:
    """Give the words that say who somebody is: a name, or a part such as "organizers"; none for "reports".

    Examples
    --------
    >>> names_of("Recent reports"), names_of("Mayor Ana Ruiz"), names_of("the organizers")
    ([], ['Mayor', 'Ana', 'Ruiz'], ['organizers'])
    """
    words = [word for word in _NAME_WORD.findall(claimant) if word.casefold() not in words_with("unnamed")]
    return [word for word in words if word[0].isupper()] or words


def are_rivals(a: str, b: str) -> bool:
    """Whether two named claimants are not the same.

    Examples
    --------
    >>> [are_rivals("Mayor Ana Ruiz", other) for other in ("Red Cross", "Ruiz", "")]
    [True, False, False]
    """
    return bool(names_of(a) and names_of(b)) and not _is_same_claimant(a, b)


def size_of(row: Row) -> Decimal | None:
    """Give the amount that a telling names, bounds aside; the upper end of a range."""
    amount: Decimal | None = row["low"] if row["high"] is None else row["high"]
    return amount


def name_claims(rows: Iterable[Row]) -> list[str]:
    """Name the claim that each figure tells: one slot, one amount, one claimant as far as one is named.

    Parameters
    ----------
    rows : iterable of mapping
        Rows of `figures` of one event.

    Returns
    -------
    list of str
        A name a row, made from where its claim is told first; "" without a slot or an amount. A telling that
        names nobody joins the only named claimant; who passes a figure on is not another claimant.

    Examples
    --------
    >>> at = {"article_id": "x", "slot": "boats", "low": 3, "high": 3, "bound": "="}
    >>> name_claims(
    ...     {**at, "start": n, "attributed_to": who} for n, who in enumerate(("Ana Ruiz", "", "Ruiz"))
    ... )
    ['x-0', 'x-0', 'x-0']
    """
    told = list(rows)
    by_amount: dict[tuple[Any, ...], list[int]] = {}
    for at, row in enumerate(told):
        amount = size_of(row)
        if row["slot"] and amount is not None:
            is_range = row["low"] is not None and row["high"] is not None and row["low"] != row["high"]
            by_amount.setdefault((row["slot"], row["low"] if is_range else amount, amount), []).append(at)
    names = [""] * len(told)
    for members in by_amount.values():
        for claim in _by_claimant(sorted(members, key=lambda at: _place(told[at])), told):
            first = told[claim[0]]
            for at in claim:
                names[at] = f"{first['article_id']}-{first['start']}"
    return names


def is_plan(row: Row) -> bool:
    """Whether a figure tells what is to come."""
    return bool(row["slot"].endswith(f"{SEPARATOR}{PLANNED}"))


def _by_claimant(members: list[int], told: list[Row]) -> list[list[int]]:
    """Split the tellings of one amount by named claimant."""
    claims: list[list[int]] = []
    unnamed: list[int] = []
    # The longest name first: "Ruiz" joins "Mayor Ana Ruiz", not the other way round.
    named = sorted(members, key=lambda at: (-len(names_of(told[at]["attributed_to"])), _place(told[at])))
    for at in named:
        who = told[at]["attributed_to"]
        if not names_of(who):
            unnamed.append(at)
            continue
        same = (claim for claim in claims if not are_rivals(told[claim[0]]["attributed_to"], who))
        claim = next(same, None)
        if claim is None:
            claims.append([at])
        else:
            claim.append(at)
    if unnamed and len(claims) == 1:
        claims[0] += unnamed
    elif unnamed:
        claims.append(unnamed)
    return [sorted(claim, key=lambda at: _place(told[at])) for claim in claims]


def _place(row: Row) -> tuple[str, int]:
    return row["article_id"], row["start"]


def _is_same_claimant(a: str, b: str) -> bool:
    """Whether all words of the shorter name are in the longer, as a word spelled alike or as initials."""
    from rapidfuzz.fuzz import ratio

    short, long = sorted((a, b), key=lambda claimant: (len(names_of(claimant)), claimant))
    words = [word.casefold() for word in names_of(long)]
    initials = "".join(word[0] for word in _NAME_WORD.findall(long) if word[0].isupper())
    return all(
        any(ratio(name.casefold(), word) >= _SPELLED_ALIKE for word in words)
        or (len(name) > 1 and name.isupper() and name in initials)
        for name in names_of(short)
    )
