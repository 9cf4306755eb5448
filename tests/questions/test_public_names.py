"""What the package offers."""

from __future__ import annotations

import subprocess
import sys

import questions


def test_public_names_are_sorted_and_there():
    """Every name in `__all__` can be imported."""
    assert questions.__all__ == sorted(questions.__all__)
    assert all(hasattr(questions, name) for name in questions.__all__)


def test_the_bank_loads_neither_pandas_nor_numpy():
    """Pages that show questions stay light."""
    code = (
        "import sys, questions, questions.dump, questions.review;"
        "print(sorted({'pandas', 'numpy', 'contest', 'grading'} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    assert result.stdout.strip() == "[]"
