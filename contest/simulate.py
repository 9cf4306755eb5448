"""Synthetic contestants, row for row through the same service as real ones.

Each contestant is a script made from (seed, number): when to register, which
options to choose, when to stop. Every step leaves exactly one row, so a run
that was killed goes on at the step behind its last row and ends with the very
rows an unbroken run has.
"""

from __future__ import annotations

import asyncio
import datetime
import json
import math
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO, TypeVar

from contest.draw import Item, Paper
from contest.frozen import FrozenRound
from contest.ids import SeededIds
from contest.kinds import kind_of
from contest.messages import text
from contest.registration import read_fields
from contest.registration_fields import GENDERS, input_name
from contest.rounds import EXPIRE_SETTLE_MS
from contest.rules import Rules
from contest.rules_registration import IdentityField
from contest.service import Registered, Service
from contest.sitting import Answered, Sitting
from contest.store.commands import MarkSynthetic
from contest.units import Unit
from questions.answers import right_response

WORKERS = 200
SUBMIT_SHARE = 0.94
SECOND_ATTEMPT_SHARE = 0.3
READING_MS = 60_000
PAUSE_MS = 10 * 60_000
MAX_CONTESTANTS = 10_000_000  # as many as 000xxxxxxx has numbers

Progress = Callable[[], object]
T = TypeVar("T")


class RealData(ValueError):
    """The database holds real attempts, or synthetic ones of another seed."""


class CannotSimulate(ValueError):
    """The round can't be simulated: already closed, or its files are wrong."""


@dataclass(frozen=True)
class Plan:
    """One attempt as it will be sat; times in milliseconds after its start."""

    steps: list[tuple[str, int, int, Any]] = field(default_factory=list)
    """(kind, offset, question, answer) in order; kind answer, flag, predict, submit. The answer
    has the shape in which a page sends it."""

    prediction: int = 0


class Simulation:
    """A run over one round.

    Parameters
    ----------
    service : Service
        Made with `synthetic=True`.
    frozen : FrozenRound
    contestants : int
        How many; a larger number later adds to the same ones.
    seed : int
    acknowledged : text file or None
        Gets a JSON line for every acknowledged response, after its commit.

    Attributes
    ----------
    taking_part : int
        Contestants so far whom the round admits.
    """

    def __init__(
        self,
        service: Service,
        frozen: FrozenRound,
        contestants: int,
        seed: int,
        acknowledged: TextIO | None = None,
    ) -> None:
        self.service = service
        self.frozen = frozen
        self.contestants = contestants
        self.seed = seed
        self.acknowledged = acknowledged
        self.taking_part = 0

    async def run(self, progress: Progress = lambda: None) -> None:
        """Let every contestant take part; `progress` is called after each."""
        numbers = iter(range(self.contestants))

        async def worker() -> None:
            for number in numbers:
                await self._contestant(number)
                progress()

        await asyncio.gather(*(worker() for _ in range(min(WORKERS, self.contestants))))

    async def _contestant(self, number: int) -> None:
        rng = random.Random(f"{self.seed}/{number}")
        opens, closes = self.frozen.round.opens_at, self.frozen.round.closes_at
        length = self._longest()
        window_opens, window_closes = _pick(rng, self._windows(opens, closes, length))
        last_start = max(window_opens, window_closes - length - READING_MS)
        start = window_opens + int(rng.random() * (last_start - window_opens))
        registered = await self._register(number, rng, start)
        if not self.service.admits(self.frozen.round, registered.contestant_id):
            return
        self.taking_part += 1
        ability = 0.35 + 0.65 * math.sqrt(rng.random())
        attempts = 2 if rng.random() < SECOND_ATTEMPT_SHARE else 1
        start += READING_MS
        limit = self.frozen.rules.attempts.limit
        for attempt in range(1, (attempts if limit is None else min(attempts, limit)) + 1):
            if start + length > window_closes:
                break
            await self._attempt(number, attempt, registered, ability, start)
            start += length + PAUSE_MS

    def _longest(self) -> int:
        rules, round_id = self.frozen.rules, self.frozen.round.id
        return max(rules.paper_of(round_id, group.id).duration_ms for group in rules.groups)

    def _windows(self, opens: int, closes: int, length: int) -> list[tuple[int, int]]:
        long_enough = [span for span in self.frozen.round.spans if span[1] - span[0] > length]
        return long_enough or [(opens, closes)]

    async def _register(self, number: int, rng: random.Random, at: int) -> Registered:
        fields = _registration(self.frozen.rules, number)
        unit: Unit = _pick(rng, _weighted(self.frozen.units.leaves))
        group = _pick(rng, self.frozen.rules.groups)
        service = self.service.with_ids(SeededIds(self.seed, f"contestant/{number}"))
        registered = await service.register(
            self.frozen.rules, fields, unit.unit_id, group.id, at
        )  # fmt: skip
        if registered is None:
            raise RealData(f"000{number:07}")
        return registered

    async def _attempt(
        self,
        number: int,
        attempt: int,
        registered: Registered,
        ability: float,
        start: int,
    ) -> None:
        name = f"contestant/{number}/{self.frozen.round.id}/attempt/{attempt}"
        plan_rng = random.Random(f"{self.seed}/{name}")
        records = await self.service.store.attempts_of(
            registered.contestant_id, self.frozen.round.id
        )
        if len(records) < attempt:
            service = self.service.with_ids(SeededIds(self.seed, name))
            opened = await service.open_attempt(
                registered.contestant_id, self.frozen.round.id, start
            )
            if opened.attempt_id is None:
                raise CannotSimulate(f"{name}: {opened.result}")
            attempt_id = opened.attempt_id
        else:
            attempt_id = records[attempt - 1].attempt_id
        sitting = await self.service.sitting(attempt_id)
        if sitting is None:
            raise CannotSimulate(name)
        limit = self.frozen.paper_rules(sitting.record).duration_ms
        plan = make_plan(
            plan_rng, self.frozen, sitting.paper, limit, ability, self.contestants
        )  # fmt: skip
        await self._sit(sitting, plan, f"page-{self.seed}-{number}-{attempt}")

    async def _sit(self, sitting: Sitting, plan: Plan, page: str) -> None:
        done = (await sitting.head()).n - 2  # rows behind open and pen
        if done < 0:
            await sitting.take_pen(page, sitting.record.started_at + 1500)
            done = 0
        submitted = False
        for sequence, (kind, offset, q, chosen) in enumerate(plan.steps, start=1):
            submitted = submitted or kind == "submit"
            if sequence <= done:
                continue
            at = sitting.record.started_at + offset
            answered = await self._step(sitting, plan, kind, sequence, q, chosen, at)
            if answered.result != "saved":
                raise CannotSimulate(f"{page}: {kind} {answered}")
            self._log(sitting, sequence)
        if not submitted:
            grace = self.frozen.paper_rules(sitting.record).grace_seconds * 1000
            await sitting.expire(sitting.deadline + grace + EXPIRE_SETTLE_MS)

    async def _step(
        self, sitting: Sitting, plan: Plan, kind: str, sequence: int, q: int,
        chosen: Any, at: int,
    ) -> Answered:  # fmt: skip
        if kind == "answer":
            return await sitting.answer(1, sequence, q, chosen, at)
        if kind == "flag":
            return await sitting.flag(1, sequence, q, True, at)
        if kind == "predict":
            return await sitting.predict(1, sequence, str(plan.prediction), at)
        return await sitting.submit(1, sequence, at)

    def _log(self, sitting: Sitting, sequence: int) -> None:
        if self.acknowledged is not None:
            line = {"attempt_id": sitting.attempt_id, "pen": 1, "sequence": sequence}
            self.acknowledged.write(json.dumps(line) + "\n")
            self.acknowledged.flush()


