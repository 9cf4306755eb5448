"""A bad network is a state: answering goes on, and the page says where the work stands."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.frontend.conftest import START, OpenPage
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


def queues(page: Page) -> list[dict[str, Any]]:
    """Return what the browser keeps of unsent messages, with the pen of each record."""
    left: list[dict[str, Any]] = page.evaluate(
        "Object.keys(localStorage).filter((key) => key.startsWith('timhieu.queue:')).sort()"
        ".map((key) => ({pen: key.split(':')[2], ...JSON.parse(localStorage.getItem(key))}))"
    )
    return [one for one in left if one["messages"] or one.get("stale")]


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
    assert queues(page) == []


def test_a_reload_that_nobody_asked_for_keeps_the_focus(open_page: OpenPage) -> None:
    """On the same option of the same question; a reload by hand begins at the top."""
    page = open_page()
    go(page, "#cau-3")
    option(page, 3).check()
    option(page, 3).focus()
    leave(page)
    reopened(page, '{"pen": 2, "answers": {"3": [3]}}')
    expect(page.locator("h1")).to_contain_text("Câu 3.")
    expect(option(page, 3)).to_be_focused()
    reopened(page, '{"pen": 3, "answers": {"3": [3]}}')
    expect(option(page, 3)).not_to_be_focused()


def test_without_the_same_control_the_focus_is_on_the_heading(open_page: OpenPage) -> None:
    """Buttons have no names of their own."""
    page = open_page()
    page.get_by_role("button", name="Xem lại sau").focus()
    leave(page)
    reopened(page, '{"pen": 2}')
    expect(page.locator("h1")).to_be_focused()


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
    reopened(page, '{"pen": 3, "written": 2, "answers": {"1": [4]}}')
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


# ---- the queue in local storage ----


def test_the_queue_lies_in_local_storage_with_pen_and_number(open_page: OpenPage) -> None:
    """At once, without anything that names a person or a key; gone when it is acknowledged."""
    page = open_page()
    kernel(page, "kernel.silent = true")
    option(page, 2).check()
    (left,) = queues(page)
    assert left["pen"] == "1"
    assert left["messages"] == [{"seq": 1, "t": "answer", "q": 1, "chosen": [2]}]
    assert set(left) == {"pen", "of", "deadline", "messages", "stale", "taken"}
    kernel(page, "kernel.silent = false")
    page.clock.run_for(6000)
    expect(save_line(page)).to_contain_text("Đã lưu")
    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_tab_closed_while_offline_sends_its_queue_when_it_is_opened_again(
    open_page: OpenPage,
) -> None:
    """Another tab, a new pen, nobody in between: without a question, and it says so."""
    page = open_page()
    offline(page)
    option(page, 2).check()
    go(page, "#cau-2")
    option(page, 3).check()
    second = page.context.new_page()
    page.close()
    second.clock.install(time=START / 1000)
    second.add_init_script("sessionStorage.setItem('harness', '{\"pen\": 2, \"holding\": true}')")
    second.goto(page.url)
    second.locator(".paper h1").wait_for()
    expect(save_line(second)).to_have_text("Tìm thấy 2 câu chưa gửi từ lần trước. Đang gửi.")
    kernel(second, "kernel.release()")
    expect(save_line(second)).to_contain_text("Đã lưu")
    rows = second.evaluate("kernel.rows.map(({pen, seq, message}) => [pen, seq, message.chosen])")
    assert rows == [[2, 1, [2]], [2, 2, [3]]]
    assert queues(second) == []


def test_a_pen_that_nobody_wrote_with_does_not_make_the_queue_stale(open_page: OpenPage) -> None:
    """A page whose paper got lost on its way took pen 2; pen 1's queue is still the last word."""
    page = open_page()
    kernel(page, "kernel.silent = true")
    option(page, 2).check()
    leave(page)
    reopened(page, '{"pen": 3, "written": 1}')
    assert [(one["pen"], one["chosen"]) for one in sent(page, "answer")] == [(3, [2])]


def test_what_the_server_has_already_is_not_sent_again(open_page: OpenPage) -> None:
    """Committed, and only the acknowledgement got lost."""
    page = open_page()
    kernel(page, "kernel.silent = true")
    option(page, 2).check()
    leave(page)
    reopened(page, '{"pen": 3, "written": 2, "answers": {"1": [2]}}')
    assert sent(page, "answer") == []
    expect(page.locator(".stale")).to_be_hidden()


