"""The steps of closing a round, and where each stands. Pure: facts in, states out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from contest.roles import Act

KIND = "closing"
"""Kind of action: a step was done for the round that is the subject."""

Status = Literal["done", "ready", "waiting", "blocked", "again"]

Basis = Literal["seen", "erased", "result", "papers", "site"]


@dataclass(frozen=True)
class Done:
    """A row that says that a step was done.

    Attributes
    ----------
    actor, at
        By whom, and when in milliseconds UTC.
    body : dict
        `role` of the actor; `found`, figures of the step; and what it rested on: `seen`, how many
        rulings and marks there were that a result depends on; `erased`, how many erasures of
        people; `result`, `papers`, `site`, hashes of the manifest, of the documents, of the
        published pages (null: none).
    """

    step: str
    actor: str
    at: int
    body: dict[str, Any]


@dataclass(frozen=True)
class Facts:
    """What is so of a round at `now` (milliseconds UTC).

    Attributes
    ----------
    closes_at : int or None
        None: the round has never opened.
    closed : bool
        Whether it has its closing row.
    prediction : str
        `none`, `computed` from the rows, or from `outside`.
    true_value : bool
        Whether a ruling sets it (for `outside`).
    open_rounds : tuple of str
        Other rounds that the prediction spans and that aren't closed.
    seen : int
        Rulings and marks so far that a result depends on.
    erased : int
        Erasures so far of people who took part: no rank changes, but a name must go.
    result, papers, site : str or None
        Hashes of what lies in the round's folder, whole and unchanged; None: nothing, or changed.
    rows : tuple of Done
        What was done, oldest first.
    """

    round_id: str
    now: int
    closes_at: int | None
    closed: bool
    prediction: Literal["none", "computed", "outside"]
    true_value: bool
    open_rounds: tuple[str, ...]
    seen: int
    erased: int
    result: str | None
    papers: str | None
    site: str | None
    rows: tuple[Done, ...] = ()

    def last(self, step: str) -> Done | None:
        """Return the newest row of a step."""
        return next((row for row in reversed(self.rows) if row.step == step), None)


@dataclass(frozen=True)
class Obstacle:
    """What is in the way of a step: the name of a sentence, and its values."""

    code: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One step.

    Attributes
    ----------
    needs : tuple of str
        Steps that must be done before it.
    act : str
        Who may do it, by `contest.roles`.
    rests_on : tuple of str
        What makes it count no longer when it changes. Empty: it stands by the rows alone.
    """

    name: str
    needs: tuple[str, ...]
    act: Act
    rests_on: tuple[Basis, ...] = ()


STEPS = (
    Step("freeze", (), "close"),
    Step("true_value", ("freeze",), "judge"),
    Step("checks", ("true_value",), "judge", ("seen",)),
    Step("rulings", ("checks",), "judge", ("seen",)),
    Step("ranking", ("rulings",), "judge", ("seen", "result")),
    Step("prizes", ("ranking",), "judge", ("seen", "result")),
    Step("papers", ("prizes",), "papers", ("seen", "result", "papers")),
    Step("confirm", ("papers",), "confirm", ("seen", "result", "papers")),
    Step("publish", ("confirm",), "publish", ("seen", "erased", "result", "site")),
)
"""The one table of transitions: a step may be done once what it needs is done, and counts as
long as what it rests on is as it was. So a ruling undoes everything from the checks on. An erasure
calls for another ranking until the head has confirmed one; a confirmed one stands, and what was
published of it has to be made again."""

BY_NAME = {step.name: step for step in STEPS}

CONFIRMS = "head"
"""The role without which a confirmation is none."""


@dataclass(frozen=True)
class StepState:
    """Where a step stands.

    Attributes
    ----------
    status : str
        `done`; `ready` to be done; `again`: was done, but what it rested on has changed; `waiting`
        for the steps in `waits_for`; `blocked` by `obstacle`.
    row : Done or None
        When it was done last, whether that counts or not.
    """

    step: Step
    status: Status
    row: Done | None = None
    waits_for: tuple[str, ...] = ()
    obstacle: Obstacle | None = None

    @property
    def can_be_done(self) -> bool:
        """Whether it may be done now, for the first time or again."""
        return self.status in ("done", "ready", "again")


def states(facts: Facts) -> list[StepState]:
    """Return where every step stands, in order."""
    found: dict[str, StepState] = {}
    for step in STEPS:
        waits = tuple(name for name in step.needs if found[name].status != "done")
        found[step.name] = _state(step, facts, waits)
    return list(found.values())


def state_of(facts: Facts, name: str) -> StepState:
    """Return where one step stands."""
    return next(state for state in states(facts) if state.step.name == name)


def _state(step: Step, facts: Facts, waits: tuple[str, ...]) -> StepState:
    row = facts.last(step.name)
    if waits:
        return StepState(step, "waiting", row, waits)
    obstacle = OBSTACLES.get(step.name, _nothing)(facts)
    if obstacle is not None:
        return StepState(step, "blocked", row, obstacle=obstacle)
    if _counts(step, facts, row):
        return StepState(step, "done", row)
    return StepState(step, "ready" if row is None else "again", row)


def _counts(step: Step, facts: Facts, row: Done | None) -> bool:
    """Return whether a step is done and nothing it rested on has changed."""
    if step.name == "freeze":
        return facts.closed
    if step.name == "true_value" and facts.prediction != "outside":
        return True
    if step.name == "true_value":
        return facts.true_value
    if row is None or (step.name == "confirm" and row.body.get("role") != CONFIRMS):
        return False
    if step.name == "ranking" and _has_erased_names(facts) and not _confirmed(facts):
        return False
    return all(
        row.body.get(basis) is not None and row.body.get(basis) == getattr(facts, basis)
        for basis in step.rests_on
    )


def _confirmed(facts: Facts) -> bool:
    """Return whether the head has confirmed exactly what there is."""
    return _counts(BY_NAME["confirm"], facts, facts.last("confirm"))


def _has_erased_names(facts: Facts) -> bool:
    """Return whether somebody was forgotten after the ranking, whose names are in the result."""
    row = facts.last("ranking")
    return row is not None and row.body.get("erased") != facts.erased


def _nothing(_: Facts) -> Obstacle | None:
    return None


def _about_freezing(facts: Facts) -> Obstacle | None:
    if facts.closed:
        return None
    if facts.closes_at is None:
        return Obstacle("not_begun")
    if facts.now < facts.closes_at:
        return Obstacle("not_over", {"until": facts.closes_at})
    return None


def _about_the_value(facts: Facts) -> Obstacle | None:
    if facts.prediction == "computed" and facts.open_rounds:
        return Obstacle("rounds_open", {"rounds": ", ".join(facts.open_rounds)})
    return None


def _about_rulings(facts: Facts) -> Obstacle | None:
    checks = facts.last("checks")
    essays = checks.body.get("found", {}).get("needs_marker", 0) if checks else 0
    return Obstacle("essays", {"n": essays}) if essays else None


def _about_publishing(facts: Facts) -> Obstacle | None:
    return Obstacle("erased") if _has_erased_names(facts) else None


OBSTACLES: dict[str, Callable[[Facts], Obstacle | None]] = {
    "freeze": _about_freezing,
    "true_value": _about_the_value,
    "rulings": _about_rulings,
    "publish": _about_publishing,
}
"""Step -> what may be in its way besides steps before it."""
