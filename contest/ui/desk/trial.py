"""A ruling tried before it is written: what it would change, and whether that still holds."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from contest.rulings.case import Given, Proposal
from contest.rulings.models import Ruling
from contest.rulings.service import propose, record
from contest.service import Service
from contest.store.sqlite import SqliteStore
from contest.ui.desk.ruling_fields import TIME, Uploaded

if TYPE_CHECKING:
    from contest.rulings.preview import Preview


class Changed(RuntimeError):
    """What the ruling would change isn't what was shown any more; `again` is the new trial."""

    def __init__(self, again: Trial) -> None:
        super().__init__("counts have changed")
        self.again = again


@dataclass(frozen=True)
class Trial:
    """A ruling that was tried; nothing is written.

    Attributes
    ----------
    preview : Preview or None
        None: the kind changes no result.
    standing : object
        What the contest stood at.
    """

    kind: str
    what: Mapping[str, Any]
    given: Given
    proposal: Proposal
    preview: Preview | None
    standing: object

    @property
    def people(self) -> int | None:
        """How many people it changes; None: that isn't known."""
        return self.preview.count() if self.preview else None


async def try_ruling(
    service: Service, store: SqliteStore, kind: str, given: Given, what: Mapping[str, Any]
) -> Trial:
    """Check a ruling and look at what it would change."""
    from contest.rulings.preview import preview  # tables: not before they are wanted

    standing = await asyncio.to_thread(standing_of, store)
    with files_of(what) as arguments:
        proposal = await propose(service, kind, given, **arguments)
    found = None if kind in TIME else await preview(service, store, proposal)
    return Trial(kind, what, given, proposal, found, standing)


async def apply(service: Service, store: SqliteStore, trial: Trial, given: Given) -> Ruling:
    """Write a tried ruling down, as decided by whom and when `given` says.

    While a round is open its results move with every paper, so the ruling is only checked again;
    once all are closed, what it changes must be what was shown.

    Raises
    ------
    Changed
        Where it isn't.
    """
    now = await asyncio.to_thread(standing_of, store)
    if now != trial.standing and trial.preview is not None and await _all_closed(store):
        again = await try_ruling(service, store, trial.kind, given, trial.what)
        if again.preview != trial.preview:
            raise Changed(again)
    with files_of(trial.what) as arguments:
        proposal = await propose(service, trial.kind, given, **arguments)
    return await record(service, proposal)


async def _all_closed(store: SqliteStore) -> bool:
    actions = await store.actions("freeze", "close")
    begun, closed = (
        {one.subject for one in actions if one.kind == kind} for kind in ("freeze", "close")
    )
    return begun <= closed


def standing_of(store: SqliteStore) -> object:
    """Return something that changes with everything a result or a count rests on."""
    with store.snapshot() as snapshot:
        return snapshot.standing(), snapshot.count_attempts()


@contextmanager
def files_of(what: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Give uploaded files a path for as long as they are read."""
    with tempfile.TemporaryDirectory(prefix="timhieu-") as folder:
        found = dict(what)
        for key, value in what.items():
            if isinstance(value, Uploaded):
                path = Path(folder) / (PurePath(value.name.replace("\\", "/")).name or "x")
                path.write_bytes(value.content)
                found[key] = path
        yield found
