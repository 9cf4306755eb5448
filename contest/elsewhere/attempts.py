"""Rows of a sheet -> attempts, with every problem that they have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from contest.clock import local
from contest.directory import Contest
from contest.elsewhere.cells import (
    CannotRead,
    read_count,
    read_decimal,
    read_micro,
    read_response,
    read_time,
)
from contest.elsewhere.messages import problem
from contest.elsewhere.needs import Needs
from contest.elsewhere.sheet import Row, Sheet
from contest.service import attempts_used
from questions.problems import Problem

SAME = ("round", "contestant_id", "name", "unit_id", "group", "started_at", "submitted_at",
        "prediction")  # fmt: skip
"""What all rows of an attempt say alike."""

_OF_PERSON = {"name": "row.name", "unit_id": "row.two_units", "group": "row.two_groups"}
"""What all attempts of a person say alike, and the problem where they don't."""

_FILLED = ("contestant_id", "unit_id", "group", "attempt_id")
_PRINTABLE = (*_FILLED, "name", "round", "question_id")


@dataclass
class Attempt:
    """An attempt as the file has it: times in ms UTC, scores in millionths.

    `row` is where it begins; `answers` are canonical responses by question,
    in the order of the rows; `asked` is how many questions the rows name, unknown ones too.
    """

    row: Row
    round: str
    started_at: int | None = None
    submitted_at: int | None = None
    prediction: Decimal | None = None
    answers: dict[str, str | None] = field(default_factory=dict)
    asked: int = 0
    score: int | None = None
    max_score: int | None = None
    correct: int | None = None
    questions: int | None = None


