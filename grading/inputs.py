"""What grading takes for a round beside the rows, and what it says of the prediction."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

import pandas as pd

from grading.adjusting import Adjustments
from grading.rules import GradingRules, Quantity
from questions import Bank


@dataclass(frozen=True)
class RoundInput:
    """What one round was frozen with, and what persons decided since.

    Attributes
    ----------
    round : str
        Round id, as in ATTEMPTS.
    bank : Bank
        The round's bank.
    units : DataFrame
        UNITS.
    rules : GradingRules
        The round's rules, as far as grading goes.
    adjustments : Adjustments
        What rulings amount to; that attempts are excluded stands in ATTEMPTS.
    """

    round: str
    bank: Bank
    units: pd.DataFrame
    rules: GradingRules
    adjustments: Adjustments = field(default_factory=Adjustments)


@dataclass(frozen=True)
class Predicted:
    """What was predicted in a round, and its true value.

    Attributes
    ----------
    true_value : Decimal or None
        None where there is nothing to divide by, or where it is pending.
    pending : str or None
        Why it isn't known yet: `outside`, nobody has set it; `rounds`, it spans rounds that aren't
        among those graded. A result with a pending value isn't final.
    """

    quantity: Quantity
    true_value: Decimal | None
    pending: str | None = None
