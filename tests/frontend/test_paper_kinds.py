"""Answering questions of every kind: by mouse, by keyboard, on a bad network, over a reload."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.frontend.answering import BY_MOUSE, fill
from tests.frontend.conftest import OpenPage
from tests.frontend.kinds import GIVEN, PLACES, SHOWN, every_kind, given
from tests.frontend.steps import answers, go, heard, kernel, offline, online, save_line, sent

pytestmark = pytest.mark.browser


def opened(open_page: OpenPage, kind: str, **options: Any) -> Page:
    """Open the paper at the question of a kind."""
    return open_page(f"/thi#cau-{PLACES[kind]}", questions=every_kind(), **options)


BY_KEYBOARD: dict[str, list[str]] = {
    "group": ["Tab", "Space", "Tab", "ArrowDown", "Tab", "Space"],
    "match": ["Tab", "ArrowDown", "Tab", "h", "Tab", "b", "a"],
    "order": ["Tab", "Tab", "Enter", "Tab", "Tab", "Tab", "Enter"],
    "number": ["Tab", "1", "2"],
    "text": ["Tab", "H", "à", " ", "N", "ộ", "i"],
    "cloze": ["Tab", *"hai", "Tab", "ArrowDown", "Tab", *"bốn"],
    "essay": ["Tab", *GIVEN["essay"]],
}
KEYED: dict[str, Any] = {**GIVEN, "order": [2, 1, 4, 3]}


@pytest.mark.parametrize("kind", PLACES)
def test_an_answer_by_mouse_is_sent_saved_and_shown_in_the_review(
    open_page: OpenPage, kind: str
) -> None:
    page = opened(open_page, kind)
    BY_MOUSE[kind](page)
    page.clock.run_for(3000)
    last = sent(page, "answer")[-1]
    assert (last["q"], last["chosen"]) == (PLACES[kind], GIVEN[kind])
    expect(save_line(page)).to_contain_text("Đã lưu")
    page.locator(".where").click()
    name = f"Câu {PLACES[kind]}, đã trả lời, đang xem"
    expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    go(page, "#xem-lai")
    expect(page.locator(".row .what").nth(PLACES[kind] - 1)).to_have_text(SHOWN[kind])


@pytest.mark.parametrize("kind", PLACES)
def test_an_answer_by_keyboard_only(open_page: OpenPage, kind: str) -> None:
    page = opened(open_page, kind)
    page.evaluate("document.querySelector('.paper h1').focus()")
    for key in BY_KEYBOARD[kind]:
        if len(key) == 1 and not key.isascii():
            page.keyboard.insert_text(key)
        else:
            page.keyboard.press(key)
    page.keyboard.press("Tab")
    page.clock.run_for(3000)
    assert answers(page)[-1] == KEYED[kind]


@pytest.mark.parametrize("kind", PLACES)
def test_nothing_is_answered_for_the_person(open_page: OpenPage, kind: str) -> None:
    page = opened(open_page, kind)
    expect(page.locator(".question :checked:not(option)")).to_have_count(0)
    for field in page.locator(".question :is(input[type=text], textarea, select)").all():
        expect(field).to_have_value("")
    page.locator(".where").click()
    expect(page.get_by_role("link", name=f"Câu {PLACES[kind]}, chưa trả lời")).to_be_visible()
    page.keyboard.press("Escape")
    go(page, "#cau-1")
    page.clock.run_for(12_000)
    assert not answers(page)


@pytest.mark.parametrize("kind", PLACES)
def test_what_the_server_keeps_is_shown_again(open_page: OpenPage, kind: str) -> None:
    page = opened(open_page, kind, answers=given())
    go(page, "#xem-lai")
    expect(page.locator(".row .what").nth(PLACES[kind] - 1)).to_have_text(SHOWN[kind])
    go(page, f"#cau-{PLACES[kind]}")
    BY_MOUSE[kind](page) if kind != "order" else page.locator(".moves .btn").nth(1).click()
    page.clock.run_for(3000)
    expected = [4, 2, 1, 3] if kind == "order" else GIVEN[kind]
    assert all(one == expected for one in answers(page))


@pytest.mark.parametrize("kind", PLACES)
def test_a_reload_in_the_middle_loses_nothing(open_page: OpenPage, kind: str) -> None:
    page = opened(open_page, kind)
    kernel(page, "kernel.silent = true")
    BY_MOUSE[kind](page)
    page.once("dialog", lambda dialog: dialog.accept())
    page.evaluate("sessionStorage.setItem('harness', '{\"pen\": 2}')")  # a new page, a new pen
    page.reload()
    page.clock.run_for(500)
    expect(save_line(page)).to_contain_text("Đã lưu")
    assert answers(page) == [GIVEN[kind]]
    go(page, "#xem-lai")
    expect(page.locator(".row .what").nth(PLACES[kind] - 1)).to_have_text(SHOWN[kind])


@pytest.mark.parametrize("kind", PLACES)
def test_answered_offline_and_sent_when_the_network_is_back(open_page: OpenPage, kind: str) -> None:
    page = opened(open_page, kind)
    offline(page)
    BY_MOUSE[kind](page)
    page.clock.run_for(120_000)
    expect(save_line(page)).to_have_text("Đang chờ mạng: 1 câu chưa gửi. Bạn cứ làm tiếp.")
    assert not answers(page)
    online(page)
    expect(save_line(page)).to_contain_text("Có mạng lại. Đã lưu cả 1 câu lúc 11:02:")
    assert answers(page)[-1] == GIVEN[kind]


@pytest.mark.parametrize("kind", PLACES)
def test_a_page_without_the_pen_only_shows(open_page: OpenPage, kind: str) -> None:
    page = opened(open_page, kind, answers=given())
    kernel(page, "kernel.elsewhere()")
    before = page.locator(".question").inner_html()
    for control in page.locator(".question :is(select, .moves .btn, input[type=radio])").all():
        expect(control).to_have_attribute("aria-disabled", "true")
        control.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
    for field in page.locator(".question :is(input[type=text], textarea)").all():
        expect(field).not_to_be_editable()
    page.clock.run_for(3000)
    assert page.locator(".question").inner_html() == before
    assert not answers(page)


CLEARED = {"group": [None] * 3, "match": [None] * 3, "order": [], "cloze": [None] * 3}


@pytest.mark.parametrize("kind", CLEARED)
def test_an_answer_can_be_taken_back(open_page: OpenPage, kind: str) -> None:
    page = opened(open_page, kind, answers=given())
    clear = page.locator(".q .tools .quiet")
    clear.click()
    page.clock.run_for(1000)
    assert answers(page) == [CLEARED[kind]]
    expect(clear).to_have_attribute("aria-disabled", "true")
    expect(clear).to_be_focused()
    go(page, "#xem-lai")
    expect(page.locator(".row .what").nth(PLACES[kind] - 1)).to_have_text("Chưa trả lời")


@pytest.mark.parametrize("kind", ["number", "text", "essay"])
def test_an_emptied_field_is_no_answer(open_page: OpenPage, kind: str) -> None:
    page = opened(open_page, kind, answers=given())
    fill(page, "  ")
    page.clock.run_for(3000)
    assert answers(page) == ["  "]
    go(page, "#xem-lai")
    expect(page.locator(".row .what").nth(PLACES[kind] - 1)).to_have_text("Chưa trả lời")


@pytest.mark.parametrize(
    ("kind", "chosen", "lacks"),
    [
        ("group", [True, None, None], "Còn 2 ý chưa chọn"),
        ("match", [None, 2, 3], "Còn 1 dòng chưa chọn"),
        ("cloze", ["hai", None, "bốn"], "Còn 1 chỗ trống chưa điền"),
        ("essay", "Chưa đủ chữ", "Còn thiếu 2 chữ"),
        ("essay", "chữ " * 33, "Thừa 3 chữ"),
    ],
)
def test_the_review_names_what_is_only_partly_answered(
    open_page: OpenPage, kind: str, chosen: Any, lacks: str
) -> None:
    place = PLACES[kind]
    page = open_page("/thi#xem-lai", questions=every_kind(), answers={str(place): chosen})
    expect(page.locator(".row .what").nth(place - 1)).to_contain_text(lacks)
    band = page.locator(".band.wait")
    expect(band).to_contain_text("1 câu đã trả lời nhưng chưa đủ")
    band.get_by_role("link", name=f"Câu {place}").click()
    expect(page.locator("h1")).to_contain_text(f"Câu {place}.")


def test_what_another_page_kept_from_counting_is_listed_in_words(open_page: OpenPage) -> None:
    page = opened(open_page, "match")
    kernel(page, "kernel.holding = true")
    BY_MOUSE["match"](page)
    page.clock.run_for(500)
    go(page, f"#cau-{PLACES['text']}")
    BY_MOUSE["text"](page)
    kernel(page, "kernel.elsewhere(); kernel.release()")
    stale = page.locator(".stale")
    expect(stale).to_contain_text(f"Câu {PLACES['match']}: {SHOWN['match']}")
    expect(stale).to_contain_text(f"Câu {PLACES['text']}: Hà Nội")


def test_a_kind_that_this_page_does_not_know_is_said(open_page: OpenPage) -> None:
    questions = every_kind()
    questions[1]["kind"] = "khac"
    page = open_page("/thi#cau-2", questions=questions)
    expect(page.locator(".question")).to_contain_text("Trang này chưa hiện được loại câu này.")
    go(page, "#xem-lai")
    expect(page.locator(".row .what").nth(1)).to_have_text("Chưa trả lời")
    assert "undefined" not in page.locator(".paper").inner_text()
    assert heard(page) == ["Sẵn sàng"]
