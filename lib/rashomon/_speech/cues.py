"""Reporting verbs: which form stands here, whether it is a verb at all, and what may follow it."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple

from rashomon._speech.phrases import Token
from rashomon.read import read_word_list

_AFTER_NOUN = frozenset(["of", "from", "about", "by", "in", "for"])  # "its reports of", "claims by"
_VOICES = frozenset(["agent", "title", "institution", "organization", "pronoun"])
_IN_DANGER = frozenset(["determiner", "pronoun", "addressee", "agent", "number", "boundary", "preposition"])
_ORDER = {"past": 0, "third": 1, "base": 2, "ing": 3, "participle": 4}


class Cue(NamedTuple):
    """One form of a reporting verb, as the list `speech_cues` has it.

    `frames` say what may follow: clause (with or without "that"), that (only with it), object (a phrase),
    to (an infinitive), menace (as `narrow_menace` has it), person (first whom it is told to), quote (only
    quotation marks), silence (a refusal to speak: "declined to comment").
    """

    lemma: str
    form: str
    particle: str
    frames: frozenset[str]
    stance: str


@functools.cache
def _forms() -> dict[str, tuple[Cue, ...]]:
    forms: dict[str, list[Cue]] = {}
    for row in read_word_list("speech_cues"):
        frames = frozenset(row["frames"].split())
        for column in ("past", "third", "lemma", "ing", "participle"):
            if column == "participle" and row["participle"] == row["past"]:
                continue
            form = "base" if column == "lemma" else column
            forms.setdefault(row[column], []).append(
                Cue(row["lemma"], form, row["particle"], frames, row["stance"])
            )
    return {word: tuple(cues) for word, cues in forms.items()}


def cue_forms() -> frozenset[str]:
    """Give all forms of all reporting verbs.

    Returns
    -------
    frozenset of str
        In lower case.
    """
    return frozenset(_forms())


def is_cue(token: Token) -> bool:
    """Say whether a token has the form of a reporting verb.

    Parameters
    ----------
    token : Token
        Any token.

    Returns
    -------
    bool
        True for a noun of the same form too ("reports").
    """
    return token.kind == "word" and token.lower in _forms()


def choose_cue(tokens: Sequence[Token], i: int, last: int) -> Cue | None:
    """Choose the reading of token `i` as a reporting verb; None when it is a noun.

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    i, last : int
        The token, and last + 1 token of its sentence.

    Returns
    -------
    Cue or None
        With the particle that follows ("pointed out"), when the list has it so.
    """
    following = tokens[i + 1].lower if i + 1 < last else ""
    cues = _forms()[tokens[i].lower]
    fitting = [c for c in cues if c.particle and c.particle == following] or [
        c for c in cues if not c.particle
    ]
    if not fitting:
        return None
    chosen = min(fitting, key=lambda c: _ORDER[c.form])
    frames = frozenset[str]().union(*(c.frames for c in fitting if c.form == chosen.form))
    if i and chosen.form in ("past", "participle") and "article" in tokens[i - 1].classes:
        return None  # "the alleged plan"
    if i and chosen.form in ("third", "base", "ing") and _is_noun(tokens, i, last, chosen.form):
        return None
    return chosen._replace(frames=frames)


def narrow_menace(cue: Cue, tokens: Sequence[Token], speaker: Token, after: int, last: int) -> Cue:
    """Narrow what a verb like "threatened" reports to what its subject and its object allow.

    Parameters
    ----------
    cue : Cue
        Any cue; one without the frame "menace" is given back as it is.
    tokens : sequence of Token
        Tokens of the paragraph.
    speaker : Token
        The head of its subject.
    after, last : int
        First token after the cue, and last + 1 token of the sentence.

    Returns
    -------
    Cue
        With an infinitive only for those who can speak ("the union threatened to strike"), and with a phrase
        only for what they would do ("a strike", "further cuts"), not for what is in danger ("the town").
    """
    if "menace" not in cue.frames:
        return cue
    can_speak = speaker.lower != "it" and (speaker.is_capital or bool(speaker.classes & _VOICES))
    if not can_speak:
        return cue._replace(frames=frozenset({"that"}))
    object_ = tokens[after] if after < last else None
    is_loose = object_ is None or object_.kind != "word" or object_.is_capital or object_.text[0].isdigit()
    if is_loose or (object_ and object_.lower not in ("a", "an") and object_.classes & _IN_DANGER):
        return cue
    return cue._replace(frames=cue.frames | {"object"})


def _is_noun(tokens: Sequence[Token], i: int, last: int, form: str) -> bool:
    before = tokens[i - 1]
    if "determiner" in before.classes or before.is_possessive or before.text in "’'":
        return True  # "its claims", "the report", "the officials’ demands"
    if form == "ing":
        return False
    if "preposition" in before.classes and before.lower != "to":
        return True
    if form == "third" and "noun_too" in tokens[i].classes:
        k = i + 1
        while k < last and ("adverb" in tokens[k].classes or tokens[k].is_manner):
            k += 1
        if k < last and (
            tokens[k].lower in _AFTER_NOUN or "auxiliary" in tokens[k].classes or is_cue(tokens[k])
        ):
            return True  # "the service's reports indicate"
        if _has_singular_subject(tokens, i, last) or _opens_clause(tokens, i, last):
            return False
        is_subject = before.is_capital or before.text in "),–—" or before.kind == "quote"
        return not (is_subject or bool(before.classes & {"agent", "pronoun"}))
    return False


def _has_singular_subject(tokens: Sequence[Token], i: int, last: int) -> bool:
    """Say whether "a mercenary claims to" stands here: one person, so the form in -s is the verb."""
    is_complement = i + 1 < last and tokens[i + 1].lower in ("to", "that")
    return is_complement and any(token.lower in ("a", "an") for token in tokens[max(0, i - 4) : i - 1])


def _opens_clause(tokens: Sequence[Token], i: int, last: int) -> bool:
    """Say whether "the slide shows that boats …" stands here, not "the reports that were"."""
    is_that = i + 2 < last and tokens[i + 1].lower == "that"
    return is_that and not tokens[i + 2].classes & {"auxiliary", "adverb"} and i > 1
