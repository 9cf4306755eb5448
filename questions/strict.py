"""Strict models, and pydantic's errors told in Vietnamese with file and line."""

from __future__ import annotations

import re
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError

from questions.canonical import nfc
from questions.messages import TEXTS
from questions.problems import Problem, make
from questions.yaml_lines import Loc, YamlFile

T = TypeVar("T", bound=BaseModel)

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2028\u2029\ufeff]")


class Strict(BaseModel):
    """Base of every model read from a file: no unknown keys, nothing changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def _clean(value: str) -> str:
    if _CONTROL.search(value):
        raise ValueError("control_character")
    return nfc(value)


def _partial_date(value: str) -> str:
    match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", value)
    if not match:
        raise ValueError("partial_date")
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        import datetime

        datetime.date(year, month, day)
    except ValueError:
        raise ValueError("partial_date") from None
    return value


Text = Annotated[str, StringConstraints(min_length=1), AfterValidator(_clean)]
"""Non-empty text, NFC, without control characters."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$")]
"""Identifier: a-z, 0-9, dot, dash and underscore, at most 64 characters."""

PartialDate = Annotated[str, AfterValidator(_partial_date)]
"""`2026`, `2026-01` or `2026-01-23`: what a source doesn't tell is left out."""


def validate(model: type[T], file: YamlFile, data: Any, at: Loc = ()) -> tuple[T | None, list[Problem]]:
    """Validate `data`, which stands at `at` in `file`.

    Returns
    -------
    (model or None, list of Problem)
        Every error that pydantic finds, each with the line it stands on.
    """
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, [_problem(file, at, item) for item in error.errors(include_url=False)]


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
        "field": ".".join(str(part) for part in loc if (*at, part) != at) or "?",
        "name": loc[-1] if loc else "?",
        "value": _short(error.get("input")),
        "detail": error.get("msg", ""),
        **{key: value for key, value in context.items() if key != "error"},
    }
    return make(code, file.name, file.line(loc), **values)


def _short(value: Any) -> str:
    shown = str(value)
    return shown if len(shown) <= 60 else shown[:57] + "…"
