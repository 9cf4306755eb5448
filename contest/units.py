"""The units contestants belong to: a fixed tree, read from `don_vi.csv`."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from contest.messages import problem
from questions.canonical import content_hash, nfc
from questions.problems import Problem
from questions.problems import make as bank_problem

COLUMNS = ("unit_id", "name", "parent_id", "block", "headcount")


@dataclass(frozen=True)
class Unit:
    """An organisation. `headcount` is None where the organisers gave none."""

    unit_id: str
    name: str
    parent_id: str | None = None
    block: str | None = None
    headcount: int | None = None


@dataclass(frozen=True)
class Units:
    """All units of a contest, in the order of the file; `rows` tells where each stood."""

    units: tuple[Unit, ...]
    rows: dict[str, int] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def by_id(self) -> dict[str, Unit]:
        """Units by id."""
        return {unit.unit_id: unit for unit in self.units}

    @cached_property
    def children(self) -> dict[str | None, tuple[Unit, ...]]:
        """Units by parent, in Vietnamese alphabetical order; None holds the top level."""
        below: dict[str | None, list[Unit]] = {}
        for unit in self.units:
            below.setdefault(unit.parent_id, []).append(unit)
        return {
            parent: tuple(sorted(units, key=lambda unit: sort_key(unit.name)))
            for parent, units in below.items()
        }

    @cached_property
    def leaves(self) -> tuple[Unit, ...]:
        """Units without units below them, in the order of the file."""
        return tuple(unit for unit in self.units if unit.unit_id not in self.children)

    @cached_property
    def listed(self) -> tuple[Unit, ...]:
        """All units, each behind the one it belongs to, siblings in alphabetical order."""
        found: list[Unit] = []

        def add(parent: str | None) -> None:
            for unit in self.children.get(parent, ()):
                found.append(unit)
                add(unit.unit_id)

        add(None)
        return tuple(found)

    @cached_property
    def _folded(self) -> tuple[tuple[Unit, str], ...]:
        return tuple((unit, fold(unit.name)) for unit in self.listed)

    def search(self, query: str) -> list[Unit]:
        """Return the units whose name holds all words of `query`, in any order and without marks.

        Units whose name has the words with their very marks come first. Where no name holds them
        all, names together with those of the units above are looked at: of many units with the
        same name people type the place too.
        """
        words = fold(query).split()
        found = [unit for unit, name in self._folded if all(word in name for word in words)]
        exact = query.casefold().split()
        found.sort(key=lambda unit: not all(word in unit.name.casefold() for word in exact))
        return found or self._with_parents(words)

    def _with_parents(self, words: list[str]) -> list[Unit]:
        """Return the units that hold all words together with the unit above, and some alone."""
        names = {unit.unit_id: name for unit, name in self._folded}
        return [
            unit
            for unit, name in self._folded
            if unit.parent_id is not None
            and any(word in name for word in words)
            and all(word in name or word in names[unit.parent_id] for word in words)
        ]

    def level(self, unit_id: str) -> int:
        """Return 1 for a top unit, 2 for one below it, and so on."""
        return len(self.path(unit_id))

    def path(self, unit_id: str) -> tuple[Unit, ...]:
        """Return the unit and everything above it, the unit itself first."""
        found = [self.by_id[unit_id]]
        while (parent := found[-1].parent_id) is not None:
            found.append(self.by_id[parent])
        return tuple(found)

    def headcount(self, unit_id: str) -> int | None:
        """Return the unit's own headcount, or the sum of its children's where it has none.

        None where a child's is unknown as well.
        """
        own = self.by_id[unit_id].headcount
        if own is not None or unit_id not in self.children:
            return own
        below = [self.headcount(child.unit_id) for child in self.children[unit_id]]
        known = [count for count in below if count is not None]
        return sum(known) if len(known) == len(below) else None

    def to_data(self) -> list[list[Any]]:
        """Return the units as plain data; `from_data` reads it back."""
        return [[u.unit_id, u.name, u.parent_id, u.block, u.headcount] for u in self.units]

    @classmethod
    def from_data(cls, data: list[list[Any]]) -> Units:
        """Read what `to_data` returned."""
        return cls(tuple(Unit(*row) for row in data))

    def content_hash(self) -> str:
        """Return the SHA-256 of the list."""
        return content_hash(self.to_data())

    @cached_property
    def digest(self) -> str:
        """The same, reckoned once: every page of the search names it."""
        return self.content_hash()


def fold(value: str) -> str:
    """Return `value` without tone marks and case, đ as d: what people type on a hurried phone."""
    decomposed = unicodedata.normalize("NFD", value.casefold().replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def sort_key(name: str) -> tuple[str, str]:
    """Return a key that sorts Vietnamese names as a clerk would: letters first, then marks."""
    decomposed = unicodedata.normalize("NFD", name.casefold().replace("đ", "dz"))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    # Numbers sort by value, so that "Đơn vị 9" stands before "Đơn vị 10".
    padded = "".join(
        part.zfill(8) if part.isdigit() else part for part in _split_digits(plain)
    )  # fmt: skip
    return padded, decomposed


def _split_digits(value: str) -> Iterator[str]:
    part = ""
    for letter in value:
        if part and part[-1].isdigit() != letter.isdigit():
            yield part
            part = ""
        part += letter
    yield part


def read_units(path: Path, name: str) -> tuple[Units | None, list[Problem]]:
    """Read a unit list.

    Returns
    -------
    (Units or None, list of Problem)
        None when there is any problem; rows are counted as lines of the file.
    """
    try:
        raw = nfc(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return None, [bank_problem("file.missing", name, 0)]
    except (OSError, UnicodeDecodeError):
        return None, [bank_problem("file.unreadable", name, 0)]
    reader = csv.DictReader(io.StringIO(raw, newline=""), strict=True)
    try:
        header = tuple(reader.fieldnames or ())
    except csv.Error:
        header = ()
    if header != COLUMNS:
        return None, [problem("units.header", name, 1, wanted=",".join(COLUMNS))]
    problems: list[Problem] = []
    lines: dict[str, int] = {}
    units: list[Unit] = []
    unread: set[str] = set()
    for row in _rows(reader, name, problems):
        unit = _unit(row, name, reader.line_num, problems)
        if unit is None:
            unread.add((row["unit_id"] or "").strip())
            continue
        if unit.unit_id in lines:
            problems.append(
                problem(
                    "units.repeated", name, reader.line_num,
                    id=unit.unit_id, first=lines[unit.unit_id],
                )
            )  # fmt: skip
            continue
        lines[unit.unit_id] = reader.line_num
        units.append(unit)
    problems += _tree(units, lines, name, unread)
    if not units:
        problems.append(problem("units.none", name, 1))
    return (None, problems) if problems else (Units(tuple(units), lines), [])


def _rows(
    reader: csv.DictReader[str], name: str, problems: list[Problem]
) -> Iterator[dict[Any, Any]]:
    line = reader.line_num
    try:
        for row in reader:
            line = reader.line_num
            yield row
    except csv.Error:  # a quote that nothing closes
        problems.append(problem("units.quote", name, line + 1))


def _unit(row: dict[Any, Any], name: str, line: int, problems: list[Problem]) -> Unit | None:
    if None in row or None in row.values():
        problems.append(problem("units.cells", name, line, wanted=len(COLUMNS)))
        return None
    cells = {key: value.strip() for key, value in row.items()}
    if not any(cells.values()):
        return None
    found = len(problems)
    for key in ("unit_id", "name"):
        if not cells[key]:
            problems.append(problem("units.empty", name, line, column=key))
    headcount = cells["headcount"]
    if headcount and not (headcount.isascii() and headcount.isdigit()):
        problems.append(problem("units.headcount", name, line, value=headcount))
    if len(problems) > found:
        return None
    return Unit(
        cells["unit_id"],
        cells["name"],
        cells["parent_id"] or None,
        cells["block"] or None,
        int(headcount) if headcount else None,
    )


def _tree(
    units: list[Unit], lines: dict[str, int], name: str, unread: set[str]
) -> Iterator[Problem]:
    parents = {unit.unit_id: unit.parent_id for unit in units}
    for unit in units:
        line = lines[unit.unit_id]
        if unit.parent_id is not None and unit.parent_id not in parents:
            if unit.parent_id not in unread:
                yield problem("units.parent", name, line, id=unit.unit_id, parent=unit.parent_id)
            continue
        seen = {unit.unit_id}
        above = unit.parent_id
        while above is not None and above in parents:
            if above in seen:
                yield problem("units.circle", name, line, id=unit.unit_id)
                break
            seen.add(above)
            above = parents[above]
