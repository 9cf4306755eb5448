"""What a contestant does in a browser, by mouse or by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.factories import fields


def register(
    page: Page, url: str, number: int, unit: str, seen: Callable[[], object] = lambda: None
) -> str:
    """Register person `number` in the unit of that name; return the resume code.

    `seen` is called on every page on the way.
    """
    page.goto(url)
    seen()
    page.get_by_role("link", name="Đăng ký và vào thi").click()
    for name, value in fields(number).items():
        page.locator(f"#{name}").fill(value)
    seen()
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("radio", name=unit).check()
    seen()
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("checkbox").check()
    seen()
    page.get_by_role("button", name="Đăng ký dự thi").click()
    code = page.locator(".code").inner_text()
    seen()
    return code


def begin(page: Page) -> None:
    """Press "Bắt đầu làm bài" and wait for the first question."""
    page.get_by_role("button", name=re.compile("Bắt đầu làm bài")).click()
    heading(page).wait_for()


def heading(page: Page) -> Locator:
    """Return the paper's heading."""
    return page.locator(".paper h1")


def number_shown(page: Page) -> int:
    """Return the number of the question shown."""
    found = re.match(r"Câu (\d+)\.", heading(page).inner_text())
    assert found
    return int(found[1])


def go_to(page: Page, q: int) -> None:
    """Go to question `q` with the buttons below."""
    while (here := number_shown(page)) != q:
        name = f"Tới câu {here + 1}" if q > here else f"Về câu {here - 1}"
        page.get_by_role("button", name=name, exact=True).click()
        expect(heading(page)).to_contain_text(f"Câu {here + 1 if q > here else here - 1}.")


@dataclass(frozen=True)
class Shown:
    """A question as it stands on the page."""

    stem: str
    options: list[str]


def question(page: Page) -> Shown:
    """Read the question shown."""
    return Shown(
        page.locator(".paper h1 bdi").inner_text(), page.locator(".opt bdi").all_inner_texts()
    )


def option(page: Page, text: str) -> Locator:
    """Return the control of an option."""
    return page.locator(".opt", has_text=text).locator("input")


def choose(page: Page, texts: list[str], *, keyboard: bool = False) -> None:
    """Choose options of the question shown."""
    for text in texts:
        control = option(page, text)
        if keyboard:
            control.focus()
            page.keyboard.press("Space")
        else:
            page.locator(".opt", has_text=text).click()
        expect(control).to_be_checked()


def chosen(page: Page) -> list[str]:
    """Return the options that are chosen."""
    return page.locator(".opt:has(input:checked) bdi").all_inner_texts()


def predict(page: Page, number: str) -> None:
    """Go to the prediction from the last question, and type it."""
    page.get_by_role("button", name="Tới câu dự đoán").click()
    page.locator("#dd").fill(number)
    page.locator("#dd").press("Tab")
    expect(page.locator("output")).to_contain_text("Bạn nhập")


def hand_in(page: Page, *, keyboard: bool = False) -> str:
    """Go to the review, hand in, and return the receipt's code."""
    page.evaluate("location.hash = '#xem-lai'")
    expect(heading(page)).to_have_text("Xem lại trước khi nộp")
    submit = page.get_by_role("button", name="Nộp bài")
    if keyboard:
        submit.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Quay lại làm tiếp")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    else:
        submit.click()
        page.get_by_role("dialog").get_by_role("button", name="Nộp bài").click()
    page.wait_for_url("**/bien-nhan/*")
    return page.url.rsplit("/", 1)[1]


def save_line(page: Page) -> Locator:
    """Return the line that says where the work stands."""
    return page.locator(".save")
