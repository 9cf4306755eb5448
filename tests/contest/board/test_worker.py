"""The process that works out leaderboards: lines in, lines out."""

from __future__ import annotations

import asyncio
import io
import json
from typing import Any

from contest.board.worker import work
from contest.directory import ContestDirectory
from contest.store.migrations import connect
from tests.factories import OPENS, begin, opened


def ask(directory: ContestDirectory, *times: int) -> list[dict[str, Any]]:
    """Ask at these times; return the answers."""
    asked = io.BytesIO(b"".join(json.dumps({"now": now}).encode() + b"\n" for now in times))
    told = io.BytesIO()
    asyncio.run(work(directory.path, asked, told))
    return [json.loads(line) for line in told.getvalue().splitlines()]


async def _begun(directory: ContestDirectory) -> None:
    async with opened(directory) as service:
        await begin(service)


def test_a_snapshot_and_then_nothing_new(directory: ContestDirectory) -> None:
    """One line for each that was asked."""
    asyncio.run(_begun(directory))
    first, second = ask(directory, OPENS, OPENS + 1)
    assert first["snapshot"]["at"] == OPENS
    assert [one["id"] for one in first["snapshot"]["rounds"]] == ["ky-1"]
    assert second == {"snapshot": None}


def test_before_anything_has_begun_there_are_no_rounds(directory: ContestDirectory) -> None:
    """The board is empty, not broken."""
    (told,) = ask(directory, OPENS)
    assert told["snapshot"]["rounds"] == []


def test_what_cannot_be_read_is_told(directory: ContestDirectory) -> None:
    """And the next line is answered all the same."""
    asyncio.run(_begun(directory))
    with connect(directory.database) as db:
        db.execute("alter table running rename to gone")
    first, second = ask(directory, OPENS, OPENS)
    assert "failed" in first
    assert "failed" in second
