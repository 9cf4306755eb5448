"""One question as a contestant will see it: the paper's own page, with nothing behind it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from contest.clock import Clock
from contest.draw import arrange
from contest.messages import text as contest_text
from contest.pictures import told_from
from contest.ui.author.messages import text
from contest.ui.base import BundledWidget
from contest.ui.messages import TEXTS
from contest.ui.paper_state import question_state

HOUR = 3_600_000
SEED = b"xem-thu"
"""Any seed: options stand where one of many papers has them."""

Message = dict[str, Any]


class QuestionPreview(BundledWidget):
    """Shows questions in the widget that contestants get; what is answered is kept nowhere."""

    bundle: ClassVar[str] = "paper.bundle.js"
    style_file: ClassVar[str] = "paper.bundle.css"

    def __init__(self, clock: Clock) -> None:
        super().__init__(carry_code=True, _anywidget_id="timhieu.paper")
        self._clock = clock
        self._page = ""
        self._pen = 0
        self._question: Any = None
        self._image: dict[str, Any] | None = None
        self.on_msg(self._received)

    def show(self, question: Any, pictures: Path) -> None:
        """Show a question that is right in itself; `pictures` is its bank's folder of them."""
        self._question = question
        self._image = told_from(pictures, question)
        self._pen += 1
        if self._page:
            self._send_paper()

    def _received(self, _widget: object, content: object, _buffers: object) -> None:
        if not isinstance(content, dict):
            return
        kind = content.get("t")
        if kind in ("hello", "take"):
            self._page = str(content.get("page"))
            if self._question is not None:
                self._send_paper()
        elif kind == "time":
            now = self._clock.now()
            self.send({"t": "time", "now": now, "deadline": now + HOUR, "text": None})
        else:
            self._answer(content)

    def _answer(self, content: Message) -> None:
        reply = {"seq": content.get("seq"), "pen": content.get("pen")}
        if content.get("t") == "submit":
            refused = {"q": None, "why": "bad_message", "text": text("preview.refused")}
            self.send({"t": "refused", **reply, **refused})
        else:
            self.send({"t": "ack", **reply, "at": self._clock.now()})

    def _send_paper(self) -> None:
        now = self._clock.now()
        self.send(
            {
                "t": "paper",
                "page": self._page,
                "pen": self._pen,
                "held": True,
                "now": now,
                "started": now,
                "deadline": now + HOUR,
                "band": contest_text("band.preview"),
                "texts": TEXTS,
                "title": text("preview.title"),
                "round": self._question.id,
                "questions": [question_state(1, arrange(self._question, SEED), self._image)],
                "answers": {},
                "flags": [],
                "prediction": None,
            }
        )
