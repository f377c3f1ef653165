"""Find what an amount counts or measures: its noun phrase, by the words beside it.

Without a parser it is the noun phrase to the right of the number, up to its plural head, or, for a measure,
the noun it is glued to (*a 40-day siege*) or that stands before *of* (*an altitude of 15 km*).

Known limits: a head that is neither plural nor listed is not found after numbers other than one;
a noun phrase with a lower-case adjective behind its noun (*forces available*) ends at the noun.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from rashomon._quantities.amount_phrases import phrase_words
from rashomon._quantities.digits import Tokens
from rashomon._quantities.lookalikes import Amount, cues, is_plural, starts_noun
from rashomon._quantities.ranges import trend_words
from rashomon._quantities.topics import DETERMINERS, find_named_before, find_topic, is_count_of

# "3,000 surrendered; the rebels spoke of fewer than 500": how near the noun may stand that is left out
_REACH, _AHEAD = 30, 14
_STATES = frozenset(("missing", "dead", "injured", "wounded", "hurt", "homeless", "infected", "ill"))
# "four years in prison"
_MAKES = frozenset(("lost", "lose", "loses", "losing", "made", "make", "makes", "raised", "raise"))
_REGULAR = frozenset(("daily", "weekly", "monthly", "yearly"))  # 40 million monthly users
_OF_TIME = frozenset(("last", "early", "late", "recent", "past", "first", "second", "third", "fourth"))
_PLACES = frozenset(("prison", "jail", "custody", "detention", "hospital", "office", "power", "exile"))
_CHANGES = frozenset((
    "rise", "increase", "jump", "surge", "growth", "gain", "fall", "drop", "decline", "decrease", "cut",
    "reduction", "slump", "plunge",
))  # fmt: skip
_BODIES = frozenset((
    "family", "group", "team", "crew", "panel", "jury", "staff", "crowd", "population", "workforce",
    "squad", "fleet", "committee", "board", "village", "town", "party", "class", "gang",
))  # fmt: skip


def find_all_counted(tokens: Tokens, amounts: list[Amount]) -> list[tuple[int, int] | None]:
    """Find what each amount of a sentence counts.

    *two-, three- and four-room* and *two or three men* share it; in *of 44 boats, 19 had sunk* the second
    amount counts what the first does.
    """
    ends = {amount.first: amount.last for amount in amounts}
    names = frozenset(a.first for a in amounts if a.kind == "identifier" and a.last == a.first + 1)
    counts = [find_counted(tokens, amount, ends, names) for amount in amounts]
    for i in range(len(amounts) - 2, -1, -1):
        between = tokens.words[amounts[i].last : amounts[i + 1].first]
        is_list = between and len(between) <= 3 and set(between) <= {"-", ",", "and", "or"}
        is_list = is_list and between != ["-"] and not _is_state(tokens, counts[i + 1], between)
        if counts[i] is None and is_list and amounts[i].is_quantity:
            counts[i] = None if amounts[i].unit or amounts[i + 1].unit else counts[i + 1]
    last: int | None = None
    for i, amount in enumerate(amounts):
        if amount.kind not in ("cardinal", "range", "vague") or amount.unit:
            continue
        if counts[i] is not None:
            last = None if amount.value == 1 or tokens.at(amount.last) == "-" else i
        elif last is not None and amount.first - amounts[last].last < _REACH and _is_bare(tokens, amount):
            counts[i] = counts[last] if _is_alike(amounts[last], amount) else None
    for i in range(len(amounts) - 2, -1, -1):  # from 210 to 641 cases
        one, two = amounts[i], amounts[i + 1]
        is_open = one.kind == two.kind == "cardinal" and not (one.unit or two.unit or counts[i])
        between = tokens.words[one.last : two.first]
        is_open &= between[-1:] != ["from"] and ("to" in between or _is_listed(between))  # 147 from 139 balls
        is_open = is_open and not _is_state(tokens, counts[i + 1], between)
        if is_open and two.first - one.last < _AHEAD and _is_bare(tokens, one):
            counts[i] = counts[i + 1]
    for i, amount in enumerate(amounts):
        if counts[i] is None and amount.is_quantity and amount.kind != "age":
            earlier = [(a.first, a.last) for a in amounts[max(0, i - 2) : i]]
            topic = find_topic(tokens, amount, earlier)
            if topic is None and not amount.unit:
                topic = find_named_before(tokens, amount)
            if topic and any(first <= topic[0] < last for first, last in earlier):
                topic = None  # scores of flights were canceled and millions of dollars lost
            counts[i] = topic if topic and is_count_of(tokens, amount, topic) else None
            if counts[i] is None and i and amount.unit:
                counts[i] = _of_the_same(tokens, amounts[i - 1], amount, counts[i - 1])
    return counts


def _is_alike(one: Amount, two: Amount) -> bool:
    """Tell whether both may count the same: not in *9 of 48 pumps failed, so 5 million had no water*."""
    return one.value is None or two.value is None or two.value <= 1000 * max(one.value, one.scale)


def _is_listed(between: list[str]) -> bool:
    """Tell *31 and about 40 jobs* from *employs 31 and needs 40 tons*."""
    return all(word in ("and", "or", ",") or word in phrase_words() for word in between)


def _is_state(tokens: Tokens, counted: tuple[int, int] | None, between: list[str]) -> bool:
    """Tell *kills three, seven missing*, where the three are not missing, from *two or three missing*."""
    is_state = counted is not None and tokens.words[counted[1] - 1] in _STATES
    return is_state and between not in (["or"], ["to"])


def _of_the_same(
    tokens: Tokens, one: Amount, two: Amount, counted: tuple[int, int] | None
) -> tuple[int, int] | None:
    """Give *58 %, down from 64 %* and *43 % of voters … 38 % oppose it* what the first one is a share of."""
    if counted and tokens.words[one.last : two.first] == ["("]:  # 310 meters (1,017 feet)
        return counted
    if counted is None or one.unit != two.unit or two.first - one.last > _REACH:
        return None
    is_old = tokens.at(two.first - 1) in ("from", "to") or tokens.at(two.first - 2) == "from"
    is_share = two.kind == "percent" and tokens.at(one.last) == "of" and tokens.at(two.last).isalpha()
    is_share = is_share and tokens.at(two.first - 1) in ("and", "while", "but", ",", "another")
    return counted if is_old or is_share else None


def _is_bare(tokens: Tokens, amount: Amount) -> bool:
    """Tell an amount whose noun is left out: *rose to 40.*, *19 had sunk*; not *40 red*, *(3)*, *3:1*."""
    after, before = tokens.at(amount.last), tokens.at(amount.first - 1)
    if before in ("(", "[", "/", ":", "#", "-", "–", "at") or tokens.is_glued(amount.first):
        return False
    is_sum = before in cues("spend") or (amount.scale >= 10**6 and before in _MAKES)
    if after == "others" or is_sum or tokens.at(amount.last + 1) == "board":
        return False  # killed two nuns and hurt 9 others, spent 90 million on it
    if before.endswith("ed") and before not in trend_words():  # seized 40 guns and arrested 12
        return False
    return after in ("", ".", ",", ";", "!", "?", "”", '"') or after in cues("stop")


def find_counted(
    tokens: Tokens, amount: Amount, ends: Mapping[int, int], names: frozenset[int] = frozenset()
) -> tuple[int, int] | None:
    """Find what an amount counts: the tokens of the noun phrase, or None.

    Parameters
    ----------
    tokens : Tokens
        The sentence.
    amount : Amount
        The amount in it.
    ends : mapping of int to int
        Last token of each amount of the sentence by its first: *one of the three pictures* counts pictures.
    names : frozenset of int
        Tokens that are digits inside a name: *two new 737 jets* counts jets.

    Examples
    --------
    >>> from rashomon._quantities.amounts import find_amounts
    >>> tokens, found = find_amounts("Over 1,500 North Korean special forces members have joined")
    >>> tokens.surface(*find_counted(tokens, found[0], {}))
    'North Korean special forces members'
    """
    if amount.kind in ("date", "time", "year", "identifier", "idiom"):
        return None
    if amount.kind == "multiple":
        return _find_changed(tokens, amount)
    if amount.unit and tokens.at(amount.number_last) == "-" and tokens.is_glued(amount.number_last):
        return _after_hyphen(tokens, amount.last)  # a 40-day siege
    if amount.kind == "age":
        return None
    if amount.kind == "duration" and tokens.at(amount.last) == "in" and tokens.at(amount.last + 1) in _PLACES:
        return amount.last + 1, amount.last + 2
    if amount.unit == "magnitude" and starts_noun(tokens, amount.last):  # a magnitude 6 quake
        return amount.last, amount.last + 1
    if change := _find_changed(tokens, amount):
        return change
    if amount.unit and (beside := _beside_unit(tokens, amount)):
        return beside
    if amount.kind == "fraction" and tokens.at(amount.first) == "one" and tokens.at(amount.first + 1) != "in":
        last = next((i for i in range(amount.first + 1, amount.last) if tokens.words[i] == "in"), 0)
        if last > amount.first + 1 and tokens.at(last - 1) != "out":
            return amount.first + 1, last  # one school in nine
    if (amount.unit and amount.kind != "percent") or (
        amount.kind == "percent" and tokens.at(amount.last) != "of"
    ):
        return (
            _measured_before(tokens, amount)
            if tokens.at(amount.last) != "of"
            else _after_of(tokens, amount, ends)
            if tokens.at(amount.first - 1) != "within"
            else None
        )
    if tokens.at(amount.last) == "of" or (
        tokens.at(amount.last) in ("more", "out") and tokens.at(amount.last + 1) == "of"
    ):
        return _after_of(tokens, amount, ends)
    if tokens.at(amount.last) == "-" and tokens.at(amount.last + 1) == "plus":  # the 200-plus guests
        return _noun_phrase(tokens, amount.last + 2, names, needs_plural=True)
    index = amount.last + (tokens.at(amount.last) == "-" and tokens.is_glued(amount.last))
    if index > amount.last:
        word = tokens.at(index)
        return (index, index + 1) if word.isalpha() and word not in cues("stop") else None
    if ends.get(index, 0) > index + 1:  # two 40-foot masts, not 14 first-team players
        index = ends[index]
    is_one = amount.value == 1 or amount.kind in ("ordinal", "fraction")
    found = _noun_phrase(tokens, index, names, needs_plural=not is_one, is_one=is_one)
    of = amount.first - 1
    while found is None and tokens.at(of) != "of" and tokens.at(of) in phrase_words():
        of -= 1
    if found is None and tokens.at(of - 1) in _BODIES and tokens.at(of) == "of":
        return of - 1, of  # a family of four, a crowd of about 300
    return found


def _find_changed(tokens: Tokens, amount: Amount) -> tuple[int, int] | None:
    """Read the *prices* of *a 5 percent rise in prices*; not the month of *a rise in May*."""
    index = amount.last
    if tokens.at(index) not in _CHANGES or tokens.at(index + 1) != "in":
        return None
    index += 3 if tokens.at(index + 2) in ("the", "its", "their") else 2
    is_noun = starts_noun(tokens, index) and tokens.text[tokens.starts[index]].islower()
    return _noun_phrase(tokens, index) if is_noun and tokens.words[index] not in _OF_TIME else None


def _beside_unit(tokens: Tokens, amount: Amount) -> tuple[int, int] | None:
    """Read the *loan* of *a $5 million loan* and the *damages* of *$5 million in damages*."""
    if tokens.at(amount.first - 1) in DETERMINERS and tokens.at(amount.first - 1) != "all":
        return _after_hyphen(tokens, amount.last)
    if amount.kind == "money" and tokens.at(amount.last) == "in":
        return _noun_phrase(tokens, amount.last + 1, needs_plural=True)
    return None


def _after_hyphen(tokens: Tokens, first: int) -> tuple[int, int] | None:
    """Read the *long siege* of *40-day long siege*: up to three words before anything that ends a phrase."""
    last = first
    while last < first + 3 and tokens.at(last)[:1].isalpha() and tokens.at(last) not in cues("stop"):
        word = tokens.words[last]
        if last > first and (word.endswith(("ed", "ly")) or _is_verb(word)):
            break
        last += 1
        if is_plural(tokens.words[last - 1]):
            break
    return (first, last) if last > first else None


@lru_cache(maxsize=5000)
def _is_verb(word: str) -> bool:
    """Tell the *sold* of *the 40-year-old singer sold* and the *costs* of *a 2-liter bottle costs*."""
    is_verb = word in trend_words() or word in cues("measures") or word in cues("verb_s")
    return is_verb or cues("status").get(word) == "happened"


def _after_of(tokens: Tokens, amount: Amount, ends: Mapping[int, int]) -> tuple[int, int] | None:
    index = amount.last + (2 if tokens.at(amount.last) != "of" else 1)
    while tokens.at(index) in DETERMINERS:
        index += 1
    while (
        index not in ends
        and index + 1 in ends
        and (tokens.at(index) in cues("filler") or tokens.at(index).endswith(("'s", "’s")))
    ):
        index += 1  # two-thirds of the combined 40 million users, half of the town's 900 people
    index = ends.get(index, index)
    if ends.get(index, 0) > index + 1:  # one of the two 40-foot masts
        index = ends[index]
    return _noun_phrase(tokens, index)


def _measured_before(tokens: Tokens, amount: Amount) -> tuple[int, int] | None:
    """Find the *altitude* of *an altitude of 15 kilometers* and *an altitude of up to 15 kilometers*."""
    index = amount.first
    for _ in range(4):
        if tokens.at(index - 1) == "of":
            noun = tokens.at(index - 2)
            is_noun = noun.isalpha() and noun not in cues("stop") and noun not in cues("no_noun")
            return (index - 2, index - 1) if is_noun and index >= 2 else None
        word = tokens.at(index - 1)
        if word != "between" and word not in cues("filler") and word not in phrase_words():
            return None
        index -= 1
    return None


def _goes_on(tokens: Tokens, index: int, needs_plural: bool) -> bool:
    """Tell *red and green boats* and *dozens of Fords and Opels* from *one boat and two cars*."""
    is_noun = starts_noun(tokens, index + 1) and tokens.at(index + 1) not in DETERMINERS
    return is_noun and (needs_plural or is_plural(tokens.at(index + 2)))


def _noun_phrase(
    tokens: Tokens,
    index: int,
    names: frozenset[int] = frozenset(),
    *,
    needs_plural: bool = False,
    is_one: bool = False,
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
        if word in ("and", "or") and head is None and index > first and _goes_on(tokens, index, needs_plural):
            index += 1
            continue
        if index in names and index > first and head is None:
            index += 1
            continue
        is_stop = word in stop and not (
            word in _REGULAR and index == first and starts_noun(tokens, index + 1)
        )
        if not word[0].isalpha() or is_stop or (word.endswith(("'s", "’s")) and head is not None):
            break
        is_many = is_plural(word)
        if head is not None and not is_many:
            break
        if is_many and index > first and word in cues("verb_s"):  # a third of the population | lives
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
