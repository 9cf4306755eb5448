"""The paper in JupyterLab on an ordinary kernel: the organiser's preview, in real Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from contest.directory import ContestDirectory
from tests.chromium import launch
from tests.notebooks.lab import PATIENCE, address, contest

__all__ = ["address", "contest"]

pytestmark = pytest.mark.browser


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


def test_the_desk_asks_for_a_password_here_too(preview: Page, address: str) -> None:
    """The organisers' notebook: a log-in that lets nobody in who isn't written down."""
    browser = preview.context.browser
    assert browser is not None
    desk = browser.new_page(viewport={"width": 1280, "height": 900})
    desk.set_default_timeout(PATIENCE)
    desk.goto(address.replace("/lab?", "/doc/tree/ban_to_chuc.ipynb?"))
    desk.get_by_text("| Idle").wait_for()
    desk.get_by_text("Run", exact=True).first.click()
    desk.get_by_text("Run All Cells").first.click()
    desk.get_by_label("Tên", exact=True).fill("Trưởng ban")
    desk.get_by_label("Mật khẩu").fill("mat-khau-thu-1")
    desk.get_by_role("button", name="Đăng nhập").click()
    expect(desk.locator(".band.bad")).to_contain_text("Chưa có ai", timeout=PATIENCE)
