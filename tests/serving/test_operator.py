"""What operators are told: whether the server is well, and its figures on an address of theirs."""

from __future__ import annotations

import asyncio
import gc
import logging
import warnings
from http.client import HTTPConnection
from types import SimpleNamespace
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from tornado.httpclient import AsyncHTTPClient, HTTPResponse
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from contest.serving import operator
from contest.serving.operator import CannotListen, Health, Watch, metrics_server
from contest.store.protocol import WriterFigures
from tests.serving.conftest import Serve
from tests.serving.contests import open_contest
from tests.serving.server import Server
from tests.serving.visitor import Socket, Visitor

COUNTED = {
    "timhieu_visitors", "timhieu_kernels", "timhieu_pages", "timhieu_kernels_started",
    "timhieu_boards", "timhieu_board_pages",
    "timhieu_responses", "timhieu_commits", "timhieu_commits_failed", "timhieu_commit_seconds",
    "timhieu_commit_last_seconds", "timhieu_commit_waiting", "timhieu_loop_delay_seconds",
    "timhieu_loop_delay_worst_seconds", "timhieu_loop_late", "timhieu_up_seconds",
    "timhieu_backups", "timhieu_backups_failed", "timhieu_backup_newest_seconds",
}  # fmt: skip


class Seconds:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def watching(clock: Seconds) -> Watch:
    """Return a watch over a server without visitors."""
    figures = WriterFigures(0, 0, 0, 0.0, 0.0, 0)
    service: Any = SimpleNamespace(store=SimpleNamespace(figures=lambda: figures))
    manager: Any = SimpleNamespace(kernels=lambda: iter(()), started=0)
    chores: Any = SimpleNamespace(made=0, failures=0, failed=False, newest=None)
    return Watch(service, manager, clock, chores)


def healths(watch: Watch, *moves: Any) -> list[HTTPResponse]:
    """Ask `/healthz`, after each of some moves."""

    async def main() -> list[HTTPResponse]:
        sockets = bind_sockets(0, address="127.0.0.1")
        server = HTTPServer(Application([("/healthz", Health)], contest_watch=watch))
        server.add_sockets(sockets)
        url = f"http://127.0.0.1:{sockets[0].getsockname()[1]}/healthz"
        client = AsyncHTTPClient(force_instance=True)
        answers = []
        try:
            for move in moves:
                move()
                for method in ("GET", "HEAD"):
                    answers.append(await client.fetch(url, method=method, raise_error=False))
        finally:
            client.close()
            server.stop()
            await server.close_all_connections()
        return answers

    return asyncio.run(main())


def test_server_is_well_as_long_as_its_tick_does_its_work() -> None:
    """Else nothing is frozen, expired or closed: the balancer shall know."""
    clock = Seconds()
    watch = watching(clock)

    def pass_by(seconds: float) -> None:
        clock.at += seconds

    def tick() -> None:
        watch.ticked()

    answers = healths(
        watch,
        lambda: pass_by(operator.STALE_SECONDS - 0.1),
        lambda: pass_by(0.2),
        tick,
        lambda: pass_by(operator.STALE_SECONDS),
    )
    assert [answer.code for answer in answers] == [200, 200, 503, 503, 200, 200, 503, 503]
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}
    assert [answer.body for answer in answers[::2]] == [b"ok\n", b"late\n", b"ok\n", b"late\n"]


def test_a_loop_that_is_late_is_measured_and_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """How late it was, at worst, and how often it was more than a tenth of a second."""
    clock = Seconds()
    watch = watching(clock)
    delays = iter([0.05, 0.25, 0.0])

    async def sleep(seconds: float) -> None:
        delay = next(delays, None)
        if delay is None:
            raise asyncio.CancelledError
        clock.at += seconds + delay

    monkeypatch.setattr(operator.asyncio, "sleep", sleep)
    with caplog.at_level(logging.WARNING), pytest.raises(asyncio.CancelledError):
        asyncio.run(watch.run())
    found = {metric.name: metric.samples[0].value for metric in watch.collect()}
    assert found["timhieu_loop_delay_worst_seconds"] == pytest.approx(0.25)
    assert found["timhieu_loop_delay_seconds"] == pytest.approx(0.0)
    assert found["timhieu_loop_late"] == 1
    assert [record.getMessage() for record in caplog.records] == ["the loop was 250 ms late"]


