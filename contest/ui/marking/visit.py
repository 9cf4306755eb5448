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
from contest.organisers import Organiser, Organisers, log_in
from contest.pictures import inline
from contest.roles import may
from contest.service import Service
from contest.store.sqlite import SqliteStore

IDLE_MS = 60 * 60_000
"""After so long without anything done, the password is asked for again."""


class LoggedOut(RuntimeError):
    """Nobody is logged in, or not any more."""


class NotMarker(RuntimeError):
    """Name and password are right, but the role doesn't mark; the message is the name."""


@dataclass(frozen=True)
class Saved:
    """What became of a mark: the task as it was, and what is wrong (nothing: it is saved)."""

    task: Task | None
    wrong: dict[str, str]
    total: str = ""


class Visit:
    """A visit to the markers' page of a contest whose database exists."""

    def __init__(self, directory: ContestDirectory, clock: Clock) -> None:
        self._directory = directory
        self._clock = clock
        self._organisers = Organisers(directory.secrets)
        self._who: Organiser | None = None
        self._seen = 0
        self._opened: tuple[Service, SqliteStore, MarkingRoom] | None = None

    @property
    def name(self) -> str:
        """Who is logged in; empty: nobody."""
        return self._who.name if self._who else ""

    async def log_in(self, name: str, password: str) -> None:
        """Let a marker in.

        Raises
        ------
        NotAllowed
            Where name or password are wrong, or were too often.
        NotMarker
            For anybody else of the organisers.
        """
        self._who = None
        now = self._clock.now()
        _, store, _ = await self._open()
        found = await log_in(self._organisers, store, name, password, now)
        if not may(found.role, "mark"):
            raise NotMarker(found.name)
        self._who, self._seen = found, now

    def log_out(self) -> None:
        """Let them go."""
        self._who = None

    async def state(self) -> State:
        """Return where the marking stands; LoggedOut where nobody may see it."""
        await self._require()
        _, _, room = await self._open()
        return await room.state()

    async def band(self, state: State) -> str | None:
        """Return the key of the text that every page of this contest bears, or None."""
        service, _, _ = await self._open()
        if not state.rounds:
            return None
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
        await self._require()
        _, _, room = await self._open()
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
        service, _, _ = await self._open()
        data = await service.pictures.data(picture.hash)
        if data is None:
            return None
        return {"src": inline(picture, data), "alt": task.question.image.alt}

    async def close(self) -> None:
        """Let go of the database."""
        if self._opened is not None:
            await self._opened[1].close()
            self._opened = None

    async def _require(self) -> None:
        """Check that the same marker is still there, with the same password."""
        now = self._clock.now()
        who = self._who
        if who is not None:
            known = await asyncio.to_thread(self._organisers.find, who.name)
            if known != who or now - self._seen > IDLE_MS:
                self._who = None
        if self._who is None:
            raise LoggedOut
        self._seen = now

    async def _open(self) -> tuple[Service, SqliteStore, MarkingRoom]:
        if self._opened is None:
            store = await asyncio.to_thread(SqliteStore, self._directory.database)
            service = Service(self._directory, store)
            self._opened = service, store, MarkingRoom(service, store.snapshot)
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