def test_what_does_not_count_is_shown_until_it_is_entered_or_dropped(open_page: OpenPage) -> None:
    """Over further reloads, too."""
    page = open_page()
    kernel(page, "kernel.silent = true")
    option(page, 2).check()
    leave(page)
    for pen in (3, 4):
        reopened(page, f'{{"pen": {pen}, "written": 2, "answers": {{"1": [4]}}}}')
        expect(page.locator(".stale summary")).to_contain_text("1 câu chọn ở trang này")
    page.get_by_role("button", name="Bỏ qua").click()
    reopened(page, '{"pen": 5, "written": 2, "answers": {"1": [4]}}')
    expect(page.locator(".stale")).to_be_hidden()


def test_a_second_tab_takes_the_queue_and_the_first_does_not_call_it_lost(
    open_page: OpenPage,
) -> None:
    """Both are of one browser: the newer one sends, the older one has nothing to complain of."""
    page = open_page()
    kernel(page, "kernel.silent = true")
    option(page, 2).check()
    second = page.context.new_page()
    second.clock.install(time=START / 1000)
    second.add_init_script("sessionStorage.setItem('harness', '{\"pen\": 2}')")
    second.goto(page.url)
    expect(save_line(second)).to_contain_text("Đã lưu")
    assert second.evaluate("kernel.rows.length") == 1
    kernel(page, "kernel.silent = false; kernel.elsewhere()")
    page.clock.run_for(6000)
    expect(save_line(page)).to_contain_text("Bài đang mở ở trang khác")
    expect(page.locator(".stale")).to_be_hidden()
    assert queues(page) == []


def test_a_queue_of_an_attempt_long_over_is_thrown_away(open_page: OpenPage) -> None:
    """One of another attempt that still runs is left in peace."""
    old, other = START - 90_000_000, START - 1000
    left = {"of": "x", "messages": [{"t": "answer", "q": 1, "chosen": [1]}]}
    page = open_page(
        prepare=lambda page: page.add_init_script(
            f"""for (const started of [{old}, {other}])
            localStorage.setItem(`timhieu.queue:${{started}}:1`, JSON.stringify(
                {{...{json.dumps(left)}, deadline: started + 1200000}}))"""
        )
    )
    assert page.evaluate("Object.keys(localStorage)") == [f"timhieu.queue:{other}:1"]
    assert sent(page, "answer") == []


@pytest.mark.parametrize(
    "broken", ["not json", "[]", '{"of": 1}', '{"messages": 7, "stale": {}, "deadline": "x"}']
)
def test_a_broken_queue_breaks_nothing(open_page: OpenPage, broken: str) -> None:
    """Whatever lies there, the paper opens."""
    page = open_page(
        prepare=lambda page: page.add_init_script(
            f"localStorage.setItem('timhieu.queue:{START}:0', {json.dumps(broken)})"
        )
    )
    option(page, 1).check()
    expect(save_line(page)).to_contain_text("Đã lưu")


def test_storage_that_fills_up_is_said_while_the_network_is_away(open_page: OpenPage) -> None:
    """The queue is in the page's memory then; answering goes on and all of it is sent."""
    page = open_page()
    page.evaluate("void (Storage.prototype.setItem = () => { throw new Error('full') })")
    offline(page)
    option(page, 1).check()
    page.clock.run_for(6000)
    expect(save_line(page)).to_have_text(
        "Đang chờ mạng: 1 câu chưa gửi. Bạn cứ làm tiếp, đừng đóng trang này."
    )
    online(page)
    expect(save_line(page)).to_contain_text("Đã lưu")
    assert [one["chosen"] for one in sent(page, "answer")] == [[1]]


def test_at_the_end_the_queue_is_emptied_but_for_what_missed_it(open_page: OpenPage) -> None:
    """The page has said it; the page of the receipt can say it again."""
    page = open_page()
    kernel(page, "kernel.holding = true")
    option(page, 2).check()
    kernel(page, "kernel.end('expire')")
    expect(page.locator(".end")).to_contain_text("Tới sau giờ, không tính: câu 1")
    (left,) = queues(page)
    assert left["pen"] == "late"
    assert left["messages"] == [{"t": "answer", "q": 1, "chosen": [2]}]
