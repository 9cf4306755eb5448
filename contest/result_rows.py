"""One attempt's stored rows -> its rows in the frames that grading takes. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from contest.attempt import Row, State
from contest.chains import Tampered
from contest.frozen import FrozenRound
from contest.messages import text
from contest.replay import Replay, replay
from contest.rounds import deadline_with
from contest.rulings.decided import Decided
from contest.store.protocol import AttemptRecord
from contest.units import Units
from grading import Adjustments, RoundInput, from_rows
from grading.frames import UNITS
from questions.canonical import dumps


class Known(NamedTuple):
    """What is known beside an attempt's own rows.

    `now` is the time that attempts are judged by, ms UTC; `granted` the time granted, attempt
    id -> ms; `registered` when people registered, contestant id -> ms UTC.
    """

    now: int
    granted: Mapping[str, int]
    registered: Mapping[str, int]


def replayed(record: AttemptRecord, rows: list[Row]) -> Replay:
    """Return what an attempt's rows add up to.

    Raises
    ------
    Tampered
        Where its record isn't what its first row says.
    """
    opened = record.opened
    told = (opened["contestant_id"], opened["round"], opened["number"])
    if told != (record.contestant_id, record.round_id, record.number):
        raise Tampered(text("tampered.row", n=1, id=record.attempt_id))
    return replay(rows)


def attempt_row(
    frozen: FrozenRound, record: AttemptRecord, result: Replay, decided: Decided, known: Known
) -> tuple[Any, ...]:
    """Return an attempt as a row of ALL_ATTEMPTS.

    Past its deadline by `known.now` it counts as expired, before that as unfinished, unless it has
    its end row.

    Raises
    ------
    Tampered
        Where the rules that it was begun under are unknown.
    """
    if not frozen.knows(record):
        raise Tampered(text("tampered.row", n=1, id=record.attempt_id))
    granted = known.granted.get(record.attempt_id, 0)
    deadline = deadline_with(record, frozen, granted)
    state, submitted_at = "unfinished", None
    if result.state is State.SUBMITTED:
        state, submitted_at = "submitted", result.submitted_at
    elif result.state is State.EXPIRED or known.now >= deadline:
        state, submitted_at = "expired", deadline
    return (
        record.round_id,
        record.opened["group"],
        record.contestant_id,
        decided.units.get(record.contestant_id, record.opened["unit_id"]),
        record.attempt_id,
        record.number,
        state,
        decided.excluded_by(record.attempt_id, record.contestant_id) is not None,
        record.started_at,
        submitted_at,
        result.predicted,
        known.registered[record.contestant_id],
        granted,
        frozen.paper_rules(record).duration_ms,
    )


def answer_rows(
    frozen: FrozenRound, record: AttemptRecord, result: Replay
) -> list[tuple[Any, ...]]:
    """Return the questions of an attempt's paper, in its order, as rows of ALL_ANSWERS."""
    rows = []
    for position, question in enumerate(frozen.questions_of(record), start=1):
        id_ = question.id
        found = result.responses.get(id_)
        response = None if found is None else dumps(found)
        times = result.spent.get(id_), result.elapsed.get(id_)
        rows.append((record.attempt_id, position, id_, response, *times))
    return rows


def round_input(
    round_id: str, frozen: FrozenRound, decided: Decided, marked: Mapping[Any, int]
) -> RoundInput:
    """Return what a round is graded by.

    Parameters
    ----------
    frozen : FrozenRound
        With the rules that it is ranked by.
    marked : mapping
        What markers gave, (attempt id, question id) -> millionths; rulings go before.
    """
    marks = {**marked, **decided.marks}
    adjustments = Adjustments(decided.voids, decided.accepted, marks, decided.true_value)
    units, rules = units_frame(frozen.units), frozen.rules.grading(round_id)
    return RoundInput(round_id, frozen.bank, units, rules, adjustments)


def units_frame(units: Units) -> pd.DataFrame:
    """Return UNITS of a contest's units."""
    return from_rows(
        [
            (
                unit.unit_id,
                unit.name,
                unit.parent_id,
                unit.block,
                units.headcount(unit.unit_id),
                units.level(unit.unit_id),
            )
            for unit in units.units
        ],
        UNITS,
        "units",
    )
