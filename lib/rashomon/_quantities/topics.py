"""Find what an amount measures where its noun stands before the verb or between verb and amount.

*Turnout was 58 %*, *cut its rate to 4 %*, *police put the crowd at 900*, *a match that took two hours*.

Known limits: no parse stands behind it: the subject is the noun phrase that the clause begins with.
"""

from __future__ import annotations

from functools import lru_cache

from rashomon._quantities.amount_phrases import Span, phrase_words
from rashomon._quantities.digits import Tokens
from rashomon._quantities.lookalikes import Amount, cues, is_plural, starts_noun
from rashomon._quantities.ranges import trend_words

DETERMINERS = frozenset((
    "the", "a", "an", "its", "their", "his", "her", "our", "my", "your", "these", "those", "this",
    "that", "all",
))  # fmt: skip
_BEFORE_NOUNS = DETERMINERS - {"that"}
_ENDS = frozenset((
    ",", ";", ":", ".", "(", ")", "—", "“", "”", '"', "but", "while", "which", "who", "that", "as",
))  # fmt: skip
_BE = frozenset(("is", "are", "was", "were", "be", "been", "being"))
# nouns that a bare number may tell the level of: "the toll rose to 40", "put the crowd at 900"
_TOTALS = frozenset((
    "toll", "tally", "population", "attendance", "membership", "crowd", "dead", "injured", "wounded",
    "missing", "homeless", "turnout",
))  # fmt: skip
_COUNTS = frozenset(("number", "total", "count"))
_COSTS = frozenset(("cost", "costs", "costing"))
_LASTS = frozenset(("took", "take", "takes", "lasted", "lasts", "last", "lasting"))


def find_topic(tokens: Tokens, amount: Amount, before: list[tuple[int, int]]) -> Span:
    """Find what is measured before the verb or behind it: *turnout was 58 %*, *cut its rate to 4 %*.

    Parameters
    ----------
    tokens : Tokens
        The sentence.
    amount : Amount
        The amount in it.
    before : list of tuple of int and int
        Tokens of the amounts before it, which may stand between: *fell by 18 percent to 94*.

    Examples
    --------
    >>> from rashomon._quantities.amounts import find_amounts
    >>> tokens, found = find_amounts("Police put the number of rioters at 900.")
    >>> tokens.surface(*find_topic(tokens, found[0], []))
    'rioters'
    """
    if amount.kind == "multiple" and tokens.words[amount.first].endswith("ed"):  # wages have doubled
        return find_subject(tokens, amount.first)
    index, at = amount.first - 1, -1
    trends, measures, puts = trend_words(), cues("measures"), cues("puts")
    for verb in range(index, max(0, amount.first - 13), -1):
        word = tokens.words[verb]
        if word in _ENDS and not (word == "," and tokens.at(verb + 1) in ("by", "to")):
            return None
        if at >= 0 and word in puts:
            return _find_placed(tokens, verb, at)
        if tokens.at(verb - 1) in _BEFORE_NOUNS or (word == "up" and tokens.at(verb + 1) == "to"):
            continue  # the cost, a rise
        if word in _LASTS and amount.kind == "duration":
            if not all(_is_degree(between) for between in tokens.words[verb + 1 : amount.first]):
                return None
            return (verb - 1, verb) if word == "lasting" else find_subject(tokens, verb)
        if word in trends or word in measures:
            break
        if word == "at" and at < 0:
            at = verb
    else:
        return None
    if amount.kind == "duration":
        return None
    if word in _COSTS:  # it cost the city 40 million euros
        return find_subject(tokens, verb)
    first = last = _skip_determiners(tokens, verb + 1)
    if before and first == before[-1][0]:  # rose six points to
        first = last = before[-1][1]
    while last <= index and tokens.words[last].isalpha() and not _is_between(tokens.words[last]):
        last += 1
    is_object = last > first and word in trends  # cut its rate to; raised its dividend | 10 percent
    is_named = first > verb + 1 and (last == amount.first or any(last == start for start, _ in before))
    if is_object and (is_named or tokens.at(last) in ("by", "to", "from", "at")):
        return first, last
    if word.startswith(("los", "rais")) and amount.kind == "money" and tokens.at(index) not in ("to", "by"):
        return None  # the bank lost $3 million: that measures no bank
    is_state = last == first + 1 and tokens.at(last) == "at"  # was weak at $1.05
    last = last if word in trends or is_state else verb + 1  # but was demanding 300
    apart = next((i for i in range(last, index) if tokens.words[i] == ","), last)
    for i in range(apart, index + 1):
        is_amount = any(start <= i < end for start, end in before)  # by 18 percent to 94
        is_amount |= tokens.words[i - 1] in ("a", "per")  # from 80 a week to 30
        if tokens.words[i].isalpha() and not _is_between(tokens.words[i]) and not is_amount:
            return None
    return find_subject(tokens, verb)


