"""The markers' page under `timhieu marking … open`, in real Chromium and by keyboard."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from contest.commands.desk import desk_command
from contest.commands.lab import work_copies
from contest.directory import ContestDirectory
from contest.marking.marks import read_marks
from contest.marking.room import MarkingRoom
from contest.service import Service
from contest.settings import TEMPLATES, lab_environment
from contest.store.commands import MARK_KIND
from contest.ui.marking.messages import text
from tests.chromium import launch
from tests.contest.marking.helpers import (
    ONE,
    PASSWORD,
    TWO,
    cheap_organisers,
    essay_contest,
    in_room,
)
from tests.frontend.conftest import axe
from tests.frontend.looks import problems
from tests.notebooks.lab import PATIENCE
from tests.ports import free_port

__all__ = ["axe"]

pytestmark = pytest.mark.browser

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def contest(tmp_path_factory: pytest.TempPathFactory) -> ContestDirectory:
    """A closed round with three essays, and three markers."""
    return essay_contest(tmp_path_factory.mktemp("cham") / "thi")


@pytest.fixture(scope="module")
def address(contest: ContestDirectory, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Show the page as the command does and return its address."""
    port = free_port()
    notebook = work_copies(tmp_path_factory.mktemp("so_tay")) / "cham_bai.ipynb"
    environment = lab_environment(contest.path, contest.path / "ket_qua")
    with subprocess.Popen(
        [*desk_command(notebook, port), "--no-browser"],
        env={**environment, "JUPYTER_PATH": str(TEMPLATES)},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        cwd=contest.path,
    ) as process:
        assert process.stderr is not None
        try:
            for line in process.stderr:
                if f"http://127.0.0.1:{port}" in line:
                    yield f"http://127.0.0.1:{port}/"
                    break
            else:
                pytest.fail("the page didn't start")
        finally:
            process.terminate()
            process.stderr.read()


@pytest.fixture(scope="module")
def browser(address: str) -> Iterator[Browser]:  # noqa: ARG001 - its loop must not run before
    """Run Chromium."""
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Open the page; nobody is logged in."""
    found = browser.new_page(viewport=WIDE)
    found.set_default_timeout(PATIENCE)
    found.goto(address)
    found.get_by_label("Mật khẩu").wait_for()
    yield found
    found.close()


def log_in(page: Page, name: str) -> None:
    """Log in by keyboard alone."""
    page.get_by_label("Tên", exact=True).focus()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def violations(page: Page, axe: str) -> list[dict[str, Any]]:
    """Return what axe finds in our part of the page."""
    page.evaluate(axe)
    return problems(page, ".marking")


def overflows(page: Page) -> bool:
    """Return whether our part of the page is wider than the window."""
    return bool(
        page.evaluate(
            "() => { const box = document.querySelector('.marking');"
            " return box.scrollWidth > box.clientWidth + 1; }"
        )
    )


def test_a_marker_works_by_keyboard(
    page: Page, contest: ContestDirectory, axe: str, tmp_path: Path
) -> None:
    """Log-in, wrong points with the way out, a saved mark, the next essay, one changed."""
    assert violations(page, axe) == []
    log_in(page, ONE)
    expect(page.get_by_text(re.compile(re.escape(text("progress", done=0, all=2))))).to_be_visible(
        timeout=PATIENCE
    )
    heading = page.get_by_role("heading", name=re.compile(r"Bài số \d"))
    expect(heading).to_be_focused()
    first = heading.inner_text()
    assert violations(page, axe) == []
    page.screenshot(path=tmp_path / "rong.png", full_page=True)
    points = page.locator("input.marking-points")
    points.first.focus()
    page.keyboard.type("4,5")
    page.keyboard.press("Tab")
    page.keyboard.type("9")
    expect(page.locator(".marking output")).to_have_text("13,5/10")
    page.keyboard.press("Enter")
    expect(page.get_by_text(text("wrong", n=1))).to_be_visible(timeout=PATIENCE)
    expect(points.nth(1)).to_be_focused()
    expect(points.nth(1)).to_have_attribute("aria-invalid", "true")
    expect(points.first).to_have_value("4,5")
    assert violations(page, axe) == []
    page.keyboard.press("Control+a")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(r"Đã lưu bài số \d: 7,5/10 điểm"))).to_be_visible(
        timeout=PATIENCE
    )
    expect(heading).to_be_focused()
    assert heading.inner_text() != first
    page.get_by_role("button", name=re.compile("^Sửa: Bài số")).press("Enter")
    expect(points.first).to_have_value("4,5", timeout=PATIENCE)
    page.set_viewport_size(NARROW)
    assert not overflows(page)
    assert violations(page, axe) == []
    page.screenshot(path=tmp_path / "hep.png", full_page=True)
    page.set_viewport_size(WIDE)
    page.get_by_role("button", name="Đăng xuất").press("Enter")
    expect(page.get_by_text(text("bye"))).to_be_visible(timeout=PATIENCE)

    async def stored(service: Service, _: MarkingRoom) -> list[tuple[str, int]]:
        marks = read_marks(await service.store.actions(MARK_KIND))
        return [(one.marker, one.total) for one in marks]

    with ThreadPoolExecutor(1) as aside:  # this thread has the browser's loop
        assert aside.submit(in_room, contest, stored).result() == [(ONE, 7_500_000)]


def test_a_second_marker_sees_their_own_page(page: Page, axe: str) -> None:
    """Nothing of the first one, who was at the same browser before."""
    log_in(page, TWO)
    expect(page.get_by_text(re.compile(re.escape(text("who", name=TWO))))).to_be_visible(
        timeout=PATIENCE
    )
    assert ONE not in page.locator(".marking").inner_text()
    assert page.locator("input.marking-points").first.input_value() == ""
    assert violations(page, axe) == []


def test_points_typed_when_the_log_in_ran_out_come_back(
    page: Page, contest: ContestDirectory
) -> None:
    """To whoever typed them; another password ends a visit as half an hour's rest does."""
    heading = page.get_by_role("heading", name=re.compile(r"Bài số \d"))
    essay = heading.inner_text()
    points = page.locator("input.marking-points")
    points.first.fill("2,5")
    points.nth(1).fill("1")
    cheap_organisers(contest).set_password(TWO, PASSWORD)
    points.nth(1).press("Enter")
    expect(page.get_by_text(text("ended"))).to_be_visible(timeout=PATIENCE)
    log_in(page, TWO)
    expect(points.first).to_have_value("2,5", timeout=PATIENCE)
    expect(points.nth(1)).to_have_value("1")
    expect(page.locator(".marking output")).to_have_text("3,5/10")
    assert heading.inner_text() == essay
