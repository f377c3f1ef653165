import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from rashomon import __version__
from rashomon._pages.notebooks import RunError
from rashomon.cli import main
from rashomon.refresh import StaleCell
from rashomon.tables import TABLES

TEXT = "A headline of the day\n\nOfficials said that 1,500 soldiers had left the town on Monday.\n"


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    return folder


@pytest.fixture
def run(monkeypatch, capfdbinary):
    """Run the command line in this process; gives exit code, standard output and standard error."""

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["rashomon", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capfdbinary.readouterr()
        return left.value.code or 0, out, err.decode()

    return call


@pytest.fixture
def reported(monkeypatch, tmp_path):
    """What `rashomon report` asks for, without running a notebook."""
    import rashomon.report

    asked = {}

    def pretend(corpus, **options):
        asked.update(options, corpus=corpus)
        return tmp_path / "out"

    monkeypatch.setattr(rashomon.report, "write_report", pretend)
    return asked


@pytest.mark.parametrize(
    "arguments", [["--help"], ["report", "-h"], ["table", "--help"], ["refresh", "--help"]]
)
def test_help_has_examples(run, arguments):
    code, out, err = run(*arguments)
    assert (code, err) == (0, "")
    assert b"Examples:\n  rashomon " in out


def test_version(run):
    assert run("--version") == (0, f"rashomon {__version__}\n".encode(), "")


def test_help_is_quick_to_load():
    heavy = "pandas,numpy,papermill,nbformat,matplotlib,pyarrow,yaml"
    source = f"import sys, rashomon.cli; print([m for m in '{heavy}'.split(',') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", source], capture_output=True, check=True).stdout == b"[]\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["tabel"], "No such command 'tabel'"),
        (["table", "nothing", "seeds"], "no table 'nothing'; there are articles, parts"),
        (["table", "tone"], "Missing argument 'PATH'"),
        (["table", "tone", "no/such"], "cannot read 'no/such'"),
        (["table", "tone", "seeds", "--format", "xml"], "'xml' is not one of"),
        (["report", "no/such"], "corpus: cannot read 'no/such'"),
        (["report", "-p", "limit"], "-p limit: write it as -p name=value"),
        (["report", "-p", "lmit=3"], "no parameter 'lmit'; there are corpus"),
        (["report", "-p", "limit=three"], "limit: 'three' is no whole number"),
        (["report", "-p", "since=yesterday"], "since: 'yesterday' is no day"),
        (["report", "seeds", "-p", "corpus=other"], "two corpora: 'seeds' and the parameter corpus='other'"),
        (["report", "--params", "no_such.yaml"], "no_such.yaml"),
        (["report", "--jobs", "0"], "0 is not in the range"),
        (["report", "--only", "nothing"], "no notebook 'nothing'; there are 00_start_here"),
        (["report", "--bogus"], "No such option"),
    ],
)
def test_a_wrong_request_is_one_line_and_code_2(run, arguments, message):
    code, out, err = run(*arguments)
    assert (code, out) == (2, b"")
    assert err.startswith("rashomon: ")
    assert message in err
    assert err.count("\n") == 1


def test_report_passes_on_what_is_asked(run, reported, tmp_path):
    params = tmp_path / "p.yaml"
    params.write_text("limit: 5\nsince: 2024-10-01\n")
    set_here = ["-p", "limit=2", "-p", "counted=a=b"]
    other = ["--only", "tone", "--jobs", "3", "--out", tmp_path / "out"]
    code, out, err = run("report", "seeds", "--params", params, *set_here, *other)
    assert (code, err) == (0, "")
    assert out.decode().strip().endswith("index.html")
    assert reported == {
        "corpus": "seeds", "out": str(tmp_path / "out"), "only": ("tone",), "jobs": 3,
        "parameters": {"limit": 2, "since": "2024-10-01", "counted": "a=b"},
    }  # fmt: skip


def test_report_has_a_place_of_its_own(run, reported, tmp_path, monkeypatch):
    from rashomon.read import project_root

    run("report")
    assert (reported["corpus"], reported["out"]) == ("seeds", project_root() / "data" / "reports" / "latest")
    monkeypatch.chdir(tmp_path)
    assert run("report", "-p", "corpus=seeds")[1] == b"out/index.html\n"
    assert (reported["corpus"], reported["out"]) == ("seeds", tmp_path / "report")


@pytest.mark.parametrize("name", list(TABLES))
def test_each_table_is_the_one_that_analyze_gives(run, corpus, name):
    from rashomon.analysis import analyze
    from rashomon.corpus import read_corpus
    from rashomon.export import encode_table

    code, out, err = run("table", name, corpus)
    assert (code, err) == (0, "")
    assert out == encode_table(analyze(read_corpus(corpus))[name], "jsonl")


def test_table_writes_each_format(run, corpus, tmp_path):
    assert run("table", "articles", corpus, "--format", "csv")[1].startswith(b'"article_id","label"')
    parquet = run("table", "articles", corpus, "--format", "parquet")[1]
    assert pd.read_parquet(io.BytesIO(parquet))["raw"].tolist() == [TEXT]
    for name in ("t.csv", "t.parquet", "t.jsonl"):
        assert run("table", "articles", corpus, "--out", tmp_path / name) == (0, b"", "")
    assert json.loads((tmp_path / "t.jsonl").read_text(encoding="utf-8"))["raw"] == TEXT
    assert (tmp_path / "t.parquet").read_bytes() == parquet
    assert run("table", "articles", corpus, "--format", "csv", "--out", tmp_path / "t.data")[0] == 0
    assert (tmp_path / "t.data").read_bytes() == (tmp_path / "t.csv").read_bytes()


