"""The labels and marks of Nexis and Lexis files, in any language, and the date line of a head."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rashomon._formats.export_lines import is_date_line, is_rights_line

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

BODY_HEADINGS = frozenset(
    {"body", "text", "textkörper", "corps", "cuerpo", "corpo", "tekst", "texte", "texto"}
)
AFTER_BODY = {  # headings under which something else than the text stands
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
_MAX_LABEL = 60  # characters
_MAX_HEAD = 8  # chunks in which the date line stands


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


def match_label(line: str) -> re.Match[str] | None:
    """Match a line that begins with what can be the label of a field.

    Parameters
    ----------
    line : str
        A line.

    Returns
    -------
    re.Match or None
        With the groups `label` and `value`.
    """
    return _LABEL.match(line) if ":" in line[:_MAX_LABEL] else None


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
    match = match_label(line)
    if match is None:
        return ""
    label = "-".join(match["label"].casefold().split())
    kind = _KIND_OF.get(label, "")
    if not match["label"].isupper() and (capitals or (kind == "other" and label not in _UNMISTAKABLE)):
        return ""
    return "" if kind == "length" and not re.search(r"\d", match["value"]) else kind


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
