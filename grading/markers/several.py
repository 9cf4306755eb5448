"""Marks for questions of several parts that are chosen or moved: groups, pairs, orders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grading.markers.base import NOTHING, Found, Unreadable, only, parts
from questions import Matching, Ordering, TrueFalseGroup


def statements(question: TrueFalseGroup, data: Mapping[str, Any]) -> Found:
    """Mark a group: `{"statements": {id: true or false}}`; what is left out is wrong."""
    said = only(data, "statements", dict)
    key = {statement.id: statement.key for statement in question.statements}
    if not set(said) <= set(key) or not all(isinstance(value, bool) for value in said.values()):
        raise Unreadable
    if not said:
        return NOTHING
    right = sum(key[id_] is value for id_, value in said.items())
    return parts(right, len(key), question.scoring)


def pairs(question: Matching, data: Mapping[str, Any]) -> Found:
    """Mark pairs: `{"pairs": {left id: right id}}`; what is left out is wrong."""
    made = only(data, "pairs", dict)
    known = {part.id for part in question.right}
    if not all(isinstance(to, str) and to in known for to in made.values()):
        raise Unreadable
    if not set(made) <= {part.id for part in question.left}:
        raise Unreadable
    if not made:
        return NOTHING
    right = sum(question.key[from_] == to for from_, to in made.items())
    return parts(right, len(question.left), question.scoring)


def order(question: Ordering, data: Mapping[str, Any]) -> Found:
    """Mark an order: `{"order": [all ids]}`; with `each` every item at its place has its share."""
    ids = only(data, "order", list)
    if not ids:
        return NOTHING
    if not all(isinstance(id_, str) for id_ in ids) or sorted(ids) != sorted(question.key):
        raise Unreadable
    right = sum(one == other for one, other in zip(ids, question.key, strict=True))
    return parts(right, len(ids), question.scoring)
