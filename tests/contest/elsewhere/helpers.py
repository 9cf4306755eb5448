"""Files as another system would hand them over, and what a graded folder holds."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from contest.cli import main
from contest.elsewhere.sheet import RESPONSES, SCORES
from tests.factories import OPENS, moment


def iso(ms: int) -> str:
    """Return a time as ISO 8601 with the Vietnamese offset."""
    return f"{moment(ms).replace(' ', 'T')}+07:00"


def write(path: Path, rows: Iterable[Mapping[str, str]], columns: Iterable[str]) -> Path:
    """Write rows as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.DictWriter(file, list(columns), lineterminator="\n")
        sheet.writeheader()
        sheet.writerows(rows)
    return path


def person(n: int, **changed: str) -> dict[str, str]:
    """Return what every row of a person's attempt says alike."""
    start = OPENS + n * 60_000
    return {
        "contestant_id": f"ts{n}",
        "name": f"Thí sinh thử {n:05d}",
        "unit_id": "dv-1",
        "group": "chung",
        "attempt_id": f"bai{n}",
        "started_at": iso(start),
        "submitted_at": iso(start + 10 * 60_000),
        "prediction": "3",
        **changed,
    }


def scored(n: int, score: str, **changed: str) -> dict[str, str]:
    """Return a row of a file of scores."""
    return {**person(n), "score": score, "max_score": "60", **changed}


def scores_file(path: Path, rows: Iterable[Mapping[str, str]], *more: str) -> Path:
    """Write a file of scores."""
    return write(path, rows, [*SCORES, *more])


def responses_file(path: Path, rows: Iterable[Mapping[str, str]], *more: str) -> Path:
    """Write a file of responses."""
    return write(path, rows, [*RESPONSES, *more])


def grade(directory: Path, out: Path, *options: str) -> Result:
    """Run `timhieu grade`."""
    return CliRunner().invoke(main, ["grade", str(directory), "--out", str(out), *options])


def table(out: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a table of a result."""
    with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def manifest(out: Path) -> dict[str, Any]:
    """Return the manifest of a result."""
    return json.loads((out / "manifest.json").read_text(encoding="utf-8"))
