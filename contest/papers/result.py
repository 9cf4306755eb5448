"""A graded result folder, read back and checked against its manifest. Only reads."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pandas as pd
import yaml
from pydantic import ValidationError

from contest.documents_rules import Documents
from contest.masking import NameStyle
from contest.papers.messages import text
from contest.rules import ZONE, to_ms
from grading.frames import Column
from grading.manifest import NAME, read_outputs
from grading.marks import MICRO
from grading.tables import (
    CA_NHAN,
    CAU_HOI,
    LUOT,
    REMOVED_TABLE,
    RULINGS_TABLE,
    TAP_THE,
    Table,
)  # fmt: skip
from questions.canonical import sha256

RULES = "rules.yml"
VERSION_LENGTH = 12

READ = {
    "people": CA_NHAN,
    "units": TAP_THE,
    "attempts": LUOT,
    "items": CAU_HOI,
    "rulings": RULINGS_TABLE,
    "removed": REMOVED_TABLE,
}
"""What documents are made from: a field of `Result` and its table."""


class BadResult(ValueError):
    """The folder isn't a whole, unchanged result; the message lists all that is wrong."""


@dataclass(frozen=True)
class RoundRules:
    """What documents take from the rules that one round was graded by.

    Attributes
    ----------
    title : str
        Of the round.
    groups : dict
        Group id -> title.
    windows : tuple of (int, int)
        Openings and closings, milliseconds UTC.
    keys : tuple of (str, str)
        The order of people: key and `high` or `low`.
    measures : tuple of str
        What units are ranked by.
    minutes, limit : int or None
        Length of a paper, attempts per person.
    reveals_key : bool
        Whether right answers may be known once the round is closed.
    data : dict
        The rules as written.
    """

    title: str
    groups: dict[str, str]
    windows: tuple[tuple[int, int], ...]
    keys: tuple[tuple[str, str], ...]
    measures: tuple[str, ...]
    minutes: int | None
    limit: int | None
    reveals_key: bool
    data: dict[str, Any]


@dataclass(frozen=True)
class Result:
    """A graded result.

    Attributes
    ----------
    manifest : dict
        As `timhieu grade` wrote it.
    version : str
        The first 12 letters of the manifest's SHA-256: two results differ in it.
    people, units, attempts, items, rulings, removed : DataFrame
        The tables of `grading.tables`, by their contracts (fractions as far as they are printed).
    rules : dict
        Round id -> RoundRules.
    documents : Documents
        Of the last version of the rules.
    """

    manifest: dict[str, Any]
    version: str
    people: pd.DataFrame
    units: pd.DataFrame
    attempts: pd.DataFrame
    items: pd.DataFrame
    rulings: pd.DataFrame
    removed: pd.DataFrame
    rules: dict[str, RoundRules]
    documents: Documents

    @property
    def title(self) -> str:
        """Name of the contest."""
        return self.manifest["contest"]["title"]

    @property
    def final(self) -> bool:
        """Whether every round is closed."""
        return self.manifest["status"] == "final"

    @property
    def sample(self) -> bool:
        """Whether it is a sample contest."""
        return bool(self.manifest["contest"]["sample"])

    @property
    def synthetic(self) -> bool:
        """Whether the contestants are made up."""
        return bool(self.manifest["synthetic"])

    @property
    def rehearsal(self) -> bool:
        """Whether everything is a rehearsal's."""
        return bool(self.manifest.get("rehearsal"))

    @cached_property
    def as_of(self) -> int:
        """The "now" of the result, milliseconds UTC."""
        return to_ms(datetime.datetime.fromisoformat(self.manifest["as_of"]))

    @property
    def rounds(self) -> list[str]:
        """Round ids, by their first opening."""
        return sorted(self.rules, key=lambda id_: (self.rules[id_].windows[:1], id_))

    @property
    def names(self) -> NameStyle:
        """How winners' names are shown in public, as the last rules say; `masked` by default."""
        section = self.rules[self.rounds[-1]].data.get("publish") if self.rules else None
        found = section.get("names") if isinstance(section, dict) else None
        return found if found in get_args(NameStyle) else "masked"

    @property
    def organiser(self) -> str | None:
        """Who holds the contest, as the last rules say."""
        about = self.rules[self.rounds[-1]].data.get("contest") if self.rules else None
        return about.get("organiser") if isinstance(about, dict) else None


