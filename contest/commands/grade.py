"""`timhieu grade`: rows in, result files out; nothing in the contest is changed."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tqdm import tqdm

from contest.chains import Tampered
from contest.directory import ContestDirectory
from contest.marking.gathered import Cut
from contest.messages import text
from contest.results import Gathered, gather
from contest.rounds import Rounds
from contest.rulings.models import Ruling
from contest.store.sqlite import SqliteStore
from grading import OutputRefused, Results, grade, settled, write_results


class CannotGrade(RuntimeError):
    """There is nothing to grade, or it can't be; the message says why, in Vietnamese."""


def grade_directory(
    directory: Path, round_ids: list[str], out: Path, until: int | None = None
) -> str:
    """Grade rounds (all that were opened, if none is named) and write the results.

    Parameters
    ----------
    until : int or None
        Only the first so many rulings are graded by, and the marks of essays that were given
        before the next one; None: all.

    Returns
    -------
    str
        A Vietnamese line that sums it up.

    Raises
    ------
    CannotGrade
        Where a round never opened, a row was changed, a closed round lacks a true value that comes
        from outside, or `out` holds something else.
    """
    gathered = asyncio.run(gather_directory(directory, round_ids, until))
    results = grade(gathered.attempts, gathered.answers, gathered.people, gathered.rounds)
    _refuse_without_true_value(directory, gathered, results)
    try:
        write_results(out, results, gathered.extras, gathered.meta)
    except OutputRefused as error:
        raise CannotGrade(str(error)) from None
    done = text(
        "cli.grade.done",
        out=out,
        people=results.people["contestant_id"].nunique(),
        attempts=len(results.attempts),
        status=text(
            "status.final" if settled(gathered.meta, results).final else "status.provisional"
        ),
    )
    waiting = sum(results.waiting.values())
    told = [text("cli.grade.waiting", n=waiting, directory=directory)] if waiting else []
    return "\n".join([done, *told])


def _refuse_without_true_value(directory: Path, gathered: Gathered, results: Results) -> None:
    """A round that is closed for good has a final result, or none."""
    missing = [
        text("cli.grade.no_value", round=round_id, directory=directory)
        for round_id, predicted in sorted(results.predicted.items())
        if predicted is not None
        and predicted.pending == "outside"
        and gathered.meta.rounds[round_id].final
    ]
    if missing:
        raise CannotGrade("\n".join(missing))


async def gather_directory(
    directory: Path, round_ids: list[str], until: int | None = None
) -> Gathered:
    """Read rounds of a contest (all that were opened, if none is named); see `gather`.

    Raises
    ------
    CannotGrade
        Where there is no database, a round never opened, or a row was changed.
    """
    contest = ContestDirectory(directory)
    if not contest.database.exists():
        raise CannotGrade(text("cli.no_database", directory=directory))
    try:
        return await _gather(contest, round_ids, until)
    except Tampered as found:
        raise CannotGrade(text("cli.grade.tampered", place=found.place)) from None


async def _gather(contest: ContestDirectory, round_ids: list[str], until: int | None) -> Gathered:
    def first(rulings: list[Ruling]) -> list[Ruling]:
        if until is not None and until > len(rulings):
            raise CannotGrade(text("cli.grade.no_ruling", n=until, count=len(rulings)))
        return rulings[:until]

    store = SqliteStore(contest.database)
    try:
        rounds = Rounds(contest, store)
        opened = [action.subject for action in await store.actions("freeze")]
        if not opened:
            raise CannotGrade(text("cli.grade.none"))
        for round_id in round_ids:
            if round_id not in opened:
                raise CannotGrade(text("cli.grade.no_round", round=round_id))
        attempts = (await store.counts())["attempts"]
        with tqdm(total=attempts, unit=text("cli.unit.attempts"), delay=2) as bar:
            return await gather(
                rounds, store, round_ids or opened, bar.update, first, cut=Cut(ruling=until)
            )
    finally:
        await store.close()
