from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon._reading.marks import find_byline, find_dateline, is_name, label_line
from rashomon._reading.shapes import shape_of
from rashomon._reading.turns import find_turns
from rashomon._reading.zones import ARTICLE_TEXT, CLAIMS, label_lines
from rashomon.corpus import lines_in, read_corpus
from rashomon.normalize import split_lines
from rashomon.read import read_gold, read_word_list
from rashomon.tables import VOCABULARIES

CASES = json.loads((Path(__file__).parent / "cases" / "zones.json").read_text("utf-8"))
LINES = sorted({line for case in CASES for line in case["text"].split("\n")})


def case_param(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(strict=True)] if case.get("known_failure") else []
    return pytest.param(case["text"], case["expected"], id=case["label"], marks=marks)


@pytest.mark.parametrize(("text", "expected"), [case_param(case) for case in CASES])
def test_zones_and_reasons(text: str, expected: list[str]) -> None:
    assert ["/".join(label) for label in label_lines(split_lines(text))] == expected


def test_the_five_articles_agree_with_the_labels() -> None:
    corpus = read_corpus("seeds")
    path = dict(zip(corpus.articles["article_id"], corpus.articles["path"], strict=True))
    ours = {(path[row.article_id], row.line_no): row for row in corpus.lines.itertuples()}
    gold = read_gold("reading/lines")
    assert len(gold) == len(ours)
    pairs = [(ours[row["path"], row["line_no"]], row) for row in gold]
    right = {
        "zone": [our.zone == row["zone"] for our, row in pairs],
        "text": [our.is_article_text == row["is_article_text"] for our, row in pairs],
        "claims": [our.carries_claims == row["carries_claims"] for our, row in pairs],
        "part": [our.part_id == row["part"] for our, row in pairs],
        "span": [(our.start, our.end) == (row["start"], row["end"]) for our, row in pairs],
    }
    floors = {"zone": 0.98, "text": 1.0, "claims": 1.0, "part": 1.0, "span": 1.0}
    assert {name for name, floor in floors.items() if sum(right[name]) < floor * len(gold)} == set()


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=30)), max_size=12))
def test_every_line_gets_a_zone_of_the_vocabulary_and_a_reason(lines: list[str]) -> None:
    labels = label_lines(split_lines("\n".join(lines)))
    assert {zone for zone, _ in labels} <= set(VOCABULARIES["zone"])
    assert all(reason for _, reason in labels)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=8))
def test_empty_lines_and_spaces_change_no_zone(lines: list[str]) -> None:
    solid = [line for line in lines if line.strip()]
    plain = label_lines(split_lines("\n".join(solid)))
    padded = label_lines(split_lines("\n" + "\n".join(f"  {line}\t" for line in solid) + "\r\n\r\n"))
    assert padded == plain


def test_flags_follow_the_zone() -> None:
    frame = lines_in("\n".join(line for case in CASES for line in case["text"].split("\n")))
    assert frame["is_article_text"].tolist() == [zone in ARTICLE_TEXT for zone in frame["zone"]]
    claims = [row.zone in CLAIMS and row.reason != "title_again" for row in frame.itertuples()]
    assert frame["carries_claims"].tolist() == claims
    assert not CLAIMS & {"teaser", "furniture", "disclaimer", "byline", "date_line", "credit"}
    assert set(CLAIMS - ARTICLE_TEXT) == {"snippet"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("By Ann Lee", "Ann Lee"),
        ("BY ANN LEE AND BO EK", "ANN LEE AND BO EK"),
        ("by Ann van der Berg", "Ann van der Berg"),
        ("By: Ann Lee", "Ann Lee"),
        ("Written by June May", "June May"),
        ("By Ann Lee Thursday, 5 May 2024", "Ann Lee"),
        ("By Ann Lee | 9:45 am, Jul. 19, 2026", "Ann Lee"),
        ("By Ann Lee ann@harbor.example", "Ann Lee"),
        ("By Ann Lee for the first time in years", ""),
        ("By Monday", ""),
        ("By October 2024", ""),
        ("By the harbor", ""),
        ("By A Whisker", ""),
        ("By " + "Ann " * 60, ""),
        ("By Ann Lee, political editor", "Ann Lee"),
        ("By Ann Lee (now) and Bo Ek (earlier)", "Ann Lee and Bo Ek"),
        ("By Ann Lee  Education reporter", "Ann Lee"),
        ("BYLINE: Ann Lee, City Hall bureau", "Ann Lee"),
        ("Interview by Ann Lee", "Ann Lee"),
        ("Von Ann Lee", "Ann Lee"),
        ("Par Ann Lee et Bo Ek", "Ann Lee et Bo Ek"),
        ("Автор: Анна Ли", "Анна Ли"),
        ("Von Hamburg", ""),
        ("Von der Leyen wins", ""),
        ("By Ann Lee, the ferry was seen first.", ""),
    ],
)
def test_bylines(text: str, name: str) -> None:
    assert find_byline(text) == name


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("HARBOR, Oct. 25 (Agency) - A ferry with 120 on board sank.", "HARBOR, Oct. 25 (Agency) - "),
        ("Seoul – The war appears to be paving the way.", "Seoul – "),
        ("(FEED- Harbor Times) The ferry sank.", "(FEED- Harbor Times) "),
        ("The ferry – the older of two – sank off the coast.", ""),
        ("Ann Lee – Harbor City", ""),
    ],
)
def test_datelines(text: str, opening: str) -> None:
    assert find_dateline(text) == opening