def _registration(rules: Rules, number: int) -> dict[str, str]:
    """Return what contestant `number` fills in; CannotSimulate where the rules don't take it."""
    typed = {
        input_name(field): _made_up(rules, field, number) for field in rules.registration.fields
    }
    fields, errors = read_fields(rules, typed)
    if errors:
        raise CannotSimulate("; ".join(error.message for error in errors))
    return fields


def _made_up(rules: Rules, field: IdentityField, number: int) -> str:
    """Return what nobody can have: no such numbers, addresses and names are given out."""
    if field.kind == "birth":
        day = _birth_within(rules, number)
        return day.isoformat() if field.precision == "day" else str(day.year)
    if field.kind == "gender":
        return GENDERS[number % len(GENDERS)]
    if field.kind == "choice":
        return field.choices[number % len(field.choices)]
    if field.kind == "text":
        return text("simulate.text")[: field.max_length]
    return {
        "name": f"Thí sinh thử {number:05}",
        "phone": f"000{number:07}",
        "id_number": f"000{number:09}",
        "email": f"thi-sinh-{number:05}@thu.invalid",
        "address": f"Thôn thử {number % 100}, xã mẫu",
        "candidate_code": f"THU{number:07}",
    }[field.kind]


def _birth_within(rules: Rules, number: int) -> datetime.date:
    """Return a birth that the rules' age allows, different ones for different numbers."""
    age = rules.registration.age
    on = age.on if age else datetime.date(2026, 1, 1)
    oldest = (age and age.at_most) or 70
    youngest = (age and age.at_least) or min(12, oldest)
    years = youngest + 1 + number % max(1, oldest - youngest)
    return datetime.date(on.year - min(years, oldest), 1, 1)


