"""The contest directory: where things lie, and when they can be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from contest.directory import ContestDirectory
from questions import BANKS
from questions.problems import ProblemsFound
from tests.factories import make_bank


def test_good_directory_is_loaded_whole(directory: ContestDirectory) -> None:
    """Rules, their text as written, units and bank."""
    result = directory.load()
    assert result.rules.contest.id == "thu"
    assert result.rules_text == (directory.path / "the_le.yml").read_text(encoding="utf-8")
    assert len(result.units.units) == 5
    assert result.bank.content_hash() == make_bank().content_hash()


def test_private_things_lie_in_var(directory: ContestDirectory) -> None:
    """Databases and secrets, apart from what people edit."""
    var = directory.path / "var"
    for path in (directory.database, directory.preview_database, directory.secrets):
        assert path.parent == var
    assert directory.database != directory.preview_database


def test_reading_writes_nothing(directory: ContestDirectory) -> None:
    """Checking a contest doesn't start it."""
    directory.read()
    assert not directory.var.exists()


def test_kits_own_bank_lies_in_the_kit(directory: ContestDirectory) -> None:
    """Any other in the contest's folder."""
    assert directory.bank_folder("kit:mau") == BANKS / "mau"
    assert directory.bank_folder("ngan_hang") == directory.path / "ngan_hang"


def test_folder_that_is_no_contest_is_told_so(tmp_path: Path) -> None:
    """One finding, not one for every file it lacks."""
    read = ContestDirectory(tmp_path / "nowhere").read()
    assert [problem.code for problem in read.problems] == ["file.missing"]
    assert read.contest is None


def test_contest_with_errors_is_not_loaded(directory: ContestDirectory) -> None:
    """All of them are told."""
    (directory.path / "don_vi.csv").unlink()
    (directory.path / "ngan_hang" / "facts.yml").unlink()
    with pytest.raises(ProblemsFound) as caught:
        directory.load()
    files = {problem.file for problem in caught.value.problems}
    assert files == {"don_vi.csv", "ngan_hang/facts.yml"}


def test_advice_does_not_keep_a_contest_from_running(directory: ContestDirectory) -> None:
    """It is for reading."""
    path = directory.path / "ngan_hang" / "luat.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("    explanation: Theo dữ kiện 0\n", ""), encoding="utf-8")
    read = directory.read()
    assert read.problems
    assert read.errors == []
    directory.load()


@pytest.mark.parametrize("text", ["", "- 1\n- 2\n", "chỉ là chữ\n", "units: [1]\nbank: {a: b}\n"])
def test_any_rules_file_gives_problems_not_exceptions(
    directory: ContestDirectory, text: str
) -> None:
    """Empty, a list, plain text, wrong types."""
    (directory.path / "the_le.yml").write_text(text, encoding="utf-8")
    read = directory.read()
    assert read.errors
    assert read.contest is None
