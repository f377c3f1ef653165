"""Every notebook keeps the house's form, and strict nbval finds in it what the code makes now."""

from __future__ import annotations

import ast
import base64
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from rashomon.parameters import PARAMETERS

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
SECTIONS = (
    "## Does it measure what we say?",
    "## How sure are we?",
    "## What this cannot tell you",
    "## Your turn",
    "## Summary",
)
CARD = ("Question", "Data", "Method", "Minutes", "Before this", "You will have")
PARAMETER = re.compile(r"(?P<name>\w+): (?P<type>str|int|float|bool) = (?P<value>.+?)  # (?P<help>[^#=]+)")
MACHINE = re.compile(r"(?<![\w.~:/])/(?:home|root|Users|work|tmp|opt|var)/\w|\b[A-Z]:\\\\?\w")

Cell = dict[str, Any]
pytestmark = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def cells_of(path: Path, *, kind: str = "") -> list[Cell]:
    """Give a notebook's cells, of one kind or all, each with its source as one string."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    joined = [{**cell, "source": "".join(cell["source"])} for cell in cells]
    return [cell for cell in joined if kind in ("", cell["cell_type"])]


def tagged(path: Path, tag: str) -> list[Cell]:
    return [cell for cell in cells_of(path) if tag in cell["metadata"].get("tags", ())]


def outputs_of(path: Path) -> list[Cell]:
    return [output for cell in cells_of(path, kind="code") for output in cell["outputs"]]


class TestForm:
    def test_was_run_top_to_bottom(self, path: Path) -> None:
        counts = [cell["execution_count"] for cell in cells_of(path, kind="code")]
        assert counts == list(range(1, len(counts) + 1))

    def test_is_short(self, path: Path) -> None:
        assert len(cells_of(path)) <= 30
        long = [c["id"] for c in cells_of(path, kind="code") if len(c["source"].splitlines()) > 12]
        assert not long

    def test_imports_stand_in_one_cell(self, path: Path) -> None:
        code = {cell["id"]: ast.parse(cell["source"]) for cell in cells_of(path, kind="code")}
        importing = [
            cell_id
            for cell_id, tree in code.items()
            if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(tree))
        ]
        assert len(importing) == 1

    def test_is_plain_python(self, path: Path) -> None:
        for cell in cells_of(path, kind="code"):
            ast.parse(cell["source"])  # neither ! nor % is Python at the start of a line
            lines = [line for line in cell["source"].splitlines() if line.strip()]
            assert not [line for line in lines if re.match(r"\s*[!%?]", line)], cell["id"]
            # Under nbval a trailing semicolon silences nothing, so the outputs would differ.
            assert not lines[-1].rstrip().endswith(";"), cell["id"]

    def test_defines_little(self, path: Path) -> None:
        code = "\n".join(cell["source"] for cell in cells_of(path, kind="code"))
        defined = [n for n in ast.walk(ast.parse(code)) if isinstance(n, ast.FunctionDef | ast.ClassDef)]
        assert len(defined) <= 2
        for each in defined:
            assert isinstance(each, ast.FunctionDef)
            assert len(ast.unparse(each).splitlines()) <= 8

    def test_says_nothing_on_stderr(self, path: Path) -> None:
        outputs = outputs_of(path)
        assert outputs
        assert not [o for o in outputs if o["output_type"] == "error" or o.get("name") == "stderr"]

    def test_names_no_machine(self, path: Path) -> None:
        texts = [cell["source"] for cell in cells_of(path)]
        for output in outputs_of(path):
            kept = {k: v for k, v in output.get("data", {}).items() if not k.startswith("image/png")}
            texts.append(json.dumps([kept, output.get("text", "")], ensure_ascii=False))
        assert not [hit.group() for text in texts for hit in MACHINE.finditer(text)]
        assert not [text for text in texts if str(ROOT) in text or str(Path.home()) + "/" in text]

    def test_cell_ids_are_words(self, path: Path) -> None:
        ids = [cell["id"] for cell in cells_of(path)]
        assert len(set(ids)) == len(ids)
        assert not [each for each in ids if not re.fullmatch(r"[a-z]{2,}(-[a-z0-9]+)*", each)]
        assert not [each for each in ids if re.fullmatch(r"[0-9a-f]{8}", each)]  # as Jupyter makes them

    def test_metadata_is_bare(self, path: Path) -> None:
        notebook = json.loads(path.read_text("utf-8"))
        assert notebook["metadata"]["kernelspec"]["name"] == "python3"
        assert "papermill" not in notebook["metadata"]
        assert not [c["id"] for c in notebook["cells"] if {"papermill", "execution"} & c["metadata"].keys()]


class TestLesson:
    def test_title_is_the_question(self, path: Path) -> None:
        title, *card = cells_of(path)[0]["source"].strip().splitlines()
        assert re.fullmatch(r"# \S.*\?", title)
        assert all(any(name in line for line in card) for name in CARD)

    def test_goals_match_sections(self, path: Path) -> None:
        goals = re.findall(r"^(?:\d\.|[-*]) ", cells_of(path)[1]["source"], re.MULTILINE)
        headings = [c["source"].split("\n")[0] for c in cells_of(path, kind="markdown")]
        steps = [h for h in headings if h.startswith("## ") and not h.startswith(SECTIONS)]
        assert 3 <= len(goals) <= 4
        assert len(steps) >= len(goals)

    def test_has_every_section_once_and_in_order(self, path: Path) -> None:
        headings = [c["source"].split("\n")[0] for c in cells_of(path, kind="markdown")]
        found = [section for heading in headings for section in SECTIONS if heading.startswith(section)]
        assert found == list(SECTIONS)

    def test_admits_three_limits(self, path: Path) -> None:
        texts = [cell["source"] for cell in cells_of(path, kind="markdown")]
        [limits] = [text for text in texts if text.startswith(SECTIONS[2])]
        assert len(re.findall(r"^[-*] ", limits, re.MULTILINE)) == 3

    def test_answers_assert_themselves_and_are_hidden(self, path: Path) -> None:
        answers = tagged(path, "answer")
        assert answers
        for cell in answers:
            assert any(isinstance(node, ast.Assert) for node in ast.walk(ast.parse(cell["source"])))
            assert cell["metadata"]["jupyter"]["source_hidden"] is True

    def test_exercise_runs_from_a_stub(self, path: Path) -> None:
        kinds = [cell["cell_type"] for cell in tagged(path, "exercise")]
        assert "markdown" in kinds
        assert "code" in kinds

    def test_tables_are_short(self, path: Path) -> None:
        for cell in cells_of(path, kind="code"):
            for output in cell["outputs"]:
                html = "".join(output.get("data", {}).get("text/html", ""))
                # An article is text, and the inputs are listed in full.
                if "class='rashomon'" in html and cell["id"] not in ("inputs", "versions"):
                    assert count_rows(html) <= 10, cell["id"]

    def test_figures_have_words_and_colors(self, path: Path) -> None:
        pictures = [output for output in outputs_of(path) if "image/png" in output.get("data", {})]
        assert pictures
        for output in pictures:
            alt = output["metadata"].get("image/png", {}).get("alt", "")
            assert len(alt.split()) >= 5
            assert base64.b64decode("".join(output["data"]["image/png"])).startswith(b"\x89PNG")
            assert re.search(r"\bn = \d|\b\d+ of \d+\b", alt), f"how many is missing: {alt}"

    def test_figure_follows_the_table_it_draws(self, path: Path) -> None:
        seen_table = False
        for cell in cells_of(path, kind="code"):
            for output in cell["outputs"]:
                data = output.get("data", {})
                assert "image/png" not in data or seen_table, cell["id"]
                seen_table |= "text/html" in data


class TestParameters:
    def test_one_cell_holds_them_and_nothing_else(self, path: Path) -> None:
        [cell] = tagged(path, "parameters")
        lines = cell["source"].splitlines()
        assert 1 <= len(lines) <= 8
        for line in lines:
            written = PARAMETER.fullmatch(line)
            assert written, line
            declared = PARAMETERS[written["name"]]
            assert type(ast.literal_eval(written["value"])) is declared.kind
            assert written["type"] == declared.kind.__name__
            assert ast.literal_eval(written["value"]) == declared.default

    def test_papermill_explains_each(self, path: Path) -> None:
        from papermill import inspect_notebook

        [cell] = tagged(path, "parameters")
        found = inspect_notebook(str(path))
        assert list(found) == [line.split(":")[0] for line in cell["source"].splitlines()]
        for name, about in found.items():
            assert about["help"].strip(), name
            assert about["inferred_type_name"] == PARAMETERS[name].kind.__name__

    def test_every_notebook_says_the_same_of_one_name(self, path: Path) -> None:
        def lines(notebook: Path) -> dict[str, str]:
            [cell] = tagged(notebook, "parameters")
            return {line.split(":")[0]: line for line in cell["source"].splitlines()}

        mine = lines(path)
        for theirs in map(lines, NOTEBOOKS):
            shared = mine.keys() & theirs.keys()
            assert {name: mine[name] for name in shared} == {name: theirs[name] for name in shared}


class TestNbval:
    def test_compares_all_cells_but_one(self, path: Path) -> None:
        [ignored] = tagged(path, "nbval-ignore-output")
        assert cells_of(path)[-1]["id"] == ignored["id"]
        others = [c for c in cells_of(path, kind="code") if c["id"] != ignored["id"]]
        tags = {tag for cell in others for tag in cell["metadata"].get("tags", ())}
        assert not {tag for tag in tags if tag.startswith("nbval") or tag == "raises-exception"}
        assert not [cell["id"] for cell in others if "NBVAL" in cell["source"]]

    @pytest.mark.slow
    def test_strict_nbval_passes_from_any_folder(self, path: Path, tmp_path: Path) -> None:
        # Not the settings of this very run: the notebook must pass for whoever types the command.
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "COV_"))}
        command = [
            sys.executable,
            "-m",
            "pytest",
            "--nbval",
            "--nbval-current-env",
            "-q",
            "-p",
            "no:cacheprovider",
        ]
        child = subprocess.run(
            [*command, str(path)],
            cwd=tmp_path,
            env=inherited,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        n = len(cells_of(path, kind="code"))
        assert child.returncode == 0, child.stdout[-3000:] + child.stderr[-1000:]
        assert re.search(rf"^{n} passed in ", child.stdout, re.MULTILINE), child.stdout[-300:]


class _Rows(HTMLParser):
    n = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.n += tag == "tr"


def count_rows(html: str) -> int:
    """Count the rows in the body of a table."""
    parser = _Rows()
    parser.feed(html.partition("<tbody>")[2])
    return parser.n
