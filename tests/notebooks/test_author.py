"""Authoring in JupyterLab, in real Chromium: open, edit, see it as a contestant, save, approve."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from contest.directory import ContestDirectory
from questions import load_bank
from tests.chromium import launch
from tests.notebooks.lab import PATIENCE, address, contest

__all__ = ["address", "contest"]

pytestmark = pytest.mark.browser
STEM = "Câu hỏi vừa được sửa ở sổ tay?"


@pytest.fixture(scope="module")
def notebook(address: str) -> Iterator[Page]:
    """Open the authoring notebook, run all its cells and open its first question."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 1400, "height": 1400})
        page.set_default_timeout(PATIENCE)
        page.goto(address.replace("/lab?", "/doc/tree/soan_cau_hoi.ipynb?"))
        page.get_by_text("| Idle").wait_for()  # before, it would ask for a kernel
        page.get_by_text("Run", exact=True).first.click()
        page.get_by_text("Run All Cells").first.click()
        page.get_by_role("button", name="Lưu ngân hàng").wait_for()
        page.locator(".jp-OutputArea button.jupyter-button").filter(
            has_text=re.compile(r"\d$")
        ).first.click()
        page.get_by_text("Thí sinh thấy", exact=True).wait_for()
        yield page
        browser.close()


def test_a_question_is_edited_seen_saved_and_approved(
    notebook: Page, contest: ContestDirectory
) -> None:
    """The way of an author from the table to the stamp."""
    stem = notebook.get_by_label("Lời câu hỏi", exact=True)
    stem.fill(STEM)
    stem.blur()
    seen = notebook.locator(".th.paper").get_by_role("heading", name=STEM)
    expect(seen).to_be_visible(timeout=PATIENCE)
    expect(notebook.get_by_text("1 mục chưa lưu.")).to_be_visible()
    expect(notebook.get_by_text("XEM THỬ", exact=True)).to_be_visible()
    notebook.get_by_role("button", name="Lưu ngân hàng").click()
    expect(notebook.get_by_text(re.compile("Đã lưu 1 mục vào"))).to_be_visible(timeout=PATIENCE)
    (question,) = [
        one for one in load_bank(contest.path / "ngan_hang").questions if one.stem == STEM
    ]
    notebook.get_by_label("Người duyệt").fill("Tổ nội dung")
    notebook.get_by_label("Người duyệt").blur()
    notebook.get_by_role("button", name="Duyệt", exact=True).click()
    expect(notebook.get_by_text(re.compile("Đã ghi 1 câu là"))).to_be_visible(timeout=PATIENCE)
    bank = load_bank(contest.path / "ngan_hang")
    assert bank.status_of(bank.question_by_id[question.id]) == "approved"
