"""`bench serving`: one server after another, the same contestants, figures per contestant."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from contest.bench.contestants import Audit, Contestant, audit, enrol, make_contest
from contest.bench.figures import OURS, RivalFigures, percentile
from contest.bench.load import (
    QUESTIONS,
    WARM_UP,
    Tally,
    answer_all,
    bar,
    client,
    leave_all,
    open_all,
    submit_all,
    visits_of,
    warm_up,
)
from contest.bench.messages import text
from contest.bench.rivals import RIVALS, NotRunning, Rival
from contest.bench.usage import Usage
from contest.directory import ContestDirectory

SETTLE_SECONDS = 1.5

Say = Callable[[str], object]


def bench_serving(visitors: int, against: Sequence[str], say: Say) -> dict[str, RivalFigures]:
    """Measure ours, then each rival of `against`; return the figures by name."""
    figures = {}
    for name in [OURS, *against]:
        folder = Path(tempfile.mkdtemp(prefix="bench-contest-"))
        try:
            directory = make_contest(folder / "contest")
            figures[name] = _measure(RIVALS[name](directory.path), directory, visitors, say)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return figures


def _measure(rival: Rival, directory: ContestDirectory, visitors: int, say: Say) -> RivalFigures:
    count = min(visitors, rival.most or visitors)
    if count < visitors:
        say(text("stock.fewer", n=count))
    people = _people(rival, directory, WARM_UP + count)
    with rival:
        measured = asyncio.run(_load(rival, people))
    if measured.errors:
        why = measured.errors[0]
        say(text("failed", rival=rival.name, failed=len(measured.errors), of=count, why=why))
    if rival.opens:
        found = asyncio.run(_audit(directory, people))
        measured.lost, measured.mixed_up = found.lost, measured.mixed_up + found.mixed_up
    return measured.figures(count)


def _people(rival: Rival, directory: ContestDirectory, count: int) -> list[Contestant]:
    if not rival.opens:
        return [_stranger() for _ in range(count)]
    with bar(text("step.enrol"), count, text("unit")) as progress:
        return asyncio.run(enrol(directory, count, progress))


def _stranger() -> Contestant:
    """Return somebody whom the server doesn't know."""
    person = Contestant()
    person.cookies = f"_xsrf={person.xsrf}"
    return person


async def _audit(directory: ContestDirectory, people: Sequence[Contestant]) -> Audit:
    with bar(text("step.audit"), len(people), text("unit")) as progress:
        return await audit(directory, people, progress)


class Measured:
    """What one rival's load gave, before it is divided."""

    def __init__(self) -> None:
        self.idle = self.opened = self.connected = self.done = Usage(0.0, 0, 0)
        self.open_seconds = self.answer_seconds = 0.0
        self.acknowledged: list[float] = []
        self.opened_count = 0
        self.lost = self.mixed_up = 0
        self.errors: list[str] = []

    def figures(self, count: int) -> RivalFigures:
        """Return the figures per contestant who got their paper."""
        reached = self.opened_count
        if not reached:
            raise NotRunning(text("all_failed", why=self.errors[0] if self.errors else "?"))
        milliseconds = [1000 * seconds for seconds in self.acknowledged]
        return RivalFigures(
            visitors=count,
            cpu_s_per_contestant=(self.done.cpu_s - self.idle.cpu_s) / reached,
            open_cpu_ms_per_contestant=1000 * (self.opened.cpu_s - self.idle.cpu_s) / reached,
            uss_bytes_per_contestant=(self.connected.uss - self.idle.uss) / reached,
            opened_per_s=reached / self.open_seconds,
            responses_per_s=len(milliseconds) / max(self.answer_seconds, 1e-9),
            ack_p50_ms=percentile(milliseconds, 50),
            ack_p95_ms=percentile(milliseconds, 95),
            ack_p99_ms=percentile(milliseconds, 99),
            lost=self.lost,
            mixed_up=self.mixed_up,
            failed=len(self.errors),
        )


async def _load(rival: Rival, people: Sequence[Contestant]) -> Measured:
    measured = Measured()
    tally = Tally()
    async with client() as http:
        await warm_up(rival, http, people[:WARM_UP])
        measured.idle = await _settled(rival)
        visits = visits_of(http, rival, people[WARM_UP:])
        began = time.perf_counter()
        with bar(text("step.open", rival=rival.name), len(visits), text("unit")) as progress:
            opened = await open_all(visits, tally, progress)
        measured.open_seconds = time.perf_counter() - began
        measured.opened = rival.usage()
        await asyncio.sleep(SETTLE_SECONDS)
        measured.connected = rival.usage()
        measured.opened_count = len(opened)
        answers = Tally(errors=tally.errors)
        began = time.perf_counter()
        total = len(opened) * QUESTIONS
        with bar(text("step.answer", rival=rival.name), total, text("unit.answers")) as progress:
            answered = await answer_all(opened, answers, progress)
        measured.answer_seconds = time.perf_counter() - began
        measured.acknowledged = answers.seconds
        with bar(text("step.submit", rival=rival.name), len(answered), text("unit")) as progress:
            submitted = await submit_all(answered, tally, progress)
        measured.done = rival.usage()
        measured.lost = sum(visit.lost for visit in submitted)
        measured.mixed_up = sum(visit.mixed_up for visit in visits)
        measured.errors = tally.errors
        await leave_all(opened, Tally(), tell=False)
    return measured


async def _settled(rival: Rival) -> Usage:
    await asyncio.sleep(SETTLE_SECONDS)
    return rival.usage()
