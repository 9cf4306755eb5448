"""`timhieu rule`, `rulings` and `admit`: rulings from the command line."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from contest.chains import Tampered
from contest.clock import SystemClock
from contest.commands.organise import Refused, opened
from contest.rulings.admission import ranked
from contest.rulings.case import Given
from contest.rulings.messages import text
from contest.rulings.preview import Preview, preview
from contest.rulings.service import Proposal, propose, record, rulings_of
from contest.rulings.service import Refused as RulingRefused
from contest.rulings.told import told_rulings
from contest.store.sqlite import SqliteStore

Ask = Callable[[str], bool]
Tell = Callable[[str], None]


async def rule(
    directory: Path,
    kind: str,
    given: dict[str, Any],
    what: dict[str, Any],
    tell: Tell,
    ask: Ask | None,
    *,
    dry_run: bool = False,
    diff: Path | None = None,
) -> None:
    """Check a ruling, show what it changes, and record it once it is confirmed.

    Parameters
    ----------
    given : dict
        Of `Given`, without the time.
    ask : callable or None
        Puts a question to the organiser; None: not asked.

    Raises
    ------
    Refused
        Saying what stands against it, in Vietnamese.
    """
    if diff is not None and os.path.lexists(diff):
        raise Refused(text("preview.exists", file=diff))
    async with opened(directory) as service:
        store = service.store
        assert isinstance(store, SqliteStore)
        try:
            proposal = await propose(service, kind, Given(at=SystemClock().now(), **given), **what)
            found = await preview(service, store, proposal)
            _show(proposal, found, tell)
            if diff is not None:
                _write(diff, found)
                tell(text("preview.file", n=len(found.changes), file=diff))
            if dry_run:
                tell(text("preview.dry"))
                return
            if ask is not None and not ask(text("preview.ask")):
                raise Refused(text("preview.stopped"))
            made = await record(service, proposal)
        except RulingRefused as error:
            raise Refused(str(error)) from None
        except Tampered as error:
            raise Refused(text("no.tampered", place=error.place)) from None
    tell(text("preview.done", n=made.number))


def _show(proposal: Proposal, found: Preview, tell: Tell) -> None:
    ruling = proposal.ruling
    kind = text(f"kind.{ruling.kind}")
    tell(text("preview.title", n=ruling.number, kind=kind, what=proposal.told))
    for line in (*proposal.notes, *found.lines()):
        tell(line)


def _write(path: Path, found: Preview) -> None:
    """Write all changes into a new file that nobody else may read."""
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as file:
        file.write(found.csv())


async def admit(
    directory: Path,
    round_id: str,
    contestants: list[str],
    result: Path | None,
    board: str | None,
    rank_round: str | None,
    top: int | None,
    given: dict[str, Any],
    tell: Tell,
    ask: Ask | None,
    *,
    dry_run: bool = False,
) -> None:
    """Record who is admitted to a round: by name, or by a result's ranking."""
    origin = text("origin.typed")
    if result is not None:
        try:
            async with opened(directory) as service:
                contest_id = (await service.rounds.contest()).rules.contest.id
            listed = ranked(result, contest_id, board, rank_round, top or 0)
        except RulingRefused as error:
            raise Refused(str(error)) from None
        contestants, origin = listed.contestants, listed.origin
    what = {"round_id": round_id, "contestants": contestants, "origin": origin}
    await rule(directory, "admit", given, what, tell, ask, dry_run=dry_run)


async def list_rulings(directory: Path, tell: Tell) -> None:
    """Tell every ruling, in the order they were made."""
    async with opened(directory) as service:
        rulings = await rulings_of(service)
    for told in told_rulings(rulings) or [text("list.none")]:
        for line in told.splitlines():
            tell(line)
