import html
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon._pages.markup import clean_html, escape_text, frame_page, render_markdown

ACTIVE = [
    "<script>alert(1)</script>", "<script src=//e.example/x.js></script>", "<svg/onload=alert(1)>",
    "<img src=x onerror=alert(1)>", "<iframe srcdoc='<script>x</script>'></iframe>",
    "<form action=x><input>",
    "<meta http-equiv=refresh content='0;url=x'>", "<base href=//e.example>", "<link rel=stylesheet href=x>",
    "<object data=x>", "<style>p{color:red}", "<textarea><b>", "<plaintext>", "<noscript><p>",
    "<math><mi//xlink:href='data:x,<script>'>", "<!--<img src=--><img src=x onerror=y>", "<a\x00 href=x>",
    "</main></body>", "<?php x ?>", "<![CDATA[x]]>", "<!DOCTYPE html>", "<template><script>x</script>",
]  # fmt: skip


class Reader(HTMLParser):
    """What a browser would see: elements, attributes, text."""

    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.text, self.depth = [], [], "", 0
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("markup", ACTIVE)
def test_nothing_active_is_left_and_the_words_are_readable(markup):
    seen = Reader(clean_html(f"<p>before {markup} after</p>"))
    assert set(seen.tags) <= {"p", "b"}
    assert not seen.attributes
    assert seen.text.startswith("before ")
    assert " after" in seen.text
    for word in ("alert(1)", "e.example", "onerror"):
        assert (word in seen.text) == (word in markup)


@given(st.text(alphabet="<>/!-?='\" abpstyletdcrim&;#x&\n", max_size=60))
@settings(max_examples=200)
def test_any_markup_stays_in_its_box(markup):
    allowed = set("p a b i td tr table pre br li em div small abbr details".split())  # noqa: SIM905
    harmless = {"class", "id", "dir", "title", "lang", "tabindex"}
    seen = Reader(clean_html(markup))
    assert set(seen.tags) <= allowed
    assert {name for name, _ in seen.attributes} <= harmless
    assert clean_html(clean_html(markup)) == clean_html(clean_html(clean_html(markup)))


@given(st.text(max_size=40))
@settings(max_examples=60)
def test_escaped_text_is_shown_as_it_is(text):
    assert clean_html(escape_text(text)) == escape_text(html.unescape(escape_text(text)))
    assert not Reader(f"<p>{escape_text(text)}</p>").tags[1:]


def test_open_elements_are_closed_and_strange_ends_are_text():
    assert clean_html("<div><p>a</div></td>b") == "<div><p>a</p></div>&lt;/td&gt;b"
    assert clean_html("<b>a") == "<b>a</b>"
    assert clean_html("a<br/>b<br></br><p/>c") == "a<br>b<br><p></p>c"


def test_tables_scroll_in_a_box_of_their_own():
    cell = '<tr><td colspan="2" style="x" onclick="y">1</td></tr>'
    kept = '<table class="rashomon"><tr><td colspan="2">1</td></tr></table>'
    cleaned = clean_html(f'<table class="rashomon">{cell}</table>')
    assert cleaned == f'<div class="scroll" tabindex="0">{kept}</div>'


def test_style_sheets_of_others_are_dropped_but_no_words():
    assert clean_html("<style scoped>.dataframe{}</style><table></table>").startswith('<div class="scroll"')
    assert clean_html("<style>a<style>b</style>c") in (
        "&lt;style&gt;ac",
        "c",
        "&lt;style&gt;a&lt;style&gt;bc",
    )
    assert "never ends" in clean_html("<style>it never ends")


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "//e.example/x", "/etc/passwd", "https://e.x",
        "..\\x", "../x.html", "a/../x.html", "x\ny", "", "\x01javascript:x", "a//b", "file:x", "a?b",
    ],
)  # fmt: skip
def test_other_addresses_are_taken_away(href):
    assert clean_html(f'<a href="{html.escape(href)}">x</a>') == "x"


@pytest.mark.parametrize("href", ["#s7", "articles/a1.html#s7", "tables/x.csv", "02_who.html"])
def test_addresses_inside_the_report_stay(href):
    assert clean_html(f'<a href="{href}" target="_blank">x</a>') == f'<a href="{href}">x</a>'


def test_evidence_becomes_a_link_where_it_can():
    def locate(article_id, start):
        return f"articles/{article_id}.html#s7" if (article_id, start) == ("a", 12) else ""

    def at(article, start):
        return (
            f'<span class="rashomon-at" data-article="{article}" data-start="{start}" data-end="34">w</span>'
        )

    linked = '<a href="articles/a.html#s7" class="rashomon-at">w</a>'
    assert clean_html(at("a", "12"), locate=locate) == linked
    assert clean_html(f"<b>{at('a', '12')}</b>", locate=locate) == f"<b>{linked}</b>"
    for article, start in (("b", "12"), ("a", "13"), ("a", "x"), ("a", "-1"), ("a", "9" * 20)):
        assert "<a" not in clean_html(at(article, start), locate=locate)
    assert "<a" not in clean_html(at("a", "12"))


def test_marks_keep_their_color_as_a_class():
    from rashomon._views import MARK_COLORS

    assert (
        clean_html(f'<mark class="x" style="background:{MARK_COLORS[1]}">a</mark>')
        == '<mark class="x color-2">a</mark>'
    )
    assert clean_html('<mark style="background:url(x)">a</mark>') == '<mark class="">a</mark>'


def test_markdown_of_ours():
    rendered = render_markdown(
        "# A *question*\n\n| a | b |\n|---|---|\n| $1 | 2 |\n\n> quoted\n\n---\n\n"
        "[next](02_who.ipynb#x) [web](https://example.org/a?b=c) [there](../README.md) [here](#top) `code`",
        link=lambda target: "02_who.html#x" if target.startswith("02_") else "",
    )
    assert "<h1>A <em>question</em></h1>" in rendered
    assert '<div class="scroll" tabindex="0"><table>' in rendered
    assert "<td>$1</td>" in rendered
    assert "<blockquote>" in rendered
    assert '<a href="02_who.html#x">next</a>' in rendered
    assert '<a href="https://example.org/a?b=c">web</a>' in rendered
    assert " there " in rendered
    assert '<a href="#top">here</a>' in rendered


def test_markdown_cannot_run_either():
    rendered = render_markdown(
        "<script>x()</script> [a](javascript:x) ![i](https://e.example/x.png) <b onclick=x>b</b>"
    )
    seen = Reader(rendered)
    assert set(seen.tags) <= {"p", "a", "b"}
    assert {name for name, _ in seen.attributes} <= {"href"}
    assert "javascript" not in str(seen.attributes)


def test_a_page_forbids_and_loads_nothing():
    page = frame_page("a < b", "<p>c</p>", nav=[("index.html", "Report"), ("x.html", "X & Y")], here="x.html")
    seen = Reader(page)
    assert "default-src 'none'" in page
    assert "<title>a &lt; b – Rashomon</title>" in page
    assert not {"script", "link", "iframe"} & set(seen.tags)
    assert ("lang", "en") in seen.attributes
    assert ("name", "viewport") in seen.attributes
    assert 'href="x.html" aria-current=page>X &amp; Y' in page
    assert "url(" not in page
    assert "@import" not in page
    assert "http" not in page.replace("http-equiv", "")


def test_control_characters_become_visible():
    assert escape_text("a\x00\x1b\x7fb\t\n") == "a␀␛␡b\t\n"