def is_count_of(tokens: Tokens, amount: Amount, topic: tuple[int, int]) -> bool:
    """Tell *murders fell to 94*, which counts murders, from *the share fell to 94*, which counts nothing."""
    head = tokens.words[topic[1] - 1]
    return amount.unit != "" or head in _TOTALS or is_plural(head)


def find_subject(tokens: Tokens, verb: int) -> Span:
    """Read the noun phrase that the clause of a verb begins with: *the death toll from the floods | rose*."""
    first = verb
    while first > 0 and tokens.words[first - 1] not in _ENDS and verb - first < 12:
        first -= 1
    if first == verb and tokens.at(verb - 1) in ("that", "which"):  # a match that took two hours
        noun = verb - 2
        return (noun, noun + 1) if noun >= 0 and starts_noun(tokens, noun) else None
    for i in range(verb - 1, first, -1):
        if tokens.words[i] in _says() and i + 1 < verb:  # the bank said | inflation rose
            first = i + 1
            break
    while first < verb and (tokens.words[first] in DETERMINERS or tokens.words[first] in ("and", "but")):
        first += 1
    if tokens.at(first) in _COUNTS and tokens.at(first + 1) == "of":
        first = _skip_determiners(tokens, first + 2)
    is_year = first + 1 < verb and tokens.is_number[first] and len(tokens.words[first]) == 4
    first += is_year  # the 2028 Games
    last = first
    while last < verb and (tokens.words[last][0].isalpha() or (last > first and _is_in_name(tokens, last))):
        if last > first and (_is_between(tokens.words[last]) or tokens.words[last] in _says()):
            break
        last += 1
    last -= last - first > 1 and tokens.words[last - 1].endswith("ed")  # unemployment edged | down
    is_noun = last - first > 1 or tokens.at(first) in trend_words() or not _is_between(tokens.at(first))
    return (first, last) if last > first and is_noun else None


def find_named_before(tokens: Tokens, amount: Amount) -> Span:
    """Find the plural that a bare number in apposition counts: *road deaths, 94 last year,*."""
    comma = amount.first - 1 - (tokens.at(amount.first - 1) in ("now", "currently"))
    is_apart = tokens.at(comma) == "," and (
        comma < amount.first - 1 or tokens.at(amount.last) in ("last", "this", "in")
    )
    if not is_apart or not is_plural(tokens.at(comma - 1)):
        return None
    first, stop = comma - 1, cues("stop")
    while first > 0 and comma - first < 4:
        word = tokens.words[first - 1]
        if not word.isalpha() or word in stop or word in DETERMINERS or word.endswith(("ed", "ly")):
            break
        first -= 1
    return first, comma


def _find_placed(tokens: Tokens, verb: int, at: int) -> Span:
    """Read what is put at an amount: *put the cost at*, *losses were put at*, *a house, listed at*."""
    before = verb - 1
    while before > 0 and tokens.words[before].endswith("ly"):
        before -= 1
    if tokens.at(before) in _BE:
        return find_subject(tokens, before)
    first = _skip_determiners(tokens, verb + 1)
    if first == at:
        is_noun = before > 0 and tokens.words[before] not in cues("stop")
        return find_subject(tokens, before if tokens.at(before) == "," else verb) if is_noun else None
    if tokens.at(first) in _COUNTS and tokens.at(first + 1) == "of":
        first = _skip_determiners(tokens, first + 2)
    last = first
    while last < at and tokens.words[last].isalpha() and tokens.words[last] not in cues("stop"):
        last += 1
    last += last == first and tokens.at(first) in _TOTALS  # the number of wounded
    return (first, last) if last > first else None


def _skip_determiners(tokens: Tokens, first: int) -> int:
    while tokens.at(first) in DETERMINERS:
        first += 1
    return first


@lru_cache(maxsize=1)
def _says() -> frozenset[str]:
    """Give the verbs behind which a clause begins anew: *said*, *expects*."""
    return frozenset(("said", "says", "say", "saying")) | {
        phrase for phrase in cues("gives") if " " not in phrase
    }


def _is_in_name(tokens: Tokens, index: int) -> bool:
    """Tell the *&* and the *500* of *S&P 500*."""
    is_capital = tokens.text[tokens.starts[index - 1]].isupper() and tokens.at(index + 1) != "-"
    is_number = tokens.is_number[index] and tokens.words[index].isdigit()
    return tokens.words[index] == "&" or (is_number and is_capital)


@lru_cache(maxsize=20_000)
def _is_degree(word: str) -> bool:
    return word in cues("filler") or word in phrase_words() or word.endswith("ly")


@lru_cache(maxsize=20_000)
def _is_between(word: str) -> bool:
    return _is_degree(word) or word in cues("stop") or word in trend_words()
