"""How each type of question is answered rightly in a browser."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.serving.steps import choose


def _group(page: Page) -> None:
    for row in page.locator(".statement").all():
        even = any(word in row.inner_text() for word in ("Hai", "Bốn"))
        row.locator(".opt", has_text="Đúng" if even else "Sai").click()


def _match(page: Page) -> None:
    for left, right in {"Một": "số 1", "Hai": "số 2", "Ba": "số 3"}.items():
        page.get_by_role("combobox", name=left).select_option(label=right)


def _order(page: Page) -> None:
    """Bring each to its place with the arrows, the first first."""
    items = page.locator(".item > bdi")
    for place, text in enumerate(["Một", "Hai", "Ba", "Bốn"]):
        up = page.get_by_role("button", name=f"Đưa “{text}” lên")
        while items.all_inner_texts().index(text) > place:
            up.focus()
            page.keyboard.press("Enter")
            expect(up).to_be_focused()


def _fill(text: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_label("Câu trả lời của Bạn").fill(text)


def _cloze(page: Page) -> None:
    page.get_by_role("textbox", name="Chỗ trống 1 trong 2").fill("một")
    page.get_by_role("combobox", name="Chỗ trống 2 trong 2").select_option(label="hai")


ESSAY = "Bốn nghìn năm lịch sử.\nMột ví dụ là trống đồng."

ANSWERING: dict[str, Callable[[Page], None]] = {
    "single": lambda page: choose(page, ["Quýt"]),
    "multiple": lambda page: choose(page, ["Hai", "Bốn"]),
    "true_false": lambda page: choose(page, ["Đúng"]),
    "true_false_group": _group,
    "matching": _match,
    "ordering": _order,
    "numeric": _fill("29"),
    "short_text": _fill("Hòa Bình"),
    "cloze": _cloze,
    "essay": _fill(ESSAY),
}
