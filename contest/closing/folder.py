"""What closing a round makes: one folder of the contest, and the hashes that tell it apart."""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contest.closing.confirmed import result_folder
from questions.canonical import sha256

NO_DOUBT = frozenset(("", "few", "too_easy", "unused_option"))
"""Remarks on a question that don't speak against its key."""


@dataclass(frozen=True)
class Hashes:
    """Hashes of result, documents and pages; None: nothing is there, or it was changed by hand."""

    result: str | None
    papers: str | None
    site: str | None


class RoundFolder:
    """The folder of one round's closing, below the contest's `var`: it holds names."""

    def __init__(self, var: Path, round_id: str) -> None:
        self.result = result_folder(var, round_id)
        self.path = self.result.parent
        self.site = self.path / "cong_bo"

    def hashes(self) -> Hashes:
        """Return what tells whether anything has changed."""
        # Documents load much that whoever only asks where a round stands doesn't need.
        if not self.path.is_dir():
            return Hashes(None, None, None)
        from contest.papers.write import FOLDER as PAPERS
        from contest.papers.write import LIST
        from contest.portal.write import SUMMARY

        result = self._result()
        return Hashes(
            result,
            _listed(self.result / PAPERS, LIST, "version", result),
            _listed(self.site, SUMMARY, "version", result),
        )

    def manifest(self) -> dict[str, Any]:
        """Return the manifest of the result; Differs where there is none."""
        from contest.verify.compare import read_manifest

        return read_manifest(self.result)

    def rows(self, table: str) -> list[dict[str, str]]:
        """Return the rows of one of the result's CSV files as they are written."""
        with (self.result / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def found(self) -> dict[str, int]:
        """Return the figures that checks and ranking tell."""
        people = Counter(row["status"] for row in self.rows("ca_nhan"))
        items = self.rows("cau_hoi")
        return {
            "people": sum(people.values()),
            "ranked": people["ranked"],
            "attempts": len(self.rows("luot")),
            "needs_marker": people["needs_marker"],
            "excluded": people["excluded"],
            "removed": len(self.rows("removed")),
            "questions": len(items),
            "doubtful": sum(not NO_DOUBT.issuperset(row["flags"].split(";")) for row in items),
            "advice": len(self.rows("canh_bao")),
            "rulings": len(self.rows("rulings")),
        }

    def prizes(self) -> dict[str, int]:
        """Return how often each prize is won, by its title, and how many were passed over."""
        return dict(Counter(row["title"] or "" for row in self.rows("giai_thuong")))

    def _result(self) -> str | None:
        from contest.verify.compare import Differs, check_files, read_manifest
        from grading.written import NAME

        try:
            check_files(self.result, read_manifest(self.result))
            return sha256((self.result / NAME).read_bytes())
        except (Differs, OSError):
            return None


def _listed(folder: Path, name: str, key: str, result: str | None) -> str | None:
    """Return the hash over a folder made from the result, told by the list that lies in it."""
    try:
        told = json.loads((folder / name).read_text(encoding="utf-8"))
        if result is None or not result.startswith(told[key]):
            return None
        files = {
            path.relative_to(folder).as_posix(): sha256(path.read_bytes())
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    if set(files) - {name} != set(told["files"]) - {name}:
        return None
    return sha256(json.dumps(files, sort_keys=True))
