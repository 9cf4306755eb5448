"""Who is admitted by rank: read from a result that `timhieu grade` wrote."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from contest.result_folder import NoResult, NotWhole, open_folder
from contest.rulings.case import Refused, near
from contest.rulings.messages import text

PEOPLE = "ca_nhan.csv"
BOARDS = "bang.csv"


@dataclass(frozen=True)
class Listed:
    """Contestants in the order of the ranking, and where it stands, in words."""

    contestants: list[str]
    origin: str


def ranked(
    out: Path, contest_id: str, board: str | None, rank_round: str | None, top: int
) -> Listed:
    """Return who stands on rank `top` or before, in each group, in a final result.

    Raises
    ------
    Refused
        Where the folder is no result, of another contest, provisional, or was changed.
    """
    try:
        result = open_folder(out)
    except NoResult:
        raise Refused(text("no.result", out=out)) from None
    other = result.manifest["contest"].get("id")
    if other != contest_id:
        raise Refused(text("no.result_contest", out=out, other=other, own=contest_id))
    if not result.final:
        raise Refused(text("no.result_open", out=out))
    name = PEOPLE if board is None else BOARDS
    column, wanted = ("round", rank_round) if board is None else ("board", board)
    try:
        rows = result.rows(name)
    except NotWhole:
        raise Refused(text("no.result_file", file=name, out=out)) from None
    known = {row.get(column, "") for row in rows}
    if wanted not in known:
        raise Refused(text("no.result_round", out=out, id=wanted, near=near(str(wanted), known)))
    chosen = [
        row["contestant_id"]
        for row in rows
        if row[column] == wanted and row["rank"] and int(row["rank"]) <= top
    ]
    digest = result.outputs[name][:16]
    return Listed(chosen, text("origin.ranked", hash=digest, board=wanted, top=top))
