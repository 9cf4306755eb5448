"""Choosing a unit while typing, in Chromium: by keyboard, by touch, with and without the list."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from contest.settings import CHECKOUT
from tests.factories import fields
from tests.frontend.looks import problems
from tests.serving.conftest import NewPhone, Serve
from tests.serving.contests import many_units, open_contest
from tests.serving.server import Server
from tests.serving.visitor import Visitor

pytestmark = pytest.mark.browser

AXE = CHECKOUT / "voila_templates/node_modules/axe-core/axe.min.js"
NAMESAKES = "".join(f"ten-{n},Trường mẫu trùng tên,khoi-{n},Khối {n},\n" for n in range(1, 11))
STRANGE = 'la,"<img src=x> طالب",khoi-2,Khối 2,\n'


@pytest.fixture(scope="module")
def server(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Return a contest with 3,000 units, ten of them of the same name."""
    path = tmp_path_factory.mktemp("large") / "cuoc_thi"
    units = many_units(2989) + NAMESAKES + STRANGE
    return serve(open_contest(path, units=units, by="people").path)


@pytest.fixture
def step(server: Server, phone: NewPhone) -> Page:
    """Return the page of the unit, its list there."""
    return at_step(server, phone().new_page())


def at_step(server: Server, page: Page, *, listed: bool = True) -> Page:
    """Fill in the first step; wait for the list."""
    page.goto(f"{server.url}/dang-ky")
    for name, value in fields(1).items():
        page.locator(f"#{name}").fill(value)
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("heading", name="Bạn thuộc đơn vị nào?").wait_for()
    if listed:
        box(page).wait_for()
    return page


def box(page: Page) -> Locator:
    """Return the box that is typed into."""
    return page.get_by_role("combobox", name="Tìm đơn vị")


def offered(page: Page) -> Locator:
    """Return the options; the page has a list of themes as well."""
    return page.locator("[role=listbox] [role=option]")


def options(page: Page) -> list[str]:
    """Return the options as they are read."""
    return [" ".join(one.split()) for one in offered(page).all_inner_texts()]


def violations(page: Page) -> list[dict[str, Any]]:
    """Return what axe finds."""
    page.evaluate(AXE.read_text())
    return problems(page)


def test_a_unit_is_chosen_by_keyboard_alone(step: Page) -> None:
    """Typed without marks; the whole words first; shown in full, and again at the next step."""
    box(step).focus()
    step.keyboard.type("don vi mau 12")
    expect(offered(step).first).to_contain_text("Đơn vị mẫu 12")
    expect(box(step)).to_have_attribute("aria-expanded", "true")
    assert len(options(step)) == 8
    expect(step.locator("[data-count]")).to_contain_text("đơn vị phù hợp. Còn")
    assert step.locator("[aria-selected=true]").count() == 0  # nothing is picked for the person
    step.keyboard.press("ArrowDown")
    active = box(step).get_attribute("aria-activedescendant")
    assert step.locator(f"#{active}").inner_text().startswith("Đơn vị mẫu 12")
    assert violations(step) == []
    step.keyboard.press("Enter")
    expect(step.locator("[data-chosen]")).to_contain_text("Đơn vị mẫu 12 thuộc Khối mẫu 3")
    expect(box(step)).to_have_attribute("aria-expanded", "false")
    expect(step.locator("#noi")).to_have_text("Đã chọn Đơn vị mẫu 12, thuộc Khối mẫu 3")
    assert violations(step) == []
    step.keyboard.press("Enter")
    expect(step.locator("dl")).to_contain_text("Đơn vị mẫu 12")
    step.get_by_role("link", name="Sửa Đơn vị").click()
    expect(step.locator("[data-chosen]")).to_contain_text("Đơn vị mẫu 12 thuộc Khối mẫu 3")


def test_namesakes_are_told_apart_by_what_they_belong_to(step: Page) -> None:
    """And found by it: name and place together."""
    box(step).fill("truong mau trung ten")
    expect(offered(step)).to_have_count(8)
    assert len(set(options(step))) == 8
    box(step).fill("trung ten khoi 7")
    expect(offered(step)).to_have_count(1)
    offered(step).click()
    expect(step.locator("[data-chosen]")).to_contain_text("Trường mẫu trùng tên thuộc Khối mẫu 7")
    step.get_by_role("button", name="Tiếp tục").click()
    expect(step.locator("dl")).to_contain_text("thuộc Khối mẫu 7")


def test_escape_tab_and_typing_leave_nothing_chosen(step: Page) -> None:
    """Escape closes, then clears; Tab takes nothing; what is typed anew undoes a choice."""
    box(step).fill("nghia do")
    step.keyboard.press("ArrowUp")
    step.keyboard.press("Escape")
    expect(step.get_by_role("listbox")).to_be_hidden()
    expect(box(step)).to_have_value("nghia do")
    step.keyboard.press("Escape")
    expect(box(step)).to_have_value("")
    step.keyboard.type("nghia do")
    step.keyboard.press("ArrowDown")
    step.keyboard.press("Tab")
    expect(step.locator("[data-chosen]")).to_be_hidden()
    box(step).fill("nghia do")
    offered(step).first.click()
    expect(step.locator("[data-chosen]")).to_contain_text("Xã Nghĩa Đô mẫu")
    box(step).press_sequentially(" 2")
    expect(step.locator("[data-chosen]")).to_be_hidden()
    step.get_by_role("button", name="Tiếp tục").click()
    expect(step.locator(".summary")).to_contain_text("Hãy chọn một đơn vị trong danh sách")
    expect(box(step)).to_have_attribute("aria-invalid", "true")
    step.locator(".summary a").click()
    expect(box(step)).to_be_focused()
    assert violations(step) == []


