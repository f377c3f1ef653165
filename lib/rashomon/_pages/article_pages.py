"""Write the page of an article: its whole text, with every finding marked where it stands."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pandas as pd

from rashomon._pages.markup import Locate, escape_text, frame_page
from rashomon.corpus import Corpus

_NOT_STATED = "<em>not stated</em>"
_BOUND = {"~": "about ", ">": "at least or more than ", "<": "at most or less than "}
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of an article that an analysis found: where, what kind, and what to say about it."""

    start: int
    end: int
    kind: str
    title: str


def article_file(article_id: str) -> str:
    """Name the page of an article, whatever its id looks like.

    Parameters
    ----------
    article_id : str
        Any id.

    Returns
    -------
    str
        The id and ``.html``; an id that is not a plain word is replaced by its digest.

    Examples
    --------
    >>> article_file("295ebcbb94af"), article_file("../x").count("/")
    ('295ebcbb94af.html', 0)
    """
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", article_id):
        article_id = "x-" + hashlib.sha256(article_id.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{article_id}.html"


def locate_in(corpus: Corpus) -> Locate:
    """Make the function that finds the address of an article's words in the report.

    Parameters
    ----------
    corpus : Corpus
        Its articles have pages.

    Returns
    -------
    callable
        Takes an article_id and an offset; gives the address of the sentence there, else of the line,
        else ``""``.

    Examples
    --------
    >>> from rashomon.corpus import corpus_of
    >>> locate = locate_in(corpus_of({"a": "One sentence stands here, and it is not short."}))
    >>> locate("a", 4), locate("b", 4), locate("a", 4000)
    ('articles/a.html#s1', '', '')
    """
    places: dict[str, list[tuple[list[int], list[int], list[str]]]] = defaultdict(list)
    for frame, key, letter in ((corpus.sentences, "sentence_id", "s"), (corpus.lines, "line_no", "l")):
        for article_id, rows in frame.sort_values(["article_id", "start"]).groupby("article_id", sort=False):
            names = [f"{letter}{number}" for number in rows[key]]
            places[str(article_id)].append((rows["start"].tolist(), rows["end"].tolist(), names))

    def locate(article_id: str, start: int) -> str:
        for starts, ends, names in places.get(article_id, ()):
            nearest = bisect_right(starts, start) - 1
            if nearest >= 0 and start < ends[nearest]:
                return f"articles/{article_file(article_id)}#{names[nearest]}"
        return ""

    return locate


def list_findings(tables: Mapping[str, pd.DataFrame]) -> dict[str, list[Finding]]:
    """List what the tables found in each article, to be marked in its page.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The tables `statements`, `quantities` and `cues`; one that is missing marks nothing.

    Returns
    -------
    dict of str to list of Finding
        By article_id.
    """
    found: dict[str, list[Finding]] = defaultdict(list)
    for name, kind, describe in (
        ("statements", "statement", _say_statement),
        ("quantities", "quantity", _say_quantity),
        ("cues", "cue", _say_cue),
    ):
        for row in tables[name].to_dict("records") if name in tables else ():
            said = f"{kind}: {describe(row)}"
            found[row["article_id"]].append(Finding(int(row["start"]), int(row["end"]), kind, said))
    return dict(found)


def article_page(
    corpus: Corpus,
    article_id: str,
    /,
    *,
    findings: Sequence[Finding] = (),
    nav: Sequence[tuple[str, str]] = (),
) -> str:
    """Write the page of an article: its whole text in order, zones as labels, findings marked in place.

    Parameters
    ----------
    corpus : Corpus
        Holds the article.
    article_id : str
        Which one.
    findings : sequence of Finding
        What to mark; they may overlap and nest.
    nav : sequence of (str, str)
        File name and name of each page of the report.

    Returns
    -------
    str
        HTML, to stand one folder below the report.
    """
    raw = corpus.raw(article_id)
    article = _rows_of(corpus.articles, article_id)[0]
    lines, sentences = _rows_of(corpus.lines, article_id), _rows_of(corpus.sentences, article_id)
    text = "\n".join(_render_lines(raw, lines, sentences, findings))
    legend = " ".join(f'<mark class="{kind}">{kind}</mark>' for kind in ("statement", "quantity", "cue"))
    label, title = corpus.label(article_id), article["title"] or "no headline"
    body = (
        f"<h1><bdi>{escape_text(label)}</bdi>: <bdi>{escape_text(title)}</bdi></h1>"
        f"{_article_facts(corpus, article, lines)}"
        f"<h2>The whole text, as it was read</h2><p>Marked: {legend}; point at one to see what was found. "
        f"What is not text of the article is paler.</p>\n{text}"
    )
    return frame_page(f"{label}: {title}", body, nav=nav, here="", up="../")


def _render_lines(
    raw: str, lines: Sequence[Row], sentences: Sequence[Row], findings: Sequence[Finding]
) -> list[str]:
    """Render every character of the text; what lies between the lines is kept when it is not white."""
    starts = [line["start"] for line in lines]
    in_line: list[list[Row]] = [[] for _ in lines]
    on_line: list[list[Finding]] = [[] for _ in lines]
    for sentence in sentences:
        for place in _lines_of(starts, sentence["start"], sentence["end"]):
            in_line[place].append(sentence)
    for finding in findings:
        for place in _lines_of(starts, finding.start, finding.end):
            on_line[place].append(finding)
    pieces, here, seen = [], 0, set[int]()
    for line, within, found in zip(lines, in_line, on_line, strict=True):
        pieces.append(_render_gap(raw[here : line["start"]]))
        words = _mark_words(raw, line, within, found, seen=seen)
        dimmed = "" if line["is_article_text"] or line["carries_claims"] else " dimmed"
        zone = escape_text(str(line["zone"]).replace("_", " "))
        pieces.append(
            f'<div class="line{dimmed}" id="l{line["line_no"]}"><span class="zone">{zone}</span>'
            f'<bdi class="words">{words}</bdi></div>'
        )
        here = line["end"]
    pieces.append(_render_gap(raw[here:]))
    return [piece for piece in pieces if piece]


def _lines_of(starts: Sequence[int], first: int, last: int) -> range:
    """Tell which lines a span touches, by the lines' sorted starts."""
    return range(max(bisect_right(starts, first) - 1, 0), bisect_right(starts, last - 1))


def _render_gap(between: str) -> str:
    if between.strip():
        return f'<div class="line"><span></span><bdi class="words">{escape_text(between.strip())}</bdi></div>'
    return '<div class="gap"></div>' if between.count("\n") > 1 else ""


def _mark_words(
    raw: str, line: Row, /, within: Sequence[Row], found: Sequence[Finding], *, seen: set[int]
) -> str:
    """Cut a line where a sentence or a finding begins or ends; mark each piece with all that hold it."""
    first, last = line["start"], line["end"]
    edges = {first, last}
    edges.update(edge for s in within for edge in (s["start"], s["end"]))
    edges.update(edge for f in found for edge in (f.start, f.end))
    pieces, sentence = [], 0
    for start, end in pairwise(sorted(edge for edge in edges if first <= edge <= last)):
        now = next((s["sentence_id"] for s in within if s["start"] <= start < s["end"]), 0)
        if now != sentence:
            pieces.append("</span>" if sentence else "")
            if now:
                anchor = "" if now in seen else f' id="s{now}"'
                seen.add(now)
                pieces.append(f'<span class="sentence"{anchor}>')
            sentence = now
        words = escape_text(raw[start:end])
        holding = [f for f in found if f.start <= start and end <= f.end]
        if holding:
            kinds = " ".join(dict.fromkeys(f.kind for f in holding))
            said = escape_text("; ".join(dict.fromkeys(f.title for f in holding)))
            words = f'<mark class="{kinds}" title="{said}">{words}</mark>'
        pieces.append(words)
    return "".join(pieces) + ("</span>" if sentence else "")


def _article_facts(corpus: Corpus, article: Row, lines: Sequence[Row]) -> str:
    article_id = article["article_id"]
    line_at = [(line["start"], line["line_no"]) for line in lines]

    def place(start: int) -> int:
        return next((number for first, number in reversed(line_at) if first <= start), 1)

    def quote(row: Row) -> str:
        words = f"“<bdi>{escape_text(row['surface'])}</bdi>”"
        if row["place"] != "text":
            return f"{escape_text(row['place'])} {words}"
        return f'<a href="#l{place(row["start"])}">{words}</a>'

    published = _stated(article["published"])
    if article["published"] and pd.notna(article["published_start"]):
        start, end = int(article["published_start"]), int(article["published_end"])
        words = escape_text(corpus.raw(article_id)[start:end])
        published += f', from <a href="#l{place(start)}">“<bdi>{words}</bdi>”</a>'
    dates = "; ".join(
        f"{_stated(row['value'])} <small>({escape_text(row['kind'].replace('_', ' '))}, "
        f"{quote(row)}"
        f"{', another day than published' if row['is_conflict'] else ''})</small>"
        for row in _rows_of(corpus.dates, article_id)
    )
    parts = "".join(
        f'<li><a href="#l{place(row["start"])}">'
        f"<bdi>{escape_text(row['title'] or 'without a heading')}</bdi></a> "
        f"<small>{escape_text(row['register'])}, {row['n_words']:,} words"
        f"{'' if row['is_article_text'] else ', not text of this article'}</small></li>"
        for row in _rows_of(corpus.parts, article_id)
    )
    facts = {
        "Outlet": _stated(article["outlet"]),
        "Passed on by": _stated(article["provider"]),
        "Author": _stated(article["author"]),
        "Published": published,
        "Dates the file shows": dates or "none",
        "Page clock": f"{_stated(article['page_date'])} <small>(when it was copied, not published)</small>",
        "Double of": _stated(corpus.label(article["duplicate_of"]) if article["duplicate_of"] else ""),
        "Words of article text": f"{article['n_words']:,}",
        "File": f"<bdi>{escape_text(article['path'])}</bdi> <small>sha256 {article['sha256']}</small>",
        "Repairs made for the analysis": escape_text(article["repairs"].replace(";", ", ")) or "none",
    }
    listed = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts.items())
    return f"<dl>{listed}</dl><h2>Parts</h2><ol>{parts}</ol>"


