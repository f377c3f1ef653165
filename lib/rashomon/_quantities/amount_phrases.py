"""Read the words around an amount: its bound, its trend and what it counts.

Bounds (*about*, *more than*, *up to*) and trends (*rose by*, *fell to*) come from the word list
`bounds`, where the meaning of each is written down. Without a parser, what is counted is the noun phrase to
the right of the number, up to its plural head, or, for a measure, the noun before *of*.

Known limits: a head that is neither plural nor listed is not found after numbers other than one;
a noun phrase with a lower-case adjective behind its noun (*forces available*) ends at the noun.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from rashomon._quantities.digits import Tokens
from rashomon._quantities.lookalikes import Amount, cues, is_plural
from rashomon.read import read_word_list

_MARKS = {"~": "~", "≈": "~", "∼": "~", ">": ">", "≥": ">", "<": "<", "≤": "<"}
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
_DETERMINERS = frozenset((
    "the", "a", "an", "its", "their", "his", "her", "our", "my", "your", "these", "those", "this",
    "that", "all",
))  # fmt: skip


def find_bound(tokens: Tokens, amount: Amount, last: int) -> tuple[str, int, int]:
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
    tuple of str, int, int
        The bound, "" when no words tell it, and the tokens where the phrase now begins and ends.

    Examples
    --------
    >>> from rashomon._quantities.amounts import find_amounts
    >>> tokens, found = find_amounts("more than 1,500 men")
    >>> find_bound(tokens, found[0], 4)
    ('>', 0, 4)
    """
    left = _phrases("left", "bound")
    index = amount.first
    for _ in range(4):
        mark = _MARKS.get(tokens.at(index - 1))
        if mark and (index < 2 or not tokens.is_number[index - 2]):
            return mark, index - 1, last
        for size in (4, 3, 2, 1):
            if index < size:
                continue
            phrase = " ".join(tokens.words[index - size : index])
            if phrase in left and not _is_time_preposition(tokens, index - size, phrase, amount):
                return left[phrase], index - size, last
        step = _step_back(tokens, index)
        if not step:
            break
        index -= step
    right = _phrases("right", "bound")
    for end in dict.fromkeys((amount.last, last)):
        if tokens.at(end) == "+" and tokens.is_glued(end):
            return ">", amount.first, max(last, end + 1)
        for size in (3, 2):
            phrase = " ".join(tokens.words[end : end + size])
            if phrase in right:
                return right[phrase], amount.first, min(end + size, len(tokens))
    return "", amount.first, last


def find_trend(tokens: Tokens, amount: Amount, first: int) -> str:
    """Find whether the words say that an amount rises or falls; "" when they say neither.

    Parameters
    ----------
    tokens : Tokens
        The sentence.
    amount : Amount
        The amount in it.
    first : int
        First token of the amount with its bound.

    Examples
    --------
    >>> from rashomon._quantities.amounts import find_amounts
    >>> tokens, found = find_amounts("likely to rise to 12,000")
    >>> find_trend(tokens, found[0], 4)
    'up'
    """
    words, is_share = _phrases("left", "trend"), amount.kind in ("percent", "money")
    is_measured = is_share or amount.unit != "" or tokens.at(amount.last) in ("point", "points")
    index, has_link = first - 1, False
    if tokens.at(first - 1) == "from" and amount.kind != "range":  # up from 5 %: the old value
        return ""
    if tokens.at(first - 1) == "+" and is_measured and tokens.is_glued(first):
        return "up"
    for distance in range(8):
        word = tokens.at(index)
        if not word or (word in _CLAUSE_ENDS and not (word == "that" and distance > 3)):
            break
        if word in words:
            is_up_to = (
                word in ("up", "down")
                and tokens.at(index + 1) == "to"
                and tokens.at(index + 2) != "to"
                and word == "up"
            )
            is_near = has_link or distance == 0 or _is_filled(tokens, index + 1, first)
            if not is_near or is_up_to or (word in ("up", "down") and has_link and distance > 3):
                break
            if word in cues("share_verb") and not (has_link or (is_share and not word.startswith("rais"))):
                break
            if word in ("up", "down") and (not is_measured or tokens.at(index - 1) in _PHRASAL):
                break
            return words[word]
        has_link = (
            has_link
            or (word in _TO_OR_BY and distance <= 1)
            or (word in ("to", "by") and _is_filled(tokens, index + 1, first))
        )
        index -= 1
    if amount.kind in ("percent", "money", "measure") or amount.unit:
        after = tokens.at(amount.last)
        return (
            _phrases("right", "trend").get(after, "")
            if after != "up" or tokens.at(amount.last + 1) != "to"
            else ""
        )
    return ""


