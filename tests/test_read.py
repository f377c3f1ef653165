from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from rashomon._formats.dispatch import all_formats
from rashomon._reading.decoding import parse_line
from rashomon._reading.records import MAX_FILE_BYTES, Format, InputFile, Metadata, Note, Record
from rashomon.read import (
    CorpusError,
    list_names,
    project_root,
    read_documents,
    read_gold,
    read_word_list,
    resolve_path,
)


def write(folder: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        file = folder / name.replace("__", "/").replace("_dot_", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def reasons(rejects: list[dict[str, object]]) -> dict[object, object]:
    return {row["path"]: row["reason"] for row in rejects}


def test_folder_is_read_in_order_and_nothing_is_lost(tmp_path: Path) -> None:
    write(
        tmp_path,
        b_dot_txt="Second.",
        a__z_dot_md="First.",
        a__copy_dot_TXT="Second.",
        _dot_hidden_dot_txt="no",
        _dot_git__x_dot_txt="no",
        README_dot_md="about the corpus",
        manifest_dot_csv="path",
        empty_dot_txt="",
        blank_dot_txt=" \r\n\t ",
        image_dot_txt=b"\x89PNG\r\n\x1a\n\0\0",
        odd_dot_xyz="a,b",
        old_dot_doc="text",
        noending="Third.",
    )
    documents, rows = read_documents(tmp_path)
    assert [document.path for document in documents] == ["a/copy.TXT", "a/z.md", "b.txt", "noending"]
    assert [document.format for document in documents] == ["txt", "md", "txt", "txt"]
    assert documents[2].article_id == f"{documents[0].article_id}-2"
    assert documents[0].sha256.startswith(documents[0].article_id)
    assert reasons(rows["rejects"]) == {
        "blank.txt": "empty: no text in it",
        "empty.txt": "empty: no text in it",
        "image.txt": "not text: a PNG image",
        "odd.xyz": "files ending in .xyz are not supported",
        "old.doc": "a document of an old word processor",
    }
    assert {row["path"]: row["n_articles"] for row in rows["files"]} == {
        **dict.fromkeys(("a/copy.TXT", "a/z.md", "b.txt", "noending"), 1),
        **dict.fromkeys(("blank.txt", "empty.txt", "image.txt", "odd.xyz", "old.doc"), 0),
    }
    assert list_names(tmp_path) == [row["path"] for row in rows["files"]]
    assert all(row["action"] for row in rows["rejects"])
    assert [d.path for d in read_documents(tmp_path, limit=2)[0]] == ["a/copy.TXT", "a/z.md"]


def test_raw_text_is_untouched(tmp_path: Path) -> None:
    raw = "\tOne \r\ntwo\x0cthree\u00a0\r\n\r\n"
    documents, _ = read_documents(write(tmp_path, a_dot_txt=raw) / "a.txt")
    assert documents[0].raw == raw
    assert documents[0].path == "a.txt"


def test_links_and_odd_files_do_not_stop_the_rest(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside", secret_dot_txt="secret", folder__x_dot_txt="secret")
    corpus = write(tmp_path / "corpus", a_dot_txt="Text.", x_dot_txt__inner_dot_txt="Inner.")
    (corpus / "leads_out.txt").symlink_to(outside / "secret.txt")
    (corpus / "folder_out").symlink_to(outside / "folder")
    (corpus / "folder_in").symlink_to(corpus / "x.txt")
    (corpus / "same.txt").symlink_to(corpus / "a.txt")
    (corpus / "broken.txt").symlink_to(corpus / "nowhere.txt")
    (corpus / "loop.txt").symlink_to(corpus / "loop.txt")
    os.mkfifo(corpus / "pipe.txt")
    documents, rows = read_documents(corpus)
    assert [document.path for document in documents] == ["a.txt", "same.txt", "x.txt/inner.txt"]
    outward = "a symbolic link that leads out of the corpus folder"
    assert reasons(rows["rejects"]) == {
        "broken.txt": outward,
        "folder_out": outward,
        "leads_out.txt": outward,
        "loop.txt": outward,
        "pipe.txt": "not a regular file",
    }


def test_a_file_that_cannot_be_opened_is_a_reject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, a_dot_txt="Text.", b_dot_txt="Text.")
    whole = Path.open

    def refuse(file: Path, *args: str) -> object:
        if file.name == "b.txt":
            raise PermissionError(13, "Permission denied")
        return whole(file, *args)

    monkeypatch.setattr(Path, "open", refuse)
    documents, rows = read_documents(tmp_path)
    assert len(documents) == 1
    assert reasons(rows["rejects"]) == {"b.txt": "cannot be opened: Permission denied"}


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    write(tmp_path, a_dot_txt="Text.")
    with (tmp_path / "huge.txt").open("wb") as stream:
        stream.truncate(MAX_FILE_BYTES + 1)
    _, rows = read_documents(tmp_path)
    assert reasons(rows["rejects"]) == {"huge.txt": "too large: more than 50,000,000 bytes"}


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes only on POSIX")
def test_a_name_that_is_no_unicode_is_printable(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    try:
        (tmp_path / name).write_text("Text.")
    except OSError:
        pytest.skip("this file system takes only Unicode names")
    assert read_documents(tmp_path)[0][0].path == "caf\\xe9.txt"


@pytest.mark.parametrize(
    ("files", "path", "message"),
    [
        ({}, "nowhere", "cannot read 'nowhere': no such file or folder; give a file or a folder of texts"),
        ({}, "", "cannot read '': no such file or folder; give a file or a folder of texts"),
        ({}, "x" * 5000, "no such file or folder"),
        ({}, ".", "nothing to read in '.': it holds no files; put texts (.txt, .html, .csv, …) into it"),
        ({"a_dot_txt": ""}, "a.txt", "cannot read 'a.txt': empty: no text in it; leave it out"),
        (
            {"a_dot_txt": "", "b_dot_txt": ""},
            ".",
            "none of 2 files is readable (a.txt: empty: no text in it)",
        ),
    ],
)
def test_a_corpus_that_cannot_be_read_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], path: str, message: str
) -> None:
    monkeypatch.chdir(write(tmp_path, **files))
    with pytest.raises(CorpusError) as caught:
        read_documents(path)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_each_line_is_a_text(tmp_path: Path) -> None:
    lines = ["First text.", "", '{"id": "x", "text": "In an object."}', '{"a": broken', '{"id": 3}']
    documents, rows = read_documents(write(tmp_path, a_dot_txt="\r\n".join(lines)), as_lines=True)
    named = [(document.article_id, document.raw, document.position) for document in documents]
    assert named == [
        ("1", "First text.", 1),
        ("x", "In an object.", 3),
        ("4", '{"a": broken', 4),
        ("5", '{"id": 3}', 5),
    ]
    assert {document.format for document in documents} == {"line"}
    assert rows["rejects"] == []


def test_json_lines_must_be_json(tmp_path: Path) -> None:
    records = [
        {"id": 7, "text": "One\ntwo."},
        {"id": 7, "text": "Again."},
        {"id": "7-2", "text": "Named so."},
    ]
    records += [{"id": None, "text": "No name."}]
    faults = ["no object", '{"text": 5}', '{"text": "  "}', "[" * 100_000, '{"text": "\\ud800"}']
    text = "\n".join([*map(json.dumps, records), *faults])
    documents, rows = read_documents(write(tmp_path, a_dot_jsonl=text) / "a.jsonl", as_lines=True)
    assert [document.article_id for document in documents] == ["7", "7-2", "7-2-2", "4"]
    assert documents[0].raw == "One\ntwo."
    assert [(row["position"], row["reason"]) for row in rows["rejects"]] == [
        (5, "the line is not JSON"),
        (6, "the line has no text"),
        (7, "the line's text is empty"),
        (8, "the line is not JSON"),
        (9, "the line's text holds half a character"),
    ]


def test_a_line_of_text_that_looks_like_json_is_text() -> None:
    assert parse_line('{"no": "text"}') == ('{"no": "text"}', "")


def test_paths_are_resolved_from_the_project_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project_root()
    assert (root / "pyproject.toml").is_file()
    monkeypatch.chdir(tmp_path)
    assert resolve_path("seeds") == root / "seeds"
    (tmp_path / "seeds").mkdir()
    assert resolve_path("seeds") == Path("seeds")


def test_without_a_project_the_working_directory_is_the_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("rashomon.resources.__file__", str(tmp_path / "site" / "rashomon" / "x.py"))
    assert project_root() == tmp_path


def test_word_lists_and_gold_are_found_by_name() -> None:
    assert {"phrase", "match", "zone", "rule"} == set(read_word_list("page_phrases")[0])
    assert read_gold("reading/lines")[0]["line_no"] == 1
    with pytest.raises(CorpusError, match="no word list 'nothing'"):
        read_word_list("nothing")
    with pytest.raises(CorpusError, match="no gold labels 'nothing'"):
        read_gold("nothing")


def test_a_glob_reads_the_files_it_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "in", a_dot_txt="One.", b_dot_txt="Two.", c_dot_md="Three.", sub__d_dot_txt="Four.")
    (tmp_path / "in" / "out.txt").symlink_to(write(tmp_path, secret_dot_txt="no") / "secret.txt")
    monkeypatch.chdir(tmp_path)
    documents, rows = read_documents("in/*.txt")
    assert [document.path for document in documents] == ["a.txt", "b.txt"]
    assert reasons(rows["rejects"]) == {"out.txt": "a symbolic link that leads out of the corpus folder"}
    assert [d.path for d in read_documents("in/**/[ad].txt")[0]] == ["a.txt", "sub/d.txt"]
    assert [d.path for d in read_documents(str(tmp_path / "in" / "s*"))[0]] == ["sub/d.txt"]
    with pytest.raises(CorpusError, match="no file has such a name; check the pattern"):
        read_documents("in/*.pdf")
    with pytest.raises(CorpusError, match="no such file or folder"):
        read_documents("nowhere/*.txt")