class Reading:
    """Reads the rows of one file.

    Parameters
    ----------
    contest : Contest
        Whose rules, units and bank the rows must fit.
    sheet : Sheet
        The file.
    rounds : sequence of str
        The rounds that attempts may be of; rows without a round are of the first.
    needs : mapping
        Round id -> what its rules need.

    Attributes
    ----------
    problems, advice : list of Problem
        What must be mended, and what was otherwise than the rules say: it may have been so.
    """

    def __init__(
        self, contest: Contest, sheet: Sheet, rounds: Sequence[str], needs: Mapping[str, Needs]
    ) -> None:
        self.contest, self.sheet, self.rounds, self.needs = contest, sheet, rounds, needs
        self.groups = {group.id for group in contest.rules.groups}
        self.problems: list[Problem] = []
        self.advice: list[Problem] = []
        self.attempts: dict[str, Attempt] = {}
        self._read: dict[tuple[str, str], str | None] = {}

    def responses(self) -> list[Attempt]:
        """Return the attempts of a file of responses."""
        questions = self.contest.bank.question_by_id
        lines: dict[tuple[str, str], int] = {}
        for row in self.sheet.rows:
            attempt = self._attempt(row)
            id_ = row["question_id"]
            first = lines.setdefault((row["attempt_id"], id_), row.number) if id_ else row.number
            if attempt is not None and first == row.number:
                attempt.asked += 1
            if not id_:
                self._say("cell.empty", row, column="question_id")
            elif id_ not in questions:
                self._say("row.question", row, id=id_)
            elif first != row.number:
                values = {"id": row["attempt_id"], "question": id_, "first": first}
                self._say("row.repeated", row, **values)
            elif attempt is not None:
                attempt.answers[id_] = self._response(row, questions[id_])
        for attempt in self.attempts.values():
            self._length(attempt)
        return self._checked()

    def scores(self) -> list[Attempt]:
        """Return the attempts of a file of scores."""
        for row in self.sheet.rows:
            known = self.attempts.get(row["attempt_id"])
            if known is not None:
                values = {"id": row["attempt_id"], "first": known.row.number}
                self._say("row.attempt_repeated", row, **values)
                continue
            attempt = self._attempt(row)
            if attempt is not None:
                self._scored(attempt)
        return self._checked()

    def _say(self, code: str, row: Row, **values: object) -> None:
        self.problems.append(problem(code, self.sheet.name, row.number, **values))

    def _advise(self, code: str, row: Row, **values: object) -> None:
        self.advice.append(problem(code, self.sheet.name, row.number, advice=True, **values))

    # --- cells

    def _attempt(self, row: Row) -> Attempt | None:
        """Return the row's attempt; None where the row can't be told to belong to one."""
        id_ = row["attempt_id"]
        for column in _PRINTABLE:
            if not row[column].isprintable():
                self._say("cell.unseen", row, column=column)
        if id_ in self.attempts:
            known = self.attempts[id_].row
            for column in SAME:
                if row[column] != known[column]:
                    values = {"column": column, "value": row[column], "other": known[column]}
                    self._say("row.differs", row, id=id_, first=known.number, **values)
            return self.attempts[id_]
        for column in _FILLED:
            if not row[column]:
                self._say("cell.empty", row, column=column)
        if row["unit_id"] and row["unit_id"] not in self.contest.units.by_id:
            self._say("row.unit", row, id=row["unit_id"])
        if row["group"] and row["group"] not in self.groups:
            self._say("row.group", row, id=row["group"], known=", ".join(sorted(self.groups)))
        round_id = row["round"] or self.rounds[0]
        if round_id not in self.rounds:
            self._say("row.round", row, id=round_id, known=", ".join(self.rounds))
            return None
        if not id_:
            return None
        attempt = Attempt(row, round_id)
        self.attempts[id_] = attempt
        self._moments(attempt)
        return attempt

    def _moments(self, attempt: Attempt) -> None:
        row, needs = attempt.row, self.needs[attempt.round]
        before = len(self.problems)
        attempt.started_at = self._cell(row, "started_at", read_time)
        attempt.submitted_at = self._cell(row, "submitted_at", read_time)
        attempt.prediction = self._cell(row, "prediction", read_decimal)
        if len(self.problems) == before:
            for column in sorted(needs.times):
                if not row[column]:
                    self._say("row.time_needed", row, column=column, keys=", ".join(needs.keys))
        if attempt.prediction is not None and self.contest.rules.prediction is None:
            self._say("row.prediction", row)
        start, end = attempt.started_at, attempt.submitted_at
        if start is not None and end is None and not row["submitted_at"]:
            self._say("row.half", row)
        if start is not None and end is not None and end < start:
            self._say("row.backwards", row)
        round_ = self.contest.rules.round(attempt.round)
        if start is None:
            return
        window = round_.window_at(start)
        if window is None:
            self._say("row.outside", row, round=attempt.round)
        elif end is not None and row["group"] in self.groups:
            self._took(attempt, start, end, window[1])

    def _took(self, attempt: Attempt, start: int, end: int, closes: int) -> None:
        """Tell a paper that took longer than the rules allow: time may have been granted."""
        paper = self.contest.rules.paper_of(attempt.round, attempt.row["group"])
        grace = paper.grace_seconds * 1000
        if end - start > paper.duration_ms + grace:
            values = {"minutes": (end - start) // 60_000, "allowed": paper.duration_ms // 60_000}
            self._advise("row.long", attempt.row, id=attempt.row["attempt_id"], **values)
        if end > closes + grace:
            values = {"round": attempt.round, "closes": f"{local(closes):%H:%M %d/%m/%Y}"}
            self._advise("row.late", attempt.row, id=attempt.row["attempt_id"], **values)

    def _cell(self, row: Row, column: str, read: Callable[[str], Any]) -> Any:
        try:
            return read(row[column])
        except CannotRead as error:
            self._say(error.code, row, column=column, value=row[column], **error.values)
            return None

    def _response(self, row: Row, question: Any) -> str | None:
        key = (question.id, row["response"])
        if key not in self._read:
            try:
                self._read[key] = read_response(question, row["response"])
            except CannotRead as error:
                values = {"question": question.id, "value": row["response"], **error.values}
                self._say(error.code, row, **values)
                return None
        return self._read[key]

    def _scored(self, attempt: Attempt) -> None:
        row = attempt.row
        before = len(self.problems)
        attempt.score = self._cell(row, "score", read_micro)
        attempt.max_score = self._cell(row, "max_score", read_micro)
        attempt.correct = self._cell(row, "correct", read_count)
        attempt.questions = self._cell(row, "questions", read_count)
        wanted = ["score", "max_score"]
        if self.needs[attempt.round].correct or row["correct"] or row["questions"]:
            wanted += ["correct", "questions"]
        for column in wanted:
            if not row[column]:
                self._say("cell.empty", row, column=column)
        if len(self.problems) > before:
            return
        assert attempt.score is not None and attempt.max_score is not None
        least = 0 if self.contest.rules.scoring.floor_paper else -attempt.max_score
        if attempt.max_score <= 0 or not least <= attempt.score <= attempt.max_score:
            self._say("row.score", row, score=row["score"], most=row["max_score"])
        if (attempt.correct or 0) > (attempt.questions or 0):
            self._say("row.correct", row, correct=row["correct"], questions=row["questions"])

    # --- what only all rows together tell

    def _length(self, attempt: Attempt) -> None:
        if attempt.row["group"] not in self.groups:
            return
        wanted = self.contest.rules.paper_of(attempt.round, attempt.row["group"]).length
        if attempt.asked != wanted:
            values = {"id": attempt.row["attempt_id"], "found": attempt.asked}
            self._say("row.length", attempt.row, wanted=wanted, **values)

    def _checked(self) -> list[Attempt]:
        known: dict[str, Row] = {}
        for attempt in self.attempts.values():
            row = attempt.row
            first = known.setdefault(row["contestant_id"], row)
            for column, code in _OF_PERSON.items():
                if first[column] != row[column]:
                    values = {"value": row[column], "other": first[column], "first": first.number}
                    self._say(code, row, id=row["contestant_id"], **values)
        found = list(in_order(self.attempts.values()))
        for _, attempts in sorted(_by_person(found, by_round=False).items()):
            self._allowed(attempts)
        for (round_id, *_), attempts in sorted(_by_person(found, by_round=True).items()):
            if len(attempts) > 1:
                self._told_apart(attempts, self.needs[round_id])
        return found

    def _told_apart(self, attempts: list[Attempt], needs: Needs) -> None:
        for attempt in attempts:
            for column in sorted(needs.between_attempts - needs.times):
                if not attempt.row[column]:
                    values = {"id": attempt.row["contestant_id"], "n": len(attempts)}
                    self._say("row.time_between", attempt.row, column=column, **values)

    def _allowed(self, attempts: list[Attempt]) -> None:
        rules = self.contest.rules
        limit, per = rules.attempts.limit, rules.attempts.per
        if limit is None:
            return
        before: dict[str, list[int]] = {}
        for attempt in attempts:
            key = "" if per == "contest" else attempt.round
            starts = before.setdefault(key, [])
            start = attempt.started_at
            if start is None and per not in ("round", "contest"):
                continue
            starts.append(start or 0)
            used = attempts_used(rules, rules.round(attempt.round), starts, start or 0)
            if used > limit:
                values = {"id": attempt.row["contestant_id"], "n": used, "limit": limit}
                self._say("row.limit", attempt.row, **values)


def in_order(attempts: Sequence[Attempt] | Any) -> Iterator[Attempt]:
    """Yield attempts by start, end and id; those without times, by id, behind the others."""

    def place(attempt: Attempt) -> tuple[Any, ...]:
        start, end = attempt.started_at, attempt.submitted_at
        return start is None, start or 0, end is None, end or 0, attempt.row["attempt_id"]

    yield from sorted(attempts, key=place)


def _by_person(
    attempts: Sequence[Attempt], *, by_round: bool
) -> dict[tuple[str, ...], list[Attempt]]:
    found: dict[tuple[str, ...], list[Attempt]] = {}
    for attempt in attempts:
        person = attempt.row["contestant_id"]
        key = (attempt.round, person) if by_round else (person,)
        found.setdefault(key, []).append(attempt)
    return found
