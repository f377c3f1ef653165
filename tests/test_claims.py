"""Claims side by side: which sentences tell the same, and what an article does with a claim or leaves out."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon._claims.grouping import find_pairs, group_claims
from rashomon._claims.units import cut_sentence
from rashomon._claims.words import content_words, has_denial, has_hedge, is_negated, stem
from rashomon.claims import (
    claim_similarity,
    claims_in,
    compare_claims,
    find_omissions,
    lay_out_claims,
    same_claim,
)
from rashomon.compare import compare_figures
from rashomon.corpus import corpus_of
from rashomon.names import find_names
from rashomon.quantities import extract_quantities
from rashomon.read import read_word_list
from rashomon.speech import find_statements
from rashomon.tables import check_table

CASES = json.loads((Path(__file__).parent / "cases" / "claims.json").read_text("utf-8"))

# Two events of our own, each told in three outlets' manners.
DAM = {
    "agency": (
        "Engineers closed the Varna dam on Monday after cracks were found in its northern wall. "
        "The operator Hydra said 1,200 people had been evacuated from three villages. "
        "Environment Minister Olga Brandt said the wall would be repaired by spring. "
        "Hydra denied that it had ignored earlier warnings about the cracks."
    ),
    "paper": (
        "Cracks in the northern wall have forced engineers to shut the Varna dam. "
        "About 1,200 people were evacuated from the villages below, according to Hydra. "
        "Residents say the operator Hydra ignored warnings about cracks for years. "
        "The wall is to be repaired by spring, Brandt said."
    ),
    "blog": (
        "The Varna dam is shut! Cracks were found in its northern wall. "
        "Hydra apparently ignored earlier warnings about the cracks. "
        "Some 1,200 people had to flee three villages."
    ),
}
PORT = {
    "agency": (
        "Dock workers at the port of Elsby went on strike on Tuesday. "
        "The union demands a wage increase of 9 percent. "
        "The port authority said 14 ships were waiting."
    ),
    "daily": (
        "A strike by dock workers has paralyzed the port of Elsby. "
        "Their union wants wages to rise by 9 percent. "
        "Shares of shipping companies fell sharply."
    ),
}


def marked(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(strict=True)] if case.get("known_failure") else []
    return pytest.param(case["text"], case["expected"], id=case["label"], marks=marks)


@pytest.mark.parametrize(("text", "expected"), list(map(marked, CASES)))
def test_stance_of_the_claim_in_one_sentence(text: str, expected: str) -> None:
    claims = claims_in({"a": text})
    assert claims["stance"].tolist() == [expected]


@pytest.fixture(scope="module")
def dam() -> pd.DataFrame:
    return claims_in(DAM)


def stances(claims: pd.DataFrame, words: str) -> dict[str, str]:
    """Stances, by article, of the claim that a telling with these words belongs to."""
    inside = claims[claims["surface"].str.contains(words, regex=False)]
    row = lay_out_claims(claims, least_articles=1).loc[inside["claim_id"].iloc[0]]
    return {article: row[article] for article in DAM if article in row.index}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Engineers closed", {"agency": "asserts", "paper": "asserts"}),
        ("people had been evacuated", {"agency": "attributes", "paper": "attributes", "blog": "asserts"}),
        ("would be repaired", {"agency": "attributes", "paper": "attributes", "blog": "absent"}),
        ("apparently ignored", {"agency": "denies", "paper": "attributes", "blog": "hedges"}),
    ],
)
def test_what_each_article_does_with_a_claim(dam: pd.DataFrame, words: str, expected: dict[str, str]) -> None:
    found = stances(dam, words)
    assert {article: found[article] for article in expected} == expected


def test_a_denial_is_missing_where_the_claim_is_told_without_it(dam: pd.DataFrame) -> None:
    missing = find_omissions(dam)
    denials = missing[missing["kind"] == "denial"]
    assert denials["article_id"].tolist() == ["blog", "paper"]
    assert set(denials["denial_article"]) == {"agency"}
    assert denials["denial"].str.startswith("Hydra denied").all()
    assert set(denials["denied_by"]) == {"Hydra"}


# Claims of several articles, some answered; a pair is an article and whose denial it leaves out.
ANSWERED = {
    "taken up in other words": (
        {
            "wire": "Prosecutors said the owner Belmin Group had switched off gas sensors in the Korsk mine. "
            "Belmin Group denied that gas sensors had been switched off.",
            "daily": "The owner of the Korsk mine, Belmin Group, switched off gas sensors, prosecutors say.",
            "site": "Belmin Group switched off gas sensors in the Korsk mine, according to prosecutors. "
            "The company called reports that it had switched off sensors a lie.",
        },
        {("daily", "Belmin Group")},
    ),
    "said not to be so": (
        {
            "wire": "Norland has moved tanks to the Ister river, the government of Sudania said on Monday.",
            "daily": "Tanks from Norland have been moved to the Ister river, according to Sudania. "
            '"There are no tanks at the Ister," foreign minister Lena Aar told reporters.',
            "site": "Norland has moved its tanks to the Ister river, Sudania says. The river is not deep.",
        },
        {("site", "Lena Aar"), ("wire", "Lena Aar")},
    ),
    "pointed back to": (
        {
            "wire": "The operator of the dam opened the gates too late, residents said.",
            "daily": "Residents say the operator of the dam opened its gates too late. "
            '"That is a lie," said Jan Ost of the operator.',
        },
        {("wire", "Jan Ost")},
    ),
    "demanded, refused or left open": (
        {
            "wire": "The council sells the old harbor to Corvo. Residents rejected an offer of free tickets.",
            "daily": "The council sells the old harbor to Corvo. The council would not say whether the "
            "harbor is sold to Corvo. Unions said the harbor should not be sold to Corvo.",
            "site": "The old harbor is sold to Corvo by the council. A court denied bail to a Corvo man.",
        },
        set(),
    ),
}


@pytest.mark.parametrize("planted", ANSWERED)
def test_a_denial_answers_what_it_is_about_and_nothing_else(planted: str) -> None:
    texts, expected = ANSWERED[planted]
    missing = find_omissions(claims_in(texts)).query("kind == 'denial'")
    assert set(zip(missing["article_id"], missing["denied_by"], strict=True)) == expected


def test_what_all_others_tell_is_missing_and_what_one_may_tell_is_not(dam: pd.DataFrame) -> None:
    missing = find_omissions(dam)
    told = missing[missing["kind"] == "claim"]
    assert told["article_id"].tolist() == ["blog"]
    assert told["claim"].str.contains("repaired").all()
    assert (told["nearest_score"] < 0.2).all()


def test_two_articles_alone_leave_nothing_out_but_denials() -> None:
    assert find_omissions(claims_in(PORT)).empty


def test_tables_are_as_the_dictionary_says_and_every_span_gives_back_its_words(dam: pd.DataFrame) -> None:
    check_table("claims", dam)
    check_table("omissions", find_omissions(dam))
    told = dam[dam["stance"] != "absent"]
    for row in told.itertuples():
        assert DAM[row.article_id][row.start : row.end] == row.surface
        assert DAM[row.claim_article][row.claim_start : row.claim_end] == row.claim
        assert row.claim_id == f"{row.claim_article}-{row.claim_start}"
    matched = told[told["matched_article"] != ""]
    assert len(matched)
    places = set(told[["article_id", "start", "end"]].itertuples(index=False, name=None))
    columns = ["matched_article", "matched_start", "matched_end"]
    assert set(matched[columns].itertuples(index=False, name=None)) <= places
    assert dam[dam["stance"] == "absent"]["start"].isna().all()


def test_the_order_of_the_articles_changes_nothing(dam: pd.DataFrame) -> None:
    assert claims_in(dict(reversed(DAM.items()))).equals(dam)


def both_events() -> tuple[dict[str, str], pd.DataFrame]:
    texts = {f"dam {name}": text for name, text in DAM.items()}
    texts |= {f"port {name}": text for name, text in PORT.items()}
    return texts, pd.DataFrame({"article_id": list(texts), "event_id": [1, 1, 1, 2, 2]})


def test_events_are_compared_apart() -> None:
    texts, events = both_events()
    corpus = corpus_of(texts)
    statements = find_statements(corpus)
    figures = compare_figures(extract_quantities(corpus, statements), corpus.sentences, events=events)
    claims = compare_claims(corpus, statements, figures, find_names(corpus), events=events)
    event = claims["article_id"].str.split().str[0]
    assert (event == claims["claim_article"].str.split().str[0]).all()
    assert lay_out_claims(claims)["n_articles"].max() == 3
    assert set(find_omissions(claims)["article_id"].str.split().str[0]) == {"dam"}


def test_a_mixed_folder_joins_no_claims_of_two_events() -> None:
    texts, _ = both_events()
    told = claims_in(texts).query("stance != 'absent'")
    event = told["article_id"].str.split().str[0]
    assert (event.groupby(told["claim_id"]).nunique() == 1).all()


@pytest.mark.parametrize("texts", [{}, {"a": ""}, {"a": "★ ★"}, {"a": "Is it so?", "b": "Why?"}])
def test_without_claims_the_tables_are_empty(texts: dict[str, str]) -> None:
    claims = claims_in(texts)
    assert claims.empty
    assert find_omissions(claims).empty
    assert lay_out_claims(claims).empty


def test_identical_articles_tell_the_same_claims() -> None:
    laid_out = lay_out_claims(claims_in({"a": DAM["paper"], "b": DAM["paper"]}))
    assert (laid_out["a"] == laid_out["b"]).all()
    assert len(laid_out) >= 4


def test_a_heading_stands_for_a_claim_only_when_nothing_else_does() -> None:
    page = (
        "Old Varna dam closed over cracks\n\nThe old Varna dam was closed over cracks in its northern wall.\n"
    )
    claims = claims_in({"a": page, "b": page})
    assert claims["claim"].str.startswith("The old").any()


def test_a_claim_is_shown_in_words_that_stand_alone() -> None:
    texts = {
        "a": "He closed the old Varna dam on Monday, and he warned three villages below the northern wall.",
        "b": "Olga Brandt closed the old Varna dam on Monday.",
        "c": "Three villages below the northern wall were warned, and he closed the old Varna dam on Monday.",
    }
    laid_out = lay_out_claims(claims_in(texts))
    assert "Olga Brandt closed the old Varna dam on Monday." in set(laid_out["claim"])
    assert not laid_out["claim"].str.endswith((",", ";")).any()
    assert not laid_out["claim"].str.match(r"(and|he) ", case=False).any()


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Seoul condemned the move, calling for talks.", 1),
        ("Seoul condemned the military move, calling for talks with its northern neighbor.", 2),
        ("The old bridge was closed, while the new tunnel stayed open for trucks.", 2),
        ("Yes, and no.", 0),
        ("", 0),
    ],
)
def test_a_sentence_is_cut_where_a_new_clause_tells_something(text: str, pieces: int) -> None:
    spans = cut_sentence(text)
    assert len(spans) == pieces
    if spans:
        assert (spans[0][0], spans[-1][1]) == (0, len(text))
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="abc ,;—.and while", max_size=80))
def test_pieces_never_overlap_and_never_leave_the_sentence(text: str) -> None:
    spans = cut_sentence(text)
    assert spans == sorted(spans)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    assert edges == sorted(edges)
    assert all(text[start:end].strip() for start, end in spans)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("police", "policies"),
        ("army", "arms"),
        ("sold", "soldier"),
        ("supply", "supper"),
    ],
)
def test_different_words_keep_different_stems(a: str, b: str) -> None:
    assert stem(a) != stem(b)


def test_synonyms_stand_in_one_row_and_every_word_reads_back() -> None:
    rows = [row["forms"].split("|") for row in read_word_list("claim_words") if row["role"] == "same"]
    forms = [form for row in rows for form in row]
    assert len(forms) == len(set(forms))
    for row in rows:
        assert {tuple(content_words(form)) for form in row} == {tuple(content_words(row[0]))}, row


def test_negation_denial_and_hedge_are_told_apart() -> None:
    text = "They didn’t send troops, not only arms."
    assert (is_negated(text), has_denial(text), has_hedge(text)) == (True, False, False)
    assert not is_negated("It sent not only arms but no fewer than 10 trucks.")
    assert has_denial("The ministry dismissed the report.")
    assert not has_denial("The ministry denied aid workers entry and denies citizens their rights.")
    assert not has_denial("The ministry has not denied the report.")
    assert has_denial("Officials rejected the latest claims.")
    assert not has_denial("The union rejected the latest offer and dismissed its lawyer.")
    assert has_hedge("The ministry may send arms.")
    assert not has_hedge("In May it sent mighty arms.")


def test_likeness_is_higher_for_the_same_claim() -> None:
    pairs = [
        ("Seoul demands that the troops withdraw.", "South Korea called for the withdrawal of the troops."),
        ("Seoul demands that the troops withdraw.", "Shares of two banks fell in early trading."),
    ]
    same, other = claim_similarity(*zip(*pairs, strict=True))
    assert same[0] > other[0]
    assert same_claim(*pairs[0]) > same_claim(*pairs[1]) == 0.0


def test_likeness_of_a_pair_does_not_depend_on_the_order_of_the_pairs() -> None:
    a, b = ["The dam was shut.", "Wages rise.", "★"], ["They closed the dam.", "Prices fall.", ""]
    there, back = claim_similarity(a, b), claim_similarity(a[::-1], b[::-1])
    assert there == [pytest.approx(row) for row in back[::-1]]
    assert claim_similarity([], []) == []
    with pytest.raises(ValueError, match="2 wordings cannot be paired with 1"):
        claim_similarity(["a", "b"], ["a"])


def test_a_claim_is_halved_by_a_negation_or_other_numbers() -> None:
    assert same_claim("The dam was shut.", "The dam was not shut.") == 0.5
    assert same_claim("It holds 40 tons.", "It holds 50 tons.") < 0.5
    assert same_claim("", "The dam was shut.") == 0.0


def test_what_many_hold_makes_no_pair_but_counts_in_the_score(monkeypatch: pytest.MonkeyPatch) -> None:
    from scipy.sparse import csr_matrix

    # The last column is held by all four rows, the others by two at most.
    vectors = csr_matrix([[0.6, 0.0, 0.8], [0.6, 0.0, 0.8], [0.0, 0.6, 0.8], [0.0, 0.0, 1.0]])

    def pairs() -> dict[tuple[int, int], float]:
        left, right, scores = (each.tolist() for each in find_pairs(vectors, vectors, 0.2))
        return {(a, b): round(score, 9) for a, b, score in zip(left, right, scores, strict=True)}

    every = pairs()
    assert len(every) == 16
    monkeypatch.setattr("rashomon._claims.grouping._MOST_HOLDING", 3)
    few = pairs()
    assert set(few) == {(0, 0), (0, 1), (1, 0), (1, 1), (2, 2)}
    assert few[0, 1] == every[0, 1] == 1.0


def test_very_large_groups_are_split_by_stronger_links(monkeypatch: pytest.MonkeyPatch) -> None:
    from scipy.sparse import csr_matrix

    vectors = csr_matrix([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.8, 0.0, 0.6], [0.0, 0.8, 0.6]])
    nothing: list[frozenset[str]] = [frozenset()] * 4
    whole = group_claims(vectors, nothing)
    monkeypatch.setattr("rashomon._claims.grouping._MOST_AT_ONCE", 2)
    split = group_claims(vectors, nothing)
    for groups in (whole, split):
        assert groups[0] == groups[2] != groups[1] == groups[3]


def test_other_figures_make_another_claim() -> None:
    from scipy.sparse import csr_matrix

    vectors = csr_matrix([[1.0, 0.0], [1.0, 0.0], [0.8, 0.6]])
    five, twenty = frozenset({"5"}), frozenset({"20"})
    assert len(set(group_claims(vectors, [five, five, frozenset()]))) == 1
    apart = group_claims(vectors, [five, twenty, five])
    assert apart[0] == apart[2] != apart[1]