def test_speakers_are_merged_by_name_and_told_by_their_questions() -> None:
    talk = ["Dr. Ann Lee, Analyst: What?", "Bo Ek (host): Well.", "Lee: How so?", "", "Ek: So.", "Once: No."]
    question, answer = "interview_question", "interview_answer"
    assert find_turns(talk) == [question, answer, question, "", answer, ""]
    statements = ["Lee: One.", "Ek: Two.", "Lee: Three.", "Ek: Four."]
    assert find_turns(statements) == [question, answer, question, answer]
    panel = ["Lee: Why?", "Ek: How?", "Lee: Who?", "Ek: Where?", "Holm: There.", "Holm: Here."]
    assert find_turns(panel) == [question, question, question, question, answer, answer]
    apart = ["Lee: One.", "Ek: Two.", *["-"] * 11, "Lee: Three.", "Ek: Four."]
    assert set(find_turns(apart)) == {""}


@pytest.mark.parametrize("text", ["Ann Lee", "Ann M. van der Berg", "Élise O’Hara", "Анна Ли"])
def test_names(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize("text", ["Ann", "Share Article", "Harbor News", "Ann lee", "Ann Lee, Port"])
def test_what_is_no_name(text: str) -> None:
    assert not is_name(text)


def test_pinned_lines_stay_and_the_others_follow_them() -> None:
    lines = split_lines(
        "Sport\nFerry sinks off the coast\nHarbor museum closes for a year\nBo Ek\n"
        "The ferry sank on Monday, and all of its crew got safely home again that night.\n"
        "Disclaimer\nThe ferry sank on Monday, and all of its crew got safely home again that night."
    )
    free = label_lines(lines)
    assert free[1] == ("headline", "first_heading")
    assert free[5:] == [("disclaimer", "disclaimer_heading"), ("disclaimer", "under_disclaimer")]
    pins = {2: ("headline", "title_field"), 3: ("byline", "author_field"), 6: ("body", "text_field")}
    labels = label_lines(lines, pinned=pins)
    assert {i: labels[i] for i in pins} == pins
    assert labels[1] == ("furniture", "before_text")
    assert labels[4] == ("body", "paragraph")


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(LINES), min_size=1, max_size=12),
    st.dictionaries(st.integers(0, 11), st.sampled_from(sorted(VOCABULARIES["zone"]))),
)
def test_no_rule_changes_what_is_pinned(lines: list[str], zones: dict[int, str]) -> None:
    split = split_lines("\n".join(lines))
    pins = {i: (zone, "stated") for i, zone in zones.items() if i < len(split)}
    labels = label_lines(split, pinned=pins)
    assert {i: labels[i] for i in pins} == pins
    assert all(zone and reason for zone, reason in labels)


def test_every_phrase_of_the_list_says_a_zone_and_works() -> None:
    for row in read_word_list("page_phrases"):
        assert row["zone"] in VOCABULARIES["zone"]
        assert row["match"] in ("whole", "start", "head", "label", "any", "promotion")
        phrase = row["phrase"]
        assert phrase == phrase.lower()
        text = phrase.capitalize()
        if row["match"] == "any":
            text = f"And {phrase} at all."
        elif row["match"] == "promotion":
            text = f"Here is one: {phrase}, and {'our app' if phrase != 'our app' else 'inbox'} too."
        assert label_line(text, shape_of(text))[0] != "", phrase
