"""Write the pages of a report: one self-contained file each, with nothing in it that could run.

A page has one style sheet of ours inside, loads nothing, and forbids the browser to. Words of
articles are escaped; a number on a page links to the sentence it was read from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from rashomon._pages.article_pages import article_file, locate_in
from rashomon._pages.markup import Locate, clean_html, escape_text, frame_page, render_markdown, render_rows
from rashomon.corpus import Corpus
from rashomon.export import LEFT_OUT_OF_CSV
from rashomon.tables import TABLES, describe_table

# Cells for whoever works in the notebook, or whose output differs from run to run: nothing needs them.
NOT_RUN_TAGS = frozenset(("exercise", "answer", "no-report", "nbval-ignore-output"))
LEFT_OUT_TAGS = NOT_RUN_TAGS | {"parameters", "injected-parameters", "setup"}
_PARQUET_ONLY = " <strong>Only in the Parquet file.</strong>"
_NOT_STATED = "<em>not stated</em>"
Notebook = Mapping[str, Any]


def notebook_title(notebook: Notebook) -> str:
    """Give the question a notebook asks.

    Parameters
    ----------
    notebook : NotebookNode
        The notebook.

    Returns
    -------
    str
        Its first heading of the first level, else ``""``.

    Examples
    --------
    >>> notebook_title({"cells": [{"cell_type": "markdown", "source": "# Who speaks?"}]})
    'Who speaks?'
    """
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            for line in cell["source"].splitlines():
                if line.startswith("# "):
                    return str(line[2:]).strip()
    return ""


def notebook_page(
    notebook: Notebook, here: str, /, *, nav: Sequence[tuple[str, str]], locate: Locate | None = None
) -> str:
    """Write the page of an executed notebook, without its code and exercises.

    Parameters
    ----------
    notebook : NotebookNode
        The executed notebook.
    here : str
        File name of the page.
    nav : sequence of (str, str)
        File name and name of each page of the report.
    locate : callable, optional
        As `locate_in` makes it; without it references to words stay text.

    Returns
    -------
    str
        HTML.
    """
    names = {href for href, _ in nav}

    def link(target: str) -> str:
        path, mark, fragment = target.partition("#")
        page = path.removesuffix(".ipynb") + ".html"
        return page + mark + fragment if path.endswith(".ipynb") and page in names else ""

    pieces, heading = [], ""
    for cell in notebook["cells"]:
        if LEFT_OUT_TAGS & set(cell["metadata"].get("tags", ())):
            continue
        if cell["cell_type"] == "markdown":
            pieces.append(render_markdown(cell["source"], link=link))
            heading = next((s.strip("# ") for s in cell["source"].splitlines() if s.startswith("#")), heading)
        elif cell["cell_type"] == "code":
            pieces += [_render_output(output, heading, locate) for output in cell.get("outputs", ())]
    title = notebook_title(notebook) or here.removesuffix(".html")
    return frame_page(title, "\n".join(pieces), nav=nav, here=here)


def index_page(
    corpus: Corpus,
    tables: Mapping[str, pd.DataFrame],
    /,
    *,
    cards: Sequence[tuple[str, str, str]],
    nav: Sequence[tuple[str, str]],
) -> str:
    """Write the first page of a report.

    Parameters
    ----------
    corpus : Corpus
        What was read.
    tables : mapping of str to DataFrame
        Every table, by name.
    cards : sequence of (str, str, str)
        File name, name and question of each notebook's page.
    nav : sequence of (str, str)
        File name and name of each page of the report.

    Returns
    -------
    str
        HTML.
    """
    locate = locate_in(corpus)
    n_words = int(corpus.articles["n_words"].sum())
    outlets = sorted({outlet for outlet in corpus.articles["outlet"] if outlet})
    shown = "".join(
        f'<li><a href="{escape_text(href)}">{escape_text(question or name)}</a>'
        f"<br><small>{escape_text(name)}</small></li>"
        for href, name, question in cards
    )
    facts = {
        "Articles": f"{len(corpus.articles):,}",
        "Words of article text": f"{n_words:,}",
        "Outlets named in the texts": ", ".join(map(escape_text, outlets)) or _NOT_STATED,
        "Not readable": f"{len(corpus.rejects):,}",
    }
    listed = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts.items())
    body = f"""<h1>How {len(corpus.articles):,} articles tell it</h1>
