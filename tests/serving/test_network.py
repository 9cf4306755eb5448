"""Networks as they are in villages: cut, slow to come back, gone over the deadline, phones asleep.

The real server and real Chromium with a line between them that is cut. Time passes by the server's
movable clock and the page's: nobody waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.serving.conftest import NewPhone, Serve
from tests.serving.contests import open_contest
from tests.serving.line import Line
from tests.serving.reckoning import Question, read_bank
from tests.serving.server import Server, until
from tests.serving.sitter import Sitter
from tests.serving.steps import chosen, go_to, heading, number_shown, save_line
from tests.serving.visitor import Socket, Visitor

pytestmark = pytest.mark.browser

MINUTE = 60_000
SETTLE = 30_000
"""ms: by then an attempt whose time is over has been ended."""


@pytest.fixture(scope="module")
def server(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Return a server whose clock these tests move; each of them only forwards."""
    path = tmp_path_factory.mktemp("contest") / "cuoc_thi"
    return serve(open_contest(path).path, movable=True)


@pytest.fixture(scope="module")
def bank(server: Server) -> dict[str, Question]:
    """Return the questions by their stem."""
    return read_bank(server.directory / "ngan_hang")


Come = Callable[[int], "Away"]


class Away(Sitter):
    """A sitter whose network a test takes away."""

    line: Line
    context: BrowserContext

    def cut(self) -> None:
        """No network: the browser knows, and the line is dead."""
        self.context.set_offline(True)
        self.line.cut()

    def mend(self) -> None:
        """The network is back."""
        self.line.mend()
        self.context.set_offline(False)

    def later(self, ms: int) -> None:
        """Let time pass, at the server and on the page."""
        self.server.later(ms)
        self.page.clock.run_for(ms)

    def waits(self, n: int) -> None:
        """Expect that the page says how many answers wait."""
        words = f"Đang chờ mạng: {n} câu chưa gửi. Bạn cứ làm tiếp."
        until(lambda: words == self.line_says(), 20, words, page=self.page)

    def line_says(self) -> str:
        """Return what the save line says."""
        return save_line(self.page).inner_text()

    def reopen(self) -> Page:
        """Open the paper in a new tab, by the way that a browser's history offers."""
        self.page = self.context.new_page()
        self.page.clock.install()
        self.page.goto(f"{self.line.url}/thi")
        return self.page

    def elsewhere(self) -> tuple[Visitor, Socket, str, int]:
        """Open the paper on another device; return visitor, socket, widget and pen there."""
        cookies = {one["name"]: one["value"] for one in self.context.cookies()}
        other = Visitor(self.server.url, cookies)
        socket = Socket(other, other.open_paper())
        model = socket.paper()
        socket.tell(model, {"t": "hello", "page": "trang00000000000000b"})
        return other, socket, model, socket.told("paper")["pen"]


@pytest.fixture
def come(server: Server, bank: dict[str, Question], phone: NewPhone) -> Iterator[Come]:
    """Return a function that lets a person begin, on a line of its own."""
    lines: list[Line] = []

    def begun(person: int) -> Away:
        lines.append(line := Line(server.port))
        context = phone()
        sitter = Away.come(context, server, bank, person, url=line.url, clock=True)
        assert isinstance(sitter, Away)
        sitter.line, sitter.context = line, context
        return sitter

    yield begun
    for line in lines:
        line.close()


def pens_of(sitter: Sitter) -> list[int]:
    """Return the pens of the stored responses in their order."""
    return [row["pen"] for row in sitter.rows() if row["kind"] == "response"]


def owed(page: Page) -> list[object]:
    """Return the messages that the browser keeps for sending."""
    left: list[object] = page.evaluate(
        "Object.keys(localStorage).filter((key) => key.startsWith('timhieu.queue:'))"
        ".flatMap((key) => JSON.parse(localStorage.getItem(key)).messages)"
    )
    return left


