"""Contest directories for the real server: around the present, with rules changed by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from contest.clock import SystemClock
from contest.directory import ContestDirectory
from tests.factories import DAY, HOUR, write_contest

SAMPLE_RESULTS = "results_by: 2030-01-01"


def open_contest(
    path: Path, *, changes: dict[str, str] | None = None, **rules: Any
) -> ContestDirectory:
    """Write a sample contest that has been open for an hour and stays so for a day.

    `rules` are what `tests.factories.write_contest` takes; `changes` replaces lines of the
    rules file.
    """
    now = SystemClock().now()
    spans = {"opens": now - HOUR, "closes": now + DAY} if "windows" not in rules else {}
    directory = write_contest(path, **{"sample": True, **spans, **rules})
    change_rules(directory.path, changes or {})
    return directory


def change_rules(directory: Path, changes: dict[str, str]) -> None:
    """Replace lines of the rules file; each must be there."""
    file = directory / "the_le.yml"
    text = file.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def reveal(when: str) -> dict[str, str]:
    """Return the changes that let score, right answers and explanations be seen `when`."""
    changes = {
        f"  {name}: after_round": f"  {name}: {when}"
        for name in ("score", "right_answers", "explanations")
    }
    if when == "at_once":
        changes["  open_book: false"] = "  open_book: true"
    return changes


def many_units(count: int) -> str:
    """Return a list of `count` units under ten parents, without headcounts."""
    lines = ["unit_id,name,parent_id,block,headcount"]
    lines += [f"khoi-{n},Khối mẫu {n},,Khối {n}," for n in range(1, 11)]
    lines += [
        f"dv-{n},Đơn vị mẫu {n},khoi-{n % 10 + 1},Khối {n % 10 + 1}," for n in range(1, count - 10)
    ]
    lines.append("dv-dac-biet,Xã Nghĩa Đô mẫu,khoi-1,Khối 1,")
    return "\n".join(lines) + "\n"
