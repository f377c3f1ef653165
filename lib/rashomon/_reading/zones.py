"""Say of each line what it is: first by what it shows itself, then by its neighbors, by named rules.

The order of the rules is the order of their certainty. A run of cut-off lines, a disclaimer with all that
is under it, a list of teasers and an interview are seen as a whole; what remains is text or furniture by
where the paragraphs are; a short line over a paragraph is a heading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from rashomon._reading.asides import mark_asides, mark_mail, mark_posts
from rashomon._reading.blocks import find_blocks
from rashomon._reading.boxes import mark_boxes, mark_links, mark_players, mark_run
from rashomon._reading.foot import mark_foot, mark_footer
from rashomon._reading.heads import mark_head
from rashomon._reading.marks import LIST_ITEM, UNDECIDED, Label, find_dateline, label_line
from rashomon._reading.page import PROSE, Page
from rashomon._reading.shapes import Shape, shape_of
from rashomon._reading.signs import SIGNED, mark_authors_again, mark_bylines_of_others
from rashomon._reading.titles import find_title, tells_again
from rashomon._reading.turns import find_turns
from rashomon._reading.wraps import join_wrapped, paragraphs_of, unquote
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

_MAX_INTRODUCTION = 3  # so many paragraphs over the first turn can still introduce an interview
_MAX_ABOVE = {
    "clock": 0,
    "weekday": 1,
    "date_alone": 3,
}  # lines over the headline at which a date is the text's
_INTERVIEW = re.compile(
    r"\b(?:interview|q ?& ?a|q and a|in conversation|talks? to|speaks? to)\b", re.IGNORECASE
)
_PLACE = re.compile(r"[A-Z]{4,}(?: [A-Z]{3,})?: (?=[A-Z“\"‘]\S*(?: \S+){9})")  # HARBOR CITY: Text …
_NUMBERED = re.compile(r"\d{1,2}[.)] \S")
_MIN_NUMBERED, _MAX_NUMBERED = 3, 16  # lines that make a series of headings; words of each
_MIN_CUT = 20  # words of a paragraph that a paywall cuts off
_MIN_GALLERY = 3  # pictures with numbers
_MAX_CAPTION = 45  # words
_UNDER_TEXT = frozenset({"after_text", "under_teaser_heading", "run_of_short_lines", "repeated_line"})


def label_lines(lines: Sequence[Line], *, pinned: Mapping[int, Label] | None = None) -> list[Label]:
    r"""Label each line of a text with its zone and the named rule that decided.

    Parameters
    ----------
    lines : sequence of Line
        As `split_lines` gives them.
    pinned : mapping of int to (zone, reason), optional
        Lines, by their place in `lines`, about which the format of the file says what they are. No rule
        changes them, and what is around them is read in their light.

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
    quoted = [] if pinned else unquote(lines)
    if quoted:
        kept = iter(label_lines([line for line in quoted if line]))
        return [next(kept) if line else ("furniture", "no_words") for line in quoted]
    groups = join_wrapped(lines, alone=pinned or {})
    pins = (
        {n: pinned[group.start] for n, group in enumerate(groups) if group.start in pinned} if pinned else {}
    )
    labels = _label_paragraphs(paragraphs_of(lines, groups), pins)
    return [label for group, label in zip(groups, labels, strict=True) for _ in group]


def _label_paragraphs(lines: Sequence[Line], pins: Mapping[int, Label]) -> list[Label]:
    """Label paragraphs, each of which is one line."""
    shapes = [shape_of(line.text) for line in lines]
    labels = [
        pins[i] if i in pins else label_line(line.text, shape)
        for i, (line, shape) in enumerate(zip(lines, shapes, strict=True))
    ]
    page = Page(lines, shapes, labels, pins)
    page.is_spaced = _is_spaced(page)
    mark_mail(page)
    mark_posts(page)
    page.title = find_title(page)
    mark_asides(page)
    mark_footer(page)
    _mark_turns(page)
    mark_players(page)
    _mark_pictures(page)
    _mark_numbered(page)
    _mark_text(page)
    _mark_title_below(page)
    mark_boxes(page)
    mark_links(page)
    mark_foot(page)
    mark_bylines_of_others(page)
    mark_authors_again(page)
    _place_dates(page)
    return page.labels


