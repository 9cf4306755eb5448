"""Rounds by the clock: freeze when they open, expire what ran out, close when all is over."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass, replace
from typing import Literal

from contest.attempt import Draft, Kind, deadline
from contest.directory import Contest, ContestDirectory
from contest.frozen import SERVER, FrozenRound, freeze_command, from_record, secret_hash
from contest.rules import Round, Rules
from contest.rulings.force import NO_HISTORY, History, Version, read_version
from contest.rulings.models import ChangeRules, Ruling, read_ruling
from contest.secret_files import secret
from contest.store.commands import LIVE_KINDS, TIME_KINDS, Action, Append, CloseRound, FreezeRound
from contest.store.protocol import AttemptRecord, Store, StoreUnavailable
from questions.canonical import content_hash
from questions.problems import ProblemsFound

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
"""How long what other processes may have written is taken as it was read last, where a second
doesn't matter: what depends on it is looked up afresh before anything is refused or ended."""

EXPIRE_SETTLE_MS = 2000
"""An attempt is expired this long after its deadline: what another process received in time
but is still committing comes first."""


MAX_RECORDS = 20_000
"""How many attempts' records are kept in memory; running ones are read again as needed."""


@dataclass(frozen=True)
class RoundStatus:
    """Where a round stands. `window` is (opens, closes) in ms while it takes attempts."""

    round: Round
    rules: Rules
    phase: Literal["before", "open", "between", "shut", "over"]
    window: tuple[int, int] | None = None

    @property
    def listed(self) -> bool:
        """Whether only who was admitted by a ruling may take part."""
        return self.round.admits == "listed"

    def takes_newcomers(self, now: int) -> bool:
        """Return whether registering at `now` (ms UTC) can lead to an attempt.

        A round with a list is for those who have registered before: with the rounds that admit
        all, or, where there are none, before it opens.
        """
        if not self.listed:
            return True
        if self.phase == "open":
            return False
        for_all = [one for one in self.rules.rounds if one.admits == "all"]
        return not for_all or any(now < one.closes_at for one in for_all)


