"""Every implementation of the store, and two processes on it."""

from __future__ import annotations

import asyncio
import pickle
import subprocess
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from contest.store import Outcome, SqliteStore, Store
from contest.store.commands import Command
from tests.contest.store.racer import IMPLEMENTATIONS
from tests.factories import add, freeze_command, open_command

Work = Callable[[Any], Awaitable[None]]


class Stores:
    """Stores of one implementation over one database."""

    def __init__(self, implementation: str, path: Path) -> None:
        self.implementation = implementation
        self.path = path

    def open(self) -> SqliteStore:
        """Open the database (again)."""
        return IMPLEMENTATIONS[self.implementation](self.path)

    def run(self, work: Work) -> None:
        """Open the database, do `work` with it, and close it."""

        async def main() -> None:
            store = self.open()
            try:
                await work(store)
            finally:
                await store.close()

        asyncio.run(main())

    def prepare(self, people: int, *, opened: bool) -> None:
        """Register people `ts-00001` …; open an attempt `lt-00001` … for each."""

        async def work(store: Store) -> None:
            await store.write(freeze_command(), *(add(n) for n in range(1, people + 1)))
            if opened:
                await store.write(*(open_command(n) for n in range(1, people + 1)))

        self.run(work)

    def race(self, *sides: Sequence[Command]) -> list[list[Outcome]]:
        """Let as many processes write at once, each its own commands; return their outcomes."""
        script = Path(__file__).with_name("racer.py")
        racers = [
            subprocess.Popen(
                [sys.executable, script, self.implementation, self.path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            for _ in sides
        ]
        try:
            for racer, commands in zip(racers, sides, strict=True):
                pickle.dump(list(commands), racer.stdin)
                racer.stdin.flush()
            for racer in racers:
                assert racer.stdout.readline() == b"ready\n"
            for racer in racers:
                racer.stdin.write(b"go\n")
                racer.stdin.flush()
            return [pickle.load(racer.stdout) for racer in racers]
        finally:
            for racer in racers:
                racer.stdin.close()
                racer.stdout.close()
                racer.wait(timeout=30)


@pytest.fixture(params=sorted(IMPLEMENTATIONS))
def stores(request: pytest.FixtureRequest, tmp_path: Path) -> Stores:
    """One implementation of the protocol, over an empty database."""
    return Stores(request.param, tmp_path / "var" / "timhieu.db")