def test_two_minutes_without_network(come: Come) -> None:
    """Answering goes on; afterwards all is acknowledged, on the same page, without a reload."""
    sitter = come(1)
    sitter.click(1)
    sitter.settled()
    loads: list[str] = []
    sitter.page.on("domcontentloaded", lambda page: loads.append(page.url))
    sitter.cut()
    for q in (2, 3, 4):
        sitter.click(q)
    sitter.waits(3)
    sitter.later(2 * MINUTE)
    sitter.waits(3)
    sitter.mend()
    sitter.delivered()
    expect(save_line(sitter.page)).to_contain_text("Đã lưu")
    assert number_shown(sitter.page) == 4
    assert loads == []
    assert set(pens_of(sitter)) == {1}


def test_the_network_is_gone_over_the_deadline(come: Come) -> None:
    """What the server had counts; the page says which answers it had and which it hadn't."""
    sitter = come(2)
    sitter.click(1)
    sitter.settled()
    sitter.cut()
    sitter.click(2, counts=False)
    sitter.later(20 * MINUTE + SETTLE)
    expect(sitter.page.locator(".opt input").first).to_have_attribute("aria-disabled", "true")
    sitter.waits(1)
    sitter.mend()
    until(lambda: sitter.page.locator(".end").count(), 30, "the end", page=sitter.page)
    end = sitter.page.locator(".end")
    expect(end).to_contain_text("Máy chủ đã nhận 1 câu")
    expect(end).to_contain_text("Tới sau giờ, không tính: câu 2")
    assert sitter.stored() == sitter.clicked
    sitter.page.get_by_role("link", name="Xem biên nhận").click()
    expect(sitter.page.locator("[data-missed]")).to_contain_text("không tính: câu 2")


def test_a_tab_closed_while_offline_and_opened_again(come: Come) -> None:
    """Before the deadline nothing is lost: the new page sends what the old one couldn't."""
    sitter = come(3)
    sitter.click(1)
    sitter.settled()
    sitter.cut()
    sitter.click(2)
    sitter.click(3)
    sitter.page.close(run_before_unload=False)
    sitter.server.later(5 * MINUTE)
    sitter.mend()
    sitter.reopen()
    sitter.delivered()
    expect(save_line(sitter.page)).to_contain_text("Đã lưu")
    go_to(sitter.page, 2)
    assert chosen(sitter.page)
    until(lambda: owed(sitter.page) == [], 10, "nothing is left", page=sitter.page)


def test_a_tab_closed_while_offline_and_opened_after_the_deadline(come: Come) -> None:
    """The receipt names what didn't get there; the entry page had said what waits."""
    sitter = come(4)
    sitter.click(1)
    sitter.settled()
    sitter.cut()
    sitter.click(2, counts=False)
    sitter.page.close(run_before_unload=False)
    sitter.mend()
    page = sitter.context.new_page()
    page.goto(sitter.line.url)
    expect(page.locator("[data-queue]")).to_contain_text("Máy này còn giữ 1 câu chưa gửi")
    sitter.server.later(21 * MINUTE + SETTLE)
    page.goto(f"{sitter.line.url}/thi")
    page.wait_for_url("**/bien-nhan/*")
    expect(page.locator("[data-missed]")).to_have_text(
        "Chưa tới máy chủ trước khi bài kết thúc, không tính: câu 2. "
        "Máy này còn giữ các câu đó, Ban Tổ chức không nhận được."
    )
    assert sitter.stored() == sitter.clicked


