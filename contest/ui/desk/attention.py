"""The part of the desk that lists what needs somebody's attention."""

from __future__ import annotations

import ipywidgets as widgets

from contest.commands.numbers import Live
from contest.roles import Act
from contest.ui.desk import shown
from contest.ui.desk.matters import Matter
from contest.ui.desk.messages import text
from contest.ui.desk.parts import Desk, button, column, row
from contest.ui.desk.room import State

MOST = 50
"""Lines of one matter that are shown."""


class Attention:
    """Questions that look wrong, essays that wait, units, removed entries; each with its lines."""

    act: Act = "see_results"
    anchor = "can-xu-ly"
    title = "nav.matters"

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._list, self._graded = widgets.HTML(), widgets.HTML()
        self.look = button("matters.look", lambda: desk.run(self._look()))
        title = widgets.HTML(shown.heading("matters.title", self.anchor))
        self.box = column(title, self._list, row(self.look, self._graded))
        self._looked = ""

    async def show(self, _state: State, live: Live | None) -> None:
        """Show what is known."""
        self.look.disabled = live is None
        round_id = self._desk.round_id
        found = await self._desk.room.matters(round_id) if live else []
        self._list.value = matters_html(found)
        if self._looked != round_id:
            self._graded.value = shown.paragraph(text("matters.not_looked"))

    async def _look(self) -> None:
        round_id = self._desk.round_id
        self._desk.say(text("matters.looking"))
        done = await self._desk.room.look_through(round_id)
        self._looked = round_id
        self._graded.value = shown.paragraph(text("matters.looked" if done else "matters.cannot"))
        await self._desk.refresh()
        self._desk.say(
            text("matters.looked" if done else "matters.cannot"), "ok" if done else "wait"
        )


def matters_html(found: list[Matter]) -> str:
    """Return matters, each with the lines behind it."""
    if not found:
        return shown.paragraph(text("matters.none"))
    items = []
    for matter in found:
        lines = "".join(f"<li>{shown.escaped(one)}</li>" for one in matter.lines[:MOST])
        if matter.n > MOST:
            lines += f"<li>{shown.escaped(text('matters.more', n=matter.n - MOST))}</li>"
        told = text(f"matter.{matter.name}", n=matter.n)
        items.append(f"<li>{shown.details(told, f'<ul>{lines}</ul>', matter.name)}</li>")
    return f'<ul role="list">{"".join(items)}</ul>'
