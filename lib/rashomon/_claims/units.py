"""Cut articles into tellings: pieces of sentences that may tell a claim, and what the text does with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from rashomon._claimants import names_of
from rashomon._claims.words import content_words, has_denial, has_hedge, may_refuse

Row = Mapping[Any, Any]

# Where a sentence goes on to something else: a clause with its own verb, as far as a rule can see.
_JOINTS = re.compile(
    r"[;—]\s*|:\s+(?=[\"“A-Z])"
    r"|,\s+(?=(?:and|but|while|although|though|whereas|with|as|which|who|so|yet|because|after|following)\b)"
    r"|,\s+(?=(?:\w+ly\s+)?\w+ing\b)"
    r"|,\s+(?=an?\s+(?:\w+\s+)?\w+\s+(?:that|which)\b)"
    r"|\s+(?=(?:while|although|whereas)\b)"
    r"|\s+(?=and\s+(?:\w+ing|that|there|it|they|he|she|we)\b)"
)
_FEWEST_WORDS, _FEWEST_IN_ALL = 3, 2
_QUESTION = re.compile(r"\?[\"”’)]*\s*$")
# Headings and captions repeat what the text tells; turns of an interviewer ask.
_NO_TELLING = ("interview_question",)


@dataclass(frozen=True, slots=True)
class Telling:
    """A piece of a sentence that may tell a claim, and what the text does with it."""

    article_id: str
    sentence_id: int
    part_id: int
    zone: str
    is_truncated: bool
    start: int
    end: int
    text: str
    said: str
    sentence: str
    before: str
    stance: str
    speaker: str
    names: tuple[str, ...]
    figures: tuple[str, ...]


def find_tellings(
    sentences: pd.DataFrame, statements: pd.DataFrame, figures: pd.DataFrame, names: pd.DataFrame
) -> list[Telling]:
    """Cut the sentences that carry claims into tellings, in the order of the sentences.

    Parameters
    ----------
    sentences, statements, figures, names : DataFrame
        Tables of one corpus.

    Returns
    -------
    list of Telling
        Questions and pieces with hardly a word of content are left out.
    """
    said, counted, named = (_by_sentence(table) for table in (statements, figures, names))
    over = _spanning(statements)
    tellings = []
    before: tuple[str, int, str] = ("", 0, "")
    for row in sentences.to_dict("records"):
        if not row["carries_claims"] or row["zone"] in _NO_TELLING or _QUESTION.search(row["text"]):
            continue
        key = (row["article_id"], row["sentence_id"])
        context = before[2] if before[:2] == (row["article_id"], row["part_id"]) else ""
        reported = [*said.get(key, ()), *over.get(row["article_id"], ())]
        for start, end in cut_sentence(row["text"]):
            first, last = row["start"] + start, row["start"] + end
            counts = [each for each in counted.get(key, ()) if first <= each["start"] < last]
            mentions = [each for each in named.get(key, ()) if first <= each["start"] < last]
            by = next((each["attributed_to"] for each in counts if each["attributed_to"]), "")
            meeting = [each for each in reported if _meets(each, first, last)]
            stance, speaker = judge_stance(row["text"][start:end], meeting, first, last, by)
            tellings.append(
                Telling(
                    article_id=row["article_id"],
                    sentence_id=row["sentence_id"],
                    part_id=row["part_id"],
                    zone=row["zone"],
                    is_truncated=row["is_truncated"],
                    start=first,
                    end=last,
                    text=row["text"][start:end],
                    said=_said_in(row["text"], row["start"], (start, end), meeting),
                    sentence=row["text"],
                    before=context,
                    stance=stance,
                    speaker=speaker,
                    names=_known(each["entity"] for each in mentions),
                    figures=_known(each["claim_id"] for each in counts),
                )
            )
        before = (row["article_id"], row["part_id"], row["text"])
    return tellings


def cut_sentence(text: str) -> list[tuple[int, int]]:
    """Say where the pieces of a sentence begin and end; one that says too little stays with its neighbor.

    Examples
    --------
    >>> text = "Seoul condemned the move, calling for talks with its northern neighbor."
    >>> [text[start:end] for start, end in cut_sentence(text)]
    ['Seoul condemned the move', 'calling for talks with its northern neighbor.']
    """
    cuts = [0, *(match.end() for match in _JOINTS.finditer(text)), len(text)]
    pieces: list[tuple[int, int]] = []
    start = 0
    for end in cuts[1:]:
        if len(content_words(text[start:end])) >= _FEWEST_WORDS:
            pieces.append((start, end))
            start = end
    if pieces and start < len(text):
        pieces[-1] = (pieces[-1][0], len(text))
    elif not pieces and len(content_words(text)) >= _FEWEST_IN_ALL:
        pieces = [(0, len(text))]
    return [_trim(text, *piece) for piece in pieces]


def judge_stance(
    text: str, statements: Iterable[Row], start: int, end: int, counted_by: str = ""
) -> tuple[str, str]:
    """Say what the text does with what a piece tells, and who tells it.

    Parameters
    ----------
    text : str
        The piece.
    statements : iterable of mapping
        Rows of `statements` that meet the piece.
    start, end : int
        Where the piece begins and ends in the raw text.
    counted_by : str
        Who gives a figure of the piece.

    Returns
    -------
    tuple of str
        "denies", "attributes", "hedges" or "asserts", and the speaker.
    """
    is_denial = has_denial(text)
    told = [s for s in statements if s["kind"] not in ("scare", "title")]
    told = [s for s in told if is_denial or not _refuses(s, start, end)]
    # The statement that covers most of the piece; of equal ones the shorter, which is the inner one.
    told.sort(key=lambda s: (-_shared(s, start, end), s["end"] - s["start"], s["start"]))
    best = told[0] if told else None
    speaker = best["speaker"] if best is not None else ""
    if is_denial or any(s["stance"] == "denies" for s in told):
        return "denies", speaker
    if any(s["stance"] == "declines" for s in told):
        return "hedges", speaker
    speaker = speaker or counted_by
    is_held_back = has_hedge(text) or (best is not None and best["stance"] in ("hedges", "doubts"))
    # "Reports suggest it may …" leaves it open; what a named speaker says may be, somebody stands for.
    if is_held_back and not names_of(speaker):
        return "hedges", speaker
    return ("attributes" if best is not None or speaker else "asserts"), speaker


def _said_in(sentence: str, offset: int, piece: tuple[int, int], statements: Iterable[Row]) -> str:
    """Give the words of a piece that a speaker says, without who says so; the piece if nobody does."""
    start, end = piece
    whole = [s for s in statements if s["kind"] in ("direct", "indirect", "interview")]
    best = max(whole, key=lambda s: (_shared(s, offset + start, offset + end), s["start"]), default=None)
    if best is None or not _shared(best, offset + start, offset + end):
        return sentence[start:end]
    return sentence[max(start, int(best["start"]) - offset) : min(end, int(best["end"]) - offset)]


def _refuses(statement: Row, start: int, end: int) -> bool:
    """Whether a piece tells that an offer or a visa is refused, which says nothing of what is true."""
    is_here = not pd.isna(statement["cue_start"]) and start <= statement["cue_start"] < end
    return bool(statement["stance"] == "denies" and is_here and may_refuse(statement["cue"]))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip(" \t\r\n,;:—"))


def _by_sentence(table: pd.DataFrame) -> dict[tuple[str, int], list[Row]]:
    rows: dict[tuple[str, int], list[Row]] = {}
    for row in table.to_dict("records"):
        rows.setdefault((row["article_id"], row["sentence_id"]), []).append(row)
    return rows


def _spanning(statements: pd.DataFrame) -> dict[str, list[Row]]:
    """Give the statements that may go on beyond their first sentence: quotations and turns."""
    rows: dict[str, list[Row]] = {}
    for row in statements.to_dict("records"):
        if row["kind"] in ("direct", "interview"):
            rows.setdefault(row["article_id"], []).append(row)
    return rows


def _known(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}))


def _meets(statement: Row, start: int, end: int) -> bool:
    """Whether a statement, from its cue to its last word, meets a piece of text."""
    first, last = statement["start"], statement["end"]
    if not pd.isna(statement["cue_start"]):
        first, last = min(first, statement["cue_start"]), max(last, statement["cue_end"])
    return bool(first < end and start < last)


def _shared(statement: Row, start: int, end: int) -> int:
    return max(0, min(end, int(statement["end"])) - max(start, int(statement["start"])))