def test_closed_while_offline_and_another_device_wrote_meanwhile(come: Come) -> None:
    """Nothing that was stored later is overwritten: the queue is shown as not counted."""
    sitter = come(5)
    sitter.click(1)
    sitter.settled()
    sitter.cut()
    sitter.click(2, counts=False)
    sitter.page.close(run_before_unload=False)
    _, socket, model, pen = sitter.elsewhere()
    with socket:
        answer = {"t": "answer", "pen": pen, "seq": 1, "q": 3, "chosen": [1]}
        socket.tell(model, answer)
        socket.told("ack")
    sitter.mend()
    page = sitter.reopen()
    expect(page.locator(".stale summary")).to_contain_text("1 câu chọn ở trang này chưa được tính")
    before = sitter.stored()
    assert len(before) == 2
    page.get_by_role("button", name="Nhập lại câu 2").click()
    until(lambda: len(sitter.stored()) == 3, 20, "entered again", page=page)


def test_closed_while_offline_and_another_device_only_looked(come: Come) -> None:
    """It had the pen and wrote nothing: the queue is still the last word, and is sent."""
    sitter = come(6)
    sitter.cut()
    sitter.click(2)
    sitter.page.close(run_before_unload=False)
    sitter.elsewhere()[1].close()
    sitter.mend()
    sitter.reopen()
    sitter.delivered()


def test_another_device_takes_the_pen_while_this_one_is_offline(come: Come) -> None:
    """Its queue is kept as stale rows, not counted; it says so, and can take the pen back."""
    sitter = come(7)
    sitter.cut()
    sitter.click(1, counts=False)
    _, socket, model, pen = sitter.elsewhere()
    with socket:
        socket.tell(model, {"t": "answer", "pen": pen, "seq": 1, "q": 1, "chosen": [2]})
        socket.told("ack")
        sitter.mend()
        expect(save_line(sitter.page)).to_contain_text("Bài đang mở ở trang khác", timeout=30_000)
        expect(sitter.page.locator(".stale summary")).to_contain_text("1 câu chọn ở trang này")
        until(lambda: pens_of(sitter) == [2, 1], 20, "kept as a stale row", page=sitter.page)
        sitter.page.get_by_role("button", name="Làm tiếp ở đây").click()
        told = socket.told("pen")
    assert told["held"] is False
    expect(sitter.page.locator(".opt input").nth(1)).to_be_checked()


def test_two_tabs_of_one_browser(come: Come) -> None:
    """The newer one writes, the older one is told; answers of both are there."""
    sitter = come(8)
    sitter.click(1)
    sitter.settled()
    first = sitter.page
    sitter.reopen()
    heading(sitter.page).wait_for()
    expect(save_line(first)).to_contain_text("Bài đang mở ở trang khác", timeout=10_000)
    expect(first.locator(".opt input").first).to_have_attribute("aria-disabled", "true")
    sitter.click(2)
    sitter.delivered()
    first.get_by_role("button", name="Làm tiếp ở đây").click()
    expect(save_line(sitter.page)).to_contain_text("Bài đang mở ở trang khác", timeout=10_000)
    go_to(first, 2)
    assert chosen(first)
    expect(first.locator(".stale")).to_be_hidden()


@pytest.mark.parametrize("ticks", [True, False], ids=["clock-runs", "clock-stands"])
def test_a_phone_sleeps_for_ten_minutes(come: Come, ticks: bool) -> None:
    """Its line is dead when it wakes; the time shown is the server's, and work goes on.

    Some phones' clocks for pages stand still while they sleep.
    """
    sitter = come(9 + ticks)
    sitter.click(1)
    sitter.settled()
    sitter.line.cut()
    sitter.server.later(10 * MINUTE)
    if ticks:
        sitter.page.clock.fast_forward(10 * MINUTE)
    sitter.line.mend()
    sitter.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    clock = sitter.page.locator("[role=timer] time")
    until(lambda: clock.inner_text()[:2] in ("9:", "10"), 20, "the right time", page=sitter.page)
    sitter.click(2)
    sitter.delivered()
    expect(save_line(sitter.page)).to_contain_text("Đã lưu")


