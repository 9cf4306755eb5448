"""Markers at work on a closed round: who sees what, what is written down, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from contest.marking.entries import read_typed
from contest.marking.figures import agreement, marker_figures, progress
from contest.marking.room import MarkingRoom, MarkRefused
from contest.marking.state import State, Task
from contest.service import Service
from contest.store.commands import MARK_KIND
from tests.contest.marking.helpers import (
    ESSAY,
    LATER,
    MARKERS,
    ONE,
    PAPER,
    PASSWORD,
    TWO,
    cheap_organisers,
    essay_contest,
    essay_text,
    give,
    in_room,
    markers_of,
    task_of,
    typed_points,
    write,
)
from tests.contest.rulings.helpers import make
from tests.factories import fields, typed, typed_bank, write_contest

FIRST = essay_text(1)


def found(state: State, name: str) -> list[Task]:
    """Return a marker's tasks."""
    return state.tasks(name)


def test_every_essay_goes_to_two_markers(tmp_path: Path) -> None:
    """Three people, three markers: two each."""

    async def work(_: Service, room: MarkingRoom) -> None:
        state = await room.state()
        assert [len(state.tasks(name)) for name in MARKERS] == [2, 2, 2]
        texts = sorted(task.text for name in MARKERS for task in state.tasks(name))
        assert texts == sorted(2 * [essay_text(n) for n in (1, 2, 3)])
        assert state.tasks("Ai đó") == []

    in_room(essay_contest(tmp_path / "thi"), work)


def test_nothing_is_marked_before_the_round_is_closed(tmp_path: Path) -> None:
    """What may still change has no markers yet."""
    bank = typed_bank(typed("single"), typed("essay"))
    directory = write_contest(tmp_path / "thi", bank=bank, paper=PAPER)
    cheap_organisers(directory).add(ONE, "marker", PASSWORD)

    async def work(service: Service, room: MarkingRoom) -> None:
        await write(service, 1)
        assert (await room.state()).rounds == ()

    in_room(directory, work)


def test_a_task_tells_nothing_of_the_person(tmp_path: Path) -> None:
    """Neither name nor phone, unit, contestant or attempt: nothing in what is shown of it."""

    async def work(service: Service, room: MarkingRoom) -> None:
        ids = await service.store.ids("contestants"), await service.store.ids("attempts")
        told = repr(found(await room.state(), ONE))
        for hidden in (*ids[0], *ids[1], *(v for n in (1, 2, 3) for v in fields(n).values())):
            assert hidden not in told
        assert "dv-1" not in told

    in_room(essay_contest(tmp_path / "thi"), work)


def test_two_who_agree_decide(tmp_path: Path) -> None:
    """And both see their own points only."""

    async def work(_: Service, room: MarkingRoom) -> None:
        first, second, other = await markers_of(room, FIRST)
        await give(room, first, FIRST, "4", "4", comment="Khá tốt.")
        await give(room, second, FIRST, "4", "3,5")
        (round_,) = (await room.state()).rounds
        key = next(key for key, text in round_.essays.texts.items() if text == FIRST)
        assert round_.standings[key].final == 7_750_000
        task = task_of((await room.state()).tasks(first), FIRST)
        assert not task.open
        assert task.mark is not None
        assert (task.mark.total, task.mark.comment) == (8_000_000, "Khá tốt.")
        assert all(task.text != FIRST for task in (await room.state()).tasks(other))

    in_room(essay_contest(tmp_path / "thi"), work)


def test_a_third_marks_what_they_differ_in(tmp_path: Path) -> None:
    """Never one of the two; nobody tells them that they are the third."""

    async def work(_: Service, room: MarkingRoom) -> None:
        first, second, third = await markers_of(room, FIRST)
        await give(room, first, FIRST, "5", "4")
        await give(room, second, FIRST, "1", "1")
        state = await room.state()
        task = task_of(state.tasks(third), FIRST)
        assert (task.mark, task.open) == (None, True)
        await give(room, third, FIRST, "4", "4")
        (round_,) = (await room.state()).rounds
        assert round_.standings[task.key].final == 8_500_000
        assert progress(round_, ESSAY).decided == 1

    in_room(essay_contest(tmp_path / "thi"), work)


