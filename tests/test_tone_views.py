"""Tone laid out for reading: headings apart, each word colored once, and what whole texts do to VADER."""

import dataclasses

import pandas as pd
import pytest

from rashomon import (
    attitudes_in,
    corpus_of,
    find_attitudes,
    find_cues,
    find_statements,
    read_corpus,
    score_tone,
    score_with_cues,
)
from rashomon.tone_views import compare_attitudes, lay_out_tone, mark_cues, score_voices, score_whole_texts

HARBOR = """Harbor plan is a shameful farce

The harbor reopened on Monday. It may close again in June. The ferry left at noon. Boats were moored there.
Nets were dried. “This is a wonderful day for all of us,” said Lena Holm, who runs the port.
"""


@pytest.fixture(scope="module")
def harbor():
    corpus = corpus_of({"a": HARBOR, "b": "It rained."})
    statements = find_statements(corpus)
    tone, cues = score_with_cues(corpus, statements)
    return corpus, cues, tone


def test_headings_are_never_pooled_with_running_text(harbor):
    corpus, _, tone = harbor
    laid = lay_out_tone(tone, corpus, unit="article")
    of_a = laid[laid["unit"] == "a"]
    assert of_a["voice"].tolist() == ["narrator", "narrator and speaker", "heading or caption"]
    assert of_a["n_sentences"].tolist() == [5, 1, 1]
    assert of_a["note"].tolist()[1:] == ["not enough text", "not enough text"]
    assert laid["n_sentences"].sum() == len(tone)


def test_parts_are_named_and_keep_their_order():
    corpus = read_corpus("seeds")
    laid = lay_out_tone(score_tone(corpus, find_statements(corpus)), corpus)
    units = list(dict.fromkeys(laid["unit"]))
    assert units == sorted(units)
    assert units[0] == "000 part 1"
    assert not laid.duplicated(["unit", "voice"]).any()


def test_sentences_stand_by_how_sure_and_how_strong(harbor):
    corpus, _, tone = harbor
    laid = lay_out_tone(tone, corpus, unit="sentence")
    assert len(laid) == (tone["note"] == "").sum()
    assert laid["unit"].str.startswith("a: ").all()
    ranks = list(zip(~laid["is_clear"], -laid["valence"].abs(), strict=True))
    assert ranks == sorted(ranks)
    for row in laid.itertuples():
        assert row.is_clear == (row.valence_low > 0 or row.valence_high < 0)


def test_an_unknown_unit_is_named(harbor):
    corpus, _, tone = harbor
    with pytest.raises(ValueError, match="no unit 'page'; there are sentence, part, article"):
        lay_out_tone(tone, corpus, unit="page")


def test_nothing_makes_an_empty_layout(harbor):
    corpus, cues, tone = harbor
    for unit in ("sentence", "part", "article"):
        laid = lay_out_tone(tone.head(0), corpus, unit=unit)
        assert len(laid) == 0
        assert {"unit", "voice"} <= set(laid)
    assert mark_cues(cues.head(0)).empty


def test_marks_are_words_each_colored_once(harbor):
    _, cues, _ = harbor
    marked = mark_cues(cues)
    assert not marked.duplicated(["article_id", "start", "end"]).any()
    by_word = dict(zip(marked["surface"], marked["mark"], strict=True))
    assert (by_word["shameful"], by_word["may"]) == ("loaded word", "hedge")
    assert by_word["wonderful"] in ("kinder wording", "loaded word")
    assert not (marked["rule"] == "neighboring sentences").any()
    assert all(HARBOR[start:end] == word for start, end, word in marked[["start", "end", "surface"]].values)


def test_a_vague_word_is_no_hedge_to_color():
    marked = mark_cues(find_cues(corpus_of({"a": "Some critics often met in the hall."})))
    assert "hedge" not in set(marked["mark"])


def test_a_word_of_the_topic_turns_the_score_of_a_whole_text():
    text = (
        "The intelligence service met. Its intelligence chief and the intelligence board told of an attack."
    )
    scored = score_whole_texts(corpus_of({"a": text}))
    one = scored.iloc[0]
    assert one["compound"] > 0 > one["without_them"]
    assert one["words"] == "intelligence (3)"
    assert text[one["start"] : one["end"]] == "intelligence"


