"""Dates of the texts on one line: what each word means, what it dates, and where it stands."""

import pandas as pd
import pytest

from rashomon import build_timeline, corpus_of, find_statements, merge_days, timeline_in

PUBLISHED = "2024-10-23"  # a Wednesday

POINTED = [
    ("The bridge closed on Monday.", "Monday", "2024-10-21"),
    ("The bridge closed on Wednesday.", "Wednesday", "2024-10-23"),
    ("The bridge closed last Wednesday.", "last Wednesday", "2024-10-16"),
    ("The council will meet on Monday.", "Monday", "2024-10-28"),
    ("The bridge closed yesterday.", "yesterday", "2024-10-22"),
    ("Talks resume tomorrow.", "tomorrow", "2024-10-24"),
    ("The price fell last week.", "last week", "2024-W42"),
    ("They meet again next month.", "next month", "2024-11"),
    ("It opened last year.", "last year", "2023"),
    ("It opened two days ago.", "two days ago", "2024-10-21"),
    ("It opened three weeks ago.", "three weeks ago", "2024-W40"),
    ("It opened 10 months ago.", "10 months ago", "2023-12"),
    ("It opened 12 years ago.", "12 years ago", "2012"),
    ("It opened on 3 May 2023.", "3 May 2023", "2023-05-03"),
]


@pytest.mark.parametrize(("text", "surface", "date"), POINTED)
def test_words_that_point_are_resolved(text: str, surface: str, date: str) -> None:
    found = timeline_in(text, published=PUBLISHED)
    assert found[["surface", "date"]].values.tolist() == [[surface, date]]
    row = found.iloc[0]
    assert text[row["start"] : row["end"]] == surface
    assert row["first_day"] <= row["last_day"]
    assert row["is_relative"] == ("2023" not in surface)


@pytest.mark.parametrize("text", [text for text, *_ in POINTED if "2023" not in text])
def test_without_a_day_of_publication_nothing_is_guessed(text: str) -> None:
    found = timeline_in(text)
    assert found["date"].tolist() == [""]
    assert found["first_day"].tolist() == [""]


@pytest.mark.parametrize(
    "text",
    [
        "The Wednesday Times was sold.",
        "Sunday Post reporters left.",
        "It came two days earlier.",
        "Mondays are slow.",
    ],
)
def test_what_points_at_no_day_gets_none(text: str) -> None:
    assert (timeline_in(text, published=PUBLISHED)["date"] == "").all()


def test_a_day_with_its_weekday_is_one_date() -> None:
    found = timeline_in("It closed on Monday, June 3, 2024.", published=PUBLISHED)
    assert found["date"].tolist() == ["2024-06-03"]


def test_what_a_date_belongs_to() -> None:
    text = (
        "Published: 23 October 2024\n\n"
        "Mayor Ana Ruiz said on Monday that the bridge fell on 18 October 2024.\n\n"
        "Work will begin in March 2025. The bridge had opened in June 1988."
    )
    corpus = corpus_of({"a": text})
    found = build_timeline(corpus, find_statements(corpus))
    told = found.set_index("date")["what"].to_dict()
    assert told == {
        "2024-10-23": "published",
        "2024-10-21": "said",
        "2024-10-18": "happened",
        "2025-03": "planned",
        "1988-06": "happened",
    }
    for row in found.itertuples():
        assert corpus.raw(row.article_id)[row.start : row.end] == row.surface


def test_days_of_several_articles_are_brought_together() -> None:
    head = "Published: 23 October 2024\n\n"
    corpus = corpus_of(
        {"b": head + "The dam broke on Friday.", "a": head + "On 18 October 2024 the dam broke."}
    )
    labels = dict(zip(corpus.articles["article_id"], corpus.articles["label"], strict=True))
    merged = merge_days(build_timeline(corpus), labels)
    told = merged[merged["what"] == "happened"]
    assert told[["date", "n_articles", "articles"]].values.tolist() == [["2024-10-18", 2, "a, b"]]
    assert merged["first_day"].is_monotonic_increasing


def test_the_order_of_articles_changes_nothing() -> None:
    texts = {name: f"Published: 2 May 2024\n\nThe dam {name} broke on Tuesday." for name in "abc"}
    forward, backward = (
        build_timeline(corpus_of(dict(order))) for order in (texts.items(), [*texts.items()][::-1])
    )
    pd.testing.assert_frame_equal(forward, backward)


def test_no_articles_no_dates() -> None:
    assert build_timeline(corpus_of({})).empty


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_hold(published: str) -> None:
    for text, *_ in POINTED:
        assert len(timeline_in(text, published=published)) == 1


def test_a_day_of_publication_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="Invalid isoformat"):
        timeline_in("It closed on Monday.", published="soon")
