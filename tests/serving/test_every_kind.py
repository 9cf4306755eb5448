"""A paper with a question of every type, from entry to receipt, in a real browser on the server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories import EVERY_TYPE, TOPICS, typed_bank
from tests.serving.answering import ANSWERING, ESSAY
from tests.serving.conftest import NewPhone, Serve
from tests.serving.contests import open_contest
from tests.serving.server import Server, until
from tests.serving.steps import (
    begin,
    go_to,
    hand_in,
    heading,
    predict,
    register,
    save_line,
)
from tests.serving.stored import contestant, rows_of
from tests.serving.wire import Wire

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def every_type(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Return a server of a contest whose papers have one question of every type."""
    paper = ((TOPICS[0], len(EVERY_TYPE)),)
    path = tmp_path_factory.mktemp("contest") / "cuoc_thi"
    return serve(open_contest(path, bank=typed_bank(), paper=paper).path)


STORED: dict[str, Any] = {
    "single": {"chosen": ["b"]},
    "multiple": {"chosen": ["a", "c"]},
    "true_false": {"chosen": ["true"]},
    "true_false_group": {"statements": {"a": True, "b": False, "c": True, "d": False}},
    "matching": {"pairs": {"a": "a", "b": "b", "c": "c"}},
    "ordering": {"order": ["b", "d", "a", "c"]},
    "numeric": {"text": "29"},
    "short_text": {"text": "Hòa Bình"},
    "cloze": {"gaps": {"so": "một", "chu": "a"}},
    "essay": {"text": ESSAY},
}
"""Type -> its right answer as a canonical response."""


def type_shown(page: Page) -> str:
    """Return the type that the stem shown names."""
    return heading(page).inner_text().split("loại ")[1].rstrip("?")


def shown_answers(page: Page) -> list[str]:
    """Return the review's rows in words."""
    page.evaluate("location.hash = '#xem-lai'")
    expect(heading(page)).to_have_text("Xem lại trước khi nộp")
    return page.locator(".row .what").all_inner_texts()


def test_a_paper_of_every_type_from_entry_to_receipt(every_type: Server, phone: NewPhone) -> None:
    """Answered, reloaded in the middle, handed in; the store has it as it was meant."""
    context = phone()
    wire = Wire.tap(context)
    page = context.new_page()
    register(page, every_type.url, 1, "Đơn vị mẫu 1")
    begin(page)
    seen = []
    for q in range(1, len(EVERY_TYPE) + 1):
        go_to(page, q)
        seen.append(type_shown(page))
        ANSWERING[seen[-1]](page)
    assert sorted(seen) == sorted(EVERY_TYPE)
    before = shown_answers(page)
    page.evaluate("location.hash = '#cau-10'")
    predict(page, "12345")
    until(wire.all_acknowledged, 20, "all is acknowledged", page=page)
    page.reload()
    heading(page).wait_for()
    assert shown_answers(page)[:-1] == before[:-1]
    assert "Chưa trả lời" not in " ".join(before[:-1])
    expect(page.locator(".band.bad")).to_be_hidden()
    expect(save_line(page)).to_be_visible()
    hand_in(page)
    expect(page.locator("main")).to_contain_text("10/10")
    assert stored(every_type.directory, 1) == STORED


def stored(directory: Path, number: int) -> dict[str, Any]:
    """Return what the store keeps of person `number`, by type: the last answer to each question."""
    found = {}
    for row in rows_of(directory, contestant(directory, number)["contestant_id"]):
        if row["kind"] == "response":
            values = dict(row["body"])
            found[values.pop("question").removeprefix("ch-")] = values
    return found
