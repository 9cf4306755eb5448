"""The kinds of numbers that rules are made of."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

Points = Annotated[Decimal, Field(ge=-1000, le=1000, decimal_places=6)]
Share = Annotated[Decimal, Field(ge=0, le=1, decimal_places=6)]
Count = Annotated[int, Field(strict=True, ge=0, le=10_000_000)]
Some = Annotated[int, Field(strict=True, ge=1, le=10_000_000)]