def test_a_reader_that_fails_loses_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, a_dot_md="Text.", b_dot_txt="Text.")

    def fail(_: InputFile) -> Iterator[Record]:
        yield Record("First.", "utf-8", 1)
        raise ZeroDivisionError

    broken = Format("txt", (".txt",), fail)
    monkeypatch.setattr("rashomon._formats.dispatch.all_formats", lambda: (broken, *all_formats()))
    documents, rows = read_documents(tmp_path)
    assert [document.raw for document in documents] == ["Text.", "First."]
    assert rows["rejects"][0]["reason"] == "its reader (txt) failed: ZeroDivisionError"
    assert rows["files"][1] == {"path": "b.txt", "format": "txt", "note": "", "n_articles": 1, "n_rejects": 1}


def test_what_one_file_states_of_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stated = [
        Metadata({"title": "Ferry sinks", "outlet": "The Pier"}, (), 1),
        Metadata({"outlet": "The Quay"}, ("B.txt",), 2),
        Metadata({"title": "Twice", "outlet": "One"}, (), 3),
        Metadata({"title": "Twice", "outlet": "Another"}, (), 4),
        Metadata({"url": "https://news.example/lost"}, (), 5),
    ]
    about = Format("about", (".about",), lambda _: iter([Note("five"), *stated]), describes_others=True)
    monkeypatch.setattr("rashomon._formats.dispatch.all_formats", lambda: (about, *all_formats()))
    write(tmp_path, a_dot_txt="FERRY SINKS!\nIt sank.", b_dot_txt="Text.", c_dot_txt="Twice\nText.")
    write(tmp_path, z_dot_about="")
    documents, rows = read_documents(tmp_path)
    assert [document.fields.get("outlet") for document in documents] == ["The Pier", "The Quay", None]
    assert rows["files"][-1]["note"] == "five; describes 5 texts"
    assert [(row["path"], row["position"], row["reason"]) for row in rows["rejects"]] == [
        ("z.about", 3, "describes a text that another row describes otherwise: Twice"),
        ("z.about", 4, "describes a text that another row describes otherwise: Twice"),
        ("z.about", 5, "describes a text that is not here: https://news.example/lost"),
    ]


def test_equal_texts_are_numbered_and_no_name_is_given_twice(tmp_path: Path) -> None:
    lines = [json.dumps({"id": name, "text": "One."}) for name in ("a", "a", "a-2", "a", "b", "a")]
    documents, _ = read_documents(write(tmp_path, a_dot_jsonl="\n".join(lines)), as_lines=True)
    assert [document.article_id for document in documents] == ["a", "a-2", "a-2-2", "a-3", "b", "a-4"]
