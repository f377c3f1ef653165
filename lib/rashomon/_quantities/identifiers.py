"""Tell numbers that name something: codes, model numbers, numbered parts, names and scores.

Known limits: a bare number after a capitalized word is taken for part of a name (*Flight 370*); match
scores are told from ranges by the words around them.
"""

from __future__ import annotations

from rashomon._quantities.digits import Tokens
from rashomon._quantities.lookalikes import Amount, counts_plural, cues, is_plural, plain, starts_noun
from rashomon._quantities.numbers import Number
from rashomon._quantities.units import MONEY_SCALES, find_unit_after

_NO_STEMS = frozenset((
    "foot", "minus", "sub", "mid", "pre", "post", "early", "late", "now", "then", "magnitude",
))  # fmt: skip


def read_code(tokens: Tokens, number: Number) -> Amount | None:
    """Read KN-23, G7, 5G, M21: digits glued to letters that are neither a unit nor a scale."""
    first, last = number.first, number.last
    glued_before = tokens.is_glued(first)
    before = tokens.at(first - 1)
    if glued_before and before == "-" and tokens.is_glued(first - 1) and tokens.at(first - 2)[-1:].isalpha():
        stem = tokens.at(first - 2)
        if stem == "under":  # the under-19s
            return plain(tokens, *_grow(tokens, first, last), "identifier")
        if stem in _NO_STEMS or (stem in cues("stop") and stem not in ("last", "next")):
            return None
        return plain(tokens, *_grow(tokens, first, last), "identifier")
    if glued_before and (before[-1:].isalpha() or before in ("_", "^")):
        return plain(tokens, *_grow(tokens, first, last), "identifier")
    follows = tokens.at(last)
    if _is_labeled(tokens, first):  # Figure 3A
        return plain(tokens, *_grow(tokens, first, last), "identifier")
    if glued_before and before == ")":  # (PO4)6
        return plain(tokens, first, last, "identifier")
    if (
        before == "-"
        and tokens.is_glued(first)
        and tokens.is_glued(last) is False
        and _is_acronym(tokens, first - 2)
    ):
        return plain(tokens, first - 2, last, "identifier")  # COVID -19
    if tokens.is_glued(last) and follows[:1].isalpha() and number.form == "plain":
        if (
            tokens.surface(last, last + 1) == "s"
            or follows in MONEY_SCALES
            or find_unit_after(tokens, last)
            or follows == "x"
        ):
            return None
        return plain(tokens, *_grow(tokens, first, last), "identifier")
    digits = tokens.words[first]
    if len(digits) > 3 and follows in ("zip", "postcode") and digits.isdigit():  # the 90049 ZIP code
        return plain(tokens, first, last, "identifier")
    if digits.isdigit() and len(digits) > 15:
        return plain(tokens, first, last, "identifier")
    return None


def _is_labeled(tokens: Tokens, first: int) -> bool:
    """Tell *Section 12*, *Fig. 3* from *sections 12 km long*: the label has a capital or is cut short."""
    index = first - 1 - (tokens.at(first - 1) == ".")
    label = tokens.at(index)
    if label not in cues("label") or not tokens.words[first].replace(".", "", 1).isdigit():
        return False
    is_capital = tokens.text[tokens.starts[index]].isupper()
    if is_capital and index > 0 and label not in _COUNTERS:  # the Phase 3 trials, but: No 40 trials
        return True
    is_short = index < first - 1 and tokens.is_glued(first - 1) and len(label) < 5
    return (is_short or is_capital) and not counts_plural(tokens, first + 1)


_COUNTERS = frozenset(("no", "nos", "nr", "number", "numbers"))


def _is_acronym(tokens: Tokens, index: int) -> bool:
    """Tell a word all in capitals among words that are not."""
    word = tokens.surface(index, index + 1) if index >= 0 else ""
    if not (len(word) > 2 and word.isalpha() and word.isupper()):
        return False
    at = tokens.starts[index]
    return not tokens.text[max(0, at - 60) : at + 60].isupper()


