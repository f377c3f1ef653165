"""What a notebook shows is escaped, says how much it leaves out, and points at the words."""

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon import corpus_of
from rashomon._views import mark_spans
from rashomon.show import (
    name_articles,
    pick_article,
    show_article,
    show_inputs,
    show_table,
    show_versions,
)
from rashomon.tables import make_table

HOSTILE = "</td><script>alert(1)</script> $x$ {{x}} [a](javascript:b) =cmd()"
CORPUS = corpus_of({"b": "A plain line of text stands here.\nIt has a second line, too.", "a": HOSTILE})


def test_every_cell_is_escaped_and_stays_readable():
    frame = pd.DataFrame({"said": [HOSTILE], HOSTILE: [1]})
    view = show_table(frame, HOSTILE)
    page = view._repr_html_()
    assert "<script" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 3
    assert HOSTILE in repr(view)


def test_numbers_are_rounded_for_display_and_unknown_is_a_dash():
    frame = pd.DataFrame(
        {
            "exact": pd.Series([Decimal("1200000"), Decimal("2.50"), None], dtype="object"),
            "share": [0.123456, float("nan"), 1.0],
            "flag": [True, False, True],
            "n": pd.Series([1500, pd.NA, 0], dtype="Int64"),
            "text": ["a\n b", "", "c"],
        }
    )
    assert show_table(frame, "c").rows == (
        ("1,200,000", "0.12", "yes", "1,500", "a b"),
        ("2.5", "–", "no", "–", "–"),
        ("–", "1.00", "yes", "0", "c"),
    )


def test_rows_end_in_a_reference_to_their_words():
    frame = pd.DataFrame({"article_id": ["a", "b"], "start": [1, 2], "end": [4, 9], "what": ["x", "y"]})
    view = show_table(frame, "c", corpus=CORPUS, columns=["what"])
    assert view.header == ("what", "words at")
    assert view.rows[0] == ("x", ("a:1–4", "a", 1, 4))
    assert (
        '<span class="rashomon-at" data-article="a" data-start="1" data-end="4">a:1–4</span>'
        in view._repr_html_()
    )


def test_pairs_have_two_references():
    pair = {"article_a": "a", "start_a": 1, "end_a": 2, "article_b": "b", "start_b": 3, "end_b": 4, "n": 5}
    view = show_table(pd.DataFrame([pair]), "c", columns={"n": "words"})
    assert view.header == ("words", "words at (a)", "words at (b)")
    assert view.rows[0][1:] == (("a:1–2", "a", 1, 2), ("b:3–4", "b", 3, 4))


def test_what_is_left_out_is_said():
    assert show_table(pd.DataFrame({"n": range(12)}), "c").note == "10 of 12 rows"
    assert show_table(pd.DataFrame({"n": []}), "c").note == "nothing found: the table is empty"
    assert "10 of 12 rows" in show_table(pd.DataFrame({"n": range(12)}), "c")._repr_html_()


def test_a_column_that_is_not_there_is_named():
    with pytest.raises(ValueError, match=r"no column nope in this table; it has n"):
        show_table(pd.DataFrame({"n": [1]}), "c", columns=["nope"])


def test_an_article_is_shown_line_by_line_with_its_findings():
    findings = pd.DataFrame({"article_id": ["b", "b"], "start": [2, 34], "end": [7, 36], "kind": ["x", ""]})
    view = show_article(CORPUS, "b", findings=findings, by="kind")
    assert repr(view) == "b (2 lines)"
    assert [name for name, _ in view.legend] == ["not stated", "x"]
    page = view._repr_html_()
    assert ">plain</mark> line" in page
    assert ">It</mark> has" in page


def test_a_hostile_article_is_only_text():
    page = show_article(CORPUS, "a", findings=CORPUS.sentences)._repr_html_()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_lines_and_parts_can_be_chosen():
    assert len(show_article(CORPUS, "b", lines=1).lines) == 1
    assert len(show_article(CORPUS, "b", part_id=1).lines) == 2
    assert len(show_article(CORPUS, "b", part_id=9).lines) == 0


@given(st.text(alphabet="ab<&\"'", max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_marking_changes_no_character(text, pairs):
    import html
    import re

    spans = sorted((min(pair), max(pair), "k") for pair in pairs)
    marked = mark_spans(text, 0, len(text), spans, colors={"k": "#fff"})
    assert html.unescape(re.sub(r"</?mark[^>]*>", "", marked)) == text


def test_articles_are_named_in_order():
    named = name_articles(CORPUS.lines, CORPUS)
    assert named["article"].tolist() == ["a", "b", "b"]
    assert list(named.columns[1:]) == list(CORPUS.lines.columns)
    assert name_articles(named, CORPUS).equals(named)


def test_the_article_with_most_findings_is_read_first():
    assert pick_article(CORPUS, CORPUS.lines) == "b"
    assert pick_article(CORPUS, CORPUS.lines.head(0)) == "a"


def test_inputs_name_parameters_digests_and_rows():
    view = show_inputs(CORPUS, {"lines": CORPUS.lines}, limit=0, outlets="")
    shown = dict(view.rows)
    assert shown["parameter limit"] == "0"
    assert shown["parameter outlets"] == "(not set)"
    assert shown["article a"] == f"sha256 {CORPUS.articles['sha256'].iloc[0][:16]}"
    assert shown["table lines"] == "3 rows"
    assert shown["rejects"] == "0 rows"


def test_a_large_corpus_shows_ten_digests_and_the_count():
    many = corpus_of({f"n{i:02}": f"Line {i} of a text." for i in range(12)})
    shown = dict(show_inputs(many, {}).rows)
    assert shown["articles in all"] == "12"
    assert sum(name.startswith("article ") for name in shown) == 10


def test_versions_name_what_makes_the_results():
    shown = dict(show_versions().rows)
    assert shown["pandas"] == pd.__version__
    assert shown["run at"].endswith("UTC")


def test_a_row_that_stands_beside_the_text_has_no_reference() -> None:
    flags = dict.fromkeys(("is_update", "is_used", "is_conflict"), False)
    row = {"article_id": "a", "place": "published", "kind": "record", "rank": 1}
    frame = make_table("dates", [row | flags])
    assert show_table(frame, "Dates", columns=["place"]).rows == (("published", "–"),)
