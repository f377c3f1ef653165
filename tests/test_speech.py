from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon._speech.attribution import read_article
from rashomon._speech.cues import choose_cue, is_cue
from rashomon._speech.paragraphs import MAX_UNIT, read_paragraph
from rashomon._speech.phrases import head_of, phrase_after, phrase_before, tokenize
from rashomon._speech.quotes import find_quotations
from rashomon.corpus import corpus_of
from rashomon.read import CorpusError, read_word_list
from rashomon.speech import find_statements, mark_voices, statements_in
from rashomon.tables import VOCABULARIES, check_table

CASES = json.loads((Path(__file__).parent / "cases" / "speech.json").read_text("utf-8"))
INTERVIEW = """Interview with Dr. Lee Hyun-bin, River Analyst

Marcus Bell, Editor at Large: Dr. Lee, thank you for joining us. What is happening on the river?

Dr. Lee Hyun-bin: Thank you, Marcus. Reports suggest that the water has risen by a meter.

Bell: That sounds bad. What will the town do?

Dr. Lee: It will build a bridge. The mayor has promised that it will open in May.

Bell: Thank you, Dr. Lee, for being here with us today.

There will be more to say when the water has gone, and we shall see what is left of the town.

Bell: What do you think about the boats that were sold?

Dr. Lee: They were old boats, and nobody will miss them on the river.
"""


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case, id=case["label"], marks=[pytest.mark.xfail(strict=True)] * case.get("known_failure", False)
        )
        for case in CASES
    ],
)
def test_cases(case: dict[str, object]) -> None:
    text, expected = str(case["text"]), case["expected"]
    assert isinstance(expected, list)
    found = statements_in(text)
    columns = ["kind", "speaker", "surface", "stance"]
    got = found[columns].to_numpy().tolist()
    assert [row[: len(want)] for row, want in zip(got, expected, strict=True)] == expected
    if "via" in case:
        assert found["via"].tolist() == [case["via"]]


def test_spans_give_back_the_words() -> None:
    text = (
        "It was late.\n\n“The bridge is closed,” Mayor Ann Gray told CNN, citing a harbor source. He agreed."
    )
    found = statements_in(text)
    row = found.iloc[0]
    assert text[row["start"] : row["end"]] == row["surface"] == "The bridge is closed,"
    assert text[row["speaker_start"] : row["speaker_end"]] == "a harbor source"
    assert text[row["cue_start"] : row["cue_end"]] == row["cue"] == "told"
    assert (row["speaker"], row["via"], row["sentence_id"]) == ("harbor source", "Ann Gray", 2)


def test_interview_turns_have_the_fuller_name() -> None:
    found = statements_in(INTERVIEW)
    turns = found[found["kind"] == "interview"]
    lee, bell = "Lee Hyun-bin", "Marcus Bell"
    assert turns["speaker"].tolist() == [bell, lee, bell, lee, bell, lee, bell, lee]
    assert turns["surface"].iloc[0].startswith("Dr. Lee, thank you")
    mention = turns.iloc[0]
    assert INTERVIEW[mention["speaker_start"] : mention["speaker_end"]] == "Marcus Bell"
    assert pd.isna(turns.iloc[5]["speaker_start"])
    inside = found[found["kind"] == "indirect"]
    assert inside[["speaker", "via"]].to_numpy().tolist() == [["Reports", lee], ["mayor", lee]]


def test_heading_with_a_colon() -> None:
    text = (
        "NATO on the war: Boats on the river would be a “significant escalation”\n\n"
        "Seoul’s Response: More Than Just Words About The River\n\n"
        + "The river was high and the boats were late, as the town had been told to expect. "
        * 4
    )
    found = statements_in(text)
    assert found[["kind", "speaker"]].to_numpy().tolist() == [["indirect", "NATO"], ["partial", "NATO"]]


