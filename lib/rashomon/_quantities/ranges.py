"""Put amounts together that belong together: ranges, parts, scores, and units that two amounts share.

Known limits: a range with *from … to* may have two words inside and no more; what was and what is
(*rose from 5 to 40*) are the two ends of one range; a step and the total it leads to (*rose 5 to 40*) are
told from a range by the verb before them.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from itertools import pairwise

from rashomon._quantities.digits import Tokens, divide, multiply
from rashomon._quantities.identifiers import is_score
from rashomon._quantities.lookalikes import Amount, counts_plural, cues, plain, starts_noun
from rashomon._quantities.units import find_per, money_units
from rashomon.read import read_word_list

_DASHES = frozenset(("-", "–", "‑", "−"))
_RANGE_MARKS = frozenset(("to", "-", "–", "‑", "−", "through"))


def share_units(tokens: Tokens, amounts: list[Amount]) -> list[Amount]:
    """Give *5 and 6 kg*, *two-, three- and four-ton* and *35, 20 and 15 percent* one unit each."""
    shared = list(amounts)
    for i in range(len(shared) - 2, -1, -1):
        one, two = shared[i], shared[i + 1]
        if one.unit or not two.unit or one.kind not in ("cardinal",) or two.first - one.last > 3:
            continue
        between = tokens.words[one.last : two.first]
        is_list = between and set(between) <= {"and", "or", ",", "-"} and between != ["-"]
        if between == [","]:  # 20, 30 and 40 percent; but 5,000, 40 percent more
            is_list = not amounts[i + 1].unit
        elif between == [",", "or"]:  # 20, 30, or 40 percent; but 1.2 million, or 14 percent
            is_list = i > 0 and tokens.words[shared[i - 1].last : one.first] == [","]
        if is_list or between == ["of", "the"]:  # 40 million of the 90 million euros
            shared[i] = one._replace(unit=two.unit, kind=two.kind)
    for i in range(len(shared) - 1 if "(" in tokens.text else 0):
        one, two = shared[i], shared[i + 1]
        is_inserted = one.kind == "money" and tokens.words[one.last : two.first] == ["("]
        if is_inserted and tokens.at(two.last) == ")" and (per := find_per(tokens, two.last + 1)):
            shared[i] = one._replace(kind="rate", unit=f"{one.unit}/{per[0]}")  # 9 francs ($10) a day
    for i, two in enumerate(shared[1:], 1):
        if (
            two.kind == "cardinal"
            and not two.unit
            and (one_before := _unit_left_out(tokens, shared[max(0, i - 2) : i], two))
        ):
            shared[i] = two._replace(unit=one_before.unit, kind=one_before.kind)
    return shared


def _unit_left_out(tokens: Tokens, before: list[Amount], two: Amount) -> Amount | None:
    """Find the amount whose unit is left out: *from 9 km to 12*, *3 km in 2018 and 4 in 2019*."""
    link, after = tokens.at(two.first - 1), tokens.at(two.last)
    if link in ("by", "at"):
        before = [a for a in before if tokens.at(a.first - 1) == link]
    if not (after in ("", ".", ",", ";") or after in cues("stop")):
        return None
    one = next((a for a in reversed(before) if a.kind not in ("year", "date")), None)
    if one is None or one.kind not in ("measure", "percent", "rate", "money") or two.first - one.last > 12:
        return None
    between = tokens.words[one.last : two.first]
    if link in ("by", "at") and not set(between) & {".", ";"}:
        is_clock = link == "at" and two.value is not None and two.value <= 24 and two.value % 1 == 0
        return None if is_clock else one
    if link == "to" and "from" in tokens.words[max(0, one.first - 5) : one.first] and len(between) < 5:
        return one
    return one if link == "and" and before[-1].kind == "year" else None


def read_points(tokens: Tokens, amounts: list[Amount]) -> list[Amount]:
    """Take the points of *rose six points to 21 percent* as percentage points."""
    if "point" not in tokens.text:
        return amounts
    read = list(amounts)
    for i, (one, two) in enumerate(pairwise(amounts)):
        is_step = tokens.words[one.last : two.first] in (["points", "to"], ["point", "to"])
        if is_step and one.kind == "cardinal" and two.kind == "percent":
            read[i] = one._replace(kind="percent", unit="pp", last=one.last + 1)
    return read


def join_ranges(tokens: Tokens, amounts: list[Amount]) -> list[Amount]:
    """Join what belongs together, from left to right; in *from 24 to 33-35 million* the last two first."""
    joined: list[Amount] = []
    for i, amount in enumerate(amounts):
        is_end = joined and i + 1 < len(amounts) and tokens.at(amount.first - 1) == "to"
        if is_end and tokens.at(amount.last) in _DASHES and amounts[i + 1].first == amount.last + 1:
            joined.append(amount)
            continue
        pair = _join(tokens, joined[-1], amount) if joined else None
        if pair is None:
            joined.append(amount)
            continue
        joined[-1] = pair
        if len(joined) > 1 and pair.kind == "range" and pair.scale != 1:
            joined[-2] = _share_scale(tokens, joined[-2], pair)
    return joined


def _share_scale(tokens: Tokens, one: Amount, two: Amount) -> Amount:
    """Give the 24 of *from 24 to 33-35 million euros* its scale and unit."""
    is_open = one.kind == "cardinal" and one.scale == 1 and not one.unit and one.value is not None
    if not is_open or tokens.words[one.last : two.first] != ["to"] or two.low is None or one.value is None:
        return one
    value = multiply(one.value, two.scale)
    kind = "money" if two.unit in money_units() else "measure" if two.unit else one.kind
    return one._replace(value=value, low=value, high=value, unit=two.unit, kind=kind)


def _join(tokens: Tokens, one: Amount, two: Amount) -> Amount | None:
    """Join two amounts that belong together: to a range, a part (*one in four*), a score, a span of years."""
    between = tokens.words[one.last : two.first]
    if (
        tokens.at(one.first - 1) == "from"
        and between[-1:] == ["to"]
        and len(between) < 5
        and not set(between) & set(",;:(")
    ):
        between = ["to"]  # from 8 km inland to 11
    if two.unit or one.unit:
        whole = _compose(tokens, between, one, two)
        if whole is not None:
            return whole
    if not between or len(between) > 4:
        return None
    if one.kind == two.kind == "year" and one.value is not None and two.value is not None:
        opened = tokens.at(one.first - 1) in ("between", "from")
        if between == ["to"] or (between == ["and"] and opened):
            return one._replace(
                value=None, high=two.value, last=two.last, number_last=two.number_last, end=two.end
            )
        return None
    if not (one.is_quantity and two.is_quantity) or one.value is None or two.value is None:
        return None
    if "multiple" in (one.kind, two.kind) and not (
        tokens.at(two.last) == "times" and not tokens.words[one.number_first].endswith("ed")
    ):
        return None
    if between[-1] == "in" and len(between) < 4 and _is_one_in(tokens, one, two):
        between = ["in"]  # one school in nine
    words = [w for w in between if w not in ("about", "around", "nearly", "as", "many", "much", "a", "just")]
    before = tokens.at(one.first - 1)
    if words in (["in"], ["out", "of"], ["in", "every"]) and _is_part(tokens, one, two):
        value = divide(one.value, two.value)
        part = one._replace(kind="fraction", value=value, low=value, high=value)
        return part._replace(last=two.last, number_last=two.number_last, end=two.end)
    is_dash = len(words) == 1 and words[0] in ("-", "–", "‑", "−")
    is_range = (
        (len(words) == 1 and words[0] in _RANGE_MARKS)
        or words in (["-", "to", "-"], ["-", "to"], ["to", "-"])
        or (words == ["and"] and "between" in tokens.words[max(0, one.first - 3) : one.first])
        or (words == ["or"] and two.value > one.value and not (one.unit and not two.unit))
    )  # fmt: skip
    if not is_range or (one.unit and two.unit and one.unit.split("/")[0] != two.unit.split("/")[0]):
        return None
    is_goal = one.unit and not two.unit and (two.value < one.value or counts_plural(tokens, two.last))
    if words == ["to"] and is_goal and before != "from":
        return None  # lent 4 billion dollars to 40 countries
    if words == ["to"] and (_is_reached(tokens, one) or (before == "by" and one.unit)):
        return None  # rose by 3 km to 10 km
    is_pair = words == ["to"] and before != "from" and one.value > two.value
    if is_pair and counts_plural(tokens, two.last):
        return None  # sent 300 to 40 villages
    if (is_dash or is_pair) and is_score(tokens, one, two):
        return plain(tokens, one.first, two.last, "identifier")
    return _range(tokens, one, two)


# "5 ft 7 in", "two hours and 41 minutes": how many of the smaller unit the larger one is
_SMALLER = {"ft": ("in", 12), "h": ("min", 60), "min": ("s", 60), "lb": ("oz", 16), "year": ("month", 12)}


def _compose(tokens: Tokens, between: list[str], one: Amount, two: Amount) -> Amount | None:
    """Read one amount told in two units: *6-foot-2*, *5 ft 7 in*, *two hours and 41 minutes*."""
    smaller, times = _SMALLER.get(one.unit, ("", 0))
    if not smaller or one.value is None or two.value is None or two.kind in ("range", "age"):
        return None
    is_unit = two.unit == smaller and between in ([], ["and"], [","], ["-"])
    is_height = one.unit == "ft" and not two.unit
    is_height &= between == ["-"] or (not between and tokens.at(two.last) == "in")
    if not (is_unit or is_height) or not 0 <= two.value < times or one.value % 1 != 0:
        return None
    value = one.value * times + two.value
    return one._replace(kind="age" if one.kind == "age" else two.kind if is_unit else one.kind,
        value=value, low=value, high=value, unit=smaller,
        last=two.last, number_last=two.number_last, end=two.end,
    )  # fmt: skip


def _is_one_in(tokens: Tokens, one: Amount, two: Amount) -> bool:
    """Tell *one school in nine had none* from *one school in nine towns*."""
    is_one = tokens.words[one.number_first] == "one" and not one.unit and two.kind == "cardinal"
    is_end = not starts_noun(tokens, two.last) or tokens.at(two.last).endswith("ed")
    return is_one and two.value is not None and two.value > 2 and is_end


def _is_part(tokens: Tokens, one: Amount, two: Amount) -> bool:
    """Tell *one in four* from *40 in two rooms* and from *7 in 9 races*."""
    if (
        one.unit
        or two.unit
        or one.value is None
        or two.value is None
        or not 0 < one.value < min(two.value, Decimal(10))
    ):
        return False
    return one.value == one.value.to_integral_value() and (
        one.value == 1 or not tokens.is_number[one.number_first]
    )


def _range(tokens: Tokens, one: Amount, two: Amount) -> Amount:
    assert one.value is not None
    assert two.value is not None
    value, top = one.value, two.value
    if (
        two.scale != 1
        and one.scale == 1
        and abs(value) < abs(top / two.scale) * 10
        and value <= top / two.scale
    ):
        value = multiply(value, two.scale)  # $89 to $93 billion
    if tokens.words[two.number_last - 1] == "hundred" and value < 10 and 200 <= top < 1000:
        value = multiply(value, Decimal(100))  # five or six hundred
    unit = two.unit or one.unit
    if one.unit and two.unit and len(one.unit) > len(two.unit):
        unit = one.unit
    kind = "age" if "age" in (one.kind, two.kind) else two.kind if two.kind == "multiple" else "range"
    bound = "~" if "~" in (one.bound, two.bound) else "="
    return Amount(
        one.first, two.last, one.number_first, two.number_last, kind, None, min(value, top), max(value, top),
        unit, two.scale, bound, one.start, two.end,
    )  # fmt: skip


def _is_reached(tokens: Tokens, one: Amount) -> bool:
    """Tell *rose 5 cents to 40 cents* and *up 5 to 40* from a range: there the first amount is the step."""
    if one.unit == "" or tokens.at(one.first - 1) == "from":
        return False
    back = tokens.words[max(0, one.first - 4) : one.first]
    return "from" not in back and any(word in trend_words() for word in back) and "by" not in back


@cache
def trend_words() -> dict[str, str]:
    """Give the words that tell of a rise or a fall, left of a number."""
    return {
        row["phrase"]: row["trend"]
        for row in read_word_list("bounds")
        if row["trend"] and row["side"] == "left"
    }
