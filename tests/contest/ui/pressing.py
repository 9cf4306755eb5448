"""Widgets without a front end: find them and press them."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets


def all_widgets(box: Any) -> list[Any]:
    """Return a widget and everything in it."""
    return [box, *(one for below in getattr(box, "children", ()) for one in all_widgets(below))]


def press(box: Any, label: str) -> None:
    """Press the button with these words."""
    (found,) = [
        one
        for one in all_widgets(box)
        if isinstance(one, widgets.Button) and one.description == label
    ]
    found.click()
