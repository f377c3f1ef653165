"""Corpora of any size: partitions equal what is read in memory, and the page says what was read."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd
import pytest

from rashomon import intake
from rashomon.corpus import READ_TABLES, read_corpus
from rashomon.intake import load_corpus
from rashomon.parameters import ParameterError
from rashomon.read import CorpusError, read_partitions
from rashomon.scale import analyze_partitions

STORY = "The river rose over night and the old bridge was closed, the town said on Monday. " * 3


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = tmp_path / "in"
    source.mkdir()
    for n in range(7):
        day = f"Updated: {n + 1} May 2024\n" if n % 2 else ""
        (source / f"{n}.txt").write_text(f"Flood number {n} closes a bridge\n{day}{n} {STORY}", "utf-8")
    (source / "copy.txt").write_text((source / "3.txt").read_text("utf-8"), "utf-8")
    (source / "broken.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    (source / "hostile.txt").write_text("<script>alert(1)</script> </td> $x$\nSecond line.", "utf-8")
    return source


def digests(out: Path) -> dict[str, str]:
    files = sorted(path for path in out.rglob("*") if path.is_file())
    return {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_partitions_hold_what_is_read_in_memory(tmp_path: Path, folder: Path) -> None:
    load = load_corpus(folder, out=tmp_path / "out", articles_per_part=3, progress=False)
    assert (load.n_files, load.n_articles, load.n_rejects) == (10, 9, 1)
    corpus, parts = read_corpus(folder), read_partitions(tmp_path / "out")
    for name in READ_TABLES:
        pd.testing.assert_frame_equal(parts[name], getattr(corpus, name))
    assert sorted(path.name for path in (tmp_path / "out").iterdir() if path.is_dir()) == [
        "part-00000",
        "part-00001",
        "part-00002",
    ]
    assert load.n_words == int(corpus.articles["n_words"].sum())
    assert load.counts["zone"].total() == len(corpus.lines)


def test_processes_and_a_second_run_change_no_byte(tmp_path: Path, folder: Path) -> None:
    out = tmp_path / "out"
    load_corpus(folder, out=out, articles_per_part=2, progress=False)
    first = digests(out)
    load_corpus(folder, out=out, articles_per_part=2, jobs=2, progress=False)
    assert digests(out) == first


def test_the_page_says_what_was_read_and_runs_nothing(tmp_path: Path, folder: Path) -> None:
    load_corpus(folder, out=tmp_path / "out", progress=False)
    page = (tmp_path / "out" / intake.REPORT).read_text("utf-8")
    for expected in ("Files in</dt><dd>10", "Articles out</dt><dd>9", "not text: a PNG image", "body"):
        assert expected in page
    assert "<script" not in page
    assert "Content-Security-Policy" in page


def test_later_stages_take_the_partitions(tmp_path: Path, folder: Path) -> None:
    load_corpus(folder, out=tmp_path / "out", articles_per_part=5, progress=False)
    made = analyze_partitions(tmp_path / "out", tmp_path / "made")
    assert [path.name for path in made] == ["part-00000", "part-00001"]


def test_doubles_are_marked_across_partitions(tmp_path: Path, folder: Path) -> None:
    load = load_corpus(folder, out=tmp_path / "out", articles_per_part=1, progress=False)
    articles = read_partitions(tmp_path / "out")["articles"].set_index("path")
    assert articles.loc["3.txt", "article_id"] == articles.loc["copy.txt", "article_id"].removesuffix("-2")
    doubles = articles[articles["duplicate_of"] != ""]
    assert load.n_duplicates == len(doubles) >= 1
    assert set(doubles["duplicate_of"]) <= set(articles["article_id"]) - set(doubles["article_id"])
    assert articles.loc[["3.txt", "copy.txt"], "similarity"].max() == 1


def test_nothing_readable_leaves_nothing(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.txt").write_bytes(b"")
    with pytest.raises(CorpusError, match="empty: no text in it"):
        load_corpus(source, out=tmp_path / "out", progress=False)
    assert list(tmp_path.iterdir()) == [source]


def test_a_folder_of_others_is_not_replaced(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("mine", "utf-8")
    with pytest.raises(ParameterError, match="not empty"):
        load_corpus(folder, out=tmp_path / "out", progress=False)
    with pytest.raises(ParameterError, match="lies in the corpus"):
        load_corpus(folder, out=folder / "out", progress=False)
    with pytest.raises(ParameterError, match="lies in the corpus"):
        load_corpus(f"{folder}/*.txt", out=folder / "out", progress=False)


def test_large_texts_close_a_batch_early(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "_MAX_BATCH", 1)
    load_corpus(folder, out=tmp_path / "out", progress=False)
    assert len(list((tmp_path / "out").glob("part-*"))) == 9


def test_what_was_read_once_need_not_be_read_again(tmp_path: Path, folder: Path) -> None:
    load_corpus(folder, out=tmp_path / "out", articles_per_part=4, progress=False)
    for options in ({}, {"since": "2024-05-03"}, {"outlets": "2, 4"}, {"limit": 3}):
        again, first = read_corpus(tmp_path / "out", **options), read_corpus(folder, **options)
        same = ("articles", "parts", "lines", "dates", "sentences")
        for name in same if not options else same[1:]:  # doubles are told of all that was read
            pd.testing.assert_frame_equal(getattr(again, name), getattr(first, name))
    with pytest.raises(CorpusError, match="no outlet 'x' in the corpus"):
        read_corpus(tmp_path / "out", outlets="x")
