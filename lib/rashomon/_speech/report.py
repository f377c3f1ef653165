"""A report as found in one sentence: who, by which word, what, and how it is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rashomon._speech.cues import Cue
from rashomon._speech.phrases import Span, Token


@dataclass(frozen=True, slots=True)
class Report:
    """A report in one sentence; every span counts tokens of the paragraph."""

    cue: Span
    subject: Span | None
    contents: tuple[Span, ...]
    stance: str
    frames: frozenset[str] = frozenset()
    is_generic: bool = False  # "we", "you", "one": imagined, nobody's words
    is_hearsay: bool = False  # "reportedly", "is said to": the text does not say who
    via: Span | None = None
    shown: Span | None = None  # the words that show a stance other than "states"
    doubt: Span | None = None  # the words by which the article itself doubts it


def make_report(
    tokens: Sequence[Token], at: Span, subject: Span, contents: Sequence[Span], cue: Cue
) -> Report:
    """Make the report of somebody by a verb.

    Parameters
    ----------
    tokens : sequence of Token
        Tokens of the paragraph.
    at, subject : tuple of int
        The verb with its particle, and who speaks.
    contents : sequence of tuple of int
        What is said.
    cue : Cue
        The verb as the list has it.

    Returns
    -------
    Report
        Generic when the subject is "we", "you" or the like.
    """
    is_generic = subject[1] - subject[0] == 1 and "generic" in tokens[subject[0]].classes
    if tokens[subject[0]].lower == "i" and cue.form == "past" and cue.frames & {"clause", "quote"}:
        is_generic = False  # “Go home,” I said: the author did say so
    return Report(at, subject, tuple(contents), cue.stance, cue.frames, is_generic)
