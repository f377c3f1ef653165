"""Find who signed a text and when: under its headline, and again at its end."""

from __future__ import annotations

import re

from rashomon._reading.bylines import find_byline, is_name, is_signature
from rashomon._reading.days import read_day
from rashomon._reading.page import PROSE, Page

SIGNED = frozenset({"byline", "date_line"})

_ROLE = re.compile(
    r"\b(?i:writer|reporter|correspondent|editor|columnist|staff|contributor)(?:,? (?:in |for )?[A-Z][^.]*)?$"
    r"|^(?:Reporting )?(?:from|in) [A-Z]"
)
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_DAY_IN_FIGURES = re.compile(r"\b\d{1,4}([./-])\d{1,2}\1\d{2,4}")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b")
_WORD = re.compile(r"[^\W\d_]+")
_MAX_DATE = 8  # words
_MAX_BESIDE_DATE = 2  # words beside days in figures: "Updated", "Uhr"
_NEAR = 30  # lines under a headline in which its text begins
_MAX_OUTLET = 4  # words
_MAX_SIGNATURE = 10  # words
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_INITIALS = re.compile(  # jo/kb (wire), r.i./m., A. McR.
    r"[(\[]?[\w.]{1,6}(?:/[\w.]{1,6}){1,4}[)\]]?(?: \([^()]{2,40}\))?$"
    r"|(?:[A-Z]\. ?(?:Mc|Mac)?){2,3}[A-Z]?\.?$"
)
_REPORTED = re.compile(  # who else was where: Lee reported from Harbor City and Ek from Bay Town.
    r"[A-Z][\w’'-]+(?: [A-Z][\w.’'-]+){0,3} (?:reported|contributed)(?: \w+){0,2} from [A-Z][^.]*\.?$"
)
_MAX_FROM_TEXT = 3  # lines from a text to the by-line at its end, or over its headline
_ABOUT = re.compile(
    r" (?:is|was|has|covers|writes|reports|works|joined|spent|holds|lives|serves|teaches|can be reached)\b"
)


def mark_signs(page: Page, headline: int, first: int) -> None:
    r"""Label the dates and the authors between a headline and its text.

    Parameters
    ----------
    page : Page
        Its labels are changed.
    headline, first : int
        The lines of the headline and of the first paragraph.

    Examples
    --------
    >>> from rashomon._reading.shapes import shape_of
    >>> from rashomon.normalize import split_lines
    >>> lines = split_lines("Ferry Sinks\nAnn Lee and Bo Ek\n24.10.2024")
    >>> page = Page(lines, [shape_of(line.text) for line in lines], [("", "")] * 3)
    >>> mark_signs(page, 0, 3)
    >>> page.labels[1:]
    [('byline', 'name_and_role'), ('date_line', 'date_alone')]
    """
    end = min(first, headline + _NEAR)
    for i in page.free(headline + 1, end):
        if is_date(page, i):
            page.mark(i, "date_line", "date_alone")
    _mark_names(page, headline, end)
    for i in page.free(headline + 1, end):
        if page.zone(i - 1) == "byline" and _is_role(page, i):
            page.mark(i, "byline", "role_under_name")
        elif page.labels[i - 1][1] == "role_under_name" and _is_outlet(page, i):
            page.mark(i, "byline", "outlet_under_role")


def _is_role(page: Page, i: int) -> bool:
    if i >= len(page.lines) or not page.is_free(i) or page.shapes[i].n_words > 6 or page.shapes[i].stops:
        return False
    return _ROLE.search(page.lines[i].text) is not None


def _is_outlet(page: Page, i: int) -> bool:
    words = page.lines[i].text.split()
    return (
        2 <= len(words) <= _MAX_OUTLET
        and page.shapes[i].heading
        and all(map(str.isupper, [w[0] for w in words]))
    )


def is_date(page: Page, i: int) -> bool:
    """Say whether a line is a date that is written in another language than the text, or twice.

    Parameters
    ----------
    page : Page
        The lines.
    i : int
        One of them.

    Returns
    -------
    bool

    Examples
    --------
    >>> from rashomon._reading.shapes import shape_of
    >>> from rashomon.normalize import split_lines
    >>> lines = split_lines("jeudi 24 octobre 2024")
    >>> is_date(Page(lines, [shape_of(lines[0].text)], [("", "")]), 0)
    True
    """
    text = page.lines[i].text
    if page.shapes[i].n_words > _MAX_DATE or not _YEAR.search(text):
        return False
    is_figures = _DAY_IN_FIGURES.search(text) and len(_WORD.findall(text)) <= _MAX_BESIDE_DATE
    return bool(is_figures or read_day(text))


