"""One right option among two to eight."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator

from questions.strict import Id
from questions.types.base import ChoiceQuestion


def _one(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        raise ValueError("one_right")
    return value


class SingleChoice(ChoiceQuestion):
    """Exactly one option is right; `key` is its id."""

    many: ClassVar[bool] = False
    type: Literal["single"]
    key: Annotated[Id, BeforeValidator(_one)]

    def right(self) -> frozenset[str]:
        return frozenset({self.key})
