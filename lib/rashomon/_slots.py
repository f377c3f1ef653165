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
from rashomon._counted import SEPARATOR, join_slot, words_with

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
_OTHER_NOUN_AND_AMOUNT, _NO_NOUN = -0.6, 0.0
_SAME_FATE, _ONE_FATE, _ONE_FATE_AND_AMOUNT = 0.3, -0.15, -0.5
_SAME_AMOUNT, _SAME_SMALL_AMOUNT = 0.4, 0.15
_OTHER_AMOUNT_IN_ARTICLE = -0.2
_OF_TWO_CLAIMANTS = 0.15
_FAR_AMOUNT, _FAR_TIMES = -0.4, 20
_CONTEXT, _NOTHING_SHARED = 1.0, -0.3
_ENOUGH = 0.2
_NEVER = -10.0
# All pairs are weighed; of more figures only those that name it alike are joined.
_MOST_FIGURES = 1500
# Small whole numbers agree by chance.
_SMALL = 12
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
    score = np.zeros((len(rows), len(rows)))
    for i, j in combinations(range(len(rows)), 2):
        score[i, j] = score[j, i] = _score(rows[i], rows[j], counted[i], counted[j])
    nouns = np.array([each.noun for each in counted])
    nothing = np.where(nouns[:, None] == nouns[None, :], 0.0, _NOTHING_SHARED)
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


def _score(a: Row, b: Row, x: Counted, y: Counted) -> float:
    """Weigh what speaks for and against two figures telling the same thing, their words aside."""
    is_same_amount = (a["low"] == b["low"] and a["high"] == b["high"]) or _amount(a) == _amount(b)
    if x.unit.split("/")[0] != y.unit.split("/")[0]:
        return _NEVER
    # So much a day and so much in all are one thing told in two ways.
    is_named_alike = x.noun == y.noun != "" or x.fate == y.fate != ""
    if x.unit != y.unit and not is_same_amount and not is_named_alike:
        return _NEVER
    if x.time != y.time and not (is_same_amount and x.unit):
        return _NEVER
    if x.fate and y.fate and x.fate != y.fate and not {x.fate, y.fate} & words_with("weak_fate").keys():
        return _NEVER
    is_same_article = a["article_id"] == b["article_id"]
    # "The union counts 900, the mayor 400": two claimants may speak of one thing even in one sentence.
    is_of_two = are_rivals(a["attributed_to"], b["attributed_to"])
    if is_same_article and a["sentence_id"] == b["sentence_id"] and not is_same_amount and not is_of_two:
        return _NEVER
    score = _compare_nouns(x, y, is_same_amount) + _compare_fates(x, y, is_same_amount)
    if is_same_amount:
        is_small = not x.unit and (_amount(a) or 0) <= _SMALL
        score += _SAME_SMALL_AMOUNT if is_small else _SAME_AMOUNT
    else:
        small, large = sorted(abs(_amount(row) or 0) for row in (a, b))
        score += _FAR_AMOUNT * (large > _FAR_TIMES * small)
        if is_same_article:
            score += _OF_TWO_CLAIMANTS if is_of_two else _OTHER_AMOUNT_IN_ARTICLE
    return score


def _compare_nouns(x: Counted, y: Counted, is_same_amount: bool) -> float:
    wide, a, b = words_with("wide_noun"), x.noun, y.noun
    if not a or not b:
        return 0.0 if x.unit else _NO_NOUN
    if a == b:
        return _SAME_WIDE_NOUN if wide.get(a) == "" else _SAME_NOUN
    if a in wide or b in wide:
        return _ONE_NOUN
    return _OTHER_NOUN if is_same_amount else _OTHER_NOUN_AND_AMOUNT


def _compare_fates(x: Counted, y: Counted, is_same_amount: bool) -> float:
    if x.fate == y.fate:
        return _SAME_FATE if x.fate else 0.0
    is_weak = bool({x.fate, y.fate} & words_with("weak_fate").keys())
    return _ONE_FATE if is_weak or is_same_amount else _ONE_FATE_AND_AMOUNT


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
