from __future__ import annotations

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon._formats import feeds
from rashomon._formats.bibliography import read_ris
from rashomon._formats.feeds import is_feed, read_feed
from rashomon._reading.decoding import UnreadableError
from rashomon._reading.records import FIELDS, InputFile, Item, Metadata, Note, Reader, Record, Reject

PROSE = "The ferry sank at noon off the long pier, officials said."


def read(reader: Reader, data: bytes | str) -> list[Item]:
    data = data.encode() if isinstance(data, str) else data
    items = list(reader(InputFile("a", lambda: io.BytesIO(data), len(data))))
    for item in items:
        if isinstance(item, Record):
            assert item.raw.strip()
            assert all(0 <= start < end <= len(item.raw) for start, end, _, _ in item.pins)
        if isinstance(item, Record | Metadata):
            assert set(item.fields) <= set(FIELDS)
            assert all(item.fields.values())
    return items


def reasons(items: list[Item]) -> list[str]:
    return [item.reason for item in items if isinstance(item, Reject)]


RSS = f"""<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet href="a.css"?><!-- saved -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbor Post</title><language>en</language>
<item><title>Ferry &amp; pier</title><link>https://harbor.example/a</link><guid isPermaLink="false">g1</guid>
<dc:creator>Ada Quill</dc:creator><category>Sea</category><category>Town</category>
<pubDate>Fri, 01 Mar 2024 10:00:00 GMT</pubDate><description>Short […]</description>
<content:encoded><![CDATA[<p>{PROSE}</p><p>All got<br>home &amp; dry.</p><style>x</style>]]></content:encoded>
</item><item><title>Second</title><description>Cut off …</description>
<source url="https://o.example">Other Post</source>
</item><item><title>Only a title</title></item></channel></rss>"""


def test_rss() -> None:
    first, second, third = read(read_feed, RSS)
    assert isinstance(first, Record)
    assert first.raw == f"Ferry & pier\n\n{PROSE}\nAll got\nhome & dry."
    assert first.pins == ((0, 12, "headline", "title_field"),)
    assert first.fields == {
        "id": "g1",
        "title": "Ferry & pier",
        "author": "Ada Quill",
        "outlet": "Harbor Post",
        "section": "Sea; Town",
        "language": "en",
        "url": "https://harbor.example/a",
        "published": "Fri, 01 Mar 2024 10:00:00 GMT",
    }
    assert isinstance(second, Record)
    assert second.raw == "Second\n\nCut off …"
    assert (second.fields["outlet"], second.fields["provider"]) == ("Other Post", "Harbor Post")
    assert third == Reject("only a title, no text", "leave it out", 3)


ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Hafenblatt</title>
<entry><title type="html">A &amp;lt; B</title><id>urn:1</id><author><name>Ada</name></author>
<author><name>Bo</name></author><updated>2024-03-02T00:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<h2>Head</h2><p>{PROSE}</p></div></content></entry>
<entry><title>T</title><published>2024-03-01</published><summary type="text">plain &lt;x&gt;
two</summary></entry></feed>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_atom(encoding: str) -> None:
    assert is_feed(ATOM.encode(encoding))
    first, second = read(read_feed, ATOM.encode(encoding))
    assert isinstance(first, Record)
    assert first.raw == f"A < B\n\nHead\n{PROSE}"
    assert first.fields["author"] == "Ada; Bo"
    assert first.fields["language"] == "de"
    assert first.fields["updated"] == "2024-03-02T00:00:00Z"
    assert "published" not in first.fields  # when it was changed is not when it came out
    assert isinstance(second, Record)
    assert second.raw == "T\n\nplain <x>\ntwo"
    assert second.fields["published"] == "2024-03-01"


