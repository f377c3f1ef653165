from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon._lexicon import tokenize
from rashomon._tone.targets import WINDOWS, factors_of, find, load_attitude_words, place_target, see_around
from rashomon.attitudes import attitudes_in, find_attitude_cues, find_attitudes
from rashomon.corpus import corpus_of
from rashomon.speech import find_statements
from rashomon.tables import check_table
from rashomon.tone_summary import compare_methods, summarize_attitudes

WORDS = "Ann Gray|the|not|praised|corrupt|lied|but|Rome|,|.|“good”|!|😀|40"
TEXTS = st.lists(st.sampled_from(WORDS.split("|")), max_size=25).map(" ".join)


@pytest.mark.parametrize(
    ("text", "target", "label"),
    [
        ("The corrupt and brutal regime of Ann Gray lied to the voters again.", "Ann Gray", "negative"),
        ("Everybody praised Ann Gray for a brave and generous decision.", "Ann Gray", "positive"),
        ("Ann Gray said on Monday that the meeting would begin at noon.", "Ann Gray", "neutral"),
        ("Ann Gray, a disgraced liar, was condemned by the court.", "Ann Gray", "negative"),
    ],
)
def test_label(text, target, label):
    assert attitudes_in(text, [target])["label"].tolist() == [label]


def test_who_is_named_does_not_matter():
    text = "Reporters said that {} had lied about the shameful deal with Rome."
    scores = [attitudes_in(text.format(name), [name])["attitude"].iloc[0] for name in ("Ann Gray", "Li Wei")]
    assert scores[0] == scores[1]


def test_windows_tell_near_from_far_and_stop_at_the_clause():
    tokens = tokenize("At noon the bold mayor Gray spoke, then left us all alone there")
    first, last = place_target(tokens, 23, 27)
    assert (tokens[first].key, last - first) == ("gray", 1)
    seen = {(tokens[p.token].key, WINDOWS[p.window]) for p in see_around(tokens, first, last, [1.0] * 13)}
    assert {("mayor", "left next"), ("mayor", "left near"), ("at", "left far")} <= seen
    assert {("spoke", "right next"), ("then", "right far"), ("then", "right next")} <= seen
    assert not any(word == "gray" for word, _ in seen)
    assert {word for word, window in seen if window == "sentence"} == {t.key for t in tokens} - {"gray"}


@settings(max_examples=30, deadline=None)
@given(TEXTS)
def test_account_adds_up_and_evidence_slices_back(text):
    corpus = corpus_of({"a": text})
    targets = find_attitudes(corpus)
    check_table("targets", targets)
    cues = find_attitude_cues(corpus, targets)
    check_table("cues", cues)
    raw = corpus.raw("a") if text.strip() else ""
    for cue in cues.to_dict("records"):
        assert raw[cue["start"] : cue["end"]] == cue["surface"]
    for row in targets.to_dict("records"):
        mine = cues[cues["rule"].str.startswith(f"toward {row['surface']} at {row['start']}, ")]
        for score in ("attitude", "charge"):
            weights = mine.loc[mine["measure"] == score, "weight"].tolist()
            assert row[score] == sum(weights) == math.fsum(weights)
        assert row["window_start"] <= row["start"] < row["end"] <= row["window_end"]
        held = raw[row["window_start"] : row["window_end"]]
        assert all(word in held for word in row["words"].split("; "))


def test_deleting_the_strongest_word_moves_the_attitude_its_way():
    text = "They all said that the corrupt mayor Ann Gray ruined the town."
    tokens = tokenize(text)
    cues = find(tokens, *_span_of(text, "Ann Gray"), factors_of(tokens))
    worst = min((c for c in cues if c.measure == "attitude"), key=lambda c: c.weight)
    rest = text[: worst.start] + text[worst.end :]
    before, after = (attitudes_in(t, ["Ann Gray"])["attitude"].iloc[0] for t in (text, rest))
    assert after > before


def _span_of(text, words):
    return text.index(words), text.index(words) + len(words)


def test_names_and_spans_may_be_given():
    text = "Gray met Gray. He lied."
    assert attitudes_in(text, ["Gray", (15, 17)])[["start", "end"]].values.tolist() == [
        [0, 4],
        [9, 13],
        [15, 17],
    ]
    assert attitudes_in(text, ["Gra", " "]).empty
    with pytest.raises(ValueError, match="outside the text"):
        attitudes_in(text, [(20, 99)])


@pytest.mark.parametrize("text", ["", "😀", "Der Bürgermeister Gray hat die Leute belogen und war nicht da."])
def test_no_target_and_other_languages_have_no_rows(text):
    assert attitudes_in(text).empty
    assert attitudes_in(text, ["Gray"]).empty


def test_entities_are_unified_and_voices_marked():
    corpus = corpus_of({"a": "Mayor Ann Gray lied. “Gray is a brave woman,” Bob Dean said."})
    targets = find_attitudes(corpus, find_statements(corpus))
    assert targets["entity"].tolist() == ["Ann Gray", "Ann Gray", "Bob Dean"]
    assert targets["voice"].tolist()[0] == "narrator"
    alone = find_attitudes(corpus, find_statements(corpus))
    pd.testing.assert_frame_equal(targets, alone)


def test_weights_have_a_base_and_few_are_empty():
    weights = load_attitude_words()
    assert {"(base rate)", "(a name)"} <= weights.keys()
    assert all(any(any(row) for row in scores) for scores in weights.values())


def test_summary_needs_enough_mentions():
    text = "They praised Ann Gray as brave. " * 6 + "Bob Dean left. "
    summary = summarize_attitudes(attitudes_in(text, ["Ann Gray", "Bob Dean"])).set_index("entity")
    assert summary.loc["Ann Gray", "positive_share"] == 1
    assert summary.loc["Ann Gray", "attitude_low"] <= summary.loc["Ann Gray", "attitude"]
    assert summary.loc["Bob Dean", "note"] == "not enough text"
    assert math.isnan(summary.loc["Bob Dean", "attitude"])
    assert summarize_attitudes(attitudes_in(""), []).empty


def test_methods_side_by_side():
    one = pd.DataFrame({
        "article_id": "a", "sentence_id": [1, 2, 3, 4], "start": 0, "end": 5,
        "valence": [1.0, -1.0, 0.1, float("nan")],
    })  # fmt: skip
    other = one.assign(valence=[2.0, 1.0, -1.0, 1.0])
    compared = compare_methods(one, other).set_index("sentence_id")
    assert compared["agreement"].to_dict() == {1: "same", 2: "opposite", 3: "one is neutral"}
    assert compared.index[0] == 2
