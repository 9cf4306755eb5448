"""The widget of the markers' page: what it shows is one value, what it sends is checked here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import traitlets

from contest.organisers import LONGEST
from contest.ui.base import HERE as LOOKS
from contest.ui.base import BundledWidget
from contest.ui.marking.messages import text

HERE = Path(__file__).parent

WORDS = (
    "title", "name", "password", "enter", "out", "text", "question", "model", "points", "sum",
    "comment", "save", "saving", "slow", "leave", "own", "own.none", "own.edit", "next",
)  # fmt: skip
"""Words that the page has from the start."""

MOST_CRITERIA, MOST_LETTERS, MOST_COMMENT = 20, 20, 5000
"""What a message can hold at most: criteria, letters of points, letters of the comment."""

Received = Callable[[str, dict[str, Any]], object]


class MarkingForm(BundledWidget):
    """Log-in, essay, points and list; passwords and points come as messages and stay in no trait.

    Parameters
    ----------
    received : callable
        Takes the kind of a message and its checked values: `login` (name, password), `save` (ref,
        points by criterion, comment), `open` (ref; "" for the next one), `out`.
    """

    bundle = "marking/marking.js"
    style_file = "look.css"

    texts = traitlets.Dict().tag(sync=True)
    view = traitlets.Dict().tag(sync=True)

    def __init__(self, received: Received) -> None:
        super().__init__(carry_code=True, _anywidget_id="timhieu.marking")
        own = (HERE / "marking.css").read_text(encoding="utf-8")
        self._css = (LOOKS / self.style_file).read_text(encoding="utf-8") + own
        self.texts = {word: text(word) for word in WORDS}
        self._then = received
        self.on_msg(self._received)

    def _received(self, _widget: object, content: object, _buffers: object) -> None:
        found = read(content)
        if found is not None:
            self._then(*found)


def read(content: object) -> tuple[str, dict[str, Any]] | None:
    """Return a message's kind and values, or None for what no page of ours sends."""
    if not isinstance(content, dict):
        return None
    kind = content.get("t")
    if kind == "out":
        return "out", {}
    if kind == "login":
        return _texts("login", content, {"name": LONGEST, "password": LONGEST})
    if kind == "open":
        return _texts("open", content, {"ref": LONGEST})
    if kind != "save":
        return None
    found = _texts("save", content, {"ref": LONGEST, "comment": MOST_COMMENT})
    points = content.get("points")
    if found is None or not isinstance(points, dict) or len(points) > MOST_CRITERIA:
        return None
    if not all(isinstance(one, str) and len(one) <= MOST_LETTERS for one in points.values()):
        return None
    return "save", {**found[1], "points": dict(points)}


def _texts(
    kind: str, content: dict[str, Any], wanted: dict[str, int]
) -> tuple[str, dict[str, Any]] | None:
    values = {key: content.get(key) for key in wanted}
    if all(isinstance(one, str) and len(one) <= wanted[key] for key, one in values.items()):
        return kind, values
    return None
