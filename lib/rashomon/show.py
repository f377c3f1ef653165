"""Show tables, articles and inputs in a notebook: escaped, traceable, the same in Jupyter and in a report.

Everything an article says passes through `html.escape` here. Each row that has offsets ends in a
reference such as ``002:1230–1244``; the report turns it into a link to the sentence.
"""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from decimal import Decimal
from importlib.metadata import version
from typing import Any

import pandas as pd

from rashomon._views import MARK_COLORS, ArticleView, Cell, TableView, mark_spans
from rashomon.corpus import Corpus

_PAIRS = (
    ("article_id", "start", "end"),
    ("article_a", "start_a", "end_a"),
    ("article_b", "start_b", "end_b"),
)


def show_table(
    frame: pd.DataFrame,
    caption: str,
    *,
    corpus: Corpus | None = None,
    columns: Sequence[str] | Mapping[str, str] = (),
    rows: int = 10,
) -> TableView:
    """Show the first rows of a table, with a reference to the words behind each.

    Parameters
    ----------
    frame : DataFrame
        Any table. With `article_id`, `start` and `end` (or `article_a`, `start_a`, `end_a` and the
        same with b) each row ends in a reference to its words.
    caption : str
        What the table shows, with units and n.
    corpus : Corpus, optional
        Gives the articles their short names.
    columns : sequence of str, or mapping of str to str
        Columns to show, in order; a mapping renames them for display. All of them when left out.
    rows : int
        How many rows to show; a note says how many there are.

    Returns
    -------
    TableView
        Numbers are rounded for display only; unknown values are shown as ``–``.

    Raises
    ------
    ValueError
        When a column is not in the table.

    Examples
    --------
    >>> show_table(pd.DataFrame({"n": [1500], "who": ["<b>"]}), "Two columns")
    Two columns
    n | who
    1,500 | <b>
    """
    names = (
        dict(columns) if isinstance(columns, Mapping) else {n: n.replace("_", " ") for n in columns or frame}
    )
    missing = [name for name in names if name not in frame]
    if missing:
        raise ValueError(f"no column {', '.join(missing)} in this table; it has {', '.join(map(str, frame))}")
    labels = (
        {}
        if corpus is None
        else dict(zip(corpus.articles["article_id"], corpus.articles["label"], strict=True))
    )
    places = [place for place in _PAIRS if set(place) <= set(frame) and not set(place) & set(names)]
    shown = frame.head(rows)
    cells = []
    for record in shown.to_dict("records"):
        row: list[Cell] = [
            _text(record[name], labels if name.startswith("article") else {}) for name in names
        ]
        for article, start, end in places:
            if pd.isna(record[start]):  # it stands beside the text, as a field of a record does
                row.append("–")
                continue
            where = f"{labels.get(record[article], record[article])}:{record[start]}–{record[end]}"
            row.append((where, str(record[article]), int(record[start]), int(record[end])))
        cells.append(tuple(row))
    header = [
        *names.values(),
        *(["words at"] if len(places) == 1 else ["words at (a)", "words at (b)"][: len(places)]),
    ]
    numeric = frozenset(i for i, name in enumerate(names) if _is_number_column(shown[name]))
    note = f"{len(shown)} of {len(frame):,} rows" if len(frame) > len(shown) else ""
    if not len(frame):
        note = "nothing found: the table is empty"
    return TableView(caption, tuple(header), tuple(cells), note, numeric)


def show_article(
    corpus: Corpus,
    article_id: str,
    *,
    findings: pd.DataFrame | None = None,
    by: str = "",
    part_id: int = 0,
    lines: int = 0,
) -> ArticleView:
    """Show an article line by line with its zones, and findings marked in place.

    Parameters
    ----------
    corpus : Corpus
        Holds the article.
    article_id : str
        Which article.
    findings : DataFrame, optional
        Any table with `article_id`, `start`, `end`; its spans are marked. Where two overlap, the
        one that begins first is marked.
    by : str
        Column of `findings` that gives each mark its name and color; at most eight are colored.
    part_id : int
        Show this part only; 0 shows all.
    lines : int
        Show the first so many lines only; 0 shows all.

    Returns
    -------
    ArticleView
        The text escaped, so nothing in it is active.

    Examples
    --------
    >>> from rashomon import corpus_of
    >>> show_article(corpus_of({"a": "One <b>line</b> of text, and no more than that."}), "a")
    a (1 lines)
    """
    raw = corpus.raw(article_id)
    table = corpus.lines[corpus.lines["article_id"] == article_id]
    if part_id:
        table = table[table["part_id"] == part_id]
    if lines:
        table = table.head(lines)
    spans: list[tuple[int, int, str]] = []
    if findings is not None:
        mine = findings[findings["article_id"] == article_id].sort_values(
            ["start", "end"], ascending=[True, False]
        )
        kinds = mine[by].astype(str) if by else pd.Series("found", index=mine.index)
        spans = [
            (int(s), int(e), str(k) or "not stated")
            for s, e, k in zip(mine["start"], mine["end"], kinds, strict=True)
        ]
    order = sorted({kind for _, _, kind in spans})
    legend = tuple((kind, MARK_COLORS[place % len(MARK_COLORS)]) for place, kind in enumerate(order))
    shown = tuple(
        (str(zone), mark_spans(raw, int(start), int(end), spans, colors=dict(legend)))
        for zone, start, end in zip(table["zone"], table["start"], table["end"], strict=True)
    )
    return ArticleView(corpus.label(article_id), shown, legend)


