"""Names: found, linked, and judged against the labels of the five articles."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon._names import entities
from rashomon._names.lists import listed_names, split_form
from rashomon._names.spelling import fold, is_slip, plain
from rashomon.corpus import corpus_of, read_corpus
from rashomon.names import find_names, names_in
from rashomon.read import CorpusError, read_gold, read_word_list
from rashomon.tables import check_table

CASES = json.loads((Path(__file__).parent / "cases" / "names.json").read_text("utf-8"))
Place = tuple[str, int, int]


def corpus_of_case(case: Mapping[str, Any]) -> Any:
    texts = case["text"] if isinstance(case["text"], list) else [case["text"]]
    return corpus_of({f"a{number}": text for number, text in enumerate(texts)})


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case, id=case["label"], marks=[pytest.mark.xfail(strict=True)] * case.get("known_failure", False)
        )
        for case in CASES
    ],
)
def test_cases(case: dict[str, Any]) -> None:
    found = find_names(corpus_of_case(case))
    assert found[["surface", "entity", "rule"]].to_numpy().tolist() == case["expected"]


@pytest.fixture(scope="module")
def seeds() -> tuple[pd.DataFrame, dict[Place, dict[str, Any]]]:
    corpus = read_corpus("seeds")
    names = find_names(corpus)
    path = dict(zip(corpus.articles["article_id"], corpus.articles["path"], strict=True))
    return names, {
        (path[row["article_id"]], row["start"], row["end"]): row for row in names.to_dict("records")
    }


def labels() -> dict[Place, dict[str, Any]]:
    return {(row["path"], row["start"], row["end"]): row for row in read_gold("names/names")}


def b_cubed(mine: Mapping[Place, Hashable], other: Mapping[Place, Hashable]) -> float:
    """Give B-cubed precision of `mine`, recall with the two exchanged. What is not in both is wrong."""
    groups: tuple[dict[Hashable, set[Place]], ...] = (defaultdict(set), defaultdict(set))
    for side, group in zip((mine, other), groups, strict=True):
        for place, entity in side.items():
            group[entity].add(place)
    shared = mine.keys() & other.keys()
    right = [len(groups[0][mine[p]] & groups[1][other[p]]) / len(groups[0][mine[p]]) for p in shared]
    return sum(right) / len(mine)


def share(found: Collection[Place], of: Collection[Place]) -> float:
    return len(set(found) & set(of)) / len(set(of))


def test_b_cubed_counts_what_it_should() -> None:
    one = {("a", n, n): n // 2 for n in range(4)}
    assert b_cubed(one, one) == 1
    together = dict.fromkeys(one, 0)
    assert (b_cubed(together, one), b_cubed(one, together)) == (0.5, 1)
    assert b_cubed(one, {("a", 0, 0): 0}) == 0.125


def test_floors_on_the_five_articles(seeds: tuple[pd.DataFrame, dict[Place, dict[str, Any]]]) -> None:
    _, mine = seeds
    gold = labels()
    assert share(gold, mine) >= 0.99  # precision
    assert share(mine, gold) >= 0.99  # recall
    ours: dict[Place, Hashable] = {place: row["entity"] or place for place, row in mine.items()}
    theirs: dict[Place, Hashable] = {place: row["entity"] for place, row in gold.items()}
    assert b_cubed(ours, theirs) >= 0.99
    assert b_cubed(theirs, ours) >= 0.99
    people = {place for place, row in gold.items() if row["kind"] == "person"}
    assert share(mine, people) == 1
    kinds = [mine[place]["kind"] == row["kind"] for place, row in gold.items() if place in mine]
    assert sum(kinds) / len(kinds) >= 0.99


def test_every_finding_points_at_its_words(seeds: tuple[pd.DataFrame, dict[Place, dict[str, Any]]]) -> None:
    names, _ = seeds
    check_table("names", names)
    corpus = read_corpus("seeds")
    for row in names.itertuples():
        assert corpus.raw(row.article_id)[row.start : row.end] == row.surface
    assert (names.groupby("article_id")["end"].shift().fillna(0) <= names["start"]).all()


def test_the_order_of_articles_changes_nothing() -> None:
    texts: dict[str, str] = {}
    for number, case in enumerate(CASES):
        listed = case["text"] if isinstance(case["text"], list) else [case["text"]]
        texts.update({f"a{number}{k}": text for k, text in enumerate(listed)})
    backwards = dict(reversed(texts.items()))
    assert find_names(corpus_of(texts)).equals(find_names(corpus_of(backwards)))


@settings(max_examples=60)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "Ann Gray",
                    "Gray",
                    "J.",
                    "Dr.",
                    "al-",
                    "van der",
                    "(ABC)",
                    "’s",
                    "'s",
                    "\n\n",
                    "-",
                    "ﬁ",
                    "U.S.",
                    "Kim",
                    "Jong-un",
                    "North",
                    "the",
                ]
            ),
            st.text(max_size=8),
        ),
        max_size=14,
    ).map(" ".join)
)
def test_any_text_gives_a_table(text: str) -> None:
    corpus = corpus_of(
        {"a": text, "b": "Ann Gray met Kim Jong-un and Kim Min-ho of the Alpha Beta Company (ABC)."}
    )
    names = find_names(corpus)
    check_table("names", names)
    for row in names.itertuples():
        assert corpus.raw(row.article_id)[row.start : row.end] == row.surface != ""


def test_aliases_join_what_no_rule_joins(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text(
        "alias,entity,kind\nMoammar Gadhafi,Muammar Gaddafi,\nthe Iron Mayor,Ann Gray,person\n", "utf-8"
    )
    corpus = corpus_of(
        {"a": "He met Muammar Gaddafi.", "b": "He met Moammar Gadhafi. Gadhafi met the Iron Mayor."}
    )
    found = find_names(corpus, aliases=str(table))[["surface", "entity", "rule"]].to_numpy().tolist()
    assert found == [
        ["Muammar Gaddafi", "Muammar Gaddafi", "exact"],
        ["Moammar Gadhafi", "Muammar Gaddafi", "alias"],
        ["Gadhafi", "Muammar Gaddafi", "surname"],
        ["the Iron Mayor", "Ann Gray", "alias"],
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("alias,entity\n", "no rows"),
        ("alias,entity\nBo,\n", "line 2"),
        ("name,entity\nBo,Ann\n", "line 2"),
        ("alias,entity,kind\nBo,Ann,dog\n", "'dog'"),
        ("alias,entity\nBo,Ann\nBo,Ida\n", "twice"),
    ],
)
def test_a_bad_table_of_aliases_says_what_is_wrong(tmp_path: Path, rows: str, said: str) -> None:
    table = tmp_path / "own.csv"
    table.write_text(rows, "utf-8")
    with pytest.raises(CorpusError, match=said):
        find_names(corpus_of({"a": "He met Bo."}), aliases=str(table))


def test_every_country_of_cldr_is_listed_by_its_name() -> None:
    rows = {row["code"]: row for row in read_word_list("countries")}
    assert len(rows) == 197  # 193 members of the United Nations, Kosovo, Palestine, Taiwan, Vatican City
    for code, row in rows.items():
        name = Locale("en").territories[code].replace("’", "'").split(" (")[0]
        forms = [row["name"], *row["others"].split("|")]
        assert name in forms, (code, name)
        assert row["demonyms"] or code in ("CG", "DM", "KI", "VA")


def test_a_listed_form_means_one_thing() -> None:
    seen: dict[tuple[str, ...], str] = {}
    for row in read_word_list("countries"):
        for column in ("name", "others", "demonyms"):
            for form in filter(None, row[column].split("|")):
                assert seen.setdefault(split_form(form), row["name"]) == row["name"], form
    for row in read_word_list("known_names"):
        for form in filter(None, [row["name"], *row["forms"].split("|")]):
            assert seen.setdefault(split_form(form), row["name"]) == row["name"], form
    assert listed_names().match(("South", "Koreans"), 0) is not None


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing_that_plain_does_not(word: str) -> None:
    assert plain(plain(word)) == plain(word)
    assert fold(word) == fold(word.upper()) or plain(word) != plain(word.upper())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Volodymyr", "Volodyr", True),
        ("Netanyahu", "Netanyahoo", True),
        ("Petersen", "Pedersen", False),
        ("Alexander", "Alexandra", False),
        ("Christian", "Christina", False),
        ("Hansen", "Jansen", False),
        ("Johansson", "Johannson", True),
        ("Maria", "Mario", False),
    ],
)
def test_slips_of_the_pen(one: str, other: str, same: bool) -> None:
    assert (fold(one) == fold(other) or is_slip(fold(one), fold(other))) is same


def test_spellings_are_compared_inside_blocks_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice the names, about twice the comparisons, not four times."""
    compare, counts = entities.is_slip, []
    for n_names in (300, 600):
        asked: list[str] = []
        monkeypatch.setattr(entities, "is_slip", lambda a, b, asked=asked: asked.append(a) or compare(a, b))
        written = [
            (f"G{spell(k // 3)}a", f"S{spell(k)}o") for k in range(n_names)
        ]  # three share a given name
        entities.group_names({plain(a + b): entities.Name((a, b)) for a, b in written}, {})
        counts.append(len(asked))
    assert 0 < counts[1] <= 2.2 * counts[0]


def spell(k: int) -> str:
    return "".join("bdfgklmnpr"[int(digit)] + "a" for digit in str(k))


def test_names_of_one_text() -> None:
    assert names_in("")["surface"].tolist() == []
    assert names_in("no names here.")["surface"].tolist() == []


@pytest.mark.parametrize("odd", ["van der ", "(ABC) ", "Kim ", "al-", "The ", "J. ", "Ann’s "])
def test_a_megaphone_of_one_word_ends(odd: str) -> None:
    check_table("names", names_in(odd * 3000))
