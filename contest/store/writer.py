"""The one writer of a process: many commands, one commit, then the answers.

Commands are gathered while the disk is busy with the last commit, so the
busier the server, the more share a commit. An outcome reaches its asker only
after the commit that holds it; if the commit fails, all of its askers are
told so and nothing is kept.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import queue
import sqlite3
import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from contest.store.apply import apply
from contest.store.commands import Command
from contest.store.protocol import Outcome, StoreUnavailable, WriterFigures

log = logging.getLogger(__name__)

MAX_BATCH = 1000
MAX_WAITING = 50_000


@dataclass(frozen=True)
class _Job:
    commands: tuple[Command, ...]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[list[Outcome]]


class Writer:
    """A thread that owns the writing connection; closing the writer closes it too."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closed = False
        self._rows = self._commits = self._failed = 0
        self._seconds = self._last = 0.0
        self._door = threading.Lock()
        """Held while handing over, so that nothing is handed over behind the closing mark."""
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    async def write(self, commands: tuple[Command, ...]) -> list[Outcome]:
        """Hand over commands; return their outcomes once they are durable.

        Raises
        ------
        StoreUnavailable
            When they could not be committed, or too much waits already.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[list[Outcome]] = loop.create_future()
        with self._door:
            if self._closed or self._jobs.qsize() > MAX_WAITING:
                raise StoreUnavailable("writer closed or behind")
            self._jobs.put(_Job(commands, loop, future))
        return await future

    def figures(self) -> WriterFigures:
        """Return what was committed so far, and how long it took."""
        return WriterFigures(
            self._rows,
            self._commits,
            self._failed,
            self._seconds,
            self._last,
            self._jobs.qsize(),
        )

    def close(self) -> None:
        """Commit what was handed over, then stop; blocks until that is done."""
        with self._door:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        last = False
        while not last:
            jobs, last = self._gather()
            if jobs:
                began = time.perf_counter()
                results = self._commit(self._connection, jobs)
                self._count(jobs, results, time.perf_counter() - began)
                self._answer(jobs, results)
        self._connection.close()

    def _count(self, jobs: list[_Job], results: list[Any], seconds: float) -> None:
        self._last = seconds
        self._seconds += seconds
        if all(isinstance(result, Exception) for result in results):
            self._failed += 1
            return
        self._commits += 1
        self._rows += sum(
            len(job.commands)
            for job, result in zip(jobs, results, strict=True)
            if not isinstance(result, Exception)
        )

    def _gather(self) -> tuple[list[_Job], bool]:
        """Wait for a job, then take whatever else is there; True when it is time to stop."""
        jobs: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            jobs.append(job)
            if len(jobs) >= MAX_BATCH:
                return jobs, False
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return jobs, False
        return jobs, True

    def _commit(self, connection: sqlite3.Connection, jobs: list[_Job]) -> list[Any]:
        """Return a list of outcomes, or an exception, for each job."""
        try:
            connection.execute("begin immediate")
            results = _apply_all(connection, jobs)
            connection.execute("commit")
        except sqlite3.Error as error:
            log.error("commit of %d jobs failed: %s", len(jobs), error)
            if connection.in_transaction:
                # Where even this fails, the next batch tries it again: the writer must live on.
                with contextlib.suppress(sqlite3.Error):
                    connection.execute("rollback")
            return [StoreUnavailable(str(error)) for _ in jobs]
        return results

    def _answer(self, jobs: list[_Job], results: list[Any]) -> None:
        by_loop: dict[asyncio.AbstractEventLoop, list[tuple[_Job, Any]]] = defaultdict(list)
        for job, result in zip(jobs, results, strict=True):
            by_loop[job.loop].append((job, result))
        for loop, answered in by_loop.items():
            try:
                loop.call_soon_threadsafe(_settle, answered)
            except RuntimeError:  # the loop is gone; what was committed stays committed
                log.warning("nobody left to hear of %d commits", len(answered))


def _apply_all(connection: sqlite3.Connection, jobs: list[_Job]) -> list[Any]:
    """Apply all jobs; where one fails, once more from the start, each undone by itself."""
    try:
        return [[apply(connection, command) for command in job.commands] for job in jobs]
    except Exception:
        connection.execute("rollback")
    connection.execute("begin immediate")
    return [_apply_job(connection, job) for job in jobs]


def _apply_job(connection: sqlite3.Connection, job: _Job) -> Any:
    """Apply one job; a failure inside it undoes this job only."""
    connection.execute("savepoint job")
    try:
        outcomes = [apply(connection, command) for command in job.commands]
    except Exception as error:
        connection.execute("rollback to job")
        connection.execute("release job")
        # Whatever it was, the writer must live on for everybody else.
        log.exception("a job of %d commands failed", len(job.commands))
        return StoreUnavailable(str(error))
    connection.execute("release job")
    return outcomes


def _settle(answered: list[tuple[_Job, Any]]) -> None:
    for job, result in answered:
        if job.future.done():  # the asker was cancelled meanwhile
            continue
        if isinstance(result, Exception):
            job.future.set_exception(result)
        else:
            job.future.set_result(result)
