"""The bench of registering: its units, its keys, and a run in small in Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest

from contest.bench import entry
from contest.bench.contestants import make_contest
from contest.bench.entry_page import BACK, keys, spread
from contest.units import fold


def test_units_are_as_many_as_asked_for_and_fit_the_contest(tmp_path: Path) -> None:
    """Ten stand above the others, no two have the same name."""
    directory = make_contest(tmp_path / "contest")
    units = entry.write_units(directory, 400)
    assert len(units.units) == len({unit.name for unit in units.units}) == 400
    assert len(units.children[None]) == 10
    assert directory.read().contest is not None


def test_what_is_typed_finds_something_but_the_last(tmp_path: Path) -> None:
    """One query needs the unit above; the last finds nothing."""
    units = entry.write_units(make_contest(tmp_path / "contest"), 3000)
    names = [fold(unit.name) for unit in units.units]
    typed = [list(keys(query))[-1][1] for query in entry.QUERIES]
    assert [entry.found_by(units, one) > 0 for one in typed] == [True] * 5 + [False]
    assert [len(entry.holding(names, one)) > 0 for one in typed] == [True] * 4 + [False] * 2


def test_a_letter_is_taken_back() -> None:
    """Each key comes with what stands in the box after it."""
    assert list(keys(f"ab{BACK}c")) == [("a", "a"), ("b", "ab"), (BACK, "a"), ("c", "ac")]


def test_blanks_alone_find_nothing(tmp_path: Path) -> None:
    """The page shows no list for them."""
    units = entry.write_units(make_contest(tmp_path / "contest"), 100)
    assert entry.found_by(units, "  ") == 0


def test_times_are_told_by_median_95th_percentile_and_longest() -> None:
    """Of as many as there are."""
    found = spread([float(n) for n in range(1, 101)])
    assert found == {"p50_ms": 50, "p95_ms": 95, "longest_ms": 100}


@pytest.mark.browser
@pytest.mark.parametrize("slow", [False, True])
def test_a_few_keys_and_one_work_in_a_real_page(
    monkeypatch: pytest.MonkeyPatch, slow: bool
) -> None:
    """Every side shows what its key must show; the work is done, in a worker and in the page."""
    monkeypatch.setattr(entry, "QUERIES", (f"xa{BACK}", "kho 3 a"))
    monkeypatch.setenv("TIMHIEU_PROOF_BITS", "4")
    found = entry.bench_entry(100, 2, slow=slow)
    assert list(found["search"]) == ["timhieu", "blank", "list"]
    for times in found["search"].values():
        assert 0 < times["p50_ms"] <= times["p95_ms"] <= times["longest_ms"]
    assert (found["units"], found["keys"], found["cpu"]) == (100, 10, 6 if slow else 1)
    assert found["ratio_p95"] > 0
    assert found["ready_ms"] > 0
    assert 500 < found["list_bytes"] < 5_000
    assert found["proof"]["times"] == 2
    assert found["proof"]["hashes_per_s"] > 0