def read_result(folder: Path) -> Result:
    """Read a folder that `timhieu grade` wrote, and check every file's hash.

    Raises
    ------
    BadResult
        Naming every file that is missing or was changed since, or what can't be read.
    """
    raw = _bytes(folder / NAME)
    outputs = None if raw is None else read_outputs(raw.decode("utf-8", errors="replace"))
    if raw is None or outputs is None:
        raise BadResult(text("result.none", folder=folder))
    wanted = {*outputs, *(table.file for table in READ.values()), RULES}
    contents, wrong = {}, []
    for name in sorted(wanted):
        content = _bytes(folder / name) if Path(name).name == name else None
        if content is None:
            wrong.append(text("result.missing", name=name))
        elif sha256(content) != outputs.get(name):
            wrong.append(text("result.changed", name=name))
        else:
            contents[name] = content
    if wrong:
        raise BadResult("\n".join([*wrong, text("result.again", folder=folder)]))
    manifest = json.loads(raw)
    frames = {name: _read_table(folder / one.file, one) for name, one in READ.items()}
    written = [data for data in yaml.safe_load_all(contents[RULES].decode("utf-8-sig")) if data]
    return Result(
        manifest,
        sha256(raw)[:VERSION_LENGTH],
        **frames,
        rules={round_id: _round_rules(written, round_id) for round_id in manifest["rounds"]},
        documents=documents_of(written[-1] if written else {}, RULES),
    )


def documents_of(data: Any, name: str) -> Documents:
    """Return the `documents:` section of rules given as plain data.

    Raises
    ------
    BadResult
        Naming every key of it that is wrong.
    """
    section = data.get("documents") if isinstance(data, dict) else None
    try:
        return Documents.model_validate(section or {})
    except ValidationError as error:
        raise BadResult(
            "\n".join(
                text("result.documents", name=name, khoa=".".join(map(str, one["loc"])))
                for one in error.errors(include_url=False)
            )
        ) from None


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _read_table(path: Path, table: Table) -> pd.DataFrame:
    try:
        cells = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        missing = [name for name in table.contract if name not in cells.columns]
        if missing:
            raise ValueError(missing)
        return pd.DataFrame(
            {name: _column(cells[name], spec) for name, spec in table.contract.items()}
        )
    except (ValueError, ArithmeticError):
        raise BadResult(text("result.other_format", name=path.name)) from None


def _column(cells: pd.Series, spec: Column) -> pd.Series:
    """Return a column with the values that its texts stand for; empty is null."""
    if spec.unit == "time":
        read: Any = _ms
    elif spec.unit == "micro":
        read = _micro
    elif spec.unit in ("decimal", "fraction"):
        read = Decimal if spec.unit == "decimal" else Fraction
    elif spec.dtype in ("int64", "Int64"):
        read = int
    elif spec.dtype == "bool":
        read = "true".__eq__
    else:
        read = str
    codes, found = pd.factorize(cells)
    values = np.empty(len(found) + 1, dtype=object)
    values[:-1] = [None if cell == "" else read(cell) for cell in found]
    dtype = {"string": "object", "int64": "Int64"}.get(spec.dtype, spec.dtype)
    return pd.Series(values[codes], dtype=dtype)


def _ms(cell: str) -> int:
    return to_ms(datetime.datetime.fromisoformat(cell))


def _micro(cell: str) -> int:
    value = Decimal(cell) * MICRO
    if value != int(value):
        raise ValueError(cell)
    return int(value)


def _round_rules(written: list[Any], round_id: str) -> RoundRules:
    """Return what the last version of the rules that knows a round says of it.

    The rules were checked when they were frozen; what another version calls otherwise is left out.
    """
    for data in reversed(written):
        for one in _items(data, "rounds"):
            if str(one.get("id")) == round_id:
                return _from_data(data, one)
    return RoundRules(round_id, {}, (), (), (), None, None, False, {})


def _from_data(data: dict[str, Any], one: dict[str, Any]) -> RoundRules:
    windows = tuple(
        (_moment(window.get("opens")), _moment(window.get("closes")))
        for window in _items(one, "windows")
    )
    reveal = (data.get("reveal") or {}).get("right_answers", "after_round")
    return RoundRules(
        title=str(one.get("title") or one.get("id")),
        groups={str(g.get("id")): str(g.get("title")) for g in _items(data, "groups")},
        windows=windows,
        keys=tuple(
            (str(key.get("key")), str(key.get("order")))
            for key in _items((data.get("ranking") or {}).get("people"), "keys")
        ),
        measures=_measures(((data.get("ranking") or {}).get("units") or {}).get("by")),
        minutes=(data.get("paper") or {}).get("minutes"),
        limit=(data.get("attempts") or {}).get("limit"),
        reveals_key=reveal != "never",
        data=data,
    )


def _measures(by: Any) -> tuple[str, ...]:
    """Return the measures that a unit ranking names: one, or those of its terms or lists."""
    if isinstance(by, str):
        return (by,)
    terms = [*_items(by, "terms"), *_items(by, "lists")]
    return tuple(str(one.get("measure")) for one in terms)


def _items(data: Any, name: str) -> list[dict[str, Any]]:
    found = data.get(name) if isinstance(data, dict) else None
    return [one for one in found or () if isinstance(one, dict)]


def _moment(value: object) -> int:
    at = value
    if not isinstance(at, datetime.datetime):
        at = datetime.datetime.fromisoformat(str(value).replace(" ", "T"))
    return to_ms(at.replace(tzinfo=ZONE) if at.tzinfo is None else at)
