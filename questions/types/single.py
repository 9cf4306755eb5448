"""One right option among two to eight."""

from __future__ import annotations

from typing import ClassVar, Literal

from questions.strict import Id
from questions.types.base import ChoiceQuestion


class SingleChoice(ChoiceQuestion):
    """Exactly one option is right; `key` is its id."""

    many: ClassVar[bool] = False
    type: Literal["single"]
    key: Id

    def right(self) -> frozenset[str]:
        return frozenset({self.key})
