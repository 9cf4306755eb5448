"""A whole bench in small: the real server, two contestants."""

from __future__ import annotations

import math

import pytest

from contest.bench import load, serving
from contest.bench.figures import serving_json


def test_two_contestants_against_the_real_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """They open, answer twenty questions each, hand in; nothing is lost or mixed up."""
    monkeypatch.setattr(load, "WARM_UP", 1)
    monkeypatch.setattr(serving, "WARM_UP", 1)
    said: list[str] = []
    data = serving_json(serving.bench_serving(2, [], said.append))
    figures = data["rivals"]["timhieu"]
    assert said == []
    assert (figures["lost"], figures["mixed_up"], figures["failed"]) == (0, 0, 0)
    assert figures["cpu_s_per_contestant"] > 0
    assert figures["opened_per_s"] > 0
    assert figures["responses_per_s"] > 0
    assert 0 < figures["ack_p50_ms"] <= figures["ack_p95_ms"] <= figures["ack_p99_ms"]
    assert all(math.isfinite(value) for value in figures.values())
    assert data["ratios"] == {}
