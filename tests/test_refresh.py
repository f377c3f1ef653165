import base64
import copy
import io

import nbformat
import numpy as np
import pytest
from matplotlib.image import imsave
from toy_notebooks import code, text, write

from rashomon._pages.notebooks import RunError
from rashomon.parameters import ParameterError
from rashomon.refresh import StaleCell, compare_outputs, refresh_notebooks

_PNG = (
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63"
    "fccfc0f01f0005050102a1e5d9430000000049454e44ae426082"
)
CELLS = (
    text("# A question?"),
    code("import sys\nprint('one', flush=True)\nprint('two', flush=True)\nprint(limit)"),
    code("6 * 7"),
    code(f"from IPython.display import Image\nImage(data=bytes.fromhex({_PNG!r}))"),
    code("import time\ntime.time_ns()", "nbval-ignore-output"),
    code(""),
)  # fmt: skip


def png(value: float, *, spot: float | None = None, size: int = 100) -> str:
    picture = np.full((size, size, 3), value)
    if spot is not None:
        picture[0, 0] = spot
    stream = io.BytesIO()
    imsave(stream, picture, format="png")
    return base64.b64encode(stream.getvalue()).decode()


def shown(**data):
    return {
        "output_type": "display_data",
        "metadata": {},
        "data": {k.replace("_", "/"): v for k, v in data.items()},
    }


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory):
    """A folder with a notebook as somebody saved it, refreshed once."""
    folder = tmp_path_factory.mktemp("notebooks")
    path = write(folder, "01_x", *CELLS)
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata["widgets"] = {"left": "over"}
    notebook.cells[2].metadata = {"execution": {"iopub.status.busy": "2026"}, "tags": []}
    nbformat.write(notebook, path)
    stale = refresh_notebooks(folder, progress=False)
    return folder, stale


def test_outputs_are_filled_in_and_nothing_about_the_run_is_kept(refreshed):
    folder, stale = refreshed
    notebook = nbformat.read(folder / "01_x.ipynb", as_version=4)
    assert [cell.cell_id for cell in stale] == ["cell-2", "cell-3", "cell-4", "cell-5"]
    assert notebook.cells[2].outputs == [{"output_type": "stream", "name": "stdout", "text": "one\ntwo\n0\n"}]
    assert notebook.cells[3].outputs[0].execution_count == 3
    assert "image/png" in notebook.cells[4].outputs[0].data
    assert [cell.get("execution_count") for cell in notebook.cells] == [1, None, 2, 3, 4, 5, None]
    assert notebook.metadata == {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    assert [dict(cell.metadata) for cell in notebook.cells[1:4]] == [{}, {}, {}]
    assert notebook.cells[5].metadata == {"tags": ["nbval-ignore-output"]}
    assert [cell.id for cell in notebook.cells] == ["parameters", *(f"cell-{n}" for n in range(1, 7))]


def test_a_second_refresh_changes_no_byte_and_the_check_is_content(refreshed):
    folder, _ = refreshed
    path = folder / "01_x.ipynb"
    before, when = path.read_bytes(), path.stat().st_mtime_ns
    assert refresh_notebooks(folder, progress=False) == []
    assert refresh_notebooks(folder, check=True, progress=False) == []
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, when)


def test_the_check_names_stale_cells_and_writes_nothing(refreshed, tmp_path):
    folder, _ = refreshed
    notebook = nbformat.read(folder / "01_x.ipynb", as_version=4)
    notebook.cells[3].outputs[0].data["text/plain"] = "43"
    notebook.cells[5].outputs[0].data["text/plain"] = "another moment"
    path = tmp_path / "02_x.ipynb"
    nbformat.write(notebook, path)
    before = path.read_bytes()
    stale = refresh_notebooks(tmp_path, check=True, only=["x"], progress=False)
    assert [str(cell) for cell in stale] == ["02_x.ipynb: cell cell-3: the text/plain output is another"]
    assert path.read_bytes() == before


def test_the_layout_counts_too(refreshed, tmp_path):
    folder, _ = refreshed
    notebook = nbformat.read(folder / "01_x.ipynb", as_version=4)
    notebook.cells[3].execution_count = 9
    nbformat.write(notebook, tmp_path / "01_x.ipynb")
    assert [cell.what[:22] for cell in refresh_notebooks(tmp_path, progress=False)] == [
        "not as a refresh write"
    ]
    assert (tmp_path / "01_x.ipynb").read_bytes() == (folder / "01_x.ipynb").read_bytes()


def test_a_failing_notebook_is_left_as_it_was(tmp_path):
    path = write(tmp_path, "01_x", code("1/0"))
    before = path.read_bytes()
    with pytest.raises(RunError, match=r"01_x\.ipynb: cell cell-1 \(1/0\): ZeroDivisionError"):
        refresh_notebooks(tmp_path, progress=False)
    assert path.read_bytes() == before
    assert (tmp_path / "01_x.failed.ipynb").exists()
    with pytest.raises(ParameterError, match="no notebook"):
        refresh_notebooks(tmp_path, only=["x.failed"])


def test_pictures_are_compared_by_what_one_sees():
    old = png(0.5)
    assert compare_outputs([shown(image_png=old)], [shown(image_png=old + "\n")]) == ""
    assert compare_outputs([shown(image_png=old)], [shown(image_png=png(0.505))]) == ""
    for other in (png(0.6), png(0.5, spot=1.0), png(0.5, size=101), "bm90IGEgcGljdHVyZQ==", png(0.5)[:60]):
        assert (
            compare_outputs([shown(image_png=old)], [shown(image_png=other)])
            == "the picture (image/png) is another"
        )
    assert (
        compare_outputs([shown(image_png=old)], [shown(text_plain="x")])
        == "the picture (image/png) is another"
    )
    both = shown(image_png=old, text_plain="a")
    changed = copy.deepcopy(both)
    changed["data"]["text/plain"] = "b"
    assert compare_outputs([both], [changed]) == "the image/png output is another"


def test_texts_are_compared_exactly():
    out = {"output_type": "stream", "name": "stdout", "text": "2"}
    assert compare_outputs([out], [{**out, "text": "2 "}]) == "the stdout output is another"
    assert compare_outputs([{**out, "execution_count": 1}], [{**out, "execution_count": 2}]) == ""
    assert compare_outputs([], [out]) == "0 outputs are committed, there are 1 now"
    error = {"output_type": "error", "ename": "E", "evalue": "a", "traceback": []}
    assert compare_outputs([error], [{**error, "evalue": "b"}]) == "the error output is another"


def test_a_stale_cell_reads_as_a_sentence():
    assert str(StaleCell("01_x.ipynb", "a", "b")) == "01_x.ipynb: cell a: b"
