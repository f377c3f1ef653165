"""Run the committed notebooks again, in place, so that their outputs are what the code makes now.

A second refresh changes no byte: what papermill and Jupyter write about a run is left out, and an
output that says the same as the committed one leaves the committed bytes alone.
"""

from __future__ import annotations

import base64
import copy
import io
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rashomon._pages.notebooks import list_notebooks, read_notebook
from rashomon.export import write_whole
from rashomon.runner import run_notebooks

if TYPE_CHECKING:
    from nbformat import NotebookNode

IGNORED_TAG = "nbval-ignore-output"
# The share of a color channel two pictures may differ by. No pixel may differ more: a point that moved is
# a hundred pixels of a million, and the versions that draw are pinned.
_TOLERANCE = 0.02
_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
Output = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StaleCell:
    """A cell whose committed output is not what the code makes now."""

    notebook: str
    cell_id: str
    what: str

    def __str__(self) -> str:
        return f"{self.notebook}: cell {self.cell_id}: {self.what}"


def refresh_notebooks(
    folder: str | Path, *, check: bool = False, jobs: int = 2, only: Sequence[str] = (), progress: bool = True
) -> list[StaleCell]:
    """Run the notebooks of a folder with their default parameters and keep what they show.

    Parameters
    ----------
    folder : str or Path
        Holds the notebooks.
    check : bool
        Compare only; no file is changed.
    jobs : int
        How many notebooks to run at a time.
    only : sequence of str
        Notebooks to run, as in `list_notebooks`; all when left out.
    progress : bool
        Whether to draw a bar, when standard error is a terminal.

    Returns
    -------
    list of StaleCell
        Every cell whose output was not what the code makes now, in order. Texts must be equal,
        pictures equal to the eye. A cell tagged ``nbval-ignore-output`` is never stale.

    Raises
    ------
    RunError
        When a notebook fails; no notebook is then changed, and it is kept as ``NAME.failed.ipynb``.
    """
    chosen = list_notebooks(folder, only=only)
    with tempfile.TemporaryDirectory(prefix="rashomon-") as aside:
        executed = run_notebooks(
            {path: Path(aside) / path.name for path in chosen}, jobs=jobs, keep=folder, progress=progress
        )
    stale: list[StaleCell] = []
    for path in chosen:
        committed = read_notebook(path)
        fresh, found = _merge(committed, executed[path.stem], path.name)
        data = _serialize(fresh)
        if data != path.read_bytes() and not found:
            found = [StaleCell(path.name, "(any)", "not as a refresh writes it: counts, metadata or layout")]
        stale += found
        if found and not check:
            write_whole(path, data)
    return stale


def compare_outputs(committed: Sequence[Output], fresh: Sequence[Output]) -> str:
    """Say how two cells' outputs differ.

    Parameters
    ----------
    committed, fresh : sequence of output
        Outputs as nbformat has them.

    Returns
    -------
    str
        What differs, ``""`` when nothing does: texts exactly, pictures by their pixels.

    Examples
    --------
    >>> shown = {"output_type": "stream", "name": "stdout", "text": "2"}
    >>> compare_outputs([shown], [shown]), compare_outputs([shown], [])
    ('', '1 outputs are committed, there are 0 now')
    """
    if len(committed) != len(fresh):
        return f"{len(committed)} outputs are committed, there are {len(fresh)} now"
    for old, new in zip(committed, fresh, strict=True):
        before, now = _strip_output(old), _strip_output(new)
        pictures = [kind for kind in before.get("data", {}) if kind.startswith("image/")]
        for kind in pictures:
            if kind not in now.get("data", {}) or not _look_alike(before["data"][kind], now["data"][kind]):
                return f"the picture ({kind}) is another"
            now["data"][kind] = before["data"][kind]
        if before != now:
            return f"the {_kind_of(old)} output is another"
    return ""


def _merge(
    committed: NotebookNode, executed: NotebookNode, name: str
) -> tuple[NotebookNode, list[StaleCell]]:
    """Take the committed notebook with fresh outputs, where these say something else."""
    fresh = copy.deepcopy(committed)
    fresh.metadata = {"kernelspec": dict(_KERNEL), "language_info": {"name": "python"}}
    fresh.nbformat, fresh.nbformat_minor = 4, 5
    stale, count = [], 0
    for place, (cell, old, new) in enumerate(zip(fresh.cells, committed.cells, executed.cells, strict=True)):
        cell.metadata = {k: v for k, v in old.metadata.items() if k not in ("execution", "papermill")}
        if not cell.metadata.get("tags", True):
            del cell.metadata["tags"]
        if cell.cell_type != "code":
            continue
        ignored = IGNORED_TAG in cell.metadata.get("tags", ())
        now = _join_streams(new.outputs)
        difference = compare_outputs(old.outputs, now)
        if ignored and old.outputs:
            difference = ""
        if difference:
            stale.append(StaleCell(name, str(cell.get("id", place)), difference))
        cell.outputs = now if difference else old.outputs
        if cell.source.strip():
            count += 1
        cell.execution_count = count if cell.source.strip() else None
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = count
    return fresh, stale


def _join_streams(outputs: Sequence[NotebookNode]) -> list[NotebookNode]:
    """Join what was printed in pieces: where the pieces end depends on the moment."""
    joined: list[NotebookNode] = []
    for output in outputs:
        last = joined[-1] if joined else None
        if (
            last is not None
            and output.output_type == "stream" == last.output_type
            and output.name == last.name
        ):
            last.text += output.text
        else:
            joined.append(copy.deepcopy(output))
    return joined


def _strip_output(output: Output) -> dict[str, Any]:
    """Leave out the count of an execution; it is set anew."""
    return copy.deepcopy({key: value for key, value in output.items() if key != "execution_count"})


def _kind_of(output: Output) -> str:
    return str(output.get("name") or next(iter(output.get("data", {})), output["output_type"]))


def _look_alike(before: str, now: str) -> bool:
    if "".join(before.split()) == "".join(now.split()):
        return True
    import numpy as np
    from matplotlib.image import imread

    try:
        old, new = (imread(io.BytesIO(base64.b64decode(data))) for data in (before, now))
    except (ValueError, OSError, SyntaxError):  # a broken picture: PIL raises SyntaxError for a broken PNG
        return False
    if old.shape != new.shape:
        return False
    return bool((np.abs(old.astype(float) - new.astype(float)) <= _TOLERANCE).all())


def _serialize(notebook: NotebookNode) -> bytes:
    import nbformat

    text: str = nbformat.writes(notebook, version=4)  # type: ignore[no-untyped-call]
    return (text.rstrip("\n") + "\n").encode("utf-8")
