"""What a confirmed result says of one person: their place, read from the files that were confirmed.

Loads no tables: the server reads this for whoever opens their receipt.
"""

from __future__ import annotations

import csv
import io
import json
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from contest.closing.confirmed import result_folder
from questions.canonical import sha256

MANIFEST = "manifest.json"
PEOPLE = "ca_nhan.csv"
RANKED = "ranked"


@dataclass(frozen=True)
class Place:
    """Where a person stands in a round.

    Attributes
    ----------
    attempt_id : str
        The attempt that counts, or is shown instead.
    status : str
        As grading has it: `ranked` or why not.
    rank, among : int or None
        Place in the group, and how many are ranked there; None: not ranked.
    unit_rank, unit_among : int or None
        The same among those of their unit in that group.
    true_value, error : Decimal or None
        What was predicted turned out to be, and how far off this person was; None: no prediction.
    """

    attempt_id: str
    status: str
    rank: int | None = None
    among: int | None = None
    unit_rank: int | None = None
    unit_among: int | None = None
    true_value: Decimal | None = None
    error: Decimal | None = None


@dataclass(frozen=True)
class Places:
    """The places of one round; `result` is the SHA-256 of the manifest they were read by."""

    result: str
    rows: dict[str, tuple[str, str, str, str, int | None, str]]
    ranks: dict[tuple[str, ...], list[int]]
    true_value: Decimal | None

    def of(self, contestant_id: str) -> Place | None:
        """Return a person's place, or None where the result doesn't have them."""
        row = self.rows.get(contestant_id)
        if row is None:
            return None
        attempt_id, status, group, unit_id, rank, error = row
        if rank is None:
            return Place(attempt_id, status)
        every, unit = self.ranks[group,], self.ranks[group, unit_id]
        return Place(
            attempt_id,
            status,
            rank,
            len(every),
            bisect_left(unit, rank) + 1,
            len(unit),
            self.true_value if error else None,
            Decimal(error) if error else None,
        )


def read_places(var: Path, round_id: str, result: str) -> Places | None:
    """Read the places of a round from its result; blocks.

    Returns
    -------
    Places or None
        None where the files aren't exactly those with the hash `result`, or aren't final.
    """
    folder = result_folder(var, round_id)
    try:
        raw, people = ((folder / name).read_bytes() for name in (MANIFEST, PEOPLE))
    except OSError:
        return None
    if sha256(raw) != result:
        return None
    manifest = json.loads(raw)
    told = manifest["rounds"].get(round_id)
    if told is None or told["status"] != "final" or manifest["outputs"][PEOPLE] != sha256(people):
        return None
    rows = {}
    ranks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row in csv.DictReader(io.StringIO(people.decode("utf-8-sig"))):
        if row["round"] != round_id:
            continue
        rank = int(row["rank"]) if row["status"] == RANKED and row["rank"] else None
        group, unit_id = row["group"], row["unit_id"]
        rows[row["contestant_id"]] = (
            row["attempt_id"], row["status"], group, unit_id, rank, row["prediction_error"],
        )  # fmt: skip
        if rank is not None:
            ranks[group,].append(rank)
            ranks[group, unit_id].append(rank)
    for found in ranks.values():
        found.sort()
    value = (told["prediction"] or {}).get("true_value")
    return Places(result, rows, dict(ranks), None if value is None else Decimal(value))


@dataclass
class KnownPlaces:
    """The places of rounds, kept as long as the same result stands confirmed."""

    var: Path
    _kept: dict[str, Places] = field(default_factory=dict)

    def look(self, round_id: str, result: str) -> Places | None:
        """Return the places of a round by its confirmed result; blocks the first time."""
        found = self._kept.get(round_id)
        if found is None or found.result != result:
            found = read_places(self.var, round_id, result)
            if found is None:
                self._kept.pop(round_id, None)
            else:
                self._kept[round_id] = found
        return found
