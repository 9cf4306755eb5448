"""The markers' page without a browser: what it is told, what it may do, what it never hears of."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from contest.clock import ManualClock
from contest.directory import ContestDirectory
from contest.marking.marks import read_marks
from contest.marking.room import MarkingRoom
from contest.service import Service
from contest.store.commands import MARK_KIND
from contest.ui.desk.session import IDLE_MS
from contest.ui.marking import MarkingPage, marking_page
from contest.ui.marking.form import MOST_COMMENT, read
from contest.ui.marking.messages import text
from contest.ui.marking.visit import Visit
from tests.contest.marking.helpers import (
    LATER,
    ONE,
    PASSWORD,
    TWO,
    cheap_organisers,
    essay_contest,
    essay_text,
    give,
    in_room,
    markers_of,
)
from tests.factories import fields

POINTS = {"a": "4", "b": "3,5"}


@pytest.fixture
def contest(tmp_path: Path) -> ContestDirectory:
    """A closed round with three essays and three markers."""
    return essay_contest(tmp_path / "thi")


class Marker:
    """Somebody at the page."""

    def __init__(self, contest: ContestDirectory) -> None:
        self.clock = ManualClock(LATER)
        self.visit = Visit(contest, self.clock)
        self.page = MarkingPage(self.visit)

    @property
    def view(self) -> dict[str, Any]:
        """What is shown."""
        return self.page.form.view

    @property
    def said(self) -> str:
        """What is said."""
        return self.view["said"]["text"]

    async def send(self, **message: Any) -> None:
        """Send a message as the page does, and wait for what follows."""
        self.page.form._received(None, message, None)
        await self.page.settled()

    async def log_in(self, name: str = ONE, password: str = PASSWORD) -> None:
        """Log in."""
        await self.send(t="login", name=name, password=password)

    async def save(self, ref: str | None = None, comment: str = "", **points: str) -> None:
        """Save points, of the task that is shown by default."""
        at = self.view["task"]["ref"] if ref is None else ref
        await self.send(t="save", ref=at, points={**POINTS, **points}, comment=comment)


def at_page(contest: ContestDirectory, work: Callable[[Marker], Coroutine[Any, Any, None]]) -> None:
    """Let somebody do something at the page."""

    async def main() -> None:
        marker = Marker(contest)
        try:
            await work(marker)
        finally:
            await marker.visit.close()

    asyncio.run(main())


def stored(contest: ContestDirectory) -> list[tuple[str, int, str]]:
    """Return the marks written down: marker, total, comment."""

    async def work(service: Service, _: MarkingRoom) -> list[tuple[str, int, str]]:
        marks = read_marks(await service.store.actions(MARK_KIND))
        return [(one.marker, one.total, one.comment) for one in marks]

    return in_room(contest, work)


def test_nothing_is_told_before_the_log_in(contest: ContestDirectory) -> None:
    """Nor after a wrong password, nor to somebody who is no marker."""
    cheap_organisers(contest).add("Thư ký mẫu", "secretary", PASSWORD)

    async def work(marker: Marker) -> None:
        assert marker.view["screen"] == "login"
        await marker.save(ref="ky-1:1")
        assert marker.said == text("ended")
        await marker.log_in(password="mat-khau-sai")
        assert "không đúng" in marker.said
        await marker.log_in("Thư ký mẫu")
        assert marker.said == text("not_marker", name="Thư ký mẫu")
        await marker.send(t="open", ref="")
        assert marker.view["screen"] == "login"
        assert "Bài viết" not in json.dumps(marker.view, ensure_ascii=False)

    at_page(contest, work)


def test_a_marker_goes_from_essay_to_essay(contest: ContestDirectory) -> None:
    """Each is saved before the next one comes; then there is nothing left."""

    async def work(marker: Marker) -> None:
        await marker.log_in()
        assert marker.view["progress"] == text("progress", done=0, all=2)
        first = marker.view["task"]
        await marker.save(comment="Khá.")
        assert marker.view["task"]["ref"] != first["ref"]
        assert marker.view["progress"] == text("progress", done=1, all=2)
        number = first["ref"].split(":")[1]
        assert marker.said == text("saved", number=number, total="7,5", most="10")
        await marker.save(a="5")
        assert marker.view["task"] is None
        assert len(marker.view["own"]) == 2

    at_page(contest, work)
    assert stored(contest) == [(ONE, 7_500_000, "Khá."), (ONE, 8_500_000, "")]


def test_a_page_hears_of_no_person_and_no_other_mark(contest: ContestDirectory) -> None:
    """In nothing that any widget holds, whoever marked before."""
    hidden = [value for n in (1, 2, 3) for value in fields(n).values()]

    async def others(service: Service, room: MarkingRoom) -> None:
        hidden.extend(await service.store.ids("contestants"))
        hidden.extend(await service.store.ids("attempts"))
        for n in (1, 2, 3):
            who = next(name for name in await markers_of(room, essay_text(n)) if name != ONE)
            await give(room, who, essay_text(n), "1,75", "2,25", comment="Ý kiến người khác")

    in_room(contest, others)

    async def work(marker: Marker) -> None:
        await marker.log_in()
        told = json.dumps(marker.page.form.get_state(), ensure_ascii=False, default=str)
        for one in (*hidden, "dv-1", TWO, "Ý kiến người khác", "1,75", PASSWORD):
            assert one not in told

    at_page(contest, work)


def test_wrong_points_stay_on_the_page(contest: ContestDirectory) -> None:
    """All of them are told; what was typed isn't thrown away, nothing is written."""

    async def work(marker: Marker) -> None:
        await marker.log_in()
        form = marker.view["form"]
        await marker.save(a="5,1", b="")
        assert set(marker.view["errors"]) == {"a", "b"}
        assert (marker.view["form"], marker.said) == (form, text("wrong", n=2))

    at_page(contest, work)
    assert stored(contest) == []