class Rounds:
    """The rounds of one contest directory, over one store."""

    def __init__(self, directory: ContestDirectory, store: Store) -> None:
        self.directory = directory
        self.store = store
        self._frozen: dict[str, FrozenRound] = {}
        self._closed: set[str] = set()
        self._asked_closed = self._asked_extra = float("-inf")
        self._began: list[str] = []
        self._extra: dict[str, int] = {}
        self._ruled = 0
        self.history = NO_HISTORY
        self._now = 0
        self._files: Contest | None = None
        self._records: dict[str, AttemptRecord] = {}
        self._due: dict[str, dict[str, int]] = {}
        self._contest: Contest | None = None
        self._failed: dict[str, str] = {}
        self._tried: dict[str, int] = {}
        self._freezing = asyncio.Lock()
        self._seen: object = None

    async def contest(self) -> Contest:
        """Return the files' contest; the last good one while they are being edited.

        Raises
        ------
        ProblemsFound
            When they have never been right since the start.
        """
        await self._find_begun()
        await self.refresh_rulings()
        self._seen = await asyncio.to_thread(self.directory.signature)
        try:
            self._files = await asyncio.to_thread(self.directory.load)
        except ProblemsFound:
            if self._files is None:
                raise
        self._contest = self._ruled_contest(self._files, self.moment)
        return self._contest

    @property
    def moment(self) -> int:
        """The latest time known, milliseconds UTC: of a request, a tick or a ruling."""
        return max(self._now, self.history.last())

    def _ruled_contest(self, files: Contest, now: int) -> Contest:
        """Return the contest of the files with the rules that a ruling put in force, if any."""
        version = self.history.version(now)
        if version is None:
            return files
        return replace(files, rules=version.rules, rules_text=version.text)

    async def _reach(self, now: int) -> None:
        """Note the time, and let the rules hold that are in force by then."""
        self._now = max(self._now, now)
        await self.refresh_rulings(LOOK_SECONDS)
        if self._files is not None and self.history.rulings:
            self._contest = self._ruled_contest(self._files, now)

    async def _find_begun(self) -> None:
        self._began = [action.subject for action in await self.store.actions("freeze")]

    def known(self) -> Contest:
        """Return the contest that `contest()` returned last; RuntimeError before the first."""
        if self._contest is None:
            raise RuntimeError("contest not loaded")
        return self._contest

    def first_rules(self) -> Rules:
        """Return the rules of the files, whatever rulings say; RuntimeError before the first."""
        if self._files is None:
            raise RuntimeError("contest not loaded")
        return self._files.rules

    def secret_of(self, round_id: str) -> bytes:
        """Return the round's secret, making it the first time."""
        return secret(self.directory.secrets, f"round-{round_id}")

    def secret_hash(self, round_id: str) -> str:
        """Return the hash of the round's secret, which is public from the start."""
        return secret_hash(self.secret_of(round_id))

    async def frozen(self, round_id: str, now: int | None = None) -> FrozenRound | None:
        """Return the round, with the rules and windows that hold at `now` (ms UTC), or None while
        it isn't frozen. None: at the latest time known."""
        if round_id not in self._frozen:
            record = await self.store.frozen(round_id)
            if record is None:
                return None
            await self.refresh_rulings(LOOK_SECONDS)
            first = from_record(record, self.secret_of(round_id))
            self._frozen[round_id] = first.under(self.history)
        return self._frozen[round_id].at(self.moment if now is None else now)

    async def closed(self, round_id: str) -> bool:
        """Return whether the round has its closing row; another's is seen within a second."""
        if round_id not in self._closed and time.monotonic() > self._asked_closed + LOOK_SECONDS:
            self._asked_closed = time.monotonic()
            self._closed |= {action.subject for action in await self.store.actions("close")}
        return round_id in self._closed

    async def status(self, now: int) -> RoundStatus:
        """Return the round that matters now: the open one, else the next, else the last.

        A round whose time has come is frozen by whoever asks first, the tick or a request.
        """
        await self._reach(now)
        rounds = [await self._status(round_, now) for round_ in await self._rounds()]
        for index, status in enumerate(rounds):
            if status.phase == "shut" and await self.freeze(status.round.id, now):
                rounds[index] = await self._status(status.round, now)
        for phase in ("open", "shut", "between", "before"):
            for status in rounds:
                if status.phase == phase:
                    return status
        return rounds[-1]

    async def unclosed(self, now: int) -> list[RoundStatus]:
        """Return the rounds that have begun and have no closing row."""
        return [
            await self._status(round_, now)
            for round_ in await self._rounds()
            if await self.frozen(round_.id) and not await self.closed(round_.id)
        ]

    async def all(self, now: int) -> list[Round]:
        """Return every round as it holds at `now` (ms UTC)."""
        return [(await self._status(one, now)).round for one in await self._rounds()]

    async def as_held(self, rules: Rules, now: int) -> Rules:
        """Return rules with their rounds as they hold at `now` (ms UTC), by rulings too."""
        held = {one.id: one for one in await self.all(now)}
        rounds = tuple(held.get(one.id, one) for one in rules.rounds)
        return rules.model_copy(update={"rounds": rounds})

    async def _rounds(self) -> list[Round]:
        """Return the files' rounds, and those that have begun and were taken out of the files."""
        rounds = list(self.known().rules.rounds)
        written = {round_.id for round_ in rounds}
        for round_id in self._began:
            if round_id not in written and (frozen := await self.frozen(round_id)):
                rounds.append(frozen.round)
        return rounds

    async def _status(self, round_: Round, now: int) -> RoundStatus:
        frozen = await self.frozen(round_.id, now)
        rules = frozen.rules if frozen else self.known().rules
        if frozen:
            round_ = frozen.round
        if now >= round_.closes_at:
            return RoundStatus(round_, rules, "over")
        window = round_.window_at(now)
        if window is None:
            return RoundStatus(round_, rules, "before" if now < round_.opens_at else "between")
        return RoundStatus(round_, rules, "open" if frozen else "shut", window)

    async def tick(self, now: int) -> None:
        """Do what is due: freeze, expire, close. Safe to call from several processes.

        Files that have changed are read again first, so that a new round or opening time
        needs no restart; while they are wrong, what was read last holds.
        """
        if self._seen != await asyncio.to_thread(self.directory.signature):
            await self.contest()
        await self._find_begun()
        await self._reach(now)
        for round_ in await self._rounds():
            frozen = await self.frozen(round_.id, now)
            if frozen is None:
                if round_.window_at(now) is None or not await self.freeze(round_.id, now):
                    continue
            elif not await self.closed(round_.id):
                left = await self.expire_due(round_.id, now)
                if not left and now >= frozen.round.closes_at + EXPIRE_SETTLE_MS:
                    await self._close_if_over(round_.id, now)

    async def _close_if_over(self, round_id: str, now: int) -> None:
        """Close a round, unless another process has just ruled that it is open for longer."""
        await self.refresh_rulings()
        frozen = await self.frozen(round_id, now)
        if frozen is not None and now >= frozen.round.closes_at + EXPIRE_SETTLE_MS:
            await self.close(round_id, now)

    async def freeze(self, round_id: str, now: int) -> bool:
        """Freeze a round with the files as they are; False (and a log line) if they are wrong."""
        async with self._freezing:
            if await self.frozen(round_id):
                return True
            if self._tried.get(round_id) == now // 1000:  # wrong files are read once a second
                return False
            self._tried[round_id] = now // 1000
            return await self._freeze(round_id, now)

    async def _freeze(self, round_id: str, now: int) -> bool:
        try:
            await self.refresh_rulings()
            version = self.history.version(now)
            ruled = version and version.text
            contest = await asyncio.to_thread(self.directory.load, ruled)
            command = await asyncio.to_thread(self._freeze_command, contest, round_id, now)
        except ProblemsFound as found:
            if self._failed.get(round_id) != str(found):  # once, not every second
                log.error("round %s stays shut:\n%s", round_id, found)
                self._failed[round_id] = str(found)
            return False
        self._contest = contest
        if version is None:
            self._files = contest
        if command is None:  # the files have just moved it
            return False
        await self.store.write(command)
        log.info("round %s is frozen", round_id)
        return True

    def _freeze_command(self, contest: Contest, round_id: str, now: int) -> FreezeRound | None:
        round_ = next((r for r in contest.rules.rounds if r.id == round_id), None)
        if round_ is None or round_.window_at(now) is None:
            return None
        return freeze_command(contest, round_, self.secret_of(round_id), now)

    async def refresh_rulings(self, within: float = 0.0) -> None:
        """Read the rulings that grant time or change what may be opened, if there are new ones,
        unless they were read within so many seconds."""
        if time.monotonic() < self._asked_extra + within:
            return
        self._asked_extra = time.monotonic()
        count = await self.store.count_actions(*TIME_KINDS, *LIVE_KINDS)
        if count == self._ruled:
            return
        self._extra = await self.store.extra_time()
        found = [read_ruling(*one) for one in await self.store.rulings(*LIVE_KINDS)]
        self.history = History(tuple(found), await self._versions(found))
        self._frozen = {id_: one.under(self.history) for id_, one in self._frozen.items()}
        self._ruled = count

    async def _versions(self, rulings: list[Ruling]) -> dict[str, Version]:
        """Return the rules that rulings name; each is read once."""
        versions = dict(self.history.versions)
        for ruling in rulings:
            if isinstance(ruling.body, ChangeRules) and ruling.body.rules not in versions:
                names = (ruling.body.rules, ruling.body.rules_text)
                found = [await self.store.content(name) for name in names]
                texts = [kept[1] if kept else "" for kept in found]
                versions[ruling.body.rules] = read_version(ruling.body, *texts)
        return versions

    def granted(self, attempt_id: str) -> int:
        """Return how much time an attempt was granted, in milliseconds."""
        return self._extra.get(attempt_id, 0)

    async def record(self, attempt_id: str) -> AttemptRecord | None:
        """Return an attempt's record; it never changes, so it is read once."""
        record = self._records.get(attempt_id) or await self.store.attempt(attempt_id)
        if record is not None:
            if len(self._records) >= MAX_RECORDS:
                self._records.clear()
            self._records[attempt_id] = record
        return record

    def expiry(self, attempt_id: str, now: int) -> Append:
        """Return the command that ends an attempt, unless it was granted more time meanwhile."""
        return Append(Draft(attempt_id, Kind.EXPIRE, now), self._extra.get(attempt_id, 0))

    async def expire_due(self, round_id: str, now: int) -> int:
        """End the attempts whose time is over; return how many are still running."""
        running = await self.store.running(round_id)
        if running:
            await self.refresh_rulings()
        frozen = await self.frozen(round_id)
        if frozen is None or not running:
            return len(running)
        over = now - EXPIRE_SETTLE_MS
        due = [
            self.expiry(attempt_id, now)
            for attempt_id, last in (await self._last_moments(frozen, running)).items()
            if over >= last and over >= last + self._extra.get(attempt_id, 0)
        ]
        # Each by itself: one that can't be stored doesn't keep the others from ending.
        outcomes = await asyncio.gather(
            *(self.store.write(command) for command in due), return_exceptions=True
        )
        for outcome in outcomes:
            if isinstance(outcome, BaseException) and not isinstance(outcome, StoreUnavailable):
                raise outcome
        return len(await self.store.running(round_id)) if due else len(running)

    async def _last_moments(self, frozen: FrozenRound, running: list[str]) -> dict[str, int]:
        """Return until when running attempts take messages, granted time apart; worked out once."""
        known = self._due.get(frozen.round.id, {})
        due = self._due[frozen.round.id] = {id_: known[id_] for id_ in running if id_ in known}
        for attempt_id in running:
            if attempt_id not in due and (record := await self.record(attempt_id)):
                grace = frozen.paper_rules(record).grace_seconds * 1000
                due[attempt_id] = deadline_with(record, frozen, 0) + grace
        return due

    async def close(self, round_id: str, now: int, actor: str = SERVER) -> bool:
        """Write the closing row: the root over all attempts, and the counts. Only once.

        False where the round isn't over yet after all, or was closed before.
        """
        summary = await self.store.round_summary(round_id)
        body = {
            "root": content_hash(summary.heads),
            "attempts": len(summary.heads),
            "people": summary.people,
            "rows": summary.rows,
        }
        command = CloseRound(Action(now, actor, "close", round_id, body))
        (outcome,) = await self.store.write(command)
        if outcome.result != "refused":
            self._closed.add(round_id)
        if outcome.result == "done":
            log.info("round %s is closed with %d attempts", round_id, len(summary.heads))
        return outcome.result == "done"


def deadline_with(record: AttemptRecord, frozen: FrozenRound, extra_ms: int) -> int:
    """Return when an attempt ends at the latest, given the time it was granted; ms UTC.

    A round of several windows closes for an attempt with the window it began in.
    """
    round_ = frozen.sat(record).round
    window = round_.window_at(record.started_at)
    closes = window[1] if window else round_.closes_at
    return deadline(record.started_at, frozen.paper_rules(record).duration_ms, closes, extra_ms)
