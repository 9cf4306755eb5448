"""What must fit together in a contest: rules, units and bank. Every problem, all at once."""

from __future__ import annotations

from collections.abc import Iterator

from contest.check_paper import check_papers
from contest.check_rules import check_rules
from contest.messages import problem
from contest.rules import Rules, to_ms
from contest.units import Units
from questions.model import Bank
from questions.problems import Problem
from questions.yaml_lines import YamlFile

SAMPLE_PHONES = "000xxxxxxx"
"""The only numbers a sample contest takes, so that no real one is ever stored."""


def check_contest(
    rules: Rules, file: YamlFile, units: Units | None, bank: Bank | None
) -> list[Problem]:
    """Return what is wrong or weak; `units` or `bank` is None where it couldn't be read."""
    problems = [
        *_rounds(rules, file),
        *check_rules(rules, file),
        *_registration(rules, file),
        *_prediction(rules, file),
        *_reveal(rules, file),
    ]
    if units is not None:
        problems += _headcounts(rules, units)
    if bank is not None:
        problems += [*check_papers(rules, file, bank), *_public_bank(rules, file)]
    return problems


def _rounds(rules: Rules, file: YamlFile) -> Iterator[Problem]:
    seen: set[str] = set()
    longest = max(paper.duration_ms for paper in (rules.paper, *rules.papers)) // 60_000
    for i, round_ in enumerate(rules.rounds):
        if round_.id in seen:
            yield problem(
                "rules.round_repeated", file.name, file.line(("rounds", i, "id")), id=round_.id
            )
        seen.add(round_.id)
        previous = None
        for j, window in enumerate(round_.windows):
            at = ("rounds", i, "windows", j)
            if window.closes <= window.opens:
                yield problem("rules.window_backwards", file.name, file.line((*at, "closes")))
            if previous is not None and window.opens < previous.closes:
                yield problem("rules.windows_overlap", file.name, file.line((*at, "opens")))
            length = (to_ms(window.closes) - to_ms(window.opens)) // 60_000
            if 0 < length < longest:
                yield problem(
                    "rules.window_short", file.name, file.line((*at, "closes")), advice=True,
                    minutes=length, paper=longest,
                )  # fmt: skip
            previous = window
        if i and round_.opens_at < rules.rounds[i - 1].closes_at:
            yield problem(
                "rules.rounds_overlap", file.name,
                file.line(("rounds", i, "windows", 0, "opens")), id=rules.rounds[i - 1].id,
            )  # fmt: skip
        if round_.results_by and round_.results_by < round_.windows[-1].closes.date():
            yield problem(
                "rules.results_early", file.name, file.line(("rounds", i, "results_by"))
            )  # fmt: skip
    ids = [group.id for group in rules.groups]
    for i, id_ in enumerate(ids):
        if id_ in ids[:i]:
            yield problem("rules.group_repeated", file.name, file.line(("groups", i, "id")), id=id_)


def _registration(rules: Rules, file: YamlFile) -> Iterator[Problem]:
    registration = rules.registration
    kinds = [field.kind for field in registration.fields]
    at = ("registration", "fields")
    for i, kind in enumerate(kinds):
        if kind not in ("choice", "text") and kind in kinds[:i]:
            yield problem("rules.field_repeated", file.name, file.line((*at, i)), kind=kind)
    if "name" not in kinds:
        yield problem("rules.no_name", file.name, file.line(at))
    if registration.key == "none":
        yield problem(
            "rules.no_key", file.name, file.line(("registration", "key")), advice=True
        )  # fmt: skip
    phone = next((field for field in registration.fields if field.kind == "phone"), None)
    field = next((field for field in registration.fields if field.kind == registration.key), None)
    if registration.key != "none" and (field is None or not field.required):
        yield problem(
            "rules.key_without_field", file.name, file.line(("registration", "key")),
            field=registration.key,
        )  # fmt: skip
    if rules.contest.sample and phone is not None and not phone.pattern.startswith("000"):
        yield problem(
            "rules.sample_phone", file.name, file.line((*at, kinds.index("phone"))),
            pattern=SAMPLE_PHONES,
        )  # fmt: skip
    last = max(window.closes for round_ in rules.rounds for window in round_.windows)
    if registration.consent.delete_on <= last.date():
        yield problem(
            "rules.deleted_early", file.name,
            file.line(("registration", "consent", "delete_on")),
        )  # fmt: skip


def _prediction(rules: Rules, file: YamlFile) -> Iterator[Problem]:
    at = ("ranking", "people", "keys")
    used = [i for i, key in enumerate(rules.ranking.people.keys) if key.key == "prediction_error"]
    if used and rules.prediction is None:
        yield problem("rules.prediction_missing", file.name, file.line((*at, used[0])))
    if not used and rules.prediction is not None:
        yield problem(
            "rules.prediction_unused", file.name, file.line(("prediction",)), advice=True
        )  # fmt: skip


def _reveal(rules: Rules, file: YamlFile) -> Iterator[Problem]:
    reveal = rules.reveal
    for name in ("right_answers", "explanations"):
        if getattr(reveal, name) == "at_once" and not reveal.open_book:
            yield problem(
                "rules.reveal_closed_book", file.name, file.line(("reveal", name)), name=name
            )


def _headcounts(rules: Rules, units: Units) -> Iterator[Problem]:
    if all(term.measure != "share" for term in rules.ranking.units.terms):
        return
    for unit in units.units:
        if not units.headcount(unit.unit_id):
            yield problem(
                "rules.headcount", rules.units, units.rows.get(unit.unit_id, 0), unit=unit.name
            )


def _public_bank(rules: Rules, file: YamlFile) -> Iterator[Problem]:
    if not rules.contest.sample and rules.bank.startswith("kit:"):
        yield problem("rules.public_bank", file.name, file.line(("bank",)), advice=True)
