from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon._reading.parts import register_of, split_parts
from rashomon._reading.zones import label_lines
from rashomon.corpus import corpus_of
from rashomon.normalize import split_lines

CASES = json.loads((Path(__file__).parent / "cases" / "zones.json").read_text("utf-8"))
LINES = sorted({line for case in CASES for line in case["text"].split("\n")})
P = "The ferry sank on Monday, and all of its crew got safely home again that night."
Q = "The line will cost 400 million euros and open in 2029, the mayor said on Thursday."
BYLINE = ["Updated: 5 May 2024", "By Ann Lee"]
TEASERS = ["Related", "Tram starts", "Bus stops", "Museum closes"]
TALK = ["Lee: Were you afraid?", "Holm: No.", "Lee: Would you sail again?", "Holm: Yes."]


@pytest.mark.parametrize(
    ("lines", "parts"),
    [
        pytest.param([P, Q], [1, 1], id="one text"),
        pytest.param(
            ["One Ferry Sinks", P, "Credits: Ann Lee", Q], [1, 1, 1, 1], id="one text with furniture"
        ),
        pytest.param(
            ["Bay News, 3 May 2024, 14:05", P, "Bay News, 3 May 2024, 15:10", Q],
            [1, 1, 2, 2],
            id="posts of a channel",
        ),
        pytest.param(
            [
                "One Ferry Sinks",
                P,
                Q,
                "Al, Bay Town, 3 May 2024, 14:05",
                "Sad.",
                "Bo, 3 May 2024, 15:10",
                "Yes.",
            ],
            [1] * 7,
            id="comments under a text are no posts of a channel",
        ),
        pytest.param(
            ["One Ferry Sinks", "By Ann Lee", P, Q, "One Tram Starts", "By Bo Ek", Q, P],
            [1, 1, 1, 1, 2, 2, 2, 2],
            id="two articles",
        ),
        pytest.param(
            ["One Ferry Sinks", *BYLINE, P, "- Home page", "- Political", *BYLINE, Q, P],
            [1, 1, 1, 1, 2, 2, 2, 2, 2, 2],
            id="a retelling and its original under the same by-line",
        ),
        pytest.param(
            ["One Ferry Sinks", "Updated: 5 May 2024", P, Q, "Updated: 5 May 2024", Q, P],
            [1, 1, 1, 1, 2, 2, 2],
            id="the same date label again",
        ),
        pytest.param(
            ["One Ferry Sinks", P, Q, "Updated: 5 May 2024", "Harbor News"],
            [1, 1, 1, 1, 1],
            id="a date label under the text",
        ),
        pytest.param(["One Ferry Sinks", P, Q, "By Ann Lee"], [1, 1, 1, 1], id="a by-line under the text"),
        pytest.param([P, "It sank after ...", "They say …", "Crews had ..."], [1, 2, 2, 2], id="snippets"),
        pytest.param(
            ["It sank after ...", "They say …", "Crews had ...", P, Q], [1, 1, 1, 2, 2], id="snippets first"
        ),
        pytest.param(
            [P, Q, P, Q, "A Captain Remembers", *TALK], [1] * 4 + [2] * 5, id="interview with its title"
        ),
        pytest.param([P, "Interview with Eva Holm", *TALK], [1] + [2] * 5, id="title that says interview"),
        pytest.param([P, *TALK], [1] * 5, id="introduction of an interview"),
        pytest.param(
            [P, "Search", "Latest News", "Tram starts", "Bus stops", "Museum closes", "Harbor News"],
            [1, 1, 2, 2, 2, 2, 2],
            id="sidebar at the end",
        ),
        pytest.param(
            [P, *TEASERS, Q, P],
            [1, 1, 1, 1, 1, 1, 1],
            id="teasers inside a text",
        ),
        pytest.param(
            [P, Q, *TEASERS, "Share", "Second Ferry Sinks Too", "By Bo Ek", Q, P],
            [1, 1, 2, 2, 2, 2, 2, 2, 2, 3, 3],
            id="teasers between two texts",
            marks=pytest.mark.xfail(strict=True),  # the headline under the teasers is taken for one of them
        ),
        pytest.param(
            [
                "ZCZC HN1 4 g",
                "One Ferry Sinks",
                P,
                "ZCZC HN2 4 g",
                "BC-Ferry, 1st Add",
                Q,
                "ZCZC HN3 4 g",
                "Rain",
            ],
            [1, 1, 1, 1, 1, 1, 2, 2],
            id="items of a feed",
        ),
        pytest.param(
            [P, "HARBNEWS22102024007421", "Disclaimer", P, "Search"], [1, 1, 1, 1, 1], id="what a text trails"
        ),
    ],
)
def test_parts(lines: list[str], parts: list[int]) -> None:
    split = split_lines("\n".join(lines))
    assert split_parts(split, label_lines(split)) == parts


def test_parts_say_what_they_are() -> None:
    lines = ["One Ferry Sinks", P, Q, P, Q, "A Captain Remembers", *TALK, "It sank ...", "They ...", "And …"]
    lines += ["Latest News", "Tram starts", "Bus stops", "Museum closes"]
    corpus = corpus_of({"a": "\n".join(lines)})
    columns = ["title", "register", "is_article_text"]
    assert corpus.parts[columns].values.tolist() == [
        ["One Ferry Sinks", "unknown", True],
        ["A Captain Remembers", "interview", True],
        ["", "aggregation", False],
        ["Latest News", "unknown", False],
    ]
    assert corpus.parts["n_words"].tolist()[2:] == [0, 0]
    assert corpus.articles["n_words"].tolist() == [corpus.parts["n_words"].sum()]


@pytest.mark.parametrize(
    ("zones", "register"),
    [
        ({"body", "headline"}, "unknown"),
        ({"body", "interview_answer"}, "interview"),
        ({"snippet", "furniture"}, "aggregation"),
        ({"snippet", "body"}, "unknown"),
        (set(), "unknown"),
    ],
)
def test_registers(zones: set[str], register: str) -> None:
    assert register_of(zones) == register


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=20))
def test_parts_count_up_from_one_without_a_gap(lines: list[str]) -> None:
    split = split_lines("\n".join(lines))
    parts = split_parts(split, label_lines(split))
    assert len(parts) == len(split)
    assert parts[:1] in ([], [1])
    assert all(after - before in (0, 1) for before, after in pairwise(parts))
