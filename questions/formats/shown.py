"""Drafts of an import as people look through them."""

from __future__ import annotations

from typing import Any

from questions.formats.draft import Draft
from questions.formats.messages import text


def kind_of(draft: Draft) -> str:
    """Return the type of a draft in words."""
    kind = draft.data.get("type")
    return text(f"kind.{kind}") if kind else text("value.none")


def right_of(data: dict[str, Any]) -> str:
    """Return the key of a draft as a person reads it, empty where it has none."""
    kind, key = data.get("type"), data.get("key")
    if kind in ("single", "multiple") and key is not None:
        keys = key if kind == "multiple" else [key]
        texts = [short(own["text"]) for own in data["options"] if own["id"] in keys]
        return " | ".join(texts)
    if kind == "true_false" and key is not None:
        return text("value.true" if key else "value.false")
    if kind == "true_false_group":
        marks = [text("value.true" if own["key"] else "value.false") for own in data["statements"]]
        return ", ".join(marks)
    if kind == "matching":
        right = {own["id"]: short(own["text"]) for own in data["right"]}
        return " | ".join(f"{short(own['text'])} → {right[key[own['id']]]}" for own in data["left"])
    if kind == "ordering" and key:
        items = {own["id"]: short(own["text"]) for own in data["items"]}
        return " → ".join(items.get(id_, id_) for id_ in key)
    if kind == "cloze":
        return " | ".join(_gap(gap) for gap in data["gaps"])
    if kind == "essay":
        return " | ".join(f"{short(own['text'])} ({own['points']})" for own in data["rubric"])
    return ", ".join(data["accepted"]) if kind == "short_text" else str(key or "")


def _gap(gap: dict[str, Any]) -> str:
    if "accepted" in gap:
        return ", ".join(gap["accepted"])
    return next((own["text"] for own in gap["options"] if own["id"] == gap.get("key")), "")


def short(value: str, most: int = 100) -> str:
    """Return a text on one line, cut where it is long."""
    value = " ".join(value.split())
    return value if len(value) <= most else value[: most - 1] + "…"
