"""Rulings while a round is open: time, other rules, who is admitted."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from contest.directory import ContestDirectory
from contest.rounds import EXPIRE_SETTLE_MS
from contest.rulings.admission import ranked
from contest.rulings.case import Refused
from contest.rulings.service import rulings_of
from contest.service import Service
from questions.problems import ProblemsFound
from tests.contest.rulings.helpers import ask, graded, in_loop, make, sat_in
from tests.factories import (
    CLOSES,
    DAY,
    HOUR,
    MINUTE,
    OPENS,
    ROUND,
    begin,
    begin_again,
    enrol,
    moment,
    opened,
    page,
    right_positions,
    rules_text,
    write_contest,
)

NEXT = ("ky-2", CLOSES + DAY, CLOSES + 2 * DAY)


async def answers(service: Service, attempt_id: str, at: int) -> bool:
    """Return whether an attempt's page can answer at a time."""
    sitting = await service.sitting(attempt_id)
    assert sitting is not None
    await sitting.take_pen(page(), at)
    head = await sitting.head()
    told = await sitting.answer(head.pen, head.n + 1, 1, right_positions(sitting, 1), at)
    return told.result == "saved"


# ---- time


@in_loop
async def test_round_gets_its_lost_time_back(directory: ContestDirectory) -> None:
    """Who is sitting has so much more; so has the window; who had ended has not."""
    async with opened(directory) as service:
        ended = await begin(service, 1, at=OPENS)
        await ended.take_pen(page(1), OPENS)
        await ended.submit(1, 1, OPENS + MINUTE)
        sitting = await begin(service, 2, at=CLOSES - 10 * MINUTE)
        assert sitting.deadline == CLOSES
        await make(service, "extend", CLOSES - 5 * MINUTE, round_id=ROUND, minutes="60")
        assert sitting.deadline == CLOSES + HOUR
        assert ended.deadline == OPENS + 20 * MINUTE
        status = await service.status(CLOSES + MINUTE)
        assert (status.phase, status.round.closes_at) == ("open", CLOSES + HOUR)


@in_loop
async def test_who_begins_in_the_longer_window_has_until_its_end(
    directory: ContestDirectory,
) -> None:
    """The full time of the paper, or what is left of the window."""
    async with opened(directory) as service:
        await enrol(service, 1)
        await make(service, "extend", CLOSES - MINUTE, round_id=ROUND, minutes="60")
        late = await begin(service, 2, at=CLOSES + MINUTE)
        last = await begin(service, 3, at=CLOSES + HOUR - 5 * MINUTE)
        assert (late.deadline, last.deadline) == (CLOSES + 21 * MINUTE, CLOSES + HOUR)


@in_loop
async def test_round_closes_when_its_longer_window_is_over(directory: ContestDirectory) -> None:
    """And not before; its result counts who sat in it."""
    async with opened(directory) as service:
        await begin(service, 1, at=CLOSES - 5 * MINUTE)
        await make(service, "extend", CLOSES - MINUTE, round_id=ROUND, minutes="60")
        await service.rounds.tick(CLOSES + 30 * MINUTE)
        assert not await service.rounds.closed(ROUND)
        await service.rounds.tick(CLOSES + HOUR + EXPIRE_SETTLE_MS)
        assert await service.rounds.closed(ROUND)


@in_loop
async def test_another_process_hears_of_time_and_windows(directory: ContestDirectory) -> None:
    """The server's pages are told, and take answers for longer."""
    async with opened(directory) as server, opened(directory, at=None) as command:
        sitting = await begin(server, 1, at=CLOSES - 10 * MINUTE)
        await sitting.take_pen(page(1), CLOSES - 10 * MINUTE)
        told = sitting_changes(server, sitting.attempt_id)
        await anext(told)
        await server.watcher.poll_once()
        await anext(told)
        await make(command, "extend", CLOSES - 5 * MINUTE, round_id=ROUND, minutes="30")
        await server.watcher.poll_once()
        await anext(told)
        await server.rounds.refresh_rulings()
        assert sitting.deadline == CLOSES + 30 * MINUTE
        assert await answers(server, sitting.attempt_id, CLOSES + 20 * MINUTE)
        await told.aclose()


def sitting_changes(service: Service, attempt_id: str) -> Any:
    """Return what a page is told of its attempt."""
    return service.watch(attempt_id)


