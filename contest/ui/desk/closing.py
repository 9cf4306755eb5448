"""The part of the desk that leads through the closing of a round, one button a step."""

from __future__ import annotations

import ipywidgets as widgets

from contest.closing.steps import STEPS
from contest.commands.numbers import Live
from contest.roles import Act
from contest.ui.desk import shown
from contest.ui.desk.messages import text
from contest.ui.desk.parts import Desk, allowed, button, column, row
from contest.ui.desk.room import State
from contest.ui.desk.steps import LASTING, StepView

SIGNS = {"done": "✓", "ready": "▸", "again": "▸", "waiting": "○", "blocked": "!"}


class Closing:
    """Nine steps from the last answer to the published result."""

    act: Act = "see_results"
    anchor = "khep-ky"
    title = "nav.closing"

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._views: dict[str, StepView] = {}
        self._titles: dict[str, str] = {}
        self._round = ""
        self.rows: dict[str, StepRow] = {}
        for n, step in enumerate(STEPS, start=1):
            self.rows[step.name] = StepRow(n, step.name, self)
        self._head = widgets.HTML(shown.heading("closing.title", self.anchor))
        self.typed = widgets.Text(description=text("closing.typed"), continuous_update=False)
        self.typed.layout.display = "none"
        self._told = widgets.HTML()
        rows = column(*(one.box for one in self.rows.values()), kind="desk-steps")
        self.box = column(self._head, rows, self.typed, self._told)

    async def show(self, state: State, _live: Live | None) -> None:
        """Show where every step of the round stands."""
        round_id = self._desk.round_id
        self._titles = {view.id: view.title for view in state.rounds}
        views = await self._desk.room.closing(round_id) if round_id else []
        if round_id != self._desk.round_id:  # another one was chosen meanwhile
            return
        if round_id != self._round:
            self._round, self._told.value = round_id, ""
            self._forget()
        self._views = {view.name: view for view in views}
        for view in views:
            self.rows[view.name].show(view, allowed(self._desk, view.act))
        mine = [view for view in views if view.can_be_done and not allowed(self._desk, view.act)]
        lasting = any(view.name in LASTING for view in mine)
        self.typed.layout.display = None if lasting else "none"

    def _forget(self) -> None:
        """Nothing that was typed for one round or step stays for another."""
        self.typed.value = ""
        for one in self.rows.values():
            one.forget()

    def press(self, step: str) -> None:
        """Do a step."""
        self._desk.run(self._do(step))

    async def _do(self, step: str) -> None:
        round_id, title = self._round, self._titles.get(self._round, "")
        typed = " ".join(self.typed.value.split()).casefold()
        if step in LASTING and typed not in {title.casefold(), round_id.casefold()}:
            self._desk.say(text("closing.type", title=title), "bad")
            return
        self._desk.say(text("busy"))
        told = await self._desk.room.do_step(round_id, step, self.rows[step].answers())
        if round_id == self._round:
            self._forget()
            self._told.value = shown.band(told, "ok")
        await self._desk.refresh()
        self._desk.say(told[-1], "ok")


class StepRow:
    """One step: what it is, where it stands, what it asks, its button."""

    def __init__(self, n: int, name: str, part: Closing) -> None:
        self._n = n
        self._words = widgets.HTML()
        self._fields: dict[str, widgets.Text] = {}
        self._asked = column(kind="desk-form")
        self.button = button("closing.do", lambda: part.press(name))
        self.button.layout.display = "none"  # until it is known what can be done
        self.box = column(self._words, self._asked, row(self.button), kind="desk-step")

    def show(self, view: StepView, why: str) -> None:
        """Show the step; `why` says who may do it, where the person may not."""
        sign = SIGNS[view.status]
        title = text("closing.step", n=self._n, title=view.title)
        lines = [text("closing.will", what=view.will)] if view.status != "done" else []
        lines += [text("closing.way", why=view.way)] if view.way else []
        lines += [why] if why and view.can_be_done else []
        body = "".join(shown.paragraph(line) for line in lines)
        self._words.value = (
            f'<h3><span aria-hidden="true">{sign} </span>{shown.escaped(title)}</h3>'
            f"{shown.paragraph(view.told)}{body}"
        )
        again = "closing.again" if view.status == "done" else "closing.do"
        self.button.description = text(again, n=self._n, title=view.title)
        self.button.disabled = not view.can_be_done or bool(why)
        self.button.layout.display = None if view.can_be_done and not why else "none"
        if not self.button.disabled and view.asks and not self._fields:
            self._fields = {
                one: widgets.Text(description=one, continuous_update=False) for one in view.asks
            }
        self._asked.children = () if self.button.disabled else tuple(self._fields.values())

    def forget(self) -> None:
        """Leave the fields empty."""
        for field in self._fields.values():
            field.value = ""

    def answers(self) -> dict[str, str]:
        """Return what was answered."""
        return {asked: field.value for asked, field in self._fields.items()}
