"""Judge a figure as a claim: has it happened, is it planned, said or reckoned, and by which words.

Cue words of the same clause decide; a statement that holds the figure makes it claimed. What the
narrator tells without any reserve has happened.

Known limits: no parse stands behind it: a cue is taken to bear on every figure of its clause.
"""

from __future__ import annotations

import bisect
import re
from functools import cache
from typing import NamedTuple

from rashomon._quantities.digits import Tokens, split_tokens
from rashomon._quantities.givers import Giver, Place
from rashomon._quantities.lookalikes import Amount, cues

# A cue further away than this many others decides nothing.
_REACH = 8
_CLAUSE_BREAK = re.compile(
    r"[;:—()]|,\s+(?=(?:and|as|but|while|which|who|where|when|although|though)\b)|\s(?=(?:but|while|although|because|whereas)\b)"
)
_BEFORE_INFINITIVE = ("to ", "will ", "could ", "would ", "may ", "might ", "should ", "can ", "must ")
_PARTS_OF_INFINITIVE = ("have", "been", "put", "set", "cut", "hit", "beat")
# "back the plan", "missed its target": nouns, that plan nothing here
_NOUN_BEFORE = ("the ", "this ", "that ", "its ", "their ", "his ", "her ")
_NOUNS = ("plan", "plans", "target", "targets", "proposal", "claim", "report", "reports")
# "said that it would take": nobody plans what comes of itself
_PUTS = ("put", "puts", "place", "places", "placed")
_OF_ITSELF = ("stay", "take", "need", "cost", "lose", "rise", "fall", "mean", "remain", "last", "reach")
# "down from $95 billion": what was before has happened
_OLD_VALUE = re.compile(r"\b(?:up|down)\s+from\W*(?:\w+\s+){0,2}?\W*$")

# "a 30% chance": nobody has counted that
_CHANCE = re.compile(r"\W{0,2}(?:per\s?cent\s+)?(?P<word>chance|probability|likelihood|odds|risk)\b")
# "Were the dam to break, 90 farms would be lost": what the whole sentence only supposes
_SUPPOSES = re.compile(
    r"\W{0,2}(?P<word>(?:Were|Should)(?=\s(?:the|an?|any|it|he|she|they|we|this|that|[A-Z]\w+)\b)"
    r"|Suppos(?:e|ing)\b|Imagine\b"
    r"|(?:Had|Without|But for)\b(?=[^;]{0,300}\b(?:would|could|might)\b))(?![^?]*\?\W*$)"
)
# "said inflation would stay high"
_SAID = re.compile(r"\bsa(?:id|ys)\s[^;:]{0,80}$")
# "will close two of its nine mills": nine there are
_IS_STANDING = re.compile(r"\bof (?:its|their|his|her|the)\s+$")
# "hopes to halve the deaths, 94 last year,"
_IS_PAST = re.compile(r"\s(?:last (?:year|month|week|season|night)|in (?:19|20)\d\d)\b")
_LESSENS = re.compile(
    r"\b(?:cut|cuts|cutting|reduc\w+|lower(?:s|ed|ing)?|rais\w+|increas\w+|doubl\w+|halv\w+)\s(?:\w+\s)?$"
)
_CONDITIONS = ("if", "unless", "suppose", "supposing", "imagine", "in case")
_DOUBTS = ("claimed", "historical")
_MODALS = ("could", "would", "will", "may", "might", "can")


class _Cue(NamedTuple):
    start: int
    end: int
    status: str
    word: str
    is_finite: bool = True


class Cues(NamedTuple):
    """The words of a sentence that bear on the status, where they begin, and where its clauses do.

    `kinds` holds every status that a cue has, `supposed` is the word by which the whole sentence only
    supposes. `is_told` says whether it says
    anything at all, unlike the note *1,200 tickets*.
    """

    found: list[_Cue]
    starts: list[int]
    breaks: list[int]
    kinds: frozenset[str]
    supposed: _Cue | None
    is_told: bool


def find_cues(tokens: Tokens) -> Cues:
    """Find the words of a sentence that decide whether its figures have happened, are planned, are said."""
    phrases, found, last = _cue_phrases(), list[_Cue](), 0
    not_past = cues("not_past")
    hits = [
        i
        for i, word in enumerate(tokens.words)
        if word in phrases or (word[-2:] == "ed" and word not in not_past)
    ]
    for index in hits:
        if index < last:
            continue
        status, last = "", index + 1
        for words, mark in phrases.get(tokens.words[index], ()):
            if len(words) == 1 or tuple(tokens.words[index : index + len(words)]) == words:
                status, last = mark, index + len(words)
                break
        word = tokens.words[index]
        if status or (3 < len(word) < 23 and word[-2:] == "ed"):
            start, end = tokens.starts[index], tokens.ends[last - 1]
            word = word if last == index + 1 else tokens.text[start:end].lower()
            is_finite = word not in _PARTS_OF_INFINITIVE or not _is_infinitive(tokens.text, start)
            if not _is_other_word(tokens.text, word, start, end):
                found.append(_Cue(start, end, status or "happened", word, is_finite))
    breaks = [match.end() for match in _CLAUSE_BREAK.finditer(tokens.text)]
    is_told = len(tokens) > 5 or tokens.words[-1:] in (["."], ["!"], ["?"])
    match = _SUPPOSES.match(tokens.text)
    supposed = _Cue(*match.span("word"), "hypothetical", match["word"].lower()) if match else None
    kinds = frozenset([cue.status for cue in found])
    return Cues(found, [cue.start for cue in found], breaks, kinds, supposed, is_told)


