"""The leaderboard's pages from the real server: caching, what is hidden, search, looks, hall."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from contest.serving.board_keeper import EVERY_SECONDS, MAX_AGE_SECONDS
from tests.factories import DAY
from tests.frontend.looks import AXE, LOOKS, problems, wear
from tests.serving.boards import BOARD, WAIT, board
from tests.serving.conftest import NewPhone, Serve
from tests.serving.contests import many_units, open_contest, reveal
from tests.serving.sat import sit
from tests.serving.server import Server, until
from tests.serving.visitor import Visitor

pytestmark = pytest.mark.browser

HTML = "text/html; charset=utf-8"
HIDDEN = "Sẽ hiện khi kỳ thi đóng"

PAGES = {
    "people": BOARD,
    "units": f"{BOARD}?bang=don-vi",
    "found": f"{BOARD}?bang=don-vi&tim=nghia+do",
    "none": f"{BOARD}?bang=don-vi&tim=xyz",
    "time": f"{BOARD}?bang=tham-gia",
    "hall": f"{BOARD}?man-hinh=hoi-truong",
    "hall_units": f"{BOARD}?man-hinh=hoi-truong&trang=2",
}


@pytest.fixture(scope="module")
def server(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Return a contest that predicts nothing and tells scores at once, sat by five people."""
    path = tmp_path_factory.mktemp("open") / "cuoc_thi"
    directory = open_contest(
        path, prediction=None, units=many_units(300), by="people", changes=reveal("at_once")
    )
    for number in range(1, 6):
        sit(directory, number, right=number)
    return serve(directory.path)


