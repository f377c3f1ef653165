"""Say what a shared passage shows about its origin: boilerplate, agencies, and which text was first."""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from rashomon.resources import read_word_list

if TYPE_CHECKING:
    from rashomon.corpus import Corpus

UNDECIDABLE = "not decidable"
_FEWEST_CARRIERS = 3  # articles of one outlet: two may copy each other
_SAME_SPAN = 0.6  # of the words of two passages of one article, from which they are one
_WHOLE_TEXT = 0.5  # of the shorter article, from which sharing is no boilerplate but an update or a copy
_DAY_LENGTH = len("2024-10-24")

# Words and signs that make a mention a credit; each stands beside the name of an agency.
_BY = r"(?:©(?: \d{4})?|\b(?:[Bb]y|[Vv]ia|[Ff]rom|[Ww]ith|[Ss]ources?:?|[Cc]ourtesy of|[Cc]iting)) "
_TOLD_BY = r"\b(?:[Aa]ccording to|[Qq]uoted by|[Rr]eported by|[Tt]old) (?:the )?"
_SAYS = r" (?:has |have )?(?:reported|reports|said|says|wrote|quoted|cited|learned|contributed)\b"
_CREDIT_ZONES = ("byline", "date_line", "credit")


class Pair(NamedTuple):
    """Two articles, the ids in order, and what they share."""

    a: str
    b: str


def trace_lineage(
    rows: Sequence[Mapping[str, Any]], corpus: Corpus, statements: pd.DataFrame | None
) -> list[dict[str, Any]]:
    """Say of each passage how many articles carry it, what it is, whom they credit and which was first.

    Parameters
    ----------
    rows : sequence of mapping
        Rows of table `passages` without these columns.
    corpus : Corpus
        The articles.
    statements : DataFrame, optional
        Table `statements`, whose `via` names agencies too.

    Returns
    -------
    list of dict
        The rows with `passage_id`, `n_articles`, `lineage`, `agency_a`, `agency_b`, `direction` and `reason`.
    """
    groups = _group_passages(rows)
    articles = corpus.articles.set_index("article_id")
    outlets, days, n_words = (articles[name].to_dict() for name in ("outlet", "published", "n_words"))
    carriers: dict[int, set[str]] = defaultdict(set)
    shared: Counter[Pair] = Counter()
    for row, group in zip(rows, groups, strict=True):
        pair = Pair(row["article_a"], row["article_b"])
        carriers[group] |= set(pair)
        shared[pair] += row["n_words"]
    involved = {article for pair in shared for article in pair}
    lines = corpus.lines[corpus.lines["article_id"].isin(involved)].groupby("article_id")
    credited = {str(article): find_agencies(corpus.raw(str(article)), own) for article, own in lines}
    for article, agencies in _agencies_passed_on(statements).items():
        credited[article] = sorted({*credited.get(article, ()), *agencies})
    traced = []
    for row, group in zip(rows, groups, strict=True):
        a, b = pair = Pair(row["article_a"], row["article_b"])
        is_whole = shared[pair] >= _WHOLE_TEXT * max(1, min(n_words[a], n_words[b]))
        mine = {article for article in carriers[group] if outlets[article] == outlets[a]}
        if a == b:
            told = ("one article", "", "both stand in one article")
        elif outlets[a] and outlets[a] == outlets[b] and len(mine) >= _FEWEST_CARRIERS and not is_whole:
            told = ("boilerplate", "", f"stands in {len(mine)} articles of {outlets[a]}")
        else:
            told = ("copy", *_decide_direction(days[a], days[b], set(credited[a]) & set(credited[b])))
        traced.append(
            {
                **row,
                "passage_id": group,
                "n_articles": len(carriers[group]),
                "lineage": told[0],
                "agency_a": "; ".join(credited[a]),
                "agency_b": "; ".join(credited[b]),
                "direction": told[1],
                "reason": told[2],
            }
        )
    return traced


