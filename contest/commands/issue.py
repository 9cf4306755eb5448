"""What goes out to people rests on what the head has confirmed, and leaves a row."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, Literal

from contest.clock import SystemClock
from contest.closing.confirmed import Confirmations, result_folder
from contest.closing.messages import text
from contest.commands.organise import opened
from contest.directory import ContestDirectory
from contest.result_folder import NoResult, NotWhole, ResultFolder, Row, open_folder
from contest.store.commands import Action, RecordAction

KIND = "issue"
"""Kind of action: certificates or pages were made of the result whose hash is the subject."""

TABLES = ("ca_nhan.csv", "tap_the.csv")


class NotConfirmed(ValueError):
    """The head hasn't confirmed what is to go out; the message says which round, in Vietnamese."""


def confirmed_rounds(directory: Path, out: ResultFolder) -> dict[str, str]:
    """Return the confirmed results that a graded result repeats: round -> hash.

    Rounds that never opened in this contest aren't among them: what was gathered elsewhere can't
    be confirmed here.

    Raises
    ------
    NotConfirmed
        Naming every round that doesn't stand confirmed, or has other rows than the head confirmed.
    """
    if not ContestDirectory(directory).database.exists():
        return {}
    standing = asyncio.run(_standing(directory, sorted(out.manifest["rounds"])))
    problems = []
    for round_id, result in standing.items():
        values: dict[str, Any] = {"directory": directory, "round": round_id}
        if result is None:
            problems.append(text("issue.unconfirmed", **values))
        elif not _repeats(out, directory, round_id, result):
            problems.append(text("issue.differs", **values))
    if problems:
        raise NotConfirmed("\n".join(problems))
    return {round_id: result for round_id, result in standing.items() if result is not None}


def note_issue(
    directory: Path, what: Literal["certificates", "pages"], by: str, out: ResultFolder, count: int
) -> None:
    """Write a row that says by whom something was made of a result; without a database, nothing.

    It holds no names of people.
    """
    if not ContestDirectory(directory).database.exists():
        return
    body = {"what": what, "rounds": sorted(out.manifest["rounds"]), "count": count}
    asyncio.run(_write(directory, Action(SystemClock().now(), by, KIND, out.digest, body)))


async def _standing(directory: Path, round_ids: list[str]) -> dict[str, str | None]:
    """Return the confirmed results of the rounds among these that have begun."""
    found = {}
    async with opened(directory) as service:
        known = Confirmations(service.store)
        for round_id in round_ids:
            frozen = await service.rounds.frozen(round_id)
            if frozen is not None:
                found[round_id] = await known.of(frozen)
    return found


async def _write(directory: Path, action: Action) -> None:
    async with opened(directory) as service:
        await service.store.write(RecordAction(action))


def _repeats(out: ResultFolder, directory: Path, round_id: str, result: str) -> bool:
    """Return whether a round's people and units are as in its confirmed result."""
    try:
        confirmed = open_folder(result_folder(ContestDirectory(directory).var, round_id))
        if confirmed.digest != result:
            return False
        return all(
            _same(_of(confirmed.rows(name), round_id), _of(out.rows(name), round_id))
            for name in TABLES
        )
    except (NoResult, NotWhole):
        return False


def _of(rows: list[Row], round_id: str) -> list[Row]:
    return [row for row in rows if row["round"] == round_id]


def _same(confirmed: list[Row], other: list[Row]) -> bool:
    """Return whether rows are equal, but for names that were erased since."""
    if len(confirmed) != len(other):
        return False
    return all(
        column in two and (two[column] == cell or (column == "name" and not two[column]))
        for one, two in zip(confirmed, other, strict=True)
        for column, cell in one.items()
    )
