"""Say of each line what it is: first by what it shows itself, then by its neighbors, by named rules.

The order of the rules is the order of their certainty. A run of cut-off lines, a disclaimer with all that
is under it, a list of teasers and an interview are seen as a whole; what remains is text or furniture by
where the paragraphs are; a short line over a paragraph is a heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rashomon._reading.marks import UNDECIDED, Label, Shape, find_dateline, label_line, shape_of
from rashomon._reading.turns import find_turns
from rashomon.normalize import Line

ARTICLE_TEXT = frozenset(
    {
        "headline",
        "subheadline",
        "body",
        "section_heading",
        "caption",
        "interview_question",
        "interview_answer",
    }
)
CLAIMS = ARTICLE_TEXT | {"snippet"}

_PROSE = frozenset({"body", "interview_question", "interview_answer"})
_MIN_SNIPPETS = 3
_GAP = 8  # so many lines without a paragraph separate two texts, or a text from the page around it
_MIN_DENSITY = 0.5  # share of paragraphs among the lines of a second block
_MIN_SHARE = 0.15  # a block with fewer words than this share of the largest is furniture
_MAX_TEASER_WORDS = 40
_MAX_INTRODUCTION = 3  # so many paragraphs over the first turn can still introduce an interview
_MAX_ABOVE = {
    "clock": 0,
    "weekday": 1,
    "date_alone": 3,
}  # lines over the headline at which a date is the text's
_INTERVIEW = re.compile(
    r"\b(?:interview|q ?& ?a|q and a|in conversation|talks? to|speaks? to)\b", re.IGNORECASE
)
_LIST_ITEM = re.compile(r"(?:[-–—•·*▪●►]|\(?\w{1,2}[.)])\s+\S")


@dataclass(frozen=True, slots=True)
class _Page:
    """The lines of a file with their shapes, and their labels as far as they are decided."""

    lines: Sequence[Line]
    shapes: list[Shape]
    labels: list[Label]

    def is_free(self, i: int) -> bool:
        return self.labels[i] == UNDECIDED

    def zone(self, i: int) -> str:
        return self.labels[i][0] if 0 <= i < len(self.labels) else ""

    def free(self, start: int, end: int) -> list[int]:
        return [i for i in range(start, end) if self.is_free(i)]


def label_lines(lines: Sequence[Line]) -> list[Label]:
    r"""Label each line of a text with its zone and the named rule that decided.

    Parameters
    ----------
    lines : sequence of Line
        As `split_lines` gives them.

    Returns
    -------
    list of (zone, reason)
        Zones of the closed vocabulary, one a line.

    Examples
    --------
    >>> from rashomon.normalize import split_lines
    >>> text = "Ferry Sinks\nBy Ann Lee\nThe ferry sank on Monday and all of its crew got safely home."
    >>> label_lines(split_lines(text))
    [('headline', 'first_heading'), ('byline', 'byline_label'), ('body', 'paragraph')]
    """
    shapes = _join_wrapped(lines, [shape_of(line.text) for line in lines])
    labels = [label_line(line.text, shape) for line, shape in zip(lines, shapes, strict=True)]
    page = _Page(lines, shapes, labels)
    _mark_authors(page)
    _mark_snippets(page)
    _mark_disclaimers(page)
    _mark_teasers(page)
    _mark_turns(page)
    _mark_text(page)
    _place_dates(labels)
    return labels


def _join_wrapped(lines: Sequence[Line], shapes: list[Shape]) -> list[Shape]:
    """Let lines of a paragraph that was broken to a width, as in copies of print, count as the paragraph."""
    start = 0
    for i in range(1, len(lines) + 1):
        if i < len(lines) and lines[i].text[0].islower() and lines[i].line_no == lines[i - 1].line_no + 1:
            continue
        n_words = sum(shape.n_words for shape in shapes[start:i])
        if i - start > 1 and not shapes[start].stops:
            shapes[start:i] = [replace(each, heading=False, prose=n_words >= 10) for each in shapes[start:i]]
        start = i
    return shapes


def _mark_authors(page: _Page) -> None:
    """Take the short line under "Author:" for the name."""
    for i, (_, reason) in enumerate(page.labels[:-1]):
        if reason == "author_label" and page.is_free(i + 1) and page.shapes[i + 1].n_words <= 6:
            page.labels[i + 1] = ("byline", "under_author_label")


def _mark_snippets(page: _Page) -> None:
    """Take three cut-off lines in a row for results of a search, whatever else they look like."""
    start = 0
    for i in range(len(page.labels) + 1):
        if i < len(page.labels) and page.shapes[i].cut and page.zone(i) != "teaser":
            continue
        if i - start >= _MIN_SNIPPETS:
            page.labels[start:i] = [("snippet", "ellipsis_run")] * (i - start)
        start = i + 1


def _mark_disclaimers(page: _Page) -> None:
    """Take everything under a disclaimer's heading for it, up to the head of another article."""
    inside = seen_text = False
    for i, (zone, reason) in enumerate(page.labels):
        seen_text = seen_text or (page.shapes[i].prose and not zone)
        at_byline = {zone, page.zone(i + 1) if page.shapes[i].heading else ""} & {"byline", "date_line"}
        if reason == "disclaimer_heading":
            inside = seen_text  # over the text it is a link in a menu
        elif inside and at_byline:
            inside = False
        elif inside and not zone:
            page.labels[i] = ("disclaimer", "under_disclaimer")


