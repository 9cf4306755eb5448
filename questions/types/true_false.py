"""A statement that is true or false."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import StrictBool

from questions.messages import text
from questions.types.base import Finding, Option, OptionQuestion

TRUE, FALSE = "true", "false"


class TrueFalse(OptionQuestion):
    """The stem is a statement; the options are always Đúng, then Sai."""

    many: ClassVar[bool] = False
    type: Literal["true_false"]
    key: StrictBool

    def choices(self) -> tuple[Option, ...]:
        return (
            Option(id=TRUE, text=text("type.true"), pinned=True),
            Option(id=FALSE, text=text("type.false"), pinned=True),
        )

    def right(self) -> frozenset[str]:
        return frozenset({TRUE if self.key else FALSE})

    def findings(self) -> Iterator[Finding]:
        return iter(())
