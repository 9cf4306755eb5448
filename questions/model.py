"""Source, Fact, Question, Bank: what a bank is made of."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from questions.canonical import content_hash
from questions.strict import Id, PartialDate, Strict, Text
from questions.types import Question

FORMAT_VERSION = 1
"""Version of the bank's files; every file begins with it."""

ListName = Literal["quan_diem", "dinh_huong", "nhiem_vu", "dot_pha"]
"""The four numbered lists of the Resolution of Congress XIV: 5, 12, 6 and 3 items."""

LIST_LENGTHS: dict[str, int] = {"quan_diem": 5, "dinh_huong": 12, "nhiem_vu": 6, "dot_pha": 3}


DRAFTED = "may-soan"
"""Tag of a question that was proposed by `timhieu draft` and that nobody has accepted yet."""


class Source(Strict):
    """A document that facts are taken from.

    Attributes
    ----------
    number, date : str or None
        None where unknown; a date may be a year or a month only.
    kind : str
        `document` for the document itself, `report` for a report about it.
    copy_kind : str
        Written `copy:` in files: whether the text read was an official copy.
    superseded_by : str or None
        Id of the source that replaces this one; set exactly when `status` is `superseded`.
    """

    id: Id
    title: Text
    issuer: Text
    number: Text | None = None
    date: PartialDate | None = None
    address: Text | None = None
    kind: Literal["document", "report"]
    copy_kind: Literal["official", "unofficial"] = Field(alias="copy")
    status: Literal["final", "draft", "superseded"] = "final"
    superseded_by: Id | None = None


class NumberValue(Strict):
    """A number with its unit; `to` makes it a range, `bound` says how exact it is."""

    type: Literal["number"]
    value: Decimal
    to: Decimal | None = None
    unit: Text
    bound: Literal["exact", "about", "over", "under", "at_least", "at_most"] = "exact"


class DateValue(Strict):
    """A date (or year, or month); `to` makes it a period, ends included."""

    type: Literal["date"]
    value: PartialDate
    to: PartialDate | None = None


class TextValue(Strict):
    """A term or phrase, such as a motto or the content of a list item."""

    type: Literal["text"]
    value: Text


class NameValue(Strict):
    """The name of a body, place, document or (only where the fact needs it) person."""

    type: Literal["name"]
    value: Text


FactValue = Annotated[NumberValue | DateValue | TextValue | NameValue, Field(discriminator="type")]


class Citation(Strict):
    """A place in a source, precise enough to find the sentence."""

    source: Id
    place: Text


class Fact(Strict):
    """One checkable statement in our own words.

    Attributes
    ----------
    values : tuple of FactValue
        What questions ask for; empty where the statement itself is the value.
    cites, further : Citation
        The source the statement was taken from, and others that confirm it.
    list, item : str and int, or None
        Where the fact is item n of one of the numbered lists.
    status : str
        `confirmed` by two sources, `one_source`, `in_conflict` or `superseded`.
    valid_from, valid_to : str or None
        When the statement holds; None where it doesn't change with time.
    note : str or None
        For authors: traps, other figures in circulation. Never shown to contestants.
    """

    id: Id
    statement: Text
    values: tuple[FactValue, ...] = ()
    cites: Citation
    further: tuple[Citation, ...] = ()
    list: ListName | None = None
    item: Annotated[int, Field(strict=True, ge=1)] | None = None
    status: Literal["confirmed", "one_source", "in_conflict", "superseded"]
    superseded_by: Id | None = None
    valid_from: PartialDate | None = None
    valid_to: PartialDate | None = None
    note: Text | None = None


class Topic(Strict):
    """A part of the bank; its questions lie in `<id>.yml`."""

    id: Id
    title: Text


class Picture(Strict):
    """A picture as it was when the bank was read.

    Attributes
    ----------
    hash : str
        SHA-256 of the file: pages know a picture by it, so that its name tells nothing.
    width, height : int
        Pixels, as a browser shows it.
    """

    file: Text
    hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    media: Literal["image/png", "image/jpeg", "image/webp"]
    width: Annotated[int, Field(gt=0)]
    height: Annotated[int, Field(gt=0)]


class Bank(Strict):
    """Sources, facts and questions, checked to belong together.

    `pictures` are those that questions show, by file name.
    """

    id: Id
    title: Text
    topics: tuple[Topic, ...]
    sources: tuple[Source, ...]
    facts: tuple[Fact, ...]
    questions: tuple[Question, ...]
    pictures: tuple[Picture, ...] = ()

    @cached_property
    def source_by_id(self) -> dict[str, Source]:
        """Sources by id."""
        return {source.id: source for source in self.sources}

    @cached_property
    def fact_by_id(self) -> dict[str, Fact]:
        """Facts by id."""
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def question_by_id(self) -> dict[str, Any]:
        """Questions by id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def picture_by_file(self) -> dict[str, Picture]:
        """Pictures by the name of their file."""
        return {picture.file: picture for picture in self.pictures}

    def picture_of(self, question: Any) -> Picture | None:
        """Return the picture that a question shows, or None."""
        return self.picture_by_file.get(question.image.file) if question.image else None

    def model_copy(self, **options: Any) -> Bank:
        """Return a copy; what was looked up by id before is not carried over."""
        copy = super().model_copy(**options)
        for name in ("source_by_id", "fact_by_id", "question_by_id", "picture_by_file"):
            copy.__dict__.pop(name, None)
        return copy

    def reviewed_hash(self, question: Any) -> str:
        """Return the SHA-256 of what a reviewer of `question` sees: it, its facts and its picture.

        A changed fact or picture therefore sends its questions back to draft, like an edit of
        their own.
        """
        facts = [
            self.fact_by_id[id_].model_dump(mode="json", exclude={"note"})
            for id_ in sorted(question.facts)
            if id_ in self.fact_by_id
        ]
        seen = {"question": question.content(), "facts": facts}
        picture = self.picture_of(question)
        return content_hash(seen if picture is None else {**seen, "picture": picture.hash})

    def status_of(self, question: Any) -> Literal["draft", "reviewed", "approved"]:
        """Return the status that holds today: `draft` where the content has changed since."""
        status = question.status
        if status.status != "draft" and status.hash != self.reviewed_hash(question):
            return "draft"
        return status.status

    def content_hash(self) -> str:
        """Return the SHA-256 of the whole bank, whatever the order of its files and entries."""
        return content_hash(self.to_data())

    def to_data(self) -> dict[str, Any]:
        """Return the bank as plain data in a fixed order; `from_data` reads it back."""
        data = self.model_dump(mode="json", by_alias=True)
        for key in ("topics", "sources", "facts", "questions"):
            data[key].sort(key=lambda entry: entry["id"])
        data["pictures"].sort(key=lambda entry: entry["file"])
        if not data["pictures"]:  # as it was before banks told of them
            del data["pictures"]
        return data

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Bank:
        """Read what `to_data` returned."""
        return cls.model_validate(data)
