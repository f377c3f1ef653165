"""The labels of quantities hold together: of the five articles, and of our own sentences in both passes.

Nothing here runs a stage of the library. `test_gold.py` checks what all label sets have in common.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from rashomon.tables import VOCABULARIES

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "data" / "gold" / "quantities"
COLUMNS = (
    "start end surface kind value low high bound trend unit counted status attributed_to via as_of core "
    "phrase_start phrase_end bound_start bound_end trend_start trend_end is_increment "
    "unit_surface unit_start unit_end counted_start counted_end status_evidence status_start status_end "
    "attribution attribution_start attribution_end via_start via_end as_of_start as_of_end"
)
SETS = ["quantities", "sentences_labels", "sentences_labels.second"]
OURS = SETS[1:]
NO_AMOUNT = {"date", "time", "identifier", "idiom"}
# Kinds that keep their name when they have two ends.
MAY_SPAN = {"range", "rate", "age", "year", "multiple", "fraction"}
NUMBER_WORDS = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty"
    r"|sixty|seventy|eighty|ninety|(?:hundred|thousand|(?:m|b|tr)illion|dozen)s?|zero|scores"
    r"|once|twice|half|halve[ds]?|doubled|tripled|\w+fold|first|second|third|fourth|fifth|ninth)\b",
    re.IGNORECASE,
)


@cache
def read(name: str) -> list[dict]:
    return [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()]


SENTENCES = {row["id"]: row["text"] for row in read("sentences")}
ARTICLES = {path.name: path.read_bytes().decode("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))}


def text_of(row: dict) -> str:
    return ARTICLES[row["path"]] if "path" in row else SENTENCES[row["id"]]


def cut(row: dict, prefix: str = "") -> str:
    start, end = row[f"{prefix}start"], row[f"{prefix}end"]
    if start is None:
        assert end is None, row
        return ""
    assert 0 <= start < end <= len(text_of(row)), row
    return text_of(row)[start:end]


def half_of(row: dict) -> int:
    return int(row["id"]) % 2


@pytest.mark.parametrize("name", SETS)
def test_rows_have_their_columns_and_are_sorted_and_unique(name: str) -> None:
    where = "id" if name in OURS else "path"
    assert {" ".join(row) for row in read(name)} == {f"{where} {COLUMNS}"}
    keys = [(row[where], row["start"], row["end"]) for row in read(name)]
    assert keys == sorted(set(keys))


def test_sentences_are_many_short_distinct_and_all_labeled() -> None:
    assert {tuple(row) for row in read("sentences")} == {("id", "text")}
    assert list(SENTENCES) == [f"{number:03}" for number in range(1, len(SENTENCES) + 1)]
    assert len(SENTENCES) >= 170
    assert len(set(SENTENCES.values())) == len(SENTENCES)
    assert {row["id"] for row in read("sentences_labels")} == set(SENTENCES)
    for text in SENTENCES.values():
        assert text == " ".join(text.split())
        assert not re.search(r"[\[\]{}]", text)
        assert len(text) <= 240


@pytest.mark.parametrize("name", SETS)
def test_offsets_give_back_the_words(name: str) -> None:
    texts = {
        "": "surface",
        "unit_": "unit_surface",
        "status_": "status_evidence",
        "attribution_": "attribution",
    }
    for row in read(name):
        for prefix, column in texts.items():
            assert cut(row, prefix) == row[column] == row[column].strip(), (column, row)
        assert row["surface"]
        for prefix in ("phrase_", "bound_", "trend_", "counted_", "via_", "as_of_"):
            assert cut(row, prefix) == cut(row, prefix).strip(), (prefix, row)
        assert row["phrase_start"] <= row["start"]
        assert row["end"] <= row["phrase_end"]


@pytest.mark.parametrize("name", SETS)
def test_evidence_belongs_to_something_said(name: str) -> None:
    for row in read(name):
        assert row["bound"] or row["bound_start"] is None, row
        assert row["trend"] or row["trend_start"] is None, row
        assert row["trend"] or not row["is_increment"], row
        assert row["unit"] or not row["unit_surface"], row
        assert row["status"] or not row["status_evidence"], row
        assert bool(row["attributed_to"]) == bool(row["attribution"]), row
        assert bool(row["via"]) == (row["via_start"] is not None), row
        assert bool(row["as_of"]) == (row["as_of_start"] is not None), row
        assert bool(row["counted"]) == (row["counted_start"] is not None), row
        # Planned, claimed and the like are read off words; that it happened, off the lack of such words.
        if name in OURS:
            assert cut(row, "counted_") == row["counted"]
            assert bool(row["status_evidence"]) == (row["status"] not in ("", "happened")), row


@pytest.mark.parametrize("name", SETS)
def test_vocabularies_hold(name: str) -> None:
    for row in read(name):
        assert row["kind"] in VOCABULARIES["quantity_kind"]
        for column in ("bound", "trend", "status"):
            assert row[column] in VOCABULARIES[column]
        assert isinstance(row["core"], bool)
        assert isinstance(row["is_increment"], bool)


@pytest.mark.parametrize("name", SETS)
def test_amounts_are_exact_and_agree_with_their_bound(name: str) -> None:
    for row in read(name):
        value, low, high = (None if row[c] is None else Decimal(row[c]) for c in ("value", "low", "high"))
        if row["kind"] in NO_AMOUNT:
            assert (value, low, high) == (None, None, None), row
            assert row["bound"] == row["unit"] == row["counted"] == ""
            assert not row["core"]
            continue
        if low is not None and high is not None:
            assert low <= high, row
            if value is not None:
                assert low <= value <= high, row
        if row["bound"] == ">":
            assert low is not None
            assert high is None
        elif row["bound"] == "<":
            assert low is None
            assert high is not None
        else:
            assert row["bound"] in ("=", "~")
            assert low is not None
            assert high is not None
            assert (value == low == high) if value is not None else (low < high), row
        if row["kind"] == "vague":
            assert value is None, row
            assert low is not None, row
            assert high in (None, 10 * low), row
        assert (row["kind"] != "range") or value is None, row
        if value is None and row["kind"] != "vague":
            assert row["kind"] in MAY_SPAN, row


@pytest.mark.parametrize("name", OURS)
def test_what_is_core_has_a_status_and_what_is_not_has_nobody(name: str) -> None:
    for row in read(name):
        assert row["core"] == bool(row["status"]), row
        if not row["core"]:
            assert row["attributed_to"] == row["via"] == "", row
        assert not row["via"] or row["via"] != row["attributed_to"]


@pytest.mark.parametrize("name", OURS)
def test_kinds_tell_their_units(name: str) -> None:
    for row in read(name):
        if row["kind"] == "age":
            assert row["unit"] in ("year", "month"), row
        if row["kind"] == "percent":
            assert row["unit"] in ("%", "pp", "bp", "‰"), row
        if row["kind"] in ("duration", "measure", "rate"):
            assert row["unit"], row
        assert (row["kind"] == "multiple") == (row["unit"] == "times"), row
        if row["kind"] in ("cardinal", "ordinal", "fraction", "year"):
            assert row["unit"] == "", row


@pytest.mark.parametrize("name", OURS)
def test_times_are_iso_8601_with_their_own_precision(name: str) -> None:
    day = r"(\d{4}|--\d\d|\d{4}-\d\d|(\d{4}|-)-\d\d-\d\d)"
    clock = r"T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?"
    form = re.compile(rf"{day}(/{day}|{clock})?|{clock}")
    for row in read(name):
        assert not row["as_of"] or form.fullmatch(row["as_of"]), row
        if row["kind"] in ("date", "time", "year"):
            assert row["as_of"], row
            assert (row["as_of_start"], row["as_of_end"]) == (row["start"], row["end"])


@pytest.mark.parametrize("name", OURS)
def test_numbers_do_not_overlap_and_every_digit_and_number_word_is_labeled(name: str) -> None:
    for number in {row["id"] for row in read(name)}:
        rows = [row for row in read(name) if row["id"] == number]
        assert all(a["end"] <= b["start"] for a, b in pairwise(rows)), number
        text = SENTENCES[number]
        for found in (*re.finditer(r"\d+|[½¼¾]", text), *NUMBER_WORDS.finditer(text)):
            inside = [row for row in rows if row["start"] <= found.start() and found.end() <= row["end"]]
            assert len(inside) == 1, (number, found[0])


def test_every_kind_occurs_at_least_three_times_in_each_half_and_every_status_and_bound_twice() -> None:
    rows = read("sentences_labels")
    for column, vocabulary, least in (
        ("kind", "quantity_kind", 3),
        ("status", "status", 2),
        ("bound", "bound", 2),
        ("trend", "trend", 2),
    ):
        counts = Counter((row[column], half_of(row)) for row in rows)
        few = {
            (word, half): n
            for word in VOCABULARIES[vocabulary]
            for half in (0, 1)
            if (n := counts[word, half]) < least
        }
        assert few == {}


def test_who_gives_a_figure_may_stand_in_the_sentence_before_in_both_halves() -> None:
    before = {
        half_of(row)
        for row in read("sentences_labels")
        if row["attributed_to"] and ". " in text_of(row)[row["attribution_end"] : row["start"]]
    }
    assert before == {0, 1}
    assert {half_of(row) for row in read("sentences_labels") if row["via"]} == {0, 1}


def test_second_pass_takes_up_sixty_sentences_of_both_halves() -> None:
    taken = {row["id"] for row in read("sentences_labels.second")}
    assert len(taken) >= 60
    assert taken <= set(SENTENCES)
    assert {int(number) % 2 for number in taken} == {0, 1}


def agreement_of(column: str) -> tuple[int, int]:
    """Count the rows of the second pass that say the same as the row they overlap, and all."""
    only_core = column in ("status", "status_evidence", "attributed_to", "attribution", "via")
    same = n = 0
    for row in read("sentences_labels.second"):
        [first] = [
            other
            for other in read("sentences_labels")
            if other["id"] == row["id"] and other["start"] < row["end"] and row["start"] < other["end"]
        ]
        if not only_core or first["core"]:
            n += 1
            same += first[column] == row[column]
    return same, n


def test_guideline_tells_how_far_the_two_passes_agree_today() -> None:
    guideline = (GOLD / "GUIDELINE.md").read_text("utf-8").partition("## Agreement")[2]
    told = re.findall(r"^\| (\w+(?:, \w+)*) \| (\d+) \| (\d+) \|", guideline, re.MULTILINE)
    rows = [(column, int(same), int(n)) for names, same, n in told for column in names.split(", ")]
    assert len(rows) >= 14
    assert rows == [(column, *agreement_of(column)) for column, _, _ in rows]
