"""`bench standings`: the leaderboard's own process over a large round, without onlookers.

Made-up people sit the sample's papers, answer for answer, and scores are shown at once: the most
that a leaderboard can have to work out.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from contest.bench.board import show_scores
from contest.bench.contestants import enrol, service_of
from contest.bench.load import bar
from contest.bench.messages import text
from contest.clock import SystemClock
from contest.directory import ContestDirectory
from contest.rounds import EXPIRE_SETTLE_MS
from contest.sample import init_directory
from contest.simulate import SECOND_ATTEMPT_SHARE, simulate

PROGRAM = "from contest.board.worker import main; main()"
SEED = 1
NEW = 9_000_000
"""The number of whoever comes later: none of the others has it."""

LOOKS = 5
"""Looks after one more attempt; the middle one counts."""


def bench_standings(entries: int) -> dict[str, Any]:
    """Measure the snapshots of a round with about so many attempts.

    Returns
    -------
    dict
        `attempts` and `people` there were; of a first snapshot, one after one more attempt has
        ended, one with nothing new, and the first after the round has closed: seconds until it
        is there (`first_s`, `more_s`, `same_s`, `closed_s`) and processor seconds in the process
        (`first_cpu_s` …); `memory_mb`, the most that the process had resident while the round was
        open, `closed_memory_mb` over all; `snapshot_mb`, what it sends the server.
    """
    with TemporaryDirectory(prefix="timhieu-") as name:
        directory = ContestDirectory(Path(name) / "thi")
        init_directory(directory.path, SystemClock().now())
        show_scores(directory.path / "the_le.yml")
        people = max(1, round(entries / (1 + SECOND_ATTEMPT_SHARE)))
        asyncio.run(_sit(directory, people))
        asyncio.run(_one_more(directory, 0))
        with _worker(directory) as worker:
            figures = _measured(worker, directory)
        return {"entries": entries, **figures}


async def _sit(directory: ContestDirectory, people: int) -> None:
    async with service_of(directory) as service:
        round_id = service.rounds.known().rules.rounds[0].id
        with bar(text("step.fill"), people, text("unit")) as moved:
            await simulate(service, round_id, people, SEED, progress=moved)


async def _one_more(directory: ContestDirectory, number: int) -> None:
    """Let somebody else begin and hand in."""
    (person,) = await enrol(directory, 1, lambda: None, first=NEW + number)
    async with service_of(directory) as service:
        sitting = await service.sitting(person.attempt_id)
        assert sitting is not None
        now = sitting.record.started_at
        await sitting.take_pen("page", now)
        done = await sitting.submit(1, 1, now + 1)
        if done.result != "saved":
            raise RuntimeError(str(done))


async def _close(directory: ContestDirectory) -> int:
    """Close the round; return a moment after it, ms UTC."""
    async with service_of(directory) as service:
        after = service.rounds.known().rules.rounds[0].closes_at + EXPIRE_SETTLE_MS
        await service.rounds.tick(after)
        return after


class _Worker:
    """The process as the server starts it, and what it has used."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._seen = psutil.Process(process.pid)

    def look(self, now: int) -> tuple[float, float, bytes]:
        """Return seconds, processor seconds, and the line that came."""
        assert self._process.stdin is not None and self._process.stdout is not None
        cpu, begun = self._cpu(), time.perf_counter()
        self._process.stdin.write(json.dumps({"now": now}).encode() + b"\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        return time.perf_counter() - begun, self._cpu() - cpu, line

    def peak(self) -> float:
        """Return the most that was resident so far, MB."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        kilobytes = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(kilobytes.split()[1]) * 1024 / 1e6

    def _cpu(self) -> float:
        times = self._seen.cpu_times()
        return times.user + times.system


@contextmanager
def _worker(directory: ContestDirectory) -> Iterator[_Worker]:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(directory.path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        try:
            yield _Worker(process)
        finally:
            process.kill()


def _measured(worker: _Worker, directory: ContestDirectory) -> dict[str, Any]:
    found: dict[str, Any] = {}

    def look(name: str, now: int) -> dict[str, Any]:
        seconds, cpu, line = worker.look(now)
        found.setdefault(f"{name}_s", []).append(seconds)
        found.setdefault(f"{name}_cpu_s", []).append(cpu)
        answer = json.loads(line)
        if "failed" in answer:
            raise RuntimeError(answer["failed"])
        found["snapshot_mb"] = max(found.get("snapshot_mb", 0), len(line) / 1e6)
        return answer["snapshot"]

    now = SystemClock().now()
    with bar(text("step.looks"), LOOKS + 3, text("unit.looks")) as moved:
        totals = look("first", now)["rounds"][0]["totals"]
        moved()
        for number in range(1, LOOKS + 1):
            asyncio.run(_one_more(directory, number))
            look("more", now)
            moved()
        if look("same", now) is not None:
            raise RuntimeError("a snapshot, though nothing had changed")
        moved()
        memory = worker.peak()
        look("closed", asyncio.run(_close(directory)))
        moved()
    middle = {
        name: sorted(one)[len(one) // 2] if isinstance(one, list) else one
        for name, one in found.items()
    }
    people, attempts = totals
    return {
        "attempts": attempts,
        "people": people,
        **middle,
        "memory_mb": memory,
        "closed_memory_mb": worker.peak(),
    }
