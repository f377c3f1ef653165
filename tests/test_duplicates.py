"""Doubles: the same text, a text nearly the same, and texts that only share a notice."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon._reading.duplicates import SAMPLE, THRESHOLD, find_duplicates, sample_runs, share_of_runs

WORDS = [f"word{n}" for n in range(2000)]


def make_text(seed: int, n: int = 300) -> list[str]:
    return random.Random(seed).choices(WORDS, k=n)


def change(words: list[str], n: int, seed: int = 0) -> list[str]:
    at = random.Random(seed).sample(range(len(words)), n)
    return ["changed" if i in at else word for i, word in enumerate(words)]


def find(texts: dict[str, list[str]], days: dict[str, str] | None = None) -> dict[str, tuple[str, float]]:
    keys = [((days or {}).get(name, ""), name) for name in texts]
    return find_duplicates(keys, [sample_runs(" ".join(words)) for words in texts.values()])


def test_a_light_edit_is_a_double_and_another_text_is_not() -> None:
    story = make_text(1)
    found = find({"a": story, "b": change(story, 8), "c": make_text(2), "d": change(story, 150)})
    assert list(found) == ["b"]
    assert found["b"][0] == "a"
    assert THRESHOLD <= found["b"][1] < 1


def test_the_first_published_stands_for_the_others() -> None:
    story = make_text(3)
    texts = {"a": story, "b": story, "c": story}
    days = {"a": "2024-05-02", "b": "2024-05-01"}
    assert find(texts, days) == {"a": ("b", 1.0), "c": ("b", 1.0)}


def test_a_notice_that_many_share_makes_no_doubles() -> None:
    notice = make_text(4, 40)
    texts = {f"{n:03}": make_text(100 + n, 200) + notice for n in range(60)}
    assert find(texts) == {}


def test_short_texts_are_compared_whole() -> None:
    assert find({"a": ["one"], "b": ["ONE"], "c": ["two"], "d": []}) == {"b": ("a", 1.0)}
    assert find({}) == {}


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.permutations([*range(12)]))
def test_the_order_of_texts_does_not_matter(order: list[int]) -> None:
    base = {f"{n:02}": change(make_text(n % 4), n, seed=n) for n in range(12)}
    assert find({f"{n:02}": base[f"{n:02}"] for n in order}) == find(base)


@pytest.mark.parametrize("n_changed", [0, 5, 20, 60])
def test_the_estimate_is_near_the_true_share(n_changed: int) -> None:
    first = make_text(5, 1000)
    second = change(first, n_changed)
    runs = [{tuple(words[i : i + 4]) for i in range(997)} for words in (first, second)]
    true = len(runs[0] & runs[1]) / len(runs[0] | runs[1])
    estimate = share_of_runs(*(sample_runs(" ".join(words)) for words in (first, second)))
    assert abs(estimate - true) < 3 * (true * (1 - true) / SAMPLE) ** 0.5 + 1e-9


def test_a_sample_holds_no_more_than_itself() -> None:
    assert sample_runs(" ".join(make_text(5))).base is None  # a view would keep the hashes of all runs
