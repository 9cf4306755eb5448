"""What every test shares."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from contest.directory import ContestDirectory
from tests.factories import write_contest

# The same examples every time, and no deadline: the machine's mood is not a test result.
settings.register_profile("kit", deadline=None, derandomize=True)
settings.load_profile("kit")


@pytest.fixture
def directory(tmp_path: Path) -> ContestDirectory:
    """A contest directory with a bank of its own, whose one round opens at `OPENS`."""
    return write_contest(tmp_path / "cuoc_thi")
