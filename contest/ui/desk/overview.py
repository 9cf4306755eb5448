"""The first parts of the desk: where the rounds stand, and the live numbers."""

from __future__ import annotations

import ipywidgets as widgets

from contest.commands.numbers import Live
from contest.numbers import shown_number
from contest.roles import Act
from contest.ui.desk import shown
from contest.ui.desk.figures import bars, block_lines, unit_lines
from contest.ui.desk.messages import text
from contest.ui.desk.parts import Desk, allowed, button, column, row
from contest.ui.desk.room import State


class Rounds:
    """Where every round stands; a round whose time has come can be opened."""

    act: Act = "see_state"
    anchor = "cac-ky"
    title = "nav.state"

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._cards = widgets.HTML()
        self._why = widgets.HTML()
        self.open = button("round.open", lambda: desk.run(self._open()))
        self._opening = row(self.open, self._why)
        title = widgets.HTML(shown.heading("state.title", self.anchor))
        self.box = column(title, self._cards, self._opening)

    async def show(self, state: State, _live: Live | None) -> None:
        """Show the rounds as they are."""
        problems = [str(problem) for problem in state.problems]
        head = [text("files.wrong", n=len(problems)), *problems] if problems else []
        self._cards.value = shown.band(head, "bad") + shown.round_cards(state.rounds)
        shut = any(one.phase == "shut" and one.id == self._desk.round_id for one in state.rounds)
        self._opening.layout.display = None if shut else "none"
        why = allowed(self._desk, "close")
        self.open.disabled = not shut or bool(why)
        self._why.value = shown.paragraph(why)

    async def _open(self) -> None:
        done = await self._desk.room.open_round(self._desk.round_id)
        if done:
            self._desk.say(text("round.opened"), "ok")
        else:
            self._desk.say(text("round.not_yet"), "wait")
        await self._desk.refresh()


class Numbers:
    """How many take part in the round: in all, by block, by unit, by hour."""

    act: Act = "see_state"
    anchor = "so-lieu"
    title = "nav.numbers"

    def __init__(self, _desk: Desk) -> None:
        self._live: Live | None = None
        self._totals = widgets.HTML()
        self._units = widgets.HTML()
        self._hours = widgets.HTML()
        self.find = widgets.Text(description=text("units.find"))
        self.find.observe(lambda _: self._show_units(), names="value")
        title = widgets.HTML(shown.heading("numbers.title", self.anchor))
        self._detail = column(self.find, self._units, self._hours, kind="desk-detail")
        self.box = column(title, self._totals, self._detail)

    async def show(self, _state: State, live: Live | None) -> None:
        """Show the round's figures."""
        self._live = live
        self._detail.layout.display = None if live else "none"
        if live is None:
            self._totals.value = shown.paragraph(text("numbers.none"))
            return
        numbers, targets = live.numbers, live.frozen.rules.documents.targets
        secret = live.frozen.rules.prediction is not None and live.closed_at is None
        blocks = block_lines(numbers, targets)
        self._totals.value = "".join(
            [
                shown.band([text("numbers.secret")], "info") if secret else "",
                shown.totals(
                    [
                        (text("total.people"), _of(numbers.people, targets.people)),
                        (text("total.attempts"), _of(numbers.attempts, targets.attempts)),
                        (text("total.running"), shown_number(numbers.running)),
                        (text("total.excluded"), shown_number(numbers.excluded)),
                    ]
                ),
                shown.line_table(text("blocks.title"), blocks) if blocks else "",
            ]
        )
        self._hours.value = shown.chart(bars(numbers.by_hour))
        self._show_units()

    def _show_units(self) -> None:
        if self._live is None:
            return
        targets = self._live.frozen.rules.documents.targets
        lines = unit_lines(self._live.numbers, targets, self.find.value)
        if not lines:
            self._units.value = shown.paragraph(text("units.none"))
            return
        most = shown.UNITS_SHOWN
        more = text("units.more", n=most, total=shown_number(len(lines)))
        self._units.value = shown.line_table(text("units.title"), lines[:most]) + (
            shown.paragraph(more) if len(lines) > most else ""
        )


def _of(count: int, target: int | None) -> str:
    if target is None:
        return shown_number(count)
    return text("total.of", n=shown_number(count), target=shown_number(target))
