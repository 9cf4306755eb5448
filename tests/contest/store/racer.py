"""A second process on the same store: says it is ready, waits for the word, writes, answers.

Run as a script: racer.py IMPLEMENTATION PATH. Commands come in and outcomes go out pickled, so
that whatever the protocol has can be raced.
"""

from __future__ import annotations

import asyncio
import pickle
import sys
from pathlib import Path

from contest.store import Outcome, SqliteStore
from contest.store.commands import Command

IMPLEMENTATIONS = {"sqlite": SqliteStore}


async def race(implementation: str, path: Path) -> None:
    """Write each of the commands by itself, all at once, when told to."""
    commands: list[Command] = pickle.load(sys.stdin.buffer)
    store = IMPLEMENTATIONS[implementation](path)
    sys.stdout.buffer.write(b"ready\n")
    sys.stdout.buffer.flush()
    sys.stdin.buffer.readline()
    try:
        outcomes = await asyncio.gather(*(store.write(command) for command in commands))
        answers: list[Outcome] = [outcome for (outcome,) in outcomes]
    finally:
        await store.close()
    pickle.dump(answers, sys.stdout.buffer)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    asyncio.run(race(sys.argv[1], Path(sys.argv[2])))
