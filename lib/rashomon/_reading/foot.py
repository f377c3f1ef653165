"""Tell what is under the last paragraph: advertised titles, notices of law, the author and the date again."""

from __future__ import annotations

import re
from collections.abc import Set

from rashomon._reading.bylines import says_page_words
from rashomon._reading.marks import ADDRESSED
from rashomon._reading.page import PROSE, Page
from rashomon._reading.signs import is_date

_LOOSE = frozenset({"after_text", "run_of_short_lines", "before_text", "cut_off_line"})
_LEGAL = re.compile(
    r"\b(?:copyright|liab(?:le|ility)|warrant(?:y|ies)|investment advice|regulat(?:ed|ion|or)|permission"
    r"|registered (?:in|office|no|number|charity|trade ?marks?)|company n(?:o|umber)|editors['’]? code"
    r"|editorial code|code of (?:practice|conduct|ethics)|commercial use|personal use|authori[sz](?:ed|ation)"
    r"|standards body|press council|(?:final|authoritative) (?:form|record)|responsib(?:le|ility) for"
    r"|reproduc\w+|gmbh|ltd|llc|reproducción|derechos|vervielfältigung|haftung|mentions légales)\b",
    re.IGNORECASE,
)
_CORRECTS = re.compile(r"(?:corrections?|clarifications?|amendments?|editor[’']?s note)\W*$", re.IGNORECASE)
_OPENS = re.compile(r"[\"'“‘«]?\w")
_MIN_SURE = 2  # words of law in a paragraph that could be of the text
_FAR = 3  # lines from a text to what no longer belongs to it
_MIN_LEGAL = 5  # words of a notice of law: less is a link to it
_MIN_TITLE, _MAX_TITLE = 4, 25  # words of an advertised title
_MAX_HEADING = 6  # words over a list of titles
_MIN_TEXT = 6  # words of the sentence under an advertised title
_LEADERS = re.compile(r" ?(?:\.{3,}|…) ?\d{1,3}$")  # the page of a printed title


def mark_foot(page: Page) -> None:
    """Label what is under the last paragraph of a page.

    Parameters
    ----------
    page : Page
        With its text found; its labels are changed.

    Examples
    --------
    >>> mark_foot(Page([], [], []))
    """
    texts = [i for i, (zone, _) in enumerate(page.labels) if zone in PROSE]
    if not texts:
        return
    while len(texts) > 1 and texts[-1] - texts[-2] > _FAR and _is_legal(page, texts[-1]):
        page.mark(texts[-1], "disclaimer", "notice_of_law")
        for i in range(texts[-2] + 1, texts.pop()):
            if page.zone(i) == "section_heading":  # it headed the notice, which is no text
                page.mark(i, "furniture", "after_text")
    foot = range(texts[-1] + 1, len(page.labels))
    for i in foot:
        zone, reason = page.labels[i]
        if reason == "copyright_sign" or (reason in _LOOSE and _is_legal(page, i)):
            page.mark(i, "disclaimer", reason if reason == "copyright_sign" else "notice_of_law")
        elif reason in _LOOSE and zone == "furniture" and is_date(page, i):
            page.mark(i, "date_line", "date_label" if page.lines[i].text[0].isalpha() else "date_alone")
    for i in foot:
        if (
            page.labels[i][1] in _LOOSE
            and page.zone(i + 1) == "disclaimer"
            and _CORRECTS.match(page.lines[i].text)
        ):
            page.mark(i, "disclaimer", "heading_of_notice")
    _mark_titles(page, foot)


def mark_footer(page: Page) -> None:
    """Mark paragraphs of law below what points away from the page, before they are taken for its text.

    Parameters
    ----------
    page : Page
        With its asides marked; its labels are changed.

    Examples
    --------
    >>> mark_footer(Page([], [], []))
    """
    points = [
        i for i, (zone, reason) in enumerate(page.labels) if zone == "teaser" or reason == "copyright_sign"
    ]
    for i in page.free(points[-1] + 1, len(page.labels)) if points else ():
        if page.shapes[i].prose and len(set(_LEGAL.findall(page.lines[i].text.lower()))) >= _MIN_SURE:
            page.mark(i, "disclaimer", "notice_of_law")


def _is_legal(page: Page, i: int) -> bool:
    return page.shapes[i].n_words >= _MIN_LEGAL and _LEGAL.search(page.lines[i].text) is not None


def _mark_titles(page: Page, foot: range) -> None:
    """Take titles in a row, or a title over a date, for advertised texts; and the sentence under each."""
    titles = {i for i in foot if _may_be_title(page, i)}
    sure = {i for i in titles if _is_sure(page, i, titles)}
    for i in sorted(sure):
        above, under = i - 1, i + 1
        if above in foot and above not in titles and _may_be_heading(page, above):
            page.mark(above, "furniture", "heading_over_titles")
        page.mark(i, "teaser", "title_under_text")
        if under in foot and under not in sure and _is_loose_sentence(page, under):
            page.mark(under, "teaser", "text_under_title")


def _is_sure(page: Page, i: int, titles: Set[int]) -> bool:
    """Say whether what may be a title stands where lists of titles have one."""
    if {i - 1, i + 1} & titles or page.zone(i + 1) in ("teaser", "date_line") or page.zone(i - 1) == "teaser":
        return True
    return i + 1 < len(page.labels) and _is_loose_sentence(page, i + 1) and _may_be_heading(page, i - 1)


def _is_loose_sentence(page: Page, i: int) -> bool:
    shape = page.shapes[i]
    return page.labels[i][1] in _LOOSE and shape.stops and shape.n_words >= _MIN_TEXT


def _may_be_title(page: Page, i: int) -> bool:
    shape, (zone, reason) = page.shapes[i], page.labels[i]
    text = _LEADERS.sub("", page.lines[i].text)
    if zone != "furniture" or reason not in _LOOSE or (not text[:1].isalnum() and text[:1] not in "\"'“‘«"):
        return False
    words = text.split()
    if not _MIN_TITLE <= len(words) <= _MAX_TITLE or not (shape.heading or shape.cut):
        return False
    if sum(any(map(str.isdigit, word)) for word in words) > 1 + len(words) // 10:  # a row of a table
        return False
    if shape.stops and not text.endswith("?") and not shape.cut:  # what somebody says
        return False
    if "  " in text or "|" in text or ";" in text or "@" in text or ADDRESSED.search(text.lower()):
        return False
    return not says_page_words(words[:1]) and any(len(word) > 3 and word[0].isalpha() for word in words)


def _may_be_heading(page: Page, i: int) -> bool:
    shape = page.shapes[i]
    return page.labels[i][1] in _LOOSE and shape.n_words <= _MAX_HEADING and not shape.stops
