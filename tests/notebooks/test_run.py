"""Every notebook runs on an ordinary kernel, as in JupyterLab."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from contest.commands.grade import grade_directory
from contest.commands.simulate import simulate_directory
from contest.directory import ContestDirectory
from contest.settings import lab_environment
from tests.factories import write_contest

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


@pytest.fixture(scope="module")
def contest(tmp_path_factory: pytest.TempPathFactory) -> ContestDirectory:
    """Return a contest with graded results of synthetic people."""
    directory = write_contest(tmp_path_factory.mktemp("notebooks") / "x")
    simulate_directory(directory.path, 30, 3, close=True)
    grade_directory(directory.path, [], directory.path / "ket_qua")
    return directory


def run(name: str, directory: ContestDirectory) -> list[Any]:
    """Run a notebook on an ordinary kernel and return the outputs of its cells."""
    notebook = nbformat.read(NOTEBOOKS / name, as_version=4)
    client = NotebookClient(notebook, timeout=120)
    manager = client.create_kernel_manager()
    manager.transport = "ipc"
    client.execute(env=lab_environment(directory.path, directory.path / "ket_qua"))
    return [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]


def test_every_notebook_is_tested_here() -> None:
    """A new one gets its test."""
    assert {path.name for path in NOTEBOOKS.glob("*.ipynb")} == {
        "ban_to_chuc.ipynb", "thi.ipynb", "ket_qua.ipynb", "soan_cau_hoi.ipynb",
        "luyen_tap.ipynb", "thi_thu.ipynb", "cham_bai.ipynb",
    }  # fmt: skip


def test_results_notebook_shows_something_in_every_cell(contest: ContestDirectory) -> None:
    """Without an error and without anything on stderr."""
    for outputs in run("ket_qua.ipynb", contest):
        assert outputs
        assert not [output for output in outputs if output.output_type in ("error", "stream")]


@pytest.mark.parametrize(
    "name", ["thi.ipynb", "luyen_tap.ipynb", "thi_thu.ipynb", "cham_bai.ipynb"]
)
def test_page_notebook_shows_the_widget(contest: ContestDirectory, name: str) -> None:
    """With its browser side brought along; the contestants' pages as a preview."""
    ((output,),) = run(name, contest)
    assert "application/vnd.jupyter.widget-view+json" in output.data


def test_authoring_notebook_shows_a_widget_in_every_cell(contest: ContestDirectory) -> None:
    """Table, wizards and approval, and nothing of the bank has changed."""
    before = {path: path.read_bytes() for path in (contest.path / "ngan_hang").glob("*.yml")}
    for outputs in run("soan_cau_hoi.ipynb", contest):
        (output,) = outputs
        assert "application/vnd.jupyter.widget-view+json" in output.data
    assert {path: path.read_bytes() for path in before} == before


def test_desk_notebook_shows_the_log_in_and_nothing_else(contest: ContestDirectory) -> None:
    """Neither the contest's title nor a figure is in what the page gets."""
    ((output,),) = run("ban_to_chuc.ipynb", contest)
    assert "application/vnd.jupyter.widget-view+json" in output.data
    assert "Cuộc thi thử" not in str(output)


def test_preview_leaves_the_contest_alone(contest: ContestDirectory) -> None:
    """The real database is neither opened nor changed."""
    with closing(sqlite3.connect(contest.database)) as db:
        before = db.execute("select count(*) from contestants").fetchone()
    run("thi.ipynb", contest)
    with closing(sqlite3.connect(contest.database)) as db:
        assert db.execute("select count(*) from contestants").fetchone() == before
