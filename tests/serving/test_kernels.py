"""A kernel serves the contestant it was started for, nobody else, and does nothing but widgets."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from websocket import WebSocketBadStatusException

from contest.settings import ServerSettings
from tests.serving.conftest import Serve
from tests.serving.contests import open_contest
from tests.serving.server import Server, until
from tests.serving.stored import no_commits
from tests.serving.visitor import Answer, Socket, Visitor

_numbers = count(1)
PAGE = "trang" + "0" * 15
NO_KERNEL = "00000000-0000-0000-0000-000000000000"


def sitting(server: Server) -> tuple[Visitor, str]:
    """Return a new contestant with a running attempt, and the kernel of their open page."""
    visitor = Visitor(server.url)
    visitor.register(next(_numbers))
    visitor.begin()
    return visitor, visitor.open_paper()


@pytest.fixture(scope="module")
def owner(server: Server) -> tuple[Visitor, str]:
    """Return somebody who sits, for tests that change nothing."""
    return sitting(server)


@pytest.fixture(scope="module")
def other(server: Server) -> Visitor:
    """Return another contestant."""
    return sitting(server)[0]


def knock(visitor: Visitor, kernel: str, page: str = "", **headers: str) -> int:
    """Return the status with which a socket is answered."""
    try:
        with Socket(visitor, kernel, page, **headers):
            return 101
    except WebSocketBadStatusException as error:
        return error.status_code


def with_token(visitor: Visitor, method: str, path: str) -> Answer:
    """Send a request with the visitor's form token, in a header and in the form."""
    token = visitor.xsrf()
    return visitor.send(method, path, urlencode({"_xsrf": token}), {"X-XSRFToken": token})


def lives(visitor: Visitor, kernel: str) -> bool:
    """Return whether a kernel is there, as its owner sees it."""
    return visitor.get(f"/api/kernels/{kernel}").status == 200


def new_id() -> str:
    """Return an id as a page makes one."""
    return str(uuid.uuid4())


def kinds(messages: Iterable[dict[str, Any]]) -> set[str]:
    """Return the kinds of messages."""
    return {message["header"]["msg_type"] for message in messages}


def until_closed(socket: Socket) -> None:
    """Read until the server closes the line."""
    with pytest.raises(EOFError):
        while True:
            socket.next()


# ---- whose it is ----


def test_the_owner_gets_a_socket(owner: tuple[Visitor, str]) -> None:
    """The page's own line opens."""
    assert knock(*owner) == 101


@pytest.mark.parametrize("page", ["", "thi"])
def test_a_socket_of_another_contestant_is_refused(
    owner: tuple[Visitor, str], other: Visitor, page: str
) -> None:
    """Knowing the id of a kernel is not enough; nor is a running attempt of one's own."""
    assert knock(other, owner[1], page) == 404
    assert lives(*owner)


def test_a_socket_of_a_stranger_is_refused(owner: tuple[Visitor, str], server: Server) -> None:
    """Nobody without a cookie gets a line, or has a kernel made."""
    assert knock(Visitor(server.url), owner[1]) == 403
    kernels = server.kernels()
    assert knock(Visitor(server.url), new_id(), "thi") == 403
    assert server.kernels() == kernels


def test_a_socket_from_a_foreign_page_is_refused(owner: tuple[Visitor, str]) -> None:
    """Another site can't use the visitor's cookie."""
    visitor, kernel = owner
    assert knock(visitor, kernel, Origin="http://evil.example") == 403
    assert knock(visitor, kernel, Origin="null") == 403
    assert knock(visitor, new_id(), "thi", Origin="http://evil.example") == 403
    assert knock(visitor, kernel, Origin=visitor.url) == 101


def test_a_socket_to_no_kernel_is_refused(other: Visitor) -> None:
    """An id that isn't anybody's is answered like one of somebody else."""
    assert knock(other, NO_KERNEL) == 404


def test_another_contestant_learns_nothing_of_a_kernel(
    owner: tuple[Visitor, str], other: Visitor, server: Server
) -> None:
    """GET tells the owner that the kernel lives, and others nothing."""
    visitor, kernel = owner
    assert visitor.get(f"/api/kernels/{kernel}").status == 200
    theirs = other.get(f"/api/kernels/{kernel}")
    nobodys = other.get(f"/api/kernels/{NO_KERNEL}")
    assert theirs.status == nobodys.status == 404
    assert theirs.text == nobodys.text
    assert Visitor(server.url).get(f"/api/kernels/{kernel}").status == 403


