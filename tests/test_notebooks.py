import pytest

from rashomon._pages.notebooks import RunError, list_notebooks, read_notebook
from rashomon.parameters import ParameterError


def test_notebooks_are_listed_by_name(tmp_path):
    for name in ("02_b", "01_a", "90_report", "04_x.failed"):
        (tmp_path / f"{name}.ipynb").write_text("{}")
    (tmp_path / "README.ipynb").write_text("{}")
    assert [path.stem for path in list_notebooks(tmp_path)] == ["01_a", "02_b", "90_report"]
    assert [path.stem for path in list_notebooks(tmp_path, only=["report", "01", "01_a.ipynb"])] == [
        "01_a",
        "90_report",
    ]
    with pytest.raises(ParameterError, match="no notebook 'rep'; there are 01_a, 02_b, 90_report"):
        list_notebooks(tmp_path, only=["a", "rep"])
    with pytest.raises(ParameterError, match="no notebooks in"):
        list_notebooks(tmp_path / "none")


def test_a_file_that_is_no_notebook_is_one_line(tmp_path):
    for content in ("", "{}", "[1]", "\\x00", '{"nbformat": 4, "nbformat_minor": 5}'):
        bad = tmp_path / "01_bad.ipynb"
        bad.write_text(content)
        with pytest.raises(RunError, match=r"01_bad\.ipynb: before its first cell: not a notebook") as caught:
            read_notebook(bad)
        assert "\n" not in str(caught.value)
