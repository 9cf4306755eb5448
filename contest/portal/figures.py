"""What is published of a graded result: read from its files, checked, names masked. No pandas."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from contest.masking import public_name
from contest.papers.prizes import PrizeList, RankingPrizes
from contest.portal.messages import text
from contest.publish_rules import Publish
from contest.result_folder import RULES, BadRules, NoResult, NotWhole, ResultFolder, open_folder
from contest.rules import Rules
from grading.prize_rules import Prizes
from grading.rules import Board

READ = ("ca_nhan.csv", "tap_the.csv", "bang.csv", "bang_tap_the.csv", "luot.csv")
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
UNIT = (
    "rank",
    "block",
    "unit",
    "level",
    "headcount",
    "people",
    "attempts",
    "share",
    "mean_score",
    "prize",
)
"""The columns that leave the house; no id of a person or an attempt is among them."""

_STRICTNESS = ("full", "masked", "initials")

Row = dict[str, str | None]
Tables = dict[str, list[Row]]


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
        UNIT, by block and rank, and `prize_title`.
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
class PublicBoard(PublicRound):
    """A ranking over several rounds; its people have `rounds` too, in how many they are ranked.

    Attributes
    ----------
    rounds : list of str
        Titles of the rounds that it adds up so far.
    all_rounds : int
        How many it adds up in the end.
    """

    rounds: list[str]
    all_rounds: int


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
    boards: list[PublicBoard]
    groups: dict[str, str]


def read_result(folder: Path, *, draft: bool, confirmed: bool = False) -> PublicResult:
    """Read what `timhieu grade` wrote.

    Raises
    ------
    CannotPublish
        Where it isn't a result, was changed since, or is provisional and `draft` isn't asked for.
    """
    try:
        result = open_folder(folder)
        tables = {name: _table(result, name) for name in READ}
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
        "unconfirmed": result.final and not confirmed,
        "sample": manifest["contest"]["sample"],
        "synthetic": manifest["synthetic"],
    }
    return PublicResult(
        manifest["contest"]["title"],
        manifest["status"],
        [text(f"band.{name}") for name, shown in bands.items() if shown],
        manifest["as_of"],
        result.version,
        publish,
        [
            _round(tables, round_id, result.rules_of(round_id), publish)
            for round_id in sorted(manifest["rounds"])
        ],
        _boards(tables, rules, list(manifest["rounds"]), publish),
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


def _round(tables: Tables, round_id: str, rules: Rules | None, publish: Publish) -> PublicRound:
    ranked = [
        row
        for row in tables["ca_nhan.csv"]
        if row["round"] == round_id and row["status"] == "ranked"
    ]
    correct = Counter(int(row["correct"] or 0) for row in ranked)
    most = max(correct, default=0)
    stated = rules.prizes if rules else Prizes()
    prizes = RankingPrizes.of(stated, round_id, of_round=True)
    return PublicRound(
        round_id,
        rules.round(round_id).title if rules else round_id,
        [_person(row, publish, prizes.people) for row in ranked if _is_shown(row, publish)],
        [_unit(row, prizes.units) for row in tables["tap_the.csv"] if row["round"] == round_id],
        len(ranked),
        sum(row["round"] == round_id for row in tables["luot.csv"]),
        [(right, correct[right]) for right in range(most + 1)] if ranked else [],
    )


def _boards(
    tables: Tables, rules: list[Rules], graded: list[str], publish: Publish
) -> list[PublicBoard]:
    """Return the boards that are in the result, each by the last rules that know it."""
    known = {board.id: (board, one) for one in rules for board in one.ranking.boards}
    there = {row["board"] for row in tables["bang.csv"]}
    return [
        _board(tables, board, one, graded, publish)
        for board, one in known.values()
        if board.id in there
    ]


def _board(
    tables: Tables, board: Board, rules: Rules, graded: list[str], publish: Publish
) -> PublicBoard:
    ranked = [
        {**row, "duration_ms": row["ranked_ms"]}
        for row in tables["bang.csv"]
        if row["board"] == board.id and row["status"] == "ranked"
    ]
    prizes = RankingPrizes.of(rules.prizes, board.id, of_round=False)
    titles = {one.id: one.title for one in rules.rounds}
    return PublicBoard(
        board.id,
        board.title,
        [
            {**_person(row, publish, prizes.people), "rounds": row["rounds"]}
            for row in ranked
            if _is_shown(row, publish)
        ],
        [
            _unit(row, prizes.units)
            for row in tables["bang_tap_the.csv"]
            if row["board"] == board.id
        ],
        len(ranked),
        sum(int(row["attempts"] or 0) for row in ranked),
        [],
        [titles.get(id_, id_) for id_ in board.rounds if id_ in graded],
        len(board.rounds),
    )


def _is_shown(row: Row, publish: Publish) -> bool:
    return publish.top is None or row["prize"] is not None or int(row["rank"] or 0) <= publish.top


def _person(row: Row, publish: Publish, prizes: PrizeList) -> Row:
    name = public_name(row["name"], publish.names, erased=text("erased"))
    said = {"name": name, "prize_title": prizes.titles(row["prize"])}
    return {**{column: row[column] for column in PERSON}, **said}


def _unit(row: Row, prizes: PrizeList) -> Row:
    shown = {column: row[column] for column in UNIT}
    return {**shown, "prize_title": prizes.titles(row["prize"])}


def _table(result: ResultFolder, name: str) -> list[Row]:
    return [{key: cell or None for key, cell in row.items()} for row in result.rows(name)]


def _publish(rules: list[Rules]) -> Publish:
    """Return what the rules say; of several versions, what shows the least of a person."""
    found = [one.publish for one in rules] or [Publish()]
    tops = [one.top for one in found if one.top is not None]
    names = max((one.names for one in found), key=_STRICTNESS.index)
    return Publish(names=names, top=min(tops, default=None))
