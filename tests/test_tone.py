from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon._lexicon import (
    load_function_words,
    load_shifters,
    read_polarity_list,
    tokenize,
)
from rashomon._tone.intervals import half_width
from rashomon._tone.weights import load_weights
from rashomon.corpus import corpus_of
from rashomon.read import CorpusError, read_word_list
from rashomon.tables import check_table, make_table
from rashomon.tone import MEASURES, find_cues, score_tone, score_with_cues, tone_of
from rashomon.tone_summary import summarize_tone

CASES = json.loads(Path(__file__).parent.joinpath("cases", "tone.json").read_text(encoding="utf-8"))
WORDS = [
    "the", "not", "never", "isn't", "don’t", "hardly", "very", "so", "kind of", "but", "good", "bad", "awful",
    "may", "is said to", "about", "40", "if", "I", "you", "regime", "slammed", "shocking", "killed", "house",
    "Monday", "Grace", "“good”", "'fine'", '"fine"', "!", "?", ",", ".", "😀", "ist", "die",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))


def of_case(case):
    marks = (
        [pytest.mark.xfail(strict=True, reason=case.get("comment", ""))] if case.get("known_failure") else []
    )
    return pytest.param(case, id=case["label"], marks=marks)


@pytest.mark.parametrize("case", [of_case(case) for case in CASES])
def test_case(case):
    corpus = corpus_of({"a": case["text"]})
    tone, cues = score_tone(corpus), find_cues(corpus)
    for measure, expected in case["expected"].items():
        if expected == "none":
            assert not (tone[measure].abs() > 0.3).any()
        elif measure == "polarity":
            assert (tone[measure] > 0.05).all() if expected == "up" else (tone[measure] < -0.05).all()
        else:
            assert cues.loc[cues["measure"] == measure, "surface"].tolist() == expected


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS)
def test_account_adds_up(first, second):
    corpus = corpus_of({"a": first, "b": second})
    tone, cues = score_with_cues(corpus)
    for row in tone.to_dict("records"):
        mine = cues[(cues["article_id"] == row["article_id"]) & (cues["sentence_id"] == row["sentence_id"])]
        for measure in MEASURES:
            weights = mine.loc[mine["measure"] == measure, "weight"].tolist()
            assert (math.isnan(row[measure]) and not weights) or row[measure] == sum(weights) == math.fsum(
                weights
            )
    for cue in cues.to_dict("records"):
        assert corpus.raw(cue["article_id"])[cue["start"] : cue["end"]] == cue["surface"]
    check_table("tone", tone)
    check_table("cues", cues)


@settings(max_examples=12, deadline=None)
@given(TEXTS, TEXTS)
def test_order_of_articles_does_not_matter(first, second):
    one, other = corpus_of({"a": first, "b": second}), corpus_of({"b": second, "a": first})
    pd.testing.assert_frame_equal(score_tone(one), score_tone(other))
    pd.testing.assert_frame_equal(find_cues(one), find_cues(other))


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_tokens_slice_back_in_order(text):
    tokens = tokenize(text)
    assert all(0 <= t.start < t.end <= len(text) for t in tokens)
    assert all(a.end <= b.start for a, b in pairwise(tokens))


def test_account_names_rule_and_word():
    cues = find_cues(corpus_of({"a": "The offer is not very good."}), word_list="vader")
    polarity = cues[cues["measure"] == "polarity"].set_index("surface")
    assert polarity["rule"].to_dict() == {"not": "negation", "very": "booster", "good": "word: good"}
    good, very, negation = polarity["weight"][["good", "very", "not"]]
    assert very == pytest.approx(0.3 * good)
    assert negation == pytest.approx(-1.6 * 1.3 * good)


def test_downtoner_weakens():
    def polarity(text):
        return tone_of(text)["polarity"].iloc[0]

    assert 0 < polarity("The offer is somewhat good for us.") < polarity("The offer is good for us all.")


def test_deleting_the_strongest_word_moves_the_score_its_way():
    text = "The awful plan was a good idea."
    cues = find_cues(corpus_of({"a": text}))
    polarity = cues[cues["measure"] == "polarity"]
    worst = polarity.loc[polarity["weight"].idxmin()]
    without = text[: worst["start"]] + text[worst["end"] :]
    assert tone_of(without)["polarity"].iloc[0] > tone_of(text)["polarity"].iloc[0]


def test_short_texts_are_not_more_opinionated():
    assert tone_of("Shocking news")["loaded"].tolist() == [pytest.approx(0.1)]
    assert tone_of("Shocking!")["subjectivity"].iloc[0] == pytest.approx(2 / 22)


@pytest.mark.parametrize("text", [case["text"] for case in CASES if len(case["text"]) > 60])
def test_deleting_the_strongest_words_moves_the_score_as_stated(text):
    cues = find_cues(corpus_of({"a": text}))
    mine = cues[cues["measure"].isin(("polarity", "event_valence")) & (cues["sentence_id"] == 1)]
    moved = mine.groupby(["start", "end"])["weight"].sum().sort_values(key=abs).tail(3)
    if len(moved) < 3:
        return
    rest = text
    for start, end in sorted(moved.index, reverse=True):
        rest = rest[:start] + rest[end:]
    before, after = (tone_of(t)["valence"].fillna(0).iloc[0] for t in (text, rest))
    assert after - before == pytest.approx(-moved.sum(), abs=0.25)


