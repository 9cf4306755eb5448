"""The part of the desk that shows the paper as contestants get it, from the files as they are."""

from __future__ import annotations

import ipywidgets as widgets

from contest.app import Preview
from contest.commands.numbers import Live
from contest.roles import Act
from contest.ui.desk import shown
from contest.ui.desk.messages import text
from contest.ui.desk.parts import Desk, button, column, row
from contest.ui.desk.room import State
from contest.ui.paper import PaperWidget


class Looking:
    """A press opens the paper; it is marked as a preview and has a database of its own."""

    act: Act = "preview"
    anchor = "xem-thu"
    title = "nav.preview"

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._paper = widgets.VBox()
        self.open = button("preview.open", lambda: desk.run(self._open()))
        title = widgets.HTML(shown.heading("preview.title", self.anchor))
        about = widgets.HTML(shown.paragraph(text("preview.about")))
        self.box = column(title, about, row(self.open), self._paper)

    async def show(self, _state: State, _live: Live | None) -> None:
        """Leave the paper as it is."""

    async def _open(self) -> None:
        app = Preview(await self._desk.room.preview())
        self._paper.children = (PaperWidget(app, carry_code=app.carry_code),)
