"""What a paper is made of, as the rules state it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from questions.strict import Id, Strict

QuestionType = Literal[
    "single", "multiple", "true_false", "true_false_group", "matching", "ordering", "numeric",
    "short_text", "cloze", "essay",
]  # fmt: skip
"""The types of questions that a paper may be drawn from."""

Level = Literal["recall", "understand", "apply"]
LEVELS: tuple[Level, ...] = ("recall", "understand", "apply")
"""From easy to hard."""

_Number = Annotated[int, Field(strict=True, ge=1, le=200)]


class Draw(Strict):
    """A line of the blueprint: so many questions of a topic, of a level and with a tag if these
    are named."""

    topic: Id
    questions: _Number
    level: Level | None = None
    tag: Id | None = None

    def takes(self, question: Any) -> bool:
        """Return whether a question belongs to this line."""
        return (
            question.topic == self.topic
            and self.level in (None, question.level)
            and (self.tag is None or self.tag in question.tags)
        )


class Span(Strict):
    """A whole number `at_least` and `at_most` so high."""

    at_least: Annotated[int, Field(strict=True, ge=1, le=8)]
    at_most: Annotated[int, Field(strict=True, ge=1, le=8)]

    @model_validator(mode="after")
    def _rising(self) -> Span:
        if self.at_least > self.at_most:
            raise ValueError("span_backwards")
        return self

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and self.at_least <= number <= self.at_most


class PaperRules(Strict):
    """What a paper is made of and how long it may take.

    Attributes
    ----------
    minutes, seconds_per_question : int or None
        The time for the whole paper: one of the two, the second times the number of questions.
    points : Decimal
        Points for each question with a full answer.
    draw : str
        `each`: every attempt draws its own questions; `same`: all papers of a round and group have
        the same questions (their order and their options' may differ).
    order : str
        `shuffled` mixes all, `blueprint` keeps the lines of the blueprint together in the written
        order, `easy_to_hard` goes by level.
    grace_seconds : int
        How long after the deadline a message may still be received and count.
    types : tuple of str, or None
        Only questions of these types are drawn; None for all types.
    options, right : Span or None
        Only questions with so many options, or right options, are drawn; says nothing of types
        without options.
    """

    minutes: Annotated[int, Field(strict=True, ge=1, le=600)] | None = None
    seconds_per_question: Annotated[int, Field(strict=True, ge=1, le=3600)] | None = None
    points: Annotated[Decimal, Field(gt=0, le=1000, decimal_places=6)]
    draw: Literal["each", "same"] = "each"
    order: Literal["shuffled", "blueprint", "easy_to_hard"] = "shuffled"
    grace_seconds: Annotated[int, Field(strict=True, ge=0, le=60)] = 0
    types: tuple[QuestionType, ...] | None = None
    options: Span | None = None
    right: Span | None = None
    blueprint: Annotated[tuple[Draw, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _one_time(self) -> PaperRules:
        if (self.minutes is None) == (self.seconds_per_question is None):
            raise ValueError("paper_time")
        return self

    def takes(self, question: Any) -> bool:
        """Return whether a question may be drawn at all, whatever the blueprint says."""
        if self.types is not None and question.type not in self.types:
            return False
        if question.type not in ("single", "multiple"):
            return True
        fits = self.options is None or len(question.options) in self.options
        return fits and (self.right is None or len(question.right()) in self.right)

    @property
    def length(self) -> int:
        """Number of questions."""
        return sum(draw.questions for draw in self.blueprint)

    @property
    def duration_ms(self) -> int:
        """Time for the whole paper, milliseconds."""
        if self.minutes is not None:
            return self.minutes * 60_000
        return (self.seconds_per_question or 0) * self.length * 1000


class NamedPaper(PaperRules):
    """A paper of its own for a round, a group, or both; the first that fits an attempt is taken.

    `rounds` and `groups` name what it is for; None: for all.
    """

    rounds: Annotated[tuple[Id, ...], Field(min_length=1)] | None = None
    groups: Annotated[tuple[Id, ...], Field(min_length=1)] | None = None

    def fits(self, round_id: str, group: str) -> bool:
        """Return whether it is the paper of a round and group."""
        return (self.rounds is None or round_id in self.rounds) and (
            self.groups is None or group in self.groups
        )
