"""Times, roles and refusals in words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from contest.clock import local
from contest.closing.messages import text as closing_text
from contest.roles import Role
from contest.ui.desk.messages import TEXTS, text

OPTION = re.compile(r"--([a-z]+(?:-[a-z]+)*)")


def moment(ms: int | None) -> str:
    """Return a Vietnamese time to the minute; "" for None."""
    return "" if ms is None else f"{local(ms):%H:%M %d/%m/%Y}"


def second(ms: int) -> str:
    """Return a time of the day to the second."""
    return f"{local(ms):%H:%M:%S}"


def role_word(role: Role) -> str:
    """Return what a role is called."""
    return closing_text(f"role.{role}")


def needs_words(roles: Iterable[Role]) -> str:
    """Return the sentence that says who may do something."""
    return text("role.needs", who=text("or").join(map(role_word, roles)))


def without_options(sentence: str) -> str:
    """Return a refusal with the names of fields where the command line has options."""

    def named(found: re.Match[str]) -> str:
        key = f"option.{found[1]}"
        return text("quoted", name=text(key)) if key in TEXTS else found[0]

    return OPTION.sub(named, sentence)
