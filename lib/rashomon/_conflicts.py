"""Find tellings of one figure that contradict each other, or that only seem to agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import combinations, product
from typing import Any, NamedTuple

import pandas as pd

from rashomon._claimants import are_rivals, is_plan, names_of
from rashomon._counted import PLANNED, SEPARATOR, TOLD_EARLIER, name_counted, split_noun, words_with
from rashomon._intervals import is_disjoint, is_near, is_open, size_in
from rashomon.tables import make_table

Row = Mapping[Any, Any]

_OTHER_POPULATION = 20
_MOST_BEFORE_TITLE = 300
_MOST_GROWTH = Decimal("1.5")
# Beyond so many tellings of one slot, one telling of each claim of an article stands for its others.
_MOST_TELLINGS = 60


class _Judgment(NamedTuple):
    """What a pair of tellings amounts to."""

    verdict: str
    kind: str
    reason: str


def find_conflicts(
    figures: pd.DataFrame, articles: pd.DataFrame | None = None, *, events: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Find tellings of one figure that differ, or that only seem to agree.

    Tellings are compared when they share a slot but for `planned`, and when the larger is at most 20 times
    the smaller (beyond that they hardly count the same thing). Each pair is explained in one sentence.

    Parameters
    ----------
    figures : DataFrame
        Table `figures`.
    articles : DataFrame, optional
        Table `articles`; with it, the day of publication dates a figure that carries no time of its own.
    events : DataFrame, optional, keyword-only
        Table `events`; articles of different events are not compared. Without it the folder is taken for
        one event.

    Returns
    -------
    DataFrame
        Table `conflicts`; its `slot` is that of the first telling. "About" allows 10 % on either side, "more
        than" and "less than" leave a side open. Verdicts:

        * `real`: the amounts cannot both hold, and two named claimants give them, in one article or of
          one day;
        * `partly real`: they cannot both hold, but the same claimant or no named one gives them, or two do
          on two days, or both are plans; or the amount is one and what is said of those counted is not;
        * `unresolved`: they cannot both hold, and one has no date: a later count or a rival one;
        * `apparent`: no contradiction, though it looks like one: what is there already against what is
          planned, a later count, an increment against a total, another population, or a bound that
          leaves room;
        * `false agreement`: the same amount from two named claimants for what is to come, which nobody
          can have counted: two claims, not one confirmed.

        `kind` says which of these it is. `claim_a` and `claim_b` bring the pairs of two claims together.

    Notes
    -----
    What a title says and its text says again is compared once.

    Known limits. Precision before recall: an article that gives several amounts for a slot itself, but
    not from two named claimants, is left out of that slot unless it repeats one. Place is not looked at.
    Up to 60 tellings of a slot are compared, all pairs; of more, those of the claims told most, and
    `reason` says so.

    Examples
    --------
    >>> two = [{"slot": "people · killed", "article_id": a, "start": 0, "end": 2, "sentence_id": 1,
    ...         "part_id": 1, "low": Decimal(n), "high": Decimal(n), "bound": "=", "attributed_to": who,
    ...         "as_of": "2024-05-01", "is_increment": False}
    ...        for a, n, who in (("x", 12, "Mayor Ana Ruiz"), ("y", 30, "Red Cross"))]
    >>> find_conflicts(make_table("figures", two))["verdict"].tolist()
    ['real']
    """
    days = {} if articles is None else dict(zip(articles["article_id"], articles["published"], strict=True))
    title_ends = {} if articles is None else _title_ends(articles)
    event_of = {} if events is None else dict(zip(events["article_id"], events["event_id"], strict=True))
    slots: dict[tuple[Any, str], list[Row]] = {}
    for row in figures.to_dict("records"):
        if row["slot"] and not _is_vague(row):
            published = days.get(row["article_id"], "")
            telling = {**row, "day": row["as_of"] or published, "published": published}
            telling["noun"], telling["narrow"] = name_counted(row["counted"])
            telling["in_title"] = row["start"] < title_ends.get(row["article_id"], 0)
            slots.setdefault((event_of.get(row["article_id"]), row["slot"]), []).append(telling)
    slots = {key: _thin_out(_keep_single_minded(_without_titles(told))) for key, told in slots.items()}
    rows = []
    for (event, slot), told in slots.items():
        for a, b in _pairs_between_tellings(told):
            rows += _judge(a, b, _judge_same_time(a, b))
        has_noun = slot.split(SEPARATOR)[0] != told[0]["unit"] if told else False
        plans = slots.get((event, f"{slot}{SEPARATOR}{PLANNED}"), []) if has_noun else []
        for a, b in product(told, plans):
            if _is_within_reach(a, b) and _is_one_population(a, b) and not _are_parts_apart(a, b):
                rows += _judge(a, b, _judge_plan(a, b))
    return make_table("conflicts", _agreed_by_claim(rows))


