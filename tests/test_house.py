"""The rules of the house: which module may import which, how long one may be, what a public name must say."""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import rashomon

ROOT = Path(__file__).parents[1]
LIBRARY = ROOT / "lib" / "rashomon"

# The rooms in the direction the data goes: one imports, also by way of others, only from those before it;
# rooms on one line do not import each other. A name that begins with an underscore is inside a room.
ROOMS = """
dictionary
tables resources
normalize
read
corpus
names
speech
voices
quantities tone attitudes reuse registers readability
compare distinctive timeline events tone_views
claims
analysis
gold
figures
show
parameters
export
pages
runner
report
refresh
scale intake
cli
"""
PLACE = {room: place for place, line in enumerate(ROOMS.split("\n")) for room in line.split()}

FILES = {
    path.relative_to(LIBRARY).with_suffix("").as_posix().replace("/", "."): path
    for path in sorted(LIBRARY.rglob("*.py"))
    if path.stem != "__init__"
}
MODULES = list(FILES)
TREES = {name: ast.parse(path.read_text("utf-8")) for name, path in FILES.items()}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def imports_of(tree: ast.AST) -> Iterator[str]:
    """Give the dotted name of everything a module imports, at its top or inside a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imported_by(name: str) -> set[str]:
    """Name the modules of the library that a module imports."""
    names = [dotted.removeprefix("rashomon.") for dotted in imports_of(TREES[name])]
    return {part for name in names for part in (name, name.rpartition(".")[0])} & set(MODULES)


def reached_from(name: str) -> set[str]:
    """Name the modules that a module imports, itself or by way of others."""
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        new = imported_by(waiting.pop()) - reached
        reached |= new
        waiting += new
    return reached


def users_of(package: str) -> list[str]:
    return [name for name in MODULES if any(d.split(".")[0] == package for d in imports_of(TREES[name]))]


def test_all_rooms_are_there() -> None:
    assert PLACE.keys() | {"tone_summary"} == {name for name in MODULES if not name.startswith("_")}


def test_no_module_imports_itself_by_way_of_others() -> None:
    assert [name for name in MODULES if name in reached_from(name)] == []


@pytest.mark.parametrize("room", PLACE)
def test_room_imports_only_from_rooms_before_it(room: str) -> None:
    reached = reached_from(room) & PLACE.keys()
    assert sorted(other for other in reached if PLACE[other] >= PLACE[room]) == []


@pytest.mark.parametrize("name", MODULES)
def test_module_reads_in_one_sitting(name: str) -> None:
    assert len(FILES[name].read_text("utf-8").splitlines()) <= 400
    assert not re.search(r"(^|_)(utils?|helpers?|misc|base|manager)($|_)", name)


def test_only_its_own_module_knows_an_engine() -> None:
    assert users_of("papermill") == ["runner"]
    assert set(users_of("dask")) | set(users_of("distributed")) <= {"scale"}


def test_only_figures_draws() -> None:
    drawing = {
        name
        for name in MODULES
        for dotted in imports_of(TREES[name])
        # Reading a picture, to compare it with another, is not drawing.
        if dotted.split(".")[0] == "matplotlib" and dotted != "matplotlib.image.imread"
    }
    assert drawing
    assert {name for name in drawing if name.split(".")[0] != "_figures"} <= {"figures"}
    inner = {name for name in MODULES if any(each.split(".")[0] == "_figures" for each in imported_by(name))}
    assert {name for name in inner if name.split(".")[0] != "_figures"} == {"figures"}


# Read what they, or papermill for them, have written: never an input.
OWN_FILES = {"_output_folders", "_pages.notebooks", "runner", "report", "refresh", "scale"}
OPENERS = {"open", "read_text", "read_bytes", "read_csv", "read_json", "read_parquet", "fromfile", "loadtxt"}


@pytest.mark.parametrize("name", sorted(set(MODULES) - OWN_FILES - {"read"}))
def test_only_read_opens_input(name: str) -> None:
    opened = []
    for call in (node for node in ast.walk(TREES[name]) if isinstance(node, ast.Call)):
        called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        text = ast.unparse(call)
        # A file inside an installed package comes with the code; the null device holds nothing; what a
        # reader of a format calls `file` was handed to it by `read`.
        is_handed = isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) in ("file", "self")
        if called in OPENERS and "files(" not in text and "os.devnull" not in text and not is_handed:
            opened.append(f"line {call.lineno}: {text}")
    assert not [call for call in opened if not re.search(r"\bopen\([^)]*['\"][wxa]b?['\"]", call)]


@pytest.mark.parametrize(
    "command",
    ["ruff check --quiet", "ruff format --check --quiet", "mypy"],
)
def test_tools_have_no_complaint(command: str) -> None:
    tool, *options = command.split()
    places = [] if tool == "mypy" else ["lib", "tests", "notebooks"]  # mypy's stand in pyproject.toml
    program = str(Path(sys.executable).with_name(tool))
    child = subprocess.run(
        [program, *options, *places], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert child.returncode == 0, f"make format mends some of it\n{child.stdout}{child.stderr}"


def test_import_is_lazy() -> None:
    code = "import sys, json, rashomon; print(json.dumps(sorted(sys.modules)))"
    command = [sys.executable, "-c", code]
    child = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in json.loads(child.stdout)}
    heavy = {"numpy", "pandas", "pyarrow", "matplotlib", "sklearn", "scipy", "papermill", "nbformat", "ftfy"}
    assert "rashomon" in loaded
    assert not heavy & loaded


def test_command_line_starts_light() -> None:
    code = "import sys, json, rashomon.cli; print(json.dumps(sorted(sys.modules)))"
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in json.loads(child.stdout)}
    assert not {"pandas", "matplotlib", "sklearn", "papermill"} & loaded


PUBLIC = [
    (name, node)
    for name in MODULES
    for node in TREES[name].body
    if isinstance(node, Function | ast.ClassDef) and not f".{name}.{node.name}".count("._")
]


def raised_by(function: Function) -> set[str]:
    """Name the errors a function raises itself; an AssertionError marks what cannot happen."""
    raises = [node.exc for node in ast.walk(function) if isinstance(node, ast.Raise) and node.exc]
    names = {ast.unparse(error.func if isinstance(error, ast.Call) else error) for error in raises}
    return {name for name in names if name[:1].isupper()} - {"AssertionError", "SystemExit"}


def faults_of(function: Function) -> list[str]:
    """Say what a function's docstring leaves out."""
    text = ast.get_docstring(function) or ""
    if not text:
        return ["has no docstring"]
    summary, _, rest = text.partition("\n")
    is_line = summary.endswith(".") and not rest.partition("\n")[0].strip()
    faults = [] if is_line else ["summary is not one line"]
    sections = dict(re.findall(r"\n(\w+)\n-{3,}\n(.*?)(?=\n\w+\n-{3,}\n|\Z)", text, re.DOTALL))
    arguments = function.args
    taken = [a.arg for a in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]]
    described = sections.get("Parameters", "")
    faults += [f"{a} is not described" for a in taken if not re.search(rf"^(?! ).*\b{a}\b", described, re.M)]
    gives = function.returns is not None and ast.unparse(function.returns) != "None"
    if gives and not {"Returns", "Yields"} & sections.keys():
        faults.append("Returns is missing")
    said = sections.get("Raises", "")
    faults += [f"{error} is not under Raises" for error in sorted(raised_by(function)) if error not in said]
    return faults


