"""Say what a line shows by itself: a by-line, a date, a credit, a phrase of the page, a heading's mark."""

from __future__ import annotations

import functools
import re

from rashomon._reading.bylines import ADDRESS, find_byline, has_role_label, is_name
from rashomon._reading.credits import label_credit
from rashomon._reading.dates import describe_date_line, find_id_day
from rashomon._reading.shapes import Shape, shape_of
from rashomon.read import read_word_list

__all__ = ["UNDECIDED", "Label", "Shape", "find_byline", "find_dateline", "is_name", "label_line", "shape_of"]

Label = tuple[str, str]  # the zone, and the named rule that decided it
UNDECIDED: Label = ("", "")

BULLET = re.compile(r"(?:[-–—•·*▪●►>»|]|\d{1,2}[.)])\s+(?=\S)")
LIST_ITEM = re.compile(r"(?:[-–—•·*▪●►]|\(?\w{1,2}[.)])\s+\S")
_DATELINE = re.compile(
    r"\([A-Z]{2}[^()]{1,50}\) (?=[A-Z“\"‘])"  # (PROVIDER- Outlet) Text …
    r"|[A-Z][\w.’'-]+(?:,? [A-Z][\w.’'-]*){0,4}(?:,? \d{1,2})?(?:, \d{4})?,?(?: \([A-Z][^()]{1,40}\))?"
    r"(?: ?[–—] ?| --? )(?=[A-Z“\"‘]\S*(?: \S+){5})"
)
_BARS = ("  ", "\t", "|", "·", "•")
_COLUMNS = re.compile(r"\s{2,}|\t+|\s+[|·•]\s+")
_SMALL_WORDS = frozenset({"at", "by", "for", "from", "in", "of", "on", "the", "to"})
_FIGURE = re.compile(r"[^\W\d][^:]*: \D?\d")  # Last: 14.88
_SIGNS = "●•*▪►▶➤ "
_TIMES = re.compile(r"(?:[a-z]+:? )?\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?:,? (?:yesterday|today))?")
_DIGIT = re.compile(r"\d")
_SEPARATOR = re.compile(r"\s*[|•·]\s*")
_AGO = re.compile(
    r"(?:(?:published|updated|posted)[: ]+)?(?:\d+|an?) (?:min(?:ute)?|hour|day|week|month|year)s? ago",
    re.IGNORECASE,
)
_CORRESPONDENT = re.compile(  # whom a newspaper does not name
    r"\(?(?:from|by) (?:our|a)(?: [a-z]+){0,3} (?:correspondent|reporter|representative)s?\b[^a-z]*$",
    re.IGNORECASE,
)
_AUTHOR_LABEL = re.compile(
    r"(?:author|authors|author of the article|written by|by|reporter)\s*:?$", re.IGNORECASE
)
_PAGE_NUMBER = re.compile(r"(?:page\s+)?\W{0,2}\d{1,4}\W{0,2}(?:(?:of|/)\s*\d{1,4})?(?: \|)?$", re.IGNORECASE)
_PICTURE_NUMBER = re.compile(r"\d{1,3} ?/ ?\d{1,3}$")
_PICTURE_COUNT = re.compile(r"(?:view|show|see|open)(?: all)? \d+ (?:images|photos|pictures)$", re.IGNORECASE)
_READING_TIME = re.compile(
    r"\d+[ -]?min(?:ute)?s?\.? (?:read|listen)\b|\d+ (?:min(?:ute)?s?|hours?|days?) ago$", re.IGNORECASE
)
_TIME = re.compile(r"\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?", re.IGNORECASE)
_TODAY = re.compile(
    rf"(?:(?:updated|published):? )?(?:today|yesterday)(?:,| at)* {_TIME.pattern}", re.IGNORECASE
)
_BEFORE_CLOCK = re.compile(r"(?:\d+ \w+ ago )?", re.IGNORECASE)
_ITEM = re.compile(r"ZCZC \S|(?:Document|Item|Article|Story) \d+ of \d+$")  # in feeds and exports
_SLUG = re.compile(r"[A-Z]{2}[-–][A-Z][\w-]+(?:, .{0,40})?$")  # how agencies file a report
_DIRECTION = re.compile(r"[(\[][A-Z]{2}[^()\[\]a-z]+[)\]]$")  # (BEGIN VIDEO CLIP)
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?!\d)")
_BREADCRUMB = re.compile(r"\S (?:>|»|›) \S")
_HEADING_MARK = re.compile(r"#{1,6} \S")
_MAX_WORDS, _MAX_LENGTH = 60, 1000  # a longer line is a paragraph, or a run of characters that is no language
_MAX_ROLE = 5  # words
_N_SHARES = re.compile(r"[\d.,]+ ?[km]? (?:shares?|likes?|views|reactions|reposts)$", re.IGNORECASE)
_N_COMMENTS = re.compile(
    r"\d+ (?:comments?|replies|responses)$|(?:\w+ )?(?:comments?|kommentare?|comentarios?|commentaires?"
    r"|réactions?|commenti|reacties|comentários|komentarze|yorumlar|replies|responses):? \(?\d+\)?$",
    re.IGNORECASE,
)
_BRACKETED_TEASER = re.compile(r"\[(?:more|previous|related|read|watch|see|listen)\b.*\]$", re.IGNORECASE)
_ENDS = (".", ",", "!", "?", ":", ";", ")", ".)")  # what a word can have behind it
ADDRESSED = re.compile(r"\b(?:you|your|our|us|here)\b")
_MAX_CONSENT, _MIN_CONSENT = 200, 4  # words of a longer notice, and how many such phrases it takes
_MIN_PROMOTION = 2  # so many different phrases of a promotion make one, when it speaks to the reader


