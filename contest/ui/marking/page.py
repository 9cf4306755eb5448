"""The markers' page in a notebook, in JupyterLab and in Voilà."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from contest.chains import Tampered
from contest.clock import Clock, SystemClock
from contest.closing.messages import text as organisers_text
from contest.directory import ContestDirectory
from contest.marking.entries import points_text
from contest.marking.marks import most_points
from contest.marking.room import MarkRefused
from contest.marking.state import State, Task
from contest.messages import text as contest_text
from contest.numbers import shown_number
from contest.organisers import NotAllowed
from contest.settings import read_settings
from contest.store.protocol import StoreUnavailable
from contest.ui.desk.session import LoggedOut
from contest.ui.marking.form import MarkingForm
from contest.ui.marking.messages import text
from contest.ui.marking.visit import (
    NotMarker,
    Visit,
    find,
    most_of,
    next_task,
    ref_of,
)
from contest.ui.rich import rich

log = logging.getLogger(__name__)

MOST_OWN = 100
"""Essays of one's own that are listed."""


class MarkingPage:
    """The page of one marker.

    Attributes
    ----------
    form : MarkingForm
        What the notebook shows.
    """

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._ref = ""
        self._left_at = ("", "")  # who was logged out in the middle of which essay
        self._shown = 0
        self._lock = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._acts: dict[str, Callable[..., Awaitable[None]]] = {
            "login": self._log_in,
            "out": self._log_out,
            "open": self._open,
            "save": self._save,
        }
        self.form = MarkingForm(self._received)
        self._show_login("")

    async def settled(self) -> None:
        """Return once everything that was asked for is done."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    def _received(self, kind: str, values: dict[str, Any]) -> None:
        task = asyncio.get_running_loop().create_task(self._do(kind, values))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _do(self, kind: str, values: dict[str, Any]) -> None:
        async with self._lock:
            try:
                await self._acts[kind](**values)
            except LoggedOut:
                self._left_at = (self._visit.name, self._ref)
                self._show_login(text("ended"))
            except NotMarker as who:
                self._show_login(text("not_marker", name=who), "bad")
            except NotAllowed as error:
                self._say(organisers_text(f"no.{error.code}", **error.values), "bad")
            except MarkRefused as error:
                self._say(str(error), "bad")
            except StoreUnavailable:
                self._say(text("busy"), "bad")
            except Tampered as found:
                self._say(text("tampered", place=found.place), "bad")
            except Exception:
                log.exception("the markers' page failed")
                self._say(text("failed"), "bad")

    # --- what is done

    async def _log_in(self, name: str, password: str) -> None:
        if not (name.strip() and password):
            self._say(text("empty"), "bad")
            return
        await self._visit.log_in(name, password)
        state = await self._visit.state()
        tasks = state.tasks(self._visit.name)
        who, ref = self._left_at
        left = find(tasks, ref) if who == self._visit.name else None
        await self._show(state, left if left and left.open else next_task(tasks, ""), "")

    async def _log_out(self) -> None:
        await self._visit.log_out()
        self._show_login(text("bye"))

    async def _open(self, ref: str) -> None:
        state = await self._visit.state()
        tasks = state.tasks(self._visit.name)
        wanted = find(tasks, ref) if ref else next_task(tasks, self._ref)
        if ref and (wanted is None or not wanted.open):
            await self._show(state, next_task(tasks, self._ref), text("gone"), "bad")
        else:
            await self._show(state, wanted, "")

    async def _save(self, ref: str, points: dict[str, str], comment: str) -> None:
        saved = await self._visit.save(ref, points, comment)
        if saved.wrong:
            self._say(text("wrong", n=len(saved.wrong)), "bad", saved.wrong)
            return
        state = await self._visit.state()
        following = next_task(state.tasks(self._visit.name), ref)
        if saved.task is None:
            await self._show(state, following, text("gone"), "bad")
            return
        told = text(
            "saved", number=saved.task.number, total=saved.total, most=most_of(saved.task)
        )  # fmt: skip
        await self._show(state, following, told, "ok")

    # --- what is shown

    def _say(self, words: str, tone: str = "", wrong: dict[str, str] | None = None) -> None:
        """Say something beside what is shown; what is being typed stays."""
        self._shown += 1
        said = {"n": self._shown, "text": words, "tone": tone}
        self.form.view = {**self.form.view, "said": said, "errors": wrong or {}}

    def _show_login(self, words: str, tone: str = "") -> None:
        self._shown += 1
        self._ref = ""
        said = {"n": self._shown, "text": words, "tone": tone}
        self.form.view = {"form": self._shown, "screen": "login", "said": said, "errors": {}}

    async def _show(self, state: State, task: Task | None, words: str, tone: str = "") -> None:
        self._shown += 1
        self._ref = ref_of(task) if task else ""
        tasks = state.tasks(self._visit.name)
        band = await self._visit.band(state)
        picture = await self._visit.picture(state, task) if task else None
        self.form.view = {
            "form": self._shown,
            "screen": "work",
            "said": {"n": self._shown, "text": words, "tone": tone},
            "errors": {},
            "band": None if band is None else contest_text(band),
            "who": text("who", name=self._visit.name),
            "progress": _progress(tasks),
            "task": None if task is None else {**_task(task), "image": picture},
            "none": [text("none.title"), text("none")],
            "own": _own(tasks),
            "notes": _notes(tasks),
        }


def _progress(tasks: list[Task]) -> str:
    done = sum(task.mark is not None for task in tasks)
    return text("progress", done=done, all=len(tasks))


def _task(task: Task) -> dict[str, Any]:
    """Return an essay as its page is told it: nothing that leads to who wrote it."""
    question, mark = task.question, task.mark
    most = most_points(question)
    return {
        "ref": ref_of(task),
        "title": text("task", number=task.number, round=task.round_title),
        "stem": rich(question.stem),
        "model": rich(question.explanation, blocks=True) if question.explanation else None,
        "text": task.text,
        "words": _words(task),
        "how": text("how", step=shown_number(task.rules.step)),
        "most": most_of(task),
        "comment": mark.comment if mark else "",
        "rubric": [
            {
                "id": one.id,
                "text": rich(one.text),
                "most": text("most", most=points_text(most[one.id])),
                "value": points_text(mark.points[one.id]) if mark else "",
            }
            for one in question.rubric
        ],
    }


def _words(task: Task) -> str:
    n, question = len(task.text.split()), task.question
    wanted = []
    if question.min_words:
        wanted.append(text("words.least", n=question.min_words))
    if question.max_words:
        wanted.append(text("words.most", n=question.max_words))
    if not wanted:
        return text("task.words", n=n)
    return text("task.words.range", n=n, wanted=text("words.and").join(wanted))


def _changeable(tasks: list[Task]) -> list[tuple[int, Task]]:
    found = [(task.mark.at, task) for task in tasks if task.mark is not None and task.open]
    return sorted(found, key=lambda one: -one[0])


def _own(tasks: list[Task]) -> list[dict[str, str]]:
    return [
        {
            "ref": ref_of(task),
            "text": text(
                "own.row",
                number=task.number,
                round=task.round_title,
                total=points_text(task.mark.total if task.mark else 0),
                most=most_of(task),
            ),
        }
        for _, task in _changeable(tasks)[:MOST_OWN]
    ]


def _notes(tasks: list[Task]) -> list[str]:
    """Return what is said below the list of one's own essays."""
    closed = sum(task.mark is not None and not task.open for task in tasks)
    notes = [text("own.closed", n=closed)] if closed else []
    if len(_changeable(tasks)) > MOST_OWN:
        notes.append(text("own.more", n=MOST_OWN))
    return notes


def marking_page(directory: Path | str | None = None, clock: Clock | None = None) -> Any:
    """Return the markers' page of a contest.

    Parameters
    ----------
    directory : Path, str or None
        The contest directory; None: the one that `timhieu marking … open` names.
    """
    path = Path(directory) if directory is not None else read_settings().contest
    contest = ContestDirectory(path)
    if not contest.database.exists():
        return widgets.Label(text("no_contest", directory=path))
    return MarkingPage(Visit(contest, clock or SystemClock())).form