def test_own_marks_are_changed_until_the_other_one_has_marked(contest: ContestDirectory) -> None:
    """Then the essay has gone from the list, and a late change is refused."""

    async def work(marker: Marker) -> None:
        await marker.log_in()
        await marker.save()
        (own,) = marker.view["own"]
        await marker.send(t="open", ref=own["ref"])
        assert [one["value"] for one in marker.view["task"]["rubric"]] == ["4", "3,5"]
        await marker.save(b="4")
        shown = marker.view["own"][0]["text"]
        assert "8/10" in shown

    at_page(contest, work)

    async def other(_: Service, room: MarkingRoom) -> None:
        state = await room.state()
        (task,) = [task for task in state.tasks(ONE) if task.mark]
        who = next(name for name in state.rounds[0].due(task.key))
        await give(room, who, task.text, "4", "4")

    in_room(contest, other)

    async def late(marker: Marker) -> None:
        await marker.log_in()
        assert marker.view["own"] == []
        assert marker.view["notes"] == [text("own.closed", n=1)]
        number = next(t for t in (await marker.visit.state()).tasks(ONE) if t.mark).number
        await marker.save(ref=f"ky-1:{number}", a="5")
        assert marker.said == text("gone")
        await marker.send(t="open", ref=f"ky-1:{number}")
        assert marker.said == text("gone")

    at_page(contest, late)
    assert len(stored(contest)) == 3


def test_only_own_essays_can_be_marked(contest: ContestDirectory) -> None:
    """Another number, another round, or somebody else's essay: nothing is written."""

    async def work(marker: Marker) -> None:
        await marker.log_in()
        mine = {task.number for task in (await marker.visit.state()).tasks(ONE)}
        for ref in (*(f"ky-1:{n}" for n in {1, 2, 3} - mine), "ky-1:99", "ky-2:1", "", "x"):
            await marker.save(ref=ref)
            assert marker.said == text("gone")

    at_page(contest, work)
    assert stored(contest) == []


def test_who_was_taken_out_or_left_the_page_is_out(contest: ContestDirectory) -> None:
    """The next act asks for the log-in; so does half an hour without any."""

    async def work(marker: Marker) -> None:
        await marker.log_in()
        marker.clock.move_to(LATER + IDLE_MS + 1)
        await marker.save()
        assert (marker.view["screen"], marker.said) == ("login", text("ended"))
        await marker.log_in()
        await marker.send(t="out")
        assert marker.said == text("bye")
        await marker.save(ref="ky-1:1")
        assert marker.view["screen"] == "login"
        await marker.log_in()
        cheap_organisers(contest).remove(ONE)
        await marker.save()
        assert (marker.view["screen"], marker.said) == ("login", text("ended"))

    at_page(contest, work)
    assert stored(contest) == []


def test_who_is_back_finds_the_essay_that_was_open(contest: ContestDirectory) -> None:
    """Not the first one; another marker finds their own."""

    async def work(marker: Marker) -> None:
        await marker.log_in()
        refs = [f"ky-1:{t.number}" for t in (await marker.visit.state()).tasks(ONE)]
        await marker.send(t="open", ref=refs[1])
        marker.clock.move_to(LATER + IDLE_MS + 1)
        await marker.save()
        assert marker.view["screen"] == "login"
        await marker.log_in()
        assert marker.view["task"]["ref"] == refs[1]
        await marker.send(t="out")
        await marker.log_in(TWO)
        others = [f"ky-1:{t.number}" for t in (await marker.visit.state()).tasks(TWO)]
        assert marker.view["task"]["ref"] == others[0]

    at_page(contest, work)


def test_something_unexpected_is_told_without_a_traceback(
    contest: ContestDirectory, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The page stays; the log has the reason."""

    async def work(marker: Marker) -> None:
        await marker.log_in()

        async def fails(*_: Any) -> None:
            raise OSError("disk")

        monkeypatch.setattr(marker.visit, "save", fails)
        await marker.save()
        assert marker.said == text("failed")

    at_page(contest, work)
    assert "the markers' page failed" in caplog.text


@pytest.mark.parametrize(
    "message",
    [
        None,
        [],
        {"t": "other"},
        {"t": "login", "name": "a"},
        {"t": "login", "name": "a" * 201, "password": "b"},
        {"t": "open", "ref": 1},
        {"t": "save", "ref": "a", "points": {"a": 1}, "comment": ""},
        {"t": "save", "ref": "a", "points": {"a": "1" * 21}, "comment": ""},
        {"t": "save", "ref": "a", "points": {str(n): "1" for n in range(21)}, "comment": ""},
        {"t": "save", "ref": "a", "points": {}, "comment": "a" * (MOST_COMMENT + 1)},
        {"t": "save", "ref": "a", "points": []},
    ],
)
def test_what_no_page_of_ours_sends_is_dropped(message: object) -> None:
    """A browser may send anything."""
    assert read(message) is None


def test_good_messages_are_read() -> None:
    """Each kind, and no more of it than it has."""
    assert read({"t": "out", "x": 1}) == ("out", {})
    assert read({"t": "open", "ref": ""}) == ("open", {"ref": ""})
    save = {"t": "save", "ref": "r", "points": {"a": "1"}, "comment": ""}
    assert read(save) == ("save", {"ref": "r", "points": {"a": "1"}, "comment": ""})


def test_without_a_contest_the_notebook_says_so(tmp_path: Path) -> None:
    """Instead of a form that leads nowhere."""
    assert str(tmp_path) in marking_page(tmp_path).value
