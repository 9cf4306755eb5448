"""Blocks, units and bars from a round's numbers."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from contest.documents_rules import Targets
from contest.live_numbers import HOUR_MS, RoundNumbers, UnitNumbers
from contest.ui.desk import shown
from contest.ui.desk.figures import MOST_HOURS, Bar, bars, block_lines, unit_lines
from tests.factories import OPENS

UNITS = [
    UnitNumbers("a", "Xã Đồng Mẫu", 1, "Khối A", 100, 33, 40),
    UnitNumbers("a1", "Thôn 1 <b>", 2, "Khối A", 50, 30, 36),
    UnitNumbers("b", "Xã Mẫu Hai", 1, "Khối A", None, 5, 5),
    UnitNumbers("c", "Trường Mẫu", 1, "Khối B", 3, 4, 4),
]
NUMBERS = RoundNumbers(42, 49, 2, 1, UNITS, [])
TARGETS = Targets(units={"a": 33, "b": 10})


def test_blocks_add_up_their_top_units() -> None:
    """What isn't known of one isn't known of all."""
    first, second = block_lines(NUMBERS, TARGETS)
    assert (first.people, first.attempts, first.headcount, first.target) == (38, 45, None, 43)
    assert (second.people, second.headcount, second.percent) == (4, 3, "133,3")
    assert (first.reached, second.reached) == (False, None)


def test_units_are_found_without_accents() -> None:
    """By all words, in name or id."""
    assert [line.id for line in unit_lines(NUMBERS, TARGETS, "dong xa")] == ["a"]
    assert [line.id for line in unit_lines(NUMBERS, TARGETS, "a1")] == ["a1"]
    assert len(unit_lines(NUMBERS, TARGETS)) == len(UNITS)
    assert [line.reached for line in unit_lines(NUMBERS, TARGETS)] == [True, None, False, None]


def test_names_are_escaped() -> None:
    """In tables and charts."""
    told = shown.line_table("Bảng <i>", unit_lines(NUMBERS, TARGETS))
    told += shown.chart([Bar(OPENS, "<s>", 3)])
    assert "&lt;b&gt;" in told
    assert not re.search(r"<(b|i|s)>", told)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=220))
def test_bars_hold_every_attempt(counts: list[int]) -> None:
    """By hours, or by days where there are too many of them."""
    by_hour = [(OPENS + n * HOUR_MS, count) for n, count in enumerate(counts)]
    found = bars(by_hour)
    assert sum(one.count for one in found) == sum(counts)
    assert len(found) <= max(MOST_HOURS, len(counts) // 24 + 2)
    assert shown.chart(found).count("<rect") == len(found)


def test_sums_of_the_table_are_those_of_the_chart() -> None:
    """Hours without anybody are bars without height and no lines."""
    told = shown.chart([Bar(0, "08:00", 3), Bar(1, "09:00", 0), Bar(2, "10:00", 1200)])
    rows = re.findall(r'<th scope="row">(.*?)</th><td class="num">(.*?)</td>', told)
    assert rows == [("08:00", "3"), ("10:00", "1.200")]
    assert "Đông nhất: 10:00, 1.200 lượt bắt đầu." in told
