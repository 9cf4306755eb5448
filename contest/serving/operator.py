"""What operators look at: whether the server is well, its figures, how late its loop is."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterable

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from contest.service import Service
from contest.serving.board_keeper import BoardKeeper
from contest.serving.chores import Chores
from contest.serving.virtual.manager import VirtualKernelManager
from contest.store.protocol import WriterFigures

log = logging.getLogger(__name__)

SAMPLE_SECONDS = 0.5
LATE_SECONDS = 0.1
STALE_SECONDS = 30.0
"""Without a tick for this long, the server isn't well: nothing is frozen, expired or closed."""


class Watch:
    """Looks at the loop's delay, and keeps what the operators' pages tell.

    Parameters
    ----------
    service : Service
    manager : VirtualKernelManager
    now : callable
        Gives seconds that never go back.
    chores : Chores or None
        What is told of backups; None: nothing.
    board : BoardKeeper or None
        What is told of the leaderboard; None: nothing.
    """

    def __init__(
        self,
        service: Service,
        manager: VirtualKernelManager,
        now: Callable[[], float] = time.monotonic,
        chores: Chores | None = None,
        board: BoardKeeper | None = None,
    ) -> None:
        self.chores = chores
        self._board = board
        self._service = service
        self._manager = manager
        self._now = now
        self._began = self._ticked = now()
        self._delay = self._worst = 0.0
        self._late = 0
        self.registry = CollectorRegistry(auto_describe=False)
        self.registry.register(self)  # type: ignore[arg-type]

    def ticked(self) -> None:
        """Note that the tick has done its work."""
        self._ticked = self._now()

    def well(self) -> bool:
        """Return whether the tick does its work."""
        return self._now() - self._ticked < STALE_SECONDS

    async def run(self) -> None:
        """Measure how late the loop calls back, until cancelled; say so where it is."""
        while True:
            due = self._now() + SAMPLE_SECONDS
            await asyncio.sleep(SAMPLE_SECONDS)
            self._delay = max(0.0, self._now() - due)
            self._worst = max(self._worst, self._delay)
            if self._delay > LATE_SECONDS:
                self._late += 1
                log.warning("the loop was %.0f ms late", self._delay * 1000)

    def collect(self) -> Iterable[Metric]:
        """Yield the figures, as Prometheus reads them."""
        writer: WriterFigures = self._service.store.figures()
        kernels = list(self._manager.kernels())
        yield _gauge("visitors", "Visitors with a live kernel", len({k.owner for k in kernels}))
        yield _gauge("kernels", "Live kernels", len(kernels))
        yield _gauge("pages", "Connected pages", sum(len(k.connections) for k in kernels))
        yield _counter("kernels_started", "Kernels started", self._manager.started)
        yield _counter("responses", "Rows of attempts that were committed", writer.rows)
        yield _counter("commits", "Commits", writer.commits)
        yield _counter("commits_failed", "Commits that failed", writer.failed)
        yield _counter("commit_seconds", "Time spent committing", writer.seconds)
        yield _gauge("commit_last_seconds", "Time the last commit took", writer.last_seconds)
        yield _gauge("commit_waiting", "Commands that wait for the next commit", writer.waiting)
        yield _gauge("loop_delay_seconds", "How late the loop last was", self._delay)
        yield _gauge("loop_delay_worst_seconds", "How late it was at worst", self._worst)
        yield _counter("loop_late", "How often it was over 0.1 s late", self._late)
        if self.chores is not None:
            yield _counter("backups", "Scheduled backups made", self.chores.made)
            yield _counter("backups_failed", "Scheduled backups that failed", self.chores.failures)
            newest = (self.chores.newest or 0) / 1000
            yield _gauge("backup_newest_seconds", "When the newest was made, Unix time", newest)
        if self._board is not None:
            yield _counter("boards", "Leaderboards worked out", self._board.computed)
            yield _counter("board_pages", "Leaderboard pages made", self._board.made)
        yield _gauge("up_seconds", "Since the server started", self._now() - self._began)


def _gauge(name: str, what: str, value: float) -> Metric:
    return GaugeMetricFamily(f"timhieu_{name}", what, value=value)


def _counter(name: str, what: str, value: float) -> Metric:
    return CounterMetricFamily(f"timhieu_{name}", what, value=value)


class Health(RequestHandler):
    """`/healthz`: 200 while the server does its work, else 503; for load balancers."""

    def set_default_headers(self) -> None:
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Type", "text/plain; charset=UTF-8")

    def get(self) -> None:
        if not self.settings["contest_watch"].well():
            self.set_status(503)
            self.write("late\n")
            return
        self.write("ok\n")
        chores = self.settings["contest_watch"].chores
        if chores is not None and chores.failed:  # the contest is well all the same
            self.write("backup failed\n")

    head = get


class Metrics(RequestHandler):
    """`/metrics`, on the operators' address only."""

    def initialize(self, watch: Watch) -> None:
        """Take what is told."""
        self._watch = watch

    def get(self) -> None:
        self.set_header("Content-Type", CONTENT_TYPE_PLAIN_0_0_4)
        self.write(generate_latest(self._watch.registry))


class CannotListen(RuntimeError):
    """Nobody can listen on the operators' `address`; `why` is the system's word."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(f"{address}: {why}")
        self.address = address
        self.why = why


def metrics_server(address: str, watch: Watch) -> HTTPServer | None:
    """Listen on the operators' `address:port`; None where there is none.

    Raises
    ------
    CannotListen
        Where the port is taken, or the address isn't this machine's.
    """
    if not address:
        return None
    host, _, port = address.rpartition(":")
    server = HTTPServer(Application([("/metrics", Metrics, {"watch": watch})]))
    try:
        server.listen(int(port), host.strip("[]"))
    except OSError as error:
        raise CannotListen(address, error.strerror or str(error)) from None
    return server
