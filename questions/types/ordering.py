"""Items to be put in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from questions.strict import Id
from questions.types.base import Finding, Kind, QuestionBase
from questions.types.parts import Part, PartScoring, repeated


class Ordering(QuestionBase):
    """`key` lists the ids of all items in their right order."""

    kind: ClassVar[Kind] = "order"
    type: Literal["ordering"]
    items: Annotated[tuple[Part, ...], Field(min_length=3, max_length=8)]
    key: tuple[Id, ...]
    scoring: PartScoring = "all_or_nothing"

    def movable(self) -> tuple[Part, ...]:
        return self.items

    def findings(self) -> Iterator[Finding]:
        yield from repeated("items", self.items)
        ids = [item.id for item in self.items]
        if sorted(ids) != sorted(self.key):
            yield "question.order_incomplete", ("key",), {}
        elif not self.shuffle and tuple(ids) == self.key:
            yield "question.order_given", ("shuffle",), {}
