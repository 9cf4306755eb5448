"""What a store can do: commands in, outcomes out once they are durable.

A command is decided and stored in one transaction; many commands of many
visitors share one commit. Ids and times come with the command. What a store
gives back is plain data: no cursor, no row number, no SQL.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from contest.attempt import Head, Refusal, Row
from contest.store.claims_protocol import ClaimStore
from contest.store.commands import Action, Command, Contestant
from contest.store.practice_protocol import PracticeStore


class StoreUnavailable(RuntimeError):
    """Nothing could be committed just now; the same command may be sent again."""


class NewerDatabase(RuntimeError):
    """The database was made by a newer version of the kit; nothing was changed."""


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


class Store(PracticeStore, ClaimStore, Protocol):
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

    async def latest_actions(self, most: int, skip: int, *without: str) -> list[Action]:
        """Return the newest actions first, `most` of them after `skip`; none of these kinds."""
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

    async def marks(self, attempt_id: str) -> list[Action]:
        """Return the marks that markers gave for the essays of an attempt, in order."""
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
