"""The thể lệ of a contest, as `the_le.yml` states it."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, StrictBool, model_validator

from contest.documents_rules import Documents
from contest.marking_rules import Marking
from contest.practice_rules import BankName, Practice
from contest.publish_rules import Publish
from contest.rules_paper import NamedPaper, PaperRules
from contest.rules_registration import Registration
from contest.rules_upgrade import upgrade
from grading.prize_rules import Prizes
from grading.rules import (
    Board,
    Counting,
    GradingRules,
    PeopleRanking,
    PredictionRules,
    ScoringRules,
    Validity,
)
from grading.unit_rules import UnitRanking
from questions.canonical import content_hash
from questions.strict import Date, Id, Strict, Text

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
"""All times in the rules file are Vietnamese time."""


def _moment(value: object) -> object:
    if isinstance(value, datetime.datetime):
        return value
    match = re.fullmatch(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?)(\+07:00)?", str(value))
    if not match:
        raise ValueError("moment")
    ends = match[2] in ("24:00", "24:00:00")
    try:
        moment = datetime.datetime.fromisoformat(f"{match[1]}T{'00:00' if ends else match[2]}")
        moment += datetime.timedelta(days=ends)
    except (ValueError, OverflowError):
        raise ValueError("moment") from None
    return moment.replace(tzinfo=ZONE)


Moment = Annotated[datetime.datetime, BeforeValidator(_moment)]
"""`2026-11-23 08:00`, Vietnamese time; kept aware. `24:00` is the end of the day."""

TimeOfDay = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")]
"""`07:30`, Vietnamese time; `24:00` is the end of the day."""

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


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


def from_ms(ms: int) -> datetime.datetime:
    """Return milliseconds UTC as an aware datetime in Vietnamese time."""
    return datetime.datetime.fromtimestamp(ms / 1000, tz=ZONE)


class About(Strict):
    """Who holds the contest, and whether it is a sample."""

    id: Id
    title: Text
    organiser: Text
    contact: Text
    sample: StrictBool = False


class Issued(Strict):
    """The document that these rules were issued with; what isn't known is left out."""

    number: Text | None = None
    on: Date | None = None


class Window(Strict):
    """When a round takes attempts: from `opens` up to, but without, `closes`."""

    opens: Moment
    closes: Moment


class Hours(Strict):
    """The hours of the day and the days of the week on which a round is really open."""

    opens: TimeOfDay
    closes: TimeOfDay
    days: Annotated[tuple[Weekday, ...], Field(min_length=1)] = WEEKDAYS

    @model_validator(mode="after")
    def _rising(self) -> Hours:
        if self.opens >= self.closes:
            raise ValueError("span_backwards")
        return self

    def within(self, opens: int, closes: int) -> list[tuple[int, int]]:
        """Return the parts of a window (ms UTC) that fall into these hours."""
        day = datetime.datetime.fromtimestamp(opens / 1000, tz=ZONE).date()
        found = []
        while (start := self._at(day, "00:00")) < closes:
            if WEEKDAYS[day.weekday()] in self.days:
                begin = max(opens, self._at(day, self.opens))
                end = min(closes, self._at(day, self.closes))
                if begin < end:
                    found.append((begin, end))
            day += datetime.timedelta(days=1)
            if start > closes:
                break
        return found

    def _at(self, day: datetime.date, clock: str) -> int:
        hours, minutes = map(int, clock.split(":"))
        midnight = datetime.datetime.combine(day, datetime.time(), tzinfo=ZONE)
        return to_ms(midnight) + (hours * 60 + minutes) * 60_000


class Round(Strict):
    """A part of the contest with its own ranking; windows follow each other.

    Attributes
    ----------
    hours : Hours or None
        Only at these hours of the windows' days; None: all the time.
    stage : str or None
        The part of the contest it belongs to (vòng tuần, chung kết), in words.
    admits : str
        `all`, or `listed`: only who was admitted by a ruling (`timhieu admit`).
    results_by : date or None
        When results are expected.
    """

    id: Id
    title: Text
    windows: Annotated[tuple[Window, ...], Field(min_length=1)]
    hours: Hours | None = None
    stage: Text | None = None
    admits: Literal["all", "listed"] = "all"
    results_by: Date | None = None

    @property
    def opens_at(self) -> int:
        """First opening, milliseconds UTC."""
        return self.spans[0][0]

    @property
    def closes_at(self) -> int:
        """Last closing, milliseconds UTC."""
        return self.spans[-1][1]

    @property
    def window_times(self) -> list[tuple[int, int]]:
        """(opens, closes) of every window as written, milliseconds UTC."""
        return [(to_ms(window.opens), to_ms(window.closes)) for window in self.windows]

    @property
    def spans(self) -> list[tuple[int, int]]:
        """(opens, closes) of every time it is open, milliseconds UTC; never empty.

        Hours that fall into no window at all are refused by `check`; until then the windows hold.
        """
        windows = self.window_times
        if self.hours is None:
            return windows
        return [span for window in windows for span in self.hours.within(*window)] or windows

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


