"""Review, submission and what follows."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.frontend.conftest import OpenPage
from tests.frontend.steps import go, kernel, offline, online, option, save_line, sent

pytestmark = pytest.mark.browser

GIVEN = {str(q): [2] for q in range(1, 21) if q not in (3, 15)}


def hand_in(page: Page) -> None:
    """Press the button on the review page."""
    page.locator(".review > .btn.main").click()


def test_the_review_lists_all_questions_and_the_prediction(open_page: OpenPage) -> None:
    page = open_page(answers={**GIVEN, "5": [1, 4]}, flags=[4, 15], value="12345")
    go(page, "#xem-lai")
    expect(page.locator("h1")).to_have_text("Xem lại trước khi nộp")
    expect(page).to_have_title("Xem lại · Tìm hiểu mẫu")
    rows = page.locator(".rows > .row")
    expect(rows).to_have_count(21)
    expect(rows.nth(2)).to_contain_text("Chưa trả lời")
    expect(rows.nth(4)).to_contain_text("Phương án thứ nhất; Phương án thứ tư")
    expect(rows.nth(20)).to_contain_text("12.345 người")
    missing = page.locator(".review .band").first
    expect(missing).to_contain_text("Còn 2 câu chưa trả lời")
    assert missing.get_by_role("link").all_text_contents() == ["Câu 3", "Câu 15"]
    expect(page.locator(".review .band").nth(1)).to_contain_text("Xem lại sau")
    expect(page.get_by_text("Đã trả lời 18/20 · đã có số dự đoán")).to_be_visible()


def test_every_edit_link_names_its_question_and_returns_here(open_page: OpenPage) -> None:
    page = open_page(answers=GIVEN)
    go(page, "#xem-lai")
    links = page.locator(".rows .go a").all_text_contents()
    assert links[0] == "Sửa câu 1"
    assert links[2] == "Trả lời câu 3"
    assert links[20] == "Trả lời câu dự đoán"
    page.get_by_role("link", name="Trả lời câu 3").click()
    expect(page.locator("h1")).to_be_focused()
    option(page, 1).check()
    page.get_by_role("button", name="Về trang xem lại").click()
    expect(page.locator("h1")).to_have_text("Xem lại trước khi nộp")
    expect(page.get_by_role("link", name="Sửa câu 3")).to_be_visible()
    page.go_back()
    expect(page.locator("h1")).to_contain_text("Câu 3.")


def test_the_way_through_the_paper_ends_at_the_review(open_page: OpenPage) -> None:
    page = open_page("/thi#cau-20")
    page.get_by_role("button", name="Tới câu dự đoán").click()
    expect(page.locator("h1")).to_contain_text("Câu dự đoán.")
    page.get_by_role("button", name="Tới xem lại").click()
    expect(page.locator("h1")).to_have_text("Xem lại trước khi nộp")
    expect(page.locator("h1")).to_be_focused()
    page.go_back()
    page.go_back()
    expect(page.locator("h1")).to_contain_text("Câu 20.")
    page.go_forward()
    expect(page.locator("h1")).to_contain_text("Câu dự đoán.")


def test_back_leaves_the_attempt_only_past_the_review(open_page: OpenPage) -> None:
    page = open_page()
    option(page, 1).click()
    page.go_back()
    expect(page.locator("h1")).to_have_text("Xem lại trước khi nộp")
    expect(page.locator(".paper")).to_be_visible()


def test_the_dialog_begins_on_the_safe_button_and_escape_returns(open_page: OpenPage) -> None:
    page = open_page(answers=GIVEN)
    page.clock.run_for(5000)
    go(page, "#xem-lai")
    hand_in(page)
    dialog = page.get_by_role("dialog", name="Nộp bài?")
    expect(dialog.get_by_role("button", name="Quay lại làm tiếp")).to_be_focused()
    expect(dialog).to_contain_text(
        "Bạn còn 3 câu chưa trả lời (câu 3, câu 15, câu dự đoán) và 19 phút 55 giây."
    )
    expect(dialog).to_contain_text("Nộp rồi thì không sửa được nữa")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator(".review > .btn.main")).to_be_focused()
    assert sent(page, "submit") == []


def test_a_double_click_submits_once_and_the_receipt_follows(open_page: OpenPage) -> None:
    page = open_page(answers=GIVEN)
    go(page, "#xem-lai")
    kernel(page, "kernel.holding = true")
    hand_in(page)
    page.get_by_role("dialog").get_by_role("button", name="Nộp bài").dblclick()
    page.clock.run_for(900)
    expect(save_line(page)).to_have_text("Đang nộp bài…")
    assert [(one["pen"], one["seq"]) for one in sent(page, "submit")] == [(1, 1)]
    kernel(page, "sessionStorage.setItem('harness', JSON.stringify({ended: true}))")
    kernel(page, "kernel.release()")
    page.wait_for_url("**/bien-nhan/H4TN9QRW6")
    expect(page.locator("h1")).to_have_text("Trang thử")
    page.go_back()
    page.wait_for_url("**/bien-nhan/H4TN9QRW6")


def test_changes_still_held_go_before_the_submission(open_page: OpenPage) -> None:
    page = open_page(answers=GIVEN)
    go(page, "#du-doan")
    page.locator("#dd").fill("500")
    go(page, "#xem-lai")
    kernel(page, "kernel.holding = true")
    hand_in(page)
    page.get_by_role("dialog").get_by_role("button", name="Nộp bài").click()
    assert [(one["t"], one["seq"]) for one in sent(page) if "seq" in one] == [
        ("predict", 1),
        ("submit", 2),
    ]


def test_submitting_without_network_waits_and_then_happens_by_itself(open_page: OpenPage) -> None:
    page = open_page(answers=GIVEN)
    offline(page)
    go(page, "#cau-3")
    option(page, 1).check()
    go(page, "#xem-lai")
    page.clock.run_for(6000)
    expect(page.get_by_text("Còn 1 câu chờ mạng. Hãy đợi “Đã lưu” rồi nộp.")).to_be_visible()
    hand_in(page)
    page.get_by_role("dialog").get_by_role("button", name="Nộp bài").click()
    dialog = page.get_by_role("dialog", name="Chưa nộp được vì chưa có mạng")
    expect(dialog).to_contain_text("Máy đang giữ 1 câu.")
    expect(dialog).to_contain_text("nếu trước 11:20:00")
    dialog.get_by_role("button", name="Làm tiếp trong lúc chờ").click()
    expect(save_line(page)).to_contain_text("Chưa nộp được vì chưa có mạng.")
    go(page, "#cau-15")
    option(page, 1).check()
    kernel(page, "sessionStorage.setItem('harness', JSON.stringify({ended: true}))")
    kernel(page, "kernel.holding = true")
    online(page)
    assert [(one["t"], one["seq"]) for one in sent(page) if "seq" in one] == [
        ("answer", 1),
        ("answer", 2),
        ("submit", 3),
    ]
    kernel(page, "kernel.release()")
    page.wait_for_url("**/bien-nhan/H4TN9QRW6")


def test_a_waiting_submission_can_be_taken_back(open_page: OpenPage) -> None:
    page = open_page(answers=GIVEN)
    go(page, "#xem-lai")
    offline(page)
    hand_in(page)
    page.get_by_role("dialog").get_by_role("button", name="Nộp bài").click()
    page.get_by_role("button", name="Làm tiếp trong lúc chờ").click()
    page.get_by_role("button", name="Thôi, chưa nộp").click()
    online(page)
    assert sent(page, "submit") == []
    expect(page.locator(".review > .btn.main")).to_be_enabled()


def test_a_refused_submission_is_told_and_work_goes_on(open_page: OpenPage) -> None:
    page = open_page(answers=GIVEN)
    go(page, "#xem-lai")
    kernel(page, "kernel.refuse[null] = {why: 'bad_message', text: 'Chưa nhận được bài nộp.'}")
    hand_in(page)
    page.get_by_role("dialog").get_by_role("button", name="Nộp bài").click()
    expect(save_line(page)).to_have_text("Chưa nhận được bài nộp.")
    go(page, "#cau-3")
    kernel(page, "kernel.refuse = {}")
    option(page, 1).check()
    assert page.evaluate("kernel.answers[3]") == [1]


def test_a_paper_submitted_elsewhere_says_so(open_page: OpenPage) -> None:
    page = open_page()
    kernel(page, "kernel.holding = true")
    option(page, 1).check()
    kernel(page, "kernel.end('submit')")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bài này đã nộp lúc 11:00:00.")
    expect(page.locator(".end")).to_contain_text("Tới sau giờ, không tính: câu 1")
    assert page.url.split("#")[0].endswith("/thi")


def test_a_receipt_of_another_site_is_not_followed(open_page: OpenPage) -> None:
    page = open_page()
    kernel(
        page,
        "kernel.tell({t: 'ended', how: 'submit', at: 0, receipt_url: 'javascript:alert(1)',"
        "received: [], empty: [], prediction: false})",
    )
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bài này đã nộp lúc")
    expect(page.locator(".end a")).to_have_count(0)


def test_in_jupyterlab_the_receipt_is_a_link(open_page: OpenPage) -> None:
    page = open_page(embedded=True)
    kernel(page, "kernel.end('submit')")
    expect(page.get_by_role("link", name="Xem biên nhận")).to_have_attribute("target", "_blank")


def test_the_receipt_follows_once_everything_is_known_to_have_arrived(open_page: OpenPage) -> None:
    page = open_page()
    kernel(page, "kernel.losing = true")
    option(page, 1).check()
    kernel(page, "sessionStorage.setItem('harness', JSON.stringify({ended: true}))")
    kernel(page, "kernel.losing = false; kernel.end('submit')")
    expect(page.locator(".end")).to_contain_text("Tới sau giờ, không tính: câu 1")
    page.clock.run_for(5100)
    page.wait_for_url("**/bien-nhan/H4TN9QRW6")
