"""Tiny notebooks for the tests that run some; a test says only what its cells hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

PARAMETERS = 'corpus: str = "seeds"  # folder of articles\nlimit: int = 0  # how many'


def code(source: str, *tags: str, cell_id: str = "") -> Any:
    metadata = {"tags": list(tags)} if tags else {}
    return new_code_cell(source, metadata=metadata, **({"id": cell_id} if cell_id else {}))


def text(source: str, *tags: str) -> Any:
    return new_markdown_cell(source, metadata={"tags": list(tags)} if tags else {})


def build(*cells: Any, parameters: str = PARAMETERS) -> Any:
    notebook = new_notebook(cells=[code(parameters, "parameters", cell_id="parameters"), *cells])
    for place, cell in enumerate(notebook.cells):
        cell["id"] = cell["id"] if cell["id"] == "parameters" else f"cell-{place}"
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return notebook


def write(folder: Path, name: str, *cells: Any, parameters: str = PARAMETERS) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.ipynb"
    nbformat.write(build(*cells, parameters=parameters), path)
    return path


def outputs(notebook: Any, place: int) -> str:
    return "".join(output.get("text", "") for output in notebook.cells[place].outputs)
