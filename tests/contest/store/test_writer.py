"""Many commands, one commit, then the answers; and what happens when the disk says no."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from contest.attempt import Draft, Kind
from contest.store import Append, Outcome, StoreUnavailable
from contest.store.commands import Command
from contest.store.migrations import connect, open_database
from contest.store.writer import Writer
from tests.factories import OPENS, ROUND, add, open_command, response

NO_COMMAND = object()


class Desk:
    """A writer over a database, the connection it writes on, and another one beside it."""

    def __init__(self, path: Path) -> None:
        open_database(path)
        self.statements: list[str] = []
        self.connection = connect(path)
        self.connection.execute("pragma busy_timeout = 50")
        self.connection.set_trace_callback(self.statements.append)
        self.other = connect(path)
        self.writer = Writer(self.connection)

    async def write(self, *commands: Command) -> list[Outcome]:
        """Hand commands over and wait for their outcomes."""
        return await self.writer.write(commands)

    def later(self, *commands: Command) -> asyncio.Task[list[Outcome]]:
        """Hand commands over as one job."""
        return asyncio.create_task(self.write(*commands))

    def lock(self) -> None:
        """Keep everybody else from writing."""
        self.other.execute("begin immediate")

    def unlock(self) -> None:
        """Let them write again."""
        self.other.execute("rollback")

    def patience(self, ms: int) -> None:
        """Say how long the writer waits for a lock."""
        self.connection.execute(f"pragma busy_timeout = {ms}")

    def count(self, table: str) -> int:
        """Return how many rows of a table are durable, as seen from outside."""
        return self.other.execute(f"select count(*) from {table}").fetchone()[0]

    def commits(self) -> int:
        """Return how many transactions the writer has committed."""
        return self.statements.count("commit")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A writer over an empty database."""
    found = Desk(tmp_path / "timhieu.db")
    try:
        yield found
    finally:
        found.writer.close()
        found.other.close()


def run(work: Callable[[], Awaitable[None]]) -> None:
    """Run `work` on a loop of its own."""

    async def main() -> None:
        await work()

    asyncio.run(main())


async def handed_over(*tasks: asyncio.Task[list[Outcome]]) -> None:
    """Let tasks run up to where they wait for their outcomes."""
    for _ in tasks:
        await asyncio.sleep(0)


def test_outcome_comes_after_the_commit(desk: Desk) -> None:
    """Another connection sees what was acknowledged."""

    async def work() -> None:
        for n in range(1, 6):
            await desk.write(add(n))
            assert desk.count("contestants") == n

    run(work)


def test_many_jobs_share_a_commit(desk: Desk) -> None:
    """What waits while the disk is busy is committed together."""

    async def work() -> None:
        desk.patience(10_000)
        desk.lock()
        jobs = [desk.later(add(n)) for n in range(1, 101)]
        await handed_over(*jobs)
        desk.unlock()
        await asyncio.gather(*jobs)

    run(work)
    assert desk.count("contestants") == 100
    assert desk.commits() <= 2


def test_order_of_handing_over_is_kept(desk: Desk) -> None:
    """Of two that want the same thing, the first gets it."""

    async def work() -> None:
        await desk.write(add(1), add(2))
        jobs = [desk.later(open_command(n, receipt="BN0000001")) for n in (2, 1)]
        outcomes = [(await job)[0].result for job in jobs]
        assert outcomes == ["done", "code_used"]

    run(work)


def test_commit_that_fails_acknowledges_nothing(desk: Desk) -> None:
    """Another process holds the lock for longer than the writer waits."""

    async def work() -> None:
        desk.lock()
        jobs = [desk.later(add(n)) for n in (1, 2, 3)]
        outcomes = await asyncio.gather(*jobs, return_exceptions=True)
        assert [type(outcome) for outcome in outcomes] == [StoreUnavailable] * 3
        desk.unlock()

    run(work)
    assert desk.count("contestants") == 0


