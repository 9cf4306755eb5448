"""The paper's kernel side, without a browser: what it answers to every kind of message."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import comm
import pytest
from comm.base_comm import BaseComm, CommManager

from contest.clock import Clock, ManualClock
from contest.directory import ContestDirectory
from contest.service import Service
from contest.sitting import Sitting
from contest.store import Outcome, StoreUnavailable
from contest.store.commands import Command
from contest.ui.messages import TEXTS
from contest.ui.paper import MAX_FAULTS, PaperWidget
from tests.factories import MINUTE, OPENS, begin, opened, page, right_positions

START = OPENS + MINUTE


class SilentComm(BaseComm):
    """A comm whose messages are read from the widget's own `send`."""

    def publish_msg(self, *_: Any, **__: Any) -> None:
        """Drop the message."""


@pytest.fixture(autouse=True)
def no_front_end(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let widgets be made where there is no kernel."""
    manager = CommManager()
    monkeypatch.setattr(comm, "create_comm", SilentComm)
    monkeypatch.setattr(comm, "get_comm_manager", lambda: manager)
    yield


class Visit:
    """A signed-in visitor with one attempt, as `contest.app.Application`."""

    carry_code = False

    def __init__(self, service: Service, sitting: Sitting | None) -> None:
        self.clock: Clock = ManualClock(START + 1000)
        self._service = service
        self._sitting = sitting
        self._asked = False

    async def service(self) -> Service:
        return self._service

    async def sitting(self) -> Sitting | None:
        # Each page has one of its own, as on the server; the first page the test's.
        if self._sitting is None or not self._asked:
            self._asked = True
            return self._sitting
        return await self._service.sitting(self._sitting.attempt_id)

    async def picture_sources(self, _sitting: object) -> dict[str, str]:
        return {}

    async def band(self) -> str | None:
        return "band.sample"


class Page:
    """A page that talks to the widget as `docs/protocol.md` lays down."""

    def __init__(self, visit: Visit, number: int = 1) -> None:
        self.widget = PaperWidget(visit, carry_code=False)
        self.name = page(number)
        self.heard: list[dict[str, Any]] = []
        self._news = asyncio.Event()
        self.widget.send = self._hear  # type: ignore[method-assign]

    def _hear(self, content: dict[str, Any]) -> None:
        json.dumps(content)  # what can't travel is a fault of ours
        self.heard.append(content)
        self._news.set()

    def say(self, t: object, **fields: Any) -> None:
        """Send a message."""
        self.widget._received(self.widget, {"t": t, **fields}, [])

    async def hear(self, t: str) -> dict[str, Any]:
        """Return the next message of a kind that hasn't been taken yet."""
        async with asyncio.timeout(10):
            while True:
                for message in self.heard:
                    if message["t"] == t:
                        self.heard.remove(message)
                        return message
                self._news.clear()
                await self._news.wait()

    async def hello(self) -> dict[str, Any]:
        """Say hello and return the paper."""
        self.say("hello", page=self.name)
        return await self.hear("paper")


@asynccontextmanager
async def visit(directory: ContestDirectory) -> AsyncIterator[tuple[Visit, Sitting]]:
    """Open a contest with one attempt under way."""
    async with opened(directory) as service:
        sitting = await begin(service, at=START)
        yield Visit(service, sitting), sitting


def test_hello_brings_the_paper_and_the_pen(directory: ContestDirectory) -> None:
    """With everything to show, and the clock."""

    async def main() -> None:
        async with visit(directory) as (app, sitting):
            paper = await Page(app).hello()
            assert (paper["pen"], paper["held"]) == (1, True)
            assert len(paper["questions"]) == len(sitting.paper)
            assert paper["deadline"] == sitting.deadline
            assert paper["texts"] == TEXTS

    asyncio.run(main())


def test_nothing_of_the_contest_is_in_the_widgets_state(directory: ContestDirectory) -> None:
    """A client can read every trait, so there is nothing in them; not even after answering."""

    async def main() -> None:
        async with visit(directory) as (app, _):
            one = Page(app)
            before = one.widget.get_state()
            await one.hello()
            one.say("answer", pen=1, seq=1, q=1, chosen=[1])
            await one.hear("ack")
            assert one.widget.get_state() == before

    asyncio.run(main())


def test_paper_names_no_id_and_no_key(directory: ContestDirectory) -> None:
    """Questions and options travel as positions and texts."""

    async def main() -> None:
        async with visit(directory) as (app, sitting):
            sent = json.dumps(await Page(app).hello(), ensure_ascii=False)
            for item in sitting.paper.items:
                assert f'"{item.question.id}"' not in sent
                assert not item.question.explanation or item.question.explanation not in sent
            assert sitting.attempt_id not in sent
            assert sitting.record.contestant_id not in sent

    asyncio.run(main())


def test_second_hello_of_the_same_page_keeps_the_pen(directory: ContestDirectory) -> None:
    """A page that was only disconnected goes on."""

    async def main() -> None:
        async with visit(directory) as (app, _):
            one = Page(app)
            await one.hello()
            assert (await one.hello())["pen"] == 1

    asyncio.run(main())


def test_answer_is_acknowledged_and_comes_back(directory: ContestDirectory) -> None:
    """The next paper has it."""

    async def main() -> None:
        async with visit(directory) as (app, sitting):
            one = Page(app)
            await one.hello()
            chosen = right_positions(sitting, 2)
            one.say("answer", pen=1, seq=1, q=2, chosen=chosen)
            assert (await one.hear("ack"))["seq"] == 1
            assert (await one.hello())["answers"] == {"2": chosen}

    asyncio.run(main())


def test_refused_answer_tells_why(directory: ContestDirectory) -> None:
    """In Vietnamese, with the question's number."""

    async def main() -> None:
        async with visit(directory) as (app, _):
            one = Page(app)
            await one.hello()
            one.say("answer", pen=1, seq=1, q=1, chosen=[99])
            refused = await one.hear("refused")
            assert (refused["why"], refused["q"]) == ("bad_option", 1)
            assert refused["text"] == TEXTS["refused.bad_option"]

    asyncio.run(main())


def test_other_page_takes_the_pen_and_the_first_is_told(directory: ContestDirectory) -> None:
    """And what the first still sends is not counted."""

    async def main() -> None:
        async with visit(directory) as (app, sitting):
            first, second = Page(app, 1), Page(app, 2)
            await first.hello()
            assert (await second.hello())["pen"] == 2
            assert (await first.hear("pen"))["held"] is False
            first.say("answer", pen=1, seq=1, q=1, chosen=[1])
            assert (await first.hear("refused"))["why"] == "old_pen"
            assert (await sitting.replay()).responses == {}

    asyncio.run(main())


def test_pen_can_be_taken_back(directory: ContestDirectory) -> None:
    """ "Làm tiếp ở đây" on the first page: it writes again, the second is told."""

    async def main() -> None:
        async with visit(directory) as (app, _):
            first, second = Page(app, 1), Page(app, 2)
            await first.hello()
            await second.hello()
            await first.hear("pen")
            first.say("take", page=first.name)
            assert (await first.hear("paper"))["pen"] == 3
            await second.hear("pen")

    asyncio.run(main())


def test_submission_ends_the_page_with_its_receipt(directory: ContestDirectory) -> None:
    """What the server holds is listed."""

    async def main() -> None:
        async with visit(directory) as (app, sitting):
            one = Page(app)
            await one.hello()
            one.say("answer", pen=1, seq=1, q=1, chosen=[1])
            one.say("submit", pen=1, seq=2)
            ended = await one.hear("ended")
            assert ended["how"] == "submit"
            assert ended["received"] == [1]
            assert ended["receipt_url"] == f"/bien-nhan/{sitting.record.receipt}"

    asyncio.run(main())


def test_granted_time_is_told(directory: ContestDirectory) -> None:
    """With the new deadline and why."""

    async def main() -> None:
        async with visit(directory) as (app, sitting):
            one = Page(app)
            paper = await one.hello()
            service = await app.service()
            await service.grant_time(sitting.attempt_id, 10, "mất điện", "Tổ trưởng", START)
            time = await one.hear("time")
            assert time["deadline"] == paper["deadline"] + 10 * MINUTE
            assert "10 phút" in time["text"]

    asyncio.run(main())


def test_page_without_a_running_attempt_is_told_so(directory: ContestDirectory) -> None:
    """Nothing is opened on its own."""

    async def main() -> None:
        async with opened(directory) as service:
            one = Page(Visit(service, None))
            one.say("hello", page=one.name)
            assert (await one.hear("error"))["text"] == TEXTS["paper.none"]

    asyncio.run(main())


@pytest.mark.parametrize(
    "content", [None, 7, "hello", [], {}, {"t": "nope"}, {"t": ["answer"]}, {"t": {"a": 1}}]
)
def test_malformed_message_is_answered_and_changes_nothing(
    directory: ContestDirectory, content: Any
) -> None:
    """Whatever a browser sends."""

    async def main() -> None:
        async with visit(directory) as (app, sitting):
            one = Page(app)
            one.widget._received(one.widget, content, [])
            assert (await one.hear("error"))["text"] == TEXTS["refused.bad_message"]
            assert (await sitting.head()).n == 1

    asyncio.run(main())


@pytest.mark.parametrize("name", [None, 7, "", "short", "x" * 65, "with space in it!!!!!!"])
def test_hello_needs_a_decent_page_name(directory: ContestDirectory, name: Any) -> None:
    """It identifies the pen's holder."""

    async def main() -> None:
        async with visit(directory) as (app, sitting):
            one = Page(app)
            one.say("hello", page=name)
            await one.hear("error")
            assert (await sitting.head()).pen == 0

    asyncio.run(main())


def test_page_that_goes_on_sending_rubbish_is_no_longer_heard(directory: ContestDirectory) -> None:
    """After so many faults even good messages are dropped."""

    async def main() -> None:
        async with visit(directory) as (app, sitting):
            one = Page(app)
            await one.hello()
            for _ in range(MAX_FAULTS):
                one.say("nope")
            one.say("answer", pen=1, seq=1, q=1, chosen=[1])
            other = Page(app, 2)
            await other.hello()
            assert (await sitting.replay()).responses == {}

    asyncio.run(main())


class Failing:
    """A store that can't commit responses while `broken`."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self.broken = True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def write(self, *commands: Command) -> list[Outcome]:
        """Fail, or hand on."""
        if self.broken:
            raise StoreUnavailable("full")
        return await self._store.write(*commands)


@asynccontextmanager
async def failing(directory: ContestDirectory) -> AsyncIterator[tuple[Page, Failing, Sitting]]:
    """Open a contest whose store fails once the page has its paper."""
    async with visit(directory) as (app, sitting):
        one = Page(app)
        await one.hello()
        store = Failing(sitting._store)
        sitting._store = store
        yield one, store, sitting


def test_answer_that_is_not_stored_is_never_acknowledged(directory: ContestDirectory) -> None:
    """The page is told to keep it."""

    async def main() -> None:
        async with failing(directory) as (one, _, _):
            one.say("answer", pen=1, seq=1, q=1, chosen=[1])
            assert (await one.hear("later"))["seq"] == 1
            assert not [message for message in one.heard if message["t"] == "ack"]

    asyncio.run(main())


def test_submission_waits_for_an_answer_that_is_not_stored(directory: ContestDirectory) -> None:
    """Else the attempt would end without it."""

    async def main() -> None:
        async with failing(directory) as (one, store, sitting):
            one.say("answer", pen=1, seq=1, q=1, chosen=[1])
            await one.hear("later")
            store.broken = False
            one.say("submit", pen=1, seq=2)
            assert (await one.hear("later"))["seq"] == 2
            one.say("answer", pen=1, seq=1, q=1, chosen=[1])
            await one.hear("ack")
            one.say("submit", pen=1, seq=2)
            assert (await one.hear("ended"))["received"] == [1]
            assert len((await sitting.replay()).responses) == 1

    asyncio.run(main())


def test_submission_does_not_wait_for_an_answer_that_was_replaced(
    directory: ContestDirectory,
) -> None:
    """A later choice for the same question is stored; the page never sends the first again."""

    async def main() -> None:
        async with failing(directory) as (one, store, _):
            one.say("answer", pen=1, seq=1, q=1, chosen=[1])
            await one.hear("later")
            store.broken = False
            one.say("answer", pen=1, seq=2, q=1, chosen=[2])
            await one.hear("ack")
            one.say("submit", pen=1, seq=3)
            await one.hear("ended")

    asyncio.run(main())


def test_answer_received_in_time_counts_though_it_was_stored_late(
    directory: ContestDirectory,
) -> None:
    """Sent again after the deadline, it is judged by when it came first."""

    async def main() -> None:
        async with failing(directory) as (one, store, sitting):
            one.say("answer", pen=1, seq=1, q=1, chosen=[1])
            await one.hear("later")
            store.broken = False
            one.widget._app.clock.move_to(sitting.deadline + 500)  # type: ignore[attr-defined]
            one.say("answer", pen=1, seq=1, q=1, chosen=[1])
            await one.hear("ack")
            one.say("answer", pen=1, seq=2, q=2, chosen=[1])
            assert (await one.hear("refused"))["why"] == "late"

    asyncio.run(main())
