"""The hand-made labels are well formed: they point at the words they name and hold to the vocabularies.

Nothing here runs a stage of the library; only its vocabularies are used, so a fault is the labels' own.
"""

from __future__ import annotations

import csv
import hashlib
import json
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from rashomon.tables import VOCABULARIES

ROOT = Path(__file__).resolve().parents[1]
SEEDS, GOLD = ROOT / "seeds", ROOT / "data" / "gold"
RAW = {path.name: path.read_bytes().decode("utf-8") for path in sorted(SEEDS.glob("*.txt"))}

COLUMNS = {
    "reading/lines": "path line_no start end zone part is_article_text carries_claims",
    "reading/dates": "path published page_date evidence start end kind value",
    "reading/sentences": "path start end",
    "speech/statements": "path start end surface kind speaker speaker_surface speaker_start speaker_end"
    " cue cue_start cue_end via stance",
    "quantities/quantities": "path start end surface kind value low high bound trend unit counted status"
    " attributed_to via as_of core",
    "tone/sentences": "path start end polarity subjective hedged loaded",
    "comparison/figures": "slot path start end low high bound status attributed_to",
    "comparison/conflicts": "path_a start_a end_a path_b start_b end_b verdict reason",
}
TONE_ZONES = ("body", "snippet", "caption", "interview_question", "interview_answer")
SENTENCE_ZONES = (*TONE_ZONES, "headline", "subheadline", "section_heading")


@cache
def read(name: str) -> list[dict]:
    return [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()]


def line_of(row: dict) -> dict:
    """Return the one labeled line that holds the row."""
    holding = [
        line
        for line in read("reading/lines")
        if line["path"] == row["path"] and line["start"] <= row["start"] and row["end"] <= line["end"]
    ]
    assert len(holding) == 1, row
    return holding[0]


def cut(row: dict, start: str = "start", end: str = "end", path: str = "path") -> str:
    assert 0 <= row[start] < row[end] <= len(RAW[row[path]]), row
    return RAW[row[path]][row[start] : row[end]]


@pytest.mark.parametrize("name", COLUMNS)
def test_rows_have_their_columns_in_order_and_are_sorted_and_unique(name: str) -> None:
    rows = read(name)
    assert rows
    assert {tuple(row) for row in rows} == {tuple(COLUMNS[name].split())}
    at = (
        [(r["path_a"], r["start_a"], r["path_b"], r["start_b"]) for r in rows]
        if "conflicts" in name
        else None
    )
    keys = at or [(row["path"], row["start"] or 0, row["end"] or 0) for row in rows]
    assert keys == sorted(set(keys))


def test_every_set_is_listed_here() -> None:
    found = {path.relative_to(GOLD).with_suffix("").as_posix() for path in GOLD.rglob("*.jsonl")}
    assert found >= set(COLUMNS)
    for folder in {name.split("/")[0] for name in COLUMNS}:
        assert (GOLD / folder / "GUIDELINE.md").is_file()


@pytest.mark.parametrize("name", ["speech/statements", "quantities/quantities"])
def test_offsets_give_back_the_surface(name: str) -> None:
    for row in read(name):
        assert cut(row) == row["surface"]
        assert row["surface"] == row["surface"].strip()


@pytest.mark.parametrize(
    ("name", "column", "vocabulary"),
    [
        ("reading/lines", "zone", "zone"),
        ("speech/statements", "kind", "statement_kind"),
        ("speech/statements", "stance", "stance"),
        ("quantities/quantities", "kind", "quantity_kind"),
        ("quantities/quantities", "bound", "bound"),
        ("quantities/quantities", "trend", "trend"),
        ("quantities/quantities", "status", "status"),
        ("comparison/figures", "bound", "bound"),
        ("comparison/figures", "status", "status"),
        ("comparison/conflicts", "verdict", "verdict"),
    ],
)
def test_vocabularies_hold(name: str, column: str, vocabulary: str) -> None:
    assert {row[column] for row in read(name)} <= set(VOCABULARIES[vocabulary])


def test_every_line_with_text_is_labeled_once_and_exactly() -> None:
    expected = []
    for path, raw in RAW.items():
        start = 0
        for number, line in enumerate(raw.split("\n"), 1):
            words = line.strip()
            if words:
                first = start + line.index(words)
                expected.append((path, number, first, first + len(words)))
            start += len(line) + 1
    assert [(r["path"], r["line_no"], r["start"], r["end"]) for r in read("reading/lines")] == expected


def test_flags_follow_from_the_zone_and_parts_count_up() -> None:
    no_text = {"byline", "date_line", "credit", "teaser", "disclaimer", "furniture", "snippet"}
    part: dict[str, int] = {}
    for row in read("reading/lines"):
        assert row["is_article_text"] == (row["zone"] not in no_text), row
        assert row["carries_claims"] == (row["zone"] not in no_text - {"snippet"}), row
        before = part.get(row["path"], 1)
        assert row["part"] in (before, before + 1), row
        part[row["path"]] = row["part"]
    assert part == dict(zip(sorted(RAW), (2, 3, 1, 1, 2), strict=True))


def test_dates_name_their_words_and_unknown_stays_unknown() -> None:
    rows = read("reading/dates")
    assert {row["path"] for row in rows} == set(RAW)
    for row in rows:
        if row["kind"]:
            assert row["kind"] in VOCABULARIES["date_kind"]
            assert cut(row) == row["evidence"]
        else:
            assert row["published"] == row["evidence"] == row["value"] == ""
            assert row["start"] is None
            assert row["end"] is None
        if row["kind"] == "page_clock":
            assert row["value"] == row["page_date"]


