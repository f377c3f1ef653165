"""Find when a page says its article was published, and weigh what it says in different places.

What a publisher's own system writes into the data of the page is the strongest, when it speaks of this very
article. A day in the address is set once. A lone `time` element can be the clock of the page or of a teaser,
so it counts only beside the headline or in the by-line. Where the strong ones differ and nothing tells which
is right, the day is unknown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rashomon._formats.page_data import find_article_node, meta_values, texts_of
from rashomon._formats.page_markup import names_of
from rashomon._reading.days import read_day

_PUBLISHED_NAMES = (
    "article:published_time", "article:published", "datepublished", "og:article:published_time",
    "og:published_time", "og:pubdate", "parsely-pub-date", "sailthru.date", "dc.date.issued",
    "dcterms.issued", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
    "citation_publication_date", "citation_online_date", "publishdate", "publish-date", "publish_date",
    "publication_date", "publication-date", "published", "published_date", "published-date",
    "published_time", "published_at", "pubdate", "pub_date", "date_published", "article_date_original",
    "article.published", "originalpublicationdate", "shareaholic:article_published_time",
    "rnews:datepublished", "bt:pubdate", "dcsext.articlefirstpublished", "article-publication-date",
    "iso-8601-publish-date", "vr:published_time", "weibo:article:create_at",
)  # fmt: skip
_DATE_NAMES = (  # mostly the day of publication, sometimes that of the page
    "date", "dc.date", "dcterms.date", "dc.date.created", "dc.created", "dcterms.created",
    "article.created", "created", "createdate", "creation_date", "displaydate", "date.release", "doc_date",
    "pdate",
)  # fmt: skip
_MODIFIED_NAMES = (
    "article:modified_time", "article:modified", "datemodified", "og:updated_time", "og:modified_time",
    "dcterms.modified", "dc.date.modified", "dc.modified", "lastmod", "last-modified", "last_modified",
    "revised", "modified", "article:updated_time", "article.updated", "updated", "last-updated",
    "dateupdated", "parsely-mod-date",
)  # fmt: skip
_IN_ADDRESS = re.compile(
    r"[/_-]((?:19|20)\d\d)([/_-]?)(0[1-9]|1[0-2]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))\2"
    r"(0[1-9]|[12]\d|3[01])(?=\D|$)"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PUBLISHED_MARKS = frozenset(
    {"published", "publish", "publication", "pubdate", "posted", "created", "datepublished"}
)
_MODIFIED_MARKS = frozenset({"modified", "updated", "update", "datemodified", "edited"})
_UPDATE = re.compile(
    r"updat|modif|edited|corrected|aktualis|geändert|mise? à jour|actualiz|aggiorn|atualiz|bijgewerkt"
    r"|gewijzigd|обновл",
    re.IGNORECASE,
)
_PLACEHOLDERS = frozenset({"1970-01-01", "1900-01-01", "1980-01-01", "2000-01-01"})
_TIERS = (("json_ld", "meta"), ("meta_date", "itemprop"), ("address", "time_element", "date_line"))
_MONTH_FIRST = frozenset({"en-us", "en-ph"})


@dataclass(frozen=True, slots=True)
class PageDate:
    """A date that a page states: where, the value as written, its day, and whether it is an update's."""

    kind: str
    value: str
    day: str
    is_update: bool = False


def page_dates(
    root: Any,
    *,
    node: Mapping[str, Any] | None = None,
    meta: Mapping[str, Sequence[str]] | None = None,
    url: str = "",
    language: str = "",
) -> list[PageDate]:
    """Collect the dates that a page states about its article, outside the running text.

    Parameters
    ----------
    root : lxml element
        The page.
    node : mapping, optional
        What its JSON-LD says of the article, where that is known already.
    meta : mapping of str to sequence of str, optional
        Its meta elements, where they are known already.
    url : str
        Its address.
    language : str
        As the page states it: en-US says how 3/4/2024 is meant.

    Returns
    -------
    list of PageDate
        The strongest kinds first; a value without a day is left out.

    Examples
    --------
    >>> from rashomon._formats.page_markup import parse_page
    >>> root = parse_page('<time itemprop="datePublished" datetime="2024-10-24T08:00Z">today</time>')
    >>> [found.day for found in page_dates(root)]
    ['2024-10-24']
    """
    node = find_article_node(root, []) if node is None else node
    meta = meta_values(root) if meta is None else meta
    found: list[tuple[str, str, bool]] = []
    for keys, is_update in (
        (("datePublished", "dateCreated", "uploadDate"), False),
        (("dateModified",), True),
    ):
        found += [("json_ld", value, is_update) for key in keys for value in texts_of(node.get(key))[:1]][:1]
    for kind, names, is_update in (
        ("meta", _PUBLISHED_NAMES, False),
        ("meta_date", _DATE_NAMES, False),
        ("meta", _MODIFIED_NAMES, True),
    ):
        found += [(kind, value, is_update) for name in names for value in meta.get(name, ())[:1]]
    stated: set[bool] = set()
    for element in root.iterfind(".//*[@itemprop]"):
        marks = element.get("itemprop").lower().split()
        is_update = "datemodified" in marks
        if element.tag == "meta" or is_update in stated or not (is_update or "datepublished" in marks):
            continue
        stated.add(is_update)  # the first is the article's, later ones are those of a list of others
        value = element.get("datetime") or element.get("content") or "".join(element.itertext())[:200]
        found.append(("itemprop", value, is_update))
    address = day_in_address(url)
    if address:
        found.append(("address", address, False))
    dates = []
    for kind, value, is_update in found:
        day = day_of(value, language)
        if day and day not in _PLACEHOLDERS:
            dates.append(PageDate(kind, " ".join(value.split()), day, is_update))
    return dates


