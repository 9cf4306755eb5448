"""The paper in JupyterLab on an ordinary kernel: the organiser's preview, in real Chromium."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from contest.commands.lab import lab_command, work_copies
from contest.directory import ContestDirectory
from contest.settings import lab_environment
from tests.chromium import launch
from tests.factories import make_bank, write_contest

PATIENCE = 60_000

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def contest(tmp_path_factory: pytest.TempPathFactory) -> ContestDirectory:
    """Return a contest that nobody has entered yet; whichever question is drawn, it has radios."""
    return write_contest(tmp_path_factory.mktemp("lab") / "x", bank=make_bank(only="single"))


@pytest.fixture(scope="module")
def address(contest: ContestDirectory) -> Iterator[str]:
    """Run JupyterLab as `make lab` does and return the address it prints."""
    notebooks = work_copies(contest.path / "so_tay")
    process = subprocess.Popen(
        [
            *lab_command("127.0.0.1", notebooks),
            "--no-browser",
            "--ServerApp.port=0",
            f"--LabApp.workspaces_dir={contest.path / 'lab'}",
        ],
        env=lab_environment(contest.path, contest.path / "ket_qua"),
        stderr=subprocess.PIPE,
        text=True,
        cwd=contest.path,
    )
    assert process.stderr is not None
    try:
        for line in process.stderr:
            found = re.search(r"http://127\.0\.0\.1:\d+/lab\?token=\w+", line)
            if found:
                yield found[0]
                break
        else:
            pytest.fail("JupyterLab didn't start")
    finally:
        process.terminate()
        process.communicate(timeout=30)


@pytest.fixture(scope="module")
def preview(address: str) -> Iterator[Page]:
    """Open the paper's notebook and run its cell."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(PATIENCE)
        page.goto(address.replace("/lab?", "/lab/tree/thi.ipynb?"))
        page.get_by_text("| Idle").wait_for()  # before, it would ask for a kernel
        page.get_by_text("Run", exact=True).first.click()
        page.get_by_text("Run All Cells").first.click()
        page.get_by_role("radio").first.wait_for()
        yield page
        browser.close()


def test_preview_shows_the_paper_marked_as_one(preview: Page) -> None:
    """The very widget that contestants get, under the band "XEM THỬ"."""
    expect(preview.get_by_text("XEM THỬ", exact=True)).to_be_visible(timeout=PATIENCE)


def test_preview_saves_answers(preview: Page) -> None:
    """Choosing is stored and said so, as in the contest."""
    preview.get_by_role("radio").first.check()
    expect(preview.get_by_text(re.compile("Đã lưu")).first).to_be_visible(timeout=PATIENCE)


def test_preview_has_a_database_of_its_own(preview: Page, contest: ContestDirectory) -> None:
    """The contest's is not even made."""
    assert preview.url
    assert contest.preview_database.exists()
    assert not contest.database.exists()