@pytest.mark.parametrize(
    "text",
    ["", "Il a plu hier soir sur le port et sur la ville, et les bateaux ne sont pas partis.", "It rained."],
)
def test_texts_that_hold_no_score_have_no_row(text):
    scored = score_whole_texts(corpus_of({"a": text}))
    assert isinstance(scored, pd.DataFrame)
    assert scored.empty


def test_a_long_text_is_cut_where_it_says():
    scored = score_whole_texts(corpus_of({"a": "The good harbor is open again. " * 500}))
    assert scored["n_words"].tolist() == [2000]


def test_names_are_compared_with_all_names_and_only_with_enough_mentions():
    text = "They praised Ann Gray as brave. " * 6 + "Bo Lund is corrupt. " * 6 + "Cy Orr came. " * 4
    targets = attitudes_in(text, ["Ann Gray", "Bo Lund", "Cy Orr"])
    found = compare_attitudes(targets, corpus_of({"text": text})).set_index("entity")
    assert found["n_mentions"].to_dict() == {"Ann Gray": 6, "Bo Lund": 6, "Cy Orr": 4}
    assert found["against_mean"]["Ann Gray"] > 0 > found["against_mean"]["Bo Lund"]
    assert found["is_apart"].to_dict() == {"Ann Gray": True, "Bo Lund": True, "Cy Orr": False}
    assert found["note"]["Cy Orr"] == "not enough text"
    for row in found.itertuples():
        assert text[row.start : row.end] == row.Index
    # Where all come off alike, none is apart, however grim the words.
    same = "Bo Lund is corrupt. " * 6
    alike = compare_attitudes(attitudes_in(same, ["Bo Lund"]), corpus_of({"text": same}))
    assert alike["is_apart"].tolist() == [False]


def test_no_names_make_an_empty_comparison():
    empty = compare_attitudes(attitudes_in(""), corpus_of({"text": ""}))
    assert empty.empty
    assert {"teller", "entity", "against_mean", "is_apart"} <= set(empty)


def test_articles_of_one_outlet_are_one_teller_and_labels_of_turns_no_mentions():
    corpus = read_corpus("seeds")
    targets = find_attitudes(corpus)
    found = compare_attitudes(targets, corpus)
    assert {"000", "001", "The Rio Times"} <= set(found["teller"])
    assert not found.duplicated(["teller", "entity"]).any()
    raw = dict(corpus.articles[["article_id", "raw"]].values)
    turns = targets[targets["zone"].str.startswith("interview_")]
    n_labels = sum(raw[row.article_id][row.end] == ":" for row in turns.itertuples())
    assert n_labels > 10
    assert found["n_mentions"].sum() == len(targets) - n_labels
    joined = dataclasses.replace(corpus, articles=corpus.articles.assign(outlet="One"))
    assert set(compare_attitudes(targets, joined)["teller"]) == {"One"}


def test_a_sentence_of_two_voices_is_cut_where_the_voice_changes():
    text = "The harbor plan was shown on Monday. The mayor said that it was a shameful and stupid farce."
    corpus = corpus_of({"a": text})
    scored = score_voices(corpus, find_statements(corpus))
    told, said = (text[row.start : row.end] for row in scored.itertuples())
    assert scored["voice"].tolist() == ["narrator", "speaker"]
    assert told.startswith("The harbor plan")
    assert said.endswith("it was a shameful and stupid farce")
    assert "mayor" not in told + said
    # "The mayor said" is too short to speak for the narrator; what she said is hers.
    assert scored["polarity"][1] < -0.5 < scored["polarity"][0]


def test_stretches_of_voices_are_counted_anew_and_lead_back_to_the_words():
    corpus = read_corpus("seeds")
    scored = score_voices(corpus, find_statements(corpus))
    assert set(scored["voice"]) == {"narrator", "speaker"}
    assert not scored.duplicated(["article_id", "sentence_id"]).any()
    assert (scored["n_words"] >= 4).all()  # words of a list of weights, which hold no numbers
    spans = scored.sort_values(["article_id", "start"])
    later = spans.groupby("article_id")["start"].shift(-1)
    assert (spans["end"] <= later.fillna(10**9)).all()


@pytest.mark.parametrize("text", ["", "Rain."])
def test_no_voices_make_an_empty_table(text):
    corpus = corpus_of({"a": text})
    assert score_voices(corpus, find_statements(corpus)).empty
