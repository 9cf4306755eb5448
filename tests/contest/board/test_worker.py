"""The process that works out leaderboards: lines in, lines out."""

from __future__ import annotations

import asyncio
import io
import json
import shutil
from typing import Any

import pytest

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


def test_what_cannot_be_read_is_told(
    directory: ContestDirectory, caplog: pytest.LogCaptureFixture
) -> None:
    """The log has the reason, and the next line is answered all the same."""
    asyncio.run(_begun(directory))
    with connect(directory.database) as db:
        db.execute("alter table running rename to gone")
    first, second = ask(directory, OPENS, OPENS)
    assert "failed" in first
    assert "failed" in second
    assert [bool(one.exc_info) for one in caplog.records] == [True, True]


def test_a_wiped_rehearsal_is_no_fault(
    directory: ContestDirectory, caplog: pytest.LogCaptureFixture
) -> None:
    """Its server ends a moment later: the log of a good end holds no traceback."""

    class WipedMeanwhile(io.BytesIO):
        def readline(self, *_: Any) -> bytes:
            if self.tell():
                shutil.rmtree(directory.var, ignore_errors=True)
            return super().readline()

    asyncio.run(_begun(directory))
    line = json.dumps({"now": OPENS}).encode() + b"\n"
    told = io.BytesIO()
    asyncio.run(work(directory.path, WipedMeanwhile(2 * line), told))
    first, second = map(json.loads, told.getvalue().splitlines())
    assert "snapshot" in first
    assert "failed" in second
    assert caplog.records == []
