"""What the organisers tell everybody while a paper is open: seen, said once, never in the way."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.frontend.conftest import OpenPage
from tests.frontend.looks import problems
from tests.frontend.steps import answers, go, heard, kernel, option

pytestmark = pytest.mark.browser

SHORT = {"n": 1, "kind": "info", "text": "Máy chủ bảo trì lúc 22:00 mẫu."}
LONG = {"n": 2, "kind": "warning", "text": "Nội dung dài mẫu. " * 16}
MARKUP = {"n": 3, "kind": "info", "text": "<img src=x onerror=alert(1)> & <b>đậm</b>"}


def tell(page: Page, *notices: dict[str, Any]) -> None:
    """Let the kernel tell these notices."""
    kernel(page, f"kernel.tell({{t: 'notices', notices: {json.dumps(notices)}}})")
    page.clock.run_for(200)


def banner(page: Page) -> Locator:
    """Return the notices' region."""
    return page.get_by_role("region", name="Thông báo của Ban Tổ chức")


def top(page: Page) -> float:
    """Return where the question stands in the window."""
    box = page.locator(".paper h1").bounding_box()
    assert box
    return box["y"]


def test_a_notice_is_shown_and_said_once(open_page: OpenPage) -> None:
    """Told again, as after a lost connection, it isn't said again."""
    page = open_page()
    expect(banner(page)).to_be_hidden()
    tell(page, SHORT)
    expect(banner(page)).to_contain_text("Thông báo: Máy chủ bảo trì lúc 22:00 mẫu.")
    page.clock.run_for(10_000)
    tell(page, SHORT)
    page.clock.run_for(10_000)
    said = [one for one in heard(page) if "bảo trì" in one]
    assert said == ["Thông báo: Máy chủ bảo trì lúc 22:00 mẫu."]


def test_focus_stays_and_typing_goes_on(open_page: OpenPage) -> None:
    """The keyboard answers the same question before and after."""
    page = open_page()
    option(page, 1).focus()
    page.keyboard.press("Space")
    tell(page, LONG)
    expect(option(page, 1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.clock.run_for(1000)
    assert answers(page) == [[1], [2]]
    expect(option(page, 2)).to_be_focused()


def test_it_is_folded_away_and_opens_with_the_next_one(open_page: OpenPage) -> None:
    """By keyboard; the next question finds it folded still."""
    page = open_page()
    tell(page, SHORT)
    page.get_by_role("button", name="Gập thông báo").press("Enter")
    fold = page.get_by_role("button", name="Xem thông báo (1)")
    expect(fold).to_be_focused()
    expect(fold).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_text("bảo trì").and_(page.locator("bdi"))).to_be_hidden()
    go(page, "#cau-3")
    expect(fold).to_be_visible()
    tell(page, LONG, SHORT)
    expect(page.locator(".paper .notices bdi")).to_have_count(2)
    expect(page.get_by_role("button", name="Gập thông báo")).to_be_visible()


def test_a_withdrawn_notice_goes(open_page: OpenPage) -> None:
    """Whoever stood in it stands at the question."""
    page = open_page()
    tell(page, SHORT)
    page.get_by_role("button", name="Gập thông báo").focus()
    tell(page)
    expect(banner(page)).to_be_hidden()
    expect(page.locator(".paper h1")).to_be_focused()


def test_markup_is_shown_as_text(open_page: OpenPage) -> None:
    """Sign by sign."""
    page = open_page()
    tell(page, MARKUP)
    expect(page.locator(".paper .notices bdi")).to_have_text(MARKUP["text"])
    assert page.locator(".paper .notices").locator("img, b").count() == 0


def test_nothing_moves_where_it_stands_out_of_sight(open_page: OpenPage) -> None:
    """Somebody has scrolled to the last options: they stay under the finger."""
    page = open_page(size=(360, 500))
    page.evaluate("scrollTo(0, 400)")
    before = top(page)
    assert before < 50
    tell(page, LONG)
    page.clock.run_for(50)
    assert abs(top(page) - before) < 1
    tell(page)
    page.clock.run_for(50)
    assert abs(top(page) - before) < 1


def test_it_never_covers_the_question(open_page: OpenPage) -> None:
    """It stands above it, in the page's flow."""
    page = open_page()
    tell(page, LONG)
    box, question = banner(page).bounding_box(), page.locator(".paper .q").bounding_box()
    assert box and question
    assert box["y"] + box["height"] <= question["y"]


def test_a_tap_meant_for_another_place_does_not_count(open_page: OpenPage) -> None:
    """The question has just moved under the finger; half a second later taps count."""
    page = open_page()
    tell(page, SHORT)
    page.locator(".opt").nth(1).click()
    page.clock.run_for(400)
    expect(option(page, 2)).not_to_be_checked()
    page.clock.run_for(200)
    page.locator(".opt").nth(2).click()
    page.clock.run_for(400)
    assert answers(page) == [[3]]


def test_axe_finds_nothing_where_it_is_folded(open_page: OpenPage, axe: str) -> None:
    """Unfolded it is one of the states that are looked at in every look."""
    page = open_page()
    tell(page, SHORT)
    page.get_by_role("button", name="Gập thông báo").click()
    page.clock.resume()
    page.evaluate(axe)
    assert problems(page) == []