def test_voices() -> None:
    text = (
        "The rain began at noon. “It is late. We are tired,” Ann Gray said. "
        "The bridge is closed, she added. Its “famous” gate is open."
    )
    corpus = corpus_of({"a": text})
    statements = find_statements(corpus)
    marked = mark_voices(corpus.sentences, statements)
    assert marked["voice"].tolist() == ["narrator", "speaker", "mixed", "mixed", "narrator"]
    assert corpus.sentences["voice"].unique().tolist() == [""]
    assert mark_voices(marked, statements).equals(marked)
    check_table("sentences", marked)


@pytest.mark.parametrize(
    ("text", "kind", "is_checkable"),
    [
        ("Reports suggest that the water is rising.", "document", False),
        ("Mayor Ann Gray said it rained.", "person", True),
        ("Expert Gerry said it rained.", "person", False),
        ("Ann Gray, a retired engineer, said it rained.", "person", False),
        ("Ann Gray, who heads the chamber of trade, said it rained.", "person", True),
        ("Ann Gray, who left, said it rained.", "person", False),
        ("Ann Gray of the Boatmen’s League said it rained.", "person", True),
        ("Ann Gray runs the Harbor Museum. Gray said it rained.", "person", True),
        ("Expert Gerry came. Gerry said it rained.", "person", False),
        ("Kim Jong-un’s regime said it rained.", "institution", True),
        ("The Bank of Norland said it rained.", "institution", True),
        ("Residents of Elm Row said it rained.", "crowd", False),
        ("Neighbors said it rained.", "crowd", False),
        ("The parish clerk of Lintown said it rained.", "office", True),
        ("The Norland government said it rained.", "institution", True),
        ("The company said it rained.", "institution", False),
        ("A spokesman for the Norland army said it rained.", "institution", True),
        ("Recent reports suggest that it rained.", "document", False),
        ("The council’s report on Lintown said it rained.", "document", True),
        ("The Lintown Courier reported that it rained.", "outlet", True),
        ("The newspaper said it rained.", "outlet", False),
        ("Two officials said it rained.", "anonymous", False),
        ("An intelligence source said it rained.", "anonymous", False),
        ("Analysts said it rained.", "crowd", False),
        ("The boats reportedly leak.", "unknown", False),
        ("Jin Kim met Min Kim. Kim said it rained.", "unknown", False),
    ],
)
def test_kinds_of_speakers(text: str, kind: str, is_checkable: bool) -> None:
    row = statements_in(text).iloc[0]
    assert (row["speaker_kind"], bool(row["is_checkable"])) == (kind, is_checkable)


@pytest.mark.parametrize(
    ("text", "stance", "words", "is_doubted"),
    [
        ("Ann Gray said it rained all day.", "states", None, False),
        ("Ann Gray denied that it rained.", "denies", "denied", False),
        ("Ann Gray could not confirm the report about the rain.", "declines", "not confirm", False),
        ("Ann Gray claimed without any proof that it rained.", "doubts", "without any proof", True),
        ("Ann Gray wrongly claimed that it rained.", "doubts", "wrongly", True),
        ("Ann Gray said it rained, but offered no evidence.", "doubts", "no evidence", True),
        ("Ann Gray said it rained. This could not be verified.", "doubts", "could not be verified", True),
        ("Ann Gray denied, without proof, that it rained.", "denies", "without proof", True),
    ],
)
def test_words_that_show_a_stance(text: str, stance: str, words: str | None, is_doubted: bool) -> None:
    row = statements_in(text).iloc[0]
    assert (row["stance"], bool(row["is_doubted"])) == (stance, is_doubted)
    shown = None if pd.isna(row["stance_start"]) else text[row["stance_start"] : row["stance_end"]]
    assert shown == words