def _mark_turns(page: Page) -> None:
    """Label the turns of an interview; a line without a speaker goes on with the one before it."""
    turns = find_turns([line.text if _may_be_turn(page, i) else "" for i, line in enumerate(page.lines)])
    opens = [i for i, turn in enumerate(turns) if turn]
    if not opens:
        return
    _mark_interview_title(page, opens[0] - 1)
    for i, after in zip(opens, [*opens[1:], None], strict=True):
        page.mark(i, turns[i], "speaker_label")
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
            if lost:
                page.mark(j, "interview_answer", "turn_without_label")
            else:
                page.mark(j, turns[i], "turn_goes_on")


def _may_be_turn(page: Page, i: int) -> bool:
    return page.is_free(i) or page.labels[i][1] == "repeated_line"


def _mark_interview_title(page: Page, i: int) -> None:
    """Take a heading right over the first turn for a headline when another text is over it."""
    if i <= 0 or not page.is_free(i) or not page.shapes[i].heading:
        return
    n_above = sum(shape.prose for shape in page.shapes[:i])
    if n_above > _MAX_INTRODUCTION or (n_above and _INTERVIEW.search(page.lines[i].text)):
        page.mark(i, "headline", "title_over_interview")


def _mark_pictures(page: Page) -> None:
    """Take the line between a paragraph and a credit, or under the count of a gallery, for a caption."""
    seen_text = signed = False
    is_gallery = sum(reason == "picture_number" for _, reason in page.labels) >= _MIN_GALLERY
    for i in range(1, len(page.lines)):
        zone, reason = page.labels[i]
        seen_text = seen_text or page.is_prose(i - 1)
        above = i - 1
        if zone == "credit" and reason != "agency_credit" and page.is_free(above) and above != page.title:
            headed = seen_text or page.title >= 0 or any(page.shapes[j].heading for j in range(above))
            if headed and _may_be_caption(page, above, touches=page.touch(above, i)):
                page.mark(above, "caption", "over_credit")
        is_under = page.zone(above) == "credit" and signed and not seen_text and page.shapes[i].n_words > 4
        if is_under and page.is_free(i) and _may_be_caption(page, i, touches=False):
            page.mark(i, "caption", "under_credit")
        signed = signed or zone in SIGNED
        counted = page.labels[above][1] == "picture_count"
        numbered = is_gallery and page.labels[above][1] == "picture_number"
        if (counted or numbered) and page.is_free(i) and _may_be_caption(page, i, touches=numbered):
            page.mark(i, "caption", "under_picture_count")


def _may_be_caption(page: Page, i: int, *, touches: bool) -> bool:
    shape = page.shapes[i]
    return 3 <= shape.n_words <= _MAX_CAPTION and (touches or not shape.stops)


def _mark_numbered(page: Page) -> None:
    """Take short numbered lines with text between each two for headings; without, they are a list."""
    at = [
        i
        for i, line in enumerate(page.lines)
        if page.is_free(i) and page.shapes[i].n_words <= _MAX_NUMBERED and _NUMBERED.match(line.text)
    ]
    apart = sum(after - before > 1 for before, after in pairwise(at))
    if len(at) >= _MIN_NUMBERED and apart == len(at) - 1:
        for i in at:
            page.mark(i, "section_heading", "numbered_heading")


def _mark_title_below(page: Page) -> None:
    """Take what is under the text and says the very same as the headline for the headline too."""
    heads = [
        i for i, (zone, reason) in enumerate(page.labels) if zone == "headline" and reason != "title_again"
    ]
    for i in range(heads[0] + 1 if heads else len(page.labels), len(page.labels)):
        if page.labels[i][1] in _UNDER_TEXT and tells_again(page.lines[i].text, page.lines[heads[0]].text):
            page.mark(i, "headline", "title_again")


def _is_spaced(page: Page) -> bool:
    """Say whether empty lines stand between the paragraphs, so that two lines without one belong together."""
    prose = [i for i in range(1, len(page.lines)) if page.shapes[i].prose]
    apart = sum(page.lines[i].line_no > page.lines[i - 1].line_no + 1 for i in prose)
    return 2 * apart > len(prose)


