"""Who is given a certificate, and in what order they stand in the register. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from contest.documents_rules import Documents
from contest.papers.boards import board_tables
from contest.papers.figures import tables_of
from contest.papers.formal import contest_words
from contest.papers.issued import Given
from contest.papers.messages import text
from contest.papers.numbering import numbered
from contest.papers.prizes import JOIN, PrizeList
from contest.papers.result import Result
from contest.papers.rows import value
from contest.papers.signed import Certificate
from contest.papers.words import clean, listed, points

_Award = tuple[str | None, str, str, str]
"""Person (None: a unit's), name, unit, what for."""


def awarded(result: Result, documents: Documents, *, units: bool = False) -> list[Certificate]:
    """Return the certificates of a result alone; see `given`."""
    return [one.certificate for one in given(result, documents, units=units)]


def given(
    result: Result,
    documents: Documents,
    *,
    units: bool = False,
    issued: Iterable[dict[str, Any]] = (),
) -> list[Given]:
    """Return the certificates of a result, numbered by round, group, prize and rank; boards last.

    Those of a board are of its last round, whose receipt leads to them.

    Parameters
    ----------
    units : bool
        Those of units instead of people's.
    issued : iterable of dict
        Earlier ones, after whose numbers these go on; see `contest.papers.numbering`.

    Returns
    -------
    list of Given
        Without persons whose name was erased.
    """
    found = []
    for round_id in result.rounds:
        rules = result.rules[round_id]
        tables = tables_of(result, round_id)
        if units:
            awards = _units(tables.units, PrizeList(rules.prizes.units))
        else:
            awards = _people(tables.people, PrizeList(rules.prizes.people), documents)
        found += [(round_id, clean(rules.round(round_id).title), *one) for one in awards]
    winners = Documents()  # whatever else is certified is of one round
    for board in board_tables(result):
        if units:
            awards = _units(board.units, board.unit_prizes)
        else:
            awards = _people(board.people, board.prizes, winners)
        last = [id_ for id_ in result.rounds if id_ in board.board.rounds][-1]
        found += [(last, clean(board.board.title), *one) for one in awards]
    body = clean(documents.body or result.organiser or "")
    unnumbered = [
        Given(
            Certificate(
                number="",
                name=name,
                unit=unit,
                award=award,
                contest=contest_words(result.title),
                round=title,
                body=body,
                version=result.version,
            ),
            round_id,
            contestant_id,
        )
        for round_id, title, contestant_id, name, unit, award in found
    ]
    symbol = clean(documents.certificates.symbol or "")
    return numbered(unnumbered, issued, documents.certificates.first_number, symbol)


def _people(people: Any, prizes: PrizeList, documents: Documents) -> Iterator[_Award]:
    rows = [row for row in people.itertuples(index=False) if value(row.name) is not None]
    rows = [row for row in rows if _is_given(row, documents)]
    names = prizes.in_order(row.prize for row in rows if value(row.prize) is not None)
    order = {name: place for place, name in enumerate(names)}

    def key(row: Any) -> tuple[Any, ...]:
        rank, prize = value(row.rank), value(row.prize)
        best = order[prize.split(JOIN)[0]] if prize else len(order)
        return (best, row.group, rank is None, rank or 0)

    for row in sorted(rows, key=key):
        prize = value(row.prize)
        if prize is None:
            award = text("award.share", diem=points(row.score), toi_da=points(row.max_score))
        else:
            award = _won(prize, prizes)
        yield row.contestant_id, clean(row.name), clean(row.unit), award


def _is_given(row: Any, documents: Documents) -> bool:
    if value(row.prize) is not None:
        return True
    given = documents.certificates
    if given.who == "winners" or value(row.rank) is None:
        return False
    if given.who == "all":
        return True
    return Fraction(int(row.score), int(row.max_score or 1)) >= Fraction(given.share)


def _units(units: Any, prizes: PrizeList) -> Iterator[_Award]:
    if "prize" not in units.columns:
        return
    rows = [row for row in units.to_dict("records") if value(row["prize"]) is not None]
    order = {name: place for place, name in enumerate(prizes.in_order(r["prize"] for r in rows))}
    for row in sorted(rows, key=lambda row: order[row["prize"].split(JOIN)[0]]):
        yield None, clean(row["unit"]), "", _won(row["prize"], prizes)


def _won(prize: str, prizes: PrizeList) -> str:
    """Return `đạt giải Nhất`; of several prizes all."""
    word, found = text("word.prize"), []
    for name in prize.split(JOIN):
        title = clean(prizes[name].title)
        lower = title[:1].lower() + title[1:]
        found.append(lower if lower.startswith(word) else f"{word} {title}")
    return text("award.prize", giai=listed(found))
