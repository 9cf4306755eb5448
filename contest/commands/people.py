"""`timhieu people`: who the organisers are. Every change leaves a row, without the password."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from contest.clock import SystemClock
from contest.closing.messages import text
from contest.commands.organise import Refused
from contest.directory import RULES_FILE, ContestDirectory
from contest.organisers import PEOPLE, NotAllowed, Organiser, Organisers
from contest.roles import Role
from contest.store.commands import Action, RecordAction
from contest.store.protocol import Store
from contest.store.sqlite import SqliteStore


def add_organiser(directory: Path, name: str, role: Role, password: str, by: str) -> str:
    """Add a person and say so."""
    made = _change(directory, "add", by, lambda people: people.add(name, role, password))
    return text("people.added", name=made.name, role=text(f"role.{made.role}"))


def remove_organiser(directory: Path, name: str, by: str) -> str:
    """Take a person out and say so."""
    made = _change(directory, "remove", by, lambda people: people.remove(name))
    return text("people.removed", name=made.name)


def change_password(directory: Path, name: str, password: str, by: str) -> str:
    """Give a person another password and say so."""
    made = _change(directory, "password", by, lambda people: people.set_password(name, password))
    return text("people.changed", name=made.name)


def list_organisers(directory: Path) -> list[str]:
    """Return a line for every organiser."""
    try:
        found = Organisers(_contest(directory).secrets).all()
    except NotAllowed as error:
        raise Refused(text(f"no.{error.code}", **error.values)) from None
    rows = [text("people.row", name=one.name, role=text(f"role.{one.role}")) for one in found]
    return rows or [text("people.none")]


async def change_as(
    people: Organisers,
    store: Store,
    what: str,
    by: str,
    at: int,
    change: Callable[[Organisers], Organiser],
) -> Organiser:
    """Change who the organisers are, and write it down without any password.

    Parameters
    ----------
    what : str
        `add`, `remove` or `password`.
    by : str
        Whose name the row bears.
    at : int
        Milliseconds UTC.
    change : callable
        What is done; returns the person whom it was done to.

    Raises
    ------
    Refused
        Where it can't be done; then nothing is written.
    """
    try:
        made = await asyncio.to_thread(change, people)
    except NotAllowed as error:
        raise Refused(text(f"no.{error.code}", **error.values)) from None
    action = Action(at, by, PEOPLE, made.name, {"what": what, "role": made.role})
    await store.write(RecordAction(action))
    return made


def _contest(directory: Path) -> ContestDirectory:
    if not (directory / RULES_FILE).is_file():
        raise Refused(text("people.no_contest", directory=directory))
    return ContestDirectory(directory)


def _change(
    directory: Path, what: str, by: str, change: Callable[[Organisers], Organiser]
) -> Organiser:
    contest = _contest(directory)

    async def changed() -> Organiser:
        store = SqliteStore(contest.database)
        try:
            people = Organisers(contest.secrets)
            return await change_as(people, store, what, by, SystemClock().now(), change)
        finally:
            await store.close()

    return asyncio.run(changed())