def test_mentions_keep_their_place_over_paragraphs() -> None:
    text = (
        "It was a long night in the town, and it rained.\n\n"
        "On Monday Ann Gray said: “The bridge is closed.\n\n"
        "“Nobody may cross it tonight.”\n\n"
        "Later Tom Reed wrote to all of us:\n\n"
        "The boats are late and old, and the bridge will not hold.\n\n"
        "It rained on, and nobody in the town went out to look at the bridge or the boats."
    )
    found = statements_in(text)
    assert found["speaker"].tolist() == ["Ann Gray", "Ann Gray", "Tom Reed"]
    for row in found.to_dict("records"):
        assert text[row["speaker_start"] : row["speaker_end"]] == row["speaker"]
    assert text[found["cue_start"].iloc[2] : found["cue_end"].iloc[2]] == "wrote"


def test_voices_without_statements() -> None:
    corpus = corpus_of({"a": "The rain began at noon and went on."})
    assert mark_voices(corpus.sentences, find_statements(corpus))["voice"].tolist() == ["narrator"]


@pytest.mark.parametrize("text", [INTERVIEW, "", "It rained.\n\n“Go home,” Ann Gray said.\r\n"])
def test_one_text_is_read_as_a_corpus_of_one(text: str) -> None:
    assert statements_in(text).equals(find_statements(corpus_of({"text": text})))


def test_half_a_character_is_refused() -> None:
    with pytest.raises(CorpusError, match="half a character at 3"):
        statements_in("Ann\ud83d said it rained.")


def test_order_of_articles_does_not_matter() -> None:
    texts = {"a": "Ann Gray said the bridge is closed.", "b": "Gray said it was open. “Go home,” she added."}
    forward, backward = (
        find_statements(corpus_of(dict(order))) for order in (texts.items(), [*texts.items()][::-1])
    )
    assert forward.equals(backward)
    assert forward.loc[forward["article_id"] == "b", "speaker"].tolist() == ["Gray", ""]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ('"', []),
        ('""', []),
        ("“A ‘b’ c,” he said. “D", [("A ‘b’ c,", 0, True), ("b", 1, True), ("D", 0, False)]),
        ('"I saw "Hamlet" today," he said.', [('I saw "Hamlet" today,', 0, True), ("Hamlet", 1, True)]),
        ("“One. “Two.”", [("One.", 0, False), ("Two.", 0, True)]),
        ('a 6" pipe', []),
        ('word"word', []),
        ('one"two"three', [("two", 0, True)]),
        ("« Non », dit-il", [("Non", 0, True)]),
        ("„Gut“, sagte er", [("Gut", 0, True)]),
        ("”Wrong way” he said", [("Wrong way", 0, True)]),
        ("``tex'' quotes", [("tex", 0, True)]),
        ("'Don't go,' she said. 'It's '90s stuff.'", [("Don't go,", 0, True), ("It's '90s stuff.", 0, True)]),
        ("“a ‘b” c", [("a ‘b", 0, True)]),
        ("“a ‘b", [("a ‘b", 0, False)]),
        ('ארה"ב אמר "כן"', [("כן", 0, True)]),
        ('"The “old” boat sank.', [("The “old” boat sank.", 0, False), ("old", 1, True)]),
        ('It "sank. The “old” boat.', [("sank. The", 0, False), ("old", 0, True)]),
    ],
)
def test_marks(text: str, expected: list[tuple[str, int, bool]]) -> None:
    assert [(text[q.start : q.end], q.depth, q.is_closed) for q in find_quotations(text)] == expected


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="\"“”«»„‘’' .,:—()aBsé\n", max_size=60))
def test_marks_of_any_text(text: str) -> None:
    found = find_quotations(text)
    for quotation in found:
        assert (
            0 <= quotation.outer_start < quotation.start < quotation.end <= quotation.outer_end <= len(text)
        )
    outer = [q for q in found if q.depth == 0]
    assert all(a.outer_end <= b.outer_start for a, b in pairwise(outer))


MARKS = [*"“”\"’'«».,:;—!?()…\n", "\u200b", "ﬁ", "אמר", "1,500"]
WORDS = ["said", "Ann Gray", "the source", "that", "according to", "reportedly", "he", "told CNN", "citing"]
MORE = [
    "is said to",
    "The Bridge",
    "Imagine",
    "NATO on",
    "Dr. Lee:",
    "accused",
    "of",
    "denied",
    "quoted as saying",
]
PIECES = st.sampled_from([*MARKS, *WORDS, *MORE])


