"""A kernel serves the contestant it was started for, and nobody else; and it serves widgets only."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from tornado.httpclient import HTTPClientError

from contest.app import NotSignedIn, make_token, spend_token
from contest.clock import SystemClock
from contest.directory import ContestDirectory
from contest.serving.kernels import BURST
from tests.factories import enrol, opened
from tests.serving.contests import open_contest
from tests.serving.server import Server, run, until
from tests.serving.visitor import Answer, Socket, Visitor

_numbers = count(1)
PAGE = "trang" + "0" * 15


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


def refused(visitor: Visitor, kernel: str, **headers: str) -> int:
    """Return the status with which a socket is refused."""

    async def knock() -> int:
        try:
            (await Socket.open(visitor, kernel, **headers)).close()
        except HTTPClientError as error:
            return error.code
        return 101

    return run(knock())


def with_token(visitor: Visitor, method: str, path: str, **form: str) -> Answer:
    """Send a request with the visitor's form token, in a header and in the form."""
    token = visitor.xsrf()
    return visitor.send(method, path, urlencode({"_xsrf": token, **form}), {"X-XSRFToken": token})


def lives(visitor: Visitor, kernel: str) -> bool:
    """Return whether a kernel is there, as its owner sees it."""
    return visitor.get(f"/api/kernels/{kernel}").status == 200


def test_the_owner_gets_a_socket(owner: tuple[Visitor, str]) -> None:
    """The page's own line opens."""
    assert refused(*owner) == 101


def test_a_socket_of_another_contestant_is_refused(
    owner: tuple[Visitor, str], other: Visitor
) -> None:
    """Knowing the id of a kernel is not enough."""
    assert refused(other, owner[1]) == 403


def test_a_socket_of_a_stranger_is_refused(owner: tuple[Visitor, str], server: Server) -> None:
    """Nobody without a cookie gets a line."""
    assert refused(Visitor(server.url), owner[1]) == 403


def test_a_socket_from_a_foreign_page_is_refused(owner: tuple[Visitor, str]) -> None:
    """Another site can't use the visitor's cookie."""
    visitor, kernel = owner
    assert refused(visitor, kernel, Origin="http://evil.example") == 403
    assert refused(visitor, kernel, Origin="null") == 403
    assert refused(visitor, kernel, Origin=visitor.url) == 101


def test_a_socket_to_no_kernel_is_refused(other: Visitor) -> None:
    """An id that isn't anybody's tells nothing either."""
    assert refused(other, "00000000-0000-0000-0000-000000000000") == 403


def test_another_contestant_learns_nothing_of_a_kernel(
    owner: tuple[Visitor, str], other: Visitor, server: Server
) -> None:
    """GET tells the owner that the kernel lives, and others nothing."""
    visitor, kernel = owner
    mine = visitor.get(f"/api/kernels/{kernel}")
    assert mine.status == 200
    theirs = other.get(f"/api/kernels/{kernel}")
    nobodys = other.get("/api/kernels/00000000-0000-0000-0000-000000000000")
    assert theirs.status == nobodys.status == 403
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


def test_the_beacon_of_another_contestant_ends_nothing(
    owner: tuple[Visitor, str], other: Visitor, server: Server
) -> None:
    """The address that a closing page calls works for its own kernel only."""
    visitor, kernel = owner
    stranger = Visitor(server.url)
    for somebody in (other, stranger):
        with_token(somebody, "POST", f"/voila/api/shutdown/{kernel}")
    assert lives(visitor, kernel)


def test_the_beacon_without_a_token_ends_nothing(owner: tuple[Visitor, str]) -> None:
    """Another site can't end a visitor's kernel."""
    visitor, kernel = owner
    assert visitor.send("POST", f"/voila/api/shutdown/{kernel}", "").status == 403
    assert lives(visitor, kernel)


def test_the_beacon_of_a_closing_page_ends_its_kernel(server: Server) -> None:
    """With the token from its cookie, as the page sends it."""
    visitor, kernel = sitting(server)
    form = urlencode({"_xsrf": visitor.cookies["_xsrf"]})
    answer = visitor.post_raw(f"/voila/api/shutdown/{kernel}", form)
    assert answer.status == 204
    assert not lives(visitor, kernel)


def test_a_page_sets_the_token_its_beacon_needs(server: Server) -> None:
    """The paper's own answer brings the form token, even where no form was seen before."""
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


def test_many_pages_at_once_start_three_kernels_at_most(server: Server) -> None:
    """Whoever hammers on reload is told to wait, and holds no more kernels than anybody."""
    visitor, first = sitting(server)
    before = set(server.kernels())
    with ThreadPoolExecutor(12) as threads:
        answers = list(threads.map(lambda _: visitor.get("/thi"), range(12)))
    assert {answer.status for answer in answers} <= {200, 429}
    refusals = [answer for answer in answers if answer.status == 429]
    assert refusals
    assert "Mời Bạn đợi" in refusals[0].words
    assert len(set(server.kernels()) - before) <= 3
    assert not lives(visitor, first)