def _agreed_by_claim(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Judge a count of two days as real where the same two claims are told together elsewhere."""
    real = {_claims_of(row) for row in rows if row["verdict"] == "real"}
    for row in rows:
        if (row["verdict"], row["kind"]) == ("partly real", "count") and _claims_of(row) in real:
            row["verdict"] = "real"
            row["reason"] = f"{row['reason'].partition(': ')[0]}: another pair tells both claims at one time."
    return rows


def _claims_of(row: Mapping[str, Any]) -> frozenset[str]:
    return frozenset((row["claim_a"], row["claim_b"])) if row["claim_a"] and row["claim_b"] else frozenset()


def _title_ends(articles: pd.DataFrame) -> dict[str, int]:
    """Give where the title ends in the text of each article that begins with one."""
    ends = {}
    for article, title, raw in zip(*(articles[name] for name in ("article_id", "title", "raw")), strict=True):
        at = str(raw).find(title) if title else -1
        ends[article] = at + len(title) if 0 <= at <= _MOST_BEFORE_TITLE else 0
    return ends


def _without_titles(told: list[Row]) -> list[Row]:
    """Leave out what a title says and its article says again: one contradiction is shown once."""
    below = {(row["article_id"], size_in(row)) for row in told if not row["in_title"]}
    return [row for row in told if not (row["in_title"] and (row["article_id"], size_in(row)) in below)]


def _pairs_between_tellings(told: list[Row]) -> Iterator[tuple[Row, Row]]:
    for a, b in combinations(told, 2):
        is_one_text = (a["article_id"], a["part_id"]) == (b["article_id"], b["part_id"])
        if _is_within_reach(a, b) and (not is_one_text or are_rivals(a["attributed_to"], b["attributed_to"])):
            yield a, b


def _are_parts_apart(a: Row, b: Row) -> bool:
    """Whether two parts of one article tell them: a retelling is not held against what it retells."""
    return bool(a["article_id"] == b["article_id"] and a["part_id"] != b["part_id"])


def _keep_single_minded(told: list[Row]) -> list[Row]:
    """Leave out articles that give several amounts for a slot themselves, but for those of two claimants.

    "Two boats closed in on a convoy of five boats": the noun holds more than one thing there. An amount
    that the article repeats more often than any other is what it tells, and stays.
    """
    by_article: dict[str, list[Row]] = {}
    for row in told:
        by_article.setdefault(row["article_id"], []).append(row)
    return [row for rows in by_article.values() for row in _what_it_tells(rows)]


def _what_it_tells(rows: list[Row]) -> list[Row]:
    """Keep the tellings of one article that do not contradict each other unexplained."""
    if not any(is_disjoint(a, b) and not _are_told_apart(a, b) for a, b in combinations(rows, 2)):
        return rows
    (amount, most), *others = Counter(size_in(row) for row in rows).most_common(2)
    is_repeated = most > 1 and all(most > n for _, n in others)
    return [row for row in rows if size_in(row) == amount] if is_repeated else []


def _are_told_apart(a: Row, b: Row) -> bool:
    """Whether an article that gives two amounts says itself how they go together."""
    is_step = a["is_increment"] != b["is_increment"] or _is_told_as_earlier(a) != _is_told_as_earlier(b)
    return is_step or _is_other_time(a, b) or are_rivals(a["attributed_to"], b["attributed_to"])


def _thin_out(told: list[Row]) -> list[Row]:
    """Keep few enough tellings of a slot to compare them all, and have each say so.

    Of more, one telling stands for an amount that an article gives; of still more, one stands for its
    claim, one with a named claimant if there is one, and the claims told most are kept.
    """
    kept = told
    if len(kept) > _MOST_TELLINGS:
        kept = _first_by(kept, lambda row: (row["article_id"], size_in(row)))
    if len(kept) > _MOST_TELLINGS:
        n_tellings = Counter(row["claim_id"] for row in told)
        claims = _first_by(kept, lambda row: row["claim_id"] or (row["article_id"], row["start"]))
        kept = sorted(claims, key=lambda row: -n_tellings[row["claim_id"]])[:_MOST_TELLINGS]
    return [{**row, "n_tellings": len(told), "n_kept": len(kept)} for row in kept]


def _first_by(told: Iterable[Row], key: Callable[[Row], object]) -> list[Row]:
    first: dict[object, Row] = {}
    for row in sorted(told, key=lambda row: not names_of(row["attributed_to"])):
        first.setdefault(key(row), row)
    return list(first.values())


def _is_one_population(a: Row, b: Row) -> bool:
    return not (a["narrow"] and b["narrow"] and not a["narrow"] & b["narrow"])


def _is_within_reach(a: Row, b: Row) -> bool:
    """Whether two tellings of a slot can count one thing: alike in size, and in name where both have one."""
    small, large = sorted((size_in(a), size_in(b)))
    nouns = {split_noun(row["noun"])[0] for row in (a, b)} - words_with("wide_noun").keys() - {""}
    units = {row["unit"].partition("/")[0] for row in (a, b)}  # tons and tonnes may share a slot
    is_share = small < 1 <= large and not a["unit"]  # "two thirds of the cranes", "nine cranes"
    is_alike = large <= _OTHER_POPULATION * small and not is_share
    return is_alike and len(nouns) < 2 and len(units) == 1


def _is_vague(row: Row) -> bool:
    """Whether the amount allows too much to compare: none at all, or "thousands"."""
    if row["low"] is None and row["high"] is None:
        return True
    has_digits = any(character.isdigit() for character in row["surface"])
    return bool(row["low"] != row["high"]) and not has_digits and bool(row["surface"])


def _judge(a: Row, b: Row, judged: _Judgment | None) -> list[dict[str, Any]]:
    if judged is None:
        return []
    first, second = sorted((a, b), key=lambda row: (row["article_id"], row["start"]))
    row = {"slot": first["slot"], **judged._asdict()}
    for n_kept, n_tellings in sorted({(telling["n_kept"], telling["n_tellings"]) for telling in (a, b)}):
        if n_kept < n_tellings:
            row["reason"] += f" (Of {n_tellings} tellings of the slot {n_kept} are compared.)"
    for side, telling in (("a", first), ("b", second)):
        row |= {f"article_{side}": telling["article_id"], f"claim_{side}": telling["claim_id"]}
        row |= {f"start_{side}": telling["start"], f"end_{side}": telling["end"]}
    return [row]


def _judge_plan(a: Row, b: Row) -> _Judgment | None:
    if is_near(a, b):
        return None
    done, planned = f"{_say(a)} is told of what has happened", f"{_say(b)} of what is planned"
    return _Judgment("apparent", "planned", f"{done}, {planned}: a part does not contradict a whole.")


def _judge_same_time(a: Row, b: Row) -> _Judgment | None:
    if not is_disjoint(a, b):
        return _judge_overlap(a, b)
    amounts = f"{_say(a)} against {_say(b)}"
    harmless = _explain(a, b)
    if harmless is not None:
        kind, why = harmless
        return _Judgment("apparent", kind, f"{amounts}: {why}.")
    if is_plan(a) and is_plan(b):
        why = "plans that differ, as far as both mean the same plan"
        return _Judgment("partly real", "count", f"{amounts}: {why}.")
    who_a, who_b = a["attributed_to"], b["attributed_to"]
    are_two = are_rivals(who_a, who_b)
    if are_two and (a["article_id"] == b["article_id"] or _is_same_day(a, b)):
        return _Judgment("real", "count", f"{amounts}: {who_a} and {who_b} cannot both be right.")
    if not a["day"] or not b["day"]:
        why = "not both are dated, so a later count is not told from a rival one"
        return _Judgment("unresolved", "count", f"{amounts}: {why}.")
    if are_two:
        why = f"{who_a} and {who_b} differ, but on two days; one may be a later count"
    elif names_of(who_a) and names_of(who_b):
        why = f"both come from {who_a}; one may be a later count"
    else:
        why = "not both name who says so; one may be a later count"
    return _Judgment("partly real", "count", f"{amounts}: {why}.")


def _explain(a: Row, b: Row) -> tuple[str, str] | None:
    """Say what else than a contradiction explains two amounts that cannot both hold: its kind, and why."""
    if not _is_one_population(a, b):
        return "different population", f"the one counts {a['counted']}, the other {b['counted']}"
    if _is_part_and_whole(a, b):
        return "different population", f"{a['counted']} here and {b['counted']} there: a part and the whole"
    if a["is_increment"] != b["is_increment"]:
        return "total", "one is what was added, the other the total"
    if bool(a["as_of"]) != bool(b["as_of"]) and is_plan(a) and is_plan(b):
        return "total", "one is for a day, the other for the whole plan"
    if _period_of(a) != _period_of(b):
        return "total", "one is for a day or another span, the other for the whole"
    is_of_two = are_rivals(a["attributed_to"], b["attributed_to"])
    if _is_told_as_earlier(a) != _is_told_as_earlier(b) and not is_of_two:
        return "update", "the text itself says that one is an earlier count"
    if _is_other_time(a, b):
        times = (row["as_of"] or row["published"] for row in (a, b))
        return "update", f"they speak of {' and '.join(times)}"
    who_a, who_b = names_of(a["attributed_to"]), names_of(b["attributed_to"])
    is_later = bool(a["published"]) and bool(b["published"]) and a["published"] != b["published"]
    if who_a and who_b and not is_of_two and is_later and not is_plan(a):
        return "update", f"{a['attributed_to']} gives both, on {a['published']} and {b['published']}"
    if not (a["as_of"] or b["as_of"]) and _is_later_count(a, b):
        return "update", f"published on {a['published']} and {b['published']}, and the count went on"
    return None


def _is_part_and_whole(a: Row, b: Row) -> bool:
    """Whether the one counts people, and the other fewer of some kind of people: passengers of all aboard."""
    part, whole = sorted((a, b), key=size_in)
    nouns = [split_noun(row["noun"])[0] for row in (part, whole)]
    return nouns[1] == "people" != nouns[0] and nouns[0] in words_with("kind_of_people")


def _is_other_time(a: Row, b: Row) -> bool:
    """Whether both carry a time, and not the same: one ISO date may be the other, said less exactly.

    A figure without a time of its own speaks at least of the year it is published in, plans aside.
    """
    one, other = a["as_of"], b["as_of"]
    if not is_plan(a) and bool(one) != bool(other):
        one, other = ((row["as_of"] or row["published"])[: len("2024")] for row in (a, b))
    return bool(one and other and not one.startswith(other) and not other.startswith(one))


def _is_same_day(a: Row, b: Row) -> bool:
    one, other = a["day"], b["day"]
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


def _period_of(row: Row) -> str:
    """Give the span that an amount is for: "EUR/day" and "a daily loss of 2 million euros" are both a day."""
    periods = words_with("period")
    told = (periods[word] for word in sorted(row["narrow"]) if word in periods)
    return str(row["unit"]).partition("/")[2] or next(told, "")


def _is_told_as_earlier(row: Row) -> bool:
    return bool(row["state"] == TOLD_EARLIER)


def _is_later_count(a: Row, b: Row) -> bool:
    """Whether one count is the other, gone on by a later day; not if a rival counts far more."""
    early, late = sorted((a, b), key=lambda row: (row["published"], size_in(row)))
    is_later = bool(early["published"]) and early["published"] < late["published"]
    is_rival = are_rivals(a["attributed_to"], b["attributed_to"])
    is_far = size_in(late) > size_in(early) * _MOST_GROWTH
    # Who is missing is found by and by: that count falls.
    can_fall = not words_with("falling_fate").keys().isdisjoint(a["slot"].split(SEPARATOR))
    goes_on = size_in(early) < size_in(late) or can_fall
    is_demand = "asked" in a["slot"].split(SEPARATOR)  # two may ask for two amounts
    return is_later and not is_plan(a) and not is_demand and not (is_rival and is_far) and goes_on


def _judge_overlap(a: Row, b: Row) -> _Judgment | None:
    """Judge two tellings whose amounts can both hold."""
    if not _is_one_population(a, b):
        return None
    if not is_near(a, b):
        wide, other = (a, b) if is_open(a) else (b, a)
        return _Judgment("apparent", "open bound", f"{_say(wide)} leaves room for {_say(other)}.")
    if len({a["state"], b["state"]} - {"", TOLD_EARLIER}) == 2:
        why = f"the amount is one, but they are {a['state']} here and {b['state']} there"
        return _Judgment("partly real", "state", f"{_say(a)} and {_say(b)}: {why}.")
    who_a, who_b = a["attributed_to"], b["attributed_to"]
    if not is_plan(a) or size_in(a) != size_in(b) or is_open(a) or is_open(b) or not are_rivals(who_a, who_b):
        # What has happened can be counted: there two claimants with one amount may well confirm each other.
        return None
    why = f"{who_a} and {who_b} both give {_say(a)} for what is to come: two claims, not one confirmed."
    return _Judgment("false agreement", "false agreement", why)


def _say(row: Row) -> str:
    """Write an amount as the text has it, with its bound."""
    sign = {"~": "about ", ">": "more than ", "<": "less than "}.get(row["bound"], "")
    return f"{sign}{row['surface']}" if row["surface"] else f"{sign}{row['low']} to {row['high']}"
