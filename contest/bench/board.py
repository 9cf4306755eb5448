"""`bench board`: how much slower answers are acknowledged while a crowd looks at the leaderboard.

Quiet, looked at, quiet again: the two quiet parts together are what the middle one is compared
with, so that a machine that gets busier or calmer meanwhile weighs on both. In all three somebody
hands in every second, so that the table is worked out anew again and again.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import asdict, dataclass, field
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urljoin

import aiohttp
import psutil

from contest.bench.contestants import Contestant, audit, enrol, make_contest
from contest.bench.crowd import Pace, sit
from contest.bench.figures import percentile
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

PATH = "/bang-xep-hang"
POLL_SECONDS = 10
"""As the page's own script does."""

KEPT_SECONDS = 60
"""How long a connection is kept at least by the browsers that people have."""

PARTS = 3
HAND_IN_SECONDS = 1.0
SETTLE_SECONDS = 1.5
FIRST_TRIES = 60
LEAST = 19
"""The crowd takes what processor time the others leave: phones have processors of their own."""

OPEN_RULES = {
    "  score: after_round": "  score: at_once",
    "      - key: prediction_error\n        order: low\n": "",
}
"""Changes of the sample's rules with which an open round's board shows people and units."""


@dataclass
class Looks:
    """What those got who looked: pages anew, pages unchanged, and how long each took, seconds."""

    anew: int = 0
    unchanged: int = 0
    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def add(self, other: Looks) -> None:
        """Count what others saw as well."""
        self.anew += other.anew
        self.unchanged += other.unchanged
        self.seconds += other.seconds
        self.errors += other.errors


@dataclass(frozen=True)
class Crowd:
    """Who looks at the leaderboard.

    `anew`: over a connection of its own for every look; else each keeps one, as browsers do for
    longer than the page waits between two looks.
    """

    looking: int
    anew: bool = False


def bench_board(
    crowd: Crowd, connected: int, every: float, seconds: float, say: Callable[[str], object]
) -> dict[str, Any]:
    """Measure; return the figures.

    Parameters
    ----------
    crowd : Crowd
        Who looks at the leaderboard.
    connected : int
        How many answer meanwhile.
    every : float
        Seconds between two answers of one contestant.
    seconds : float
        Of all three parts together.
    """
    part = seconds / PARTS
    leaving = int(seconds / HAND_IN_SECONDS) + PARTS
    count = connected + leaving + WARM_UP
    with TemporaryDirectory(prefix="bench-contest-", ignore_cleanup_errors=True) as folder:
        directory = make_contest(Path(folder) / "contest")
        show_scores(directory.path / "the_le.yml")
        with bar(text("step.enrol"), count, text("unit")) as progress:
            people = asyncio.run(enrol(directory, count, progress))
        with Ours(directory.path, 1) as server:
            figures = asyncio.run(_measured(server, people, crowd, connected, every, part))
        with bar(text("step.audit"), len(people), text("unit")) as progress:
            found = asyncio.run(audit(directory, people, progress))
    figures |= {"lost": found.lost, "mixed_up": figures["mixed_up"] + found.mixed_up}
    if why := figures.pop("errors"):
        say(text("failed", rival=server.name, failed=len(why), of=connected, why=why[0]))
    return {**asdict(crowd), "connected": connected, "every": every, **figures}


def show_scores(rules: Path) -> None:
    """Let the sample's leaderboard show people and units while its round is open."""
    written = rules.read_text(encoding="utf-8")
    head, _, rest = written.partition("prediction:\n")
    ranking = rest[rest.index("ranking:\n") :]
    written = f"{head}prediction: null\n\n{ranking}"
    for old, new in OPEN_RULES.items():
        if old not in written:
            raise ValueError(f"the sample's rules have no {old!r}")
        written = written.replace(old, new)
    rules.write_text(written, encoding="utf-8")