@pytest.mark.parametrize(("module", "node"), PUBLIC, ids=lambda value: getattr(value, "name", value))
def test_public_name_says_what_it_does(module: str, node: Function | ast.ClassDef) -> None:
    if isinstance(node, ast.ClassDef):
        assert (ast.get_docstring(node) or "").split("\n")[0].endswith("."), node.name
    elif not is_command(node):
        assert faults_of(node) == [], f"{module}.{node.name}"


def is_command(function: Function) -> bool:
    """Tell a subcommand, whose docstring is its help text."""
    return any(re.search(r"\b(command|group)\(", ast.unparse(each)) for each in function.decorator_list)


@pytest.mark.parametrize("name", sorted(set(rashomon.__all__) - {"__version__"}))
def test_exported_name_works_and_has_an_example(name: str) -> None:
    exported = getattr(rashomon, name)
    if inspect.isfunction(exported):
        assert ">>> " in (exported.__doc__ or "")


@pytest.mark.parametrize("name", MODULES)
def test_examples_are_true(name: str) -> None:
    module = importlib.import_module(f"rashomon.{name}")
    assert doctest.testmod(module).failed == 0


def test_readme_examples_are_true() -> None:
    results = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert results.attempted >= 3
    assert results.failed == 0


def test_links_between_documents_arrive() -> None:
    documents = [path for path in committed() if path.suffix == ".md"]
    assert ROOT / "README.md" in documents
    broken = []
    for document in documents:
        targets = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", document.read_text("utf-8"))
        missing = [target for target in targets if not (document.parent / target).exists()]
        broken += [f"{document.relative_to(ROOT)}: {target}" for target in missing]
    assert not broken


def test_readme_names_every_command_and_notebook() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)", readme))
    assert {"report", "test", "lab", "check", "bench"} <= named <= targets
    for notebook in (ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"):
        title = "".join(json.loads(notebook.read_text("utf-8"))["cells"][0]["source"]).split("\n")[0]
        for document in (readme, (ROOT / "notebooks" / "README.md").read_text("utf-8")):
            assert f"{notebook.name})" in document
            assert f"| {title.removeprefix('# ')} |" in document


def committed() -> list[Path]:
    """List the files that are, or are about to be, committed."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: which files are committed is unknown")
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_names_a_machine_or_a_package_index() -> None:
    forbidden = re.compile(
        r"(?<![\w.~:/])/(?:home|root|Users|work|tmp|opt)/\w|C:\\\\Users"
        r"|pypi\.(?:org|python)|pythonhosted\.|npmjs\.|anaconda\.(?:org|com)|--(?:extra-)?index-url[ =]"
    )
    found = []
    for path in committed():
        text = path.read_bytes().decode("utf-8", "replace")
        found += [f"{path.relative_to(ROOT)}: {hit.group()}" for hit in forbidden.finditer(text)]
    assert not found


def test_top_of_the_tree_is_the_agreed_layout() -> None:
    agreed = {
        *("README.md", "LICENSE", "CITATION.cff", "CHANGELOG.md", "CONTRIBUTING.md", "environment.yml"),
        *("pyproject.toml", "requirements.lock", "Makefile", "lib", "notebooks", "seeds", "data", "tests"),
        *(".ci", ".gitignore", ".gitattributes", ".pre-commit-config.yaml", ".github", ".binder"),
    }
    assert {path.relative_to(ROOT).parts[0] for path in committed()} <= agreed
