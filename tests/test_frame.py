"""The frame: dependency lists agree, locks are clean, notebooks are thin, scripts are there."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
CONDA_NAMES = {"python", "jupyterlab", "ipywidgets", "voila", "pandas", "sqlite-utils", "pip"}
MAX_CELLS, MAX_LINES = 10, 10


def read(name: str) -> str:
    """Return a file of the checkout."""
    return (ROOT / name).read_text(encoding="utf-8")


def name_of(requirement: str) -> str:
    """Return the normalised project name of a requirement line."""
    return re.match(r"[A-Za-z0-9._-]+", requirement)[0].lower().replace("_", "-").replace(".", "-")  # type: ignore[index]


def project() -> dict:
    """Return the [project] table of pyproject.toml."""
    return tomllib.loads(read("pyproject.toml"))["project"]


def locked(name: str) -> dict[str, str]:
    """Return project name -> version of a lock."""
    lines = [line for line in read(name).splitlines() if "==" in line]
    return {name_of(line): line.split("==")[1].split()[0] for line in lines}


def test_run_lock_pins_every_dependency() -> None:
    """requirements.lock holds everything that pyproject.toml needs to run, and its build tools."""
    needed = [*project()["dependencies"], *project()["optional-dependencies"]["build"]]
    assert {name_of(item) for item in needed} <= set(locked("requirements.lock"))


def test_dev_lock_holds_the_run_lock_and_the_test_tools() -> None:
    """The tests run on the very versions that serve contests."""
    run, dev = locked("requirements.lock"), locked("requirements-dev.lock")
    assert run.items() <= dev.items()
    assert {name_of(item) for item in project()["optional-dependencies"]["test"]} <= set(dev)


def test_locks_name_no_index_or_path() -> None:
    """A lock works with anybody's package index."""
    for name in ("requirements.lock", "requirements-dev.lock"):
        assert not re.search(r"https?://|file:|--index|--find-links|/", read(name))


def test_npm_lock_names_no_registry() -> None:
    """The npm lock works with anybody's registry, by checksum."""
    text = read("voila_templates/package-lock.json")
    assert '"resolved"' not in text
    assert '"integrity"' in text


def test_environment_yml_names_the_agreed_packages() -> None:
    """conda's file lists the packages by name and installs the kit itself last."""
    items = re.findall(r"^  - ([a-z-]+)", read("environment.yml"), flags=re.M)
    assert set(items) - {"conda-forge"} - {"pip"} == CONDA_NAMES - {"pip"}
    assert read("environment.yml").rstrip().splitlines()[-1].strip() == "- -e ."


def test_environment_yml_agrees_with_pyproject() -> None:
    """What conda installs by name is what the kit depends on."""
    depends = {name_of(item) for item in project()["dependencies"]}
    assert CONDA_NAMES - {"python", "pip"} <= depends


def test_packages_are_listed_explicitly() -> None:
    """Every folder with an __init__.py in the three rooms is a listed package."""
    listed = tomllib.loads(read("pyproject.toml"))["tool"]["setuptools"]["packages"]
    found = [
        path.parent.relative_to(ROOT).as_posix().replace("/", ".")
        for room in ("questions", "grading", "contest")
        for path in (ROOT / room).rglob("__init__.py")
    ]
    assert sorted(listed) == sorted(found)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebooks_are_thin_and_clean(path: Path) -> None:
    """No outputs, few short cells, no definitions: the logic lives in packages."""
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(cells) <= MAX_CELLS
    for cell in cells:
        assert not cell.outputs
        assert cell.execution_count is None
        assert len(cell.source.splitlines()) <= MAX_LINES
        assert not re.search(r"^\s*(def|class) ", cell.source, flags=re.M)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebooks_import_public_pages_only(path: Path) -> None:
    """A notebook reaches the kit through contest.ui alone."""
    notebook = nbformat.read(path, as_version=4)
    source = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    modules = re.findall(r"^\s*(?:from|import) ([\w.]+)", source, flags=re.M)
    assert modules == ["contest.ui"]


def test_ci_calls_the_readme_command() -> None:
    """What CI runs is what a newcomer runs."""
    assert "make test" in read(".ci/run")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


@pytest.mark.parametrize("script", [".ci/run", "deploy/setup.sh"])
def test_scripts_are_valid_shell(script: str) -> None:
    """A syntax error would only show on somebody else's machine."""
    result = subprocess.run(["sh", "-n", ROOT / script], capture_output=True, check=False)
    assert result.returncode == 0, result.stderr


def test_nothing_tracked_names_this_machine() -> None:
    """No tracked file holds a path of the machine it was written on."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    home = str(Path.home())
    for name in filter(None, listed.split("\0")):
        content = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        assert str(ROOT).encode() not in content, name
        if len(home) > 5:  # "/root" alone is also a word of many texts
            assert home.encode() not in content, name
