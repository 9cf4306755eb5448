"""The rows of closed rounds -> the essays that were written. Only reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from contest.chains import checked_rows
from contest.frozen import FrozenRound
from contest.marking.marks import Key
from contest.replay import replay
from contest.store.snapshot import Snapshot
from grading.marks import MICRO, MarkStatus, mark
from questions import Essay


@dataclass(frozen=True)
class RoundEssays:
    """The essays of a round that is closed for good: they change no more.

    Attributes
    ----------
    frozen : FrozenRound
        With the rules that it is ranked by.
    texts : mapping
        Essay -> what was written.
    people : mapping
        Attempt id -> contestant id.
    """

    frozen: FrozenRound = field(repr=False)
    texts: Mapping[Key, str] = field(repr=False)
    people: Mapping[str, str] = field(repr=False)

    def question(self, key: Key) -> Essay:
        """Return the question that an essay answers."""
        found = self.frozen.bank.question_by_id[key[1]]
        assert isinstance(found, Essay)
        return found


def read_essays(snapshot: Snapshot, frozen: FrozenRound) -> RoundEssays:
    """Return the essays of a round; Tampered where a row was changed.

    Parameters
    ----------
    frozen : FrozenRound
        With the rules that the round is ranked by.
    """
    questions = {one.id: one for one in frozen.bank.questions if isinstance(one, Essay)}
    texts: dict[Key, str] = {}
    people: dict[str, str] = {}
    if questions:
        for attempt_id, rows in checked_rows(snapshot.rows(frozen.round.id)):
            result = replay(rows)
            for id_ in sorted(questions.keys() & result.responses.keys()):
                response = result.responses[id_]
                if mark(questions[id_], response, MICRO).status is MarkStatus.NEEDS_MARKER:
                    texts[attempt_id, id_] = str(response.get("text", ""))
                    people[attempt_id] = result.opened["contestant_id"]
    return RoundEssays(frozen, texts, people)
