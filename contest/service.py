"""The use cases: register, resume, open, look up, rule. Writing a paper is in `sitting`.

Every method is given the time at which its request was received. Nothing here
knows of pages, widgets or HTTP; nothing is kept that a restart would lose.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from contest.attempt import Draft, Kind, State
from contest.clock import local
from contest.directory import ContestDirectory
from contest.draw import DRAW_VERSION
from contest.frozen import FrozenRound, secret_hash
from contest.ids import (
    RESUME_LENGTH,
    IdSource,
    RandomIds,
    is_code,
    is_receipt,
    keyed_hash,
    new_id,
    normalise,
    receipt_code,
    resume_code,
)
from contest.marking.known import marks_of
from contest.notices.keeper import Notices
from contest.pictures import Pictures
from contest.registration import commitment, consent_text, key_hash
from contest.replay import Replay, replay
from contest.rounds import LOOK_SECONDS, Rounds, RoundStatus
from contest.rules import Round, Rules
from contest.rulings.decided import Decided
from contest.rulings.known import Decisions
from contest.secret_files import secret
from contest.sitting import Sitting
from contest.store.commands import (
    REHEARSAL,
    Action,
    AddContestant,
    Contestant,
    GrantTime,
    OpenAttempt,
    Pin,
    ReplaceCode,
)
from contest.store.protocol import AttemptRecord, Store, StoreUnavailable
from contest.watch import Watcher

_TRIES = 5
"""How often a code that happens to be taken is replaced by another."""


@dataclass(frozen=True)
class Registered:
    """A new contestant. The code is told once and stored only as a hash."""

    contestant_id: str
    code: str


@dataclass(frozen=True)
class Opened:
    """What became of "Bắt đầu làm bài"."""

    result: Literal["open", "no_attempts", "not_open", "unit_gone", "not_admitted"]
    attempt_id: str | None = None


@dataclass(frozen=True)
class Standing:
    """Where a contestant stands in a round: attempts used, and the one under way.

    `used` counts what the limit is for (round, window, day, week or contest), `number` the
    attempts in the round; `limit` None: as many as they like.
    """

    used: int
    limit: int | None
    running: AttemptRecord | None
    deadline: int | None
    ended: list[AttemptRecord] = field(default_factory=list)
    number: int = 0

    @property
    def left(self) -> int:
        """How many attempts may still be opened; 1 where there is no limit."""
        return 1 if self.limit is None else max(0, self.limit - self.used)


@dataclass(frozen=True)
class AttemptView:
    """An attempt with what its rows add up to, for receipts and look-ups.

    `decided` holds what was decided about its round.
    """

    record: AttemptRecord
    frozen: FrozenRound
    replay: Replay
    deadline: int
    person: dict[str, str] | None
    decided: Decided = field(default_factory=Decided)

    @property
    def ended_at(self) -> int | None:
        """When it ended, milliseconds UTC: the submission, else the deadline; None: running."""
        if self.replay.state is State.RUNNING:
            return None
        return self.replay.submitted_at or self.deadline


def attempts_used(rules: Rules, round_: Round, starts: Sequence[int], now: int) -> int:
    """Return how many of a round's attempts, begun at `starts` (ms), a limit counts at `now`."""
    per = rules.attempts.per
    if per in ("round", "contest"):
        return len(starts)
    if per == "window":
        window = round_.window_at(now)
        return sum(window is not None and window[0] <= start < window[1] for start in starts)

    def of(ms: int) -> object:
        day = local(ms).date()
        return tuple(day.isocalendar())[:2] if per == "week" else day

    return sum(of(start) == of(now) for start in starts)


