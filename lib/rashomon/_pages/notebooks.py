"""Find and read notebooks, and say in one line which of them failed where."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from rashomon.parameters import ParameterError

if TYPE_CHECKING:
    from nbformat import NotebookNode


class RunError(RuntimeError):
    """A notebook failed; the message is one line: notebook, cell, what happened, where to look."""

    def __init__(self, notebook: str, cell_id: str, reason: str) -> None:
        where = f"cell {cell_id}" if cell_id else "before its first cell"
        super().__init__(f"{notebook}: {where}: {reason}")
        self.notebook, self.cell_id, self.reason = notebook, cell_id, reason


def list_notebooks(folder: str | Path, *, only: Iterable[str] = ()) -> list[Path]:
    """List the notebooks of a folder in their order.

    Parameters
    ----------
    folder : str or Path
        Holds notebooks named by two digits and a word, such as ``04_tone.ipynb``.
    only : iterable of str
        Names to keep: ``04_tone``, ``04`` or ``tone``; all when left out.

    Returns
    -------
    list of Path
        Sorted by name.

    Raises
    ------
    ParameterError
        When there are no notebooks, or none has a name that is asked for.
    """
    found = [p for p in sorted(Path(folder).glob("[0-9][0-9]_*.ipynb")) if not p.stem.endswith(".failed")]
    if not found:
        raise ParameterError(f"no notebooks in {str(folder)!r}; run this in a copy of the repository")
    kept = set()
    for name in only:
        wanted = name.removesuffix(".ipynb")
        named = [p for p in found if wanted in (p.stem, *p.stem.split("_", 1))]
        if not named:
            raise ParameterError(f"no notebook {name!r}; there are {', '.join(p.stem for p in found)}")
        kept.update(named)
    return [path for path in found if path in kept or not kept]


def read_notebook(path: str | Path) -> NotebookNode:
    """Read a notebook file.

    Parameters
    ----------
    path : str or Path
        The file.

    Returns
    -------
    NotebookNode
        The notebook, in format 4.

    Raises
    ------
    RunError
        When the file is no notebook.
    """
    import nbformat

    try:
        notebook: NotebookNode = nbformat.read(Path(path), as_version=4)  # type: ignore[no-untyped-call]
    except (ValueError, AttributeError, nbformat.ValidationError) as error:
        raise RunError(Path(path).name, "", f"not a notebook: {first_line(error)}") from error
    return notebook


def first_line(error: object) -> str:
    r"""Give the first line of an error's message, for a message of one line.

    Parameters
    ----------
    error : object
        An error, or what it said.

    Returns
    -------
    str
        Its first line that is not empty, at most 300 characters; ``""`` when it says nothing.

    Examples
    --------
    >>> first_line(ValueError("no such day\nTraceback"))
    'no such day'
    """
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0][:300] if lines else ""