def test_figures_count_what_was_committed_and_what_was_not(desk: Desk) -> None:
    """A commit that fails counts as such, with its time; nothing of it as rows."""

    async def work() -> None:
        await desk.write(add(1), add(2))
        desk.lock()
        with pytest.raises(StoreUnavailable):
            await desk.write(add(3))
        failed = desk.writer.figures()
        assert (failed.rows, failed.commits, failed.failed) == (2, 1, 1)
        assert failed.last_seconds >= 0.05  # as long as the lock was waited for
        desk.unlock()
        await desk.write(add(3))
        after = desk.writer.figures()
        assert (after.rows, after.commits, after.failed, after.waiting) == (3, 2, 1, 0)
        assert after.seconds >= failed.last_seconds + after.last_seconds

    run(work)


def test_batch_after_a_failed_one_is_stored(desk: Desk) -> None:
    """The very commands that failed may be sent again."""

    async def work() -> None:
        desk.lock()
        with pytest.raises(StoreUnavailable):
            await desk.write(add(1))
        desk.unlock()
        assert [outcome.result for outcome in await desk.write(add(1))] == ["done"]

    run(work)
    assert desk.count("contestants") == 1


def test_full_disk_acknowledges_nothing(desk: Desk) -> None:
    """SQLite may write no further page; once it may, the writer goes on."""
    full = desk.connection.execute("pragma page_count").fetchone()[0]
    big = {"name": "x" * 200_000}

    async def work() -> None:
        await desk.write(add(1), open_command(1))
        desk.connection.execute(f"pragma max_page_count = {full}")
        body = Draft("lt-00001", Kind.PEN, OPENS, big, pen=1)
        with pytest.raises(StoreUnavailable):
            await desk.write(Append(body))
        assert desk.count("rows") == 1
        desk.connection.execute("pragma max_page_count = 1000000")
        assert [outcome.result for outcome in await desk.write(Append(body))] == ["done"]

    run(work)
    assert desk.count("rows") == 2


def test_job_that_can_not_be_stored_harms_no_neighbour(desk: Desk) -> None:
    """Not those before it and not those behind it in the same commit."""

    async def work() -> None:
        desk.patience(10_000)
        desk.lock()
        first, bad, unknown, last = (
            desk.later(add(1)),
            desk.later(open_command(9)),  # nobody has registered under that id
            desk.later(NO_COMMAND),  # type: ignore[arg-type]
            desk.later(add(2)),
        )
        await handed_over(first, bad, unknown, last)
        desk.unlock()
        for job in (bad, unknown):
            with pytest.raises(StoreUnavailable):
                await job
        assert (await first)[0].result == (await last)[0].result == "done"

    run(work)
    assert desk.count("contestants") == 2
    assert desk.count("attempts") == desk.count("running") == 0


def test_error_that_ends_the_transaction_fails_the_whole_batch(desk: Desk) -> None:
    """Some errors undo everything at once: then nobody may be told that it was stored."""
    desk.connection.execute(
        "create temp trigger broken before insert on people when new.salt = 'hỏng'"
        " begin select raise(rollback, 'hỏng'); end"
    )

    async def work() -> None:
        broken = add(2)
        desk.patience(10_000)
        desk.lock()
        jobs = [desk.later(add(1)), desk.later(type(broken)(broken.contestant, {}, "hỏng"))]
        await handed_over(*jobs)
        desk.unlock()
        stored = desk.count("contestants")
        outcomes = await asyncio.gather(*jobs, return_exceptions=True)
        stored = desk.count("contestants")
        acknowledged = sum(not isinstance(outcome, StoreUnavailable) for outcome in outcomes)
        assert isinstance(outcomes[1], StoreUnavailable)
        assert acknowledged == stored
        assert (await desk.write(add(3)))[0].result == "done"

    run(work)


