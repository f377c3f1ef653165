"""environment.yml, pyproject.toml and the locks say the same, and conda's own solver can use the first."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
ENVIRONMENT = (ROOT / "environment.yml").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCKS = ("requirements.lock", ".ci/check.lock")

# PyPI's matplotlib is conda-forge's matplotlib-base; its matplotlib also brings a window system.
CONDA_NAMES = {"matplotlib": "matplotlib-base"}
PIP_ITSELF = "pip"


def agreed(name: str) -> str:
    """Give one spelling to a name: conda writes jupyter_server what PyPI writes jupyter-server."""
    return canonicalize_name(CONDA_NAMES.get(name, name))


def wanted() -> dict[str, SpecifierSet]:
    """Read what pyproject.toml asks for: Python, the dependencies and the tests' tools."""
    lines = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]
    packages = {agreed(r.name): r.specifier for r in map(Requirement, lines)}
    return {"python": SpecifierSet(PROJECT["requires-python"])} | packages


def conda_lines(text: str) -> list[str]:
    return [line for line in yaml.safe_load(text)["dependencies"] if isinstance(line, str)]


def pip_lines(text: str) -> list[str]:
    sections = [line["pip"] for line in yaml.safe_load(text)["dependencies"] if isinstance(line, dict)]
    return [line for section in sections for line in section if not line.startswith("--editable")]


def differences(text: str) -> list[str]:
    """Say in words where an environment.yml departs from pyproject.toml, or from its own form."""
    found: dict[str, SpecifierSet] = {}
    for line in conda_lines(text):
        name, _, versions = line.partition(" ")
        found[agreed(name)] = SpecifierSet(versions)
    found.pop(PIP_ITSELF, None)
    found |= {agreed(r.name): r.specifier for r in map(Requirement, pip_lines(text))}
    asked = wanted()
    problems = [f"{name}: only in pyproject.toml" for name in sorted(asked.keys() - found.keys())]
    problems += [f"{name}: only in environment.yml" for name in sorted(found.keys() - asked.keys())]
    problems += [
        f"{name}: {found[name]} is not {asked[name]}"
        for name in sorted(asked.keys() & found.keys())
        if found[name] != asked[name]
    ]
    channels = yaml.safe_load(text)["channels"]
    if channels != ["conda-forge"]:
        problems.append(f"channels: {channels}")
    entries = re.findall(r"^ +- (?!conda-forge|pip:)(.+)$", text, flags=re.MULTILINE)
    problems += [f"no comment: {line}" for line in entries if not re.search(r"\S  # \S", line)]
    return problems


def test_environment_says_what_pyproject_says() -> None:
    assert differences(ENVIRONMENT) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("  - papermill >=2.7,<3  # runner: notebooks with parameters\n", "", "papermill: only in pyproject"),
        ("- pip  #", "- sympy >=1.13,<2  # none\n  - pip  #", "sympy: only in environment.yml"),
        ("pandas >=3.1,<4", "pandas >=3.0,<4", "pandas: <4,>=3.0 is not"),
        ("python >=3.11,<3.14", "python >=3.11", "python: >=3.11 is not"),
        ("sentencex>=1.0.32,<2", "sentencex>=1.0.32,<3", "sentencex: "),
        ("  - conda-forge\n", "  - defaults  # none\n", "channels: "),
        ("pandas >=3.1,<4  # every table", "pandas >=3.1,<4", "no comment: pandas"),
    ],
)
def test_broken_environment_is_noticed(old: str, new: str, problem: str) -> None:
    assert old in ENVIRONMENT
    problems = differences(ENVIRONMENT.replace(old, new))
    assert len(problems) == 1
    assert problems[0].startswith(problem)


def pins(path: str) -> Iterator[tuple[Requirement, list[str]]]:
    """Give each pin of a lock with its hashes."""
    for block in re.split(r"\n(?=\S)", (ROOT / path).read_text("utf-8").strip()):
        pin = block.split("\\")[0].strip()
        yield Requirement(pin), re.findall(r"--hash=sha256:([0-9a-f]{64})\b", block)


@pytest.mark.parametrize("path", LOCKS)
def test_every_pin_is_exact_and_has_hashes(path: str) -> None:
    listed = list(pins(path))
    assert listed
    for pin, hashes in listed:
        assert re.fullmatch(r"==[0-9][0-9a-z.+]*", str(pin.specifier)), pin
        assert hashes, pin