def name_articles(frame: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Put the articles' short names before a table.

    Parameters
    ----------
    frame : DataFrame
        Any table with `article_id`.
    corpus : Corpus
        Gives the short names.

    Returns
    -------
    DataFrame
        The same rows and columns after a first column `article`, in the order of `article` (rows of
        one article keep theirs).

    Examples
    --------
    >>> from rashomon import corpus_of
    >>> corpus = corpus_of({"a": "A line of text that says something."})
    >>> name_articles(corpus.lines, corpus)["article"].tolist()
    ['a']
    """
    labels = dict(zip(corpus.articles["article_id"], corpus.articles["label"], strict=True))
    named = frame.drop(columns="article", errors="ignore")
    named.insert(0, "article", frame["article_id"].map(labels))
    return named.sort_values("article", kind="stable", ignore_index=True)


def pick_article(corpus: Corpus, findings: pd.DataFrame) -> str:
    """Pick the article to read first: the one with the most findings.

    Parameters
    ----------
    corpus : Corpus
        The articles.
    findings : DataFrame
        Any table with `article_id`.

    Returns
    -------
    str
        An article_id; the first by short name among equals and where nothing was found.

    Examples
    --------
    >>> from rashomon import corpus_of
    >>> corpus = corpus_of({"a": "A line.", "b": "Two lines. Or so."})
    >>> pick_article(corpus, corpus.sentences)
    'b'
    """
    counts = findings["article_id"].value_counts()
    labels = zip(corpus.articles["label"], corpus.articles["article_id"], strict=True)
    return str(min((-int(counts.get(article, 0)), label, article) for label, article in labels)[2])


def show_inputs(corpus: Corpus, tables: Mapping[str, pd.DataFrame], /, **parameters: Any) -> TableView:
    """Show what a notebook worked on: parameters, digest of each article, rows of each table.

    Parameters
    ----------
    corpus : Corpus
        What was read.
    tables : mapping of str to DataFrame
        The tables made from it, by name.
    **parameters
        The notebook's parameters.

    Returns
    -------
    TableView
        Two columns, the same on every machine for the same input.

    Examples
    --------
    >>> from rashomon import corpus_of
    >>> show_inputs(corpus_of({"a": "A line of text that says something."}), {}, limit=0).rows[0]
    ('parameter limit', '0')
    """
    rows = [
        (f"parameter {name}", "(not set)" if value == "" else str(value))
        for name, value in parameters.items()
    ]
    digests = zip(corpus.articles["label"], corpus.articles["sha256"], strict=True)
    rows += [(f"article {label}", f"sha256 {digest[:16]}") for label, digest in sorted(digests)[:10]]
    if len(corpus.articles) > 10:
        rows.append(("articles in all", f"{len(corpus.articles):,}"))
    rows += [(f"table {name}", f"{len(frame):,} rows") for name, frame in tables.items()]
    rows.append(("rejects", f"{len(corpus.rejects):,} rows"))
    return TableView("What this notebook worked on", ("input", "value"), tuple(rows))


def show_versions() -> TableView:
    """Show the versions of Python and of the packages that make the results, and the time.

    Returns
    -------
    TableView
        The only output of a notebook that differs from run to run.

    Examples
    --------
    >>> show_versions().header
    ('what', 'version')
    """
    names = ("rashomon", "pandas", "numpy", "matplotlib", "scikit-learn", "sentencex", "ftfy")
    rows = [("Python", platform.python_version()), *((name, version(name)) for name in names)]
    rows.append(("run at", pd.Timestamp.now("UTC").strftime("%Y-%m-%d %H:%M UTC")))
    return TableView("Versions and time", ("what", "version"), tuple(rows))


def _is_number_column(values: pd.Series) -> bool:
    known = [value for value in values if not pd.isna(value)]
    return bool(known) and all(
        isinstance(v, (int, float, Decimal)) and not isinstance(v, bool) for v in known
    )


def _text(value: Any, labels: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or value == "" or (not isinstance(value, (str, list, tuple)) and pd.isna(value)):
        return "–"
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}"
    if isinstance(value, float):
        return f"{value:,.2f}"
    if isinstance(value, int):
        return f"{value:,}"
    return labels.get(str(value), " ".join(str(value).split()))
