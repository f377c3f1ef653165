"""Find who gives a figure: the speaker of its statement, the subject of *puts at*, or the sentence before.

Known limits: a subject more than nine words long, or parted from its verb by a clause, is not found;
*they need 40* is not traced back to whom *they* stands for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from rashomon._quantities.digits import Tokens
from rashomon._quantities.lookalikes import cues

Place = Callable[[int, int], tuple[int, int]]

_WORD = r"[^\W\d_][\w'’.&-]*+"
_NAME = rf"{_WORD}(?:\s+{_WORD}){{0,9}}?"
_HAVE = r"(?:(?:has|have|had|now|also|already)\s+){0,2}"
_FAR = 300  # characters beyond which a verb gives no figure
_ARTICLE = re.compile(r"(?:the|an?|but|and|in|that|while)\s+", re.IGNORECASE)
# "warn of an escalation as thousands arrive": what stands behind *as* is no longer what they warn of
_TAKES_NOUN = (" of", " about", " against", " on")
_NEXT_CLAUSE = re.compile(r"\b(?:as|while|after|when|because)\b")
# "puts it at $7,650, taken in dozens of steps", "expects $89 million, down from $95 million"
_BREAKS = re.compile(r"[;—]|,\s+[^\W\d]")
# "fell to 40, the port said, and exports were 3 tons"
_GOES_ON = re.compile(r",\s+and\s[^;:—“”\"]{0,80}")
# "there is speculation that it could rise": nobody is named who says so
_NOBODY_SAYS = re.compile(
    r"\b(?:there\s+(?:is|are|was|were)\s+(?:\w+\s+)?(?:speculation|rumou?rs?|fears?|concerns?|talk|suspicions?)"
    r"|it\s+(?:is|was)\s+(?:widely\s+)?(?:believed|thought|rumou?red|feared|speculated|assumed))\s+that\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gives figures, who passes them on, and the cue; places are those of the raw text."""

    who: str = ""
    start: int | None = None
    end: int | None = None
    via: str = ""
    cue: str = ""
    cue_start: int | None = None
    cue_end: int | None = None


def find_giver(
    text: str,
    at: tuple[int, int],
    speech: Sequence[Mapping[str, Any]],
    place: Place,
    *,
    may_have_subject: bool = True,
) -> Giver | None:
    """Find who gives the figure at a place of a sentence; None when the text does not say that anybody does.

    Parameters
    ----------
    text : str
        The sentence.
    at : tuple of int and int
        The characters of the number in it.
    speech : sequence of mapping
        The rows of `statements` that touch the sentence.
    place : callable
        Translates a span of the sentence into one of the raw text.
    may_have_subject : bool
        From `may_give`, asked once a sentence.

    Examples
    --------
    >>> giver = find_giver("Police put the crowd at 900.", (24, 27), (), lambda a, b: (a, b))
    >>> giver.who, giver.cue
    ('Police', 'put')
    """
    start, end = place(*at)
    holding = [s for s in speech if s["start"] <= start and end <= s["end"]]
    holding = [s for s in holding if s["kind"] not in ("scare", "title")]
    holding = [s for s in holding if not _is_past(text, s, at[0], place)]
    if not holding:
        found = _read_subject(text, at, place) if may_have_subject else None
        return found or _find_last_speaker(text, at, speech, place)
    holding.sort(key=lambda s: (s["end"] - s["start"], s["start"]))
    named = [s for s in holding if s["speaker"]]
    via = next((str(s["via"]) for s in holding if s["via"]), "")
    if not via and len(named) > 1 and named[1]["speaker"] != named[0]["speaker"]:
        via = str(named[1]["speaker"])
    told = next((s for s in holding if s["cue"]), None)
    cue = (str(told["cue"]), told["cue_start"], told["cue_end"]) if told else ("", None, None)
    if (
        not named
        or holding[0]["stance"] == "denies"
        or _NOBODY_SAYS.search(text, max(0, at[0] - _FAR), at[0])
    ):
        return Giver("", None, None, via, *cue)
    return Giver(
        str(named[0]["speaker"]), named[0].get("speaker_start"), named[0].get("speaker_end"), via, *cue
    )


def is_part_of_speaker(at: tuple[int, int], speech: Sequence[Mapping[str, Any]]) -> bool:
    """Tell the figures of who speaks from what is said: *a poll of 1,014 adults*, *one of the three said*.

    Examples
    --------
    >>> said = {"start": 20, "end": 30, "speaker": "poll of 1,014", "speaker_start": 0, "speaker_end": 13}
    >>> is_part_of_speaker((8, 13), [said])
    True
    """
    is_said = any(s["start"] <= at[0] and at[1] <= s["end"] for s in speech)
    return not is_said and any(
        isinstance(s["speaker_start"], int) and s["speaker_start"] <= at[0] and at[1] <= s["speaker_end"]
        for s in speech
    )


