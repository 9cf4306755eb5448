"""`bench rush`: many registered contestants press "start" within a minute."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from contest.bench.contestants import Contestant, audit, enrol, make_contest
from contest.bench.figures import percentile
from contest.bench.load import Tally, attempted, bar, client, leave_all, visits_of
from contest.bench.messages import text
from contest.bench.rivals import Ours
from contest.bench.visit import Visit
from contest.directory import ContestDirectory

TRIAL_SECONDS = 15.0
FIRST_RATE = 20.0
TOP_RATE = 640.0
HALVINGS = 4
GOOD_SECONDS = 1.0


def bench_rush(
    contestants: int, seconds: float, processes: int, find: bool, say: Callable[[str], object]
) -> dict[str, Any]:
    """Measure how long everybody waits for their paper; return the figures.

    With `find` also the highest rate at which 95 % wait less than a second.
    """
    with TemporaryDirectory(prefix="bench-contest-", ignore_cleanup_errors=True) as folder:
        directory = make_contest(Path(folder) / "contest")
        rush = Rush(directory)
        people = rush.enrol(contestants)
        with Ours(directory.path, processes) as server:
            with bar(text("step.rush"), contestants, text("unit")) as progress:
                figures = asyncio.run(rush.run(server, people, seconds, progress))
            best = highest(lambda rate: rush.trial(server, rate)) if find else None
        with bar(text("step.audit"), contestants, text("unit")) as progress:
            found = asyncio.run(audit(directory, people, progress))
    figures["mixed_up"] += found.mixed_up
    why = figures.pop("errors")
    if why:
        say(text("failed", rival=server.name, failed=len(why), of=contestants, why=why[0]))
    figures = {"contestants": contestants, "seconds": seconds, "processes": processes, **figures}
    return {**figures, "highest_rate_per_s": best} if find else figures


def highest(good: Callable[[float], bool]) -> float:
    """Return the highest rate that is good: doubled while it is, then halved into; 0 for none."""
    low, high = 0.0, FIRST_RATE
    while high <= TOP_RATE and good(high):
        low, high = high, 2 * high
    if low == 0.0 or high > TOP_RATE:
        return low
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if good(middle):
            low = middle
        else:
            high = middle
    return low


class Rush:
    """Rushes on one contest; every contestant starts once."""

    def __init__(self, directory: ContestDirectory) -> None:
        self._directory = directory
        self._enrolled = 0

    def enrol(self, count: int) -> list[Contestant]:
        """Register people who haven't begun."""
        with bar(text("step.enrol"), count, text("unit")) as progress:
            people = asyncio.run(
                enrol(
                    self._directory, count, progress, first=self._enrolled, open_attempts=False
                )
            )  # fmt: skip
        self._enrolled += count
        return people

    def trial(self, server: Ours, rate: float) -> bool:
        """Return whether a short rush at this rate keeps everybody's wait short."""
        people = self.enrol(round(rate * TRIAL_SECONDS))
        with bar(text("step.rate", rate=rate), len(people), text("unit")) as progress:
            figures = asyncio.run(self.run(server, people, TRIAL_SECONDS, progress))
        return not figures["failed"] and figures["paper_p95_s"] < GOOD_SECONDS

    async def run(
        self,
        server: Ours,
        people: Sequence[Contestant],
        seconds: float,
        progress: Callable[[], object],
    ) -> dict[str, Any]:
        """Let people start evenly spread over `seconds`; a wait counts from when each was due."""
        tally = Tally()
        async with client() as http:
            visits = visits_of(http, server, people)
            before = server.usage()
            began = time.perf_counter()
            await asyncio.gather(
                *(
                    _start(visit, began + number * seconds / len(visits), tally, progress)
                    for number, visit in enumerate(visits)
                )
            )
            took = time.perf_counter() - began
            after = server.usage()
            await leave_all(visits, Tally())
        return {
            "papers": len(tally.seconds),
            "failed": len(tally.errors),
            "mixed_up": sum(visit.mixed_up for visit in visits),
            "paper_p50_s": percentile(tally.seconds, 50),
            "paper_p95_s": percentile(tally.seconds, 95),
            "paper_p99_s": percentile(tally.seconds, 99),
            "paper_max_s": max(tally.seconds, default=float("nan")),
            "papers_per_s": len(tally.seconds) / took,
            "cpu_ms_per_contestant": 1000 * (after.cpu_s - before.cpu_s) / len(visits),
            "errors": tally.errors,
        }


async def _start(
    visit: Visit, due: float, tally: Tally, progress: Callable[[], object]
) -> None:  # fmt: skip
    async def begin() -> None:
        await visit.start()
        await visit.open()
        tally.seconds.append(time.perf_counter() - due)
        progress()

    await asyncio.sleep(due - time.perf_counter())
    await attempted(begin(), tally)
