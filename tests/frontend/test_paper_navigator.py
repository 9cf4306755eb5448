"""The list of questions: a dialog on phones, beside the question from 768 px on."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.frontend.conftest import OpenPage
from tests.frontend.steps import go, kernel, option

pytestmark = pytest.mark.browser

GIVEN = {str(q): [1] for q in range(1, 13)}


def test_the_dialog_shows_every_question_in_words(open_page: OpenPage) -> None:
    page = open_page(answers=GIVEN, flags=[3, 15])
    go(page, "#cau-3")
    opener = page.get_by_role("button", name="Câu 3/20, mở danh sách câu hỏi", exact=True)
    opener.click()
    dialog = page.get_by_role("dialog", name="Các câu hỏi")
    expect(dialog.get_by_role("button", name="Đóng")).to_be_focused()
    expect(dialog.get_by_text("Đã trả lời 12 · chưa 8 · xem lại 2")).to_be_visible()
    links = dialog.get_by_role("navigation", name="Các câu hỏi").get_by_role("link")
    expect(links).to_have_count(21)
    labels = [link.get_attribute("aria-label") for link in links.all()]
    assert labels[2] == "Câu 3, đã trả lời, xem lại sau, đang xem"
    assert labels[14] == "Câu 15, chưa trả lời, xem lại sau"
    assert labels[20] == "Câu dự đoán, chưa trả lời"
    expect(links.nth(2)).to_have_attribute("aria-current", "step")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    expect(opener).to_be_focused()


def test_choosing_a_cell_goes_there_and_focus_is_on_the_question(open_page: OpenPage) -> None:
    page = open_page()
    page.locator(".where").click()
    page.get_by_role("dialog").get_by_role("link", name="Câu 14, chưa trả lời").click()
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("h1")).to_contain_text("Câu 14.")
    expect(page.locator("h1")).to_be_focused()
    expect(page).to_have_title("Câu 14/20 · Tìm hiểu mẫu")
    assert page.evaluate("location.hash") == "#cau-14"


def test_arrows_move_in_the_grid(open_page: OpenPage) -> None:
    page = open_page()
    page.locator(".where").click()
    links = page.get_by_role("dialog").locator(".cell")
    links.first.focus()
    page.keyboard.press("ArrowRight")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(6)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(links.nth(5)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Câu 1.")


def test_filters(open_page: OpenPage) -> None:
    page = open_page(answers=GIVEN, flags=[3, 15])
    page.locator(".where").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Chưa làm").click()
    expect(dialog.get_by_role("link")).to_have_count(9)
    dialog.get_by_role("button", name="Xem lại sau").click()
    expect(dialog.get_by_role("link")).to_have_count(2)
    pressed = dialog.get_by_role("button", name="Xem lại sau")
    expect(pressed).to_have_attribute("aria-pressed", "true")
    dialog.get_by_role("button", name="Tất cả").click()
    expect(dialog.get_by_role("link")).to_have_count(21)
    dialog.get_by_role("button", name="Xem lại và nộp bài").click()
    expect(page.locator("h1")).to_have_text("Xem lại trước khi nộp")


def test_from_768_the_list_stands_beside(open_page: OpenPage) -> None:
    page = open_page(size=(1280, 800))
    expect(page.locator(".where")).to_be_hidden()
    nav = page.get_by_role("navigation", name="Các câu hỏi")
    expect(nav).to_be_visible()
    option(page, 1).check()
    expect(nav.locator("a").first).to_have_attribute("aria-label", "Câu 1, đã trả lời, đang xem")
    nav.locator("a").nth(6).click()
    expect(page.locator("h1")).to_contain_text("Câu 7.")
    kernel(page, "kernel.end('expire')")
    expect(nav).to_be_hidden()


def test_pictures_open_large(open_page: OpenPage) -> None:
    questions = [
        {
            "q": 1,
            "many": False,
            "stem": "Hình này là gì?",
            "hint": "Chọn một phương án",
            "image": {"src": "/icon.svg", "alt": "Một dấu nét đậm"},
            "options": ["Dấu nhân", "Dấu kiểm"],
        }
    ]
    page = open_page(questions=questions)
    page.get_by_role("button", name="Một dấu nét đậm Phóng to hình").click()
    dialog = page.get_by_role("dialog", name="Hình trong câu hỏi")
    expect(dialog.get_by_text("Cỡ 100 %")).to_be_visible()
    page.keyboard.press("+")
    dialog.get_by_role("button", name="Phóng to").click()
    expect(dialog.get_by_text("Cỡ 200 %")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Một dấu nét đậm Phóng to hình")).to_be_focused()
    questions[0]["image"] = {"src": "https://example.org/x.png", "alt": "Ở nơi khác"}
    page = open_page(questions=questions)
    expect(page.locator("img")).to_have_count(0)
