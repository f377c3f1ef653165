"""Date fields: the one day each names, or nothing."""

from __future__ import annotations

import json
import time
from datetime import UTC, date, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon._reading.days import read_day

CASES = json.loads((Path(__file__).parent / "cases" / "days.json").read_text("utf-8"))
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
LANGUAGES = (
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "sv",
    "da",
    "pl",
    "cs",
    "hu",
    "hr",
    "ru",
    "uk",
    "el",
    "tr",
)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(strict=True)] if case.get("known_failure") else [],
        )
        for case in CASES
    ],
)
def test_cases(case: dict[str, Any]) -> None:
    found = read_day(case["text"], language=case.get("language", ""), day_first=case.get("day_first"))
    assert found == case["expected"]


@given(DAYS, st.sampled_from(LANGUAGES), st.sampled_from(("long", "full", "medium")))
def test_a_day_as_its_language_writes_it(day: date, language: str, width: str) -> None:
    from babel.dates import format_date

    written = format_date(day, format=width, locale=language)
    first = None if width == "medium" else True
    assert read_day(written, language=language, day_first=first) in (day.isoformat(), "")
    if width != "medium":
        assert read_day(written, language=language) == day.isoformat()


@given(DAYS, st.times(), st.sampled_from((-11, -5, 0, 2, 9)))
def test_a_moment_keeps_its_written_day(day: date, at: Any, hours: int) -> None:
    moment = datetime.combine(day, at, UTC)
    assert read_day(moment.isoformat().replace("+00:00", f"{hours:+03d}:00")) == day.isoformat()
    assert read_day(moment.strftime("%Y%m%dT%H%M%SZ")) == day.isoformat()
    assert read_day(format_datetime(moment)) == day.isoformat()
    assert read_day(moment.strftime("%d/%m/%Y %H:%M"), day_first=True) == day.isoformat()


@given(st.text(max_size=60))
def test_any_text_gives_a_day_or_nothing(text: str) -> None:
    found = read_day(text)
    assert found == "" or date.fromisoformat(found)


def test_seconds_do_not_ask_the_clock_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for zone in ("Pacific/Kiritimati", "America/Los_Angeles"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        assert read_day("1729814399") == "2024-10-24"
    monkeypatch.undo()
    time.tzset()
