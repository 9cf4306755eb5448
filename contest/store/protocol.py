"""What a store can do: commands in, outcomes out once they are durable.

A command is decided and stored in one transaction; many commands of many
visitors share one commit. Ids and times come with the command. What a store
gives back is plain data: no cursor, no row number, no SQL.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from contest.attempt import Draft, Head, Refusal, Row
from contest.store.practice_protocol import PracticeCommand, PracticeStore

TIME_KINDS = ("extra_time", "extend", "undo_time")
"""Rulings that move the end of attempts: kinds of actions."""

LIVE_KINDS = ("extend", "undo_time", "rules", "admit", "undo_live")
"""Rulings that change what may be opened, and how: whoever opens an attempt must know them all."""

RULING_KINDS = (
    *TIME_KINDS, "rules", "admit", "undo_live", "void", "accept", "exclude", "restore", "unit",
    "true_value", "mark", "undo",
)  # fmt: skip
"""Every kind of action that is a ruling. They are numbered 1, 2 … in the order of the chain."""

ERASED = "erased:"
"""What an erased contestant's resume code is replaced by begins so; no hash does."""


class StoreUnavailable(RuntimeError):
    """Nothing could be committed just now; the same command may be sent again."""


class NewerDatabase(RuntimeError):
    """The database was made by a newer version of the kit; nothing was changed."""


@dataclass(frozen=True)
class Contestant:
    """A registered person, without anything erasable.

    Times are milliseconds UTC. `key_hash` is None where the rules find no duplicates;
    `commitment` binds the erasable fields without telling them.
    """

    contestant_id: str
    unit_id: str
    group: str
    registered_at: int
    key_hash: str | None
    code_hash: str
    consent_at: int
    consent_hash: str
    commitment: str
    synthetic: bool = False

    @property
    def erased(self) -> bool:
        """Whether the person's data are gone: nobody can be signed in as this contestant."""
        return self.code_hash.startswith(ERASED)


@dataclass(frozen=True)
class AddContestant:
    """Register a person. Outcome: `done`, `again` (same id), `key_used` or `code_used`."""

    contestant: Contestant
    fields: dict[str, str]
    salt: str


@dataclass(frozen=True)
class OpenAttempt:
    """Open an attempt with its first row.

    Outcome: `done`, `again` (same id), `number_used`, `code_used` for the receipt, or
    `refused` where the round is closed for good, or (without a refusal) where there are not as
    many live rulings as `rulings` says; None: doesn't matter.
    """

    round_id: str
    contestant_id: str
    number: int
    receipt: str
    draft: Draft
    rulings: int | None = None


@dataclass(frozen=True)
class TakePen:
    """Grant the next pen to a page. Outcome: `done`, `again` (the page has it) or `refused`."""

    attempt_id: str
    page: str
    at: int


@dataclass(frozen=True)
class Append:
    """Add a row to an attempt. Outcome: `done`, `again`, `stale` or `refused`.

    `granted`: the extra time (ms) that an expiry was decided with; refused where rulings have
    granted another sum by now. None: doesn't matter.
    """

    draft: Draft
    granted: int | None = None


@dataclass(frozen=True)
class Action:
    """Something an organiser or the server did: a row of the contest's own chain."""

    at: int
    actor: str
    kind: str
    subject: str
    body: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RecordAction:
    """Add an action to the chain. Outcome: `done`."""

    action: Action


@dataclass(frozen=True)
class GrantTime:
    """Give the attempt that is the action's subject more time: `body["ms"]` milliseconds.

    Outcome: `done`, or `refused` where it isn't running.
    """

    action: Action


@dataclass(frozen=True)
class RecordRuling:
    """Add a ruling to the organisers' chain, with what follows from it, or nothing at all.

    Outcome: `done`, or `refused` where it rests on what isn't so any more.

    Attributes
    ----------
    seen : int
        How many rulings there were when it was checked; refused where there are others by now.
    contents : mapping
        Content hash -> (kind, canonical text), of the rules that it names.
    unit_of : str or None
        The contestant whose attempts are opened for `unit_id` from now on.
    extends : bool
        The action's subject is a round, whose running attempts get the time: `body["attempts"]`
        becomes their ids. Refused where it is closed.
    takes_time : bool
        Granted time is taken back: `body["attempts"]` keeps those that are still running. Refused
        where none is.
    """

    action: Action
    seen: int
    contents: dict[str, tuple[str, str]] = field(default_factory=dict)
    unit_of: str | None = None
    unit_id: str = ""
    extends: bool = False
    takes_time: bool = False


