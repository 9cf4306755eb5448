"""The paper: one widget that speaks `docs/protocol.md` with its page.

It holds no rule of the contest: every message goes to the attempt's `Sitting`,
and what comes back is what the page is told. It has no trait that depends on the
contest, so that nothing can be read from the widget's state.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, ClassVar

from contest.app import Application
from contest.attempt import Refusal, State
from contest.clock import local
from contest.messages import text as contest_text
from contest.sitting import Answered, Sitting
from contest.store.protocol import StoreUnavailable
from contest.ui.base import BundledWidget
from contest.ui.messages import TEXTS, text
from contest.ui.paper_state import ended_state, paper_state
from questions.problems import ProblemsFound

log = logging.getLogger(__name__)

MAX_WAITING = 200
"""Messages of one page that may wait; a page that sends more is told to send them later."""

MAX_FAULTS = 50
"""Malformed messages after which a page is no longer listened to."""

PAGE_LENGTH = range(16, 65)
WRITES = frozenset({"answer", "flag", "predict", "submit"})

Message = dict[str, Any]


class PaperWidget(BundledWidget):
    """The paper of the signed-in contestant's running attempt."""

    bundle: ClassVar[str] = "paper.bundle.js"
    style_file: ClassVar[str] = "paper.bundle.css"

    def __init__(self, app: Application, *, carry_code: bool) -> None:
        super().__init__(carry_code=carry_code, _anywidget_id="timhieu.paper")
        self._app = app
        self._sitting: Sitting | None = None
        self._page = ""
        self._pen: int | None = None
        self._deadline = 0
        self._over = False
        self._told: list[dict[str, Any]] = []  # the notices that the page knows of
        self._faults = 0
        # What could not be stored yet: when it was first received, and what it is about.
        self._unstored: dict[tuple[int, int] | None, int] = {}
        self._unstored_about: dict[tuple[str, str], tuple[int, int]] = {}
        self._waiting: asyncio.Queue[tuple[Message, int]] = asyncio.Queue(MAX_WAITING)
        self._tasks: list[asyncio.Task[None]] = []
        self.on_msg(self._received)

    def _received(self, _widget: object, content: object, _buffers: object) -> None:
        """Take the time, then queue: whatever comes later can't make a message late."""
        at = self._app.clock.now()
        kind = content.get("t") if isinstance(content, dict) else None
        if not isinstance(kind, str) or kind not in HANDLERS:
            self._fault()
        elif self._faults < MAX_FAULTS:
            self._start()
            try:
                self._waiting.put_nowait((content, at))
            except asyncio.QueueFull:
                self._later(content)

    def _start(self) -> None:
        if not self._tasks:
            self._tasks = [asyncio.create_task(self._handle_all())]

    async def _handle_all(self) -> None:
        while True:
            message, at = await self._waiting.get()
            try:
                await HANDLERS[message["t"]](self, message, at)
            except StoreUnavailable as error:
                log.warning("not stored: %s", error)
                self._remember(message, at)
                self._later(message)
            except ProblemsFound as found:
                # Only a preview gets here: a server doesn't start with files that are wrong.
                self.send({"t": "error", "text": str(found)})
            except Exception:
                log.exception("message %r failed", message.get("t"))
                self._remember(message, at)
                self._later(message)

    def _later(self, message: Message) -> None:
        reply = {"seq": message.get("seq"), "pen": message.get("pen")}
        self.send({"t": "later", **reply, "text": text("sys.later")})

    def _remember(self, message: Message, at: int) -> None:
        """Keep when an unstored message came first: sent again, it is judged by that time."""
        number = _number(message)
        if number is not None and len(self._unstored) < MAX_WAITING:
            self._unstored.setdefault(number, at)
            self._unstored_about[_about(message)] = number

    def _forget(self, message: Message) -> None:
        """Something about the same question is stored now, so an older one needn't be."""
        number = self._unstored_about.pop(_about(message), None)
        self._unstored.pop(number, None)
        self._unstored.pop(_number(message), None)

    def _fault(self) -> None:
        self._faults += 1
        self.send({"t": "error", "text": text("refused.bad_message")})

    async def _hello(self, message: Message, at: int) -> None:
        page = message.get("page")
        if not isinstance(page, str) or len(page) not in PAGE_LENGTH or not page.isalnum():
            self._fault()
            return
        if self._sitting is None:
            self._sitting = await self._app.sitting()
            if self._sitting is None:
                self.send({"t": "error", "text": text("paper.none")})
                return
            for watch in (self._watch, self._watch_notices):
                self._tasks.append(asyncio.create_task(watch(self._sitting)))
        if page == self._page:
            await self._send_paper(self._sitting)
        else:
            await self._begin(self._sitting, page, at)

    async def _take(self, message: Message, at: int) -> None:
        if self._sitting is None or message.get("page") != self._page:
            self._fault()
        else:
            await self._begin(self._sitting, self._page, at)

    async def _begin(self, sitting: Sitting, page: str, at: int) -> None:
        """Give the page the pen and the paper."""
        await sitting.expire(at)
        if await sitting.takes_answers(at):
            self._pen = await sitting.take_pen(page, at)
            # What an older pen could not store doesn't count any more: nothing waits for it.
            self._unstored.clear()
            self._unstored_about.clear()
        self._page = page  # known only now: a page that got no pen asks again
        await self._send_paper(sitting)

    async def _send_paper(self, sitting: Sitting) -> None:
        replay = await sitting.replay()
        self._deadline = sitting.deadline
        band = await self._app.band()
        self.send(
            {
                "t": "paper",
                "page": self._page,
                "pen": self._pen or 0,
                "held": replay.pen == self._pen,
                "now": self._app.clock.now(),
                "deadline": self._deadline,
                "band": contest_text(band) if band else None,
                "texts": TEXTS,
                "notices": await self._notices(sitting),
                **paper_state(sitting, replay, await self._app.picture_sources(sitting)),
            }
        )
        if replay.state is not State.RUNNING:
            await self._send_ended(sitting)

    async def _notices(self, sitting: Sitting) -> list[dict[str, Any]]:
        service = await self._app.service()
        round_id = sitting.frozen.round.id
        found = service.notices.shown({round_id}, self._app.clock.now())
        self._told = [one.told() for one in found]
        return self._told

    async def _watch_notices(self, sitting: Sitting) -> None:
        """Tell the page whenever what the organisers tell everybody has changed."""
        service = await self._app.service()
        async for _ in service.notices.watch():
            told = self._told
            if await self._notices(sitting) != told:
                self.send({"t": "notices", "notices": self._told})

    async def _send_ended(self, sitting: Sitting) -> None:
        if not self._over:
            self._over = True
        self.send({"t": "ended", **await ended_state(sitting)})

    def _received_at(self, message: Message, at: int) -> int:
        return self._unstored.get(_number(message), at)

    async def _answer(self, message: Message, at: int) -> None:
        at = self._received_at(message, at)

        def write(sitting: Sitting) -> Awaitable[Answered]:
            return sitting.answer(
                message.get("pen"), message.get("seq"), message.get("q"), message.get("chosen"), at
            )

        await self._write(message, write)

    async def _flag(self, message: Message, at: int) -> None:
        at = self._received_at(message, at)

        def write(sitting: Sitting) -> Awaitable[Answered]:
            return sitting.flag(
                message.get("pen"), message.get("seq"), message.get("q"), message.get("on"), at
            )

        await self._write(message, write)

    async def _predict(self, message: Message, at: int) -> None:
        at = self._received_at(message, at)

        def write(sitting: Sitting) -> Awaitable[Answered]:
            return sitting.predict(message.get("pen"), message.get("seq"), message.get("text"), at)

        await self._write(message, write)

    async def _submit(self, message: Message, at: int) -> None:
        if self._unstored_about.keys() - {_about(message)}:
            # Handing in ends the attempt: what came before must be on disk first.
            self._remember(message, at)
            self._later(message)
            return
        at = self._received_at(message, at)

        def write(sitting: Sitting) -> Awaitable[Answered]:
            return sitting.submit(message.get("pen"), message.get("seq"), at)

        await self._write(message, write)

    async def _write(
        self, message: Message, write: Callable[[Sitting], Awaitable[Answered]]
    ) -> None:
        if self._sitting is None:
            self._fault()
            return
        answered = await write(self._sitting)
        self._forget(message)
        reply = {"seq": message.get("seq"), "pen": message.get("pen")}
        if answered.result == "saved":
            self.send({"t": "ack", **reply, "at": answered.at})
            return
        refusal = answered.refusal or Refusal.OLD_PEN
        if refusal is Refusal.BAD_MESSAGE:
            self._faults += 1
        self.send(
            {
                "t": "refused",
                **reply,
                "q": message.get("q") if isinstance(message.get("q"), int) else None,
                "why": str(refusal),
                "text": text(f"refused.{refusal}"),
            }
        )

    async def _time(self, _message: Message, at: int) -> None:
        if self._sitting is None:
            return
        self._send_time(None)
        if self._sitting.ends_alone and at >= self._deadline:
            await self._changed(self._sitting)

    def _send_time(self, why: str | None) -> None:
        now = self._app.clock.now()
        self.send({"t": "time", "now": now, "deadline": self._deadline, "text": why})

    async def _watch(self, sitting: Sitting) -> None:
        """Tell the page of what happens elsewhere: pen lost, time granted, attempt ended."""
        service = await self._app.service()
        watching = service.watch(sitting.attempt_id, sitting)
        await anext(watching)  # at once: the paper itself has just been read, or will be
        async for _ in watching:
            try:
                await self._changed(sitting)
            except StoreUnavailable as error:
                log.warning("could not look at %s: %s", sitting.attempt_id, error)

    async def _changed(self, sitting: Sitting) -> None:
        await sitting.refresh()
        await sitting.expire(self._app.clock.now())
        head = await sitting.head()
        if self._deadline and sitting.deadline != self._deadline:
            minutes = round((sitting.deadline - self._deadline) / 60_000)
            self._deadline = sitting.deadline
            at = local(self._deadline)
            until = f"{at.hour}:{at:%M:%S}"
            self._send_time(text("time.extra", phut=minutes, gio=until))
        if head.state is not State.RUNNING:
            if not self._over:
                await self._send_ended(sitting)
        elif self._pen is not None and head.pen != self._pen:
            self._pen = None
            self.send({"t": "pen", "held": False, "at": self._app.clock.now()})

    def close(self) -> None:
        """Stop listening; the attempt itself is not touched."""
        for task in self._tasks:
            task.cancel()
        self._tasks.clear()
        self.on_msg(self._received, remove=True)
        super().close()


def _number(message: Message) -> tuple[int, int] | None:
    """Return pen and sequence of a message that is to be stored; None for any other."""
    pen, sequence = message.get("pen"), message.get("seq")
    if message["t"] in WRITES and isinstance(pen, int) and isinstance(sequence, int):
        return pen, sequence
    return None


def _about(message: Message) -> tuple[str, str]:
    """Return what a message is about: of two about the same thing only the later one matters."""
    return str(message.get("t")), repr(message.get("q"))


HANDLERS: dict[str, Callable[[PaperWidget, Message, int], Awaitable[None]]] = {
    "hello": PaperWidget._hello,
    "take": PaperWidget._take,
    "answer": PaperWidget._answer,
    "flag": PaperWidget._flag,
    "predict": PaperWidget._predict,
    "submit": PaperWidget._submit,
    "time": PaperWidget._time,
}
"""What a page may say, by its `t`; docs/protocol.md lists them."""