def test_nobody_deletes_a_kernel(owner: tuple[Visitor, str], other: Visitor) -> None:
    """DELETE is answered 405, to the owner and to others."""
    visitor, kernel = owner
    for somebody in (visitor, other):
        assert with_token(somebody, "DELETE", f"/api/kernels/{kernel}").status == 405
    assert lives(visitor, kernel)


@pytest.mark.parametrize("action", ["interrupt", "restart"])
def test_nobody_interrupts_or_restarts_a_kernel(owner: tuple[Visitor, str], action: str) -> None:
    """Those addresses aren't routed."""
    visitor, kernel = owner
    assert with_token(visitor, "POST", f"/api/kernels/{kernel}/{action}").status == 404
    assert lives(visitor, kernel)


def test_signed_out_the_page_and_its_kernel_are_gone(server: Server) -> None:
    """After "Người khác thi trên máy này" nothing of the former contestant answers."""
    visitor, kernel = sitting(server)
    assert visitor.post("/nguoi-khac").location == "/"
    assert visitor.get("/thi").location.startswith("/?")
    assert visitor.get(f"/api/kernels/{kernel}").status == 403
    assert knock(visitor, kernel) == 403


# ---- its life ----


def test_the_beacon_of_a_closing_page_ends_its_kernel(server: Server) -> None:
    """With the token from its cookie, as the page sends it."""
    visitor, kernel = sitting(server)
    form = urlencode({"_xsrf": visitor.cookies["_xsrf"]})
    assert visitor.post_raw(f"/voila/api/shutdown/{kernel}", form).status == 204
    assert not lives(visitor, kernel)


def test_the_beacon_of_another_contestant_ends_nothing(
    owner: tuple[Visitor, str], other: Visitor, server: Server
) -> None:
    """The address that a closing page calls works for its own kernel only."""
    visitor, kernel = owner
    for somebody in (other, Visitor(server.url)):
        with_token(somebody, "POST", f"/voila/api/shutdown/{kernel}")
    assert lives(visitor, kernel)


def test_the_beacon_without_a_token_ends_nothing(owner: tuple[Visitor, str]) -> None:
    """Another site can't end a visitor's kernel."""
    visitor, kernel = owner
    assert visitor.send("POST", f"/voila/api/shutdown/{kernel}", "").status == 403
    assert lives(visitor, kernel)


def test_the_papers_page_brings_the_token_its_beacon_needs(server: Server) -> None:
    """The form token comes with it, even where no form was seen before."""
    visitor, _ = sitting(server)
    del visitor.cookies["_xsrf"]
    visitor.open_paper()
    assert "_xsrf" in visitor.cookies


def test_a_fourth_page_ends_the_oldest_kernel(server: Server) -> None:
    """One visitor holds three kernels at most; the newest pages win."""
    visitor, oldest = sitting(server)
    newer = [visitor.open_paper() for _ in range(2)]
    assert lives(visitor, oldest)
    newer.append(visitor.open_paper())
    assert not lives(visitor, oldest)
    assert all(lives(visitor, kernel) for kernel in newer)


def test_many_pages_at_once_start_few_kernels(server: Server) -> None:
    """Whoever hammers on reload holds no more kernels than anybody; the newest pages win."""
    visitor, first = sitting(server)
    before = server.kernels()
    started = server.figure("kernels_started_total")
    with ThreadPoolExecutor(12) as threads:
        statuses = set(threads.map(lambda _: knock(visitor, new_id(), "thi"), range(12)))
    assert statuses == {101}
    assert server.figure("kernels_started_total") == started + 12
    assert server.kernels() <= before + 2
    assert not lives(visitor, first)


def test_a_page_that_connects_twice_at_once_has_one_kernel(server: Server) -> None:
    """It gave up waiting for the first line, and the first came after all."""
    visitor, _ = sitting(server)
    started = server.figure("kernels_started_total")
    for number in range(1, 6):
        kernel = new_id()
        with ThreadPoolExecutor(8) as threads:
            statuses = set(threads.map(lambda _, id_=kernel: knock(visitor, id_, "thi"), range(8)))
        assert statuses == {101}
        assert server.figure("kernels_started_total") == started + number
        assert lives(visitor, kernel)


