"""The desk as a page: a log-in, and behind it the parts that the role may see."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from contest.clock import Clock, SystemClock
from contest.commands.numbers import Live
from contest.directory import RULES_FILE
from contest.messages import text as contest_text
from contest.roles import may
from contest.settings import read_settings
from contest.ui.desk import shown
from contest.ui.desk.attention import Attention
from contest.ui.desk.claims import Claims
from contest.ui.desk.closing import Closing
from contest.ui.desk.line import ROOT, PageLine
from contest.ui.desk.log import Log
from contest.ui.desk.login import LoginForm
from contest.ui.desk.looking import Looking
from contest.ui.desk.messages import text
from contest.ui.desk.notices import Notices
from contest.ui.desk.overview import Numbers, Rounds
from contest.ui.desk.parts import Desk, Runner, Work, button, close_whole, column, row
from contest.ui.desk.people import OwnPassword, People
from contest.ui.desk.phases import main_round
from contest.ui.desk.room import Room, State
from contest.ui.desk.ruling import Rulings
from contest.ui.desk.words import role_word, second

EVERY = 30
"""Seconds between two refreshes that nobody asked for."""

PARTS: tuple[Callable[[Desk], Any], ...] = (
    Rounds, Numbers, Attention, Claims, Notices, Rulings, Closing, Looking, Log, People,
    OwnPassword,
)  # fmt: skip
"""What stands on the page, from the top; each is seen by who may do its `act`."""


class DeskPage:
    """The desk of a contest.

    Attributes
    ----------
    box : widget
        What the notebook shows.
    parts : list
        What the person who is logged in sees; empty before.
    """

    def __init__(self, path: Path, clock: Clock, room: Room | None = None) -> None:
        self.room = room or Room(path, clock)
        self.round_id = ""
        self.parts: list[Any] = []
        self._clock = clock
        self._refreshing = False
        self.runner = Runner(self._tell, self._left)
        self.line = PageLine(lambda: self.run(self._tick()))
        self._said = widgets.HTML()
        self._body = widgets.VBox()
        self.form = LoginForm(lambda name, password: self.run(self._log_in(name, password)))
        self._body.children = (self.form,)
        self.box = column(self.line, self._said, self._body, kind="th")
        self.box.add_class(ROOT)

    # --- for the parts

    def run(self, work: Work) -> None:
        """Do something and say what stood in its way, if anything did."""
        self.runner.start(work)

    def say(self, words: str, tone: str = "") -> None:
        """Show a sentence, and let it be spoken."""
        self._said.value = shown.band([words], tone or "info") if words else ""
        self.line.said = words

    def _tell(self, lines: list[str]) -> None:
        """Show why something wasn't done."""
        self._said.value = shown.band(lines, "bad")
        self.line.said = " ".join(lines)

    async def refresh(self) -> None:
        """Show everything as it is now, to who may see it."""
        who = self.room.session.who
        if who is not None and not may(who.role, "see_state"):
            return
        state = await self.room.state()
        self._offer_rounds(state)
        live = await self.room.numbers(self.round_id) if self.round_id else None
        await self._show(state, live)

    # --- in and out

    async def _log_in(self, name: str, password: str) -> None:
        if not (name.strip() and password):
            self.say(text("login.empty"), "bad")
            return
        await self.room.session.log_in(name, password)
        self.say("")
        self._build()
        await self.refresh()

    async def _log_out(self) -> None:
        await self.room.session.log_out()
        self._left(text("login.bye"))

    def _left(self, words: str | None = None) -> None:
        """Show nothing but the form."""
        for part in self.parts:
            close_whole(part.box)
        self.parts = []
        self.line.seconds = 0
        self._body.children = (self.form,)
        self.say(text("login.ended") if words is None else words)

    # --- what is shown

    def _build(self) -> None:
        """Make the parts that the role may see; nobody's are kept from before."""
        who = self.room.session.who
        assert who is not None
        self.parts = [part(self) for part in PARTS if may(who.role, part.act)]  # type: ignore[attr-defined]
        words = text("who", name=who.name, role=role_word(who.role))
        self.out = button("login.out", lambda: self.run(self._log_out()))
        top = row(widgets.HTML(shown.paragraph(words)), self.out)
        boxes = [part.box for part in self.parts]
        if not may(who.role, "see_state"):
            elsewhere = text("marker", directory=self.room.directory.path)
            self._body.children = (top, widgets.HTML(shown.paragraph(elsewhere)), *boxes)
            return
        self._band = widgets.HTML()
        self._at = widgets.HTML()
        self.choice = widgets.Dropdown(description=text("round"))
        self.choice.observe(self._chosen, names="value")
        self.auto = widgets.Checkbox(
            value=True, description=text("refresh.auto", n=EVERY), indent=False
        )
        self.auto.observe(lambda _: self._keep_time(), names="value")
        self.fresh = button("refresh", lambda: self.run(self._refresh_now()))
        head = [self._band, top, self._nav()]
        tools = row(self.choice, self.fresh, self.auto, self._at)
        self._body.children = (*head, tools, *boxes)
        self._keep_time()

    def _nav(self) -> widgets.HTML:
        links = "".join(
            f'<li><a href="#{part.anchor}">{shown.escaped(text(part.title))}</a></li>'
            for part in self.parts
        )
        name = shown.escaped(text("nav"))
        return widgets.HTML(f'<nav class="desk-nav" aria-label="{name}"><ul>{links}</ul></nav>')

    def _offer_rounds(self, state: State) -> None:
        """Offer the rounds; the one that was chosen stays so."""
        known = [view.id for view in state.rounds]
        if self.round_id not in known:
            self.round_id = main_round(state.rounds) or ""
        offered = [(view.title, view.id) for view in state.rounds]
        if self.choice.options != tuple(offered):
            chosen = self.round_id
            self.choice.options = offered
            self.round_id = chosen
        self.choice.value = self.round_id or None

    def _chosen(self, change: dict[str, Any]) -> None:
        chosen = change["new"] or ""
        if chosen and chosen != self.round_id:
            self.round_id = chosen
            self.run(self.refresh())

    async def _show(self, state: State, live: Live | None) -> None:
        band = [] if state.band is None else [contest_text(state.band)]
        self._band.value = shown.band(band, "wait")
        for part in self.parts:
            await part.show(state, live)
        at = text("refresh.at", when=second(self._clock.now()))
        self._at.value = shown.paragraph(at)

    # --- refreshing

    def _keep_time(self) -> None:
        self.line.seconds = EVERY if self.auto.value else 0

    async def _refresh_now(self) -> None:
        await self.refresh()
        self.line.said = text("refresh.done", when=second(self._clock.now()))

    async def _tick(self) -> None:
        """Refresh because the page asks; not while it is being done already."""
        if self._refreshing or not self.parts:
            return
        self._refreshing = True
        try:
            state, live = await self.room.refresh(self.round_id)
            self._offer_rounds(state)
            await self._show(state, live)
        finally:
            self._refreshing = False


def desk_page(directory: Path | str | None = None) -> widgets.Widget:
    """Return the desk of a contest.

    Parameters
    ----------
    directory : Path, str or None
        The contest directory; None: the one that `timhieu desk` or `timhieu lab` names.
    """
    path = Path(directory) if directory is not None else read_settings().contest
    if not (path / RULES_FILE).is_file():
        return widgets.HTML(shown.paragraph(text("no_contest", directory=path)))
    return DeskPage(path, SystemClock()).box
