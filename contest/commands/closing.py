"""`timhieu closing`: the steps of closing a round, shown and done; each leaves a row."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contest.clock import SystemClock
from contest.closing.facts import Found, find_facts
from contest.closing.folder import RoundFolder
from contest.closing.messages import text
from contest.closing.steps import BY_NAME, KIND, Facts, state_of, states
from contest.closing.words import SHORT, status_words, way_words, will_words
from contest.commands.grade import CannotGrade, grade_directory
from contest.commands.log_in import log_in_at, roles_that_may
from contest.commands.organise import Refused, close_round, opened
from contest.commands.papers import Refused as PapersRefused
from contest.commands.papers import make_papers
from contest.commands.publish import publish_folder
from contest.directory import RULES_FILE
from contest.organisers import Organiser
from contest.papers.templates import FOLDER as TEMPLATES
from contest.portal.figures import CannotPublish
from contest.roles import may
from contest.rulings.service import Given, propose, record
from contest.rulings.service import Refused as RulingRefused
from contest.service import Service
from contest.store.commands import Action, RecordAction

Tell = Callable[[str], object]


@dataclass(frozen=True)
class _Task:
    """What a step works on."""

    directory: Path
    round_id: str
    by: Organiser
    graded: list[str]
    folder: RoundFolder
    facts: Facts
    tell: Tell
    ask: Callable[[str], str]


def show_closing(directory: Path, round_id: str) -> list[str]:
    """Return the lines that say where every step stands."""
    facts = asyncio.run(_found(directory, round_id)).facts
    folder = RoundFolder(directory / "var", round_id)
    lines = [text("closing.title", round=round_id)]
    every = states(facts)
    for n, state in enumerate(every, start=1):
        name = text(f"step.{state.step.name}")
        lines.append(text("closing.row", n=n, name=name, status=status_words(state, facts)))
        if state.status != "done":
            lines.append(text("closing.will", what=will_words(state, folder, facts)))
        if state.obstacle is not None:
            lines.append(text("closing.way", why=way_words(state)))
    if every[-1].row is not None and every[-1].status != "done":
        lines.append(text("closing.outdated"))
    following = next((state for state in every if state.status != "done"), None)
    if following is None:
        lines.append(text("closing.end"))
    elif following.can_be_done:
        step = following.step.name
        lines.append(text("closing.next", directory=directory, round=round_id, step=step))
    return lines


def do_step(
    directory: Path,
    round_id: str,
    step: str,
    name: str,
    ask_password: Callable[[str], str],
    ask: Callable[[str], str],
    agree: Callable[[str], bool] | None,
    tell: Tell,
) -> None:
    """Do one step of closing a round and write down by whom.

    Parameters
    ----------
    ask_password, ask : callable
        Sentence -> password, or what else a step must know.
    agree : callable or None
        Puts the question whether to go on; None: not asked.

    Raises
    ------
    Refused
        Where the person may not do it, or something is in the way; says what.
    """
    by = log_in_at(directory, name, ask_password)
    do_step_as(directory, round_id, step, by, ask, agree, tell)


def do_step_as(
    directory: Path,
    round_id: str,
    step: str,
    by: Organiser,
    ask: Callable[[str], str],
    agree: Callable[[str], bool] | None,
    tell: Tell,
) -> None:
    """Do a step as somebody who has logged in; see `do_step`."""
    if not may(by.role, BY_NAME[step].act):
        raise Refused(_not_theirs(by, step))
    found = asyncio.run(_found(directory, round_id))
    state = state_of(found.facts, step)
    if not state.can_be_done:
        raise Refused(way_words(state) if state.obstacle else status_words(state, found.facts))
    folder = RoundFolder(directory / "var", round_id)
    tell(will_words(state, folder, found.facts))
    if agree is not None and not agree(text("closing.ask")):
        raise Refused(text("closing.stopped"))
    task = _Task(directory, round_id, by, list(found.graded), folder, found.facts, tell, ask)
    figures = _WORK[step](task)
    if step in ("confirm", "publish") and folder.hashes().result != found.facts.result:
        raise Refused(text("closing.changed"))
    asyncio.run(_record(task, step, figures))
    tell(text("closing.done", name=text(f"step.{step}")))


async def _found(directory: Path, round_id: str) -> Found:
    async with opened(directory) as service:
        known = await _rounds(service)
        if round_id not in known:
            raise Refused(text("closing.no_round", round=round_id, known=", ".join(known)))
        return await find_facts(service, round_id, SystemClock().now())


async def _rounds(service: Service) -> list[str]:
    """Return the ids of the rounds that have begun, then of those that are only written down."""
    begun = [action.subject for action in await service.store.actions("freeze")]
    rules = await asyncio.to_thread(service.directory.rules)
    return list(dict.fromkeys([*begun, *(one.id for one in rules.rounds)]))


async def _record(task: _Task, step: str, figures: dict[str, Any]) -> None:
    hashes = await asyncio.to_thread(task.folder.hashes)
    body = {
        "step": step,
        "role": task.by.role,
        "seen": task.facts.seen,
        "erased": task.facts.erased,
        "result": hashes.result,
        "papers": hashes.papers,
        "site": hashes.site,
        "found": figures,
    }
    action = Action(SystemClock().now(), task.by.name, KIND, task.round_id, body)
    async with opened(task.directory) as service:
        await service.store.write(RecordAction(action))


# --- what is said


def _not_theirs(by: Organiser, step: str) -> str:
    who = roles_that_may(BY_NAME[step].act)
    return text("closing.role", name=by.name, role=text(f"role.{by.role}"), who=who)


# --- what is done: each returns figures for its row


def _freeze(task: _Task) -> dict[str, Any]:
    task.tell(asyncio.run(close_round(task.directory, task.round_id, task.by.name)))
    return {}


def _true_value(task: _Task) -> dict[str, Any]:
    """Have the value ruled where it comes from outside; another ruling replaces an earlier one."""
    source = task.facts.prediction
    if source != "outside":
        task.tell(text(f"told.value.{source}"))
        return {"source": source}
    value, reason = task.ask(text("value.prompt")), task.ask(text("value.reason"))
    number = asyncio.run(_rule_value(task, value, reason))
    task.tell(text("told.value.ruling", n=number))
    return {"source": source, "ruling": number}


async def _rule_value(task: _Task, value: str, reason: str) -> int:
    given = Given(by=task.by.name, at=SystemClock().now(), reason=reason)
    async with opened(task.directory) as service:
        try:
            proposal = await propose(
                service, "true_value", given, value=value, round_id=task.round_id
            )
            return (await record(service, proposal)).number
        except RulingRefused as error:
            raise Refused(str(error)) from None


def _grade(task: _Task) -> dict[str, Any]:
    try:
        task.tell(grade_directory(task.directory, task.graded, task.folder.result))
    except CannotGrade as error:
        raise Refused(str(error)) from None
    return task.folder.found()


def _checks(task: _Task) -> dict[str, Any]:
    found = _grade(task)
    task.tell(text("told.checks", **found))
    task.tell(text("told.checks.where", folder=task.folder.result))
    return found


def _rulings(task: _Task) -> dict[str, Any]:
    found = task.folder.found()
    task.tell(text("told.rulings", **found))
    return found


def _ranking(task: _Task) -> dict[str, Any]:
    found = _grade(task)
    if task.folder.manifest()["status"] != "final":
        raise Refused(text("closing.not_final"))
    result = (task.folder.hashes().result or "")[:SHORT]
    task.tell(text("told.ranking", ranked=found["ranked"], result=result))
    return found


def _prizes(task: _Task) -> dict[str, Any]:
    found = task.folder.prizes()
    for title, n in found.items():
        task.tell(text("told.prize" if title else "told.prize.passed", title=title, n=n))
    if not found:
        task.tell(text("told.prize.none"))
    return found


def _papers(task: _Task) -> dict[str, Any]:
    own = task.directory / TEMPLATES
    rules = task.directory / RULES_FILE
    try:
        said = make_papers(
            task.folder.result,
            public=True,
            templates=own if own.is_dir() else None,
            documents=rules if rules.is_file() else None,
            convert=False,
            told=lambda _: None,
        )
    except PapersRefused as error:
        raise Refused(str(error)) from None
    task.tell(said)
    return {}


def _confirm(task: _Task) -> dict[str, Any]:
    task.tell(text("told.confirm", result=(task.folder.hashes().result or "")[:SHORT]))
    return {}


def _publish(task: _Task) -> dict[str, Any]:
    try:
        task.tell(publish_folder(task.folder.result, task.folder.site, draft=False, confirmed=True))
    except CannotPublish as error:
        raise Refused(str(error)) from None
    return {}


_WORK: dict[str, Callable[[_Task], dict[str, Any]]] = {
    "freeze": _freeze,
    "true_value": _true_value,
    "checks": _checks,
    "rulings": _rulings,
    "ranking": _ranking,
    "prizes": _prizes,
    "papers": _papers,
    "confirm": _confirm,
    "publish": _publish,
}
