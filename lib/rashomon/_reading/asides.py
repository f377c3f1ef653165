"""Mark what is not the text itself and seen as a whole: snippets, disclaimers, teasers, repeated lines."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from rashomon._reading.page import Page

_MIN_SNIPPETS = 3
_MAX_TEASER_WORDS = 40
_ZERO = ("0:00", "00:00", "(0:00", "(00:00", "[0:00", "[00:00")
_CHAPTER = re.compile(r"[(\[]?(?:\d{1,2}:)?\d{1,2}:\d\d[)\]]?[ –—-]+\S")
_MIN_CHAPTERS = 3
_POST = re.compile(  # Bay News, [03.05.2024 14:05]; Bay News · 3 May, 14:05
    r"(?!(?:as of|last|first|date|day|upda|publi|posted|modif|creat|stand|print|mis à|veröff|aktual)\w*\b)"
    r"[^\W\d_][^\[\]:]{1,50}?(?:,| [·|•—–-]| )\s*\[?"
    r"(?:\d{1,4}[./-]\d{1,2}(?:[./-]\d{2,4})?|\d{1,2} [A-Z][a-z]{2,8}\.?(?: \d{4})?"
    r"|[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)"
    r"(?:,| at| ·| \|)? \d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?\]?$",
    re.IGNORECASE,
)
_PASSED_ON = re.compile(r"(?:forwarded from|reposted from|weitergeleitet von|переслано из) \S", re.IGNORECASE)
_MIN_POSTS, _MAX_OVER_POSTS = 2, 4  # heads of posts, and lines that can be over the first
_MIN_COPIES = 3  # so many copies of a line on one page are furniture …
_MAX_COPIED_SHARE = 0.25  # … unless a larger share of the paragraphs is copied: then the text itself is
_MIN_QUOTED, _MAX_QUOTED = 5, 30  # words of a quotation set large
_QUOTED_WITHIN = 15  # lines
_QUOTES = " \"'“”‘’«»."
_WIDE_GAP = "  "
_MAX_NUMBER = 100  # characters of a line in which two numbers make no difference
_MAX_HEAD, _MIN_FIELDS = 15, 3  # lines at the top in which a letter's head is, and fields that make one
_MAIL_FIELD = re.compile(
    r"(From|Von|De|Da|To|An|À|Cc|Reply-To|Date|Datum|Sent|Gesendet|Fecha|Subject|Betreff|Objet|Asunto|Oggetto)"
    r": \S"
)
_FROM, _WHEN, _ABOUT = ("byline", "author_named"), ("date_line", "date_alone"), ("headline", "mail_subject")
_MAIL_ZONES = {
    **dict.fromkeys(("from", "von", "de", "da"), _FROM),
    **dict.fromkeys(("date", "datum", "sent", "gesendet", "fecha"), _WHEN),
    **dict.fromkeys(("subject", "betreff", "objet", "asunto", "oggetto"), _ABOUT),
}
_SUBJECT = re.compile(r"\w+: (?:(?:fwd?|re|wg|aw|tr|rv): ?)*", re.IGNORECASE)
_FORWARDED = re.compile(
    r"\w+: (?:fwd?|wg|tr|rv): ?\S|-+ ?(?:original message|forwarded message|weitergeleitete nachricht)"
    r"|begin forwarded message",
    re.IGNORECASE,
)
_ABOUT_WHOM = re.compile(r"(?:About|ABOUT|Über|À propos de|Acerca de) (?:the |THE )?[A-Z]\S*(?: \S+){0,5}$")
_ENDS_NOTICE = frozenset({"teaser_heading", "interface_phrase", "comments_heading"})
_MIN_OVER_ABOUT = 60  # words of a text over what is said about its sender
_DIGITS = re.compile(r"\d+")
_UNDER_TEASERS = ("", "date_line", "byline", "section_heading", "caption", "credit")


def mark_asides(page: Page) -> None:
    r"""Mark the authors under a label, snippets, repeated lines, disclaimers and teasers.

    Parameters
    ----------
    page : Page
        With the labels that each line gives itself; its labels are changed.

    Examples
    --------
    >>> from rashomon._reading.shapes import shape_of
    >>> from rashomon.normalize import split_lines
    >>> lines = split_lines("It sank after ...\nThey say ...\nCrews had ...")
    >>> page = Page(lines, [shape_of(line.text) for line in lines], [("", "")] * 3)
    >>> mark_asides(page)
    >>> page.labels[0]
    ('snippet', 'ellipsis_run')
    """
    _mark_authors(page)
    _mark_snippets(page)
    _mark_chapters(page)
    _mark_copies(page)
    _mark_pull_quotes(page)
    _mark_disclaimers(page)
    _mark_boilerplate(page)
    _mark_teasers(page)


def mark_mail(page: Page) -> None:
    r"""Mark the head of a letter: from whom, to whom, when, about what.

    Parameters
    ----------
    page : Page
        With the labels that each line gives itself; its labels are changed.

    Examples
    --------
    >>> from rashomon._reading.shapes import shape_of
    >>> from rashomon.normalize import split_lines
    >>> lines = split_lines("From: Ann Lee\nDate: 3 May 2024\nSubject: A ferry")
    >>> page = Page(lines, [shape_of(line.text) for line in lines], [("", "")] * 3)
    >>> mark_mail(page)
    >>> [zone for zone, _ in page.labels]
    ['byline', 'date_line', 'headline']
    """
    top = range(min(_MAX_HEAD, len(page.lines)))
    fields = [(i, match) for i in top if (match := _MAIL_FIELD.match(page.lines[i].text))]
    if len({match[0] for _, match in fields}) < _MIN_FIELDS:
        return
    if not any(map(_FORWARDED.match, (line.text for line in page.lines))):
        for i, match in fields:
            page.mark(i, *_MAIL_ZONES.get(match[1].lower(), ("furniture", "mail_field")))
        return
    said = {line.text.casefold(): i for i, line in enumerate(page.lines)}
    for i, line in enumerate(page.lines):  # who sends a text on is a reader of it
        match = _MAIL_FIELD.match(line.text)
        if match is None:
            continue
        title = said.get(_SUBJECT.sub("", line.text).casefold(), -1)
        if title >= 0:
            page.mark(i, "headline", "title_again")
            page.mark(title, "headline", "mail_subject")
        else:
            when = _MAIL_ZONES.get(match[1].lower()) == _WHEN
            page.mark(i, "furniture", "page_clock" if when else "mail_field")


def mark_posts(page: Page) -> None:
    r"""Mark the heads of the posts of a channel: its name with day and time, over each of them.

    Parameters
    ----------
    page : Page
        With the labels that each line gives itself; its labels are changed. A page that does not open with
        such a head is none of posts: further down they are those of comments.

    Examples
    --------
    >>> from rashomon._reading.shapes import shape_of
    >>> from rashomon.normalize import split_lines
    >>> lines = split_lines("Bay News, [03.05.2024 14:05]\nIt sank.\nBay News, [03.05.2024 15:10]\nNo.")
    >>> page = Page(lines, [shape_of(line.text) for line in lines], [("", "")] * 4)
    >>> mark_posts(page)
    >>> [reason for _, reason in page.labels]
    ['post_head', '', 'post_head', '']
    """
    if not any(_may_head_post(page, i) for i in range(min(_MAX_OVER_POSTS, len(page.lines)))):
        return
    heads = [i for i in range(len(page.lines)) if _may_head_post(page, i)]
    if len(heads) < _MIN_POSTS or any(map(page.is_prose, range(heads[0]))):
        return
    for i in heads:
        page.mark(i, "byline", "post_head")
        if i + 1 < len(page.lines) and _PASSED_ON.match(page.lines[i + 1].text):
            page.mark(i + 1, "byline", "post_passed_on")


def _may_head_post(page: Page, i: int) -> bool:
    text = page.lines[i].text
    if len(text) >= _MAX_NUMBER or page.zone(i) not in ("", "byline", "date_line"):
        return False
    return _POST.match(text) is not None


def _mark_authors(page: Page) -> None:
    """Take the short line under "Author:" for the name."""
    for i, (_, reason) in enumerate(page.labels[:-1]):
        if reason == "author_label" and page.is_free(i + 1) and page.shapes[i + 1].n_words <= 6:
            page.mark(i + 1, "byline", "under_author_label")


def _mark_snippets(page: Page) -> None:
    """Take three cut-off lines in a row for results of a search, whatever else they look like."""
    start = 0
    for i in range(len(page.labels) + 1):
        if i < len(page.labels) and page.shapes[i].cut and page.zone(i) != "teaser":
            continue
        if i - start >= _MIN_SNIPPETS:
            for j in range(start, i):
                page.mark(j, "snippet", "ellipsis_run")
        start = i + 1


def _mark_chapters(page: Page) -> None:
    """Take a list of clock times that begins at zero, and its heading, for the chapters of a recording."""
    for start, line in enumerate(page.lines):
        if line.text[0] not in "0([" or not line.text.startswith(_ZERO):
            continue
        end = start
        while end < len(page.lines) and _CHAPTER.match(page.lines[end].text):
            end += 1
        if end - start >= _MIN_CHAPTERS:
            is_headed = start and page.is_free(start - 1) and page.shapes[start - 1].n_words <= 2
            for i in range(start - bool(is_headed), end):
                page.mark(i, "furniture", "chapter")


def _mark_copies(page: Page) -> None:
    """Take a line that comes back again and again for furniture: a button, a box, a running head."""
    if len(page.lines) < 2 * _MIN_COPIES:
        return
    keys = [_DIGITS.sub("#", line.text) if len(line.text) < _MAX_NUMBER else line.text for line in page.lines]
    count = Counter(keys)
    if len(count) == len(keys):
        return
    pairs = Counter(pairwise(keys))
    titles = {keys[0]} if _WIDE_GAP not in page.lines[0].text else set()  # else it heads a printed page
    titles |= {keys[page.title]} if page.title >= 0 else set()
    copied = {i for i, key in enumerate(keys) if count[key] >= _MIN_COPIES}
    for i, pair in enumerate(pairwise(keys)):
        if pairs[pair] > 1:  # a box of several lines
            copied |= {i, i + 1}
    n_prose = sum(shape.n_words for shape in page.shapes if shape.prose)
    n_copied = sum(page.shapes[i].n_words for i in copied if page.shapes[i].prose)
    if n_copied > _MAX_COPIED_SHARE * n_prose:
        return
    for i in sorted(copied):
        shape = page.shapes[i]
        is_remark = shape.stops and shape.n_words <= 3  # "Yes." is no furniture of a talk
        if page.is_free(i) and keys[i] not in titles and not is_remark and not shape.cut:
            page.mark(i, "furniture", "repeated_line")


def _mark_pull_quotes(page: Page) -> None:
    """Take a short line that a longer one near it says word for word for a quotation set large."""
    for i, line in enumerate(page.lines):
        shape = page.shapes[i]
        if not _MIN_QUOTED <= shape.n_words <= _MAX_QUOTED or not page.is_free(i) or i == page.title:
            continue
        text = line.text.strip(_QUOTES)
        for j in range(max(0, i - _QUOTED_WITHIN), min(i + _QUOTED_WITHIN, len(page.lines))):
            if text in page.lines[j].text and page.shapes[j].n_words >= shape.n_words + _MIN_QUOTED:
                page.mark(i, "furniture", "pull_quote")
                break


def _mark_disclaimers(page: Page) -> None:
    """Take everything under a disclaimer's heading for it, up to the head of another article."""
    inside = seen_text = False
    for i, (zone, reason) in enumerate(page.labels):
        seen_text = seen_text or (i > page.title and page.shapes[i].prose and not zone)
        at_byline = {zone, page.zone(i + 1) if page.shapes[i].heading else ""} & {"byline", "date_line"}
        if reason == "disclaimer_heading":
            inside = seen_text  # over the text it is a link in a menu
        elif inside and (at_byline or i == page.title or reason in _ENDS_NOTICE):
            inside = False
        elif inside and not zone:
            page.mark(i, "disclaimer", "under_disclaimer")


