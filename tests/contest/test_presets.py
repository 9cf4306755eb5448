"""Every preset is a good contest, and has the shape its first line tells."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from contest.clock import local
from contest.directory import ContestDirectory
from contest.presets import describe, preset_names, preset_text
from contest.rules import Rules
from contest.sample import init_directory
from tests.factories import DAY, HOUR, MINUTE, OPENS

SHAPES = {
    "ba_buoi_moi_tuan": lambda r: (
        len(r.rounds[0].spans) == 3 and r.attempts.per == "window" and r.registration.entry_code
    ),
    "bang_cua_cong_doan": lambda r: (
        len(r.groups) == 4 and [p.count for p in r.prizes.people[0].prizes] == [1, 2, 3, 30]
    ),
    "cap_xa": lambda r: len(r.rounds) == 2 and r.prediction.quantity == "entries",
    "gio_lam_viec": lambda r: (
        len(r.rounds[0].spans) == 5
        and all(end - start == 10 * HOUR for start, end in r.rounds[0].spans)
        and r.attempts.limit == 7
    ),
    "hai_ky_chung_ket": lambda r: (
        [one.admits for one in r.rounds] == ["all", "all", "listed"]
        and r.ranking.boards[0].rounds == ("ky-1", "ky-2")
    ),
    "hang_tuan_chung_ket": lambda r: (
        [one.admits for one in r.rounds] == ["all"] * 4 + ["listed"]
        and r.paper_of("chung-ket", "chung").draw == "same"
    ),
    "hang_tuan_du_doan_so_luot": lambda r: (
        len(r.rounds) == 5
        and [k.key for k in r.ranking.people.keys]
        == ["all_right", "prediction_error", "submitted_at"]
    ),
    "hang_tuan_hai_nhom": lambda r: (
        r.paper_of("tuan-1", "can_bo") != r.paper_of("tuan-1", "nguoi_dan")
        and r.ranking.units.terms[0].measure == "share"
    ),
    "hoc_sinh_hai_vong": lambda r: (
        r.paper.length * r.paper.points == 300 and r.prizes.people[0].max_share == 0.5
    ),
    "hoi_thi_nhanh": lambda r: r.paper.duration_ms == 200_000,
    "mot_dot_du_doan": lambda r: r.rounds[0].closes_at - r.rounds[0].opens_at > 30 * DAY,
    "mot_luot_mo_tai_lieu": lambda r: r.attempts.limit == 1 and r.reveal.open_book,
    "sau_ky_sau_ngay": lambda r: len(r.rounds) == 6,
    "tong_diem_nhieu_tuan": lambda r: (
        len(r.ranking.boards[0].rounds) == 8 and r.prizes.people[0].per == "quota"
    ),
}  # fmt: skip
"""Preset -> what makes it that shape."""


def read(name: str, folder: Path) -> Rules:
    """Return a preset's rules, as `init` writes them."""
    init_directory(folder / name, OPENS, name)
    found = ContestDirectory(folder / name).read()
    assert [str(problem) for problem in found.errors] == []
    assert found.contest is not None
    return found.contest.rules


def test_every_preset_has_a_shape() -> None:
    """None is added without saying what it is."""
    assert set(preset_names()) == set(SHAPES)
    assert all(describe(name).endswith(".") for name in preset_names())


@pytest.mark.parametrize("name", preset_names())
def test_preset_is_a_good_contest_of_its_shape(name: str, tmp_path: Path) -> None:
    """`check` has nothing against it, and its rules are what its name says."""
    rules = read(name, tmp_path)
    assert SHAPES[name](rules)
    assert local(rules.rounds[0].opens_at + MINUTE).date() >= local(OPENS).date()


def test_unknown_preset_is_refused(tmp_path: Path) -> None:
    """And nothing is written."""
    with pytest.raises(KeyError):
        preset_text("khong_co", datetime.date(2026, 1, 1))
    with pytest.raises(KeyError):
        init_directory(tmp_path / "moi", OPENS, "../the_le")
    assert not (tmp_path / "moi").exists()
