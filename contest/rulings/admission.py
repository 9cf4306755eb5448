"""Who is admitted by rank: read from a result that `timhieu grade` wrote."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contest.rulings.case import Refused, near
from contest.rulings.messages import text
from questions.canonical import sha256

MANIFEST = "manifest.json"
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
    manifest = _manifest(out)
    other = manifest["contest"].get("id")
    if other != contest_id:
        raise Refused(text("no.result_contest", out=out, other=other, own=contest_id))
    if manifest.get("status") != "final":
        raise Refused(text("no.result_open", out=out))
    name = PEOPLE if board is None else BOARDS
    column, wanted = ("round", rank_round) if board is None else ("board", board)
    rows = _rows(out, name, manifest)
    known = {row.get(column, "") for row in rows}
    if wanted not in known:
        raise Refused(text("no.result_round", out=out, id=wanted, near=near(str(wanted), known)))
    chosen = [
        row["contestant_id"]
        for row in rows
        if row[column] == wanted and row["rank"] and int(row["rank"]) <= top
    ]
    digest = manifest["outputs"][name][:16]
    return Listed(chosen, text("origin.ranked", hash=digest, board=wanted, top=top))


def _manifest(out: Path) -> dict[str, Any]:
    try:
        data = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
        fits = isinstance(data["contest"], dict) and isinstance(data["outputs"], dict)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        fits = False
    if not fits:
        raise Refused(text("no.result", out=out))
    return data


def _rows(out: Path, name: str, manifest: dict[str, Any]) -> list[dict[str, str]]:
    try:
        raw = (out / name).read_bytes()
    except OSError:
        raw = b""
    if sha256(raw) != manifest["outputs"].get(name):
        raise Refused(text("no.result_file", file=name, out=out))
    lines = raw.decode("utf-8-sig").splitlines(keepends=True)
    return list(csv.DictReader(lines))
