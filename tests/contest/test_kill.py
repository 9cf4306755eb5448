"""SIGKILL in the middle of a simulation: nothing that was acknowledged is lost."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from contest.attempt import verify_chain
from contest.directory import ContestDirectory
from contest.store import SqliteStore
from tests.factories import ROUND, everything, keep_secrets, write_contest

CONTESTANTS = 220
SEED = 14
KILL_AFTER = (1, 250, 900)
"""Lines of the log of acknowledgements; the whole run has some 2,200."""

PATIENCE = 120


def start(directory: ContestDirectory, acks: Path) -> subprocess.Popen[bytes]:
    """Start `timhieu simulate` in a process of its own."""
    program = "from contest.cli import main; main()"
    arguments = ["simulate", directory.path, "--contestants", CONTESTANTS, "--seed", SEED]
    command = [sys.executable, "-c", program, *map(str, [*arguments, "--acks", acks])]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def complete(directory: ContestDirectory, acks: Path) -> None:
    """Let the simulation run to its end."""
    process = start(directory, acks)
    output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, output.decode()


def kill_after(directory: ContestDirectory, acks: Path, lines: int) -> None:
    """Run the simulation and kill it once this many lines more have been acknowledged."""
    before = count(acks)
    process = start(directory, acks)
    deadline = time.monotonic() + PATIENCE
    while count(acks) - before < lines:
        assert process.poll() is None, "ended before it was killed"
        assert time.monotonic() < deadline, "nothing is acknowledged"
        os.sched_yield()
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=PATIENCE)
    assert process.returncode == -signal.SIGKILL


def count(acks: Path) -> int:
    """Return how many whole lines have been written."""
    return acks.read_bytes().count(b"\n") if acks.exists() else 0


def acknowledged(acks: Path) -> set[tuple[Any, ...]]:
    """Return (attempt id, pen, sequence) of every acknowledged response."""
    lines = acks.read_text(encoding="utf-8").split("\n")[:-1]
    return {tuple(json.loads(line).values()) for line in lines}


def check_rows(directory: ContestDirectory, acks: Path) -> None:
    """Check that every chain is whole and holds every acknowledged response."""
    store = SqliteStore(directory.database)
    try:
        rows: dict[str, list[Any]] = {}
        with store.snapshot() as snapshot:
            for row in snapshot.rows(ROUND):
                rows.setdefault(row.attempt_id, []).append(row)
    finally:
        store.close_now()
    assert all(verify_chain(chain) is None for chain in rows.values())
    there = {(row.attempt_id, row.pen, row.sequence) for chain in rows.values() for row in chain}
    assert acknowledged(acks) <= there


def test_killed_simulation_goes_on_where_it_was(tmp_path: Path) -> None:
    """Killed three times, it ends with the very rows of an unbroken run."""
    directory = write_contest(tmp_path / "x")
    keep_secrets(directory)
    unbroken = ContestDirectory(tmp_path / "y")
    shutil.copytree(directory.path, unbroken.path)

    acks = tmp_path / "acks.jsonl"
    for lines in KILL_AFTER:
        kill_after(directory, acks, lines)
        check_rows(directory, acks)
    complete(directory, acks)
    check_rows(directory, acks)

    complete(unbroken, tmp_path / "unbroken.jsonl")
    assert everything(directory) == everything(unbroken)
    assert acknowledged(acks) <= acknowledged(tmp_path / "unbroken.jsonl")
