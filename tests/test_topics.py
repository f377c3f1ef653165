"""Choosing figures by what they count, and bringing tellings of one amount together."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from rashomon.compare import figures_about, find_topic, group_tellings


def figure(article: str, start: int, slot: str, **changed: Any) -> dict[str, Any]:
    row = {"slot": slot, "article_id": article, "start": start, "end": start + 2, "counted": "", "unit": ""}
    exact = dict.fromkeys(("value", "low", "high"), Decimal(90))
    return (
        row
        | exact
        | {"surface": "90", "bound": "=", "status": "claimed", "claim_id": "", "attributed_to": ""}
        | changed
    )


FIGURES = pd.DataFrame(
    [
        figure("a", 0, "soldiers", counted="North Korean troops"),
        figure("a", 10, "soldiers · planned", counted="special forces", status="planned"),
        figure("a", 20, "% · planned", unit="%"),
        figure(
            "b", 0, "soldiers", counted="soldiers", attributed_to="NIS", bound=">", high=None, claim_id="b"
        ),
        figure("b", 10, "people · killed", counted="people"),
        figure("b", 20, "people · killed", counted="people"),
        figure("b", 30, "people · killed", counted="people", value=None, low=Decimal(80), surface="80 to 90"),
        figure("c", 0, "%", unit="%"),
        figure("c", 10, "", surface="seven", value=Decimal(7), low=Decimal(7), high=Decimal(7)),
        figure("d", 0, "%", unit="%"),
        figure("c", 20, "soldiers · planned", surface="up to", value=None, low=None, high=None),
        figure("d", 10, "years · year", unit="year", counted="soldiers' years"),
    ],
    dtype=object,  # None stays None
)


@pytest.mark.parametrize(
    ("topic", "places"),
    [
        ("soldiers", "a0 a10 b0 c20 d10"),
        ("Troops", "a0 a10 b0 c20"),
        ("troop", "a0 a10 b0 c20"),
        ("special forces", "a10"),
        ("North  korean troops", "a0"),
        ("people · killed", "b10 b20 b30"),
        ("%", "a20 c0 d0"),
        ("submarines", ""),
        ("sold", ""),
        (".*", ""),
        ("·", ""),
        ("planned", ""),
    ],
)
def test_figures_are_chosen_by_what_they_count(topic: str, places: str) -> None:
    found = figures_about(FIGURES, topic)
    assert " ".join(sorted(found["article_id"] + found["start"].astype(str))) == places


def test_no_topic_keeps_all() -> None:
    assert figures_about(FIGURES, " ").equals(FIGURES)


@pytest.mark.parametrize(
    ("topic", "places"),
    [
        ("soldiers", "a0 a10 b0 c20"),
        ("people", ""),
        ("people · killed", "b10 b20 b30"),
        ("%", "a20 c0 d0"),
        ("", "c10"),
    ],
)
def test_a_slot_keeps_itself_at_any_time_and_nothing_else(topic: str, places: str) -> None:
    found = figures_about(FIGURES, topic, is_slot=True)
    assert " ".join(sorted(found["article_id"] + found["start"].astype(str))) == places


def test_what_most_articles_count_goes_before_what_is_told_often_and_before_a_unit() -> None:
    assert find_topic(FIGURES) == "soldiers"  # of 3 articles; people killed: 3 times in one; %: of 3, a unit
    assert find_topic(FIGURES.iloc[::-1]) == "soldiers"
    assert find_topic(figures_about(FIGURES, "%")) == "%"


@pytest.mark.parametrize("is_slot", [False, True])
def test_no_figures_stay_no_figures_with_their_columns(is_slot: bool) -> None:
    for topic in ("", "soldiers"):
        assert figures_about(FIGURES.head(0), topic, is_slot=is_slot).equals(FIGURES.head(0))
    assert find_topic(FIGURES[FIGURES["slot"] == ""]) == find_topic(FIGURES.head(0)) == ""


def test_tellings_of_one_amount_stand_together_whatever_their_bound() -> None:
    groups = group_tellings(FIGURES)
    told = {(row.slot, row.surface): row for row in groups.itertuples()}
    both = told["soldiers", "90"]
    assert (both.tellings, both.articles, both.claimants, both.unnamed) == (2, 2, "NIS", 1)
    assert (both.claims, told["people · killed", "90"].claims) == (2, 1)
    assert (both.article_id, both.start) == ("a", 0)
    assert told["soldiers · planned", "90"].tellings == 1
    assert told["people · killed", "90"].tellings == 2
    assert told["people · killed", "80 to 90"].tellings == 1
    assert ("", "seven") not in told
    assert ("soldiers · planned", "up to") not in told
    assert groups["tellings"].tolist() == sorted(groups["tellings"], reverse=True)
    last = group_tellings(FIGURES.iloc[::-1]).set_index(["slot", "surface"])
    assert last.loc[("soldiers", "90"), ["article_id", "start", "tellings"]].tolist() == ["b", 0, 2]


def test_without_figures_there_are_no_tellings() -> None:
    assert list(group_tellings(FIGURES.head(0))) == list(group_tellings(FIGURES))
