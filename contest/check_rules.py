"""What must fit together within the rules: papers, rankings, predictions, prizes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contest.messages import problem
from contest.rules import Rules
from contest.rules_registration import field_name
from grading.prize_rules import PeoplePrizes
from questions.problems import Problem
from questions.yaml_lines import Loc, YamlFile

ROUND = "round"


def check_rules(rules: Rules, file: YamlFile) -> list[Problem]:
    """Return every contradiction of the rules with themselves."""
    check = _Check(rules, file)
    return [
        *check.papers(),
        *check.scoring(),
        *check.registration(),
        *check.predictions(),
        *check.boards(),
        *check.units(),
        *check.prizes(),
    ]


class _Check:
    def __init__(self, rules: Rules, file: YamlFile) -> None:
        self.rules = rules
        self.file = file
        self.rounds = {round_.id for round_ in rules.rounds}
        self.groups = {group.id for group in rules.groups}
        self.boards_ = {board.id for board in rules.ranking.boards}

    def problem(self, code: str, at: Loc, *, advice: bool = False, **values: object) -> Problem:
        return problem(code, self.file.name, self.file.line(at), advice=advice, **values)

    def unknown(self, code: str, at: Loc, ids: Iterable[str], known: set[str]) -> Iterator[Problem]:
        for id_ in ids:
            if id_ not in known:
                yield self.problem(code, at, id=id_, known=", ".join(sorted(known)))

    def papers(self) -> Iterator[Problem]:
        for i, paper in enumerate(self.rules.papers):
            at: Loc = ("papers", i)
            rounds, groups = paper.rounds or (), paper.groups or ()
            yield from self.unknown("rules.round_unknown", (*at, "rounds"), rounds, self.rounds)
            yield from self.unknown("rules.group_unknown", (*at, "groups"), groups, self.groups)
        for i, round_ in enumerate(self.rules.rounds):
            if round_.hours is None:
                continue
            if not any(round_.hours.within(*window) for window in round_.window_times):
                yield self.problem("rules.hours_never", ("rounds", i, "hours"))

    def scoring(self) -> Iterator[Problem]:
        scoring = self.rules.scoring
        if scoring.wrong < 0 and scoring.floor_question:
            yield self.problem("rules.wrong_floored", ("scoring", "wrong"))

    def registration(self) -> Iterator[Problem]:
        registration = self.rules.registration
        kinds = {field.kind: field for field in registration.fields}
        at: Loc = ("registration",)
        birth = kinds.get("birth")
        if registration.age is not None and (birth is None or not birth.required):
            yield self.problem("rules.age_without_birth", (*at, "age"))
        names = [field_name(field) for field in registration.fields]
        for i, field in enumerate(registration.fields):
            own = field.kind in ("choice", "text")
            if own and (names.index(names[i]) < i or names[i] in kinds):
                yield self.problem("rules.field_repeated", (*at, "fields", i), kind=names[i])
        if "id_number" in kinds:
            where = (*at, "fields", names.index("id_number"))
            yield self.problem("rules.id_number", where, advice=True)

    def predictions(self) -> Iterator[Problem]:
        prediction = self.rules.prediction
        if prediction is None:
            if self.rules.valid.prediction:
                yield self.problem("rules.valid_without_prediction", ("valid", "prediction"))
            return
        if prediction.scope == "contest" and len(self.rules.rounds) > 1:
            yield self.problem(
                "rules.prediction_late", ("prediction", "scope"), advice=True,
                id=self.rules.rounds[-1].id,
            )  # fmt: skip

    def boards(self) -> Iterator[Problem]:
        seen: set[str] = {ROUND}
        for i, board in enumerate(self.rules.ranking.boards):
            at: Loc = ("ranking", "boards", i)
            if board.id in seen or board.id in self.rounds:
                yield self.problem("rules.board_repeated", (*at, "id"), id=board.id)
            seen.add(board.id)
            yield from self.unknown(
                "rules.round_unknown", (*at, "rounds"), board.rounds, self.rounds
            )  # fmt: skip
            keys = [key.key for key in board.ranking.keys]
            if "prediction_error" in keys and self.rules.prediction is None:
                place = (*at, "ranking", "keys", keys.index("prediction_error"))
                yield self.problem("rules.prediction_missing", place)

    def units(self) -> Iterator[Problem]:
        needs = {"winners", "prize_points", "first_prizes"}
        used = {term.measure for term in self.rules.ranking.units.terms} & needs
        if used and not self.rules.prizes.people:
            measures = ", ".join(sorted(used))
            yield self.problem("rules.units_need_prizes", ("ranking", "units"), measures=measures)
        if "prize_points" in used and not any(
            prize.points for one in self.rules.prizes.people for prize in one.prizes
        ):
            yield self.problem("rules.prizes_without_points", ("prizes", "people"))

    def prizes(self) -> Iterator[Problem]:
        known = {ROUND, *(one.id for one in self.rules.rounds), *self.boards_}
        for i, one in enumerate(self.rules.prizes.people):
            at: Loc = ("prizes", "people", i)
            yield from self.unknown("rules.ranking_unknown", (*at, "of"), [one.of], known)
            yield from self._repeated(at, [prize.id for prize in one.prizes])
            yield from self._quotas(at, one)
            wishes = [need for need in one.requires if need.startswith("prediction")]
            if wishes and self.rules.prediction is None:
                yield self.problem("rules.prize_without_prediction", (*at, "requires"))
        for i, other in enumerate(self.rules.prizes.units):
            at = ("prizes", "units", i)
            yield from self.unknown("rules.ranking_unknown", (*at, "of"), [other.of], known)
            yield from self._repeated(at, [prize.id for prize in other.prizes])

    def _repeated(self, at: Loc, ids: list[str]) -> Iterator[Problem]:
        for i, id_ in enumerate(ids):
            if id_ in ids[:i]:
                yield self.problem("rules.prize_repeated", (*at, "prizes", i, "id"), id=id_)

    def _quotas(self, at: Loc, one: PeoplePrizes) -> Iterator[Problem]:
        if one.per != "quota":
            return
        ids = {prize.id for prize in one.prizes}
        for j, quota in enumerate(one.quotas):
            place: Loc = (*at, "quotas", j)
            yield from self.unknown(
                "rules.group_unknown", (*place, "group"), [quota.group], self.groups
            )
            yield from self.unknown("rules.prize_unknown", (*place, "counts"), quota.counts, ids)
        missing = self.groups - {quota.group for quota in one.quotas}
        if missing:
            yield self.problem(
                "rules.quota_leaves_out", (*at, "quotas"), groups=", ".join(sorted(missing))
            )
        for j, prize in enumerate(one.prizes):
            shared = sum(quota.counts.get(prize.id, 0) for quota in one.quotas)
            if shared != prize.count:
                yield self.problem(
                    "rules.quota_sum", (*at, "prizes", j, "count"),
                    id=prize.id, count=prize.count, shared=shared,
                )  # fmt: skip
