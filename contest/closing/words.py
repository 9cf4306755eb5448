"""Where a step of closing stands, what it will do and what is in its way, in words."""

from __future__ import annotations

from contest.clock import local
from contest.closing.folder import RoundFolder
from contest.closing.messages import text
from contest.closing.steps import Facts, StepState

SHORT = 12
"""Letters of a result's hash that are told, as documents have it."""


def status_words(state: StepState, facts: Facts) -> str:
    """Return where a step stands."""
    if state.status == "waiting":
        waits = ", ".join(text(f"step.{name}") for name in state.waits_for)
        return text("status.waiting", steps=waits)
    if state.status == "done" and state.step.name == "true_value":
        source = {"outside": "ruling"}.get(facts.prediction, facts.prediction)
        return text(f"status.{source}")
    if state.status == "done" and state.row is None:
        return text("status.closed")
    by = ""
    if state.row is not None:
        when = f"{local(state.row.at):%H:%M %d/%m/%Y}"
        by = text("closing.by", by=state.row.actor, when=when)
    return text(f"status.{state.status}", by=by)


def will_words(state: StepState, folder: RoundFolder, facts: Facts) -> str:
    """Return what a step will do."""
    result = (facts.result or "…")[:SHORT]
    name = f"will.{state.step.name}"
    return text(name, folder=folder.result, site=folder.site, result=result)


def way_words(state: StepState) -> str:
    """Return what is in the way of a step."""
    assert state.obstacle is not None
    values = dict(state.obstacle.values)
    if "until" in values:
        values["until"] = f"{local(values['until']):%H:%M %d/%m/%Y}"
    return text(f"way.{state.obstacle.code}", **values)
