"""The rules that grading needs, as the organisers' file states them.

Marks are in `ScoringRules`; the order of people in `PeopleRanking` and `Board`; units in
`grading.unit_rules`; prizes in `grading.prize_rules`. Each default is what most contests do;
whatever real rules leave open has none.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StrictBool, model_validator

from grading.prize_rules import Prizes
from grading.unit_rules import UnitRanking
from questions.strict import Id, Strict, Text

Order = Literal["high", "low"]
"""Whether the higher or the lower value comes first."""

AttemptKey = Literal["score", "correct", "duration", "submitted_at", "number"]
"""What can choose between the attempts of one person."""

PersonKey = Literal[
    "score", "correct", "all_right", "prediction_error", "duration", "submitted_at", "started_at",
    "registered_at", "attempts", "maximum_papers",
]  # fmt: skip
"""What can separate two people.

`score` and `correct` as counted; `all_right` 1 where every question of the counted paper is right,
else 0; `prediction_error` in the predicted quantity; `duration`, `submitted_at`, `started_at` and
`registered_at` (first log-in) in milliseconds; `attempts` ended attempts that aren't excluded;
`maximum_papers` such attempts with full marks. Over several rounds, see `Board`.
"""

Quantity = Literal["people", "entries", "perfect_people", "percent_right"]
"""What contestants predict; see `grading.predictions`."""

Equal = Literal["same", "above_first", "below_first"]
"""What two predictions as far off are, one above and one below."""


# --- marks


class TimeWeight(Strict):
    """Points that fall with the time a question took; off unless the rules say so.

    `kahoot`: round(full * (1 - t / T / 2)), full below half a second. `classquiz`:
    int(full * (T - t) / T). Both to whole points; a partly right answer has its part of full.
    `seconds` is T, a longer t counts as T; t runs from the page's previous answer (or the opening)
    to the answer that counts. An answer worth points whose t isn't known waits for a marker.
    """

    scheme: Literal["kahoot", "classquiz"]
    seconds: Annotated[int, Field(strict=True, ge=1, le=3600)]


class ScoringRules(Strict):
    """How responses become marks.

    Attributes
    ----------
    rounding : str
        How a part of a millionth is rounded, once per question: halves away from zero, halves to
        the even neighbour, towards zero, away from zero.
    decimals : int
        Decimals of scores on pages and documents; files hold the exact score.
    wrong : Decimal
        Added for a wrong answer to a question with one right option, as a part of its full marks:
        `-0.25` takes a quarter away, as far as `floor_question` lets it. 0: nothing.
    multiple : str or None
        The scheme for questions with several right options, instead of each question's own.
    floor_question, floor_paper : bool
        Whether a question, or the whole paper, can't fall below 0. Without the first, the schemes
        for several right options may give less than nothing too.
    time : TimeWeight or None
        Points by time.
    """

    rounding: Literal["half_up", "half_even", "down", "up"] = "half_up"
    decimals: Annotated[int, Field(strict=True, ge=0, le=6)] = 2
    wrong: Annotated[Decimal, Field(ge=-1, le=0, decimal_places=6)] = Decimal(0)
    multiple: (
        Literal["all_or_nothing", "false", "false2", "true", "all", "none", "moodle"] | None
    ) = None
    floor_question: StrictBool = True
    floor_paper: StrictBool = True
    time: TimeWeight | None = None


# --- people


class AttemptSortKey(Strict):
    """One step in choosing the attempt that counts."""

    key: AttemptKey
    order: Order


class Counting(Strict):
    """Which attempt of a person counts; attempts equal in all keys: the earlier one."""

    keys: Annotated[tuple[AttemptSortKey, ...], Field(min_length=1)]


class Validity(Strict):
    """What an ended paper must have to be counted and ranked.

    A person without any such paper has the status `invalid`; the papers still are entries (lượt).

    `all_answered`: every question has an answer. `prediction`: a prediction was made.
    """

    all_answered: StrictBool = False
    prediction: StrictBool = False


class PersonSortKey(Strict):
    """One step in the order of people."""

    key: PersonKey
    order: Order


Ties = Literal["shared", "dense", "lot"]
"""Rows equal in every key. `shared`: the same rank, the ranks behind them are skipped (1, 2, 2, 4);
`dense`: the same rank, none is skipped (1, 2, 2, 3); `lot`: drawn, see `PeopleRanking.lot`."""

Resolution = Literal["ms", "s"]


class PeopleRanking(Strict):
    """The order of people, and what a full tie means.

    A person without a prediction comes after all who made one, whatever its error.

    Attributes
    ----------
    lot : str or None
        With `ties: lot`: the published text that the lot is drawn with. Rows equal in every key are
        sorted by SHA-256(lot + "/" + contestant id), which anybody can repeat.
    duration, submitted_at : str
        Whether times are compared to the millisecond or to the full second (cut off, not
        rounded); `submitted_at` holds for the opening and the log-in as well.
    """

    keys: Annotated[tuple[PersonSortKey, ...], Field(min_length=1)]
    ties: Ties
    lot: Text | None = None
    duration: Resolution = "ms"
    submitted_at: Resolution = "ms"

    @model_validator(mode="after")
    def _consistent(self) -> PeopleRanking:
        if len({key.key for key in self.keys}) != len(self.keys):
            raise ValueError("key_repeated")
        if (self.ties == "lot") != (self.lot is not None):
            raise ValueError("lot_missing" if self.lot is None else "lot_unused")
        return self


class Board(Strict):
    """A ranking over several rounds, beside those of each round.

    A person's figures over the rounds: score, correct, duration, attempts and maximum_papers are
    sums over the counted attempts; all_right counts the rounds; prediction_error is the sum of
    errors; submitted_at, started_at and registered_at the latest.

    Attributes
    ----------
    rounds : tuple of str
        The rounds it adds up.
    groups : str
        `apart`: each group has its own ranking; `together`: one for all.
    complete : bool
        Whether only people with a ranked attempt in every one of the rounds are ranked.
    """

    id: Id
    title: Text
    rounds: Annotated[tuple[Id, ...], Field(min_length=1)]
    groups: Literal["apart", "together"] = "apart"
    complete: StrictBool = False
    ranking: PeopleRanking


# --- predictions


class PredictionRules(Strict):
    """What a prediction is measured against. Nothing here has a default: real rules must say.

    Attributes
    ----------
    scope : str
        `round`: the quantity in the round; `contest`: in all rounds together (known when the last
        is closed).
    equal : str
        Two predictions as far off, one above and one below: `same`, or which of them is better.
    excluded_count : bool
        Whether entries removed by a ruling still count in the quantity.
    true_value : str
        `computed` from the rows, or `outside`: set by a ruling (a figure that somebody else
        publishes).
    """

    quantity: Quantity
    scope: Literal["round", "contest"]
    equal: Equal
    excluded_count: StrictBool
    true_value: Literal["computed", "outside"]


class GradingRules(Strict):
    """All that grading takes from the rules of one round.

    Attributes
    ----------
    points : Decimal
        Full marks of a question that names no points of its own.
    group_points : mapping
        The same for groups whose papers have other points.
    scoring : ScoringRules
        How responses become marks.
    counted : Counting
        Which attempt of a person counts.
    valid : Validity
        What a paper must have to be ranked.
    people, units : PeopleRanking, UnitRanking
        The orders of people and of units.
    boards : tuple of Board
        Rankings over several rounds.
    prediction : PredictionRules or None
        What contestants predicted; None where they predicted nothing.
    prizes : Prizes
        The prizes, of all rankings.
    duration : str
        Whether granted time counts as it was (`raw`) or in proportion (`scaled`).
    rounds : tuple of str
        All rounds of the contest as they follow each other; what spans the whole contest is known
        once all of them are graded. Empty: those that are graded.
    """

    points: Annotated[Decimal, Field(gt=0, le=1000, decimal_places=6)]
    group_points: dict[Id, Annotated[Decimal, Field(gt=0, le=1000, decimal_places=6)]] = Field(
        default_factory=dict
    )
    scoring: ScoringRules = ScoringRules()
    counted: Counting
    valid: Validity = Validity()
    people: PeopleRanking
    units: UnitRanking
    boards: tuple[Board, ...] = ()
    prediction: PredictionRules | None = None
    prizes: Prizes = Prizes()
    duration: Literal["raw", "scaled"] = "raw"
    rounds: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _predicted(self) -> GradingRules:
        keys = {key.key for key in self.people.keys}
        if "prediction_error" in keys and self.prediction is None:
            raise ValueError("prediction_missing")
        return self