def test_a_page_starts_no_kernel_before_it_connects(server: Server) -> None:
    """Its HTML is the same for everybody; reloading costs next to nothing."""
    visitor, _ = sitting(server)
    started = server.figure("kernels_started_total")
    with ThreadPoolExecutor(12) as threads:
        answers = list(threads.map(lambda _: visitor.get("/thi"), range(24)))
    assert {answer.status for answer in answers} == {200}
    other = sitting(server)[0].get("/thi")
    assert {answer.text for answer in answers} == {other.text}
    assert server.figure("kernels_started_total") == started + 1  # the other one's


def test_without_a_running_attempt_there_is_no_kernel(server: Server) -> None:
    """Registered but not begun: back to the entry page, and the socket is refused."""
    visitor = Visitor(server.url)
    visitor.register(next(_numbers))
    started = server.figure("kernels_started_total")
    assert visitor.get("/thi").location == "/"
    assert knock(visitor, new_id(), "thi") == 403
    assert server.figure("kernels_started_total") == started


@pytest.mark.parametrize("page", ["", "nope", "../thi", "thi.ipynb", "/thi", "THI"])
def test_no_kernel_is_made_for_an_unknown_page(owner: tuple[Visitor, str], page: str) -> None:
    """Only the pages that there are have any."""
    assert knock(owner[0], new_id(), page) == 404


@pytest.mark.parametrize("kernel", ["x", "-" * 7, "a" * 65, "a.b" * 4, "kernel%20", "ü" * 9])
def test_a_kernels_id_is_letters_digits_and_dashes(owner: tuple[Visitor, str], kernel: str) -> None:
    """The page makes it; nothing else may be in it."""
    assert knock(owner[0], kernel, "thi") in (400, 404)
    assert lives(*owner)


def test_no_process_is_started_for_a_kernel(owner: tuple[Visitor, str], server: Server) -> None:
    """All visitors are in the server's own."""
    assert lives(*owner)
    assert server.children() == []


def test_a_page_whose_kernel_is_closed_loses_its_line(server: Server) -> None:
    """And begins anew from what is stored."""
    visitor, kernel = sitting(server)
    with Socket(visitor, kernel) as socket:
        model = socket.paper()
        socket.tell(model, {"t": "hello", "page": PAGE})
        pen = socket.told("paper")["pen"]
        socket.tell(model, {"t": "answer", "pen": pen, "seq": 1, "q": 2, "chosen": [1]})
        socket.told("ack")
        for _ in range(3):
            visitor.open_paper()
        until_closed(socket)
    assert knock(visitor, kernel) == 404
    with Socket(visitor, visitor.open_paper()) as socket:
        socket.tell(socket.paper(), {"t": "hello", "page": PAGE[::-1]})
        assert socket.told("paper")["answers"] == {"2": [1]}


def test_a_kernel_that_ends_while_its_page_opens_is_made_anew(server: Server) -> None:
    """The line is closed; it doesn't wait for ever."""
    visitor, _ = sitting(server)
    kernel = new_id()
    form = urlencode({"_xsrf": visitor.cookies["_xsrf"]})
    with Socket(visitor, kernel, "thi") as socket:
        assert visitor.post_raw(f"/voila/api/shutdown/{kernel}", form).status == 204
        until_closed(socket)
    assert not lives(visitor, kernel)
    assert knock(visitor, kernel, "thi") == 101
    assert visitor.open_paper()


def test_a_page_that_comes_back_in_time_finds_its_kernel(serve: Serve, tmp_path: Path) -> None:
    """And gets what it has missed; after that time, or where no page ever came, it is gone."""
    directory = open_contest(tmp_path / "cuoc_thi").path
    server = serve(directory, grace_seconds=5, connect_seconds=1)
    visitor = Visitor(server.url)
    visitor.register(1)
    visitor.begin()
    kernel = new_id()
    session = uuid.uuid4().hex
    with Socket(visitor, kernel, "thi", session=session) as socket:
        socket.until_idle()
        model = socket.paper()
        socket.tell(model, {"t": "hello", "page": PAGE})
        pen = socket.told("paper")["pen"]
        with no_commits(directory):
            socket.tell(model, {"t": "answer", "pen": pen, "seq": 1, "q": 1, "chosen": [1]})
            socket.until_idle()
            socket.close()
            until(lambda: server.figure("pages") == 0, 10, "the server has noticed")
    with Socket(visitor, kernel, session=session) as socket:
        assert socket.told("ack")["seq"] == 1
    assert lives(visitor, kernel)
    until(lambda: not lives(visitor, kernel), 20, "the kernel goes by itself")
    assert server.kernels() == 0


