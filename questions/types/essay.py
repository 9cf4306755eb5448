"""A text that people mark."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from questions.types.base import Finding, Kind, QuestionBase
from questions.types.parts import Criterion, repeated

Words = Annotated[int, Field(strict=True, ge=1, le=5000)]


class Essay(QuestionBase):
    """Two markers go by the rubric; its points add up to the full mark.

    An essay may cite sources where the other types need facts.
    """

    kind: ClassVar[Kind] = "essay"
    type: Literal["essay"]
    rubric: Annotated[tuple[Criterion, ...], Field(min_length=1, max_length=20)]
    min_words: Words | None = None
    max_words: Words | None = None

    def is_grounded(self) -> bool:
        return bool(self.facts or self.sources)

    def own_points(self) -> Decimal:
        return sum((criterion.points for criterion in self.rubric), Decimal(0))

    def findings(self) -> Iterator[Finding]:
        yield from repeated("rubric", self.rubric)
        if self.points is not None and self.points != self.own_points():
            yield (
                "question.rubric_points", ("points",),
                {"points": self.points, "sum": self.own_points()},
            )  # fmt: skip
        if self.min_words and self.max_words and self.min_words > self.max_words:
            yield "question.words_reversed", ("max_words",), {}