def test_scores_are_bounded_where_every_word_is_a_cue():
    tone = tone_of(" ".join(["awful"] * 300))
    assert 0.6 < tone["subjectivity"].iloc[0] < 1
    assert -4 <= tone["polarity"].iloc[0] < -3.98


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("", "not enough text"), ("  \n\n", "not enough text"), ("😀😀 😡", "not enough text"),
        ("Wonderful", "not enough text"), ("...", "not enough text"), ("12 345", "not enough text"),
        ("Der Minister sagte, dass die Lage gut und die Menschen froh sind.", "not English"),
    ],
)  # fmt: skip
def test_too_little_or_foreign_text_has_no_number(text, note):
    tone = tone_of(text)
    assert tone["note"].tolist() == [note]
    assert tone[["valence", "polarity", "event_valence"]].isna().all(axis=None)


def test_capitals_are_no_shouting_that_counts():
    plain, loud = (tone_of(text)["valence"].iloc[0] for text in ("It was awful news.", "IT WAS AWFUL NEWS."))
    assert loud == pytest.approx(plain)


def test_event_and_wording_are_two_numbers():
    sober, judged = (
        tone_of(f"Three men were {verb} in the village on Monday.").iloc[0]
        for verb in ("killed", "humiliated")
    )
    assert sober["event_valence"] < -0.5 < sober["polarity"]
    assert judged["polarity"] < -0.3 < judged["event_valence"]
    assert sober["valence"] == sober["polarity"] + sober["event_valence"]


def test_interval_holds_the_valence_and_is_widest_for_few_words():
    tone = tone_of(
        "The awful, shameful and cruel plan failed. The ferry left at noon, it was hot. He was awful."
    )
    assert (tone["valence_low"] < tone["valence_high"]).all()
    assert tone["valence"].dropna().between(tone["valence_low"].dropna(), tone["valence_high"].dropna()).all()
    assert half_width(0.1, 1) > half_width(0.1, 2)
    assert half_width(0.1, 2) <= half_width(1.0, 5) <= half_width(9.0, 9)
    assert tone_of("It was an awful plan.", word_list="vader")["valence_low"].isna().all()


def test_sidebar_words_are_not_scored():
    corpus = corpus_of({"a": "The awful plan failed in June.\n\nA good day was had by all."})
    hidden = corpus.sentences.assign(carries_claims=[True, False])
    part = replace(corpus, sentences=hidden)
    assert score_tone(part)["sentence_id"].tolist() == [1]
    assert set(find_cues(part)["sentence_id"]) == {1}


def test_article_in_another_language_is_not_scored():
    corpus = corpus_of({"a": "Good, wonderful, super."})
    foreign = corpus.articles.assign(language="de")
    other = replace(corpus, articles=foreign)
    assert score_tone(other)[list(MEASURES)].isna().all(axis=None)
    assert score_tone(other)["n_words"].tolist() == [3]


def test_statements_decide_voice_and_scare_quotes():
    text = "They brought their “wonderful” plans to the talks."
    corpus = corpus_of({"a": text})
    at = text.index("wonderful")
    row = {
        "article_id": "a",
        "sentence_id": 1,
        "part_id": 1,
        "start": at,
        "end": at + 9,
        "surface": "wonderful",
        "stance": "states",
        "is_checkable": False,
        "is_doubted": False,
    }
    scare = make_table("statements", [row | {"kind": "scare"}])
    partial = make_table("statements", [row | {"kind": "partial"}])
    assert score_tone(corpus, scare)["polarity"].iloc[0] < 0 < score_tone(corpus, partial)["polarity"].iloc[0]
    assert score_tone(corpus)["voice"].tolist() == [""]


def write(folder, text, name="own.csv"):
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_own_list_replaces_vader(tmp_path):
    path = write(tmp_path, "word,weight\nriver,3\nkilled,-2\nin ruins,-4\n")
    tone = tone_of("The river killed the good town. It lies in ruins now.", word_list=path)
    assert tone["n_matched"].tolist() == [2, 1]
    assert tone["polarity"].tolist() == [pytest.approx(4 * (3 - 2) / (5 + 4)), pytest.approx(-4 * 4 / 8)]


