"""Read the words around an amount that say how it is to be taken: its bound and its trend.

Bounds (*about*, *more than*, *up to*) and trends (*rose by*, *fell to*) come from the word list
`bounds`, where the meaning of each is written down.

Known limits: a trend told by a noun far from its amount (*a fall in rents to 40*) is not seen.
"""

from __future__ import annotations

from functools import cache

from rashomon._quantities.digits import Tokens
from rashomon._quantities.lookalikes import Amount, cues
from rashomon._quantities.units import money_units
from rashomon.read import read_word_list

_MARKS = {"~": "~", "≈": "~", "∼": "~", ">": ">", "≥": ">", "<": "<", "≤": "<"}
Span = tuple[int, int] | None
_CHANGES = frozenset((
    "increase", "rise", "gain", "jump", "surge", "growth", "fall", "drop", "decline", "decrease",
    "cut", "reduction", "slump", "plunge",
))  # fmt: skip
_MORE = frozenset(("more", "another", "additional", "further", "extra"))
_CUTS = frozenset(("cut", "cuts", "cutting"))
# "fell below 40 percent": what is reached
_LEVELS = frozenset(("below", "above", "past", "through", "at", "as"))
_ADDED = _MORE - {"more"}
_TO_OR_BY = frozenset(("to", "by", "from"))
# "gave up 9 acres", "boils down to $3"
_PHRASAL = frozenset((
    "gave", "give", "gives", "made", "make", "makes", "took", "take", "takes", "boiling", "boils",
    "broke", "set", "put", "picked",
))  # fmt: skip
_CLAUSE_ENDS = frozenset((",", ";", ":", ".", "(", ")", "—", "but", "while", "when", "which", "who", "that"))
# "over three years" is mostly a span of time, "for over three years" a bound
_TIME_PREPOSITIONS = frozenset(("over", "within", "under", "near", "above", "beyond"))
_BEFORE_BOUND = frozenset((
    "for", "after", "lasted", "lasts", "last", "takes", "took", "take", "is", "was", "are", "were",
    "spent", "just", "well", "of", "than", "since", "nearly",
))  # fmt: skip


def find_bound(tokens: Tokens, amount: Amount, last: int) -> tuple[str, int, int, Span]:
    """Find the bound of an amount.

    Parameters
    ----------
    tokens : Tokens
        The sentence.
    amount : Amount
        The amount in it.
    last : int
        Token after what the amount counts, where *or more* may stand.

    Returns
    -------
    tuple of str, int, int, tuple or None
        The bound, "" when no words tell it; the tokens where the phrase now begins and ends; and those of
        the words that tell the bound.

    Examples
    --------
    >>> from rashomon._quantities.amounts import find_amounts
    >>> tokens, found = find_amounts("more than 1,500 men")
    >>> find_bound(tokens, found[0], 4)
    ('>', 0, 4, (0, 2))
    """
    left = phrases_of("left", "bound")
    index = amount.first
    is_attribute = tokens.at(amount.number_last) == "-" and tokens.at(index - 1) in ("the", "its", "their")
    for _ in range(0 if is_attribute else 4):  # smaller than the five-year average
        mark = _MARKS.get(tokens.at(index - 1))
        if mark and (index < 2 or not tokens.is_number[index - 2]):
            return mark, index - 1, last, (index - 1, index)
        for size in (4, 3, 2, 1) if tokens.at(index - 1) in _last_words() else ():
            if index < size:
                continue
            phrase = " ".join(tokens.words[index - size : index])
            is_from = amount.kind == "range" and tokens.at(index - size - 1) == "from"
            if is_from and left.get(phrase) in ("<", ">"):  # from up to 250 km to 290: no bound of both
                break
            if phrase in left and not _is_no_bound(tokens, index - size, phrase, amount):
                return left[phrase], index - size, last, (index - size, index)
        step = _step_back(tokens, index)
        if not step:
            break
        index -= step
    right = phrases_of("right", "bound")
    for end in dict.fromkeys((amount.last, last)):
        if tokens.at(end) == "+" and tokens.is_glued(end):
            return ">", amount.first, max(last, end + 1), (end, end + 1)
        if tokens.at(end) == "-" and tokens.at(end + 1) == "plus" and tokens.is_glued(end):
            return ">", amount.first, max(last, end + 2), (end + 1, end + 2)
        for size in (3, 2) if tokens.at(end) in _first_words() else ():
            phrase = " ".join(tokens.words[end : end + size])
            if phrase in right:
                stop = min(end + size, len(tokens))
                return right[phrase], amount.first, max(last, stop), (end, stop)
    return "", amount.first, last, None


