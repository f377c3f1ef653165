"""Each word has one voice, shares add up, speakers are joined by name only, chains keep their evidence."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from rashomon import corpus_of, statements_in
from rashomon.dictionary import VOCABULARIES
from rashomon.names import find_names
from rashomon.tables import make_table
from rashomon.voices import (
    compare_speakers,
    join_statements,
    link_speakers,
    share_voices,
    split_voices,
    trace_relays,
)

RAIN = "It rained. The mayor said a deputy called the plan “pure madness” on Monday. It was “fun”."
TALK = "I asked him. He said no. It was late."


def statement(raw: str, surface: str, **row: object) -> dict[str, object]:
    """Make a row of statements from the words; `cue` and `mention` are words too."""
    start = raw.index(surface)
    made = {"article_id": "a", "sentence_id": 1, "part_id": 1, "start": start, "end": start + len(surface)}
    made |= {"surface": surface, "kind": "indirect", "speaker_kind": "person", "stance": "states"}
    made |= {"is_checkable": False, "is_doubted": False} | row
    for prefix, words in (("cue", row.get("cue")), ("speaker", made.pop("mention", None))):
        if words:
            made[f"{prefix}_start"] = raw.index(str(words))
            made[f"{prefix}_end"] = raw.index(str(words)) + len(str(words))
    return made


def split(raw: str, *rows: dict[str, object]) -> pd.DataFrame:
    return split_voices(corpus_of({"a": raw}).sentences, make_table("statements", rows))


NESTED = [
    statement(RAIN, "a deputy called the plan “pure madness”", speaker="mayor", cue="said"),
    statement(RAIN, "pure madness", kind="partial", speaker="deputy", via="mayor", cue="called"),
    statement(RAIN, "fun", kind="scare", speaker_kind="unknown"),
]


def test_a_word_belongs_to_the_innermost_statement_and_a_scare_quote_to_the_narrator() -> None:
    voices = split(RAIN, *NESTED)
    assert voices[["speaker", "via", "surface", "n_words"]].values.tolist() == [
        ["", "", "It rained", 2],
        ["", "", "The mayor said", 3],
        ["mayor", "", "a deputy called the plan", 5],
        ["deputy", "mayor", "pure madness", 2],
        ["", "", "on Monday", 2],
        ["", "", "It was “fun", 3],
    ]
    assert voices["voice"].isin(VOCABULARIES["voice"]).all()


def test_cue_and_mention_inside_go_to_the_voice_around() -> None:
    turn = statement(TALK, TALK, kind="interview", speaker="Ann Gray")
    inner = statement(TALK, "He said no", speaker="mayor", via="Ann Gray", cue="said", mention="He")
    assert split(TALK, turn, inner)[["speaker", "surface"]].values.tolist() == [
        ["Ann Gray", "I asked him"],
        ["Ann Gray", "He said"],
        ["mayor", "no"],
        ["Ann Gray", "It was late"],
    ]
    alone = split(TALK, inner)
    assert alone[alone["voice"] == "speaker"]["surface"].tolist() == ["no"]


def test_every_word_is_in_one_stretch_that_can_be_found_again() -> None:
    corpus = corpus_of({"a": RAIN})
    plain, full = split(RAIN), split(RAIN, *NESTED)
    assert plain["n_words"].sum() == full["n_words"].sum()
    assert plain["voice"].unique().tolist() == ["narrator"]
    spans = list(zip(full["start"], full["end"], full["surface"], strict=True))
    assert all(corpus.raw("a")[start:end] == surface for start, end, surface in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


def shares_of(counts: list[tuple[int, int]], *, seed: int = 1) -> pd.DataFrame:
    """Share out the words of one article: (narrator's, speaker's) in each sentence."""
    rows = [
        {"article_id": "a", "sentence_id": place, "voice": voice, "n_words": n}
        for place, pair in enumerate(counts)
        for voice, n in zip(("narrator", "speaker"), pair, strict=True)
        if n
    ]
    return share_voices(pd.DataFrame(rows), seed=seed)


def test_shares_add_up_and_lie_in_their_intervals() -> None:
    table = shares_of([(10, 0), (0, 10), (5, 5), (10, 0), (8, 2), (0, 3)])
    assert table["n_words"].tolist() == [33, 20]
    assert table["share"].tolist() == pytest.approx([33 / 53, 20 / 53])
    assert (table["low"] < table["share"]).all()
    assert (table["share"] < table["high"]).all()
    # The two voices share each draw, so their intervals mirror each other.
    assert table["low"].iloc[0] == pytest.approx(1 - table["high"].iloc[1])
    assert table["n_sentences"].tolist() == [6, 6]


def test_an_interval_narrows_with_more_sentences_and_covers_the_truth() -> None:
    few, many = (shares_of([(10, 0), (0, 10)] * n)[["low", "high"]].iloc[1] for n in (5, 80))
    assert many["high"] - many["low"] < 0.5 * (few["high"] - few["low"])
    # Of sentences drawn from a known share, about 90 % of the intervals must hold it.
    draw = np.random.default_rng(7)
    held = 0
    for _ in range(60):
        table = shares_of([(0, 10) if draw.random() < 0.4 else (10, 0) for _ in range(60)])
        held += table["low"].iloc[1] <= 0.4 <= table["high"].iloc[1]
    assert 47 <= held <= 60


def test_too_little_text_and_shares_of_all_or_nothing_have_no_interval() -> None:
    assert shares_of([(1, 1)] * 4)["low"].isna().all()
    whole = shares_of([(3, 0)] * 9)
    assert whole["share"].tolist() == [1.0, 0.0]  # a text without speech has a share of speech: none
    assert whole["high"].isna().all()


def test_a_group_without_a_value_has_a_row_that_says_so() -> None:
    rows = [("a", 1, "narrator", 4), ("b", 1, "speaker", 4)]
    frame = pd.DataFrame(rows, columns=["article_id", "sentence_id", "voice", "n_words"])
    assert share_voices(frame)["share"].tolist() == [1, 0, 0, 1]
    assert share_voices(frame, by=())["share"].tolist() == [0.5, 0.5]


def test_a_group_keeps_its_interval_whatever_other_groups_there_are() -> None:
    rows = [(a, k, "speaker" if k % 3 else "narrator", 4) for a in "ab" for k in range(20)]
    frame = pd.DataFrame(rows, columns=["article_id", "sentence_id", "voice", "n_words"])
    both, alone = share_voices(frame, seed=3), share_voices(frame[frame["article_id"] == "b"], seed=3)
    pd.testing.assert_frame_equal(both[both["article_id"] == "b"].reset_index(drop=True), alone)
    pd.testing.assert_frame_equal(share_voices(frame.sample(frac=1, random_state=1), seed=3), both)


def names_table(*rows: dict[str, object]) -> pd.DataFrame:
    same = {"article_id": "a", "sentence_id": 1, "part_id": 1, "kind": "unknown", "score": 1.0}
    return make_table("names", [same | row for row in rows])


def test_speakers_are_joined_by_the_name_their_mention_has() -> None:
    raw = "Seoul said it was late. Tae-hyo Kim left."
    capital = {"start": 0, "end": 5, "surface": "Seoul", "entity": "South Korea", "rule": "capital"}
    unsure = {"start": 24, "end": 35, "surface": "Tae-hyo Kim", "entity": "", "rule": "ambiguous"}
    table = names_table(capital, unsure)
    said = [
        statement(raw, "it was late", speaker="Seoul", mention="Seoul", speaker_kind="institution"),
        statement(raw, "it", speaker="tae-hyo kim", via="SEOUL"),
        statement(raw, "late", speaker="officials in Seoul", mention="Seoul"),
    ]
    linked = link_speakers(make_table("statements", said), table)
    found = {row["surface"]: (row["speaker"], row["via"]) for row in linked.to_dict("records")}
    assert found == {
        "it was late": ("South Korea", ""),
        "it": ("tae-hyo kim", "South Korea"),  # no meaning is known: it stays as it was
        "late": ("officials in Seoul", ""),  # a name within a speaker is not the speaker
    }


def test_one_name_with_two_meanings_in_an_article_is_told_apart_by_its_mention() -> None:
    raw = "Kim said no. Kim said yes."
    at = [{"start": 0, "end": 3, "entity": "Ann Kim"}, {"start": 13, "end": 16, "entity": "Bo Kim"}]
    names = names_table(*({"surface": "Kim", "rule": "surname"} | each for each in at))
    yes = statement(raw, "yes", speaker="Kim") | {"speaker_start": 13, "speaker_end": 16}
    linked = link_speakers(make_table("statements", [statement(raw, "no", speaker="Kim"), yes]), names)
    assert linked["speaker"].tolist() == ["Kim", "Bo Kim"]


def heard(*rows: tuple[str, str, str, bool, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["article_id", "speaker", "speaker_kind", "is_checkable", "n_words"])


def test_only_who_can_be_the_same_is_compared() -> None:
    table = compare_speakers(
        heard(
            ("b", "Ann Gray", "person", False, 3),
            ("a", "Ann Gray", "person", True, 4),
            ("a", "City Hall", "institution", True, 9),
            ("a", "reports", "document", False, 50),
            ("a", "Experts", "crowd", True, 50),
            ("b", "Experts", "crowd", False, 50),
            ("a", "", "unknown", False, 50),
        )
    )
    assert table.values.tolist() == [
        ["Ann Gray", "person", True, 2, 7, "a; b"],
        ["City Hall", "institution", True, 1, 9, "a"],
    ]


def test_chains_are_added_up_and_keep_their_longest_words() -> None:
    voices = split(
        RAIN,
        statement(RAIN, "It rained", speaker="deputy", via="mayor"),
        statement(RAIN, "pure madness", speaker="deputy", via="mayor"),
        statement(RAIN, "on Monday", speaker="", via="Bugle", speaker_kind="unknown"),
    )
    chains = trace_relays(voices)
    assert chains[["via", "speaker", "n_words", "surface"]].values.tolist() == [
        ["mayor", "deputy", 4, "It rained"],
        ["Bugle", "", 2, "on Monday"],
    ]
    assert [RAIN[row.start : row.end] for row in chains.itertuples()] == chains["surface"].tolist()


def test_nothing_said_and_nothing_read_are_empty_tables() -> None:
    voices = split_voices(corpus_of({}).sentences, make_table("statements", []))
    for table in (voices, share_voices(voices), compare_speakers(voices), trace_relays(voices)):
        assert table.empty
    assert link_speakers(make_table("statements", []), find_names(corpus_of({}))).empty


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match="'outlet'"):
        share_voices(split(RAIN), by=["outlet"])
    with pytest.raises(ValueError, match="'outlet'"):
        compare_speakers(split(RAIN), by="outlet")


def test_pieces_of_one_act_are_joined_and_others_stay_apart() -> None:
    text = "“Go,” Ann Gray said, “and stay there.” Ben Hill said it was late."
    acts = join_statements(statements_in(text))
    assert acts["n_pieces"].tolist() == [2, 1]
    assert text[acts["start"][0] : acts["end"][0]].startswith("Go,")
    assert text[acts["start"][0] : acts["end"][0]].endswith("stay there.")
    assert acts["speaker"].tolist() == ["Ann Gray", "Ben Hill"]
    assert join_statements(statements_in("")).empty
    assert len(join_statements(statements_in("The “plan” failed."))) == 0
