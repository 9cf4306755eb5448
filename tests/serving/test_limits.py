"""What one address may take: a school behind one is well, a flood isn't."""

from __future__ import annotations

from contextlib import ExitStack

import pytest
from websocket import WebSocketBadStatusException

from contest.serving import limits
from contest.serving.limits import AddressLimits, TryLimit
from contest.settings import ServerSettings
from tests.serving.conftest import Serve
from tests.serving.contests import open_contest
from tests.serving.server import Server
from tests.serving.visitor import Socket, Visitor

SCHOOL = 1000
OPENING = 10
"""Requests of a contestant who comes to the entry page with an empty cache and begins: three
pages, a form, five files, a socket."""

NO_KERNEL = "00000000-0000-0000-0000-000000000000"
RESTART = 5
"""Requests of one open page when the server has been restarted: it asks, and loads itself anew."""


class Seconds:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def school(
    limits_: AddressLimits, clock: Seconds, each: int, seconds: float, address: str = "192.0.2.1"
) -> list[bool]:
    """Let a school's pupils make `each` requests within some seconds; return what they got."""
    total = SCHOOL * each
    answers = []
    for _ in range(total):
        clock.at += seconds / total
        answers.append(limits_.may_ask(address))
    return answers


# ---- the figures ----


def test_a_school_behind_one_address_survives_the_defaults() -> None:
    """A thousand open their papers within ten seconds, answer, and all are thrown out once."""
    clock = Seconds()
    address = AddressLimits(ServerSettings(), clock)
    assert all(school(address, clock, OPENING, 10))
    for _ in range(SCHOOL):
        assert address.may_connect("192.0.2.1")
        address.connected("192.0.2.1")
    clock.at += 20 * 60
    assert all(school(address, clock, RESTART, 1))


def test_an_address_that_asks_for_much_more_is_turned_away() -> None:
    """And only that one; after a while it is heard again."""
    clock = Seconds()
    address = AddressLimits(ServerSettings(), clock)
    answers = school(address, clock, 100, 10)
    expected = ServerSettings.address_burst + 10 * ServerSettings.address_rate
    assert sum(answers) == pytest.approx(expected, abs=2)
    assert not address.may_ask("192.0.2.1")
    assert address.may_ask("192.0.2.2")
    clock.at += 1
    assert sum(address.may_ask("192.0.2.1") for _ in range(1000)) == ServerSettings.address_rate


def test_open_pages_of_an_address_are_counted() -> None:
    """One that closes makes room; nothing is kept of an address without any."""
    address = AddressLimits(ServerSettings(address_sockets=2))
    for _ in range(2):
        assert address.may_connect("a")
        address.connected("a")
    assert not address.may_connect("a")
    assert address.may_connect("b")
    address.disconnected("a")
    assert address.may_connect("a")
    address.disconnected("a")
    assert not address._sockets


def test_addresses_without_end_cost_no_memory_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that were heard of least lately are forgotten."""
    monkeypatch.setattr(limits, "MAX_PLACES", 3)
    address = AddressLimits(ServerSettings(address_burst=1), Seconds())
    for name in ("a", "b", "c", "a", "d"):
        address.may_ask(name)
    assert set(address._buckets) == {"c", "a", "d"}
    tries = TryLimit(1, 1000)
    for n, name in enumerate(("a", "b", "c", "d")):
        tries.count(name, n)
    assert tries.left("a", 5) == 1
    assert tries.left("d", 5) == 0


# ---- at the server ----


@pytest.fixture(scope="module")
def server(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Return a server with narrow limits, behind a proxy on this machine."""
    path = open_contest(tmp_path_factory.mktemp("contest") / "cuoc_thi").path
    return serve(
        path,
        address_burst=60,
        address_rate=0.01,
        address_sockets=2,
        trusted_proxies="127.0.0.1",
    )


def from_(address: str) -> dict[str, str]:
    """Return what a proxy says of where a request comes from."""
    return {"X-Forwarded-For": address}


def test_a_flood_is_answered_429_and_others_are_served(server: Server) -> None:
    """Pages, files, sockets and what pages ask of their kernels alike; never the balancer's."""
    visitor = Visitor(server.url)
    flood, calm = from_("192.0.2.10"), from_("192.0.2.11")
    answers = [visitor.send("GET", "/the-le", headers=flood) for _ in range(70)]
    assert [answer.status for answer in answers] == [200] * 60 + [429] * 10
    assert "Mời Bạn đợi" in answers[-1].words
    for path in (
        "/",
        "/thi",
        "/voila/templates/contest/static/look.css",
        f"/api/kernels/{NO_KERNEL}",
    ):
        assert visitor.send("GET", path, headers=flood).status == 429, path
        assert visitor.send("GET", path, headers=calm).status != 429, path
    assert visitor.send("POST", "/tra-cuu", "ma=x", flood).status == 429
    assert visitor.send("POST", "/voila/api/shutdown/x", "", flood).status == 429
    assert knock(visitor, flood) == 429
    assert knock(visitor, calm) == 403
    assert visitor.send("GET", "/healthz", headers=flood).status == 200


def test_an_address_has_so_many_open_pages(server: Server) -> None:
    """One more is refused until one is closed; another address isn't concerned."""
    visitor = Visitor(server.url)
    visitor.register(1)
    visitor.begin()
    kernel = visitor.open_paper()
    here, there = from_("192.0.2.20"), from_("192.0.2.21")
    with ExitStack() as pages:
        first = pages.enter_context(Socket(visitor, kernel, **here))
        pages.enter_context(Socket(visitor, kernel, **here)).until_idle()
        assert knock(visitor, here, kernel) == 429
        assert knock(visitor, there, kernel) == 101
        first.until_idle()
        first.close()
        statuses = (knock(visitor, here, kernel) for _ in range(30))
        assert 101 in statuses
    assert visitor.send("GET", "/", headers=here).status == 200


def knock(visitor: Visitor, headers: dict[str, str], kernel: str = NO_KERNEL) -> int:
    """Return the status with which a socket is answered."""
    try:
        with Socket(visitor, kernel, **headers):
            return 101
    except WebSocketBadStatusException as error:
        return error.status_code
