"""`timhieu irt`: difficulty and discrimination of questions by item response theory."""

from __future__ import annotations

import asyncio
import csv
from pathlib import Path

from contest.commands.grade import CannotGrade, gather_directory
from contest.messages import text
from grading.analysis.irt import IRT_RESULTS, TooFewPapers, item_response
from grading.scored import score_round

SEED = "irt"


def write_irt(directory: Path, round_id: str, out: Path) -> str:
    """Estimate the questions of a round from its counted papers and write them as CSV.

    Returns
    -------
    str
        A Vietnamese line that sums it up.

    Raises
    ------
    CannotGrade
        Where there are too few papers, `girth` isn't installed, or the round can't be graded.
    """
    gathered = asyncio.run(gather_directory(directory, [round_id]))
    (given,) = gathered.rounds
    scored = score_round(gathered.attempts, gathered.answers, given)
    counted = scored.as_answered
    ids = counted.loc[counted["counted"] & (counted["waiting"] == 0), "attempt_id"].tolist()
    try:
        found = item_response(scored.marked, ids, f"{SEED}/{round_id}")
    except TooFewPapers as error:
        raise CannotGrade(text("cli.irt.few", n=error.papers)) from None
    except ModuleNotFoundError:
        raise CannotGrade(text("cli.irt.girth")) from None
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(IRT_RESULTS)
        for row in found.itertuples(index=False):
            writer.writerow([f"{cell:.4f}" if isinstance(cell, float) else cell for cell in row])
    return text("cli.irt.done", path=out, n=len(found))