def _mark_teasers(page: _Page) -> None:
    """Take short, doubled, dated and cut-off lines under "Latest …" for news of other articles."""
    inside = seen_text = False
    for i, (zone, reason) in enumerate(page.labels):
        shape = page.shapes[i]
        if reason == "gallery_link" and i and page.is_free(i - 1) and page.shapes[i - 1].heading:
            page.labels[i - 1] = ("teaser", "title_over_gallery_link")
        seen_text = seen_text or (shape.prose and not zone)
        if reason == "teaser_heading":
            inside = seen_text  # a menu over the text has such words too
        elif inside and zone in ("", "date_line", "byline", "section_heading", "caption", "credit"):
            is_dated = page.zone(i + 1) == "date_line" and shape.n_words <= _MAX_TEASER_WORDS
            inside = not shape.prose or is_dated
            if inside:
                page.labels[i] = ("teaser", "under_teaser_heading")
        elif inside:
            inside = zone in ("furniture", "teaser")
        elif not zone and _is_doubled(page, i):
            inside = True
            page.labels[i] = ("teaser", "doubled_title")


def _is_doubled(page: _Page, i: int) -> bool:
    """Say whether a title stands twice over a cut-off line."""
    cut = i + 2 < len(page.lines) and page.shapes[i + 2].cut
    return cut and page.shapes[i].heading and page.lines[i].text == page.lines[i + 1].text


def _mark_turns(page: _Page) -> None:
    """Label the turns of an interview; a line without a speaker goes on with the one before it."""
    turns = find_turns([line.text if page.is_free(i) else "" for i, line in enumerate(page.lines)])
    opens = [i for i, turn in enumerate(turns) if turn]
    if not opens:
        return
    _mark_interview_title(page, opens[0] - 1)
    for i, after in zip(opens, [*opens[1:], None], strict=True):
        page.labels[i] = (turns[i], "speaker_label")
        for j in range(i + 1, len(turns) if after is None else after):
            if not page.is_free(j) or (page.shapes[j].heading and not page.shapes[j].stops):
                if after is None:
                    break
                continue
            # When the same asker is named again right after it, a label was lost: somebody spoke between.
            lost = (
                after is not None
                and turns[i] == turns[after] == "interview_question"
                and page.shapes[j].prose
            )
            page.labels[j] = (
                ("interview_answer", "turn_without_label") if lost else (turns[i], "turn_goes_on")
            )


def _mark_interview_title(page: _Page, i: int) -> None:
    """Take a heading right over the first turn for a headline when another text is over it."""
    if i <= 0 or not page.is_free(i) or not page.shapes[i].heading:
        return
    n_above = sum(shape.prose for shape in page.shapes[:i])
    if n_above > _MAX_INTRODUCTION or (n_above and _INTERVIEW.search(page.lines[i].text)):
        page.labels[i] = ("headline", "title_over_interview")


