"""Split a file into the texts it holds: an article and its original, an interview, snippets, a sidebar."""

from __future__ import annotations

from collections.abc import Sequence

from rashomon._reading.marks import Label
from rashomon.normalize import Line

_TURNS = frozenset({"interview_question", "interview_answer"})
_TEXT = frozenset({"body"}) | _TURNS
_AROUND = frozenset({"furniture", "byline", "date_line"})
# Furniture that stands over a text, not under one, and what a by-line block is made of.
_LEADING = frozenset(
    {
        "navigation_bullet",
        "breadcrumb",
        "before_text",
        "page_clock",
        "byline_label",
        "date_label",
        "date_alone",
    }
)
_SIGNING = frozenset(  # by-lines that stand over a text, not under one
    {"byline_label", "author_label", "under_author_label", "name_alone", "name_and_role", "name_and_date"}
)
_REACH = 8  # lines under a by-line in which its text must begin
_POINTING = frozenset({"teaser_heading", "heading_over_titles", "comments_heading"})
_MIN_TEASERS = 3  # teasers and headings over them


def split_parts(lines: Sequence[Line], labels: Sequence[Label]) -> list[int]:
    r"""Give each line the number of the part it belongs to.

    Parameters
    ----------
    lines : sequence of Line
        The lines of a file.
    labels : sequence of (zone, reason)
        What each line is.

    Returns
    -------
    list of int
        Part numbers, counted from 1, never falling. A new part begins at a headline or a by-line with text
        both over and under it, at a block of snippets and after it, at the mark of another item of a feed,
        and at a list of teasers that nothing of the same article follows. What stands over a text goes with
        it; credits, ids and disclaimers go with the part they follow.

    Examples
    --------
    >>> from rashomon.normalize import split_lines
    >>> labels = [("headline", ""), ("body", ""), ("headline", ""), ("body", "")]
    >>> split_parts(split_lines("One\nText.\nTwo\nText."), labels)
    [1, 1, 2, 2]
    """
    starts = _find_starts(lines, labels)
    parts, part = [], 1
    for i in range(len(lines)):
        part += i in starts and i > 0
        parts.append(part)
    return parts


def _find_starts(lines: Sequence[Line], labels: Sequence[Label]) -> set[int]:
    starts: set[int] = set()
    has_text = False  # whether the current part has a paragraph yet
    seen: set[str] = set()  # by-line blocks so far
    seen_item = False
    for i, (zone, reason) in enumerate(labels):
        before = labels[i - 1][0] if i else ""
        opens = (
            (reason == "item_mark" and seen_item and not _goes_on(i, lines))
            or (reason == "post_head" and has_text)
            or (zone == "snippet" and before != "snippet")
            or (before == "snippet" and zone in _TEXT | {"headline", "section_heading"})
            or (
                has_text
                and ((zone == "headline" and reason != "title_again") or _opens_again(i, lines, labels, seen))
            )
        )
        if opens:
            start = i
            while (
                reason != "item_mark"
                and start - 1 not in starts
                and start > 0
                and labels[start - 1][1] in _LEADING
            ):
                start -= 1
            starts.add(start)
            has_text = False
        has_text = has_text or zone in _TEXT
        seen_item = seen_item or reason == "item_mark"
        if zone == "byline" or reason == "date_label":
            seen.add(lines[i].text)
    return starts | _starts_of_sidebars(labels, starts)


def _goes_on(i: int, lines: Sequence[Line]) -> bool:
    """Tell the item of a feed that goes on with the one before it: BC-Harbor-Ferry, 1st Add."""
    return i + 1 < len(lines) and lines[i + 1].text.endswith(" Add")


def _opens_again(i: int, lines: Sequence[Line], labels: Sequence[Label], seen: set[str]) -> bool:
    """Tell a by-line block that opens another text: between two texts, naming an author or said before."""
    zone, reason = labels[i]
    if zone == "byline" and reason not in _SIGNING:
        return False
    if zone != "byline" and (reason != "date_label" or lines[i].text not in seen):
        return False
    above = next((labels[j][0] for j in range(i - 1, -1, -1) if labels[j][0] not in _AROUND), "")
    n_under = sum(zone in _TEXT for zone, _ in labels[i + 1 : i + 1 + _REACH])
    return above in _TEXT | {"caption", "disclaimer", "teaser", "credit"} and n_under >= 2


def _starts_of_sidebars(labels: Sequence[Label], starts: set[int]) -> set[int]:
    """Find the lists of teasers after which the file ends or another part begins."""
    found: set[int] = set()
    first, n_teasers = None, 0
    for i, (zone, reason) in enumerate([*labels, ("", "")]):
        ends = i == len(labels) or i in starts
        if not ends and (zone == "teaser" or reason in _POINTING):
            first = i if first is None else first
            n_teasers += (zone == "teaser") + (reason in _POINTING)
        elif ends or (zone in _TEXT | {"section_heading", "headline", "caption"} and reason != "title_again"):
            if first is not None and n_teasers >= _MIN_TEASERS and ends:
                found.add(first)
            first, n_teasers = None, 0
    return found


def register_of(zones: set[str]) -> str:
    """Name the way of writing as far as the shape of the lines shows it.

    Parameters
    ----------
    zones : set of str
        The zones of a part's lines.

    Returns
    -------
    str
        `interview`, `aggregation` or `unknown`.

    Examples
    --------
    >>> register_of({"snippet"})
    'aggregation'
    """
    if zones & _TURNS:
        return "interview"
    return "aggregation" if "snippet" in zones and not zones & _TEXT else "unknown"
