"""Matching and ordering: rows that take what another has, moves that are told, dragging."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.frontend.conftest import OpenPage
from tests.frontend.kinds import PLACES, every_kind, given
from tests.frontend.steps import answers, heard, kernel, save_line

pytestmark = pytest.mark.browser


@pytest.fixture
def order(open_page: OpenPage) -> Page:
    """Return a paper at its question of order."""
    return open_page(f"/thi#cau-{PLACES['order']}", questions=every_kind(), size=(1280, 800))


def items(page: Page) -> list[str]:
    """Return the first word of each item as it stands."""
    return [text.split(",")[0] for text in page.locator(".item > bdi").all_inner_texts()]


def test_a_move_keeps_the_focus_and_tells_the_place(order: Page) -> None:
    order.clock.run_for(4000)
    down = order.get_by_role("button", name="Đưa “Ba” xuống")
    down.focus()
    for place, shown in ((2, ["Một", "Ba", "Bốn", "Hai"]), (3, ["Một", "Bốn", "Ba", "Hai"])):
        order.keyboard.press("Enter")
        expect(down).to_be_focused()
        assert items(order) == shown
        order.clock.run_for(4000)
        assert heard(order)[-1] == f"“Ba” ở vị trí {place} trong 4"
    order.keyboard.press("Space")
    expect(down).to_be_focused()
    expect(down).to_have_attribute("aria-disabled", "true")
    before = len(answers(order))
    order.keyboard.press("Enter")
    assert len(answers(order)) == before
    up = order.get_by_role("button", name="Đưa “Ba” lên")
    up.focus()
    order.keyboard.press("Enter")
    expect(up).to_be_focused()
    assert items(order) == ["Một", "Bốn", "Ba", "Hai"]


def test_the_given_order_counts_when_it_is_confirmed(order: Page) -> None:
    expect(order.locator(".question")).to_contain_text("Chưa tính là đã trả lời")
    order.clock.run_for(4000)
    keep = order.get_by_role("button", name="Giữ thứ tự này")
    keep.focus()
    order.keyboard.press("Enter")
    assert answers(order) == [[1, 2, 3, 4]]
    expect(keep).to_be_focused()
    expect(keep).to_have_attribute("aria-disabled", "true")
    expect(order.locator(".question")).to_contain_text("Đã nhận thứ tự này là câu trả lời")
    order.clock.run_for(4000)
    assert heard(order)[-1] == "Đã nhận thứ tự này là câu trả lời"
    order.keyboard.press("Enter")
    assert len(answers(order)) == 1


def test_an_order_taken_back_stands_as_it_was_given(order: Page) -> None:
    order.get_by_role("button", name="Đưa “Ba” xuống").click()
    order.get_by_role("button", name="Xếp lại câu 4").click()
    assert answers(order)[-1] == []
    assert items(order) == ["Ba", "Một", "Bốn", "Hai"]
    expect(order.get_by_role("button", name="Giữ thứ tự này")).to_be_enabled()


def test_items_can_be_dragged_with_a_mouse(order: Page) -> None:
    rows = order.locator(".item")
    rows.nth(0).drag_to(rows.nth(2))
    assert items(order) == ["Một", "Bốn", "Ba", "Hai"]
    rows.nth(3).drag_to(rows.nth(0))
    assert items(order) == ["Hai", "Một", "Bốn", "Ba"]
    assert answers(order) == [[2, 3, 1, 4], [4, 2, 3, 1]]
    expect(order.locator(".dragged")).to_have_count(0)
    kernel(order, "kernel.elsewhere()")
    assert order.locator(".item[draggable=true]").count() == 0


def test_nothing_is_dragged_on_a_phone(open_page: OpenPage) -> None:
    page = open_page(
        f"/thi#cau-{PLACES['order']}",
        questions=every_kind(),
        context_options={"has_touch": True, "is_mobile": True},
    )
    assert page.locator(".item[draggable=true]").count() == 0
    page.get_by_role("button", name="Đưa “Ba” xuống").tap()
    assert items(page) == ["Một", "Ba", "Bốn", "Hai"]


def test_equal_items_are_told_apart_by_place(open_page: OpenPage) -> None:
    questions = every_kind()
    questions[PLACES["order"] - 1]["items"] = ["Như nhau", "Như nhau", "Khác"]
    page = open_page(f"/thi#cau-{PLACES['order']}", questions=questions)
    page.locator(".item").nth(0).get_by_role("button").nth(1).click()
    assert answers(page) == [[2, 1, 3]]


@pytest.fixture
def match(open_page: OpenPage) -> Page:
    """Return a paper at its question of pairs."""
    return open_page(f"/thi#cau-{PLACES['match']}", questions=every_kind())


def test_what_another_row_has_is_said_and_may_be_chosen_twice(match: Page) -> None:
    first, second = (match.get_by_role("combobox").nth(n) for n in (0, 1))
    first.select_option(label="một")
    options = second.locator("option")
    expect(options.nth(1)).to_have_text("một (đang ở dòng 1)")
    expect(first.locator("option").nth(1)).to_have_text("một")
    second.select_option(label="một (đang ở dòng 1)")
    expect(match.locator(".question")).to_contain_text("Dòng 1 và dòng 2 đang chọn cùng một mục")
    match.clock.run_for(500)
    assert answers(match)[-1] == [1, 1, None]
    first.select_option(label="Chọn…")
    match.clock.run_for(500)
    assert answers(match)[-1] == [None, 1, None]
    expect(match.locator(".question")).not_to_contain_text("cùng một mục")


def test_arrows_pass_over_entries_and_send_the_last(match: Page) -> None:
    match.get_by_role("combobox").first.focus()
    for _ in range(3):
        match.keyboard.press("ArrowDown")
        match.clock.run_for(100)
    assert answers(match) == []
    match.clock.run_for(400)
    assert answers(match) == [[3, None, None]]


def test_a_long_entry_is_shown_in_full_below_its_select(match: Page) -> None:
    long = "bốn, là số không có ai ở cột bên trái hỏi tới"
    match.get_by_role("combobox").nth(2).select_option(label=long)
    expect(match.locator(".chosen-text").nth(2)).to_have_text(long)
    expect(match.locator(".chosen-text").nth(0)).to_be_hidden()


def test_a_refused_answer_stays_in_sight(open_page: OpenPage) -> None:
    q = PLACES["group"]
    page = open_page(f"/thi#cau-{q}", questions=every_kind(), answers=given())
    kernel(page, f"kernel.refuse[{q}] = {{why: 'bad_option', text: 'Không nhận được.'}}")
    page.locator(".statement").nth(1).locator(".opt").first.click()
    expect(save_line(page)).to_have_text(f"Câu {q} chưa được nhận. Mời Bạn chọn lại.")
    expect(page.locator(".question")).to_have_attribute("aria-describedby", f"e{q} h{q}")
    expect(page.get_by_role("radio", name="Đúng").nth(1)).to_be_checked()