def test_a_mark_may_be_changed_until_the_pair_is_complete(tmp_path: Path) -> None:
    """Then it is refused, and nothing is written."""

    async def work(service: Service, room: MarkingRoom) -> None:
        first, second, _ = await markers_of(room, FIRST)
        await give(room, first, FIRST, "1", "1")
        await give(room, first, FIRST, "4", "4")
        await give(room, second, FIRST, "4", "4")
        with pytest.raises(MarkRefused):
            await give(room, first, FIRST, "5", "5")
        assert await service.store.count_actions(MARK_KIND) == 3
        assert await service.store.verify_actions() is None

    in_room(essay_contest(tmp_path / "thi"), work)


def test_what_another_page_wrote_meanwhile_is_found(tmp_path: Path) -> None:
    """A mark that was weighed against an older state isn't written down."""

    async def work(_: Service, room: MarkingRoom) -> None:
        first, second, _ = await markers_of(room, FIRST)
        old = await room.state()
        task = task_of(old.tasks(second), FIRST)
        entry = read_typed(task, typed_points(task, "5", "5")).entry
        assert entry is not None
        await give(room, first, FIRST, "1", "1")
        with pytest.raises(MarkRefused):
            await room.save(second, [entry], old, LATER)
        await room.save(second, [entry], await room.state(), LATER)

    in_room(essay_contest(tmp_path / "thi"), work)


def test_only_who_is_asked_may_mark(tmp_path: Path) -> None:
    """Not the one who is no marker any more, and not the one whose essay it isn't."""
    directory = essay_contest(tmp_path / "thi")

    async def work(_: Service, room: MarkingRoom) -> None:
        first, _, other = await markers_of(room, FIRST)
        state = await room.state()
        task = task_of(state.tasks(first), FIRST)
        entry = read_typed(task, typed_points(task, "5", "5")).entry
        assert entry is not None
        for who in (other, "Ai đó"):
            with pytest.raises(MarkRefused):
                await room.save(who, [entry], state, LATER)
        cheap_organisers(directory).remove(first)
        with pytest.raises(MarkRefused):
            await room.save(first, [entry], state, LATER)

    in_room(directory, work)


def test_marks_of_one_who_left_stay(tmp_path: Path) -> None:
    """Somebody else is asked for the other one."""
    directory = essay_contest(tmp_path / "thi")

    async def work(_: Service, room: MarkingRoom) -> None:
        first, *_ = await markers_of(room, FIRST)
        await give(room, first, FIRST, "4", "4")
        cheap_organisers(directory).remove(first)
        state = await room.state()
        left = [name for name in MARKERS if name != first]
        due = [name for name in left if any(t.text == FIRST for t in state.tasks(name))]
        assert len(due) == 1
        await give(room, due[0], FIRST, "4", "4")
        (round_,) = (await room.state()).rounds
        assert progress(round_, ESSAY).decided == 1

    in_room(directory, work)


def test_what_a_ruling_settled_needs_no_marker(tmp_path: Path) -> None:
    """A mark by ruling, an excluded attempt, a void question."""

    async def work(service: Service, room: MarkingRoom) -> None:
        (round_,) = (await room.state()).rounds
        attempts = sorted(attempt for attempt, _ in round_.essays.texts)
        await make(service, "mark", attempt=attempts[0], question=ESSAY, points="9")
        await make(service, "exclude", attempt=attempts[1])
        (round_,) = (await room.state()).rounds
        stands = progress(round_, ESSAY)
        assert (stands.essays, stands.settled) == (1, 2)
        await make(service, "void", question=ESSAY, how="full")
        state = await room.state()
        assert [state.tasks(name) for name in MARKERS] == [[], [], []]

    in_room(essay_contest(tmp_path / "thi"), work)


