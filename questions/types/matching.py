"""Entries of a left column, each with one entry of a right column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from questions.strict import Id
from questions.types.base import Finding, Kind, QuestionBase
from questions.types.parts import Part, PartScoring, repeated


class Matching(QuestionBase):
    """`key` gives every left entry its right one; the right column may hold more.

    Two left entries may have the same right one.
    """

    kind: ClassVar[Kind] = "match"
    type: Literal["matching"]
    left: Annotated[tuple[Part, ...], Field(min_length=2, max_length=8)]
    right: Annotated[tuple[Part, ...], Field(min_length=2, max_length=12)]
    key: dict[Id, Id]
    scoring: PartScoring = "all_or_nothing"

    def movable(self) -> tuple[Part, ...]:
        return self.right

    def findings(self) -> Iterator[Finding]:
        yield from repeated("left", self.left)
        yield from repeated("right", self.right)
        left, right = {part.id for part in self.left}, {part.id for part in self.right}
        for id_ in sorted(left - set(self.key)):
            yield "question.pair_missing", ("key",), {"id": id_}
        for from_, to in self.key.items():
            if from_ not in left:
                yield "question.pair_unknown", ("key", from_), {"id": from_, "name": "left"}
            if to not in right:
                yield "question.pair_unknown", ("key", from_), {"id": to, "name": "right"}