def may_give(tokens: Tokens) -> bool:
    """Tell quickly whether a sentence has a word by which its subject gives a figure.

    Examples
    --------
    >>> from rashomon._quantities.digits import split_tokens
    >>> may_give(split_tokens("Police put it at 900.")), may_give(split_tokens("There were 900."))
    (True, False)
    """
    return not _first_words().isdisjoint(tokens.words)


def find_announcer(text: str, *, start: int = 0) -> Giver | None:
    """Find who announces figures in a sentence that gives none itself, for the sentence that follows.

    Examples
    --------
    >>> find_announcer("The port has published new figures.").who
    'port'
    """
    is_worth_it = _tells_of_figures().search(text, max(0, len(text) - 80))
    match = _announces().search(text, max(0, len(text) - 400)) if is_worth_it else None

    def place(first: int, last: int) -> tuple[int, int]:
        return start + first, start + last

    return _make_giver(match, place) if match else None


def _find_last_speaker(
    text: str, at: tuple[int, int], speech: Sequence[Mapping[str, Any]], place: Place
) -> Giver | None:
    """Read on behind *, the port said, and …*: the same speaker goes on."""
    begin = place(0, 0)[0]
    if place(0, at[0])[1] != begin + at[0]:  # the text was repaired: places do not carry over
        return None
    for s in speech:
        is_placed = isinstance(s["speaker_start"], int) and isinstance(s["cue_start"], int)
        if not is_placed or s["stance"] == "denies":
            continue
        last = max(s["cue_end"], s["speaker_end"]) - begin
        is_told_first = s["end"] <= min(s["cue_start"], s["speaker_start"]) and 0 < last < at[0]
        if is_told_first and _GOES_ON.fullmatch(text, last, at[0]):
            cue = (str(s["cue"]), s["cue_start"], s["cue_end"])
            return Giver(str(s["speaker"]), s["speaker_start"], s["speaker_end"], str(s["via"]), *cue)
    return None


def _is_past(text: str, statement: Mapping[str, Any], at: int, place: Place) -> bool:
    if not str(statement["cue"]).endswith(_TAKES_NOUN):
        return False
    return any(
        statement["start"] < place(*match.span())[0]
        for match in _NEXT_CLAUSE.finditer(text, max(0, at - _FAR), at)
    )


def _read_subject(text: str, at: tuple[int, int], place: Place) -> Giver | None:
    """Read *police put the crowd at 900*, *the port plans to buy 9*, *citing data from the port, 9*."""
    match = None
    for match in _gives().finditer(text, max(0, at[0] - _FAR), at[0]):
        if _BREAKS.search(text, match.end(), at[0]):
            match = None
    match = match or _cites().search(text, max(0, at[0] - _FAR), at[0])
    return _make_giver(match, place) if match else None


def _make_giver(match: re.Match[str], place: Place) -> Giver | None:
    start, end = match.span("who")
    while article := _ARTICLE.match(match.string, start, end):
        start = article.end()
    who = match.string[start:end]
    if not who or who.split()[-1].lower() in cues("stop") or who.split()[0].lower() in cues("stop"):
        return None
    return Giver(who, *place(start, end), "", match["cue"], *place(*match.span("cue")))


def _listed(role: str) -> str:
    return "|".join(phrase.replace(" ", r"\s+") for phrase in sorted(cues(role), key=len, reverse=True))


@cache
def _first_words() -> frozenset[str]:
    """Give the words one of which must stand in a sentence whose subject gives its figures."""
    return frozenset(("put", "puts", "place", "places", "placed")) | frozenset(
        phrase.split()[0] for role in ("gives", "cites") for phrase in cues(role)
    )


@cache
def _gives() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|[;:—“\"]\s*|,\s+and\s+|\s(?:but|while|whereas)\s+)(?P<who>{_NAME})\s+{_HAVE}"
        rf"(?P<cue>(?:{_listed('gives')})\b|(?:puts?|placed?)\b(?=\s+(?:[\w'’-]++\s+){{1,9}}?at\b))"
    )


@cache
def _cites() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?P<cue>{_listed('cites')})\s+(?:[\w'’-]++\s+){{0,3}}?"
        rf"(?:(?:{_listed('announced')})\s+(?:from|by|of)\s+)?(?P<who>{_NAME}),",
        re.IGNORECASE,
    )


@cache
def _tells_of_figures() -> re.Pattern[str]:
    """Find quickly what may announce figures: few sentences do."""
    return re.compile(rf"\b(?:{_listed('announced')})\b[^.;:]{{0,60}}[.:]?\s*$")


@cache
def _announces() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|[.!?]\s+)(?P<who>{_NAME})(?:\s+\([A-Z][\w.&-]*\))?\s+{_HAVE}(?P<cue>{_listed('announces')})\s+"
        rf"(?:[\w'’-]++\s+){{0,4}}?(?:{_listed('announced')})"
        r"(?:\s+(?:on|for|late|early|this|last|yesterday|today)\b[^.;:]{0,40})?\s*[.:]?\s*$"
    )
