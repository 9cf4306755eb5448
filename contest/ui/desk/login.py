"""The form that stands before everything else."""

from __future__ import annotations

from collections.abc import Callable

import traitlets

from contest.organisers import LONGEST
from contest.ui.base import BundledWidget
from contest.ui.desk.messages import text

WORDS = ("title", "name", "password", "enter")


class LoginForm(BundledWidget):
    """Name and password, handed over in one message; no trait holds them, so nothing keeps them.

    Parameters
    ----------
    entered : callable
        Takes name and password.
    """

    bundle = "desk/login.js"
    style_file = "look.css"

    texts = traitlets.Dict().tag(sync=True)

    def __init__(self, entered: Callable[[str, str], object]) -> None:
        super().__init__(carry_code=True, _anywidget_id="timhieu.desk-login")
        self.texts = {word: text(f"login.{word}") for word in WORDS}
        self._entered = entered
        self.on_msg(self._received)

    def _received(self, _widget: object, content: object, _buffers: object) -> None:
        if not isinstance(content, dict) or content.get("t") != "login":
            return
        name, password = content.get("name"), content.get("password")
        if isinstance(name, str) and isinstance(password, str) and len(name) <= LONGEST:
            self._entered(name, password[: LONGEST + 1])
