"""One person over several rounds: each round's own paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from contest.clock import SystemClock
from contest.directory import ContestDirectory
from tests.factories import DAY, HOUR, TOPICS, fields
from tests.serving.conftest import Serve
from tests.serving.contests import change_rules, open_contest
from tests.serving.server import Server
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
def served(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Return a server of that contest."""
    directory = two_rounds(tmp_path_factory.mktemp("two") / "cuoc_thi")
    return serve(directory.path, movable=True)


@pytest.fixture
def server(served: Server) -> Server:
    """Return the server while its second round is open."""
    served.shift(SECOND)
    return served


# ---- how long the paper is ----


def test_the_paper_is_that_of_the_round(served: Server) -> None:
    """A paper of another round's own changes nothing of this one's."""
    served.shift(0)
    assert "6 câu hỏi + 1 câu dự đoán · 20 phút" in Visitor(served.url).get("/").words


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
