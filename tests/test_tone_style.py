"""Hedges, loaded words, opinion, emotion, register, readability: cases, accounts that add up, limits."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon._lexicon import tokenize
from rashomon._tone import emotion, hedging, neighbors, style
from rashomon._tone.account import Found
from rashomon._tone.listed import NO_CUE, load_emotions, load_hedges, load_wording
from rashomon._tone.syllables import count_syllables
from rashomon.corpus import corpus_of
from rashomon.read import read_word_list
from rashomon.readability import measure_readability, score_readability
from rashomon.registers import score_registers
from rashomon.tables import check_table
from rashomon.tone import find_cues, score_tone, tone_of

CASES = Path(__file__).parent / "cases"
LISTS = ("hedges", "loaded_words", "opinion_words", "emotion_words", "register_signs")
WORDS = st.sampled_from(
    [
        "may", "some", "about", "40", "regime", "slammed", "shocking", "said", "I", "you", "must", "like a",
        "“good plan”", "(or so they tell us)", "folks,", "however,", "book now", "frightened", "the", "Oslo",
        "!", "?", ".", "…",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=30).map(" ".join))


def read_cases(name):
    return json.loads((CASES / name).read_text(encoding="utf-8"))


def of_case(case):
    fails = [pytest.mark.xfail(strict=True, reason=case["comment"])] if case.get("known_failure") else []
    return pytest.param(case, id=case["label"], marks=fails)


def found_in(text, measure):
    return [one for one in style.find(tokenize(text), text) if one.measure == measure]


def score(text, measure):
    return sum(one.weight for one in found_in(text, measure))


@pytest.mark.parametrize("case", [of_case(case) for case in read_cases("tone_style.json")])
def test_case(case):
    assert [one.rule for one in found_in(case["text"], case["measure"])] == case["expected"]


@pytest.mark.parametrize("case", [of_case(case) for case in read_cases("tone_registers.json")])
def test_register(case):
    corpus = corpus_of({"a": case["text"]})
    registers = score_registers(corpus, find_cues(corpus))
    check_table("registers", registers)
    assert registers["label"].unique().tolist() == [case["expected"]]


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_scores_stay_in_range_and_spans_slice(text):
    for measure in ("hedging", "loaded", "subjectivity", *emotion.EMOTIONS):
        assert -1e-9 <= score(text, measure) <= 1
    for one in style.find(tokenize(text), text):
        assert 0 <= one.start < one.end <= len(text)


@pytest.mark.parametrize(
    "piece",
    [
        "''a",
        "''a ",
        "(",
        '"a ',
        "— a-",
        "is not a ",
        "Ab: ",
        "*a",
        "If a, ",
        "if a, b ",
        ", that a ",
        "best a ",
        "with the a ",
    ],
)
def test_no_shape_takes_for_ever(piece):
    text = piece * 400
    assert all(one.end <= len(text) for one in style.find(tokenize(text), text))


def test_kinds_of_hedges_add_up():
    tone = tone_of("It may rain, critics reportedly say, for about 20 days if the wind turns.")
    kinds = [f"hedging_{kind}" for kind in hedging.KINDS]
    assert (tone[kinds] > 0).all(axis=None)
    assert tone[kinds].sum(axis=1).tolist() == pytest.approx(tone["hedging"].tolist())


def test_more_hedges_are_more_and_never_certain():
    scores = [score("It is here " + "perhaps " * n, "hedging") for n in range(4)]
    assert scores == sorted(set(scores))
    assert scores[:2] == [0, pytest.approx(0.5)]
    assert scores[-1] < 1


@pytest.mark.parametrize(
    ("plainer", "stronger"),
    [
        ("It is an awful plan, the council said.", "It is an awful plan, and the council knows."),
        ("An awful plan with 3 errors in it.", "An awful plan with many errors in it."),
        ("They called it “an awful plan” for the town.", "They called it an awful plan for the town."),
        ("This is an awful plan.", "This is an awful plan!"),
        ("We got a plan for the town.", "We must stop the plan for the town."),
    ],
)
def test_what_shows_a_report_weighs_against_opinion(plainer, stronger):
    assert score(plainer, "subjectivity") < score(stronger, "subjectivity")


def test_is_said_to_names_nobody():
    assert all(one.rule != "told by somebody" for one in found_in("It is said to be awful.", "subjectivity"))


def test_signs_in_quotation_marks_are_somebody_elses():
    narrator = score("You couldn't make it up, folks!", "register_comic")
    assert narrator > score("“You couldn't make it up, folks!”", "register_comic")


def test_neighbors_bring_the_mean():
    weights = (1.0, 0, 0, 0, 0, 0.5, 0)
    found = [[Found(0, 1, "register_comic", weight, "x")] if weight else [] for weight in weights]
    added = neighbors.find(found, [9] * 7)
    totals = [sum(one.weight for one in (*a, *b)) for a, b in zip(found, added, strict=True)]
    assert totals == pytest.approx([1 / 5, 1.5 / 6, 1.5 / 7, 1.5 / 7, 1.5 / 7, 0.5 / 6, 0.5 / 5])
    assert all((one.start, one.end, one.rule) == (0, 9, neighbors.RULE) for more in added for one in more)


def test_neighbors_do_not_reach_into_another_article():
    plain, comic = "The road is closed. The road is long.", "Folks, you couldn't make it up! Who knew?"
    tone = score_tone(corpus_of({"a": plain, "b": comic}))
    alone = [score_tone(corpus_of({"a": text}))["register_comic"].tolist() for text in (plain, comic)]
    together = [part["register_comic"].tolist() for _, part in tone.groupby("article_id", sort=False)]
    assert sorted(together) == sorted(alone)


def test_comic_part_is_more_subjective_and_comic_than_the_report():
    cases = {case["expected"]: case["text"] for case in read_cases("tone_registers.json")[:2]}
    means = {name: tone_of(text)[["subjectivity", "register_comic"]].mean() for name, text in cases.items()}
    assert (means["comic"] > means["wire"]).all()


def test_registers_name_the_signs_that_made_them():
    corpus = corpus_of({"a": "Folks, it did it again! Who knew? Grab a towel, it is like a bath!"})
    registers = score_registers(corpus, find_cues(corpus)).set_index("register")
    assert "exclamation 2" in registers.loc["comic", "signs"]
    assert registers.loc["wire", "signs"] == ""


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_well_formed(name):
    rows = read_word_list(name)
    forms = [(row.get("register", ""), form) for row in rows for form in row["forms"].split("|")]
    assert len(forms) == len(set(forms))
    assert all(form.strip() == form and form for _, form in forms)
    assert all(0 <= float(row["strength"]) <= 1.2 for row in rows)


def entries_of(listed):
    return [entry for seconds in listed.phrases.values() for found in seconds.values() for *_, entry in found]


def test_kinds_of_lists_are_known():
    kinds = {entry.kind for entry in entries_of(load_hedges())}
    assert kinds == {*hedging.KINDS, NO_CUE}
    kinds = {entry.kind for entry in entries_of(load_emotions())}
    assert kinds == {*emotion.EMOTIONS, NO_CUE}
    assert not [entry for entry in entries_of(load_wording()) if entry.is_loaded and entry.kind == NO_CUE]


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("the", 1), ("walked", 1), ("wanted", 2), ("doubled", 2), ("tables", 2), ("movement", 2),
        ("churches", 2), ("being", 2), ("saying", 2), ("trying", 2), ("media", 3), ("question", 2),
        ("quiet", 2), ("million", 2), ("period", 3), ("situation", 4), ("agreed", 2), ("prism", 2),
        ("didn't", 2), ("cooperate", 4), ("government's", 3), ("well-known", 2), ("state-of-the-art", 4),
        ("NBC", 3), ("ss", 1), ("Seoul", 1), ("created", 3), ("intelligence", 4), ("reportedly", 4),
        ("escalation", 4), ("military", 4),
    ],
)  # fmt: skip
def test_syllables(word, syllables):
    assert count_syllables(word) == syllables


def test_formulas_give_what_the_papers_say():
    sentences = ["The old man sat in the sun and ate bread with his younger sister."] * 30
    read = measure_readability(sentences)
    assert (read["n_words"], read["words_per_sentence"]) == (420, 14)
    assert read["syllables_per_word"] == pytest.approx(16 / 14)
    assert read["flesch"] == pytest.approx(206.835 - 1.015 * 14 - 84.6 * 16 / 14)
    assert read["flesch_kincaid"] == pytest.approx(0.39 * 14 + 11.8 * 16 / 14 - 15.59)
    assert read["smog"] == pytest.approx(3.1291)
    assert read["coleman_liau"] == pytest.approx(5.88 * 51 / 14 - 29.6 / 14 - 15.8)


def test_numbers_are_no_words():
    assert measure_readability(["In 2024 some 1,500 men came."])["n_words"] == 4


@pytest.mark.parametrize("sentences", [[], [""], ["One."], ["😀"], ["1 2 3"], ["Word " * 99]])
def test_too_little_text_has_no_readability(sentences):
    read = measure_readability(sentences)
    assert read["note"] == "not enough text"
    assert read["flesch"] is None


def test_readability_of_another_language_is_a_note():
    german = "Der alte Mann sitzt in der Sonne und isst mit seiner Schwester ein Brot. " * 12
    table = score_readability(corpus_of({"a": german}))
    check_table("readability", table)
    assert table["note"].tolist() == ["language: de"]
    assert math.isnan(table["flesch"].iloc[0])
