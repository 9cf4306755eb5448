"""Strict models, and pydantic's errors told in Vietnamese with file and line."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    ValidationError,
)

from questions.canonical import nfc
from questions.messages import TEXTS
from questions.problems import Problem, make
from questions.yaml_lines import Loc, YamlFile

T = TypeVar("T", bound=BaseModel)

_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)
"""Control characters, and what can't be seen: soft hyphens, zero widths, changes of direction."""


class Strict(BaseModel):
    """Base of every model read from a file: no unknown keys, nothing changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def _clean(value: str) -> str:
    if _CONTROL.search(value):
        raise ValueError("control_character")
    return nfc(value)


def _partial_date(value: str) -> str:
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", value)
    if not match:
        raise ValueError("partial_date")
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        datetime.date(year, month, day)
    except ValueError:
        raise ValueError("partial_date") from None
    return value


Text = Annotated[str, StringConstraints(min_length=1), AfterValidator(_clean)]
"""Non-empty text, NFC, without control characters."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$")]
"""Identifier: a-z, 0-9, dot, dash and underscore, at most 64 characters."""


def _year(value: Any) -> Any:
    return f"{value:04}" if type(value) is int and 1 <= value <= 9999 else value


PartialDate = Annotated[str, BeforeValidator(_year), AfterValidator(_partial_date)]
"""`2026`, `2026-01` or `2026-01-23`: what a source doesn't tell is left out."""


def _only_date(value: Any) -> Any:
    if type(value) is datetime.date:
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return value
    raise ValueError("date_from_datetime_parsing")


Date = Annotated[datetime.date, BeforeValidator(_only_date)]
"""`2026-03-15`, and neither a time nor a count of seconds."""


def validate(
    model: type[T], file: YamlFile, data: Any, at: Loc = ()
) -> tuple[T | None, list[Problem]]:
    """Validate `data`, which stands at `at` in `file`.

    Returns
    -------
    (model or None, list of Problem)
        Every error that pydantic finds, each with the line it stands on.
    """
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        found = error.errors(include_url=False)
        return None, [_problem(file, at, item) for item in found if not _follows(item)]


def _follows(error: Any) -> bool:
    """Return whether a list is called too short only because of items that are told themselves."""
    listed = error.get("input")
    return (
        error["type"] == "too_short"
        and isinstance(listed, (list, tuple))
        and len(listed) >= error["ctx"]["min_length"]
    )


def _problem(file: YamlFile, at: Loc, error: Any) -> Problem:
    loc = (*at, *error["loc"])
    kind = error["type"]
    context = error.get("ctx", {})
    if kind == "value_error":  # raised by a validator of ours: its text is a code
        kind = str(context.get("error", kind))
    code = f"model.{kind}"
    if code not in TEXTS:
        code = "model.other"
    values = {
        "name": _name(loc),
        "value": _short(error.get("input")),
        "detail": error.get("msg", ""),
        **{key: value for key, value in context.items() if key != "error"},
    }
    return make(code, file.name, file.line(loc), **values)


def _name(loc: Loc) -> str:
    """Return what an author calls the place: its key, or the key and which item of its list."""
    keys = [part for part in loc if isinstance(part, str)]
    if not keys:
        return "?"
    return f"{keys[-1]} ({loc[-1] + 1})" if isinstance(loc[-1], int) else keys[-1]


def _short(value: Any) -> str:
    shown = str(value)
    return shown if len(shown) <= 60 else shown[:57] + "…"
