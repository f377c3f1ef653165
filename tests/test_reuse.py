"""Shared passages: found with their places, whatever the order, and none where there is none."""

from __future__ import annotations

import random
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon._reuse.lineage import find_agencies
from rashomon._reuse.words import read_words
from rashomon.corpus import corpus_of, lines_in
from rashomon.reuse import MEASURES, find_near_duplicates, find_passages, measure_reuse, passages_between
from rashomon.speech import find_statements

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


def test_a_passage_told_twice_in_one_text_is_found_at_both_places() -> None:
    found = pieces(FERRY, f"{FERRY} {OTHER} {BRIDGE} {FERRY}")
    assert found == [(FERRY.rstrip("."), FERRY.rstrip("."))] * 2


def lineage_of(texts: dict[str, str], *, with_statements: bool = False) -> list[tuple[str, str, str]]:
    corpus = corpus_of(texts)
    found = find_passages(corpus, find_statements(corpus) if with_statements else None)
    return list(found[["lineage", "direction", "reason"]].itertuples(index=False, name=None))


def test_days_decide_which_text_can_have_been_the_model() -> None:
    late, early = f"Published: 9 May 2024\n{FERRY} {OTHER}", f"Published: 2 May 2024\n{BRIDGE} {FERRY}"
    days = "published on 2024-05-02 and on 2024-05-09"
    assert lineage_of({"a": late, "b": early}) == [("copy", "b to a", days)]
    assert lineage_of({"a": early, "b": late}) == [("copy", "a to b", days)]


@pytest.mark.parametrize(
    ("heads", "reason"),
    [
        (("", ""), "not both of them show the day they were published"),
        (("Published: 9 May 2024\n", ""), "not both of them show the day they were published"),
        (("Published: 9 May 2024\n", "Published: 9 May 2024\n"), "both were published on the same day"),
        (
            ("Published: 2 May 2024\nOSTBY, May 2 (AFP) – ", "Published: 9 May 2024\nAFP reported this. "),
            "both credit AFP, so both may have it from there",
        ),
    ],
)
def test_what_days_do_not_decide_is_not_decidable(heads: tuple[str, str], reason: str) -> None:
    texts = {"a": f"{heads[0]}{FERRY} {OTHER}", "b": f"{heads[1]}{FERRY} {BRIDGE}"}
    assert lineage_of(texts) == [("copy", "not decidable", reason)]


def test_agencies_are_named_by_article() -> None:
    told = "“The captain is safe,” Ann Gray told Interfax on Monday. "
    corpus = corpus_of({"a": f"By Ann Lee, Reuters\n{FERRY}", "b": told + FERRY, "c": f"AP maths. {FERRY}"})
    found = find_passages(corpus, find_statements(corpus))
    assert found[["agency_a", "agency_b"]].values.tolist() == [
        ["Reuters", "Interfax"], ["Reuters", ""], ["Interfax", ""]
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "agencies"),
    [
        ("OSTBY, May 3 (Interfax) – A ferry sank off the coast.", ["Interfax"]),
        ("Nobody drowned, the mayor said (AP, Reuters).", ["Associated Press", "Reuters"]),
        ("The crew is safe, according to Yonhap, and so is the captain.", ["Yonhap"]),
        ("The TASS news agency said on Monday that the crew was safe.", ["TASS"]),
        ("The crew is safe and will be flown home on Friday, he said.\n\n© 2024 AFP", ["AFP"]),
        ("By Ann Lee, Associated Press\nThe ferry sank off the coast on Monday.", ["Associated Press"]),
        ("Reuters journalists were hurt, and the AP exam was put off.", []),
        ("Bloomberg ran for mayor once more, said his aide.", []),
    ],
)
def test_a_credit_is_told_from_a_mention(text: str, agencies: list[str]) -> None:
    assert find_agencies(text, lines_in(text)) == agencies


def articles_with(ending: str, outlets: list[str]) -> dict[str, str]:
    rng = random.Random(5)
    texts = {}
    for i, outlet in enumerate(outlets):
        words = [f"w{rng.randrange(900)}" for _ in range(120)]
        texts[f"{i:02}"] = f"{outlet}\n\n{' '.join(words)} the end.\n\n{ending}"
    return texts


def test_what_an_outlet_puts_into_many_articles_is_boilerplate() -> None:
    corpus = corpus_of(articles_with(BRIDGE, [""] * 4))
    for outlets, lineage in [
        (["The Post"] * 4, {"boilerplate"}),
        (["The Post"] * 2 + ["The Sun"] * 2, {"copy"}),
        ([""] * 4, {"copy"}),
    ]:
        corpus.articles["outlet"] = outlets
        found = find_passages(corpus)
        assert set(found["lineage"]) == lineage
        assert set(found["n_articles"]) == {4}
        assert set(found["passage_id"]) == {1}


def test_versions_of_one_article_are_no_boilerplate() -> None:
    corpus = corpus_of({name: f"{FERRY} {BRIDGE} {name} {OTHER}" for name in "abc"})
    corpus.articles["outlet"] = "The Post"
    assert set(find_passages(corpus)["lineage"]) == {"copy"}


