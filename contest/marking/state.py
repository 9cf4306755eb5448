"""Where the marking of a contest stands, for everybody and for one marker. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from contest.marking.essays import RoundEssays
from contest.marking.marks import NOT_MARKED, Key, Mark, Standing, standing
from contest.marking.plan import due, numbers
from contest.marking_rules import Marking
from contest.rulings.decided import Decided
from questions import Essay


@dataclass(frozen=True)
class Task:
    """An essay as a marker knows it.

    Attributes
    ----------
    number : int
        Its number in the round, this marker's own; it tells nothing of the attempt.
    mark : Mark or None
        What this marker gave.
    open : bool
        Whether a mark of this marker still counts.
    """

    round_id: str
    round_title: str
    number: int
    question: Essay
    text: str
    rules: Marking
    mark: Mark | None
    open: bool
    key: Key = field(repr=False)


@dataclass(frozen=True)
class RoundState:
    """The marking of one round.

    Attributes
    ----------
    marks : mapping
        Essay -> its marks in order, of those that have any.
    decided : Decided
        What rulings say of the round.
    markers : tuple of str
        Who marks now.
    seed : bytes
        What the order of essays and markers follows from.
    orders : mapping
        Essay -> its markers in the order in which they are asked; see `contest.marking.plan`.
    stood : dict
        Essay -> how many marks it had and where it stood, as far as that was found before.
    """

    essays: RoundEssays
    marks: Mapping[Key, list[Mark]]
    decided: Decided
    markers: tuple[str, ...]
    seed: bytes = field(repr=False)
    orders: Mapping[Key, list[str]] = field(repr=False)
    stood: dict[Key, tuple[int, Standing]] = field(default_factory=dict, repr=False)

    @property
    def rules(self) -> Marking:
        """The rules of marking."""
        return self.essays.frozen.rules.marking

    @cached_property
    def standings(self) -> dict[Key, Standing]:
        """Essay -> where it stands."""
        return {key: self._standing(key) for key in self.essays.texts}

    def _standing(self, key: Key) -> Standing:
        marks = self.marks.get(key)
        if marks is None:
            return NOT_MARKED
        if key not in self.stood or self.stood[key][0] != len(marks):
            rounding = self.essays.frozen.rules.scoring.rounding
            found = standing(marks, self.essays.question(key), self.rules, rounding)
            self.stood[key] = len(marks), found
        return self.stood[key][1]

    def check(self) -> None:
        """Check the marks; BadMark for such as no marker can have given."""
        len(self.standings)

    def settled(self, key: Key) -> bool:
        """Return whether nobody needs to mark an essay, by a ruling."""
        attempt_id, question_id = key
        who = self.essays.people[attempt_id]
        excluded = self.decided.excluded_by(attempt_id, who) is not None
        return excluded or question_id in self.decided.voids or key in self.decided.marks

    def due(self, key: Key) -> list[str]:
        """Return who has to mark an essay now."""
        return [] if self.settled(key) else due(self.orders[key], self.standings[key])

    def short(self, key: Key) -> bool:
        """Return whether an essay needs more markers than there are."""
        stands = self.standings[key]
        if self.settled(key) or stands.stage == "decided":
            return False
        wanted = 1 if stands.stage == "third" else 2 - len(stands.marks)
        return len(self.due(key)) < wanted

    def tasks(self, marker: str) -> list[Task]:
        """Return what a marker has marked or has to mark: by question, then by number."""
        known = numbers(self.essays.texts, marker, self.seed)
        found = [
            self._task(key, marker, known[key])
            for key in self.essays.texts
            if marker in self.standings[key].marks or marker in self.due(key)
        ]
        return sorted(found, key=lambda task: (task.question.id, task.number))

    def _task(self, key: Key, marker: str, number: int) -> Task:
        stands, round_ = self.standings[key], self.essays.frozen.round
        return Task(
            round_.id,
            round_.title,
            number,
            self.essays.question(key),
            self.essays.texts[key],
            self.rules,
            stands.marks.get(marker),
            stands.may_mark(marker) and not self.settled(key),
            key,
        )


@dataclass(frozen=True)
class State:
    """The marking of all closed rounds that have essays, in the order of their closing."""

    rounds: tuple[RoundState, ...]
    counts: Mapping[str, int] = field(repr=False)
    """Attempt id -> how many rows of marks it has."""
    _tasks: dict[str, list[Task]] = field(default_factory=dict, repr=False)

    def tasks(self, marker: str) -> list[Task]:
        """Return a marker's essays, round after round."""
        if marker not in self._tasks:
            self._tasks[marker] = [task for one in self.rounds for task in one.tasks(marker)]
        return self._tasks[marker]
