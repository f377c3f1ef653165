"""Say what a line shows by itself: a by-line, a date, a credit, a phrase of the page, a heading's shape."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from rashomon._reading.dates import CALENDAR_WORDS, describe_date_line, find_days, find_id_day
from rashomon.read import read_word_list

Label = tuple[str, str]  # the zone, and the named rule that decided it
UNDECIDED: Label = ("", "")

_STOP = re.compile(r"[.!?…][\"'”’»)\]*_]*$")
_CUT = re.compile(r"(?:\.\.\.|…)[\"'”’]?$")
_BULLET = re.compile(r"(?:[-–—•·*▪●►>»|]|\d{1,2}[.)])\s+(?=\S)")
_QUESTION = re.compile(r"(?:what|why|who|whose|when|where|which|how)\b", re.IGNORECASE)
_DATELINE = re.compile(
    r"\([A-Z]{2}[^()]{1,50}\) (?=[A-Z“\"‘])"  # (PROVIDER- Outlet) Text …
    r"|[A-Z][\w.’'-]+(?:,? [A-Z][\w.’'-]*){0,4}(?:,? \d{1,2})?(?:, \d{4})?,?(?: \([A-Z][^()]{1,40}\))?"
    r"(?: ?[–—] ?| --? )(?=[A-Z“\"‘]\S*(?: \S+){5})"
)
_NAME = r"(?:[A-Z][\w.’'-]*|(?:de|del|di|da|van|von|der|den|bin|al|and|for|in|of)\b|&)"
_BYLINE = re.compile(
    r"(?:(?i:written|story|words|text|report|reported|analysis|opinion|review|exclusive) )?(?i:by)(?: ?: ?| )"
    rf"(?P<name>{_NAME}(?:(?:,| \||) {_NAME}){{0,9}})"
)
_AUTHOR_LABEL = re.compile(
    r"(?:author|authors|author of the article|written by|by|reporter)\s*:?$", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$|\S+@\S+\.\w+$|@\w+$|(?:#\w+\s*)+$")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?\W{0,2}\d{1,4}\W{0,2}(?:(?:of|/)\s*\d{1,4})?$", re.IGNORECASE)
_READING_TIME = re.compile(
    r"\d+[ -]?min(?:ute)?s?\.? (?:read|listen)\b|\d+ (?:min(?:ute)?s?|hours?|days?) ago$", re.IGNORECASE
)
_CREDIT_ALONE = re.compile(
    r"(?i:(?:photo|photograph|image|picture|illustration)s?(?: (?:credit|source|courtesy))?(?: of)?\s*[:/])"
    r"|(?i:photo(?:graph)?|image|picture|illustration)s? (?:by|courtesy of) [A-Z]"
    r"|(?i:source|credit)s?: (?=[A-Z©])"
)
_AGENCY_CREDIT = re.compile(
    r"\(?(?i:additional )?(?i:reporting|writing|editing|compiled|edited)(?: and \w+)? by (?=[A-Z])"
)
_TIME = re.compile(r"\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?", re.IGNORECASE)
_BREADCRUMB = re.compile(r"\S (?:>|»|›) \S")
_HEADING_MARK = re.compile(r"#{1,6} \S")
_CAPTION_LEAD = re.compile(
    r"(?i:file (?:photo|picture|image)|pictured|(?:image|photo) caption|caption)\s*[:,–—-]|FILE ?[-–—:]"
)
_POSITION = re.compile(
    r"\((?:(?:far |from |top |bottom |back |front |second from |third from )?"
    r"(?:[lrc]|[lrc]\.|left|right|cent(?:er|re)|middle|top|bottom|above|below|pictured))\)",
    re.IGNORECASE,
)
_CREDIT_IN_BRACKETS = re.compile(
    r"[\w.!?”\"’'] ?[(\[](?:(?i:photo|image|picture|pic|credit|source|file|illustration)s?\b[^()\[\]]{0,80}"
    r"|[^()\[\]]{0,40}/[A-Z][^()\[\]]{1,40})[)\]]$"
    r"|[.!?”\"’] ?[(\[][A-Z][^()\[\].!?]{1,40}[)\]]$"  # A finished sentence, then a name in brackets.
)
_CREDIT_LABEL_AT_END = re.compile(
    r"[.!?”\"’)] (?i:photo|image|picture|credit|source)s?(?: by|:| courtesy of) ?[A-Z©][^.]{1,60}$"
)
_MAX_WORDS, _MAX_LENGTH = 60, 1000  # a longer line is a paragraph, or a run of characters that is no language
_MAX_CREDIT = 100  # characters at the end of a line in which a credit is looked for
_COPYRIGHT = re.compile(r"(?P<before>.*?)\s*(?:©|\(c\) )[^.!?]{1,80}\.?$")


@dataclass(frozen=True, slots=True)
class Shape:
    """The outer form of a line."""

    n_words: int
    stops: bool  # ends as a sentence does
    cut: bool  # breaks off in an ellipsis
    heading: bool  # could stand over a text
    prose: bool  # a paragraph, beyond doubt


def shape_of(text: str) -> Shape:
    """Measure the outer form of a line.

    Parameters
    ----------
    text : str
        A line without spaces around it; not empty.

    Returns
    -------
    Shape

    Examples
    --------
    >>> shape_of("Ferry Sinks Off Coast").heading, shape_of("The ferry sank.").heading
    (True, False)
    """
    words = text.split()
    tail = text[-8:]
    cut = bool(_CUT.search(tail))
    stops = bool(_STOP.search(tail))
    ends = stops or text.endswith(":")
    prose = not cut and (len(words) >= 25 or (len(words) >= 10 and ends and not text.isupper()))
    heading = not prose and not cut and _is_heading(text, words, stops=stops)
    return Shape(len(words), stops, cut, heading, prose)


def _is_heading(text: str, words: list[str], *, stops: bool) -> bool:
    if len(words) > 24 or text[-1] in ",;:" or (text[0].isalpha() and not text[0].isupper()):
        return False
    if not stops:
        return any(character.isalpha() for character in text)
    bare = text.rstrip("\"'”’)*_")
    if bare.endswith("."):
        return text.endswith((" U.S.", " U.N.", " U.K.", " Jr.", " Inc.", " Co.")) and len(words) <= 14
    if bare.endswith("?") and _QUESTION.match(text) and len(words) <= 9:
        return True
    return len(words) <= 3 or _is_title_case(words)


def _is_title_case(words: list[str]) -> bool:
    """Say whether most of the longer words begin with a capital letter."""
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    return bool(long) and sum(word[0].isupper() for word in long) >= 0.7 * len(long)


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


def find_byline(text: str) -> str:
    """Find the name in a by-line.

    Parameters
    ----------
    text : str
        A line.

    Returns
    -------
    str
        The name as written; empty when the line is no by-line.

    Examples
    --------
    >>> find_byline("By: Ann Lee | 24 October 2024"), find_byline("By Monday it was over.")
    ('Ann Lee', '')
    """
    bare = text.strip("*_ ")
    if len(bare) > 160:
        return ""
    days = find_days(bare)
    match = _BYLINE.match(bare[: days[0].start] if days else bare)
    if match is None:
        return ""
    name = match["name"]
    while name.endswith("day") and name.split()[-1].casefold() in CALENDAR_WORDS and " " in name:
        name = name.rsplit(" ", 1)[0].rstrip(" ,|")
    words, rest = name.split(), bare[match.start("name") + len(name) :].strip(" ,|&•·–—-")
    if not words[0][0].isupper() or name.casefold() in CALENDAR_WORDS:
        return ""
    if words[0] in ("The", "A", "An") and len(words) <= 2:  # the heading "By The Numbers" names nobody
        return ""
    if rest and not describe_date_line(rest) and not _ADDRESS.match(rest):
        return ""
    return name


@functools.cache
def _phrases() -> dict[str, tuple[re.Pattern[str], dict[str, Label]]]:
    """Group the phrases by how they match: one pattern each, and what the phrase found says."""
    labels: dict[str, dict[str, Label]] = {}
    for row in read_word_list("page_phrases"):
        labels.setdefault(row["match"], {})[row["phrase"]] = (row["zone"], row["rule"])
    table = {}
    for match, entries in labels.items():
        either = "|".join(re.escape(phrase) for phrase in sorted(entries, key=len, reverse=True))
        table[match] = (re.compile(rf"(?:{either})(?!\w)"), entries)
    return table


@functools.cache
def _agency_at_end() -> re.Pattern[str]:
    names = sorted((row["name"] for row in read_word_list("photo_credits")), key=len, reverse=True)
    either = "|".join(re.escape(name) for name in names)
    return re.compile(
        rf"(?:/ ?|\bvia |[([])(?:{either})(?: (?:Photo|Images|Pool|File))?[)\]]?$"
        rf"|\b(?:{either}|REUTERS)/[A-Z][\w.’' -]*$"
    )


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
    if not any(character.isalnum() for character in text):
        return "furniture", "no_words"
    if shape.n_words > _MAX_WORDS or len(text) > _MAX_LENGTH:
        return UNDECIDED
    bare = text.strip("*_ ") or text  # emphasis of Markdown
    label = _label_by_phrase(bare.lower().replace("’", "'"), shape)
    if label == UNDECIDED and shape.n_words <= 20:
        label = _label_short(bare, shape)
    return _label_credit(text, shape) if label == UNDECIDED else label


def _label_by_phrase(lower: str, shape: Shape) -> Label:
    phrases = _phrases()
    if shape.n_words <= 6:
        unbulleted = _BULLET.sub("", lower, count=1)
        bare = unbulleted.strip(" .:!›»>→|")
        if bare in phrases["whole"][1]:
            return phrases["whole"][1][bare] if unbulleted == lower else ("furniture", "navigation_bullet")
        pattern, labels = phrases["head"]
        match = pattern.match(bare)
        if match and not shape.stops and shape.n_words <= 2 + len(match[0].split()):
            return labels[match[0]]
    for kind in ("label", "start") if shape.n_words <= 30 else ("label",):
        pattern, labels = phrases[kind]
        match = pattern.match(lower)
        if match:
            return labels[match[0]]
    return next((label for phrase, label in phrases["any"][1].items() if phrase in lower), UNDECIDED)


def _label_short(text: str, shape: Shape) -> Label:
    if find_id_day(text):
        return "furniture", "machine_id"
    if find_byline(text):
        return "byline", "byline_label"
    if _AUTHOR_LABEL.match(text):
        return "byline", "author_label"
    date_line = describe_date_line(text)
    if date_line:
        return ("furniture" if date_line == "page_clock" else "date_line"), date_line
    if _TIME.fullmatch(text):
        return "date_line", "time_alone"
    for pattern, reason in (
        (_ADDRESS, "address"),
        (_PAGE_NUMBER, "page_number"),
        (_READING_TIME, "reading_time"),
    ):
        if pattern.match(text):
            return "furniture", reason
    if shape.n_words <= 3 and not shape.stops and _BULLET.match(text) and not text[0].isdigit():
        return "furniture", "navigation_bullet"
    if shape.n_words <= 12 and _BREADCRUMB.search(text):
        return "furniture", "breadcrumb"
    return ("section_heading", "heading_mark") if _HEADING_MARK.match(text) else UNDECIDED


def _label_credit(text: str, shape: Shape) -> Label:
    if _AGENCY_CREDIT.match(text) and (";" in text or not shape.stops or shape.n_words <= 12):
        return "credit", "agency_credit"
    if shape.n_words <= 6 and _CREDIT_ALONE.match(text):
        return "credit", "credit_alone"
    if _CAPTION_LEAD.match(text):
        return "caption", "caption_label"
    copyright_sign = _COPYRIGHT.match(text) if "©" in text or "(c) " in text else None
    if copyright_sign:
        return ("caption" if copyright_sign["before"] else "credit"), "copyright_sign"
    tail = text[-_MAX_CREDIT:]
    if (tail[-1] in ")]" and _CREDIT_IN_BRACKETS.search(tail)) or _CREDIT_LABEL_AT_END.search(tail):
        return "caption", "credit_at_end"
    if _agency_at_end().search(tail):
        return ("caption" if shape.n_words >= 6 else "credit"), "agency_at_end"
    if "(" in text and shape.n_words <= 40 and _POSITION.search(text):
        return "caption", "position_mark"
    return UNDECIDED
