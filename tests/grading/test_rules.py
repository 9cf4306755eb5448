"""The rules that grading takes."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from tests.grading.factories import rules


def test_a_prediction_key_needs_a_prediction():
    """Rules that rank by the prediction without asking for one contradict themselves."""
    with pytest.raises(ValidationError, match="prediction_missing"):
        rules("score high", "prediction_error low", quantity=None)


def test_rules_without_a_prediction_are_fine_without_its_key():
    """Many contests ask for no prediction."""
    assert rules("score high", quantity=None).prediction is None


def test_a_key_stands_once():
    """The same key twice would never decide anything."""
    with pytest.raises(ValidationError, match="key_repeated"):
        rules("score high", "score low")
