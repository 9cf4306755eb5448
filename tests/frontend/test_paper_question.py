"""Answering: nothing chosen for the person, nothing shown as saved that isn't."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.frontend.conftest import OpenPage, sample_questions
from tests.frontend.steps import go, heard, kernel, option, save_line, sent

pytestmark = pytest.mark.browser


def answers(page: Page) -> list[tuple[int, int, list[int]]]:
    """Return seq, question and positions of every answer sent."""
    return [(one["seq"], one["q"], one["chosen"]) for one in sent(page, "answer")]


def test_nothing_is_chosen_when_the_paper_opens(open_page: OpenPage) -> None:
    page = open_page()
    for q in range(1, 21):
        go(page, f"#cau-{q}")
        expect(page.locator("h1")).to_contain_text(f"Câu {q}.")
        expect(page.locator(".opt input:checked")).to_have_count(0)
    assert not sent(page, "answer")


def test_hello_names_the_page_and_the_answer_carries_pen_and_position(open_page: OpenPage) -> None:
    page = open_page(pen=7)
    option(page, 2).check()
    assert answers(page) == [(1, 1, [2])]
    assert sent(page, "answer")[0] == {"t": "answer", "pen": 7, "seq": 1, "q": 1, "chosen": [2]}
    (hello,) = sent(page, "hello")
    assert len(hello["page"]) >= 16
    assert hello["page"].isalnum()


def test_two_options_with_the_same_text_are_two_options(open_page: OpenPage) -> None:
    questions = sample_questions(2)
    questions[0]["options"] = ["Như nhau", "Như nhau", "Khác"]
    page = open_page(questions=questions)
    option(page, 2).check()
    expect(option(page, 2)).to_be_checked()
    expect(option(page, 1)).not_to_be_checked()
    page.keyboard.press("ArrowUp")
    expect(option(page, 1)).to_be_checked()
    expect(option(page, 2)).not_to_be_checked()
    page.clock.run_for(500)
    assert [one[2] for one in answers(page)] == [[2], [1]]


def test_same_texts_after_a_reload(open_page: OpenPage) -> None:
    questions = sample_questions(2)
    questions[0]["options"] = ["Như nhau", "Như nhau", "Khác"]
    page = open_page("/thi#cau-1", questions=questions, answers={"1": [2]})
    expect(option(page, 2)).to_be_checked()
    expect(option(page, 1)).not_to_be_checked()


def test_arrow_keys_send_only_where_they_stop(open_page: OpenPage) -> None:
    page = open_page()
    option(page, 1).focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
        page.clock.run_for(100)
    assert answers(page) == []
    page.clock.run_for(300)
    assert answers(page) == [(1, 1, [4])]
    page.keyboard.press("ArrowDown")
    page.clock.run_for(500)
    expect(option(page, 1)).to_be_checked()
    assert answers(page)[-1] == (2, 1, [1])
    go(page, "#cau-2")
    expect(page.locator(".opt input:checked")).to_have_count(0)


@pytest.mark.parametrize("leave", ["hide", "pagehide", "next"])
def test_what_is_held_goes_out_at_once_when_the_page_is_left(
    open_page: OpenPage, leave: str
) -> None:
    page = open_page()
    option(page, 1).focus()
    page.keyboard.press("ArrowDown")
    assert answers(page) == []
    if leave == "hide":
        page.evaluate(
            "Object.defineProperty(document, 'visibilityState', {value: 'hidden'});"
            "document.dispatchEvent(new Event('visibilitychange'))"
        )
    elif leave == "pagehide":
        page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    else:
        page.get_by_role("button", name="Tới câu 2").click()
    assert answers(page) == [(1, 1, [2])]


def test_several_options_are_sent_together_and_their_number_is_said(open_page: OpenPage) -> None:
    page = open_page()
    page.clock.run_for(4000)
    go(page, "#cau-5")
    option(page, 4).check()
    option(page, 2).check()
    assert [one[2] for one in answers(page)] == [[4], [2, 4]]
    page.clock.run_for(4500)
    assert heard(page)[-1] == "Đã chọn 2"
    option(page, 4).uncheck()
    option(page, 2).uncheck()
    assert answers(page)[-1] == (4, 5, [])


def test_an_answer_can_be_cleared_and_a_question_flagged(open_page: OpenPage) -> None:
    page = open_page()
    clear = page.get_by_role("button", name="Bỏ chọn câu 1")
    expect(clear).to_have_attribute("aria-disabled", "true")
    option(page, 3).check()
    clear.click()
    expect(page.locator(".opt input:checked")).to_have_count(0)
    expect(clear).to_be_focused()
    flag = page.get_by_role("button", name="Xem lại sau")
    flag.click()
    expect(flag).to_have_attribute("aria-pressed", "true")
    assert [(one["t"], one.get("chosen"), one.get("on")) for one in sent(page)[-3:]] == [
        ("answer", [3], None),
        ("answer", [], None),
        ("flag", None, True),
    ]


def test_saved_is_said_only_after_the_commit_with_the_servers_time(open_page: OpenPage) -> None:
    page = open_page()
    page.clock.run_for(4000)
    before = heard(page)
    kernel(page, "kernel.holding = true")
    option(page, 1).check()
    page.clock.run_for(700)
    expect(save_line(page)).not_to_contain_text("Đã lưu")
    page.clock.run_for(200)
    expect(save_line(page)).to_have_text("Đang gửi…")
    page.clock.run_for(1000)
    expect(save_line(page)).not_to_contain_text("Đã lưu")
    kernel(page, "kernel.release()")
    expect(save_line(page)).to_have_text("Đã lưu 11:00:06")
    option(page, 2).check()
    option(page, 3).check()
    page.clock.run_for(5000)
    assert heard(page) == before


def test_an_unacknowledged_answer_goes_out_again_with_its_number(open_page: OpenPage) -> None:
    page = open_page()
    kernel(page, "kernel.silent = true")
    option(page, 1).check()
    page.clock.run_for(4000)
    assert answers(page) == [(1, 1, [1])]
    page.clock.run_for(1500)
    assert answers(page) == [(1, 1, [1])] * 2
    expect(save_line(page)).to_have_text("Đang chờ mạng: 1 câu chưa gửi. Bạn cứ làm tiếp.")
    kernel(page, "kernel.silent = false")
    page.clock.run_for(5000)
    expect(save_line(page)).to_contain_text("Có mạng lại. Đã lưu cả 1 câu lúc 11:00:")
    assert page.evaluate("kernel.rows.length") == 1


def test_a_refused_answer_is_named_and_stays_in_sight(open_page: OpenPage) -> None:
    page = open_page(answers={"7": [1]})
    kernel(page, "kernel.refuse[7] = {why: 'bad_option', text: 'Không có phương án này.'}")
    go(page, "#cau-7")
    option(page, 3).check()
    expect(save_line(page)).to_have_text("Câu 7 chưa được nhận. Mời Bạn chọn lại.")
    expect(page.locator("#e7")).to_have_text("Không có phương án này.")
    expect(page.locator("fieldset")).to_have_attribute("aria-describedby", "e7")
    expect(option(page, 3)).to_be_checked()
    go(page, "#cau-8")
    page.get_by_role("button", name="Tới câu 7").click()
    expect(page.locator("h1")).to_contain_text("Câu 7.")
    page.clock.run_for(4000)
    assert "Câu 7 chưa được nhận. Mời Bạn chọn lại." in heard(page)
    kernel(page, "kernel.refuse = {}")
    option(page, 2).check()
    expect(save_line(page)).to_contain_text("Đã lưu")
    expect(page.locator("#e7")).to_be_hidden()


def test_what_the_server_cannot_store_just_now_is_kept(open_page: OpenPage) -> None:
    page = open_page()
    kernel(page, "kernel.holding = true")
    option(page, 1).check()
    kernel(page, "kernel.tell({t: 'later', pen: 1, seq: 1, text: 'Máy chủ đang bận.'})")
    expect(save_line(page)).to_have_text("Máy chủ đang bận.")
    kernel(page, "kernel.held = []; kernel.holding = false")
    page.clock.run_for(5100)
    expect(save_line(page)).to_contain_text("Đã lưu")
    assert answers(page) == [(1, 1, [1])] * 2


def test_an_error_of_the_server_is_shown_as_it_says(open_page: OpenPage) -> None:
    page = open_page()
    kernel(page, "kernel.tell({t: 'error', text: 'Có trục trặc nhỏ.'})")
    expect(save_line(page)).to_have_text("Có trục trặc nhỏ.")
    option(page, 1).check()
    expect(save_line(page)).to_contain_text("Đã lưu")


def test_a_page_without_a_paper_says_why(open_page: OpenPage) -> None:
    page = open_page(wait=False, none="Bạn chưa đăng ký dự thi.")
    expect(page.locator("#place")).to_have_text("Bạn chưa đăng ký dự thi.")


def test_texts_of_people_are_text(open_page: OpenPage) -> None:
    questions = sample_questions(3)
    questions[0]["stem"] = "<img src=x onerror=alert(1)> <b>đậm</b> 😀"
    questions[0]["options"] = [
        "<script>alert(1)</script>",
        "שלום עולם (viết từ phải sang)",
        "dài " * 125,
        "x" * 500,
        "😀 emoji & thực thể &amp;",
    ]
    page = open_page(questions=questions, size=(320, 740))
    expect(page.locator("h1")).to_have_text("Câu 1. <img src=x onerror=alert(1)> <b>đậm</b> 😀")
    assert page.locator(".opt bdi").all_text_contents() == questions[0]["options"]
    assert page.evaluate("document.querySelectorAll('.paper img, .paper script').length") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    go(page, "#xem-lai")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_each_question_is_a_group_with_its_full_text(open_page: OpenPage) -> None:
    page = open_page()
    stem = sample_questions()[0]["stem"]
    group = page.get_by_role("group", name=f"Câu 1. {stem}", exact=True)
    expect(group).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_role("radio")).to_have_count(4)
    client = page.context.new_cdp_session(page)
    nodes = client.send("Accessibility.getFullAXTree")["nodes"]
    radios = [
        {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
        for node in nodes
        if node.get("role", {}).get("value") == "radio"
    ]
    assert len(radios) == 4
    assert page.evaluate(
        "[...document.querySelectorAll('.opt input')]"
        ".every((one) => one.form && one.name === 'c1' && one.matches('fieldset input'))"
    )


def test_ids_and_names_tell_positions_only(open_page: OpenPage) -> None:
    page = open_page()
    found = page.evaluate(
        "[...document.querySelectorAll('.paper [id], .paper [name], .paper [value]')]"
        ".map((one) => [one.id, one.name || '', one.value || ''].join(' ').trim())"
    )
    assert set(found) >= {"h1", "c1 1", "c1 4"}
    assert all(len(one) < 12 for one in found)


def test_without_a_connection_of_its_own_the_paper_works_too(open_page: OpenPage) -> None:
    page = open_page(embedded=True)
    option(page, 1).check()
    expect(save_line(page)).to_contain_text("Đã lưu")
    page.get_by_role("button", name="Tới câu 2").click()
    expect(page.locator("h1")).to_contain_text("Câu 2.")
    assert page.evaluate("location.hash") == ""
    page.evaluate("stopPaper()")
    expect(page.locator(".paper")).to_have_count(0)
