"""`timhieu numbers`: how many take part, while the round is open."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from contest.clock import SystemClock, local
from contest.commands.organise import Refused, opened
from contest.documents_rules import Targets
from contest.frozen import FrozenRound
from contest.live_numbers import RoundNumbers, UnitNumbers, count_round
from contest.messages import text
from contest.numbers import round_half_up, shown_number
from contest.rulings.decided import Decided, decide
from contest.rulings.models import Ruling, read_rulings
from contest.service import Service
from contest.store.protocol import AttemptRecord
from contest.store.sqlite import SqliteStore

BAR = 40
"""Length of the longest bar, in letters."""


@dataclass(frozen=True)
class Live:
    """A round as it is just now.

    Attributes
    ----------
    rulings : list of Ruling
        All of the contest.
    decided : Decided
        What they say of the round.
    closed_at : int or None
        When it was closed for good, milliseconds UTC; None: it isn't.
    """

    frozen: FrozenRound
    numbers: RoundNumbers
    rulings: list[Ruling]
    decided: Decided
    closed_at: int | None


Known = dict[str, AttemptRecord]
"""Attempts that were read already, by id: they never change."""


async def read_live(
    service: Service,
    store: SqliteStore,
    round_id: str | None,
    now: int,
    known: Known | None = None,
) -> Live | None:
    """Count a round, by default the one that opened last; None where it hasn't begun.

    `known` keeps what was read of the round, for whoever counts it again and again.
    """
    begun = [action.subject for action in await store.actions("freeze")]
    chosen = round_id or (begun[-1] if begun else "")
    frozen = await service.rounds.frozen(chosen, now)
    if frozen is None:
        return None
    actions = await store.actions()
    closed_at = next(
        (one.at for one in actions if one.kind == "close" and one.subject == chosen), None
    )
    rulings = read_rulings(actions)
    decided = decide(rulings, chosen, closed_at)
    running = await store.running(chosen)
    records = await asyncio.to_thread(
        _records, store, chosen, running, {} if known is None else known
    )
    numbers = await asyncio.to_thread(count_round, records, running, decided, frozen.units)
    return Live(frozen, numbers, rulings, decided, closed_at)


def _records(
    store: SqliteStore, round_id: str, running: list[str], known: Known
) -> list[AttemptRecord]:
    """Return the attempts under way and those that have ended; only new ones are read."""
    with store.snapshot() as snapshot:
        ids = snapshot.ended(round_id).union(running)
        fresh = ids - known.keys()
        found = snapshot.openings(fresh) if known else snapshot.attempts(round_id)
        known.update((one.attempt_id, one) for one in found)
    return [known[id_] for id_ in ids]


async def show_numbers(directory: Path, round_id: str | None) -> list[str]:
    """Return the lines that tell a round's figures; of the round that opened last, by default.

    Raises
    ------
    Refused
        Where no round, or not this one, has opened.
    """
    async with opened(directory) as service:
        store = service.store
        assert isinstance(store, SqliteStore)
        live = await read_live(service, store, round_id, SystemClock().now())
    if live is None:
        none = text("cli.grade.none")
        raise Refused(text("cli.grade.no_round", round=round_id) if round_id else none)
    rules = live.frozen.rules
    lines = _lines(live.frozen.round.title, live.numbers, rules.documents.targets)
    if rules.prediction is not None and live.closed_at is None:
        lines.append(text("numbers.secret"))
    return lines


def _lines(title: str, numbers: RoundNumbers, targets: Targets) -> list[str]:
    lines = [
        text(
            "numbers.round",
            ky=title,
            people=_of_target(numbers.people, targets.people),
            attempts=_of_target(numbers.attempts, targets.attempts),
            running=shown_number(numbers.running),
            excluded=shown_number(numbers.excluded),
        )
    ]
    for block, people in numbers.blocks.items():
        lines.append(text("numbers.block", block=block, people=shown_number(people)))
    lines.append(text("numbers.units"))
    lines += [_unit(unit, targets.units.get(unit.unit_id)) for unit in numbers.units]
    lines.append(text("numbers.hours"))
    lines += _hours(numbers.by_hour)
    return lines


def _hours(by_hour: list[tuple[int, int]]) -> list[str]:
    """Return a bar for every hour with attempts; hours without any between them are one line."""
    most = max((count for _, count in by_hour), default=0)
    lines: list[str] = []
    for start, count in by_hour:
        if count:
            when = f"{local(start):%H:%M %d/%m}"
            bar = "█" * -(-count * BAR // most)
            lines.append(text("numbers.hour", when=when, n=shown_number(count), bar=bar))
        elif lines[-1] != text("numbers.gap"):
            lines.append(text("numbers.gap"))
    return lines


def _of_target(count: int, target: int | None) -> str:
    if target is None:
        return shown_number(count)
    return text("numbers.target", n=shown_number(count), target=shown_number(target))


def _unit(unit: UnitNumbers, target: int | None) -> str:
    of = ""
    if unit.share is not None and unit.headcount is not None:
        share = Decimal(unit.share.numerator) * 100 / unit.share.denominator
        percent = shown_number(round_half_up(share, 1))
        of = text("numbers.of", headcount=shown_number(unit.headcount), percent=percent)
    return text(
        "numbers.unit",
        indent="  " * unit.level,
        name=unit.name,
        people=_of_target(unit.people, target),
        attempts=shown_number(unit.attempts),
        of=of,
    )
