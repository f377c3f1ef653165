"""Run notebooks with parameters, several at once: the only module that knows papermill.

papermill logs an unknown parameter and goes on, saves a notebook whose kernel died as if it were
complete, and takes braces in a path for a template. All three are settled here.
"""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rashomon._pages.notebooks import RunError, first_line, read_notebook
from rashomon.parameters import ParameterError, Value
from rashomon.read import project_root

if TYPE_CHECKING:
    from nbformat import NotebookNode

# Not inherited by a kernel: without byte code each start takes three times as long, and another
# backend would leave the figures out.
_DROPPED = ("PYTHONDONTWRITEBYTECODE", "MPLBACKEND")
_FIXED = {"PYTHONHASHSEED": "0"}
_NO_LOG = logging.NullHandler()
_ENGINE = "rashomon"


def declared_parameters(notebook: str | Path) -> list[str]:
    """Name the parameters a notebook declares in its cell tagged ``parameters``.

    Parameters
    ----------
    notebook : str or Path
        The notebook.

    Returns
    -------
    list of str
        In the order of the cell.

    Raises
    ------
    RunError
        When the file is no notebook papermill can read.
    """
    import papermill

    read_notebook(notebook)
    try:
        return list(papermill.inspect_notebook(_escape_braces(Path(notebook).resolve())))
    except (ValueError, papermill.exceptions.PapermillException) as error:
        raise RunError(Path(notebook).name, "", f"not a Python notebook: {first_line(error)}") from error


def run_notebook(
    notebook: str | Path,
    output: str | Path,
    *,
    parameters: Mapping[str, Value] | None = None,
    leave_out: Collection[str] = (),
    keep: str | Path = "",
    timeout: int = 900,
) -> NotebookNode:
    """Run one notebook and write the executed copy.

    Parameters
    ----------
    notebook, output : str or Path
        The notebook, and the file for the executed one; it appears only when every cell ran.
    parameters : mapping of str to (str or int)
        Values by name; the notebook must declare each.
    leave_out : collection of str
        Cells with one of these tags are neither run nor in the copy.
    keep : str or Path
        Folder that receives ``NAME.failed.ipynb`` when a cell fails; the folder of `output` when empty.
    timeout : int
        Seconds a cell may take.

    Returns
    -------
    NotebookNode
        The executed notebook.

    Raises
    ------
    ParameterError
        When the notebook does not declare a parameter.
    RunError
        When a cell raises, takes too long, or the kernel dies or does not start twice.
    """
    source, target = Path(notebook).resolve(), Path(output).resolve()
    values = dict(parameters or {})
    declared = declared_parameters(source)
    unknown = [name for name in values if name not in declared]
    if unknown:
        raise ParameterError(f"{source.name} has no parameter {unknown[0]!r}; it has {', '.join(declared)}")
    aside = target.with_name(f".part-{target.stem}.ipynb")
    try:
        executed = _execute(source, aside, values, timeout, leave_out)
        os.replace(aside, target)
        return executed
    except RunError as error:
        if not aside.exists():
            raise
        failed = Path(keep or target.parent).resolve() / f"{source.stem}.failed.ipynb"
        os.replace(aside, failed)
        raise RunError(error.notebook, error.cell_id, f"{error.reason}; see {_short(failed)}") from error
    finally:
        aside.unlink(missing_ok=True)


def run_notebooks(
    notebooks: Mapping[Path, Path],
    *,
    parameters: Mapping[str, Value] | None = None,
    jobs: int = 2,
    leave_out: Collection[str] = (),
    keep: str | Path = "",
    timeout: int = 900,
    during: Callable[[], object] | None = None,
    progress: bool = False,
) -> dict[str, NotebookNode]:
    """Run notebooks side by side, in threads: each has a kernel process of its own.

    Parameters
    ----------
    notebooks : mapping of Path to Path
        Notebook to the file for its executed copy.
    parameters : mapping of str to (str or int)
        Each notebook gets those it declares; one that none declares is an error.
    jobs : int
        How many to run at a time.
    leave_out, keep, timeout
        As in `run_notebook`.
    during : callable, optional
        Work for this process while the notebooks run.
    progress : bool
        Whether to draw a bar, when standard error is a terminal.

    Returns
    -------
    dict of str to NotebookNode
        Executed notebooks by name without ending, in the order given.

    Raises
    ------
    ParameterError
        When no notebook declares a parameter.
    RunError
        Of the first notebook, in the order given, that failed. Those not yet begun are left.
    """
    from tqdm import tqdm

    values = dict(parameters or {})
    declared = {source: declared_parameters(source) for source in notebooks}
    for name in values:
        if not any(name in names for names in declared.values()):
            raise ParameterError(f"none of these notebooks has a parameter {name!r}")
    pool = ThreadPoolExecutor(max_workers=max(jobs, 1), thread_name_prefix="notebook")
    try:
        # The later notebooks run more stages: begun first, they leave no processor idle at the end.
        begun = {
            pool.submit(
                run_notebook,
                source,
                target,
                parameters={name: value for name, value in values.items() if name in declared[source]},
                leave_out=leave_out,
                keep=keep,
                timeout=timeout,
            ): source
            for source, target in reversed([*notebooks.items()])
        }
        running = dict(reversed([*begun.items()]))
        total = len(running)
        with tqdm(total=total, unit="notebook", desc="running", disable=None if progress else True) as bar:
            for future in running:
                future.add_done_callback(lambda _: bar.update())
            if during is not None:
                during()
            for future in as_completed(running):
                if future.exception() is not None:
                    break
    except BaseException as error:
        # Who interrupts does not want to wait for notebooks that still run.
        pool.shutdown(wait=not isinstance(error, KeyboardInterrupt), cancel_futures=True)
        raise
    pool.shutdown(wait=True, cancel_futures=True)
    for future in running:
        if not future.cancelled() and (failure := future.exception()) is not None:
            raise failure
    return {source.stem: future.result() for future, source in running.items()}


