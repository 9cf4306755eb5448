"""At the cap of kernels: who has a running attempt never waits, others do before theirs begins."""

from __future__ import annotations

import uuid
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

import nbformat
import pytest
from websocket import WebSocketBadStatusException

from contest.serving.virtual.socket import RETRY_SECONDS
from contest.serving.waiting import WAIT_SECONDS
from tests.serving.conftest import Serve
from tests.serving.contests import open_contest
from tests.serving.server import Server
from tests.serving.stored import contestant, rows_of
from tests.serving.visitor import Answer, Socket, Visitor

CAP = 1
_numbers = count(1)


@pytest.fixture
def server(serve: Serve, tmp_path: Path) -> Server:
    """Return a server with room for one."""
    return serve(open_contest(tmp_path / "cuoc_thi").path, max_kernels=CAP)


def registered(server: Server) -> Visitor:
    """Return somebody who has registered."""
    visitor = Visitor(server.url)
    visitor.register(next(_numbers))
    return visitor


def sitting(server: Server) -> tuple[Visitor, str]:
    """Return somebody with a running attempt, and the kernel of their page."""
    visitor = registered(server)
    visitor.begin()
    return visitor, visitor.open_paper()


def leave(visitor: Visitor, kernel: str) -> None:
    """Close a page, as it says itself when it closes."""
    form = urlencode({"_xsrf": visitor.cookies["_xsrf"]})
    assert visitor.post_raw(f"/voila/api/shutdown/{kernel}", form).status == 204


def knock(visitor: Visitor, page: str) -> tuple[int, str | None]:
    """Return status and Retry-After with which a new page's socket is answered."""
    try:
        with Socket(visitor, str(uuid.uuid4()), page):
            return 101, None
    except WebSocketBadStatusException as error:
        return error.status_code, (error.resp_headers or {}).get("retry-after")


def waits(answer: Answer) -> bool:
    """Return whether this is the waiting page; it must be whole, then."""
    if answer.status != 503:
        return False
    seconds = answer.headers["retry-after"]
    assert answer.headers["refresh"] == seconds
    assert WAIT_SECONDS[0] <= int(seconds) <= WAIT_SECONDS[1]
    assert "no-store" in answer.headers["cache-control"]
    assert f"tự thử lại sau {seconds} giây" in answer.words
    assert "Thời gian làm bài của Bạn chưa bắt đầu" in answer.words
    return True


def began(server: Server, visitor: Visitor) -> bool:
    """Return whether an attempt of somebody was opened."""
    id_ = contestant(server.directory, visitor.number)["contestant_id"]
    return bool(rows_of(server.directory, id_))


def test_without_room_nobodys_time_begins(server: Server) -> None:
    """The page to begin on tells it, tries again by itself, and lets through when there's room."""
    first, kernel = sitting(server)
    second = registered(server)
    assert waits(second.get("/bat-dau"))
    assert second.post("/bat-dau").location == "/bat-dau"
    assert waits(second.get("/bat-dau"))
    assert not began(server, second)
    assert second.get("/thi").location == "/"
    leave(first, kernel)
    assert second.get("/bat-dau").status == 200
    second.begin()
    assert began(server, second)
    assert second.open_paper()


def test_those_who_wait_do_not_all_come_back_at_once(server: Server) -> None:
    """Each answer has a time of its own."""
    sitting(server)
    second = registered(server)
    logged = server.errors
    seconds = {second.get("/bat-dau").headers["refresh"] for _ in range(20)}
    assert len(seconds) > 5
    assert server.errors == logged  # nothing has failed


def test_plain_pages_are_there_without_room(server: Server) -> None:
    """Only papers take any."""
    sitting(server)
    visitor = Visitor(server.url)
    for path in ("/", "/the-le", "/dang-ky", "/tiep-tuc", "/tra-cuu"):
        assert visitor.get(path).status == 200, path
    assert registered(server).get("/").status == 200


def test_a_running_attempt_passes_the_cap(server: Server) -> None:
    """At the page, and at its socket; with a second page, and from another machine."""
    visitors = [Visitor(server.url) for _ in range(3)]
    codes = [visitor.register(next(_numbers)) for visitor in visitors]
    for visitor in visitors:
        visitor.begin()
    for visitor in visitors:
        assert visitor.open_paper()
    assert server.kernels() == len(visitors) > CAP
    assert visitors[0].get("/bat-dau").location == "/thi"
    assert visitors[0].open_paper()
    elsewhere = Visitor(server.url)
    assert elsewhere.post("/tiep-tuc", ma=codes[0]).location == "/thi"
    assert elsewhere.open_paper()
    assert server.kernels() == len(visitors) + 2


def test_others_wait_at_page_and_socket(serve: Serve, tmp_path: Path) -> None:
    """Also of a notebook that isn't a paper, whether its cells run before or after it is sent."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    cell = nbformat.v4.new_code_cell("import ipywidgets\nipywidgets.IntSlider()")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), folder / "thu.ipynb")
    directory = open_contest(tmp_path / "cuoc_thi").path
    server = serve(directory, notebooks=folder, max_kernels=CAP)
    first, second = registered(server), registered(server)
    kernel = str(uuid.uuid4())
    with Socket(first, kernel, "thu") as socket:
        socket.until_idle()
        assert waits(second.get("/thu"))
        assert waits(second.get("/thu-live"))
        assert knock(second, "thu") == (503, str(RETRY_SECONDS))
        socket.until_idle()
    leave(first, kernel)
    assert second.get("/thu").status == 200
    assert knock(second, "thu") == (101, None)