def test_sentences_cover_their_lines_without_overlap() -> None:
    sentences = read("reading/sentences")
    for line in read("reading/lines"):
        inside = [
            s for s in sentences if s["path"] == line["path"] and line["start"] <= s["start"] < line["end"]
        ]
        if line["zone"] not in SENTENCE_ZONES:
            assert not inside, line
            continue
        position = line["start"]
        for sentence in inside:
            assert RAW[line["path"]][position : sentence["start"]].strip() == ""
            assert sentence["start"] >= position
            assert cut(sentence) == cut(sentence).strip()
            position = sentence["end"]
        assert position == line["end"]
        if line["zone"] in ("headline", "section_heading"):
            assert len(inside) == 1


def test_statements_name_speaker_and_cue_by_their_own_words() -> None:
    for row in read("speech/statements"):
        assert line_of(row)["carries_claims"]
        for prefix, words in (("speaker", row["speaker_surface"]), ("cue", row["cue"])):
            if words:
                assert cut(row, f"{prefix}_start", f"{prefix}_end") == words
            else:
                assert row[f"{prefix}_start"] is None
                assert row[f"{prefix}_end"] is None
        if row["kind"] in ("scare", "title"):
            assert row["speaker"] == ""
        if row["kind"] in ("direct", "interview"):
            assert row["speaker"]


def test_every_pair_of_quotation_marks_is_labeled() -> None:
    contents = {
        (row["path"], row["start"], row["end"])
        for row in read("speech/statements")
        if row["kind"] in ("direct", "partial", "scare", "title")
    }
    marked = set()
    for line in read("reading/lines"):
        if not line["carries_claims"]:
            continue
        opened = None
        for at in range(line["start"], line["end"]):
            mark = RAW[line["path"]][at]
            if mark == "“" or (mark == '"' and opened is None):
                opened = at + 1
            elif mark in '”"':
                marked.add((line["path"], opened, at))
                opened = None
    assert contents == marked


def test_every_turn_of_the_interview_is_one_statement() -> None:
    turns = [row["end"] for row in read("reading/lines") if row["zone"].startswith("interview_")]
    assert [row["end"] for row in read("speech/statements") if row["kind"] == "interview"] == turns


def test_amounts_are_exact_and_agree_with_their_bound() -> None:
    for row in read("quantities/quantities"):
        value, low, high = (None if row[c] is None else Decimal(row[c]) for c in ("value", "low", "high"))
        if row["kind"] in ("date", "time", "identifier", "idiom"):
            assert (value, low, high) == (None, None, None)
            assert row["bound"] == row["status"] == row["attributed_to"] == ""
            assert not row["core"]
        elif row["bound"] in ("=", "~"):
            assert value == low == high
            assert value is not None
        elif row["bound"] == ">":
            assert low is not None
            assert high is None
        else:
            assert row["bound"] == "<"
            assert low is None
            assert high is not None
        if row["core"]:
            assert row["status"]
            assert line_of(row)["carries_claims"]
        else:
            assert row["status"] == row["attributed_to"] == row["via"] == ""


def test_every_digit_is_part_of_a_labeled_quantity() -> None:
    rows = read("quantities/quantities")
    for path, raw in RAW.items():
        spans = [(row["start"], row["end"]) for row in rows if row["path"] == path]
        loose = [
            at
            for at, character in enumerate(raw)
            if character.isdigit() and not any(start <= at < end for start, end in spans)
        ]
        assert loose == []


def test_figures_are_the_core_quantities() -> None:
    shared = ("path", "start", "end", "low", "high", "bound", "status", "attributed_to")
    core = [[row[c] for c in shared] for row in read("quantities/quantities") if row["core"]]
    assert [[row[c] for c in shared] for row in read("comparison/figures")] == core
    assert all(row["slot"] for row in read("comparison/figures"))


def test_conflicts_compare_two_labeled_figures() -> None:
    figures = {(row["path"], row["start"], row["end"]) for row in read("comparison/figures")}
    for row in read("comparison/conflicts"):
        a, b = ((row[f"path_{s}"], row[f"start_{s}"], row[f"end_{s}"]) for s in "ab")
        assert a in figures
        assert b in figures
        assert a < b
        assert row["reason"].endswith(".")


def test_tone_is_every_third_sentence_of_the_stated_zones() -> None:
    zones = {(row["path"], row["start"]): line_of(row)["zone"] for row in read("reading/sentences")}
    eligible = [r for r in read("reading/sentences") if zones[r["path"], r["start"]] in TONE_ZONES]
    rows = read("tone/sentences")
    assert [{c: row[c] for c in ("path", "start", "end")} for row in rows] == eligible[2::3]
    for row in rows:
        assert row["polarity"] in (-1, 0, 1)
        assert row["subjective"] in (0, 1)
        assert row["hedged"] in (0, 1)
        assert all(word in cut(row) for word in row["loaded"])


def test_manifest_describes_the_seed_files_as_they_are() -> None:
    with (SEEDS / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["path", "sha256", "bytes", "what_it_is", "outlet", "published", "note"]
    assert [row["path"] for row in rows] == sorted(RAW)
    published = {row["path"]: row["published"] for row in read("reading/dates")}
    for row in rows:
        content = (SEEDS / row["path"]).read_bytes()
        assert row["sha256"] == hashlib.sha256(content).hexdigest()
        assert int(row["bytes"]) == len(content)
        assert row["published"] == published[row["path"]]
        assert row["outlet"] in RAW[row["path"]]