async def _measured(
    server: Ours, people: Sequence[Contestant], watching: Crowd, connected: int, every: float,
    part: float,
) -> dict[str, Any]:  # fmt: skip
    tally, quiet, looked = Tally(), Tally(), Tally()
    looks = Looks()
    async with client() as http:
        await warm_up(server, http, people[:WARM_UP])
        visits = visits_of(http, server, people[WARM_UP:])
        with bar(text("step.open", rival=server.name), len(visits), text("unit")) as progress:
            opened = await open_all(visits, tally, progress)
        if not opened:
            raise NotRunning(text("all_failed", why=tally.errors[0]))
        sitting, leaving = opened[:connected], iter(opened[connected:])
        pace = Pace(every, every, period=True)
        url = urljoin(server.urls[0], PATH)
        await _first_table(http, url)
        await asyncio.sleep(SETTLE_SECONDS)
        used = []
        with (
            bar(text("step.board"), PARTS, text("unit.parts")) as progress,
            ProcessPoolExecutor(1, get_context("spawn"), os.nice, (LEAST,)) as pool,
        ):
            await _apart(pool, url, Crowd(0), 0)  # it is there before anything is measured
            for answers, crowd in ((quiet, Crowd(0)), (looked, watching), (quiet, Crowd(0))):
                before = server.usage().cpu_s
                mine = sum(psutil.Process().cpu_times()[:2])
                _, _, seen = await asyncio.gather(
                    sit(sitting, pace, part, answers),
                    _leave(leaving, part, tally),
                    _apart(pool, url, crowd, part),
                )
                looks.add(seen)
                own = sum(psutil.Process().cpu_times()[:2]) - mine
                used.append(((server.usage().cpu_s - before) / part, own / part))
                progress()
        await leave_all(opened, Tally(), tell=False)
    without, beside = _p95(quiet), _p95(looked)
    return {
        **_latencies("quiet", quiet),
        **_latencies("looked_at", looked),
        "p95_ratio": beside / without,
        "pages_anew": looks.anew,
        "pages_unchanged": looks.unchanged,
        "page_p95_ms": percentile([1000 * one for one in looks.seconds], 95),
        "server_cores_quiet": (used[0][0] + used[2][0]) / 2,
        "server_cores_looked_at": used[1][0],
        "client_cores_looked_at": used[1][1],
        "mixed_up": sum(visit.mixed_up for visit in visits),
        "dropped": sum(visit.dropped for visit in visits),
        "errors": tally.errors + quiet.errors + looked.errors + looks.errors,
    }


async def _first_table(http: aiohttp.ClientSession, url: str) -> None:
    """Wait until there is a table: the process that ranks starts with the first look."""
    looks = Looks()
    for _ in range(FIRST_TRIES):
        await _look(http, url, "", looks)
        if looks.anew:
            return
        await asyncio.sleep(1)
    raise NotRunning(text("board.none"))


async def _leave(visits: Any, seconds: float, tally: Tally) -> None:
    """Let one hand in after the other."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end - HAND_IN_SECONDS:
        await asyncio.sleep(HAND_IN_SECONDS)
        visit: Visit | None = next(visits, None)
        if visit is not None:
            await attempted(visit.submit(), tally)


async def _apart(pool: ProcessPoolExecutor, url: str, crowd: Crowd, seconds: float) -> Looks:
    """Let them look from a process of its own: their work isn't that of whoever answers."""
    return await asyncio.get_running_loop().run_in_executor(pool, _crowd, url, crowd, seconds)


def _crowd(url: str, crowd: Crowd, seconds: float) -> Looks:
    looks = Looks()

    async def look() -> None:
        async with client() as shared:
            browser = (lambda: nullcontext(shared)) if crowd.anew else _browser
            shares = (n / crowd.looking for n in range(crowd.looking))
            await asyncio.gather(*(_watch(browser, url, share, seconds, looks) for share in shares))

    asyncio.run(look())
    return looks


def _browser() -> aiohttp.ClientSession:
    """Return a browser that keeps its connection."""
    connector = aiohttp.TCPConnector(limit=1, keepalive_timeout=KEPT_SECONDS)
    return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())


async def _watch(
    browser: Callable[[], AbstractAsyncContextManager[aiohttp.ClientSession]],
    url: str,
    share: float,
    seconds: float,
    looks: Looks,
) -> None:
    """Let one look every ten seconds, beginning at their own `share` of that time."""
    end = time.perf_counter() + seconds
    etag = ""
    await asyncio.sleep(share * min(POLL_SECONDS, seconds))
    async with browser() as http:
        while time.perf_counter() < end:
            due = time.perf_counter() + POLL_SECONDS
            try:
                etag = await _look(http, url, etag, looks)
            except (aiohttp.ClientError, OSError) as error:
                looks.errors.append(str(error) or type(error).__name__)
            if due >= end:  # people don't all leave in the same moment
                return
            await asyncio.sleep(max(0.0, due - time.perf_counter()))


async def _look(http: aiohttp.ClientSession, url: str, etag: str, looks: Looks) -> str:
    """Ask for the page as a browser that knows it by its ETag; return the new one."""
    headers = {"Accept-Encoding": "gzip"} | ({"If-None-Match": etag} if etag else {})
    began = time.perf_counter()
    async with http.get(url, headers=headers) as answer:
        await answer.read()
        if answer.status not in (200, 304, 503):
            raise aiohttp.ClientError(f"status {answer.status}")
        looks.anew += answer.status == 200
        looks.unchanged += answer.status == 304
        looks.seconds.append(time.perf_counter() - began)
        return answer.headers.get("Etag", etag)


def _p95(answers: Tally) -> float:
    return percentile([1000 * one for one in answers.seconds], 95)


def _latencies(name: str, answers: Tally) -> dict[str, Any]:
    milliseconds = [1000 * one for one in answers.seconds]
    return {
        f"{name}_responses": len(milliseconds),
        **{f"{name}_p{n}_ms": percentile(milliseconds, n) for n in (50, 95, 99)},
    }
