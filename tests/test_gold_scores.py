"""Scores: the interval, the matcher, and the choice of misses; no hand label of the repository is needed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon import gold
from rashomon._agreement import is_same_amount, is_same_answer, is_same_head, is_same_name, is_same_sign
from rashomon.tables import make_table

RAW = "Ann Gray said that the bridge was closed. Twelve people were hurt, she said."
ARTICLES = make_table(
    "articles",
    [
        {
            "article_id": "a",
            "label": "A",
            "path": "in/x.txt",
            "raw": RAW,
            "n_words": 14,
            "published": "2024-05-01",
        },
        {"article_id": "b", "label": "B", "path": "in/y.txt", "raw": RAW, "n_words": 14},
        {"article_id": "c", "label": "C", "path": "in/unlabelled.txt", "raw": RAW, "n_words": 14},
    ],
)


def scores(frame: pd.DataFrame) -> dict[str, tuple[int, int]]:
    return {row.measure: (row.right, row.n) for row in frame.itertuples()}


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [(0, 0, 0, 1), (0, 10, 0, 0.2775), (10, 10, 0.7225, 1), (81, 263, 0.2553, 0.3662)],
)
def test_wilson_interval_has_the_published_values(right: int, n: int, low: float, high: float) -> None:
    # 81 of 263 is the worked case of Newcombe (1998), table I, method 3.
    assert gold.wilson_interval(right, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("right", "n", "level"), [(3, 2, 0.95), (-1, 2, 0.95), (1, 2, 1.0), (1, 2, 0.0)])
def test_wilson_interval_refuses_what_is_no_share(right: int, n: int, level: float) -> None:
    with pytest.raises(ValueError, match="must be"):
        gold.wilson_interval(right, n, level=level)


@given(st.integers(0, 200), st.integers(1, 200))
def test_wilson_interval_holds_the_share_and_narrows_with_level(right: int, more: int) -> None:
    n = right + more
    low, high = gold.wilson_interval(right, n)
    assert 0 <= low <= right / n <= high <= 1
    narrow = gold.wilson_interval(right, n, level=0.5)
    assert low <= narrow[0] <= narrow[1] <= high


def line(article: str, start: int, end: int, **changed: Any) -> dict[str, Any]:
    row = {
        "article_id": article,
        "line_no": start,
        "start": start,
        "end": end,
        "zone": "body",
        "part_id": 1,
        "is_article_text": True,
        "carries_claims": True,
    }
    return row | changed


def label(path: str, start: int, end: int, **changed: Any) -> dict[str, Any]:
    return {"path": path, "start": start, "end": end} | changed


def test_lines_are_judged_over_all_labels_and_missing_is_wrong() -> None:
    lines = make_table(
        "lines", [line("a", 0, 10), line("a", 11, 20, zone="caption"), line("c", 0, 10, zone="credit")]
    )
    labels = [label("x.txt", s, e, zone="body", part=1) for s, e in ((0, 10), (11, 20), (30, 40))]
    assert scores(gold.score_labels(lines, ARTICLES, of="reading/lines", gold=labels)) == {
        "zone": (1, 3),
        "part": (2, 3),
        "is_article_text": (0, 0),
        "carries_claims": (0, 0),
    }


def test_a_score_over_nothing_is_unknown() -> None:
    frame = gold.score_labels(make_table("lines", []), ARTICLES, of="reading/lines", gold=[])
    assert frame["score"].isna().all()
    assert frame[["low", "high"]].drop_duplicates().values.tolist() == [[0.0, 1.0]]


def statement(start: int, end: int, **changed: Any) -> dict[str, Any]:
    row = {
        "article_id": "a",
        "sentence_id": 1,
        "part_id": 1,
        "start": start,
        "end": end,
        "surface": RAW[start:end],
        "is_checkable": True,
        "is_doubted": False,
    }
    return row | {"kind": "indirect", "speaker": "Ann Gray", "stance": "states"} | changed


def test_each_span_is_matched_once_best_overlap_first() -> None:
    found = make_table(
        "statements", [statement(0, 40), statement(14, 40, speaker="the mayor"), statement(60, 70)]
    )
    labels = [label("x.txt", 14, 40, kind="indirect", speaker="Gray", stance="denies")]
    result = gold.score_labels(found, ARTICLES, of="speech/statements", gold=labels)
    assert scores(result) == {
        "found: precision": (1, 3),
        "found: recall": (1, 1),
        "found: F1": (2, 4),
        "kind": (1, 1),
        "stance": (0, 1),
        "speaker": (0, 1),
        "via": (0, 0),
    }
    f1 = result[result["measure"] == "found: F1"].iloc[0]
    assert f1["low"] < f1["score"] < f1["high"]


def test_labels_of_files_that_are_not_there_are_left_out() -> None:
    found = make_table("statements", [statement(14, 40)])
    labels = [label("elsewhere.txt", 14, 40, kind="indirect")]
    assert scores(gold.score_labels(found, ARTICLES, of="speech/statements", gold=labels))[
        "found: recall"
    ] == (0, 0)


def test_sentences_must_agree_at_both_ends() -> None:
    row = {
        "article_id": "a",
        "line_no": 1,
        "part_id": 1,
        "zone": "body",
        "is_truncated": False,
        "carries_claims": True,
    }
    found = make_table(
        "sentences",
        [row | {"sentence_id": 1, "start": 0, "end": 41}, row | {"sentence_id": 2, "start": 42, "end": 70}],
    )
    labels = [label("x.txt", 0, 41), label("x.txt", 42, 76)]
    assert scores(gold.score_labels(found, ARTICLES, of="reading/sentences", gold=labels))["found: F1"] == (
        2,
        4,
    )


def test_dates_judge_the_days_once_a_file() -> None:
    dates = make_table(
        "dates",
        [
            {
                "article_id": "a",
                "start": 0,
                "end": 8,
                "value": "2024-05-01",
                "kind": "byline",
                "rank": 1,
                "is_update": False,
                "is_used": True,
                "is_conflict": False,
            }
        ],
    )
    labels = [
        label("x.txt", 0, 8, kind="byline", value="2024-05-01", published="2024-05-01", page_date=""),
        label("y.txt", None, None, kind="", value="", published="2024-05-02", page_date=""),
    ]
    assert scores(gold.score_labels(dates, ARTICLES, of="reading/dates", gold=labels)) == {
        "found: precision": (1, 1),
        "found: recall": (1, 1),
        "found: F1": (2, 2),
        "kind": (1, 1),
        "value": (1, 1),
        "published": (1, 2),
        "page_date": (2, 2),
    }


def quantity(start: int, **changed: Any) -> dict[str, Any]:
    row = {
        "article_id": "a",
        "sentence_id": 2,
        "part_id": 1,
        "start": start,
        "end": start + 6,
        "phrase_start": start,
        "phrase_end": start + 13,
        "surface": "Twelve",
        "kind": "cardinal",
        "value": Decimal(12),
        "low": Decimal(12),
        "high": Decimal(12),
        "bound": "=",
        "counted": "people",
    }
    return row | changed


def test_columns_of_quantities_are_judged_on_core_labels_only() -> None:
    found = make_table("quantities", [quantity(42), quantity(0, kind="ordinal")])
    said = {
        "kind": "cardinal",
        "value": "12.0",
        "low": "12",
        "high": None,
        "counted": "hurt people",
        "bound": "=",
    }
    labels = [label("x.txt", 42, 48, core=True, **said), label("x.txt", 0, 6, core=False, **said)]
    judged = scores(gold.score_labels(found, ARTICLES, of="quantities/quantities", gold=labels))
    assert judged["found: recall"] == (2, 2)
    assert judged["traps left out"] == (0, 0)
    assert {name: judged[name] for name in ("kind", "value", "low", "high", "counted")} == {
        "kind": (1, 1),
        "value": (1, 1),
        "low": (1, 1),
        "high": (0, 1),
        "counted": (1, 1),
    }


def test_what_is_no_quantity_may_be_found_as_such_or_not_at_all() -> None:
    found = make_table("quantities", [quantity(42), quantity(0, kind="ordinal"), quantity(20)])
    labels = [label("x.txt", s, s + 6, kind="date", core=False) for s in (0, 20, 60)]
    judged = scores(gold.score_labels(found, ARTICLES, of="quantities/quantities", gold=labels))
    assert judged["traps left out"] == (2, 3)
    assert judged["found: recall"] == (2, 2)
    assert judged["found: precision"] == (2, 3)


LINES = make_table(
    "articles",
    [
        {"article_id": "007", "label": "007", "path": "in/many.jsonl", "raw": "Twelve people.", "n_words": 2},
        {"article_id": "008", "label": "008", "path": "in/many.jsonl", "raw": "Twelve ships.", "n_words": 2},
    ],
)


def sentence_label(number: str, **changed: Any) -> dict[str, Any]:
    row = {"id": number, "start": 0, "end": 6, "kind": "cardinal", "value": "12", "low": "12", "high": "12"}
    return row | {"status": "claimed", "attributed_to": "Ann Gray", "as_of": "", "core": True} | changed


def test_texts_that_are_lines_of_one_file_are_told_apart_by_their_id() -> None:
    of = "quantities/sentences_labels"
    found = make_table("quantities", [quantity(0, article_id="007"), quantity(0, article_id="008")])
    labels = [sentence_label("007"), sentence_label("008", core=False, status="", attributed_to="")]
    judged = scores(gold.score_labels(found, LINES, of=of, gold=labels))
    assert judged["found: F1"] == (4, 4)
    assert judged["kind"] == (2, 2)
    assert (judged["status"], judged["attributed_to"], judged["as_of"]) == ((0, 1), (0, 1), (1, 1))
    half = scores(gold.score_labels(found, LINES, of=of, gold=labels[:1]))
    assert half["found: F1"] == (2, 2)
    nothing = scores(gold.score_labels(found.head(0), LINES, of=of, gold=labels))
    assert nothing["found: recall"] == (0, 2)
    missed = gold.worst_misses(found.head(0), LINES, of=of, gold=labels)
    assert missed[["article_id", "what", "text"]].values.tolist() == [
        ["007", "missed", "Twelve"],
        ["008", "missed", "Twelve"],
    ]


@pytest.mark.parametrize(
    ("amount", "right"),
    [("0.33333333", 1), (None, 1), ("0.3332", 0), ("0.34", 0)],
)
def test_a_third_is_right_between_its_two_decimals(amount: str | None, right: int) -> None:
    value = None if amount is None else Decimal(amount)
    found = make_table(
        "quantities", [quantity(0, article_id="007", kind="fraction", value=value, low=value, high=value)]
    )
    labels = [sentence_label("007", kind="fraction", value=None, low="0.3333", high="0.3334")]
    judged = scores(gold.score_labels(found, LINES, of="quantities/sentences_labels", gold=labels))
    assert judged["value"] == (right, 1)
    assert judged["low"] == judged["high"] == (0 if amount is None else right, 1)
    labels = [sentence_label("007", kind="range", value=None, low="0.3333", high="0.3334")]
    judged = scores(gold.score_labels(found, LINES, of="quantities/sentences_labels", gold=labels))
    assert judged["value"] == (int(amount is None), 1)
    assert judged["low"] == (0, 1)


def test_the_day_of_a_date_is_judged_although_it_is_no_figure() -> None:
    found = make_table("quantities", [quantity(0, article_id="007", kind="date", as_of="2024-05-01")])
    for day, right in (("2024-05-01", 1), ("2024-05-02", 0)):
        labels = [sentence_label("007", kind="date", as_of=day, core=False)]
        judged = scores(gold.score_labels(found, LINES, of="quantities/sentences_labels", gold=labels))
        assert (judged["date"], judged["as_of"]) == ((right, 1), (0, 0))


def test_a_second_pass_is_scored_like_a_stage() -> None:
    agreed = scores(gold.score_second_pass(of="quantities/sentences_labels"))
    assert agreed["found: F1"][1] == 420
    assert 150 < agreed["status"][0] < agreed["status"][1] == 157


def test_tone_is_judged_by_its_direction() -> None:
    row = {
        "article_id": "a",
        "sentence_id": 1,
        "part_id": 1,
        "start": 0,
        "end": 41,
        "zone": "body",
        "n_words": 8,
        "n_matched": 1,
    }
    row |= {"event_valence": 0.2, "hedging_vague": 0.4, "loaded": 0.1}
    found = make_table("tone", [row | {"polarity": -0.5, "subjectivity": 0.01, "hedging": 0.5}])
    labels = [label("x.txt", 0, 41, polarity=-1, event_valence=0, subjective=1, hedged=1, loaded=["closed"])]
    assert scores(gold.score_labels(found, ARTICLES, of="tone/sentences", gold=labels)) == {
        "polarity": (1, 1),
        "event_valence": (1, 1),
        "subjective": (0, 1),
        "hedged": (1, 1),
        "loaded": (1, 1),
    }
    weak = make_table("tone", [row | {"polarity": -0.2, "subjectivity": 0.03, "hedging": 0.4}])
    judged = scores(gold.score_labels(weak, ARTICLES, of="tone/sentences", gold=labels))
    assert (judged["polarity"], judged["subjective"], judged["hedged"]) == ((0, 1), (1, 1), (0, 1))
    unlabeled = make_table(
        "tone", [*found.to_dict("records"), row | {"sentence_id": 2, "start": 42, "end": 76}]
    )
    misses = gold.worst_misses(unlabeled, ARTICLES, of="tone/sentences", gold=labels)
    assert misses[["what", "expected", "found"]].values.tolist() == [["subjective", "1", "0.00"]]


def test_attitudes_are_judged_by_their_label() -> None:
    told = ((0, "negative"), (10, "neutral"), (20, "negative"), (30, "positive"))
    found = pd.DataFrame(
        [{"article_id": "a", "start": start, "end": start + 5, "label": word} for start, word in told]
    )
    expected = ((0, -1), (10, 0), (20, 1), (30, 1), (40, 0))
    labels = [label("x.txt", start, start + 5, attitude=attitude) for start, attitude in expected]
    assert scores(gold.score_labels(found, ARTICLES, of="tone/targets", gold=labels)) == {"attitude": (3, 5)}


def test_a_second_pass_over_tone_is_scored_like_a_stage() -> None:
    for of, n in (("tone/sentences", 263), ("tone/texts/sentences", 294)):
        agreed = scores(gold.score_second_pass(of=of))
        assert {total for _, total in agreed.values()} == {n}
        assert all(right > 0.8 * n for right, _ in agreed.values())
        assert agreed["subjective"][0] < n


def figure(slot: str, start: int) -> dict[str, Any]:
    return {"slot": slot, "article_id": "a", "sentence_id": 1, "part_id": 1, "start": start, "end": start + 5}


def test_slots_are_judged_by_what_they_join() -> None:
    found = make_table("figures", [figure("p", 0), figure("p", 10), figure("q", 20)])
    labels = [
        label("x.txt", s, s + 5, slot=slot) for s, slot in ((0, "killed"), (10, "killed"), (20, "killed"))
    ]
    judged = scores(gold.score_labels(found, ARTICLES, of="comparison/figures", gold=labels))
    assert judged["found: F1"] == (6, 6)
    assert judged["same slot: precision"] == (1, 1)
    assert judged["same slot: recall"] == (1, 3)


def test_a_cell_is_right_when_all_of_it_is_and_a_missing_figure_is_none() -> None:
    told = {"low": Decimal(3), "high": Decimal(3), "bound": "=", "status": "claimed"}
    rows = [
        {**figure("p", 0), **told, "attributed_to": "Gray"},
        {**figure("p", 10), **told, "low": Decimal(2)},
        {**figure("q", 20), **told},
        {**figure("p", 30), "note": "cut off, figure missing"},
    ]
    said = {"low": "3", "high": "3", "bound": "=", "status": "claimed"}
    labels = [
        label("x.txt", s, s + 5, slot="killed", attributed_to=who, **said)
        for s, who in ((0, "Ann Gray"), (10, ""), (20, ""), (40, ""))
    ]
    found = make_table("figures", rows)
    judged = scores(gold.score_labels(found, ARTICLES, of="comparison/figures", gold=labels))
    assert judged["cell: precision"] == (1, 3)
    assert judged["cell: recall"] == (1, 4)
    assert judged["low"] == (2, 4)


def telling(claim: str, article: str, start: int, stance: str) -> dict[str, Any]:
    span = {"start": start, "end": start + 5} if stance != "absent" else {}
    place = {"claim_article": "a", "claim_start": 0, "claim_end": 5}
    return {"claim_id": claim, "article_id": article, "stance": stance, **place, **span}


def test_claims_are_judged_by_the_articles_that_tell_them() -> None:
    found = make_table(
        "claims",
        [
            telling("p", "a", 0, "asserts"),
            telling("p", "b", 0, "hedges"),
            telling("q", "a", 10, "asserts"),
            telling("q", "b", 10, "absent"),
        ],
    )
    labels = [
        label("x.txt", 0, 5, claim="one", stance="asserts"),
        label("y.txt", 0, 5, claim="one", stance="denies"),
        label("y.txt", 10, 15, claim="two", stance="asserts"),
        label("x.txt", 12, 15, claim="three", stance="asserts"),
    ]
    judged = scores(gold.score_labels(found, ARTICLES, of="comparison/claims", gold=labels))
    assert judged["claim in article: precision"] == (3, 3)
    assert judged["claim in article: recall"] == (3, 4)
    assert judged["stance, where found"] == (2, 3)


def conflict(start_a: int, start_b: int, verdict: str) -> dict[str, Any]:
    return {
        "slot": "s",
        "article_a": "a",
        "start_a": start_a,
        "end_a": start_a + 5,
        "article_b": "b",
        "start_b": start_b,
        "end_b": start_b + 5,
        "verdict": verdict,
        "kind": "count",
        "reason": "Why.",
    }


def test_conflicts_match_in_either_direction_and_unlabelled_apparent_ones_are_not_judged() -> None:
    found = make_table(
        "conflicts", [conflict(0, 0, "real"), conflict(10, 10, "apparent"), conflict(20, 20, "real")]
    )
    labels = [
        {
            "path_a": "y.txt",
            "start_a": 0,
            "end_a": 5,
            "path_b": "x.txt",
            "start_b": 0,
            "end_b": 5,
            "verdict": "real",
        }
    ]
    judged = scores(gold.score_labels(found, ARTICLES, of="comparison/conflicts", gold=labels))
    assert judged["found: precision"] == (1, 2)
    assert judged["verdict"] == (1, 1)
    misses = gold.worst_misses(found, ARTICLES, of="comparison/conflicts", gold=labels)
    assert misses[["what", "text"]].values.tolist() == [["extra", f"{RAW[20:25]} | {RAW[20:25]}"]]


def test_worst_misses_come_longest_first_with_their_words() -> None:
    found = make_table("statements", [statement(14, 40, speaker="the mayor"), statement(60, 70)])
    labels = [
        label("x.txt", 14, 40, kind="indirect", speaker="Ann Gray", stance="states"),
        label("x.txt", 42, 48, kind="direct", speaker="", stance="states"),
    ]
    misses = gold.worst_misses(found, ARTICLES, of="speech/statements", gold=labels)
    assert misses.values.tolist() == [
        ["a", 14, 40, "speaker", "Ann Gray", "the mayor", RAW[14:40]],
        ["a", 60, 70, "extra", "", "found", RAW[60:70]],
        ["a", 42, 48, "missed", "found", "", RAW[42:48]],
    ]
    assert len(gold.worst_misses(found, ARTICLES, of="speech/statements", gold=labels, limit=1)) == 1
    with pytest.raises(ValueError, match="no labels 'speech'; there are reading/lines"):
        gold.worst_misses(found, ARTICLES, of="speech", gold=labels)


@pytest.mark.parametrize(
    ("agrees", "found", "expected", "answer"),
    [
        (is_same_amount, Decimal(12), "12", True),
        (is_same_amount, None, "12", False),
        (is_same_amount, Decimal(12), None, False),
        (is_same_name, "the Mayor’s office", "Mayor", True),
        (is_same_name, "Mayor Ray", "Mayor Gray", False),
        (is_same_name, "", "", True),
        (is_same_head, "people", "", False),
        (is_same_sign, 0.0, 1, False),
        (is_same_sign, 0.3, 1, True),
        (is_same_answer, float("nan"), 0, True),
    ],
)
def test_what_counts_as_the_same(agrees: Any, found: Any, expected: Any, answer: bool) -> None:
    assert agrees(found, expected) is answer


def test_floors_rise_and_fall_only_when_told() -> None:
    measured = pd.DataFrame(
        {"labels": ["x", "x"], "measure": ["zone", "part"], "score": [0.29, float("nan")]}
    )
    assert gold.raise_floors(measured, {"x: zone": 0.5}) == {"x: zone": 0.5, "x: part": 0.0}
    assert gold.raise_floors(measured, {"x: zone": 0.5}, may_fall=True) == {"x: zone": 0.29, "x: part": 0.0}
