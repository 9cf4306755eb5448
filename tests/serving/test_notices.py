"""Notices on the real server: written by another process, on every page and on open papers."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from contest.directory import ContestDirectory
from contest.notices.keeper import Notices
from contest.notices.model import Notice
from contest.store import SqliteStore
from tests.factories import MINUTE
from tests.frontend.looks import AXE, problems
from tests.serving.boards import board
from tests.serving.conftest import NewPhone, Serve
from tests.serving.practising import practised
from tests.serving.sat import sit
from tests.serving.server import Server, apart, until
from tests.serving.steps import begin, go_to, option, register
from tests.serving.visitor import Visitor

pytestmark = pytest.mark.browser

MARKUP = '<b onclick="alert(1)">Máy chủ</b> bảo trì & <script>alert(1)</script> {{ 7 * 7 }}'
SEEN = "Lưu ý: " + MARKUP


@pytest.fixture(scope="module")
def server(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Return an open contest beside which is practised."""
    directory = practised(tmp_path_factory.mktemp("contest") / "cuoc_thi", prediction=None)
    return serve(directory.path, movable=True)


def write(server: Server, text: str, **more: int | str | None) -> Notice:
    """Write a notice from this process, not the server's; times by the server's clock."""

    async def written() -> Notice:
        store = SqliteStore(server.directory / "var" / "timhieu.db")
        try:
            return await Notices(store).write(
                text,
                str(more.get("kind", "warning")),
                more.get("round"),  # type: ignore[arg-type]
                0,
                more.get("ends"),  # type: ignore[arg-type]
                by="Thư ký mẫu",
                now=0,
            )
        finally:
            await store.close()

    return apart(written())


def withdraw(server: Server, notice: Notice) -> None:
    """Withdraw a notice."""

    async def withdrawn() -> None:
        store = SqliteStore(server.directory / "var" / "timhieu.db")
        try:
            await Notices(store).withdraw(notice.number, by="Thư ký mẫu", now=0)
        finally:
            await store.close()

    apart(withdrawn())


def learner(server: Server) -> Visitor:
    """Return somebody who practises."""
    visitor = Visitor(server.url)
    visitor.get("/luyen-tap/bat-dau")
    assert visitor.post("/luyen-tap/bat-dau").status == 303
    return visitor


def test_every_page_bears_it_as_text_until_it_is_withdrawn(server: Server) -> None:
    """Also pages that are kept: the leaderboard's and the practice's change with it."""
    receipt = sit_one(server)
    visitor, someone = Visitor(server.url), learner(server)
    pages = {
        "/": visitor, "/the-le": visitor, "/dang-ky": visitor, "/tra-cuu": visitor,
        f"/bien-nhan/{receipt}": visitor, "/khong-co": visitor, "/luyen-tap/bat-dau": visitor,
        "/luyen-tap": someone,
    }  # fmt: skip
    before = board(server)
    assert all(SEEN not in who.get(path).words for path, who in pages.items())
    notice = write(server, MARKUP)
    until(lambda: SEEN in visitor.get("/").words, 15, "the server has seen it")
    for path, who in pages.items():
        answer = who.get(path)
        assert SEEN in answer.words, path
        assert 'role="status"' in answer.text and "<b onclick" not in answer.text, path
    now = board(server)
    assert SEEN in now.words and now.headers["etag"] != before.headers["etag"]
    withdraw(server, notice)
    until(lambda: SEEN not in visitor.get("/").words, 15, "the server has seen it go")
    assert all(SEEN not in who.get(path).words for path, who in pages.items())
    assert board(server).headers["etag"] == before.headers["etag"]


def sit_one(server: Server) -> str:
    """Sit a paper before the test; return its receipt's code."""
    return sit(ContestDirectory(server.directory), 900).receipt


def test_it_arrives_while_somebody_answers(server: Server, phone: NewPhone) -> None:
    """Seen and said, nothing covered, focus where it was; folded, there again after a reload."""
    page = phone().new_page()
    register(page, server.url, 1, "Đơn vị mẫu 1")
    begin(page)
    first = page.locator(".opt input").first
    first.focus()
    page.keyboard.press("Space")
    notice = write(server, MARKUP, ends=None)
    banner = page.get_by_role("region", name="Thông báo của Ban Tổ chức")
    expect(banner).to_contain_text(SEEN)
    expect(page.locator("#noi")).to_have_text(SEEN)
    expect(first).to_be_focused()
    expect(first).to_be_checked()
    box, question = banner.bounding_box(), page.locator(".paper h1").bounding_box()
    assert box and question and box["y"] + box["height"] <= question["y"]
    assert banner.locator("b, script").count() == 0
    page.evaluate(AXE.read_text())
    assert problems(page) == []
    page.get_by_role("button", name="Gập thông báo").click()
    expect(banner.locator("bdi")).to_be_hidden()
    go_to(page, 2)
    page.reload()
    expect(banner.locator("bdi")).to_have_text(MARKUP)
    withdraw(server, notice)
    expect(banner).to_be_hidden()
    expect(option(page, page.locator(".opt bdi").first.inner_text())).to_be_enabled()


def test_it_goes_when_its_time_is_over(server: Server, phone: NewPhone) -> None:
    """By the server's clock, without anybody's doing; another round's is never there."""
    page = phone().new_page()
    register(page, server.url, 2, "Đơn vị mẫu 1")
    begin(page)
    banner = page.get_by_role("region", name="Thông báo của Ban Tổ chức")
    now = page.evaluate("Date.now()")
    other = write(server, "Nội dung của kỳ khác", round="ky-9")
    write(server, "Đóng sớm mẫu", ends=now + 5 * MINUTE)
    expect(banner).to_contain_text("Đóng sớm mẫu")
    expect(banner).not_to_contain_text("kỳ khác")
    server.later(6 * MINUTE)
    expect(banner).to_be_hidden()
    withdraw(server, other)


def test_a_leaderboard_that_stays_open_takes_it_over(server: Server, phone: NewPhone) -> None:
    """With its next refresh, as do the tables on a hall's screen."""
    board(server)
    page = phone().new_page()
    page.clock.install()
    page.goto(f"{server.url}/bang-xep-hang")
    notice = write(server, "Bảng tạm dừng mẫu")
    told = page.locator("#thong-bao")

    def taken() -> bool:
        page.clock.run_for(10_000)
        return bool(re.search("Bảng tạm dừng mẫu", told.inner_text()))

    until(taken, 30, "the page has taken it over", page=page)
    withdraw(server, notice)
