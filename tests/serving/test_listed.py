"""A round with a list: who may take part is said at the door, before anybody gives a phone number.

The sample's first round is for all; its second one only for who is listed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from contest.clock import SystemClock
from contest.directory import ContestDirectory
from tests.contest.rulings.helpers import make
from tests.factories import DAY, HOUR, fields, opened
from tests.serving.conftest import Serve
from tests.serving.contests import change_rules, open_contest
from tests.serving.server import Server, apart
from tests.serving.stored import contestant, counts
from tests.serving.visitor import Answer, Visitor

LISTED = "Kỳ này chỉ dành cho thí sinh trong danh sách được dự."
REGISTER = "/dang-ky"
FINAL = 4 * HOUR
STEPS = ("/dang-ky", "/dang-ky/ma-tham-gia", "/dang-ky/don-vi", "/dang-ky/kiem-tra")


def with_final(path: Path) -> ContestDirectory:
    """Write a contest whose first round is open, and whose listed one opens in two hours."""
    now = SystemClock().now()
    final = ("ky-2", now + 2 * HOUR, now + DAY)
    directory = open_contest(path, opens=now - HOUR, closes=now + HOUR, more_rounds=[final])
    title = '    title: "Kỳ ky-2"'
    change_rules(directory.path, {title: f"{title}\n    admits: listed"})
    return directory


@pytest.fixture(scope="module")
def registered(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> tuple[Server, str, str]:
    """Return a server, and the codes of one who is in the list and of one who isn't."""
    directory = with_final(tmp_path_factory.mktemp("listed") / "cuoc_thi")
    server = serve(directory.path, movable=True)
    codes = [Visitor(server.url).register(number) for number in (1, 2)]
    one = contestant(directory.path, 1)["contestant_id"]

    async def admit() -> None:
        async with opened(directory, at=None) as service:
            now = SystemClock().now()
            await make(service, "admit", now, round_id="ky-2", contestants=[one], origin="tay")

    apart(admit())
    return server, codes[0], codes[1]


@pytest.fixture
def server(registered: tuple[Server, str, str]) -> Server:
    """Return the contest's server while its final is open."""
    registered[0].shift(FINAL)
    return registered[0]


def gone_on(server: Server, code: str) -> Visitor:
    """Return somebody who has come by their code."""
    visitor = Visitor(server.url)
    assert visitor.post("/tiep-tuc", ma=code).location == "/"
    return visitor


def invites(answer: Answer) -> bool:
    """Return whether a page leads to registering or to a paper."""
    return any(f'href="{path}"' in answer.text for path in (REGISTER, "/bat-dau"))


def test_newcomer_is_told_before_giving_anything(visitor: Visitor) -> None:
    """The entry page says who may take part and how those come in; nothing else is offered."""
    entry = visitor.get("/")
    assert LISTED in entry.words
    assert "mất mã thì liên hệ Tổ Thư ký mẫu" in entry.words
    assert "lượt thi" not in entry.words
    assert not invites(entry)
    assert entry.text.count('href="/tiep-tuc"') == 1


def test_registering_is_refused_and_tells_nothing_of_numbers(
    visitor: Visitor, server: Server
) -> None:
    """A used and a free number, and no number at all, get the very same answer."""
    before = counts(server.directory)
    for path in STEPS:
        assert visitor.get(path).location == "/"
    sent = [fields(1), fields(99), {}]
    for path in STEPS:
        answers = [visitor.post(path, consent="yes", unit="dv-1", **one) for one in sent]
        assert {(one.status, one.location, one.text) for one in answers} == {(303, "/", "")}
    assert counts(server.directory) == before


def test_registration_that_was_begun_before_is_refused_too(
    registered: tuple[Server, str, str],
) -> None:
    """What was filled in while the first round was open leads nowhere now."""
    server = registered[0]
    server.shift(0)
    late = Visitor(server.url)
    assert late.post("/dang-ky", **fields(5)).location == "/dang-ky/don-vi"
    assert late.post("/dang-ky/don-vi", unit="dv-1").location == "/dang-ky/kiem-tra"
    before = counts(server.directory)
    server.shift(FINAL)
    assert late.post("/dang-ky/kiem-tra", consent="yes").location == "/"
    assert counts(server.directory) == before


def test_who_is_admitted_comes_in_by_the_code(
    server: Server, registered: tuple[Server, str, str]
) -> None:
    """To the button that starts the clock."""
    mine = gone_on(server, registered[1])
    entry = mine.get("/")
    assert LISTED not in entry.words
    assert 'href="/bat-dau"' in entry.text
    assert 'action="/bat-dau"' in mine.get("/bat-dau").text


def test_who_is_not_admitted_is_told_at_once(
    server: Server, registered: tuple[Server, str, str]
) -> None:
    """On the entry page and at the start, in the same words; there is no button to press."""
    other = gone_on(server, registered[2])
    entry, start = other.get("/"), other.get("/bat-dau")
    words = f"{LISTED} Nếu Bạn có tên mà chưa vào được, hãy liên hệ Tổ Thư ký mẫu."
    assert words in entry.words
    assert "lượt thi" not in entry.words
    assert not invites(entry)
    assert words in start.words
    assert 'action="/bat-dau"' not in start.text
    assert words in other.post("/bat-dau").words


def test_before_it_opens_the_list_is_named_too(registered: tuple[Server, str, str]) -> None:
    """With the first round over, registering would lead nowhere; who is listed is told so."""
    server, one, other = registered
    server.shift(HOUR + HOUR // 2)
    stranger = Visitor(server.url).get("/")
    assert LISTED in stranger.words
    assert not invites(stranger)
    assert "Bạn có tên trong danh sách được dự kỳ này." in gone_on(server, one).get("/").words
    assert f"{LISTED} Nếu Bạn có tên" in gone_on(server, other).get("/").words


def test_a_round_for_all_invites_as_before(registered: tuple[Server, str, str]) -> None:
    """While the first round is open, nothing is said of a list."""
    server = registered[0]
    server.shift(0)
    entry = Visitor(server.url).get("/")
    assert LISTED not in entry.words
    assert invites(entry)
