import time
from pathlib import Path

import nbformat
import pytest
from toy_notebooks import code, outputs, write

from rashomon import runner
from rashomon._pages.notebooks import RunError, list_notebooks, read_notebook
from rashomon.parameters import ParameterError
from rashomon.read import project_root
from rashomon.runner import declared_parameters, run_notebook, run_notebooks

SEES = (
    "import os\nprint(os.getcwd(), os.environ.get('PYTHONDONTWRITEBYTECODE'), os.environ['PYTHONHASHSEED'],"
    " os.environ.get('MPLBACKEND', '').split('.')[0])\nprint(repr((corpus, limit)))"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two notebooks that work in a folder whose name would be a template to papermill."""
    folder = tmp_path_factory.mktemp("note books {x}")
    write(folder, "01_sees", code(SEES))
    write(folder, "02_adds", code("1 + 1"), parameters='counted: str = ""  # what')
    return folder


def test_a_notebook_runs_in_the_project_with_its_parameters(folder, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONHASHSEED", "77")
    monkeypatch.setenv("MPLBACKEND", "Agg")
    values = {"corpus": 'a"b\\{c}', "limit": 3}
    executed = run_notebook(folder / "01_sees.ipynb", tmp_path / "out.ipynb", parameters=values)
    where, rest = outputs(executed, 2).splitlines()
    # ipykernel itself chooses the backend that puts figures into the notebook
    assert where == f"{project_root()} None 0 module://matplotlib_inline"
    assert rest == repr(('a"b\\{c}', 3))
    assert [path.name for path in tmp_path.iterdir()] == ["out.ipynb"]
    assert outputs(read_notebook(tmp_path / "out.ipynb"), 2) == outputs(executed, 2)


def test_an_undeclared_parameter_never_reaches_the_notebook(folder, tmp_path):
    with pytest.raises(ParameterError, match=r"01_sees\.ipynb has no parameter 'seed'; it has corpus, limit"):
        run_notebook(folder / "01_sees.ipynb", tmp_path / "out.ipynb", parameters={"seed": 1})
    with pytest.raises(ParameterError, match="none of these notebooks has a parameter 'seed'"):
        run_notebooks({folder / "01_sees.ipynb": tmp_path / "o.ipynb"}, parameters={"seed": 1})
    assert not list(tmp_path.iterdir())


def test_cells_can_be_left_out_by_their_tag(tmp_path):
    path = write(
        tmp_path, "03_teaches", code("print(1)"), code("print(2)", "exercise"), code("print(3)", "x")
    )
    executed = run_notebook(path, tmp_path / "out.ipynb", leave_out={"exercise", "answer"})
    assert [outputs(executed, place) for place in range(1, len(executed.cells))] == ["1\n", "3\n"]


def test_declared_parameters(folder, tmp_path):
    assert declared_parameters(folder / "01_sees.ipynb") == ["corpus", "limit"]
    assert declared_parameters(folder / "02_adds.ipynb") == ["counted"]
    bare = write(tmp_path, "02_bare", code("1"))
    bare.write_text(bare.read_text().replace('"python"', '"other"'))
    with pytest.raises(RunError, match=r"02_bare\.ipynb: before its first cell: not a Python notebook"):
        declared_parameters(bare)
    bad = tmp_path / "01_bad.ipynb"
    bad.write_text("{}")
    for wrong in (declared_parameters, read_notebook):
        with pytest.raises(RunError, match=r"01_bad\.ipynb: before its first cell: not a"):
            wrong(bad)


def test_several_run_side_by_side_and_each_gets_its_own_parameters(folder, tmp_path):
    during = []
    notebooks = {path: tmp_path / path.name for path in list_notebooks(folder)}
    executed = run_notebooks(
        notebooks, parameters={"limit": 2, "counted": "x"}, jobs=2, during=lambda: during.append(1)
    )
    assert list(executed) == ["01_sees", "02_adds"]
    assert "('seeds', 2)" in outputs(executed["01_sees"], 2)
    assert executed["02_adds"].cells[2].outputs[0].data["text/plain"] == "2"
    assert during == [1]


def failing(tmp_path, *sources, timeout=60):
    path = write(tmp_path / "in", "04_fails", *(code(source) for source in sources))
    with pytest.raises(RunError) as caught:
        run_notebook(path, tmp_path / "out.ipynb", timeout=timeout)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "out.ipynb").exists()
    kept = nbformat.read(tmp_path / "04_fails.failed.ipynb", as_version=4)
    assert {path.name for path in tmp_path.iterdir()} == {"in", "04_fails.failed.ipynb"}
    return caught.value, kept


def test_a_raising_cell_is_named_and_the_notebook_kept(tmp_path):
    error, kept = failing(
        tmp_path, "x = 1", "\n# a comment\nraise ValueError('first line\\nsecond')", "y = 1"
    )
    assert error.notebook == "04_fails.ipynb"
    assert error.cell_id == "cell-2 (# a comment)"
    assert "ValueError: first line; see " in error.reason
    assert "04_fails.failed.ipynb" in error.reason
    assert "ValueError: first line" in kept.cells[0].source
    assert "Traceback" in str(kept)


def test_a_dead_kernel_is_a_failure_at_its_cell(tmp_path, capfd):
    error, kept = failing(tmp_path, "import os", "os.kill(os.getpid(), 9)", "y = 1")
    assert error.cell_id == "cell-2 (os.kill(os.getpid(), 9))"
    assert "Kernel died" in error.reason
    assert "Kernel died" in kept.cells[0].source
    assert capfd.readouterr().err == ""


def test_a_cell_that_takes_too_long_is_a_failure(tmp_path):
    error, _ = failing(tmp_path, "import time", "time.sleep(30)", timeout=1)
    assert error.cell_id == "cell-2 (time.sleep(30))"
    assert "timed out" in error.reason


def test_a_kernel_that_does_not_start_gets_a_second_chance(folder, tmp_path, monkeypatch):
    real, tries = runner._call_papermill, []

    def fail_once(source, target, values, timeout, *, quiet):
        tries.append(quiet)
        if len(tries) < 2:
            Path(target).write_text(nbformat.writes(source))  # saved before the kernel starts
            raise RuntimeError("Kernel died before replying to kernel_info")
        return real(source, target, values, timeout, quiet=quiet)

    monkeypatch.setattr(runner, "_call_papermill", fail_once)
    run_notebook(folder / "02_adds.ipynb", tmp_path / "out.ipynb")
    assert tries == [True, False]


def test_a_kernel_that_never_starts_is_a_failure_before_the_first_cell(folder, tmp_path, monkeypatch):
    def fail(source, target, values, timeout, *, quiet):
        Path(target).write_text(nbformat.writes(source))
        raise RuntimeError("Kernel died before replying to kernel_info")

    monkeypatch.setattr(runner, "_call_papermill", fail)
    with pytest.raises(
        RunError, match=r"02_adds\.ipynb: before its first cell: Kernel died before"
    ) as caught:
        run_notebook(folder / "02_adds.ipynb", tmp_path / "out.ipynb", keep=tmp_path / "kept" / "..")
    assert caught.value.cell_id == ""
    assert (tmp_path / "02_adds.failed.ipynb").exists()


def test_a_failure_before_anything_was_saved_keeps_nothing(folder, tmp_path, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("")

    monkeypatch.setattr(runner, "_call_papermill", fail)
    with pytest.raises(RunError, match=r"02_adds\.ipynb: before its first cell"):
        run_notebook(folder / "02_adds.ipynb", tmp_path / "out.ipynb")
    assert not list(tmp_path.iterdir())


@pytest.fixture
def instant(monkeypatch):
    """Runs that need no kernel: the notebook's name says how it ends."""
    began = []

    def pretend(source, target, *, parameters, leave_out, keep, timeout):
        began.append(source.stem)
        time.sleep(0.05)
        if "fails" in source.stem:
            raise RunError(source.name, "c", "no")
        return source.stem

    monkeypatch.setattr(runner, "run_notebook", pretend)
    monkeypatch.setattr(runner, "declared_parameters", lambda _: [])
    return began


def test_the_first_failure_is_told_and_what_has_not_begun_is_left(instant, tmp_path):
    names = [*(f"{n:02}_ok" for n in range(38)), "38_fails", "39_fails"]
    with pytest.raises(RunError, match="38_fails"):
        run_notebooks({Path(name): tmp_path for name in names}, jobs=2)
    assert len(instant) < len(names)


def test_an_error_of_ours_stops_the_run(instant, tmp_path):
    def fail():
        raise ValueError("ours")

    with pytest.raises(ValueError, match="ours"):
        run_notebooks({Path(f"{n:02}_ok"): tmp_path for n in range(20)}, during=fail)
    assert len(instant) < 20


def test_an_interrupt_does_not_wait(instant, tmp_path):
    def interrupt():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_notebooks({Path(f"{n:02}_ok"): tmp_path for n in range(20)}, during=interrupt)
    time.sleep(0.2)
    assert len(instant) < 20
