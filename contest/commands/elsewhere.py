"""`timhieu grade --responses` and `--scores`: results of what was gathered elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from contest.commands.grade import CannotGrade
from contest.directory import ContestDirectory
from contest.elsewhere.gathered import FromElsewhere, grade_file
from contest.elsewhere.messages import text
from contest.messages import text as contest_text
from contest.numbers import read_number
from contest.rules import Rules
from contest.sitting import prediction_decimals
from grading import OutputRefused, settled, write_results


def grade_elsewhere(
    directory: Path,
    round_ids: list[str],
    out: Path,
    *,
    responses: Path | None,
    scores: Path | None,
    final: bool,
    true_values: Sequence[str] = (),
) -> str:
    """Grade a file by the contest's files and write the results.

    Parameters
    ----------
    round_ids : list of str
        Rounds of the contest; empty: all.
    responses, scores : Path or None
        The file: exactly one of the two.
    final : bool
        Whether the organisers say that nothing will come in any more.
    true_values : sequence of str
        `ROUND=NUMBER`: what was predicted in a round, where the rules have it come from outside.

    Returns
    -------
    str
        A Vietnamese line that sums it up.

    Raises
    ------
    CannotGrade
        For both files or none, an unknown round, a true value that can't be one, a final result
        that lacks one, or an `out` that holds something else.
    ProblemsFound
        Where the contest's files or the rows have to be mended; nothing is written.
    """
    path = responses or scores
    if path is None:
        raise CannotGrade(text("cli.final"))
    if responses is not None and scores is not None:
        raise CannotGrade(text("cli.one"))
    contest = ContestDirectory(directory).load()
    known = [one.id for one in contest.rules.rounds]
    for round_id in round_ids:
        if round_id not in known:
            raise CannotGrade(text("cli.no_round", round=round_id, known=", ".join(known)))
    kind = "scores" if responses is None else "responses"
    values = _true_values(true_values, contest.rules, round_ids or known)
    found = grade_file(contest, path, kind, round_ids or known, final=final, true_values=values)
    pending = _pending(found)
    if final and pending:
        raise CannotGrade("\n".join(pending))
    try:
        write_results(out, found.results, found.extras, found.meta)
    except OutputRefused as error:
        raise CannotGrade(str(error)) from None
    is_final = settled(found.meta, found.results).final
    done = contest_text(
        "cli.grade.done",
        out=out,
        people=found.results.people["contestant_id"].nunique(),
        attempts=len(found.results.attempts),
        status=contest_text("status.final" if is_final else "status.provisional"),
    )
    waiting = sum(found.results.waiting.values())
    told = [text("cli.waiting", n=waiting)] if waiting else []
    return "\n".join([*map(str, found.advice), done, *told, *pending])


def _true_values(given: Sequence[str], rules: Rules, rounds: list[str]) -> dict[str, Decimal]:
    """Return the true value of every round that has one; CannotGrade with all that is wrong."""
    found: dict[str, Decimal] = {}
    wrong = []
    for one in given:
        round_id, _, typed = (part.strip() for part in one.partition("="))
        why, number = _true_value(round_id, typed, rules, rounds)
        spans = rounds if rules.prediction and rules.prediction.scope == "contest" else [round_id]
        if why is None and number is not None:
            if any(found.get(id_, number) != number for id_ in spans):
                why = "twice"
            found.update(dict.fromkeys(spans, number))
        if why is not None:
            values = {"round": round_id, "value": typed, "known": ", ".join(rounds)}
            wrong.append(text(f"cli.value.{why}", given=one, example=rounds[0], **values))
    if wrong:
        raise CannotGrade("\n".join(wrong))
    return found


def _true_value(
    round_id: str, typed: str, rules: Rules, rounds: list[str]
) -> tuple[str | None, Decimal | None]:
    """Return why a typed value can't be one (the end of a message's key), or the number."""
    prediction = rules.prediction
    if prediction is None or prediction.true_value != "outside":
        return "unused", None
    if not round_id or not typed:
        return "form", None
    if round_id not in rounds:
        return "round", None
    number = read_number(typed, prediction_decimals(prediction.quantity))
    return ("number", None) if number is None else (None, number)


def _pending(found: FromElsewhere) -> list[str]:
    """Return which rounds' true values aren't known, and the way out."""
    return [
        text(f"cli.pending.{predicted.pending}", round=round_id)
        for round_id, predicted in sorted(found.results.predicted.items())
        if predicted is not None and predicted.pending is not None
    ]
