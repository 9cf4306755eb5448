"""The thể lệ of a contest, as `the_le.yml` states it."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, StrictBool

from contest.practice_rules import BankName, Practice
from grading.rules import Counting, PeopleRanking, Quantity, UnitRanking
from questions.canonical import content_hash
from questions.strict import Date, Id, Strict, Text

RULES_VERSION = 1
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
"""All times in the rules file are Vietnamese time."""


def _moment(value: object) -> object:
    if isinstance(value, datetime.datetime):
        return value
    match = re.fullmatch(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?)(\+07:00)?", str(value))
    if not match:
        raise ValueError("moment")
    try:
        moment = datetime.datetime.fromisoformat(f"{match[1]}T{match[2]}")
    except ValueError:
        raise ValueError("moment") from None
    return moment.replace(tzinfo=ZONE)


def _pattern(value: str) -> str:
    if not re.fullmatch(r"[0-9x]{8,15}", value):
        raise ValueError("phone_pattern")
    return value


Moment = Annotated[datetime.datetime, BeforeValidator(_moment)]
"""`2026-11-23 08:00`, Vietnamese time; kept aware."""


def to_ms(moment: datetime.datetime) -> int:
    """Return milliseconds UTC of an aware datetime.

    Raises
    ------
    ValueError
        For a naive datetime.
    """
    if moment.tzinfo is None:
        raise ValueError("naive datetime")
    return round(moment.timestamp() * 1000)


class About(Strict):
    """Who holds the contest, and whether it is a sample."""

    id: Id
    title: Text
    organiser: Text
    contact: Text
    sample: StrictBool = False


class Window(Strict):
    """When a round takes attempts: from `opens` up to, but without, `closes`."""

    opens: Moment
    closes: Moment


class Round(Strict):
    """A part of the contest with its own ranking; windows follow each other."""

    id: Id
    title: Text
    windows: Annotated[tuple[Window, ...], Field(min_length=1)]
    results_by: Date | None = None

    @property
    def opens_at(self) -> int:
        """First opening, milliseconds UTC."""
        return to_ms(self.windows[0].opens)

    @property
    def closes_at(self) -> int:
        """Last closing, milliseconds UTC."""
        return to_ms(self.windows[-1].closes)

    @property
    def spans(self) -> list[tuple[int, int]]:
        """(opens, closes) of every window, milliseconds UTC."""
        return [(to_ms(window.opens), to_ms(window.closes)) for window in self.windows]

    def window_at(self, now: int) -> tuple[int, int] | None:
        """Return (opens, closes) in ms of the window that `now` (ms) falls into, or None."""
        for opens, closes in self.spans:
            if opens <= now < closes:
                return opens, closes
        return None

    def next_opening(self, now: int) -> int | None:
        """Return the next opening after `now`, milliseconds UTC, or None."""
        return next((opens for opens, _ in self.spans if opens > now), None)


class Group(Strict):
    """A kind of contestant with a ranking of its own."""

    id: Id
    title: Text


class NameField(Strict):
    """Họ và tên."""

    kind: Literal["name"]
    max_length: Annotated[int, Field(strict=True, ge=10, le=200)] = 80


class PhoneField(Strict):
    """Số điện thoại; `pattern` has a digit where it is fixed and x where any digit may stand."""

    kind: Literal["phone"]
    required: StrictBool = True
    pattern: Annotated[str, AfterValidator(_pattern)] = "0xxxxxxxxx"


IdentityField = Annotated[NameField | PhoneField, Field(discriminator="kind")]


class Consent(Strict):
    """What contestants agree to: purpose, who sees the data, when they are deleted."""

    purpose: Text
    seen_by: Text
    delete_on: Date


class Registration(Strict):
    """What a contestant is asked, and what makes two registrations the same person.

    The unit is always asked and always from the list. `key: none` finds no duplicates.
    """

    fields: Annotated[tuple[IdentityField, ...], Field(min_length=1)]
    key: Literal["phone", "none"]
    consent: Consent


QuestionType = Literal[
    "single", "multiple", "true_false", "true_false_group", "matching", "ordering", "numeric",
    "short_text", "cloze", "essay",
]  # fmt: skip
"""The types of questions that a paper may be drawn from."""


class Draw(Strict):
    """A line of the blueprint: so many questions of a topic."""

    topic: Id
    questions: Annotated[int, Field(strict=True, ge=1, le=200)]


class PaperRules(Strict):
    """What a paper is made of and how long it may take.

    Attributes
    ----------
    points : Decimal
        Points for each question with a full answer.
    order : str
        `shuffled` mixes the topics, `blueprint` keeps them together in the written order.
    grace_seconds : int
        How long after the deadline a message may still be received and count.
    types : tuple of str, or None
        Only questions of these types are drawn; None for all types.
    """

    minutes: Annotated[int, Field(strict=True, ge=1, le=600)]
    points: Annotated[Decimal, Field(gt=0, le=1000, decimal_places=6)]
    order: Literal["shuffled", "blueprint"] = "shuffled"
    grace_seconds: Annotated[int, Field(strict=True, ge=0, le=60)] = 0
    types: tuple[QuestionType, ...] | None = None
    blueprint: Annotated[tuple[Draw, ...], Field(min_length=1)]

    def takes(self, type_: str) -> bool:
        """Return whether questions of a type are drawn."""
        return self.types is None or type_ in self.types

    @property
    def length(self) -> int:
        """Number of questions."""
        return sum(draw.questions for draw in self.blueprint)


class Attempts(Strict):
    """How many attempts a person has in each round, and which one counts."""

    limit: Annotated[int, Field(strict=True, ge=1, le=100)]
    per: Literal["round"] = "round"
    counted: Counting


class Prediction(Strict):
    """The figure that contestants guess; printed in the question, the rules and the ranking."""

    quantity: Quantity
    question: Text
    hint: Text


class Ranking(Strict):
    """The order of people and of units."""

    people: PeopleRanking
    units: UnitRanking


Reveal = Literal["never", "at_once", "after_round"]


class RevealPolicy(Strict):
    """When a contestant sees the score, the right answers and the explanations."""

    score: Reveal = "after_round"
    right_answers: Reveal = "after_round"
    explanations: Reveal = "after_round"
    open_book: StrictBool = False


UnitsFile = Annotated[str, Field(pattern=r"^[^/\\].*\.csv$")]
"""The unit list, in the contest's folder."""


class Rules(Strict):
    """The whole thể lệ. `version` is the version of the format, not of the contest."""

    version: Literal[1]
    contest: About
    bank: BankName
    units: UnitsFile
    rounds: Annotated[tuple[Round, ...], Field(min_length=1)]
    groups: Annotated[tuple[Group, ...], Field(min_length=1)]
    registration: Registration
    paper: PaperRules
    attempts: Attempts
    prediction: Prediction | None
    ranking: Ranking
    reveal: RevealPolicy
    practice: Practice = Practice()

    def round(self, round_id: str) -> Round:
        """Return the round with this id; KeyError if there is none."""
        for candidate in self.rounds:
            if candidate.id == round_id:
                return candidate
        raise KeyError(round_id)

    def to_data(self) -> dict[str, object]:
        """Return the rules as plain data; `Rules.model_validate` reads it back."""
        return self.model_dump(mode="json", by_alias=True)

    def content_hash(self) -> str:
        """Return the SHA-256 of the rules' content (not of their comments)."""
        return content_hash(self.to_data())