def test_rdf_dates_by_dublin_core() -> None:
    data = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>R</title></channel>
    <item rdf:about="i"><title>C</title><description>{PROSE}</description><dc:date>2024-03-01</dc:date></item>
    </rdf:RDF>"""
    assert is_feed(data.encode())
    (item,) = read(read_feed, data)
    assert isinstance(item, Record)
    assert item.fields["published"] == "2024-03-01"
    assert "updated" not in item.fields


def test_feed_that_breaks_off_says_so() -> None:
    items = read(read_feed, RSS[: RSS.index("Cut off")])
    assert reasons(items) == ["the feed breaks off inside this item"]
    assert sum(isinstance(item, Record) for item in items) == 1
    items = read(read_feed, RSS[: RSS.index("<item><title>Only")])
    assert reasons(items) == ["the feed breaks off after this item"]
    assert sum(isinstance(item, Record) for item in items) == 2


def test_feed_that_is_no_clean_xml_is_read_and_noted() -> None:
    items = read(read_feed, RSS.replace("</channel>", "<b>&nothing; </channel>"))
    assert isinstance(items[0], Note)
    assert sum(isinstance(item, Record) for item in items) == 2


def test_own_entities_are_not_expanded_and_nothing_is_fetched() -> None:
    for entity in ('"' + "lol" * 30 + '"', 'SYSTEM "file:///dev/null"'):
        head = f"<!DOCTYPE r [<!ENTITY e {entity}>]>"
        body = "<item><title>T</title><description>before &e; after</description></item>"
        items = read(read_feed, f'{head}<rss version="2.0"><channel>{body}</channel></rss>')
        raw = next(item.raw for item in items if isinstance(item, Record))
        assert raw.startswith("T\n\nbefore")
        assert "lol" * 60 not in raw


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "no items in the feed"),
        ("<rss></rss>", "no items in the feed"),
        ("<rss>" + "<a>" * 100_000, "its tags are nested"),
        ("<rss>" + "<a/>" * (feeds.MAX_TAGS + 1), "more than 1,000,000 tags"),
        ("<rss><item " + " ".join(f'a{n}=""' for n in range(100_000)) + "/></rss>", "a tag of more than"),
        ("<rss><item>" + "<![CDATA[" * 100_000, "more than 100 sections that are not closed"),
        ("<rss><item>" + "<!--" * 100_000, "more than 100 sections that are not closed"),
        ("<rss>" + "x" * feeds.MAX_FEED, "too large"),
    ],
)
def test_hopeless_feed_says_why(data: str, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(read_feed, data)
    assert caught.value.reason.startswith(reason)


@pytest.mark.parametrize(
    "head",
    [
        b"<html><p>about rss",
        b"<!--" * 16_000,
        b"<!--a-->" * 8_000,
        b"<?x?>" * 9_000,
        b"plain <rss",
        b"<rssa>",
        b"",
    ],
)
def test_other_files_are_no_feeds(head: bytes) -> None:
    assert not is_feed(head)


@given(
    st.lists(st.sampled_from(["<item>", "</item>", "<title>", "</title>", "x", "&amp;", "<p>", "<![CDATA["]))
)
def test_any_feed_gives_items_or_a_reason(pieces: list[str]) -> None:
    with contextlib.suppress(UnreadableError):
        read(read_feed, f"<rss><channel>{''.join(pieces)}</channel></rss>")


RIS = f"""TY  - NEWS
TI  - Ferry sinks
AU  - Quill, Ada
AU  - Rowe, Bo
T2  - Harbor Post
DA  - 2024/03/01/
PY  - 2024
Y2  - 2025/01/02/
AB  - {PROSE}
on two lines
LA  - en
SP  - 3
UR  - https://harbor.example/a;b
L1  - files/12/Ferry.pdf
L2  - files/13/Ferry page.html
L4  - https://harbor.example/a.jpg
ER  -

TY  - NEWS
ER  -

TY  - NEWS
TI  - Never ended
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_ris(end: str) -> None:
    note, first, second, third = read(read_ris, ("\ufeff" + RIS).replace("\n", end))
    assert isinstance(note, Note)
    assert first == Metadata(
        {
            "title": "Ferry sinks",
            "author": "Quill, Ada; Rowe, Bo",
            "outlet": "Harbor Post",
            "published": "2024/03/01/",
            "retrieved": "2025/01/02/",
            "language": "en",
            "page": "3",
            "url": "https://harbor.example/a;b",
        },
        ("Ferry.pdf", "Ferry page.html"),
        1,
    )
    assert second == Reject("the reference names no article, file or address", "leave it out", 2)
    assert third == Reject("the reference is cut off or broken", "export the bibliography again as RIS", 3)


@pytest.mark.parametrize("data", ["", "no bibliography at all"])
def test_what_is_no_ris_says_so(data: str) -> None:
    with pytest.raises(UnreadableError, match="holds no reference"):
        read(read_ris, data)


LINES = [
    "TY  - NEWS",
    "TI  - a",
    "AU  - b",
    "UR  - c",
    "L1  - d",
    "XX  - e",
    "ER  - ",
    "ER  -",
    "go on",
    "",
    "KW  - f",
]


@given(st.lists(st.sampled_from(LINES)))
def test_any_bibliography_gives_references_or_a_reason(lines: list[str]) -> None:
    data = "\n".join(lines)
    with contextlib.suppress(UnreadableError):
        items = read(read_ris, data)
        assert sum(isinstance(item, Metadata | Reject) for item in items) >= sum(
            line.startswith("ER") for line in lines
        )


def test_half_a_character_is_a_reason() -> None:
    feed = RSS.replace("Ferry", "Ferry &#xD800; \ud800", 1).encode("utf-8", "surrogatepass")
    with contextlib.suppress(UnreadableError):
        assert all("\ud800" not in item.raw for item in read(read_feed, feed) if isinstance(item, Record))
