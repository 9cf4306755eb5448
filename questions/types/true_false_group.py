"""Several statements, each true or false."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from questions.types.base import Finding, Kind, QuestionBase
from questions.types.parts import PartScoring, Statement, repeated


class TrueFalseGroup(QuestionBase):
    """Two to eight statements on one subject, shown in the order of the file."""

    kind: ClassVar[Kind] = "group"
    type: Literal["true_false_group"]
    statements: Annotated[tuple[Statement, ...], Field(min_length=2, max_length=8)]
    scoring: PartScoring = "all_or_nothing"

    def findings(self) -> Iterator[Finding]:
        return repeated("statements", self.statements)
