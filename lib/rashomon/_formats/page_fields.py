"""Give the fields of an article that a web page states: title, author, outlet, language, address, dates."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit

from rashomon._formats.page_alignment import squeeze
from rashomon._formats.page_data import first_text, texts_of
from rashomon._formats.page_dates import PageDate, choose_dates, date_of_element, page_dates
from rashomon._formats.page_lines import PageLine
from rashomon._reading.marks import find_byline

_SITE_AFTER = re.compile(r"\s+(?:[|–—·•»«:]|-{1,2}|::)\s+")
_ADDRESS = re.compile(r"https?://|www\.|^@|\S@\S")
_MAX_DATES = 20  # a page with more shows those of others
_OPENING = 3  # paragraphs among which the by-line can stand
_MAX_NAME = 200  # characters


def titles_of(root: Any, node: Mapping[str, Any], meta: Mapping[str, Sequence[str]]) -> list[str]:
    """Collect what the page's data call the article.

    Parameters
    ----------
    root : lxml element
        The page.
    node : mapping
        What its JSON-LD says of the article.
    meta : mapping of str to sequence of str
        Its meta elements.

    Returns
    -------
    list of str
        The surest first: of JSON-LD, for sharing, of the window, the last also without the site's name.

    Examples
    --------
    >>> from rashomon._formats.page_markup import parse_page
    >>> titles_of(parse_page("<title>Ferry sinks | The Example</title><p>x"), {}, {})
    ['Ferry sinks | The Example', 'Ferry sinks']
    """
    element = root.find(".//head/title")
    window = " ".join("".join(element.itertext()).split()) if element is not None else ""
    found = [
        first_text(dict(node), "headline", "name"),
        *(meta.get(key, [""])[0] for key in ("og:title", "twitter:title")),
    ]
    found = [part for title in [*found, window] for part in (title, _without_site(title))]
    return list(dict.fromkeys(title for title in found if title))


def _without_site(title: str) -> str:
    """Leave out the name of the site after the last mark between spaces, unless it is the longer part."""
    marks = list(_SITE_AFTER.finditer(title))
    for mark in reversed(marks):
        if len(title) - mark.end() <= mark.start():
            title = title[: mark.start()]
    return title


def fields_of(
    root: Any,
    node: Mapping[str, Any],
    meta: Mapping[str, Sequence[str]],
    lines: Sequence[PageLine],
    labels: Sequence[tuple[str, str]],
    *,
    url: str,
) -> dict[str, str]:
    """Give what a page states about its article.

    Parameters
    ----------
    root : lxml element
        The page.
    node : mapping
        What its JSON-LD says of the article.
    meta : mapping of str to sequence of str
        Its meta elements.
    lines : sequence of PageLine
        What it shows.
    labels : sequence of (zone, reason)
        One a line.
    url : str
        Where it was found; empty when unknown.

    Returns
    -------
    dict of str to str
        Keys of `FIELDS`, values as written, none empty.

    Examples
    --------
    >>> from rashomon._formats.page_markup import parse_page
    >>> fields_of(parse_page("<html lang=en><p>x"), {}, {}, [], [], url="https://www.example.com/a")
    {'outlet': 'example.com', 'language': 'en', 'url': 'https://www.example.com/a'}
    """

    def first(*names: str) -> str:
        return next((meta[name][0] for name in names if name in meta), "")

    data = dict(node)
    zones = [zone for zone, _ in labels]
    shown = [line.text for line, zone in zip(lines, zones, strict=True) if zone == "headline"]
    titles = titles_of(root, node, meta)
    canonical = root.find(".//link[@rel='canonical']")
    address = (canonical.get("href") if canonical is not None else "") or first("og:url") or url
    try:
        address = urljoin(url, address.strip()) if url else address.strip()
    except ValueError:  # a host such as [x, which is no address
        address = address.strip()
    language = (root.get("lang") or first("og:locale", "content-language", "dc.language", "language")).strip()
    standfirst = [line.text for line, zone in zip(lines, zones, strict=True) if zone == "subheadline"]
    dates = page_dates(root, node=node, meta=meta, url=address, language=language)
    dates += _shown_dates(lines, labels, language)
    published, updated = choose_dates(dates)
    fields = {
        "title": " ".join(shown) or (_without_site(titles[0]) if titles else ""),
        "subtitle": standfirst[0] if standfirst else "",
        "author": _authors_of(data, meta, lines, zones),
        "outlet": first("og:site_name")
        or first_text(data, "publisher")
        or first("application-name", "dc.publisher"),
        "section": first("article:section")
        or first_text(data, "articleSection")
        or first("section", "parsely-section"),
        "language": language,
        "rights": first("copyright", "dc.rights", "dcterms.rights", "rights")
        or first_text(data, "copyrightNotice", "license"),
        "url": address,
        "published": published,
        "updated": updated,
    }
    if not fields["outlet"] or _ADDRESS.search(fields["outlet"]):
        fields["outlet"] = (_host_of(address) or fields["outlet"]).removeprefix("www.")
    return {key: value for key, value in fields.items() if value}


def _host_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # no address at all
        return ""


def _shown_dates(
    lines: Sequence[PageLine], labels: Sequence[tuple[str, str]], language: str
) -> list[PageDate]:
    """Read the dates in the lines that were found to be dates and by-lines, over the text and under it."""
    found: list[PageDate] = []
    text = [i for i, (zone, _) in enumerate(labels) if zone == "body"] or [len(lines)]
    for i, (line, (zone, _)) in enumerate(zip(lines, labels, strict=True)):
        # A day inside the text is that of an entry in a chronicle or a live blog.
        is_inside = text[:_OPENING][-1] < i < text[-1]
        if zone in {"date_line", "byline"} and not is_inside and len(found) < _MAX_DATES:
            found += date_of_element(line.block, line.text, language, "date_line")
    return found


def _authors_of(
    node: dict[str, Any], meta: Mapping[str, Sequence[str]], lines: Sequence[PageLine], zones: Sequence[str]
) -> str:
    names = texts_of(node.get("author"))
    names = (
        names
        or [
            name
            for key in (
                "author",
                "article:author",
                "byl",
                "parsely-author",
                "sailthru.author",
                "dc.creator",
                "citation_author",
            )
            for name in meta.get(key, ())
        ][: 1 if "citation_author" not in meta else None]
    )
    names = [name for name in names if not _ADDRESS.search(name)] or [
        find_byline(line.text) or line.text
        for line, zone in zip(lines, zones, strict=True)
        if zone == "byline"
    ][:1]
    cleaned = {squeeze(name): (find_byline(name) or name)[:_MAX_NAME] for name in names if squeeze(name)}
    return "; ".join(cleaned.values())