@pytest.mark.parametrize("address", ["127.0.0.1:{taken}", "192.0.2.1:0", "nowhere.invalid:1"])
def test_an_address_nobody_can_listen_on_is_named(address: str) -> None:
    """Taken, of another machine, or no address at all."""
    holder = bind_sockets(0, address="127.0.0.1")
    wanted = address.format(taken=holder[0].getsockname()[1])
    with warnings.catch_warnings():
        # Tornado leaves a socket that it couldn't bind to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        try:
            with pytest.raises(CannotListen) as caught:
                metrics_server(wanted, watching(Seconds()))
        finally:
            holder[0].close()
            gc.collect()
    assert caught.value.address == wanted
    assert caught.value.why


def test_without_an_address_nobody_listens() -> None:
    """The default."""
    assert metrics_server("", watching(Seconds())) is None


# ---- at the server ----


@pytest.fixture(scope="module")
def server(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Return a server whose figures nobody else changes."""
    return serve(open_contest(tmp_path_factory.mktemp("contest") / "cuoc_thi").path)


def test_figures_are_read_by_prometheus(server: Server) -> None:
    """Every one has its kind and its sentence."""
    families = list(text_string_to_metric_families(server.told()))
    assert {family.name for family in families} == COUNTED
    for family in families:
        assert family.type in ("gauge", "counter")
        assert family.documentation
        assert [sample.value >= 0 for sample in family.samples] == [True]


def test_figures_follow_what_happens(server: Server) -> None:
    """Kernels, visitors, pages; what was committed."""
    names = ("visitors", "kernels", "pages", "kernels_started_total", "responses_total")
    before = {name: server.figure(name) for name in names}
    visitor = Visitor(server.url)
    visitor.register(1)
    visitor.begin()
    kernel = visitor.open_paper()
    second = visitor.open_paper()
    with Socket(visitor, kernel) as socket:
        model = socket.paper()
        socket.tell(model, {"t": "hello", "page": "trang" + "0" * 15})
        pen = socket.told("paper")["pen"]
        socket.tell(model, {"t": "answer", "pen": pen, "seq": 1, "q": 1, "chosen": [1]})
        socket.told("ack")
        change = {name: server.figure(name) - before[name] for name in names}
    assert second != kernel
    assert change["visitors"] == 1
    assert change["kernels"] == change["kernels_started_total"] == 2
    assert change["pages"] == 1
    assert change["responses_total"] >= 4  # registration, opening, pen, answer
    assert server.figure("commits_total") > 0
    assert 0 < server.figure("commit_last_seconds") <= server.figure("commit_seconds_total")


def test_figures_name_nobody(server: Server) -> None:
    """No label, no id, no address."""
    assert "{" not in server.told()


def test_failed_backup_is_told_although_the_server_is_well() -> None:
    """A balancer goes on sending visitors; whoever reads the answer sees it."""
    watch = watching(Seconds())

    def fail() -> None:
        watch.chores.failed = True
        watch.chores.failures = 1

    answers = healths(watch, fail)
    assert (answers[0].code, answers[0].body) == (200, b"ok\nbackup failed\n")
    assert {sample.name: sample.value for metric in watch.collect() for sample in metric.samples}[
        "timhieu_backups_failed_total"
    ] == 1


def test_figures_are_on_the_operators_address_only(server: Server) -> None:
    """The public one knows nothing of them, and theirs has nothing else."""
    visitor = Visitor(server.url)
    for path in ("/metrics", "/metrics/", "/healthz/", "/metrics?name[]=timhieu_kernels"):
        assert visitor.get(path).status == 404, path
    host, _, port = server.metrics.rpartition(":")
    for path in ("/", "/healthz", "/thi", "/the-le", "/api/kernels"):
        line = HTTPConnection(host, int(port), timeout=20)
        line.request("GET", path)
        assert line.getresponse().status == 404, path
        line.close()


def test_health_is_told_on_the_public_address(server: Server) -> None:
    """To the balancer; a word, and nothing of anybody."""
    answer = Visitor(server.url).get("/healthz")
    assert (answer.status, answer.text, answer.cookies) == (200, "ok\n", [])
    assert answer.headers["cache-control"] == "no-store"
