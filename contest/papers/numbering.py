"""Numbers of certificates: no two bear the same, and the same certificate keeps its own. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

from contest.papers.issued import Given

LEAST_DIGITS = 4
NOT_COMPARED = ("number", "version")
"""Fields that may differ where a certificate is made again."""


def numbered(
    given: Sequence[Given], issued: Iterable[dict[str, Any]], first: int, symbol: str
) -> list[Given]:
    """Return certificates with their numbers in the register, in the order they came in.

    Parameters
    ----------
    given : sequence of Given
        Certificates without numbers.
    issued : iterable of dict
        What was noted of earlier ones, as `contest.papers.issued` has it.
    first : int
        The number to begin with, where none as high was given with this symbol.
    symbol : str
        What follows the number; empty: nothing.
    """
    known: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    highest = first - 1
    for row in issued:
        number, _, follows = row["fields"]["number"].partition("/")
        if follows == symbol:
            known[_key(row["round"], row["contestant"], row["fields"])].append(
                row["fields"]["number"]
            )
            highest = max(highest, int(number))
    kept = {key: sorted(set(numbers), key=_value) for key, numbers in known.items()}
    width = max(LEAST_DIGITS, len(str(highest + len(given))))
    found = []
    for one in given:
        earlier = kept.get(_key(one.round_id, one.contestant_id, asdict(one.certificate)))
        if earlier:
            number = earlier.pop(0)
        else:
            highest += 1
            number = f"{highest:0{width}}" + (f"/{symbol}" if symbol else "")
        found.append(replace(one, certificate=replace(one.certificate, number=number)))
    return found


def _key(round_id: str, contestant_id: str | None, fields: dict[str, Any]) -> tuple[Any, ...]:
    """Return what tells a certificate from every other; a person's name isn't noted anywhere."""
    left_out = NOT_COMPARED if contestant_id is None else (*NOT_COMPARED, "name")
    rest = tuple(sorted((name, value) for name, value in fields.items() if name not in left_out))
    return (round_id, contestant_id, rest)


def _value(number: str) -> int:
    return int(number.partition("/")[0])