def _stated(text: str) -> str:
    return f"<bdi>{escape_text(text)}</bdi>" if text else _NOT_STATED


def _rows_of(frame: pd.DataFrame, article_id: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = frame[frame["article_id"] == article_id].to_dict("records")
    return rows


def _say_statement(row: Row) -> str:
    return f"{row['kind']}, by {row['speaker'] or 'someone not stated'}" + (
        f" via {row['via']}" if row["via"] else ""
    )


def _say_quantity(row: Row) -> str:
    amount = row["value"]
    if amount is None and (row["low"], row["high"]) != (None, None):
        ends = [_amount(end) if end is not None else "…" for end in (row["low"], row["high"])]
        said = " to ".join(ends)
    else:
        said = _amount(amount) if amount is not None else row["surface"]
    pieces = [f"{row['kind']} {_BOUND.get(row['bound'], '')}{said}"]
    pieces += [f"{name} {row[name]}" for name in ("unit", "counted", "status", "trend") if row[name]]
    pieces += [f"by {row['attributed_to']}"] if row["attributed_to"] else []
    return ", ".join(pieces)


def _amount(value: Decimal) -> str:
    return f"{value:,f}"


def _say_cue(row: Row) -> str:
    return f"{row['measure']} {row['weight']:+.2g} ({row['rule']})"
