"""Two result folders, file by file: equal, or where they differ first."""

from __future__ import annotations

import csv
from contextlib import closing
from itertools import zip_longest
from pathlib import Path
from typing import Any

from contest.result_folder import NoResult, NotWhole, ResultFolder, open_folder
from contest.verify.messages import text
from grading.database import read_tables
from grading.export import DATABASE, OUTPUTS, WORKBOOK


class Differs(Exception):
    """The first difference found; the message says where, in Vietnamese."""

    def __init__(self, which: str, /, **values: object) -> None:
        super().__init__(text(f"differs.{which}", **values))


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a result; Differs where it isn't one."""
    return _opened(folder).manifest


def _opened(folder: Path) -> ResultFolder:
    try:
        return open_folder(folder)
    except NoResult:
        raise Differs("no_manifest", folder=folder) from None


def check_files(folder: Path, manifest: dict[str, Any]) -> None:
    """Check that exactly the files of a result are named, and each has the hash named.

    Only files that a manifest names are looked at; others may lie there.
    """
    named = manifest["outputs"]
    for file in OUTPUTS:
        if file not in named:
            raise Differs("unlisted", file=file)
    for file in sorted(named):
        if file not in OUTPUTS:
            raise Differs("strange", file=file)
    try:
        ResultFolder(folder, manifest, "").contents(named)
    except NotWhole as found:
        first = min((*found.missing, *found.changed))
        raise Differs("missing" if first in found.missing else "edited", file=first) from None


def compare_results(theirs: Path, ours: Path) -> None:
    """Compare every file of two results; raise Differs at the first difference.

    CSV files and rules byte by byte. Workbook and database by their bytes, and where these differ
    (versions of the libraries that write them change them) by their cells.
    """
    for file in OUTPUTS:
        left, right = theirs / file, ours / file
        if left.read_bytes() == right.read_bytes():
            continue
        if file == WORKBOOK:
            _compare_workbooks(left, right)
        elif file == DATABASE:
            _compare_databases(left, right)
        elif file.endswith(".csv"):
            _compare_csv(left, right)
        else:
            raise Differs("text", file=file)
    _compare_manifests(read_manifest(theirs), read_manifest(ours))


def _compare_csv(left: Path, right: Path) -> None:
    with (
        left.open(encoding="utf-8-sig", newline="") as one,
        right.open(encoding="utf-8-sig", newline="") as other,
    ):
        _compare_rows(left.name, list(csv.reader(one)), list(csv.reader(other)))
    raise Differs("text", file=left.name)  # the same cells in other bytes


def _compare_rows(file: str, left: list[Any], right: list[Any]) -> None:
    if left[:1] != right[:1]:
        raise Differs("columns", file=file)
    for number, (one, other) in enumerate(zip_longest(left, right), start=1):
        if one is None or other is None:
            raise Differs("rows", file=file, theirs=len(left) - 1, ours=len(right) - 1)
        if one == other:
            continue
        cells = zip_longest(left[0], one, other)
        for column, mine, yours in cells:
            if mine != yours:
                raise Differs("cell", file=file, row=number, column=column, theirs=mine, ours=yours)


def _compare_manifests(left: dict[str, Any], right: dict[str, Any]) -> None:
    for one in (left, right):
        one.pop("code")
        for file in (WORKBOOK, DATABASE):
            one["outputs"].pop(file)
    flat_left, flat_right = _flat(left), _flat(right)
    for key in sorted(flat_left.keys() | flat_right.keys()):
        mine, yours = flat_left.get(key), flat_right.get(key)
        if mine != yours or (key in flat_left) != (key in flat_right):
            raise Differs("manifest", key=key, theirs=mine, ours=yours)


def _flat(value: Any, path: str = "") -> dict[str, Any]:
    if not isinstance(value, dict):
        return {path: value}
    found: dict[str, Any] = {}
    for key, inner in value.items():
        found |= _flat(inner, f"{path}.{key}" if path else str(key))
    return found or {path: {}}


def _compare_workbooks(left: Path, right: Path) -> None:
    from openpyxl import load_workbook

    with (
        closing(load_workbook(left, read_only=True)) as one,
        closing(load_workbook(right, read_only=True)) as other,
    ):
        if one.sheetnames != other.sheetnames:
            raise Differs("sheets", file=left.name)
        for name in one.sheetnames:
            rows = [
                [list(row) for row in book[name].iter_rows(values_only=True)]
                for book in (one, other)
            ]
            _compare_rows(f"{left.name} ({name})", *rows)


def _compare_databases(left: Path, right: Path) -> None:
    one, other = read_tables(left), read_tables(right)
    if one.keys() != other.keys():
        raise Differs("sheets", file=left.name)
    for table in one:
        _compare_rows(f"{left.name} ({table})", one[table], other[table])
