"""`timhieu marking`: how far the marking of essays is, and marks on paper sheets."""

from __future__ import annotations

import os
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from contest.chains import Tampered
from contest.clock import SystemClock
from contest.closing.messages import text as organisers_text
from contest.commands.desk import HERE, desk_command
from contest.commands.lab import RESULTS, work_copies
from contest.commands.organise import Refused, opened
from contest.directory import ContestDirectory
from contest.marking.entries import points_text
from contest.marking.figures import (
    MarkerFigures,
    agreement,
    marker_figures,
    progress,
    questions_of,
)
from contest.marking.marks import PAIR
from contest.marking.messages import text
from contest.marking.room import MarkingRoom, MarkRefused
from contest.marking.sheet import marker_of, read_sheets, write_sheets
from contest.marking.state import RoundState, State
from contest.messages import text as contest_text
from contest.numbers import shown_number
from contest.organisers import NotAllowed
from contest.settings import CHECKOUT, lab_environment, offer_templates
from contest.store.sqlite import SqliteStore
from grading.marks import rounded


@asynccontextmanager
async def _room(directory: Path) -> AsyncIterator[tuple[MarkingRoom, State]]:
    async with opened(directory) as service:
        store = service.store
        assert isinstance(store, SqliteStore)
        room = MarkingRoom(service, store.snapshot)
        try:
            yield room, await room.state()
        except Tampered as found:
            raise Refused(text("tampered", place=found.place)) from None
        except NotAllowed as error:
            raise Refused(organisers_text(f"no.{error.code}", **error.values)) from None
        except MarkRefused as error:
            raise Refused(str(error)) from None


async def show_status(directory: Path) -> list[str]:
    """Return how far the marking is, and how well markers agree, as lines."""
    async with _room(directory) as (room, state):
        markers = await room.markers()
    lines = [line for one in state.rounds for line in _round(one)] or [text("none")]
    if len(markers) < PAIR:
        lines.append(text("no_markers", n=len(markers)))
    return lines


def _round(round_: RoundState) -> list[str]:
    about = round_.essays.frozen.round
    lines = [text("status.round", title=about.title, round=about.id)]
    for question in questions_of(round_):
        stands, agreed = progress(round_, question), agreement(round_, question)
        settled = text("status.settled", n=stands.settled) if stands.settled else ""
        lines.append(
            text(
                "status.question",
                question=question,
                essays=stands.essays,
                none=stands.none,
                one=stands.one,
                third=stands.third,
                decided=stands.decided,
                settled=settled,
            )
        )
        if stands.short:
            lines.append(text("status.short", n=stands.short))
        if agreed.mean_difference is not None and agreed.differing is not None:
            mean = points_text(rounded(agreed.mean_difference, "half_up"))
            percent = _percent(agreed.differing)
            lines.append(text("status.agreement", mean=mean, percent=percent, pairs=agreed.pairs))
    return [*lines, *(_marker(one) for one in marker_figures(round_))]


def _marker(one: MarkerFigures) -> str:
    figures = ""
    if one.mean_share is not None:
        figures = text("status.figures", share=_percent(one.mean_share))
    if one.against_other is not None:
        sign = "+" if one.against_other > 0 else ""
        figures += text("status.against", against=sign + _percent(one.against_other))
    return text("status.marker", name=one.marker, marked=one.marked, due=one.due, figures=figures)


def _percent(share: Fraction) -> str:
    tenths = rounded(share * 1000, "half_up")
    return shown_number(Decimal(tenths).scaleb(-1))


async def export_sheet(directory: Path, marker: str, out: Path) -> str:
    """Write a marker's essays into a new workbook that nobody else may read, and say so."""
    async with _room(directory) as (room, state):
        name = await _known(room, marker)
        tasks = [task for task in state.tasks(name) if task.open]
    if os.path.lexists(out):
        raise Refused(text("export.exists", path=out))
    if not tasks:
        raise Refused(text("export.none", name=name))
    handle = os.open(out, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(write_sheets(name, tasks))
    return text("export.done", n=len(tasks), path=out)


async def import_sheet(directory: Path, file: Path, by: str) -> str:
    """Write the marks of a marker's workbook down, and say how many.

    Raises
    ------
    ProblemsFound
        With everything that is wrong; nothing is written.
    """
    async with _room(directory) as (room, state):
        name = await _known(room, marker_of(file))
        filled = read_sheets(file, state.tasks(name))
        if filled.entries:
            now = SystemClock().now()
            await room.save(name, filled.entries, state, now, entered_by=by)
    key = "import.done" if filled.entries else "import.nothing"
    return text(key, n=len(filled.entries), name=name, blank=filled.blank)


def open_marking(directory: Path, port: int, say: Callable[[str], object]) -> int:
    """Show the markers' page and wait until it is stopped; return Voilà's exit code."""
    if not ContestDirectory(directory).database.exists():
        raise Refused(contest_text("cli.no_database", directory=directory))
    notebook = work_copies(CHECKOUT / "var" / "so_tay") / "cham_bai.ipynb"
    say(text("open", directory=directory, address=f"http://{HERE}:{port}/"))
    offer_templates()
    environment = lab_environment(directory, directory / RESULTS)
    return subprocess.call(desk_command(notebook, port), env=environment)


async def _known(room: MarkingRoom, typed: str) -> str:
    known = await room.markers()
    if typed not in known:
        shown = ", ".join(known) or text("nobody")
        raise Refused(text("no_marker", name=typed, known=shown))
    return typed