def make_plan(
    rng: random.Random,
    frozen: FrozenRound,
    paper: Paper,
    limit: int,
    ability: float,
    contestants: int,
) -> Plan:
    """Return how an attempt will be sat within `limit` ms: pure, the same for the same numbers."""
    pace = (0.25 + 0.6 * rng.random()) * limit / (len(paper) + 1)
    submits = rng.random() < SUBMIT_SHARE
    stops_after = len(paper) if submits else int(rng.random() * len(paper))
    plan = Plan(prediction=max(1, round(contestants * math.exp(0.6 * (rng.random() - 0.5)))))
    at = 3000.0
    for q, item in enumerate(paper.items, start=1):
        at += pace * (0.5 + rng.random())
        right = _right(item)
        knows, slips, second, flags = (rng.random() for _ in range(4))
        wrong = GUESSES[item.question.kind](rng, item)
        if q > stops_after or at >= limit - 5000:
            break
        if slips < 0.02:  # left unanswered
            continue
        chosen = right if knows < ability else wrong
        if second < 0.08:  # changes their mind
            plan.steps.append(("answer", int(at) - 400, q, wrong))
        plan.steps.append(("answer", int(at), q, chosen))
        if flags < 0.05:
            plan.steps.append(("flag", int(at) + 200, q, []))
    end = int(min(at + pace, limit - 2000))
    if frozen.rules.prediction is not None and rng.random() < 0.96:
        plan.steps.append(("predict", end - 1000, 0, []))
    if submits:
        plan.steps.append(("submit", end, 0, []))
    return plan


def _right(item: Item) -> Any:
    """Return the right answer as a page sends it; some text where only people can say."""
    response = right_response(item.question)
    return text("simulate.text") if response is None else kind_of(item).write(item, response)


def _choose(rng: random.Random, item: Item) -> list[int]:
    options = len(item.options)
    if not item.question.many:
        return [1 + int(rng.random() * options)]
    chosen = [position for position in range(1, options + 1) if rng.random() < 0.5]
    return chosen or [1]


def _match(rng: random.Random, item: Item) -> list[int]:
    return [1 + int(rng.random() * len(item.options)) for _ in item.question.left]


def _order(rng: random.Random, item: Item) -> list[int]:
    return sorted(range(1, len(item.options) + 1), key=lambda _: rng.random())


def _cloze(rng: random.Random, item: Item) -> list[int | str]:
    return [
        1 + int(rng.random() * len(options)) if options else text("simulate.text")
        for options in item.gaps
    ]


GUESSES: dict[str, Callable[[random.Random, Item], Any]] = {
    "choice": _choose,
    "group": lambda rng, item: [rng.random() < 0.5 for _ in item.question.statements],
    "match": _match,
    "order": _order,
    "number": lambda rng, _: str(int(rng.random() * 100)),
    "text": lambda _rng, _item: text("simulate.text"),
    "cloze": _cloze,
    "essay": lambda _rng, _item: text("simulate.text"),
}
"""Kind of question -> the answer of somebody who doesn't know it."""


def _pick(rng: random.Random, items: Iterable[T]) -> T:
    choices = list(items)
    return choices[int(rng.random() * len(choices))]


def _weighted(units: Iterable[Unit]) -> list[Unit]:
    """Return units, larger ones oftener: one entry per ten heads, at least one."""
    return [unit for unit in units for _ in range(max(1, (unit.headcount or 10) // 10))]


async def prepare(service: Service, round_id: str, seed: int) -> FrozenRound:
    """Mark the database as synthetic and freeze the round at its opening.

    Raises
    ------
    RealData
        When the database holds real attempts, or synthetic ones of another seed.
    CannotSimulate
        When the round is closed already or its files are wrong.
    """
    frozen = await service.rounds.frozen(round_id)
    contest = await service.rounds.contest()
    # Before the mark, which stays for good: it shall not spoil a contest that can't be simulated.
    _registration(frozen.rules if frozen else contest.rules, 0)
    (outcome,) = await service.store.write(MarkSynthetic(seed))
    if outcome.result == "refused":
        raise RealData(round_id)
    if await service.rounds.closed(round_id):
        raise CannotSimulate(round_id)
    if frozen is None:
        await service.rounds.freeze(round_id, contest.rules.round(round_id).opens_at)
        frozen = await service.rounds.frozen(round_id)
    if frozen is None:
        raise CannotSimulate(round_id)
    return frozen


async def simulate(
    service: Service,
    round_id: str,
    contestants: int,
    seed: int,
    *,
    acknowledged: Path | None = None,
    close: bool = False,
    progress: Progress = lambda: None,
) -> int:
    """Run a whole simulation and return how many took part; see `Simulation`, `prepare`.

    `close` moves the simulated clock behind the round's end, where the server would close it. Of
    a round for those who were admitted, only they take part.
    """
    frozen = await prepare(service, round_id, seed)
    run = Simulation(service, frozen, contestants, seed)
    if acknowledged is None:
        await run.run(progress)
    else:
        with acknowledged.open("a", encoding="utf-8") as file:
            run.acknowledged = file
            await run.run(progress)
    if close:
        await service.rounds.tick(frozen.round.closes_at + EXPIRE_SETTLE_MS)
    return run.taking_part
