"""What a store is asked to keep: one dataclass for each command; ids and times come with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from contest.attempt import Draft
from contest.store.claims_protocol import ClaimCommand
from contest.store.practice_protocol import PracticeCommand

TIME_KINDS = ("extra_time", "extend", "undo_time")
"""Rulings that move the end of attempts: kinds of actions."""

LIVE_KINDS = ("extend", "undo_time", "rules", "admit", "undo_live")
"""Rulings that change what may be opened, and how: whoever opens an attempt must know them all."""

RULING_KINDS = (
    *TIME_KINDS, "rules", "admit", "undo_live", "void", "accept", "exclude", "restore", "unit",
    "true_value", "mark", "undo",
)  # fmt: skip
"""Every kind of action that is a ruling. They are numbered 1, 2 … in the order of the chain."""

NOTICE, NOTICE_WITHDRAWN = NOTICE_KINDS = ("notice", "notice_withdrawn")
"""Kinds of actions: a notice to contestants (its subject is a round, or empty for all of them),
and that one was withdrawn (its subject is the number, from 1 in the order of the chain)."""

MARK_KIND = "essay_mark"
"""Kind of the actions by which markers mark essays. They are no rulings, and aren't numbered."""

RESULT_KINDS = frozenset({"freeze", "close", "forget", "purge", MARK_KIND, *RULING_KINDS})
"""Kinds of actions that graded figures rest on, names among them; all others change none."""

FROZEN_KINDS = ("bank", "rules", "rules_text", "units")
"""What a round is frozen with: kinds of contents, and the keys of their hashes in its action."""

REHEARSAL = "rehearsal"
"""A mark of the database itself: everything in it is a rehearsal's."""

ERASED = "erased:"
"""What an erased contestant's resume code is replaced by begins so; no hash does."""


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
class RecordMarks:
    """Add marks of essays to the organisers' chain, all of them or none.

    Outcome: `done`, or `refused` where they rest on what isn't so any more.

    Attributes
    ----------
    actions : tuple of Action
        Of `MARK_KIND`, each about another essay.
    seen : tuple of int
        For each, how many marks of its attempt there were when it was checked; refused where
        there are others by now.
    """

    actions: tuple[Action, ...]
    seen: tuple[int, ...]


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
    """Forget the person who is the action's subject: fields, salt, identity key, resume code,
    claims.

    With `keep_key` the key's hash is kept apart from the person, so that nobody takes part again
    with it. Outcome: `done`, `again` where they were erased before, or `refused` where there is
    no such contestant.
    """

    action: Action
    keep_key: bool


@dataclass(frozen=True)
class Purge:
    """Forget everybody who agreed to one of these texts; `action.body` gets their number.

    Keys that were kept apart go too once nobody is left, and claims that belong to nobody; with
    `claims` all of them do. Outcome: `done`, or `again` where there was nothing to erase (and no
    action is recorded).
    """

    action: Action
    consents: tuple[str, ...]
    claims: bool = False


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
    | RecordMarks
    | FreezeRound
    | CloseRound
    | ReplaceCode
    | MarkSynthetic
    | Erase
    | Purge
    | Pin
    | ClaimCommand
    | PracticeCommand
)
