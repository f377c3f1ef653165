"""The hand-made labels are well formed: they point at the words they name and hold to the vocabularies.

Nothing here runs a stage of the library; only its vocabularies are used, so a fault is the labels' own.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from rashomon.tables import VOCABULARIES

ROOT = Path(__file__).resolve().parents[1]
SEEDS, GOLD = ROOT / "seeds", ROOT / "data" / "gold"


def read_texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_bytes().decode("utf-8") for path in sorted(folder.glob("*.txt"))}


RAW = read_texts(SEEDS)
DUMPS = read_texts(GOLD / "reading" / "dumps")
TEXTS = RAW | DUMPS
OPEN_DUMPS = 24  # Those with a higher number are held out from who writes rules.
LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\u2028\u2029]")
NO_TEXT = {"byline", "date_line", "credit", "teaser", "disclaimer", "furniture", "snippet"}
DATE_KINDS_BY_STRENGTH = ("machine_id", "byline", "as_of", "dateline")

COLUMNS = {
    "reading/lines": "path line_no start end zone part is_article_text carries_claims",
    "reading/dates": "path published page_date evidence start end kind value",
    "reading/sentences": "path start end",
    "reading/dumps/lines": "path line_no start end zone part is_article_text carries_claims",
    "reading/dumps/lines.second": "path line_no start end zone part is_article_text carries_claims",
    "reading/dumps/dates": "path published page_date evidence start end kind value",
    "reading/dumps/sentences": "path start end",
    "speech/statements": "path start end surface kind speaker speaker_surface speaker_start speaker_end"
    " cue cue_start cue_end via stance speaker_kind is_checkable",
    "quantities/quantities": "path start end surface kind value low high bound trend unit counted status"
    " attributed_to via as_of core phrase_start phrase_end bound_start bound_end trend_start trend_end"
    " is_increment unit_surface unit_start unit_end counted_start counted_end status_evidence status_start"
    " status_end attribution attribution_start attribution_end via_start via_end as_of_start as_of_end",
    "tone/sentences": "path start end surface polarity subjective hedged loaded event_valence hedges"
    " loaded_spans emotions voice speaker targets",
    "comparison/figures": "slot path start end low high bound status attributed_to",
    "comparison/conflicts": "path_a start_a end_a path_b start_b end_b verdict reason",
}
SENTENCE_ZONES = ("body", "snippet", "caption", "interview_question", "interview_answer")
SENTENCE_ZONES += ("headline", "subheadline", "section_heading")


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
    text = TEXTS[row[path]]
    assert 0 <= row[start] < row[end] <= len(text), row
    return text[row[start] : row[end]]


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
        ("reading/dumps/lines", "zone", "zone"),
        ("reading/dumps/lines.second", "zone", "zone"),
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


def lines_with_text(texts: Mapping[str, str]) -> list[tuple[str, int, int, int]]:
    found = []
    for path, raw in sorted(texts.items()):
        start = 0
        for number, end in enumerate([*LINE_END.finditer(raw), None], 1):
            line = raw[start : end.start() if end else None]
            words = line.strip()
            if words:
                first = start + line.index(words)
                found.append((path, number, first, first + len(words)))
            start = end.end() if end else len(raw)
    return found


def test_a_line_ends_where_the_guideline_says() -> None:
    text = "a\r\n\r\n b \rc\n\x0cd"
    assert lines_with_text({"x": text}) == [("x", 1, 0, 1), ("x", 3, 6, 7), ("x", 4, 9, 10), ("x", 6, 12, 13)]


@pytest.mark.parametrize(("name", "texts"), [("reading/lines", RAW), ("reading/dumps/lines", DUMPS)])
def test_every_line_with_text_is_labeled_once_and_exactly(name: str, texts: Mapping[str, str]) -> None:
    assert [(r["path"], r["line_no"], r["start"], r["end"]) for r in read(name)] == lines_with_text(texts)


def test_second_pass_is_complete_for_the_files_it_takes_up() -> None:
    rows = read("reading/dumps/lines.second")
    taken = {row["path"]: DUMPS[row["path"]] for row in rows}
    assert len(taken) >= 8
    assert [(r["path"], r["line_no"], r["start"], r["end"]) for r in rows] == lines_with_text(taken)


@pytest.mark.parametrize("name", ["reading/lines", "reading/dumps/lines", "reading/dumps/lines.second"])
def test_flags_follow_from_the_zone_and_parts_count_up(name: str) -> None:
    part: dict[str, int] = {}
    for row in read(name):
        assert row["is_article_text"] == (row["zone"] not in NO_TEXT), row
        assert row["carries_claims"] == (row["zone"] not in NO_TEXT - {"snippet"}), row
        before = part.get(row["path"], 1)
        assert row["part"] in ({before, before + 1} if row["path"] in part else {1}), row
        part[row["path"]] = row["part"]
    if name == "reading/lines":
        assert part == dict(zip(sorted(RAW), (2, 3, 1, 1, 2), strict=True))


def test_dumps_open_and_held_out_are_of_all_zones_and_many_shapes() -> None:
    numbers = [int(name[:2]) for name in DUMPS]
    assert numbers == list(range(1, len(DUMPS) + 1))
    assert len(DUMPS) > OPEN_DUMPS
    for held_out in (False, True):
        of_half = (
            row for row in read("reading/dumps/lines") if (int(row["path"][:2]) > OPEN_DUMPS) == held_out
        )
        assert {row["zone"] for row in of_half} == set(VOCABULARIES["zone"])
    together = "".join(DUMPS.values())
    for odd in ("\r\n", "\x0c", "\u2028", "\xa0", "\xad", "\ufb01", "â€œ", "“", "„", "«", '"'):
        assert odd in together, f"no dump holds {odd!r} any more: were line ends or characters translated?"


@pytest.mark.parametrize(("name", "texts"), [("reading/dates", RAW), ("reading/dumps/dates", DUMPS)])
def test_dates_name_their_words_and_unknown_stays_unknown(name: str, texts: Mapping[str, str]) -> None:
    rows = read(name)
    assert {row["path"] for row in rows} == set(texts)
    for path in texts:
        of_file = [row for row in rows if row["path"] == path]
        assert len({(row["published"], row["page_date"]) for row in of_file}) == 1
        assert {row["page_date"] for row in of_file} == (
            {row["value"] for row in of_file if row["kind"] == "page_clock"} or {""}
        )
        for row in of_file:
            if row["kind"]:
                assert row["kind"] in VOCABULARIES["date_kind"]
                assert cut(row) == row["evidence"] != ""
                # A date may leave out a year that the file does not tell.
                assert row["value"] or not re.search(r"\d{4}", row["evidence"])
            else:
                assert len(of_file) == 1
                assert row["published"] == row["evidence"] == row["value"] == ""
                assert (row["start"], row["end"]) == (None, None)
            for day in (row["value"], row["published"], row["page_date"]):
                assert not day or date.fromisoformat(day).isoformat() == day


@pytest.mark.parametrize("name", ["reading/dates", "reading/dumps/dates"])
def test_the_strongest_kind_of_date_decides_the_day_of_publication(name: str) -> None:
    for path in {row["path"] for row in read(name)}:
        of_file = [row for row in read(name) if row["path"] == path]
        by_kind = {
            kind: [r["value"] for r in of_file if r["kind"] == kind] for kind in DATE_KINDS_BY_STRENGTH
        }
        days = next((sorted(days) for days in by_kind.values() if days), [""])
        assert of_file[0]["published"] == days[0], path


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


@pytest.mark.parametrize(("name", "texts"), [("reading", RAW), ("reading/dumps", DUMPS)])
def test_sentences_tile_the_lines_they_belong_to(name: str, texts: Mapping[str, str]) -> None:
    """Also where a hard line break stands inside a sentence, as in a copy from a PDF."""
    for path, raw in texts.items():
        lines = [line for line in read(f"{name}/lines") if line["path"] == path]
        sentences = [row for row in read(f"{name}/sentences") if row["path"] == path]
        assert all(a["end"] <= b["start"] for a, b in pairwise(sentences))
        assert all(cut(row) == cut(row).strip() for row in sentences)
        covered = [at for s in sentences for at in range(s["start"], s["end"]) if not raw[at].isspace()]
        of_lines = [
            at
            for line in lines
            if line["zone"] in SENTENCE_ZONES
            for at in range(line["start"], line["end"])
            if not raw[at].isspace()
        ]
        assert covered == of_lines, path
        for sentence in sentences:
            zones = [
                line["zone"]
                for line in lines
                if line["start"] < sentence["end"] and sentence["start"] < line["end"]
            ]
            assert len(set(zones)) == 1, sentence
        for line in lines:
            if line["zone"] in ("headline", "section_heading"):
                assert not any(line["start"] < s["start"] < line["end"] for s in sentences), line


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
        elif row["kind"] == "vague" and row["bound"] == "=":
            assert (value, high) == (None, 10 * low)
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


def test_tone_takes_up_every_sentence() -> None:
    places = [tuple(row.values()) for row in read("reading/sentences")]
    assert [(row["path"], row["start"], row["end"]) for row in read("tone/sentences")] == places


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