def judge_status(
    text: str, amount: Amount, cues_here: Cues, giver: Giver | None, place: Place
) -> tuple[str, str, int | None, int | None]:
    """Decide the status of a figure.

    Parameters
    ----------
    text : str
        The sentence.
    amount : Amount
        The figure in it.
    cues_here : Cues
        From `find_cues`.
    giver : Giver, optional
        Who gives the figure, when somebody does.
    place : callable
        Translates a span of the sentence into one of the raw text.

    Returns
    -------
    tuple of str, str, int, int
        The status; the words that decided it and where they stand in the raw text: "" and None where the
        narrator tells the figure flatly.
    """
    left, right, further = _cues_around(text, amount, cues_here)
    if text.startswith("-", amount.end):  # the three-party council will meet
        right = []
    cue, supposed = left[-1] if left else right[0] if right else further, None
    if "hypothetical" in cues_here.kinds:
        is_open = cue is not None and cue.word in _MODALS
        supposed = next((c for c in left + right * is_open if c.word in _CONDITIONS), None)
    cue = supposed or cues_here.supposed or cue
    if chance := _CHANCE.match(text, amount.end):
        cue = cue if supposed else _Cue(*chance.span("word"), "estimated", chance["word"])
    status = cue.status if cue else ""
    if status in ("happened", "") and not cues_here.kinds.isdisjoint(_DOUBTS):
        doubt = next((c for c in reversed(left) if c.status in _DOUBTS), None)
        doubt = doubt or next((c for c in right if c.status in _DOUBTS), None)
        cue, status = (doubt, doubt.status) if doubt else (cue, status)
    elif cue in left and cue.word == "would" and (giver or _SAID.search(text, 0, cue.start)):
        # said that it would cut: "will" in reported speech
        after = text[cue.end : cue.end + 20].split(maxsplit=1)[:1]
        is_told = after and after[0] not in ("be", "have", "not")
        status = "hypothetical" if not is_told else "estimated" if after[0] in _OF_ITSELF else "planned"
    said = cues("status").get(giver.cue.lower(), "claimed") if giver else ""
    said = "estimated" if giver and giver.cue.lower() in _PUTS else said
    near = max(0, amount.start - 30), amount.start
    is_old = text.find("from", *near) >= 0 and _OLD_VALUE.search(text, *near) is not None
    if is_old and status not in ("claimed", "historical"):
        cue, status = None, "" if said == "claimed" else "happened"
    if status in ("planned", "hypothetical") and _IS_STANDING.search(text, *near):
        cue, status = None, "happened"
    if status == "planned" and _IS_PAST.match(text, amount.end) and text.endswith(", ", 0, amount.start):
        cue, status = None, "happened"
    if giver and status in ("happened", "") and not (is_old and said != "claimed"):
        said = "claimed" if said in ("happened", "planned") else said
        if giver.cue:
            return said, giver.cue, giver.cue_start, giver.cue_end
        status = said
    if cue is None:
        return status or ("happened" if cues_here.is_told else ""), "", None, None
    return (status, text[cue.start : cue.end], *place(cue.start, cue.end))


@cache
def _cue_phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Give the phrases of each first word, the longest first."""
    by_word: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, status in sorted(cues("status").items(), key=lambda row: len(row[0]), reverse=True):
        words = tuple(split_tokens(phrase).words)
        by_word.setdefault(words[0], []).append((words, status))
    return by_word


def _is_other_word(text: str, word: str, start: int, end: int) -> bool:
    """Tell the month *May* and the noun *the plan* from words that decide."""
    if word == "may":
        return start > 0 and text[start] == "M"
    if word == "in the past" and text[end : end + 2] not in (",", ", ", ".", ""):
        return True  # in the past 12 months
    if word.endswith(" of") and _LESSENS.search(text, max(0, start - 24), start):
        return True  # it cut the risk of fire
    is_noun = word in _NOUNS and text[max(0, start - 6) : start].lower().endswith(_NOUN_BEFORE)
    return is_noun and not text.startswith((" to ", " of ", " for "), end)


def _cues_around(text: str, amount: Amount, cues_here: Cues) -> tuple[list[_Cue], list[_Cue], _Cue | None]:
    """Give the cues of the clause left and right of an amount, and the nearest on the left beyond it."""
    at = bisect.bisect_right(cues_here.breaks, amount.start)
    low = cues_here.breaks[at - 1] if at else 0
    high = cues_here.breaks[at] if at < len(cues_here.breaks) else len(text)
    middle = bisect.bisect_left(cues_here.starts, amount.start)
    near = cues_here.found[max(0, middle - _REACH) : middle + _REACH]
    finite = [cue for cue in near if cue.is_finite and cue.end <= amount.start]
    left = [cue for cue in finite if cue.start >= low]
    right = [cue for cue in near if amount.end <= cue.start < high and not _begins_anew(text, cue)]
    return left, right, finite[-1] if finite else None


def _begins_anew(text: str, cue: _Cue) -> bool:
    """Tell *handles 40 flights and wants to handle 90*, where only the 90 are wanted."""
    return cue.status == "planned" and text.endswith((" and ", " or "), 0, cue.start)


def _is_infinitive(text: str, start: int) -> bool:
    """Tell *to have*, *will have* from *have*: what is not finite tells of no fact."""
    return text[max(0, start - 7) : start].lower().endswith(_BEFORE_INFINITIVE)
