"""The steps of closing a round as the desk shows them. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from contest.closing.folder import RoundFolder
from contest.closing.messages import text as closing_text
from contest.closing.steps import Facts, Status, StepState
from contest.closing.words import status_words, way_words, will_words
from contest.roles import Act

LASTING = ("freeze", "true_value", "confirm", "publish")
"""Steps that others rely on at once: the round's name is typed before they are done."""


@dataclass(frozen=True)
class StepView:
    """A step: its name, where it stands, what it will do and what is in its way, in words.

    `asks` are the sentences that it must be told the answer of.
    """

    name: str
    title: str
    status: Status
    told: str
    will: str
    way: str
    act: Act
    can_be_done: bool
    asks: tuple[str, ...]


def step_view(state: StepState, folder: RoundFolder, facts: Facts) -> StepView:
    """Return a step as it stands."""
    name = state.step.name
    asked = name == "true_value" and facts.prediction == "outside"
    # A closed round stays closed, and what the program works out isn't done by anybody.
    once = name == "freeze" or (name == "true_value" and not asked)
    return StepView(
        name,
        closing_text(f"step.{name}"),
        state.status,
        status_words(state, facts),
        will_words(state, folder, facts),
        way_words(state) if state.obstacle else "",
        state.step.act,
        state.can_be_done and not (once and state.status == "done"),
        (closing_text("value.prompt"), closing_text("value.reason")) if asked else (),
    )
