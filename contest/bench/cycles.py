"""`bench cycles`: pages opened and closed many times; memory must come back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp

from contest.bench.contestants import Contestant, enrol, make_contest
from contest.bench.load import Tally, at_once, bar, client
from contest.bench.messages import text
from contest.bench.rivals import Ours
from contest.bench.visit import Visit

PEOPLE = 50
CYCLES_AT_ONCE = 4
ANSWERS = 2
READINGS = 5


def bench_cycles(count: int, first: int, say: Callable[[str], object]) -> dict[str, Any]:
    """Open and close `count` pages; return USS after `first` and at the end, with nobody there."""
    with TemporaryDirectory(prefix="bench-contest-", ignore_cleanup_errors=True) as folder:
        directory = make_contest(Path(folder) / "contest")
        with bar(text("step.enrol"), PEOPLE, text("unit")) as progress:
            people = asyncio.run(enrol(directory, PEOPLE, progress))
        with Ours(directory.path) as server:
            figures, errors = asyncio.run(_cycles(server, people, count, first))
    if errors:
        say(text("failed", rival=server.name, failed=len(errors), of=count, why=errors[0]))
    return {**figures, "failed": len(errors)}


async def _cycles(
    server: Ours, people: Sequence[Contestant], count: int, first: int
) -> tuple[dict[str, Any], list[str]]:
    tally = Tally()
    async with client() as http:
        with bar(text("step.cycles"), count, text("unit.cycles")) as progress:
            await _turns(server, http, people, range(first), tally, progress)
            early = await _least(server)
            await _turns(server, http, people, range(first, count), tally, progress)
            late = await _least(server)
    figures = {
        "cycles": count,
        "first": first,
        "uss_bytes_first": early,
        "uss_bytes_last": late,
        "growth_bytes": late - early,
    }
    return figures, tally.errors


async def _turns(
    server: Ours,
    http: aiohttp.ClientSession,
    people: Sequence[Contestant],
    numbers: range,
    tally: Tally,
    progress: Callable[[], object],
) -> None:
    async def turn(number: int) -> None:
        person = people[number % len(people)]
        visit = Visit(http, server.urls[0], person, number=number)
        try:
            await visit.open()
            for q in range(1, ANSWERS + 1):
                await visit.answer(q)
        finally:
            await visit.leave()
        progress()

    await at_once(numbers, CYCLES_AT_ONCE, turn, tally)


async def _least(server: Ours) -> int:
    """Return the least of some readings: what was closed last is let go a little later."""
    readings = []
    for _ in range(READINGS):
        await asyncio.sleep(1)
        readings.append(server.usage().uss)
    return min(readings)
