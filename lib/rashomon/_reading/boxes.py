"""Tell boxes: runs of short lines inside a text or right under it, of the event or of the page."""

from __future__ import annotations

import re

from rashomon._reading.bylines import is_name
from rashomon._reading.marks import ADDRESSED, LIST_ITEM, UNDECIDED
from rashomon._reading.page import PROSE, Page

_LOOSE = frozenset({"after_text", "run_of_short_lines", "before_text", "row_of_figures"})
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_MIN_KIN = 0.3  # share of the longer words of a box about the event that the text uses too
_MIN_SHARED = 3  # … and so many
_MIN_ROWS = 2
_MAX_HEADING = 5  # words
_MIN_CAPTION = 13  # words: a heading inside a text has less
_ENDED = re.compile(r"[a-z]{3}\. [A-Z]")
_MAX_FIGURES = 0.5  # share of the words of a row: with more it is of a table of the page
_MAX_FROM_TEXT = 2  # lines from the last paragraph to a box


def mark_run(page: Page, start: int, end: int) -> None:
    """Label a run of lines with a heading's shape: one or two are headings, more are a list or furniture.

    Parameters
    ----------
    page : Page
        Its labels are changed.
    start, end : int
        The run goes from the line `start` to the one before `end`.

    Examples
    --------
    >>> mark_run(Page([], [], []), 0, 0)
    """
    run = range(start, end)
    introduced = start > 0 and page.lines[start - 1].text.endswith(":")
    items = {i for i in run if LIST_ITEM.match(page.lines[i].text)}
    is_list = introduced or (len(run) > 1 and len(items) == len(run))
    headline = _find_headline_inside(page, start, end)
    after_byline = (
        page.zone(start - 1) in ("byline", "date_line") and page.labels[start - 1][1] != "time_alone"
    )
    for i in run:
        if i == headline:
            page.mark(i, "headline", "heading_at_byline")
        elif page.labels[i - 1][1] == "time_alone" and is_name(page.lines[i].text):
            page.mark(i, "byline", "name_under_time")
        elif i == start and after_byline and page.shapes[i].n_words <= 2:
            page.mark(i, "furniture", "in_byline_block")
        elif (is_list and page.shapes[i].n_words >= 3) or (i in items and _is_among_items(page, i)):
            page.mark(i, "body", "list_item")
        elif len(run) <= 2 and _may_be_caption(page, i):
            page.mark(i, "caption", "sentence_without_stop")
        elif len(run) <= 2 or (i + 1 in items and i not in items):
            page.mark(i, "section_heading", "short_line_over_text")
        else:
            page.mark(i, "furniture", "run_of_short_lines")


def _may_be_caption(page: Page, i: int) -> bool:
    """Tell what stands to a picture from a heading: it is longer, or has a sentence before its last."""
    text, shape = page.lines[i].text, page.shapes[i]
    if not text[0].isalpha() or not text[-1].isalnum() or ";" in text or page.zone(i - 1) != "body":
        return False
    return shape.n_words >= _MIN_CAPTION or (shape.n_words > _MAX_HEADING and bool(_ENDED.search(text)))


def _is_among_items(page: Page, i: int) -> bool:
    around = (j for j in (i - 1, i + 1) if 0 <= j < len(page.lines))
    return any(LIST_ITEM.match(page.lines[j].text) for j in around)


def _find_headline_inside(page: Page, start: int, end: int) -> int | None:
    """Find, inside a block, the heading beside a by-line or a date label: the headline of another article."""
    for i, beside in ((end - 1, end), (start, start - 1)):
        label = page.labels[beside] if 0 <= beside < len(page.labels) else UNDECIDED
        signs = label[0] == "byline" and label[1] not in ("time_and_name", "name_under_time")
        if (signs or label[1] == "date_label") and page.shapes[i].n_words >= 3:
            return i
    return None


def mark_boxes(page: Page) -> None:
    """Take a run of short lines that uses the words of the text around it for a box about the event.

    Parameters
    ----------
    page : Page
        With its text found; its labels are changed.

    Examples
    --------
    >>> mark_boxes(Page([], [], []))
    """
    texts = [i for i, (zone, _) in enumerate(page.labels) if zone in PROSE]
    if not texts or _LOOSE.isdisjoint(reason for _, reason in page.labels):
        return
    end = min(texts[-1] + 1 + _MAX_FROM_TEXT, len(page.labels))
    i = texts[0]
    said: set[str] = set()
    while i < end:
        run = i
        while run < len(page.labels) and _may_be_row(page, run):
            run += 1
        if run - i > _MIN_ROWS:
            said = said or {w for j in texts for w in _LONG_WORD.findall(page.lines[j].text.casefold())}
            _mark_box(page, range(i, run), said)
        i = max(run, i + 1)


def mark_players(page: Page) -> None:
    """Take the line beside the keys of a player for what the video shows, and the time there for its length.

    Parameters
    ----------
    page : Page
        With the labels that each line gives itself; its labels are changed.

    Examples
    --------
    >>> mark_players(Page([], [], []))
    """
    for i, (_, reason) in enumerate(page.labels):
        if reason != "player":
            continue
        near = [j for j in (i - 1, i + 1, i - 2, i + 2) if 0 <= j < len(page.labels) and j != page.title]
        for j in near:
            if page.labels[j][1] == "time_alone":
                page.mark(j, "furniture", "length_of_video")
        for j in near:
            is_told = page.is_free(j) or page.labels[j][1] == "teaser_label"
            if is_told and page.shapes[j].n_words > _MAX_HEADING and not page.shapes[j].prose:
                page.mark(j, "caption", "beside_player")
                break


def mark_links(page: Page) -> None:
    """Take a title in square brackets between paragraphs for a link to another text.

    Parameters
    ----------
    page : Page
        With its text found; its labels are changed.

    Examples
    --------
    >>> mark_links(Page([], [], []))
    """
    for i, (_, reason) in enumerate(page.labels):
        text = page.lines[i].text
        is_title = page.shapes[i].n_words > 2 and not page.shapes[i].stops
        if reason == "short_line_over_text" and text[0] == "[" and text[-1] == "]" and is_title:
            page.mark(i, "teaser", "bracketed_teaser")


def _may_be_row(page: Page, i: int) -> bool:
    zone, reason = page.labels[i]
    return zone == "furniture" and reason in _LOOSE


def _mark_box(page: Page, run: range, said: set[str]) -> None:
    is_headed = page.shapes[run.start].n_words <= _MAX_HEADING and ":" not in page.lines[run.start].text
    rows = run[1:] if is_headed else run
    if any(ADDRESSED.search(page.lines[i].text.lower()) or _is_of_table(page, i) for i in rows):
        return
    words = [word for i in rows for word in _LONG_WORD.findall(page.lines[i].text.casefold())]
    shared = sum(word in said for word in words)
    if shared < max(_MIN_SHARED, _MIN_KIN * len(words)):
        return
    if is_headed:
        page.mark(run.start, "section_heading", "heading_of_box")
    for i in rows:
        page.mark(i, "body", "row_of_box")


def _is_of_table(page: Page, i: int) -> bool:
    words = page.lines[i].text.split()
    return sum(any(map(str.isdigit, word)) for word in words) > _MAX_FIGURES * len(words)
