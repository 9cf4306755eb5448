"""Widgets, and the pages composed of them: all that a notebook may import.

Names are loaded when they are first used: the contestant's page loads neither
pandas nor a chart library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contest.ui.author import author_page
    from contest.ui.desk import desk_page
    from contest.ui.marking import marking_page
    from contest.ui.organiser import graded_contest
    from contest.ui.pages import mock_page, paper_page, practice_page

_MODULES = {
    "author_page": "author",
    "desk_page": "desk",
    "graded_contest": "organiser",
    "marking_page": "marking",
    "mock_page": "pages",
    "paper_page": "pages",
    "practice_page": "pages",
}

__all__ = [
    "author_page",
    "desk_page",
    "graded_contest",
    "marking_page",
    "mock_page",
    "paper_page",
    "practice_page",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