def test_parts_of_one_article_share_without_a_direction() -> None:
    corpus = corpus_of({"a": f"{FERRY} {OTHER}\n\n{BRIDGE} {FERRY}"})
    corpus.lines["part_id"] = [1, 2]
    found = find_passages(corpus)
    assert found[["lineage", "direction", "n_articles"]].values.tolist() == [["one article", "", 1]]


def news(rng: random.Random, n_words: int = 300) -> list[str]:
    return [f"w{int(rng.paretovariate(0.6)) % 5000}" for _ in range(n_words)]


def vary(kind: int, words: list[str], rng: random.Random) -> list[str]:
    """Change a text as news changes texts: an edit, a cut, a merger, an excerpt, another way of writing."""
    if kind == 0:
        return [word if rng.random() > 0.25 else "changed" for word in words]
    if kind == 1:
        return words[: len(words) // 3]
    if kind == 2:
        return news(rng) + words + news(rng)
    if kind == 3:
        return news(rng, 150) + words[100:180] + news(rng, 150)
    return [word.upper() for word in words]


def planted(seed: int, n: int) -> tuple[list[str], set[tuple[int, int]]]:
    """Make texts of which every fourth has a variant behind it, and the pairs that share wording."""
    rng = random.Random(seed)
    texts, pairs = [], set()
    for i in range(n):
        words = news(rng)
        texts.append(words)
        if i % 4 == 0:
            pairs.add((len(texts) - 1, len(texts)))
            texts.append(vary(i // 4 % 5, words, rng))
    return [" ".join(words) for words in texts], pairs


def test_edits_cuts_mergers_and_excerpts_are_found_and_nothing_else() -> None:
    texts, pairs = planted(1, 400)
    assert set(find_near_duplicates(texts)) == pairs


def test_the_order_of_texts_does_not_matter() -> None:
    texts, _ = planted(2, 100)
    texts += [f"{BRIDGE} {FERRY} {OTHER} w{i}" for i in range(40)]
    order = random.Random(3).sample(range(len(texts)), len(texts))
    there = {frozenset((texts[i], texts[j])) for i, j in find_near_duplicates(texts)}
    shuffled = [texts[i] for i in order]
    assert {frozenset((shuffled[i], shuffled[j])) for i, j in find_near_duplicates(shuffled)} == there


def test_a_text_carried_very_often_gives_a_star_of_pairs() -> None:
    texts = [f"{BRIDGE} {FERRY} {OTHER} w{i}" for i in range(40)]
    found = list(find_near_duplicates(texts))
    assert len(found) == 39
    assert {i for pair in found for i in pair} == set(range(40))


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([], []),
        ([FERRY], []),
        (["", "", "…"], []),
        (["one word", "ONE WORD!", "another"], [(0, 1)]),
        ([FERRY, OTHER, FERRY.upper()], [(0, 2)]),
        ([FERRY, f"😀 {BRIDGE} {FERRY}"], [(0, 1)]),
        (["\ud800" + FERRY, FERRY], [(0, 1)]),
    ],
)
def test_few_short_and_odd_texts(texts: list[str], expected: list[tuple[int, int]]) -> None:
    assert list(find_near_duplicates(texts)) == expected


def test_so_many_words_must_be_shared() -> None:
    rng = random.Random(4)
    a, b = news(rng), news(rng)
    near = [" ".join(a), " ".join(b[:100] + a[50:90] + b[100:])]
    assert list(find_near_duplicates(near)) == [(0, 1)]
    assert list(find_near_duplicates(near, min_words=80)) == []
    with pytest.raises(ValueError, match="min_words is 5, must be at least 6"):
        list(find_near_duplicates(near, min_words=5))


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(codec=None), max_size=80))
def test_words_are_read_as_a_pattern_would_read_them(text: str) -> None:
    found = read_words(text)
    expected = [match.span() for match in re.finditer(r"\w+(?:['’]\w+)*", text)]
    assert list(zip(found.starts.tolist(), found.ends.tolist(), strict=True)) == expected


def test_numbers_of_words_are_the_same_everywhere() -> None:
    assert read_words("The ferry’s café").numbers.tolist() == [
        673443343373880940,
        6554189367765619163,
        17130624953244268304,
    ]


def test_measures_fall_as_a_text_is_rewritten() -> None:
    rng = random.Random(6)
    model = news(rng)
    levels = [" ".join(x if rng.random() >= rate else "own" for x in model) for rate in (0, 0.1, 0.3, 0.8)]
    measured = measure_reuse([*levels, " ".join(news(rng)), ""], [" ".join(model)] * 6)
    assert measured.shape == (6, len(MEASURES))
    assert measured[0].tolist() == [1.0] * len(MEASURES)
    assert measured[5].tolist() == [0.0] * len(MEASURES)
    assert (np.diff(measured[:4], axis=0) <= 0).all()
    assert measured[4, MEASURES.index("contained_5")] < 0.2
    with pytest.raises(ValueError, match="1 texts and 0 models"):
        measure_reuse(["a"], [])


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