@dataclass(frozen=True)
class FreezeRound:
    """Keep a round's bank, rules and units for good. Outcome: `done` or `again`.

    `contents` maps content hash -> (kind, canonical text); `action.body` names the hashes, but
    those of pictures, which the bank names.
    """

    contents: dict[str, tuple[str, str]]
    action: Action


@dataclass(frozen=True)
class CloseRound:
    """Close a round for good. Outcome: `done`, `again` or `refused`.

    Refused where an attempt is running, or there are not as many as `action.body` counts.
    """

    action: Action


@dataclass(frozen=True)
class ReplaceCode:
    """Give a contestant a new resume code.

    Outcome: `done`, `code_used`, or `refused` where there is no such contestant, or they are
    erased.
    """

    contestant_id: str
    code_hash: str
    action: Action


@dataclass(frozen=True)
class Erase:
    """Forget the person who is the action's subject: fields, salt, identity key, resume code.

    With `keep_key` the key's hash is kept apart from the person, so that nobody takes part again
    with it. Outcome: `done`, `again` where they were erased before, or `refused` where there is
    no such contestant.
    """

    action: Action
    keep_key: bool


@dataclass(frozen=True)
class Purge:
    """Forget everybody who agreed to one of these texts; `action.body` gets their number.

    Keys that were kept apart go too once nobody is left. Outcome: `done`, or `again` where there
    was nothing to erase (and no action is recorded).
    """

    action: Action
    consents: tuple[str, ...]


@dataclass(frozen=True)
class Pin:
    """Write down something that must never change. Outcome: `done`, `again`, or `refused`
    where something else was written down."""

    key: str
    value: str


@dataclass(frozen=True)
class MarkSynthetic:
    """Mark the database as synthetic for good. Outcome: `done`, `again` (same seed) or `refused`.

    Refused where real people have registered in it, or data of another seed lie there.
    """

    seed: int


Command = (
    AddContestant
    | OpenAttempt
    | TakePen
    | Append
    | RecordAction
    | GrantTime
    | RecordRuling
    | FreezeRound
    | CloseRound
    | ReplaceCode
    | MarkSynthetic
    | Erase
    | Purge
    | Pin
    | PracticeCommand
)


@dataclass(frozen=True)
class Outcome:
    """What became of a command, once it is on disk.

    Attributes
    ----------
    result : str
        `done`; `again` where it had been done before and nothing changed; `stale`;
        `refused`; `key_used`, `number_used`, `code_used`: taken by something else.
    row : Row or None
        The row written, or found to be there already.
    head : Head or None
        The attempt's head after the command.
    refusal : Refusal or None
        Why, where `result` is `refused`.
    """

    result: Literal["done", "again", "stale", "refused", "key_used", "number_used", "code_used"]
    row: Row | None = None
    head: Head | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True)
class AttemptRecord:
    """An attempt as it was opened; `opened` is the body of its first row."""

    attempt_id: str
    round_id: str
    contestant_id: str
    number: int
    receipt: str
    started_at: int
    opened: dict[str, Any]


@dataclass(frozen=True)
class FrozenRecord:
    """A frozen round: its action and the contents it names, by kind."""

    round_id: str
    action: Action
    contents: dict[str, str]


@dataclass(frozen=True)
class RoundSummary:
    """What a closing row counts: (attempt id, n, hash) of every attempt, people, rows."""

    heads: list[list[Any]]
    people: int
    rows: int


@dataclass(frozen=True)
class Turn:
    """An attempt's newest row of those that change hands: a pen granted, or its end.

    `n` is the row's number, `at` when it was received, milliseconds UTC.
    """

    attempt_id: str
    n: int
    at: int


