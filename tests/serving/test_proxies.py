"""Behind a proxy: what it says of address and protocol is believed, what others say isn't."""

from __future__ import annotations

from ipaddress import ip_network
from urllib.parse import urlencode

import pytest

from contest.serving.proxies import TrustedAddresses
from tests.factories import fields as fields_of
from tests.serving.conftest import Serve
from tests.serving.contests import open_contest
from tests.serving.server import Server
from tests.serving.visitor import Answer, Visitor

WRONG = "ZZZZ-ZZZZ"
HTTPS = {"X-Forwarded-Proto": "https"}
TRIES = 4


@pytest.fixture(scope="module")
def behind(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Return a server behind two proxies: one on this machine, one in 10.0.0.0/8."""
    path = open_contest(tmp_path_factory.mktemp("contest") / "cuoc_thi").path
    return serve(path, trusted_proxies="127.0.0.1,10.0.0.0/8", address_code_tries=TRIES)


@pytest.fixture(scope="module")
def alone(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Return a server that anybody reaches."""
    path = open_contest(tmp_path_factory.mktemp("contest") / "cuoc_thi").path
    return serve(path, trusted_proxies="10.0.0.0/8", address_code_tries=TRIES)


def try_code(server: Server, **headers: str) -> Answer:
    """Try a wrong code in a browser of its own."""
    visitor = Visitor(server.url)
    body = f"ma={WRONG}&_xsrf={visitor.xsrf()}"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    return visitor.send("POST", "/tiep-tuc", body, {**form, **headers})


def statuses(server: Server, *forwarded: str) -> list[int]:
    """Try a code for each of these forwarded addresses; return the answers' statuses."""
    return [try_code(server, **{"X-Forwarded-For": one}).status for one in forwarded]


def test_wrong_codes_are_counted_for_the_real_address(behind: Server) -> None:
    """Not for the proxy's, which all visitors share."""
    assert statuses(behind, *["192.0.2.1"] * 5) == [200] * TRIES + [429]
    assert statuses(behind, "192.0.2.2") == [200]


def test_hops_of_our_own_are_skipped(behind: Server) -> None:
    """The last address that isn't a proxy of ours is the visitor's; what they wrote is before."""
    assert statuses(behind, *["192.0.2.3, 10.0.0.9"] * TRIES) == [200] * TRIES
    assert statuses(behind, "192.0.2.3", "192.0.2.4, 192.0.2.3, 10.1.2.3") == [429, 429]


@pytest.mark.parametrize("forwarded", ["x", "", ",", "256.1.1.1", "<script>", "192.0.2.5:80"])
def test_an_address_that_is_none_is_not_believed(behind: Server, forwarded: str) -> None:
    """Whatever stands there, the page is answered."""
    visitor = Visitor(behind.url)
    assert visitor.send("GET", "/", headers={"X-Forwarded-For": forwarded}).status == 200


def test_from_a_stranger_no_forwarded_address_is_believed(alone: Server) -> None:
    """Or anybody could try codes for ever."""
    addresses = [f"192.0.2.{n}" for n in range(TRIES + 1)]
    assert statuses(alone, *addresses) == [200] * TRIES + [429]


def cookies(server: Server, headers: dict[str, str]) -> list[str]:
    """Return all cookies that registering, beginning, resuming and signing out set."""
    visitor = Visitor(server.url)
    form = {"Content-Type": "application/x-www-form-urlencoded", **headers}
    found = []

    def take(method: str, path: str, **fields: str) -> None:
        typed = urlencode({**fields, "_xsrf": xsrf}) if method == "POST" else None
        found.extend(visitor.send(method, path, typed, form).cookies)

    xsrf = ""
    take("GET", "/dang-ky")
    xsrf = visitor.xsrf()
    number = 1 if headers else 2
    take("POST", "/dang-ky", **fields_of(number))
    take("POST", "/dang-ky/don-vi", unit="dv-1")
    take("POST", "/dang-ky/kiem-tra", consent="yes")
    take("POST", "/bat-dau")
    take("GET", "/thi")
    take("POST", "/tiep-tuc", ma=WRONG)
    take("POST", "/nguoi-khac")
    names = {cookie.split("=")[0].rsplit("-", 1)[-1] for cookie in found}
    assert {"_xsrf", "ma", "dk", "may"} < names, names
    return found


def test_behind_https_every_cookie_is_secure(behind: Server) -> None:
    """None travels without; those that are taken away too."""
    for cookie in cookies(behind, HTTPS):
        assert "; secure" in cookie.lower(), cookie


def test_without_https_no_cookie_is_secure(behind: Server) -> None:
    """A hall's network has none, and the browser would drop them."""
    for cookie in cookies(behind, {}):
        assert "secure" not in cookie.lower(), cookie


def test_from_a_stranger_no_forwarded_protocol_is_believed(alone: Server) -> None:
    """It would lock visitors out of pages without https."""
    for cookie in cookies(alone, HTTPS):
        assert "secure" not in cookie.lower(), cookie


def test_trusted_are_the_networks_that_are_named() -> None:
    """Of both kinds; what isn't an address is in none."""
    trusted = TrustedAddresses((ip_network("10.0.0.0/8"), ip_network("::1")))
    assert "10.255.0.1" in trusted
    assert "::1" in trusted
    for other in ("11.0.0.1", "::2", "", "x", None, "10.0.0.1:80", "/run/x.sock"):
        assert other not in trusted
