"""What is published of a graded result: read from its files, checked, names masked. No pandas."""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from contest.masking import public_name
from contest.portal.messages import text
from contest.publish_rules import Publish
from questions.canonical import sha256

READ = ("ca_nhan.csv", "tap_the.csv", "luot.csv", "rules.yml")
MANIFEST = "manifest.json"
VERSION_LENGTH = 12
PERSON = (
    "rank",
    "name",
    "unit",
    "parent_unit",
    "group",
    "score",
    "correct",
    "duration_ms",
    "prize",
)
UNIT = ("rank", "block", "unit", "level", "headcount", "people", "attempts", "share", "mean_score")
"""The columns that leave the house; no id of a person or an attempt is among them."""

_STRICTNESS = ("full", "masked", "initials")

Row = dict[str, str | None]


class CannotPublish(RuntimeError):
    """There is nothing that may be published; the message says why, in Vietnamese."""


@dataclass(frozen=True)
class PublicRound:
    """A round as everybody may see it.

    Attributes
    ----------
    people : list of dict
        PERSON, ranked people only, as far as the rules show them; texts as in the CSV files.
    units : list of dict
        UNIT, by block and rank.
    ranked, attempts : int
        How many people are ranked, shown or not; how many attempts there are.
    correct : list of (number right, people)
        Over all ranked people.
    """

    id: str
    title: str
    people: list[Row]
    units: list[Row]
    ranked: int
    attempts: int
    correct: list[tuple[int, int]]


@dataclass(frozen=True)
class PublicResult:
    """A whole result as everybody may see it; `version` tells two printouts apart."""

    title: str
    status: str
    bands: list[str]
    as_of: str
    version: str
    publish: Publish
    rounds: list[PublicRound]
    groups: dict[str, str]


def read_result(folder: Path, *, draft: bool) -> PublicResult:
    """Read what `timhieu grade` wrote.

    Raises
    ------
    CannotPublish
        Where it isn't a result, was changed since, or is provisional and `draft` isn't asked for.
    """
    try:
        raw = (folder / MANIFEST).read_bytes()
        manifest = json.loads(raw)
        outputs, status = manifest["outputs"], manifest["status"]
        for name in READ:
            if sha256((folder / name).read_bytes()) != outputs[name]:
                raise CannotPublish(text("publish.changed", name=name, path=folder))
    except (OSError, ValueError, KeyError, TypeError):
        raise CannotPublish(text("publish.no_result", path=folder)) from None
    if status != "final" and not draft:
        raise CannotPublish(text("publish.provisional", path=folder))
    documents = _documents(folder / "rules.yml")
    publish = _publish(documents, folder / "rules.yml")
    bands = {
        "rehearsal": manifest.get("rehearsal", False),
        "provisional": status != "final",
        "sample": manifest["contest"]["sample"],
        "synthetic": manifest["synthetic"],
    }
    people, units = _table(folder / "ca_nhan.csv"), _table(folder / "tap_the.csv")
    attempts = Counter(row["round"] for row in _table(folder / "luot.csv"))
    titles = _titles(documents, "rounds")
    return PublicResult(
        manifest["contest"]["title"],
        status,
        [text(f"band.{name}") for name, shown in bands.items() if shown],
        manifest["as_of"],
        sha256(raw)[:VERSION_LENGTH],
        publish,
        [
            _round(round_id, titles, people, units, attempts[round_id], publish)
            for round_id in sorted(manifest["rounds"])
        ],
        _titles(documents, "groups"),
    )


def _round(
    round_id: str,
    titles: dict[str, str],
    people: list[Row],
    units: list[Row],
    attempts: int,
    publish: Publish,
) -> PublicRound:
    ranked = [row for row in people if row["round"] == round_id and row["status"] == "ranked"]
    correct = Counter(int(row["correct"] or 0) for row in ranked)
    most = max(correct, default=0)
    return PublicRound(
        round_id,
        titles.get(round_id, round_id),
        [_person(row, publish) for row in ranked if _is_shown(row, publish)],
        [{name: row[name] for name in UNIT} for row in units if row["round"] == round_id],
        len(ranked),
        attempts,
        [(right, correct[right]) for right in range(most + 1)] if ranked else [],
    )


def _is_shown(row: Row, publish: Publish) -> bool:
    return publish.top is None or row["prize"] is not None or int(row["rank"] or 0) <= publish.top


def _person(row: Row, publish: Publish) -> Row:
    name = public_name(row["name"], publish.names, erased=text("erased"))
    return {**{column: row[column] for column in PERSON}, "name": name}


def _table(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{key: cell or None for key, cell in row.items()} for row in csv.DictReader(file)]


def _documents(path: Path) -> list[dict[str, Any]]:
    """Return the rules that the rounds were graded by; one document for each version."""
    try:
        found = list(yaml.safe_load_all(path.read_text(encoding="utf-8-sig")))
    except (yaml.YAMLError, UnicodeDecodeError):
        raise CannotPublish(text("publish.rules", path=path, why="YAML")) from None
    return [one for one in found if isinstance(one, dict)]


def _publish(documents: list[dict[str, Any]], path: Path) -> Publish:
    """Return what the rules say; of several versions, what shows the least of a person."""
    try:
        found = [Publish.model_validate(one.get("publish") or {}) for one in documents]
    except ValidationError as error:
        why = ", ".join(".".join(map(str, one["loc"])) for one in error.errors())
        raise CannotPublish(text("publish.rules", path=path, why=why)) from None
    found = found or [Publish()]
    tops = [one.top for one in found if one.top is not None]
    names = max((one.names for one in found), key=_STRICTNESS.index)
    return Publish(names=names, top=min(tops, default=None))


def _titles(documents: list[dict[str, Any]], key: str) -> dict[str, str]:
    return {
        str(one["id"]): str(one["title"])
        for document in documents
        for one in document.get(key) or ()
        if isinstance(one, dict) and {"id", "title"} <= set(one)
    }
