"""Notebooks run unchanged under papermill: named sets of parameters, any folder, and nothing stale."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from rashomon.parameters import PARAMETERS
from rashomon.runner import declared_parameters, run_notebook

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
NAMED = sorted((ROOT / "notebooks" / "params").glob("*.yaml"))
DECLARED = {path: set(declared_parameters(path)) for path in NOTEBOOKS}
VALUES: dict[Path, dict[str, Any]] = {path: yaml.safe_load(path.read_text("utf-8")) for path in NAMED}
RUNS = [(named, path) for named in NAMED for path in NOTEBOOKS if VALUES[named].keys() <= DECLARED[path]]
pytestmark = pytest.mark.slow

HARBOR = """Harbor reopens after storm

By Ana Ruiz

The harbor reopened on Monday. About 40 boats were lost, the mayor said.

“We counted 38 boats,” said Lena Holm, who runs the port.
"""
TIDES = """Storm sinks dozens of boats

At least 25 boats sank in the harbor, according to the coast guard.
"""


def run(command: list[str | Path], *, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run one of the environment's programs, without the settings of this test run."""
    program = Path(sys.executable).with_name(str(command[0]))
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return subprocess.run(
        [program, *command[1:]],
        cwd=cwd,
        env=inherited,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def shown_in(notebook: dict[str, Any]) -> str:
    """Join all that the cells of an executed notebook show."""
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", ())]
    assert not [output for output in outputs if output["output_type"] == "error"]
    assert not [output["text"] for output in outputs if output.get("name") == "stderr"]
    texts = [output.get("data", {}).get("text/plain", output.get("text", "")) for output in outputs]
    return "\n".join("".join(text) for text in texts)


@pytest.mark.parametrize("named", NAMED, ids=lambda path: path.stem)
def test_named_run_is_of_known_parameters(named: Path) -> None:
    assert VALUES[named].keys() <= PARAMETERS.keys()
    assert any(named == each for each, _ in RUNS), "no notebook declares these parameters"
    assert named.read_text("utf-8").startswith("# "), "say in the first line what the run is for"


@pytest.mark.parametrize(("named", "path"), RUNS, ids=lambda path: path.stem)
def test_named_run(named: Path, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied = Path(shutil.copy(path, tmp_path))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    executed = run_notebook(copied, tmp_path / "out.ipynb", parameters=VALUES[named])
    shown = shown_in(executed)
    for value in VALUES[named].values():
        assert str(value) in shown


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_plain_papermill_on_other_articles(path: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "some folder"
    corpus.mkdir()
    (corpus / "harbor.txt").write_text(HARBOR, "utf-8")
    (corpus / "tides.txt").write_text(TIDES, "utf-8")
    out = tmp_path / "out.ipynb"
    child = run(["papermill", "--no-progress-bar", path, out, "-p", "corpus", corpus], cwd=tmp_path)
    assert child.returncode == 0, child.stderr[-2000:]
    executed = json.loads(out.read_text("utf-8"))
    outputs = [output for cell in executed["cells"] for output in cell.get("outputs", ())]
    assert not [output for output in outputs if output["output_type"] == "error"]
    assert "harbor" in json.dumps(outputs)


@pytest.mark.parametrize(
    ("text", "counted", "sentence"),
    [
        (TIDES, "submarines", "No figure here counts 'submarines': try another word"),
        (TIDES, "ships", "Claims about ships, n = 2 of 2 figures"),
        ("A quiet day\n\nNothing happened, the mayor said.\n", "", "No figure was found here"),
        (
            "A day of numbers\n\nIt is 7, she said. Then 4.\n",
            "",
            "Claims about what no text names, n = 2 of 2",
        ),
    ],
)
def test_quantities_that_are_not_there_are_one_sentence(
    text: str, counted: str, sentence: str, tmp_path: Path
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text(text, "utf-8")
    [path] = [path for path in NOTEBOOKS if path.stem == "03_quantities"]
    values = {"corpus": str(corpus), "counted": counted}
    assert sentence in shown_in(run_notebook(path, tmp_path / "out.ipynb", parameters=values))


FRENCH = "Le port a rouvert lundi. Des bateaux ont été perdus dans la nuit, a dit le maire de la ville.\n"
NOT_ENOUGH = ("No name has five mentions with one teller: not enough text", "0 with enough text")


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (HARBOR, NOT_ENOUGH),
        (FRENCH, (*NOT_ENOUGH, "No article here holds a word of VADER's list in English")),
        ("Rain.\n", ("No sentence here can be scored", "they make nothing, for no sentence has a score")),
        ("Home\nLogin\n", ("No sentence here can be scored",)),
    ],
)
def test_tone_of_too_little_text_is_one_sentence(
    text: str, sentences: tuple[str, ...], tmp_path: Path
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text(text, "utf-8")
    [path] = [path for path in NOTEBOOKS if path.stem == "04_tone"]
    shown = shown_in(run_notebook(path, tmp_path / "out.ipynb", parameters={"corpus": str(corpus)}))
    assert [sentence for sentence in sentences if sentence not in shown] == []


def test_one_bad_corpus_is_one_clear_line(tmp_path: Path) -> None:
    out = tmp_path / "out.ipynb"
    child = run(
        ["papermill", "--no-progress-bar", NOTEBOOKS[0], out, "-p", "corpus", "no such folder"], cwd=tmp_path
    )
    assert child.returncode != 0
    assert "'no such folder'" in child.stderr.strip().splitlines()[-1]


def test_committed_outputs_are_what_the_code_makes() -> None:
    """Figures too, which nbval does not compare."""
    child = run(["rashomon", "refresh", "--check", "--jobs", "2"], cwd=ROOT)
    assert child.returncode == 0, f"run: make refresh\n{child.stdout}{child.stderr[-2000:]}"
