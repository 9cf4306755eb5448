"""Two pages, one pen: the one without it shows, and says so."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.frontend.conftest import OpenPage
from tests.frontend.steps import go, heard, kernel, option, save_line, sent

pytestmark = pytest.mark.browser

ELSEWHERE = "Bài đang mở ở trang khác. Trang này chỉ để xem, từ 11:00."


def test_the_page_that_loses_the_pen_becomes_read_only_and_keeps_focus(
    open_page: OpenPage,
) -> None:
    page = open_page(answers={"1": [2]})
    go(page, "#cau-1")
    page.clock.run_for(4000)
    option(page, 2).focus()
    kernel(page, "kernel.elsewhere()")
    expect(save_line(page)).to_have_text(ELSEWHERE)
    expect(option(page, 2)).to_be_focused()
    expect(page.locator("dialog")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    option(page, 4).click(force=True)
    expect(option(page, 2)).to_be_checked()
    assert sent(page, "answer") == []
    page.clock.run_for(4000)
    assert heard(page)[-1] == ELSEWHERE
    page.get_by_role("button", name="Tới câu 2").click()
    expect(page.locator("h1")).to_contain_text("Câu 2.")


def test_a_dialog_closes_when_the_pen_is_lost(open_page: OpenPage) -> None:
    page = open_page()
    page.locator(".where").click()
    expect(page.locator("dialog")).to_be_visible()
    kernel(page, "kernel.elsewhere()")
    expect(page.locator("dialog")).to_have_count(0)


def test_the_pen_is_taken_back_and_counts_from_one_again(open_page: OpenPage) -> None:
    page = open_page()
    option(page, 1).check()
    kernel(page, "kernel.elsewhere()")
    page.get_by_role("button", name="Làm tiếp ở đây").click()
    expect(save_line(page)).not_to_contain_text("trang khác")
    option(page, 2).check()
    last = sent(page, "answer")[-1]
    assert (last["pen"], last["seq"], last["chosen"]) == (3, 1, [2])
    expect(save_line(page)).to_contain_text("Đã lưu")


def test_what_was_not_accepted_is_listed_and_can_be_entered_again(open_page: OpenPage) -> None:
    page = open_page()
    kernel(page, "kernel.holding = true")
    for q in (1, 2):
        go(page, f"#cau-{q}")
        option(page, 3).check()
    kernel(page, "kernel.elsewhere()")
    kernel(page, "kernel.release()")
    stale = page.locator(".stale")
    expect(stale.locator("summary")).to_have_text(
        "2 câu chọn ở trang này chưa được tính. Xem và nhập lại"
    )
    expect(stale.get_by_role("button")).to_have_count(0)
    page.get_by_role("button", name="Làm tiếp ở đây").click()
    expect(stale.locator("li")).to_have_count(2)
    expect(stale).to_contain_text("Câu 1: Phương án thứ ba")
    expect(page.locator(".opt input:checked")).to_have_count(0)
    stale.get_by_role("button", name="Nhập lại câu 1").click()
    expect(stale.locator("li")).to_have_count(1)
    stale.get_by_role("button", name="Nhập lại câu 2").click()
    expect(stale).to_be_hidden()
    assert page.evaluate("kernel.answers") == {"1": [3], "2": [3]}
    expect(option(page, 3)).to_be_checked()


def test_the_list_can_be_dropped(open_page: OpenPage) -> None:
    page = open_page()
    kernel(page, "kernel.holding = true")
    option(page, 3).check()
    kernel(page, "kernel.elsewhere(); kernel.release()")
    page.get_by_role("button", name="Làm tiếp ở đây").click()
    page.get_by_role("button", name="Bỏ qua").click()
    expect(page.locator(".stale")).to_be_hidden()
    assert page.evaluate("kernel.answers") == {}


def test_an_answer_that_had_been_committed_is_not_listed(open_page: OpenPage) -> None:
    page = open_page()
    kernel(page, "kernel.losing = true")
    option(page, 3).check()
    kernel(page, "kernel.losing = false; kernel.elsewhere()")
    page.clock.run_for(6000)
    expect(page.locator(".stale")).to_be_hidden()


def test_papers_for_another_page_are_not_ours(open_page: OpenPage) -> None:
    page = open_page()
    option(page, 1).check()
    kernel(page, "kernel.paper('nobodyspage000000')")
    expect(save_line(page)).to_contain_text("Đã lưu")
    expect(option(page, 1)).to_be_checked()
