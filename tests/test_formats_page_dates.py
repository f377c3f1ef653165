"""When a saved page was published: what it states in several places, weighed; unknown where they differ."""

from __future__ import annotations

import pytest
from toy_pages import PARAGRAPHS, TITLE

from rashomon._formats.page_dates import PageDate, choose_dates, day_in_address, day_of, page_dates
from rashomon._formats.page_markup import parse_page
from rashomon._formats.pages import page_record

BODY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def dated(kind: str, day: str, *, is_update: bool = False) -> PageDate:
    return PageDate(kind, day, day, is_update)


@pytest.mark.parametrize(
    ("dates", "published"),
    [
        ([], ""),
        ([dated("json_ld", "2024-10-24"), dated("meta", "2024-10-25")], "2024-10-24"),
        ([dated("json_ld", "2024-10-24", is_update=True)], ""),
        ([dated("json_ld", "2024-10-24"), dated("meta", "2024-03-01")], ""),
        (
            [dated("json_ld", "2024-10-24"), dated("meta", "2024-03-01"), dated("address", "2024-03-01")],
            "2024-03-01",
        ),
        (
            [
                dated("json_ld", "2024-10-24"),
                dated("json_ld", "2024-10-24", is_update=True),
                dated("meta", "2024-03-01"),
            ],
            "2024-03-01",
        ),
        (
            [
                dated("meta", "2024-10-24"),
                dated("meta_date", "2024-11-24"),
                dated("time_element", "2024-11-24"),
            ],
            "2024-11-24",
        ),
        (
            [dated("json_ld", "2024-10-24"), dated("meta", "2024-10-24"), dated("address", "2020-01-02")],
            "2024-10-24",
        ),
        ([dated("address", "2024-10-24"), dated("time_element", "2025-01-01")], "2024-10-24"),
        ([dated("time_element", "2024-10-24"), dated("time_element", "2024-10-24")], "2024-10-24"),
        ([dated("time_element", "2024-10-24"), dated("date_line", "2023-10-24")], ""),
    ],
)
def test_dates_are_weighed(dates: list[PageDate], published: str) -> None:
    assert choose_dates(dates)[0] == published


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://www.example.com/2024/10/24/world/ferry.html", "2024-10-24"),
        ("https://www.example.com/world/2024-10-24/ferry/", "2024-10-24"),
        ("https://www.example.com/world/2024/oct/24/ferry", "2024-10-24"),
        ("https://www.example.com/article/20241024-ferry", "2024-10-24"),
        ("https://www.example.com/2024/10/ferry", ""),
        ("https://www.example.com/news-20241399", ""),
        ("https://www.example.com/2024/10/24/about-2023-01-02", ""),
        ("https://www.example.com/?d=2024/10/24", ""),
    ],
)
def test_day_in_an_address(url: str, day: str) -> None:
    assert day_in_address(url) == day


def test_clock_of_the_page_and_dates_of_others_date_nothing() -> None:
    record = page_record(
        "<header><div class=date>Friday, 27 November "
        f"2026</div></header><main><article><h1>{TITLE}</h1>{BODY}</article></main>"
        "<aside class=related><a href=/b>Ferry line opens late</a> <time datetime=2025-03-04>4 March "
        "2025</time></aside>"
    )
    assert "published" not in record.fields


@pytest.mark.parametrize(
    ("over", "under", "published"),
    [
        ("<p class=date>24 October 2024</p>", "", "24 October 2024"),
        ("<p>Published on 24 October 2024 by Jon Felde</p>", "", "Published on 24 October 2024 by Jon Felde"),
        ("<p>Le 24 octobre 2024 à 8h30</p>", "", "Le 24 octobre 2024 à 8h30"),
        ("<p>Jon Felde, <time datetime=2024-10-24>yesterday</time>, 4 min read</p>", "", "2024-10-24"),
        ("", "<p>Published: 24 October 2024</p>", "Published: 24 October 2024"),
        ("<p class=updated>Updated: 25 October 2024</p>", "", ""),
        ("<time datetime=2024-10-24>24 Oct</time><time datetime=2024-12-01>1 Dec</time>", "", ""),
        (
            "",
            "<ul class=latest><li><a href=/a>Ferry opens</a> <time datetime=2025-01-01>1 Jan</time></ul>",
            "",
        ),
        ("<p>The first bridge was built here on 3 May 1901, and it stood for sixty years.</p>", "", ""),
    ],
)
def test_date_beside_the_text_is_that_of_the_article(over: str, under: str, published: str) -> None:
    record = page_record(f"<article><h1>{TITLE}</h1>{over}{BODY}{under}</article>")
    assert record.fields.get("published", "") == published


def test_day_inside_the_text_is_no_date_of_publication() -> None:
    entries = "".join(f"<h3>{n + 1} March 2019</h3><p>{text}</p>" for n, text in enumerate(PARAGRAPHS * 2))
    assert "published" not in page_record(f"<article><h1>{TITLE}</h1>{entries}</article>").fields


def test_dates_of_the_data_are_those_of_the_own_article() -> None:
    other = '{"@type": "NewsArticle", "headline": "Another", "datePublished": "2023-01-01"}'
    own = f'{{"@type": "NewsArticle", "headline": "{TITLE}", "datePublished": "2024-10-24"}}'
    listed = f'{{"@type": "ItemList", "itemListElement": [{other}]}}'
    for data, day in (
        (f"[{other}, {own}]", "2024-10-24"),
        (listed, ""),
        (f"[{other}, {other}]", "2023-01-01"),
    ):
        script = f'<script type="application/ld+json">{data}</script>'
        record = page_record(f"<html><head><title>{TITLE}</title>{script}</head><body><h1>{TITLE}</h1>{BODY}")
        assert record.fields.get("published", "") == day


def test_all_dates_of_a_page_can_be_asked_for() -> None:
    root = parse_page(
        "<head><meta property='article:published_time' content='2024-10-24T08:00:00Z'>"
        "<meta property='article:modified_time' content='2024-10-26'><meta name=date content=none></head><p>"
    )
    found = [(each.kind, each.day, each.is_update) for each in page_dates(root)]
    assert found == [("meta", "2024-10-24", False), ("meta", "2024-10-26", True)]


def test_digits_are_read_as_the_language_of_the_page_means_them() -> None:
    days = [day_of("04/03/2024", language) for language in ("en-US", "en_GB", "de", "en", "")]
    assert days == ["2024-04-03", "2024-03-04", "2024-03-04", "", ""]