def _mark_names(page: Page, headline: int, end: int) -> None:
    """Take a name alone between headline and text for the author where a date or another line supports it."""
    known = [find_byline(page.lines[i].text) for i in range(headline, end) if page.zone(i) == "byline"]
    for i in range(headline + 1, end):
        text = page.lines[i].text
        if not page.is_free(i) and page.labels[i][1] != "repeated_line":
            continue
        if not any(known) and _may_sign(page, i):
            page.mark(i, "byline", "name_and_role")
            known.append(text)
        if not is_name(text):
            continue
        is_last = i + 1 == end or page.zone(i - 1) == "subheadline"
        near = {page.zone(j) for j in (i - 2, i - 1, i + 1, i + 2) if headline < j}
        again = any(
            text in line.text and line.text != text and not page.shapes[j].prose
            for j, line in enumerate(page.lines)
        )
        if any(each.startswith(text) for each in known) or (
            not any(known) and ("date_line" in near or again or is_last or _is_role(page, i + 1))
        ):
            page.mark(i, "byline", "name_alone")
            known.append(text)


def _may_sign(page: Page, i: int) -> bool:
    """Say whether a line can be names with a role, a place or an outlet: beside a date, or by its commas."""
    shape = page.shapes[i]
    text = _ASIDE.sub("", page.lines[i].text).rstrip(" →›»>")
    words = text.split()
    if not 2 <= len(words) <= _MAX_SIGNATURE or shape.stops or shape.n_words < 3:
        return False
    name, _, role = text.partition(", ")
    if role and is_name(name) and len(words) <= 8 and all(word[0].isupper() for word in role.split()):
        return True
    if "date_line" not in (page.zone(i - 1), page.zone(i + 1)):
        return False
    return is_signature(words)


def mark_bylines_of_others(page: Page) -> None:
    """Take by-lines far over the headline and far under the text for those of teasers.

    Parameters
    ----------
    page : Page
        Its labels are changed.

    Examples
    --------
    >>> mark_bylines_of_others(Page([], [], []))
    """
    texts = [i for i, (zone, _) in enumerate(page.labels) if zone in PROSE]
    last = texts[-1] if texts else len(page.labels)
    for i, (zone, reason) in enumerate(page.labels):
        if zone != "byline" or reason in _AT_END:
            continue
        if i < page.title - _MAX_FROM_TEXT or i > last + _MAX_FROM_TEXT:
            page.mark(i, "teaser", "byline_of_teaser")


_AT_END = frozenset(
    {"post_head", "post_passed_on", "contributors", "agency_credit", "code_of_author", "about_author"}
)


def mark_authors_again(page: Page) -> None:
    """Find the author again, under the text: the name alone, a code, or a line about who that is.

    Parameters
    ----------
    page : Page
        Its labels are changed.

    Examples
    --------
    >>> mark_authors_again(Page([], [], []))
    """
    signed = [i for i, (zone, _) in enumerate(page.labels) if zone == "byline"]
    starts = tuple(name for name in (_author_of(page, i) for i in signed) if name)
    texts = [i for i, (zone, _) in enumerate(page.labels) if zone in PROSE]
    last = texts[-1] if texts else len(page.labels)
    for i in range(last, min(last + 1 + _MAX_FROM_TEXT, len(page.labels))):
        if page.shapes[i].n_words <= 6 and _INITIALS.match(page.lines[i].text):
            page.mark(i, "byline", "code_of_author")
        elif _REPORTED.match(page.lines[i].text) and (i > last or page.zone(i - 1) == "furniture"):
            page.mark(i, "byline", "contributors")
    words = {word.casefold() for i in signed for word in _WORD.findall(page.lines[i].text) if len(word) > 3}
    for i, (_, reason) in enumerate(page.labels):
        mailbox, at, _ = page.lines[i].text.casefold().partition("@") if reason == "address" else ("", "", "")
        if at and any(word in mailbox for word in words):  # the address of who signed
            page.mark(i, "byline", "address_of_author")
    if not starts:
        return
    for i, (zone, reason) in enumerate(page.labels):
        text = page.lines[i].text.lstrip("-–— ")
        if not text.startswith(starts):
            continue
        if text in starts and zone in ("section_heading", "furniture", "teaser"):
            page.mark(i, "byline", "name_again")
        elif zone in ("body", "furniture") and reason != "list_item" and i > page.title:
            name = next(each for each in starts if text.startswith(each))
            if _ABOUT.match(text, len(name)):
                page.mark(i, "byline", "about_author")


def _author_of(page: Page, i: int) -> str:
    _, reason = page.labels[i]
    if reason == "author_label":
        return ""
    return find_byline(page.lines[i].text) if reason == "byline_label" else page.lines[i].text