class Service:
    """The contest as its pages and commands see it.

    Parameters
    ----------
    directory : ContestDirectory
    store : Store
    ids : IdSource
        Where ids and codes come from; random unless a simulation brings its own.
    synthetic : bool
        Marks the contestants that are registered through this object.
    """

    def __init__(
        self,
        directory: ContestDirectory,
        store: Store,
        *,
        ids: IdSource | None = None,
        synthetic: bool = False,
        rounds: Rounds | None = None,
        watcher: Watcher | None = None,
    ) -> None:
        self.directory = directory
        self.store = store
        self.rounds = rounds or Rounds(directory, store)
        self.watcher = watcher or Watcher(store)
        self.pictures = Pictures(store, self.rounds)
        self.decisions = Decisions(store)
        self.notices = Notices(store)
        self._ids = ids or RandomIds()
        self._synthetic = synthetic
        self._rehearsal: bool | None = None
        self._identity = secret(directory.secrets, "identity")

    def with_ids(self, ids: IdSource) -> Service:
        """Return a service over the same store whose ids come from `ids`."""
        return Service(
            self.directory,
            self.store,
            ids=ids,
            synthetic=self._synthetic,
            rounds=self.rounds,
            watcher=self.watcher,
        )

    def watch(self, attempt_id: str, who: object = None) -> AsyncIterator[None]:
        """Yield now, and whenever the attempt may have changed elsewhere (pen, time, end).

        `who` is not told of the pens that they take themselves.
        """
        return self.watcher.watch(attempt_id, who)

    async def check_identity(self) -> bool:
        """Return whether the identity secret is the one this database was begun with.

        With another, no registered person would be recognised and no resume code would work.
        """
        (outcome,) = await self.store.write(Pin("identity", secret_hash(self._identity)))
        return outcome.result != "refused"

    async def status(self, now: int) -> RoundStatus:
        """Return the round that matters now."""
        return await self.rounds.status(now)

    async def status_for(self, contestant_id: str, now: int) -> RoundStatus:
        """Return the round that matters to a contestant: where an attempt is running, if any.

        With granted time that may be one whose window is over while the next is coming up.
        """
        status = await self.status(now)
        for other in await self.rounds.unclosed(now):
            if other.round.id != status.round.id:
                standing = await self.standing(contestant_id, other.round.id, now)
                if standing.running is not None:
                    return other
        return status

    async def is_synthetic(self) -> bool:
        """Return whether the database holds synthetic data; once it does, it always will."""
        return await self.store.meta("synthetic_seed") is not None

    async def is_rehearsal(self) -> bool:
        """Return whether the database is a rehearsal's: it is marked before anything is in it."""
        if self._rehearsal is None:
            self._rehearsal = await self.store.meta(REHEARSAL) is not None
        return self._rehearsal

    async def register(
        self, rules: Rules, fields: dict[str, str], unit_id: str, group: str, at: int
    ) -> Registered | None:
        """Register a person with checked fields; None where the identity key is used already."""
        contestant_id = new_id(self._ids, "ts")
        salt = self._ids.take(16).hex()
        for _ in range(_TRIES):
            code = resume_code(self._ids)
            contestant = Contestant(
                contestant_id,
                unit_id,
                group,
                at,
                key_hash(rules, fields, self._identity),
                keyed_hash(self._identity, "code", code),
                at,
                consent_text(rules).hash(),
                commitment(fields, salt),
                self._synthetic,
            )
            (outcome,) = await self.store.write(AddContestant(contestant, fields, salt))
            if outcome.result == "key_used":
                return None
            if outcome.result == "done" or await self._has_code(contestant_id, code):
                return Registered(contestant_id, code)
        raise StoreUnavailable("no free resume code")

    async def _has_code(self, contestant_id: str, code: str) -> bool:
        """Return whether a contestant has this very code, and not somebody else."""
        found = await self.store.contestant_by_code(keyed_hash(self._identity, "code", code))
        return found is not None and found.contestant_id == contestant_id

    async def key_is_used(self, rules: Rules, fields: dict[str, str]) -> bool:
        """Return whether somebody has registered with these fields' identity key."""
        digest = self.key_digest(rules, fields)
        return digest is not None and await self.store.key_used(digest)

    def key_digest(self, rules: Rules, fields: dict[str, str]) -> str | None:
        """Return the HMAC of these fields' identity key; None where there is none."""
        return key_hash(rules, fields, self._identity)

    async def resume(self, typed: str) -> str | None:
        """Return the contestant whose resume code was typed, or None."""
        code = normalise(typed)
        if not is_code(code, RESUME_LENGTH):
            return None
        digest = keyed_hash(self._identity, "code", code)
        contestant = await self.store.contestant_by_code(digest)
        return contestant.contestant_id if contestant else None

    async def replace_code(self, contestant_id: str, actor: str, at: int) -> str | None:
        """Give a contestant a new resume code; None where there is no such contestant."""
        for _ in range(_TRIES):
            code = resume_code(self._ids)
            digest = keyed_hash(self._identity, "code", code)
            action = Action(at, actor, "new_code", contestant_id)
            (outcome,) = await self.store.write(ReplaceCode(contestant_id, digest, action))
            if outcome.result != "code_used":
                return code if outcome.result == "done" else None
        raise StoreUnavailable("no free resume code")

    async def grant_time(
        self, attempt_id: str, minutes: int, reason: str, actor: str, at: int
    ) -> bool:
        """Give an attempt more time, by a ruling; False where it doesn't run any more."""
        body = {"ms": minutes * 60_000, "reason": reason}
        command = GrantTime(Action(at, actor, "extra_time", attempt_id, body))
        (outcome,) = await self.store.write(command)
        self.watcher.signal(attempt_id)
        return outcome.result == "done"

    async def standing(self, contestant_id: str, round_id: str, now: int) -> Standing:
        """Return where a contestant stands in a round; expires what has run out."""
        frozen = await self.rounds.frozen(round_id, now)
        rules = frozen.rules if frozen else self.rounds.known().rules
        records = await self.store.attempts_of(contestant_id, round_id)
        running, deadline = None, None
        ended = []
        for record in records:
            sitting = await self.sitting(record.attempt_id)
            if sitting is not None and await sitting.is_running(now):
                running, deadline = record, sitting.deadline
            else:
                ended.append(record)
        earlier = await self._elsewhere(contestant_id, round_id, rules)
        starts = [record.started_at for record in records]
        used = attempts_used(rules, rules.round(round_id), starts, now) + earlier
        return Standing(used, rules.attempts.limit, running, deadline, ended, len(records))

    async def ended(self, contestant_id: str, now: int) -> list[tuple[Round, list[AttemptRecord]]]:
        """Return a contestant's ended attempts by round, of all rounds; the latest ones first."""
        found = []
        for round_ in await self.rounds.all(now):
            if await self.rounds.closed(round_.id):
                records = await self.store.attempts_of(contestant_id, round_.id)
            else:
                records = (await self.standing(contestant_id, round_.id, now)).ended
            if records:
                found.append((round_, records[::-1]))
        return sorted(found, key=lambda one: one[0].opens_at, reverse=True)

    async def _elsewhere(self, contestant_id: str, round_id: str, rules: Rules) -> int:
        """Return how many attempts in other rounds count towards the limit."""
        if rules.attempts.per != "contest":
            return 0
        others = [other.id for other in rules.rounds if other.id != round_id]
        return sum([len(await self.store.attempts_of(contestant_id, id_)) for id_ in others])

    async def open_attempt(self, contestant_id: str, round_id: str, at: int) -> Opened:
        """Open the next attempt, or return the one that is running; both clicks of a double
        click get the same one."""
        for _ in range(_TRIES):
            frozen = await self.rounds.frozen(round_id, at)
            contestant = await self.store.contestant(contestant_id)
            if frozen is None or frozen.round.window_at(at) is None:
                return Opened("not_open")
            if contestant is None or contestant.erased:
                return Opened("not_open")
            if contestant.unit_id not in frozen.units.by_id:
                return Opened("unit_gone")
            if not self.admits(frozen.round, contestant_id):
                return Opened("not_admitted")
            standing = await self.standing(contestant_id, round_id, at)
            if standing.running is not None:
                return Opened("open", standing.running.attempt_id)
            if not standing.left:
                return Opened("no_attempts")
            command = self._open_command(contestant, frozen, standing.number + 1, at)
            (outcome,) = await self.store.write(command)
            if outcome.result in ("done", "again"):
                return Opened("open", command.draft.attempt_id)
            if outcome.refusal is not None:
                return Opened("not_open")
            await self.rounds.refresh_rulings()  # another process has ruled meanwhile
        raise StoreUnavailable("attempt could not be opened")

    def admits(self, round_: Round, contestant_id: str) -> bool:
        """Return whether a contestant may take part in a round."""
        if round_.admits == "all":
            return True
        return contestant_id in self.rounds.history.admitted(round_.id)

    def _open_command(
        self, contestant: Contestant, frozen: FrozenRound, number: int, at: int
    ) -> OpenAttempt:
        attempt_id = new_id(self._ids, "lt")
        body = {
            "contestant_id": contestant.contestant_id,
            "unit_id": contestant.unit_id,
            "group": contestant.group,
            "round": frozen.round.id,
            "number": number,
            "bank": frozen.hashes["bank"],
            "rules": frozen.hashes["rules"],
            "units": frozen.hashes["units"],
            "commitment": contestant.commitment,
            "draw": DRAW_VERSION,
        }
        return OpenAttempt(
            frozen.round.id,
            contestant.contestant_id,
            number,
            receipt_code(self._ids),
            Draft(attempt_id, Kind.OPEN, at, body),
            len(self.rounds.history.rulings),
        )

    async def sitting(self, attempt_id: str) -> Sitting | None:
        """Return the writing side of an attempt, or None where there is no such attempt."""
        record = await self.rounds.record(attempt_id)
        if record is None:
            return None
        await self.rounds.refresh_rulings(LOOK_SECONDS)
        frozen = await self.rounds.frozen(record.round_id)
        if frozen is not None and not frozen.knows(record):
            await self.rounds.refresh_rulings()
            frozen = await self.rounds.frozen(record.round_id)
        if frozen is None:
            return None
        return Sitting(record, frozen.sat(record), self.rounds, self.watcher)

    async def view(self, attempt_id: str) -> AttemptView | None:
        """Return an attempt and what its rows add up to."""
        sitting = await self.sitting(attempt_id)
        if sitting is None:
            return None
        result = replay(await self.store.rows(attempt_id))
        person = await self.store.person(sitting.record.contestant_id)
        decided = await self.decisions.about(sitting.record.round_id)
        if marks := await marks_of(self.store, sitting.record, sitting.frozen):
            decided = replace(decided, marks={**marks, **decided.marks})
        return AttemptView(
            sitting.record, sitting.frozen, result, sitting.deadline, person, decided
        )

    async def view_by_receipt(self, typed: str) -> AttemptView | None:
        """Return the ended attempt with this receipt code, or None."""
        code = normalise(typed)
        record = await self.store.attempt_by_receipt(code) if is_receipt(code) else None
        view = await self.view(record.attempt_id) if record else None
        return view if view and view.ended_at is not None else None