def _execute(
    source: Path, target: Path, values: Mapping[str, Value], timeout: int, leave_out: Collection[str]
) -> NotebookNode:
    from jupyter_core.utils import ensure_event_loop

    for is_last in (False, True):
        try:
            notebook = read_notebook(source)
            notebook.cells = [c for c in notebook.cells if not set(leave_out) & {*c.metadata.get("tags", ())}]
            return _call_papermill(notebook, target, values, timeout, quiet=not is_last)
        except Exception as error:  # whatever kernel, transport or notebook came up with is this failure
            if not target.exists():
                raise RunError(source.name, "", first_line(error)) from error
            executed = read_notebook(target)
            cell = _failing_cell(executed)
            if cell is None and not is_last:
                continue  # the kernel did not start; two that start at once can want the same port
            raise _mark_failure(executed, source.name, cell, error, target) from error
        finally:
            loop = ensure_event_loop()  # papermill leaves this thread's loop open
            if not loop.is_running():
                loop.close()
    raise AssertionError("unreachable")


def _call_papermill(
    notebook: NotebookNode, target: Path, values: Mapping[str, Value], timeout: int, *, quiet: bool
) -> NotebookNode:
    import papermill
    from traitlets.config import Config

    _register_engine()
    # Without a listener its log would go to standard error; all it says is in the RunError.
    logging.getLogger("papermill").addHandler(_NO_LOG)
    executed: NotebookNode = papermill.execute_notebook(
        notebook,
        _escape_braces(target),
        parameters=dict(values),
        engine_name=_ENGINE,
        kernel_name="python3",
        progress_bar=False,
        log_output=False,
        start_timeout=60,
        execution_timeout=timeout,
        autosave_cell_every=0,
        shutdown_kernel="immediate",  # its work is done and read; to let it tidy up takes 0.3 s of CPU
        # Over plain TCP ipykernel writes a warning into the notebook's first cell.
        config=Config({"KernelManager": {"transport_encryption": "auto"}}),
        kernel_manager_class=_kernel_manager_class(quiet),
        resources={"metadata": {"path": str(project_root())}},
    )
    return executed


def _failing_cell(executed: NotebookNode) -> NotebookNode | None:
    """Find the last code cell that was begun: papermill calls those of a dead kernel completed."""
    begun = [
        cell
        for cell in executed.cells
        if cell.cell_type == "code" and cell.metadata.get("papermill", {}).get("start_time")
    ]
    return begun[-1] if begun else None


def _mark_failure(
    executed: NotebookNode, name: str, cell: NotebookNode | None, error: Exception, target: Path
) -> RunError:
    """Write the reason on top of the notebook, for a dead kernel leaves no trace in it."""
    import nbformat

    cell_id, first = "", ""
    if cell is not None:
        cell_id = str(cell.get("id", "?"))
        first = next((line for line in cell.source.splitlines() if line.strip()), "")
    raised, said = getattr(error, "ename", ""), getattr(error, "evalue", "")
    reason = f"{raised}: {first_line(said)}" if raised else first_line(error) or type(error).__name__
    failure = RunError(name, cell_id and f"{cell_id} ({first})", reason)
    note: Any = {
        "cell_type": "markdown",
        "id": "why-it-failed",
        "metadata": {},
        "source": f"    {failure}",
    }  # a code block
    executed.cells.insert(0, nbformat.from_dict(note))  # type: ignore[no-untyped-call]
    target.write_text(nbformat.writes(executed), encoding="utf-8")  # type: ignore[no-untyped-call]
    return failure


@cache
def _register_engine() -> None:
    from papermill.engines import NBClientEngine, papermill_engines

    class SparingEngine(NBClientEngine):  # type: ignore[misc]
        """Save a notebook when it starts and ends, not twice a cell: that took as long as many a cell."""

        @classmethod
        def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:
            path, nb_man.output_path = nb_man.output_path, None
            try:
                return super().execute_managed_notebook(nb_man, kernel_name, **options)
            finally:
                nb_man.output_path = path

    papermill_engines.register(_ENGINE, SparingEngine)


@cache
def _kernel_manager_class(quiet: bool) -> type[Any]:
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager

    class ProjectKernelManager(AsyncKernelManager):
        """Start kernels of this very Python, in the project's environment."""

        def __init__(self, **options: Any) -> None:
            # A kernel called python3 in a user's own folder may be another installation.
            super().__init__(kernel_spec_manager=KernelSpecManager(kernel_dirs=[]), **options)

        async def start_kernel(self, **options: Any) -> Any:  # type: ignore[override]
            inherited = {name: value for name, value in os.environ.items() if name not in _DROPPED}
            # What a kernel says while it ends is noise; one that does not start must be heard.
            options |= {"stderr": subprocess.DEVNULL} if quiet else {}
            return await super().start_kernel(**options, env={**inherited, **_FIXED})

    return ProjectKernelManager


def _escape_braces(path: Path) -> str:
    return str(path).replace("{", "{{").replace("}", "}}")


def _short(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
