"""A blueprint that check lets pass is drawn with every seed; one that might fail is refused."""

from __future__ import annotations

import hashlib
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.check_paper import check_papers, most_taken
from contest.draw import Pool, chosen
from contest.rules import Rules
from contest.rules_paper import PaperRules
from questions import Bank
from questions.problems import Problem
from questions.strict import validate
from questions.yaml_lines import parse_yaml
from tests.factories import TOPICS, make_bank, rules_text, stamped

TOPIC = TOPICS[0]
SEEDS = [hashlib.sha256(b"%d" % n).digest() for n in range(60)]
FILE, _ = parse_yaml(rules_text(), "the_le.yml")
assert FILE is not None
RULES, _ = validate(Rules, FILE, FILE.data)
assert RULES is not None

levels = st.sampled_from(["recall", "understand"])
tags = st.sampled_from([(), ("x",), ("y",), ("x", "y")])
kinds = st.lists(st.tuples(levels, tags), min_size=1, max_size=5)
lines = st.fixed_dictionaries(
    {"topic": st.just(TOPIC), "questions": st.integers(1, 3)},
    optional={"level": levels, "tag": st.sampled_from(["x", "y"])},
)
blueprints = st.lists(lines, min_size=1, max_size=4)


def bank_of(kinds_: list[tuple[str, tuple[str, ...]]]) -> Bank:
    """Return a bank whose first topic has a question of each level and tags."""
    bank = make_bank(status="draft", per_topic=len(kinds_), only="single")
    mine = [question for question in bank.questions if question.topic == TOPIC]
    made = [
        question.model_copy(update={"level": level, "tags": tags_})
        for question, (level, tags_) in zip(mine, kinds_, strict=True)
    ]
    return stamped(bank.model_copy(update={"questions": tuple(made)}), "approved")


def paper_of(*blueprint: dict[str, Any]) -> PaperRules:
    """Return the rules of a paper with these lines."""
    return PaperRules(minutes=20, points=10, blueprint=list(blueprint))


def found(bank: Bank, paper: PaperRules) -> list[Problem]:
    """Return what check says of a paper."""
    return list(check_papers(RULES.model_copy(update={"paper": paper}), FILE, bank))


def may_fail(bank: Bank, paper: PaperRules) -> bool:
    """Return whether there is an order of the questions in which some line gets too few."""
    for order in permutations(bank.questions):
        left = list(order)
        for line in paper.blueprint:
            taken = [question for question in left if line.takes(question)][: line.questions]
            if len(taken) < line.questions:
                return True
            left = [question for question in left if question not in taken]
    return False


@given(kinds, blueprints)
def test_what_check_lets_pass_is_drawn_with_every_seed(
    kinds_: list[tuple[str, tuple[str, ...]]], blueprint: list[dict[str, Any]]
) -> None:
    """The paper is as long as the blueprint says."""
    bank, paper = bank_of(kinds_), paper_of(*blueprint)
    if not found(bank, paper):
        pool = Pool(bank, sample=False)
        assert {len(chosen(pool, paper, seed)) for seed in SEEDS} == {paper.length}


@given(kinds, blueprints)
def test_check_refuses_exactly_what_some_order_of_the_questions_would_fail(
    kinds_: list[tuple[str, tuple[str, ...]]], blueprint: list[dict[str, Any]]
) -> None:
    """Nothing that can always be drawn is refused."""
    bank, paper = bank_of(kinds_), paper_of(*blueprint)
    assert bool(found(bank, paper)) == may_fail(bank, paper)


@pytest.mark.parametrize(
    ("blueprint", "codes"),
    [
        ([{}, {"level": "recall"}], ["rules.lines_overlap"]),
        ([{"level": "recall"}, {}], []),
        ([{"level": "recall"}, {"tag": "x"}], ["rules.lines_overlap"]),
    ],
    ids=["wide first", "narrow first", "half the same"],
)
def test_order_of_lines_decides_whether_the_narrow_one_is_filled(
    blueprint: list[dict[str, Any]], codes: list[str]
) -> None:
    """Of six questions, two are easy ones with a tag."""
    bank = bank_of([("recall", ("x",))] * 2 + [("apply", ())] * 3 + [("apply", ("x",))])
    paper = paper_of(*({"topic": TOPIC, "questions": 2, **line} for line in blueprint))
    assert [problem.code for problem in found(bank, paper)] == codes


def test_problem_tells_the_figures() -> None:
    """How many the line wants, how many there are, how many may be gone."""
    bank = bank_of([("recall", ())] * 3 + [("apply", ())] * 7)
    wide = {"topic": TOPIC, "questions": 4}
    (problem,) = found(bank, paper_of(wide, {**wide, "level": "recall", "questions": 3}))
    assert "rút 3 trong 3 câu" in problem.message
    assert "còn 0" in problem.message


def test_a_line_gives_up_a_question_for_one_that_another_can_not_have() -> None:
    """Both together hold three, though the first alone would hold the second's only one."""
    assert most_taken([(2, ["a", "b", "c"]), (1, ["a"])]) == 3
