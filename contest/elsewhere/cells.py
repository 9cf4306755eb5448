"""Single cells: times, numbers, and what was answered."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from grading.marks import micro
from questions import Question
from questions.canonical import dumps

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_MS = datetime.timedelta(milliseconds=1)
_DECIMAL = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
_COUNT = re.compile(r"[0-9]{1,6}")


class CannotRead(ValueError):
    """A cell that can't be read: the code of its texts, and what fills their gaps."""

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values
        super().__init__(code)


def read_time(cell: str) -> int | None:
    """Return milliseconds UTC of an ISO 8601 time with offset; None for an empty cell.

    What is finer than a millisecond is cut off.

    Raises
    ------
    CannotRead
        For anything else; a time without offset has a code of its own.
    """
    if not cell:
        return None
    try:
        moment = datetime.datetime.fromisoformat(cell)
    except ValueError:
        raise CannotRead("cell.time") from None
    if moment.tzinfo is None:
        raise CannotRead("cell.naive")
    return (moment - _EPOCH) // _MS


def read_decimal(cell: str) -> Decimal | None:
    """Return a number with a decimal point and up to 6 decimals; None for an empty cell."""
    if not cell:
        return None
    if not _DECIMAL.fullmatch(cell):
        raise CannotRead("cell.number")
    return Decimal(cell)


def read_micro(cell: str) -> int | None:
    """Return points as millionths; None for an empty cell."""
    points = read_decimal(cell)
    return None if points is None else micro(points)


def read_count(cell: str) -> int | None:
    """Return a whole number from 0; None for an empty cell."""
    if not cell:
        return None
    if not _COUNT.fullmatch(cell):
        raise CannotRead("cell.count")
    return int(cell)


def read_response(question: Question, cell: str) -> str | None:
    """Return what was answered as canonical JSON, or None for an empty cell.

    Options stand by their ids: `a` or `a;c`; `true` or `false`; a group of statements, pairs and
    gaps as `id=value;id=value`; an order as `b;a;c`; numbers and texts as they were written.

    Raises
    ------
    CannotRead
        For an option, statement, entry or gap that the question doesn't have, one named twice, or a
        cell of another form than the question's.
    """
    if not cell:
        return None
    return dumps(_READERS[question.kind](question, cell))


def _chosen(question: Any, cell: str) -> dict[str, Any]:
    ids = _ids(cell, [option.id for option in question.choices()])
    if len(ids) > 1 and not question.many:
        raise CannotRead("response.many")
    return {"chosen": sorted(ids)}


def _statements(question: Any, cell: str) -> dict[str, Any]:
    said = _pairs(cell, [statement.id for statement in question.statements])
    for value in said.values():
        if value not in ("true", "false"):
            raise CannotRead("response.true_false", value=value)
    return {"statements": {id_: value == "true" for id_, value in said.items()}}


def _matched(question: Any, cell: str) -> dict[str, Any]:
    made = _pairs(cell, [part.id for part in question.left])
    right = [part.id for part in question.right]
    for value in made.values():
        _known(value, right)
    return {"pairs": made}


def _order(question: Any, cell: str) -> dict[str, Any]:
    known = [item.id for item in question.items]
    ids = _ids(cell, known)
    if len(ids) != len(known):
        raise CannotRead("response.order", known=";".join(known))
    return {"order": ids}


def _gaps(question: Any, cell: str) -> dict[str, Any]:
    known = {gap.id: [option.id for option in gap.options] for gap in question.gaps}
    # A typed text may hold `;`: only one that stands before a gap's id ends it.
    names = "|".join(re.escape(id_) for id_ in sorted(known, key=len, reverse=True))
    filled: dict[str, str] = {}
    for part in re.split(rf";(?=\s*(?:{names})\s*=)", cell):
        id_, value = _pair(part, list(known))
        if id_ in filled:
            raise CannotRead("response.twice", id=id_)
        if known[id_]:
            _known(value, known[id_])
        filled[id_] = value
    return {"gaps": filled}


def _text(_question: Any, cell: str) -> dict[str, Any]:
    return {"text": cell}


_READERS: dict[str, Callable[[Any, str], dict[str, Any]]] = {
    "choice": _chosen,
    "group": _statements,
    "match": _matched,
    "order": _order,
    "cloze": _gaps,
    "number": _text,
    "text": _text,
    "essay": _text,
}
"""Kind of a question -> what reads its answers."""


def _ids(cell: str, known: list[str]) -> list[str]:
    found: list[str] = []
    for part in cell.split(";"):
        id_ = part.strip()
        _known(id_, known)
        if id_ in found:
            raise CannotRead("response.twice", id=id_)
        found.append(id_)
    return found


def _pairs(cell: str, known: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in cell.split(";"):
        id_, value = _pair(part, known)
        if id_ in found:
            raise CannotRead("response.twice", id=id_)
        found[id_] = value
    return found


def _pair(part: str, known: list[str]) -> tuple[str, str]:
    id_, sign, value = (one.strip() for one in part.partition("="))
    if not sign or not value:
        raise CannotRead("response.pair", part=part.strip(), known=", ".join(known))
    _known(id_, known)
    return id_, value


def _known(id_: str, known: list[str]) -> None:
    if id_ not in known:
        raise CannotRead("response.unknown", id=id_, known=", ".join(known))
