"""Both sides rank the same, by the kit's rules, and a difference is found."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from click.testing import CliRunner

from contest.bench.ranking import duck, ours, side
from contest.bench.ranking.compare import first_difference
from contest.bench.ranking.data import PEOPLE_KEYS, UNIT_KEYS, made_up
from contest.bench.ranking.marking import bench_marking
from contest.cli import main


def test_entries_are_the_same_for_the_same_number() -> None:
    """Everybody has one, nobody a name."""
    one, other = made_up(5000), made_up(5000)
    assert one.frame.equals(other.frame)
    assert one.frame["person"].nunique() == one.true_value == round(5000 * 2_032_004 / 7_147_441)
    assert {dtype.kind for dtype in one.frame.dtypes} == {"i"}


def test_both_sides_agree_and_every_key_decides(tmp_path: Path) -> None:
    """Ranks, figures and what decided."""
    given = made_up(60_000)
    tables = {"timhieu": ours.rank(given), "duckdb": duck.rank(given)}
    for name, found in tables.items():
        side.keep(found, tmp_path, name)
    assert first_difference(tmp_path) is None
    people = tables["timhieu"]["people"]
    assert set(PEOPLE_KEYS) - {"submitted_at"} <= set(people["decided_by"])
    assert {UNIT_KEYS[0], "tie"} <= set(tables["timhieu"]["units"]["decided_by"])
    path = tmp_path / "duckdb-people-rank.npy"
    changed = np.load(path)
    changed[7] += 1
    np.save(path, changed)
    assert str(first_difference(tmp_path)).startswith("people.rank, 7:")


def test_command_writes_its_figures(tmp_path: Path) -> None:
    """Five of them."""
    out = tmp_path / "so_lieu.json"
    result = CliRunner().invoke(main, ["bench", "grading", "--entries", "2000", "--json", str(out)])
    assert result.exit_code == 0, result.output
    found = json.loads(out.read_text(encoding="utf-8"))
    assert set(found) == {"entries", "timhieu_s", "duckdb_s", "ratio", "peak_bytes"}
    assert found["entries"] == 2000
    assert found["peak_bytes"] > 0


def test_responses_are_marked_in_chunks() -> None:
    """As many as asked."""
    told: list[int] = []
    found = bench_marking(1234, told.append)
    assert sum(told) == found["responses"] == 1234