def test_too_few_markers_are_told(tmp_path: Path) -> None:
    """One can mark, but nothing gets decided."""

    async def work(_: Service, room: MarkingRoom) -> None:
        await give(room, ONE, FIRST, "4", "4")
        (round_,) = (await room.state()).rounds
        assert progress(round_, ESSAY).short == 3

    in_room(essay_contest(tmp_path / "thi", markers=(ONE,)), work)


def test_two_markers_lack_a_third(tmp_path: Path) -> None:
    """Only where they differ."""

    async def work(_: Service, room: MarkingRoom) -> None:
        for text, points in ((FIRST, "1"), (essay_text(2), "4")):
            await give(room, ONE, text, "4", "4")
            await give(room, TWO, text, "4", points)
        (round_,) = (await room.state()).rounds
        stands = progress(round_, ESSAY)
        assert (stands.third, stands.short, stands.decided) == (1, 1, 1)

    in_room(essay_contest(tmp_path / "thi", people=2, markers=(ONE, TWO)), work)


def test_figures_of_agreement(tmp_path: Path) -> None:
    """Two essays: 8 and 5 points by the pair, then 8 and 8."""

    async def work(_: Service, room: MarkingRoom) -> None:
        for text, points in ((FIRST, "1"), (essay_text(2), "4")):
            await give(room, ONE, text, "4", "4")
            await give(room, TWO, text, "4", points)
        (round_,) = (await room.state()).rounds
        agreed = agreement(round_, ESSAY)
        assert (agreed.pairs, agreed.mean_difference) == (2, 1_500_000)
        assert agreed.differing is not None
        assert float(agreed.differing) == 0.5
        figures = {one.marker: one for one in marker_figures(round_)}
        assert [float(figures[name].mean_share or 0) for name in (ONE, TWO)] == [0.8, 0.65]
        assert [float(figures[name].against_other or 0) for name in (ONE, TWO)] == [0.15, -0.15]
        assert [figures[name].marked for name in (ONE, TWO)] == [2, 2]

    in_room(essay_contest(tmp_path / "thi", people=2, markers=(ONE, TWO)), work)


def test_points_that_can_not_be_given(tmp_path: Path) -> None:
    """All of them at once, each under its criterion."""

    async def work(_: Service, room: MarkingRoom) -> None:
        task = (await room.state()).tasks(ONE)[0]
        for first, second, wrong in (
            ("5,25", "-1", {"a", "b"}),
            ("", "x", {"a", "b"}),
            ("0,3", "5", {"a"}),
            ("1e1", "NaN", {"a", "b"}),
            ("2.5", " 0 ", set()),
        ):
            read = read_typed(task, typed_points(task, first, second))
            assert set(read.wrong) == wrong
        bad = read_typed(task, typed_points(task, "1", "1", comment="a\x00b"))
        assert set(bad.wrong) == {""}
        long = read_typed(task, typed_points(task, "1", "1", comment="a" * 2001))
        assert set(long.wrong) == {""}

    in_room(essay_contest(tmp_path / "thi"), work)


def test_all_of_a_criterion_may_be_given_whatever_the_step(tmp_path: Path) -> None:
    """A criterion worth 3.3 points has no such multiple of a quarter."""
    rubric = [
        {"id": "a", "text": "Ý chính", "points": "3.3"},
        {"id": "b", "text": "Ví dụ", "points": "0.1"},
    ]

    async def work(_: Service, room: MarkingRoom) -> None:
        task = (await room.state()).tasks(ONE)[0]
        assert read_typed(task, typed_points(task, "3,3", "0.1")).entry is not None
        assert set(read_typed(task, typed_points(task, "3,2", "0.05")).wrong) == {"a", "b"}

    in_room(essay_contest(tmp_path / "thi", rubric=rubric), work)