def find_dateline(text: str) -> str:
    """Find the opening of an agency report: PLACE, date (Agency) –.

    Parameters
    ----------
    text : str
        A paragraph.

    Returns
    -------
    str
        The opening with its dash; empty when the paragraph has none.

    Examples
    --------
    >>> find_dateline("SEOUL, Oct. 24 (Agency) — The ministry said on Thursday that it would wait.")
    'SEOUL, Oct. 24 (Agency) — '
    """
    match = _DATELINE.match(text)
    return match[0] if match else ""


@functools.cache
def _phrases() -> dict[str, dict[str, Label]]:
    """Group the phrases by how they match, and say what each makes of a line."""
    labels: dict[str, dict[str, Label]] = {}
    for row in read_word_list("page_phrases"):
        labels.setdefault(row["match"], {})[row["phrase"]] = (row["zone"], row["rule"])
    return labels


@functools.cache
def _openings() -> dict[str, list[tuple[str, str, Label]]]:
    """Group the phrases that open a line by their first word; the longest phrase first."""
    table: dict[str, list[tuple[str, str, Label]]] = {}
    for match in ("label", "start", "head"):
        for phrase, label in _phrases()[match].items():
            table.setdefault(_first_word(phrase), []).append((phrase, match, label))
    for entries in table.values():
        entries.sort(key=lambda entry: (entry[1] == "start", -len(entry[0])))
    return table


def _first_word(text: str) -> str:
    return text.split(None, 1)[0].rstrip(":,.!?;>")


