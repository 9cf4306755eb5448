"""What the parts of the desk share: buttons, fields, and how what they start is run."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, Protocol

import ipywidgets as widgets

from contest.chains import Tampered
from contest.closing.messages import text as closing_text
from contest.commands.numbers import Live
from contest.commands.organise import Refused
from contest.organisers import NotAllowed
from contest.roles import Act, may
from contest.rulings.case import Refused as RulingRefused
from contest.rulings.messages import text as rulings_text
from contest.store.protocol import StoreUnavailable
from contest.ui.desk.messages import TEXTS, text
from contest.ui.desk.room import Room, State
from contest.ui.desk.session import Forbidden, LoggedOut, roles_for
from contest.ui.desk.words import needs_words, without_options
from questions.problems import ProblemsFound

log = logging.getLogger(__name__)

Work = Coroutine[Any, Any, None]


class Desk(Protocol):
    """The page that a part belongs to.

    Attributes
    ----------
    round_id : str
        The round that is looked at; "" where there is none.
    """

    room: Room
    round_id: str

    def run(self, work: Work) -> None:
        """Do something and say what stood in its way, if anything did."""

    def say(self, words: str, tone: str = "") -> None:
        """Show a sentence, and let it be spoken."""

    async def refresh(self) -> None:
        """Show everything as it is now."""


class Part(Protocol):
    """A part of the page; `box` is its widget, `act` who may see it."""

    act: Act
    box: widgets.Widget

    async def show(self, state: State, live: Live | None) -> None:
        """Show how things stand."""


class Runner:
    """Runs what buttons start and turns what goes wrong into sentences.

    Parameters
    ----------
    tell : callable
        Takes the lines that say why something wasn't done.
    left : callable
        Called where nobody is logged in any more.
    """

    def __init__(self, tell: Callable[[list[str]], object], left: Callable[[], object]) -> None:
        self._tell = tell
        self._left = left
        self._running: set[asyncio.Task[None]] = set()

    def start(self, work: Work) -> None:
        """Do something beside the kernel's loop; at once where there is none."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            asyncio.run(self.do(work))
            return
        task = loop.create_task(self.do(work))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def settled(self) -> None:
        """Wait until everything that was started has ended."""
        while self._running:
            await asyncio.gather(*self._running)

    async def do(self, work: Work) -> None:
        """Do something; whatever stands against it is told."""
        try:
            await work
        except LoggedOut:
            self._left()
        except Exception as error:
            if (lines := lines_of(error)) is None:
                log.exception("the desk couldn't do this")
                lines = [text("failed")]
            self._tell(lines)


def lines_of(error: Exception) -> list[str] | None:
    """Return why something was refused, in words; None where that isn't foreseen."""
    if isinstance(error, Forbidden):
        return [needs_words(error.roles)]
    if isinstance(error, NotAllowed):
        return [closing_text(f"no.{error.code}", **error.values)]
    if isinstance(error, Refused | RulingRefused):
        return without_options(str(error)).splitlines()
    if isinstance(error, ProblemsFound):
        return [str(problem) for problem in error.problems]
    if isinstance(error, Tampered):
        return [rulings_text("no.tampered", place=error.place)]
    return [text("store_busy")] if isinstance(error, StoreUnavailable) else None


def button(key: str, pressed: Callable[[], object], *, main: bool = False) -> widgets.Button:
    """Return a button; the main one of its part stands out."""
    made = widgets.Button(description=TEXTS[key], button_style="primary" if main else "")
    made.on_click(lambda _: pressed())
    return made


def column(*children: widgets.Widget, kind: str = "desk-part") -> widgets.VBox:
    """Return widgets under each other."""
    made = widgets.VBox(children)
    made.add_class(kind)
    return made


def offer(
    choice: widgets.Dropdown, none: tuple[str, str], found: Iterable[tuple[str, str]]
) -> None:
    """Offer something to choose; what was chosen stays, as long as it is there."""
    options = (none, *found)
    if choice.options != options:
        kept = choice.value
        choice.options = options
        choice.value = kept if kept in [value for _, value in options] else ""


def close_whole(box: widgets.Widget) -> None:
    """Close a widget and all that stands in it: nothing of it stays with the page."""
    for child in getattr(box, "children", ()):
        close_whole(child)
    box.close()


def row(*children: widgets.Widget) -> widgets.HBox:
    """Return widgets beside each other, as far as there is room."""
    made = widgets.HBox(children)
    made.add_class("desk-row")
    return made


def allowed(desk: Desk, act: Act) -> str:
    """Return nothing where the person may do something, else the sentence that says who may.

    For what is shown only: the room asks by itself.
    """
    who = desk.room.session.who
    return "" if who is not None and may(who.role, act) else needs_words(roles_for(act))
