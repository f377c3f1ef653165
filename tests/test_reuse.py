"""Shared passages: found with their places, whatever the order, and none where there is none."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.corpus import corpus_of
from rashomon.reuse import find_passages, passages_between

FERRY = (
    "The ferry left the harbor at noon with ninety people on board and sank within an hour after it had "
    "struck a rock that every fisherman on this coast knows by name."
)
BRIDGE = (
    "Engineers closed the old bridge on Friday because two of its cables had rusted through, and nobody can "
    "say when trucks will be allowed to cross the river again."
)
OTHER = "A quiet week in the valley ended with music, cheese and a long speech about the price of milk."


def pieces(a: str, b: str, **options: int) -> list[tuple[str, str]]:
    found = passages_between(a, b, **options)
    return [(a[r.start_a : r.end_a], b[r.start_b : r.end_b]) for r in found.itertuples()]


def test_a_copy_inside_another_text_is_found_whole() -> None:
    found = passages_between(f"{OTHER} {FERRY}", f"{BRIDGE} {FERRY} {OTHER[:20]}")
    assert found["kind"].tolist() == ["copied"]
    assert found["similarity"].tolist() == [1.0]
    assert found["n_words"].tolist() == [len(FERRY.split())]
    assert pieces(f"{OTHER} {FERRY}", f"{BRIDGE} {FERRY}") == [(FERRY.rstrip("."), FERRY.rstrip("."))]


def test_changed_words_make_it_edited() -> None:
    edited = FERRY.replace("at noon", "shortly before noon").replace("struck", "hit").replace("knows", "can")
    found = passages_between(FERRY, edited)
    assert found["kind"].tolist() == ["edited"]
    assert 0.8 < found["similarity"][0] < 1


def test_few_shared_words_in_order_make_it_paraphrased() -> None:
    words = FERRY.split()
    kept = [word if i % 14 < 5 else f"x{i}" for i, word in enumerate(words)]
    found = passages_between(FERRY, " ".join(kept))
    assert found["kind"].tolist() == ["paraphrased"]
    assert found["similarity"][0] < 0.5


def test_two_passages_in_another_order_are_two_rows() -> None:
    assert len(pieces(f"{FERRY} {OTHER} {BRIDGE}", f"{BRIDGE} {FERRY}")) == 2


@pytest.mark.parametrize("text", ["", "word", FERRY, "the " * 5000])
def test_texts_without_shared_wording_share_nothing(text: str) -> None:
    assert passages_between(text, OTHER).empty


def test_case_marks_and_apostrophes_do_not_matter() -> None:
    a = "“It’s the mayor’s bridge, and she closed it,” he said, before the trucks had crossed."
    b = "IT'S THE MAYOR'S BRIDGE AND SHE CLOSED IT HE SAID BEFORE THE TRUCKS HAD CROSSED"
    assert passages_between(a, b)["kind"].tolist() == ["copied"]


def test_min_words_is_the_shorter_passage() -> None:
    twelve = " ".join(FERRY.split()[:12])
    assert len(passages_between(twelve, FERRY)) == 1
    assert passages_between(twelve, FERRY, min_words=13).empty
    with pytest.raises(ValueError, match="min_words is 3, must be at least 4"):
        passages_between("a", "b", min_words=3)


def test_offsets_point_into_the_raw_text_through_repairs() -> None:
    broken = "Inv\u200bisible: " + FERRY.replace("fisherman", "\ufb01sher\u00adman").replace(
        " sank", "\u00a0sank"
    )
    ((a, b),) = pieces(FERRY, broken)
    assert a == FERRY.rstrip(".")
    assert b.startswith("The ferry")
    assert b.endswith("by name")
    assert passages_between(FERRY, broken)["kind"].tolist() == ["copied"]


def test_between_articles_the_smaller_id_stands_first_in_any_order() -> None:
    texts = {"c": FERRY, "a": f"{BRIDGE} {FERRY}", "b": BRIDGE}
    found = find_passages(corpus_of(texts))
    assert found[["article_a", "article_b"]].values.tolist() == [["a", "b"], ["a", "c"]]
    shuffled = find_passages(corpus_of(dict(sorted(texts.items(), reverse=True))))
    assert shuffled.equals(found)


def test_one_article_has_nothing_to_share() -> None:
    assert find_passages(corpus_of({"a": FERRY})).empty
    assert find_passages(corpus_of({})).empty


def test_identical_articles_share_everything() -> None:
    found = find_passages(corpus_of({"a": FERRY, "b": FERRY, "c": FERRY}))
    assert found["kind"].tolist() == ["copied"] * 3


def test_a_text_in_very_many_articles_gives_a_chain_of_pairs() -> None:
    found = find_passages(corpus_of({f"{i:03}": FERRY for i in range(60)}))
    assert len(found) < 60 * 59 / 2
    assert set(found["article_a"]) | set(found["article_b"]) == {f"{i:03}" for i in range(60)}


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_gives_offsets_inside_it(a: str, b: str) -> None:
    for left, right in pieces(a + FERRY, FERRY + b):
        assert left
        assert right


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_swapping_the_texts_swaps_the_sides(seed: int) -> None:
    rng = random.Random(seed)
    words = f"{FERRY} {BRIDGE}".split()
    a = " ".join(word for word in words if rng.random() > 0.1)
    b = f"{OTHER} " + " ".join(word for word in words if rng.random() > 0.1)
    there, back = passages_between(a, b), passages_between(b, a)
    assert sorted(there["n_words"]) == pytest.approx(sorted(back["n_words"]), abs=2)
    assert len(there) == len(back) == 1
