"""People and entries by unit and over time, reckoned by other means."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from contest.board.figures import HOUR_MS, Entry, UnitCount, count_units, over_time, placed
from contest.clock import local
from contest.units import Unit, Units
from tests.factories import DAY, HOUR, OPENS

UNITS = Units(
    (
        Unit("a", "Khối mẫu A", None, "A"),
        Unit("a1", "Đơn vị mẫu 1", "a", "A", 4),
        Unit("a2", "Đơn vị mẫu 2", "a", "A", 6),
        Unit("b", "Khối mẫu B", None, "B"),
        Unit("b1", "Đơn vị mẫu 3", "b", "B"),
    )
)
ABOVE = {"a1": "a", "a2": "a", "b1": "b"}

entries = st.lists(
    st.builds(
        Entry,
        st.uuids().map(str),
        st.sampled_from([f"ts-{n}" for n in range(6)]),
        st.sampled_from(list(ABOVE)),
        st.integers(OPENS, OPENS + 5 * DAY),
    ),
    max_size=40,
)


def test_a_person_counts_once_in_every_unit_above_them() -> None:
    """Their entries count each."""
    sat = [Entry(f"lt-{n}", "ts-1", "a1", OPENS) for n in range(3)]
    found = {one.unit_id: one for one in count_units(sat, UNITS)}
    assert found["a1"] == UnitCount("a1", 1, 3, 4, Fraction(1, 4))
    assert found["a"] == UnitCount("a", 1, 3, 10, Fraction(1, 10))
    assert found["b"] == UnitCount("b", 0, 0, None, None)


@given(entries)
def test_units_are_counted_as_by_hand(sat: list[Entry]) -> None:
    """By going through all entries for every unit."""
    for one in count_units(sat, UNITS):
        mine = [e for e in sat if one.unit_id in (e.unit_id, ABOVE[e.unit_id])]
        assert one.entries == len(mine)
        assert one.people == len({entry.contestant_id for entry in mine})


def test_places_are_by_share_and_shared_by_equals() -> None:
    """Within block and level; without any people there is none."""
    sat = [Entry("1", "ts-1", "a1", OPENS), Entry("2", "ts-2", "a2", OPENS)]
    places = placed(count_units(sat, UNITS), UNITS)
    assert places == {"a": 1, "a1": 1, "a2": 2}


def test_places_are_by_people_where_a_headcount_is_missing() -> None:
    """A share that isn't known can't be compared."""
    units = Units((Unit("x", "Đơn vị mẫu 1"), Unit("y", "Đơn vị mẫu 2", headcount=1)))
    counts = [UnitCount("x", 5, 5, None, None), UnitCount("y", 1, 1, 1, Fraction(1))]
    assert placed(counts, units) == {"x": 1, "y": 2}


@given(entries)
def test_every_entry_stands_in_one_part_of_the_time(sat: list[Entry]) -> None:
    """And the parts follow each other without gaps."""
    step, times = over_time(sat)
    length = HOUR_MS if step == "hour" else DAY
    assert sum(count for _, count in times) == len(sat)
    begins = [begin for begin, _ in times]
    assert begins == list(range(begins[0], begins[-1] + 1, length)) if begins else sat == []
    for begin, count in times:
        assert count == sum(begin <= entry.started_at < begin + length for entry in sat)


def test_days_are_vietnamese() -> None:
    """Midnight in Viet Nam, not in Greenwich."""
    step, times = over_time([Entry("1", "a", "a1", OPENS), Entry("2", "a", "a1", OPENS + 3 * DAY)])
    assert step == "day"
    assert {local(begin).hour for begin, _ in times} == {0}


def test_a_short_time_is_told_by_the_hour() -> None:
    """A round of one afternoon would be a single bar."""
    sat = [Entry("1", "a", "a1", OPENS), Entry("2", "a", "a1", OPENS + 2 * HOUR + 1)]
    assert over_time(sat) == ("hour", [(OPENS, 1), (OPENS + HOUR, 0), (OPENS + 2 * HOUR, 1)])