class Attempts(Strict):
    """How many attempts a person has, and which one counts.

    Attributes
    ----------
    limit : int or None
        How many in each `per`; None: as many as they like.
    per : str
        `round`, `window` (one time the round is open), `day` and `week` (Vietnamese time, from
        Monday), or `contest` (over all rounds).
    """

    limit: Annotated[int, Field(strict=True, ge=1, le=1000)] | None
    per: Literal["round", "window", "day", "week", "contest"] = "round"
    counted: Counting


class Prediction(PredictionRules):
    """The figure that contestants guess; printed in the question, the rules and the ranking.

    In `question` and `hint`, `{ky}` stands for the round's title.
    """

    question: Text
    hint: Text

    def asked(self, round_title: str) -> tuple[str, str]:
        """Return the question and its hint as they are asked in a round."""
        return self.question.replace("{ky}", round_title), self.hint.replace("{ky}", round_title)


class Ranking(Strict):
    """The order of people and of units in every round, and boards over several rounds."""

    people: PeopleRanking
    units: UnitRanking
    boards: tuple[Board, ...] = ()


Reveal = Literal["never", "at_once", "after_round"]


class RevealPolicy(Strict):
    """When a contestant sees the score, the right answers and the explanations."""

    score: Reveal = "after_round"
    right_answers: Reveal = "after_round"
    explanations: Reveal = "after_round"
    open_book: StrictBool = False


class Complaints(Strict):
    """How results may be contested: within so many days of their publication, and where to."""

    days: Annotated[int, Field(strict=True, ge=0, le=365)]
    to: Text


class Accommodations(Strict):
    """How time granted to a contestant counts in the ranking.

    `duration`: `raw`, as it was; `scaled`, times allowed time / (allowed + granted time), so that
    nobody is behind because of time that was granted to them.
    """

    duration: Literal["raw", "scaled"] = "raw"


UnitsFile = Annotated[str, Field(pattern=r"^[^/\\].*\.csv$")]
"""The unit list, in the contest's folder."""


class Rules(Strict):
    """The whole thể lệ. `version` is the version of the format, not of the contest."""

    version: Literal[2]
    contest: About
    issued: Issued | None = None
    bank: BankName
    units: UnitsFile
    rounds: Annotated[tuple[Round, ...], Field(min_length=1)]
    groups: Annotated[tuple[Group, ...], Field(min_length=1)]
    registration: Registration
    paper: PaperRules
    papers: tuple[NamedPaper, ...] = ()
    attempts: Attempts
    valid: Validity = Validity()
    scoring: ScoringRules = ScoringRules()
    marking: Marking = Marking()
    prediction: Prediction | None
    ranking: Ranking
    prizes: Prizes = Prizes()
    accommodations: Accommodations = Accommodations()
    reveal: RevealPolicy
    complaints: Complaints | None = None
    practice: Practice = Practice()
    publish: Publish = Publish()
    documents: Documents = Documents()

    @model_validator(mode="before")
    @classmethod
    def _of_any_version(cls, data: Any) -> Any:
        return upgrade(data)

    def round(self, round_id: str) -> Round:
        """Return the round with this id; KeyError if there is none."""
        for candidate in self.rounds:
            if candidate.id == round_id:
                return candidate
        raise KeyError(round_id)

    def paper_of(self, round_id: str, group: str) -> PaperRules:
        """Return what a paper of a round and group is made of."""
        return next((paper for paper in self.papers if paper.fits(round_id, group)), self.paper)

    def grading(self, round_id: str) -> GradingRules:
        """Return what grading takes from the rules of a round."""
        prediction = self.prediction
        if prediction is not None:
            stated = prediction.model_dump(include=set(PredictionRules.model_fields))
            prediction = PredictionRules.model_validate(stated)
        return GradingRules(
            points=self.paper.points,
            group_points={
                group.id: paper.points
                for group in self.groups
                if (paper := self.paper_of(round_id, group.id)).points != self.paper.points
            },
            scoring=self.scoring,
            counted=self.attempts.counted,
            valid=self.valid,
            people=self.ranking.people,
            units=self.ranking.units,
            boards=self.ranking.boards,
            prediction=prediction,
            prizes=self.prizes,
            duration=self.accommodations.duration,
            rounds=tuple(one.id for one in self.rounds),
        )

    def to_data(self) -> dict[str, object]:
        """Return the rules as plain data; `Rules.model_validate` reads it back.

        Sections that later versions of the kit added are left out where they say nothing of their
        own: rules that were written before keep their hash.
        """
        data = self.model_dump(mode="json", by_alias=True)
        added = {"publish": Publish(), "documents": Documents(), "marking": Marking()}
        silent = {name for name, plain in added.items() if getattr(self, name) == plain}
        return {name: value for name, value in data.items() if name not in silent}

    def content_hash(self) -> str:
        """Return the SHA-256 of the rules' content (not of their comments)."""
        return content_hash(self.to_data())
