"""Bank -> files -> the same bank."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings, HealthCheck

from questions import load_bank
from questions.dump import dump_bank
from tests.questions.strategies import banks


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(banks())
def test_what_was_dumped_loads_as_the_same_bank(bank):
    """load(dump(bank)) == bank, whatever the texts."""
    with tempfile.TemporaryDirectory() as folder:
        dump_bank(bank, Path(folder))
        assert load_bank(Path(folder)) == bank