def test_signed_out_the_page_and_its_kernel_are_gone(server: Server) -> None:
    """After "Người khác thi trên máy này" nothing of the former contestant answers."""
    visitor, kernel = sitting(server)
    assert visitor.post("/nguoi-khac").location == "/"
    assert visitor.get("/thi").location.startswith("/?")
    assert visitor.get(f"/api/kernels/{kernel}").status == 403
    assert refused(visitor, kernel) == 403


def test_without_a_running_attempt_there_is_no_kernel(server: Server) -> None:
    """Registered but not begun: back to the entry page, and no process is started."""
    visitor = Visitor(server.url)
    visitor.register(next(_numbers))
    kernels = server.kernels()
    assert visitor.get("/thi").location == "/"
    assert set(server.kernels()) <= set(kernels)


async def _executes(visitor: Visitor, kernel: str, content: dict[str, Any]) -> list[str]:
    socket = await Socket.open(visitor, kernel)
    await socket.send("execute_request", content)
    await socket.send("execute_request", content, channel="control")
    await socket.send("kernel_info_request", {})
    kinds = []
    while "kernel_info_reply" not in kinds:
        kinds.append((await socket.next())["header"]["msg_type"])
    socket.close()
    return kinds


def test_a_page_executes_nothing(owner: tuple[Visitor, str], server: Server) -> None:
    """Code that a page sends is dropped: nothing is run, nothing is answered."""
    mark = server.directory / "executed"
    code = f"open({str(mark)!r}, 'w').close(); print('executed')"
    content = {"code": code, "silent": False, "store_history": False, "allow_stdin": False}
    kinds = run(_executes(*owner, content))
    assert not {"execute_reply", "execute_input", "stream", "execute_result"} & set(kinds)
    assert not mark.exists()


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
    ],
)
def test_a_page_asks_nothing_of_the_interpreter(owner: tuple[Visitor, str], kind: str) -> None:
    """Only what widgets need goes in."""

    async def asked() -> set[str]:
        socket = await Socket.open(*owner)
        content = {"code": "import os", "cursor_pos": 9, "hist_access_type": "tail", "n": 9}
        await socket.send(kind, content)
        await socket.send(kind, content, channel="control")
        info = await socket.send("kernel_info_request", {})
        kinds = set()
        while True:
            message = await socket.next()
            kinds.add(message["header"]["msg_type"])
            if message["parent_header"].get("msg_id") == info and "kernel_info_reply" in kinds:
                socket.close()
                return kinds

    assert run(asked()) <= {"status", "kernel_info_reply"}


def test_what_a_kernel_prints_stays_here(owner: tuple[Visitor, str]) -> None:
    """A message that makes the kernel complain brings its page no line of that."""

    async def annoyed() -> set[str]:
        socket = await Socket.open(*owner)
        await socket.send("comm_msg", {"comm_id": "0" * 32, "data": {"method": "x"}})
        await socket.send("comm_open", {"comm_id": "1" * 32, "target_name": "x", "data": {}})
        await socket.send(
            "comm_open",
            {"comm_id": "2" * 32, "target_name": "jupyter.widget", "data": {"state": {}}},
        )
        paper = await socket.paper()
        for data in ({"method": "update"}, {"method": "nope"}, {}, {"method": "backbone"}):
            await socket.send("comm_msg", {"comm_id": paper, "data": data})
        info = await socket.send("kernel_info_request", {})
        kinds = set()
        while True:
            message = await socket.next()
            kinds.add(message["header"]["msg_type"])
            assert "Traceback" not in json.dumps(message)
            if message["parent_header"].get("msg_id") == info and "kernel_info_reply" in kinds:
                socket.close()
                return kinds

    assert not run(annoyed()) & {"stream", "error", "execute_input", "execute_result"}


@pytest.mark.parametrize(
    "frame", ["", "x", "[]", "{}", "null", '{"header": 1}', '{"header": {}, "channel": "shell"}']
)
def test_a_frame_that_is_no_message_closes_the_line(owner: tuple[Visitor, str], frame: str) -> None:
    """The line is closed, the kernel lives on, the server's log holds no traceback."""
    visitor, kernel = owner

    async def sent() -> None:
        socket = await Socket.open(visitor, kernel)
        await socket._line.write_message(frame)
        with pytest.raises(EOFError):
            while True:
                await socket.next()

    run(sent())
    assert lives(visitor, kernel)


def test_a_flood_of_messages_closes_the_line(server: Server) -> None:
    """A page that sends far more than a person can is cut off; the kernel stays."""
    visitor, kernel = sitting(server)

    async def flooded() -> None:
        socket = await Socket.open(visitor, kernel)
        paper = await socket.paper()
        with pytest.raises(Exception, match=""):  # EOFError, or the line closed while sending
            for _ in range(BURST * 3):
                await socket.tell(paper, {"t": "time"})
            while True:
                await socket.next()

    run(flooded())
    assert lives(visitor, kernel)