def find_trend(tokens: Tokens, amount: Amount, first: int) -> tuple[str, int]:
    """Find whether the words say that an amount rises or falls, and the token that says so.

    Parameters
    ----------
    tokens : Tokens
        The sentence.
    amount : Amount
        The amount in it.
    first : int
        First token of the amount with its bound.

    Returns
    -------
    tuple of str and int
        "up" or "down" and the token; "" and -1 when the words say neither.

    Examples
    --------
    >>> from rashomon._quantities.amounts import find_amounts
    >>> tokens, found = find_amounts("likely to rise to 12,000")
    >>> find_trend(tokens, found[0], 4)
    ('up', 2)
    """
    if amount.kind == "multiple" and tokens.words[amount.first].endswith("ed"):
        return "down" if tokens.words[amount.first] == "halved" else "up", amount.first
    words, is_share = phrases_of("left", "trend"), amount.kind == "percent" or is_money(amount)
    is_measured = is_share or amount.unit != "" or tokens.at(amount.last) in ("point", "points")
    index, has_link = first - 1, False
    start = first
    while tokens.at(start - 1) in cues("filler") or tokens.at(start - 1) == "+":
        start -= 1
    is_from = tokens.at(start - 1) == "from"
    if is_from and (amount.kind != "range" or tokens.at(start - 2) in ("up", "down")):
        return "", -1  # up from the 5 % of last year: the old value
    if tokens.at(first - 1) == "+" and is_measured and tokens.is_glued(first):
        return "up", first - 1
    for distance in range(8):
        word = tokens.at(index)
        is_step_apart = word == "," and tokens.at(index + 1) in ("by", "to")  # fell again, by 3 percent
        if not word or (word in _CLAUSE_ENDS and not (is_step_apart or (word == "that" and distance > 3))):
            break
        if word in words:
            is_direction = word in ("up", "down")
            is_up_to = word == "up" and tokens.at(index + 1) == "to" and tokens.at(index + 2) != "to"
            if tokens.at(index + 1) in ("short", "behind") and not is_direction:  # fell short of 40
                break
            if word in ("sank", "sunk") and amount.unit in ("mi", "km"):  # sank 4 miles off the coast
                break
            is_near = has_link or distance == 0 or _is_filled(tokens, index + 1, first)
            if not is_near or is_up_to or (is_direction and has_link and distance > 3):
                break
            if word in cues("share_verb") and not (has_link or _is_gained(tokens, amount, word, is_share)):
                break
            if (
                has_link and word in _CUTS and tokens.at(index + 1) in cues("supply")
            ):  # cut power to 900 homes
                break
            if is_direction and (not is_measured or tokens.at(index - 1) in _PHRASAL):
                break
            return words[word], index
        has_link = (
            has_link
            or (word in _TO_OR_BY and distance <= 1)
            or (word in ("to", "by") and _is_filled(tokens, index + 1, first))
            or (word == "of" and tokens.at(index - 1) in _CHANGES and _is_filled(tokens, index + 1, first))
        )
        index -= 1
    after = tokens.at(amount.last)
    end = amount.last
    while end < amount.last + 3 and tokens.at(end).isalpha():  # 40 boats,
        end += 1
    if tokens.at(end) == "," and tokens.at(end + 2) == "from" and tokens.at(end + 1) in ("up", "down"):
        return tokens.at(end + 1), end + 1  # 40 boats, down from 60
    if after in _CUTS and tokens.at(amount.last + 1) in cues("supply"):
        return "", -1  # winds of 90 km/h cut power
    if amount.unit and not (after in ("up", "down") and tokens.at(amount.last + 1) in ("to", "from")):
        trend = phrases_of("right", "trend").get(after, "")
        return trend, amount.last if trend else -1
    return "", -1


