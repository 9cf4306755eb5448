"""What is published of a graded result: read from its files, checked, names masked. No pandas."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from contest.masking import public_name
from contest.papers.prizes import PrizeList, stated_for
from contest.portal.messages import text
from contest.publish_rules import Publish
from contest.result_folder import RULES, BadRules, NoResult, NotWhole, ResultFolder, open_folder
from contest.rules import Rules

READ = ("ca_nhan.csv", "tap_the.csv", "luot.csv")
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
        PERSON, ranked people only, as far as the rules show them; texts as in the CSV files, and
        `prize_title`, what the rules call `prize`.
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
        result = open_folder(folder)
        people, units, entries = (_table(result, name) for name in READ)
        rules = result.rules
    except (NoResult, NotWhole, BadRules) as error:
        raise CannotPublish(_why(error, folder)) from None
    if not result.final and not draft:
        raise CannotPublish(text("publish.provisional", path=folder))
    manifest = result.manifest
    publish = _publish(rules)
    bands = {
        "rehearsal": manifest.get("rehearsal", False),
        "provisional": not result.final,
        "sample": manifest["contest"]["sample"],
        "synthetic": manifest["synthetic"],
    }
    attempts = Counter(row["round"] for row in entries)
    return PublicResult(
        manifest["contest"]["title"],
        manifest["status"],
        [text(f"band.{name}") for name, shown in bands.items() if shown],
        manifest["as_of"],
        result.version,
        publish,
        [
            _round(result, round_id, people, units, attempts[round_id], publish)
            for round_id in sorted(manifest["rounds"])
        ],
        {one.id: one.title for version in rules for one in version.groups},
    )


def _why(error: Exception, folder: Path) -> str:
    """Return why a result can't be published: the first thing that is wrong with it."""
    if isinstance(error, BadRules):
        why = ", ".join(error.keys) or "YAML"
        return text("publish.rules", path=folder / RULES, why=why)
    if isinstance(error, NotWhole) and error.changed and not error.missing:
        return text("publish.changed", name=error.changed[0], path=folder)
    return text("publish.no_result", path=folder)


def _round(
    result: ResultFolder,
    round_id: str,
    people: list[Row],
    units: list[Row],
    attempts: int,
    publish: Publish,
) -> PublicRound:
    ranked = [row for row in people if row["round"] == round_id and row["status"] == "ranked"]
    correct = Counter(int(row["correct"] or 0) for row in ranked)
    most = max(correct, default=0)
    rules = result.rules_of(round_id)
    stated = rules.prizes.people if rules else ()
    prizes = PrizeList(stated_for(stated, round_id, of_round=True))
    return PublicRound(
        round_id,
        rules.round(round_id).title if rules else round_id,
        [_person(row, publish, prizes) for row in ranked if _is_shown(row, publish)],
        [{name: row[name] for name in UNIT} for row in units if row["round"] == round_id],
        len(ranked),
        attempts,
        [(right, correct[right]) for right in range(most + 1)] if ranked else [],
    )


def _is_shown(row: Row, publish: Publish) -> bool:
    return publish.top is None or row["prize"] is not None or int(row["rank"] or 0) <= publish.top


def _person(row: Row, publish: Publish, prizes: PrizeList) -> Row:
    name = public_name(row["name"], publish.names, erased=text("erased"))
    said = {"name": name, "prize_title": prizes.titles(row["prize"])}
    return {**{column: row[column] for column in PERSON}, **said}


def _table(result: ResultFolder, name: str) -> list[Row]:
    return [{key: cell or None for key, cell in row.items()} for row in result.rows(name)]


def _publish(rules: list[Rules]) -> Publish:
    """Return what the rules say; of several versions, what shows the least of a person."""
    found = [one.publish for one in rules] or [Publish()]
    tops = [one.top for one in found if one.top is not None]
    names = max((one.names for one in found), key=_STRICTNESS.index)
    return Publish(names=names, top=min(tops, default=None))
