"""The load report: on one page, what was read of a corpus, what was not, and what to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from rashomon._pages.markup import escape_text, frame_page, render_rows

SHOWN = 50  # rows of a list on the page


@dataclass(slots=True)
class Load:
    """What was read: counts, and the first rows of what a reader should look at."""

    n_files: int = 0
    n_articles: int = 0
    n_words: int = 0
    n_rejects: int = 0
    n_duplicates: int = 0
    n_undated: int = 0
    n_conflicts: int = 0
    counts: dict[str, Counter[str]] = field(default_factory=dict)  # by format, encoding, language, zone …
    shown: dict[str, list[dict[str, Any]]] = field(default_factory=dict)  # first rows

    def count(self, what: str, value: str, n: int = 1) -> None:
        """Count a value.

        Parameters
        ----------
        what : str
            What is counted, such as `zone`.
        value : str
            Its value.
        n : int
            How many.
        """
        self.counts.setdefault(what, Counter())[value] += n

    def show(self, what: str, row: dict[str, Any]) -> None:
        """Keep a row for the page, as long as there is room.

        Parameters
        ----------
        what : str
            The list it belongs to.
        row : dict
            The row.
        """
        rows = self.shown.setdefault(what, [])
        if len(rows) < SHOWN:
            rows.append(row)


def load_page(load: Load) -> str:
    """Write the load report.

    Parameters
    ----------
    load : Load
        What was read.

    Returns
    -------
    str
        HTML: one file that loads nothing.
    """
    facts = {
        "Files in": load.n_files,
        "Articles out": load.n_articles,
        "Words of article text": load.n_words,
        "Files or records that could not be read": load.n_rejects,
        "Articles without a day of publication": load.counts.get("date", Counter())["none"],
        "Articles whose dates conflict": load.n_conflicts,
        "Articles that double another": load.n_duplicates,
    }
    listed = "".join(f"<dt>{name}</dt><dd>{n:,}</dd>" for name, n in facts.items())
    zones, characters = load.counts.get("zone", Counter()), load.counts.get("zone_characters", Counter())
    total = max(sum(characters.values()), 1)
    body = f"""<h1>What was read</h1>
<p>Nothing was deleted: every line of every text has its zone and the named rule behind it in the table
<code>lines</code>, what could not be read is in <code>rejects</code>. What counts as article text is the
column <code>is_article_text</code>; change it there to analyze something else.</p>
<dl>{listed}</dl>
{_counts("Formats", "Articles", load.counts.get("format", Counter()))}
{_section("Lines by zone", ("Zone", "Lines", "Share of characters"),
          [(zone, f"{n:,}", f"{characters[zone] / total:.1%}") for zone, n in _ranked(zones)])}
{_section("What was taken for what", ("File", "Note"), _rows(load, "files", ("path", "note")))}
{_counts("Why something could not be read", "Times", load.counts.get("reject", Counter()))}
{_section("What could not be read", ("File", "Place", "What is wrong", "What to do"),
          _rows(load, "rejects", ("path", "position", "reason", "action")), load.n_rejects)}
{_counts("Evidence for the day of publication", "Articles", load.counts.get("date", Counter()))}
{_section("Dates that conflict", ("Article", "Published", "By", "Another date", "By", "As written", "Where"),
          _rows(load, "conflicts",
                ("label", "published", "published_kind", "value", "kind", "surface", "place")))}
{_section("Articles that double another", ("Article", "File", "Doubles", "Share of word runs in common"),
          _rows(load, "duplicates", ("label", "path", "duplicate_of", "similarity")), load.n_duplicates)}
{_counts("Languages", "Articles", load.counts.get("language", Counter()))}
{_counts("Encodings (? = guessed)", "Articles", load.counts.get("encoding", Counter()))}"""  # fmt: skip
    return frame_page("What was read", body, nav=[], here="")


def _ranked(counter: Counter[str]) -> list[tuple[str, int]]:
    return sorted(((value, n) for value, n in counter.items() if n), key=lambda pair: (-pair[1], pair[0]))


def _counts(title: str, unit: str, counter: Counter[str]) -> str:
    ranked = _ranked(counter)
    return _section(title, ("", unit), [(value, f"{n:,}") for value, n in ranked[:SHOWN]], len(ranked))


def _rows(load: Load, what: str, columns: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(_written(row.get(name)) for name in columns) for row in load.shown.get(what, [])]


def _written(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _section(title: str, header: Sequence[str], rows: Sequence[Sequence[str]], total: int = 0) -> str:
    """Write a heading and a table; nothing when there are no rows."""
    if not rows:
        return ""
    cell: Callable[[str], str] = lambda text: f"<td><bdi>{escape_text(text)}</bdi></td>"  # noqa: E731
    lines = [f"<tr>{''.join(map(cell, row))}</tr>" for row in rows]
    more = f"<p>The first {len(rows)} of {total:,}; all are in the tables.</p>" if total > len(rows) else ""
    return f"<h2>{title}</h2>{render_rows(header, lines)}{more}"
