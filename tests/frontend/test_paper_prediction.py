"""The prediction: typed as people type, shown grouped and in words, wrong forms explained."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.frontend.conftest import OpenPage
from tests.frontend.steps import go, kernel, save_line, sent

pytestmark = pytest.mark.browser

WHOLE = "Hãy nhập số nguyên, chỉ gõ chữ số, ví dụ 12.345"


def field(page: Page) -> None:
    """Open the prediction."""
    go(page, "#du-doan")


@pytest.mark.parametrize("typed", ["12345", "12.345", "12 345", "12.345 "])
def test_ways_to_write_a_number(open_page: OpenPage, typed: str) -> None:
    page = open_page()
    field(page)
    box = page.get_by_role("textbox", name="Dự đoán của Bạn (người)")
    box.fill(typed)
    box.blur()
    expect(box).to_have_value("12.345")
    expect(page.locator("output")).to_have_text(
        "Bạn nhập: 12.345 (mười hai nghìn ba trăm bốn mươi lăm)"
    )
    assert [one["text"] for one in sent(page, "predict")] == [typed]
    assert page.evaluate("kernel.value") == "12345"
    expect(save_line(page)).to_contain_text("Đã lưu")


def test_a_pasted_number(open_page: OpenPage) -> None:
    page = open_page(context_options={"permissions": ["clipboard-read", "clipboard-write"]})
    field(page)
    page.evaluate("navigator.clipboard.writeText('12.345 ')")
    page.locator("#dd").focus()
    page.keyboard.press("Control+V")
    page.clock.run_for(1100)
    assert [one["text"] for one in sent(page, "predict")] == ["12.345 "]


@pytest.mark.parametrize("typed", ["12,5", "abc", "-3", "1.23"])
def test_what_is_no_whole_number_is_explained_and_kept(open_page: OpenPage, typed: str) -> None:
    page = open_page(value="700")
    field(page)
    box = page.locator("#dd")
    expect(box).to_have_value("700")
    box.fill(typed)
    expect(page.locator("#dd-loi")).to_be_hidden()
    page.clock.run_for(1500)
    expect(page.locator("#dd-loi")).to_be_hidden()
    box.blur()
    expect(box).to_have_value(typed)
    expect(page.locator("#dd-loi")).to_have_text(f"{WHOLE} Máy chủ vẫn giữ số đã lưu: 700.")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_attribute("aria-describedby", "dd-loi dd-goi-y")
    assert sent(page, "predict") == []
    go(page, "#xem-lai")
    expect(page.locator(".rows > .row").last).to_contain_text(f"chưa được nhận {typed}")
    go(page, "#du-doan")
    expect(box).to_have_value(typed)
    box.fill("800")
    box.blur()
    expect(page.locator("#dd-loi")).to_be_hidden()
    assert page.evaluate("kernel.value") == "800"


def test_the_wheel_changes_nothing(open_page: OpenPage) -> None:
    page = open_page(value="700")
    field(page)
    page.locator("#dd").focus()
    page.mouse.move(100, 300)
    page.mouse.wheel(0, 300)
    expect(page.locator("#dd")).to_have_value("700")
    assert page.locator("#dd").get_attribute("inputmode") == "numeric"
    assert page.locator("#dd").get_attribute("maxlength") is None


def test_the_number_is_saved_on_a_pause_and_can_be_emptied(open_page: OpenPage) -> None:
    page = open_page()
    field(page)
    page.locator("#dd").press_sequentially("1234")
    assert sent(page, "predict") == []
    page.clock.run_for(1100)
    assert [one["text"] for one in sent(page, "predict")] == ["1234"]
    expect(page.locator("#dd")).to_have_value("1234")
    page.locator("#dd").blur()
    expect(page.locator("#dd")).to_have_value("1.234")
    page.locator("#dd").fill("")
    page.locator("#dd").blur()
    assert [one["text"] for one in sent(page, "predict")] == ["1234", ""]


def test_percentages_take_comma_or_point(open_page: OpenPage) -> None:
    prediction = {"label": "Tỷ lệ?", "hint": "Ví dụ 92,5", "unit": "%", "decimals": 5}
    page = open_page(prediction=prediction)
    field(page)
    assert page.locator("#dd").get_attribute("inputmode") == "decimal"
    page.locator("#dd").fill("92.5")
    page.locator("#dd").blur()
    expect(page.locator("#dd")).to_have_value("92,5")
    expect(page.locator("output")).to_have_text("Bạn nhập: 92,5 (chín mươi hai phẩy năm)")
    page.locator("#dd").fill("92,1234567")
    page.locator("#dd").blur()
    expect(page.locator("#dd-loi")).to_contain_text("nhiều nhất 5 chữ số sau dấu phẩy")


def test_a_prediction_the_server_refuses(open_page: OpenPage) -> None:
    page = open_page()
    field(page)
    kernel(page, "kernel.refuse[null] = {why: 'bad_number', text: 'Số này chưa đọc được.'}")
    page.locator("#dd").fill("5")
    page.locator("#dd").blur()
    expect(page.locator("#dd-loi")).to_have_text("Số này chưa đọc được.")
    expect(save_line(page)).to_have_text("Câu dự đoán chưa được nhận. Mời Bạn nhập lại.")
    go(page, "#cau-1")
    page.get_by_role("button", name="Tới câu dự đoán").first.click()
    expect(page.locator("h1")).to_contain_text("Câu dự đoán.")


def test_a_contest_without_prediction(open_page: OpenPage) -> None:
    page = open_page("/thi#cau-20", predicts=False)
    page.get_by_role("button", name="Tới xem lại").click()
    expect(page.locator(".rows > .row")).to_have_count(20)
    expect(page.get_by_text("Đã trả lời 0/20", exact=True)).to_be_visible()
    expect(page.locator(".cell-wide")).to_have_count(0)
