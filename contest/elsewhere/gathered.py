"""What was gathered elsewhere -> what grading takes, as `contest.results` makes it of rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from contest.directory import Contest
from contest.elsewhere.attempts import Attempt, Reading
from contest.elsewhere.messages import problem
from contest.elsewhere.needs import Kind, needs_of, refused
from contest.elsewhere.sheet import (
    MORE_RESPONSES,
    MORE_SCORES,
    RESPONSES,
    SCORES,
    read_sheet,
)
from contest.kit import code_hash, code_version
from contest.result_rows import units_frame
from grading import Extras, Meta, Results, RoundInput, RoundMeta, Source, from_rows, grade_scores
from grading import grade as grade_frames
from grading.adjusting import Adjustments
from grading.frames import ANSWERS, ATTEMPTS, PEOPLE, SCORED_ATTEMPTS
from questions.canonical import content_hash
from questions.problems import Problem, ProblemsFound


@dataclass(frozen=True)
class FromElsewhere:
    """A graded file: results, what goes into their files beside them, and what was otherwise than
    the rules say."""

    results: Results
    extras: Extras
    meta: Meta
    advice: tuple[Problem, ...] = ()


def grade_file(
    contest: Contest,
    path: Path,
    kind: Kind,
    round_ids: Sequence[str],
    *,
    final: bool,
    true_values: Mapping[str, Decimal] | None = None,
) -> FromElsewhere:
    """Grade a file of responses or of scores by the contest's files; no database is looked at.

    Parameters
    ----------
    contest : Contest
        Rules, units and bank.
    path : Path
        The file; see `contest.elsewhere.sheet`.
    kind : str
        `responses` or `scores`.
    round_ids : sequence of str
        Rounds of the contest. Rows that name no round are of the first one.
    final : bool
        Whether the organisers say that nothing will come in any more.
    true_values : mapping or None
        Round id -> what was predicted there, as others have published it.

    Raises
    ------
    ProblemsFound
        With everything that has to be mended.
    """
    wanted, more = (RESPONSES, MORE_RESPONSES) if kind == "responses" else (SCORES, MORE_SCORES)
    sheet, problems = read_sheet(path, wanted, more)
    rules = {id_: contest.rules.grading(id_) for id_ in round_ids}
    problems += [one for id_ in round_ids for one in refused(rules[id_], kind, path.name)]
    if sheet is None:
        raise ProblemsFound(problems)
    if "round" not in sheet.columns and len(round_ids) > 1:
        problems.append(problem("sheet.rounds", sheet.name, 1, known=", ".join(round_ids)))
        raise ProblemsFound(problems)
    reading = Reading(contest, sheet, round_ids, {id_: needs_of(rules[id_]) for id_ in round_ids})
    attempts = reading.responses() if kind == "responses" else reading.scores()
    if problems or reading.problems:
        raise ProblemsFound([*problems, *reading.problems, *reading.advice])
    there = [id_ for id_ in round_ids if any(one.round == id_ for one in attempts)]
    units = units_frame(contest.units)
    values = true_values or {}
    rounds = [
        RoundInput(id_, contest.bank, units, rules[id_], Adjustments(true_value=values.get(id_)))
        for id_ in there
    ]
    people = from_rows(_people(attempts), PEOPLE, "people")
    if kind == "responses":
        answers = from_rows(_answers(attempts), ANSWERS, "answers")
        results = grade_frames(_frame(attempts, kind), answers, people, rounds)
    else:
        results = grade_scores(_frame(attempts, kind), people, rounds)
    metas = {id_: _round_meta(contest, attempts, id_, final) for id_ in there}
    return FromElsewhere(
        results,
        Extras(contest.rules_text, groups={one.id: one.title for one in contest.rules.groups}),
        _meta(contest, attempts, metas, Source(kind, sheet.name, sheet.sha256)),
        tuple(sorted(reading.advice)),
    )


def _frame(attempts: Sequence[Attempt], kind: Kind) -> pd.DataFrame:
    numbers: dict[tuple[str, str], int] = {}
    rows = []
    for one in attempts:  # in the order of their times
        row = one.row
        person = (one.round, row["contestant_id"])
        numbers[person] = numbers.get(person, 0) + 1
        marks = (one.score, one.max_score, one.correct, one.questions or 0)
        rows.append(
            (
                one.round, row["group"], row["contestant_id"], row["unit_id"], row["attempt_id"],
                numbers[person], "submitted", False, one.started_at, one.submitted_at,
                one.prediction, *(marks if kind == "scores" else ()),
            )
        )  # fmt: skip
    contract = ATTEMPTS if kind == "responses" else SCORED_ATTEMPTS
    # Time that was granted isn't known here: durations count as they were.
    return from_rows(rows, contract, "attempts").assign(granted_ms=0, allowed_ms=1)


def _answers(attempts: Sequence[Attempt]) -> list[tuple[str, int, str, str | None]]:
    return [
        (one.row["attempt_id"], position, id_, response)
        for one in attempts
        for position, (id_, response) in enumerate(one.answers.items(), start=1)
    ]


def _people(attempts: Sequence[Attempt]) -> list[tuple[str, str | None]]:
    names = {one.row["contestant_id"]: one.row["name"] or None for one in attempts}
    return sorted(names.items())


def _meta(
    contest: Contest, attempts: Sequence[Attempt], rounds: dict[str, RoundMeta], source: Source
) -> Meta:
    about = contest.rules.contest
    ends = [one.submitted_at for one in attempts if one.submitted_at is not None]
    closes = [contest.rules.round(id_).closes_at for id_ in rounds]
    return Meta(
        about.id,
        about.title,
        about.sample,
        synthetic=False,
        as_of=max(ends or closes),
        code_version=code_version(),
        code_sha256=code_hash(),
        rounds=rounds,
        source=source,
    )


def _round_meta(
    contest: Contest, attempts: Sequence[Attempt], round_id: str, final: bool
) -> RoundMeta:
    mine = {one.row["attempt_id"]: one for one in attempts if one.round == round_id}
    return RoundMeta(
        final=final,
        bank=contest.bank.content_hash(),
        rules=contest.rules.content_hash(),
        units=contest.units.content_hash(),
        rows=content_hash([_content(one) for _, one in sorted(mine.items())]),
        rulings=content_hash([]),
    )


def _content(attempt: Attempt) -> list[Any]:
    """Return all that an attempt says but the name, whatever the order of its rows."""
    columns = ("contestant_id", "unit_id", "group", "attempt_id", "prediction")
    return [
        *(attempt.row[column] for column in columns),
        attempt.started_at,
        attempt.submitted_at,
        [attempt.score, attempt.max_score, attempt.correct, attempt.questions],
        sorted(attempt.answers.items()),
    ]
