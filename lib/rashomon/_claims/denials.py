"""Find what a denial answers: the claim whose words it takes up, or that it points back to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rashomon._claims.grouping import average
from rashomon._claims.units import Telling
from rashomon._claims.words import content_words, is_attitude, is_counter, is_negated, without_denial

# Of what a denial takes up, the share that the claim must hold; the best claims within reach of each other.
_LEAST_HELD, _NEAR_SHARE = 0.65, 0.75
_LEAST_WORDS, _MOST_ANSWERED = 2, 3


@dataclass(frozen=True, slots=True)
class _Claim:
    claim_id: str
    rows: tuple[int, ...]
    articles: frozenset[str]
    words: frozenset[str]
    shown: frozenset[str]


def find_answers(
    tellings: Sequence[Telling],
    vectors: Any,
    members: Mapping[int, Sequence[int]],
    centers: Mapping[int, int],
) -> dict[int, list[int]]:
    """Say which claims of several articles each denial answers.

    Parameters
    ----------
    tellings : sequence of Telling
        Of one event.
    vectors : scipy.sparse.csr_matrix
        As `vectorize` gives them.
    members : mapping of int to sequence of int
        The rows of each group.
    centers : mapping of int to int
        The row whose wording stands for the group.

    Returns
    -------
    dict of int to list of int
        By the row of a denial, groups: the one that most articles tell first.
    """
    claims = dict(_claims_of(tellings, members, centers))
    denials = [row for row, each in enumerate(tellings) if each.stance == "denies"]
    if not claims or not denials:
        return {}
    middles = average(vectors, (claim.rows for claim in claims.values()))
    scores = (vectors[denials] @ middles.T).toarray().round(6)
    answers = {}
    for at, row in enumerate(denials):
        taken_up = take_up(tellings[row])
        is_contrary = "to the contrary" in tellings[row].text
        if len(taken_up) < _LEAST_WORDS:
            answers[row] = _point_back(tellings, row, claims)
            continue
        alike = dict(zip(claims, scores[at].tolist(), strict=True))
        answers[row] = _choose(taken_up, claims, alike, is_contrary)
    return {row: groups for row, groups in answers.items() if groups}


def mark_counters(
    tellings: Sequence[Telling], members: Mapping[int, Sequence[int]], centers: Mapping[int, int]
) -> list[Telling]:
    """Call it a denial when somebody says that what other articles tell is not so, in its own words.

    Parameters
    ----------
    tellings, members, centers
        As for `find_answers`.

    Returns
    -------
    list of Telling
        The same, with the stance of such tellings changed.
    """
    claims = [claim for _, claim in _claims_of(tellings, members, centers)]
    return [
        replace(each, stance="denies") if each.speaker and _counters(each, claims) else each
        for each in tellings
    ]


def take_up(telling: Telling) -> frozenset[str]:
    """Give the words of content that a denial takes up: not those that deny, nor those that name who does."""
    speaker = set(content_words(telling.speaker))
    return frozenset(content_words(without_denial(telling.said))) - speaker


def _counters(telling: Telling, claims: Sequence[_Claim]) -> bool:
    if telling.stance != "attributes" or not is_counter(telling.said):
        return False
    taken_up = take_up(telling)
    return len(taken_up) >= _LEAST_WORDS and any(taken_up <= claim.words for claim in claims)


def _claims_of(
    tellings: Sequence[Telling], members: Mapping[int, Sequence[int]], centers: Mapping[int, int]
) -> Iterator[tuple[int, _Claim]]:
    for group, rows in sorted(members.items()):
        told = [row for row in rows if tellings[row].stance != "denies"]
        told = [row for row in told if not is_counter(tellings[row].text)]
        articles = frozenset(tellings[row].article_id for row in told)
        center = tellings[centers[group]].text
        if len(articles) < 2 or is_negated(center):
            continue
        words = [content_words(tellings[row].text) for row in told]
        yield (
            group,
            _Claim(
                claim_id=f"{tellings[centers[group]].article_id}-{tellings[centers[group]].start}",
                rows=tuple(told),
                articles=articles,
                words=frozenset(word for each in words for word in each),
                shown=frozenset(content_words(center)),
            ),
        )


def _choose(
    taken_up: frozenset[str], claims: Mapping[int, _Claim], alike: Mapping[int, float], is_contrary: bool
) -> list[int]:
    """Choose the claims that hold what a denial takes up; of those that do, what most articles tell."""
    # "It was open, reports to the contrary are false" takes up the thing alone, with the opposite word.
    least_words, least_held = (1, 0.5) if is_contrary else (_LEAST_WORDS, _LEAST_HELD)
    held = {
        group: len(taken_up & claim.words) / len(taken_up)
        for group, claim in claims.items()
        # Who denies that troops came does not deny that somebody demands their withdrawal.
        if set(filter(is_attitude, claim.shown)) <= taken_up and len(taken_up & claim.shown) >= least_words
    }
    least = max(least_held, _NEAR_SHARE * max(held.values(), default=0.0))
    near = [group for group, share in held.items() if share >= least]
    near.sort(key=lambda group: (-len(claims[group].articles), -alike[group], claims[group].claim_id))
    return near[:_MOST_ANSWERED]


def _point_back(tellings: Sequence[Telling], row: int, claims: Mapping[int, _Claim]) -> list[int]:
    """Follow "these assertions" to what the article tells of the speaker first, or else tells just before."""
    denial = tellings[row]
    speaker = set(content_words(denial.speaker))
    told_before: dict[int, tuple[bool, int, int]] = {}
    for group, claim in claims.items():
        of_speaker = bool(speaker) and speaker <= claim.shown
        has_attitude = any(map(is_attitude, claim.shown))
        for other in claim.rows:
            each = tellings[other]
            back = denial.sentence_id - each.sentence_id
            is_before = each.article_id == denial.article_id and each.part_id == denial.part_id and back >= 0
            if is_before and not has_attitude and (of_speaker or back <= 1):
                rank = (not of_speaker, -back, -len(claim.articles))
                told_before[group] = min(told_before.get(group, rank), rank)
    return sorted(told_before, key=lambda group: (told_before[group], group))[:_MOST_ANSWERED]
