"""CPU time and memory of servers, over all their processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

import psutil


@dataclass(frozen=True)
class Usage:
    """CPU seconds since the start, private memory in bytes, and how many processes there are."""

    cpu_s: float
    uss: int
    processes: int


def usage(pids: Iterable[int]) -> Usage:
    """Return what the processes and all below them use; ended ones count for their parents."""
    cpu, uss, count = 0.0, 0, 0
    for process in _tree(pids):
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            uss += process.memory_full_info().uss
            cpu += times.user + times.system + times.children_user + times.children_system
            count += 1
    return Usage(cpu, uss, count)


def cpu_seconds(pids: Iterable[int]) -> float:
    """Return the CPU seconds alone, which is much cheaper to ask for."""
    total = 0.0
    for process in _tree(pids):
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system + times.children_user + times.children_system
    return total


def _tree(pids: Iterable[int]) -> Iterator[psutil.Process]:
    for pid in pids:
        with suppress(psutil.NoSuchProcess):
            process = psutil.Process(pid)
            yield process
            yield from process.children(recursive=True)
