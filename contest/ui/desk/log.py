"""The part of the desk that tells what was done in the contest, and by whom: the newest first."""

from __future__ import annotations

import ipywidgets as widgets

from contest.commands.numbers import Live
from contest.roles import Act
from contest.ui.desk import shown
from contest.ui.desk.log_words import told_action
from contest.ui.desk.messages import text
from contest.ui.desk.parts import Desk, allowed, button, column, row
from contest.ui.desk.room import LOG_PAGE, State

COLUMNS = ("when", "who", "what", "subject")


class Log:
    """A page of the chain of what organisers and the server did."""

    act: Act = "see_results"
    anchor = "nhat-ky"
    title = "nav.log"

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._skip = 0
        self.entries = widgets.Checkbox(description=text("log.entries"), indent=False)
        self.entries.observe(lambda _: self._go(-self._skip), names="value")
        if allowed(desk, "people"):
            self.entries.layout.display = "none"
        self._table = widgets.HTML()
        self.newer = button("log.newer", lambda: self._go(-LOG_PAGE))
        self.older = button("log.older", lambda: self._go(LOG_PAGE))
        title = widgets.HTML(shown.heading("log.title", self.anchor))
        about = widgets.HTML(shown.paragraph(text("log.about")))
        self.box = column(title, about, self.entries, self._table, row(self.newer, self.older))

    async def show(self, _state: State, _live: Live | None) -> None:
        """Show the page that is being read as it is now."""
        await self._list()

    def _go(self, by: int) -> None:
        self._skip = max(0, self._skip + by)
        self._desk.run(self._list())

    async def _list(self) -> None:
        asked = skip, entries = self._skip, self.entries.value
        found, more = await self._desk.room.log(skip, entries=entries)
        if asked != (self._skip, self.entries.value):  # another page is wanted by now
            return
        head = [text(f"log.column.{name}") for name in COLUMNS]
        caption = text("log.caption", a=skip + 1, b=skip + len(found))
        rows = map(told_action, found)
        none = shown.paragraph(text("log.none"))
        self._table.value = shown.table(caption, head, rows) if found else none
        self.newer.layout.display = None if skip else "none"
        self.older.layout.display = None if more else "none"
