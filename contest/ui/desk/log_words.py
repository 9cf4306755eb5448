"""The rows of the organisers' chain in words: when, who, what, about what. Pure.

No more of a row than this is told: reasons, marks and outcomes stand where they are worked with.
"""

from __future__ import annotations

from contest.closing.messages import text as closing_text
from contest.closing.steps import KIND as CLOSING
from contest.frozen import SERVER
from contest.organisers import IN, PEOPLE, TRY
from contest.rulings.messages import text as rulings_text
from contest.store.commands import RULING_KINDS, Action
from contest.ui.desk.messages import TEXTS, text
from contest.ui.desk.session import OUT
from contest.ui.desk.words import moment

ENTRIES = (TRY, IN, OUT, PEOPLE)
"""Rows about who comes in, and who the organisers are: only for who says who they are."""

_ALONE = {TRY, IN, OUT, "purge"}
"""Kinds whose subject says nothing that their actor or they themselves don't."""


def told_action(action: Action) -> tuple[str, str, str, str]:
    """Return when something was done, who did it, what it was, and what it was done to."""
    who = text("log.server") if action.actor == SERVER else action.actor
    subject = "" if action.kind in _ALONE else action.subject
    return moment(action.at), who, _what(action), subject


def _what(action: Action) -> str:
    kind = action.kind
    if kind in RULING_KINDS:
        return text("log.ruling", kind=rulings_text(f"kind.{kind}"))
    if kind == CLOSING:
        return text("log.closing", step=closing_text(f"step.{action.body['step']}"))
    if kind == PEOPLE:
        return text(f"log.people.{action.body['what']}")
    return TEXTS.get(f"log.{kind}", kind)