# ---- what goes in and out ----


def test_a_page_executes_nothing(owner: tuple[Visitor, str], server: Server) -> None:
    """Code that a page sends is dropped: nothing is run, nothing is answered."""
    mark = server.directory / "executed"
    code = f"open({str(mark)!r}, 'w').close(); print('executed')"
    content = {"code": code, "silent": False, "store_history": False, "allow_stdin": False}
    with Socket(*owner) as socket:
        for channel in ("shell", "control", "stdin"):
            socket.send("execute_request", content, channel)
        assert kinds(socket.until_idle()) <= {"status", "kernel_info_reply"}
    with Socket(*owner) as socket:
        socket.until_idle()
        socket.send("execute_request", content, "iopub")  # pages have nothing to say there
        until_closed(socket)
    assert not mark.exists()
    assert lives(*owner)


@pytest.mark.parametrize(
    "kind",
    [
        "complete_request",
        "inspect_request",
        "history_request",
        "is_complete_request",
        "debug_request",
        "interrupt_request",
        "create_subshell_request",
        "usage_request",
        "input_reply",
        "nope",
    ],
)
def test_a_page_asks_nothing_of_the_interpreter(owner: tuple[Visitor, str], kind: str) -> None:
    """Only what widgets need goes in."""
    content = {"code": "import os", "cursor_pos": 9, "hist_access_type": "tail", "n": 9}
    with Socket(*owner) as socket:
        socket.until_idle()
        for channel in ("shell", "control"):
            socket.send(kind, content, channel)
        assert kinds(socket.until_idle()) <= {"status", "kernel_info_reply"}


def test_what_a_kernel_prints_stays_here(owner: tuple[Visitor, str]) -> None:
    """Messages that make the kernel complain bring their page no line of that."""
    with Socket(*owner) as socket:
        paper = socket.paper()
        socket.send("comm_msg", {"comm_id": "0" * 32, "data": {"method": "x"}})
        socket.send("comm_open", {"comm_id": "1" * 32, "target_name": "x", "data": {}})
        widget = {"target_name": "jupyter.widget", "data": {"state": {}}}
        socket.send("comm_open", {"comm_id": "2" * 32, **widget})
        for data in ({"method": "update"}, {"method": "nope"}):
            socket.send("comm_msg", {"comm_id": paper, "data": data})
        messages = socket.until_idle()
    assert not kinds(messages) & {"stream", "error", "execute_input", "execute_result"}
    assert "Traceback" not in json.dumps(messages)


GARBAGE: list[tuple[str, dict[str, Any]]] = [
    ("comm_msg", {"comm_id": "MODEL", "data": {}}),
    ("comm_msg", {"comm_id": "MODEL", "data": None}),
    ("comm_msg", {"comm_id": "MODEL", "data": {"method": "update", "state": 1}}),
    ("comm_msg", {"comm_id": "MODEL"}),
    ("comm_msg", {"comm_id": ["MODEL"], "data": {}}),
    ("comm_msg", {}),
    ("comm_open", {}),
    ("comm_open", {"comm_id": "3" * 32, "target_name": ["x"], "data": {}}),
    ("comm_close", {}),
    ("comm_info_request", {"target_name": {}}),
]


def test_garbage_gets_its_sender_a_number_and_the_operators_the_rest(
    serve: Serve, tmp_path: Path
) -> None:
    """Nothing of a traceback goes out; the kernel, and everybody else's, go on."""
    server = serve(open_contest(tmp_path / "cuoc_thi").path, clean=False)
    with Socket(*sitting(server)) as bystander, Socket(*sitting(server)) as socket:
        bystander.until_idle()
        model = socket.paper()
        for kind, content in GARBAGE:
            socket.send(kind, json.loads(json.dumps(content).replace("MODEL", model)))
        messages = socket.until_idle()
        assert socket.paper() == model
        assert kinds(bystander.until_idle()) <= {"status", "kernel_info_reply"}
    assert not kinds(messages) & {"stream", "execute_input", "execute_result"}
    told = [one["content"] for one in messages if one["header"]["msg_type"] == "error"]
    assert told
    for content in told:
        assert content == {"ename": "incident", "evalue": content["evalue"], "traceback": []}
        assert f"incident {content['evalue']} in kernel" in server.errors
    assert "Traceback" not in json.dumps(messages)


