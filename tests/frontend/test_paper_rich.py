"""Texts with a little Markdown: drawn as elements, read as one sentence, never as HTML."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.frontend.conftest import OpenPage
from tests.frontend.kinds import PLACES, every_kind
from tests.frontend.steps import go, heard, option

pytestmark = pytest.mark.browser

NOT: list[Any] = ["Ý nào ", ["strong", "không"], " đúng?"]


def test_emphasis_stands_in_the_question_and_in_its_name(open_page: OpenPage) -> None:
    questions = every_kind()
    questions[0]["stem"] = NOT
    questions[0]["options"] = [["Số ", ["em", "hai"]], "<b>Ba</b>", [["strong", "Bốn"]]]
    page = open_page("/thi#cau-1", questions=questions)
    expect(page.get_by_role("group", name="Câu 1. Ý nào không đúng?", exact=True)).to_be_visible()
    expect(page.locator("h1 strong")).to_have_text("không")
    line = page.locator("h1 strong").evaluate("(one) => getComputedStyle(one).textDecorationLine")
    assert line == "underline"
    expect(page.locator(".opt bdi").nth(1)).to_have_text("<b>Ba</b>")
    option(page, 3).check()
    go(page, "#xem-lai")
    expect(page.locator(".row .what strong")).to_have_text("Bốn")


def test_a_list_in_a_stem_follows_the_heading_and_describes_the_group(open_page: OpenPage) -> None:
    questions = every_kind()
    questions[0]["stem"] = [["p", *NOT], ["ul", ["li", "một"], ["li", "hai"]]]
    page = open_page("/thi#cau-1", questions=questions)
    expect(page.locator("h1")).to_have_text("Câu 1. Ý nào không đúng?")
    expect(page.locator("h1 li")).to_have_count(0)
    expect(page.locator("#s1 li")).to_have_text(["một", "hai"])
    expect(page.locator("fieldset")).to_have_attribute("aria-describedby", "s1")


def test_where_only_text_may_stand_the_words_remain(open_page: OpenPage) -> None:
    questions = every_kind()
    questions[PLACES["order"] - 1]["items"][0] = ["Số ", ["strong", "ba"], ["br"], "lẻ"]
    questions[PLACES["match"] - 1]["right"][0] = [["em", "một"], "."]
    page = open_page(f"/thi#cau-{PLACES['order']}", questions=questions)
    page.clock.run_for(4000)
    page.get_by_role("button", name="Đưa “Số ba lẻ” xuống").click()
    page.clock.run_for(1000)
    assert heard(page)[-1] == "“Số ba lẻ” ở vị trí 2 trong 4"
    go(page, f"#cau-{PLACES['match']}")
    expect(page.locator("select").first.locator("option").nth(1)).to_have_text("một.")


def test_an_element_that_the_page_does_not_know_is_text(open_page: OpenPage) -> None:
    questions = every_kind()
    questions[0]["stem"] = [["script", "alert(1)"], ["a", "đây"], " rồi"]
    page = open_page("/thi#cau-1", questions=questions)
    expect(page.locator("h1")).to_have_text("Câu 1. alert(1)đây rồi")
    assert page.locator(".paper :is(script, .question a)").count() == 0
