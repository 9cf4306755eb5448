"""`bench crowd`: many contestants connected, each answering now and then, for minutes."""

from __future__ import annotations

import asyncio
import math
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from contest.bench.contestants import Contestant, audit, enrol, make_contest
from contest.bench.figures import percentile
from contest.bench.line import Failed
from contest.bench.load import (
    WARM_UP,
    Tally,
    attempted,
    bar,
    client,
    leave_all,
    open_all,
    visits_of,
    warm_up,
)
from contest.bench.messages import text
from contest.bench.rivals import NotRunning, Ours
from contest.bench.visit import Visit

SETTLE_SECONDS = 1.5


@dataclass(frozen=True)
class Pace:
    """How often a contestant answers.

    With `period` every so many seconds, whatever the server does; else after an
    acknowledgement there is a pause of `low` to `high` seconds.
    """

    low: float
    high: float
    period: bool

    def first(self, rng: random.Random) -> float:
        """Return the seconds before the first answer, so that all are spread from the start."""
        return rng.uniform(0, self.high)

    def next(self, rng: random.Random, since: float, now: float) -> float:
        """Return the seconds until the next answer.

        Parameters
        ----------
        since : float
            When the last answer was due.
        """
        if self.period:
            missed = max(0, int((now - since) // self.high))
            return since + (missed + 1) * self.high - now
        return rng.uniform(self.low, self.high)


def bench_crowd(
    connected: int, pace: Pace, minutes: float, processes: int, say: Callable[[str], object]
) -> dict[str, Any]:
    """Measure a crowd on this server; return its figures."""
    with TemporaryDirectory(prefix="bench-contest-", ignore_cleanup_errors=True) as folder:
        directory = make_contest(Path(folder) / "contest")
        with bar(text("step.enrol"), connected + WARM_UP, text("unit")) as progress:
            people = asyncio.run(enrol(directory, connected + WARM_UP, progress))
        with Ours(directory.path, processes) as server:
            figures = asyncio.run(_crowd(server, people, pace, minutes * 60))
        with bar(text("step.audit"), len(people), text("unit")) as progress:
            found = asyncio.run(audit(directory, people, progress))
    figures["lost"] = found.lost
    figures["mixed_up"] += found.mixed_up
    why = figures.pop("errors")
    if why:
        say(text("failed", rival=server.name, failed=len(why), of=connected, why=why[0]))
    return {"connected": connected, "processes": processes, "minutes": minutes, **figures}


async def _crowd(
    server: Ours, people: Sequence[Contestant], pace: Pace, seconds: float
) -> dict[str, Any]:
    tally, answers = Tally(), Tally()
    async with client() as http:
        await warm_up(server, http, people[:WARM_UP])
        await asyncio.sleep(SETTLE_SECONDS)
        idle = server.usage()
        visits = visits_of(http, server, people[WARM_UP:])
        began = time.perf_counter()
        with bar(text("step.open", rival=server.name), len(visits), text("unit")) as progress:
            opened = await open_all(visits, tally, progress)
        ramp = time.perf_counter() - began
        if not opened:
            raise NotRunning(text("all_failed", why=tally.errors[0]))
        await asyncio.sleep(SETTLE_SECONDS)
        before, mine = server.usage(), psutil.Process().cpu_times()
        with bar(text("step.crowd"), round(seconds), text("unit.seconds")) as progress:
            ticking = asyncio.create_task(_tick(progress))
            await sit(opened, pace, seconds, answers)
            ticking.cancel()
        after, own = server.usage(), psutil.Process().cpu_times()
        await leave_all(opened, Tally(), tell=False)
    return {
        "opened": len(opened),
        "opened_per_s": len(opened) / ramp,
        **_latencies(answers, seconds),
        "mixed_up": sum(visit.mixed_up for visit in visits),
        "dropped": sum(visit.dropped for visit in visits),
        "failed": len(tally.errors) + len(answers.errors),
        "uss_bytes": after.uss,
        "uss_bytes_per_contestant": (before.uss - idle.uss) / len(opened),
        "server_cores": (after.cpu_s - before.cpu_s) / seconds,
        "client_cores": (own.user + own.system - mine.user - mine.system) / seconds,
        "errors": tally.errors + answers.errors,
    }


def _latencies(answers: Tally, seconds: float) -> dict[str, Any]:
    milliseconds = [1000 * one for one in answers.seconds]
    return {
        "responses": len(milliseconds),
        "responses_per_s": len(milliseconds) / seconds,
        "ack_p50_ms": percentile(milliseconds, 50),
        "ack_p95_ms": percentile(milliseconds, 95),
        "ack_p99_ms": percentile(milliseconds, 99),
        "ack_max_ms": max(milliseconds, default=math.nan),
    }


async def _tick(progress: Callable[[], object]) -> None:
    while True:
        await asyncio.sleep(1)
        progress()


async def sit(visits: Sequence[Visit], pace: Pace, seconds: float, answers: Tally) -> None:
    """Let all answer at that pace for so long; how long each acknowledgement took is told."""
    end = time.perf_counter() + seconds
    await asyncio.gather(*(_answer_until(visit, pace, end, answers) for visit in visits))


async def _answer_until(visit: Visit, pace: Pace, end: float, answers: Tally) -> None:
    """Let one contestant answer one question after the other, from the first again at the end."""
    rng = random.Random(visit.person.canary)
    q = 0
    due = time.perf_counter() + pace.first(rng)
    while due < end:
        await asyncio.sleep(due - time.perf_counter())
        q = q % len(visit.options) + 1
        if not await attempted(_timed(visit, q, answers), answers):
            return
        now = time.perf_counter()
        due = now + pace.next(rng, due, now)


async def _timed(visit: Visit, q: int, answers: Tally) -> None:
    if visit.dropped:
        raise Failed("the connection was lost")
    answers.seconds.append(await visit.answer(q))
