"""Numbers as people type them."""

from __future__ import annotations

import re
from decimal import Decimal

from questions.folding import fold

MAX_DIGITS = 15

_SIGNS = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2212": "-", "\u2013": "-"})
_VIETNAMESE = re.compile(r"[+-]?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+)(?:,[0-9]+)?")
_PLAIN = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_ENGLISH = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")


def readings(typed: str, unit: str | None = None) -> list[Decimal]:
    """Return what a typed number may mean, the Vietnamese reading first.

    In Viet Nam "12.345" and "12 345" are twelve thousand and some, "7,5" is seven and a half.
    Where the signs may have been meant the other way round, that reading comes second.

    Parameters
    ----------
    unit : str or None
        May stand behind the number, however it is spelt.

    Returns
    -------
    list of Decimal
        Empty where it is no number.
    """
    value = _without_unit(typed.translate(_SIGNS).strip(), unit)
    if sum(sign.isdigit() for sign in value) > MAX_DIGITS:
        return []
    found = []
    if _VIETNAMESE.fullmatch(value):
        found.append(value.replace(".", "").replace(" ", "").replace(",", "."))
    if _PLAIN.fullmatch(value):
        found.append(value.replace(",", "."))
    if _ENGLISH.fullmatch(value):
        found.append(value.replace(",", ""))
    return list(dict.fromkeys(map(Decimal, found)))


def _without_unit(value: str, unit: str | None) -> str:
    number = re.match(r"[+-]?[0-9][0-9., ]*", value)
    if unit is None or number is None:
        return value
    end = number.end()
    return value[:end].strip() if fold(value[end:]) == fold(unit) else value


def shown(value: Decimal) -> str:
    """Return a number as Vietnamese write it: 12.345 and 92,5."""
    digits = f"{value:,f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return digits.translate(str.maketrans(",.", ".,"))