def test_rollback_that_fails_does_not_stop_the_writer(tmp_path: Path) -> None:
    """Nobody would ever be answered again."""

    class Failing(sqlite3.Connection):
        broken = True

        def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
            if self.broken and sql in ("commit", "rollback"):
                raise sqlite3.OperationalError("disk I/O error")
            return super().execute(sql, *values)

    path = tmp_path / "timhieu.db"
    open_database(path)
    connection = sqlite3.connect(
        path, isolation_level=None, check_same_thread=False, factory=Failing
    )
    writer = Writer(connection)

    async def work() -> None:
        with pytest.raises(StoreUnavailable):
            await writer.write((add(1),))
        connection.broken = False
        with pytest.raises(StoreUnavailable):  # finds the old transaction, and ends it
            await writer.write((add(1),))
        assert (await writer.write((add(1),)))[0].result == "done"

    try:
        run(work)
    finally:
        writer.close()


def test_asker_that_went_away_loses_nothing(desk: Desk) -> None:
    """A page closes while its answer is being stored."""

    async def work() -> None:
        desk.patience(10_000)
        desk.lock()
        gone, stayed = desk.later(add(1)), desk.later(add(2))
        await handed_over(gone, stayed)
        gone.cancel()
        desk.unlock()
        await stayed

    run(work)
    assert desk.count("contestants") == 2


def test_loop_that_is_gone_does_not_stop_the_writer(desk: Desk) -> None:
    """Its commands are stored; those of the next loop are answered."""
    desk.patience(10_000)
    desk.lock()
    loop = asyncio.new_event_loop()
    task = loop.create_task(desk.write(add(1)))
    loop.run_until_complete(handed_over(task))
    task.cancel()
    loop.run_until_complete(asyncio.gather(task, return_exceptions=True))
    loop.close()
    desk.unlock()

    async def work() -> None:
        assert (await desk.write(add(2)))[0].result == "done"

    run(work)
    assert desk.count("contestants") == 2


def test_close_stores_what_was_handed_over(desk: Desk) -> None:
    """And answers it."""

    async def work() -> None:
        desk.patience(10_000)
        desk.lock()
        jobs = [desk.later(add(n)) for n in range(1, 51)]
        await handed_over(*jobs)
        closing_ = asyncio.create_task(asyncio.to_thread(desk.writer.close))
        await asyncio.sleep(0)
        desk.unlock()
        await closing_
        outcomes = await asyncio.gather(*jobs)
        assert {outcome.result for (outcome,) in outcomes} == {"done"}

    run(work)
    assert desk.count("contestants") == 50


def test_closed_writer_takes_nothing(desk: Desk) -> None:
    """It says so at once; closing again is no error."""
    desk.writer.close()
    desk.writer.close()

    async def work() -> None:
        with pytest.raises(StoreUnavailable):
            await desk.write(add(1))

    run(work)


def test_writer_that_is_far_behind_takes_nothing_more(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rather than memory without end; the page keeps the answer and sends it again."""
    monkeypatch.setattr("contest.store.writer.MAX_WAITING", 3)

    async def work() -> None:
        desk.patience(10_000)
        desk.lock()
        jobs = [desk.later(add(n)) for n in range(1, 21)]
        await handed_over(*jobs)
        desk.unlock()
        outcomes = await asyncio.gather(*jobs, return_exceptions=True)
        stored = [outcome for outcome in outcomes if not isinstance(outcome, StoreUnavailable)]
        assert 0 < len(stored) < 20
        assert desk.count("contestants") == len(stored)

    run(work)


def test_no_statement_reads_a_whole_table(desk: Desk) -> None:
    """Neither rows nor attempts nor contestants are scanned to decide on a command."""
    seen = desk.statements

    async def work() -> None:
        await desk.write(add(1), open_command(1))
        await desk.write(Append(response(1, 1)), Append(response(1, 1)), open_command(2, person=1))

    run(work)
    with closing(sqlite3.connect(":memory:")) as plain:
        desk.other.backup(plain)
        for statement in seen:
            if statement.split(" ", 1)[0] in ("select", "insert", "delete"):
                plan = " ".join(row[3] for row in plain.execute(f"explain query plan {statement}"))
                for table in ("rows", "attempts", "contestants", "actions"):
                    assert f"SCAN {table}" not in plan, statement
    assert ROUND in "".join(seen)
