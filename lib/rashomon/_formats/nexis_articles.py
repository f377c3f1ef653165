"""What a Nexis or Lexis article is made of, in whatever file it comes: labels, head, body and tail.

Older files (text, HTML) have outlet, date, title; newer ones (DOCX) title, outlet, date. In both a run of
labeled fields parts the head from the body, and another one, with the copyright, ends the article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rashomon._formats.export_lines import ExportLine, body_line, is_date_line, is_rights_line

Chunk = tuple[str, ...]  # the lines between two empty ones, or of one paragraph

_KINDS = {  # what the label of a field is called in the languages of the database
    "title": "headline schlagzeile titel titre titulo título titolo kop",
    "author": "byline author autor auteur autore von signature",
    "section": "section rubrik rubrique sección seccion sezione sectie seção",
    "length": "length länge longueur longitud lunghezza lengte extensión comprimento extensão",
    "subtitle": "highlight encart insert",
    "dateline": "dateline",
    "graphic": "graphic grafik graphique gráfico grafica",
    "language": "language sprache langue idioma lingua taal",
    "body": "body",
    "url": "url",
    "correction": "correction korrektur",
    "other": (
        "load-date update date-chargement ladedatum fecha-carga series type publication-type journal-code"
        " publikationstyp type-publication zeitungs-code code-publication distribution acc-no doc-type"
        " document-type correction-date notes subject subjects thema sujet sujets person personen people"
        " company companies unternehmen société societe organization organisation geographic geographie geo"
        " geo-localization localisation-geo industry branche secteur ticker symbole-boursier stock-symbol"
        " city state country stadt land bundesland pays ville column edition ausgabe page pub-type publisher"
        " issn copyright classification event activity-sector secteur-activite cutline slug feature show"
        " guests anchors"
    ),
}
_KIND_OF = {name: kind for kind, names in _KINDS.items() for name in names.split()}
# Labels that count in small letters too: other ones could as well open a sentence.
_UNMISTAKABLE = frozenset(
    (
        "load-date", "publication-type", "journal-code", "subject", "company", "organization", "geographic",
        "industry", "person", "ticker", "ladedatum", "publikationstyp", "zeitungs-code", "type-publication",
    )
)  # fmt: skip
_LABEL = re.compile(
    r"(?P<label>[^\W\d_][^\s:]*(?: ?[-/ ] ?[^\s:]+){0,2})\s?:(?:\s+|$)(?P<value>.*)", re.DOTALL
)
_ZONES = {"author": "byline", "subtitle": "subheadline", "graphic": "caption", "correction": "disclaimer"}
_BARE = frozenset(
    {"title", "subtitle", "graphic", "correction", "body"}
)  # whose label is no part of the text

BODY_HEADINGS = frozenset(
    {"body", "text", "textkörper", "corps", "cuerpo", "corpo", "tekst", "texte", "texto"}
)
_AFTER_BODY = {  # headings under which something else than the text stands
    "classification": "furniture", "klassifizierung": "furniture", "klassifikation": "furniture",
    "clasificación": "furniture", "classificazione": "furniture", "classificatie": "furniture",
    "classificação": "furniture", "notes": "furniture", "hinweise": "furniture", "graphic": "caption",
    "grafik": "caption", "graphique": "caption", "gráfico": "caption", "correction": "disclaimer",
    "correction-date": "disclaimer", "korrektur": "disclaimer",
}  # fmt: skip
_END = re.compile(
    r"(?:end of document|ende des dokuments?|dokumentende|fin du document|fin del documento|fine documento"
    r"|fim do documento|einde van (?:het )?document)",
    re.IGNORECASE,
)
NUMBER_LINE = re.compile(
    r"(?P<n>\d[\d,.]*)\s+(?:of|von|de|di|van|sur)\s+(?P<of>\d[\d,.]*)\s+(?:DOCUMENTO?S?|DOKUMENTEN?|DOCUMENTI|DOCUMENTEN)"
    r"|(?:Dokument|Document|Documento)\s+(?P<n2>\d[\d,.]*)\s+(?:of|von|de|di|van|sur)\s+(?P<of2>\d[\d,.]*)"
)
_PAGE = re.compile(r"(?:Pg|P|S|Seite|Page|pág|p)\.?\s?(?P<page>[A-Z]{0,3}\d[\w-]*)", re.IGNORECASE)
_EDITION = re.compile(r"edition|ausgabe|[ée]dition|edici[óo]n|edizione|edi[çc][ãa]o|editie", re.IGNORECASE)
_OPENING = re.compile(r"(?:by|von|par|por|di|door)\s+(?=\S)", re.IGNORECASE)
_MAX_HEAD = 8  # chunks in which the date line stands
_MAX_TITLE_CHUNKS = 4
_MAX_TITLE_WORDS = 40


@dataclass(slots=True)
class _Article:
    """An article being read; in older files labels stand in capitals."""

    capitals: bool
    lines: list[ExportLine] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)

    def kind(self, line: str) -> str:
        return label_kind(line, capitals=self.capitals)

    def add(self, chunk: Sequence[str], zone: str = "furniture") -> None:
        self.lines += [ExportLine(line, zone) for line in chunk]

    def state(self, name: str, value: str) -> None:
        if value.strip():
            self.fields.setdefault(name, value.strip())


def is_end_marker(line: str) -> bool:
    """Say whether a line is nothing but the mark that ends a document.

    Parameters
    ----------
    line : str
        A line.

    Returns
    -------
    bool
        In any language of the database.

    Examples
    --------
    >>> is_end_marker("End of Document"), is_end_marker("End of Document, it said")
    (True, False)
    """
    return bool(_END.fullmatch(line.strip()))


def label_kind(line: str, *, capitals: bool = False) -> str:
    """Say which labeled field a line is.

    Parameters
    ----------
    line : str
        A line.
    capitals : bool
        Whether only a label in capitals is one, as in older files.

    Returns
    -------
    str
        title, author, section, length, subtitle, dateline, graphic, language, body, url, correction, other;
        empty for what is no field.

    Examples
    --------
    >>> [label_kind(s) for s in ("LENGTH: 300 words", "Länge: 12 Wörter", "Note: go", "Length matters.")]
    ['length', 'length', '', '']
    """
    match = _LABEL.match(line)
    if match is None:
        return ""
    label = "-".join(match["label"].casefold().split())
    kind = _KIND_OF.get(label, "")
    if not match["label"].isupper() and (capitals or (kind == "other" and label not in _UNMISTAKABLE)):
        return ""
    return "" if kind == "length" and not re.search(r"\d", match["value"]) else kind


def read_article(
    chunks: Sequence[Chunk], *, title_first: bool, headings: frozenset[int] = frozenset()
) -> tuple[list[ExportLine], dict[str, str]]:
    """Read the lines and the fields of one article.

    Parameters
    ----------
    chunks : sequence of Chunk
        The article's own.
    title_first : bool
        Whether the title stands before the outlet (DOCX) or after the date.
    headings : frozenset of int
        Which chunks are known to be headings of the database, such as Body.

    Returns
    -------
    lines : list of ExportLine
        Every line with its zone.
    fields : dict
        Keys of `FIELDS`.
    """
    article = _Article(capitals=not title_first, fields={"provider": "Nexis"})
    rest = _read_front(article, chunks, title_first=title_first)
    body = _read_labels(article, chunks, rest, headings)
    tail = _find_tail(article, chunks, body, headings)
    _read_body(article, chunks[body:tail])
    _read_tail(article, chunks[tail:])
    return article.lines, article.fields


def find_date_line(chunks: Sequence[Chunk], *, capitals: bool = False) -> tuple[int, int] | None:
    """Find the date line in the head of an article.

    Parameters
    ----------
    chunks : sequence of Chunk
        The article, or what may be one.
    capitals : bool
        As of `label_kind`.

    Returns
    -------
    (chunk, line) or None
        Of the first, when no labeled field and no end of a document is before it. A first line is no date
        line: an article begins with its number, its outlet or its title.
    """
    n_before = 0
    for i, chunk in enumerate(chunks[:_MAX_HEAD]):
        for j, line in enumerate(chunk):
            if NUMBER_LINE.fullmatch(line):
                continue
            if n_before and (label_kind(line, capitals=capitals) or is_end_marker(line)):
                return None
            if n_before and is_date_line(line):
                return i, j
            n_before += not is_rights_line(line)
    return None


def _read_front(article: _Article, chunks: Sequence[Chunk], *, title_first: bool) -> int:
    """Read title, outlet and date; give the first chunk after them."""
    at = find_date_line(chunks, capitals=article.capitals)
    if at is None:
        return _read_front_without_date(article, chunks, title_first=title_first)
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
        title = (before[:-1] or before) if title_first else []
        if title:
            _add_title(article, title)
        if len(before) > len(title):
            article.state("outlet", before[-1])
            article.add(before[len(title) :])
    date_line, *after = chunks[i][j:]
    article.state("published", date_line)
    article.add([date_line], "date_line")
    editions = [part.strip() for part in re.split(r"[,;]", date_line) if _EDITION.search(part)]
    article.state("edition", " ".join([*editions, *after]).strip(" ;"))
    article.add(after)
    return i + 1 if title_first else _read_title_below(article, chunks, i + 1)


def _read_front_without_date(article: _Article, chunks: Sequence[Chunk], *, title_first: bool) -> int:
    at = 0
    while at < len(chunks) and (NUMBER_LINE.fullmatch(chunks[at][0]) or is_rights_line(chunks[at][0])):
        article.add(chunks[at])
        at += 1
    if title_first and at < len(chunks):
        _add_title(article, chunks[at])
        at += 1
    has_labels = any(article.kind(chunk[0]) for chunk in chunks[at + 1 : at + 1 + _MAX_TITLE_CHUNKS])
    if has_labels and not article.kind(chunks[at][0]) and not is_rights_line(chunks[at][0]):
        article.state("outlet", chunks[at][0])
        article.add(chunks[at])
        at += 1
    return at if title_first else _read_title_below(article, chunks, at)


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
    match = _LABEL.match(text)
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
    if chunks[i][0].casefold() not in _AFTER_BODY or len(chunks[i]) > 1:
        return False
    below = chunks[i + 1 : i + 4]
    return i in headings or any(
        article.kind(chunk[0]) in ("language", "other") or chunk[0].casefold() in _AFTER_BODY
        for chunk in below
    )


def _is_tail(article: _Article, chunk: Chunk) -> bool:
    kind = article.kind(chunk[0])
    if kind and kind not in ("title", "author", "body"):
        return True
    if is_end_marker(chunk[0]) or (len(chunk) <= 4 and any(map(is_rights_line, chunk))):
        return True
    match = _LABEL.match(chunk[0])
    return bool(match and match["label"].isupper())


def _read_body(article: _Article, chunks: Sequence[Chunk]) -> None:
    """Add the text. The New York Times gives an abstract first, under a heading of its own."""
    lines = [line for chunk in chunks for line in chunk]
    if lines and article.kind(lines[0]) == "body":
        match = _LABEL.match(lines[0])
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
        if not kind and chunk[0].casefold() in _AFTER_BODY:
            zone = _AFTER_BODY[chunk[0].casefold()]
            article.add(chunk)
        elif kind or any(map(is_rights_line, chunk)) or is_end_marker(chunk[0]):
            _add_labeled(article, chunk, kind)
        else:
            article.add(chunk, zone)
