from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.corpus import READ_TABLES, Corpus, corpus_of, dates_in, lines_in, read_corpus, sentences_in
from rashomon.read import CorpusError
from rashomon.tables import check_table

P = "The ferry sank on Monday, and all of its crew got safely home again that night."
TABLES = READ_TABLES


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def dated(day: str) -> str:
    return f"Ferry Sinks Off Coast\nPublished {day}\n{P}"


def test_the_five_articles() -> None:
    corpus = read_corpus("seeds")
    articles = corpus.articles.set_index("label").sort_index()
    assert articles.index.tolist() == ["000", "001", "002", "003", "004"]
    assert articles["published"].tolist() == ["", "2024-10-24", "2024-10-22", "", "2024-10-23"]
    assert articles["outlet"].tolist() == ["", "", "The Rio Times", "", ""]
    assert articles["author"].tolist() == ["", "Marcus Giebel", "", "", ""]
    assert set(articles["language"]) == {"en"}
    assert set(articles["repairs"]) == {""}
    assert corpus.parts.groupby("article_id").size().sum() == 9
    sidebar = corpus.sentences["text"].str.contains("Cuba|Hezbollah")
    assert sidebar.any()
    assert not corpus.sentences.loc[sidebar, "carries_claims"].any()
    assert corpus.rejects.empty
    for name in TABLES:
        check_table(name, getattr(corpus, name))


def test_every_offset_slices_back() -> None:
    corpus = read_corpus("seeds")
    for row in corpus.sentences.itertuples():
        assert corpus.raw(row.article_id)[row.start : row.end] == row.text
    for row in corpus.dates.itertuples():
        assert corpus.raw(row.article_id)[row.start : row.end] == row.surface
    used = corpus.articles.dropna(subset=["published_start"])
    surfaces = [row.raw[row.published_start : row.published_end] for row in used.itertuples()]
    assert sorted(surfaces) == ["22102024", "23 October 2024", "October 24, 2024"]


def test_a_corpus_of_texts_is_read_the_same_way(tmp_path: Path) -> None:
    texts = {"a": dated("5 May 2024"), "b": P}
    memory = corpus_of(texts)
    files = read_corpus(write(tmp_path, {f"{name}.txt": text for name, text in texts.items()}))
    assert memory.articles["article_id"].tolist() == ["a", "b"]
    assert memory.label("a") == memory.articles["path"].iloc[0] == "a"
    for name in ("lines", "dates", "sentences", "parts"):
        label = dict(zip(files.articles["article_id"], files.articles["label"], strict=True))
        frame = getattr(files, name).replace({"article_id": label})
        keys = [column for column in frame if column in ("article_id", "line_no", "sentence_id", "start")]
        assert frame.sort_values(keys, ignore_index=True).equals(getattr(memory, name))


def test_twins_give_the_tables_of_one_text() -> None:
    text = dated("5 May 2024")
    assert lines_in(text)["zone"].tolist() == ["headline", "date_line", "body"]
    assert dates_in(text)["value"].tolist() == ["2024-05-05"]
    assert sentences_in(text)["text"].tolist()[2] == P


def test_labels_are_short_and_unique(tmp_path: Path) -> None:
    files = ["001_x.txt", "002_x.txt", "002_y.txt", "_z.txt", "a/note.txt", "b/note.txt"]
    corpus = read_corpus(write(tmp_path, {name: f"{name} holds this." for name in files}))
    labels = corpus.articles.set_index("path")["label"]
    assert [labels[name] for name in files] == ["001", "002_x", "002_y", "_z", "a/note.txt", "b/note.txt"]


def test_lines_are_running_text_and_no_pages(tmp_path: Path) -> None:
    records = [{"id": "s1", "text": "Ferry Sinks Off Coast"}, {"id": "s2", "text": "By Ann Lee\nSearch"}]
    folder = write(tmp_path, {"a.jsonl": "\n".join(map(json.dumps, records)), "b.txt": "Updated 5 May 2024"})
    corpus = read_corpus(folder, as_lines=True)
    assert corpus.articles["article_id"].tolist() == ["1", "s1", "s2"]
    assert corpus.articles["label"].tolist() == ["1", "s1", "s2"]
    assert set(corpus.lines["zone"]) == {"body"}
    assert set(corpus.lines["reason"]) == {"running_text"}
    assert corpus.lines["carries_claims"].all()
    assert corpus.dates.empty
    assert len(corpus.lines) == 4


