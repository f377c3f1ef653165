"""Figures side by side: what shares a slot, what is a conflict, and what only looks like one."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon._counted import find_fate, name_counted
from rashomon.compare import compare_figures, compare_wording, figures_in, find_conflicts
from rashomon.corpus import corpus_of
from rashomon.names import find_names
from rashomon.quantities import extract_quantities
from rashomon.tables import make_table

CASES = json.loads((Path(__file__).parent / "cases" / "compare.json").read_text("utf-8"))


def marked(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(strict=True)] if case.get("known_failure") else []
    return pytest.param(case["text"], case["expected"], id=case["label"], marks=marks)


@pytest.mark.parametrize(("text", "expected"), list(map(marked, CASES)))
def test_what_is_counted_gets_one_name(text: str, expected: list[Any]) -> None:
    noun, narrowing = name_counted(text)
    assert [noun, sorted(narrowing)] == expected


@pytest.mark.parametrize(
    ("before", "after", "fate"),
    [
        ("The blast killed at least ", " people.", "killed"),
        ("", " people were killed and 30 wounded.", "killed"),
        ("At least 12 were killed and ", " people were wounded.", "injured"),
        ("killing 12, injuring ", " people", "injured"),
        ("", " people, including a child, died on Monday", "killed"),
        ("The army sent ", " soldiers", ""),
        ("There were ", " people on board, including two drivers", "aboard"),
        ("Some ", " and two guides had been aboard, he said", "aboard"),
        ("", " feared dead, three missing", "killed"),
        ("Nine feared dead, ", " missing", "missing"),
        ("A nurse at the hospital said ", " had died", "killed"),
        ("Tests showed that ", " passengers have not been found", "missing"),
        ("", "", ""),
    ],
)
def test_fate_is_the_verb_that_goes_with_the_number(before: str, after: str, fate: str) -> None:
    assert find_fate(before, after) == fate


def quantity(article: str, amount: str = "", **changed: Any) -> dict[str, Any]:
    """A row of `quantities`, the amount as written and as a number."""
    value = Decimal(amount.replace(",", "")) if amount else None
    row = {
        "article_id": article, "sentence_id": 1, "part_id": 1, "start": 0, "end": len(amount),
        "surface": amount, "phrase_start": 0, "phrase_end": len(amount), "kind": "cardinal",
        "value": value, "low": value,
        "high": value, "bound": "=", "counted": "soldiers", "status": "happened",
    }  # fmt: skip
    return row | changed


def figures(*rows: dict[str, Any]) -> pd.DataFrame:
    return compare_figures(make_table("quantities", rows))


def verdicts(*rows: dict[str, Any], articles: pd.DataFrame | None = None) -> list[str]:
    return find_conflicts(figures(*rows), articles)["verdict"].tolist()


def kinds(*rows: dict[str, Any], articles: pd.DataFrame | None = None) -> list[list[str]]:
    return find_conflicts(figures(*rows), articles)[["verdict", "kind"]].values.tolist()


def published(**days: str) -> pd.DataFrame:
    return make_table(
        "articles", [{"article_id": a, "label": a, "n_words": 1, "published": d} for a, d in days.items()]
    )


@pytest.mark.parametrize("kind", ["ordinal", "date", "time", "year", "identifier", "idiom"])
def test_what_is_no_quantity_is_no_figure(kind: str) -> None:
    assert figures(quantity("a", "3", kind=kind)).empty


@pytest.mark.parametrize(
    ("changed", "slot"),
    [
        ({}, "soldiers"),
        ({"status": "planned"}, "soldiers · planned"),
        ({"status": "hypothetical"}, "soldiers · hypothetical"),
        ({"status": "historical"}, "soldiers · historical"),
        ({"status": "estimated"}, "soldiers"),
        ({"counted": "damage", "unit": "USD", "kind": "money"}, "damage · USD"),
        ({"counted": "", "unit": "km", "kind": "measure"}, "km"),
        ({"counted": ""}, ""),
        ({"counted": "deaths"}, "people · killed"),
    ],
)
def test_slot_says_what_is_counted(changed: dict[str, str], slot: str) -> None:
    assert figures(quantity("a", "3", **changed))["slot"].tolist() == [slot]


def slot_in(text: str, number: str, **changed: Any) -> str:
    """Slot of the one figure of a sentence; "no figure" when there is none."""
    start = text.index(number)
    end = start + len(number)
    place = {"start": start, "end": end, "phrase_end": end, "surface": number, "value": Decimal(1)}
    sentence = {
        "article_id": "a", "sentence_id": 1, "line_no": 1, "part_id": 1, "start": 0, "end": len(text),
        "zone": "body", "is_truncated": False, "carries_claims": True, "text": text,
    }  # fmt: skip
    row = quantity("a", **(place | changed))
    found = compare_figures(make_table("quantities", [row]), make_table("sentences", [sentence]))
    return next(iter(found["slot"]), "no figure")


def test_the_sentence_tells_killed_from_injured() -> None:
    text = "The storm killed 12 people and 30 were injured."
    assert slot_in(text, "12", counted="people") == "people · killed"
    assert slot_in(text, "30", counted="") == "people · injured"


def test_that_number_counts_what_the_figure_before_counts() -> None:
    rows = [
        quantity("a", "1500", start=10, end=14, counted="troops"),
        quantity("a", "12000", start=24, end=29, counted="number", sentence_id=2),
        quantity("a", "7", start=60, end=61, counted="number", sentence_id=4),
        quantity("a", "8", start=70, end=71, counted="", sentence_id=4),
        quantity("b", "9", start=0, end=1, counted="number"),
    ]
    found = figures(*rows).set_index("surface")["slot"].to_dict()
    assert found == {"1500": "soldiers", "12000": "soldiers", "7": "", "8": "", "9": ""}


def test_an_estimate_of_what_is_to_come_is_a_plan() -> None:
    assert slot_in("That could rise to 12000 soldiers.", "12000", status="estimated") == "soldiers · planned"
    assert slot_in("An estimated 12000 soldiers came.", "12000", status="estimated") == "soldiers"


def test_one_that_stands_for_a_noun_is_no_figure() -> None:
    assert slot_in("one of the largest armies", "one", counted="armies", phrase_end=25) == "no figure"
    assert slot_in("one such weapon", "one", counted="weapon") == "no figure"
    assert slot_in("one weapon", "one", counted="weapon") == "weapons"


def test_sent_against_planned_is_never_a_conflict() -> None:
    sent = quantity("a", "1,500", attributed_to="Ana Ruiz", as_of="2024-05-01")
    planned = quantity("b", "12,000", attributed_to="Red Cross", as_of="2024-05-01", status="planned")
    found = find_conflicts(figures(sent, planned))
    assert found["verdict"].tolist() == ["apparent"]
    told = (
        "1,500 is told of what has happened, 12,000 of what is planned: a part does not contradict a whole."
    )
    assert found["reason"][0] == told
    assert verdicts(sent, planned | {"surface": "1,550", "low": Decimal(1550), "high": Decimal(1550)}) == []


def test_plan_inside_the_same_part_is_paired_with_what_is_there() -> None:
    sent, planned = quantity("a", "1500"), quantity("a", "12000", start=20, end=25, status="planned")
    assert verdicts(sent, planned) == ["apparent"]
    assert verdicts(sent, planned | {"part_id": 2}) == []


def test_pairs_of_one_claim_can_be_brought_together() -> None:
    rows = [
        quantity("a", "1500", start=s, end=s + 4, attributed_to=w) for s, w in ((0, ""), (50, "Red Cross"))
    ]
    found = find_conflicts(figures(*rows, quantity("b", "12000", status="planned")))
    assert found["start_a"].tolist() == [0, 50]
    assert found[["claim_a", "claim_b", "verdict", "kind"]].drop_duplicates().values.tolist() == [
        ["a-0", "b-0", "apparent", "planned"]
    ]


def test_very_many_tellings_of_a_slot_are_compared_once_a_claim() -> None:
    rows = [quantity("a", "1500", start=s, end=s + 4) for s in range(0, 1000, 10)]
    assert len(find_conflicts(figures(*rows, quantity("b", "12000", status="planned")))) == 1


NAMED = {"a": {"attributed_to": "Mayor Ana Ruiz"}, "b": {"attributed_to": "Red Cross"}}


def test_named_dated_and_disjoint_is_real() -> None:
    a, b = quantity("a", "12", **NAMED["a"]), quantity("b", "30", **NAMED["b"])
    assert verdicts(a, b, articles=published(a="2024-05-01", b="2024-05-01")) == ["real"]
    assert verdicts(a, b, articles=published(a="2024-05-01", b="2024-05-02")) == ["partly real"]
    assert verdicts(a | {"as_of": "2024-05"}, b | {"as_of": "2024-05-01"}) == ["real"]


def test_without_a_date_it_is_unresolved() -> None:
    a, b = quantity("a", "12", **NAMED["a"]), quantity("b", "30", **NAMED["b"])
    assert verdicts(a, b) == ["unresolved"]
    assert verdicts(a, b, articles=published(a="2024-05-01", b="")) == ["unresolved"]


@pytest.mark.parametrize("who", ["", "Recent reports", "officials", "Mayor Ruiz", "Anna Ruiz"])
def test_the_same_or_no_named_claimant_is_partly_real(who: str) -> None:
    a, b = quantity("a", "12", **NAMED["a"]), quantity("b", "30", attributed_to=who)
    assert verdicts(a, b, articles=published(a="2024-05-01", b="2024-05-01")) == ["partly real"]


def test_the_larger_count_of_a_later_day_is_an_update_and_the_smaller_is_not() -> None:
    a, b = quantity("a", "12", **NAMED["a"]), quantity("b", "30")
    assert kinds(a, b, articles=published(a="2024-05-01", b="2024-05-02")) == [["apparent", "update"]]
    assert kinds(a, b, articles=published(a="2024-05-02", b="2024-05-01")) == [["partly real", "count"]]
    plans = (row | {"status": "planned"} for row in (a, b))
    assert kinds(*plans, articles=published(a="2024-05-01", b="2024-05-02")) == [["partly real", "count"]]


def test_a_toll_that_grows_by_the_day_is_an_update_whoever_counts() -> None:
    a, b = quantity("a", "9", **NAMED["a"]), quantity("b", "10", **NAMED["b"])
    assert kinds(a, b, articles=published(a="2024-05-01", b="2024-05-02")) == [["apparent", "update"]]
    assert kinds(a, b, articles=published(a="2024-05-01", b="2024-05-01")) == [["real", "count"]]


def test_two_claims_have_one_verdict_whichever_article_tells_them() -> None:
    both = [quantity("a", "12", **NAMED["a"]), quantity("a", "30", start=20, end=22, **NAMED["b"])]
    days = published(a="2024-05-01", b="2024-05-02")
    again = quantity("b", "30", **NAMED["b"])
    assert verdicts(both[0], again, articles=days) == ["partly real"]
    assert verdicts(*both, again, articles=days) == ["real", "real"]


def test_a_count_that_the_text_calls_earlier_is_updated() -> None:
    texts = {
        "a": "The flood killed nine people. Earlier, police had spoken of seven dead.",
        "b": "The flood killed eight people.",
    }
    found = find_conflicts(figures_in(texts))
    assert found[["verdict", "kind"]].values.tolist() == [["unresolved", "count"], ["apparent", "update"]]


def test_so_much_a_day_does_not_contradict_the_total() -> None:
    money = {"counted": "losses", "unit": "EUR", "kind": "money"}
    day = quantity("a", "2", **(money | {"unit": "EUR/day"}))
    assert kinds(day, quantity("b", "14", **money)) == [["apparent", "total"]]
    assert kinds(
        quantity("a", "2", **(money | {"counted": "daily losses"})), quantity("b", "14", **money)
    ) == [["apparent", "total"]]


def test_a_year_long_past_is_another_time() -> None:
    a, b = quantity("a", "18", as_of="2009"), quantity("b", "8")
    days = published(a="2024-05-01", b="2024-05-01")
    assert kinds(a, b, articles=days) == [["apparent", "update"]]
    assert kinds(quantity("b", "8"), a | {"article_id": "b", "start": 50, "end": 52}, articles=days) == []


def test_of_very_many_claims_those_told_most_are_compared_and_it_is_said() -> None:
    rows = [quantity(f"a{n:03}", str(100 + n)) for n in range(100)]
    rows += [quantity(f"b{n:03}", "199") for n in range(3)]
    found = find_conflicts(figures(*rows))
    assert len(found) <= 60 * 59 / 2
    assert "199" in " ".join(found["reason"])
    assert found["reason"].str.endswith("(Of 103 tellings of the slot 60 are compared.)").all()


def test_who_is_missing_is_found_by_and_by() -> None:
    a, b = quantity("a", "6", counted="missing persons"), quantity("b", "5", counted="missing")
    assert kinds(a, b, articles=published(a="2024-05-01", b="2024-05-02")) == [["apparent", "update"]]


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("7", "7.3", True),
        ("7", "7.4", True),
        ("7", "8.4", False),
        ("30,000", "31,000", True),
        ("20", "21", False),
        ("10,000", "12,000", False),
    ],
)
def test_a_rounded_amount_is_no_other_amount(one: str, other: str, is_one: bool) -> None:
    assert (verdicts(quantity("a", one), quantity("b", other)) == []) is is_one


def test_a_part_such_as_the_organizers_is_a_claimant() -> None:
    a, b = (
        quantity(n, x, attributed_to=who) for n, x, who in (("a", "30", "police"), ("b", "80", "organizers"))
    )
    assert verdicts(a, b, articles=published(a="2024-05-01", b="2024-05-01")) == ["real"]
    unnamed = b | {"attributed_to": "recent reports"}
    assert verdicts(a, unnamed, articles=published(a="2024-05-01", b="2024-05-01")) == ["partly real"]


def test_slots_of_one_thing_in_other_words_are_one_slot() -> None:
    texts = {
        "a": "The flood killed nine people. Repairs of the dam will cost 12 million euros.",
        "b": "The death toll of the flood stands at nine. The dam could be repaired for 12 million euros.",
        "c": "Nine villagers died in the flood. The mayor asked for 30 million euros for new schools.",
    }
    found = figures_in(texts)
    slots = found.groupby("surface")["slot"].agg(set)
    assert len(slots["nine"] | slots["Nine"]) == 1
    assert len(slots["12 million"]) == 1
    assert not slots["12 million"] & slots["30 million"]


def test_what_became_of_people_is_one_slot_in_many_words() -> None:
    texts = {
        "a": "There were 46 people on board. Four passengers were still unaccounted for. Eight people died.",
        "b": "The coach was carrying 44 tourists. Three have not been found. Nine guests lost their lives.",
        "c": "Some 40 guests and two guides had been aboard. Seven feared dead, three missing.",
    }
    found = figures_in(texts)
    slots = [slot for slot, told in found.groupby("slot") if told["article_id"].nunique() == 3]
    assert sorted(slot.split(" · ")[1] for slot in slots) == ["aboard", "killed", "missing"]


def test_what_is_offered_is_not_what_is_asked() -> None:
    texts = {
        "a": "The union wants a raise of 9 percent. The company has offered 4.5 percent.",
        "b": "The company offered its staff 5 percent more. The union is asking for 9 percent.",
    }
    slots = figures_in(texts).groupby("surface")["slot"].agg(set)
    assert len(slots["9"]) == 1
    assert slots["4.5"] == slots["5"]
    assert not slots["9"] & slots["5"]


def test_what_is_damaged_is_no_people() -> None:
    text = "The storm left 1,800 houses destroyed, 3,400 damaged and 12 dead. The toll rose to 15."
    assert figures_in({"a": text}).set_index("surface")["slot"].to_dict() == {
        "1,800": "homes · destroyed",
        "3,400": "homes · damaged",
        "12": "people · killed",
        "15": "people · killed",
    }


def test_the_age_of_a_person_is_no_figure() -> None:
    assert figures(quantity("a", "52", kind="age", counted="driver", unit="year")).empty


def test_very_many_figures_are_joined_by_their_names_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [quantity("a", "12"), quantity("b", "30"), quantity("c", "30", counted="boats")]
    whole = figures(*rows)["slot"].tolist()
    monkeypatch.setattr("rashomon._slots._MOST_FIGURES", 1)
    assert figures(*rows)["slot"].tolist() == whole == ["ships", "soldiers", "soldiers"]


def test_two_times_are_an_update() -> None:
    a, b = quantity("a", "12", as_of="2024-05-01"), quantity("b", "30", as_of="2024-05-03")
    assert verdicts(a, b) == ["apparent"]
    assert verdicts(a, b | {"low": Decimal(12), "high": Decimal(12)}) == []


def test_plans_differ_partly_or_by_their_day() -> None:
    a, b = quantity("a", "12000", status="planned"), quantity("b", "9000", status="planned")
    assert verdicts(a, b) == ["partly real"]
    assert verdicts(a, b | {"as_of": "2024-12-31"}) == ["apparent"]


def test_the_same_amount_from_two_claimants_for_what_is_to_come_is_false_agreement() -> None:
    a, b = (quantity(n, "10,000", status="planned", **NAMED[n]) for n in "ab")
    found = find_conflicts(figures(a, b))
    assert found["verdict"].tolist() == ["false agreement"]
    assert found["reason"][0].startswith("Mayor Ana Ruiz and Red Cross both give 10,000 for what is to come")
    assert verdicts(a, b | {"attributed_to": "Ruiz"}) == []
    assert verdicts(a, b | {"attributed_to": "MAR reports"}) == []
    assert verdicts(a, b | {"attributed_to": ""}) == []
    assert verdicts(a, b | {"bound": ">", "high": None}) == []
    assert verdicts(a | {"status": "happened"}, b | {"status": "happened"}) == []


def test_an_article_that_gives_several_amounts_itself_is_left_out() -> None:
    mixed = [quantity("a", "12"), quantity("a", "30", start=20, end=22, sentence_id=2)]
    assert verdicts(*mixed, quantity("b", "50")) == []
    repeated = [*mixed, quantity("a", "12", start=40, end=42, sentence_id=3)]
    assert verdicts(*repeated, quantity("b", "50")) == ["unresolved"] * 2
    rivals = [mixed[0] | NAMED["a"], mixed[1] | NAMED["b"]]
    assert sorted(verdicts(*rivals, quantity("b", "50"))) == ["real", "unresolved", "unresolved"]


def test_bounds_alone_are_no_conflict() -> None:
    a = quantity("a", "1,500", bound="~")
    assert verdicts(a, quantity("b", "1,600")) == []
    assert verdicts(a, quantity("b", "1,500", bound=">", high=None)) == []
    assert verdicts(a, quantity("b", "3,000", bound="<", low=None)) == ["apparent"]
    assert verdicts(quantity("a", "1,500", bound=">", high=None), quantity("b", "3,000")) == ["apparent"]


def test_other_populations_do_not_contradict_each_other() -> None:
    a = quantity("a", "12", counted="Danish soldiers")
    assert kinds(a, quantity("b", "30", counted="Polish troops")) == [["apparent", "different population"]]
    assert kinds(a, quantity("b", "12", counted="Polish troops")) == []
    assert kinds(a, quantity("b", "30", counted="Polish troops", status="planned")) == []
    assert verdicts(a, quantity("b", "30", counted="troops")) == ["unresolved"]
    assert verdicts(a, quantity("b", "1,200,000", counted="troops")) == []
    assert verdicts(a, quantity("b", "30", status="historical")) == []


def test_passengers_are_a_part_of_all_aboard() -> None:
    texts = {"a": "There were 46 people on board.", "b": "The ferry was carrying 40 passengers."}
    found = find_conflicts(figures_in(texts))
    assert found[["verdict", "kind"]].values.tolist() == [["apparent", "different population"]]
    more = {"a": "There were 40 people on board.", "b": "The ferry was carrying 46 passengers."}
    assert find_conflicts(figures_in(more))["verdict"].tolist() == ["unresolved"]


def test_what_a_title_says_again_is_compared_once() -> None:
    texts = {
        "a": "Flood kills 12 people\n\nA flood killed 12 people, police said.",
        "b": "Flood kills 30\n\nThe river rose.",
    }
    corpus = corpus_of(texts)
    found = compare_figures(extract_quantities(corpus), corpus.sentences)
    titles = ("Flood kills 12 people", "Flood kills 30")
    assert len(find_conflicts(found)) == 2
    pairs = find_conflicts(found, corpus.articles.assign(title=titles))
    assert pairs["start_a"].tolist() == [texts["a"].rindex("12")]


def test_units_and_unnamed_things_alone_are_not_compared() -> None:
    for changed in ({"counted": "", "unit": "km", "kind": "measure"}, {"counted": ""}):
        assert verdicts(quantity("a", "12", **changed), quantity("b", "30", **changed)) == []


def test_vague_amounts_are_not_compared() -> None:
    for high in (None, Decimal(10_000)):
        vague = quantity("a", surface="thousands", low=Decimal(1000), high=high, bound=">", kind="vague")
        assert verdicts(vague, quantity("b", "13,000")) == []
    assert verdicts(quantity("a", "12", low=None, high=None), quantity("b", "30")) == []


def test_an_article_may_set_two_claimants_against_each_other() -> None:
    a, b = quantity("a", "12", **NAMED["a"]), quantity("a", "30", start=20, end=22, **NAMED["b"])
    assert verdicts(a, b) == ["real"]
    assert verdicts(a, b | {"attributed_to": "Ruiz"}) == []
    assert verdicts(a | {"part_id": 2}, b) == ["real"]


def test_ranges_are_compared_as_intervals_and_said_in_words() -> None:
    a = quantity("a", "10", high=Decimal(20), surface="", kind="range")
    found = find_conflicts(figures(a, quantity("b", "30")))
    assert found["reason"][0].startswith("10 to 20 against 30")
    assert verdicts(a, quantity("b", "19")) == []


def test_what_was_added_does_not_contradict_the_total() -> None:
    a, b = quantity("a", "5", is_increment=True, **NAMED["a"]), quantity("b", "30", **NAMED["b"])
    assert kinds(a, b) == [["apparent", "total"]]
    assert kinds(quantity("a", "30"), b | {"start": 40, "end": 42}) == []


def test_an_increment_does_not_make_an_article_contradict_itself() -> None:
    own = [quantity("a", "25"), quantity("a", "5", start=20, end=21, is_increment=True)]
    assert ["unresolved", "count"] in kinds(*own, quantity("b", "30"))


def test_one_amount_in_two_states_is_partly_real() -> None:
    texts = {
        "a": "Officials said 40 recruits were in training.",
        "b": "Officials said 40 recruits had joined the units.",
        "c": "Officials said 40 recruits had come.",
    }
    found = find_conflicts(figures_in(texts))
    assert found[["article_a", "article_b", "verdict", "kind"]].values.tolist() == [
        ["a", "b", "partly real", "state"]
    ]


def test_events_are_not_compared_with_each_other() -> None:
    a, b = quantity("a", "12", **NAMED["a"]), quantity("b", "30", **NAMED["b"])
    table = make_table("quantities", [a, b])
    for ids, n_found in (((1, 1), 1), ((1, 2), 0)):
        events = pd.DataFrame({"article_id": ["a", "b"], "event_id": ids})
        assert len(find_conflicts(compare_figures(table, events=events), events=events)) == n_found


def claim_ids(*rows: dict[str, Any], events: pd.DataFrame | None = None) -> list[str]:
    found = compare_figures(make_table("quantities", rows), events=events)
    return found.sort_values(["article_id", "start"])["claim_id"].tolist()


def test_one_claim_told_often_is_one_claim() -> None:
    tellings = [
        quantity("a", "1,500", bound="~", attributed_to="Mayor Ana Ruiz"),
        quantity("a", "1,500", start=50, end=55, attributed_to="reports", via="Ivo Berg"),
        quantity("b", "1,500", bound=">", high=None, attributed_to="Ruiz"),
        quantity("c", "1,500"),
    ]
    assert claim_ids(*tellings) == ["a-0"] * 4
    assert claim_ids(*reversed(tellings)) == ["a-0"] * 4


@pytest.mark.parametrize(
    ("changed", "ids"),
    [
        ({"attributed_to": "Red Cross"}, ["a-0", "b-0"]),
        ({"status": "planned"}, ["a-0", "b-0"]),
        ({"low": Decimal(1600), "high": Decimal(1600)}, ["a-0", "b-0"]),
        ({"counted": "deaths"}, ["a-0", "b-0"]),
        ({"counted": ""}, ["a-0", ""]),
        ({"low": None, "high": None}, ["a-0", ""]),
        ({"attributed_to": ""}, ["a-0", "a-0"]),
    ],
)
def test_what_differs_is_another_claim(changed: dict[str, Any], ids: list[str]) -> None:
    assert claim_ids(quantity("a", "1500", **NAMED["a"]), quantity("b", "1500") | changed) == ids


def test_a_telling_without_a_name_joins_none_of_two_rival_claims() -> None:
    rows = [quantity("a", "9", **NAMED["a"]), quantity("b", "9", **NAMED["b"]), quantity("c", "9")]
    assert claim_ids(*rows) == ["a-0", "b-0", "c-0"]
    events = pd.DataFrame({"article_id": ["a", "b", "c"], "event_id": [1, 2, 2]})
    assert claim_ids(*rows, events=events) == ["a-0", "b-0", "b-0"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The army has 300 tanks, with plans to buy up ...", [["tanks · planned", "up"]]),
        ("Rescuers said the flood killed at least ...", [["", "at least"]]),
        ("The army has 300 tanks and wants to set up ...", []),
        ("The army has 300 tanks and told ...", []),
        ("The army has 300 tanks and plans to buy up.", []),
    ],
)
def test_a_number_that_is_cut_off_is_said_to_be_missing(text: str, found: list[list[str]]) -> None:
    sentence = {
        "article_id": "a", "sentence_id": 1, "line_no": 1, "part_id": 1, "start": 7, "end": 7 + len(text),
        "zone": "snippet", "is_truncated": True, "carries_claims": True, "text": text,
    }  # fmt: skip
    tanks = text.find("300") + 7
    rows = [quantity("a", "300", start=tanks, end=tanks + 3, counted="tanks")] if "300" in text else []
    table = compare_figures(make_table("quantities", rows), make_table("sentences", [sentence]))
    missing = table[table["note"] == "cut off, figure missing"]
    assert missing[["slot", "surface"]].values.tolist() == found
    for row in missing.itertuples():
        assert text[row.start - 7 : row.end - 7] == row.surface
        assert row.low is row.high is None
    assert find_conflicts(table).empty


def test_place_is_the_nearest_name_of_a_place() -> None:
    text = "Officials in Norway said Danish troops saw 40 boats off Sweden."
    corpus = corpus_of({"a": text})
    table = compare_figures(extract_quantities(corpus), corpus.sentences, find_names(corpus))
    assert table["place"].tolist() == ["Sweden"]


AMOUNTS = st.decimals(min_value=0, max_value=10**6, places=1, allow_nan=False)
TELLINGS = st.lists(
    st.tuples(
        AMOUNTS, st.sampled_from(["=", "~", ">", "<"]), st.sampled_from(["happened", "planned", "claimed"])
    ),
    max_size=6,
)


@settings(max_examples=15, deadline=None)
@given(TELLINGS)
def test_any_tellings_are_judged_and_their_order_does_not_matter(
    told: list[tuple[Decimal, str, str]],
) -> None:
    rows = [
        quantity(f"a{i}", str(n), bound=b, status=s, **({"<": {"low": None}, ">": {"high": None}}.get(b, {})))
        for i, (n, b, s) in enumerate(told)
    ]
    there, back = find_conflicts(figures(*rows)), find_conflicts(figures(*reversed(rows)))
    assert there.equals(back)
    status = {row["article_id"]: row["status"] for row in rows}
    for row in there.itertuples():
        if (status[row.article_a] == "planned") != (status[row.article_b] == "planned"):
            assert row.verdict == "apparent"


def test_figures_in_reads_texts() -> None:
    found = figures_in({"a": "Officials said 12 people were killed.", "b": "The storm killed 30 people."})
    assert found[["slot", "article_id", "surface"]].values.tolist() == [
        ["people · killed", "a", "12"],
        ["people · killed", "b", "30"],
    ]


def test_wording_is_compared_by_words_and_unknown_without_them() -> None:
    texts = {"b": "Rain fell on the town all night.", "a": "All night rain fell on the town.", "c": "★ ★ ★"}
    alike = compare_wording(corpus_of(texts))
    assert alike.index.tolist() == alike.columns.tolist() == ["a", "b", "c"]
    assert alike.loc["a", "b"] == pytest.approx(1.0)
    assert alike["c"].isna().all()
    assert compare_wording(corpus_of({"c": "★"})).isna().all(axis=None)


def test_furniture_is_no_wording_in_common() -> None:
    page = "{}\n\nLatest Contents\nHarbor news of the day\n\nHarbor news of the day\n\nMore…\n1 May 2024\n"
    alike = compare_wording(corpus_of({"a": page.format("Prices fell."), "b": page.format("Rain came.")}))
    assert alike.loc["a", "b"] == 0
