"""What every test shares."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers
from playwright.sync_api import expect

from contest.directory import ContestDirectory
from tests.factories import write_contest

# The same examples every time, and no deadline: the machine's mood is not a test result.
# Hypothesis also takes constants from every module that is imported by then, so that examples would
# depend on which tests ran before.
providers._get_local_constants = lambda: providers._local_constants
settings.register_profile("kit", deadline=None, derandomize=True)
settings.load_profile("kit")

# How long a page may take until it shows something is not what these tests measure.
expect.set_options(timeout=20_000)


@pytest.fixture
def directory(tmp_path: Path) -> ContestDirectory:
    """A contest directory with a bank of its own, whose one round opens at `OPENS`."""
    return write_contest(tmp_path / "cuoc_thi")
