"""The part of the desk from which contestants are told something, on the pages and on papers."""

from __future__ import annotations

import ipywidgets as widgets

from contest.commands.numbers import Live
from contest.notices.messages import text as notices_text
from contest.notices.model import KINDS
from contest.roles import Act
from contest.ui.desk import shown
from contest.ui.desk.messages import text
from contest.ui.desk.parts import Desk, button, column, offer, row
from contest.ui.desk.room import State

COLUMNS = ("text", "n", "state", "kind", "who", "starts", "ends", "by")
"""What the table tells of a notice."""

SHORT = 60
"""Letters by which a notice is chosen."""


class Notices:
    """What is shown now or will be, a new one, and one that is withdrawn."""

    act: Act = "notice"
    anchor = "thong-bao"
    title = "nav.notices"

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._busy = False
        self._table = widgets.HTML()
        self.words = widgets.Textarea(description=text("notices.words"), continuous_update=False)
        kinds = [(notices_text(f"kind.{one}"), one) for one in KINDS]
        self.kind = widgets.Dropdown(options=kinds, description=text("notices.kind"))
        self.round = widgets.Dropdown(description=text("notices.round"))
        self.starts = widgets.Text(description=text("notices.from"), continuous_update=False)
        self.ends = widgets.Text(description=text("notices.until"), continuous_update=False)
        self.post = button("notices.post", lambda: desk.run(self._post()), main=True)
        self.choice = widgets.Dropdown(description=text("notices.choice"))
        self.withdraw = button("notices.withdraw", lambda: desk.run(self._withdraw()))
        self.box = column(
            widgets.HTML(shown.heading("notices.title", self.anchor)),
            self._table,
            column(
                self.words, self.kind, self.round, self.starts, self.ends, row(self.post),
                kind="desk-form",
            ),
            column(self.choice, row(self.withdraw), kind="desk-form"),
        )  # fmt: skip

    async def show(self, state: State, _live: Live | None) -> None:
        """Show which notices there are; what is being written stays."""
        rounds = [(view.title, view.id) for view in state.rounds]
        offer(self.round, (notices_text("notice.everybody"), ""), rounds)
        await self._list()

    async def _list(self) -> None:
        found = await self._desk.room.notices()
        self._table.value = _table(found)
        none = text("notices.pick" if found else "notices.none")
        offer(self.choice, (none, ""), [(_short(one), one["n"]) for one in found])

    async def _post(self) -> None:
        """Write what was typed, once, however often the button is pressed meanwhile."""
        if self._busy:
            return
        self._busy = True
        fields = (self.words, self.starts, self.ends)
        words, starts, ends = (one.value for one in fields)
        try:
            done = await self._desk.room.post_notice(
                words, self.kind.value, self.round.value, starts, ends
            )
        finally:
            self._busy = False
        for one in fields:
            one.value = ""
        self.kind.value, self.round.value = KINDS[0], ""
        await self._desk.refresh()
        self._desk.say(done, "ok")

    async def _withdraw(self) -> None:
        number, self.choice.value = self.choice.value, ""
        if not number:
            self._desk.say(text("notices.pick_first"), "bad")
            return
        done = await self._desk.room.withdraw_notice(int(number))
        await self._desk.refresh()
        self._desk.say(done, "ok")


def _short(one: dict[str, str]) -> str:
    """Return a notice as the list has it."""
    words = one["text"]
    return f"{one['n']}. {words if len(words) <= SHORT else words[: SHORT - 1] + '…'}"


def _table(found: list[dict[str, str]]) -> str:
    if not found:
        return shown.paragraph(text("notices.none"))
    head = [text(f"notices.column.{name}") for name in COLUMNS]
    rows = [[one[name] for name in COLUMNS] for one in found]
    return shown.table(text("notices.caption"), head, rows)
