"""What contestants predicted: the true value, and how far each guess lies from it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal, Inexact, InvalidOperation
from fractions import Fraction

import numpy as np
import pandas as pd

from grading.frames import CHOSEN, require
from grading.rules import Quantity
from grading.scoring import is_entry

PERCENT_DECIMALS = 5
"""Decimals of `percent_right`, as contests print it (87.65432)."""

_EXACT = Context(prec=200, traps=[Inexact, InvalidOperation])
"""Far more digits than a guess may have; a result that needs more is refused, not rounded."""


def true_value(quantity: Quantity, attempts: pd.DataFrame) -> Decimal | None:
    """Return the true value of what was predicted in one round.

    Parameters
    ----------
    quantity : str
        `people`: persons with at least one ended attempt that isn't excluded.
        `entries`: such attempts.
        `perfect_people`: persons whose counted attempt has every question right.
        `percent_right`: 100 * questions right / questions asked over all such attempts, rounded
        half up to 5 decimals. A response waiting for a marker is asked and not yet right.
    attempts : DataFrame
        CHOSEN of one round.

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
        perfect = (entries["correct"] == entries["questions"]) & (entries["questions"] > 0)
        return Decimal(int((perfect & entries["counted"]).sum()))
    asked = int(entries["questions"].sum())
    if asked == 0:
        return None
    return percent(Fraction(int(entries["correct"].sum()), asked))


def percent(part: Fraction) -> Decimal:
    """Return a part (0 to 1) as percent with 5 decimals, rounded half up, trailing zeros kept."""
    scaled = part * 100 * 10**PERCENT_DECIMALS
    return Decimal(int(scaled + Fraction(1, 2))).scaleb(-PERCENT_DECIMALS)


def prediction_errors(
    predictions: Sequence[Decimal | None], value: Decimal | None
) -> list[Decimal | None]:
    """Return the distance of each prediction from the true value, exactly.

    Null where there is no prediction or no true value. A guess above and one as far below have
    the same distance.

    Raises
    ------
    ValueError
        For a prediction that isn't a finite number or has more than 200 digits.
    """
    guesses = np.empty(len(predictions), dtype=object)
    guesses[:] = predictions
    codes, found = pd.factorize(guesses, use_na_sentinel=True)
    distances = [*(_distance(guess, value) for guess in found), None]
    return [distances[code] for code in codes.tolist()]


def _distance(guess: Decimal, value: Decimal | None) -> Decimal | None:
    if not isinstance(guess, Decimal) or not guess.is_finite():
        raise ValueError(f"prediction {guess!r} isn't a finite Decimal")
    if value is None:
        return None
    try:
        return _EXACT.subtract(guess, value).copy_abs()  # abs() would round
    except (Inexact, InvalidOperation):
        raise ValueError(f"prediction {guess!r} has too many digits") from None
