"""The bench of the leaderboard's own process, small."""

from __future__ import annotations

from contest.bench.standings import bench_standings


def test_a_small_round_is_counted_from_its_first_look_to_its_close() -> None:
    """Everybody is in the first snapshot; a look with nothing new costs next to nothing."""
    found = bench_standings(13)
    assert found["entries"] == 13
    assert 11 <= found["people"] <= found["attempts"] <= 2 * 10 + 1
    seconds = {name for name in found if name.endswith("_s")}
    looks = ("first", "more", "same", "closed")
    assert seconds == {f"{look}_{what}" for look in looks for what in ("s", "cpu_s")}
    assert found["same_cpu_s"] < found["first_cpu_s"]
    assert 0 < found["memory_mb"] <= found["closed_memory_mb"]
