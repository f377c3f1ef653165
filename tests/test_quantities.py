from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon._quantities.amount_phrases import find_trend
from rashomon._quantities.amounts import find_amounts
from rashomon._quantities.digits import split_tokens
from rashomon._quantities.lookalikes import cues, is_plural
from rashomon._quantities.moments import find_moments
from rashomon._quantities.units import find_per, find_unit_after, find_unit_before, unit_names
from rashomon.corpus import corpus_of
from rashomon.quantities import extract_quantities, quantities_in, read_sentence
from rashomon.tables import VOCABULARIES, make_table

CASES = json.loads((Path(__file__).parent / "cases" / "quantities.json").read_text(encoding="utf-8"))


def as_parameters() -> list[Any]:
    return [
        pytest.param(
            case, id=case["label"], marks=pytest.mark.xfail(strict=True) if case.get("known_failure") else ()
        )
        for case in CASES
    ]


@pytest.mark.parametrize("case", as_parameters())
def test_case(case: dict[str, Any]) -> None:
    rows = read_sentence(case["text"])
    seen = [{**row, "surface": case["text"][row["start"] : row["end"]]} for row in rows]
    told = [
        {name: plain(row.get(name, "")) for name in expected}
        for row, expected in zip(seen, case["expected"], strict=True)
    ]
    assert told == case["expected"]


def plain(value: object) -> str:
    return str(value)


def test_case_labels_are_unique() -> None:
    labels = [case["label"] for case in CASES]
    assert len(labels) == len(set(labels))


SENTENCES = st.lists(
    st.sampled_from(
        (
            "about",
            "up",
            "to",
            "$",
            "5",
            "1,500",
            "10.5",
            "million",
            "half",
            "a",
            "third",
            "of",
            "between",
            "and",
            "-",
            "–",
            "in",
            "2018",
            "May",
            "7",
            "km",
            "per",
            "day",
            "KN-23",
            "%",
            "soldiers",
            "fell",
            "by",
            "dozens",
            "or",
            "one",
            "more",
            "than",
            "½",
            "3rd",
            "°C",
            "minus",
            "99999999999999999999",
            "'em",
            "(",
            ")",
            ".",
            ",",
            ":",
            "\u00a0",
            "\u200b",
            "ﬁ",
        )
    ),
    max_size=14,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.one_of(SENTENCES, st.text(max_size=60)))
def test_any_text_gives_rows_that_point_back(text: str) -> None:
    last = 0
    for row in read_sentence(text, start=0):
        assert 0 <= row["phrase_start"] <= row["start"] < row["end"] <= row["phrase_end"] <= len(text)
        assert row["start"] >= last
        last = row["start"]
        assert row["kind"] in VOCABULARIES["quantity_kind"]
        assert row["bound"] in VOCABULARIES["bound"]
        low, high, value = row["low"], row["high"], row["value"]
        assert low is None or high is None or low <= high
        assert value is None or ((low is None or low <= value) and (high is None or value <= high))
        if row.get("counted"):
            assert text[row["counted_start"] : row["counted_end"]]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**14), st.sampled_from(["{:d}", "{:,d}"]))
def test_what_is_written_is_read(number: int, form: str) -> None:
    rows = read_sentence(f"It counted {form.format(number)} of them.")
    assert [row["value"] for row in rows if row["kind"] == "cardinal"] in ([Decimal(number)], [])
    assert all(row["kind"] in ("cardinal", "year") for row in rows)


def test_a_megabyte_of_digits_is_one_identifier() -> None:
    rows = read_sentence("9" * 1_000_000)
    assert [(row["kind"], row["value"], row["end"]) for row in rows] == [("identifier", None, 1_000_000)]


