"""A word or a few to be typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from questions.types.base import Finding, Kind, QuestionBase
from questions.types.parts import Accepted, repeated_answers


class ShortText(QuestionBase):
    """`accepted` lists every right answer; spellings that `fold` makes equal count as one."""

    kind: ClassVar[Kind] = "text"
    type: Literal["short_text"]
    accepted: Accepted

    def findings(self) -> Iterator[Finding]:
        return repeated_answers(("accepted",), self.accepted)
