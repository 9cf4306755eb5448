"""What the forms of facts and sources show, and what comes back from them; no widgets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from contest.ui.author.fields import Data, Field, Values
from questions.model import ListName

_VALUE_TYPES = ("number", "date", "text", "name")
_BOUNDS = ("exact", "about", "over", "under", "at_least", "at_most")

GROUND_FIELDS: dict[str, tuple[Field, ...]] = {
    "fact": (
        Field("id"),
        Field("statement", "long"),
        Field("values", "rows",
              columns=(Field("type", "choice", _VALUE_TYPES), Field("value"), Field("to"),
                       Field("unit"), Field("bound", "choice", _BOUNDS))),
        Field("citations", "rows", columns=(Field("source"), Field("cited"))),
        Field("status", "choice", ("", "confirmed", "one_source", "in_conflict", "superseded")),
        Field("superseded_by"),
        Field("list", "choice", ("", *get_args(ListName))),
        Field("item"),
        Field("valid_from"),
        Field("valid_to"),
        Field("note", "long"),
    ),
    "source": (
        Field("id"),
        Field("title", "long"),
        Field("issuer"),
        Field("number"),
        Field("date"),
        Field("address"),
        Field("kind", "choice", ("", "document", "report")),
        Field("copy", "choice", ("", "official", "unofficial")),
        Field("status", "choice", ("final", "draft", "superseded")),
        Field("superseded_by"),
    ),
}  # fmt: skip
"""Kind -> fields; a test holds them against the models."""


def ground_values(kind: str, data: Mapping[str, Any]) -> Values:
    """Return what the fields show of a fact or source, right or not."""
    values: Values = {
        field.key: _line(data.get(field.key))
        for field in GROUND_FIELDS[kind]
        if field.shape != "rows"
    }
    if kind == "source":
        values["status"] = values["status"] or "final"
        return values
    values["values"] = [
        {
            "type": _line(one.get("type")) or "number",
            "value": _line(one.get("value")),
            "to": _line(one.get("to")),
            "unit": _line(one.get("unit")),
            "bound": _line(one.get("bound")) or "exact",
        }
        for one in _maps(data.get("values"))
    ]
    cites = _maps([data.get("cites"), *(data.get("further") or ())])
    values["citations"] = [
        {"source": _line(one.get("source")), "cited": _line(one.get("place"))} for one in cites
    ]
    return values


def ground_data(kind: str, values: Mapping[str, Any]) -> Data:
    """Return the fact or source that a form's values say, to be checked by its model."""
    data: Data = {
        field.key: said
        for field in GROUND_FIELDS[kind]
        if field.shape != "rows" and (said := values[field.key].strip())
    }
    if kind == "source":
        return data
    if data.get("item", "").isdecimal():
        data["item"] = int(data["item"])
    rows = [_value(row) for row in values["values"] if any(row[key] for key in ("value", "unit"))]
    if rows:
        data["values"] = rows
    cites = [
        {"source": row["source"].strip(), "place": row["cited"].strip()}
        for row in values["citations"]
        if row["source"].strip() or row["cited"].strip()
    ]
    if cites:
        data["cites"] = cites[0]
    if cites[1:]:
        data["further"] = cites[1:]
    return data


def _value(row: Mapping[str, str]) -> Data:
    """Return one value, with what its type has and whatever was typed beside."""
    number = row["type"] == "number"
    found = {"type": row["type"]}
    for key in ("value", "to", "unit"):
        said = row[key].strip()
        if said:
            found[key] = said.replace(",", ".") if number and key != "unit" else said
    if number and row["bound"] != "exact":
        found["bound"] = row["bound"]
    return found


def _maps(value: Any) -> list[Mapping[str, Any]]:
    listed = value if isinstance(value, (list, tuple)) else ()
    return [one for one in listed if isinstance(one, Mapping)]


def _line(value: Any) -> str:
    return "" if value is None or isinstance(value, (list, dict)) else str(value)