def test_a_frame_over_the_limit_closes_the_line(server: Server) -> None:
    """More than 256 kB is never taken in."""
    visitor, kernel = sitting(server)

    async def sent() -> None:
        socket = await Socket.open(visitor, kernel)
        await socket._line.write_message("x" * 300_000)
        with pytest.raises(EOFError):
            while True:
                await socket.next()

    run(sent())
    assert lives(visitor, kernel)


def test_malformed_messages_are_answered_and_change_nothing(server: Server) -> None:
    """Messages that `docs/protocol.md` doesn't know get an error that the page can show."""
    visitor, kernel = sitting(server)

    async def told() -> list[str]:
        socket = await Socket.open(visitor, kernel)
        paper = await socket.paper()
        await socket.tell(paper, {"t": "hello", "page": PAGE})
        state = await socket.told("paper")
        answers = []
        pen = state["pen"]
        for wrong in (
            {"t": "nope"},
            {"t": ["hello"]},
            {"t": "hello", "page": "<script>"},
            {"t": "take", "page": "b" * 20},
        ):
            await socket.tell(paper, wrong)
            answers.append((await socket.told("error"))["text"])
        for number, wrong in enumerate(
            (
                {"q": 99, "chosen": [1]},
                {"q": 1, "chosen": [99]},
                {"q": 1, "chosen": "1"},
                {"q": 1, "chosen": [1, 1]},
                {"q": True, "chosen": [1]},
                {"q": 1, "chosen": [{}]},
                {"q": None, "chosen": None},
            ),
            start=1,
        ):
            await socket.tell(paper, {"t": "answer", "pen": pen, "seq": number, **wrong})
            refusal = await socket.told("refused")
            assert refusal["why"] in ("bad_message", "bad_option")
            answers.append(refusal["text"])
        await socket.tell(paper, {"t": "hello", "page": PAGE})
        assert (await socket.told("paper"))["answers"] == {}
        socket.close()
        return answers

    assert all(run(told()))


def test_a_kernels_token_works_once(directory: ContestDirectory) -> None:
    """The token in a kernel's environment can't be used for a second kernel."""
    now = SystemClock().now()

    async def spent() -> tuple[str, str]:
        async with opened(directory) as service:
            contestant = (await enrol(service)).contestant_id
            token = make_token(directory, contestant)
            named = await spend_token(service, token, now)
            with pytest.raises(NotSignedIn):
                await spend_token(service, token, now)
            return contestant, named

    contestant, named = run(spent())
    assert named == contestant


def test_a_forged_or_old_token_names_nobody(directory: ContestDirectory) -> None:
    """A changed token, one of another contest's secret, one from twenty minutes ago."""
    now = SystemClock().now()

    async def tried() -> None:
        async with opened(directory) as service:
            contestant = (await enrol(service)).contestant_id
            token = make_token(directory, contestant)
            for wrong in (token[:-1], token + "0", "", token.replace("2|", "1|", 1)):
                with pytest.raises(NotSignedIn):
                    await spend_token(service, wrong, now)
            with pytest.raises(NotSignedIn):
                await spend_token(service, token, now + 20 * 60_000)

    run(tried())


def test_the_token_does_not_stay_in_the_kernels_environment(server: Server) -> None:
    """What a kernel inherits is the least it needs; no secret of the server is among it."""
    before = set(server.kernels())
    sitting(server)
    (kernel,) = until(lambda: set(server.kernels()) - before)
    names = {
        line.partition(b"=")[0].decode()
        for line in Path(f"/proc/{kernel}/environ").read_bytes().split(b"\0")
        if line
    }
    assert names <= {
        "PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "VIRTUAL_ENV", "PYTHONWARNINGS",
        "PYTHONDONTWRITEBYTECODE", "TIMHIEU_CONTEST", "TIMHIEU_TOKEN", "JPY_PARENT_PID",
        "JPY_SESSION_NAME", "PYDEVD_USE_FRAME_EVAL", "MPLBACKEND",
    }  # fmt: skip


def test_kernels_end_with_the_server(serve: Any, directory: ContestDirectory) -> None:
    """Told to stop, the server leaves no process behind."""
    second = serve(open_contest(directory.path.parent / "khac").path)
    visitor = Visitor(second.url)
    visitor.register(1)
    visitor.begin()
    visitor.open_paper()
    kernels = second.kernels()
    assert kernels
    second.stop()
    until(lambda: not any(_runs(pid) for pid in kernels), 10, "the kernels are gone")


def test_kernels_end_when_the_server_is_killed(serve: Any, directory: ContestDirectory) -> None:
    """Even after SIGKILL no kernel stays behind for long."""
    second = serve(open_contest(directory.path.parent / "khac").path)
    visitor = Visitor(second.url)
    visitor.register(1)
    visitor.begin()
    visitor.open_paper()
    kernels = second.kernels()
    assert kernels
    second.kill_alone()
    until(lambda: not any(_runs(pid) for pid in kernels), 15, "the kernels are gone")


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"
