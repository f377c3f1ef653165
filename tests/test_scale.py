"""Partitions: the same rows as in memory, whatever runs them, and nothing half done."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from rashomon import export, scale
from rashomon.analysis import analyze_articles
from rashomon.corpus import Corpus, corpus_of
from rashomon.export import write_table
from rashomon.read import CorpusError, read_parquet_tables, read_partitions
from rashomon.tables import make_table

TEXTS = {
    "a": "The storm killed 12 people, Mayor Ana Ruiz said on Friday. “It is a shameful failure,” she said.",
    "b": "The Red Cross said about 1.50 million people had fled. Prices rose by 3.20 %.",
    "c": "",
    "d": "Nothing happened “here”, and the ferry may sail again.",
    "e": "At least two bridges were closed. Officials gave no reason.",
}


@pytest.fixture
def corpus() -> Corpus:
    return corpus_of(TEXTS)


def assert_same(folder: Path, corpus: Corpus, names: tuple[str, ...] = scale.MADE_TABLES) -> None:
    expected, found = analyze_articles(corpus), read_partitions(folder)
    for name in names:
        pd.testing.assert_frame_equal(found[name], expected[name], check_exact=True)
        assert len(expected[name]) or name == "rejects"


class FakeClient:
    """The two calls of a cluster's client, run at once."""

    def submit(self, function: Callable[..., Any], *arguments: Any, pure: bool) -> Any:
        assert not pure
        return function(*arguments)

    def gather(self, futures: list[Any]) -> list[Any]:
        return futures


def test_partitions_hold_the_corpus(tmp_path: Path, corpus: Corpus) -> None:
    written = scale.write_partitions(corpus, tmp_path / "parts", articles_per_part=2)
    assert [part.name for part in written] == ["part-00000", "part-00001", "part-00002"]
    found = read_partitions(tmp_path / "parts")
    for name in scale.READ_TABLES:
        pd.testing.assert_frame_equal(found[name], getattr(corpus, name))


def test_a_partition_holds_at_least_one_article(tmp_path: Path, corpus: Corpus) -> None:
    with pytest.raises(ValueError, match="articles_per_part is 0, must be at least 1"):
        scale.write_partitions(corpus, tmp_path, articles_per_part=0)


@pytest.mark.parametrize("articles_per_part", [1, 2, 100])
def test_results_are_those_of_one_run_in_memory(
    tmp_path: Path, corpus: Corpus, articles_per_part: int
) -> None:
    scale.write_partitions(corpus, tmp_path / "parts", articles_per_part=articles_per_part)
    scale.analyze_partitions(tmp_path / "parts", tmp_path / "out")
    assert_same(tmp_path / "out", corpus)


def test_a_client_runs_the_same(tmp_path: Path, corpus: Corpus) -> None:
    scale.write_partitions(corpus, tmp_path / "parts", articles_per_part=2)
    made = scale.analyze_partitions(tmp_path / "parts", tmp_path / "out", client=FakeClient())
    assert [part.name for part in made] == ["part-00000", "part-00001", "part-00002"]
    assert_same(tmp_path / "out", corpus)


def test_a_pool_of_processes_runs_the_same(tmp_path: Path, corpus: Corpus) -> None:
    scale.write_partitions(corpus, tmp_path / "parts", articles_per_part=3)
    scale.analyze_partitions(tmp_path / "parts", tmp_path / "out", workers=2)
    assert_same(tmp_path / "out", corpus)


def test_a_second_run_does_only_what_is_missing(tmp_path: Path, corpus: Corpus) -> None:
    scale.write_partitions(corpus, tmp_path / "parts", articles_per_part=2)
    first, second, third = scale.analyze_partitions(tmp_path / "parts", tmp_path / "out")
    stamp = first.stat().st_mtime_ns, first.stat().st_ino
    (second / "made_of.json").unlink()
    about = json.loads((third / "made_of.json").read_text())
    (third / "made_of.json").write_text(json.dumps(about | {"version": "0"}))
    again = second.stat().st_ino, third.stat().st_ino
    scale.analyze_partitions(tmp_path / "parts", tmp_path / "out")
    assert (first.stat().st_mtime_ns, first.stat().st_ino) == stamp
    assert second.stat().st_ino != again[0]
    assert third.stat().st_ino != again[1]
    assert_same(tmp_path / "out", corpus)


