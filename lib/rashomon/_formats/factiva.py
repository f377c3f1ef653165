"""Read exports of Factiva: HTML in its two layouts, in any language of the interface, and XML.

An article is a block whose class ends in *Article* after the code of its language; such blocks also stand
inside each other and inside wrappers of nearly the same class, so only those with a headline, text or the
database's id count. Codes of fields (HD, LP …) are the same in all languages; without codes a line is known
by its form and its place: length, date, outlet, code, language, copyright.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from rashomon._formats.export_lines import (
    ExportLine,
    HtmlLine,
    body_line,
    check_count,
    choose_blocks,
    decode_page,
    html_lines,
    is_rights_line,
    join_texts,
    make_record,
    parse_export,
)
from rashomon._reading.days import read_day
from rashomon._reading.decoding import UnreadableError
from rashomon._reading.records import Format, InputFile, Item, Note, Record, Reject

_ARTICLE = re.compile(r"(?:[a-z]{2}|zh[a-z]{2})Article")
_HEADLINE = re.compile(r"[a-z]{2,4}Headline")
_PARAGRAPH = re.compile(r"(?:[a-z]{2,4})?articleParagraph", re.IGNORECASE)
_CODE = re.compile(r"[A-Z]{2,3}")
_LENGTH = re.compile(r"(\d[\d.,’'\s]*)\s?[^\W\d_]+")
_TIME = re.compile(r"\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?:\s?[APap]\.?[Mm]\.?)?(?: [A-Z]{2,4})?")
_ID = re.compile(r"\b(?P<id>(?P<code>[A-Z][A-Z0-9]{1,7}?)0*(?:19|20)\d{6}[a-z0-9]{5,12})\b")
_SHORT_CODE = re.compile(r"[A-Z][A-Z0-9]{1,7}")
_PAGE = re.compile(r"(?:pg?\.? ?)?[A-Z]{0,3}-?\d{1,4}(?:[,-] ?[A-Z]{0,3}\d{1,4})*", re.IGNORECASE)
_LANGUAGE = re.compile(r"[^\W\d_]+(?:[ -]+[(（]?[^\W\d_]+[)）]?){0,2}")
_AUTHOR = re.compile(r"(?:by|von|par|por|di|door)\s+(?=\S)", re.IGNORECASE)
_SIGNS = (
    rb"<title>\s*Factiva\s*</title>", rb'class="article [a-z]{2,4}Article"', rb"articleParagraph",
    rb'class=["\'][a-z]{2,4}Headline', rb"fcpNavContainer|gl-navTop|dj_factiva",
    rb"sprite_icons\.gif", rb"Document [A-Z]{2,8}0{2,}(?:19|20)\d{6}",
)  # fmt: skip
_XML_SIGNS = (
    rb"<(?:\w+:)?ppsArticle",
    rb"<(?:\w+:)?accessionNo>",
    rb"global\.factiva\.com",
    rb"distdoc:archive/",
)

# Codes of fields: what they hold, and the zone of their lines.
_FIELDS = {
    "HD": "title", "BY": "author", "SE": "section", "CLM": "section", "WC": "length_declared",
    "PD": "published", "SN": "outlet", "PG": "page", "ED": "edition", "LA": "language", "CY": "rights",
    "AN": "id",
}  # fmt: skip
_ZONES = {
    "HD": "headline", "BY": "byline", "PD": "date_line", "LP": "body", "TD": "body", "ART": "caption",
    "CX": "disclaimer", "CR": "credit",
}  # fmt: skip
_XML_FIELDS = {
    "accessionNo": "id", "baseLanguage": "language", "copyright": "rights", "sourceName": "outlet",
    "publicationDate": "published", "wordCount": "length_declared", "byline": "author", "headline": "title",
    "pages": "page", "edition": "edition", "columnName": "section", "sectionName": "section",
}  # fmt: skip
_XML_ZONES = {
    "headline": "headline", "byline": "byline", "publicationDate": "date_line", "leadParagraph": "body",
    "tailParagraphs": "body", "body": "body", "artWork": "caption", "artwork": "caption",
    "corrections": "disclaimer", "credit": "credit",
}  # fmt: skip
_XML_PARTS = (
    "headline",
    "byline",
    "publicationDate",
    "sourceName",
    "leadParagraph",
    "tailParagraphs",
    "body",
)
_XML_ORDER = {name: place for place, name in enumerate(_XML_PARTS)}
_SKIPPED = frozenset(
    {"logo", "reference", "region", "newsSubject", "industry", "company", "descField", "person"}
)


def read_factiva_html(file: InputFile) -> Iterator[Item]:
    """Read an HTML export of Factiva.

    Parameters
    ----------
    file : InputFile
        With field codes or laid out for display.

    Yields
    ------
    Record, Reject or Note
        One an article.

    Raises
    ------
    UnreadableError
        When there is no article in it, or the page cannot be parsed.
    """
    text, encoding = decode_page(file.read())
    articles = _find_articles(parse_export(text))
    if not articles:
        raise UnreadableError(
            "no article found in what looks like an export of Factiva",
            "export it again, or save the text as .txt",
        )
    ids: list[str] = []
    for position, article in enumerate(articles, 1):
        lines = [line for line in html_lines(article) if line.text]
        rows = _rows_of(article)
        read, fields = _read_fields(rows) if rows else _read_display(lines)
        fields |= {"provider": "Factiva"}
        fields.setdefault("language", _language_of(article))
        ids.append(fields.get("id", ""))
        yield make_record(
            _without_number(read, fields, position), fields, encoding=encoding, position=position
        )
    repeated = sorted({name for name in ids if name and ids.count(name) > 1})
    if repeated:
        yield Note(f"{len(repeated):,} articles are more than once in the export, the first is {repeated[0]}")


def _tokens(element: Any) -> list[str]:
    return str(element.get("class") or "").split()


def _find_articles(root: Any) -> list[Any]:
    """Find the blocks of articles, in order."""
    blocks = [
        each for each in root.iter("div", "article", "section") if any(map(_ARTICLE.fullmatch, _tokens(each)))
    ]
    return choose_blocks([block for block in blocks if _has_content(block)])


def _has_content(article: Any) -> bool:
    tokens = [token for element in article.iter() for token in _tokens(element)]
    return any(_HEADLINE.fullmatch(token) or _PARAGRAPH.fullmatch(token) for token in tokens) or bool(
        _ID.search("".join(article.itertext()))
    )


def _language_of(article: Any) -> str:
    code = next(token for token in _tokens(article) if _ARTICLE.fullmatch(token)).removesuffix("Article")
    return code[:2]


def _rows_of(article: Any) -> list[tuple[str, list[HtmlLine]]]:
    """Read the rows of the layout with field codes; none when it is the other layout."""
    rows = []
    for row in article.iter("tr"):
        cells = [cell for cell in row if cell.tag == "td"]
        if len(cells) == 2:
            code = "".join(cells[0].itertext()).strip()
            if _CODE.fullmatch(code):
                rows.append((code, [line for line in html_lines(cells[1]) if line.text]))
    return rows if len(rows) >= 2 else []


def _read_fields(rows: Sequence[tuple[str, list[HtmlLine]]]) -> tuple[list[ExportLine], dict[str, str]]:
    lines: list[ExportLine] = []
    fields: dict[str, str] = {}
    for code, value in rows:
        text = join_texts(value)
        zone = _ZONES.get(code, "furniture")
        if zone == "body":
            lines += [body_line(line.text) for line in value]
        else:
            lines += [ExportLine(line.text, zone) for line in value]
        name = _FIELDS.get(code, "")
        if name:
            fields.setdefault(name, _clean(name, text))
    return lines, fields


def _without_number(lines: Sequence[ExportLine], fields: dict[str, str], position: int) -> list[ExportLine]:
    """Keep the number that can be put before each headline out of it."""
    number = f"{position}) "
    if not fields.get("title", "").startswith(number):
        return list(lines)
    fields["title"] = fields["title"].removeprefix(number)
    apart: list[ExportLine] = []
    for line in lines:
        if line.zone == "headline" and line.text.startswith(number):
            apart.append(ExportLine(number, "furniture"))
        apart.append(replace(line, text=line.text.removeprefix(number)) if line.zone == "headline" else line)
    return apart


def _clean(name: str, text: str) -> str:
    if name == "id":
        match = _ID.search(text)
        return match["id"] if match else text.rpartition(" ")[2]
    if name == "length_declared":
        return re.sub(r"\D", "", text)
    if name == "author":
        return _AUTHOR.sub("", text, count=1)
    return text


def _read_display(lines: Sequence[HtmlLine]) -> tuple[list[ExportLine], dict[str, str]]:
    """Read the layout without codes: title, author, length, date, outlet, code, language, copyright, text."""
    kinds: list[str] = []
    for i, line in enumerate(lines):
        kinds.append(kinds[-1] if i and line.block is lines[i - 1].block else _kind_of(line))
    foot = max((i for i, line in enumerate(lines) if _is_id_line(line.text)), default=len(lines))
    text = [i for i, kind in enumerate(kinds) if kind == "paragraph"]
    if not text:  # paragraphs without their class
        above = max((i for i in range(foot) if is_rights_line(lines[i].text)), default=foot)
        text = list(range(above + 1, foot))
    first, last = (text[0], text[-1]) if text else (foot, -1)
    fields = {"id": _clean("id", lines[foot].text)} if foot < len(lines) else {}
    stated = _read_top([line.text for line in lines[:first]], kinds[:first], fields.get("id", ""))
    fields |= {name: value for name, value in stated.items() if name != "byline" and value}
    zone_of = {stated.get("byline"): "byline", stated.get("published"): "date_line"}
    read: list[ExportLine] = []
    for i, line in enumerate(lines):
        if kinds[i] == "headline":
            read.append(ExportLine(line.text, "headline"))
        elif first <= i <= last:
            read.append(body_line(line.text))
        else:
            zone = zone_of.get(line.text, "furniture") if i < first else "furniture"
            read.append(ExportLine(line.text, zone))
    return read, fields


def _is_id_line(text: str) -> bool:
    return bool(_ID.search(text)) and len(text.split()) <= 3


def _kind_of(line: HtmlLine) -> str:
    names = line.classes()
    if any(map(_PARAGRAPH.fullmatch, names)):
        return "paragraph"
    element = line.block
    is_article = any(map(_ARTICLE.fullmatch, _tokens(element)))
    inside = [] if is_article else [token for child in element.iter() for token in _tokens(child)]
    if any(map(_HEADLINE.fullmatch, inside)) or element.get("id") == "hd":
        return "headline"
    return "author" if "author" in names else ""


def _read_top(texts: Sequence[str], kinds: Sequence[str], own_id: str) -> dict[str, str]:
    """Read the lines over the text by their form and their order."""
    stated: dict[str, str] = {}
    headlines = [i for i, kind in enumerate(kinds) if kind == "headline"]
    stated["title"] = " ".join(_clean("title", texts[i]) for i in headlines)
    below = [i for i in range(len(texts)) if i not in headlines and (not headlines or i > headlines[0])]
    above = [i for i in range(len(texts)) if headlines and i < headlines[0]]
    stated["section"] = " ".join(texts[i] for i in above)
    date_at = next((i for i in below if _is_date(texts[i])), -1)
    length_at = next((i for i in below if i < date_at and _LENGTH.fullmatch(texts[i])), -1)
    if length_at >= 0:
        stated["length_declared"] = _clean("length_declared", texts[length_at])
    before = [i for i in below if i < (length_at if length_at >= 0 else date_at)]
    by = next((i for i in before if kinds[i] == "author"), before[0] if before else -1)
    if by >= 0:
        stated |= {"byline": texts[by], "author": _clean("author", texts[by])}
    after = [texts[i] for i in below if i > date_at] if date_at >= 0 else []
    if date_at >= 0:
        stated["published"] = texts[date_at]
    if after and _TIME.fullmatch(after[0]):
        after = after[1:]
    return stated | _read_source(after, own_id)


def _is_date(text: str) -> bool:
    return len(text) <= 40 and bool(read_day(text))


def _read_source(after: Sequence[str], own_id: str) -> dict[str, str]:
    """Read what stands under the date: outlet, its code, page, edition, language, copyright."""
    stated = {"outlet": after[0]} if after else {}
    code = _ID.match(own_id)
    rest = list(after[1:])
    known = [text for text in rest if code and text == code["code"]]
    at = (
        rest.index(known[0])
        if known
        else next((i for i, t in enumerate(rest) if _SHORT_CODE.fullmatch(t)), -1)
    )
    rest = rest[at + 1 :]
    rights = next((i for i, text in enumerate(rest) if is_rights_line(text)), len(rest))
    if rights == len(rest) > 1 and re.search(r"(?:19|20)\d\d", rest[-1]):  # a company and a year
        rights -= 1
    if rights < len(rest):
        stated["rights"] = rest[rights]
    middle = rest[:rights]
    if middle and _LANGUAGE.fullmatch(middle[-1]):
        stated["language"] = middle.pop()
    for text in middle:
        stated.setdefault("page" if _PAGE.fullmatch(text) else "edition", text)
    return stated


def read_factiva_xml(file: InputFile) -> Iterator[Item]:
    """Read an XML export of Factiva, one article after the other.

    Parameters
    ----------
    file : InputFile
        As the Factiva service answers.

    Yields
    ------
    Record or Reject
        One an article; a reject also when the file is cut off, or says another number of articles.

    Raises
    ------
    UnreadableError
        When there is no article in it.
    """
    from lxml import etree

    position = declared = 0
    with io.BytesIO(file.read()) as stream:
        events = etree.iterparse(
            stream, events=("start", "end"), resolve_entities=False, no_network=True, huge_tree=False
        )
        try:
            for event, element in events:
                name = _local(element)
                if event == "start":
                    if name.lower() == "ppsarticleresultset":
                        count = str(element.get("count") or "")
                        declared += int(count) if count.isdecimal() else 0
                elif name.lower() == "article":
                    position += 1
                    yield _read_xml_article(element, position)
                    element.clear()
        except etree.XMLSyntaxError:
            yield Reject("the XML is broken or cut off", "export it again", position + 1)
    if not position:
        raise UnreadableError("no article found in what looks like an export of Factiva", "export it again")
    yield from check_count(declared, position)


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _read_xml_article(article: Any, position: int) -> Record | Reject:
    lines: list[ExportLine] = []
    fields: dict[str, str] = {"provider": "Factiva"}
    for child in sorted(article, key=lambda each: _XML_ORDER.get(_local(each), len(_XML_ORDER))):
        name = _local(child)
        paragraphs = [each for each in child.iter() if _local(each) in ("paragraph", "para")]
        texts = ["".join(each.itertext()) for each in paragraphs] or [" ".join(child.itertext())]
        if not name or name in _SKIPPED or not "".join(texts).strip():
            continue
        zone = _XML_ZONES.get(name, "furniture")
        texts = [" ".join(text.split()) for text in texts]
        lines += [body_line(text) if zone == "body" else ExportLine(text, zone) for text in texts if text]
        if name in _XML_FIELDS:
            fields.setdefault(_XML_FIELDS[name], _clean(_XML_FIELDS[name], " ".join(texts)))
    return make_record(lines, fields, encoding="utf-8", position=position)


def _recognizes_html(head: bytes) -> bool:
    head = head.replace(b"\0", b"")
    return sum(bool(re.search(sign, head)) for sign in _SIGNS) >= 2


def _recognizes_xml(head: bytes) -> bool:
    return sum(bool(re.search(sign, head)) for sign in _XML_SIGNS) >= 2


FORMATS = (
    Format("Factiva HTML", (".html", ".htm", ".xhtml"), read_factiva_html, _recognizes_html, ("lxml",)),
    Format("Factiva XML", (".xml",), read_factiva_xml, _recognizes_xml, ("lxml",)),
)
