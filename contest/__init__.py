"""The contest: rules, rounds, attempts, pages and commands.

Names are loaded when they are first used, so that importing the package costs
nothing that isn't needed.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contest.app import current
    from contest.directory import Contest, ContestDirectory
    from contest.rules import Rules
    from contest.service import Service
    from contest.simulate import simulate
    from contest.store import SqliteStore, Store

_MODULES = {
    "Contest": "directory",
    "ContestDirectory": "directory",
    "Rules": "rules",
    "Service": "service",
    "SqliteStore": "store",
    "Store": "store",
    "current": "app",
    "simulate": "simulate",
}

__all__ = [
    "Contest",
    "ContestDirectory",
    "Rules",
    "Service",
    "SqliteStore",
    "Store",
    "current",
    "simulate",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
