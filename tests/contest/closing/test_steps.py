"""The steps of closing: what may be done when, and what undoes what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.closing.steps import BY_NAME, OBSTACLES, STEPS, Done, Facts, Obstacle, state_of, states

NAMES = [step.name for step in STEPS]
HASHES = {"seen": 3, "erased": 1, "result": "r1", "papers": "p1", "site": "s1"}

BEGUN = Facts(
    round_id="ky-1",
    now=2000,
    closes_at=1000,
    closed=False,
    prediction="computed",
    true_value=False,
    open_rounds=(),
    seen=3,
    erased=1,
    result="r1",
    papers="p1",
    site="s1",
)


def done(*steps: str, role: str = "head", **changed: Any) -> tuple[Done, ...]:
    """Return rows of steps that were done on what BEGUN has."""
    body = {**HASHES, "role": role, "found": {}, **changed}
    return tuple(Done(step, "A", n, body) for n, step in enumerate(steps))


ALL = replace(BEGUN, closed=True, rows=done(*NAMES))


def statuses(facts: Facts) -> dict[str, str]:
    """Return step -> status."""
    return {state.step.name: state.status for state in states(facts)}


def test_every_step_needs_the_one_before_it() -> None:
    """One path, in the order of the table."""
    assert [step.needs for step in STEPS] == [(), *((name,) for name in NAMES[:-1])]
    assert set(OBSTACLES) <= set(NAMES)


@pytest.mark.parametrize("n", range(len(NAMES)))
def test_steps_open_one_after_the_other(n: int) -> None:
    """With all before it done, a step is ready, and those behind it wait."""
    facts = replace(BEGUN, closed=n > 0, rows=done(*NAMES[:n]))
    if NAMES[n] == "true_value":  # where the program computes it, nothing needs to be done
        facts = replace(facts, prediction="outside")
    found = statuses(facts)
    assert found[NAMES[n]] == "ready"
    assert {found[name] for name in NAMES[n + 1 :]} <= {"waiting"}


def test_all_done() -> None:
    """Every step stands, and may be done again."""
    assert set(statuses(ALL).values()) == {"done"}
    assert all(state.can_be_done for state in states(ALL))


def test_a_ruling_undoes_everything_from_the_checks_on() -> None:
    """So what the head has confirmed is confirmed no more, and nothing is published."""
    found = statuses(replace(ALL, seen=4))
    assert found["freeze"] == found["true_value"] == "done"
    assert found["checks"] == "again"
    assert {found[name] for name in NAMES[3:]} == {"waiting"}
    assert not state_of(replace(ALL, seen=4), "publish").can_be_done


def test_an_erasure_before_the_heads_word_calls_for_another_ranking() -> None:
    """The result at hand has a name that must not stand in what the head signs."""
    found = statuses(replace(ALL, erased=2, rows=done(*NAMES[:7])))
    assert {found[name] for name in NAMES[:4]} == {"done"}
    assert found["ranking"] == "again"
    assert {found[name] for name in NAMES[5:]} == {"waiting"}


def test_an_erasure_after_the_heads_word_takes_no_rank_away() -> None:
    """Only what was published must be made again, of a result without the name."""
    later = replace(ALL, erased=2)
    found = statuses(later)
    assert {found[name] for name in NAMES[:8]} == {"done"}
    publish = state_of(later, "publish")
    assert publish.status == "blocked"
    assert publish.obstacle == Obstacle("erased")
    assert state_of(later, "ranking").can_be_done
    graded = (*ALL.rows, *done("ranking", "prizes", "papers", "confirm", erased=2, result="r2"))
    again = replace(later, result="r2", rows=graded)
    assert statuses(again)["publish"] == "again"


@pytest.mark.parametrize(
    ("changed", "first"),
    [("result", "ranking"), ("papers", "papers"), ("site", "publish")],
)
@pytest.mark.parametrize("value", ["other", None])
def test_what_was_changed_must_be_done_again(changed: str, first: str, value: str | None) -> None:
    """By another grading, or by hand (no hash)."""
    found = statuses(replace(ALL, **{changed: value}))
    assert found[first] == "again"
    assert {found[name] for name in NAMES[: NAMES.index(first)]} == {"done"}


def test_confirmation_is_for_exactly_one_result() -> None:
    """Of several rows the newest is looked at; with the old result, the old one doesn't count."""
    rows = done(*NAMES[:8]) + done("ranking", "prizes", "papers", result="r2", papers="p2")
    facts = replace(ALL, result="r2", papers="p2", rows=rows)
    assert statuses(facts)["papers"] == "done"
    assert statuses(facts)["confirm"] == "again"
    assert statuses(facts)["publish"] == "waiting"