def _mark_text(page: _Page) -> None:
    """Find the blocks of paragraphs; what is above, inside and under them follows from its place."""
    at = 0
    for first, last in _find_blocks(page):
        _mark_above(page, at, first)
        _mark_inside(page, first, last)
        at = last + 1
    goes_on = at > 0
    for i in range(at, len(page.labels)):
        shape = page.shapes[i]
        is_item = bool(_LIST_ITEM.match(page.lines[i].text))
        goes_on = (
            goes_on and page.is_free(i) and (shape.stops or is_item) and not shape.cut and shape.n_words >= 3
        )
        if goes_on:
            page.labels[i] = ("body", "list_item" if is_item else "last_line")
        elif page.is_free(i):
            page.labels[i] = _outside(shape, "after_text")


def _outside(shape: Shape, reason: str) -> Label:
    return ("teaser", "cut_off_line") if shape.cut else ("furniture", reason)


def _find_blocks(page: _Page) -> list[tuple[int, int]]:
    """Find the blocks of paragraphs, as (first, last) line; a text too short for paragraphs is one block.

    A block other than the largest is text when it is long enough and either has a by-line of its own or is
    mostly paragraphs: the notices at the foot of a page come one under each short line.
    """
    blocks: list[list[int]] = []
    opens = True
    for i, (zone, reason) in enumerate(page.labels):
        opens = opens or reason in ("teaser_heading", "disclaimer_heading", "agency_credit")
        if zone not in _PROSE | {"snippet"} and not (page.is_free(i) and page.shapes[i].prose):
            continue
        if opens or i - blocks[-1][-1] > _GAP:
            blocks.append([])
        blocks[-1].append(i)
        opens = False
    if not blocks:
        free = page.free(0, len(page.labels))
        text = [i for i in free if not page.shapes[i].heading] or free[-1:]
        return [(text[0], text[-1])] if text else []
    words = [sum(page.shapes[i].n_words for i in block) for block in blocks]
    kept, above = [], 0
    for block, n_words in zip(blocks, words, strict=True):
        first, last = block[0], block[-1]
        dense = len(block) > _MIN_DENSITY * (last - first + 1)
        signed = any(page.zone(i) == "byline" for i in range(above, first))
        if n_words == max(words) or (n_words >= _MIN_SHARE * max(words) and (dense or signed)):
            kept.append((first, last))
        above = last + 1
    return kept


def _mark_above(page: _Page, start: int, first: int) -> None:
    """Label what is over a block: headline, subheadline, first short lines, furniture."""
    headline = _choose_headline(page, start, first)
    if headline is not None:
        page.labels[headline] = ("headline", "first_heading")
    elif start and page.is_free(first - 1) and page.shapes[first - 1].heading:
        page.labels[first - 1] = ("section_heading", "short_line_over_text")
    if page.labels[first - 2 : first] == [("date_line", "time_alone"), UNDECIDED]:  # an entry of a live blog
        page.labels[first - 1] = ("section_heading", "short_line_over_text")
    under = page.free(start if headline is None else headline + 1, first)
    if headline is not None and under and not page.shapes[under[0]].cut:
        shape = page.shapes[under[0]]
        if shape.n_words >= 4 or shape.stops:
            page.labels[under.pop(0)] = ("subheadline", "under_headline")
    for i in range(first - 1, start - 1, -1):
        shape = page.shapes[i]
        if i not in under or shape.heading or shape.cut or shape.n_words < 3:
            break
        page.labels[i] = ("body", "first_line")
    for i in page.free(start, first):
        page.labels[i] = _outside(page.shapes[i], "before_text")


def _choose_headline(page: _Page, start: int, first: int) -> int | None:
    """Choose the line that repeats the page's title; else the first real heading near the text."""
    marked = [i for i in range(start, first) if page.labels[i][1] == "heading_mark"]
    if marked:
        return marked[0]
    if start and not any(page.zone(i) in ("byline", "date_line") for i in range(start, first)):
        return None
    headings = [i for i in page.free(start, first) if page.shapes[i].heading and page.shapes[i].n_words >= 2]
    title = _plain(page.lines[0].text)
    repeats = [
        i
        for i in headings
        if i and page.shapes[i].n_words >= 3 and title.startswith(_plain(page.lines[i].text))
    ]
    if repeats:
        return repeats[-1]
    near = headings[-6:]
    longest = max(near, key=lambda i: page.shapes[i].n_words, default=None)
    return next((i for i in near if page.shapes[i].n_words >= 4), longest)