def day_of(value: str, language: str) -> str:
    """Read a day as a page in that language means it.

    Parameters
    ----------
    value : str
        As written.
    language : str
        As the page states it, with its country where it does.

    Returns
    -------
    str
        ISO 8601; empty when unknown.

    Examples
    --------
    >>> day_of("3/4/2024", "en-US"), day_of("3/4/2024", "en-GB"), day_of("3/4/2024", "en")
    ('2024-03-04', '2024-04-03', '')
    """
    locale = language.lower().replace("_", "-")
    day_first = False if locale in _MONTH_FIRST else True if locale and locale != "en" else None
    return read_day(value.strip()[:200], language=locale[:2], day_first=day_first)


def day_in_address(url: str) -> str:
    """Find the day in the address of a page.

    Parameters
    ----------
    url : str
        The address.

    Returns
    -------
    str
        ISO 8601; empty when the address has none, or more than one.

    Examples
    --------
    >>> day_in_address("https://example.com/world/2024/10/24/ferry-sinks")
    '2024-10-24'
    """
    path = re.sub(r"^\w+://[^/]*", "", url.lower()).partition("?")[0]
    days = set()
    for year, _, month, day in _IN_ADDRESS.findall(path):
        number = int(month) if month.isdigit() else _MONTHS.index(month) + 1
        try:
            days.add(date(int(year), number, int(day)).isoformat())
        except ValueError:
            continue
    return days.pop() if len(days) == 1 else ""


def date_of_element(block: Any, text: str, language: str, kind: str) -> list[PageDate]:
    """Read the date of a line that stands beside the headline or in the by-line.

    Parameters
    ----------
    block : lxml element
        The block of the line.
    text : str
        The line.
    language : str
        As the page states it.
    kind : str
        Kind to give a date that only the words of the line state.

    Returns
    -------
    list of PageDate
        What its `time` elements state, else what the line itself says; empty when neither has a day.

    Examples
    --------
    >>> from rashomon._formats.page_markup import parse_page
    >>> block = parse_page("<p>Updated 24 October 2024</p>").find(".//p")
    >>> date_of_element(block, "Updated 24 October 2024", "en", "date_line")
    [PageDate(kind='date_line', value='Updated 24 October 2024', day='2024-10-24', is_update=True)]
    """
    found = []
    for element in block.iter("time", "relative-time"):
        written = "".join(element.itertext())[:200]
        value = element.get("datetime") or written
        day = day_of(value, language)
        if day and day not in _PLACEHOLDERS:
            before = f"{written} {text[: max(0, text.find(written.strip()))][-30:]}"
            names = names_of(element) | names_of(block)
            is_update = bool(_UPDATE.search(before)) or bool(
                names & _MODIFIED_MARKS and not names & _PUBLISHED_MARKS
            )
            found.append(
                PageDate("time_element", value.strip(), day, is_update and "pubdate" not in element.attrib)
            )
    if not found and any(map(str.isdigit, text)):
        day = day_of(text, language)
        if day and day not in _PLACEHOLDERS:
            found.append(PageDate(kind, text[:200], day, bool(_UPDATE.search(text))))
    return found


def choose_dates(dates: Sequence[PageDate]) -> tuple[str, str]:
    """Weigh the dates of a page.

    Parameters
    ----------
    dates : sequence of PageDate
        The strongest kinds first.

    Returns
    -------
    published, updated : str
        Values as written; empty when the page does not say, or says several things.

    Examples
    --------
    >>> first = PageDate("json_ld", "2024-10-24T08:00:00Z", "2024-10-24")
    >>> choose_dates([first, PageDate("meta", "2024-10-29", "2024-10-29", is_update=True)])
    ('2024-10-24T08:00:00Z', '2024-10-29')
    """
    updates = [found for found in dates if found.is_update]
    updated = updates[0].value if updates else ""
    published = [found for found in dates if not found.is_update]
    tiers = [[found for found in published if found.kind in kinds] for kinds in _TIERS]
    return _choose(tiers, {found.day for found in updates}), updated


def _choose(tiers: list[list[PageDate]], updates: set[str]) -> str:
    """Choose from the first tier that has dates; those after it are its witnesses."""
    while len(tiers) > 1 and not tiers[0]:
        tiers = tiers[1:]
    strong, witnesses = tiers[0], [found for tier in tiers[1:] for found in tier]
    if len(tiers) == 1:
        return _choose_weak(strong)
    if _agree(strong):
        # One place of the page's data against two others that agree, as after a site was moved.
        lone = len(strong) == 1 and not any(_are_near(strong[0], other) for other in witnesses)
        outvoted = lone and len(witnesses) >= 2 and _agree(witnesses)
        return (witnesses if outvoted else strong)[0].value
    for others in (witnesses, [found for found in strong if found.day not in updates]):
        agreed = [found for found in strong if any(_are_near(found, other) for other in others)]
        if agreed and _agree(agreed):
            return agreed[0].value
    votes = Counter(found.day for found in strong).most_common(2)
    return (
        next(found.value for found in strong if found.day == votes[0][0])
        if votes[0][1] >= 2 * votes[1][1]
        else ""
    )


def _choose_weak(weak: list[PageDate]) -> str:
    address = next((found for found in weak if found.kind == "address"), None)
    if address is not None:
        return next(
            (found.value for found in weak if found.day == address.day and found is not address),
            address.value,
        )
    return weak[0].value if weak and _agree(weak) else ""


def _agree(dates: Sequence[PageDate]) -> bool:
    return all(_are_near(dates[0], other) for other in dates)


def _are_near(one: PageDate, other: PageDate) -> bool:
    """Tell whether two dates are a day apart at most: time zones and editors' midnight."""
    return abs((date.fromisoformat(one.day) - date.fromisoformat(other.day)).days) <= 1
