"""A graded result folder, read back as tables. Only reads."""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pydantic import ValidationError

from contest.documents_rules import Documents
from contest.masking import NameStyle
from contest.papers.messages import text
from contest.result_folder import RULES, BadRules, NoResult, NotWhole, open_folder
from contest.rules import Rules, to_ms
from grading.boards import boards_of
from grading.frames import Column
from grading.marks import MICRO
from grading.rules import Board
from grading.tables import (
    BANG,
    BANG_TAP_THE,
    CA_NHAN,
    CAU_HOI,
    LUOT,
    REMOVED_TABLE,
    RULINGS_TABLE,
    TAP_THE,
    Table,
)  # fmt: skip

READ = {
    "people": CA_NHAN,
    "units": TAP_THE,
    "boards": BANG,
    "board_units": BANG_TAP_THE,
    "attempts": LUOT,
    "items": CAU_HOI,
    "rulings": RULINGS_TABLE,
    "removed": REMOVED_TABLE,
}
"""What documents are made from: a field of `Result` and its table."""


class BadResult(ValueError):
    """The folder isn't a whole, unchanged result; the message lists all that is wrong."""


@dataclass(frozen=True)
class Result:
    """A graded result.

    Attributes
    ----------
    manifest : dict
        As `timhieu grade` wrote it.
    version : str
        The first 12 letters of the manifest's SHA-256: two results differ in it.
    people, units, boards, board_units, attempts, items, rulings, removed : DataFrame
        The tables of `grading.tables`, by their contracts (fractions as far as they are printed).
    rules : dict
        Round id -> the last version of the rules that knows the round.
    documents : Documents
        Of the last version of the rules.
    """

    manifest: dict[str, Any]
    version: str
    people: pd.DataFrame
    units: pd.DataFrame
    boards: pd.DataFrame
    board_units: pd.DataFrame
    attempts: pd.DataFrame
    items: pd.DataFrame
    rulings: pd.DataFrame
    removed: pd.DataFrame
    rules: dict[str, Rules]
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
        opens = {id_: rules.round(id_).opens_at for id_, rules in self.rules.items()}
        return sorted(self.rules, key=lambda id_: (opens[id_], id_))

    def window(self, round_id: str) -> tuple[int, int]:
        """Return a round's first opening and last closing, milliseconds UTC, as it was held."""
        longer = self.manifest["rounds"][round_id].get("window")
        if longer is not None:
            return _ms(longer["opens"]), _ms(longer["closes"])
        round_ = self.rules[round_id].round(round_id)
        return round_.opens_at, round_.closes_at

    @property
    def last_rules(self) -> Rules | None:
        """The rules of the round that opened last."""
        return self.rules[self.rounds[-1]] if self.rules else None

    @property
    def ranked_boards(self) -> list[tuple[Board, Rules]]:
        """The boards over several rounds that are in the result, with the rules that rank them."""
        known = boards_of({id_: self.rules[id_].ranking.boards for id_ in self.rounds})
        there = set(self.boards["board"])
        last = {
            one.id: [id_ for id_ in self.rounds if id_ in one.rounds][-1]
            for one in known
            if one.id in there
        }
        return [(one, self.rules[last[one.id]]) for one in known if one.id in last]

    @property
    def names(self) -> NameStyle:
        """How winners' names are shown in public, as the last rules say."""
        return self.last_rules.publish.names if self.last_rules else "masked"

    @property
    def organiser(self) -> str | None:
        """Who holds the contest, as the last rules say."""
        return self.last_rules.contest.organiser if self.last_rules else None


def read_result(folder: Path) -> Result:
    """Read a folder that `timhieu grade` wrote, and check every file's hash.

    Raises
    ------
    BadResult
        Naming every file that is missing or was changed since, or what can't be read.
    """
    try:
        found = open_folder(folder)
        files = {*found.outputs, *(table.file for table in READ.values()), RULES}
        contents = found.contents(files)
        rules = {id_: found.rules_of(id_) for id_ in found.manifest["rounds"]}
    except NoResult:
        raise BadResult(text("result.none", folder=folder)) from None
    except NotWhole as wrong:
        lines = [text("result.missing", name=name) for name in wrong.missing]
        lines += [text("result.changed", name=name) for name in wrong.changed]
        raise BadResult("\n".join([*lines, text("result.again", folder=folder)])) from None
    except BadRules as wrong:
        raise _bad_rules(wrong) from None
    unknown = sorted(id_ for id_, known in rules.items() if known is None)
    if unknown:
        raise BadResult(text("result.round", name=RULES, ky=", ".join(unknown)))
    return Result(
        found.manifest,
        found.version,
        **{name: _read_table(contents[one.file], one) for name, one in READ.items()},
        rules={id_: one for id_, one in rules.items() if one is not None},
        documents=found.rules[-1].documents if found.rules else Documents(),
    )


def _bad_rules(wrong: BadRules) -> BadResult:
    """Return what is wrong with the rules: keys of `documents`, or any."""
    if not wrong.keys:
        return BadResult(text("result.other_format", name=RULES))
    return BadResult("\n".join(text("result.rules", name=RULES, khoa=key) for key in wrong.keys))


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


def _read_table(content: bytes, table: Table) -> pd.DataFrame:
    try:
        cells = pd.read_csv(
            io.BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8-sig"
        )
        missing = [name for name in table.contract if name not in cells.columns]
        if missing:
            raise ValueError(missing)
        return pd.DataFrame(
            {name: _column(cells[name], spec) for name, spec in table.contract.items()}
        )
    except (ValueError, ArithmeticError):
        raise BadResult(text("result.other_format", name=table.file)) from None


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
