"""Exact values -> the texts and plain values that files hold."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from grading.frames import Column, integers
from grading.marks import FRACTION_DECIMALS, MICRO

OFFSET_MS = 7 * 3_600_000
"""Vietnamese time is seven hours ahead of UTC, summer and winter."""


def micro_text(value: int) -> str:
    """Return millionths as an exact decimal without trailing zeros: `170`, `7.5`, `-0.25`."""
    whole, rest = divmod(abs(value), MICRO)
    digits = f"{whole}.{rest:06d}".rstrip("0").rstrip(".")
    return f"-{digits}" if value < 0 else digits


def decimal_text(value: Decimal) -> str:
    """Return a decimal exactly, never in powers of ten and without trailing zeros."""
    digits = f"{value:f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits


def fraction_text(value: Fraction) -> str:
    """Return a fraction with 4 decimals, rounded half up (away from zero)."""
    scaled = int(abs(value) * 10**FRACTION_DECIMALS + Fraction(1, 2))
    whole, rest = divmod(scaled, 10**FRACTION_DECIMALS)
    sign = "-" if value < 0 and scaled else ""
    return f"{sign}{whole}.{rest:0{FRACTION_DECIMALS}d}"


def float_text(value: float) -> str:
    """Return a statistic with 10 significant digits, never in powers of ten."""
    return decimal_text(Decimal(f"{value:.9e}"))


def time_text(value: int) -> str:
    """Return milliseconds UTC in Vietnamese time, always with milliseconds and offset."""
    return _time_texts(np.array([value], dtype="int64"))[0]


def texts(values: pd.Series, spec: Column) -> list[str | None]:
    """Return a column as the texts that CSV files hold; None for null.

    Counts and milliseconds are whole numbers, marks and decimals exact, fractions rounded to 4
    decimals, statistics to 10 digits, times ISO 8601 with offset +07:00 and milliseconds, truth
    values `true` and `false`. Text stays as it is, whatever it begins with.
    """
    if spec.unit == "time":
        ms, null = integers(values)
        return _with_nulls(_time_texts(ms), null)
    codes, found = pd.factorize(values, use_na_sentinel=True)
    write = _WRITERS.get(spec.unit) or _PLAIN[spec.dtype]
    written = [*(write(value) for value in found.tolist()), None]
    return [written[code] for code in codes.tolist()]


def values(series: pd.Series, spec: Column) -> list[Any]:
    """Return a column as plain values, null as None.

    Texts and times as in `texts`, truth values as bool, counts and milliseconds as int, marks,
    decimals and fractions as the float nearest to what `texts` prints.
    """
    shown = texts(series, spec)
    if spec.dtype == "bool":
        return [text == "true" for text in shown]
    convert = _kind(spec)
    if convert is str:
        return shown
    return [None if text is None else convert(text) for text in shown]


def python_type(spec: Column) -> type:
    """Return what `values` gives for a column: str, int, float or bool."""
    return bool if spec.dtype == "bool" else _kind(spec)


def excel_times(values: pd.Series) -> list[float | None]:
    """Return milliseconds UTC as the day numbers of spreadsheets, in Vietnamese time."""
    ms, null = integers(values)
    days = (ms + OFFSET_MS) / 86_400_000 + 25_569  # days from 30/12/1899 to 1/1/1970
    return _with_nulls(days.tolist(), null)


def _kind(spec: Column) -> type:
    if spec.unit in ("micro", "decimal", "fraction") or spec.dtype == "float64":
        return float
    return str if spec.dtype == "string" or spec.unit == "time" else int


def _time_texts(ms: np.ndarray) -> list[str]:
    local = (ms + OFFSET_MS).astype("datetime64[ms]")
    return [f"{moment}+07:00" for moment in np.datetime_as_string(local, unit="ms").tolist()]


def _with_nulls(found: list[Any], null: np.ndarray) -> list[Any]:
    if not null.any():
        return found
    return [None if is_null else value for value, is_null in zip(found, null.tolist(), strict=True)]


_WRITERS: dict[str, Callable[[Any], str]] = {
    "micro": micro_text,
    "decimal": decimal_text,
    "fraction": fraction_text,
}
_PLAIN: dict[str, Callable[[Any], str]] = {
    "string": str,
    "int64": str,
    "Int64": str,
    "float64": float_text,
    "bool": lambda value: "true" if value else "false",
}