def find_counted(tokens: Tokens, amount: Amount, ends: Mapping[int, int]) -> tuple[int, int] | None:
    """Find what an amount counts: the tokens of the noun phrase, or None.

    Parameters
    ----------
    tokens : Tokens
        The sentence.
    amount : Amount
        The amount in it.
    ends : mapping of int to int
        Last token of each amount of the sentence by its first: *one of the three pictures* counts pictures.

    Examples
    --------
    >>> from rashomon._quantities.amounts import find_amounts
    >>> tokens, found = find_amounts("Over 1,500 North Korean special forces members have joined")
    >>> tokens.surface(*find_counted(tokens, found[0], {}))
    'North Korean special forces members'
    """
    if amount.kind in ("date", "time", "year", "identifier", "idiom", "age", "multiple"):
        return None
    if (amount.unit and amount.kind != "percent") or (
        amount.kind == "percent" and tokens.at(amount.last) != "of"
    ):
        return (
            _measured_before(tokens, amount)
            if tokens.at(amount.last) != "of"
            else _after_of(tokens, amount, ends)
        )
    if tokens.at(amount.last) == "of" or (
        tokens.at(amount.last) in ("more", "out") and tokens.at(amount.last + 1) == "of"
    ):
        return _after_of(tokens, amount, ends)
    index = amount.last + (tokens.at(amount.last) == "-" and tokens.is_glued(amount.last))
    if index > amount.last:
        word = tokens.at(index)
        return (index, index + 1) if word.isalpha() and word not in cues("stop") else None
    is_one = amount.value == 1 or amount.kind in ("ordinal", "fraction")
    return _noun_phrase(tokens, index, needs_plural=not is_one, is_one=is_one)


def _after_of(tokens: Tokens, amount: Amount, ends: Mapping[int, int]) -> tuple[int, int] | None:
    index = amount.last + (2 if tokens.at(amount.last) != "of" else 1)
    while tokens.at(index) in _DETERMINERS:
        index += 1
    index = ends.get(index, index)
    return _noun_phrase(tokens, index)


def _measured_before(tokens: Tokens, amount: Amount) -> tuple[int, int] | None:
    """Find the *altitude* of *an altitude of 15 kilometers* and *an altitude of up to 15 kilometers*."""
    index = amount.first
    for _ in range(4):
        if tokens.at(index - 1) == "of":
            noun = tokens.at(index - 2)
            is_noun = (
                noun.isalpha()
                and noun not in cues("stop")
                and noun not in ("total", "average", "maximum", "minimum", "out")
            )
            return (index - 2, index - 1) if is_noun and index >= 2 else None
        if tokens.at(index - 1) not in cues("filler") and tokens.at(index - 1) not in _phrase_words():
            return None
        index -= 1
    return None


def _noun_phrase(
    tokens: Tokens, index: int, *, needs_plural: bool = False, is_one: bool = False
) -> tuple[int, int] | None:
    """Read a noun phrase from its first word to its head: the first plural, or a plural behind that."""
    stop, skip = cues("stop"), cues("skip")
    while tokens.at(index) in skip and tokens.at(index + 1)[:1].isalpha():
        index += 1
    first, head = index, None
    while index < len(tokens) and index - first < 8:
        word = tokens.words[index]
        if word == "-" and tokens.is_glued(index) and tokens.is_glued(index + 1):
            index += 1
            continue
        if word in ("and", "or") and head is None and needs_plural and index > first:  # red and green boats
            index += 1
            continue
        if not word[0].isalpha() or word in stop or (word.endswith(("'s", "’s")) and head is not None):
            break
        is_many = is_plural(word)
        if head is not None and not is_many:
            break
        if is_many and is_one and index > first:  # one boat | sails
            break
        if is_many:
            head = index
        index += 1
    if head is not None:
        return first, head + 1
    if needs_plural or index == first:
        return None
    while index > first + 1 and (
        tokens.words[index - 1].endswith(("ed", "ly")) or tokens.words[index - 1] == "-"
    ):
        index -= 1
    return first, min(index, first + 6)


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


def _is_time_preposition(tokens: Tokens, index: int, phrase: str, amount: Amount) -> bool:
    if amount.kind == "duration":
        return phrase in _TIME_PREPOSITIONS and tokens.at(index - 1) not in _BEFORE_BOUND
    return phrase == "near" and bool(amount.unit) and amount.kind == "measure"


def _is_filled(tokens: Tokens, first: int, last: int) -> bool:
    """Tell whether only words of degree stand between a trend and its amount: *rose by more than*."""
    return all(
        word in cues("filler") or word in _TO_OR_BY or word in _phrase_words() or word.endswith("ly")
        for word in tokens.words[first:last]
    )


@cache
def _phrases(side: str, column: str) -> dict[str, str]:
    """Read what the phrases of one side say of a bound or a trend."""
    rows = read_word_list("bounds")
    return {row["phrase"]: row[column] for row in rows if row[column] and row["side"] == side}


@cache
def _phrase_words() -> frozenset[str]:
    return frozenset(word for phrase in _phrases("left", "bound") for word in phrase.split())
