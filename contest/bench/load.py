"""Many visits at once: what all benches drive their servers with."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import aiohttp
from tqdm import tqdm

from contest.bench.contestants import Contestant
from contest.bench.line import Failed
from contest.bench.messages import text
from contest.bench.rivals import NotRunning, Rival
from contest.bench.visit import Visit

T = TypeVar("T")

OPENING_AT_ONCE = 8
"""Pages that are being opened at any moment."""


QUESTIONS = 20
WARM_UP = 20
GONE_SECONDS = 30.0


@dataclass
class Tally:
    """What went wrong in a load, and how long each thing took, in seconds."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@asynccontextmanager
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    """Make an HTTP client that keeps no cookies and, like separate browsers, shares no connection.

    The collector leaves alone what is there already: its pauses would be measured as the server's.
    """
    connector = aiohttp.TCPConnector(limit=0, force_close=True, ttl_dns_cache=None)
    timeout = aiohttp.ClientTimeout(total=None)
    gc.collect()
    gc.freeze()
    try:
        async with aiohttp.ClientSession(
            connector=connector, timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()
        ) as session:
            yield session
    finally:
        gc.unfreeze()


@contextmanager
def bar(words: str, total: int, unit: str) -> Iterator[Callable[..., object]]:
    """Show a progress bar; gives what to call for each thing done."""
    with tqdm(total=total, desc=words, unit=unit, leave=False, mininterval=0.5) as shown:
        yield shown.update


def visits_of(
    http: aiohttp.ClientSession, rival: Rival, people: Iterable[Contestant], number: int = 0
) -> list[Visit]:
    """Return a visit for each contestant, spread over the rival's processes."""
    urls = rival.urls
    return [
        Visit(http, urls[index % len(urls)], person, dialect=rival.dialect, number=number)
        for index, person in enumerate(people)
    ]


async def at_once(
    items: Iterable[T], limit: int, work: Callable[[T], Awaitable[Any]], tally: Tally
) -> list[T]:
    """Do `work` for all items, `limit` at any moment; return those for which it didn't fail."""
    waiting = iter(items)
    done: list[T] = []

    async def worker() -> None:
        for item in waiting:
            if await attempted(work(item), tally):
                done.append(item)

    await asyncio.gather(*(worker() for _ in range(limit)))
    return done


async def attempted(work: Awaitable[Any], tally: Tally) -> bool:
    """Await a visit's step; a failure is counted and told by False."""
    try:
        await work
    except (Failed, aiohttp.ClientError, OSError) as error:
        tally.errors.append(str(error) or type(error).__name__)
        return False
    return True


async def open_all(
    visits: Sequence[Visit], tally: Tally, progress: Callable[[], object]
) -> list[Visit]:
    """Open all pages, few at a time; return those that have their paper."""

    async def one(visit: Visit) -> None:
        began = time.perf_counter()
        await visit.open()
        tally.seconds.append(time.perf_counter() - began)
        progress()

    return await at_once(visits, OPENING_AT_ONCE, one, tally)


async def answer_all(
    visits: Sequence[Visit], tally: Tally, progress: Callable[[], object]
) -> list[Visit]:
    """Let everybody answer all questions, each waiting for every acknowledgement."""

    async def one(visit: Visit) -> None:
        for q in range(1, len(visit.options) + 1):
            tally.seconds.append(await visit.answer(q))
            progress()

    return await at_once(visits, len(visits), one, tally)


async def submit_all(
    visits: Sequence[Visit], tally: Tally, progress: Callable[[], object]
) -> list[Visit]:
    """Let everybody hand in and wait for the end."""

    async def one(visit: Visit) -> None:
        await visit.submit()
        progress()

    return await at_once(visits, len(visits), one, tally)


async def leave_all(visits: Sequence[Visit], tally: Tally, *, tell: bool = True) -> None:
    """Close all pages."""
    await at_once(visits, OPENING_AT_ONCE, lambda visit: visit.leave(tell=tell), tally)


async def warm_up(rival: Rival, http: aiohttp.ClientSession, people: Sequence[Contestant]) -> None:
    """Let some come, answer, hand in and go; what they used must be gone before measuring.

    Where closing a page doesn't end its kernel, the beacon is refused: told by an error.
    """
    tally = Tally()
    processes = rival.usage().processes
    visits = visits_of(http, rival, people)
    with bar(text("step.warm", rival=rival.name), len(visits), text("unit")) as progress:
        opened = await open_all(visits, tally, progress)
        await answer_all(opened, tally, lambda: None)
        await submit_all(opened, tally, lambda: None)
        await leave_all(opened, tally)
    if tally.errors:
        raise NotRunning(text("stopped", rival=rival.name, log=f"{tally.errors[0]}\n{rival.log()}"))
    end = time.monotonic() + GONE_SECONDS
    while rival.usage().processes > processes and time.monotonic() < end:
        await asyncio.sleep(0.5)
