"""Say whose voice a mention is: names, pronouns, "the source", descriptions of somebody met before."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from rashomon._speech.kinds import Kind
from rashomon._speech.paragraphs import Paragraph
from rashomon._speech.phrases import Span, phrase_after
from rashomon._speech.report import Report
from rashomon._speech.speakers import Names, name_entity
from rashomon._speech.subjects import opening_subject

_MEANT: dict[str, tuple[Kind, ...]] = {
    "they": ("crowd",),
    "it": ("institution", "outlet", "document"),
}
_PERSON = re.compile(
    r"(?i)(?:er|or|ist|ian|man|woman|person|boy|girl|source|witness|official|aide|chief|head|agent|president|resident|student|priest|vicar|pope|king|queen)$"
)
_AFTER_HEAD = re.compile(r" (?:of|for|in|at|from|with|to|on|who|that) ")
_OWN = {"his": "he", "her": "she", "their": "they", "its": "it", "my": "i", "our": "we"}
_MEMORY = 3  # paragraphs over which a pronoun may look back for a speaker
_LOOK_BACK = 30  # voices; enough for two paragraphs, and bounds the time


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker as met: who, of what kind, by which mention (in the article), in which paragraph."""

    entity: str = ""
    kind: Kind = "unknown"
    is_checkable: bool = False
    mention: Span | None = None
    number: int = 0
    via: str = ""


Owner = tuple[Voice, Report | None]  # whose words a quotation is, and the report that says so


@dataclass(slots=True)
class Reading:
    """What has been read of an article so far."""

    names: Names
    voices: list[Voice] = field(default_factory=list)
    introduced: dict[str, Voice] = field(default_factory=dict)  # whom "the source" means
    turns: dict[str, dict[str, Voice]] = field(default_factory=dict)  # who asks, and who answers
    rows: dict[Span, dict[str, Any]] = field(default_factory=dict)

    def meet(self, paragraph: Paragraph, number: int, phrase: Span) -> Voice:
        """Give the voice that a phrase of a paragraph names."""
        mention = paragraph.raw_span(*paragraph.chars(phrase))
        named = name_entity(self.names, paragraph.text, paragraph.tokens, phrase, at=mention[0])
        return Voice(*named, mention, number)


def voice_of(
    reading: Reading, paragraph: Paragraph, number: int, report: Report, *, besides: str = ""
) -> Voice:
    """Say who speaks in a report.

    Parameters
    ----------
    reading : Reading
        The article so far.
    paragraph : Paragraph
        The paragraph, the `number`-th of the article.
    number : int
        Its place.
    report : Report
        A report in it.
    besides : str, keyword-only
        Whom no pronoun means: inside a quotation "she" is not its speaker.

    Returns
    -------
    Voice
        Without entity when the text does not say who it is.
    """
    if report.subject is None:
        return Voice(number=number)
    tokens, subject = paragraph.tokens, report.subject
    mention = paragraph.raw_span(*paragraph.chars(subject))
    word = tokens[subject[0]]
    if subject[1] - subject[0] == 1 and (word.classes & {"pronoun", "generic"} or word.lower in _OWN):
        found = _last_compatible(reading, _OWN.get(word.lower, word.lower), number, besides)
        return replace(found, mention=mention, number=number)
    following = "".join(token.text for token in tokens[subject[1] : subject[1] + 2])
    if following in ("…", "..") and tokens[report.cue[1] - 1].lower == "to":
        return Voice(mention=mention, number=number)  # a snippet breaks off: "according to South ..."
    is_noun = subject[1] - subject[0] == 2 and word.lower == "the" and not tokens[subject[0] + 1].is_capital
    met = reading.meet(paragraph, number, subject)
    if met.kind != "person":
        words = [token.lower for token in tokens[slice(*subject)]]
        known = _already_introduced(reading, words[-1].removesuffix("'s")) if is_noun else None
        if known is None and "epithet" in tokens[subject[0] + 1 if len(words) > 1 else subject[0]].classes:
            known = _last_person(reading, number)  # "the long-time mayor" was named before
        if known:
            return replace(known, mention=mention, number=number)
    return replace(met, via=_passed_on_by(reading, paragraph, number, report))


def _passed_on_by(reading: Reading, paragraph: Paragraph, number: int, report: Report) -> str:
    """Say who passes it on: whom the report names for it, or the outlet that was told."""
    via = report.via
    if via is None and "person" in report.frames and report.cue[1] < len(paragraph.tokens):
        told = phrase_after(paragraph.tokens, report.cue[1], min(len(paragraph.tokens), report.cue[1] + 5))
        if told and told[0] == report.cue[1]:
            met = reading.meet(paragraph, number, told)
            return met.entity if met.kind == "outlet" else ""
    return reading.meet(paragraph, number, via).entity if via else ""


def remember_topic(reading: Reading, paragraph: Paragraph, number: int, unit: Span) -> None:
    """Remember whom a sentence is about: a pronoun after it may mean this person.

    Parameters
    ----------
    reading : Reading
        The article so far.
    paragraph : Paragraph
        The paragraph, the `number`-th of the article.
    number : int
        Its place.
    unit : tuple of int
        The sentence, as tokens.
    """
    subject = opening_subject(paragraph.tokens, *unit)
    if subject is None or "pronoun" in paragraph.tokens[subject[0]].classes:
        return
    met = reading.meet(paragraph, number, subject)
    if met.kind in ("person", "crowd"):
        reading.voices.append(replace(met, mention=None))


def _already_introduced(reading: Reading, noun: str) -> Voice | None:
    """Find who "the source" is: as before in this article, else the last source introduced."""
    if noun not in reading.introduced:
        voices = reversed(reading.voices[-_LOOK_BACK:])
        found = next((voice for voice in voices if _is_head_of(noun, voice.entity.lower())), None)
        if found:
            reading.introduced[noun] = found
    return reading.introduced.get(noun)


def _is_head_of(noun: str, entity: str) -> bool:
    """Say whether a noun alone can mean an entity: "source" the "harbor source", the "source close to it"."""
    head = _AFTER_HEAD.split(entity, maxsplit=1)[0]
    return noun != entity and (head.endswith(" " + noun) or entity.startswith(noun + " "))


def _last_person(reading: Reading, number: int) -> Voice | None:
    near = (v for v in reversed(reading.voices[-_LOOK_BACK:]) if v.number >= number - _MEMORY)
    return next((voice for voice in near if voice.kind == "person" and voice.entity), None)


def _last_compatible(reading: Reading, pronoun: str, number: int, besides: str) -> Voice:
    """Find the last speaker or topic that a pronoun fits; an empty voice when there is none near."""
    wanted = _MEANT.get(pronoun, ())
    gender = {"he": "m", "she": "f"}.get(pronoun, "")
    for voice in reversed(reading.voices[-_LOOK_BACK:]):
        if voice.number < number - _MEMORY:
            break
        head = _AFTER_HEAD.split(voice.entity, maxsplit=1)[0]
        is_someone = voice.kind == "person" or bool(_PERSON.search(head))
        fits = is_someone if pronoun in ("he", "she") else voice.kind in wanted and not is_someone
        has_gender = reading.names.genders.get(voice.entity, gender) == gender
        if fits and has_gender and voice.entity not in ("", besides):
            return voice
    return Voice()