@in_loop
async def test_attempt_opened_unawares_of_a_ruling_is_opened_anew(
    directory: ContestDirectory,
) -> None:
    """The store refuses it; the service looks again and then knows."""
    async with opened(directory) as server, opened(directory, at=None) as command:
        who = (await enrol(server)).contestant_id
        await server.rounds.refresh_rulings()
        await make(command, "extend", OPENS + MINUTE, round_id=ROUND, minutes="30")
        sitting = await begin_again(server, who, OPENS + 2 * MINUTE)
        assert len(server.rounds.history.rulings) == 1
        assert sitting.frozen.round.closes_at == CLOSES + 30 * MINUTE


@in_loop
async def test_time_is_taken_back_while_it_is_unused(directory: ContestDirectory) -> None:
    """From one attempt, and from a whole round; the window as well."""
    async with opened(directory) as service:
        sitting = await begin(service, 1, at=OPENS)
        await make(service, "time", OPENS + MINUTE, attempt=sitting.attempt_id, minutes="30")
        await make(service, "extend", OPENS + MINUTE, round_id=ROUND, minutes="60")
        assert sitting.deadline == OPENS + 110 * MINUTE
        await make(service, "undo", OPENS + 2 * MINUTE, number="1")
        await make(service, "undo", OPENS + 2 * MINUTE, number="2")
        assert sitting.deadline == OPENS + 20 * MINUTE
        status = await service.status(OPENS + 3 * MINUTE)
        assert status.round.closes_at == CLOSES
        with pytest.raises(Refused, match="time"):
            await ask(service, "undo", OPENS + 3 * MINUTE, number="3")


@in_loop
async def test_time_that_was_used_is_not_taken_back(directory: ContestDirectory) -> None:
    """Nobody's answers become late afterwards."""
    async with opened(directory) as service:
        sitting = await begin(service, 1, at=OPENS)
        await make(service, "time", OPENS + MINUTE, attempt=sitting.attempt_id, minutes="30")
        with pytest.raises(Refused, match="số 1"):
            await ask(service, "undo", OPENS + 25 * MINUTE, number="1")
        await sitting.take_pen(page(), OPENS + 26 * MINUTE)
        await sitting.submit(1, 1, OPENS + 27 * MINUTE)
        with pytest.raises(Refused, match="số 1"):
            await ask(service, "undo", OPENS + 28 * MINUTE, number="1")


@in_loop
async def test_window_may_not_reach_into_the_next(tmp_path: Path) -> None:
    """Two rounds are never open at once; the next opening is named."""
    directory = write_contest(tmp_path / "c", more_rounds=[("ky-2", CLOSES + HOUR, CLOSES + DAY)])
    async with opened(directory) as service:
        with pytest.raises(Refused, match="ky-2"):
            await ask(service, "extend", CLOSES - MINUTE, round_id=ROUND, minutes="90")
        await make(service, "extend", CLOSES - MINUTE, round_id=ROUND, minutes="60")


@in_loop
async def test_time_that_brings_nothing_is_refused(directory: ContestDirectory) -> None:
    """Nobody sits, and the window would still be over."""
    async with opened(directory) as service:
        with pytest.raises(Refused, match="Hãy tăng"):
            await ask(service, "extend", CLOSES + HOUR, round_id=ROUND, minutes="5")


# ---- rules


def file(tmp_path: Path, name: str = "the_le_moi.yml", **changed: Any) -> Path:
    """Write a rules file."""
    path = tmp_path / name
    path.write_text(rules_text(**changed), encoding="utf-8")
    return path


NINE = (("lich_su", 2), ("luat", 1))


@in_loop
async def test_attempts_are_sat_under_the_rules_of_their_moment(
    directory: ContestDirectory, tmp_path: Path
) -> None:
    """Who began before keeps paper and time; who begins after has the new ones, by hash."""
    new = file(tmp_path, paper=NINE, minutes=10, limit=5)
    since = OPENS + HOUR
    async with opened(directory) as service:
        before = await begin(service, 1, at=OPENS + 50 * MINUTE)
        await make(service, "rules", OPENS + 10 * MINUTE, file=new, since=moment(since))
        still = await begin(service, 2, at=since - 1)
        after = await begin(service, 3, at=since)
        assert [len(one.paper) for one in (before, still, after)] == [6, 6, 3]
        lengths = [one.deadline - one.record.started_at for one in (before, still, after)]
        assert lengths == [20 * MINUTE, 20 * MINUTE, 10 * MINUTE]
        hashes = [one.record.opened["rules"] for one in (before, still, after)]
        assert hashes[0] == hashes[1] != hashes[2]
        assert (await service.status(since)).rules.attempts.limit == 5


