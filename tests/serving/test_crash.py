"""What is called saved is saved: through a killed server, a dead kernel, commits that fail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.serving.conftest import PHONE, NewPhone, Serve
from tests.serving.contests import open_contest
from tests.serving.reckoning import Question, read_bank
from tests.serving.server import Server, until
from tests.serving.sitter import Sitter
from tests.serving.steps import chosen, go_to, hand_in, heading, save_line
from tests.serving.stored import counts, no_commits
from tests.serving.visitor import Socket, Visitor

pytestmark = pytest.mark.browser

BACK_SECONDS = 90
"""How long a page may take to go on by itself: two tries, and a reload that waits its turn."""


@pytest.fixture(scope="module")
def server(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Return a server that these tests may kill; its log is not looked at."""
    path = tmp_path_factory.mktemp("contest") / "cuoc_thi"
    return serve(open_contest(path).path, clean=False)


@pytest.fixture(scope="module")
def bank(server: Server) -> dict[str, Question]:
    """Return the questions by their stem."""
    return read_bank(server.directory / "ngan_hang")


@dataclass
class Crash:
    """What was seen around the end of a server."""

    sitters: list[Sitter]
    acknowledged: list[set[tuple[int, int]]]
    there: list[set[tuple[int, int]]]
    lines: list[str]
    came_back: list[dict[str, list[str]]] = field(default_factory=list)
    shown_again: list[bool] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def phones(browser: Browser) -> Iterator[list[BrowserContext]]:
    """Return three browsers."""
    contexts = [browser.new_context(viewport=PHONE, locale="vi-VN") for _ in range(3)]
    for context in contexts:
        context.set_default_timeout(20_000)
    yield contexts
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def crash(server: Server, bank: dict[str, Question], phones: list[BrowserContext]) -> Crash:
    """Kill the server while three people answer; start it again; nobody touches a page."""
    sitters = [Sitter.come(context, server, bank, 1 + n) for n, context in enumerate(phones)]
    for sitter in sitters:
        sitter.click(1)
        sitter.click(2)
    sitters[0].settled()
    for sitter in sitters:
        sitter.click(3)
    assert server.figure("pages") == len(sitters)
    server.kill()
    acknowledged = [
        {(one["pen"], one["seq"]) for one in sitter.wire.told("ack")} for sitter in sitters
    ]
    there = [sitter.seqs_stored() for sitter in sitters]
    for sitter in sitters:
        sitter.click(4)
    for sitter in sitters:
        expect(save_line(sitter.page)).not_to_contain_text("Đã lưu", timeout=10_000)
    lines = [save_line(sitter.page).inner_text() for sitter in sitters]
    seen = Crash(sitters, acknowledged, there, lines)
    server.start()
    for sitter in sitters:
        until(
            lambda one=sitter: one.stored() == one.clicked,
            BACK_SECONDS,
            "every answer is stored",
            page=sitter.page,
        )
        seen.came_back.append(sitter.stored())
        expect(save_line(sitter.page)).to_contain_text("Đã lưu", timeout=20_000)
        go_to(sitter.page, 3)
        seen.shown_again.append(bool(chosen(sitter.page)))
    for sitter in sitters:
        sitter.click(5)
        seen.receipts.append(hand_in(sitter.page))
    return seen


def test_what_was_acknowledged_before_the_kill_is_there(crash: Crash) -> None:
    """Not one acknowledgement was given for something that the kill could take away."""
    for acknowledged, there in zip(crash.acknowledged, crash.there, strict=True):
        assert acknowledged
        assert acknowledged <= there


def test_without_a_server_no_page_says_saved(crash: Crash) -> None:
    """It says that it is trying, how many answers wait, or that the server restarts."""
    for line in crash.lines:
        assert any(
            words in line for words in ("Đang nối lại", "Đang chờ mạng", "đang khởi động lại")
        ), line


