"""The labels of speech hold together: of the five articles, and of the texts of our own in both passes.

Nothing here runs a stage of the library. `test_gold.py` checks what all label sets have in common.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from rashomon.tables import VOCABULARIES

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "data" / "gold" / "speech"
COLUMNS = (
    "path start end surface kind speaker speaker_surface speaker_start speaker_end cue cue_start "
    "cue_end via stance"
)
WHO = " speaker_kind is_checkable"
SPEAKER_KINDS = {"person", "office", "institution", "document", "anonymous", "outlet", "crowd", "unknown"}
NOBODYS = {"scare", "title"}
CONSTRUCTIONS = (
    "mixed_marks single_quotes guillemets low_quotes dash block reopened unclosed nested interrupted "
    "apostrophe partial scare title imagined that no_that according_to cue_after cue_inside colon "
    "headline_colon said_to reportedly accused german_order noun between acronym pronoun chain "
    "same_surname office long_time_office anonymous spokesperson document crowd relay turn "
    "turn_unlabeled post uncheckable denies declines hedges doubts"
)
SETS = ["statements", "statements.second", "texts/statements", "texts/statements.second"]


def read_texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_bytes().decode("utf-8") for path in sorted(folder.glob("*.txt"))}


TEXTS = read_texts(GOLD / "texts")
RAW = read_texts(ROOT / "seeds") | TEXTS


@cache
def read(name: str) -> list[dict]:
    return [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()]


def is_in(inner: dict, outer: dict) -> bool:
    same = inner["path"] == outer["path"] and inner is not outer
    return same and outer["start"] <= inner["start"] and inner["end"] <= outer["end"]


def touches(a: dict, b: dict) -> bool:
    return a["path"] == b["path"] and a["start"] < b["end"] and b["start"] < a["end"]


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("statements", COLUMNS + WHO),
        ("statements.second", COLUMNS),
        ("texts/statements", COLUMNS + WHO + " construction"),
        ("texts/statements.second", COLUMNS),
        ("narrator", "path start end surface"),
        ("texts/narrator", "path start end surface"),
    ],
)
def test_rows_have_their_columns_and_are_sorted_and_unique(name: str, columns: str) -> None:
    assert {" ".join(row) for row in read(name)} == {columns}
    keys = [(row["path"], row["start"], row["end"]) for row in read(name)]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("name", [*SETS, "narrator", "texts/narrator"])
def test_offsets_give_back_the_words(name: str) -> None:
    for row in read(name):
        raw = RAW[row["path"]]
        assert raw[row["start"] : row["end"]] == row["surface"] == row["surface"].strip() != ""
        for prefix, words in (("speaker", row.get("speaker_surface")), ("cue", row.get("cue"))):
            if words:
                assert raw[row[f"{prefix}_start"] : row[f"{prefix}_end"]] == words
            else:
                assert row.get(f"{prefix}_start") is row.get(f"{prefix}_end") is None


@pytest.mark.parametrize("name", SETS)
def test_vocabularies_hold_and_columns_agree(name: str) -> None:
    for row in read(name):
        assert row["kind"] in VOCABULARIES["statement_kind"]
        assert row["stance"] in VOCABULARIES["stance"]
        if row["kind"] in NOBODYS:
            assert (row["speaker"], row["speaker_surface"], row["cue"], row["via"]) == ("", None, "", "")
            assert row["stance"] == "states"
        if row["kind"] in ("direct", "interview"):
            assert row["speaker"]
        if row["speaker_surface"]:
            assert row["speaker"]
        if row["kind"] == "interview":
            assert row["cue"] == ""
        assert not row["via"] or row["via"] != row["speaker"]


@pytest.mark.parametrize("name", ["statements", "texts/statements"])
def test_a_speaker_is_of_one_kind_in_a_file_and_may_be_checkable(name: str) -> None:
    found: dict[tuple[str, str], set[tuple[str, bool]]] = {}
    for row in read(name):
        assert row["speaker_kind"] in SPEAKER_KINDS
        assert isinstance(row["is_checkable"], bool)
        assert (row["speaker_kind"] == "unknown") == (row["speaker"] == "")
        if row["speaker_kind"] in ("anonymous", "crowd", "unknown"):
            assert not row["is_checkable"], row
        found.setdefault((row["path"], row["speaker"]), set()).add((row["speaker_kind"], row["is_checkable"]))
    assert [who for who, kinds in found.items() if len(kinds) > 1] == []
    assert {kind for kinds in found.values() for kind, _ in kinds} == SPEAKER_KINDS


def test_who_passes_words_on_is_no_stranger_to_the_text() -> None:
    for row in read("texts/statements"):
        words = RAW[row["path"]].casefold()
        assert row["via"].casefold() in words
        assert row["speaker"].casefold() in words


@pytest.mark.parametrize("name", SETS)
def test_statements_are_apart_or_one_within_the_other(name: str) -> None:
    for a, b in combinations(read(name), 2):
        if touches(a, b):
            assert is_in(a, b) or is_in(b, a), (a["surface"], b["surface"])


@pytest.mark.parametrize("name", ["statements", "texts/statements"])
def test_speech_within_speech_names_the_outer_speaker_as_the_one_who_passes_it_on(name: str) -> None:
    rows = read(name)
    for row in rows:
        around = [o for o in rows if o["kind"] in ("direct", "interview") and is_in(row, o)]
        if around and row["kind"] not in NOBODYS:
            outer = min(around, key=lambda each: each["end"] - each["start"])["speaker"]
            assert row["via"] == (outer if outer != row["speaker"] else ""), row["surface"]


@pytest.mark.parametrize("name", SETS)
def test_speaker_and_cue_stand_outside_the_words_or_within_a_reported_clause(
    name: str,
) -> None:
    for row in read(name):
        for prefix in ("speaker", "cue"):
            start, end = row[f"{prefix}_start"], row[f"{prefix}_end"]
            if start is not None and start < row["end"] and row["start"] < end:
                assert row["kind"] == "indirect", row
                assert row["start"] <= start
                assert end <= row["end"]
                assert row["start"] <= row["cue_start"] < row["end"], row


@pytest.mark.parametrize("name", ["texts/statements", "texts/statements.second"])
def test_every_opening_mark_of_the_texts_is_labeled(name: str) -> None:
    rows = read(name)
    inside_marks = {
        (r["path"], r["start"]) for r in rows if r["kind"] in ("direct", "partial", "scare", "title")
    }
    for path in {row["path"] for row in rows}:
        raw, low = TEXTS[path], False
        for at, mark in enumerate(raw):
            opens = mark in "„‘" or (mark == "“" and not low)
            if mark == '"':
                # Mixed pairs: a straight mark opens when a word follows and no word stands before it.
                opens = not raw[at - 1 : at].strip() and raw[at + 1].isalnum()
            elif mark in "„“":
                low = mark == "„"
            if opens:
                assert (path, at + 1) in inside_marks, (path, raw[at : at + 40])


@pytest.mark.parametrize("name", ["narrator", "texts/narrator"])
def test_a_sentence_of_the_narrator_has_marks_and_no_words_of_a_speaker(name: str) -> None:
    rows = read(name.replace("narrator", "statements"))
    for sentence in read(name):
        inside = [row for row in rows if touches(row, sentence)]
        assert inside, sentence
        assert {row["kind"] for row in inside} <= NOBODYS, sentence
        assert re.search("[“”„«»‘’\"']", sentence["surface"])


def test_what_nobody_said_stands_in_a_sentence_of_the_narrator_or_in_a_speech() -> None:
    for folder in ("", "texts/"):
        rows, sentences = read(f"{folder}statements"), read(f"{folder}narrator")
        speech = [row for row in rows if row["kind"] not in NOBODYS]
        for row in rows:
            if row["kind"] in NOBODYS:
                assert any(is_in(row, around) for around in [*sentences, *speech]), row


def test_texts_are_many_short_and_labeled() -> None:
    assert [int(name[:2]) for name in TEXTS] == list(range(1, len(TEXTS) + 1))
    assert len(TEXTS) >= 24
    assert {row["path"] for row in read("texts/statements")} == set(TEXTS)
    for path, raw in TEXTS.items():
        assert 120 <= len(raw.split()) <= 350, path
        assert not re.search(r"[\r\x0b\x0c{}]", raw), path


def test_every_construction_occurs_at_least_twice_in_each_half() -> None:
    counts = Counter(
        (tag, int(row["path"][:2]) % 2) for row in read("texts/statements") for tag in row["construction"]
    )
    assert {tag for tag, _ in counts} == {*CONSTRUCTIONS.split(), "plain"}
    assert {key: n for key in CONSTRUCTIONS.split() for half in (0, 1) if (n := counts[key, half]) < 2} == {}


def test_tags_that_follow_from_the_columns_do() -> None:
    for row in read("texts/statements"):
        tags = set(row["construction"])
        assert tags
        assert row["construction"] == sorted(tags)
        told = {row["kind"]} & {"partial", "scare", "title"}
        told |= {row["stance"]} - {"states"}
        told |= {row["speaker_kind"]} & {"anonymous", "document", "crowd"}
        if row["kind"] == "interview":
            told |= {"turn"} | ({"turn_unlabeled"} if row["speaker_surface"] is None else set())
        assert told <= tags, row
        assert tags & {"denies", "declines", "hedges", "doubts"} <= {row["stance"]}


def test_second_pass_takes_up_half_of_the_texts_from_both_halves() -> None:
    taken = {row["path"] for row in read("texts/statements.second")}
    assert len(taken) >= 12
    assert taken <= set(TEXTS)
    assert {int(path[:2]) % 2 for path in taken} == {0, 1}


def test_second_pass_takes_up_all_five_articles() -> None:
    taken = {row["path"] for row in read("statements.second")}
    assert taken == {row["path"] for row in read("statements")} == set(RAW) - set(TEXTS)
