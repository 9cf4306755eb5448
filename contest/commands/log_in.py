"""An organiser gives their password at the command line before they do something."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from contest.clock import SystemClock
from contest.closing.messages import text
from contest.commands.organise import Refused, opened
from contest.organisers import NotAllowed, Organiser, Organisers, log_in
from contest.roles import PERMISSIONS, ROLES, Act, may


def log_in_at(directory: Path, name: str, ask_password: Callable[[str], str]) -> Organiser:
    """Return the organiser of this name once the password is right.

    Parameters
    ----------
    ask_password : callable
        Sentence -> password.

    Raises
    ------
    Refused
        Where they are not let in; says why.
    """
    password = ask_password(text("login.prompt", name=name))
    return asyncio.run(_log_in(directory, name, password))


def log_in_for(
    act: Act,
    directory: Path,
    name: str,
    ask_password: Callable[[str], str],
    refusal: Callable[..., str],
) -> Organiser:
    """Return the organiser of this name, if they may do something.

    Parameters
    ----------
    refusal : callable
        Gives the sentence for who may not, from `name`, `role` and `who` may, in words.

    Raises
    ------
    Refused
        Where they are not let in, or may not.
    """
    by = log_in_at(directory, name, ask_password)
    if not may(by.role, act):
        role = text(f"role.{by.role}")
        raise Refused(refusal(name=by.name, role=role, who=roles_that_may(act)))
    return by


def roles_that_may(act: Act) -> str:
    """Return the roles whose people may do something, in words."""
    return ", ".join(text(f"role.{role}") for role in ROLES if act in PERMISSIONS[role])


async def _log_in(directory: Path, name: str, password: str) -> Organiser:
    async with opened(directory) as service:
        people = Organisers(service.directory.secrets)
        try:
            return await log_in(people, service.store, name, password, SystemClock().now())
        except NotAllowed as error:
            raise Refused(text(f"no.{error.code}", **error.values)) from None
