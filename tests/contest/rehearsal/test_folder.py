"""The folder of a rehearsal: made from the contest's files, and gone in one step."""

from __future__ import annotations

from pathlib import Path

import pytest

from contest.directory import ContestDirectory
from contest.rehearsal.folder import RehearsalFolder, is_rehearsal
from tests.factories import make_bank, write_contest


@pytest.fixture
def real(tmp_path: Path) -> ContestDirectory:
    """A contest with a private bank."""
    return write_contest(tmp_path / "cuoc_thi")


def make(real: ContestDirectory) -> RehearsalFolder:
    """Make a rehearsal with the real bank."""
    folder = RehearsalFolder(real)
    folder.make(real.rules(), None, banks=("ngan_hang",))
    return folder


def test_it_is_a_contest_of_its_own(real: ContestDirectory) -> None:
    """With its own database and secrets, readable by nobody else."""
    folder = make(real)
    made = ContestDirectory(folder.path)
    assert made.load().bank == make_bank()
    assert is_rehearsal(made) and not is_rehearsal(real)
    assert folder.path.stat().st_mode & 0o077 == 0
    assert made.database != real.database and made.secrets != real.secrets


def test_only_what_is_needed_is_copied(real: ContestDirectory) -> None:
    """No database, no links, nothing hidden, no other folder."""
    (real.path / ".env").write_text("x")
    (real.path / "lien_ket.txt").symlink_to("/etc/hostname")
    (real.path / "ket_qua").mkdir()
    (real.path / "logo.png").write_bytes(b"x")
    found = {one.name for one in make(real).path.iterdir()}
    assert found == {".dien_tap", "don_vi.csv", "logo.png", "ngan_hang", "the_le.yml"}


def test_the_contest_itself_does_not_change(real: ContestDirectory) -> None:
    """Not even in what tells that a file was saved."""
    before = real.signature()
    folder = make(real)
    assert real.signature() == before
    folder.wipe()
    assert sorted(one.name for one in real.var.iterdir()) == []


def test_wiping_leaves_nothing(real: ContestDirectory) -> None:
    """Also of a wipe that was cut short, and of a folder that is only half there."""
    folder = make(real)
    folder.path.rename(real.var / ".dien_tap-abc")
    (real.var / "dien_tap").mkdir()
    assert folder.exists
    assert folder.wipe()
    assert not folder.exists and list(real.var.iterdir()) == []
    assert not folder.wipe()


def test_a_newer_rehearsal_is_left_alone(real: ContestDirectory) -> None:
    """Whoever ends an older one wipes that one only."""
    first = make(real).mark()
    folder = make(real)
    assert not folder.wipe(first)
    assert folder.mark() not in (None, first)
