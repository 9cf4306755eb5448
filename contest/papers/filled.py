"""Placeholders of texts and paths of lists, filled from a context's values."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment


def render(shown: str, values: dict[str, Any]) -> str:
    """Return a text with its placeholders filled in."""
    return _template(shown).render(values) if "{{" in shown else shown


@cache
def _template(shown: str) -> Template:
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=False).from_string(shown)


def look_up(path: str, values: dict[str, Any]) -> Any:
    """Return what a path such as `ky.nhom` names.

    Raises
    ------
    KeyError
        For a path that leads nowhere: a fault in the catalogue.
    """
    found: Any = values
    for part in path.split("."):
        found = found[part]
    return found
