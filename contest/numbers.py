"""Numbers as contestants type them, and as Vietnamese pages show them."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

MAX_DIGITS = 12

_WHOLE = re.compile(r"[0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]+")
_DECIMAL = re.compile(r"[0-9]{1,3}(?:[.,][0-9]+)?")
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " "})


def read_number(typed: str, decimals: int) -> Decimal | None:
    """Return the number that was typed, or None where it can't be told.

    Whole numbers take dots or spaces between groups of three ("12.345"); with
    `decimals` > 0 a comma or a dot stands before the decimals ("87,65432").
    """
    value = typed.translate(_SPACES).strip()
    if decimals == 0:
        if not _WHOLE.fullmatch(value):
            return None
        digits = value.replace(".", "").replace(" ", "")
        return Decimal(int(digits)) if len(digits) <= MAX_DIGITS else None
    if not _DECIMAL.fullmatch(value):
        return None
    number = Decimal(value.replace(",", "."))
    exponent = number.as_tuple().exponent
    return number if isinstance(exponent, int) and -exponent <= decimals else None


def shown_number(value: Decimal | int) -> str:
    """Return a number as Vietnamese write it: 12.345 and 92,5."""
    number = Decimal(value)
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent > 0:
        number = number.quantize(Decimal(1))
    text = f"{number:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")


def round_half_up(value: Decimal, places: int) -> Decimal:
    """Return `value` with `places` decimals, halves away from zero."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
