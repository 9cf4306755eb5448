"""What the people in the pictures of docs/man-hinh.md do, on a page each."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def fill(page: Page, number: int) -> None:
    """Fill in the first page of the form."""
    page.locator("#name").fill(f"Thí sinh thử {number:05}")
    page.locator("#phone").fill(f"000{number:07}")


def press(page: Page, name: str) -> None:
    """Press a button."""
    page.get_by_role("button", name=name, exact=True).click()


def until(page: Page, selector: str) -> None:
    """Load a page again until something is there."""
    for _ in range(60):
        if page.locator(selector).count():
            return
        page.wait_for_timeout(1000)
        page.reload()
    raise TimeoutError(selector)


def register(page: Page, url: str, number: int) -> None:
    """Register somebody in unit 12."""
    page.goto(f"{url}/dang-ky")
    fill(page, number)
    press(page, "Tiếp tục")
    page.get_by_role("radio", name="Đơn vị mẫu 12").check()
    press(page, "Tiếp tục")
    page.get_by_role("checkbox").first.check()
    press(page, "Đăng ký dự thi")
    page.wait_for_url("**/bat-dau")


def begin(page: Page) -> None:
    """Begin the paper and wait for its first question."""
    page.get_by_role("button", name=re.compile("Bắt đầu làm bài")).click()
    page.locator(".paper h1").wait_for()


def go(page: Page, place: str) -> None:
    """Go to a screen of the paper."""
    page.evaluate("place => { location.hash = place; }", place)
    page.wait_for_timeout(250)


def answer(page: Page, first: int, last: int) -> None:
    """Choose an option of each question."""
    for q in range(first, last + 1):
        go(page, f"#cau-{q}")
        page.locator(".opt").nth(q % 2).click()
        page.wait_for_timeout(80)


def saved(page: Page) -> None:
    """Wait until all is saved."""
    expect(page.locator(".save")).to_contain_text("Đã lưu", timeout=30_000)


def hand_in(page: Page) -> None:
    """Hand the paper in."""
    go(page, "#xem-lai")
    page.locator(".review > .btn.main").click()
    page.get_by_role("dialog").get_by_role("button", name="Nộp bài").click()
    page.wait_for_url("**/bien-nhan/*")