def test_back_out_of_the_paper_and_in_again(come: Come) -> None:
    """Back goes through the questions to the review; from elsewhere it leads to the answers."""
    sitter = come(11)
    sitter.click(1)
    sitter.click(2)
    page = sitter.page
    page.go_back()
    expect(heading(page)).to_contain_text("Câu 1.")
    assert chosen(page)
    page.go_back()
    expect(heading(page)).to_have_text("Xem lại trước khi nộp")
    page.goto(sitter.line.url)
    page.go_back()
    expect(heading(page)).to_have_text("Xem lại trước khi nộp")
    sitter.delivered()
    page.evaluate("location.hash = '#cau-1'")
    expect(heading(page)).to_contain_text("Câu 1.")
    assert chosen(page)
    sitter.click(3)
    sitter.delivered()


def test_handing_in_twice_is_handing_in_once(come: Come) -> None:
    """A double click, and another device at the same time: one row, one receipt."""
    sitter = come(12)
    sitter.click(1)
    sitter.settled()
    page = sitter.page
    page.evaluate("location.hash = '#xem-lai'")
    page.get_by_role("button", name="Nộp bài").click()
    page.get_by_role("dialog").get_by_role("button", name="Nộp bài").dblclick()
    page.wait_for_url("**/bien-nhan/*")
    receipt = page.url
    page.go_back()
    page.wait_for_url("**/bien-nhan/*")
    assert page.url.partition("#")[0] == receipt
    assert [row["kind"] for row in sitter.rows()].count("submit") == 1


def test_handing_in_without_network_happens_by_itself(come: Come) -> None:
    """The page says until when it must be back."""
    sitter = come(13)
    sitter.cut()
    sitter.click(1)
    page = sitter.page
    page.evaluate("location.hash = '#xem-lai'")
    page.get_by_role("button", name="Nộp bài").click()
    page.get_by_role("dialog").get_by_role("button", name="Nộp bài").click()
    expect(page.locator("body")).to_contain_text("Chưa nộp được vì chưa có mạng")
    sitter.later(MINUTE)
    sitter.mend()
    page.wait_for_url("**/bien-nhan/*", timeout=30_000)
    assert sitter.stored() == sitter.clicked


def test_the_next_person_at_the_machine_finds_no_queue(come: Come) -> None:
    """ "Người khác thi trên máy này" empties it, and said before what that costs."""
    sitter = come(14)
    sitter.cut()
    sitter.click(1, counts=False)
    sitter.page.close(run_before_unload=False)
    sitter.mend()
    page = sitter.context.new_page()
    page.goto(sitter.line.url)
    expect(page.locator("[data-queue]")).to_contain_text("chuyển cho người khác thi")
    assert page.evaluate("Object.keys(localStorage).length") == 1
    page.get_by_role("button", name="Người khác thi trên máy này").click()
    expect(page.get_by_role("link", name="Đăng ký và vào thi")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage)") == []


@pytest.mark.parametrize("lacking", ["window.HTMLDialogElement", "window.AbortController"])
def test_an_old_browser_is_told_plainly(come: Come, phone: NewPhone, lacking: str) -> None:
    """By what it lacks, not by its name: no half page, no kernel; the code leads on elsewhere."""
    sitter = come(15 if "Dialog" in lacking else 16)
    context = phone()
    context.add_cookies(sitter.context.cookies())
    context.add_init_script(f"delete {lacking}")
    page = context.new_page()
    problems: list[str] = []
    sockets: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.goto(f"{sitter.line.url}/thi")
    expect(page.get_by_role("heading", level=1)).to_have_text("Trình duyệt này quá cũ")
    expect(page.locator(".old-browser .band")).to_have_text(
        "Mở bằng Chrome, Cốc Cốc hoặc Safari bản mới; bài vẫn tiếp tục được bằng mã."
    )
    expect(page.locator("#dang-mo")).to_be_hidden()
    assert (page.locator(".paper").count(), problems, sockets) == (0, [], [])
    assert save_line(sitter.page).inner_text() == "Mỗi lựa chọn tự lưu"
