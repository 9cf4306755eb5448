"""What several question types are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, StrictBool

from questions.folding import fold
from questions.strict import Id, Strict, Text
from questions.types.base import Finding

PartScoring = Literal["all_or_nothing", "each"]
"""Whether a question of several parts earns its marks as a whole, or each part its share."""

Accepted = Annotated[tuple[Text, ...], Field(min_length=1, max_length=30)]
"""The answers that count as right, whatever their capitals, spaces and tone placement."""


class Part(Strict):
    """A text with an id: an entry of a column, an item to be ordered, an option of a gap."""

    pinned: ClassVar[bool] = False
    id: Id
    text: Text


class Statement(Part):
    """A statement of a group, and whether it is true."""

    key: StrictBool


class Gap(Strict):
    """A gap in a text: filled from `options`, or typed and compared with `accepted`."""

    id: Id
    accepted: tuple[Text, ...] = ()
    options: Annotated[tuple[Part, ...], Field(max_length=8)] = ()
    key: Id | None = None


class Criterion(Part):
    """What a marker of an essay looks for, and the points for it."""

    points: Annotated[Decimal, Field(gt=0, le=1000, decimal_places=6)]


def repeated(name: str, parts: Sequence[Any]) -> Iterator[Finding]:
    """Yield a finding for every part whose id or text another one before it has."""
    ids = [part.id for part in parts]
    texts = [" ".join(part.text.casefold().split()) for part in parts]
    for index, (id_, shown) in enumerate(zip(ids, texts, strict=True)):
        if id_ in ids[:index]:
            yield "question.part_repeated", (name, index), {"id": id_, "name": name}
        if shown in texts[:index]:
            yield "question.part_text_repeated", (name, index), {"id": id_, "name": name}


def repeated_answers(place: tuple[str | int, ...], accepted: Sequence[str]) -> Iterator[Finding]:
    """Yield a finding for every accepted answer that says what one before it says."""
    folded = [fold(answer) for answer in accepted]
    for index, answer in enumerate(folded):
        if not answer:
            yield "question.accepted_blank", (*place, index), {"text": accepted[index]}
        elif answer in folded[:index]:
            yield "question.accepted_repeated", (*place, index), {"text": accepted[index]}
