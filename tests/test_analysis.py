"""All stages in order, and every table by name."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from rashomon.analysis import analyze, analyze_articles
from rashomon.corpus import Corpus, corpus_of, read_corpus
from rashomon.tables import TABLES, check_table

ROOT = Path(__file__).resolve().parents[1]
FLOOD = "It was the worst storm in the valley since the great flood of 1953."
TEXTS = {
    "a": "The storm in the valley killed 12 people, Mayor Ana Ruiz said. “A shameful failure,” she said.",
    "b": f"The Red Cross said 30 people were killed. {FLOOD}",
    "c": f"The Red Cross said 30 people were killed. {FLOOD} Then calm came.",
}


def test_every_table_is_there_checked_and_in_order() -> None:
    tables = analyze(corpus_of(TEXTS))
    assert list(tables) == list(TABLES)
    for name, table in tables.items():
        check_table(name, table)


def test_stages_meet_in_the_comparison() -> None:
    tables = analyze(corpus_of(TEXTS))
    killed = tables["figures"][tables["figures"]["slot"] == "people · killed"]
    assert killed[["article_id", "surface"]].values.tolist() == [["a", "12"], ["b", "30"], ["c", "30"]]
    assert tables["passages"]["kind"].tolist() == ["copied"]
    assert set(tables["conflicts"]["article_a"]) == {"a"}
    assert (tables["sentences"]["voice"] != "").any()
    cues = tables["cues"].groupby(["article_id", "sentence_id", "measure"])["weight"].sum()
    tone = tables["tone"].set_index(["article_id", "sentence_id"])["polarity"].dropna()
    assert len(tone)
    for key, score in tone.items():
        assert abs(cues.get((*key, "polarity"), 0.0) - score) < 1e-9


def test_the_corpus_stays_as_it_was() -> None:
    corpus = corpus_of(TEXTS)
    before = corpus.sentences.copy()
    analyze(corpus)
    pd.testing.assert_frame_equal(corpus.sentences, before)


def test_articles_by_themselves_are_the_same_rows() -> None:
    together = analyze_articles(corpus_of(TEXTS))
    for article, text in TEXTS.items():
        alone = analyze_articles(corpus_of({article: text}))
        for name in ("statements", "quantities", "tone", "cues", "sentences"):
            rows = together[name][together[name]["article_id"] == article].reset_index(drop=True)
            pd.testing.assert_frame_equal(alone[name], rows)


def test_an_empty_corpus_gives_empty_tables() -> None:
    assert all(table.empty for table in analyze(corpus_of({})).values())


@pytest.fixture(scope="module")
def seeds() -> Corpus:
    return read_corpus(ROOT / "seeds")


@pytest.fixture(scope="module")
def seed_tables(seeds: Corpus) -> dict[str, pd.DataFrame]:
    return analyze(seeds)


RESULTS = ("statements", "quantities", "tone", "cues", "figures", "conflicts", "passages")


@pytest.mark.parametrize("name", RESULTS)
def test_no_result_rests_on_a_line_without_claims(
    name: str, seeds: Corpus, seed_tables: dict[str, pd.DataFrame]
) -> None:
    table = seed_tables[name]
    assert len(table)
    silent = seeds.lines[~seeds.lines["carries_claims"]]
    for side in ("_id", "_a", "_b"):
        if f"article{side}" not in table:
            continue
        ends = "" if side == "_id" else side
        for article, start, end in table[[f"article{side}", f"start{ends}", f"end{ends}"]].itertuples(
            index=False
        ):
            beside = silent[
                (silent["article_id"] == article) & (silent["start"] < end) & (silent["end"] > start)
            ]
            assert beside.empty, seeds.raw(article)[start:end]


@pytest.mark.parametrize("name", ["statements", "quantities", "cues", "figures"])
def test_every_span_gives_back_its_words(
    name: str, seeds: Corpus, seed_tables: dict[str, pd.DataFrame]
) -> None:
    table = seed_tables[name]
    assert len(table)
    for article, start, end, surface in table[["article_id", "start", "end", "surface"]].itertuples(
        index=False
    ):
        assert seeds.raw(article)[start:end] == surface


def test_the_order_of_the_files_changes_nothing() -> None:
    first, second = (analyze(corpus_of(dict(items))) for items in (TEXTS.items(), reversed(TEXTS.items())))
    for name in TABLES:
        pd.testing.assert_frame_equal(first[name], second[name])
