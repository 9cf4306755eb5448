"""The widget that stands for the open page: without a page, nothing asks for anything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import traitlets

from contest.ui.base import HERE as LOOKS
from contest.ui.base import BundledWidget

HERE = Path(__file__).parent

ROOT = "desk"
"""The class that the whole desk bears."""


class PageLine(BundledWidget):
    """Ticks every `seconds` while its page is there and shown; tells screen readers `said`.

    The clock runs in the browser: a page that is gone asks no more, and a hidden one waits.
    """

    bundle = "desk/desk.js"
    style_file = "look.css"

    seconds = traitlets.Int(0).tag(sync=True)
    said = traitlets.Unicode("").tag(sync=True)
    root = traitlets.Unicode(ROOT).tag(sync=True)

    def __init__(self, ticked: Callable[[], object]) -> None:
        own = (HERE / "desk.css").read_text(encoding="utf-8")
        super().__init__(carry_code=True, _anywidget_id="timhieu.desk")
        self._css = (LOOKS / self.style_file).read_text(encoding="utf-8") + own
        self._ticked = ticked
        self.on_msg(self._received)

    def _received(self, _widget: object, content: object, _buffers: object) -> None:
        if isinstance(content, dict) and content.get("t") == "tick" and self.seconds > 0:
            self._ticked()