def _mark_text(page: Page) -> None:
    """Find the blocks of paragraphs; what is above, inside and under them follows from its place."""
    at = 0
    for first, last in find_blocks(page):
        begins = _mark_above(page, at, first, last)
        _mark_inside(page, begins, last)
        at = last + 1
    goes_on = at > 0
    for i in range(at, len(page.labels)):
        shape = page.shapes[i]
        is_item = bool(LIST_ITEM.match(page.lines[i].text))
        goes_on = (
            goes_on
            and page.is_free(i)
            and (shape.stops or is_item)
            and shape.n_words >= (_MIN_CUT if shape.cut else 2 if is_item else 3)
        )
        if goes_on:
            page.mark(i, "body", "list_item" if is_item else "last_line")
        elif page.is_free(i):
            page.mark(i, *_outside(shape, "after_text"))


def _outside(shape: Shape, reason: str) -> Label:
    return ("teaser", "cut_off_line") if shape.cut else ("furniture", reason)


def _mark_above(page: Page, start: int, first: int, last: int) -> int:
    """Label what is over a block: its head, first short lines, furniture; give where its text begins."""
    headline, begins = mark_head(page, start, first, last)
    if page.labels[first - 2 : first] == [("date_line", "time_alone"), UNDECIDED]:  # an entry of a live blog
        page.mark(first - 1, "section_heading", "short_line_over_text")
    for i in range(begins - 1, max(start, headline + 1) - 1, -1):
        shape = page.shapes[i]
        if not page.is_free(i) or shape.heading or shape.cut or shape.n_words < 3:
            break
        page.mark(i, "body", "first_line")
    for i in page.free(start, begins):
        page.mark(i, *_outside(page.shapes[i], "before_text"))
    return begins


def _mark_inside(page: Page, first: int, last: int) -> None:
    """Label the lines of a block: paragraphs, the standfirst before a dateline, runs of short lines."""
    i = first
    while i <= last:
        run = i
        while run <= last and page.is_free(run) and page.shapes[run].heading:
            run += 1
        if run > i:
            mark_run(page, i, run)
            i = run
            continue
        if page.is_free(i):
            if page.zone(i - 1) == "headline" and page.zone(i + 1) in ("byline", "date_line"):
                page.mark(i, "subheadline", "over_byline")
            elif _is_standfirst(page, i):
                page.mark(i, "subheadline", "before_dateline")
            else:
                page.mark(i, "body", "paragraph" if page.shapes[i].prose else "line_of_text")
        i += 1


def _is_standfirst(page: Page, i: int) -> bool:
    """Say whether a report only begins, with its dateline, after this first paragraph under the by-line."""
    if page.zone(i - 1) == "body":
        return False
    above = next((page.zone(j) for j in range(i - 1, -1, -1) if page.zone(j) != "furniture"), "")
    if above not in ("", "byline", "date_line", "headline") or i + 1 >= len(page.lines):
        return False
    return _opens_report(page.lines[i + 1].text) and not _opens_report(page.lines[i].text)


def _opens_report(text: str) -> bool:
    return bool(find_dateline(text) or _PLACE.match(text))


def _mark_running_heads(page: Page) -> None:
    """Take a date, or pieces with wide gaps, next to the number of a page for what heads each page."""
    texts = (i for i, (zone, _) in enumerate(page.labels) if zone in PROSE)
    first = next(texts, len(page.labels))
    for i, (_, reason) in enumerate(page.labels):
        if reason != "page_number" or i < first:
            continue
        for j in (i - 1, i + 1):
            zone = page.zone(j)
            if zone == "date_line" or (zone in ("section_heading", "body") and "  " in page.lines[j].text):
                page.mark(j, "furniture", "running_head")


def _place_dates(page: Page) -> None:
    """Say by its place what a date without a label dates: the page, this text, another text, or the story."""
    labels = page.labels
    _mark_running_heads(page)
    texts = [i for i, (zone, _) in enumerate(labels) if zone in PROSE]
    first, last = (texts[0], texts[-1]) if texts else (len(labels), len(labels))
    headline = page.headline()
    headline = first if headline < 0 else min(headline, first)
    for i, (zone, reason) in enumerate(labels):
        if zone != "date_line" or reason not in _MAX_ABOVE:
            continue
        if i < headline - _MAX_ABOVE[reason]:
            page.mark(i, "furniture", "page_clock")
        elif i < first or i == last + 1:
            page.mark(i, zone, "date_alone")
        elif i < last:
            page.mark(i, zone, "date_between_paragraphs")
        else:
            page.mark(i, "teaser", "date_after_text")
