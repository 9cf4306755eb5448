"""A server that is killed under load loses nothing that was acknowledged."""

from __future__ import annotations

from contest.bench.kills import bench_kills


def test_killed_twice_nothing_is_lost_and_everybody_finishes() -> None:
    """Three contestants write through two kills, and hand in."""
    said: list[str] = []
    figures = bench_kills(2, 3, said.append)
    assert (figures["kills"], figures["finished"], figures["lost"]) == (2, 3, 0)
    assert figures["opened"] >= 3 + 2  # everybody, and somebody again after each kill
    assert figures["acknowledged"] >= 3
    assert not said
