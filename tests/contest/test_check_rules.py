"""Rules that contradict themselves are refused by name, with the line."""

from __future__ import annotations

import pytest

from contest.check_rules import check_rules
from contest.rules import Rules
from questions.yaml_lines import parse_yaml
from tests.factories import rules_text

PRIZE = "prizes: [{id: nhat, title: Nhất, count: 1}]"
CASES: dict[str, tuple[str, str]] = {
    "paper of a round that isn't there": (
        "papers:\n  - {minutes: 9, points: 1, rounds: [ky-9], "
        "blueprint: [{topic: luat, questions: 1}]}",
        "rules.round_unknown",
    ),
    "paper of a group that isn't there": (
        "papers:\n  - {minutes: 9, points: 1, groups: [x], "
        "blueprint: [{topic: luat, questions: 1}]}",
        "rules.group_unknown",
    ),
    "marks taken away from a question that can't fall below 0": (
        'scoring: {wrong: "-0.25"}', "rules.wrong_floored",
    ),
    "prizes of a ranking that isn't there": (
        f"prizes:\n  people:\n    - {{of: x, edge: all, {PRIZE}}}", "rules.ranking_unknown",
    ),
    "prize twice": (
        "prizes:\n  people:\n    - {of: round, edge: all, prizes: ["
        "{id: a, title: A, count: 1}, {id: a, title: B, count: 1}]}",
        "rules.prize_repeated",
    ),
    "quota for nobody": (
        f"prizes:\n  people:\n    - {{of: round, edge: all, per: quota, {PRIZE}, "
        "quotas: [{group: x, counts: {nhat: 1}}]}",
        "rules.group_unknown",
    ),
    "quota of no prize": (
        f"prizes:\n  people:\n    - {{of: round, edge: all, per: quota, {PRIZE}, "
        "quotas: [{group: chung, counts: {nhat: 1, nhi: 1}}]}",
        "rules.prize_unknown",
    ),
    "quotas that don't add up": (
        f"prizes:\n  people:\n    - {{of: round, edge: all, per: quota, {PRIZE}, "
        "quotas: [{group: chung, counts: {nhat: 2}}]}",
        "rules.quota_sum",
    ),
}  # fmt: skip


def found(text: str) -> list[tuple[str, int]]:
    """Return code and line of every error."""
    file, problems = parse_yaml(text, "the_le.yml")
    assert file is not None
    assert not problems
    rules = Rules.model_validate(file.data)
    return [(one.code, one.line) for one in check_rules(rules, file) if not one.advice]


def codes(text: str) -> set[str]:
    """Return the codes of every error."""
    return {code for code, _ in found(text)}


def test_good_rules_have_no_contradiction() -> None:
    """Those of the other tests."""
    assert found(rules_text()) == []


@pytest.mark.parametrize("case", CASES)
def test_contradictions_are_named_where_they_stand(case: str) -> None:
    """What is added stands behind the good rules, and so do its problems."""
    added, code = CASES[case]
    result = dict(found(rules_text() + added + "\n"))
    assert code in result
    assert result[code] > rules_text().count("\n")


def test_quotas_must_cover_all_groups() -> None:
    """A group that is forgotten would never win."""
    text = rules_text().replace("groups:\n", 'groups:\n  - {id: hs, title: "Học sinh"}\n')
    added = (
        f"prizes:\n  people:\n    - {{of: round, edge: all, per: quota, {PRIZE}, "
        "quotas: [{group: chung, counts: {nhat: 1}}]}\n"
    )
    assert codes(text + added) == {"rules.quota_leaves_out"}


@pytest.mark.parametrize(("old", "new", "code"), [
    ("  consent:", "  age: {at_least: 9, on: 2026-01-01}\n  consent:", "rules.age_without_birth"),
    ("    by: people", "    by: winners", "rules.units_need_prizes"),
    (
        "  units:\n", "  boards:\n    - {id: b, title: B, rounds: [ky-9], ranking: "
        "{keys: [{key: score, order: high}], ties: shared}}\n  units:\n", "rules.round_unknown",
    ),
    (
        "  units:\n", "  boards:\n    - {id: round, title: B, rounds: [ky-1], ranking: "
        "{keys: [{key: score, order: high}], ties: shared}}\n  units:\n", "rules.board_repeated",
    ),
    (
        "groups:\n", '    hours: {opens: "03:00", closes: "04:00", days: [sat]}\ngroups:\n',
        "rules.hours_never",
    ),
])  # fmt: skip
def test_other_contradictions(old: str, new: str, code: str) -> None:
    """One change to good rules, one code."""
    assert rules_text().count(old) == 1
    assert codes(rules_text().replace(old, new)) == {code}


def test_predictions_nobody_makes() -> None:
    """Neither a paper nor a prize may ask for one."""
    text = rules_text(prediction=None)
    assert codes(text + "valid: {prediction: true}\n") == {"rules.valid_without_prediction"}
    added = f"prizes:\n  people:\n    - {{of: round, edge: all, requires: [prediction], {PRIZE}}}\n"
    assert codes(text + added) == {"rules.prize_without_prediction"}
