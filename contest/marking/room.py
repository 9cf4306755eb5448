"""Markers at work: what lies before each of them, and their marks written down.

Whoever asks is a marker by the organisers' file at that moment; a page that is still open after
somebody was taken out can do nothing more.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from contest.chains import Tampered
from contest.ids import keyed_hash
from contest.marking.entries import Entry
from contest.marking.essays import RoundEssays, read_essays
from contest.marking.marks import BadMark, Key, Mark, Standing, by_essay, mark_action, read_marks
from contest.marking.messages import text
from contest.marking.plan import plan
from contest.marking.state import RoundState, State
from contest.messages import text as contest_text
from contest.organisers import Organisers
from contest.roles import may
from contest.rulings.decided import Decided, decide
from contest.rulings.models import read_rulings
from contest.secret_files import secret
from contest.service import Service
from contest.store.commands import MARK_KIND, Action, RecordMarks
from contest.store.snapshot import Snapshot

SECRET = "marking"
"""The secret that says who marks what, and under which number."""


class MarkRefused(RuntimeError):
    """Nothing was written down; the message says why, in Vietnamese."""


class MarkingRoom:
    """The marking of one contest.

    Parameters
    ----------
    snapshot : callable
        Gives a moment of the store of `service`.
    """

    def __init__(self, service: Service, snapshot: Callable[[], Snapshot]) -> None:
        self._service = service
        self._snapshot = snapshot
        self._organisers = Organisers(service.directory.secrets)
        self._essays: dict[str, RoundEssays] = {}
        self._marks: list[Mark] = []
        self._stood: dict[Key, tuple[int, Standing]] = {}
        self._orders: dict[tuple[str, tuple[str, ...]], dict[Key, list[str]]] = {}

    async def state(self) -> State:
        """Return where the marking stands now.

        Raises
        ------
        Tampered
            Where a row of a closed round was changed, or marks are such as no marker can give.
        NotAllowed
            Where the organisers' file can't be read.
        """
        actions = await self._service.store.actions()
        closed = {one.subject: one.at for one in actions if one.kind == "close"}
        seed = await asyncio.to_thread(secret, self._service.directory.secrets, SECRET)
        markers = await self.markers()
        for round_id, at in closed.items():
            if round_id not in self._essays:
                self._essays[round_id] = await self._read(round_id, at)
        try:
            return await asyncio.to_thread(self._state, actions, closed, markers, seed)
        except BadMark as bad:
            raise Tampered(contest_text("tampered.mark", id=bad)) from None

    async def markers(self) -> tuple[str, ...]:
        """Return who marks, by name; NotAllowed where the organisers' file can't be read."""
        people = await asyncio.to_thread(self._organisers.all)
        return tuple(sorted(one.name for one in people if may(one.role, "mark")))

    async def save(
        self,
        marker: str,
        entries: Sequence[Entry],
        state: State,
        now: int,
        entered_by: str | None = None,
    ) -> None:
        """Write marks of one marker down, all or none.

        Parameters
        ----------
        state : State
            That the entries were read against.
        now : int
            Milliseconds UTC.
        entered_by : str or None
            Who typed them in for the marker.

        Raises
        ------
        MarkRefused
            Where the marker is none any more, an essay isn't theirs to mark, or another mark came
            first.
        """
        if marker not in await self.markers():
            raise MarkRefused(text("save.nobody", name=marker))
        open_ = {task.key for task in state.tasks(marker) if task.open}
        if any(entry.key not in open_ for entry in entries):
            raise MarkRefused(text("save.not_open"))
        actions = [
            mark_action(one.key, marker, now, one.points, one.comment, entered_by)
            for one in entries
        ]
        by_attempt: dict[str, int] = {}
        for action in actions:
            by_attempt[action.subject] = state.counts.get(action.subject, 0)
        seen = tuple(by_attempt[action.subject] for action in actions)
        (outcome,) = await self._service.store.write(RecordMarks(tuple(actions), seen))
        if outcome.result != "done":
            raise MarkRefused(text("save.changed"))

    async def _read(self, round_id: str, closed_at: int) -> RoundEssays:
        frozen = await self._service.rounds.frozen(round_id, closed_at)
        assert frozen is not None
        ranked_by = frozen.at(frozen.round.closes_at - 1)

        def read() -> RoundEssays:
            with self._snapshot() as snapshot:
                return read_essays(snapshot, ranked_by)

        return await asyncio.to_thread(read)

    def _state(
        self,
        actions: list[Action],
        closed: dict[str, int],
        markers: tuple[str, ...],
        secret_: bytes,
    ) -> State:
        rows = [one for one in actions if one.kind == MARK_KIND]
        self._marks = [*self._marks, *read_marks(rows[len(self._marks) :])]  # none ever changes
        counts: dict[str, int] = {}
        for row in rows:
            counts[row.subject] = counts.get(row.subject, 0) + 1
        marks = by_essay(self._marks)
        written = {key for id_ in closed for key in self._essays[id_].texts}
        for key in marks:
            if key not in written:
                raise BadMark(key[0])
        rulings = read_rulings(actions)
        rounds = tuple(
            self._round(round_id, marks, decide(rulings, round_id, at), markers, secret_)
            for round_id, at in closed.items()
            if self._essays[round_id].texts
        )
        for one in rounds:
            one.check()
        return State(rounds, counts)

    def _round(
        self,
        round_id: str,
        marks: dict[Key, list[Mark]],
        decided: Decided,
        markers: tuple[str, ...],
        secret_: bytes,
    ) -> RoundState:
        essays = self._essays[round_id]
        seed = keyed_hash(secret_, "marking", round_id).encode()
        known = (round_id, markers)
        if known not in self._orders:
            self._orders[known] = plan(essays.texts, markers, seed)
        return RoundState(essays, marks, decided, markers, seed, self._orders[known], self._stood)
