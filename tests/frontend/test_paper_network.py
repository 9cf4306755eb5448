"""A bad network is a state: answering goes on, and the page says where the work stands."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.frontend.conftest import OpenPage
from tests.frontend.steps import go, heard, kernel, offline, online, option, save_line, sent

pytestmark = pytest.mark.browser

WAITING = "Đang chờ mạng: {n} câu chưa gửi. Bạn cứ làm tiếp."


def cell(page: Page, q: int) -> str:
    """Return the accessible name of a question's cell beside the question."""
    label = page.locator(f".side a[href='#cau-{q}']").get_attribute("aria-label")
    assert label
    return label


def test_two_minutes_offline_with_five_answers(open_page: OpenPage) -> None:
    page = open_page(size=(1280, 800))
    page.clock.run_for(4000)
    offline(page)
    for q in range(1, 6):
        go(page, f"#cau-{q}")
        option(page, 2).check()
    page.clock.run_for(120_000)
    expect(save_line(page)).to_have_text(WAITING.format(n=5))
    assert cell(page, 3) == "Câu 3, đã trả lời, chưa gửi, chờ mạng"
    expect(page.locator(".side .icon-wait")).to_have_count(6)  # five cells and the legend
    said = [one for one in heard(page) if "mạng" in one]
    assert len(said) == 1
    online(page)
    expect(save_line(page)).to_contain_text("Có mạng lại. Đã lưu cả 5 câu lúc 11:02:")
    page.clock.run_for(9000)
    expect(save_line(page)).to_contain_text("Có mạng lại")
    page.clock.run_for(2000)
    expect(save_line(page)).to_have_text("Đã lưu 11:02:05")
    said = [one for one in heard(page) if "mạng" in one]
    assert len(said) == 2
    assert page.evaluate("kernel.rows.map((row) => row.seq)") == [1, 2, 3, 4, 5]
    assert cell(page, 3) == "Câu 3, đã trả lời"


def test_offline_only_the_last_choice_of_a_question_is_owed(open_page: OpenPage) -> None:
    page = open_page()
    offline(page)
    for n in (1, 2, 3):
        option(page, n).check()
    page.clock.run_for(10_000)
    online(page)
    assert [(one["seq"], one["chosen"]) for one in sent(page, "answer")] == [(1, [3])]


def test_after_a_reconnection_the_page_says_hello_and_sends_again_in_order(
    open_page: OpenPage,
) -> None:
    page = open_page()
    kernel(page, "kernel.silent = true")
    option(page, 1).check()
    go(page, "#cau-2")
    option(page, 2).check()
    kernel(page, "kernel.sent = []; line.set({state: 'connecting'})")
    page.clock.run_for(20_000)
    assert sent(page) == []
    online(page)
    kinds = [(one["t"], one.get("seq")) for one in sent(page)]
    assert kinds[:3] == [("hello", None), ("answer", 1), ("answer", 2)]
    assert page.evaluate("kernel.rows.map((row) => row.seq)") == [1, 2]
    expect(page.locator("h1")).to_contain_text("Câu 2.")


def test_focus_and_choice_stay_when_the_paper_comes_again(open_page: OpenPage) -> None:
    page = open_page()
    option(page, 2).check()
    option(page, 2).focus()
    kernel(page, "line.set({state: 'connecting'})")
    online(page)
    expect(option(page, 2)).to_be_focused()
    expect(option(page, 2)).to_be_checked()


def test_the_states_between_lost_and_back(open_page: OpenPage) -> None:
    page = open_page()
    kernel(page, "kernel.silent = true")
    option(page, 1).check()
    kernel(page, "line.set({state: 'connecting', trying: true})")
    expect(save_line(page)).to_have_text("Đang nối lại… (1 câu chờ gửi)")
    kernel(page, "line.set({trying: false})")
    expect(save_line(page)).to_have_text(WAITING.format(n=1))
    kernel(page, "line.set({why: 'restart', retryAt: performance.now() + 8000})")
    expect(save_line(page)).to_have_text(
        "Máy chủ đang khởi động lại. Bài của Bạn vẫn còn. Thử lại sau 8 giây."
    )
    page.clock.run_for(2000)
    expect(save_line(page)).to_contain_text("Thử lại sau 7 giây")
    expect(page.locator("h1")).to_contain_text("Câu 1.")
    expect(option(page, 1)).to_be_checked()
    option(page, 2).check()
    expect(option(page, 2)).to_be_checked()
    page.get_by_role("button", name="Thử ngay").click()
    assert page.evaluate("line.retried") == 1


