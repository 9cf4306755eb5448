"""Several right options among two to eight."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from questions.strict import Id
from questions.types.base import ChoiceQuestion, Finding


class MultipleChoice(ChoiceQuestion):
    """One or more options are right; `key` lists their ids."""

    many: ClassVar[bool] = True
    type: Literal["multiple"]
    key: Annotated[tuple[Id, ...], Field(min_length=1)]

    def right(self) -> frozenset[str]:
        return frozenset(self.key)

    def findings(self) -> Iterator[Finding]:
        yield from super().findings()
        if len(set(self.key)) != len(self.key):
            yield "question.key_repeated", ("key",), {}
        if len(set(self.key)) == len(self.options):
            yield "question.key_all", ("key",), {}
