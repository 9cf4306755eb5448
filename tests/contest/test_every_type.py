"""A contest whose paper has a question of every type, from the page's answers to the results."""

from __future__ import annotations

import asyncio
import csv
import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from contest.commands.grade import grade_directory
from contest.directory import ContestDirectory
from contest.rounds import EXPIRE_SETTLE_MS
from contest.service import Service
from contest.serving.each import status_words
from contest.simulate import simulate
from contest.sitting import Sitting
from contest.ui.paper_state import paper_state
from grading import Mark, MarkStatus
from tests.factories import (
    CLOSES,
    EVERY_TYPE,
    MINUTE,
    OPENS,
    ROUND,
    TOPICS,
    begin,
    opened,
    page,
    right_positions,
    typed,
    typed_bank,
    write_contest,
)

PAPER = ((TOPICS[0], len(EVERY_TYPE)),)
AT = OPENS + 2 * MINUTE


@pytest.fixture
def contest(tmp_path: Path) -> ContestDirectory:
    """A contest with ten questions, each of another type."""
    return write_contest(tmp_path / "x", bank=typed_bank(), paper=PAPER)


def hold(contest: ContestDirectory, work: Callable[[Service], Coroutine[Any, Any, None]]) -> None:
    """Do something while the contest is open, then let its time pass."""

    async def main() -> None:
        async with opened(contest) as service:
            await work(service)
            await service.rounds.tick(CLOSES + EXPIRE_SETTLE_MS)

    asyncio.run(main())


def place(sitting: Sitting, type_: str) -> int:
    """Return where the question of a type stands on a paper."""
    return sitting.paper.position_of(f"ch-{type_}")


async def answer_all(sitting: Sitting, answers: dict[str, Any]) -> dict[str, Any]:
    """Answer what is given and the rest rightly; return what was sent, by place."""
    await sitting.take_pen(page(), AT)
    sent = {}
    for q in range(1, len(sitting.paper) + 1):
        type_ = sitting.paper.item(q).question.type
        sent[str(q)] = answers.get(type_, right_positions(sitting, q))
        answered = await sitting.answer(1, q, q, sent[str(q)], AT + q * 1000)
        assert answered.result == "saved", type_
    return sent


