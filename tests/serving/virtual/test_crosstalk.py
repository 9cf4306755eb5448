"""Every contestant carries a mark of their own; no message ever brings one that of another."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from tests.serving.server import Server
from tests.serving.visitor import Socket, Visitor

CONTESTANTS = 30
TURNS = 5
MARK = re.compile(rb"dau[0-9]{4}x[0-9a-z]{8}")


class Heard(Socket):
    """A line that keeps every frame as it came."""

    def __init__(self, contestant: Contestant, kernel: str, page: str) -> None:
        self._contestant = contestant
        super().__init__(contestant.visitor, kernel, page=page)
        receive = self._line.recv

        def kept() -> Any:
            frame = receive()
            contestant.frames.append(frame if isinstance(frame, bytes) else frame.encode())
            return frame

        self._line.recv = kept

    def next(self) -> dict[str, Any]:
        """Return the next message, which answers one of this contestant's or none."""
        message = super().next()
        asked = message["parent_header"].get("msg_id")
        assert asked is None or asked in self._contestant.asked
        return message

    def send(self, kind: str, content: dict[str, Any], channel: str = "shell") -> str:
        """Send a message; its id is this contestant's."""
        id_ = super().send(kind, content, channel)
        self._contestant.asked.add(id_)
        return id_


class Contestant:
    """Somebody who opens, reloads, loses the line, comes back, and leaves."""

    def __init__(self, server: Server, number: int) -> None:
        self.visitor = Visitor(server.url)
        self.visitor.register(number)
        self.visitor.begin()
        self.mark = f"dau{number:04}x{uuid.uuid4().hex[:8]}"
        self.frames: list[bytes] = []
        self.asked: set[str] = set()
        self.models: set[str] = set()
        self.papers: list[Any] = []
        self._random = Random(number)
        self._seq = 0

    def sit(self) -> None:
        """Spend some turns, each on a new page or on the line of the page before."""
        kernel = ""
        for turn in range(TURNS):
            again = bool(kernel) and self._random.random() < 0.4
            if not again:
                kernel = str(uuid.uuid4())
                assert self.visitor.get("/thi").status == 200
            with Heard(self, kernel, "thi") as line:
                self._answer(line, f"{self.mark}{turn:08}")
            if self._random.random() < 0.3:
                self._leave(kernel)
                kernel = ""

    def _answer(self, line: Socket, page: str) -> None:
        line.until_idle()
        control = uuid.uuid4().hex
        content = {"comm_id": control, "target_name": "jupyter.widget.control", "data": {}}
        line.send("comm_open", content)
        model = line.paper()
        line.tell(model, {"t": "hello", "page": page})
        paper = line.told("paper")
        assert paper["page"] == page
        self.papers.append(paper["questions"])
        for _ in range(3):
            self._seq += 1
            answer = {"t": "answer", "q": self._seq % 6 + 1, "chosen": [1], "seq": self._seq}
            line.tell(model, {**answer, "pen": paper["pen"]})
            ack = line.told("ack")
            assert (ack["pen"], ack["seq"]) == (paper["pen"], self._seq)
        # Others have opened theirs meanwhile: this one still brings this visitor's widgets.
        line.send("comm_msg", {"comm_id": control, "data": {"method": "request_states"}})
        answer = line.wait_for("comm_msg")["content"]
        assert answer["comm_id"] == control
        assert model in answer["data"]["states"]
        self.models.update(answer["data"]["states"])

    def _leave(self, kernel: str) -> None:
        form = f"_xsrf={self.visitor.cookies['_xsrf']}"
        assert self.visitor.post_raw(f"/voila/api/shutdown/{kernel}", form).status == 204


@pytest.fixture(scope="module")
def crowd(server: Server) -> Iterator[list[Contestant]]:
    """Return contestants who have all been at it at the same time."""
    with ThreadPoolExecutor(CONTESTANTS) as threads:
        contestants = list(
            threads.map(lambda number: Contestant(server, number), range(1, CONTESTANTS + 1))
        )
        list(threads.map(Contestant.sit, contestants))
    yield contestants


def test_no_frame_brings_another_contestants_mark(crowd: list[Contestant]) -> None:
    """In all that came over every line; each did get its own."""
    for contestant in crowd:
        found = set(MARK.findall(b"".join(contestant.frames)))
        assert found == {contestant.mark.encode()}


def test_no_widget_is_shared(crowd: list[Contestant]) -> None:
    """Models have ids of their own, and no line brings one of another contestant."""
    for contestant in crowd:
        others = {id_ for other in crowd if other is not contestant for id_ in other.models}
        heard = b"".join(contestant.frames)
        assert contestant.models.isdisjoint(others)
        assert not [id_ for id_ in others if id_.encode() in heard]


def test_everybody_keeps_their_own_paper(crowd: list[Contestant]) -> None:
    """The same one on every page they opened, and not all have the same."""
    for contestant in crowd:
        assert len(contestant.papers) == TURNS
        assert all(one == other for one, other in pairwise(contestant.papers))
    assert len({str(contestant.papers[0]) for contestant in crowd}) > 1


def test_what_everybody_answered_is_on_their_own_paper(crowd: list[Contestant]) -> None:
    """And nothing else is."""
    for contestant in crowd[:10]:
        kernel = str(uuid.uuid4())
        with Heard(contestant, kernel, "thi") as line:
            line.until_idle()
            model = line.paper()
            line.tell(model, {"t": "hello", "page": contestant.mark + "a" * 8})
            answers = line.told("paper")["answers"]
        assert {int(question) for question in answers} == set(range(1, 7))
