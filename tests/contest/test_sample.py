"""The sample that `init` writes, and how `make serve` keeps it ready."""

from __future__ import annotations

from pathlib import Path

import pytest

from contest.clock import local
from contest.commands.sample import ensure_sample
from contest.directory import ContestDirectory
from contest.rules import Rules
from contest.sample import DAYS, NotEmpty, init_directory
from contest.units import Units, read_units
from questions.yaml_lines import read_yaml
from tests.factories import DAY, HOUR, OPENS

MIDNIGHT = OPENS - 8 * HOUR
"""00:00 of the day of OPENS in Viet Nam."""


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A sample contest made at OPENS."""
    path = tmp_path / "mau"
    init_directory(path, OPENS)
    return path


def rules_of(path: Path) -> Rules:
    """Return the rules of a contest directory, whatever its bank."""
    file, problems = read_yaml(path / "the_le.yml", "the_le.yml")
    assert file is not None
    assert not problems
    return Rules.model_validate(file.data)


def units_of(path: Path) -> Units:
    """Return the units of a contest directory."""
    units, problems = read_units(path / "don_vi.csv", "don_vi.csv")
    assert not problems
    assert units is not None
    return units


def test_sample_is_a_contest_without_errors(sample: Path) -> None:
    """With the kit's own bank."""
    assert ContestDirectory(sample).read().errors == []


def test_sample_is_what_it_was_agreed_to_be(sample: Path) -> None:
    """One round, one group, made-up numbers only, 20 questions of 10 points in 20 minutes."""
    rules = rules_of(sample)
    assert rules.contest.sample
    assert (len(rules.rounds), len(rules.groups)) == (1, 1)
    kinds = {field.kind: field for field in rules.registration.fields}
    assert set(kinds) == {"name", "phone"}
    assert (rules.registration.key, kinds["phone"].pattern) == ("phone", "000xxxxxxx")
    assert (rules.paper.length, rules.paper.points, rules.paper.minutes) == (20, 10, 20)
    assert rules.attempts.limit == 2
    assert [(key.key, key.order) for key in rules.attempts.counted.keys] == [
        ("score", "high"), ("duration", "low"),
    ]  # fmt: skip
    assert [(key.key, key.order) for key in rules.ranking.people.keys] == [
        ("score", "high"), ("prediction_error", "low"), ("duration", "low"),
        ("submitted_at", "low"),
    ]  # fmt: skip
    assert rules.ranking.people.ties == "shared"


@pytest.mark.parametrize("at", [MIDNIGHT, OPENS, MIDNIGHT + DAY - 1])
def test_round_is_open_from_the_day_it_was_made(tmp_path: Path, at: int) -> None:
    """For thirty days, whatever the hour."""
    init_directory(tmp_path / "mau", at)
    (round_,) = rules_of(tmp_path / "mau").rounds
    assert (round_.opens_at, round_.closes_at) == (MIDNIGHT, MIDNIGHT + DAYS * DAY)
    assert round_.window_at(at) is not None


def test_units_are_two_levels_deep_with_headcounts(sample: Path) -> None:
    """So that a share can be ranked."""
    units = units_of(sample)
    assert {units.level(unit.unit_id) for unit in units.units} == {1, 2}
    assert all(units.headcount(unit.unit_id) for unit in units.units)
    assert all("mẫu" in unit.name for unit in units.units)


def test_sample_keeps_private_things_out_of_git(sample: Path) -> None:
    """Database, secrets and a private bank."""
    ignored = (sample / ".gitignore").read_text(encoding="utf-8").split("\n")
    assert {"var/", "ngan_hang/"} <= set(ignored)


def test_rules_file_has_no_gap_left(sample: Path) -> None:
    """And explains itself."""
    text = (sample / "the_le.yml").read_text(encoding="utf-8")
    assert "{opens}" not in text
    assert "{delete_on}" not in text
    assert text.count("#") > 8


@pytest.mark.parametrize("there", ["file", "hidden", "folder", "not a folder"])
def test_folder_that_is_not_empty_is_refused(tmp_path: Path, there: str) -> None:
    """And nothing is written."""
    path = tmp_path / "mau"
    if there == "not a folder":
        path.write_text("x")
    else:
        path.mkdir()
        if there == "folder":
            (path / "x").mkdir()
        else:
            (path / (".x" if there == "hidden" else "x")).write_text("x")
    before = sorted(path.parent.rglob("*"))
    with pytest.raises(NotEmpty):
        init_directory(path, OPENS)
    assert sorted(path.parent.rglob("*")) == before


def test_empty_folder_is_filled(tmp_path: Path) -> None:
    """The user has made it already."""
    init_directory(tmp_path, OPENS)
    assert (tmp_path / "the_le.yml").exists()


def test_missing_sample_is_made(tmp_path: Path) -> None:
    """With the folders above it."""
    path = tmp_path / "var" / "mau"
    assert ensure_sample(path, OPENS) is None
    assert (path / "the_le.yml").exists()


def test_running_sample_is_kept(sample: Path) -> None:
    """With everything in it."""
    (sample / "var").mkdir()
    (sample / "var" / "timhieu.db").write_text("dữ liệu")
    assert ensure_sample(sample, OPENS + (DAYS - 2) * DAY) is None
    assert (sample / "var" / "timhieu.db").read_text() == "dữ liệu"


def test_closed_sample_is_put_aside_under_its_date(sample: Path) -> None:
    """And a new one is made; again and again without losing one."""
    (sample / "ghi_chu.txt").write_text("của tôi")
    after = OPENS + (DAYS + 1) * DAY
    aside = ensure_sample(sample, after)
    closed = local(MIDNIGHT + DAYS * DAY)
    assert aside == sample.with_name(f"mau-{closed:%Y-%m-%d}")
    assert (aside / "ghi_chu.txt").read_text() == "của tôi"
    assert not (sample / "ghi_chu.txt").exists()
    assert rules_of(sample).rounds[0].window_at(after) is not None


def test_second_sample_of_a_date_gets_a_number(sample: Path) -> None:
    """The first one stays where it is."""
    closed = local(MIDNIGHT + DAYS * DAY)
    first = sample.with_name(f"mau-{closed:%Y-%m-%d}")
    first.mkdir()
    assert ensure_sample(sample, OPENS + (DAYS + 1) * DAY) == first.with_name(f"{first.name}-2")


def test_sample_that_is_being_edited_is_never_put_aside(sample: Path) -> None:
    """Even long after its close."""
    (sample / "the_le.yml").write_text("version: [")
    assert ensure_sample(sample, OPENS + 365 * DAY) is None
    assert (sample / "the_le.yml").read_text() == "version: ["