def rows(out: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a result file."""
    with (out / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_reloaded_page_gets_every_answer_as_it_sent_it(contest: ContestDirectory) -> None:
    """Whatever the kind; and nothing of a cleared one."""

    async def work(service: Service) -> None:
        sitting = await begin(service)
        sent = await answer_all(sitting, {})
        state = paper_state(sitting, await sitting.replay())
        assert state["answers"] == sent
        cleared = {"matching": [None] * 3, "numeric": "", "cloze": ["", None], "ordering": []}
        for n, (type_, empty) in enumerate(cleared.items(), start=50):
            q = place(sitting, type_)
            assert (await sitting.answer(1, n, q, empty, AT + n * 1000)).result == "saved"
            del sent[str(q)]
        assert paper_state(sitting, await sitting.replay())["answers"] == sent

    hold(contest, work)


def test_the_page_is_told_texts_and_positions_only(contest: ContestDirectory) -> None:
    """As docs/protocol.md lays them out, kind by kind."""

    async def work(service: Service) -> None:
        sitting = await begin(service)
        state = paper_state(sitting, await sitting.replay())
        told = {
            one["kind"]: set(one) - {"q", "kind", "stem", "hint", "image"}
            for one in state["questions"]
        }
        assert told == {
            "choice": {"many", "options"},
            "group": {"statements"},
            "match": {"left", "right"},
            "order": {"items"},
            "number": {"unit", "max"},
            "text": {"max"},
            "cloze": {"pieces", "gaps", "max"},
            "essay": {"min_words", "max_words", "max"},
        }
        assert all(one["hint"] for one in state["questions"])
        written = json.dumps(state, ensure_ascii=False)
        for secret in ("Hòa Bình", "29", "Nêu được ý chính", "ch-", "dk-", "accepted", "key"):
            assert secret not in written

    hold(contest, work)


@pytest.mark.parametrize(
    ("status", "got", "expected"),
    [
        (MarkStatus.RIGHT, 10_000_000, "Đúng"),
        (MarkStatus.PARTIAL, 2_500_000, "Đúng một phần: 2,5/10 điểm"),
        (MarkStatus.WRONG, 0, "Chưa đúng"),
        (MarkStatus.UNANSWERED, 0, ""),
        (MarkStatus.NEEDS_MARKER, None, "Chờ xem lại"),
    ],
)
def test_receipts_tell_what_became_of_an_answer(
    status: MarkStatus, got: int | None, expected: str
) -> None:
    """With the points where it is partly right."""
    assert status_words(Mark(status, got, 10_000_000)) == expected


def test_results_know_every_type(contest: ContestDirectory, tmp_path: Path) -> None:
    """Right, partly right, a near miss and an essay that waits."""

    async def work(service: Service) -> None:
        first = await begin(service, 1)
        await answer_all(first, {})
        await first.submit(1, 90, AT + 5 * MINUTE)
        second = await begin(service, 2, at=OPENS + MINUTE)
        partly = {
            "true_false_group": [True, None, None, None],
            "numeric": "28",
            "short_text": "hoa binh",
            "essay": "",
        }
        await answer_all(second, partly)
        await second.submit(1, 90, AT + 5 * MINUTE)

    hold(contest, work)
    grade_directory(contest.path, [], tmp_path / "out")
    found = {row["type"]: row for row in rows(tmp_path / "out", "cau_hoi.csv")}
    assert set(found) == set(EVERY_TYPE)
    assert {row["drawn"] for row in found.values()} == {"2"}
    facts = {
        type_: (row["answered"], row["correct"], row["facility"]) for type_, row in found.items()
    }
    assert facts["matching"] == ("2", "2", "1.0000")
    assert facts["true_false_group"] == ("2", "1", "0.6250")
    assert facts["numeric"] == ("2", "1", "0.5000")
    assert facts["short_text"] == ("2", "1", "1.0000")  # the near miss is left out
    assert facts["essay"] == ("1", "0", "0.0000")
    assert found["cloze"]["key_text"] == "Sau [một] là [hai].; Chỗ trống 1: một hoặc 1"
    assert found["ordering"]["key"] == "b;d;a;c"
    attempts = sorted((row["correct"], row["score"]) for row in rows(tmp_path / "out", "luot.csv"))
    assert attempts == [("6", ""), ("9", "")]  # nobody knows the score yet
    people = rows(tmp_path / "out", "ca_nhan.csv")
    assert {row["status"] for row in people} == {"needs_marker"}


def test_without_an_essay_the_score_is_exact(tmp_path: Path) -> None:
    """Nine questions of ten points; a third of one of them is rounded once."""
    bank = typed_bank(*(typed(type_) for type_ in EVERY_TYPE if type_ != "essay"))
    contest = write_contest(tmp_path / "x", bank=bank, paper=((TOPICS[0], 9),))

    async def work(service: Service) -> None:
        sitting = await begin(service)
        right = right_positions(sitting, place(sitting, "matching"))
        await answer_all(sitting, {"matching": [right[0], None, None]})
        await sitting.submit(1, 90, AT + 5 * MINUTE)

    hold(contest, work)
    grade_directory(contest.path, [], tmp_path / "out")
    (person,) = rows(tmp_path / "out", "ca_nhan.csv")
    assert (person["score"], person["max_score"], person["correct"]) == ("83.333333", "90", "8")


def test_synthetic_contestants_answer_every_type(contest: ContestDirectory, tmp_path: Path) -> None:
    """Some rightly, some not; what they leave behind can be graded."""

    async def run() -> None:
        async with opened(contest, at=None, synthetic=True) as service:
            await simulate(service, ROUND, 25, 7, close=True)

    asyncio.run(run())
    grade_directory(contest.path, [], tmp_path / "out")
    found = {row["type"]: row for row in rows(tmp_path / "out", "cau_hoi.csv")}
    assert set(found) == set(EVERY_TYPE)
    for type_, row in found.items():
        assert int(row["answered"]) > 0, type_
        if type_ != "essay":
            assert 0 < int(row["correct"]) < int(row["drawn"]), type_
