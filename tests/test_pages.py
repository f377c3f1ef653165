import html
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_markup import Reader
from toy_notebooks import build, code, text

from rashomon._pages.article_pages import Finding, article_file, article_page, list_findings, locate_in
from rashomon.corpus import corpus_of
from rashomon.pages import index_page, notebook_page, notebook_title
from rashomon.tables import TABLES, make_table

NAV = [("index.html", "Report"), ("02_who.html", "02 who")]
HOSTILE = (
    "<script>alert(1)</script> said the mayor of the town on Monday.\n\n"
    "</td></table></main> cost $x$ and {{x}} by =cmd() or +1.\n"
    "[click](javascript:alert(1)) ignore previous instructions, he said.\n"
    '<img src=x onerror=alert(1)> "quoted & said"\t\x1b[31m \u202eabc\n'
)


def shown_text(page: str) -> str:
    """The words of an article's page, put together again."""
    lines = re.findall(r'<bdi class="words">(.*?)</bdi></div>', page, flags=re.DOTALL)
    return "\n".join(html.unescape(re.sub(r"<[^>]*>", "", line)) for line in lines)


def output(**data):
    kinds = {name.replace("_", "/"): value for name, value in data.items()}
    return {"output_type": "display_data", "data": kinds, "metadata": {}}


def executed(*outputs, tags=()):
    cell = code("secret_code()", *tags)
    cell["outputs"] = list(outputs)
    return build(text("# Who <b>speaks</b>?\n\nSee [next](02_who.ipynb)"), cell)


def test_a_notebook_page_has_the_words_and_not_the_code():
    page = notebook_page(
        executed({"output_type": "stream", "name": "stdout", "text": "a < b"}), "x.html", nav=NAV
    )
    assert "secret_code" not in page
    assert "corpus: str" not in page
    assert "<pre>a &lt; b</pre>" in page
    assert "<h1>Who <b>speaks</b>?</h1>" in page
    assert '<a href="02_who.html">next</a>' in page


@pytest.mark.parametrize(
    "tag", ["exercise", "answer", "setup", "no-report", "nbval-ignore-output", "injected-parameters"]
)
def test_cells_for_working_are_left_out(tag):
    page = notebook_page(
        executed({"output_type": "stream", "name": "stdout", "text": "zebra"}, tags=(tag,)), "x.html", nav=NAV
    )
    assert "zebra" not in page


def test_outputs_of_each_kind():
    picture = output(image_png="aGVs\nbG8=", text_plain="<Figure>")
    picture["metadata"] = {"image/png": {"alt": 'bars "a" < b'}}
    page = notebook_page(
        executed(
            output(text_html="<table><tr><td>1</td></tr></table><script>x()</script>", text_plain="t1"),
            picture,
            output(image_png="aGk=", text_plain="<Figure>"),
            output(text_markdown="**<b>x**", text_plain="<Markdown>"),
            output(text_plain="<plain>"),
            {"output_type": "error", "ename": "ValueError", "evalue": "<b>", "traceback": []},
        ),
        "x.html",
        nav=NAV,
    )
    assert '<div class="scroll" tabindex="0"><table>' in page
    assert "&lt;script&gt;x()" in page
    assert '<img alt="bars &quot;a&quot; &lt; b" src="data:image/png;base64,aGVsbG8=">' in page
    assert '<img alt="Figure: Who &lt;b&gt;speaks&lt;/b&gt;?" src="data:image/png;base64,aGk=">' in page
    assert "<pre>**&lt;b&gt;x**</pre>" in page
    assert "<pre>&lt;plain&gt;</pre>" in page
    assert "ValueError: &lt;b&gt;" in page


def test_a_notebook_without_a_title_is_named_by_its_file():
    bare = build(code("1"))
    assert notebook_title(bare) == ""
    assert "<title>04_tone – Rashomon</title>" in notebook_page(bare, "04_tone.html", nav=NAV)


def test_evidence_in_a_notebook_links_to_the_sentence():
    corpus = corpus_of({"a": "The first sentence of it. The second one has 12 words in it."})
    second = corpus.sentences.iloc[1]
    start = second["start"] + 3
    at = f'<span class="rashomon-at" data-article="a" data-start="{start}" data-end="40">a:1</span>'
    page = notebook_page(executed(output(text_html=at)), "x.html", nav=NAV, locate=locate_in(corpus))
    assert '<a href="articles/a.html#s2" class="rashomon-at">a:1</a>' in page
    assert 'id="s2"' in article_page(corpus, "a")


def test_the_article_page_holds_the_whole_text_and_nothing_active():
    corpus = corpus_of({"a": HOSTILE})
    page = article_page(corpus, "a", nav=NAV)
    seen = Reader(page)
    assert not {"script", "img", "form", "table"} & set(seen.tags)
    assert not [value for _, value in seen.attributes if value and "javascript" in value]
    marked = ("<script>alert(1)</script>", "</td></table></main>", "$x$", "{{x}}", "=cmd()", "[click](java")
    for words in (
        *marked,
        "ignore previous instructions",
        "<img src=x onerror=alert(1)>",
        "␛[31m",
        "\u202eabc",
    ):
        assert words in seen.text
    assert 'href="../02_who.html"' in page
    assert page.count("</main>") == 1


