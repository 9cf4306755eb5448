"""Everything that is kept: one protocol, and the embedded SQLite that fulfils it.

The only package that holds SQL. Rules about what may be stored live in
`contest.attempt`; the store calls them inside its transactions.
"""

from contest.store.protocol import (
    Action,
    AddContestant,
    Append,
    AttemptRecord,
    CloseRound,
    Contestant,
    Erase,
    FreezeRound,
    FrozenRecord,
    GrantTime,
    MarkSynthetic,
    NewerDatabase,
    OpenAttempt,
    Outcome,
    Pin,
    Purge,
    RecordAction,
    RecordRuling,
    ReplaceCode,
    RoundSummary,
    Store,
    StoreUnavailable,
    TakePen,
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
    "RecordRuling",
    "ReplaceCode",
    "RoundSummary",
    "SqliteStore",
    "Store",
    "StoreUnavailable",
    "TakePen",
]
