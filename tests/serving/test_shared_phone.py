"""One phone, two people: whoever comes second finds nothing of the first, who loses nothing.

In villages a phone is a family's, in schools a tablet is a class's. The real server and real
Chromium, one browser context for both.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.factories import fields
from tests.serving.conftest import NewPhone, Serve
from tests.serving.contests import open_contest
from tests.serving.line import Line
from tests.serving.reckoning import Question, read_bank
from tests.serving.server import Server
from tests.serving.sitter import Sitter
from tests.serving.steps import begin, chosen, go_to, hand_in, heading, register
from tests.serving.stored import contestant, rows_of
from tests.serving.wire import Wire

pytestmark = pytest.mark.browser

OTHER = "Người khác thi trên máy này"

STORED = """() => JSON.stringify([
  Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, history.state,
])"""


@pytest.fixture(scope="module")
def server(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Return the server."""
    return serve(open_contest(tmp_path_factory.mktemp("contest") / "cuoc_thi").path)


@pytest.fixture(scope="module")
def bank(server: Server) -> dict[str, Question]:
    """Return the questions by their stem."""
    return read_bank(server.directory / "ngan_hang")


@pytest.fixture
def line(server: Server) -> Iterator[Line]:
    """Return the phone's line to the server."""
    line = Line(server.port)
    yield line
    line.close()


class Traces:
    """What would tell the second person of the first, and where it is looked for."""

    def __init__(self, server: Server, person: int, *codes: str) -> None:
        self.server, self.person = server, person
        row = contestant(server.directory, person)
        self.id = row["contestant_id"]
        plain = [code.replace("-", "") for code in codes]
        self.secrets = [*fields(person).values(), self.id, *codes, *plain]
        self.secrets.append(base64.b64encode(self.id.encode()).decode().rstrip("="))

    def found(self, page: Page) -> list[str]:
        """Return what there is on a page, in what the browser keeps for it, and in its cookies."""
        kept = page.content() + page.evaluate(STORED) + json.dumps(page.context.cookies())
        return [secret for secret in self.secrets if secret in kept]

    def look(self, page: Page) -> None:
        """Expect to find nothing."""
        assert self.found(page) == []

    def rows(self) -> list[object]:
        """Return what is stored of the first person's attempts."""
        return [
            (row["n"], row["kind"], row["body"]) for row in rows_of(self.server.directory, self.id)
        ]


def leave(page: Page) -> None:
    """Let the next person have the phone."""
    page.get_by_role("button", name=OTHER).click()
    expect(page.get_by_role("link", name="Đăng ký và vào thi")).to_be_visible()


def nothing_is_chosen(page: Page) -> None:
    """Expect a new paper: no question has an answer."""
    for q in (1, 2, 3):
        go_to(page, q)
        assert chosen(page) == []


def test_the_second_finds_nothing_of_one_in_the_middle_of_a_paper(
    phone: NewPhone, server: Server, bank: dict[str, Question], line: Line
) -> None:
    """Not even what waited for the network; the first goes on by code with what was sent."""
    context = phone()
    wire = Wire.tap(context)
    page = context.new_page()
    code = register(page, line.url, 41, "Đơn vị mẫu 1")
    begin(page)
    first = Sitter(41, page, wire, server, bank)
    first.click(1)
    first.click(2)
    first.delivered()
    line.cut()
    first.click(3, counts=False)
    expect(first.page.locator(".paper")).to_contain_text("Đang chờ mạng: 1 câu chưa gửi")
    first.page.close(run_before_unload=False)
    line.mend()

    page = context.new_page()
    page.goto(line.url)
    expect(page.locator("[data-queue]")).to_contain_text("chuyển cho người khác thi")
    traces = Traces(server, 41, code)
    before = traces.rows()
    assert len(traces.found(page)) == 2  # name and cookie: the test looks where it should
    leave(page)
    traces.look(page)
    page.goto(f"{line.url}/thi")
    traces.look(page)

    register(page, line.url, 42, "Đơn vị mẫu 2", lambda: traces.look(page))
    begin(page)
    traces.look(page)
    nothing_is_chosen(page)
    second = Sitter(42, page, wire, server, bank)
    second.click(1, 1)
    second.delivered()
    assert traces.rows() == before

    page.goto(line.url)
    traces.look(page)
    leave(page)
    page.get_by_role("link", name="Tiếp tục bằng mã").click()
    page.get_by_label("Mã tiếp tục").fill(code)
    page.get_by_role("button", name="Làm tiếp ở đây").click()
    heading(page).wait_for()
    back = Sitter(41, page, wire, server, bank, dict(first.clicked))
    assert back.stored() == first.clicked
    for q, texts in ((1, 1), (2, 1), (3, 0)):
        go_to(page, q)
        assert len(chosen(page)) == texts
    Traces(server, 42).look(page)


def test_the_second_finds_nothing_of_one_who_has_handed_in(
    phone: NewPhone, server: Server, bank: dict[str, Question]
) -> None:
    """No receipt, no name, no answer; going back in the browser's history shows none either."""
    context = phone()
    first = Sitter.come(context, server, bank, 43)
    first.click(1)
    first.delivered()
    page = first.page
    receipt = hand_in(page)
    traces = Traces(server, 43, receipt)
    page.get_by_role("button", name=OTHER).click()
    expect(page.get_by_role("link", name="Đăng ký và vào thi")).to_be_visible()
    traces.look(page)

    page.go_back()
    page.locator("h1").first.wait_for()
    assert fields(43)["name"] not in page.content()
    page.goto(f"{server.url}/bien-nhan/{receipt}")  # known from a photograph, say
    assert fields(43)["name"] not in page.content()
    assert page.get_by_role("button", name=OTHER).count() == 0

    before = traces.rows()
    register(page, server.url, 44, "Đơn vị mẫu 2", lambda: traces.look(page))
    begin(page)
    nothing_is_chosen(page)
    other = hand_in(page)
    assert other != receipt
    page.goto(server.url)
    traces.look(page)
    assert traces.rows() == before
