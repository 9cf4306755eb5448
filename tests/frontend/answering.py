"""How a question of each kind is answered with a mouse."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.frontend.kinds import GIVEN


def _group(page: Page) -> None:
    for row, value in enumerate(["Đúng", "Sai", "Đúng"]):
        page.locator(".statement").nth(row).locator(".opt", has_text=value).click()


def _match(page: Page) -> None:
    for row, text in enumerate(["một", "hai", "ba"]):
        page.get_by_role("combobox", name=f"{row + 1}. ").select_option(label=text)


def _order(page: Page) -> None:
    page.get_by_role("button", name="Đưa “Ba” xuống").click()
    page.get_by_role("button", name="Đưa “Hai” lên").click()
    page.get_by_role("button", name="Đưa “Ba” xuống").click()


def fill(page: Page, text: str) -> None:
    """Fill the field of a question with one."""
    page.get_by_label("Câu trả lời của Bạn").fill(text)


def _cloze(page: Page) -> None:
    page.get_by_label("Chỗ trống 1 trong 3").fill("hai")
    page.get_by_label("Chỗ trống 2 trong 3").select_option(label="ba")
    page.get_by_label("Chỗ trống 3 trong 3").fill("bốn")


BY_MOUSE: dict[str, Callable[[Page], None]] = {
    "group": _group,
    "match": _match,
    "order": _order,
    "number": lambda page: fill(page, "12"),
    "text": lambda page: fill(page, "Hà Nội"),
    "cloze": _cloze,
    "essay": lambda page: fill(page, GIVEN["essay"]),
}
"""Kind -> how its answer in `kinds.GIVEN` is given with a mouse."""
