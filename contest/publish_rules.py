"""What the thể lệ says of results that everybody may see: the key `publish`."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from contest.masking import NameStyle
from questions.strict import Strict


class Publish(Strict):
    """How people stand in public lists.

    Attributes
    ----------
    names : str
        `full`, `masked` or `initials`; a list of winners is public with full names only where
        the rules, which every contestant has read, say so.
    top : int or None
        How many ranks of each round and group are shown (prize winners always are); None: all.
    """

    names: NameStyle = "masked"
    top: Annotated[int, Field(strict=True, ge=1, le=100_000)] | None = None


def publish_of(rules: Any) -> Publish:
    """Return what rules say; the defaults for rules written before the key was there."""
    return getattr(rules, "publish", None) or Publish()
