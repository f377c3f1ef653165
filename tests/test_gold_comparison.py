"""The labels of comparison hold together: claims, omissions and passages, and the two events of our own.

Nothing here runs a stage of the library. `test_gold.py` checks what all label sets have in common.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from rashomon.tables import VOCABULARIES

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "data" / "gold" / "comparison"
SETS = {"": ROOT / "seeds", "events/": GOLD / "events"}
STANCES = {"asserts", "attributes", "hedges", "denies"}
KINDS = {"count", "update", "open bound", "different population", "total"}


@cache
def read(name: str) -> list[dict]:
    return [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()]


@cache
def raw(folder: str, path: str) -> str:
    return (SETS[folder] / path).read_bytes().decode("utf-8")


@pytest.mark.parametrize("folder", SETS)
def test_claims_stand_where_they_say(folder: str) -> None:
    rows = read(f"{folder}claims")
    keys = [(row["event"], row["claim"], row["path"], row["start"]) for row in rows]
    assert keys == sorted(set(keys))
    for row in rows:
        words = raw(folder, row["path"])[row["start"] : row["end"]]
        assert words
        assert words == words.strip()
        assert row["stance"] in STANCES


@pytest.mark.parametrize("folder", SETS)
def test_an_article_tells_a_claim_once_and_denies_it_beside_that(folder: str) -> None:
    told = [(row["claim"], row["path"]) for row in read(f"{folder}claims") if row["stance"] != "denies"]
    assert len(told) == len(set(told))


@pytest.mark.parametrize("folder", SETS)
def test_what_is_missing_is_told_and_denied_elsewhere(folder: str) -> None:
    claims = read(f"{folder}claims")
    for row in read(f"{folder}omissions"):
        same = [claim for claim in claims if claim["claim"] == row["claim"]]
        here = {claim["stance"] for claim in same if claim["path"] == row["path"]}
        assert here
        assert "denies" not in here
        assert any(claim["stance"] == "denies" for claim in same)


def test_figures_of_the_events_give_back_their_words() -> None:
    for row in read("events/figures"):
        words = raw("events/", row["path"])[row["start"] : row["end"]]
        assert words
        assert words == words.strip()
        assert row["bound"] in set(VOCABULARIES["bound"]) - {""}
        assert row.get("status", "") in VOCABULARIES["status"]
        assert (row["low"] is None) == (row["bound"] == "<")
        assert (row["high"] is None) == (row["bound"] == ">")
        if row["attributed_to"]:
            last = row["attributed_to"].split()[-1]
            assert last.casefold() in raw("events/", row["path"]).casefold()


def test_pairs_of_the_events_join_labeled_figures() -> None:
    places = {(row["path"], row["start"], row["end"]): row for row in read("events/figures")}
    for row in read("events/conflicts"):
        a, b = (places[row[f"path_{x}"], row[f"start_{x}"], row[f"end_{x}"]] for x in "ab")
        assert (a["path"], a["start"]) < (b["path"], b["start"])
        assert a["path"].split("/")[0] == b["path"].split("/")[0]
        assert row["verdict"] in VOCABULARIES["verdict"]
        assert row["kind"] in KINDS
        if row["verdict"] == "real":
            assert a["slot"] == b["slot"]
            assert (a["low"], a["high"]) != (b["low"], b["high"])


def test_passages_of_the_events_share_their_words() -> None:
    for row in read("events/passages"):
        a, b = (raw("events/", row[f"path_{x}"])[row[f"start_{x}"] : row[f"end_{x}"]] for x in "ab")
        assert (row["path_a"], row["start_a"]) < (row["path_b"], row["start_b"])
        assert (a == b) == (row["kind"] == "copied")
        assert len(a.split()) >= 8
        assert row["earlier"] in (row["path_a"], row["path_b"], "not decidable")


def test_every_event_holds_what_was_planted() -> None:
    for event in ("ferry", "strike"):
        assert len(list((GOLD / "events" / event).glob("*.txt"))) == 5
        kinds = {row["kind"] for row in read("events/conflicts") if row["path_a"].startswith(event)}
        verdicts = {row["verdict"] for row in read("events/conflicts") if row["path_a"].startswith(event)}
        assert {"real", "partly real", "apparent"} <= verdicts
        assert {"update", "count", "different population"} <= kinds
        assert any(row["event"] == event for row in read("events/omissions"))