@pytest.mark.parametrize(
    "unit",
    ["9", "5 ", "1,", "5-", "½", "٣ ", "$", "5e9 ", "one and ", "from 5 to ", "(3)", "😀5", "5\u0301", "İ5 "],
)
def test_work_grows_with_the_text_and_no_faster(unit: str) -> None:
    def count_calls(length: int) -> int:
        calls = 0

        def count(*_: object) -> None:
            nonlocal calls
            calls += 1

        text = unit * (length // len(unit))
        sys.setprofile(count)
        try:
            read_sentence(text)
        finally:
            sys.setprofile(None)
        return calls

    read_sentence(unit)  # word lists are read
    assert count_calls(1200) < 2.3 * count_calls(600) + 500


def test_idioms_hold_a_number_word_and_are_not_counted() -> None:
    for phrase in cues("idiom"):
        (row, *_) = read_sentence(f"They saw it, {phrase}.")
        assert row["kind"] == "idiom", phrase


@pytest.mark.parametrize("text", ["", " ", "\n", "\u200b", "no number at all"])
def test_a_text_without_numbers_gives_no_rows(text: str) -> None:
    assert read_sentence(text) == []


def test_offsets_point_into_the_raw_text() -> None:
    raw = "\u00adIt lost\u00a0$1.2\u200b million, 3\u00a0000 men."
    rows = read_sentence(raw, start=0)
    assert [raw[row["start"] : row["end"]] for row in rows] == ["1.2\u200b million", "3\u00a0000"]
    assert [row["value"] for row in rows] == [Decimal(1200000), Decimal(3000)]


def statement(start: int, end: int, **values: Any) -> dict[str, Any]:
    return {
        "article_id": "a", "sentence_id": 1, "part_id": 1, "start": start, "end": end, "kind": "indirect",
        "stance": "states", "speaker_kind": "unknown", "is_checkable": False, "is_doubted": False, **values,
    }  # fmt: skip


def extract(text: str, *statements: dict[str, Any]) -> list[dict[str, Any]]:
    corpus = corpus_of({"a": text})
    table = extract_quantities(corpus, make_table("statements", statements) if statements else None)
    return table.to_dict("records")


def test_the_speaker_of_the_statement_gives_the_figure() -> None:
    text = "The mayor told the agency that 40 buses were burned on the bridge that night."
    (row,) = extract(text, statement(31, 76, speaker="The mayor", cue="told", via="the agency"))
    assert (row["attributed_to"], row["via"]) == ("The mayor", "the agency")
    assert (row["status"], row["status_evidence"]) == ("claimed", "told")


def test_the_inner_speaker_gives_it_and_the_outer_passes_it_on() -> None:
    text = "She said that reports suggest that 40 buses were burned on the bridge that night."
    inner = statement(35, 80, speaker="reports", cue="suggest")
    (row,) = extract(text, statement(14, 80, speaker="She", cue="said"), inner)
    assert (row["attributed_to"], row["via"], row["status_evidence"]) == ("reports", "She", "suggest")


def test_who_speaks_goes_on_behind_and() -> None:
    text = "Some 40 buses were burned that night, the mayor said, and 7 drivers were hurt."
    told = statement(
        0, 36, speaker="mayor", speaker_start=42, speaker_end=47, cue="said", cue_start=48, cue_end=52
    )
    assert [row["attributed_to"] for row in extract(text, told)] == ["mayor", "mayor"]
    text = text.replace(", and 7", "; and 7")
    assert [row["attributed_to"] for row in extract(text, told)] == ["mayor", ""]


def test_figures_of_the_speaker_are_nobodys_claim() -> None:
    text = "One of the four bidders said it would need 12 more weeks for the bridge."
    told = statement(29, 71, speaker="One of the four bidders", speaker_start=0, speaker_end=23, cue="said")
    rows = extract(text, told)
    assert [(row["surface"], row["status"], row["attributed_to"]) for row in rows] == [
        ("One", "happened", ""),
        ("four", "happened", ""),
        ("12", "estimated", "One of the four bidders"),
    ]


def test_scare_quotes_and_an_unnamed_speaker_give_nobody() -> None:
    text = "The “40 buses” were burned on the old bridge that night."
    (row,) = extract(text, statement(5, 13, kind="scare", speaker="nobody"))
    assert (row["attributed_to"], row["status"]) == ("", "happened")
    (row,) = extract(text, statement(4, 55, speaker=""))
    assert (row["attributed_to"], row["via"], row["status"]) == ("", "", "claimed")


def test_a_plan_inside_a_statement_stays_a_plan() -> None:
    text = "The mayor said the city will buy 40 buses before the winter comes."
    (row,) = extract(text, statement(15, 65, speaker="The mayor", cue="said"))
    assert (row["status"], row["attributed_to"]) == ("planned", "The mayor")


def test_that_number_counts_what_the_figure_before_it_counted() -> None:
    text = "The city has sent 40 green buses to the coast. That number could rise to 90, it is said."
    first, second = extract(text)
    assert (first["counted"], second["counted"], second["trend"]) == ("green buses", "green buses", "up")
    assert text[second["counted_start"] : second["counted_end"]] == "green buses"


def test_figures_of_lines_that_carry_no_claims_are_left_out() -> None:
    assert (
        extract("Today : Oct 23, 2024\n\nThe council of the town has bought 12 boats for the port.")[-1][
            "counted"
        ]
        == "boats"
    )
    assert all(
        row["kind"] != "date" for row in extract("Today : Oct 23, 2024\n\nThe council has bought 12 boats.")
    )


def test_who_announces_figures_gives_those_of_the_next_sentence() -> None:
    text = (
        "The North Coast Port Authority (NCPA) has released startling figures.\n\nOver 40 ferries have sunk."
    )
    (row,) = extract(text, statement(0, 3, kind="scare"))
    assert (row["attributed_to"], row["status"], row["status_evidence"]) == (
        "North Coast Port Authority",
        "claimed",
        "released",
    )
    assert text[row["attributed_start"] : row["attributed_end"]] == "North Coast Port Authority"
    assert text[row["status_start"] : row["status_end"]] == "released"


def test_what_is_denied_or_told_by_nobody_is_given_by_nobody() -> None:
    text = "The mayor denied that 40 buses were burned on the bridge that night."
    (row,) = extract(text, statement(22, 67, speaker="The mayor", cue="denied", stance="denies"))
    assert (row["attributed_to"], row["status"]) == ("", "claimed")
    text = "Reports say that there is speculation that 40 buses were burned."
    (row,) = extract(text, statement(17, 63, speaker="Reports", cue="say"))
    assert row["attributed_to"] == ""


def test_the_clause_behind_what_they_warn_of_is_not_theirs() -> None:
    text = "Officials warn of chaos as 40 buses burn on the bridge."
    (row,) = extract(text, statement(18, 54, speaker="Officials", cue="warn of"))
    assert (row["attributed_to"], row["status"]) == ("", "happened")


def test_would_in_reported_speech_is_a_plan() -> None:
    text = "The mayor said the city would buy 40 buses, and that it would be 90 were it rich."
    first, second = extract(text, statement(15, 80, speaker="The mayor", cue="said"))
    assert (first["status"], second["status"]) == ("planned", "hypothetical")


def test_every_attribute_points_to_its_words() -> None:
    text = "In 2023 sales rose by more than $5 million, the firm expects."
    row = next(row for row in extract(text) if row["kind"] == "money")
    pieces = {
        name: text[row[f"{name}_start"] : row[f"{name}_end"]] for name in ("bound", "trend", "unit", "as_of")
    }
    assert pieces == {"bound": "more than", "trend": "rose", "unit": "$", "as_of": "In 2023"}
    assert row["is_increment"]


def test_a_far_date_and_a_far_verb_say_nothing() -> None:
    text = f"The port expects in 2023{' that the old town is fine' * 20} 40 boats."
    assert [(row["as_of"], row["attributed_to"]) for row in extract(text)][-1] == ("", "")


def test_the_order_of_articles_does_not_matter() -> None:
    texts = {
        "a": "The council has bought 12 boats for the port.",
        "b": "At least 5 of the boats have sunk since.",
    }
    there = extract_quantities(corpus_of(texts))
    back = extract_quantities(corpus_of(dict(reversed(texts.items()))))
    assert there.equals(back)
    assert there["value"].tolist() == [Decimal(12), Decimal(5)]


def test_quantities_in_points_into_its_text() -> None:
    text = "According to the mayor, about 40 buses were burned on the old bridge."
    table = quantities_in(text)
    assert table["article_id"].tolist() == ["text"]
    assert [text[s:e] for s, e in zip(table["start"], table["end"], strict=True)] == table["surface"].tolist()
    assert table["surface"].tolist() == ["40"]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("by the end of December", "2024-10-23", ["2024-12-31"]),
        ("at the beginning of January", "2024-12-20", ["2025-01-01"]),
        ("in the middle of May", "2024-10-23", ["2024-05"]),
        ("by the end of February", "2024-01-10", ["2024-02-29"]),
        ("On Tuesday (October 22nd)", "2024-10-24", ["2024-10-22"]),
        ("On Tuesday (October 22nd)", "", ["--10-22"]),
        ("since May", "", ["--05"]),
        ("on the 3rd of June, 2019", "", ["2019-06-03"]),
        ("on June 31, 2019", "", ["2019-06"]),
        ("in March 2020 and in 2021", "", ["2020-03", "2021"]),
        ("it may march on", "2024-10-24", []),
    ],
)
def test_moments(text: str, published: str, expected: list[str]) -> None:
    assert [moment.value for moment in find_moments(text, published=published)] == expected