def label_line(text: str, shape: Shape) -> Label:
    """Label a line by what it shows itself.

    Parameters
    ----------
    text : str
        A line, normalized, without spaces around it.
    shape : Shape
        Its shape.

    Returns
    -------
    zone, reason : str
        `UNDECIDED` when only the neighbors of the line can tell.

    Examples
    --------
    >>> label_line("By: Ann Lee", shape_of("By: Ann Lee"))
    ('byline', 'byline_label')
    """
    if shape.n_words > _MAX_WORDS or len(text) > _MAX_LENGTH:
        if text[0] == "©":
            return "disclaimer", "copyright_sign"
        if shape.n_words <= _MAX_CONSENT and "cookie" in text.lower():
            return _label_inside(text.lower(), at_least=_MIN_CONSENT)
        return UNDECIDED if shape.n_words > 1 or text[0].isalnum() else _label_wordless(text)
    if not text[0].isalpha() and not any(map(str.isalnum, text)):
        return "furniture", "no_words"
    bare = text.strip("*_ []") or text  # emphasis of Markdown, buttons
    lower = bare.lower().replace("’", "'")
    label = _label_by_phrase(lower, shape)
    if label == UNDECIDED and shape.n_words <= 20:
        label = _label_short(bare, shape)
    if label == UNDECIDED:
        label = label_credit(text, shape)
    if label == UNDECIDED and (not shape.stops or shape.cut):
        label = _label_row(lower)
    return _label_inside(lower) if label == UNDECIDED else label


def _label_row(lower: str) -> Label:
    """Label a row of links or of sections: short pieces with wide gaps or bars between."""
    if not any(mark in lower for mark in _BARS):
        return UNDECIDED
    pieces = [piece.strip() for piece in _COLUMNS.split(lower)]
    if len(pieces) < 2 or max(len(piece.split()) for piece in pieces) > _MAX_ROLE:
        return UNDECIDED
    if all(map(_TIMES.fullmatch, pieces)):
        return "date_line", "date_label"
    if not _SMALL_WORDS.isdisjoint(pieces):  # a sentence set with wide spaces
        return UNDECIDED
    if 2 * sum(map(bool, map(_FIGURE.match, pieces))) > len(pieces):
        return "furniture", "row_of_figures"
    is_known = any(piece in _phrases()["whole"] for piece in pieces)
    return ("furniture", "row_of_links") if len(pieces) > 2 or is_known else UNDECIDED


def _label_wordless(text: str) -> Label:
    return UNDECIDED if any(map(str.isalnum, text)) else ("furniture", "no_words")


def _label_by_phrase(lower: str, shape: Shape) -> Label:
    if shape.n_words <= 6:
        unbulleted = lower if lower[0].isalpha() else BULLET.sub("", lower, count=1)
        bare = unbulleted.strip(" .:!›»>→|←↑↓▲▼▶►☰✕×")
        label = _phrases()["whole"].get(bare)
        if label:
            return label if unbulleted == lower else ("furniture", "navigation_bullet")
        label = _label_by_opening(bare, shape, ("head",))
        if label != UNDECIDED:
            return label
    may_start = shape.n_words <= 30 or not shape.stops
    if not lower[0].isalnum():
        lower = lower.lstrip(_SIGNS) or lower
    return _label_by_opening(lower, shape, ("label", "start") if may_start else ("label",))


def _label_by_opening(lower: str, shape: Shape, kinds: tuple[str, ...]) -> Label:
    for phrase, kind, label in _openings().get(_first_word(lower or "."), ()):
        if kind not in kinds or not lower.startswith(phrase):
            continue
        after = lower[len(phrase) : len(phrase) + 1]
        if (after.isalnum() or after == "_") and not phrase.endswith(":"):
            continue
        if kind == "head" and (shape.stops or shape.n_words > 2 + len(phrase.split())):
            continue
        return label
    return UNDECIDED


@functools.cache
def _signals() -> dict[str, list[tuple[str, str]]]:
    """Group the phrases that stand anywhere by their longest word: without it none need be looked for."""
    table: dict[str, list[tuple[str, str]]] = {}
    for match in ("any", "promotion"):
        for phrase in _phrases()[match]:
            word = max(phrase.split(), key=len)
            for end in ("", *_ENDS) if phrase.endswith(word) else ("",):
                table.setdefault(word + end, []).append((phrase, match))
    return table


