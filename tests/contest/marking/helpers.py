"""A closed round with essays, and markers for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher

from contest.directory import ContestDirectory
from contest.marking.entries import Typed, read_typed
from contest.marking.room import MarkingRoom
from contest.marking.state import Task
from contest.organisers import Organisers
from contest.rounds import EXPIRE_SETTLE_MS
from contest.service import Service
from contest.store import SqliteStore
from tests.factories import (
    CLOSES,
    HOUR,
    MINUTE,
    OPENS,
    TOPICS,
    begin,
    opened,
    page,
    right_positions,
    typed,
    typed_bank,
    write_contest,
)

ONE, TWO, THREE = "Giám khảo Thử Một", "Giám khảo Thử Hai", "Giám khảo Thử Ba"
MARKERS = (ONE, TWO, THREE)
PASSWORD = "mat-khau-thu-1"
LATER = CLOSES + HOUR
AT = OPENS + 2 * MINUTE
ESSAY = "ch-essay"
PAPER = ((TOPICS[0], 2),)


def essay_text(number: int) -> str:
    """Return what person `number` wrote."""
    return f"Bài viết thử số {number:03}."


def cheap_organisers(directory: ContestDirectory) -> Organisers:
    """Return the organisers of a contest, hashed as cheaply as can be."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    return Organisers(directory.secrets, hasher)


def essay_contest(
    path: Path, people: int = 3, markers: tuple[str, ...] = MARKERS, **changed: Any
) -> ContestDirectory:
    """Return a contest whose round is closed: a single choice and an essay of 10 points.

    `changed` goes into the essay.
    """
    bank = typed_bank(typed("single"), typed("essay", **changed))
    directory = write_contest(path, bank=bank, paper=PAPER, prediction=None)
    for name in markers:
        cheap_organisers(directory).add(name, "marker", PASSWORD)

    async def main() -> None:
        async with opened(directory) as service:
            for number in range(1, people + 1):
                await write(service, number)
            await service.rounds.tick(CLOSES + EXPIRE_SETTLE_MS)

    asyncio.run(main())
    return directory


async def write(service: Service, number: int) -> None:
    """Let a person answer everything and submit."""
    at = AT + number * MINUTE
    sitting = await begin(service, number, at=at)
    await sitting.take_pen(page(number), at)
    for q in range(1, len(sitting.paper) + 1):
        answer = right_positions(sitting, q)
        if sitting.paper.item(q).question.type == "essay":
            answer = essay_text(number)
        saved = await sitting.answer(1, q, q, answer, at + q * 1000)
        assert saved.result == "saved"
    await sitting.submit(1, len(sitting.paper) + 1, at + MINUTE // 2)


Work = Callable[[Service, MarkingRoom], Coroutine[Any, Any, Any]]


def in_room(directory: ContestDirectory, work: Work) -> Any:
    """Do something in the marking room of a contest."""

    async def main() -> Any:
        async with opened(directory) as service:
            store = service.store
            assert isinstance(store, SqliteStore)
            return await work(service, MarkingRoom(service, store.snapshot))

    return asyncio.run(main())


async def give(
    room: MarkingRoom, marker: str, text: str, *points: str, comment: str = "", at: int = LATER
) -> None:
    """Let a marker mark the essay that begins with a text."""
    state = await room.state()
    task = task_of(state.tasks(marker), text)
    read = read_typed(task, typed_points(task, *points, comment=comment))
    assert read.entry is not None, read.wrong
    await room.save(marker, [read.entry], state, at)


def task_of(tasks: list[Task], text: str) -> Task:
    """Return the task with a text; StopIteration without one."""
    return next(task for task in tasks if task.text.startswith(text))


def typed_points(task: Task, *points: str, comment: str = "") -> Typed:
    """Return points typed for the criteria in their order."""
    ids = [criterion.id for criterion in task.question.rubric]
    return Typed(dict(zip(ids, points, strict=True)), comment)


async def markers_of(room: MarkingRoom, text: str) -> list[str]:
    """Return the two who have to mark an essay first, in the order they are asked."""
    state = await room.state()
    (round_,) = state.rounds
    key = next(key for key, found in round_.essays.texts.items() if found == text)
    return round_.orders[key]
