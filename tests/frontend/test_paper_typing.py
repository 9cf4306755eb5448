"""Numbers, texts, gaps and essays: saved in pauses, never changed or lost under the hands."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.frontend.conftest import OpenPage
from tests.frontend.kinds import PLACES, every_kind
from tests.frontend.steps import answers, go, heard, kernel, offline, online, save_line, sent

pytestmark = pytest.mark.browser


def field(page: Page) -> Locator:
    """Return the field of a question with one."""
    return page.get_by_label("Câu trả lời của Bạn")


@pytest.fixture
def text(open_page: OpenPage) -> Page:
    """Return a paper at its short text."""
    return open_page(f"/thi#cau-{PLACES['text']}", questions=every_kind())


def test_typing_is_sent_when_it_pauses(text: Page) -> None:
    for letter in "hanoi":
        field(text).press(letter)
        text.clock.run_for(300)
        expect(save_line(text)).to_have_text("Đang nhập, sẽ tự lưu")
    assert answers(text) == []
    text.clock.run_for(800)
    assert answers(text) == ["hanoi"]
    expect(save_line(text)).to_contain_text("Đã lưu")
    assert [one["seq"] for one in sent(text, "answer")] == [1]


def test_typing_is_sent_when_the_field_is_left(text: Page) -> None:
    field(text).fill("Hà Nội")
    assert answers(text) == []
    text.keyboard.press("Tab")
    assert answers(text) == ["Hà Nội"]


def test_somebody_who_never_pauses_is_saved_meanwhile(text: Page) -> None:
    for _ in range(22):
        field(text).press("a")
        text.clock.run_for(500)
    assert answers(text) == ["a" * 20]
    expect(save_line(text)).not_to_contain_text("chờ mạng")


def test_typing_longer_than_the_wait_for_the_network_is_no_trouble(open_page: OpenPage) -> None:
    page = open_page(f"/thi#cau-{PLACES['essay']}", questions=every_kind())
    for _ in range(9):
        field(page).press("a")
        page.clock.run_for(900)
        expect(save_line(page)).to_have_text("Đang nhập, sẽ tự lưu")
    assert "chờ mạng" not in " ".join(heard(page))


def test_a_message_of_the_server_leaves_a_field_in_use_alone(text: Page) -> None:
    field(text).press_sequentially("Hà ")
    text.clock.run_for(1500)
    kernel(text, f"kernel.answers[{PLACES['text']}] = 'Hà'")
    offline(text)
    online(text)
    kernel(text, "kernel.paper(kernel.page)")
    text.keyboard.insert_text("Nội")
    text.clock.run_for(1500)
    expect(field(text)).to_have_value("Hà Nội")
    expect(field(text)).to_be_focused()
    assert answers(text)[-1] == "Hà Nội"


def test_a_refused_text_stays_as_typed_with_the_reason(text: Page) -> None:
    q = PLACES["text"]
    kernel(text, f"kernel.refuse[{q}] = {{why: 'bad_message', text: 'Không đọc được.'}}")
    field(text).fill("Hà Nội")
    text.clock.run_for(1500)
    expect(save_line(text)).to_have_text(f"Câu {q} chưa được nhận. Mời Bạn sửa lại.")
    expect(field(text)).to_have_value("Hà Nội")
    expect(field(text)).to_have_attribute("aria-invalid", "true")
    expect(field(text)).to_have_attribute("aria-describedby", f"e{q} h{q}")
    expect(text.locator(f"#e{q}")).to_have_text("Không đọc được.")
    text.evaluate("sessionStorage.setItem('harness', '{\"pen\": 2}')")  # a new page, a new pen
    text.reload()
    text.clock.run_for(500)
    expect(field(text)).to_have_value("Hà Nội")
    expect(save_line(text)).to_contain_text("Đã lưu")


@pytest.mark.parametrize("kind", ["text", "essay"])
def test_a_text_beyond_the_limit_is_kept_here_and_not_sent(open_page: OpenPage, kind: str) -> None:
    questions = every_kind()
    questions[PLACES[kind] - 1]["max"] = 10
    page = open_page(f"/thi#cau-{PLACES[kind]}", questions=questions)
    field(page).fill("ệ" * 10)
    field(page).press("End")
    field(page).press("x")
    page.clock.run_for(5000)
    assert answers(page) == ["ệ" * 10]
    expect(field(page)).to_have_value("ệ" * 10 + "x")
    expect(page.locator(".error")).to_contain_text("Câu trả lời dài quá mức cho phép.")
    page.evaluate("sessionStorage.setItem('harness', '{\"pen\": 2}')")  # a new page, a new pen
    page.reload()
    page.clock.run_for(500)
    expect(field(page)).to_have_value("ệ" * 10 + "x")
    field(page).press("End")
    field(page).press("Backspace")
    page.clock.run_for(5000)
    expect(page.locator(".error")).to_be_hidden()
    assert answers(page)[-1] == "ệ" * 10


def test_decomposed_letters_count_as_the_server_counts_them(open_page: OpenPage) -> None:
    questions = every_kind()
    questions[PLACES["text"] - 1]["max"] = 10
    page = open_page(f"/thi#cau-{PLACES['text']}", questions=questions)
    field(page).fill("e\u0302\u0323" * 10)
    page.clock.run_for(1500)
    assert len(answers(page)) == 1


def test_a_number_is_shown_grouped_and_in_words(open_page: OpenPage) -> None:
    page = open_page(f"/thi#cau-{PLACES['number']}", questions=every_kind())
    field(page).fill("12345")
    expect(page.locator("output")).to_have_text(
        "Bạn nhập: 12.345 (mười hai nghìn ba trăm bốn mươi lăm)"
    )
    page.clock.run_for(1500)
    assert answers(page) == ["12345"]
    expect(field(page)).to_have_value("12345")
    expect(page.get_by_label("Câu trả lời của Bạn (tháng)")).to_be_visible()


def test_an_unfinished_number_waits_until_the_field_is_left(open_page: OpenPage) -> None:
    page = open_page(f"/thi#cau-{PLACES['number']}", questions=every_kind())
    field(page).fill("12,")
    page.clock.run_for(3000)
    assert answers(page) == []
    expect(page.locator("output")).to_have_text("")
    page.keyboard.press("Tab")
    assert answers(page) == ["12,"]


def test_the_count_of_an_essay_is_said_near_the_limit_only(open_page: OpenPage) -> None:
    page = open_page(f"/thi#cau-{PLACES['essay']}", questions=every_kind())
    page.clock.run_for(4000)
    count = page.locator(".words")
    expect(count).to_have_text("Đã viết 0 chữ")
    for words, shown, said in (
        (4, "Đã viết 4 chữ · Còn thiếu 1 chữ", None),
        (9, "Đã viết 9 chữ", None),
        (10, "Đã viết 10 chữ", "Còn được viết 20 chữ"),
        (15, "Đã viết 15 chữ", None),
        (30, "Đã viết 30 chữ", "Đã đủ 30 chữ"),
        (32, "Bài dài hơn 2 chữ so với giới hạn 30.", "Bài dài hơn 2 chữ"),
        (40, "Bài dài hơn 10 chữ so với giới hạn 30.", None),
    ):
        before = len(heard(page))
        field(page).fill("chữ " * words)
        page.clock.run_for(4000)
        expect(count).to_contain_text(shown)
        assert len(heard(page)) - before == (1 if said else 0), words
        assert said is None or said in heard(page)[-1]
    assert answers(page)[-1] == "chữ " * 40
    expect(save_line(page)).to_contain_text("Đã lưu")


def test_a_count_beyond_the_limit_stands_out(open_page: OpenPage) -> None:
    page = open_page(f"/thi#cau-{PLACES['essay']}", questions=every_kind())
    count = page.locator(".words")
    tones = []
    for words in (30, 31, 30):
        field(page).fill("chữ " * words)
        page.clock.run_for(100)
        tones.append("tone-wait" in (count.get_attribute("class") or ""))
    assert tones == [False, True, False]


def test_lines_of_an_essay_are_kept_and_shown_as_text(open_page: OpenPage) -> None:
    page = open_page(f"/thi#cau-{PLACES['essay']}", questions=every_kind())
    field(page).fill("<b>Một</b>\n\nHai")
    page.clock.run_for(3000)
    assert answers(page) == ["<b>Một</b>\n\nHai"]
    go(page, "#xem-lai")
    expect(page.locator(".row .what").nth(PLACES["essay"] - 1)).to_contain_text("<b>Một</b> Hai")


def test_gaps_are_sent_together(open_page: OpenPage) -> None:
    page = open_page(f"/thi#cau-{PLACES['cloze']}", questions=every_kind())
    page.get_by_label("Chỗ trống 1 trong 3").fill("hai")
    page.get_by_label("Chỗ trống 3 trong 3").fill("bốn")
    page.clock.run_for(1500)
    assert answers(page) == [["hai", None, None], ["hai", None, "bốn"]]
    page.get_by_label("Chỗ trống 1 trong 3").fill("")
    page.get_by_label("Chỗ trống 2 trong 3").select_option(label="ba")
    page.get_by_label("Chỗ trống 2 trong 3").select_option(label="Chọn…")
    page.clock.run_for(1500)
    assert answers(page)[-1] == ["", None, "bốn"]
    go(page, "#xem-lai")
    expect(page.locator(".row .what").nth(PLACES["cloze"] - 1)).to_contain_text(
        "1: chưa điền; 2: chưa điền; 3: bốn"
    )
