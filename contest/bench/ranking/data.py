"""Entries of made-up people, the same for the same numbers: integers alone, no names."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

ENTRIES = 7_147_441
PEOPLE = 2_032_004
UNITS = 2_558
QUESTIONS = 17
POINTS_MICRO = 10_000_000
ROUND_MS = 21 * 86_400_000
OPENS_MS = 1_795_395_600_000
SEED = 20261129

PEOPLE_COLUMNS = (
    "rank", "person", "attempt", "score", "error", "duration", "submitted", "decided_by",
)  # fmt: skip
UNIT_COLUMNS = ("rank", "unit", "people", "attempts", "share", "mean", "decided_by")
PEOPLE_KEYS = ("score", "prediction_error", "duration", "submitted_at")
UNIT_KEYS = ("share", "people", "mean_score", "attempts")
DECIDED = (*PEOPLE_KEYS, *UNIT_KEYS, "tie")
"""What `decided_by` may hold; compared by place here."""


@dataclass(frozen=True)
class Entries:
    """What both sides rank.

    Attributes
    ----------
    frame : DataFrame
        attempt, person, unit, score (millionths), prediction, duration (ms), submitted (ms UTC);
        rows in no order.
    headcount : array of int64
        Of each unit.
    true_value : int
        What was predicted.
    """

    frame: pd.DataFrame
    headcount: np.ndarray
    true_value: int


def made_up(entries: int, seed: int = SEED) -> Entries:
    """Return entries of proportionally many people and units.

    Everybody has one entry at least; scores pile up at the top, predictions on round numbers,
    durations on whole seconds, so that every key decides somewhere and some are equal in all.
    """
    rng = np.random.default_rng(seed)
    people = max(1, round(entries * PEOPLE / ENTRIES))
    units = max(1, min(UNITS, people))
    unit_of = (units * rng.random(people) ** 2).astype("int16")
    person = np.concatenate(
        [
            np.arange(people, dtype="int32"),
            rng.integers(0, people, entries - people, dtype="int32"),
        ]
    )
    rng.shuffle(person)
    right = rng.binomial(QUESTIONS, 0.8, entries).astype("int32")
    guesses = rng.normal(people, people / 4, entries).round(-2).clip(0).astype("int32")
    frame = pd.DataFrame(
        {
            "attempt": rng.permutation(entries).astype("int32"),
            "person": person,
            "unit": unit_of[person],
            "score": right * np.int32(POINTS_MICRO),
            "prediction": guesses,
            "duration": rng.integers(60, 1200, entries, dtype="int32") * np.int32(1000),
            "submitted": OPENS_MS + rng.integers(0, ROUND_MS // 1000, entries) * 1000,
        },
        copy=False,
    )
    headcount = np.bincount(unit_of, minlength=units) * 2 + 50
    return Entries(frame, headcount.astype("int64"), people)
