"""The lines of one file while their zones are being decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rashomon._reading.marks import UNDECIDED, Label
from rashomon._reading.shapes import Shape
from rashomon.normalize import Line

PROSE = frozenset({"body", "interview_question", "interview_answer"})


@dataclass(slots=True)
class Page:
    """The lines of a file with their shapes, and their labels as far as they are decided.

    Attributes
    ----------
    lines, shapes : sequence
        The lines and the outer form of each.
    labels : list of (zone, reason)
        `UNDECIDED` where nothing is decided yet.
    pinned : mapping of int to (zone, reason)
        What the format of the file states itself; no rule changes it.
    title : int
        The line that is the headline because the title of the page says so too; -1 when there is none.
    is_spaced : bool
        Whether empty lines stand between the paragraphs, so that two lines without one belong together.

    Examples
    --------
    >>> page = Page([], [], [("byline", "byline_label")])
    >>> page.mark(0, "furniture", "after_text")
    >>> page.zone(0), page.zone(1)
    ('furniture', '')
    """

    lines: Sequence[Line]
    shapes: Sequence[Shape]
    labels: list[Label]
    pinned: Mapping[int, Label] = field(default_factory=dict)
    title: int = -1
    is_spaced: bool = False

    def is_free(self, i: int) -> bool:
        """Say whether nothing is decided about a line."""
        return self.labels[i] == UNDECIDED

    def zone(self, i: int) -> str:
        """Give the zone of a line; empty beyond the ends of the file."""
        return self.labels[i][0] if 0 <= i < len(self.labels) else ""

    def headline(self) -> int:
        """Give the first headline that does not only tell another one again; -1 when there is none."""
        for i, (zone, reason) in enumerate(self.labels):
            if zone == "headline" and reason != "title_again":
                return i
        return -1

    def free(self, start: int, end: int) -> list[int]:
        """List the lines about which nothing is decided."""
        return [i for i in range(start, end) if self.labels[i] == UNDECIDED]

    def mark(self, i: int, zone: str, reason: str) -> None:
        """Decide about a line, unless the format of the file has."""
        if i not in self.pinned:
            self.labels[i] = (zone, reason)

    def touch(self, i: int, j: int) -> bool:
        """Say whether two lines belong together: no empty line is between them, but is elsewhere."""
        return self.is_spaced and abs(self.lines[j].line_no - self.lines[i].line_no) == abs(j - i)

    def is_prose(self, i: int) -> bool:
        """Say whether a line is a paragraph, or decided to be one."""
        return self.shapes[i].prose if self.labels[i] == UNDECIDED else self.labels[i][0] in PROSE