def test_a_figure_takes_a_date_only_when_its_year_is_known() -> None:
    text = "By the end of December 90 buses will run."
    assert [row["as_of"] for row in read_sentence(text)] == [""]
    assert [row["as_of"] for row in read_sentence(text, published="2024-10-23")] == ["2024-12-31"]


def test_a_clock_without_a_day_has_no_time() -> None:
    assert [row["as_of"] for row in read_sentence("It closed at 9:30 p.m. sharp.")] == [""]


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("6 miles per hour", "mi/h"), ("5 kWh", "kWh"), ("5 km/h", "km/h"), ("5 square kilometers", "km2"),
        ("5 m/s", "m/s"), ("5 mg/kg", "mg/kg"), ("5 kilowatt-hours", "kWh"), ("5 more years", "year"),
        ("5 C bath", "°C"), ("5 basis points", "bp"), ("5 per cent", "%"), ("5 µm", "µm"),
        ("5 feet", "ft"),
    ],
)  # fmt: skip
def test_units(text: str, symbol: str) -> None:
    found = find_unit_after(split_tokens(text), 1)
    assert found is not None
    assert found[0].symbol == symbol


@pytest.mark.parametrize(
    "text", ["5 in", "5 at", "5 A grades", "5 C. Smith", '5 "', "5 more men", "5 mXq", "5"]
)
def test_no_units(text: str) -> None:
    assert find_unit_after(split_tokens(text), 1) is None


