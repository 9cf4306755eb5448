"""One person over several rounds: each round's own paper, and every receipt still at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from contest.clock import SystemClock
from contest.directory import ContestDirectory
from contest.ids import shown
from tests.factories import DAY, HOUR, MINUTE, TOPICS, fields
from tests.serving.conftest import Serve
from tests.serving.contests import change_rules, open_contest
from tests.serving.receipts import owner, receipt
from tests.serving.sat import Sat, sit
from tests.serving.server import Server, until
from tests.serving.visitor import Visitor

SECOND = 4 * HOUR
PAPERS = f"""papers:
  - rounds: [ky-2]
    groups: [hoc-sinh]
    minutes: 10
    points: 10
    blueprint:
      - topic: {TOPICS[0]}
        questions: 1
  - rounds: [ky-2]
    minutes: 30
    points: 10
    blueprint:
      - topic: {TOPICS[0]}
        questions: 2
"""


def two_rounds(path: Path) -> ContestDirectory:
    """Write a contest of two rounds and groups, in the second of which each has its own paper."""
    now = SystemClock().now()
    second = ("ky-2", now + 2 * HOUR, now + DAY)
    directory = open_contest(path, opens=now - HOUR, closes=now + HOUR, more_rounds=[second])
    group = '    title: "Mọi thí sinh"\n'
    change_rules(directory.path, {group: f'{group}  - id: hoc-sinh\n    title: "Học sinh"\n'})
    file = directory.path / "the_le.yml"
    file.write_text(file.read_text(encoding="utf-8") + PAPERS, encoding="utf-8")
    return directory


@pytest.fixture(scope="module")
def served(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> tuple[Server, Sat, Sat]:
    """Return a server of that contest, and two papers of its first round."""
    directory = two_rounds(tmp_path_factory.mktemp("two") / "cuoc_thi")
    sat = sit(directory, 17), sit(directory, 18)
    return serve(directory.path, movable=True), *sat


@pytest.fixture
def server(served: tuple[Server, Sat, Sat]) -> Server:
    """Return the server while its second round is open."""
    served[0].shift(SECOND)
    return served[0]


@pytest.fixture
def sat(served: tuple[Server, Sat, Sat]) -> Sat:
    """Return a paper of the first round."""
    return served[1]


# ---- how long the paper is ----


def test_the_paper_is_that_of_the_round(served: tuple[Server, Sat, Sat]) -> None:
    """A paper of another round's own changes nothing of this one's."""
    server = served[0]
    server.shift(0)
    assert "6 câu hỏi + 1 câu dự đoán · 20 phút" in Visitor(server.url).get("/").words


def test_a_newcomer_is_told_of_every_groups_paper(visitor: Visitor) -> None:
    """The shortest and the longest: nobody knows yet which group they will take."""
    words = visitor.get("/").words
    assert "1 đến 2 câu hỏi + 1 câu dự đoán · 10 phút đến 30 phút" in words


@pytest.mark.parametrize(("group", "facts"), [("hoc-sinh", (1, 10)), ("chung", (2, 30))])
def test_who_is_registered_is_told_of_their_own_paper(
    visitor: Visitor, group: str, facts: tuple[int, int]
) -> None:
    """The same at the door and before the button that starts the clock."""
    questions, minutes = facts
    visitor.post("/dang-ky", group=group, **fields(900 + questions))
    visitor.post("/dang-ky/don-vi", unit="dv-1")
    assert visitor.post("/dang-ky/kiem-tra", consent="yes").location == "/bat-dau"
    assert f"{questions} câu hỏi + 1 câu dự đoán · {minutes} phút" in visitor.get("/").words
    assert f"{questions} câu, 1 câu dự đoán, {minutes} phút" in visitor.get("/bat-dau").words


# ---- receipts ----


def test_earlier_rounds_stay_at_hand(server: Server, sat: Sat) -> None:
    """In the second round the first one's receipt is listed, with the round's name."""
    entry = owner(server, sat).get("/")
    assert f"Kỳ ky-1 · Lượt 1: biên nhận {shown(sat.receipt)}" in entry.words
    assert f'href="/bien-nhan/{sat.receipt}"' in entry.text


def test_newest_receipts_stand_first(served: tuple[Server, Sat, Sat]) -> None:
    """By round and then by attempt, the latest on top; also once all is over."""
    server, _, sat = served
    server.shift(SECOND)
    mine = owner(server, sat)
    for n in (1, 2):
        mine.begin()
        server.later(HOUR)
        told = f"Kỳ ky-2 · Lượt {n}"
        until(lambda told=told: told in mine.get("/").words, 10, "the attempt has run out")
    server.shift(2 * DAY)
    words = mine.get("/").words
    places = [words.index(f"Kỳ ky-{round_} · Lượt {n}:") for round_, n in ((2, 2), (2, 1), (1, 1))]
    assert places == sorted(places)


def test_receipt_is_about_its_own_round(server: Server, sat: Sat) -> None:
    """Its name, its leaderboard, and no attempts that only another round still has."""
    answer = receipt(owner(server, sat), sat)
    assert "Kỳ ky-1 · Lượt 1" in answer.words
    assert 'href="/bang-xep-hang?ky=ky-1&amp;bang=don-vi&amp;tim=' in answer.text
    assert "lượt thi" not in answer.words
    assert "Kỳ ky-2" not in answer.words


def test_the_way_to_ones_own_result_is_shown(visitor: Visitor, server: Server, sat: Sat) -> None:
    """On a receipt that somebody opens elsewhere, and at the door even after the close."""
    stranger = receipt(visitor, sat)
    assert "Bài của Bạn? Vào bằng mã tiếp tục" in stranger.words
    assert 'href="/tiep-tuc"' in stranger.text
    assert "Bài của Bạn?" not in receipt(owner(server, sat), sat).words
    for at in (0, HOUR + 30 * MINUTE, SECOND, 2 * DAY):
        server.shift(at)
        assert 'href="/tiep-tuc"' in visitor.get("/").text
