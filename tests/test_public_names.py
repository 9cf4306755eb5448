"""What a module offers is real, sorted, and nothing twice."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("questions", "grading", "contest")

OFFERING = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if "\n__all__ = [" in path.read_text(encoding="utf-8")
)


def test_every_room_says_what_it_offers() -> None:
    """And so do the two packages that others meet by name."""
    assert {*PACKAGES, "contest.store", "contest.ui", "questions.types"} <= set(OFFERING)


@pytest.mark.parametrize("name", OFFERING)
def test_offered_names_are_real(name: str) -> None:
    """Also where they are loaded when they are first used."""
    module = importlib.import_module(name)
    assert [offered for offered in module.__all__ if not hasattr(module, offered)] == []


@pytest.mark.parametrize("name", OFFERING)
def test_offered_names_are_sorted_and_unique(name: str) -> None:
    """So that a newcomer finds one, and a diff shows one."""
    offered = importlib.import_module(name).__all__
    assert offered == sorted(set(offered))


@pytest.mark.parametrize("name", ["questions", "grading", "contest", "contest.store"])
def test_nothing_private_is_offered(name: str) -> None:
    """What begins with an underscore may change at any time."""
    assert not [one for one in importlib.import_module(name).__all__ if one.startswith("_")]


@pytest.mark.parametrize("name", ["grading", "contest", "contest.ui"])
def test_name_that_is_not_offered_is_an_attribute_error(name: str) -> None:
    """As with any module, although these load their names when they are first used."""
    with pytest.raises(AttributeError):
        _ = importlib.import_module(name).khong_co