def test_another_word_list_is_another_result(tmp_path: Path, corpus: Corpus) -> None:
    words = tmp_path / "words.csv"
    words.write_text("word,weight\nstorm,-3\n", encoding="utf-8")
    scale.write_partitions(corpus, tmp_path / "parts")
    (part,) = scale.analyze_partitions(tmp_path / "parts", tmp_path / "out")
    plain = read_parquet_tables(part)["cues"]
    scale.analyze_partitions(tmp_path / "parts", tmp_path / "out", word_list=str(words))
    again = read_parquet_tables(part)["cues"]
    of_plain, of_own = ({r for r in each["rule"] if r.startswith("word: ")} for each in (plain, again))
    assert of_own == {"word: storm"} < of_plain


def test_a_partition_that_fails_leaves_nothing_half_done(tmp_path: Path, corpus: Corpus) -> None:
    parts = scale.write_partitions(corpus, tmp_path / "parts", articles_per_part=2)
    (parts[1] / "lines.parquet").unlink()
    with pytest.raises(CorpusError, match="lacks lines; make it again"):
        scale.analyze_partitions(tmp_path / "parts", tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["part-00000"]


def test_a_write_that_fails_leaves_the_old_result(
    tmp_path: Path, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    (part,) = scale.write_partitions(corpus, tmp_path / "parts")

    def fail(*_: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(export, "write_table", fail)
    with pytest.raises(OSError, match="disk full"):
        scale.write_partitions(corpus, tmp_path / "parts")
    assert list((tmp_path / "parts").iterdir()) == [part]
    assert read_parquet_tables(part)["articles"]["article_id"].tolist() == list(TEXTS)


def test_a_dead_worker_says_to_run_again(
    tmp_path: Path, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    class DeadPool:
        def __init__(self, *_: Any, **__: Any) -> None:
            pass

        def __enter__(self) -> DeadPool:
            return self

        def __exit__(self, *_: Any) -> None:
            pass

        def submit(self, *_: Any) -> Any:
            raise BrokenExecutor("a process died")

    scale.write_partitions(corpus, tmp_path / "parts", articles_per_part=1)
    monkeypatch.setattr(scale, "ProcessPoolExecutor", DeadPool)
    with pytest.raises(BrokenExecutor) as caught:
        scale.analyze_partitions(tmp_path / "parts", tmp_path / "out", workers=2)
    assert "run again to do the rest" in caught.value.__notes__[0]


def test_an_empty_corpus_is_one_empty_partition(tmp_path: Path) -> None:
    scale.write_partitions(corpus_of({}), tmp_path / "parts")
    scale.analyze_partitions(tmp_path / "parts", tmp_path / "out")
    assert all(table.empty for table in read_partitions(tmp_path / "out").values())


def test_parquet_gives_back_exact_amounts(tmp_path: Path) -> None:
    row = {
        "article_id": "a",
        "sentence_id": 1,
        "part_id": 1,
        "start": 0,
        "end": 4,
        "phrase_start": 0,
        "phrase_end": 4,
        "kind": "cardinal",
        "surface": "1.50",
        "value": Decimal("1.50"),
        "high": Decimal("1E+30"),
    }
    table = make_table("quantities", [row])
    write_table(table, tmp_path / "quantities.parquet")
    found = read_parquet_tables(tmp_path)["quantities"]
    pd.testing.assert_frame_equal(found, table)
    assert str(found["value"][0]) == "1.50"
    assert found["low"][0] is None


def test_a_folder_that_holds_no_tables_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no tables in"):
        read_parquet_tables(tmp_path)
    (tmp_path / "lines.parquet").write_bytes(b"not parquet")
    with pytest.raises(CorpusError, match="make the partition again"):
        read_parquet_tables(tmp_path)
    with pytest.raises(CorpusError, match="no partitions in"):
        read_partitions(tmp_path)
