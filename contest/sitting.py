"""One attempt as its page writes it: every message is checked here, then stored.

Positions come in, bank ids go to the store. What a page claims is never
believed: attempt, pen, question, options, number and time are all checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from contest.attempt import Draft, Head, Kind, Refusal, Row, State
from contest.draw import Paper
from contest.frozen import FrozenRound
from contest.kinds import NotAnAnswer, kind_of
from contest.numbers import read_number
from contest.replay import Replay, replay
from contest.rounds import EXPIRE_SETTLE_MS, Rounds, deadline_with
from contest.store.commands import Append, TakePen
from contest.store.protocol import AttemptRecord, Outcome
from contest.watch import Watcher
from questions.canonical import nfc
from questions.model import Bank

MAX_SEQUENCE = 1_000_000
MAX_TYPED = 40
PERCENT_DECIMALS = 5


@dataclass(frozen=True)
class Answered:
    """What became of a message.

    `saved` (now, or by an earlier sending), `stale` (kept, not counted) or `refused`
    with the reason. `at` is when the stored row was received, milliseconds UTC.
    """

    result: Literal["saved", "stale", "refused"]
    at: int | None = None
    refusal: Refusal | None = None


def prediction_decimals(quantity: str) -> int:
    """Return how many decimals a predicted quantity may have."""
    return PERCENT_DECIMALS if quantity == "percent_right" else 0


class Sitting:
    """The writing side of an attempt. Made per page; holds nothing that must survive.

    Attributes
    ----------
    ends_alone : bool
        Whether nobody but its page ends it when its time is over.
    """

    ends_alone = False

    def __init__(
        self, record: AttemptRecord, frozen: FrozenRound, rounds: Rounds, watcher: Watcher
    ) -> None:
        self.record = record
        self.frozen = frozen
        self._rounds = rounds
        self._store = rounds.store
        self._watcher = watcher

    @property
    def bank(self) -> Bank:
        """The bank that the paper was drawn from."""
        return self.frozen.bank

    @property
    def attempt_id(self) -> str:
        """The attempt's id."""
        return self.record.attempt_id

    @property
    def result_url(self) -> str:
        """Where the page goes once the attempt is over."""
        return f"/bien-nhan/{self.record.receipt}"

    @cached_property
    def paper(self) -> Paper:
        """The paper of the attempt, drawn once for as long as the page is there."""
        return self.frozen.paper_of(self.record)

    @property
    def deadline(self) -> int:
        """When the attempt ends at the latest, milliseconds UTC."""
        return self._ends + self._rounds.granted(self.attempt_id)

    @cached_property
    def _ends(self) -> int:
        return deadline_with(self.record, self.frozen, 0)

    async def refresh(self) -> None:
        """Learn of time granted by another process."""
        await self._rounds.refresh_rulings()

    async def head(self) -> Head:
        """Return the attempt's head."""
        return (await self._store.heads([self.attempt_id]))[self.attempt_id]

    async def replay(self) -> Replay:
        """Return what the rows add up to."""
        return replay(await self._rows())

    async def is_running(self, now: int) -> bool:
        """Return whether the attempt takes answers; ends it where its time is over."""
        await self.expire(now)
        return await self.takes_answers(now) and (await self.head()).state is State.RUNNING

    async def takes_answers(self, now: int) -> bool:
        """Return whether its time isn't over, whatever its state."""
        if now >= self._last_moment:
            await self.refresh()
        return now < self._last_moment

    async def take_pen(self, page: str, at: int) -> int | None:
        """Grant the pen to a page; return its generation, or None once the attempt is over."""
        (outcome,) = await self._store.write(TakePen(self.attempt_id, page, at))
        if outcome.result == "refused" or outcome.head is None:
            return None
        if outcome.result == "done":
            self._watcher.signal(self.attempt_id, by=self)
            self._watcher.knows(self.attempt_id, outcome.head.n)
        return outcome.head.pen

    async def answer(self, pen: Any, sequence: Any, q: Any, chosen: Any, at: int) -> Answered:
        """Store the answer to question `q`, in the shape of its kind (docs/protocol.md)."""
        if not _is_int(q, 1, len(self.paper)):
            return _refused(Refusal.BAD_MESSAGE)
        item = self.paper.item(q)
        try:
            response = kind_of(item).read(item, chosen)
        except NotAnAnswer as error:
            return _refused(error.refusal)
        body = {"question": item.question.id, **response}
        return await self._write(Kind.RESPONSE, body, pen, sequence, at)

    async def flag(self, pen: Any, sequence: Any, q: Any, on: Any, at: int) -> Answered:
        """Set or take away "xem lại sau" on question `q`."""
        if not _is_int(q, 1, len(self.paper)) or not isinstance(on, bool):
            return _refused(Refusal.BAD_MESSAGE)
        body = {"question": self.paper.item(q).question.id, "on": on}
        return await self._write(Kind.FLAG, body, pen, sequence, at)

    async def predict(self, pen: Any, sequence: Any, typed: Any, at: int) -> Answered:
        """Store the prediction as typed; empty text clears it."""
        rule = self.frozen.rules.prediction
        if rule is None or not isinstance(typed, str) or len(typed) > MAX_TYPED:
            return _refused(Refusal.BAD_MESSAGE)
        value = None
        if typed.strip():
            number = read_number(nfc(typed), prediction_decimals(rule.quantity))
            if number is None:
                return _refused(Refusal.BAD_NUMBER)
            value = f"{number:f}"
        return await self._write(Kind.PREDICTION, {"value": value}, pen, sequence, at)

    async def submit(self, pen: Any, sequence: Any, at: int) -> Answered:
        """Hand the paper in."""
        answered = await self._write(Kind.SUBMIT, {}, pen, sequence, at)
        if answered.result == "saved":
            self._watcher.signal(self.attempt_id)
        return answered

    async def expire(self, now: int) -> bool:
        """End the attempt where its time has been over long enough; return whether it did."""
        if now < self._last_moment + EXPIRE_SETTLE_MS:
            return False
        await self.refresh()
        if now < self._last_moment + EXPIRE_SETTLE_MS:
            return False
        command = self._rounds.expiry(self.attempt_id, now)
        (outcome,) = await self._store.write(command)
        if outcome.result == "done":
            self._watcher.signal(self.attempt_id)
        return outcome.result == "done"

    @property
    def _last_moment(self) -> int:
        return self.deadline + self.frozen.paper_rules(self.record).grace_seconds * 1000

    async def _write(
        self, kind: Kind, body: dict[str, Any], pen: Any, sequence: Any, at: int
    ) -> Answered:
        if not (_is_int(pen, 1, MAX_SEQUENCE) and _is_int(sequence, 1, MAX_SEQUENCE)):
            return _refused(Refusal.BAD_MESSAGE)
        draft = Draft(self.attempt_id, kind, at, body, pen, sequence)
        if not await self.takes_answers(at):
            return await self._late(draft)
        return _answered(await self._append(draft))

    async def _rows(self) -> list[Row]:
        return await self._store.rows(self.attempt_id)

    async def _append(self, draft: Draft) -> Outcome:
        (outcome,) = await self._store.write(Append(draft))
        return outcome

    async def _late(self, draft: Draft) -> Answered:
        """Too late to count, unless it had arrived in time and only its answer was lost."""
        for row in await self._rows():
            if (row.pen, row.sequence) == (draft.pen, draft.sequence):
                return _answered(await self._append(draft))
        return _refused(Refusal.LATE)


def _answered(outcome: Outcome) -> Answered:
    if outcome.result == "refused":
        return Answered("refused", refusal=outcome.refusal)
    at = outcome.row.at if outcome.row else None
    return Answered("stale" if outcome.result == "stale" else "saved", at)


def _refused(refusal: Refusal) -> Answered:
    return Answered("refused", refusal=refusal)


def _is_int(value: Any, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