@settings(max_examples=30, deadline=None)
@given(st.lists(PIECES, max_size=25).map(" ".join))
def test_any_text_gives_a_table(text: str) -> None:
    corpus = corpus_of({"text": text})
    found = find_statements(corpus)
    for row in found.to_dict("records"):
        assert text[row["start"] : row["end"]] == row["surface"] != ""
        assert row["kind"] not in ("scare", "title") or (
            row["speaker"] == "" and pd.isna(row["speaker_start"])
        )
    assert mark_voices(corpus.sentences, found)["voice"].isin(["narrator", "speaker", "mixed"]).all()


@pytest.mark.parametrize(
    "piece",
    [
        '"',
        "“A ",
        '"a" he said ',
        "he said. ",
        "Gray, said, ",
        "(ABC) ",
        "“a ‘b ",
        "the source said ",
        'אמר "שלום" ',
        "Ann Gray, the mayor of Lintown, left. The mayor said it rained. ",
        "warning by Kim that ",
        "It could not be verified. ",
        '"A “b ',
        "Although Gray, who in May said it rained, denied the plan, ",
        "The sale was announced on Monday, ",
    ],
)
def test_work_grows_with_length(piece: str) -> None:
    def count_calls(n: int) -> int:
        text = piece * n
        sentences = tuple((i, i + 40, i) for i in range(0, len(text), 40))
        n_calls = 0

        def count(*_: object) -> None:
            nonlocal n_calls
            n_calls += 1

        before = sys.getprofile()
        sys.setprofile(count)
        try:
            read_article([read_paragraph(text, 0, sentences, "body", 1)])
        finally:
            sys.setprofile(before)
        return n_calls

    count_calls(50)  # what is made once and kept is not part of the growth
    assert count_calls(2_000) < 5 * count_calls(500)


def test_no_sentence_is_longer_than_allowed() -> None:
    paragraph = read_paragraph("word " * 1000, 0, (), "body", 1)
    assert [last - first for first, last in paragraph.units] == [MAX_UNIT] * 3 + [100]


def test_phrases() -> None:
    tokens = tokenize("On Tuesday the old mayor of Lintown (AP) said nothing")
    phrase = phrase_before(tokens, 10, 0)
    assert phrase == (2, 10)
    assert head_of(tokens, phrase).text == "mayor"
    assert phrase_before(tokens, 2, 0) is None
    assert phrase_after(tokens, 2, 5) == (2, 5)
    assert phrase_before(tokenize("a ) said"), 2, 0) is None


@pytest.mark.parametrize(
    ("text", "at", "lemma"),
    [
        ("the mayor claims that", 2, "claim"),
        ("the recent claims that", 2, ""),
        ("a mercenary claims to", 2, "claim"),
        ("Seoul claims that", 1, "claim"),
        ("its reports say", 1, ""),
        ("he pointed out that", 1, "point"),
        ("he pointed at it", 1, ""),
    ],
)
def test_verb_or_noun(text: str, at: int, lemma: str) -> None:
    tokens = tokenize(text)
    assert is_cue(tokens[at])
    cue = choose_cue(tokens, at, len(tokens))
    assert (cue.lemma if cue else "") == lemma


def test_list_of_cues_is_sound() -> None:
    rows = read_word_list("speech_cues")
    keys = [(row["lemma"], row["particle"]) for row in rows]
    assert keys == sorted(set(keys))
    assert {row["stance"] for row in rows} <= set(VOCABULARIES["stance"])
    frames = {frame for row in rows for frame in row["frames"].split()}
    read = {"clause", "that", "object", "to", "person", "quote", "silence", "naming", "document", "menace"}
    assert frames == read
    assert all(row[form] for row in rows for form in ("third", "past", "participle", "ing", "frames"))
