"""Percentiles, ratios, and the JSON that is promised."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.bench.figures import (
    RivalFigures,
    percentile,
    ratios,
    serving_json,
    table,
    write_json,
)

OURS = RivalFigures(
    visitors=200,
    cpu_s_per_contestant=0.02,
    open_cpu_ms_per_contestant=5.0,
    uss_bytes_per_contestant=40_000.0,
    opened_per_s=100.0,
    responses_per_s=2000.0,
    ack_p50_ms=10.0,
    ack_p95_ms=20.0,
    ack_p99_ms=30.0,
    lost=0,
    mixed_up=0,
    failed=0,
)
THEIRS = replace(
    OURS, cpu_s_per_contestant=0.2, uss_bytes_per_contestant=400_000.0, opened_per_s=10.0
)
PROMISED = {
    "cpu_s_per_contestant", "uss_bytes_per_contestant", "opened_per_s", "responses_per_s",
    "ack_p50_ms", "ack_p95_ms", "ack_p99_ms", "lost", "mixed_up",
}  # fmt: skip


@pytest.mark.parametrize(
    ("percent", "expected"), [(50, 50), (95, 95), (99, 99), (100, 100), (0, 1)]
)
def test_percentile_of_one_to_a_hundred(percent: float, expected: float) -> None:
    """The smallest value that so many don't exceed."""
    assert percentile(list(range(100, 0, -1)), percent) == expected


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.1, 100))
def test_percentile_is_a_value_that_so_many_do_not_exceed(
    values: list[float], percent: float
) -> None:
    """Never one between two."""
    found = percentile(values, percent)
    assert found in values
    assert sum(value <= found for value in values) >= len(values) * percent / 100 - 1e-9


def test_percentile_of_nothing_is_not_a_number() -> None:
    """And not nought, which would look splendid."""
    assert math.isnan(percentile([], 95))


def test_ratios_tell_how_many_times_better_ours_is() -> None:
    """Above one where less is better, and where more is better."""
    found = ratios({"timhieu": OURS, "stock": THEIRS})
    assert set(found) == {"stock"}
    assert found["stock"]["cpu"] == pytest.approx(10)
    assert found["stock"]["uss"] == pytest.approx(10)
    assert found["stock"]["opened"] == pytest.approx(10)
    assert found["stock"]["responses"] == pytest.approx(1)


@pytest.mark.parametrize("uss", [0.0, -5.0, math.nan])
def test_ratio_that_means_nothing_is_left_open(uss: float) -> None:
    """Memory may have gone down; no ratio can be told of that."""
    ours = replace(OURS, uss_bytes_per_contestant=uss)
    assert ratios({"timhieu": ours, "solara": THEIRS})["solara"]["uss"] is None


def test_json_of_serving_has_the_promised_shape() -> None:
    """Rivals with their figures, and ratios."""
    data = serving_json({"timhieu": OURS, "solara": THEIRS})
    assert set(data) == {"rivals", "ratios"}
    assert set(data["rivals"]) == {"timhieu", "solara"}
    assert all(set(figures) >= PROMISED for figures in data["rivals"].values())


def test_written_json_can_be_read_by_everybody(tmp_path: Path) -> None:
    """NaN is no JSON."""
    path = tmp_path / "out.json"
    write_json(path, {"a": math.nan, "b": [1.23456789, 2], "c": {"d": "đ"}})
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "a": None,
        "b": [1.234568, 2],
        "c": {"d": "đ"},
    }


def test_table_has_a_column_for_each_rival_and_a_dash_for_what_is_missing() -> None:
    """Aligned at the right."""
    lines = table({"timhieu": {"x": 0.25, "y": 3000}, "stock": {"x": math.nan}}).splitlines()
    assert [line.split() for line in lines] == [
        ["timhieu", "stock"],
        ["x", "0.2500", "–"],
        ["y", "3,000", "–"],
    ]
    assert len({len(line) for line in lines}) == 1
