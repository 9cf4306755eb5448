"""`timhieu grade --responses` and `--scores`: results of what was gathered elsewhere."""

from __future__ import annotations

from pathlib import Path

from contest.commands.grade import CannotGrade
from contest.directory import ContestDirectory
from contest.elsewhere.gathered import grade_file
from contest.elsewhere.messages import text
from contest.messages import text as contest_text
from grading import OutputRefused, settled, write_results


def grade_elsewhere(
    directory: Path,
    round_ids: list[str],
    out: Path,
    *,
    responses: Path | None,
    scores: Path | None,
    final: bool,
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

    Returns
    -------
    str
        A Vietnamese line that sums it up.

    Raises
    ------
    CannotGrade
        For both files or none, an unknown round, or an `out` that holds something else.
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
    found = grade_file(contest, path, kind, round_ids or known, final=final)
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
    done += text("cli.waiting", n=waiting) if waiting else ""
    return "\n".join([*map(str, found.advice), done])