def test_pages_go_on_by_themselves(crash: Crash) -> None:
    """What was clicked while the server was away is stored, without anybody touching a page."""
    for sitter, stored in zip(crash.sitters, crash.came_back, strict=True):
        assert len(stored) == 4
        assert {id_: stored[id_] for id_ in stored} == {id_: sitter.clicked[id_] for id_ in stored}
    assert all(crash.shown_again)


def test_after_a_crash_everybody_finishes(crash: Crash) -> None:
    """Five answers each, and a receipt."""
    for sitter, code in zip(crash.sitters, crash.receipts, strict=True):
        words = Visitor(sitter.server.url).get(f"/bien-nhan/{code}").words
        assert "Máy chủ đã nhận 5/6 câu" in words


# ---- one kernel ----


def test_a_page_whose_kernel_dies_goes_on_by_itself(
    server: Server, bank: dict[str, Question], phone: NewPhone
) -> None:
    """It opens itself again and shows what was chosen."""
    context = phone()
    sitter = Sitter.come(context, server, bank, 11)
    sitter.click(1)
    sitter.settled()
    cookies = {one["name"]: one["value"] for one in context.cookies()}
    with sitter.page.expect_event("load", timeout=BACK_SECONDS * 1000):
        for _ in range(3):
            Visitor(server.url, cookies).open_paper()  # three newer ones: the oldest goes
    heading(sitter.page).wait_for()
    go_to(sitter.page, 1)
    assert chosen(sitter.page)
    sitter.click(2)
    until(lambda: sitter.stored() == sitter.clicked, 20, "stored", page=sitter.page)


SOCKETS = re.compile(r"/api/kernels/[^/]+/channels")
KERNELS = re.compile(r"/api/kernels/[^/]+$")


def begun_in(context: BrowserContext, server: Server, person: int) -> Visitor:
    """Register and begin without a page; the browser is signed in, too."""
    visitor = Visitor(server.url)
    visitor.register(person)
    visitor.begin()
    cookies = visitor.cookies.items()
    context.add_cookies(
        [{"name": name, "value": value, "url": server.url} for name, value in cookies]
    )
    return visitor


def test_a_page_whose_attempt_ends_before_it_connects_goes_to_the_receipt(
    server: Server, phone: NewPhone
) -> None:
    """It has no kernel and gets none: after some tries it asks where it belongs."""
    context = phone()
    visitor = begun_in(context, server, 13)
    page = context.new_page()
    page.route_web_socket(SOCKETS, lambda socket: socket.close())
    page.goto(f"{server.url}/thi", wait_until="commit")
    with Socket(visitor, visitor.open_paper()) as socket:
        model = socket.paper()
        socket.tell(model, {"t": "hello", "page": "trang00000000000000d"})
        pen = socket.told("paper")["pen"]
        socket.tell(model, {"t": "submit", "pen": pen, "seq": 1})
        socket.told("ended")
    page.wait_for_url("**/bien-nhan/*", timeout=BACK_SECONDS * 1000)


def test_a_page_that_is_told_to_wait_does_not_reload(server: Server, phone: NewPhone) -> None:
    """Its whole address asks for too much: one page more would be the same again."""
    context = phone()
    begun_in(context, server, 14)
    page = context.new_page()
    loads: list[str] = []
    page.on("domcontentloaded", lambda one: loads.append(one.url))
    busy = {"on": True}
    page.route_web_socket(
        SOCKETS, lambda socket: socket.close() if busy["on"] else socket.connect_to_server()
    )
    page.route(
        KERNELS, lambda route: route.fulfill(status=429) if busy["on"] else route.continue_()
    )
    page.goto(f"{server.url}/thi")
    expect(page.locator("#dang-mo [data-slow]")).to_contain_text(
        "Máy chủ đang khởi động lại", timeout=BACK_SECONDS * 1000
    )
    busy["on"] = False
    heading(page).wait_for(timeout=BACK_SECONDS * 1000)
    assert len(loads) == 1


# ---- commits that fail ----


