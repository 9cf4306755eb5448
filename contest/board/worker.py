"""The process that works out leaderboards: a line of JSON in, a line of JSON out.

It is the only part of a running server that loads tables and grading; the server itself doesn't.
It ends when its input does, and so never outlives the server, however that ended.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from pathlib import Path
from typing import Any, BinaryIO

from contest.board.compute import Board
from contest.directory import ContestDirectory
from contest.rounds import Rounds
from contest.store.sqlite import SqliteStore

log = logging.getLogger(__name__)


async def work(directory: Path, asked: BinaryIO, told: BinaryIO) -> None:
    """Answer until there is nothing more to read.

    A line `{"now": ms}` is answered with `{"snapshot": …}`, null where nothing has changed, or
    `{"failed": why}`.
    """
    contest = ContestDirectory(directory)
    store = SqliteStore(contest.database)
    board = Board(Rounds(contest, store), store)
    try:
        while line := await asyncio.to_thread(asked.readline):
            answer = await _answer(board, contest.database, json.loads(line)["now"])
            told.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
            told.flush()
    finally:
        await store.close()


async def _answer(board: Board, database: Path, now: int) -> dict[str, Any]:
    try:
        return {"snapshot": await board.look(now)}
    except Exception as error:
        if database.exists():  # else a rehearsal was wiped: its server is about to end
            log.exception("leaderboard failed")
        return {"failed": f"{type(error).__name__}: {error}"}


def main() -> None:
    """Run as a program: the contest directory is its argument."""
    asyncio.run(work(Path(sys.argv[1]), sys.stdin.buffer, sys.stdout.buffer))


if __name__ == "__main__":
    main()
