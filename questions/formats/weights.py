"""What Moodle's two formats share: shares of the marks in percent, and tags that hold a level."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from questions.formats.draft import Draft, Notes
from questions.formats.fields import written

LEVEL_TAG, SCORING_TAG = "level-", "scoring-"
"""What tags begin with that hold a level or a way of marking."""

_SCORED = ("multiple", "true_false_group", "matching", "ordering", "cloze")
_SCORINGS = ("all_or_nothing", "false2", "false", "true", "all", "none", "each", "moodle")
_LEVELS = ("recall", "understand", "apply")
_TAG = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")


def set_tags(draft: Draft, tags: Iterable[str]) -> None:
    """Set tags, level and way of marking; tags that the bank can't hold are brought into form."""
    kept = []
    for tag in tags:
        level, scoring = tag.removeprefix(LEVEL_TAG), tag.removeprefix(SCORING_TAG)
        if tag.startswith(LEVEL_TAG) and level in _LEVELS:
            draft.data["level"] = level
            continue
        if tag.startswith(SCORING_TAG) and scoring in _SCORINGS:
            draft.data["scoring"] = scoring
            continue
        own = re.sub(r"[^a-z0-9._-]+", "-", tag.casefold()).strip("-._")[:64]
        if _TAG.fullmatch(own):
            kept.append(own)
    if kept:
        draft.data["tags"] = list(dict.fromkeys(kept))


def tags_of(question: Mapping[str, Any]) -> list[str]:
    """Return the tags of a question, and those that say its level and way of marking."""
    tags = [*question.get("tags", ()), f"{LEVEL_TAG}{question['level']}"]
    scoring = question.get("scoring", "all_or_nothing")
    if question["type"] in _SCORED:
        tags.append(f"{SCORING_TAG}{scoring}")
    return tags


def shares(question: Mapping[str, Any]) -> dict[str, str]:
    """Return option id -> percent as Moodle has it.

    Moodle knows no rule of all or nothing: there the right options share 100, and each wrong
    one takes everything away.
    """
    if question.get("weights"):
        given = question["weights"]
        return {option["id"]: given.get(option["id"], "0") for option in question["options"]}
    right = question["key"]
    wrong = "0" if question.get("scoring") == "moodle" else "-100"
    return {
        option["id"]: _equal(len(right)) if option["id"] in right else wrong
        for option in question["options"]
    }


def _equal(n: int) -> str:
    return written((Decimal(100) / n).quantize(Decimal("0.00001")))


def from_weights(notes: Notes, draft: Draft, weights: Mapping[str, str]) -> None:
    """Make a draft a multiple choice whose options have these shares of the marks.

    The way of marking that a tag names holds where the shares are those that `shares` writes.
    """
    values = {id_: Decimal(weight) for id_, weight in weights.items()}
    right = [id_ for id_, value in values.items() if value > 0]
    tagged = draft.data.pop("scoring", None)
    draft.data.update(type="multiple", key=right)
    if not right:
        notes.error("draft.no_key", draft)
        return
    equal = all(abs(values[id_] - Decimal(100) / len(right)) < Decimal("0.01") for id_ in right)
    others = {value for id_, value in values.items() if id_ not in right}
    if tagged and equal and others <= {Decimal(-100)}:
        draft.data["scoring"] = tagged
        return
    draft.data["scoring"] = "moodle"
    if not equal or others - {Decimal(0)}:
        draft.data["weights"] = {id_: written(value) for id_, value in values.items() if value}
