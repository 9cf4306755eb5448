"""What a confirmed result says to a person: why there is no rank, whose ruling it was, and when."""

from __future__ import annotations

from pathlib import Path

import pytest

from contest.closing.own import Place
from contest.directory import ContestDirectory
from contest.service import AttemptView, Service
from contest.serving.outcome import place_lines
from contest.serving.words import day
from tests.contest.rulings.helpers import FIRST, LATER, REASON, SECOND, in_loop, make, sat
from tests.factories import opened, write_contest

COMPLAIN = "Bạn có thể khiếu nại trong 5 ngày từ khi công bố kết quả, gửi Tổ Thư ký mẫu."
EXCLUDED = (
    f"Bài này không được xếp hạng, theo quyết định của Ban Tổ chức ngày {day(LATER)}. "
    f"Lý do: {REASON}."
)


def contest(path: Path, *, complaints: bool = True) -> ContestDirectory:
    """Write a contest that says how results may be contested, or doesn't."""
    directory = write_contest(path / "cuoc_thi")
    if complaints:
        with (directory.path / "the_le.yml").open("a", encoding="utf-8") as rules:
            rules.write('complaints:\n  days: 5\n  to: "Tổ Thư ký mẫu"\n')
    return directory


async def view_of(service: Service, attempt_id: str) -> AttemptView:
    """Return an attempt with what was decided about it."""
    view = await service.view(attempt_id)
    assert view is not None
    return view


@in_loop
async def test_an_excluded_attempt_is_told_why_and_when(tmp_path: Path) -> None:
    """With the ruling's reason and day, and how to contest it; another person isn't told of it."""
    async with opened(contest(tmp_path)) as service:
        people = await sat(service)
        (_, mine), (_, other) = people[FIRST], people[SECOND]
        await make(service, "exclude", attempt=mine)
        lines = place_lines(await view_of(service, mine), Place(mine, "excluded"))
        assert lines == [EXCLUDED, COMPLAIN]
        told = place_lines(await view_of(service, other), Place(other, "ranked", 1, 2, 1, 2))
        assert told == ["Hạng 1 trong 2 người", "Hạng 1 trong 2 người của Đơn vị mẫu 1"]


@in_loop
async def test_an_excluded_person_is_told_on_every_attempt(tmp_path: Path) -> None:
    """Where the rules set no time for complaints, nothing is said of one."""
    async with opened(contest(tmp_path, complaints=False)) as service:
        contestant, mine = (await sat(service))[FIRST]
        await make(service, "exclude", contestant=contestant)
        assert place_lines(await view_of(service, mine), Place(mine, "excluded")) == [EXCLUDED]


@in_loop
async def test_who_is_restored_is_told_of_no_ruling(tmp_path: Path) -> None:
    """What was taken back is not held against anybody."""
    async with opened(contest(tmp_path)) as service:
        _, mine = (await sat(service))[FIRST]
        await make(service, "exclude", attempt=mine)
        await make(service, "restore", attempt=mine)
        lines = place_lines(await view_of(service, mine), Place(mine, "ranked", 1, 3, 1, 3))
        assert lines == ["Hạng 1 trong 3 người", "Hạng 1 trong 3 người của Đơn vị mẫu 1"]


@in_loop
async def test_rank_by_another_attempt_leaves_the_exclusion_told(tmp_path: Path) -> None:
    """Both are said: this attempt is out, and by which one the person stands in the ranking."""
    async with opened(contest(tmp_path)) as service:
        _, mine = (await sat(service))[FIRST]
        await make(service, "exclude", attempt=mine)
        lines = place_lines(await view_of(service, mine), Place("lt-khac", "ranked", 2, 3, 1, 3))
        assert lines[:3] == [EXCLUDED, COMPLAIN, "Hạng 2 trong 3 người"]
        assert lines[-1] == "Xếp hạng tính theo một lượt thi khác của Bạn."


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("needs_marker", "Chưa xếp hạng: bài còn câu chờ chấm."),
        ("invalid", "Bài này không được xếp hạng: không hợp lệ theo thể lệ."),
        ("unfinished", "Bài này không được xếp hạng theo thể lệ."),
    ],
)
def test_other_reasons_are_told_as_far_as_they_are_known(
    tmp_path: Path, status: str, told: str
) -> None:
    """A paper that waits for its marker isn't one that the rules don't recognise."""

    @in_loop
    async def main() -> None:
        async with opened(contest(tmp_path)) as service:
            _, mine = (await sat(service))[FIRST]
            assert place_lines(await view_of(service, mine), Place(mine, status))[0] == told

    main()