@dataclass(frozen=True)
class WriterFigures:
    """What the writer of this process has done since it started.

    Attributes
    ----------
    rows, commits, failed : int
        Commands that were committed, commits, commits that failed.
    seconds, last_seconds : float
        Spent committing, in all and by the last commit.
    waiting : int
        Jobs that wait for the next commit.
    """

    rows: int
    commits: int
    failed: int
    seconds: float
    last_seconds: float
    waiting: int


class Store(PracticeStore, Protocol):
    """Asynchronous access to everything kept. Methods raise StoreUnavailable."""

    async def write(self, *commands: Command) -> list[Outcome]:
        """Decide and store commands in order; return once all are durable."""
        ...

    def figures(self) -> WriterFigures:
        """Return what the writer has done, for operators."""
        ...

    async def meta(self, key: str) -> str | None:
        """Return a setting of the database itself, such as `synthetic_seed`."""
        ...

    async def frozen(self, round_id: str) -> FrozenRecord | None:
        """Return a frozen round, or None while it isn't."""
        ...

    async def content(self, digest: str) -> tuple[str, str] | None:
        """Return a frozen content by its hash: kind and text; None where there is none."""
        ...

    async def actions(self, *kinds: str) -> list[Action]:
        """Return the actions of these kinds, or all, in the order they were recorded."""
        ...

    async def verify_actions(self) -> int | None:
        """Return the number of the first action whose hash is wrong, or None."""
        ...

    async def extra_time(self) -> dict[str, int]:
        """Return the milliseconds granted by rulings, by attempt id."""
        ...

    async def count_actions(self, *kinds: str) -> int:
        """Return how many actions of these kinds there are."""
        ...

    async def rulings(self, *kinds: str) -> list[tuple[int, Action]]:
        """Return the rulings of these kinds, or all, each with its number."""
        ...

    async def ids(self, of: Literal["attempts", "contestants"]) -> list[str]:
        """Return the ids of all attempts or contestants, in order; for messages to organisers."""
        ...

    async def contestant(self, contestant_id: str) -> Contestant | None:
        """Return a contestant by id."""
        ...

    async def contestant_by_code(self, code_hash: str) -> Contestant | None:
        """Return the contestant whose resume code has this hash."""
        ...

    async def contestant_by_key(self, key_hash: str) -> Contestant | None:
        """Return the contestant whose identity key has this hash."""
        ...

    async def key_used(self, key_hash: str) -> bool:
        """Return whether somebody registered with this identity key, erased meanwhile or not."""
        ...

    async def consents(self) -> dict[str, int]:
        """Return how many people, not yet erased, agreed to the text of each hash."""
        ...

    async def scrub(self, *, whole: bool) -> bool:
        """Leave nothing of what was deleted in the files; False where readers kept it from being
        done. `whole` writes the database anew, which holds every writer up meanwhile."""
        ...

    async def person(self, contestant_id: str) -> dict[str, str] | None:
        """Return the erasable fields, or None once they are erased."""
        ...

    async def attempts_of(self, contestant_id: str, round_id: str) -> list[AttemptRecord]:
        """Return a person's attempts in a round, by number."""
        ...

    async def attempt(self, attempt_id: str) -> AttemptRecord | None:
        """Return an attempt by id."""
        ...

    async def attempt_by_receipt(self, receipt: str) -> AttemptRecord | None:
        """Return an attempt by its receipt code."""
        ...

    async def rows(self, attempt_id: str) -> list[Row]:
        """Return an attempt's rows in order."""
        ...

    async def heads(self, attempt_ids: Iterable[str]) -> dict[str, Head]:
        """Return the heads of the attempts that exist."""
        ...

    async def turns(self, since: int) -> list[Turn]:
        """Return the newest turn of every attempt that has one at or after `since`, ms UTC."""
        ...

    async def last_turn(self) -> int:
        """Return when the newest turn of all was received, ms UTC; 0 where there is none."""
        ...

    async def running(self, round_id: str) -> list[str]:
        """Return the ids of a round's attempts that have no end row."""
        ...

    async def round_summary(self, round_id: str) -> RoundSummary:
        """Return the last row of every attempt of a round, by attempt id, and the counts."""
        ...

    async def counts(self) -> dict[str, int]:
        """Return how many contestants, attempts and rows there are."""
        ...

    async def close(self) -> None:
        """Finish what was handed over and let go of the database."""
        ...
