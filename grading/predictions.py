"""What contestants predicted: the true value, and how far each guess lies from it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal, Inexact, InvalidOperation, localcontext
from fractions import Fraction

import numpy as np
import pandas as pd

from grading.frames import CHOSEN, integers, require
from grading.rules import Equal, Quantity
from grading.scoring import is_entry

PERCENT_DECIMALS = 5
"""Decimals of `percent_right`, as contests print it (87.65432)."""

_EXACT = Context(prec=200, traps=[Inexact, InvalidOperation])
"""Far more digits than a guess may have; a result that needs more is refused, not rounded."""


def true_value(quantity: Quantity, attempts: pd.DataFrame) -> Decimal | None:
    """Return the true value of what was predicted.

    Parameters
    ----------
    quantity : str
        `people`: persons with at least one ended attempt that isn't excluded.
        `entries`: such attempts.
        `perfect_people`: persons with a counted attempt that has every question right.
        `percent_right`: 100 * questions right / questions asked over all such attempts, rounded
        half up to 5 decimals. A response waiting for a marker is asked and not yet right.
    attempts : DataFrame
        CHOSEN of the rounds that it spans. Where excluded entries count, it was chosen as if none
        were excluded.

    Returns
    -------
    Decimal or None
        None where there is nothing to divide by.
    """
    require(attempts, CHOSEN, "attempts")
    entries = attempts[is_entry(attempts)]
    if quantity == "people":
        return Decimal(entries["contestant_id"].nunique())
    if quantity == "entries":
        return Decimal(len(entries))
    if quantity == "perfect_people":
        perfect = all_right(entries) & entries["counted"].to_numpy(dtype=bool)
        return Decimal(entries["contestant_id"][perfect].nunique())
    asked = int(entries["questions"].sum())
    if asked == 0:
        return None
    return percent(Fraction(int(entries["correct"].sum()), asked))


def all_right(attempts: pd.DataFrame) -> np.ndarray:
    """Return which attempts (of TOTALS) have every question right, and at least one question."""
    right, open_ = integers(attempts["correct"])
    questions = attempts["questions"].to_numpy("int64")
    return (right == questions) & (questions > 0) & ~open_


def percent(part: Fraction) -> Decimal:
    """Return a part (0 to 1) as percent with 5 decimals, rounded half up, trailing zeros kept."""
    scaled = part * 100 * 10**PERCENT_DECIMALS
    return Decimal(int(scaled + Fraction(1, 2))).scaleb(-PERCENT_DECIMALS)


def prediction_errors(
    predictions: Sequence[Decimal | None], value: Decimal | None
) -> list[Decimal | None]:
    """Return the distance of each prediction from the true value, exactly.

    Null where there is no prediction or no true value.

    Raises
    ------
    ValueError
        For a prediction that isn't a finite number or has more than 200 digits.
    """
    codes, signed = _signed(predictions, value)
    distances = [*(None if one is None else one.copy_abs() for one in signed), None]
    return [distances[code] for code in codes.tolist()]


def error_codes(
    predictions: Sequence[Decimal | None], value: Decimal | None, *, high: bool, equal: Equal
) -> np.ndarray:
    """Return int64 sort codes of the distances, smaller first; none comes after all others.

    Parameters
    ----------
    high : bool
        Whether the larger distance comes first.
    equal : str
        Two as far off, one above and one below: `same`, or which of them comes first.
    """
    codes, signed = _signed(predictions, value)
    sides = {"same": 0, "above_first": -1, "below_first": 1}[equal]
    keys = [
        None
        if one is None
        else (Fraction(one.copy_abs()) * (-1 if high else 1), sides * ((one > 0) - (one < 0)))
        for one in signed
    ]
    known = sorted({key for key in keys if key is not None})
    place = dict(zip(known, range(len(known)), strict=True))
    found = np.array([*(place.get(key, len(known)) for key in keys), len(known)], dtype="int64")
    return found[codes]


def _signed(
    predictions: Sequence[Decimal | None], value: Decimal | None
) -> tuple[np.ndarray, list[Decimal | None]]:
    """Return a code for each prediction (-1: none), and for each code guess - true value."""
    guesses = np.empty(len(predictions), dtype=object)
    guesses[:] = predictions
    codes, found = pd.factorize(guesses, use_na_sentinel=True)
    return codes, [_difference(guess, value) for guess in found]


def _difference(guess: Decimal, value: Decimal | None) -> Decimal | None:
    if not isinstance(guess, Decimal) or not guess.is_finite():
        raise ValueError(f"prediction {guess!r} isn't a finite Decimal")
    if value is None:
        return None
    try:
        return _EXACT.subtract(guess, value)
    except (Inexact, InvalidOperation):
        raise ValueError(f"prediction {guess!r} has too many digits") from None


def exact_sum(values: Sequence[Decimal]) -> Decimal:
    """Return the sum of distances, exactly."""
    with localcontext(_EXACT):
        return sum(values, Decimal(0))
