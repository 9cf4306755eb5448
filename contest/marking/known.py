"""What markers decided about one attempt, for its receipt."""

from __future__ import annotations

from contest.frozen import FrozenRound
from contest.marking.gathered import decided_marks
from contest.marking.marks import BadMark, Key
from contest.store.protocol import AttemptRecord, Store


async def marks_of(store: Store, record: AttemptRecord, frozen: FrozenRound) -> dict[Key, int]:
    """Return the essays of an attempt that are decided: their marks in millionths.

    By the rules that the round is ranked by. Marks that nobody can have given decide nothing:
    grading says so.
    """
    rows = await store.marks(record.attempt_id)
    if not rows:
        return {}
    try:
        return decided_marks(rows, frozen.at(frozen.round.closes_at - 1))
    except BadMark:
        return {}