def test_own_list_on_the_small_scale_is_multiplied(tmp_path):
    assert read_polarity_list(write(tmp_path, "word,weight\nGood,0.5\nbad,-1\n")) == {
        "Good": 2.0,
        "bad": -4.0,
    }
    assert read_polarity_list(write(tmp_path, "word,weight\ngood,0.5\nbad,-3\n")) == {
        "good": 0.5,
        "bad": -3.0,
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("word,weight\n", "has no rows"),
        ("term,weight\ngood,1\n", "line 2: no 'word'"),
        ("word,weight\ngood\n", "line 2: no 'weight'"),
        ("word,weight\ngood,1\nbad,high\n", "line 3: weight 'high' is not a number"),
        ("word,weight\ngood,5\n", "line 2: weight '5' is outside -4 to 4"),
        ("word,weight\ngood,nan\n", "line 2: weight 'nan' is outside -4 to 4"),
        ("word,weight\n!!,1\n", "line 2: '!!' is not a word"),
        ("word,weight\ngood,1\nGood,2\n", "line 3: 'good' stands there twice"),
    ],
)
def test_ill_formed_list_names_file_and_line(tmp_path, text, message):
    path = write(tmp_path, text)
    with pytest.raises(CorpusError, match=re.escape(message)) as caught:
        tone_of("Good.", word_list=path)
    assert "own.csv" in str(caught.value)


def test_list_that_is_not_there_or_no_text(tmp_path):
    with pytest.raises(CorpusError, match="no such file"):
        find_cues(corpus_of({"a": "Good."}), word_list=str(tmp_path / "none.csv"))
    (tmp_path / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    with pytest.raises(CorpusError, match="picture"):
        read_polarity_list(str(tmp_path / "picture.csv"))
    with pytest.raises(CorpusError, match="comma-separated"):
        read_polarity_list(write(tmp_path, 'word,weight\n"go"od,1\n'))


def test_own_list_can_hold_names(tmp_path):
    path = write(tmp_path, "word,weight\nBrexit,-2\ngrace,3\n")
    tone = tone_of("They said that Brexit was done. We met with Grace in June.", word_list=path)
    assert tone["n_matched"].tolist() == [1, 0]


def test_edited_list_is_read_again(tmp_path):
    text = "The river ran through the town."
    assert tone_of(text, word_list=write(tmp_path, "word,weight\nriver,2\n"))["polarity"].iloc[0] > 0
    assert tone_of(text, word_list=write(tmp_path, "word,weight\nriver,-2\n"))["polarity"].iloc[0] < 0


def test_word_lists_are_well_formed():
    assert {row["kind"] for row in read_word_list("shifters")} >= {
        "negation",
        "booster",
        "downtoner",
        "contrast",
    }
    assert all(0 < abs(float(row["factor"])) < 2 for row in read_word_list("shifters"))
    words = load_function_words()
    assert words["the"] == {"en"}
    assert "de" in words["die"]
    for loaded in (load_weights().words, load_weights("vader").words, load_shifters()):
        assert len(loaded.phrases) > 50


def test_matching_prefers_the_longest_phrase():
    cues = find_cues(
        corpus_of({"a": "He is said to have thrown down the gauntlet again in June."}), word_list="vader"
    )
    cues = cues[cues["measure"].isin(MEASURES)]
    assert cues["surface"].tolist() == ["is said to", "thrown down the gauntlet", "thrown down the gauntlet"]


def test_summary_gives_means_intervals_and_notes():
    tone = tone_of("A shameful farce it may be, they say. The bus left at noon. " * 6)
    summary = summarize_tone(tone, ["article_id"]).iloc[0]
    assert summary["n_sentences"] == 12
    assert summary["loaded"] == pytest.approx(tone["loaded"].mean())
    assert summary["loaded_low"] < summary["loaded"] < summary["loaded_high"]
    assert (summary["polarity_n"], summary["note"]) == (12, "")


def test_summary_of_too_little_text():
    summary = summarize_tone(tone_of("A shameful farce it may be. " * 4))
    assert summary["note"].tolist() == ["not enough text"]
    assert summary[["polarity", "loaded", "hedging_low", "subjectivity_high"]].isna().all(axis=None)
    mixed = summarize_tone(tone_of("The bus left at noon. " * 6, word_list="vader"), ["zone"])
    assert mixed["note"].tolist() == ["not enough text for polarity, event_valence"]
    assert mixed["loaded"].tolist() == [0]


def test_summary_is_deterministic_and_groups_are_independent():
    text = "The awful day may end. A bus left at noon. " * 4
    varied = " ".join("An awful day was had in the town" + " and the river" * n + "." for n in range(9))
    both = score_tone(corpus_of({"a": text, "b": varied}))
    pd.testing.assert_frame_equal(summarize_tone(both, seed=3), summarize_tone(both, seed=3))
    alone = summarize_tone(score_tone(corpus_of({"a": text})))
    pd.testing.assert_frame_equal(summarize_tone(both).head(1), alone)
    other = summarize_tone(both, seed=4)
    assert other["polarity"].equals(summarize_tone(both, seed=3)["polarity"])
    assert not other.equals(summarize_tone(both, seed=3))


def test_summary_of_everything_nothing_and_a_wrong_column():
    tone = tone_of("The awful day may end. " * 6)
    assert summarize_tone(tone, [])["n_sentences"].tolist() == [6]
    assert summarize_tone(tone.head(0), []).empty
    assert summarize_tone(tone.head(0)).columns[0] == "article_id"
    with pytest.raises(ValueError, match="cannot group by 'outlet'"):
        summarize_tone(tone, ["outlet"])
