"""Measure a report against as many bare notebooks with the same imports, run two at a time: make bench."""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROUNDS = 3
RUN_BARE = """
import sys
from pathlib import Path
from rashomon.runner import run_notebooks
folder = Path(sys.argv[1])
run_notebooks({path: folder / "out" / path.name for path in sorted(folder.glob("*.ipynb"))}, jobs=2)
"""


# Loaded by the library when it is first used, so not among the imports as written; each notebook draws.
LOADED = "import matplotlib.figure, matplotlib.backends.backend_agg, sentencex, ftfy"


def write_bare(folder: Path, *, more: str = "") -> int:
    """Write a notebook of nothing but the imports for each of ours; give their number."""
    import nbformat

    (folder / "out").mkdir(parents=True)
    paths = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
    for path in paths:
        cells = nbformat.read(path, as_version=4).cells
        trees = [ast.parse(cell.source) for cell in cells if cell.cell_type == "code"]
        imports = [
            node for tree in trees for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        bare = nbformat.v4.new_notebook()
        bare.cells = [
            nbformat.v4.new_code_cell("x: int = 0", metadata={"tags": ["parameters"]}),
            nbformat.v4.new_code_cell("\n".join([*map(ast.unparse, imports), more])),
        ]
        bare.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(bare, folder / path.name)
    return len(paths)


def time_commands(rows: dict[str, list[str]]) -> dict[str, list[float]]:
    """Time the commands in turn, some rounds over, after one to warm up: a machine is not always as fast."""
    times: dict[str, list[float]] = {label: [] for label in rows}
    for label, command in [*rows.items()] * (ROUNDS + 1):
        started = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        times[label].append(time.perf_counter() - started)
    return {label: taken[1:] for label, taken in times.items()}


def main() -> None:
    """Print the table."""
    rashomon = Path(sys.executable).with_name("rashomon")
    with tempfile.TemporaryDirectory() as name:
        n = write_bare(Path(name) / "written")
        write_bare(Path(name) / "loaded", more=LOADED)
        rows = {
            f"{n} bare notebooks with the same imports": [sys.executable, "-c", RUN_BARE, f"{name}/written"],
            "… and with what the library loads": [sys.executable, "-c", RUN_BARE, f"{name}/loaded"],
            "rashomon report seeds": [
                str(rashomon),
                "report",
                "seeds",
                "--jobs",
                "2",
                "--out",
                f"{name}/report",
            ],
        }
        times = time_commands(rows)
    print(f"{f'two at a time, median of {ROUNDS}':<44}{'seconds':>8}{'× bare':>8}")
    bare = next(iter(times.values()))
    for label, taken in times.items():
        ratio = statistics.median(one / other for one, other in zip(taken, bare, strict=True))
        print(f"{label:<44}{statistics.median(taken):>8.1f}{ratio:>8.2f}")


if __name__ == "__main__":
    main()
