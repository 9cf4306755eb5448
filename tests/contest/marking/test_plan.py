"""Who marks what: the same every time, balanced, never twice."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from contest.marking.marks import PAIR, Key, Mark, Standing
from contest.marking.plan import due, numbers, plan

COUNTS = st.integers(0, 40)
NAMES = st.lists(
    st.sampled_from([f"Giám khảo {letter}" for letter in "ABCDEFG"]), unique=True, max_size=7
)
SEEDS = st.binary(min_size=1, max_size=8)


def essays(count: int) -> list[Key]:
    """Return so many essays."""
    return [(f"lt-{n:04}", "ch-essay") for n in range(count)]


@given(COUNTS, NAMES, SEEDS, st.randoms())
def test_plan_follows_from_its_inputs_alone(
    count: int, names: list[str], seed: bytes, random: object
) -> None:
    """In whatever order they come."""
    keys, others = essays(count), list(names)
    found = plan(keys, names, seed)
    random.shuffle(keys)  # type: ignore[attr-defined]
    random.shuffle(others)  # type: ignore[attr-defined]
    assert plan(keys, others, seed) == found


@given(COUNTS, NAMES, SEEDS)
def test_every_essay_is_asked_of_everybody_once(count: int, names: list[str], seed: bytes) -> None:
    """Its pair are two different people wherever there are two."""
    for order in plan(essays(count), names, seed).values():
        assert sorted(order) == sorted(names)


@given(COUNTS, NAMES.filter(lambda names: len(names) >= PAIR), SEEDS)
def test_loads_differ_by_one_at_most(count: int, names: list[str], seed: bytes) -> None:
    """As one of a pair, and as the third."""
    found = plan(essays(count), names, seed)
    pairs = Counter(name for order in found.values() for name in order[:PAIR])
    assert max(pairs[name] for name in names) - min(pairs[name] for name in names) <= 1
    assert sum(pairs.values()) == PAIR * count


def test_another_seed_makes_another_plan() -> None:
    """Nobody can tell beforehand whose essay they get."""
    names = ["A", "B", "C", "D"]
    assert plan(essays(30), names, b"1") != plan(essays(30), names, b"2")


@given(COUNTS, SEEDS)
def test_numbers_are_a_markers_own(count: int, seed: bytes) -> None:
    """1, 2 … and each only once."""
    found = numbers(essays(count), "Giám khảo A", seed)
    assert sorted(found.values()) == list(range(1, count + 1))


def test_two_markers_know_an_essay_by_different_numbers() -> None:
    """So that they can't compare by number; and neither is the order of the attempts."""
    keys = essays(30)
    first, second = (numbers(keys, name, b"seed") for name in ("A", "B"))
    assert first != second
    assert list(first) != keys


def stands(stage: str, *names: str) -> Standing:
    """Return where an essay stands that these have marked."""
    return Standing(stage, {name: Mark(("lt-1", "q"), name, 0, {}) for name in names})  # type: ignore[arg-type]


def test_who_is_due() -> None:
    """Two, then the other one, then a third, then nobody."""
    order = ["A", "B", "C"]
    assert due(order, stands("none")) == ["A", "B"]
    assert due(order, stands("one", "A")) == ["B"]
    assert due(order, stands("third", "A", "B")) == ["C"]
    assert due(order, stands("decided", "A", "B")) == []


def test_a_marker_who_left_is_replaced() -> None:
    """What they marked stays; somebody else is asked for the rest."""
    assert due(["A", "B", "C"], stands("one", "D")) == ["A"]
    assert due(["A"], stands("none")) == ["A"]
    assert due(["A", "B"], stands("third", "A", "B")) == []
