"""What a Nexis or Lexis article is made of, in whatever file it comes: labels, head, body and tail.

Older files (text, HTML) have outlet, date, title; newer ones (DOCX) title, outlet, date. In both a run of
labeled fields parts the head from the body, and another one, with the copyright, ends the article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rashomon._formats.export_lines import ExportLine, body_line, is_rights_line
from rashomon._formats.nexis_labels import (
    AFTER_BODY,
    BODY_HEADINGS,
    NUMBER_LINE,
    Chunk,
    find_date_line,
    is_end_marker,
    label_kind,
    match_label,
)

_ZONES = {"author": "byline", "subtitle": "subheadline", "graphic": "caption", "correction": "disclaimer"}
_BARE = frozenset({"title", "subtitle", "graphic", "correction", "body"})  # labels that are no text
_PAGE = re.compile(r"(?:Pg|P|S|Seite|Page|pág|p)\.?\s?(?P<page>[A-Z]{0,3}\d[\w-]*)", re.IGNORECASE)
_EDITION = re.compile(r"edition|ausgabe|[ée]dition|edici[óo]n|edizione|edi[çc][ãa]o|editie", re.IGNORECASE)
_OPENING = re.compile(r"(?:by|von|par|por|di|door)\s+(?=\S)", re.IGNORECASE)
_MAX_HEAD = 8  # chunks in which a heading over the body needs no field above it
_MAX_TITLE_CHUNKS = 4
_MAX_TITLE_WORDS = 40


@dataclass(slots=True)
class _Article:
    """An article being read; `n_title` lines are its title when it comes first, as in newer files."""

    n_title: int
    lines: list[ExportLine] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def capitals(self) -> bool:
        """Labels stand in capitals in older files."""
        return not self.n_title

    def kind(self, line: str) -> str:
        return label_kind(line, capitals=self.capitals)

    def add(self, chunk: Sequence[str], zone: str = "furniture") -> None:
        self.lines += [ExportLine(line, zone) for line in chunk]

    def state(self, name: str, value: str) -> None:
        if value.strip():
            self.fields.setdefault(name, value.strip())


def read_article(
    chunks: Sequence[Chunk], *, n_title: int = 0, headings: frozenset[int] = frozenset()
) -> tuple[list[ExportLine], dict[str, str]]:
    """Read the lines and the fields of one article.

    Parameters
    ----------
    chunks : sequence of Chunk
        The article's own.
    n_title : int
        How many lines the title has, where it stands before the outlet (DOCX); 0 where it is under the date.
    headings : frozenset of int
        Which chunks are known to be headings of the database, such as Body.

    Returns
    -------
    lines : list of ExportLine
        Every line with its zone.
    fields : dict
        Keys of `FIELDS`.
    """
    article = _Article(n_title, fields={"provider": "Nexis"})
    rest = _read_front(article, chunks)
    body = _read_labels(article, chunks, rest, headings)
    tail = _find_tail(article, chunks, body, headings)
    _read_body(article, chunks[body:tail])
    _read_tail(article, chunks[tail:])
    return article.lines, article.fields


def _read_front(article: _Article, chunks: Sequence[Chunk]) -> int:
    """Read title, outlet and date; give the first chunk after them."""
    at = find_date_line(chunks, capitals=article.capitals)
    if at is None:
        return _read_front_without_date(article, chunks)
    i, j = at
    before: list[str] = []
    for line in [line for chunk in chunks[:i] for line in chunk] + list(chunks[i][:j]):
        if NUMBER_LINE.fullmatch(line) or is_rights_line(line):
            if is_rights_line(line):
                article.state("rights", line)
            article.add([line])
        else:
            before.append(line)
    if before:
        n_title = min(article.n_title, len(before))
        if n_title:
            _add_title(article, before[:n_title])
        if before[n_title:]:  # newer files can name a service under the outlet
            article.state("outlet", before[n_title] if n_title else before[-1])
            article.add(before[n_title:])
    date_line, *after = chunks[i][j:]
    article.state("published", date_line)
    article.add([date_line], "date_line")
    editions = [part.strip() for part in re.split(r"[,;]", date_line) if _EDITION.search(part)]
    article.state("edition", " ".join([*editions, *after]).strip(" ;"))
    article.add(after)
    return i + 1 if article.n_title else _read_title_below(article, chunks, i + 1)


def _read_front_without_date(article: _Article, chunks: Sequence[Chunk]) -> int:
    at = 0
    while at < len(chunks) and (NUMBER_LINE.fullmatch(chunks[at][0]) or is_rights_line(chunks[at][0])):
        article.add(chunks[at])
        at += 1
    if article.n_title and at < len(chunks):
        _add_title(article, chunks[at])
        at += 1
    has_labels = any(article.kind(chunk[0]) for chunk in chunks[at + 1 : at + 1 + _MAX_TITLE_CHUNKS])
    if has_labels and not article.kind(chunks[at][0]) and not is_rights_line(chunks[at][0]):
        article.state("outlet", chunks[at][0])
        article.add(chunks[at])
        at += 1
    return at if article.n_title else _read_title_below(article, chunks, at)


def _add_title(article: _Article, lines: Sequence[str]) -> None:
    article.state("title", " ".join(lines))
    article.add([" ".join(lines)], "headline")


def _read_title_below(article: _Article, chunks: Sequence[Chunk], at: int) -> int:
    """Read a title, and maybe a subtitle, between the date and the labeled fields."""
    end = next(
        (i for i in range(at, min(at + _MAX_TITLE_CHUNKS, len(chunks))) if article.kind(chunks[i][0])), -1
    )
    if end < 0:  # no labels: one short chunk can be the title
        is_title = at + 1 < len(chunks) and len(" ".join(chunks[at]).split()) <= _MAX_TITLE_WORDS
        end = at + 1 if is_title else at
    above = [chunk for chunk in chunks[at:end] if not is_rights_line(chunk[0])]
    if above:
        _add_title(article, above[0])
    if above[1:]:
        subtitle = " ".join(line for chunk in above[1:] for line in chunk)
        article.state("subtitle", subtitle)
        article.add([subtitle], "subheadline")
    for chunk in chunks[at:end]:
        if is_rights_line(chunk[0]):
            article.state("rights", " ".join(chunk))
            article.add(chunk)
    return end


def _read_labels(article: _Article, chunks: Sequence[Chunk], at: int, headings: frozenset[int]) -> int:
    """Read the labeled fields of the head; give the first chunk of the body."""
    heading = next((i for i in range(at, len(chunks)) if _is_body_heading(article, chunks, i, headings)), -1)
    while at < len(chunks):
        kind = article.kind(chunks[at][0])
        if at == heading:
            article.add(chunks[at])
            return at + 1
        if kind == "body":
            return at
        if not kind and not is_rights_line(chunks[at][0]) and (heading < 0 or at > heading):
            return at
        _add_labeled(article, chunks[at], kind)
        at += 1
    return at


def _is_body_heading(article: _Article, chunks: Sequence[Chunk], i: int, headings: frozenset[int]) -> bool:
    text = chunks[i][0].casefold()
    if len(chunks[i]) > 1 or text not in BODY_HEADINGS:
        return False
    return (
        i in headings
        or article.kind(chunks[i - 1][0]) != ""
        or is_rights_line(chunks[i - 1][0])
        or i <= _MAX_HEAD
    )


def _add_labeled(article: _Article, chunk: Chunk, kind: str) -> None:
    """Add a chunk that is a field, a note of copyright or another line of the database."""
    text = " ".join(chunk)
    match = match_label(text)
    value = match["value"].strip() if match and kind else ""
    if is_rights_line(chunk[0]):
        article.state("rights", text)
    elif kind == "section":
        page = next((m for m in map(_PAGE.fullmatch, map(str.strip, re.split(r"[;,]", value))) if m), None)
        article.state("page", page["page"] if page else "")
        article.state("section", value.split(";")[0] if page is None or page[0] != value else "")
    elif kind == "length":
        digits = re.search(r"\d[\d.,\s]*", value)
        article.state("length_declared", re.sub(r"\D", "", digits[0]) if digits else "")
    elif kind == "author":
        article.state("author", _OPENING.sub("", value, count=1))
    elif kind in ("title", "subtitle", "language", "url"):
        article.state(kind, value)
    if kind == "title":
        article.add([value], "headline")
    else:
        article.add([value] if kind in _BARE else chunk, _ZONES.get(kind, "furniture"))


def _find_tail(article: _Article, chunks: Sequence[Chunk], body: int, headings: frozenset[int]) -> int:
    """Find where the fields after the body begin: what looks like one inside the body is text."""
    heading = next(
        (i for i in range(body, len(chunks)) if _opens_tail(article, chunks, i, headings)), len(chunks)
    )
    at = heading
    while at > body and _is_tail(article, chunks[at - 1]):
        at -= 1
    while at < heading and not (
        article.kind(chunks[at][0]) or any(map(is_rights_line, chunks[at])) or is_end_marker(chunks[at][0])
    ):
        at += 1
    return at


def _opens_tail(article: _Article, chunks: Sequence[Chunk], i: int, headings: frozenset[int]) -> bool:
    if chunks[i][0].casefold() not in AFTER_BODY or len(chunks[i]) > 1:
        return False
    below = chunks[i + 1 : i + 4]
    return i in headings or any(
        article.kind(chunk[0]) in ("language", "other") or chunk[0].casefold() in AFTER_BODY
        for chunk in below
    )


def _is_tail(article: _Article, chunk: Chunk) -> bool:
    kind = article.kind(chunk[0])
    if kind and kind not in ("title", "author", "body"):
        return True
    if is_end_marker(chunk[0]) or (len(chunk) <= 4 and any(map(is_rights_line, chunk))):
        return True
    match = match_label(chunk[0])
    return bool(match and match["label"].isupper())


def _read_body(article: _Article, chunks: Sequence[Chunk]) -> None:
    """Add the text. The New York Times gives an abstract first, under a heading of its own."""
    lines = [line for chunk in chunks for line in chunk]
    if lines and article.kind(lines[0]) == "body":
        match = match_label(lines[0])
        lines[0] = match["value"] if match else lines[0]
    is_abstract = False
    has_full_text = "FULL TEXT" in lines
    for line in filter(None, lines):
        if has_full_text and line in ("ABSTRACT", "FULL TEXT"):
            is_abstract = line == "ABSTRACT"
            article.add([line])
        elif is_abstract:
            article.lines.append(ExportLine(line, "furniture", "export_abstract"))
        else:
            article.lines.append(body_line(line))


def _read_tail(article: _Article, chunks: Sequence[Chunk]) -> None:
    zone = "furniture"
    for chunk in chunks:
        kind = article.kind(chunk[0])
        if not kind and chunk[0].casefold() in AFTER_BODY:
            zone = AFTER_BODY[chunk[0].casefold()]
            article.add(chunk)
        elif kind or any(map(is_rights_line, chunk)) or is_end_marker(chunk[0]):
            _add_labeled(article, chunk, kind)
        else:
            article.add(chunk, zone)
