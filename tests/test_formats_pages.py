"""Reading saved web pages: which lines are the article, what the page states, pages made to break it."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from toy_pages import PAGES, PARAGRAPHS, TITLE, ToyPage

from rashomon._formats import page_lines, page_main_text
from rashomon._formats.page_lines import render_lines
from rashomon._formats.page_markup import parse_page
from rashomon._formats.pages import FORMATS, page_record, read_page
from rashomon._reading.articles import describe_text
from rashomon._reading.decoding import UnreadableError
from rashomon._reading.files import RawDocument
from rashomon._reading.records import FIELDS, InputFile, Record
from rashomon.tables import VOCABULARIES

SENTENCE = "The harbor bridge will close to all traffic for nine weeks from Monday. "
ZONES = set(VOCABULARIES["zone"])


def zones_of(record: Record) -> dict[str, str]:
    return {record.raw[start:end]: zone for start, end, zone, _ in record.pins}


def lines_in(record: Record, zone: str) -> list[str]:
    return [record.raw[start:end] for start, end, found, _ in record.pins if found == zone]


def check(record: Record) -> None:
    """Every line has one pin, in order, and nothing else has; every field is known and not empty."""
    lines = record.raw.split("\n")
    assert [record.raw[start:end] for start, end, _, _ in record.pins] == lines
    assert all(
        line.strip() and zone in ZONES and reason
        for line, (_, _, zone, reason) in zip(lines, record.pins, strict=True)
    )
    assert set(record.fields) <= set(FIELDS)
    assert all(record.fields.values())
    record.raw.encode("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_lines_of_a_page_have_their_zones(page: ToyPage) -> None:
    record = page_record(page.markup)
    check(record)
    zones = zones_of(record)
    assert {text: zones.get(text) for text in page.texts} == dict.fromkeys(page.texts, "body")
    assert {text: zones.get(text) for text, _ in page.zones} == dict(page.zones)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_nothing_around_the_article_is_in_it(page: ToyPage) -> None:
    record = page_record(page.markup)
    article = " ".join(
        line
        for zone in ("body", "section_heading", "subheadline", "caption")
        for line in lines_in(record, zone)
    )
    for phrase in (
        "About us",
        "Sport",
        "Northern tunnel: why",
        "forty years",
        "cookies",
        "Share this",
        "Subscribe",
        "JavaScript",
    ):
        assert phrase not in article


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_fields_are_what_the_page_states(page: ToyPage) -> None:
    fields = page_record(page.markup).fields
    assert {key: fields.get(key) for key in page.fields} == page.fields


def test_page_is_read_from_bytes_as_it_says_itself() -> None:
    text = f'<meta charset="windows-1251"><h1>Мост закрыт</h1><p>{"Мост закрыт на девять недель. " * 4}</p>'
    record = page_record(text.encode("cp1251"))
    assert lines_in(record, "headline") == ["Мост закрыт"]
    assert record.encoding == "cp1251"


def test_what_the_server_says_of_the_encoding_comes_first() -> None:
    text = f"<meta charset=utf-8><p>{'Über die Brücke führt neun Wochen lang keine Straße. ' * 3}</p>"
    assert "Brücke" in page_record(text.encode("cp1252"), declared="windows-1252").raw


def test_format_reads_a_file() -> None:
    data = PAGES[0].markup.encode()
    (record,) = list(read_page(InputFile("a.html", lambda: io.BytesIO(data), len(data))))
    assert isinstance(record, Record)
    assert record.position is None
    assert {ending for each in FORMATS for ending in each.endings} == {".html", ".htm", ".xhtml"}


def test_rendering_is_that_of_a_browser() -> None:
    markup = (
        "<p>One  two\n three<br>four <b>fi</b>ve</p><script>x()</script><p "
        "hidden>six</p><div>seven<p>eight</div>"
        "<table><tr><td>9</td><td>10</td></tr><tr><td><p>eleven</p></td><td>twelve</td></tr></table>"
        "<p>thir<!-- -->teen&nbsp;&shy;fourteen <span style='display: none'>no</span></p><pre>a\n  b</pre>"
    )
    lines = render_lines(parse_page(markup))
    shown = [line.text for line in lines if not line.is_hidden]
    assert shown == [
        *(
            "One two three",
            "four five",
            "seven",
            "eight",
            "9\t10",
            "eleven",
            "twelve",
            "thirteen fourteen",
            "a",
            "b",
        ),
    ]
    assert [line.text for line in lines if line.is_hidden] == ["six"]


def test_article_that_is_not_shown_is_read_all_the_same() -> None:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    record = page_record(f"<h1>{TITLE}</h1><div class=story style='display:none'>{body}</div><p>Loading</p>")
    assert lines_in(record, "body") == list(PARAGRAPHS)


def test_paragraph_that_stands_twice_is_article_once() -> None:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    teaser = f"<div class=teaser><a href=/a><h3>{TITLE}</h3><p>{PARAGRAPHS[0]}</p></a></div>"
    record = page_record(
        f"<title>{TITLE}</title>{teaser}<main><article><h1>{TITLE}</h1>{body}</article></main>"
    )
    assert lines_in(record, "body") == list(PARAGRAPHS)
    assert lines_in(record, "headline") == [TITLE]


def test_data_of_another_article_do_not_replace_the_text() -> None:
    other = {
        "@type": "NewsArticle",
        "headline": "Another story",
        "articleBody": "Snow fell on the northern hills. " * 20,
    }
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    record = page_record(
        "<script "
        f'type="application/ld+json">{json.dumps(other)}</script><article><h1>{TITLE}</h1>{body}</article>'
    )
    assert lines_in(record, "body") == list(PARAGRAPHS)
    assert "Snow" not in record.raw


def test_end_of_the_data_is_the_end_of_the_article() -> None:
    node = {"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n".join(PARAGRAPHS)}
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    trailer = "<p>Jon Felde writes about the harbor and has lived in Orveth for thirty years.</p>"
    data = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    without, with_data = (
        page_record(f"{d}<article><h1>{TITLE}</h1>{body}{trailer}</article>") for d in ("", data)
    )
    assert len(lines_in(without, "body")) == len(PARAGRAPHS) + 1
    assert lines_in(with_data, "body") == list(PARAGRAPHS)


def article(*blocks: str) -> Record:
    return page_record(
        f"<nav><a href=/>Home</a></nav><main><article><h1>{TITLE}</h1>{''.join(blocks)}</article></main>"
    )


PARAGRAPH = [f"<p>{text}</p>" for text in PARAGRAPHS]


@pytest.mark.parametrize(
    ("block", "text", "zone"),
    [
        (
            "<p class=toolbar-first>It was a quiet day on the river, and no one was hurt.</p>",
            "It was a quiet",
            "body",
        ),
        (
            "<blockquote><p>We will be back before the winter comes.</p></blockquote>",
            "We will be back",
            "body",
        ),
        ("<p><a href=/x>Also read: Ferry line to the islands opens late</a></p>", "Also read", "teaser"),
        (
            "<ul><li><a href=/x>Ferry opens a month late</a></li><li><a href=/y>Ten quiet "
            "walks</a></li></ul>",
            "Ferry",
            "",
        ),
        ("<p><b>What it costs</b></p>", "What it costs", "section_heading"),
        ("<p>Advertisement</p>", "Advertisement", "furniture"),
        ("<h3>What it costs</h3>", "What it costs", "section_heading"),
        (
            "<figure><figcaption>The bridge at night, from the south.</figcaption></figure>",
            "The bridge",
            "caption",
        ),
        (
            "<div class=newsletter-box><p>Every morning at six, the news in your mailbox.</p></div>",
            "Every",
            "furniture",
        ),
    ],
)
def test_block_between_paragraphs_is_told_from_them(block: str, text: str, zone: str) -> None:
    record = article(*PARAGRAPH[:3], block, *PARAGRAPH[3:])
    (found,) = {zone for line, zone in zones_of(record).items() if line.startswith(text)}
    assert found == zone if zone else found not in {"body", "section_heading"}
    assert lines_in(record, "headline") == [TITLE]


def test_heading_with_no_text_under_it_is_of_another_list() -> None:
    record = article(*PARAGRAPH, "<h3>Other stories</h3><ul><li><a href=/a>Ten quiet walks</a></ul>")
    assert lines_in(record, "section_heading") == []


def test_marked_body_is_the_article_when_the_extractor_misses_it() -> None:
    record = page_record(
        f"<h1>{TITLE}</h1><div class='sidebar-menu' itemprop=articleBody>{''.join(PARAGRAPH)}</div>"
        f"<div class=content><p>{SENTENCE}</p></div>"
    )
    assert set(PARAGRAPHS) <= set(lines_in(record, "body"))


@pytest.mark.parametrize(
    ("head", "headings", "headline"),
    [
        ("<title>Ferry sinks | Courier</title>", "<h1>Courier</h1><h2>Ferry sinks</h2>", ["Ferry sinks"]),
        ("<title>Ferry sinks</title>", "<h1>Ferry<br>sinks</h1>", ["Ferry", "sinks"]),
        ("", "<h1>Courier</h1><h1>Ferry sinks off the coast</h1>", ["Ferry sinks off the coast"]),
        ("<title>Courier</title>", "<p><b>Ferry Sinks Off the Coast</b></p>", ["Ferry Sinks Off the Coast"]),
        ("<title>Courier</title>", "", []),
    ],
)
def test_headline_is_the_heading_that_the_page_names(head: str, headings: str, headline: list[str]) -> None:
    record = page_record(f"<head>{head}</head><body>{headings}<div>{''.join(PARAGRAPH)}</div></body>")
    assert lines_in(record, "headline") == headline


@pytest.mark.parametrize(
    "markup",
    [
        "",
        " \n ",
        "<html><body></body></html>",
        "<!-- only a comment -->",
        "<nav><a href=/>Home</a><a href=/n>News</a></nav><p>Page not found</p>",
        "<ul>"
        + "".join(f"<li><a href=/{n}>A headline of the day that leads to a story</a></li>" for n in range(40))
        + "</ul>",
        "<frameset cols='20%,80%'><frame src=a.html><frame src=b.html></frameset>",
        "<script>document.write('<p>" + SENTENCE * 9 + "')</script>",
    ],
)
def test_page_without_an_article_is_refused(markup: str) -> None:
    with pytest.raises(UnreadableError, match=r"no article text|empty|no content") as caught:
        page_record(markup)
    assert caught.value.action


def test_cut_off_page_gives_what_it_has() -> None:
    markup = PAGES[0].markup
    record = page_record(markup[: markup.index("Shop owners") + 40])
    check(record)
    assert lines_in(record, "body")[:4] == list(PARAGRAPHS[:4])
    assert lines_in(record, "body")[-1].startswith("Shop owners")


HOSTILE = {
    "nested": ("<div>" * 100_000 + SENTENCE, "nested"),
    "attributes": ("<p " + " ".join(f"a{n}" for n in range(100_000)) + ">x", "attributes"),
    "attributes with brackets": ("<p " + " ".join(f"a{n}='><'" for n in range(10_000)) + ">x", "attributes"),
    "few attributes, many tags": ("<p " + "a=1 b=2 " * 200 + ">", ""),
    "brackets": ("<" * 1_000_001, "tags"),
    "no character": ("<p>The ferry\0 sank \ud800 on Monday &#xd800;&#0; and all got home safely.", ""),
    "unclosed": ("<p>" + SENTENCE + "<b><i><table><a href='", ""),
    "plaintext": (f"<p>{SENTENCE}</p><plaintext><p>{SENTENCE}", ""),
    "conditional": (f"<!--[if IE]><p>Old</p><![endif]--><![if !IE]><p>{SENTENCE}</p><![endif]>", ""),
    "embedded picture": (f"<p>{SENTENCE}</p><img src='data:image/png;base64,{'A' * 2_000_000}'>", ""),
    "deep data": (f"<script type='application/ld+json'>{'[' * 100_000}</script><p>{SENTENCE}</p>", ""),
    "wrong data": (f"<script type='application/ld+json'>{{'@type': 3}}</script><p>{SENTENCE}</p>", ""),
    "odd data": (
        '<script type="application/ld+json">{"@type": ["NewsArticle", null], "headline": [4], "author": '
        '{"name": {}},'
        f' "datePublished": [{{}}], "articleBody": [1]}}</script><p>{SENTENCE}</p>',
        "",
    ),
    "entities": (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]><html xmlns='
        f'"http://www.w3.org/1999/xhtml"><head><title/><script src="x"/></head><body><p>{SENTENCE} '
        "&b;</p></body></html>",
        "",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_page_is_an_article_or_refused(name: str) -> None:
    markup, reason = HOSTILE[name]
    if reason:
        with pytest.raises(UnreadableError, match=reason):
            page_record(markup)
    elif name != "few attributes, many tags":
        record = page_record(markup)
        check(record)
        assert any(zone == "body" for *_, zone, _ in record.pins)
        assert "aaaaaaaa" not in record.raw
        assert "Old" not in record.raw


def test_utf16_without_a_mark_is_read() -> None:
    assert SENTENCE.strip() in page_record(f"<p>{SENTENCE * 4}</p>".encode("utf-16-le")).raw


def test_page_past_the_limits_of_extraction_is_read_by_its_densest_block(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(page_main_text, "MAX_EXTRACTED_LENGTH", 100)
    menu = "<ul>" + "<li><a href=/>A link to one more story of the day</a></li>" * 30 + "</ul>"
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    record = page_record(f"{menu}<div><h1>{TITLE}</h1>{body}</div><div><p>{SENTENCE}</p></div>")
    assert lines_in(record, "body") == list(PARAGRAPHS)
    assert {reason for *_, zone, reason in record.pins if zone == "body"} == {"densest_block"}


def test_page_of_too_many_lines_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_lines, "MAX_LINES", 50)
    with pytest.raises(UnreadableError, match="50 lines"):
        page_record(f"<p>{SENTENCE}</p>" * 51)


@pytest.mark.parametrize(
    ("head", "fields"),
    [
        ("<title>Ferry sinks - Courier</title>", {"title": "Ferry sinks"}),
        ("<meta property='og:site_name' content='The Courier'>", {"outlet": "The Courier"}),
        ("<link rel=canonical href='https://www.courier.example/a'>", {"outlet": "courier.example"}),
        ("<meta name=author content='Jon Felde'>", {"author": "Jon Felde"}),
        ("<meta name=author content='https://www.example.com/felde'>", {}),
        ("<meta name=copyright content='Courier 2024'>", {"rights": "Courier 2024"}),
        ("<meta property='article:section' content=City>", {"section": "City"}),
        ("<meta name=date content='1970-01-01'>", {}),
    ],
)
def test_fields_of_the_head(head: str, fields: dict[str, str]) -> None:
    stated = page_record(f"<html><head>{head}</head><body><p>{SENTENCE * 3}</p></body></html>").fields
    assert {key: stated.get(key) for key in fields} == fields
    assert "published" not in stated
    if not fields:
        assert "author" not in stated


PIECES = (
    f"<p>{SENTENCE}</p>",
    "<div>",
    "</div>",
    "<h1>",
    "<a href=x>",
    "<td>",
    "<",
    "&amp",
    "</p",
    "\0",
    "<!--",
)


@given(st.lists(st.sampled_from(PIECES), max_size=30))
@settings(max_examples=80, deadline=None)
def test_any_markup_is_an_article_or_refused(pieces: list[str]) -> None:
    try:
        record = page_record("".join(pieces))
    except UnreadableError:
        return
    check(record)


def test_reading_is_deterministic() -> None:
    assert [page_record(page.markup) for page in PAGES] == [page_record(page.markup) for page in PAGES]


def test_an_address_that_is_none_is_kept_as_written() -> None:
    page = (
        f'<link rel="canonical" href="http://[x"><h1>Ferry sinks</h1><p>{"The ferry sank at noon. " * 5}</p>'
    )
    assert page_record(page, url="https://news.example/a").fields["url"] == "http://[x"


def test_an_interview_on_a_page_has_turns() -> None:
    turns = ("Bo Ek: What happened?", "Ann Gray: It sank, and all got home.", "We were lucky that day.",
             "Bo Ek: Will you ask why?", "Ann Gray: Yes, the coast guard will begin on Friday.")  # fmt: skip
    opening = "Bo Ek met Mayor Ann Gray on Monday in the old town hall to speak about the ferry."
    page = "<h1>A talk with the mayor</h1>" + "".join(f"<p>{text}</p>" for text in (opening, *turns))
    record = page_record(f"<article>{page}</article>")
    document = RawDocument("a.html", record.raw, "utf-8", "", "html", "a", pins=record.pins)
    zones = [row["zone"] for row in describe_text(document, "a")["lines"]]
    question, answer = "interview_question", "interview_answer"
    assert zones == ["headline", "body", question, answer, answer, question, answer]
