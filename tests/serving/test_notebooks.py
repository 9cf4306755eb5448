"""A notebook's page: the same for everybody until it connects, or made while its cells run."""

from __future__ import annotations

import re
import uuid
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest
from playwright.sync_api import expect

from tests.serving.conftest import NewPhone, Serve
from tests.serving.contests import open_contest
from tests.serving.server import Server, until
from tests.serving.visitor import Socket, Visitor

CELLS = {
    "tot": "import ipywidgets\nipywidgets.IntSlider(value=7)",
    "hong": "ma = 'khoa-dap-an'\nraise ValueError(ma)",
    "lau": "import asyncio\nawait asyncio.sleep(3600)",
    "ai": "from contest.app import current\nprint(current()._contestant_id)",
}
NUMBER = re.compile(r"Mã sự cố ([0-9a-f]{8})")


@pytest.fixture(scope="module")
def server(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Return a server of notebooks, some of which fail: its log holds incidents."""
    folder = tmp_path_factory.mktemp("notebooks")
    for name, source in CELLS.items():
        cells = [nbformat.v4.new_code_cell(source)]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / f"{name}.ipynb")
    directory = open_contest(tmp_path_factory.mktemp("contest") / "cuoc_thi").path
    return serve(directory, notebooks=folder, clean=False)


@pytest.fixture(scope="module")
def signed_in(server: Server) -> Visitor:
    """Return somebody who has registered."""
    visitor = Visitor(server.url)
    visitor.register(1)
    return visitor


def open_pages(visitor: Visitor, count: int) -> None:
    """Open pages, each with a kernel."""
    for _ in range(count):
        with Socket(visitor, str(uuid.uuid4()), "tot") as socket:
            socket.until_idle()


@pytest.mark.parametrize("path", ["/tot", "/tot-live"])
def test_a_notebooks_page_is_for_those_who_are_signed_in(server: Server, path: str) -> None:
    """Others are led to where they may begin; no kernel is made."""
    started = server.figure("kernels_started_total")
    assert Visitor(server.url).get(path).location.startswith("/?")
    assert server.figure("kernels_started_total") == started


def test_a_live_page_holds_what_its_cells_show(signed_in: Visitor) -> None:
    """The widget is in the kernel that the page names."""
    answer = signed_in.get("/tot-live")
    assert answer.status == 200
    kernel = re.search(r'"kernelId": "([^"]+)"', answer.text)
    widget = re.search(r'data-widget="([^"]+)"', answer.text)
    assert kernel
    assert widget
    with Socket(signed_in, kernel[1]) as socket:
        assert socket.states()[widget[1]]["state"]["value"] == 7


def test_a_live_page_can_not_be_connected_to_as_if_it_were_none(signed_in: Visitor) -> None:
    """Nor the other way round: a page that isn't live has no kernel in it."""
    assert '"kernelId": ""' in signed_in.get("/tot").text


def test_a_live_page_whose_cell_fails_says_so(server: Server, signed_in: Visitor) -> None:
    """With the number under which the operators find what happened; nothing else of it."""
    answer = signed_in.get("/hong-live")
    assert answer.status == 200
    found = NUMBER.search(answer.words)
    assert found
    assert re.search(f"incident [0-9a-f]{{8}} in kernel {found[1]}-", server.errors)
    assert answer.text.rstrip().endswith("</html>")
    for secret in ("khoa-dap-an", "ValueError", "Traceback"):
        assert secret not in answer.text
        assert secret in server.errors


def test_a_live_page_whose_kernel_ends_while_it_opens_says_so(
    server: Server, signed_in: Visitor
) -> None:
    """The page is finished with a way to go on; it doesn't wait for ever."""
    before = server.kernels()
    with ThreadPoolExecutor(1) as thread:
        page = thread.submit(signed_in.get, "/lau-live")
        until(lambda: server.kernels() != before or page.done())
        open_pages(signed_in, 3)
        answer = page.result()
    assert answer.status == 200
    assert "Mời Bạn đợi vài giây rồi tải lại trang" in answer.words
    assert 'href="/lau-live">Thử lại<' in answer.text
    assert answer.text.rstrip().endswith("</html>")


def test_a_live_page_that_nobody_waits_for_leaves_nothing_behind(server: Server) -> None:
    """A visitor who goes away takes their kernel along, as soon as others come."""
    visitor = Visitor(server.url)
    visitor.register(2)
    visitor.get("/tot-live")
    open_pages(visitor, 3)
    figures = server.figure("kernels"), server.figure("visitors")
    visitor.get("/tot-live")
    assert (server.figure("kernels"), server.figure("visitors")) == figures


def test_a_cell_that_fails_once_the_page_listens_gives_it_a_number(
    server: Server, signed_in: Visitor
) -> None:
    """And the operators the rest."""
    with Socket(signed_in, str(uuid.uuid4()), "hong") as socket:
        socket.send("kernel_info_request", {})
        content = socket.wait_for("error")["content"]
    assert set(content) == {"ename", "evalue", "traceback"}
    assert (content["ename"], content["traceback"]) == ("incident", [])
    assert f"incident {content['evalue']} " in server.errors


def test_a_notebooks_cells_run_in_its_visitors_name(server: Server, signed_in: Visitor) -> None:
    """Each in their own, of both kinds of pages."""
    other = Visitor(server.url)
    other.register(3)
    names = []
    for visitor in (signed_in, other, signed_in):
        with Socket(visitor, str(uuid.uuid4()), "ai") as socket:
            socket.send("kernel_info_request", {})
            names.append(socket.wait_for("stream")["content"]["text"])
    assert names[0] == names[2] != names[1]
    assert all(name.startswith("ts-") for name in names)


@pytest.mark.parametrize("query", ["template=nope", "theme=dark", "template=../x&theme=nope"])
@pytest.mark.parametrize("path", ["/tot", "/tot-live"])
def test_the_address_chooses_neither_template_nor_theme(
    signed_in: Visitor, path: str, query: str
) -> None:
    """The page is answered as without; nothing hangs."""
    answer = signed_in.get(f"{path}?{query}")
    assert answer.status == 200
    assert answer.text.rstrip().endswith("</html>")
    assert 'class="th-page"' in answer.text


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/hong", "/hong-live"])
def test_a_page_whose_cell_fails_is_a_plain_sentence(
    server: Server, signed_in: Visitor, phone: NewPhone, path: str
) -> None:
    """In the browser: what happened, the number, and no steps that never end."""
    context = phone()
    context.add_cookies(
        [{"name": name, "value": one, "url": server.url} for name, one in signed_in.cookies.items()]
    )
    page = context.new_page()
    page.goto(server.url + path)
    expect(page.locator(".band.bad")).to_contain_text(NUMBER)
    expect(page.locator("#dang-mo")).to_have_count(0)
    assert "khoa-dap-an" not in page.content()