def test_a_lone_letter_is_no_unit_after_a_word() -> None:
    assert find_unit_after(split_tokens("five m"), 1, is_word=True) is None


@pytest.mark.parametrize(("text", "at"), [("gum 5", 1), ("Ag$ 5", 2), ("so 5", 1), ("5", 0), ("EURO 5", 1)])
def test_money_before_needs_a_sign_or_a_code(text: str, at: int) -> None:
    found = find_unit_before(split_tokens(text), at)
    assert found is None or found[0].symbol == "USD"


def test_per() -> None:
    assert find_per(split_tokens("per head"), 0) == ("head", 2)
    assert find_per(split_tokens("an ounce"), 0) == ("oz", 2)
    assert find_per(split_tokens("a year ago"), 0) is None
    assert find_per(split_tokens("/ 5"), 0) is None
    assert find_per(split_tokens("for"), 0) is None


def test_names_of_units_spell_their_prefix() -> None:
    names = unit_names()
    assert (names["km"], names["km2"], names["kWh"]) == ("kilometer", "square kilometer", "kilowatt-hour")


def test_plurals() -> None:
    assert [w for w in ["boats", "people", "women", "lens", "specimen", "various", "buses",
    "gas"] if is_plural(w)] == [
        "boats", "people", "women", "buses",
    ]  # fmt: skip


def test_a_text_without_numbers_is_not_even_split() -> None:
    tokens, found = find_amounts("no number here")
    assert (len(tokens), found) == (0, [])


def test_a_trend_needs_its_amount_near() -> None:
    tokens, found = find_amounts("It rose; we saw 5 men")
    assert find_trend(tokens, found[0], found[0].first) == ("", -1)
