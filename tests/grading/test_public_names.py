"""What the package offers, and what loading it costs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import grading

ROOT = Path(grading.__file__).parent.parent


def test_public_names_are_sorted_and_all_exist():
    """Every name can be imported, and the list is the one that is looked up."""
    assert grading.__all__ == sorted(grading.__all__)
    assert set(grading.__all__) == set(grading._MODULES)
    assert dir(grading) == grading.__all__
    for name in grading.__all__:
        assert getattr(grading, name).__name__ == name


def test_an_unknown_name_is_an_attribute_error():
    """As with any module."""
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = grading.nothing


@pytest.mark.parametrize(
    "statement",
    [
        "import grading",
        "import grading.marks",
        "import grading.rules",
        "import grading.messages",
        "from grading import mark, micro, GradingRules",
    ],
)
def test_the_contestants_page_loads_neither_pandas_nor_numpy(statement):
    """Marks and rules are plain Python."""
    heavy = "sorted({'pandas', 'numpy', 'xlsxwriter', 'sqlite_utils'} & set(sys.modules))"
    code = f"import sys; {statement}; print({heavy})"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert result.stdout.strip() == "[]"
