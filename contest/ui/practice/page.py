"""The practice widget: asks, hints, tells, in custom messages (docs/protocol.md).

It has no trait that depends on the bank or the learner, and what is told of a question before
it is answered is what the paper's page is told.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, ClassVar

from contest.app import Application
from contest.clock import local
from contest.kinds import NotAnAnswer
from contest.messages import text as contest_text
from contest.pictures import told_from
from contest.practice.progress import Progress
from contest.practice.queue import Plan
from contest.practice.session import Gone, Session, Told
from contest.practice.source import PracticeBank
from contest.store.protocol import StoreUnavailable
from contest.ui.base import BundledWidget
from contest.ui.paper_state import question_state
from contest.ui.practice.hints import hint_of
from contest.ui.practice.messages import TEXTS, text
from contest.ui.practice.told import told_state

log = logging.getLogger(__name__)

MAX_WAITING = 50
MAX_FAULTS = 50
MORE = 10
"""New facts that "Ôn thêm" adds to the day."""

MODES = frozenset({"today", "topic", "wrong", "more"})
MAX_ID = 80

Message = dict[str, Any]


class PracticeWidget(BundledWidget):
    """Practice of the learner whose page this is."""

    bundle: ClassVar[str] = "practice.bundle.js"
    style_file: ClassVar[str] = "paper.bundle.css"

    def __init__(self, app: Application, *, carry_code: bool) -> None:
        super().__init__(carry_code=carry_code, _anywidget_id="timhieu.practice")
        self._app = app
        self._session: Session | None = None
        self._counts = {"answered": 0, "right": 0}
        self._faults = 0
        self._waiting: asyncio.Queue[tuple[Message, int]] = asyncio.Queue(MAX_WAITING)
        self._task: asyncio.Task[None] | None = None
        self.on_msg(self._received)

    def _received(self, _widget: object, content: object, _buffers: object) -> None:
        """Take the time, then queue: thinking time ends when the answer is received."""
        at = self._app.clock.now()
        kind = content.get("t") if isinstance(content, dict) else None
        if not isinstance(kind, str) or kind not in HANDLERS or self._waiting.full():
            self._fault()
        elif self._faults < MAX_FAULTS:
            if self._task is None:
                self._task = asyncio.create_task(self._handle_all())
            self._waiting.put_nowait((content, at))

    async def _handle_all(self) -> None:
        while True:
            message, at = await self._waiting.get()
            try:
                if await self._is_open(at):
                    await HANDLERS[message["t"]](self, message, at)
            except StoreUnavailable as error:
                log.warning("not stored: %s", error)
                self.send({"t": "later", "text": text("prac.later")})
            except Gone:
                self.send({"t": "closed", "text": text("prac.gone"), "texts": TEXTS})
            except Exception:
                log.exception("message %r failed", message.get("t"))
                self.send({"t": "later", "text": text("prac.later")})

    async def _is_open(self, now: int) -> bool:
        """Return whether there is practice now; the page is told why not."""
        if self._session is None:
            learning = await self._app.learning()
            if learning is None:
                self.send({"t": "closed", "text": text("prac.off"), "texts": TEXTS})
                return False
            self._session = Session(learning.desk, learning.learner_id)
        found = await self._session.desk.availability(now)
        if found.is_open:
            return True
        words = text("prac.off" if found.why == "off" else "prac.none")
        if found.round is not None and found.until is not None:
            until = local(found.until)
            gio = f"{until:%H:%M} {until.day}/{until.month}/{until.year}"
            words = text("prac.closed", ky=found.round.title, gio=gio)
        self.send({"t": "closed", "text": words, "texts": TEXTS})
        return False

    def _fault(self) -> None:
        self._faults += 1
        self.send({"t": "error", "text": text("refused.bad_message")})

    @property
    def _sessioned(self) -> Session:
        if self._session is None:
            raise RuntimeError("no session")
        return self._session

    async def _home(self, _message: Message, at: int) -> None:
        await self._sessioned.start(Plan())
        self._counts = {"answered": 0, "right": 0}
        await self._send_progress("home", at)

    async def _send_progress(self, kind: str, now: int) -> None:
        found = await self._sessioned.home(now)
        if found is None:
            return
        band = await self._app.band()
        mock = self._sessioned.desk.rules.practice.mock
        self.send(
            {
                "t": kind,
                "texts": TEXTS,
                "title": self._sessioned.desk.rules.contest.title,
                "band": contest_text(band) if band == "band.preview" else None,
                "mock": "/luyen-tap/thi-thu" if mock else None,
                "code": "/luyen-tap/ma",
                "session": {**self._counts, "mode": self._sessioned.plan.mode},
                **progress_state(*found),
            }
        )

    async def _start(self, message: Message, at: int) -> None:
        mode, topic = message.get("mode"), message.get("topic")
        short = topic is None or (isinstance(topic, str) and len(topic) <= MAX_ID)
        if mode not in MODES or not short or (mode == "topic") != (topic is not None):
            self._fault()
            return
        await self._sessioned.start(Plan(mode, topic, MORE if mode == "more" else 0))
        self._counts = {"answered": 0, "right": 0}
        await self._next(message, at)

    async def _next(self, _message: Message, at: int) -> None:
        asked = await self._sessioned.ask(at)
        if asked is None:
            await self._send_progress("done", at)
            return
        bank = asked.bank.deck.bank
        image = await asyncio.to_thread(told_from, asked.bank.pictures, asked.item.question)
        titles = {topic.id: topic.title for topic in bank.topics}
        self.send(
            {
                "t": "ask",
                "ask": asked.ask,
                "topic": titles[asked.item.question.topic],
                "answered": self._counts["answered"],
                "left": await self._sessioned.left(at),
                "question": question_state(1, asked.item, image),
            }
        )

    async def _hint(self, message: Message, _at: int) -> None:
        asked = self._sessioned.hint(message.get("ask"))
        if asked is None:
            self._fault()
        else:
            hint = hint_of(asked.item, asked.bank.deck.bank)
            self.send({"t": "hint", "ask": asked.ask, **hint})

    async def _answer(self, message: Message, at: int) -> None:
        try:
            told = await self._sessioned.answer(message.get("ask"), message.get("chosen"), at)
        except NotAnAnswer as error:
            words = text(f"refused.{error.refusal}")
            self.send({"t": "refused", "ask": message.get("ask"), "text": words})
            return
        self._tell(told, at)

    async def _rate(self, message: Message, at: int) -> None:
        good = message.get("good")
        if not isinstance(good, bool):
            self._fault()
            return
        self._tell(await self._sessioned.rate(message.get("ask"), good, at), at)

    def _tell(self, told: Told | None, now: int) -> None:
        if told is None:
            self._fault()
            return
        if told.status != "needs_marker":
            self._counts["answered"] += 1
            self._counts["right"] += told.status == "right"
        self.send({"t": "told", **told_state(told, now)})

    def close(self) -> None:
        """Stop listening."""
        if self._task is not None:
            self._task.cancel()
        self.on_msg(self._received, remove=True)
        super().close()


def progress_state(bank: PracticeBank, progress: Progress) -> dict[str, Any]:
    """Return a learner's figures as the page draws them; `bank` has the topics' titles."""
    return {
        "bank": bank.deck.bank.title,
        "again": progress.again,
        "new": progress.new,
        "wrong": progress.wrong,
        "answered": progress.answered,
        "right": progress.right,
        "days": progress.practised,
        "topics": [
            {
                "id": topic.topic,
                "title": topic.title,
                "cards": topic.cards,
                "seen": topic.seen,
                "held": topic.held,
            }
            for topic in progress.topics
        ],
        "coming": [{"day": f"{day.day}/{day.month}", "n": n} for day, n in progress.coming],
    }


HANDLERS: dict[str, Callable[[PracticeWidget, Message, int], Awaitable[None]]] = {
    "home": PracticeWidget._home,
    "start": PracticeWidget._start,
    "next": PracticeWidget._next,
    "hint": PracticeWidget._hint,
    "answer": PracticeWidget._answer,
    "rate": PracticeWidget._rate,
}
"""What a page may say, by its `t`; docs/protocol.md lists them."""