def test_filter_by_day_says_what_it_could_not_judge(tmp_path: Path) -> None:
    texts = {
        "a.txt": dated("4 May 2024"),
        "b.txt": dated("5 May 2024"),
        "c.txt": dated("6 May 2024"),
        "d.txt": P,
    }
    folder = write(tmp_path, texts)

    def kept(**options: str) -> list[str]:
        return sorted(read_corpus(folder, **options).articles["label"])

    assert kept() == ["a", "b", "c", "d"]
    assert kept(since="2024-05-05") == ["b", "c"]
    assert kept(until="2024-05-05") == ["a", "b"]
    assert kept(since="2024-05-05", until=" 2024-05-05 ") == ["b"]
    rejects = read_corpus(folder, since="2024-05-05").rejects
    assert rejects["path"].tolist() == ["d.txt"]
    assert rejects["reason"].tolist() == ["left out by since or until: the text shows no day of publication"]
    with pytest.raises(CorpusError, match="was published from 2025-01-01; give other days"):
        read_corpus(folder, since="2025-01-01")
    with pytest.raises(CorpusError, match="was published from 2024-05-07 up to 2024-05-08; give"):
        read_corpus(folder, since="2024-05-07", until="2024-05-08")
    with pytest.raises(CorpusError, match="since is '5 May', which is no day; write it as 2024-10-24"):
        read_corpus(folder, since="5 May")
    with pytest.raises(CorpusError, match="until is 'x'"):
        read_corpus(folder, until="x")


def test_lines_without_a_day_are_rejected_line_by_line(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.txt": "One.\nTwo."})
    with pytest.raises(CorpusError, match="was published"):
        read_corpus(folder, as_lines=True, since="2024-01-01")


def test_filter_by_outlet(tmp_path: Path) -> None:
    text = f"Ferry Sinks Off Coast\n(FEED- Harbor Times) {P}"
    folder = write(tmp_path, {"a_1.txt": text, "b_1.txt": P, "c_1.txt": f"{P} Yes."})
    article_id = read_corpus(folder / "b_1.txt").articles["article_id"].iloc[0]
    assert sorted(read_corpus(folder, outlets="harbor times, C").articles["label"]) == ["a", "c"]
    assert read_corpus(folder, outlets=article_id).articles["label"].tolist() == ["b"]
    assert len(read_corpus(folder, outlets=" , ").articles) == 3
    with pytest.raises(CorpusError) as caught:
        read_corpus(folder, outlets="a, nobody")
    assert str(caught.value) == "no outlet 'nobody' in the corpus; there are Harbor Times, a, b, c"


def test_limit_and_rejects(tmp_path: Path) -> None:
    corpus = read_corpus(
        write(tmp_path, {"a.txt": P, "b.pdf": "x", "c.txt": "One.", "d.txt": "Two."}), limit=2
    )
    assert sorted(corpus.articles["label"]) == ["a", "c"]
    assert corpus.rejects["path"].tolist() == ["b.pdf"]


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("Ferry Sinks\nBy Ann Lee | 5 May 2024\n" + P, "Ann Lee"),
        ("Ferry Sinks\nAuthor:\nAnn Lee\n" + P, "Ann Lee"),
        ("Ferry Sinks\n" + P, ""),
    ],
)
def test_author(text: str, author: str) -> None:
    assert corpus_of({"a": text}).articles["author"].tolist() == [author]


def test_language_and_repairs() -> None:
    german = "Die Fähre ist am Montag gesunken, und die Mannschaft kam in der Nacht nach Hause."
    corpus = corpus_of(
        {"a": P, "b": german, "c": "", "d": "It\u00e2\u20ac\u2122s\u00a0the end of it, and that is that."}
    )
    assert corpus.articles["language"].tolist() == ["en", "de", "", "en"]
    assert corpus.articles["repairs"].tolist() == ["", "", "", "mojibake;spaces"]


def test_title_is_written_without_its_mark() -> None:
    corpus = corpus_of({"a": f"# Ferry sinks\n{P}"})
    assert corpus.articles["title"].tolist() == ["Ferry sinks"]


def test_words_with_apostrophes_and_hyphens_count_once() -> None:
    corpus = corpus_of({"a": "It’s Kim’s short-range plan, isn't it - or not."})
    assert corpus.articles["n_words"].tolist() == [8]


def test_nothing_at_all_is_a_corpus_too() -> None:
    corpus = corpus_of({})
    assert isinstance(corpus, Corpus)
    assert corpus.articles.empty
    assert corpus_of({"a": " \n"}).lines.empty


def test_half_a_character_is_refused() -> None:
    with pytest.raises(CorpusError, match="text 'a' holds half a character at 3"):
        corpus_of({"a": "Yes\ud800"})


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.text(min_size=1, max_size=5), st.text(max_size=60), max_size=3))
def test_any_text_makes_tables(texts: dict[str, str]) -> None:
    corpus = corpus_of(texts)
    assert sorted(corpus.articles["article_id"]) == sorted(texts)
    for article_id, text in texts.items():
        assert corpus.raw(article_id) == text


def test_originals_leave_out_doubles_and_nothing_else() -> None:
    told = "The bridge of Ostby closed on Monday after a crack was found, the mayor said on Tuesday. " * 3
    corpus = corpus_of({"a": told, "b": told, "c": "The ferry sank off the northern coast in thick fog."})
    originals = corpus.originals()
    assert originals.articles["label"].tolist() == ["a", "c"]
    assert set(originals.sentences["article_id"]) == {"a", "c"}
    assert len(corpus.articles) == 3
    assert originals.originals().articles.equals(originals.articles)
