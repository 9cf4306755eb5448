"""A round graded on trial, in memory; nothing is written."""

from __future__ import annotations

from contest.results import gather
from contest.service import Service
from contest.store.sqlite import SqliteStore
from contest.ui.desk.matters import Graded, Row
from grading import grade

PEOPLE = ("contestant_id", "attempt_id", "status")
ITEMS = ("question_id", "stem", "flags", "notes")
ADVICE = ("attempt_id", "other_attempt_id", "kind", "explanation")


async def grade_on_trial(service: Service, store: SqliteStore, round_id: str) -> Graded | None:
    """Return what grading finds; None where the round can't be graded yet."""
    gathered = await gather(service.rounds, store, [round_id])
    try:
        found = grade(gathered.attempts, gathered.answers, gathered.people, gathered.rounds)
    except ValueError:  # such as a true value that isn't known yet
        return None
    return Graded(
        _rows(found.people, PEOPLE), _rows(found.items, ITEMS), _rows(found.advice, ADVICE)
    )


def _rows(frame: object, columns: tuple[str, ...]) -> list[Row]:
    """Return rows of a frame as plain data, nothing for what is null."""
    chosen = frame[list(columns)].astype(object)  # type: ignore[index]
    return chosen.where(chosen.notna(), None).to_dict("records")
