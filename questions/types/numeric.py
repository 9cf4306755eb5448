"""A number to be typed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from questions.strict import Text
from questions.types.base import Finding, Kind, QuestionBase

LIMIT = 10**12


class Numeric(QuestionBase):
    """Right is what differs from `key` by `tolerance` at most; `unit` stands beside the field."""

    kind: ClassVar[Kind] = "number"
    type: Literal["numeric"]
    key: Annotated[Decimal, Field(ge=-LIMIT, le=LIMIT, decimal_places=6)]
    tolerance: Annotated[Decimal, Field(ge=0, le=LIMIT, decimal_places=6)] = Decimal(0)
    unit: Text | None = None

    def findings(self) -> Iterator[Finding]:
        if self.tolerance and self.tolerance >= abs(self.key):
            yield "question.tolerance_wide", ("tolerance",), {"tolerance": self.tolerance}