def _mark_boilerplate(page: Page) -> None:
    """Take "About …" with the paragraphs under it, below a text, for what a sender says each time."""
    inside = False
    n_words = 0
    for i, line in enumerate(page.lines):
        shape = page.shapes[i]
        if inside and page.is_free(i) and (shape.prose or shape.stops):
            page.mark(i, "furniture", "under_about")
            continue
        inside = (
            n_words >= _MIN_OVER_ABOUT
            and page.is_free(i)
            and shape.heading
            and i + 1 < len(page.shapes)
            and page.shapes[i + 1].stops
            and _ABOUT_WHOM.match(line.text) is not None
        )
        if inside:
            page.mark(i, "furniture", "about_heading")
        n_words += shape.n_words * shape.prose


def _mark_teasers(page: Page) -> None:
    """Take short, doubled, dated and cut-off lines under "Latest …" for news of other articles."""
    inside = seen_text = False
    for i in range(len(page.labels)):
        zone, reason = page.labels[i]
        shape = page.shapes[i]
        if reason == "gallery_link" and i and page.is_free(i - 1) and page.shapes[i - 1].heading:
            page.mark(i - 1, "teaser", "title_over_gallery_link")
        seen_text = seen_text or (i > page.title and shape.prose and not zone)
        if i == page.title or reason == "comments_heading":
            inside = False
        elif reason == "teaser_heading":
            inside = seen_text  # a menu over the text has such words too
        elif inside and zone in _UNDER_TEASERS and reason != "copyright_sign":
            is_dated = page.zone(i + 1) == "date_line" and shape.n_words <= _MAX_TEASER_WORDS
            inside = not (shape.prose and shape.stops) or is_dated
            if inside:
                page.mark(i, "teaser", "under_teaser_heading")
        elif inside:
            inside = zone in ("furniture", "teaser", "credit")
        elif not zone and _is_doubled(page, i):
            inside = True
            page.mark(i, "teaser", "doubled_title")


def _is_doubled(page: Page, i: int) -> bool:
    """Say whether a title stands twice over a cut-off line."""
    cut = i + 2 < len(page.lines) and page.shapes[i + 2].cut
    return cut and page.shapes[i].heading and page.lines[i].text == page.lines[i + 1].text
