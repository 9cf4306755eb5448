"""The states of an attempt, and what may happen in each.

An attempt is a chain of rows. Its state follows from them; nothing else is
stored. The store calls `judge` inside its transaction, so that two pages,
processes or machines can't both be told yes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from questions.canonical import dumps, sha256


class State(StrEnum):
    """What an attempt is at the moment."""

    NEW = "new"
    RUNNING = "running"
    SUBMITTED = "submitted"
    EXPIRED = "expired"


class Kind(StrEnum):
    """What a row says."""

    OPEN = "open"
    PEN = "pen"
    RESPONSE = "response"
    FLAG = "flag"
    PREDICTION = "prediction"
    SUBMIT = "submit"
    EXPIRE = "expire"


class Refusal(StrEnum):
    """Why something was not accepted; the texts stand in messages.py under `refused.<name>`."""

    LATE = "late"
    ENDED = "ended"
    NOT_OPEN = "not_open"
    OLD_PEN = "old_pen"
    BAD_OPTION = "bad_option"
    BAD_NUMBER = "bad_number"
    TOO_LONG = "too_long"
    BAD_MESSAGE = "bad_message"
    OTHER_CONTENT = "other_content"
    CLOSED = "closed"
    TOO_MANY = "too_many"


TRANSITIONS: dict[tuple[State, Kind], State | Refusal] = {
    (State.NEW, Kind.OPEN): State.RUNNING,
    **{(State.NEW, kind): Refusal.NOT_OPEN for kind in Kind if kind is not Kind.OPEN},
    (State.RUNNING, Kind.OPEN): Refusal.OTHER_CONTENT,
    (State.RUNNING, Kind.PEN): State.RUNNING,
    (State.RUNNING, Kind.RESPONSE): State.RUNNING,
    (State.RUNNING, Kind.FLAG): State.RUNNING,
    (State.RUNNING, Kind.PREDICTION): State.RUNNING,
    (State.RUNNING, Kind.SUBMIT): State.SUBMITTED,
    (State.RUNNING, Kind.EXPIRE): State.EXPIRED,
    **{(State.SUBMITTED, kind): Refusal.ENDED for kind in Kind},
    **{(State.EXPIRED, kind): Refusal.ENDED for kind in Kind},
}
"""Every state and every kind of row: the next state, or why not."""

FROM_A_PAGE = frozenset({Kind.RESPONSE, Kind.FLAG, Kind.PREDICTION, Kind.SUBMIT})
"""Rows that need the pen and carry the page's sequence number."""


MAX_ROWS = 5000
"""Rows an attempt may have; nobody changes their mind that often, but a script does."""


@dataclass(frozen=True)
class Head:
    """What the last rows of an attempt say: enough to judge the next one.

    `pen` is the newest generation granted (0: none yet), `n` the number of rows.
    """

    state: State = State.NEW
    n: int = 0
    hash: str = ""
    pen: int = 0
    page: str = ""


@dataclass(frozen=True)
class Draft:
    """A row as somebody wants it. `at` is when it was received, milliseconds UTC."""

    attempt_id: str
    kind: Kind
    at: int
    body: dict[str, Any] = field(default_factory=dict)
    pen: int = 0
    sequence: int | None = None


@dataclass(frozen=True)
class Row:
    """A row as it is stored; `body` is canonical JSON, `hash` chains it to the row before."""

    attempt_id: str
    n: int
    kind: Kind
    at: int
    pen: int
    sequence: int | None
    body: str
    hash: str


@dataclass(frozen=True)
class Verdict:
    """Whether a draft may be stored. `stale`: kept, but never counted."""

    refusal: Refusal | None = None
    stale: bool = False


def judge(head: Head, draft: Draft) -> Verdict:
    """Decide on `draft`, given the attempt's head. Pure; called within the transaction."""
    outcome = TRANSITIONS[head.state, draft.kind]
    if isinstance(outcome, Refusal):
        return Verdict(refusal=outcome)
    if draft.kind in FROM_A_PAGE:
        if draft.sequence is None or not 1 <= draft.pen <= head.pen:
            return Verdict(refusal=Refusal.BAD_MESSAGE)
        if head.n >= MAX_ROWS and draft.kind is not Kind.SUBMIT:
            return Verdict(refusal=Refusal.TOO_MANY)
        if draft.pen < head.pen:
            # What was queued under an older pen is kept as evidence; handing in is not.
            if draft.kind is Kind.SUBMIT:
                return Verdict(refusal=Refusal.OLD_PEN)
            return Verdict(stale=True)
    return Verdict()


def chain(head: Head, draft: Draft) -> Row:
    """Return `draft` as the row that follows `head`."""
    body = dumps(draft.body)
    n = head.n + 1
    digest = row_hash(
        head.hash, draft.attempt_id, n, draft.kind, draft.at, draft.pen, draft.sequence, body
    )
    return Row(
        draft.attempt_id, n, draft.kind, draft.at, draft.pen, draft.sequence, body, digest
    )  # fmt: skip


def row_hash(
    previous: str,
    attempt_id: str,
    n: int,
    kind: str,
    at: int,
    pen: int,
    sequence: int | None,
    body: str,
) -> str:
    """Return the chain's hash of a row: SHA-256 over the canonical JSON of all its fields."""
    return sha256(dumps([previous, attempt_id, n, str(kind), at, pen, sequence, body]))


def next_head(head: Head, row: Row, page: str | None = None) -> Head:
    """Return the head once `row` stands behind `head`."""
    state = TRANSITIONS[head.state, row.kind]
    if isinstance(state, Refusal):
        raise ValueError(f"{row.kind} in state {head.state}")
    granted = row.kind is Kind.PEN
    return Head(
        state,
        row.n,
        row.hash,
        row.pen if granted else head.pen,
        page if granted and page is not None else head.page,
    )


def verify_chain(rows: Iterable[Row]) -> int | None:
    """Return the n of the first row whose hash or number is wrong, or None if all is well."""
    previous = ""
    for n, row in enumerate(rows, start=1):
        expected = row_hash(
            previous, row.attempt_id, row.n, row.kind, row.at, row.pen, row.sequence, row.body
        )
        if row.n != n or row.hash != expected:
            return n
        previous = row.hash
    return None


def deadline(started: int, allowed: int, closes: int, extra_ms: int = 0) -> int:
    """Return when an attempt ends at the latest, milliseconds UTC; all arguments in ms.

    The shorter of the time allowed and what is left of the window; granted
    time moves both.
    """
    return min(started + allowed, closes) + extra_ms