def _label_inside(lower: str, *, at_least: int = _MIN_PROMOTION) -> Label:
    """Label a line by phrases anywhere in it: one that says enough, or some of a promotion."""
    signals = _signals()
    words = signals.keys() & lower.split()
    if not words:
        return UNDECIDED
    found = [(phrase, match) for word in words for phrase, match in signals[word] if phrase in lower]
    said = [phrase for phrase, match in found if match == "any"]
    if said and at_least == _MIN_PROMOTION:
        return _phrases()["any"][min(said)]
    is_promotion = len(found) >= at_least and ADDRESSED.search(lower)
    return ("furniture", "promotion") if is_promotion else UNDECIDED


def _label_short(text: str, shape: Shape) -> Label:
    has_digit = _DIGIT.search(text) is not None
    if has_digit and _ITEM.match(text):
        return "furniture", "item_mark"
    if has_digit and shape.n_words <= 4 and find_id_day(text):
        return "furniture", "machine_id"
    if text[0] in "(FfBb" and shape.n_words <= 7 and _CORRESPONDENT.match(text):
        return "byline", "correspondent_unnamed"
    if text[0] in "([" and _DIRECTION.match(text):
        return "furniture", "stage_direction"
    if find_byline(text):
        return "byline", "byline_label"
    if ":" in text and not shape.stops and has_role_label(text):
        return "byline", "role_label"
    if shape.n_words <= 4 and _AUTHOR_LABEL.match(text):
        return "byline", "author_label"
    label = _label_digits(text, shape) if has_digit else UNDECIDED
    if label == UNDECIDED and not shape.stops:
        label = _label_marks(text, shape)
    return label


def _label_digits(text: str, shape: Shape) -> Label:
    name, *rest = _SEPARATOR.split(text)
    if rest and is_name(name) and all(_AGO.fullmatch(each) or describe_date_line(each) for each in rest):
        return "byline", "name_and_date"
    date_line = describe_date_line(text)
    if date_line:
        return ("furniture" if date_line == "page_clock" else "date_line"), date_line
    if shape.n_words <= 6 and _TODAY.fullmatch(text):
        return "date_line", "date_alone"
    if shape.n_words <= 3 and _TIME.fullmatch(text):
        return "date_line", "time_alone"
    clock = _CLOCK.search(text) if shape.n_words <= 8 else None
    if clock and is_name(text[clock.end() :].strip()) and _BEFORE_CLOCK.fullmatch(text[: clock.start()]):
        return "byline", "time_and_name"
    if shape.n_words <= 3 and _PICTURE_NUMBER.match(text):
        return "furniture", "picture_number"
    if shape.n_words <= 5 and _PAGE_NUMBER.match(text):
        return "furniture", "page_number"
    if shape.n_words <= 5 and _PICTURE_COUNT.match(text):
        return "furniture", "picture_count"
    if shape.n_words <= 3 and _N_COMMENTS.match(text):
        return "furniture", "comments_heading"
    if shape.n_words <= 3 and _N_SHARES.match(text):
        return "furniture", "count_of_readers"
    return ("furniture", "reading_time") if _READING_TIME.match(text) else UNDECIDED


def _label_marks(text: str, shape: Shape) -> Label:
    if ("." in text or "@" in text or text[0] == "#") and ADDRESS.match(text):
        return "furniture", "address"
    if shape.n_words <= 3 and not text[0].isalnum() and BULLET.match(text):
        return "furniture", "navigation_bullet"
    if shape.n_words <= 5 and _SLUG.match(text):
        return "furniture", "slug"
    if text[0] == "[" and _BRACKETED_TEASER.match(text):
        return "teaser", "bracketed_teaser"
    if shape.n_words <= 12 and _BREADCRUMB.search(text):
        return "furniture", "breadcrumb"
    return ("section_heading", "heading_mark") if _HEADING_MARK.match(text) else UNDECIDED
