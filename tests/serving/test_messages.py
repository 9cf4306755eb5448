"""What a page may tell its paper, and what it is told: over the real socket of a real kernel."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from contest.clock import SystemClock
from tests.factories import HOUR, MINUTE
from tests.serving.conftest import Serve
from tests.serving.contests import open_contest
from tests.serving.server import TIMHIEU, Server
from tests.serving.stored import contestant, rows_of
from tests.serving.visitor import Socket, Visitor

_numbers = count(1)


class Paper:
    """A page without a browser: it says hello, and numbers what it sends."""

    def __init__(self, visitor: Visitor, name: str = "a") -> None:
        self.socket = Socket(visitor, visitor.open_paper())
        self.model = self.socket.paper()
        self.page = name * 20
        self.socket.tell(self.model, {"t": "hello", "page": self.page})
        self.state = self.socket.told("paper")
        self.pen: object = self.state["pen"]
        self.seq = 0

    def say(self, kind: str, **content: object) -> int:
        """Send a message under the next number; return the number."""
        self.seq += 1
        message = {"t": kind, "pen": self.pen, "seq": self.seq, **content}
        self.socket.tell(self.model, message)
        return message["seq"]  # type: ignore[return-value]

    def answer(self, q: int, *chosen: int) -> str:
        """Send an answer; return `ack`, or why it was refused."""
        self.say("answer", q=q, chosen=list(chosen))
        return self.outcome()

    def outcome(self) -> str:
        """Return what became of the last message."""
        while True:
            data = self.socket.wait_for("comm_msg")["content"]["data"]
            told = data.get("content", {})
            if told.get("t") in ("ack", "refused", "later") and told["seq"] == self.seq:
                assert told["t"] != "refused" or told["text"]
                return told.get("why", told["t"])


@contextmanager
def opened(server: Server) -> Iterator[tuple[Visitor, Paper]]:
    """Give a new contestant with an open paper."""
    visitor = Visitor(server.url)
    visitor.register(next(_numbers))
    visitor.begin()
    paper = Paper(visitor)
    with paper.socket:
        yield visitor, paper


@pytest.fixture
def paper(server: Server) -> Iterator[tuple[Visitor, Paper]]:
    """Return a paper of one's own."""
    with opened(server) as own:
        yield own


@pytest.fixture(scope="module")
def shared(server: Server) -> Iterator[Paper]:
    """Return a paper for messages that leave no trace, or none that matters."""
    with opened(server) as (_, paper):
        yield paper


def rows(server: Server, visitor: Visitor) -> list[dict]:
    """Return the stored rows of a visitor."""
    id_ = contestant(server.directory, visitor.number)["contestant_id"]
    return rows_of(server.directory, id_)


def test_an_answer_is_acknowledged_with_the_servers_time(
    paper: tuple[Visitor, Paper], server: Server
) -> None:
    """And is on disk when it is."""
    visitor, page = paper
    before = SystemClock().now()
    page.say("answer", q=1, chosen=[2])
    ack = page.socket.told("ack")
    (row,) = [row for row in rows(server, visitor) if row["kind"] == "response"]
    assert row["at"] == ack["at"]
    assert before <= ack["at"] <= SystemClock().now()


def test_the_same_message_again_changes_nothing(
    paper: tuple[Visitor, Paper], server: Server
) -> None:
    """It is acknowledged again, with the time of the first."""
    visitor, page = paper
    page.say("answer", q=1, chosen=[2])
    first = page.socket.told("ack")
    page.seq -= 1
    page.say("answer", q=1, chosen=[2])
    assert page.socket.told("ack") == first
    assert len([row for row in rows(server, visitor) if row["kind"] == "response"]) == 1


def test_the_same_number_with_other_content_is_refused(paper: tuple[Visitor, Paper]) -> None:
    """A number means one message for good."""
    _, page = paper
    assert page.answer(1, 2) == "ack"
    page.seq -= 1
    assert page.answer(1, 1) == "other_content"


def test_an_answer_can_be_cleared(paper: tuple[Visitor, Paper], server: Server) -> None:
    """An empty list takes it away."""
    visitor, page = paper
    assert page.answer(2, 1) == "ack"
    assert page.answer(2) == "ack"
    assert [row["body"]["chosen"] for row in rows(server, visitor) if row["kind"] == "response"][
        -1
    ] == []
    page.socket.tell(page.model, {"t": "hello", "page": page.page})
    assert page.socket.told("paper")["answers"] == {}


PREDICTIONS = {
    "12345": "ack",
    "12.345": "ack",
    " 12 345 ": "ack",
    "": "ack",
    "12,5": "bad_number",
    "abc": "bad_number",
    "-1": "bad_number",
    "１２": "bad_number",
    "9" * 13: "bad_number",
    "1" * 41: "bad_message",
    7: "bad_message",
    None: "bad_message",
}


@pytest.mark.parametrize(("typed", "outcome"), PREDICTIONS.items())
def test_a_prediction_is_read_as_a_number_or_refused(
    shared: Paper, typed: object, outcome: str
) -> None:
    """What the page shows as wrong the server refuses as well."""
    shared.say("predict", text=typed)
    assert shared.outcome() == outcome


