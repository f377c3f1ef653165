"""What Jupyter shows: a table or an article as HTML in which nothing but our own marks is active."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

# The hues of Okabe and Ito (2008), told apart by every kind of color vision, light enough to read on.
MARK_COLORS = ("#b9d9ec", "#fbe0ac", "#b3e0d2", "#efd0e0", "#d3ebf9", "#f4c9a8", "#faf5b8", "#dddddd")

Cell = str | tuple[str, str, int, int]


@dataclass(frozen=True, slots=True)
class TableView:
    """A table ready to be looked at: Jupyter shows it as HTML, a terminal as text."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    numeric: frozenset[int] = field(default_factory=frozenset)

    def _repr_html_(self) -> str:
        head = "".join(
            f'<th scope="col"{_side(place in self.numeric)}>{html.escape(name)}</th>'
            for place, name in enumerate(self.header)
        )
        body = "".join(f"<tr>{self._cells(row)}</tr>" for row in self.rows)
        note = f"<p class='note'>{html.escape(self.note)}</p>" if self.note else ""
        caption = f"<caption>{html.escape(self.caption)}</caption>"
        top = f"{caption}<thead><tr>{head}</tr></thead>"
        return f"<table class='rashomon'>{top}<tbody>{body}</tbody></table>{note}"

    def _cells(self, row: tuple[Cell, ...]) -> str:
        return "".join(
            f'<td class="{"number" if place in self.numeric else "text"}"{_side(place in self.numeric)}>'
            f"{_render(cell)}</td>"
            for place, cell in enumerate(row)
        )

    def __repr__(self) -> str:
        lines = [self.caption, " | ".join(self.header)]
        lines += [" | ".join(_plain(cell) for cell in row) for row in self.rows]
        return "\n".join([*lines, self.note] if self.note else lines)


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article's own words with findings marked in place."""

    title: str
    lines: tuple[tuple[str, str], ...]
    legend: tuple[tuple[str, str], ...]

    def _repr_html_(self) -> str:
        keys = " ".join(
            f'<mark class="{html.escape(n)}" style="background:{c}">{html.escape(n)}</mark>'
            for n, c in self.legend
        )
        rows = "".join(
            f'<tr><td class="zone"{_side(False)}><small>{html.escape(zone)}</small></td>'
            f'<td class="text"{_side(False)}>{marked}</td></tr>'
            for zone, marked in self.lines
        )
        caption = f"<caption>{html.escape(self.title)} {keys}</caption>"
        return f"<table class='rashomon article'>{caption}<tbody>{rows}</tbody></table>"

    def __repr__(self) -> str:
        return f"{self.title} ({len(self.lines)} lines)"


def mark_spans(
    raw: str, start: int, /, end: int, spans: Iterable[tuple[int, int, str]], *, colors: Mapping[str, str]
) -> str:
    """Escape ``raw[start:end]`` and mark the spans that lie in it.

    Parameters
    ----------
    raw : str
        The article's text.
    start, end : int
        The stretch to show, half-open.
    spans : iterable of (int, int, str)
        Start, end and kind of each finding, in order of start; overlapping ones are cut off.
    colors : mapping of str to str
        A CSS color for each kind.

    Returns
    -------
    str
        HTML in which only ``mark`` elements are ours.

    Examples
    --------
    >>> mark_spans("a < b", 0, 5, [(4, 5, "x")], colors={"x": "#fff"})
    'a &lt; <mark class="x" style="background:#fff" title="x">b</mark>'
    """
    pieces, here = [], start
    for first, last, kind in spans:
        first, last = max(first, here), min(last, end)
        if first >= last:
            continue
        name = html.escape(kind)
        pieces.append(html.escape(raw[here:first]))
        pieces.append(f'<mark class="{name}" style="background:{colors[kind]}" title="{name}">')
        pieces.append(html.escape(raw[first:last]) + "</mark>")
        here = last
    return "".join([*pieces, html.escape(raw[here:end])])


def _plain(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell[0]


def _render(cell: Cell) -> str:
    if isinstance(cell, str):
        return html.escape(cell)
    where, article, start, end = cell
    return (
        f'<span class="rashomon-at" data-article="{html.escape(article)}" '
        f'data-start="{start}" data-end="{end}">{html.escape(where)}</span>'
    )


def _side(is_number: bool) -> str:
    """Align a cell where no style sheet of ours reaches: JupyterLab sets every cell to the right."""
    return "" if is_number else ' style="text-align: left"'
