"""`bench kills`: the server is killed again and again while contestants write."""

from __future__ import annotations

import asyncio
import random
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from contest.bench.contestants import Contestant, audit, enrol, make_contest
from contest.bench.line import Failed
from contest.bench.load import QUESTIONS, bar, client
from contest.bench.messages import text
from contest.bench.rivals import Ours
from contest.bench.visit import Visit

ALIVE_SECONDS = (0.0, 1.0)
"""How long each server lives after its first acknowledgement, chosen anew each time."""

AGAIN_SECONDS = 0.1
THOUGHT_SECONDS = 0.05
FINISH_SECONDS = 120.0


@dataclass
class _Course:
    """What contestants have done so far."""

    opened: int = 0
    acknowledged: int = 0
    mixed_up: int = 0
    over: bool = False


class Killed(Ours):
    """Our server, always on the same port, ended without warning."""

    def kill(self) -> None:
        """End it with SIGKILL and wait until it is gone."""
        for process in self._running:
            process.send_signal(signal.SIGKILL)
            process.wait(10)
        self._running = []

    def again(self) -> None:
        """Start it on the port it had."""
        self.urls = []
        self.start()

    def port(self) -> int:
        self._port = self._port or super().port()
        return self._port

    _port = 0


def bench_kills(times: int, contestants: int, say: Callable[[str], object]) -> dict[str, float]:
    """Kill the server `times` times under `contestants` who write; return what was lost.

    Returns
    -------
    dict
        `kills`, `contestants`, `opened` (papers, over all restarts), `acknowledged`, `lost`
        (acknowledged and not in the database), `mixed_up`, `finished` (contestants who could
        hand in at the end), `restart_s` (mean time until the server answered again).
    """
    folder = Path(tempfile.mkdtemp(prefix="bench-contest-"))
    try:
        directory = make_contest(folder / "contest")
        with bar(text("step.enrol"), contestants, text("unit")) as progress:
            people = asyncio.run(enrol(directory, contestants, progress))
        server = Killed(directory.path)
        server.again()
        try:
            figures = asyncio.run(_run(server, people, times))
        finally:
            server.stop()
        found = asyncio.run(audit(directory, people, lambda: None))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    figures["lost"] += found.lost
    figures["mixed_up"] += found.mixed_up
    if figures["finished"] < contestants:
        say(text("kills.stuck", n=contestants - int(figures["finished"])))
    return figures


async def _run(server: Killed, people: list[Contestant], times: int) -> dict[str, float]:
    course = _Course()
    async with client() as http:
        writing = [
            asyncio.create_task(_write(http, server.urls[0], person, course)) for person in people
        ]
        restart = 0.0
        with bar(text("step.kills"), times, text("unit.cycles")) as progress:
            for _ in range(times):
                await _written(course)
                await asyncio.sleep(random.uniform(*ALIVE_SECONDS))
                server.kill()
                began = time.perf_counter()
                await asyncio.to_thread(server.again)
                restart += time.perf_counter() - began
                progress()
        course.over = True
        _, late = await asyncio.wait(writing, timeout=FINISH_SECONDS)
        for task in late:
            task.cancel()
        await asyncio.gather(*writing, return_exceptions=True)
    return {
        "kills": times,
        "contestants": len(people),
        "opened": course.opened,
        "acknowledged": course.acknowledged,
        "lost": 0,
        "mixed_up": course.mixed_up,
        "finished": len(people) - len(late),
        "restart_s": restart / times,
    }


async def _written(course: _Course) -> None:
    """Wait until somebody has written to the server that runs now."""
    before = course.acknowledged
    end = time.monotonic() + FINISH_SECONDS
    while course.acknowledged == before and time.monotonic() < end:
        await asyncio.sleep(THOUGHT_SECONDS)


async def _write(
    http: aiohttp.ClientSession, url: str, person: Contestant, course: _Course
) -> None:
    """Answer without end, opening the page again whenever the server is gone; then hand in."""
    number = 0
    while True:
        number += 1
        visit = Visit(http, url, person, number=number)
        try:
            await visit.open()
            course.opened += 1
            while not course.over:
                await visit.answer(random.randint(1, QUESTIONS))
                course.acknowledged += 1
                await asyncio.sleep(THOUGHT_SECONDS)
            await visit.submit()
            return
        except (Failed, aiohttp.ClientError, OSError):
            await asyncio.sleep(AGAIN_SECONDS)
        finally:
            course.mixed_up += visit.mixed_up
            with suppress(Failed, aiohttp.ClientError, OSError):
                await visit.leave(tell=False)
