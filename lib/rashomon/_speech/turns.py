"""Read whose words a heading, a label or an interview turn announces."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from rashomon._speech.paragraphs import Paragraph
from rashomon._speech.phrases import tokenize
from rashomon._speech.rows import keep_row
from rashomon._speech.speakers import name_entity
from rashomon._speech.voices import Owner, Reading, Voice

_LABEL = re.compile(r"\s*([^\W\d_][^:：\n]{0,79}?)\s*[:：]\s+")
_IN_CAPITALS = re.compile(r"[\s\"“”]{0,3}([^\W\d_a-z][^\d_a-z:\n]{1,30})(?<=\w):\s+(?=\w)")


def read_heading(reading: Reading, paragraph: Paragraph, number: int) -> dict[int, Owner]:
    """Read "NATO on the war: …", where the name is an acronym or known as a speaker or full name.

    Parameters
    ----------
    reading : Reading
        The article so far; rows are added to it.
    paragraph : Paragraph
        The paragraph.
    number : int
        Its place in the article.

    Returns
    -------
    dict of int to Owner
        Whose the quotations after the colon are.
    """
    tokens = paragraph.tokens
    colon = next((k for k, token in enumerate(tokens) if token.text == ":"), -1)
    topic = next(
        (k for k in range(1, max(colon, 1)) if tokens[k].lower in ("on", "to", "about")), min(colon, 5)
    )
    if not 1 <= topic <= 4 or colon + 2 >= len(tokens) or tokens[0].kind != "word":
        return {}
    is_label = topic == colon
    is_short = colon + 4 >= len(tokens) or tokens[-1].text == "?"
    if (is_label and is_short) or not _names_speaker(reading, paragraph, topic, is_label):
        return {}
    voice = reading.meet(paragraph, number, (0, topic))
    keep_row(reading, paragraph, paragraph.chars((colon + 1, len(tokens))), "indirect", voice, None, None)
    return {k: (voice, None) for k in range(colon, len(tokens)) if tokens[k].kind == "quote"}


def _names_speaker(reading: Reading, paragraph: Paragraph, end: int, is_label: bool) -> bool:
    """Say whether a heading begins with somebody who can speak, not with "Analysis:" or "The bridge:"."""
    words = paragraph.tokens[:end]
    head = words[-1]
    if any("heading_label" in token.classes for token in words) or head.is_possessive:
        return False
    if is_label and head.classes & {"agent", "document", "institution"} and len(words) <= 3:
        return True
    is_acronym = len(words) == 1 and head.text.isupper() and len(head.text) > 1 and not is_label
    is_named = all(token.is_capital for token in words) and (
        head.lower in reading.names.by_last or "".join(t.lower for t in words) in reading.names.by_key
    )
    return is_acronym or is_named


def read_turn(reading: Reading, paragraph: Paragraph, number: int) -> Voice:
    """Keep an interview turn; an answer without label is of whoever alone has answered before.

    Parameters
    ----------
    reading : Reading
        The article so far; rows are added to it.
    paragraph : Paragraph
        The paragraph.
    number : int
        Its place in the article.

    Returns
    -------
    Voice
        Who speaks in it.
    """
    match = _LABEL.match(paragraph.text)
    voice, start = Voice(number=number), 0
    taking_turns = reading.turns.setdefault(paragraph.zone, {})
    if match and _is_label(match[1]):
        start = match.end()
        voice = _labeled(reading, paragraph, number, match)
        taking_turns[voice.entity] = voice
    elif paragraph.zone == "interview_answer" and len(taking_turns) == 1:
        voice = replace(*taking_turns.values(), mention=None, number=number)
    keep_row(reading, paragraph, (start, len(paragraph.text.rstrip())), "interview", voice, None, None)
    return voice


def read_script_label(reading: Reading, paragraph: Paragraph, number: int, start: int) -> Voice | None:
    """Read "WALLACE: …" at the beginning of a quotation.

    Parameters
    ----------
    reading : Reading
        The article so far; rows are added to it.
    paragraph : Paragraph
        The paragraph.
    number : int
        Its place in the article.
    start : int
        Where the quotation begins in the paragraph.

    Returns
    -------
    Voice or None
        None when no label stands there.
    """
    match = _IN_CAPITALS.match(paragraph.text, start)
    return _labeled(reading, paragraph, number, match) if match else None


def script_labels(paragraphs: Iterable[Paragraph]) -> frozenset[str]:
    """Find the labels in capitals by which a script in running text tells its speakers apart.

    Parameters
    ----------
    paragraphs : iterable of Paragraph
        Paragraphs of one article.

    Returns
    -------
    frozenset of str
        Empty when none stands before at least two paragraphs.
    """
    found = Counter(m[1] for p in paragraphs if (m := _IN_CAPITALS.match(p.text)) and p.zone != "headline")
    return frozenset(found) if any(n > 1 for n in found.values()) else frozenset()


def has_script_label(paragraph: Paragraph, labels: frozenset[str]) -> bool:
    """Say whether a paragraph is a turn of a script in running text.

    Parameters
    ----------
    paragraph : Paragraph
        The paragraph.
    labels : frozenset of str
        As `script_labels` gives them.

    Returns
    -------
    bool
        True when it begins with one of them and not with a quotation mark.
    """
    match = _IN_CAPITALS.match(paragraph.text) if labels else None
    return bool(match and match[1] in labels and paragraph.tokens[0].kind != "quote")


def _labeled(reading: Reading, paragraph: Paragraph, number: int, match: re.Match[str]) -> Voice:
    label = match[1].title() if match[1].isupper() and " " not in match[1].strip() else match[1]
    tokens = tokenize(label)
    last = next((k for k, token in enumerate(tokens) if k and token.text in ",(["), len(tokens))
    named = name_entity(reading.names, label, tokens, (0, last), at=paragraph.start)
    if named.kind == "institution" and label != match[1]:
        named = named._replace(kind="person", is_checkable=False)  # "GRAY:" in a script
    start = match.start(1)
    mention = paragraph.raw_span(start + tokens[0].start, start + tokens[last - 1].end)
    voice = Voice(*named, mention, number)
    reading.voices.append(voice)
    return voice


def _is_label(text: str) -> bool:
    words = text.split()
    return len(words) <= 9 and all(
        not word[0].islower() or word in ("of", "at", "for", "the", "and") for word in words
    )
