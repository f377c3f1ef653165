"""Join the figures of an event that tell the same thing, though the texts name it in different words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Any, NamedTuple

from rashomon._claimants import are_rivals
from rashomon._claims.words import content_words
from rashomon._counted import SEPARATOR, TOLD_EARLIER, join_slot, words_with

Row = Mapping[Any, Any]

_WORD = re.compile(r"[^\W\d_]{3,}")
_TIMES = ("planned", "hypothetical", "historical")


class Counted(NamedTuple):
    """What a figure counts, as far as words show: the pieces of its slot, and the words around it."""

    noun: str
    fate: str
    unit: str
    time: str
    near: str
    sentence: str


# What speaks for one slot; together at least `_ENOUGH` joins. Set on events written for it.
_SAME_NOUN, _SAME_WIDE_NOUN, _ONE_NOUN, _OTHER_NOUN = 0.5, 0.15, 0.1, -0.15
_OTHER_NOUN_AND_AMOUNT = -0.6
_SAME_FATE, _ONE_FATE, _ONE_FATE_AND_AMOUNT = 0.3, -0.15, -0.5
_SAME_AMOUNT, _SAME_SMALL_AMOUNT = 0.4, 0.15
_OTHER_AMOUNT_IN_ARTICLE, _OTHER_MONEY_IN_ARTICLE = -0.2, -0.5
_OF_TWO_CLAIMANTS = 0.25
_FAR_AMOUNT, _FAR_TIMES = -0.4, 20
_CONTEXT, _NOTHING_SHARED = 1.0, -0.3
_ENOUGH = 0.2
_NEVER = -10.0
# All pairs are weighed; of more figures only those that name it alike are joined.
_MOST_FIGURES = 1500
# Small whole numbers agree by chance.
_SMALL = 12
_SPANS = frozenset(("day", "week", "month", "year", "h", "min", "s"))
_FAR_SHARE = 0.4


def join_figures(rows: Sequence[Row], counted: Sequence[Counted]) -> list[int]:
    """Group the figures of one event by what they tell.

    Parameters
    ----------
    rows : sequence of mapping
        Rows of `figures`, sorted by article and place.
    counted : sequence of Counted
        What each counts.

    Returns
    -------
    list of int
        A number a row; the same number, the same thing told.
    """
    if len(rows) < 2:
        return [0] * len(rows)
    if len(rows) > _MOST_FIGURES:
        numbers: dict[tuple[str, ...], int] = {}
        return [numbers.setdefault(each[:4], len(numbers)) for each in counted]
    groups = _cluster(rows, counted)
    return _cluster(rows, _filled_in(counted, groups))


def _filled_in(counted: Sequence[Counted], groups: Sequence[int]) -> list[Counted]:
    """Give a figure that names no noun or fate those that most of its group name."""
    weak = {"", *words_with("weak_fate")}
    known: dict[int, tuple[str, str]] = {}
    for group in set(groups):
        told = [each for each, of in zip(counted, groups, strict=True) if of == group]
        known[group] = (
            _most(each.noun for each in told if each.noun),
            _most(each.fate for each in told if each.fate not in weak),
        )
    return [
        each._replace(noun=each.noun or known[group][0], fate=each.fate or known[group][1])
        for each, group in zip(counted, groups, strict=True)
    ]


def _cluster(rows: Sequence[Row], counted: Sequence[Counted]) -> list[int]:
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    alike = _compare_contexts(counted)
    score = _score(rows, counted)
    is_shared = _equal(each.noun for each in counted)
    is_shared |= _equal(each.fate for each in counted) & np.array([bool(each.fate) for each in counted])
    # The same 4.5 % once more, and no word what of.
    is_silent = _either(bool(each.unit) and not each.noun and not each.fate for each in counted)
    nothing = np.where(is_shared | (is_silent & _same_amounts(rows)), 0.0, _NOTHING_SHARED)
    score += np.where(alike > 0, _CONTEXT * alike, nothing)
    apart = (1 - score).clip(0, 20)
    np.fill_diagonal(apart, 0)
    tree = linkage(squareform(apart.round(9), checks=False), method="average")
    return [int(group) for group in fcluster(tree, 1 - _ENOUGH, "distance")]


def name_slots(counted: Sequence[Counted], groups: Sequence[int]) -> list[str]:
    """Name the slot of each group: the pieces that most of its figures have, and a word more if two share it.

    Parameters
    ----------
    counted : sequence of Counted
        What each figure counts.
    groups : sequence of int
        As `join_figures` gives them.

    Returns
    -------
    list of str
        A name a figure.
    """
    members: dict[int, list[Counted]] = {}
    for each, group in zip(counted, groups, strict=True):
        members.setdefault(group, []).append(each)
    names = {group: _name(told) for group, told in members.items()}
    alike: dict[str, list[int]] = {}
    for group, name in names.items():
        alike.setdefault(name, []).append(group)
    for name, sharing in alike.items():
        if not name:
            continue
        # The slot that most figures tell keeps the short name.
        first, *others = sorted(sharing, key=lambda group: (-len(members[group]), group))
        taken = {word for each in members[first] for word in content_words(each.near)}
        used: set[str] = set()
        for number, group in enumerate(others, start=2):
            near = (word for each in members[group] for word in dict.fromkeys(_plain_words(each.near)))
            words = Counter(word for word in near if not taken.intersection(content_words(word)))
            best = next((word for word, _ in words.most_common() if word not in used), str(number))
            used.add(best)
            names[group] = _qualify(name, best)
    return [names[group] for group in groups]


def _qualify(name: str, word: str) -> str:
    """Put a word before the time of a slot: its end says whether it is planned."""
    pieces = name.split(SEPARATOR)
    at = len(pieces) - 1 if pieces[-1] in _TIMES else len(pieces)
    return SEPARATOR.join([*pieces[:at], f"({word})", *pieces[at:]])


def _name(told: Sequence[Counted]) -> str:
    wide = words_with("wide_noun")
    fate, unit, time = (_most(getattr(each, piece) for each in told) for piece in ("fate", "unit", "time"))
    # "Customers" say more than "people", and anything more than nothing.
    nouns = Counter(each.noun for each in told if each.noun)
    noun = max(nouns, key=lambda n: (n not in wide, nouns[n], n), default="")
    return join_slot(noun or ("people" if fate and not unit else ""), fate, unit, time)


def _most(values: Iterable[str]) -> str:
    counts = Counter(values)
    return max(counts, key=lambda value: (counts[value], value), default="")


def _plain_words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if content_words(word)]


def _score(rows: Sequence[Row], counted: Sequence[Counted]) -> Any:
    """Weigh pair by pair what speaks for one slot and against it, the words around aside."""
    import numpy as np

    noun = [each.noun for each in counted]
    fate = [each.fate for each in counted]
    size = np.array([float(abs(_amount(row) or Decimal(0))) for row in rows])
    same_noun, same_fate = _equal(noun), _equal(fate)
    same_amount = _same_amounts(rows)
    no_noun, no_fate = _either(not each for each in noun), _either(not each for each in fate)
    same_unit = _equal(each.unit for each in counted)
    no_unit = np.array([not each.unit for each in counted])[:, None]
    same_article = _equal(row["article_id"] for row in rows)
    of_two = _of_two_claimants(rows)

    wide = words_with("wide_noun")
    score = np.where(same_amount, _OTHER_NOUN, _OTHER_NOUN_AND_AMOUNT)
    score = np.where(_either(each in wide for each in noun), _ONE_NOUN, score)
    is_vague = np.array([wide.get(each) == "" for each in noun])[:, None]
    score = np.where(same_noun, np.where(is_vague, _SAME_WIDE_NOUN, _SAME_NOUN), score)
    score = np.where(no_noun, 0.0, score)

    is_weak = _either(each in words_with("weak_fate") for each in fate)
    unlike = np.where(is_weak | same_amount, _ONE_FATE, _ONE_FATE_AND_AMOUNT)
    score += np.where(same_fate, np.where(no_fate, 0.0, _SAME_FATE), unlike)

    is_plain = np.array([not each.unit or each.unit in _SPANS for each in counted])[:, None]
    agreeing = np.where(is_plain & (size <= _SMALL)[:, None], _SAME_SMALL_AMOUNT, _SAME_AMOUNT)
    small, large = np.minimum(size[:, None], size[None, :]), np.maximum(size[:, None], size[None, :])
    differing = np.where(large > _FAR_TIMES * small, _FAR_AMOUNT, 0.0)
    other = np.where(no_unit, _OTHER_AMOUNT_IN_ARTICLE, _OTHER_MONEY_IN_ARTICLE)
    in_one = np.where(of_two, np.where(small > _SMALL, _OF_TWO_CLAIMANTS, 0.0), other)
    score += np.where(same_amount, agreeing, differing + np.where(same_article, in_one, 0.0))

    # So much a day and so much in all are one thing told in two ways.
    is_named_alike = (same_noun & ~no_noun) | (same_fate & ~no_fate)
    same_sentence = _equal((row["article_id"], row["sentence_id"]) for row in rows)
    never = ~_equal(_base_of(each.unit) for each in counted)
    never |= ~same_unit & ~same_amount & ~is_named_alike
    never |= ~_equal(each.time for each in counted) & ~(same_amount & ~no_unit)
    never |= ~no_fate & ~same_fate & ~is_weak
    # "The union counts 900, the mayor 400": two claimants may speak of one thing even in one sentence.
    # "52 ships, up from 40" are one thing as well.
    is_earlier = _either(row.get("state") == TOLD_EARLIER for row in rows)
    is_one_name = same_noun & ~no_noun & (is_earlier | (same_fate & ~no_fate))
    never |= same_sentence & ~same_amount & ~of_two & ~is_one_name
    return np.where(never, _NEVER, score)


def _same_amounts(rows: Sequence[Row]) -> Any:
    return _equal((row["low"], row["high"]) for row in rows) | _equal(map(_amount, rows))


def _equal(values: Iterable[object]) -> Any:
    """Mark the pairs of one value."""
    import numpy as np

    codes: dict[object, int] = {}
    coded = np.array([codes.setdefault(value, len(codes)) for value in values])
    return coded[:, None] == coded[None, :]


def _either(flags: Iterable[bool]) -> Any:
    """Mark the pairs of which one is flagged."""
    import numpy as np

    flagged = np.array(list(flags))
    return flagged[:, None] | flagged[None, :]


def _base_of(unit: str) -> str:
    """Give what a unit measures in; texts say ton for tonne, and the other way round."""
    base = unit.partition("/")[0]
    return words_with("same_unit").get(base, base)


def _of_two_claimants(rows: Sequence[Row]) -> Any:
    """Mark the pairs of figures that one article has from two named claimants."""
    import numpy as np

    marked = np.zeros((len(rows), len(rows)), dtype=bool)
    by_article: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        by_article.setdefault(row["article_id"], []).append(at)
    for i, j in (pair for places in by_article.values() for pair in combinations(places, 2)):
        marked[i, j] = marked[j, i] = are_rivals(rows[i]["attributed_to"], rows[j]["attributed_to"])
    return marked


def _amount(row: Row) -> Decimal | None:
    amount: Decimal | None = row["low"] if row["high"] is None else row["high"]
    return amount


def _compare_contexts(counted: Sequence[Counted]) -> Any:
    """Compare the words around the figures, those near the number most; rare words weigh more."""
    import numpy as np
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.preprocessing import normalize

    near = [content_words(each.near) for each in counted]
    far = [content_words(each.sentence) for each in counted]
    counter = CountVectorizer(analyzer=lambda words: words)
    try:
        counter.fit([*near, *far])
    except ValueError:  # not a word around any of them
        return np.zeros((len(counted), len(counted)))
    held = counter.transform(near).sign().maximum(counter.transform(far).sign() * _FAR_SHARE)
    n_holding = np.asarray((held > 0).sum(axis=0)).ravel()
    weighed = normalize(held.multiply(np.log((len(counted) + 1) / (n_holding + 1)) + 0.3))
    return (weighed @ weighed.T).toarray()