def test_lines_show_what_is_found_whatever_they_showed_before(step: Page) -> None:
    """Units above and below others, few and many; what was the active option is none of them."""
    box(step).fill("mau 12")
    before = options(step)
    assert len(before) == 8
    step.keyboard.press("ArrowDown")
    box(step).fill("khoi mau")
    assert options(step) == [f"Khối mẫu {n}" for n in range(1, 9)]
    assert step.locator("[role=option][aria-selected=true]").count() == 0
    assert box(step).get_attribute("aria-activedescendant") is None
    box(step).fill("khoi mau 3")
    assert options(step) == ["Khối mẫu 3"]
    box(step).fill("khong co")
    expect(offered(step)).to_have_count(0)
    box(step).fill("mau 12")
    assert options(step) == before


def test_the_count_is_read_once_typing_stops(step: Page) -> None:
    """The live region changes once for many keys."""
    step.clock.install()
    box(step).focus()
    for letter in "nghia":
        step.keyboard.type(letter)
        step.clock.run_for(100)
    expect(step.locator("#noi")).to_have_text("")
    step.clock.run_for(1_000)
    expect(step.locator("#noi")).to_have_text("1 đơn vị phù hợp")
    box(step).fill("khong co dau")
    step.clock.run_for(1_000)
    expect(step.locator("#noi")).to_contain_text("Chưa thấy đơn vị nào")


def test_what_was_found_stands_below_the_ring_of_the_box(step: Page) -> None:
    """The focus ring covers no part of the sentence when the list is empty."""
    box(step).fill("khong co dau")
    count = step.locator("[data-count]")
    expect(count).to_contain_text("Chưa thấy đơn vị nào")
    typed, told = box(step).bounding_box(), count.bounding_box()
    ring = box(step).evaluate(
        "one => parseFloat(getComputedStyle(one).outlineWidth)"
        " + parseFloat(getComputedStyle(one).outlineOffset)"
    )
    assert typed and told and ring > 0
    assert told["y"] >= typed["y"] + typed["height"] + ring


def test_strange_names_are_text(step: Page) -> None:
    """Markup stays markup, other scripts keep their direction."""
    box(step).fill("<img")
    assert options(step) == ["<img src=x> طالب thuộc Khối mẫu 2"]
    assert step.locator("[role=option] img").count() == 0
    offered(step).click()
    assert step.locator("[data-chosen] img").count() == 0


@pytest.mark.parametrize("width", [320, 360])
def test_nothing_scrolls_sideways_with_the_list_open(step: Page, width: int) -> None:
    """Neither with the list nor with a choice, and options are as high as a thumb."""
    step.set_viewport_size({"width": width, "height": 640})
    box(step).fill("don vi mau")
    offered(step).first.wait_for()
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert step.evaluate(wide) <= 0
    heights = step.evaluate(
        "[...document.querySelectorAll('[role=option]')].map((one) => one.offsetHeight)"
    )
    assert min(heights) >= 48
    offered(step).nth(2).click()
    assert step.evaluate(wide) <= 0


def test_the_list_is_fetched_once(server: Server, phone: NewPhone) -> None:
    """Small on the wire; the second time the browser has it."""
    context = phone()
    page = context.new_page()
    answers = []
    page.on("response", lambda one: answers.append(one) if one.url.endswith(".json") else None)
    at_step(server, page)
    page.reload()
    box(page).wait_for()
    first, second = answers
    assert first.request.sizes()["responseBodySize"] < 60_000
    assert second.request.sizes()["responseBodySize"] <= 0


def test_without_the_list_the_plain_search_stays(server: Server, phone: NewPhone) -> None:
    """A network that fails just then costs the comfort only."""
    page = phone().new_page()
    page.route("**/*.json", lambda route: route.abort())
    at_step(server, page, listed=False)
    expect(page.get_by_role("searchbox", name="Tìm đơn vị")).to_be_visible()
    page.get_by_role("searchbox").fill("nghia do")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("radio", name="Xã Nghĩa Đô mẫu").check()
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.locator("dl")).to_contain_text("Xã Nghĩa Đô mẫu")


def test_a_unit_of_a_link_is_shown_as_chosen(server: Server, phone: NewPhone) -> None:
    """It came by a QR code, and can be changed."""
    page = phone().new_page()
    page.goto(f"{server.url}/?don-vi=ten-4")
    at_step(server, page)
    expect(page.locator("[data-chosen]")).to_contain_text("Trường mẫu trùng tên thuộc Khối mẫu 4")
    page.get_by_role("button", name="Chọn lại").click()
    expect(box(page)).to_be_focused()
    expect(page.locator("[data-chosen]")).to_be_hidden()


def test_the_list_tells_ids_names_and_parents_only(server: Server) -> None:
    """No headcount; another hash is no address."""
    visitor = Visitor(server.url)
    visitor.post("/dang-ky", **fields(1))
    found = re.search(r'data-units="([^"]+)"', visitor.get("/dang-ky/don-vi").text)
    assert found
    answer = visitor.get(found[1])
    rows = json.loads(answer.text)["units"]
    assert len(rows) == 3000
    assert all(len(row) == 3 for row in rows)
    assert "immutable" in answer.headers["cache-control"]
    other = re.sub(r"[0-9a-f]{64}", "0" * 64, found[1])
    assert visitor.get(other).status == 404


def test_what_the_plain_search_was_asked_for_is_answered_at_once(
    server: Server, phone: NewPhone
) -> None:
    """As after a search before the script was there, or from a kept address."""
    page = at_step(server, phone().new_page())
    page.goto(f"{server.url}/dang-ky/don-vi?tim=don+vi+mau+12")
    expect(box(page)).to_have_value("don vi mau 12")
    expect(offered(page).first).to_contain_text("Đơn vị mẫu 12")
