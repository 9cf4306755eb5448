"""What all question types share."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, StrictBool, StringConstraints, model_validator

from questions.canonical import content_hash
from questions.strict import Date, Id, Strict, Text

Level = Literal["recall", "understand", "apply"]
"""nhận biết, thông hiểu, vận dụng"""

Kind = Literal["choice", "group", "match", "order", "number", "text", "cloze", "essay"]
"""How a question is answered: what a page shows of it and sends back (docs/protocol.md)."""

Finding = tuple[str, tuple[str | int, ...], dict[str, Any]]
"""(problem code, place below the question, values for its text)"""


class Option(Strict):
    """A possible answer. `pinned` keeps its place when options are shuffled."""

    id: Id
    text: Text
    pinned: StrictBool = False


class Image(Strict):
    """A picture shown with the stem; `file` lies in the bank's folder `anh/`."""

    file: Annotated[
        str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*\.(png|jpg|jpeg|webp)$")
    ]
    alt: Text


class Status(Strict):
    """How far a question has come, by whom, when, and for which content.

    `hash` is what `Bank.reviewed_hash` gave when the status was set; where it differs
    today, the question counts as a draft.
    """

    status: Literal["draft", "reviewed", "approved"] = "draft"
    by: Text | None = None
    on: Date | None = None
    hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None

    @model_validator(mode="after")
    def _complete(self) -> Status:
        if self.status != "draft" and None in (self.by, self.on, self.hash):
            raise ValueError("status_incomplete")
        return self


class QuestionBase(Strict):
    """A question without its key.

    Attributes
    ----------
    facts : tuple of str
        Ids of the facts that the key follows from.
    sources : tuple of str
        Ids of sources cited beside the facts; for questions that no single fact answers.
    points : Decimal or None
        Points for a full answer; None where the contest's rules give every question the same.
    shuffle : bool
        False keeps the options in the written order on every paper.
    """

    kind: ClassVar[Kind]

    id: Id
    stem: Text
    facts: tuple[Id, ...] = ()
    sources: tuple[Id, ...] = ()
    topic: Id
    level: Level
    tags: tuple[Id, ...] = ()
    points: Annotated[Decimal, Field(gt=0, le=1000, decimal_places=6)] | None = None
    explanation: Text | None = None
    shuffle: StrictBool = True
    image: Image | None = None
    status: Status = Status()

    def movable(self) -> tuple[Any, ...]:
        """Return what a paper shows in an order of its own, as the file has it."""
        return ()

    def is_grounded(self) -> bool:
        """Return whether the question names what it rests on."""
        return bool(self.facts)

    def own_points(self) -> Decimal | None:
        """Return the points for a full answer, or None where the contest's rules say."""
        return self.points

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong with this question taken alone."""
        raise NotImplementedError  # pragma: no cover

    def content(self) -> dict[str, Any]:
        """Return everything but the status, as plain data."""
        return self.model_dump(mode="json", exclude={"status"})

    def content_hash(self) -> str:
        """Return the SHA-256 of the question without its status."""
        return content_hash(self.content())


class OptionQuestion(QuestionBase):
    """A question answered by choosing among options, written or not."""

    kind: ClassVar[Kind] = "choice"
    many: ClassVar[bool]
    """True where a contestant may choose several options."""

    def choices(self) -> tuple[Option, ...]:
        """Return the options in the order of the file."""
        raise NotImplementedError  # pragma: no cover - every type has its own

    def movable(self) -> tuple[Option, ...]:
        return self.choices()

    def right(self) -> frozenset[str]:
        """Return the ids of the right options: the key."""
        raise NotImplementedError  # pragma: no cover


class ChoiceQuestion(OptionQuestion):
    """A question with written options."""

    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=8)]

    def choices(self) -> tuple[Option, ...]:
        return self.options

    def findings(self) -> Iterator[Finding]:
        ids = [option.id for option in self.options]
        texts = [" ".join(option.text.casefold().split()) for option in self.options]
        for index, (id_, shown) in enumerate(zip(ids, texts, strict=True)):
            if id_ in ids[:index]:
                yield "question.option_repeated", ("options", index), {"id": id_}
            if shown in texts[:index]:
                yield "question.option_text_repeated", ("options", index), {"id": id_}
        for id_ in sorted(self.right() - set(ids)):
            yield "question.key_unknown", ("key",), {"id": id_}
