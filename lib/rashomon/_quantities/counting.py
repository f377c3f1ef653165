"""Find what an amount counts or measures: its noun phrase, by the words beside it.

Without a parser it is the noun phrase to the right of the number, up to its plural head, or, for a measure,
the noun it is glued to (*a 40-day siege*) or that stands before *of* (*an altitude of 15 km*).

Known limits: a head that is neither plural nor listed is not found after numbers other than one;
a noun phrase with a lower-case adjective behind its noun (*forces available*) ends at the noun.
"""

from __future__ import annotations

from collections.abc import Mapping

from rashomon._quantities.amount_phrases import phrase_words
from rashomon._quantities.digits import Tokens
from rashomon._quantities.lookalikes import Amount, cues, is_plural

_DETERMINERS = frozenset((
    "the", "a", "an", "its", "their", "his", "her", "our", "my", "your", "these", "those", "this",
    "that", "all",
))  # fmt: skip


def find_all_counted(tokens: Tokens, amounts: list[Amount]) -> list[tuple[int, int] | None]:
    """Find what each amount counts; *two-, three- and four-room* and *two or three men* share it."""
    ends = {amount.first: amount.last for amount in amounts}
    counts = [find_counted(tokens, amount, ends) for amount in amounts]
    for i in range(len(amounts) - 2, -1, -1):
        between = tokens.words[amounts[i].last : amounts[i + 1].first]
        is_list = (
            between and len(between) <= 3 and set(between) <= {"-", ",", "and", "or"} and between != ["-"]
        )
        if (
            is_list
            and counts[i] is None
            and amounts[i].is_quantity
            and not amounts[i].unit
            and not amounts[i + 1].unit
        ):
            counts[i] = counts[i + 1]
    return counts


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
        if tokens.at(index - 1) not in cues("filler") and tokens.at(index - 1) not in phrase_words():
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