@dataclass
class Stuck:
    """What was seen while nothing could be committed."""

    lines: list[str]
    stored_meanwhile: dict[str, list[str]]
    pages: list[int]
    refused: int
    refused_words: str
    retry_after: str | None
    counts: tuple[dict[str, int], dict[str, int]]
    line_after: str
    stored_after: dict[str, list[str]]
    clicked: dict[str, list[str]]
    told: list[str]


@pytest.fixture(scope="module")
def stuck(server: Server, bank: dict[str, Question], phones: list[BrowserContext]) -> Stuck:
    """Answer while no commit succeeds; then let commits through again."""
    context = phones[0]
    context.clear_cookies()
    sitter = Sitter.come(context, server, bank, 21)
    sitter.page.evaluate(
        "window.lines = [];"
        "new MutationObserver(() => lines.push(document.querySelector('.save').textContent))"
        ".observe(document.querySelector('.head'), {childList: true, subtree: true,"
        " characterData: true})"
    )
    other = Visitor(server.url)
    other.post("/dang-ky", name="Thí sinh thử 00022", phone="0000000022")
    other.post("/dang-ky/don-vi", unit="dv-1")
    third = Visitor(server.url)
    third.register(23)
    third.begin()
    kernel = third.open_paper()
    with ThreadPoolExecutor(1) as thread, Socket(third, kernel) as socket:
        model = socket.paper()
        with no_commits(server.directory):
            socket.tell(model, {"t": "hello", "page": "trang00000000000000c"})
            before = counts(server.directory)
            registering = thread.submit(other.post, "/dang-ky/kiem-tra", consent="yes")
            sitter.click(1)
            sitter.click(2)
            expect(save_line(sitter.page)).to_contain_text(
                "Máy chủ chưa ghi được vào lúc này", timeout=40_000
            )
            meanwhile = sitter.stored()
            lines = sitter.page.evaluate("lines")
            pages = [other.get(path).status for path in ("/", "/the-le", "/tra-cuu")]
            refused = registering.result()
            told = [socket.told("later")["text"]]
            after = counts(server.directory)
        expect(save_line(sitter.page)).to_contain_text("Đã lưu", timeout=40_000)
        socket.tell(model, {"t": "hello", "page": "trang00000000000000c"})
        pen = socket.told("paper")["pen"]
        socket.tell(model, {"t": "submit", "pen": pen, "seq": 1})
        told.append(socket.told("ended")["how"])
    until(lambda: sitter.stored() == sitter.clicked, 20, "stored", page=sitter.page)
    return Stuck(
        lines,
        meanwhile,
        pages,
        refused.status,
        refused.words,
        refused.headers.get("retry-after"),
        (before, after),
        save_line(sitter.page).inner_text(),
        sitter.stored(),
        sitter.clicked,
        told,
    )


def test_nothing_is_called_saved_while_commits_fail(stuck: Stuck) -> None:
    """Through all that time the line never says it."""
    assert stuck.lines
    assert not [line for line in stuck.lines if "Đã lưu" in line]
    assert stuck.stored_meanwhile == {}


def test_when_commits_succeed_again_the_page_says_saved(stuck: Stuck) -> None:
    """By itself, and then it is true."""
    assert "Đã lưu" in stuck.line_after
    assert stuck.stored_after == stuck.clicked


def test_a_page_that_opened_meanwhile_can_be_handed_in(stuck: Stuck) -> None:
    """Its first hello was put off; nothing of that stands in the way later."""
    assert stuck.told == ["Máy chủ chưa ghi được vào lúc này, sẽ tự gửi lại.", "submit"]


def test_pages_that_only_read_work_while_commits_fail(stuck: Stuck) -> None:
    """Entry, rules and look-up don't wait for the writer."""
    assert stuck.pages == [200, 200, 200]


def test_a_registration_that_cannot_be_stored_says_so(stuck: Stuck) -> None:
    """503, when to try again, and nothing half done."""
    assert stuck.refused == 503
    assert stuck.retry_after == "5"
    assert "Máy chủ chưa ghi được vào lúc này" in stuck.refused_words
    assert stuck.counts[0] == stuck.counts[1]