@pytest.mark.parametrize("role", ["author", "secretary", "viewer", None])
def test_only_the_head_confirms(role: Any) -> None:
    """A row by anybody else is no confirmation, however it came there."""
    rows = (*done(*NAMES[:7]), *done("confirm", role=role), *done("publish"))
    assert statuses(replace(ALL, rows=rows))["confirm"] == "again"
    assert statuses(replace(ALL, rows=rows))["publish"] == "waiting"


@pytest.mark.parametrize(
    ("facts", "step", "code"),
    [
        (replace(BEGUN, closes_at=None), "freeze", "not_begun"),
        (replace(BEGUN, closes_at=2001), "freeze", "not_over"),
        (replace(ALL, open_rounds=("ky-2",)), "true_value", "rounds_open"),
        (
            replace(ALL, rows=done("checks", found={"needs_marker": 2})),
            "rulings",
            "essays",
        ),
    ],
)
def test_what_is_in_the_way_is_told(facts: Facts, step: str, code: str) -> None:
    """By the name of a sentence."""
    state = state_of(facts, step)
    assert state.status == "blocked"
    assert state.obstacle is not None
    assert state.obstacle.code == code


@pytest.mark.parametrize(
    ("prediction", "true_value", "status"),
    [
        ("none", False, "done"),
        ("computed", False, "done"),
        ("outside", True, "done"),
        ("outside", False, "ready"),
    ],
)
def test_true_value(prediction: Any, true_value: bool, status: str) -> None:
    """Only a value from outside must be given."""
    facts = replace(BEGUN, closed=True, prediction=prediction, true_value=true_value)
    assert statuses(facts)["true_value"] == status


def test_a_round_closes_at_its_end() -> None:
    """The very millisecond."""
    assert statuses(replace(BEGUN, closes_at=2000))["freeze"] == "ready"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(NAMES),
            st.integers(3, 4),
            st.sampled_from(["r1", "r2", None]),
            st.sampled_from(["p1", "p2", None]),
            st.sampled_from(["head", "secretary"]),
        ),
        max_size=25,
    ),
    st.booleans(),
)
def test_nothing_can_be_published_unconfirmed(rows: list[Any], closed: bool) -> None:
    """Whatever rows there are, in whatever order."""
    facts = replace(
        BEGUN,
        closed=closed,
        rows=tuple(
            Done(
                step,
                "A",
                n,
                {
                    **{"seen": seen, "erased": 1, "result": result, "papers": papers},
                    **{"site": "s1", "role": role},
                },
            )
            for n, (step, seen, result, papers, role) in enumerate(rows)
        ),
    )
    if state_of(facts, "publish").can_be_done:
        last = facts.last("confirm")
        assert last is not None
        assert last.body["role"] == "head"
        assert (last.body["seen"], last.body["result"], last.body["papers"]) == (3, "r1", "p1")
        assert closed


def test_acts_are_known_to_the_table() -> None:
    """Publishing and confirming are acts of their own."""
    assert BY_NAME["confirm"].act == "confirm"
    assert BY_NAME["publish"].act == "publish"