<p>This report reads how several outlets tell the same story and shows, with the words that prove it, how
their tone, their figures and their sourcing differ. Every number can be followed to the sentence it was
read from.</p>
<dl>{listed}</dl>
<h2>Questions</h2><ul class="cards">{shown}</ul>
<h2>Articles</h2>{_article_list(corpus, locate)}{_reject_list(corpus)}
<h2>Tables</h2><p>Each as CSV for a spreadsheet and as Parquet, exact to the last digit. In CSV an apostrophe
stands before a text that a spreadsheet would take for a formula.</p>{_table_list(tables)}
<h2>How sure is this?</h2><p>Each question’s page says how often its method agrees with labels made by hand,
and what it cannot tell you. The methods look at words only: they do not know what happened. What a text does
not say is shown as not stated and never guessed. <a href="manifest.json">The manifest</a> holds versions,
parameters and digests.</p>"""
    return frame_page("Report", body, nav=nav, here="index.html")


def _render_output(output: Mapping[str, Any], heading: str, locate: Locate | None) -> str:
    if output["output_type"] == "stream":
        return f"<pre>{escape_text(output['text'])}</pre>"
    if output["output_type"] == "error":
        return f"<pre>{escape_text(output['ename'])}: {escape_text(output['evalue'])}</pre>"
    data = output["data"]
    if "text/html" in data:
        return clean_html(data["text/html"], locate=locate)
    for kind in ("image/png", "image/jpeg"):
        if kind in data:
            described = output["metadata"].get(kind, {})
            alt = described.get("alt") or output["metadata"].get("alt") or f"Figure: {heading}"
            encoded = escape_text("".join(data[kind].split()))
            return f'<figure><img alt="{escape_text(alt)}" src="data:{kind};base64,{encoded}"></figure>'
    return f"<pre>{escape_text(data.get('text/markdown') or data.get('text/plain', ''))}</pre>"


def _article_list(corpus: Corpus, locate: Locate) -> str:
    parts = corpus.parts.groupby("article_id").size()
    rows = []
    for article in corpus.articles.sort_values("label").to_dict("records"):
        page = f"articles/{article_file(article['article_id'])}"
        day = f"<bdi>{escape_text(article['published'])}</bdi>" if article["published"] else _NOT_STATED
        if article["published"] and pd.notna(article["published_start"]):
            where = locate(article["article_id"], int(article["published_start"])) or page
            day = f'<a href="{where}">{day}</a>'
        if article["page_date"]:
            day += f" <small>(page clock {escape_text(article['page_date'])})</small>"
        outlet = f"<bdi>{escape_text(article['outlet'])}</bdi>" if article["outlet"] else _NOT_STATED
        rows.append(
            f'<tr><th scope="row"><bdi>{escape_text(article["label"])}</bdi></th>'
            f'<td><a href="{page}"><bdi>{escape_text(article["title"] or "no headline")}</bdi></a></td>'
            f'<td>{outlet}</td><td>{day}</td><td class="number">{article["n_words"]:,}</td>'
            f'<td class="number">{parts.get(article["article_id"], 0)}</td></tr>'
        )
    return render_rows(
        ("Article", "Headline", "Outlet", "Published, with its evidence", "Words", "Parts"), rows
    )


def _reject_list(corpus: Corpus) -> str:
    if corpus.rejects.empty:
        return ""
    rows = [
        f'<tr><th scope="row"><bdi>{escape_text(row["path"])}</bdi></th>'
        f"<td>{escape_text(row['reason'])}</td><td>{escape_text(row['action'])}</td></tr>"
        for row in corpus.rejects.to_dict("records")
    ]
    return f"<h2>What could not be read</h2>{render_rows(('File', 'What is wrong', 'What to do'), rows)}"


def _table_list(tables: Mapping[str, pd.DataFrame]) -> str:
    pieces = []
    for name, frame in tables.items():
        columns = [
            f'<tr><th scope="row">{row["column"]}</th><td>{row["kind"]}</td>'
            f"<td>{escape_text(row['meaning'])}"
            f"{_PARQUET_ONLY if row['column'] in LEFT_OUT_OF_CSV else ''}</td>"
            f"<td>{escape_text(row['allowed'])}</td></tr>"
            for row in describe_table(name).to_dict("records")
        ]
        pieces.append(
            f'<details id="table-{name}"><summary><strong>{name}</strong>: {len(frame):,} rows; '
            f"a row is {escape_text(TABLES[name].row)}</summary>"
            f'<p><a href="tables/{name}.csv">CSV</a> · <a href="tables/{name}.parquet">Parquet</a></p>'
            f"{render_rows(('Column', 'Kind', 'Meaning', 'Allowed'), columns)}</details>"
        )
    return "".join(pieces)