def test_parquet_is_not_thrown_at_a_terminal(run, corpus, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    code, _, err = run("table", "articles", corpus, "--format", "parquet")
    assert code == 2
    assert "add --out FILE" in err


def test_table_takes_lines(run, tmp_path):
    lines = tmp_path / "texts.jsonl"
    lines.write_text('{"id": "x1", "text": "Fifty people came."}\n{"id": "x2", "text": "Sixty left."}\n')
    records = [json.loads(line) for line in run("table", "sentences", lines, "--lines")[1].splitlines()]
    assert [(record["article_id"], record["text"]) for record in records] == [
        ("x1", "Fifty people came."), ("x2", "Sixty left."),
    ]  # fmt: skip


def test_what_could_not_be_read_is_one_line_on_standard_error(run, corpus):
    (corpus / "b.bin").write_bytes(b"\x00\x01")
    code, out, err = run("table", "articles", corpus, "--format", "csv")
    assert (code, out.count(b"\n")) == (0, 2)
    assert err.startswith("rashomon: 1 could not be read, first b.bin: ")
    assert err.count("\n") == 1
    code, out, err = run("table", "rejects", corpus)
    assert (code, err) == (0, "")
    assert json.loads(out)["path"] == "b.bin"


def test_a_file_that_cannot_be_written_is_one_line(run, corpus, tmp_path):
    code, _, err = run("table", "articles", corpus, "--out", tmp_path / "none" / "t.csv")
    assert code == 2
    assert err.startswith("rashomon: No such file or directory: ")
    assert err.count("\n") == 1


def test_a_reader_that_has_seen_enough_is_no_error(corpus):
    command = f'"{sys.executable}" -c "from rashomon.cli import main; main()" table lines "{corpus}"'
    shell = subprocess.run(["bash", "-c", f"set -o pipefail; {command} | true"], capture_output=True)
    assert (shell.returncode, shell.stderr) == (0, b"")


def test_refresh_tells_what_is_stale(run, monkeypatch):
    import rashomon.refresh

    stale = [StaleCell("01_x.ipynb", "a", "the picture is another")]
    monkeypatch.setattr(rashomon.refresh, "refresh_notebooks", lambda *_, **__: stale)
    line = b"01_x.ipynb: cell a: the picture is another\n"
    assert run("refresh") == (0, line, "")
    code, out, err = run("refresh", "--check")
    assert (code, out) == (1, line)
    assert err == "rashomon: 1 outputs are not what the code makes now; run rashomon refresh\n"
    monkeypatch.setattr(rashomon.refresh, "refresh_notebooks", lambda *_, **__: [])
    assert run("refresh", "--check") == (0, b"", "")


def failing_with(monkeypatch, error):
    import rashomon.refresh

    def fail(*_, **__):
        raise error

    monkeypatch.setattr(rashomon.refresh, "refresh_notebooks", fail)


def test_readme_shows_what_the_table_of_quantities_holds(run, tmp_path):
    """The worked example by which others score us."""
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    sentences = re.findall(r'^\{"id": .*\}$', readme, re.MULTILINE)
    lines = tmp_path / "sentences.jsonl"
    lines.write_text("\n".join(sentences) + "\n", "utf-8")
    found = [json.loads(row) for row in run("table", "quantities", lines, "--lines")[1].splitlines()]
    told = [
        [cell.strip() for cell in row.split("|")[1:-1]]
        for row in readme.splitlines()
        if re.match(r"\| s\d", row)
    ]
    [header] = [row.strip("|").split("|") for row in readme.splitlines() if row.startswith("| article_id |")]
    columns = [name.strip() for name in header]
    words = {None: "–", "": "–", True: "yes", False: "no"}
    assert len(sentences) == 3
    assert [[words.get(row[c], str(row[c])) for c in columns] for row in found] == told


def test_a_failing_notebook_is_code_1(run, monkeypatch):
    failing_with(monkeypatch, RunError("01_x.ipynb", "a (1/0)", "ZeroDivisionError: division by zero"))
    assert run("refresh") == (
        1,
        b"",
        "rashomon: 01_x.ipynb: cell a (1/0): ZeroDivisionError: division by zero\n",
    )


def test_a_fault_of_ours_shows_where_it_is(monkeypatch):
    failing_with(monkeypatch, ValueError("a bug"))
    monkeypatch.setattr(sys, "argv", ["rashomon", "refresh"])
    with pytest.raises(ValueError, match="a bug"):
        main()


def test_an_interrupt_leaves_at_once(run, monkeypatch):
    failing_with(monkeypatch, KeyboardInterrupt())

    def leave(code):
        raise SystemExit(code)

    monkeypatch.setattr(os, "_exit", leave)
    code, _, err = run("refresh")
    assert (code, err.strip()) == (130, "rashomon: interrupted; nothing was changed")
