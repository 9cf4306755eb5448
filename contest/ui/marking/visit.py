"""One marker's visit: who it is, what lies before them, and their marks. No widgets."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from contest.app import band_of
from contest.clock import Clock
from contest.directory import ContestDirectory
from contest.marking.entries import Typed, points_text, read_typed
from contest.marking.marks import full_points
from contest.marking.room import MarkingRoom
from contest.marking.state import State, Task
from contest.organisers import Organisers
from contest.pictures import inline
from contest.service import Service
from contest.store.sqlite import SqliteStore
from contest.ui.desk.session import Forbidden, LoggedOut, Session


class NotMarker(RuntimeError):
    """Name and password are right, but the role doesn't mark; the message is the name."""


@dataclass(frozen=True)
class Saved:
    """What became of a mark: the task as it was, and what is wrong (nothing: it is saved)."""

    task: Task | None
    wrong: dict[str, str]
    total: str = ""


@dataclass(frozen=True)
class _Opened:
    """What is there once the database is open."""

    service: Service
    room: MarkingRoom
    session: Session


class Visit:
    """A visit to the markers' page of a contest whose database exists.

    Attributes
    ----------
    name : str
        Who logged in last; empty: nobody, or they left.
    """

    def __init__(self, directory: ContestDirectory, clock: Clock) -> None:
        self._directory = directory
        self._clock = clock
        self.name = ""
        self._opened: _Opened | None = None

    async def log_in(self, name: str, password: str) -> None:
        """Let a marker in.

        Raises
        ------
        NotAllowed
            Where name or password are wrong, or were too often.
        NotMarker
            For anybody else of the organisers.
        """
        self.name = ""
        session = (await self._open()).session
        found = await session.log_in(name, password)
        try:
            await session.require("mark")
        except Forbidden:
            await session.log_out()
            raise NotMarker(found.name) from None
        self.name = found.name

    async def log_out(self) -> None:
        """Let them go."""
        self.name = ""
        await (await self._open()).session.log_out()

    async def state(self) -> State:
        """Return where the marking stands; LoggedOut where nobody is there to see it."""
        return await (await self._required()).room.state()

    async def band(self, state: State) -> str | None:
        """Return the key of the text that every page of this contest bears, or None."""
        if not state.rounds:
            return None
        service = (await self._open()).service
        return await band_of(service, state.rounds[0].essays.frozen.rules)

    async def save(self, ref: str, points: dict[str, str], comment: str) -> Saved:
        """Write a mark down, if it is one.

        Raises
        ------
        LoggedOut
            Where nobody is there.
        MarkRefused
            Where another mark came first.
        """
        room = (await self._required()).room
        state = await room.state()
        task = find(state.tasks(self.name), ref)
        if task is None or not task.open:
            return Saved(None, {})
        read = read_typed(task, Typed(points, comment))
        if read.entry is None:
            return Saved(task, dict(read.wrong))
        await room.save(self.name, [read.entry], state, self._clock.now())
        return Saved(task, {}, points_text(sum(read.entry.points.values())))

    async def picture(self, state: State, task: Task) -> dict[str, Any] | None:
        """Return the picture of a task's question as a page shows it, or None."""
        round_ = next(one for one in state.rounds if one.essays.frozen.round.id == task.round_id)
        picture = round_.essays.frozen.bank.picture_of(task.question)
        if picture is None or task.question.image is None:
            return None
        service = (await self._open()).service
        data = await service.pictures.data(picture.hash)
        if data is None:
            return None
        return {"src": inline(picture, data), "alt": task.question.image.alt}

    async def close(self) -> None:
        """Let go of the database."""
        if self._opened is not None:
            await self._opened.service.store.close()
            self._opened = None

    async def _required(self) -> _Opened:
        """Return what is open; LoggedOut where nobody is there who marks."""
        opened = await self._open()
        try:
            await opened.session.require("mark")
        except Forbidden:  # has got another role meanwhile
            raise LoggedOut from None
        return opened

    async def _open(self) -> _Opened:
        if self._opened is None:
            store = await asyncio.to_thread(SqliteStore, self._directory.database)
            service = Service(self._directory, store)
            session = Session(Organisers(self._directory.secrets), store, self._clock)
            self._opened = _Opened(service, MarkingRoom(service, store.snapshot), session)
        return self._opened


def ref_of(task: Task) -> str:
    """Return what a page calls a task: round and number, nothing else."""
    return f"{task.round_id}:{task.number}"


def find(tasks: list[Task], ref: str) -> Task | None:
    """Return the task that a page means, or None."""
    return next((task for task in tasks if ref_of(task) == ref), None)


def next_task(tasks: list[Task], after: str) -> Task | None:
    """Return the first task to be marked behind another one, else from the top; None: no more."""
    refs = [ref_of(task) for task in tasks]
    start = refs.index(after) + 1 if after in refs else 0
    ordered = [*tasks[start:], *tasks[:start]]
    return next((task for task in ordered if task.open and task.mark is None), None)


def most_of(task: Task) -> str:
    """Return the points of a full answer, as people read them."""
    return points_text(full_points(task.question))