def _grow(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """Grow a code over all that is glued to it: letters, digits and inner hyphens."""
    while (
        first > 0
        and tokens.is_glued(first)
        and (tokens.words[first - 1][0].isalnum() or tokens.words[first - 1] in "-_")
    ):
        first -= 1
    while last < len(tokens) and tokens.is_glued(last):
        word = tokens.words[last]
        if not (
            word[0].isalnum()
            or (word in "-_" and tokens.is_glued(last + 1) and tokens.at(last + 1)[0].isalnum())
        ):
            break
        last += 1
    return first, last


def read_name(tokens: Tokens, number: Number, before: Amount | None) -> Amount | None:
    """Read a bare number that names and does not count: *Section 427*, *S&P 500*, *2.0*."""
    first, last = number.first, number.last
    digits, previous, after = tokens.words[first], tokens.at(first - 1), tokens.at(last)
    if not tokens.is_number[first]:
        is_rank = previous in ("top", "bottom", "final") and not starts_noun(tokens, last)
        return plain(tokens, first, last, "idiom") if is_rank else read_word_name(tokens, number)
    if last - first > 1 or number.scale != 1 or number.form != "plain" or number.value is None:
        return None
    if digits.endswith(".0") and len(digits) == 3 and previous[:1].isalpha() and previous not in cues("stop"):
        return plain(tokens, first, last, "idiom")
    if not digits.isdigit():
        return None
    if tokens.at(last) in ("-", "–") and tokens.is_glued(last) and tokens.is_glued(last + 1):
        last += 2 if tokens.words[last + 1].isdigit() else 0  # rows 12-18, City 3-1, Boeing 737-800
    is_count = counts_plural(tokens, last)
    is_listed = (
        before is not None and before.kind == "identifier"
        and previous in ("and", "or", ",", "-", "–", "to", "&")
        and before.last in (first - 1, first - 2)
    )  # fmt: skip
    label = previous if previous != "." else tokens.at(first - 2)
    if (label in cues("label") or is_listed) and not is_count:
        return plain(tokens, first, last, "identifier")
    is_capital = (
        first > 0
        and tokens.surface(first - 1, first) != previous
        and previous.isalpha()
        and previous not in cues("stop")
    )
    is_capital = is_capital and previous not in _NOT_NAMES
    if is_capital and not tokens.text[tokens.starts[first - 1]].isupper():  # two iPhone 11 Pro cameras
        return plain(tokens, first, last, "identifier")
    if _is_model(tokens, number, before):
        return plain(tokens, first, last, "identifier")
    if is_capital and not is_count and not (first == 1 and after in ("of", "")):
        return plain(tokens, first, last, "identifier")
    return None


def _is_model(tokens: Tokens, number: Number, before: Amount | None) -> bool:
    """Tell *the 787 Dreamliner* and *two new 737 Max jets* from *150 Germans* and *300 Volvo workers*."""
    last, digits = number.last, tokens.words[number.first]
    if not 2 < len(digits) < 5 or digits.endswith("00") or not _is_capital(tokens, last):
        return False
    if before is not None and 0 < number.first - before.last < 3:
        between = tokens.words[before.last : number.first]
        if all(word.isalpha() and word not in cues("stop") for word in between):
            return True
    end = last
    while _is_capital(tokens, end):
        end += 1
    goes_on = starts_noun(tokens, end) and not tokens.at(end).endswith(("ing", "ed"))
    return not (is_plural(tokens.at(end - 1)) or goes_on)


def _is_capital(tokens: Tokens, index: int) -> bool:
    return tokens.at(index).isalpha() and tokens.text[tokens.starts[index]].isupper()


_NOT_NAMES = frozenset((
    "some", "over", "nearly", "almost", "another", "just", "only", "least", "most", "more", "roughly",
    "approximately", "total",
))  # fmt: skip


def read_word_name(tokens: Tokens, number: Number) -> Amount | None:
    """Read *the Big Ten*, *Group of Seven*: a capitalized number word inside a name."""
    first = number.first
    at = tokens.starts[first]
    if first == 0 or not tokens.text[at].isupper() or not tokens.at(first - 1).isalpha():
        return None
    around = range(max(0, first - 20), min(len(tokens), first + 20))
    initials = [tokens.text[tokens.starts[i]].isupper() for i in around if tokens.words[i][0].isalpha()]
    neighbors = (first - 2 if tokens.at(first - 1) == "of" else first - 1, number.last)
    if sum(initials) * 2 > len(initials):
        return None
    if not any(i < len(tokens) and tokens.text[tokens.starts[i]].isupper() for i in neighbors):
        return None
    return plain(tokens, first, number.last, "identifier")


def is_score(tokens: Tokens, one: Amount, two: Amount) -> bool:
    """Tell the score of a match from a range: *won 3-1*, *4-0 up*, but *3-5 people*."""
    if one.unit or two.unit or one.scale != 1 or two.scale != 1 or one.value is None or two.value is None:
        return False
    if one.value > two.value and one.value < 1000 and one.value % 1 == two.value % 1 == 0:
        return True  # failed 212-198
    if max(one.value, two.value) > 200 or (starts_noun(tokens, two.last) and one.value < two.value):
        return False
    near = tokens.words[max(0, one.first - 6) : one.first] + tokens.words[two.last : two.last + 4]
    return one.value >= two.value or any(word in cues("score") for word in near)