def find_agencies(raw: str, lines: pd.DataFrame) -> list[str]:
    """Name the agencies that an article credits: in a by-line, in brackets, or as who reported.

    Parameters
    ----------
    raw : str
        Its raw text.
    lines : DataFrame
        Its rows of table `lines`.

    Returns
    -------
    list of str
        Canonical names, sorted.

    Examples
    --------
    >>> from rashomon.corpus import lines_in
    >>> text = "OSTBY, May 3 (AFP) – A ferry sank. Its captain told Reuters that nobody drowned."
    >>> find_agencies(text, lines_in(text))
    ['AFP', 'Reuters']
    """
    found: set[str] = set()
    columns = (lines[name].tolist() for name in ("start", "end", "zone", "is_article_text"))
    for start, end, zone, is_text in zip(*columns, strict=True):
        if zone in _CREDIT_ZONES:
            found |= _named_in(raw[start:end])
        elif is_text or zone == "disclaimer":
            found |= _named_in(" ".join(match[0] for match in _credits().finditer(raw[start:end])))
    return sorted(found)


def _agencies_passed_on(statements: pd.DataFrame | None) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    if statements is not None:
        for article_id, via in zip(statements["article_id"], statements["via"], strict=True):
            found[article_id] |= _named_in(via)
    return found


def _named_in(text: str) -> set[str]:
    return {_forms()[match[0]] for match in _any_form().finditer(text)}


@functools.cache
def _forms() -> dict[str, str]:
    return {form: row["name"] for row in read_word_list("news_agencies") for form in row["forms"].split("|")}


def _one_of(forms: Sequence[str]) -> str:
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])"


@functools.cache
def _any_form() -> re.Pattern[str]:
    return re.compile(_one_of(list(_forms())))


@functools.cache
def _credits() -> re.Pattern[str]:
    plain = [f for row in read_word_list("news_agencies") if row["alone"] for f in row["forms"].split("|")]
    every, sure = _one_of(list(_forms())), _one_of(plain)
    ways = (
        f"(?:{_BY}|{_TOLD_BY}){sure}",
        f"{sure}{_SAYS}",
        rf"{every} (?:[Nn]ews [Aa]gency|[Nn]ewswire)\b",
        rf"[(](?:with )?{every}(?:, [^()]*)?[)]",
        rf"(?:©(?: \d{{4}})?|[–—/]) ?{every}\.?$",
    )
    return re.compile("|".join(ways))


def _decide_direction(day_a: str, day_b: str, shared_agencies: set[str]) -> tuple[str, str]:
    """Say which text can have been the model, and why; days alone decide it."""
    if shared_agencies:
        agencies = " and ".join(sorted(shared_agencies))
        return UNDECIDABLE, f"both credit {agencies}, so both may have it from there"
    if len(day_a) < _DAY_LENGTH or len(day_b) < _DAY_LENGTH:
        return UNDECIDABLE, "not both of them show the day they were published"
    if day_a[:_DAY_LENGTH] == day_b[:_DAY_LENGTH]:
        return UNDECIDABLE, "both were published on the same day"
    first, last = sorted((day_a, day_b))
    return ("a to b" if day_a == first else "b to a"), f"published on {first} and on {last}"


def _group_passages(rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Count the passages: rows whose passages lie on one another in an article are about one passage."""
    spans: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for i, row in enumerate(rows):
        for side in "ab":
            spans[row[f"article_{side}"]].append((row[f"start_{side}"], row[f"end_{side}"], i))
    leader = list(range(len(rows)))

    def lead(i: int) -> int:
        while leader[i] != i:
            leader[i] = i = leader[leader[i]]
        return i

    for article in sorted(spans):
        before: tuple[int, int, int] | None = None
        for span in sorted(spans[article]):
            if before and _is_same(before, span):
                one, other = sorted((lead(before[2]), lead(span[2])))
                leader[other] = one
            before = span
    numbers: dict[int, int] = {}
    return [numbers.setdefault(lead(i), len(numbers) + 1) for i in range(len(rows))]


def _is_same(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    both = min(one[1], other[1]) - max(one[0], other[0])
    return both >= _SAME_SPAN * (max(one[1], other[1]) - min(one[0], other[0]))