@pytest.mark.parametrize(
    "frame", ["x", "[]", "{}", "null", '{"header": 1}', '{"header": {}, "channel": "shell"}']
)
def test_a_frame_that_is_no_message_closes_the_line(owner: tuple[Visitor, str], frame: str) -> None:
    """The line is closed, the kernel lives on."""
    with Socket(*owner) as socket:
        socket.until_idle()
        socket.send_raw(frame)
        until_closed(socket)
    assert lives(*owner)


def test_a_flood_of_messages_closes_the_line(server: Server) -> None:
    """A page that sends far more than a person can is cut off; the kernel stays."""
    visitor, kernel = sitting(server)
    with Socket(visitor, kernel) as socket:
        paper = socket.paper()
        with pytest.raises((EOFError, OSError)):
            for _ in range(ServerSettings.page_burst * 3):
                socket.tell(paper, {"t": "time"})
            until_closed(socket)
            raise EOFError
    assert lives(visitor, kernel)


def test_a_page_may_send_a_whole_paper_at_once(server: Server) -> None:
    """What was answered without a network comes in one go, and is all taken."""
    visitor, kernel = sitting(server)
    with Socket(visitor, kernel) as socket:
        paper = socket.paper()
        socket.tell(paper, {"t": "hello", "page": PAGE})
        pen = socket.told("paper")["pen"]
        for seq in range(1, 101):
            answer = {"t": "answer", "q": seq % 6 + 1, "chosen": [seq % 2 + 1]}
            socket.tell(paper, {**answer, "pen": pen, "seq": seq})
        assert {socket.told("ack")["seq"] for _ in range(100)} == set(range(1, 101))


def test_a_frame_over_the_limit_closes_the_line(server: Server) -> None:
    """More than 256 kB is never taken in, and nobody else notices."""
    visitor, kernel = sitting(server)
    neighbour, theirs = sitting(server)
    with Socket(neighbour, theirs) as bystander:
        for size in (300_000, 10_000_000):
            with Socket(visitor, kernel) as socket:
                socket.until_idle()
                with pytest.raises((EOFError, OSError)):
                    socket.send_raw("x" * size)
                    until_closed(socket)
                    raise EOFError
            bystander.until_idle()
    assert lives(visitor, kernel)


UNKNOWN = [
    {"t": "nope"},
    {"t": ["hello"]},
    {},
    [],
    {"t": "hello", "page": "<script>"},
    {"t": "take", "page": "b" * 20},
]
WRONG = [
    {"q": 99, "chosen": [1]},
    {"q": 0, "chosen": [1]},
    {"q": 1, "chosen": [99]},
    {"q": 1, "chosen": [0]},
    {"q": 1, "chosen": "1"},
    {"q": 1, "chosen": [1, 1]},
    {"q": True, "chosen": [1]},
    {"q": 1, "chosen": [{}]},
    {"q": None, "chosen": None},
]


def test_malformed_messages_are_answered_and_change_nothing(server: Server) -> None:
    """What the protocol doesn't know gets an error that the page can show."""
    visitor, kernel = sitting(server)
    with Socket(visitor, kernel) as socket:
        paper = socket.paper()
        socket.tell(paper, {"t": "hello", "page": PAGE})
        pen = socket.told("paper")["pen"]
        for wrong in UNKNOWN:
            socket.tell(paper, wrong)
            assert socket.told("error")["text"]
        for seq, wrong in enumerate(WRONG, start=1):
            socket.tell(paper, {"t": "answer", "pen": pen, "seq": seq, **wrong})
            refusal = socket.told("refused")
            assert refusal["why"] in ("bad_message", "bad_option"), wrong
            assert refusal["text"]
        socket.tell(paper, {"t": "hello", "page": PAGE})
        assert socket.told("paper")["answers"] == {}