@in_loop
async def test_result_after_a_change_of_rules(directory: ContestDirectory, tmp_path: Path) -> None:
    """Papers of both rules are graded; ranked is by those in force at the close."""
    new = file(tmp_path, paper=NINE, prediction=None)
    changed = new.read_text("utf-8").replace("prediction: null", PREDICTION)
    new.write_text(changed.replace("{key: duration, order: low}\n    ties", SECONDS), "utf-8")
    since = OPENS + HOUR
    async with opened(directory) as service:
        for number, at in ((1, OPENS), (2, since)):
            sitting = await begin(service, number, at=at)
            await sitting.take_pen(page(number), at)
            for q in range(1, len(sitting.paper) + 1):
                await sitting.answer(1, q, q, right_positions(sitting, q), at + q)
            await sitting.submit(1, 90, at + MINUTE)
            if number == 1:
                await make(service, "rules", OPENS + MINUTE, file=new, since=moment(since))
        await service.rounds.tick(CLOSES + EXPIRE_SETTLE_MS)
    found = await asyncio.to_thread(graded, directory, tmp_path / "out")
    assert sorted((row["correct"], row["questions"]) for row in found.values()) == [
        ("3", "3"),
        ("6", "6"),
    ]
    written = (tmp_path / "out" / "rules.yml").read_text("utf-8")
    assert written == new.read_text("utf-8")
    hypothetical = await asyncio.to_thread(
        graded, directory, tmp_path / "out-0", 0
    )  # papers stay what they were
    assert {row["questions"] for row in hypothetical.values()} == {"3", "6"}
    assert (tmp_path / "out-0" / "rules.yml").read_text("utf-8") == rules_text()


PREDICTION = """prediction:
  quantity: people
  question: "Có bao nhiêu người dự thi?"
  hint: "Chỉ gõ chữ số."
  scope: round
  equal: same
  excluded_count: false
  true_value: computed"""
SECONDS = "{key: submitted_at, order: low}\n    ties"


@in_loop
async def test_later_rounds_open_under_the_ruled_rules(tmp_path: Path) -> None:
    """Whatever the file says: what was announced by a ruling holds."""
    directory = write_contest(tmp_path / "c", more_rounds=[NEXT])
    new = file(tmp_path, more_rounds=[NEXT], minutes=15)
    async with opened(directory) as service:
        await make(service, "rules", OPENS + MINUTE, file=new, since=moment(CLOSES + HOUR))
        await service.rounds.tick(NEXT[1])
        first, second = [await service.rounds.frozen(id_, NEXT[1]) for id_ in (ROUND, "ky-2")]
        assert first is not None
        assert second is not None
        assert second.rules.paper.minutes == 15
        assert first.at(CLOSES - 1).rules.paper.minutes == 20


@in_loop
async def test_rules_taken_back_before_they_hold_never_do(
    directory: ContestDirectory, tmp_path: Path
) -> None:
    """And an undo of that lets them hold after all."""
    new = file(tmp_path, minutes=10)
    since = OPENS + HOUR
    async with opened(directory) as service:
        await make(service, "rules", OPENS + MINUTE, file=new, since=moment(since))
        await make(service, "undo", OPENS + 2 * MINUTE, number="1")
        first = await begin(service, 1, at=since + MINUTE)
        await make(service, "undo", since + 2 * MINUTE, number="2")
        second = await begin(service, 2, at=since + 3 * MINUTE)
        lengths = [one.deadline - one.record.started_at for one in (first, second)]
        assert lengths == [20 * MINUTE, 10 * MINUTE]


KEPT = {
    "the contest": (("id: thu", "id: khac"), "contest.id"),
    "the bank": (("bank: ngan_hang", "bank: kit:dai_hoi_xiv"), "bank"),
    "the rounds": ((f"- id: {ROUND}", "- id: ky-0"), ROUND),
    "the opening": ((moment(OPENS), moment(OPENS - HOUR)), "giờ mở"),
    "the closing": ((moment(CLOSES), moment(OPENS + 30 * MINUTE)), "giờ đóng"),
    "points": (("points: 10", "points: 5"), "papers:"),
    "what is predicted": (("quantity: people", "quantity: entries"), "dự đoán"),
}


