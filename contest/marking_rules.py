"""What the thể lệ says of essays that people mark: the key `marking`."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from questions.strict import Strict

MICRO = 1_000_000

_Points = Annotated[Decimal, Field(ge=0, le=1000, decimal_places=6)]


class Marking(Strict):
    """How two markers' points become one mark.

    Attributes
    ----------
    allowed_percent : Decimal
        The two differ where their totals are further apart than this part of the question's
        points.
    allowed_points : Decimal or None
        The same in points, instead of the part; None: the part holds.
    third : str
        What a third marker's points make of it: `closest`, the mean of the two totals next to
        each other (as far apart on both sides: the one in the middle); `third`, they are the mark;
        `mean`, the mean of all three.
    step : Decimal
        Points of a criterion are whole multiples of it, or all that the criterion gives.
    """

    allowed_percent: Annotated[Decimal, Field(ge=0, le=100, decimal_places=6)] = Decimal(10)
    allowed_points: _Points | None = None
    third: Literal["closest", "third", "mean"] = "closest"
    step: Annotated[Decimal, Field(gt=0, le=1000, decimal_places=6)] = Decimal("0.25")

    def allowed(self, full_micro: int) -> Fraction:
        """Return by how many millionths the totals of a question worth `full_micro` may differ."""
        if self.allowed_points is not None:
            return Fraction(self.allowed_points) * MICRO
        return Fraction(self.allowed_percent) * full_micro / 100