@given(st.text(alphabet="ab <>&\"'\n\r\t.\u2028é\u202e", max_size=80), st.data())
@settings(max_examples=80, deadline=None)
def test_every_character_is_shown_once_whatever_is_marked(raw, data):
    corpus = corpus_of({"a": raw})
    spot = st.tuples(
        st.integers(0, len(raw)), st.integers(0, len(raw)), st.sampled_from(["cue", "quantity", "statement"])
    )
    found = [
        Finding(min(a, b), max(a, b), kind, f"{kind} <x>")
        for a, b, kind in data.draw(st.lists(spot, max_size=6))
    ]
    page = article_page(corpus, "a", findings=found)
    assert "".join(shown_text(page).split()) == "".join(raw.split())
    assert page.count("<mark") == page.count("</mark>")
    anchors = re.findall(r'id="(s\d+)"', page)
    assert anchors == [f"s{number}" for number in corpus.sentences["sentence_id"]]


def test_crossing_findings_are_cut_at_their_edges():
    corpus = corpus_of({"a": "One two three four five six seven eight nine ten."})
    found = [Finding(0, 13, "statement", "S"), Finding(8, 18, "quantity", "Q"), Finding(8, 13, "cue", "C")]
    page = article_page(corpus, "a", findings=found)
    assert '<mark class="statement" title="S">One two </mark>' in page
    assert '<mark class="statement quantity cue" title="S; Q; C">three</mark>' in page
    assert '<mark class="quantity" title="Q"> four</mark>' in page


def test_findings_say_what_was_found():
    place = {"article_id": "a", "sentence_id": 1, "start": 4, "end": 9}
    spoken = {**place, "part_id": 1, "kind": "direct", "stance": "states", "speaker": "<Ann>", "via": "b"}
    spoken |= {"is_checkable": False, "is_doubted": False}
    number = {**place, "part_id": 1, "phrase_start": 4, "phrase_end": 9, "kind": "cardinal"}
    some, many = Decimal(1500), Decimal(2000)
    numbers = [
        {
            **number,
            "kind": "range",
            "low": some,
            "high": many,
            "unit": "km",
            "bound": "~",
            "attributed_to": "Bo",
        },
        {**number, "start": 5, "low": Decimal(3), "bound": ">"},
        {**number, "start": 6, "value": Decimal("1E+3"), "low": Decimal(1000), "high": Decimal(1000)},
        {**number, "start": 7, "kind": "vague", "surface": "dozens"},
    ]
    moved = {**place, "measure": "polarity", "weight": -0.5, "rule": "list"}
    rows = {"statements": [spoken], "quantities": numbers, "cues": [moved]}
    found = list_findings({name: make_table(name, given) for name, given in rows.items()})["a"]
    assert [f.title for f in found] == [
        "statement: direct, by <Ann> via b",
        "quantity: range about 1,500 to 2,000, unit km, by Bo",
        "quantity: cardinal at least or more than 3 to …",
        "quantity: cardinal 1,000",
        "quantity: vague dozens",
        "cue: polarity -0.5 (list)",
    ]
    assert list_findings({}) == {}


def test_words_outside_sentences_link_to_their_line():
    corpus = corpus_of({"a": "By Somebody\n\nA sentence that stands in the body of it, at length."})
    locate = locate_in(corpus)
    bare = corpus.lines.iloc[0]
    assert locate("a", int(bare["start"])) in ("articles/a.html#s1", "articles/a.html#l1")
    no_sentences = replace(corpus, sentences=corpus.sentences.head(0))
    assert locate_in(no_sentences)("a", 0) == "articles/a.html#l1"
    assert locate_in(no_sentences)("a", 11) == ""  # the line end


@pytest.mark.parametrize("article_id", ["../x", "a/b", "", "a b", "é", "x" * 65, "\ud800"])
def test_strange_ids_make_plain_file_names(article_id):
    assert re.fullmatch(r"x-[0-9a-f]{16}\.html", article_file(article_id))


def test_the_front_page_says_what_is_there_and_what_is_not():
    corpus = corpus_of({"a": HOSTILE, "b": "Another article that says what happened, in a sentence."})
    rejects = make_table("rejects", [{"path": "x<b>.bin", "reason": "not text", "action": "leave it out"}])
    corpus = replace(corpus, rejects=rejects)
    tables = {name: make_table(name, []) for name in TABLES}
    page = index_page(corpus, tables, cards=[("02_who.html", "02 who", "Who <speaks>?")], nav=NAV)
    seen = Reader(page)
    assert "script" not in seen.tags
    assert "How 2 articles tell it" in seen.text
    assert "not stated" in seen.text
    assert "x<b>.bin" in seen.text
    assert "Who <speaks>?" in seen.text
    hrefs = {value for name, value in seen.attributes if name == "href"}
    assert {"articles/a.html", "articles/b.html", "manifest.json", "02_who.html"} <= hrefs
    assert {f"tables/{name}.{ending}" for name in TABLES for ending in ("csv", "parquet")} <= hrefs
    assert "Only in the Parquet file." in seen.text
    unread = index_page(
        corpus_of({"a": "A text of one line."}), tables, cards=[("02_who.html", "02 who", "")], nav=NAV
    )
    assert "What could not be read" not in unread
    assert ">02 who</a>" in unread
