"""Everything that is kept: one protocol, and the embedded SQLite that fulfils it.

The only package that holds SQL. Rules about what may be stored live in
`contest.attempt`; the store calls them inside its transactions.
"""

from contest.store.commands import (
    Action,
    AddContestant,
    Append,
    CloseRound,
    Contestant,
    Erase,
    FreezeRound,
    GrantTime,
    MarkSynthetic,
    OpenAttempt,
    Pin,
    Purge,
    RecordAction,
    RecordMarks,
    RecordRuling,
    ReplaceCode,
    TakePen,
)
from contest.store.protocol import (
    AttemptRecord,
    FrozenRecord,
    NewerDatabase,
    Outcome,
    RoundSummary,
    Store,
    StoreUnavailable,
)
from contest.store.sqlite import SqliteStore

__all__ = [
    "Action",
    "AddContestant",
    "Append",
    "AttemptRecord",
    "CloseRound",
    "Contestant",
    "Erase",
    "FreezeRound",
    "FrozenRecord",
    "GrantTime",
    "MarkSynthetic",
    "NewerDatabase",
    "OpenAttempt",
    "Outcome",
    "Pin",
    "Purge",
    "RecordAction",
    "RecordMarks",
    "RecordRuling",
    "ReplaceCode",
    "RoundSummary",
    "SqliteStore",
    "Store",
    "StoreUnavailable",
    "TakePen",
]