def is_step(tokens: Tokens, amount: Amount, trend: int, first: int) -> bool:
    """Tell what is added or taken away from the total that is reached: *rose by 40*, not *rose to 40*.

    Parameters
    ----------
    tokens : Tokens
        The sentence.
    amount : Amount
        The amount in it.
    trend : int
        The token that tells its trend, or -1.
    first : int
        First token of the amount with its bound.

    Examples
    --------
    >>> from rashomon._quantities.amounts import find_amounts
    >>> tokens, found = find_amounts("It rose by 40 cents to 90 cents.")
    >>> [is_step(tokens, amount, 1, amount.first) for amount in found]
    [True, False]
    """
    if tokens.at(amount.last) in _MORE and tokens.at(amount.last + 1) != "than":
        return True
    if trend < 0:
        return not _ADDED.isdisjoint(tokens.words[max(0, first - 2) : first])
    if amount.kind == "multiple" or trend > amount.last + 1 or tokens.at(trend - 1) == ",":
        return amount.kind != "multiple" and trend < amount.first  # 40 percent, down from 60
    between = tokens.words[trend + 1 : amount.first]
    return "to" not in between and ("by" in between or _LEVELS.isdisjoint(between))


def _is_gained(tokens: Tokens, amount: Amount, verb: str, is_share: bool) -> bool:
    """Tell *gained 3 percent* and *added 300 jobs* from *added two songs*, *lost $3 billion*, *raised $5*."""
    if is_share:
        is_loss = verb.startswith("los") and is_money(amount) and amount.scale >= 10**6
        return not verb.startswith("rais") and not is_loss
    for i in range(amount.last, min(amount.last + 4, len(tokens))):
        if tokens.words[i] in cues("stock"):
            return amount.unit == ""
    return False


def is_money(amount: Amount) -> bool:
    """Tell whether an amount is one of money, by itself or per something.

    Examples
    --------
    >>> from rashomon._quantities.amounts import find_amounts
    >>> [is_money(amount) for amount in find_amounts("$5 a share, 40 km")[1]]
    [True, False]
    """
    return amount.kind == "money" or amount.unit.split("/")[0] in money_units()


def _step_back(tokens: Tokens, index: int) -> int:
    """Step over *a whopping*, *a total of*, *an altitude of* on the way to the words of a bound."""
    if tokens.at(index - 1) in cues("filler") or (tokens.at(index - 1) == "-" and tokens.is_glued(index)):
        return 1
    if tokens.at(index - 1) == "of" and tokens.at(index - 2).isalpha():
        for size in (3, 4):
            if tokens.at(index - size) in ("a", "an") or tokens.words[index - size : index - 1] == [
                "the",
                "age",
            ]:
                return size
    return 0


def _is_no_bound(tokens: Tokens, index: int, phrase: str, amount: Amount) -> bool:
    """Tell a preposition from a bound: *over three years*, *near 5 km*, *revolves around the 40*."""
    if phrase in ("around", "over") and tokens.at(amount.first - 1) == "the":
        return tokens.at(amount.last) not in ("mark", "level", "threshold")
    if amount.kind == "duration":
        return phrase in _TIME_PREPOSITIONS and tokens.at(index - 1) not in _BEFORE_BOUND
    return phrase in ("near", "over") and amount.kind == "measure" and tokens.at(amount.last) == "-"


def _is_filled(tokens: Tokens, first: int, last: int) -> bool:
    """Tell whether only words of degree stand between a trend and its amount: *rose by more than*."""
    return all(
        word in cues("filler") or word in _TO_OR_BY or word in phrase_words() or word.endswith("ly")
        for word in tokens.words[first:last]
        if not (word == "on" and "average" not in tokens.words[first:last])
    )


@cache
def phrases_of(side: str, column: str) -> dict[str, str]:
    """Read what the phrases of one side say of a bound or a trend."""
    rows = read_word_list("bounds")
    return {row["phrase"]: row[column] for row in rows if row[column] and row["side"] == side}


@cache
def _last_words() -> frozenset[str]:
    return frozenset(phrase.split()[-1] for phrase in phrases_of("left", "bound"))


@cache
def _first_words() -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in phrases_of("right", "bound"))


@cache
def phrase_words() -> frozenset[str]:
    return frozenset(word for phrase in phrases_of("left", "bound") for word in phrase.split())
