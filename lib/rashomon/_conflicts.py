"""Find tellings of one figure that contradict each other, or that only seem to agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import combinations, product
from typing import Any

import pandas as pd

from rashomon._counted import PLANNED, SEPARATOR, name_counted, words_with
from rashomon.tables import make_table

Row = Mapping[Any, Any]
Interval = tuple[Decimal, Decimal]

_NAME_WORD = re.compile(r"[^\W\d_]+")
_NEAR_SHARE = Decimal("0.1")
_OTHER_POPULATION = 20
_SPELLED_ALIKE = 80
_OPEN = Decimal("Infinity")


def find_conflicts(figures: pd.DataFrame, articles: pd.DataFrame | None = None) -> pd.DataFrame:
    """Find tellings of one figure that differ, or that only seem to agree.

    Tellings are compared when they share a slot but for `planned`, when the words before the noun do not
    name different populations, and when the larger is at most 20 times the smaller (beyond that they
    hardly count the same thing). Each pair is explained in one sentence.

    Parameters
    ----------
    figures : DataFrame
        Table `figures`.
    articles : DataFrame, optional
        Table `articles`; with it, the day of publication dates a figure that carries no time of its own.

    Returns
    -------
    DataFrame
        Table `conflicts`; its `slot` is that of the first telling. "About" allows 10 % on either side, "more
        than" and "less than" leave a side open. Verdicts:

        * `real`: the amounts cannot both hold, both are dated, and two named claimants give them;
        * `partly real`: they cannot both hold, but the same claimant or no named one gives them, or both
          are plans;
        * `unresolved`: they cannot both hold, and one has no date: a later count or a rival one;
        * `apparent`: no contradiction, though it looks like one: what is there already against what is
          planned, two times, or a bound that leaves room;
        * `false agreement`: the same amount from two named claimants for what is to come, which nobody
          can have counted: two claims, not one confirmed.

    Notes
    -----
    Known limits. Precision before recall: an article that gives several amounts for a slot itself, but not
    from two named claimants, is left out of that slot. Place is not looked at, and one event a folder is
    taken for granted: in a folder of many events most rows set different things side by side. All pairs of a
    slot are compared, so the work grows with the square of the tellings of one slot.

    Examples
    --------
    >>> two = [{"slot": "people · killed", "article_id": a, "start": 0, "end": 2, "sentence_id": 1,
    ...         "part_id": 1, "low": Decimal(n), "high": Decimal(n), "bound": "=", "attributed_to": who,
    ...         "as_of": "2024-05-01"}
    ...        for a, n, who in (("x", 12, "Mayor Ana Ruiz"), ("y", 30, "Red Cross"))]
    >>> find_conflicts(make_table("figures", two))["verdict"].tolist()
    ['real']
    """
    days = {} if articles is None else dict(zip(articles["article_id"], articles["published"], strict=True))
    slots: dict[str, list[Row]] = {}
    for row in figures.to_dict("records"):
        has_noun = row["slot"] and row["slot"].split(SEPARATOR)[0] != row["unit"]
        if has_noun and not _is_vague(row):
            day = row["as_of"] or days.get(row["article_id"], "")
            telling = {**row, "day": day, "narrow": name_counted(row["counted"])[1]}
            slots.setdefault(row["slot"], []).append(telling)
    slots = {slot: _keep_single_minded(told) for slot, told in slots.items()}
    rows = []
    for slot, told in slots.items():
        for a, b in _pairs_between_tellings(told):
            rows += _judge(a, b, _judge_same_time(a, b))
        for a, b in _pairs_with_plans(told, slots.get(f"{slot}{SEPARATOR}{PLANNED}", [])):
            rows += _judge(a, b, _judge_plan(a, b))
    return make_table("conflicts", rows)


def _pairs_between_tellings(told: list[Row]) -> Iterator[tuple[Row, Row]]:
    for a, b in combinations(told, 2):
        if (a["article_id"], a["part_id"]) != (b["article_id"], b["part_id"]) and _is_one_population(a, b):
            yield a, b


def _pairs_with_plans(told: list[Row], plans: list[Row]) -> Iterator[tuple[Row, Row]]:
    """Pair what is with what is planned: first tellings between articles, all tellings within a part."""
    for a, b in product(_first_tellings(told), _first_tellings(plans)):
        if a["article_id"] != b["article_id"] and _is_one_population(a, b):
            yield a, b
    for a, b in product(told, plans):
        if (a["article_id"], a["part_id"]) == (b["article_id"], b["part_id"]) and _is_one_population(a, b):
            yield a, b


def _keep_single_minded(told: list[Row]) -> list[Row]:
    """Leave out articles that give several amounts for a slot themselves, but for those of two claimants.

    "Two boats closed in on a convoy of five boats": the noun holds more than one thing there.
    """
    by_article: dict[str, list[Row]] = {}
    for row in told:
        by_article.setdefault(row["article_id"], []).append(row)
    return [
        row
        for rows in by_article.values()
        if not any(_is_disjoint(a, b) and not _are_rivals(a, b) for a, b in combinations(rows, 2))
        for row in rows
    ]


def _first_tellings(told: Iterable[Row]) -> list[Row]:
    """Keep one telling of each amount an article gives, one with a named claimant if there is one."""
    first: dict[tuple[str, Decimal], Row] = {}
    for row in sorted(told, key=lambda row: not _names_in(row["attributed_to"])):
        first.setdefault((row["article_id"], _size(row)), row)
    return list(first.values())


def _is_one_population(a: Row, b: Row) -> bool:
    if a["narrow"] and b["narrow"] and not a["narrow"] & b["narrow"]:
        return False
    small, large = sorted((_size(a), _size(b)))
    return large <= _OTHER_POPULATION * small


def _is_vague(row: Row) -> bool:
    """Whether the amount allows too much to compare: none at all, or "thousands"."""
    is_unknown = row["low"] is None and row["high"] is None
    return is_unknown or (_is_open(row) and not any(character.isdigit() for character in row["surface"]))


def _size(row: Row) -> Decimal:
    amount: Decimal = row["low"] if row["high"] is None else row["high"]
    return abs(amount)


def _allowed(row: Row) -> Interval:
    """Say which amounts the words allow."""
    low, high = row["low"], row["high"]
    if row["bound"] == "~":
        low = None if low is None else low - abs(low) * _NEAR_SHARE
        high = None if high is None else high + abs(high) * _NEAR_SHARE
    return (-_OPEN if low is None else low), (_OPEN if high is None else high)


def _is_disjoint(a: Row, b: Row) -> bool:
    (low_a, high_a), (low_b, high_b) = _allowed(a), _allowed(b)
    return high_a < low_b or high_b < low_a


def _is_open(row: Row) -> bool:
    return row["low"] is None or row["high"] is None


def _is_near(a: Row, b: Row) -> bool:
    """Whether the amounts named are one amount, more or less, bounds aside."""
    small, large = sorted((_size(a), _size(b)))
    return small >= large - large * _NEAR_SHARE


def _judge(a: Row, b: Row, judged: tuple[str, str] | None) -> list[dict[str, Any]]:
    if judged is None:
        return []
    first, second = sorted((a, b), key=lambda row: (row["article_id"], row["start"]))
    row = {"slot": first["slot"], "verdict": judged[0], "reason": judged[1]}
    for side, telling in (("a", first), ("b", second)):
        row |= {f"article_{side}": telling["article_id"]}
        row |= {f"start_{side}": telling["start"], f"end_{side}": telling["end"]}
    return [row]


def _judge_plan(a: Row, b: Row) -> tuple[str, str] | None:
    if _is_near(a, b):
        return None
    done, planned = f"{_say(a)} is told of what has happened", f"{_say(b)} of what is planned"
    return "apparent", f"{done}, {planned}: a part does not contradict a whole."


def _judge_same_time(a: Row, b: Row) -> tuple[str, str] | None:
    if not _is_disjoint(a, b):
        return _judge_overlap(a, b)
    amounts = f"{_say(a)} against {_say(b)}"
    if bool(a["as_of"]) != bool(b["as_of"]) and _is_plan(a) and _is_plan(b):
        return "apparent", f"{amounts}: one is for a day, the other for the whole plan."
    if a["as_of"] and b["as_of"] and not _is_same_time(a["as_of"], b["as_of"]):
        return "apparent", f"{amounts}: they speak of {a['as_of']} and {b['as_of']}."
    if _is_plan(a) and _is_plan(b):
        return "partly real", f"{amounts}: plans that differ, as far as both mean the same plan."
    if not a["day"] or not b["day"]:
        return "unresolved", f"{amounts}: not both are dated, so a later count is not told from a rival one."
    who_a, who_b = a["attributed_to"], b["attributed_to"]
    if _are_rivals(a, b):
        return "real", f"{amounts}: {who_a} and {who_b} cannot both be right."
    if _names_in(who_a) and _names_in(who_b):
        return "partly real", f"{amounts}: both come from {who_a}; one may be a later count."
    return "partly real", f"{amounts}: not both name who says so; one may be a later count."


def _judge_overlap(a: Row, b: Row) -> tuple[str, str] | None:
    """Judge two tellings whose amounts can both hold."""
    if not _is_near(a, b):
        wide, other = (a, b) if _is_open(a) else (b, a)
        return "apparent", f"{_say(wide)} leaves room for {_say(other)}."
    if not _is_plan(a) or _size(a) != _size(b) or _is_open(a) or _is_open(b) or not _are_rivals(a, b):
        # What has happened can be counted: there two claimants with one amount may well confirm each other.
        return None
    names = f"{a['attributed_to']} and {b['attributed_to']}"
    return (
        "false agreement",
        f"{names} both give {_say(a)} for what is to come: two claims, not one confirmed.",
    )


def _is_plan(row: Row) -> bool:
    return bool(row["slot"].endswith(f"{SEPARATOR}{PLANNED}"))


def _is_same_time(a: str, b: str) -> bool:
    """Whether one ISO date is the other, or the other said less exactly."""
    return a.startswith(b) or b.startswith(a)


def _names_in(claimant: str) -> list[str]:
    """Give the capitalized words that name somebody; none for "Recent reports"."""
    words = _NAME_WORD.findall(claimant)
    return [word for word in words if word[0].isupper() and word.casefold() not in words_with("unnamed")]


def _are_rivals(a: Row, b: Row) -> bool:
    """Whether two named claimants stand behind the tellings."""
    who_a, who_b = a["attributed_to"], b["attributed_to"]
    return bool(_names_in(who_a) and _names_in(who_b)) and not _is_same_claimant(who_a, who_b)


def _is_same_claimant(a: str, b: str) -> bool:
    """Whether all words of the shorter name are in the longer, as a word spelled alike or as initials."""
    from rapidfuzz.fuzz import ratio

    short, long = sorted((a, b), key=lambda claimant: (len(_names_in(claimant)), claimant))
    words = [word.casefold() for word in _names_in(long)]
    initials = "".join(word[0] for word in _NAME_WORD.findall(long) if word[0].isupper())
    return all(
        any(ratio(name.casefold(), word) >= _SPELLED_ALIKE for word in words)
        or (len(name) > 1 and name.isupper() and name in initials)
        for name in _names_in(short)
    )


def _say(row: Row) -> str:
    """Write an amount as the text has it, with its bound."""
    sign = {"~": "about ", ">": "more than ", "<": "less than "}.get(row["bound"], "")
    return f"{sign}{row['surface']}" if row["surface"] else f"{sign}{row['low']} to {row['high']}"
