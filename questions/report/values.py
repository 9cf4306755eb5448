"""Numbers, dates and values of facts as Vietnamese writes them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from questions.model import DateValue, NumberValue
from questions.report.messages import text


def value_text(value: Any) -> str:
    """Return a fact's value as people write it: `khoảng 8.500 USD`, `15/03/2026`."""
    if isinstance(value, NumberValue):
        numbers = " - ".join(number_text(n) for n in (value.value, value.to) if n is not None)
        return text(f"bound.{value.bound}", value=f"{numbers} {value.unit}")
    if isinstance(value, DateValue):
        return " - ".join(date_text(day) for day in (value.value, value.to) if day)
    return str(value.value)


def number_text(value: Decimal) -> str:
    """Return a number with Vietnamese separators: 1.234,5."""
    return f"{value:,f}".translate(str.maketrans(",.", ".,"))


def date_text(value: str) -> str:
    """Return a partial date: 23/01/2026, 01/2026 or 2026."""
    year, *rest = value.split("-")
    if len(rest) == 2:
        month, day = rest
        return f"{day}/{month if int(month) < 3 else int(month)}/{year}"
    return "/".join([*rest, year])
