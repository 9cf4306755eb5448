"""The clock: the server's, quiet, said twice; and the end of the time."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.frontend.conftest import OpenPage
from tests.frontend.steps import (
    alerts,
    deadline_in,
    go,
    heard,
    kernel,
    offline,
    option,
    save_line,
    sent,
)

pytestmark = pytest.mark.browser

FIVE = "Còn 5 phút, 20 câu chưa trả lời"
ONE = "Còn 1 phút, 20 câu chưa trả lời"


def test_twenty_minutes_are_said_twice(open_page: OpenPage) -> None:
    page = open_page()
    timer = page.get_by_role("timer")
    expect(timer).to_have_attribute("aria-live", "off")
    expect(timer.locator("time")).to_have_text("20:00")
    page.clock.run_for(60_000)
    expect(timer.locator("time")).to_have_text("19:00")
    page.clock.run_for(19 * 60_000 - 1500)
    assert [text for text in heard(page) if "phút" in text] == [FIVE, ONE]
    expect(page.locator(".note")).to_have_text("Còn 1 phút. Bạn nên nộp bài.")


def test_the_line_at_five_minutes_stays(open_page: OpenPage) -> None:
    page = open_page()
    deadline_in(page, 302_000)
    page.clock.run_for(1000)
    expect(page.locator(".note")).to_be_hidden()
    page.clock.run_for(1500)
    expect(page.locator(".note")).to_have_text("Còn 5 phút. Mỗi lựa chọn vẫn tự lưu.")
    page.clock.run_for(200_000)
    expect(page.locator(".note")).to_have_text("Còn 5 phút. Mỗi lựa chọn vẫn tự lưu.")


def test_a_page_opened_late_shows_the_line_and_says_nothing(open_page: OpenPage) -> None:
    page = open_page(minutes=4)
    expect(page.locator(".note")).to_have_text("Còn 5 phút. Mỗi lựa chọn vẫn tự lưu.")
    page.clock.run_for(60_000)
    assert not [text for text in heard(page) if "phút" in text]


def test_the_clock_of_the_phone_may_be_set_as_it_likes(open_page: OpenPage) -> None:
    page = open_page(context_options={"timezone_id": "America/New_York"})
    page.clock.set_system_time("2031-01-01T00:00:00Z")
    page.clock.run_for(2000)
    expect(page.get_by_role("timer").locator("time")).to_have_text("19:58")
    option(page, 1).check()
    expect(save_line(page)).to_have_text(re.compile(r"Đã lưu 11:00:0\d"))


def test_the_time_is_read_on_request_once_per_press(open_page: OpenPage) -> None:
    page = open_page()
    page.clock.run_for(4800)
    option(page, 1).check()
    button = page.get_by_role("button", name="Đọc giờ còn lại")
    for presses in (1, 2):
        button.focus()
        expect(button).to_be_visible()
        page.keyboard.press("Enter")
        page.clock.run_for(4000)
        read = [text for text in heard(page) if re.fullmatch(r"Còn 19 phút .* 19 câu .*", text)]
        assert len(read) == presses


def test_the_clock_can_be_hidden_until_five_minutes(open_page: OpenPage) -> None:
    page = open_page()
    digits = page.get_by_role("timer").locator("time")
    page.get_by_role("button", name="Ẩn đồng hồ").click()
    expect(digits).to_have_text("")
    page.clock.run_for(60_000)
    expect(digits).to_have_text("")
    expect(page.get_by_role("button", name="Hiện đồng hồ")).to_be_visible()
    deadline_in(page, 300_000)
    page.clock.run_for(1100)
    expect(digits).to_have_text("4:59")
    expect(page.get_by_role("button", name="Hiện đồng hồ")).to_be_hidden()


def test_extra_time_is_told(open_page: OpenPage) -> None:
    page = open_page()
    text = "Ban Tổ chức cho thêm 10 phút. Giờ nộp mới: 11:30:00"
    page.evaluate(
        "text => { kernel.deadline += 600000;"
        "kernel.tell({t: 'time', now: kernel.now(), deadline: kernel.deadline, text}) }",
        text,
    )
    expect(page.locator(".note")).to_have_text(text)
    expect(page.get_by_role("timer").locator("time")).to_have_text("30:00")
    page.clock.run_for(4000)
    assert text in heard(page)


def test_the_servers_time_is_asked_for_at_most_every_15_seconds(open_page: OpenPage) -> None:
    page = open_page()
    page.clock.run_for(50_000)
    assert sent(page, "time") == []
    for _ in range(5):
        page.evaluate("window.dispatchEvent(new Event('online'))")
        page.clock.run_for(2000)
    assert len(sent(page, "time")) == 1
    page.clock.run_for(300_000)
    assert 4 <= len(sent(page, "time")) <= 7


def test_at_zero_the_controls_stop_and_the_servers_word_is_awaited(open_page: OpenPage) -> None:
    page = open_page("/thi#cau-3", answers={"1": [1], "2": [2]}, predicts=False)
    deadline_in(page, 1000)
    option(page, 2).focus()
    page.clock.run_for(1100)
    expect(page.get_by_role("timer").locator("time")).to_have_text("0:00")
    expect(save_line(page)).to_have_text("Đang chốt bài…")
    option(page, 3).click(force=True)
    page.locator("label.opt").nth(1).click(force=True)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Xem lại sau").click(force=True)
    expect(page.locator(".opt input:checked")).to_have_count(0)
    page.clock.run_for(1000)
    assert sent(page, "answer") == []
    assert sent(page, "flag") == []
    expect(option(page, 1)).to_have_attribute("aria-disabled", "true")


def test_the_end_names_what_was_received_late_and_empty(open_page: OpenPage) -> None:
    given = {str(q): [1] for q in range(1, 19)}
    page = open_page("/thi#cau-19", answers=given)
    deadline_in(page, 2000)
    page.clock.run_for(1500)
    kernel(page, "kernel.holding = true")
    option(page, 1).check()
    page.clock.run_for(1000)
    kernel(page, "kernel.end('expire')")
    page.clock.run_for(200)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Hết giờ làm bài")
    expect(heading).to_be_focused()
    expect(page).to_have_title("Hết giờ làm bài · Tìm hiểu mẫu")
    end = page.locator(".end")
    expect(end).to_contain_text("Máy chủ đã nhận 18 câu.")
    expect(end).to_contain_text("Tới sau giờ, không tính: câu 19")
    expect(end).to_contain_text("Chưa trả lời: câu 20, câu dự đoán")
    kernel(page, "kernel.release()")
    page.clock.run_for(500)
    expect(end).to_contain_text("Tới sau giờ, không tính: câu 19")
    assert alerts(page) == ["Hết giờ làm bài. Máy chủ đã nhận 18 câu."]
    link = page.get_by_role("link", name="Xem biên nhận")
    expect(link).to_have_attribute("href", re.compile(r"/bien-nhan/H4TN9QRW6$"))
    expect(page.locator(".head")).to_be_hidden()


def test_a_question_and_its_number_stay_on_one_line(open_page: OpenPage) -> None:
    page = open_page(answers={str(q): [1] for q in range(1, 19)})
    kernel(page, "kernel.end('expire')")
    page.clock.run_for(200)
    text = page.evaluate("document.querySelector('.end').textContent")
    assert "câu\u00a018" in text and "câu\u00a019, câu\u00a020" in text


def test_an_answer_whose_acknowledgement_came_late_is_not_called_late(
    open_page: OpenPage,
) -> None:
    page = open_page("/thi#cau-19")
    deadline_in(page, 3000)
    kernel(page, "kernel.losing = true")
    option(page, 1).check()
    kernel(page, "kernel.losing = false")
    page.clock.run_for(3500)
    kernel(page, "kernel.end('expire')")
    page.clock.run_for(6000)
    end = page.locator(".end")
    expect(end).to_contain_text("Đã nhận: câu 19")
    expect(end).not_to_contain_text("Tới sau giờ")


def test_time_up_without_network_says_so(open_page: OpenPage) -> None:
    page = open_page()
    option(page, 1).check()
    offline(page)
    go(page, "#cau-2")
    option(page, 1).check()
    page.clock.run_for(21 * 60_000)
    expect(save_line(page)).to_have_text("Đang chờ mạng: 1 câu chưa gửi. Bạn cứ làm tiếp.")
    expect(option(page, 1)).to_have_attribute("aria-disabled", "true")
