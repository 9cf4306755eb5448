"""What a contest's result must be, reckoned from what was clicked and the bank's files.

Nothing of the kit is used here: YAML, fractions and the contract in words.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

ZONE = datetime.timezone(datetime.timedelta(hours=7))
TRUE_FALSE = {"true": "Đúng", "false": "Sai"}
POINTS = 10


@dataclass(frozen=True)
class Question:
    """A question of the bank, by the words a contestant sees."""

    id: str
    topic: str
    type: str
    stem: str
    options: list[str]
    option_ids: list[str]
    right: list[str]
    right_ids: list[str]
    source: str


def read_bank(folder: Path) -> dict[str, Question]:
    """Return the questions by their stem."""

    def load(name: str) -> Any:
        return yaml.safe_load((folder / f"{name}.yml").read_text(encoding="utf-8"))

    sources = {one["id"]: one["title"] for one in load("sources")["sources"]}
    facts = {one["id"]: sources[one["cites"]["source"]] for one in load("facts")["facts"]}
    found = {}
    for topic in (one["id"] for one in load("bank")["topics"]):
        for raw in load(topic)["questions"]:
            texts = {one["id"]: one["text"] for one in raw.get("options", [])}
            key = raw["key"]
            if raw["type"] == "true_false":
                texts = TRUE_FALSE
                key = "true" if key else "false"
            ids = key if isinstance(key, list) else [key]
            found[raw["stem"]] = Question(
                raw["id"],
                topic,
                raw["type"],
                raw["stem"],
                list(texts.values()),
                list(texts),
                [texts[id_] for id_ in ids],
                ids,
                facts[raw["facts"][0]],
            )
    return found


@dataclass
class Attempt:
    """One attempt as it was clicked; ids and times are those of the stored rows."""

    person: int
    number: int
    unit: str
    stems: list[str] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)
    prediction: str | None = None
    expired: bool = False
    contestant_id: str = ""
    attempt_id: str = ""
    receipt: str = ""
    started: int = 0
    ended: int = 0

    def right(self, bank: dict[str, Question]) -> list[str]:
        """Return the stems that were answered with exactly the right options."""
        return [
            stem
            for stem in self.stems
            if stem in self.answers and set(self.answers[stem]) == set(bank[stem].right)
        ]

    @property
    def duration(self) -> int:
        """Milliseconds from the start to the end."""
        return self.ended - self.started


@dataclass(frozen=True)
class Unit:
    """A line of the unit list."""

    id: str
    name: str
    parent: str | None
    block: str
    headcount: int | None


def time(ms: int) -> str:
    """Return a moment as the files write it."""
    moment = datetime.datetime.fromtimestamp(ms / 1000, tz=ZONE)
    return moment.isoformat(timespec="milliseconds")


def four(value: Fraction | None) -> str:
    """Return a fraction with four decimals, halves up."""
    if value is None:
        return ""
    scaled = int(value * 10_000 + Fraction(1, 2))
    return f"{scaled // 10_000}.{scaled % 10_000:04}"


def number(text: str | None) -> Decimal | None:
    """Return a prediction as typed on a Vietnamese keyboard."""
    return None if text is None else Decimal(text.replace(".", ""))


class Reckoning:
    """All tables of one round, as lists of rows of texts."""

    def __init__(
        self, bank: dict[str, Question], units: list[Unit], attempts: list[Attempt]
    ) -> None:
        self.bank = bank
        self.units = units
        self.attempts = sorted(attempts, key=lambda one: (one.contestant_id, one.number))
        self.name = {unit.id: unit for unit in units}

    def counted(self) -> list[Attempt]:
        """Return each person's best attempt: score high, then shorter, then the earlier one."""
        best: dict[str, Attempt] = {}
        for one in self.attempts:
            key = (-len(one.right(self.bank)), one.duration, one.number)
            known = best.get(one.contestant_id)
            if known is None or key < (
                -len(known.right(self.bank)),
                known.duration,
                known.number,
            ):
                best[one.contestant_id] = one
        return list(best.values())

    def people(self) -> list[dict[str, str]]:
        """Return `ca_nhan`: score high, prediction error low, duration low; ties share."""
        truth = Decimal(len({one.contestant_id for one in self.attempts}))

        def error(one: Attempt) -> Decimal | None:
            guess = number(one.prediction)
            return None if guess is None else abs(guess - truth)

        def keys(one: Attempt) -> dict[str, Any]:
            far = error(one)
            return {
                "score": -len(one.right(self.bank)),
                "prediction_error": (far is None, far or 0),
                "duration": one.duration,
            }

        order = sorted(self.counted(), key=lambda one: (*keys(one).values(), one.contestant_id))
        rows = []
        for place, one in enumerate(order):
            other = order[place - 1] if place else order[1]
            deciding = [k for k, value in keys(one).items() if value != keys(other)[k]]
            unit = self.name[one.unit]
            far = error(one)
            rows.append(
                {
                    "rank": str(place + 1),
                    "contestant_id": one.contestant_id,
                    "name": f"Thí sinh thử {one.person:05}",
                    "unit_id": one.unit,
                    "unit": unit.name,
                    "parent_unit": self.name[unit.parent].name if unit.parent else "",
                    "group": "chung",
                    "attempt_id": one.attempt_id,
                    "score": str(POINTS * len(one.right(self.bank))),
                    "max_score": str(POINTS * len(one.stems)),
                    "correct": str(len(one.right(self.bank))),
                    "questions": str(len(one.stems)),
                    "duration_ms": str(one.duration),
                    "submitted_at": time(one.ended),
                    "prediction": "" if one.prediction is None else str(number(one.prediction)),
                    "prediction_error": "" if far is None else str(far),
                    "prize": "",
                    "decided_by": deciding[0] if deciding else "tie",
                    "status": "ranked",
                    "round": "ky-1",
                }
            )
        return rows

    def _below(self, unit: Unit) -> set[str]:
        found = {unit.id}
        for other in self.units:
            if other.parent == unit.id:
                found |= self._below(other)
        return found

    def _headcount(self, unit: Unit) -> int:
        if unit.headcount is not None:
            return unit.headcount
        return sum(self._headcount(other) for other in self.units if other.parent == unit.id)

    def unit_rows(self) -> list[dict[str, str]]:
        """Return `tap_the`, by share of the headcount within block and level."""
        counted = self.counted()
        found = []
        for unit in self.units:
            below = self._below(unit)
            mine = [one for one in self.attempts if one.unit in below]
            people = {one.contestant_id for one in mine}
            scores = [POINTS * len(one.right(self.bank)) for one in counted if one.unit in below]
            found.append(
                {
                    "unit": unit,
                    "level": 2 if unit.parent else 1,
                    "people": len(people),
                    "attempts": len(mine),
                    "share": Fraction(len(people), self._headcount(unit)),
                    "mean": Fraction(sum(scores), len(scores)) if scores else None,
                }
            )
        rows = []
        for one in found:
            peers = [
                other
                for other in found
                if (other["unit"].block, other["level"]) == (one["unit"].block, one["level"])
            ]
            shares = sorted((other["share"] for other in peers), reverse=True)
            rank = shares.index(one["share"]) + 1
            distinct = len(set(shares)) == len(shares)
            decided = "" if len(peers) == 1 else "share" if distinct else "tie"
            unit = one["unit"]
            rows.append(
                {
                    "rank": str(rank),
                    "block": unit.block,
                    "unit_id": unit.id,
                    "unit": unit.name,
                    "headcount": str(self._headcount(unit)),
                    "people": str(one["people"]),
                    "attempts": str(one["attempts"]),
                    "share": four(one["share"]),
                    "mean_score": four(one["mean"]),
                    "winners": "",
                    "points": "",
                    "decided_by": decided,
                    "round": "ky-1",
                    "level": str(one["level"]),
                    "parent_unit_id": unit.parent or "",
                }
            )
        return sorted(rows, key=lambda row: (row["block"], int(row["rank"]), row["level"]))

    def attempt_rows(self) -> list[dict[str, str]]:
        """Return `luot`."""
        counted = {one.attempt_id for one in self.counted()}
        return [
            {
                "round": "ky-1",
                "group": "chung",
                "contestant_id": one.contestant_id,
                "unit_id": one.unit,
                "attempt_id": one.attempt_id,
                "number": str(one.number),
                "status": "expired" if one.expired else "submitted",
                "counted": "true" if one.attempt_id in counted else "false",
                "score": str(POINTS * len(one.right(self.bank))),
                "correct": str(len(one.right(self.bank))),
                "started_at": time(one.started),
                "submitted_at": time(one.ended),
                "duration_ms": str(one.duration),
                "prediction": "" if one.prediction is None else str(number(one.prediction)),
            }
            for one in self.attempts
        ]

    def item_rows(self) -> list[dict[str, str]]:
        """Return `cau_hoi`."""
        rows = []
        for one in sorted(self.bank.values(), key=lambda question: question.id):
            drawn = [attempt for attempt in self.attempts if one.stem in attempt.stems]
            if not drawn:
                continue
            right = [attempt for attempt in drawn if one.stem in attempt.right(self.bank)]
            rows.append(
                {
                    "round": "ky-1",
                    "group": "chung",
                    "question_id": one.id,
                    "topic": one.topic,
                    "level": "recall",
                    "type": one.type,
                    "stem": one.stem,
                    "key": ";".join(one.right_ids),
                    "source": one.source,
                    "drawn": str(len(drawn)),
                    "answered": str(sum(one.stem in attempt.answers for attempt in drawn)),
                    "correct": str(len(right)),
                    "facility": four(Fraction(len(right), len(drawn))),
                    "status": "ok",
                    "key_text": "; ".join(one.right),
                }
            )
        return rows