@pytest.mark.parametrize("what", KEPT)
def test_what_no_change_of_rules_can_touch(
    directory: ContestDirectory, tmp_path: Path, what: str
) -> None:
    """Refused by name, with the way out."""
    (old, new), told = KEPT[what]

    @in_loop
    async def main() -> None:
        path = file(tmp_path)
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
        async with opened(directory) as service:
            with pytest.raises((Refused, ProblemsFound)) as error:
                await ask(service, "rules", OPENS + MINUTE, file=path, since=moment(OPENS + HOUR))
            assert told in str(error.value)
            assert await rulings_of(service) == []

    main()


WRONG: dict[str, tuple[Sequence[str], str]] = {
    "the past": (("minutes: 20", "minutes: 15", moment(OPENS - HOUR)), "đã qua"),
    "no moment": (("minutes: 20", "minutes: 15", "hôm qua"), "giờ Việt Nam"),
    "nothing new": (("minutes: 20", "minutes: 20", moment(OPENS + HOUR)), "giống hệt"),
    "broken rules": (("minutes: 20", "minutes: 0", moment(OPENS + HOUR)), "the_le_moi.yml:"),
    "too few questions": (("questions: 4", "questions: 40", moment(OPENS + HOUR)), ":"),
}


@pytest.mark.parametrize("what", WRONG)
def test_wrong_rules_are_refused(directory: ContestDirectory, tmp_path: Path, what: str) -> None:
    """Checked as strictly as the first ones, with file and line."""
    (old, new, since), told = WRONG[what]

    @in_loop
    async def main() -> None:
        path = file(tmp_path)
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
        async with opened(directory) as service:
            with pytest.raises((Refused, ProblemsFound)) as error:
                await ask(service, "rules", OPENS + MINUTE, file=path, since=since)
            assert told in str(error.value)

    main()


# ---- admissions


def listed(tmp_path: Path) -> ContestDirectory:
    """Write a contest whose second round is for those who are listed."""
    directory = write_contest(tmp_path / "c", more_rounds=[NEXT])
    path = directory.path / "the_le.yml"
    title = '    title: "Kỳ ky-2"'
    text = path.read_text("utf-8").replace(title, f"{title}\n    admits: listed")
    path.write_text(text, "utf-8")
    return directory


@in_loop
async def test_only_who_is_listed_may_begin(tmp_path: Path) -> None:
    """Everybody else is told so; taking the list back shuts the door again."""
    async with opened(listed(tmp_path)) as service:
        one, other = [(await enrol(service, number)).contestant_id for number in (1, 2)]
        what = {"round_id": "ky-2", "contestants": [one], "origin": "tay"}
        await make(service, "admit", CLOSES, **what)
        await service.rounds.tick(NEXT[1])
        results = [
            (await service.open_attempt(who, "ky-2", NEXT[1] + MINUTE)).result
            for who in (one, other)
        ]
        assert results == ["open", "not_admitted"]
        with pytest.raises(Refused, match="ky-2"):
            await ask(service, "admit", NEXT[1] + MINUTE, **what)
        await make(service, "undo", NEXT[1] + 2 * MINUTE, number="1")
        assert service.rounds.history.admitted("ky-2") == frozenset()


def test_admission_by_rank(tmp_path: Path) -> None:
    """The first two of the first round, as its final result has them."""
    directory = listed(tmp_path)

    people = asyncio.run(sat_in(directory))
    graded(directory, tmp_path / "out")
    found = ranked(tmp_path / "out", "thu", None, ROUND, 2)
    assert found.contestants == [contestant for contestant, _ in people[:2]]
    for contest, round_id, told in (("khac", ROUND, "khac"), ("thu", "ky-3", ROUND)):
        with pytest.raises(Refused, match=told):
            ranked(tmp_path / "out", contest, None, round_id, 2)
    changed = tmp_path / "out" / "ca_nhan.csv"
    changed.write_bytes(changed.read_bytes().replace(b"00003", b"00004"))
    with pytest.raises(Refused, match=r"ca_nhan\.csv"):
        ranked(tmp_path / "out", "thu", None, ROUND, 2)
    with pytest.raises(Refused, match="timhieu grade"):
        ranked(tmp_path, "thu", None, ROUND, 2)


def test_provisional_result_admits_nobody(directory: ContestDirectory, tmp_path: Path) -> None:
    """Ranks may still change."""
    asyncio.run(sat_in(directory, close=False))
    graded(directory, tmp_path / "out")
    with pytest.raises(Refused, match="tạm thời"):
        ranked(tmp_path / "out", "thu", None, ROUND, 2)
