import csv
import hashlib
import json
import os
import re
import shutil
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from test_markup import Reader
from toy_notebooks import code, text, write

from rashomon import report
from rashomon._output_folders import replace_folder
from rashomon._pages.notebooks import RunError
from rashomon.parameters import ParameterError
from rashomon.read import CorpusError, project_root
from rashomon.report import path_from_root, write_report
from rashomon.tables import TABLES

HOSTILE = """\
<script>alert(1)</script> ruins the =cmd() market, 2,500 say

By Ann Example

October 22, 2024

</td></table></main> The mayor said that 1,500 soldiers and $10 vs $12 were lost.
She said "ignore previous instructions and {{x}}" to about 300 people on Monday.
=cmd()|' /C calc'!A0 and [click here](javascript:alert(1)) cost $x$ or more.
"""
PLAIN = "A plain article\n\nOfficials said that 1,500 soldiers had left on Monday, and about 300 stayed.\n"
SHOWS = """\
from IPython.display import HTML, display
import rashomon
news = rashomon.read_corpus(corpus)
article = news.articles[news.articles["label"] == "a"].iloc[0]
display(HTML(article["raw"]))
print(article["raw"])
at = f'<span class="rashomon-at" data-article="{article.article_id}" data-start="3" data-end="9">here</span>'
HTML(f"<table><tr><td>{at}</td></tr></table>")"""


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def without_run(data: bytes) -> list[bytes]:
    return [line for line in data.splitlines() if not line.startswith(b' "run"')]


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A corpus with a hostile article and a binary file, and two notebooks that show what they read."""
    place = tmp_path_factory.mktemp("place")
    (place / "corpus").mkdir()
    (place / "corpus" / "a_hostile.txt").write_text(HOSTILE, encoding="utf-8")
    (place / "corpus" / "b_plain.txt").write_text(PLAIN, encoding="utf-8")
    (place / "corpus" / "c.bin").write_bytes(b"\\x00\\x01\\x02")
    notebooks = place / "notebooks"
    write(
        notebooks,
        "01_shows",
        text("# What is shown?\n\n[on](02_adds.ipynb) [not here](03_none.ipynb)"),
        code(SHOWS),
    )
    write(notebooks, "02_adds", text("# What is it?"), code("print(limit)"))
    return place


@pytest.fixture(scope="module")
def folder(place):
    return write_report(
        str(place / "corpus"), out=place / "out" / "report", notebooks=place / "notebooks", progress=False
    )


def test_the_folder_holds_what_it_should(place, folder):
    names = set(snapshot(folder))
    assert {"index.html", "01_shows.html", "02_adds.html", "manifest.json"} <= names
    assert {f"tables/{name}.{ending}" for name in TABLES for ending in ("csv", "parquet")} <= names
    assert len([name for name in names if name.startswith("articles/")]) == 2
    assert len(names) == 4 + 2 * len(TABLES) + 2
    assert [path.name for path in folder.parent.iterdir()] == ["report"]
    assert oct(folder.stat().st_mode)[-3:] == oct(place.joinpath("corpus").stat().st_mode)[-3:]


def test_nothing_is_active_and_nothing_is_loaded(folder):
    for name, data in snapshot(folder).items():
        if not name.endswith(".html"):
            continue
        seen = Reader(data.decode())
        assert not {"script", "iframe", "form", "input", "object", "embed", "svg", "base", "link"} & set(
            seen.tags
        )
        assert not [attribute for attribute, _ in seen.attributes if attribute.startswith("on")]
        addresses = [value for attribute, value in seen.attributes if attribute in ("href", "src")]
        assert all(re.match(r"(\.\./)?[\w/.-]*(#[\w-]+)?$|data:image/", address) for address in addresses), (
            name
        )
        assert "default-src 'none'" in data.decode()


def test_hostile_words_are_readable_in_the_notebook_page(folder):
    page = (folder / "01_shows.html").read_text(encoding="utf-8")
    seen = Reader(page)
    for words in (
        "alert(1)</script> ruins",
        "</td></table></main> The mayor",
        "{{x}}",
        "[click here](javascript:",
        "$x$",
    ):
        assert words in seen.text
    assert page.count("</main>") == 1
    assert '<a href="02_adds.html">on</a> not here' in page


def test_every_link_leads_somewhere(folder):
    for name, data in snapshot(folder).items():
        if not name.endswith(".html"):
            continue
        for attribute, value in Reader(data.decode()).attributes:
            if attribute == "href":
                path, _, anchor = value.partition("#")
                target = (folder / name).parent / path if path else folder / name
                assert target.is_file(), (name, value)
                assert not anchor or f'id="{anchor}"' in target.read_text(encoding="utf-8"), (name, value)
    evidence = re.findall(r'<a href="(articles/\w+\.html#s1)" class="rashomon-at">here</a>',
                          (folder / "01_shows.html").read_text(encoding="utf-8"))  # fmt: skip
    assert len(evidence) == 1


def test_numbers_are_marked_in_the_article(folder):
    pages = [p.read_text(encoding="utf-8") for p in (folder / "articles").iterdir()]
    assert any(re.search(r'<mark class="[^"]*quantity[^"]*" title="[^"]*">1,500', page) for page in pages)
    assert all("=cmd()" not in page or "sha256" in page for page in pages)


def test_the_tables_come_back(folder):
    for name in TABLES:
        exact = pd.read_parquet(folder / "tables" / f"{name}.parquet")
        assert list(exact.columns) == TABLES[name].names
        with (folder / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream))
        assert len(rows) == len(exact) + 1
        assert rows[0] == [column for column in TABLES[name].names if column != "raw"]
        assert not [cell for row in rows[1:] for cell in row if cell.startswith(("=", "@", "\t"))]
    assert HOSTILE in pd.read_parquet(folder / "tables" / "articles.parquet")["raw"].tolist()


def test_the_manifest_says_what_the_report_was_made_from(place, folder):
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    files = snapshot(folder)
    assert manifest["files"] == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != "manifest.json"
    }
    digests = {entry["path"]: entry["sha256"] for entry in manifest["inputs"]}
    assert digests == {
        name: hashlib.sha256((place / "corpus" / name).read_bytes()).hexdigest()
        for name in ("a_hostile.txt", "b_plain.txt")
    }
    assert [entry["path"] for entry in manifest["rejects"]] == ["c.bin"]
    assert manifest["parameters"]["limit"] == 0
    assert manifest["parameters"]["corpus"] == str(place / "corpus")
    assert list(manifest["notebooks"]) == ["01_shows.ipynb", "02_adds.ipynb"]
    assert manifest["rows"]["articles"] == 2
    assert set(manifest["run"]) == {"time", "python", "versions"}
    assert "c.bin" in (folder / "index.html").read_text(encoding="utf-8")


def test_the_same_again_is_the_same_but_for_one_line(place, folder, monkeypatch):
    before = snapshot(folder)
    corpus = place / "corpus"
    entries = [(path.name, path.read_bytes()) for path in corpus.iterdir()]
    shutil.rmtree(corpus)
    corpus.mkdir()
    for name, data in sorted(entries, reverse=True):
        (corpus / name).write_bytes(data)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setenv("PYTHONHASHSEED", "5")
    monkeypatch.chdir(place)
    again = write_report(str(corpus), out="out/report", notebooks="notebooks", jobs=1, progress=False)
    after = snapshot(again)
    assert again == folder
    assert list(after) == list(before)
    manifests = before.pop("manifest.json"), after.pop("manifest.json")
    assert [name for name in before if before[name] != after[name]] == []
    assert without_run(manifests[0]) == without_run(manifests[1])
    assert len(manifests[0].splitlines()) == len(without_run(manifests[0])) + 1


def test_a_failing_notebook_leaves_the_old_report_and_is_kept(place, folder, tmp_path):
    write(tmp_path / "notebooks", "04_fails", code("fine = 1"), code("raise ValueError('no')"))
    before = snapshot(folder)
    with pytest.raises(RunError, match=r"04_fails\.ipynb: cell cell-2 .*ValueError: no; see"):
        write_report(str(place / "corpus"), out=folder, notebooks=tmp_path / "notebooks", progress=False)
    assert snapshot(folder) == before
    kept = folder.parent / "04_fails.failed.ipynb"
    assert sorted(path.name for path in folder.parent.iterdir()) == [kept.name, "report"]
    kept.unlink()


@pytest.fixture
def no_run(monkeypatch):
    """No notebook may run: the request is refused before."""

    def fail(*_, **__):
        raise AssertionError("a notebook ran")

    monkeypatch.setattr(report, "run_notebooks", fail)


@pytest.mark.usefixtures("no_run")
def test_a_folder_that_is_not_ours_is_never_touched(place, tmp_path):
    def refuse(out, message, corpus=place / "corpus"):
        before = snapshot(tmp_path)
        with pytest.raises(ParameterError, match=message) as caught:
            write_report(str(corpus), out=out, notebooks=place / "notebooks")
        assert snapshot(tmp_path) == before
        assert "give another --out" in str(caught.value)

    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "thesis.txt").write_text("mine")
    refuse(taken, "is not empty and not of rashomon report")
    (taken / "manifest.json").write_text('{"generator": "another"}')
    refuse(taken, "is not empty and not of rashomon report")
    (taken / "manifest.json").write_text('{"generator": "rashomon report", "files": {}}')
    refuse(taken, "holds 'thesis.txt', not of rashomon report")
    refuse(taken / "thesis.txt", "is not empty and not of rashomon report")
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text(PLAIN)
    refuse(tmp_path / "corpus" / "report", "lies in the corpus", corpus=tmp_path / "corpus")
    refuse(tmp_path / "corpus", "holds the corpus", corpus=tmp_path / "corpus")
    refuse(tmp_path, "holds the corpus", corpus=tmp_path / "corpus")


@pytest.mark.usefixtures("no_run")
@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"parameters": {"bogus": 1}}, ParameterError, "no parameter 'bogus'"),
        ({"parameters": {"limit": -1}}, ParameterError, "below 0"),
        ({"only": ["nothing"]}, ParameterError, "no notebook 'nothing'; there are 01_shows, 02_adds"),
        ({"corpus": "no/such"}, ParameterError, "corpus: cannot read 'no/such'"),
        ({"corpus": "EMPTY"}, CorpusError, "nothing to read"),
    ],
)
def test_a_wrong_request_is_refused_at_once(place, tmp_path, options, error, message):
    (tmp_path / "empty").mkdir()
    corpus = options.pop("corpus", str(place / "corpus")).replace("EMPTY", str(tmp_path / "empty"))
    with pytest.raises(error, match=message) as caught:
        write_report(corpus, out=tmp_path / "out", notebooks=place / "notebooks", **options)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_parameters_reach_notebooks_and_tables_alike(place, tmp_path, monkeypatch):
    monkeypatch.chdir(place)
    words = place / "words.csv"
    words.write_text("word,weight\nplain,1\nlost,-1\n", encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    (out / ".DS_Store").write_text("")
    values = {"limit": 1, "word_list": "words.csv"}
    write_report(
        "corpus", out=out, notebooks="notebooks", only=["adds"], parameters={"limit": 1}, progress=False
    )
    assert "<pre>1\n</pre>" in (out / "02_adds.html").read_text(encoding="utf-8")
    assert not (out / "01_shows.html").exists()
    assert len(pd.read_parquet(out / "tables" / "articles.parquet")) == 1
    manifest = report._manifest(out, report.read_corpus("corpus"), {}, values=values, notebooks=[])
    assert json.loads(manifest)["inputs"][-1]["sha256"] == hashlib.sha256(words.read_bytes()).hexdigest()
    there = report._for_kernels({"corpus": "corpus", **values})
    assert (project_root() / there["word_list"]).resolve() == words.resolve()
    assert there["limit"] == 1


def test_the_old_report_comes_back_should_renaming_fail(tmp_path, monkeypatch):
    old, new = tmp_path / "report", tmp_path / ".report.part"
    old.mkdir()
    new.mkdir()
    (old / "index.html").write_text("old")
    real = os.replace

    def fail(source, target):
        if Path(source) == new:
            raise OSError("disk full")
        real(source, target)

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        replace_folder(old, new)
    assert (old / "index.html").read_text() == "old"
    shutil.rmtree(old)
    with pytest.raises(OSError, match="disk full"):
        replace_folder(old, new)


def test_paths_mean_the_same_from_the_project(tmp_path, monkeypatch):
    root = project_root()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    assert path_from_root("seeds") == "seeds"
    there = path_from_root("mine")
    assert not os.path.isabs(there)
    assert (root / there).resolve() == (tmp_path / "mine").resolve()
    monkeypatch.setattr(os.path, "relpath", lambda *_: (_ for _ in ()).throw(ValueError))
    assert path_from_root("mine") == (tmp_path / "mine").resolve().as_posix()


def test_a_report_on_a_table_a_page_and_an_archive(tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    text = "The ferry sank on Monday, and all 12 of its crew got safely home, Mayor Ann Gray said."
    (source / "a.csv").write_text(
        f'title,text,date,outlet\nFerry sinks,"{text}",2024-05-03,The Pier\n', "utf-8"
    )
    (source / "b.html").write_text(
        f"<h1>Ferry sinks</h1><time>4 May 2024</time><p>{text} {text}</p>", "utf-8"
    )
    with zipfile.ZipFile(source / "c.zip", "w") as archive:
        archive.writestr("in/c.txt", f"Ferry sinks\n5 May 2024\n{text} It was the third this year.")
    (source / "bad.xyz").write_bytes(b"?")
    folder = write_report(str(source), out=tmp_path / "report", only=["01"], progress=False)
    index = (folder / "index.html").read_text("utf-8")
    assert index.count("articles/") >= 3
    assert "files ending in .xyz are not supported" in index
    pages = "".join(path.read_text("utf-8") for path in (folder / "articles").glob("*.html"))
    assert "published “<bdi>2024-05-03</bdi>”" in pages
