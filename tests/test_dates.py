from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rashomon._reading.articles import describe_text
from rashomon._reading.dates import describe_date_line, find_days, find_id_day
from rashomon.corpus import corpus_of, dates_in, read_corpus
from rashomon.read import RawDocument, read_gold

CASES = json.loads((Path(__file__).parent / "cases" / "dates.json").read_text("utf-8"))


def cases(stage: str) -> list[Any]:
    found = []
    for case in CASES:
        if case["stage"] == stage:
            marks = [pytest.mark.xfail(strict=True)] if case.get("known_failure") else []
            found.append(pytest.param(case["text"], case["expected"], id=case["label"], marks=marks))
    return found


@pytest.mark.parametrize(("text", "expected"), cases("days"))
def test_days(text: str, expected: list[str]) -> None:
    assert [day.value for day in find_days(text)] == expected


@pytest.mark.parametrize(("text", "expected"), cases("line"))
def test_date_lines(text: str, expected: str) -> None:
    assert describe_date_line(text) == expected


@pytest.mark.parametrize(("text", "expected"), cases("id"))
def test_machine_ids(text: str, expected: str) -> None:
    day = find_id_day(text)
    assert (day.value if day else "") == expected


@pytest.mark.parametrize(("text", "expected"), cases("page"))
def test_pages(text: str, expected: dict[str, Any]) -> None:
    corpus = corpus_of({"page": text})
    article = corpus.articles.iloc[0]
    rows = corpus.dates[["surface", "kind", "is_used", "is_conflict"]].values.tolist()
    assert {"published": article["published"], "page_date": article["page_date"], "rows": rows} == expected


def test_the_five_articles() -> None:
    corpus = read_corpus("seeds")
    found = corpus.articles.sort_values("path")[["path", "published", "page_date"]]
    gold = {row["path"]: (row["published"], row["page_date"]) for row in read_gold("reading/dates")}
    assert [(row.published, row.page_date) for row in found.itertuples()] == [gold[p] for p in found["path"]]
    ours = {(corpus.raw(row.article_id)[row.start : row.end], row.value) for row in corpus.dates.itertuples()}
    assert ours == {(row["evidence"], row["value"]) for row in read_gold("reading/dates") if row["evidence"]}


LINES = [
    "23 October 2024",
    "Today: Oct 24, 2024",
    "Updated 25 October 2024",
    "Ferry Sinks Off Coast",
    "By Ann Lee",
    "FEEDNEWS22102024007421",
    "Sunday 27 April 2025 01:10 GMT",
    "Latest News",
    "",
    "The ferry sank on 3 May 2024, and all of its crew got safely home again.",
]


@settings(max_examples=100, deadline=None)
@example([LINES[-1], "Latest News", LINES[-1], "23 October 2024"])  # a day told in a teaser's prose
@given(st.lists(st.sampled_from(LINES), max_size=8))
def test_evidence_slices_back_and_at_most_one_decides(lines: list[str]) -> None:
    raw = "\n".join(lines)
    tables = describe_text(RawDocument("a", raw, "str", "", "text", "a"), "a")
    dates, published = tables["dates"], tables["articles"][0]["published"]
    assert [raw[row["start"] : row["end"]] for row in dates] == [row["surface"] for row in dates]
    used = [row for row in dates if row["is_used"]]
    assert [row["value"] for row in used] == ([published] if published else [])
    assert [row["is_conflict"] for row in dates] == [
        bool(used) and row["value"] != published for row in dates
    ]
    assert all(row["rank"] == min(each["rank"] for each in dates) <= 3 for row in used)
    assert "2024-05-03" not in {row["value"] for row in dates}


@settings(max_examples=100, deadline=None)
@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_written_form_means_its_day(day: date) -> None:
    forms = ["%d %B %Y", "%b. %d, %Y", "%A, %B %d, %Y", "%Y-%m-%d", "%d.%m.%Y", "%d-%b-%Y"]
    for form in forms:
        assert [found.value for found in find_days(day.strftime(form))] == [day.isoformat()]


def test_a_text_without_dates_has_an_empty_table() -> None:
    assert dates_in("The ferry sank.").empty
