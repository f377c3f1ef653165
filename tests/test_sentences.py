from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon._reading.articles import describe_text
from rashomon._reading.sentences import is_truncated, split_sentences
from rashomon.corpus import corpus_of, read_corpus, sentences_in
from rashomon.read import RawDocument, read_gold

CASES = json.loads((Path(__file__).parent / "cases" / "sentences.json").read_text("utf-8"))
PIECES = [
    *(case["text"] for case in CASES),
    "…",
    "“",
    '"',
    "(",
    ")",
    "©",
    ". ",
    "! ",
    "\u00a0",
    "\u200b",
    "ﬁ",
    "Ã©",
    "\x00",
]


def case_param(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(strict=True)] if case.get("known_failure") else []
    return pytest.param(case["text"], case["zone"], case["expected"], id=case["label"], marks=marks)


@pytest.mark.parametrize(("text", "zone", "expected"), [case_param(case) for case in CASES])
def test_sentences(text: str, zone: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text, zone=zone)] == expected


def test_the_five_articles_agree_with_the_labels() -> None:
    corpus = read_corpus("seeds")
    path = dict(zip(corpus.articles["article_id"], corpus.articles["path"], strict=True))
    ours = {(path[row.article_id], row.start, row.end) for row in corpus.sentences.itertuples()}
    gold = {(row["path"], row["start"], row["end"]) for row in read_gold("reading/sentences")}
    assert len(gold & ours) >= 0.99 * len(gold)
    lines = {(row["path"], row["line_no"]) for row in read_gold("reading/lines") if row["carries_claims"]}
    spoken = corpus.sentences[corpus.sentences["carries_claims"]]
    assert {(path[row.article_id], row.line_no) for row in spoken.itertuples()} == lines


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=6).map("".join))
def test_sentences_tile_every_line(line: str) -> None:
    text = line.strip()
    spans = split_sentences(text)
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from([*PIECES, "\n", "\r\n"]), st.text(max_size=12)), max_size=8).map(
        "".join
    )
)
def test_sentences_of_a_text_slice_back_and_tile_its_lines(raw: str) -> None:
    tables = describe_text(RawDocument("a", raw, "str", "", "text", "a"), "a")
    bare = list(raw)
    for row in tables["sentences"]:
        assert raw[row["start"] : row["end"]] == row["text"] == row["text"].strip()
        assert row["text"]
        assert not set(bare[row["start"] : row["end"]]) & {"\0\0"}
        bare[row["start"] : row["end"]] = ["\0\0"] * (row["end"] - row["start"])
    for row in tables["lines"]:
        assert not "".join(bare[row["start"] : row["end"]]).replace("\0\0", "").strip()
    assert [row["sentence_id"] for row in tables["sentences"]] == [*range(1, len(tables["sentences"]) + 1)]


def test_repaired_text_keeps_its_place() -> None:
    raw = "\u200bThe ﬁre was out.\u00a0 It\u00e2\u20ac\u2122s over\u00ad.\u200b"
    frame = sentences_in(raw)
    assert frame["text"].tolist() == ["\u200bThe ﬁre was out.", "It\u00e2\u20ac\u2122s over\u00ad.\u200b"]


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("with plans to send up ...", "snippet", True),
        ("Gerry said …”", "snippet", True),
        ("to be", "snippet", True),
        ("It was captured.", "snippet", False),
        ("as forces recently…", "teaser", True),
        ("Tram line approved", "teaser", False),
        ("Well …", "body", False),
    ],
)
def test_truncation(text: str, zone: str, expected: bool) -> None:
    assert is_truncated(text, zone=zone) is expected


def test_order_of_articles_changes_nothing() -> None:
    texts = {
        "b": "The ferry sank. All got home.",
        "a": "It rained.",
        "c": "Lee: Why?\nEk: So.\nLee: How?\nEk: So.",
    }
    one, other = corpus_of(texts), corpus_of(dict(reversed(texts.items())))
    assert one.sentences.equals(other.sentences)
    assert one.articles.equals(other.articles)