def test_after_the_submission_nothing_is_taken(paper: tuple[Visitor, Paper]) -> None:
    """The page is told that it is over, and each late message that it isn't counted."""
    _, page = paper
    page.answer(1, 1)
    page.say("submit")
    ended = page.socket.told("ended")
    assert ended["how"] == "submit"
    assert ended["received"] == [1]
    assert ended["receipt_url"].startswith("/bien-nhan/")
    assert page.answer(1, 2) == "ended"
    page.say("predict", text="5")
    assert page.outcome() == "ended"
    page.say("submit")
    assert page.outcome() == "ended"


def test_a_second_page_takes_the_pen_and_the_first_is_told(
    paper: tuple[Visitor, Paper], server: Server
) -> None:
    """Within two seconds; what the first still sends is kept, but not counted."""
    visitor, page = paper
    assert page.answer(1, 1) == "ack"
    second = Paper(visitor, "b")
    with second.socket:
        began = time.monotonic()
        assert page.socket.told("pen")["held"] is False
        assert time.monotonic() - began < 2
        assert second.pen == page.pen + 1
        assert second.state["answers"] == {"1": [1]}
        assert page.answer(1, 2) == "old_pen"
        page.say("submit")
        assert page.outcome() == "old_pen"
        second.socket.tell(second.model, {"t": "hello", "page": second.page})
        assert second.socket.told("paper")["answers"] == {"1": [1]}
        kinds = [row["kind"] for row in rows(server, visitor)]
        assert kinds.count("response") == 2
        assert "submit" not in kinds


def test_the_first_page_can_take_the_pen_back(paper: tuple[Visitor, Paper]) -> None:
    """ "Làm tiếp ở đây": then the second one is told."""
    visitor, page = paper
    second = Paper(visitor, "b")
    with second.socket:
        page.socket.told("pen")
        page.socket.tell(page.model, {"t": "take", "page": page.page})
        state = page.socket.told("paper")
        assert state["held"] is True
        assert second.socket.told("pen")["held"] is False
        page.pen, page.seq = state["pen"], 0
        assert page.answer(3, 1) == "ack"
        assert second.answer(3, 2) == "old_pen"


@pytest.mark.parametrize("pen", [0, -1, 2, 99, "1", None, True, 1.5, [1]])
def test_a_pen_that_was_never_granted_is_refused(shared: Paper, pen: object) -> None:
    """A page can't grant itself the next one."""
    granted, shared.pen = shared.pen, pen
    try:
        assert shared.answer(1, 1) == "bad_message"
    finally:
        shared.pen = granted


def test_extra_time_reaches_the_page(paper: tuple[Visitor, Paper], server: Server) -> None:
    """Granted by the organisers while the paper is open: new deadline, and a sentence why."""
    visitor, page = paper
    (opened, *_) = rows(server, visitor)
    command = [TIMHIEU, "extra-time", server.directory, "--attempt", opened["attempt_id"]]
    command += ["--minutes", "10", "--reason", "máy hỏng", "--by", "Thư ký mẫu"]
    subprocess.run(command, check=True, capture_output=True)
    told = page.socket.told("time")
    assert told["deadline"] == page.state["deadline"] + 10 * 60_000
    assert "cho thêm 10 phút" in told["text"]


def test_two_presses_on_begin_open_one_attempt(server: Server) -> None:
    """Both lead to the same paper."""
    visitor = Visitor(server.url)
    visitor.register(next(_numbers))
    body = f"_xsrf={visitor.xsrf()}"
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: visitor.post_raw("/bat-dau", body), range(4)))
    assert {answer.location for answer in answers} == {"/thi"}
    assert [row["kind"] for row in rows(server, visitor)] == ["open"]


def test_a_round_that_closes_ends_its_papers(serve: Serve, tmp_path: Path) -> None:
    """Told before that time is short; at the end answers are late, then the attempt has ended."""
    now = SystemClock().now()
    closes = now + 10 * MINUTE
    contest = open_contest(tmp_path / "cuoc_thi", opens=now - HOUR, closes=closes)
    server = serve(contest.path, movable=True)
    visitor = Visitor(server.url)
    visitor.register(1)
    words = visitor.get("/bat-dau").words
    assert "Kỳ thi đóng lúc" in words
    assert "thay vì 20 phút" in words
    visitor.begin()
    page = Paper(visitor)
    with page.socket:
        assert page.answer(1, 1) == "ack"
        assert page.state["deadline"] <= closes
        server.shift(page.state["deadline"] - SystemClock().now())
        assert page.answer(2, 1) == "late"
        ended = page.socket.told("ended")
        assert ended["how"] == "expire"
        assert ended["at"] == page.state["deadline"]
        assert page.answer(3, 1) in ("late", "ended")
    assert visitor.get("/thi").location == ended["receipt_url"]
    assert "đã đóng" in visitor.get("/").words
