"""What each kind of ruling asks for, read from the functions that check it. Pure."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from contest.roles import Act
from contest.rulings.messages import text as rulings_text
from contest.rulings.service import KINDS

Shape = Literal["text", "round", "how", "file", "lines"]

SHAPES: dict[str, Shape] = {
    "round_id": "round", "how": "how", "file": "file", "contestants": "lines"
}  # fmt: skip
"""Argument -> how it is asked for; the others are typed."""

TIME = ("time", "extend", "admit")
"""Kinds that change no score, rank or prize: nothing is graded to try them."""

ACTS: dict[str, Act] = {
    "time": "extra_time", "extend": "extra_time", "mark": "judge", "true_value": "judge"
}  # fmt: skip
"""Kind -> who may; the others take the act `rule`."""


class Missing(ValueError):
    """Fields that must be filled in and aren't: their names."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


@dataclass(frozen=True)
class Uploaded:
    """A file that was handed over."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Field:
    """An argument of a kind of ruling."""

    name: str
    shape: Shape
    required: bool


def act_of(kind: str) -> Act:
    """Return what somebody must be allowed to do for a kind of ruling."""
    return ACTS.get(kind, "rule")


def kind_words(kind: str) -> str:
    """Return what a kind of ruling is called."""
    return rulings_text({"time": "kind.extra_time"}.get(kind, f"kind.{kind}"))


def fields_of(kind: str) -> tuple[Field, ...]:
    """Return what a kind of ruling asks for, in its order."""
    _, *arguments = inspect.signature(KINDS[kind]).parameters.values()
    return tuple(
        Field(one.name, SHAPES.get(one.name, "text"), one.default is inspect.Parameter.empty)
        for one in arguments
        if one.name != "origin"
    )


def read_fields(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a ruling from what was typed; what is empty is left out.

    Raises
    ------
    Missing
        Naming every field that must be filled in.
    """
    found: dict[str, Any] = {}
    for field in fields_of(kind):
        value = values.get(field.name)
        if isinstance(value, str):
            value = value.strip()
        if field.shape == "lines" and value:
            value = value.split()
        if value:
            found[field.name] = value
    missing = [one.name for one in fields_of(kind) if one.required and one.name not in found]
    if missing:
        raise Missing(missing)
    if kind == "admit":
        found["origin"] = rulings_text("origin.typed")
    return found