def _plain(title: str) -> str:
    """Bring a title to what two copies of it have in common."""
    return re.sub(r"\W+", " ", title).casefold().strip()[:40]


def _mark_inside(page: _Page, first: int, last: int) -> None:
    """Label the lines of a block: paragraphs, the standfirst before a dateline, runs of short lines."""
    i = first
    while i <= last:
        run = i
        while run <= last and page.is_free(run) and page.shapes[run].heading:
            run += 1
        if run > i:
            _mark_run(page, i, run)
            i = run
            continue
        if page.is_free(i):
            page.labels[i] = ("body", "paragraph" if page.shapes[i].prose else "line_of_text")
            if page.zone(i - 1) == "headline" and page.zone(i + 1) in ("byline", "date_line"):
                page.labels[i] = ("subheadline", "over_byline")
            elif _is_standfirst(page, i):
                page.labels[i] = ("subheadline", "before_dateline")
        i += 1


def _is_standfirst(page: _Page, i: int) -> bool:
    """Say whether a report only begins, with its dateline, after this first paragraph under the by-line."""
    if (
        i + 1 >= len(page.lines)
        or find_dateline(page.lines[i].text)
        or not find_dateline(page.lines[i + 1].text)
    ):
        return False
    above = next((page.zone(j) for j in range(i - 1, -1, -1) if page.zone(j) != "furniture"), "")
    return above in ("", "byline", "date_line", "headline")


def _mark_run(page: _Page, start: int, end: int) -> None:
    """Label a run of lines with a heading's shape: one or two are headings, more are a list or furniture."""
    run = range(start, end)
    introduced = start > 0 and page.lines[start - 1].text.endswith(":")
    is_list = introduced or (len(run) > 1 and all(_LIST_ITEM.match(page.lines[i].text) for i in run))
    headline = _find_headline_inside(page, start, end)
    after_byline = (
        page.zone(start - 1) in ("byline", "date_line") and page.labels[start - 1][1] != "time_alone"
    )
    for i in run:
        if i == headline:
            page.labels[i] = ("headline", "heading_at_byline")
        elif i == start and after_byline and page.shapes[i].n_words <= 2:
            page.labels[i] = ("furniture", "in_byline_block")
        elif is_list and page.shapes[i].n_words >= 3:
            page.labels[i] = ("body", "list_item")
        elif len(run) <= 2:
            page.labels[i] = ("section_heading", "short_line_over_text")
        else:
            page.labels[i] = ("furniture", "run_of_short_lines")


def _find_headline_inside(page: _Page, start: int, end: int) -> int | None:
    """Find, inside a block, the heading beside a by-line or a date label: the headline of another article."""
    for i, beside in ((end - 1, end), (start, start - 1)):
        label = page.labels[beside] if 0 <= beside < len(page.labels) else UNDECIDED
        if (label[0] == "byline" or label[1] == "date_label") and page.shapes[i].n_words >= 3:
            return i
    return None


def _place_dates(labels: list[Label]) -> None:
    """Say by its place what a date without a label dates: the page, this text, another text, or the story."""
    texts = [i for i, (zone, _) in enumerate(labels) if zone in _PROSE]
    first, last = (texts[0], texts[-1]) if texts else (len(labels), len(labels))
    headline = next((i for i, (zone, _) in enumerate(labels) if zone == "headline"), first)
    for i, (zone, reason) in enumerate(labels):
        if zone != "date_line" or reason not in _MAX_ABOVE:
            continue
        if i < min(headline, first) - _MAX_ABOVE[reason]:
            labels[i] = ("furniture", "page_clock")
        elif i < first or i == last + 1:
            labels[i] = (zone, "date_alone")
        else:
            labels[i] = (zone, "date_between_paragraphs") if i < last else ("teaser", "date_after_text")
