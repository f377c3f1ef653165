"""Same event: articles of one event stand together, whatever the order; what is alone is said to be."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pandas as pd
import pytest

from rashomon.corpus import corpus_of
from rashomon.events import event_similarity, group_events
from rashomon.names import find_names
from rashomon.quantities import extract_quantities

FERRY = (
    "The ferry Halvard sank off Ostby on Monday. The coast guard pulled 61 people out of the water, and the "
    "harbor master Ann Gray said that fog had hidden the rock.",
    "Fog hid the rock that sank the Halvard near Ostby. All 61 people on board the ferry were saved, said "
    "harbor master Ann Gray. A coast guard boat reached them within an hour.",
    "Ann Gray had warned of the rock off Ostby for years. On Monday the ferry Halvard struck it in fog; the "
    "coast guard took 61 people ashore.",
)
STRIKE = (
    "Bus drivers in Nural walked out on Friday after talks over pay broke down. Their union wants 7 percent "
    "more, and the city offers half of that.",
    "No bus ran in Nural on Friday. The union of the drivers asks for 7 percent more pay; the city says that "
    "it can pay half of it.",
)
ALONE = (
    "A late frost killed the cherry blossom in the orchards of Veld, and growers expect a poor harvest.",
    "Surgeons at the clinic of Tarn replaced a heart valve through a vein for the first time.",
    "The opera house opens its season with a comedy about a miller and his three daughters.",
    "Geologists drilled into the lake bed and found ash of an eruption that nobody had known of.",
    "Chess champion Lio Marek lost his title in the last game of the match after a slip with the queen.",
    "The mint will stop making the smallest coin because it costs more than it is worth.",
    "Volunteers counted more swifts over the old town than in any summer since the counts began.",
    "A court ordered the maker of a hair dryer to pay buyers whose dryers had caught fire.",
    "Two villages share one teacher this winter, who crosses the pass on skis.",
    "The observatory measured a star that dims every eleven days as a planet passes before it.",
)
TEXTS = {f"a{n}": text for n, text in enumerate((*FERRY, *STRIKE, ALONE[0]))}


def events_of(texts: dict[str, str]) -> list[int]:
    events: list[int] = group_events(corpus_of(texts))["event_id"].tolist()
    return events


def test_articles_of_one_event_stand_together() -> None:
    found = group_events(corpus_of(TEXTS))
    assert found["event_id"].tolist() == [1, 1, 1, 2, 2, 3]
    assert found["n_articles"].tolist() == [3, 3, 3, 2, 2, 1]
    assert found["nearest"].tolist()[3:5] == ["a4", "a3"]
    assert found["reason"][5].startswith("alone: ")
    assert found["shared_words"][5] == ""


def test_what_holds_an_event_together_is_named() -> None:
    corpus = corpus_of({"a": FERRY[0], "b": FERRY[1], "c": STRIKE[0]})
    found = group_events(corpus, find_names(corpus), extract_quantities(corpus))
    assert "Ann Gray" in found["shared_names"][0].split("; ")
    assert found["shared_figures"].tolist() == ["61 people", "61 people", ""]
    assert found["shared_words"].tolist()[::2] == ["coast; ferry; harbor; master; rock; sank", ""]


def test_days_that_articles_speak_of_are_shared_by_day() -> None:
    corpus = corpus_of(
        {
            "a": "The bridge of Ostby fell on May 3, 2024, and 9 people drowned.",
            "b": "The Ostby bridge, which fell on 3 May 2024, had been closed to trucks.",
        }
    )
    found = group_events(corpus, None, extract_quantities(corpus))
    assert found["shared_dates"].tolist() == ["2024-05-03"] * 2


@pytest.mark.parametrize("order", [*permutations(range(4))][::5])
def test_the_order_of_articles_does_not_matter(order: tuple[int, ...]) -> None:
    names = ["a0", "a1", "a3", "a4"]
    expected = group_events(corpus_of({name: TEXTS[name] for name in names}))
    found = group_events(corpus_of({names[i]: TEXTS[names[i]] for i in order}))
    pd.testing.assert_frame_equal(found, expected)


def test_ten_articles_on_ten_events_are_ten_events() -> None:
    assert events_of({f"b{n}": text for n, text in enumerate(ALONE)}) == list(range(1, 11))


def test_one_article_two_identical_ones_and_none() -> None:
    alone = group_events(corpus_of({"a": FERRY[0]}))
    assert alone["reason"].tolist() == ["the only article: there is nothing to group it with"]
    assert alone["likeness"].isna().all()
    same = group_events(corpus_of({"a": FERRY[0], "b": FERRY[0]}))
    assert same[["event_id", "likeness"]].values.tolist() == [[1, pytest.approx(1)]] * 2
    assert group_events(corpus_of({})).empty


def test_articles_without_words_stand_alone() -> None:
    assert events_of({"a": "", "b": "…", "c": FERRY[0]}) == [1, 2, 3]


def test_events_are_numbered_by_their_first_day() -> None:
    early = "Published: 1 May 2024\n" + STRIKE[0]
    late = "Published: 9 May 2024\n" + FERRY[0]
    assert events_of({"a": late, "b": early}) == [2, 1]


def test_likeness_is_symmetric_and_no_more_than_one() -> None:
    alike = event_similarity([*FERRY, *STRIKE, "", FERRY[0]])
    assert np.array_equal(alike, alike.T)
    assert alike.min() >= 0
    assert alike.max() == 1
    assert np.diag(alike).tolist() == [1.0] * 7
    assert alike[0, 6] == pytest.approx(1)
    assert event_similarity([]).shape == (0, 0)


def test_a_limit_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match=r"least_likeness is 1\.5, must be between 0 and 1"):
        group_events(corpus_of({"a": FERRY[0]}), least_likeness=1.5)


def test_more_articles_than_fit_together_are_grouped_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    told = ["Ferry sank.", "Milk is dear.", "Museum burned.", "Coach quit.", "Rain fell.", "Vote failed."]
    texts = {
        f"{day}-{times}": f"Published: {day} May 2024\n\n" + f"{news} " * times
        for day, news in enumerate(told, 1)
        for times in (2, 3)
    }
    corpus = corpus_of(texts)
    whole = group_events(corpus)
    monkeypatch.setattr("rashomon.events._MOST_TOGETHER", 4)
    parts = group_events(corpus)
    assert parts["event_id"].tolist() == whole["event_id"].tolist()
    assert set(parts["n_articles"]) == {2}
