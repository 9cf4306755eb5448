"""Contestants for a load: signed in beforehand, checked against the database afterwards."""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from contest.attempt import Kind
from contest.clock import SystemClock
from contest.directory import ContestDirectory
from contest.draw import Paper
from contest.sample import init_directory
from contest.service import Service
from contest.serving.visitor import Cookies
from contest.store.protocol import Row
from contest.store.sqlite import SqliteStore

MINUTES = 180
"""How long an attempt runs in a bench: no load lasts as long."""

AT_ONCE = 200
CANARY = "canary"
XSRF_COOKIE = "_xsrf"

Progress = Callable[[], object]


def new_canary() -> str:
    """Return a mark that everything a contestant sends bears: 32 letters and digits."""
    return CANARY + secrets.token_hex(13)


@dataclass
class Contestant:
    """Somebody who takes part in a load.

    Attributes
    ----------
    canary : str
        In every message they send; whatever quotes another's is mixed up.
    cookies : str
        The Cookie header of their browser; empty where a server knows no people.
    attempt_id, receipt : str
        Of the attempt under way; empty where it isn't known.
    acknowledged : dict
        (pen, seq) -> (question, chosen positions) of everything that was acknowledged.
    """

    canary: str = field(default_factory=new_canary)
    contestant_id: str = ""
    cookies: str = ""
    xsrf: str = field(default_factory=lambda: secrets.token_hex(16))
    attempt_id: str = ""
    receipt: str = ""
    paper: str = ""
    acknowledged: dict[tuple[int, int], tuple[int, list[int]]] = field(default_factory=dict)


def digest(questions: Iterable[tuple[str, Sequence[str]]]) -> str:
    """Return a short mark of a paper: its questions and options in their order."""
    text = json.dumps([[stem, list(options)] for stem, options in questions], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def paper_digest(paper: Paper) -> str:
    """Return the mark of a paper as it was drawn."""
    return digest(
        (item.question.stem, [option.text for option in item.options]) for item in paper.items
    )


def told_digest(message: dict[str, Any]) -> str:
    """Return the mark of a paper as a page was told it."""
    return digest((one["stem"], one["options"]) for one in message["questions"])


def make_contest(path: Path) -> ContestDirectory:
    """Write the sample contest, open from today, with attempts that outlast every load."""
    init_directory(path, SystemClock().now())
    rules = path / "the_le.yml"
    text = rules.read_text(encoding="utf-8")
    longer = text.replace("  minutes: 20\n", f"  minutes: {MINUTES}\n")
    if longer == text:
        raise ValueError("the sample's rules don't say how long a paper takes")
    rules.write_text(longer, encoding="utf-8")
    return ContestDirectory(path)


@asynccontextmanager
async def service_of(directory: ContestDirectory) -> AsyncIterator[Service]:
    """Open the contest's database; no server need run."""
    store = await asyncio.to_thread(SqliteStore, directory.database)
    try:
        service = Service(directory, store, synthetic=True)
        await service.rounds.contest()
        yield service
    finally:
        await store.close()


async def enrol(
    directory: ContestDirectory,
    count: int,
    progress: Progress,
    *,
    first: int = 0,
    open_attempts: bool = True,
) -> list[Contestant]:
    """Register people, sign their browsers in and open an attempt for each.

    `first` is the number of the first one; numbers must be new.
    """
    now = SystemClock().now()
    cookies = Cookies(directory)
    contestants: list[Contestant] = []
    numbers = iter(range(first, first + count))
    async with service_of(directory) as service:
        await service.rounds.tick(now)

        async def worker() -> None:
            for number in numbers:
                person = await _enrol_one(service, number, now, open_attempts)
                name, value = cookies.signed(person.contestant_id)
                person.cookies = f"{name}={value}; {XSRF_COOKIE}={person.xsrf}"
                contestants.append(person)
                progress()

        await asyncio.gather(*(worker() for _ in range(min(AT_ONCE, count))))
    return contestants


async def _enrol_one(service: Service, number: int, now: int, open_attempt: bool) -> Contestant:
    contest = service.rounds.known()
    units = contest.units.leaves
    fields = {"name": f"Bench {number:07}", "phone": f"000{number:07}"}
    unit, group = units[number % len(units)].unit_id, contest.rules.groups[0].id
    registered = await service.register(contest.rules, fields, unit, group, now)
    if registered is None:
        raise ValueError(f"{fields['phone']} is registered already")
    person = Contestant(contestant_id=registered.contestant_id)
    if open_attempt:
        round_id = contest.rules.rounds[0].id
        opened = await service.open_attempt(person.contestant_id, round_id, now)
        person.attempt_id = opened.attempt_id or ""
    return person


@dataclass
class Audit:
    """What the database says behind a load."""

    lost: int = 0
    mixed_up: int = 0


async def audit(
    directory: ContestDirectory, people: Sequence[Contestant], progress: Progress
) -> Audit:
    """Compare what was told and acknowledged with what is stored, attempt by attempt."""
    found = Audit()
    async with service_of(directory) as service:
        round_id = service.rounds.known().rules.rounds[0].id
        for person in people:
            await _audit_one(service, person, round_id, found)
            progress()
    return found


async def _audit_one(service: Service, person: Contestant, round_id: str, found: Audit) -> None:
    if not person.attempt_id:
        records = await service.store.attempts_of(person.contestant_id, round_id)
        person.attempt_id = records[0].attempt_id if records else ""
    sitting = await service.sitting(person.attempt_id) if person.attempt_id else None
    if sitting is None:
        found.lost += len(person.acknowledged)
        return
    if person.paper and person.paper != paper_digest(sitting.paper):
        found.mixed_up += 1
    if person.receipt and person.receipt != sitting.record.receipt:
        found.mixed_up += 1
    rows = await service.store.rows(person.attempt_id)
    stored = {(row.pen, row.sequence or 0): row for row in rows if row.kind is Kind.RESPONSE}
    lost, mixed = compare(person.acknowledged, stored, sitting.paper)
    found.lost += lost
    found.mixed_up += mixed


def compare(
    acknowledged: dict[tuple[int, int], tuple[int, list[int]]],
    stored: dict[tuple[int, int], Row],
    paper: Paper,
) -> tuple[int, int]:
    """Return how many acknowledged responses are not stored, and how many hold something else."""
    lost = mixed = 0
    for number, (q, chosen) in acknowledged.items():
        row = stored.get(number)
        if row is None:
            lost += 1
            continue
        item = paper.item(q)
        body = json.loads(row.body)
        if body != {"question": item.question.id, "chosen": item.ids_at(chosen)}:
            mixed += 1
    return lost, mixed