@pytest.mark.parametrize("path", LOCKS)
def test_lock_names_no_host(path: str) -> None:
    text = (ROOT / path).read_text("utf-8")
    assert "://" not in text
    assert not re.findall(r"^\s*--(?!hash=sha256:).*$", text, flags=re.MULTILINE)


def locked(path: str, python: str = "3.12") -> dict[str, str]:
    """Give the version a lock pins for each package on one Python."""
    place = {"python_version": python, "python_full_version": f"{python}.5", "sys_platform": "linux"}
    versions: dict[str, str] = {}
    for pin, _ in pins(path):
        if pin.marker is None or pin.marker.evaluate(place):
            assert agreed(pin.name) not in versions, f"{pin.name} is pinned twice for Python {python}"
            versions[agreed(pin.name)] = str(pin.specifier).removeprefix("==")
    return versions


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_lock_satisfies_pyproject(python: str) -> None:
    versions = locked("requirements.lock", python) | {"python": f"{python}.5"}
    for name, allowed in wanted().items():
        assert versions[name] in allowed, name


def test_check_lock_satisfies_pyproject() -> None:
    versions = locked(".ci/check.lock")
    for requirement in map(Requirement, PROJECT["optional-dependencies"]["check"]):
        assert versions[agreed(requirement.name)] in requirement.specifier


# conda's own parser and solver, against a channel made from the lock: no network, no conda. It runs in a
# child process because the interpreter can crash when it ends, after a good answer was printed.
SOLVE = """
import asyncio, json, sys
from pathlib import Path
from rattler import Channel, MatchSpec, PackageName, SparseRepoData, solve_with_sparse_repodata

folder, specs = Path(sys.argv[1]), json.loads(sys.argv[2])
try:
    parsed = [MatchSpec(spec, strict=True) for spec in specs]
    data = SparseRepoData(Channel(folder.as_uri()), "noarch", folder / "noarch" / "repodata.json")
    records = asyncio.run(solve_with_sparse_repodata(parsed, [data]))
    answer = {record.name.normalized: str(record.version) for record in records}
except Exception as error:
    answer = {"error": f"{type(error).__name__}: {error}"}
print(json.dumps(answer), flush=True)
"""
needs_rattler = pytest.mark.skipif(
    importlib.util.find_spec("rattler") is None,
    reason="conda's solver (py-rattler) is not installed: .ci/environment --check",
)


def solve(specs: list[str], folder: Path) -> dict[str, str]:
    """Let conda's solver choose among the lock's packages: name to version, or an error."""
    versions = {spelled(name): version for name, version in locked("requirements.lock").items()}
    versions |= {"python": "3.12.5", PIP_ITSELF: "26.0"}
    record = {"build": "0", "build_number": 0, "depends": [], "subdir": "noarch", "size": 1}
    packages = {
        f"{name}-{version}-0.conda": {"name": name, "version": version, "sha256": "0" * 64} | record
        for name, version in versions.items()
    }
    (folder / "noarch").mkdir(parents=True)
    repodata = {"info": {"subdir": "noarch"}, "packages": {}, "packages.conda": packages}
    (folder / "noarch" / "repodata.json").write_text(json.dumps(repodata), "utf-8")
    command = [sys.executable, "-c", SOLVE, str(folder), json.dumps(specs)]
    child = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    answer: dict[str, str] = json.loads(child.stdout)
    return answer


def spelled(name: str) -> str:
    """Spell a PyPI name as environment.yml does; a package that it does not name keeps its own."""
    spellings = {agreed(line.split()[0]): line.split()[0] for line in conda_lines(ENVIRONMENT)}
    return spellings.get(agreed(name), name)


@needs_rattler
def test_conda_solves_the_environment_to_the_lock(tmp_path: Path) -> None:
    answer = solve(conda_lines(ENVIRONMENT), tmp_path)
    assert "error" not in answer, answer
    versions = {spelled(name): version for name, version in locked("requirements.lock").items()}
    asked = {line.split()[0] for line in conda_lines(ENVIRONMENT)} - {"python", PIP_ITSELF}
    assert {name: answer[name] for name in asked} == {name: versions[name] for name in asked}


@needs_rattler
@pytest.mark.parametrize(
    ("spec", "error"),
    [
        ("pandas >=3.1,<", "InvalidMatchSpec"),
        ("pandas >=99", "pandas >=99"),
        ("no-such-package >=1", "no-such-package"),
    ],
)
def test_conda_refuses_a_broken_line(spec: str, error: str, tmp_path: Path) -> None:
    assert error in solve([*conda_lines(ENVIRONMENT), spec], tmp_path)["error"]