@pytest.fixture(scope="module")
def secretive(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Return a contest that predicts how many people take part."""
    directory = open_contest(tmp_path_factory.mktemp("secret") / "cuoc_thi")
    for number in range(1, 4):
        sit(directory, number, right=number)
    return serve(directory.path, movable=True)


# ---- caching ----


def test_browsers_and_proxies_may_keep_it_a_moment(server: Server) -> None:
    """It is the same for everybody: no cookie, a tag, and a short life."""
    answer = board(server)
    assert answer.status == 200
    assert answer.headers["cache-control"] == f"public, max-age={MAX_AGE_SECONDS}"
    assert answer.cookies == []
    assert EVERY_SECONDS + MAX_AGE_SECONDS < 10


def test_an_unchanged_page_is_not_sent_again(server: Server) -> None:
    """The tag comes back, and 304 goes out."""
    tag = board(server).headers["etag"]
    again = board(server, **{"If-None-Match": tag})
    assert (again.status, again.size) == (304, 0)


def test_equal_pages_are_made_once(server: Server) -> None:
    """However the address is written, and however often it is asked for."""
    board(server)
    made = server.figure("board_pages_total")
    computed = server.figure("boards_total")
    for path in (BOARD, f"{BOARD}?trang=1", f"{BOARD}?trang=999&ky=nope", f"{BOARD}?nhom=x&x=y"):
        assert board(server, path).status == 200
    assert server.figure("board_pages_total") == made
    assert server.figure("boards_total") == computed


@pytest.mark.parametrize(
    "query",
    [
        "trang=-1",
        "trang=%00",
        "cap=99999999",
        "tim=" + "%F0%9F%91%A9" * 500,
        "tim=%3Cscript%3Ealert",
        "khoi=%22%3E",
        "bang=nope&man-hinh=1",
        "ky[]=1",
        "tim=%ff",
    ],
)
def test_strange_addresses_get_a_page(server: Server, query: str) -> None:
    """Or are refused; they never make the server stumble."""
    answer = board(server, f"{BOARD}?{query}")
    assert answer.status in (200, 400)
    assert "<script>alert" not in answer.text
    assert '"">' not in answer.text


# ---- what it shows ----


def test_people_stand_in_order_with_masked_names(server: Server) -> None:
    """The score first; nobody's whole name."""
    answer = board(server)
    assert "Thí sinh thử" not in answer.text
    found = re.findall(r"Thí••• 0•(\d)", answer.text)
    assert found == ["5", "4", "3", "2", "1"]


def test_a_unit_is_found_without_marks(server: Server) -> None:
    """By a plain form; its row is the only one."""
    answer = board(server, PAGES["found"])
    assert "1 đơn vị phù hợp" in answer.words
    assert "Xã Nghĩa Đô mẫu" in answer.words
    assert "Đơn vị mẫu 1" not in answer.words


def test_an_answered_paper_is_on_the_board_within_ten_seconds(serve: Serve, tmp_path: Path) -> None:
    """Of somebody who looks again, as their browser's cache allows."""
    directory = open_contest(tmp_path / "cuoc_thi", prediction=None)
    server = serve(directory.path)
    assert "1 người" not in board(server).words
    sit(directory, 1)
    until(lambda: "1 người · 1 lượt thi" in board(server).words, WAIT)


def test_predicted_figures_are_on_no_public_page(secretive: Server) -> None:
    """Not on the board, the hall's screen, the entry page; after the close they are."""
    visitor = Visitor(secretive.url)
    board(secretive)
    paths = ("/", "/the-le", "/tra-cuu", *PAGES.values(), f"{BOARD}?bang=don-vi&tim=mau+1")
    for path in paths:
        answer = visitor.get(path)
        assert answer.status == 200, path
        assert not re.search(r"\b3 (người|lượt)", answer.words), path
        assert not re.search(r'class="num[^"]*">3<', answer.text), path
    for path in (PAGES["units"], PAGES["time"], PAGES["hall"]):
        assert HIDDEN in board(secretive, path).words
    assert HIDDEN in board(secretive).words  # scores wait for the close
    secretive.shift(9 * DAY)
    until(lambda: "3 người · 3 lượt thi" in board(secretive).words, WAIT)
    assert "Thí•••" in board(secretive).words


def test_entry_page_and_receipt_lead_there(server: Server) -> None:
    """The contestant's own unit is one tap away."""
    visitor = Visitor(server.url)
    assert f'href="{BOARD}"' in visitor.get("/").text
    visitor.register(77)
    assert f"{BOARD}?bang=don-vi&amp;tim=" in visitor.get("/").text


# ---- looks ----


@pytest.fixture
def shown(server: Server, phone: NewPhone) -> Iterator[Any]:
    """Return a function that shows a page on a phone."""
    board(server)
    context = phone(reduced_motion="reduce")

    def show(name: str) -> Page:
        page = context.new_page()
        page.goto(server.url + PAGES[name])
        return page

    yield show


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_accessible_and_fits(shown: Any, name: str) -> None:
    """axe in all looks; nothing scrolls sideways at 320 px; targets are large enough."""
    page = shown(name)
    page.evaluate(AXE.read_text())
    for look in LOOKS.values():
        wear(page, look)
        assert problems(page) == [], look
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    small = page.evaluate(
        """() => [...document.querySelectorAll('main a, main button, main select, main input')]
        .filter((one) => one.type !== 'hidden' && one.getClientRects().length)
        .map((one) => [one.outerHTML, one.getBoundingClientRect()])
        .filter(([, box]) => box.height < 44 || box.width < 44).map(([html]) => html)"""
    )
    assert small == []


def test_the_tree_has_one_table_with_its_headings(shown: Any) -> None:
    """A caption, column headings, and a name for every row."""
    page = shown("people")
    table = page.get_by_role("table", name="Xếp hạng cá nhân")
    expect(table).to_have_count(1)
    assert table.get_by_role("columnheader").all_inner_texts() == ["Hạng", "Họ tên, đơn vị", "Điểm"]
    expect(table.get_by_role("rowheader")).to_have_count(5)
    expect(page.get_by_role("region", name="Xếp hạng cá nhân")).to_be_visible()


def test_the_chart_has_the_sums_of_its_table(shown: Any) -> None:
    """What is drawn is also written."""
    page = shown("time")
    drawn = page.locator("svg.chart title").all_text_contents()
    rows = page.locator("#bang tbody tr")
    written = [": ".join(row.locator("th, td").all_inner_texts()) for row in rows.all()]
    assert drawn == written
    assert sum(int(one.rsplit(": ")[-1]) for one in drawn) == 5


def test_it_is_complete_without_script(server: Server, phone: NewPhone) -> None:
    """Form, tables and tabs work."""
    page = phone(java_script_enabled=False).new_page()
    page.goto(server.url + PAGES["units"])
    page.get_by_label("Tìm đơn vị").fill("nghia do")
    page.get_by_role("button", name="Xem").click()
    expect(page.get_by_text("Xã Nghĩa Đô mẫu")).to_be_visible()
    page.get_by_role("link", name="Tham gia").click()
    expect(page.get_by_role("heading", name="Số lượt theo thời gian")).to_be_visible()


def test_new_figures_never_move_what_somebody_reads(shown: Any) -> None:
    """With the focus or a selection in the table a button waits; else the table is replaced."""
    page = shown("people")
    newer = page.content().replace(">Họ tên, đơn vị<", ">Cột mới<")
    page.route("**/bang-xep-hang", lambda route: route.fulfill(body=newer, content_type=HTML))
    region = page.locator("#bang .scroller")
    region.focus()
    button = page.get_by_role("button", name="Có số liệu mới. Xem")
    expect(button).to_be_visible(timeout=25_000)
    expect(region).to_be_focused()
    button.click()
    expect(page.get_by_role("columnheader", name="Cột mới")).to_be_visible()
    expect(page.locator("#bang")).to_be_focused()


# ---- the hall's screen ----


@pytest.fixture
def hall(server: Server, phone: NewPhone) -> Iterator[Page]:
    """Return a large screen with a clock that the test moves."""
    board(server)
    page = phone().new_page()
    page.set_viewport_size({"width": 1280, "height": 720})
    page.clock.install()
    page.goto(server.url + PAGES["hall"])
    yield page


def test_the_hall_reads_from_afar_and_fits(hall: Page) -> None:
    """Letters of 32 px and more, no scrolling, a QR code of 240 px."""
    assert hall.evaluate("document.documentElement.scrollHeight") <= 720
    size = hall.locator("tbody th").first.evaluate(
        "one => parseFloat(getComputedStyle(one).fontSize)"
    )
    assert size >= 32
    box = hall.get_by_role("img", name="Mã QR mở trang vào thi").bounding_box()
    assert box is not None
    assert box["width"] >= 240


def test_tables_follow_each_other_until_paused(hall: Page) -> None:
    """After 20 seconds; a pause holds; arrow keys go on by hand and are announced."""
    first = hall.locator("h2").inner_text()
    hall.clock.run_for(20_500)
    expect(hall.locator("h2")).not_to_have_text(first)
    hall.get_by_role("link", name="Tạm dừng").click()
    expect(hall.get_by_role("link", name="Chạy tiếp")).to_be_focused()
    second = hall.locator("h2").inner_text()
    hall.clock.run_for(60_000)
    expect(hall.locator("h2")).to_have_text(second)
    hall.keyboard.press("ArrowRight")
    expect(hall.locator("h2")).not_to_have_text(second)
    expect(hall.locator("#noi")).to_have_text(hall.locator("h2").inner_text())


def test_without_network_the_last_table_stays(hall: Page) -> None:
    """And says so."""
    first = hall.locator("h2").inner_text()
    hall.context.set_offline(True)
    hall.clock.run_for(20_500)
    expect(hall.get_by_text("đang nối lại")).to_be_visible()
    expect(hall.locator("h2")).to_have_text(first)


def test_without_script_the_hall_turns_by_itself(server: Server) -> None:
    """By a line in the head; not while it is paused."""
    turning = board(server, PAGES["hall"]).text
    assert re.search(r'<noscript><meta http-equiv="refresh" content="20;url=[^"]*trang=2', turning)
    assert "http-equiv" not in board(server, f"{PAGES['hall']}&dung=1").text