def test_leaving_asks_only_with_answers_unsent(open_page: OpenPage) -> None:
    page = open_page()
    asks = (
        "() => { const event = new Event('beforeunload', {cancelable: true});"
        "window.dispatchEvent(event); return event.defaultPrevented }"
    )
    assert page.evaluate(asks) is False
    kernel(page, "kernel.silent = true")
    option(page, 1).check()
    assert page.evaluate(asks) is True


def leave(page: Page) -> bool:
    """Let the connection ask to load the page anew; return whether it may."""
    may: bool = page.evaluate(
        "line.set({state: 'dead'}), line.dispatchEvent(new Event('leave', {cancelable: true}))"
    )
    return may


def reopened(page: Page, setup: str) -> None:
    """Load the page again; `setup` are options of the new kernel."""
    page.evaluate("setup => sessionStorage.setItem('harness', setup)", setup)
    page.reload()
    page.clock.run_for(200)
    page.locator(".paper h1").wait_for()


def test_unsent_answers_cross_the_reload_of_a_dead_kernel(open_page: OpenPage) -> None:
    page = open_page()
    kernel(page, "kernel.silent = true")
    option(page, 2).check()
    page.get_by_role("button", name="Xem lại sau").click()
    assert leave(page)
    expect(save_line(page)).to_have_text("Trang đang mở lại để làm tiếp. Câu đã chọn vẫn còn.")
    reopened(page, '{"pen": 2}')
    expect(option(page, 2)).to_be_checked()
    rows = page.evaluate("kernel.rows.map(({pen, seq, message}) => [pen, seq, message.t])")
    assert rows == [[2, 1, "answer"], [2, 2, "flag"]]
    assert page.evaluate("Object.keys(sessionStorage)") == ["harness"]


def test_carried_answers_are_shown_as_sending(open_page: OpenPage) -> None:
    page = open_page()
    kernel(page, "kernel.silent = true")
    option(page, 2).check()
    leave(page)
    reopened(page, '{"pen": 2, "holding": true}')
    expect(save_line(page)).to_have_text("Tìm thấy 1 câu chưa gửi từ lần trước. Đang gửi.")
    kernel(page, "kernel.release()")
    expect(save_line(page)).to_contain_text("Đã lưu")


def test_carried_answers_are_only_shown_when_another_page_wrote_between(
    open_page: OpenPage,
) -> None:
    page = open_page()
    kernel(page, "kernel.silent = true")
    option(page, 2).check()
    leave(page)
    reopened(page, '{"pen": 3, "answers": {"1": [4]}}')
    expect(option(page, 4)).to_be_checked()
    assert sent(page, "answer") == []
    expect(page.locator(".stale summary")).to_contain_text("1 câu chọn ở trang này chưa được tính")


def test_answers_of_another_paper_are_not_carried(open_page: OpenPage) -> None:
    page = open_page()
    kernel(page, "kernel.silent = true")
    option(page, 2).check()
    leave(page)
    reopened(page, '{"pen": 2, "start": 1766289600001}')
    expect(page.locator(".opt input:checked")).to_have_count(0)
    assert sent(page, "answer") == []
    expect(page.locator(".stale")).to_be_hidden()


def test_a_page_that_only_looks_does_not_take_the_pen_by_reloading(open_page: OpenPage) -> None:
    page = open_page()
    kernel(page, "kernel.elsewhere()")
    assert not leave(page)
    expect(save_line(page)).to_contain_text("Bài đang mở ở trang khác")
    page.get_by_role("button", name="Làm tiếp ở đây").click()
    assert page.evaluate("line.reloaded") == 1


def test_a_browser_without_storage_is_told_at_the_start(open_page: OpenPage) -> None:
    page = open_page(
        prepare=lambda page: page.add_init_script(
            "Storage.prototype.setItem = () => { throw new Error('full') }"
        )
    )
    expect(save_line(page)).to_have_text(
        "Máy không giữ được câu chờ gửi. Đừng đóng trang khi mất mạng."
    )
    option(page, 1).check()
    expect(save_line(page)).to_contain_text("Đã lưu")


def test_the_bar_grows_without_moving_the_question(open_page: OpenPage) -> None:
    page = open_page()
    before = page.locator("h1").bounding_box()
    kernel(page, "line.set({state: 'connecting', why: 'restart', retryAt: performance.now()})")
    expect(save_line(page)).to_contain_text("khởi động lại")
    page.clock.run_for(50)
    after = page.locator("h1").bounding_box()
    assert before and after
    assert abs(before["y"] - after["y"]) <= 1
