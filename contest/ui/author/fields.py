"""What a form shows of a question and what comes back from it: plain values, no widgets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any, Literal, get_args

from questions.types.multiple import Scoring
from questions.types.parts import PartScoring

Data = dict[str, Any]
Values = dict[str, Any]
Shape = Literal["line", "long", "ids", "lines", "flag", "choice", "rows"]


@dataclass(frozen=True)
class Field:
    """A field of a form, or a column of its rows.

    Attributes
    ----------
    shape : str
        What it is typed into; `lines` is a list with an entry on each line.
    choices : tuple of str
        What can be chosen; empty text is nothing.
    columns : tuple of Field
        What each row has.
    name : str
        Key of its label where that isn't `key`.
    """

    key: str
    shape: Shape = "line"
    choices: tuple[str, ...] = ()
    columns: tuple[Field, ...] = ()
    name: str = ""


_ID, _TEXT = Field("id"), Field("text")
_TRUTH = ("", "true", "false")
_PARTS = Field("scoring", "choice", get_args(PartScoring))

OWN: dict[str, tuple[Field, ...]] = {
    "single": (
        Field("options", "rows",
              columns=(_ID, _TEXT, Field("right", "flag"), Field("pinned", "flag"))),
    ),
    "multiple": (
        Field("options", "rows",
              columns=(_ID, _TEXT, Field("right", "flag"), Field("pinned", "flag"),
                       Field("weight"))),
        Field("scoring", "choice", get_args(Scoring)),
    ),
    "true_false": (Field("key", "choice", _TRUTH),),
    "true_false_group": (
        Field("statements", "rows", columns=(_ID, _TEXT, Field("key", "choice", _TRUTH))),
        _PARTS,
    ),
    "matching": (
        Field("left", "rows", columns=(_ID, _TEXT, Field("pair"))),
        Field("right", "rows", columns=(_ID, _TEXT)),
        _PARTS,
    ),
    "ordering": (Field("items", "rows", columns=(_ID, _TEXT, Field("place"))), _PARTS),
    "numeric": (Field("key"), Field("tolerance"), Field("unit")),
    "short_text": (Field("accepted", "rows", columns=(_TEXT,)),),
    "cloze": (
        Field("text", "long"),
        Field("gaps", "rows",
              columns=(_ID, Field("accepted", "lines"), Field("options", "lines"),
                       Field("key"))),
        _PARTS,
    ),
    "essay": (
        Field("rubric", "rows", columns=(_ID, _TEXT, Field("points"))),
        Field("min_words"), Field("max_words"),
    ),
}  # fmt: skip
"""Type -> the fields that only it has; a test holds them against the models."""

HEAD = (
    Field("id"),
    Field("level", "choice", ("", "recall", "understand", "apply")),
    Field("stem", "long"),
)
FOOT = (
    Field("facts", "ids"),
    Field("sources", "ids"),
    Field("explanation", "long"),
    Field("points"),
    Field("tags", "ids"),
    Field("shuffle", "flag"),
    Field("image"),
    Field("alt"),
)
UNTOUCHED = ("type", "status")
"""What a form passes on as it came."""


def fields_of(type_: str) -> tuple[Field, ...]:
    """Return the fields of a type's form, from top to bottom."""
    return (*HEAD, *OWN[type_], *FOOT)


def values_of(type_: str, data: Mapping[str, Any]) -> Values:
    """Return what the fields of a form show of a question, right or not."""
    values: Values = {}
    for field in fields_of(type_):
        values[field.key] = _shown(field, data.get(field.key))
    values["shuffle"] = data.get("shuffle", True) is not False
    image = data.get("image")
    image = image if isinstance(image, Mapping) else {}
    values["image"], values["alt"] = _line(image.get("file")), _line(image.get("alt"))
    for field in OWN[type_]:
        if field.shape == "choice" and not values[field.key]:
            values[field.key] = field.choices[0]
    _ROWS_IN.get(type_, lambda _data, _values: None)(data, values)
    return values


def _shown(field: Field, value: Any) -> Any:
    if field.shape == "rows":
        listed = value if isinstance(value, (list, tuple)) else ()
        rows = [one if isinstance(one, Mapping) else {"text": one} for one in listed]
        return [{own.key: _shown(own, row.get(own.key)) for own in field.columns} for row in rows]
    if field.shape == "flag":
        return value is True
    if field.shape == "ids":
        return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else _line(value)
    if field.shape == "lines":
        listed = value if isinstance(value, (list, tuple)) else ()
        return "\n".join(
            f"{one.get('id')}: {one.get('text')}" if isinstance(one, Mapping) else str(one)
            for one in listed
        )
    return _line(value)


def _line(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None or isinstance(value, (list, dict)) else str(value)


def data_of(type_: str, values: Mapping[str, Any], before: Mapping[str, Any]) -> Data:
    """Return the question that a form's values say, to be checked by its model.

    Parameters
    ----------
    before : mapping
        The question as it was: type and status are passed on.
    """
    data: Data = {key: before[key] for key in UNTOUCHED if key in before}
    for field in fields_of(type_):
        if (said := _said(field, values[field.key])) not in (None, "", []):
            data[field.key] = said
    data.pop("alt", None)
    data.pop("shuffle", None)
    if values["image"] or values["alt"]:
        data["image"] = {"file": values["image"], "alt": values["alt"]}
    if not values["shuffle"]:
        data["shuffle"] = False
    _ROWS_OUT.get(type_, lambda _data: None)(data)
    key = before.get("key")
    if type_ == "multiple" and sorted(map(str, _list(key))) == sorted(data["key"]):
        data["key"] = _list(key)  # the same options, in the order that somebody wrote
    return data


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else []


def _said(field: Field, value: Any) -> Any:
    if field.shape == "rows":
        found = []
        for row in value:
            said = {own.key: _said(own, row[own.key]) for own in field.columns}
            kept = {key: one for key, one in said.items() if one not in (None, "", [], False)}
            if kept:
                found.append({**kept, **{key: one for key, one in said.items() if one is False
                                         and key == "key"}})  # fmt: skip
        return found
    if field.shape == "ids":
        return [one.strip() for one in value.split(",") if one.strip()]
    if field.shape == "lines":
        return [one.strip() for one in value.splitlines() if one.strip()]
    if field.choices == _TRUTH:
        return {"true": True, "false": False}.get(value)
    if isinstance(value, str):
        return _NUMBERS.get(field.key, str.strip)(value)
    return value


def _decimal(value: str) -> str:
    return value.strip().replace(",", ".")


def _whole(value: str) -> int | str:
    value = value.strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else value


_NUMBERS: dict[str, Any] = {
    "points": _decimal, "tolerance": _decimal, "min_words": _whole, "max_words": _whole,
}  # fmt: skip


def _choices_in(data: Mapping[str, Any], values: Values) -> None:
    key = data.get("key")
    right = key if isinstance(key, (list, tuple)) else [key]
    weights = data.get("weights") or {}
    for row in values["options"]:
        row["right"] = row["id"] in right
        if "weight" in row:
            row["weight"] = _line(weights.get(row["id"]))


def _choices_out(data: Data) -> None:
    right = [row.get("id", "") for row in data.get("options", ()) if row.pop("right", False)]
    weights = {row.get("id", ""): row.pop("weight", None) for row in data.get("options", ())}
    if data.get("type") == "multiple":
        data["key"] = right
        given = {id_: _decimal(one) for id_, one in weights.items() if one is not None}
        if given:
            data["weights"] = given
    elif len(right) == 1:
        data["key"] = right[0]


def _pairs_in(data: Mapping[str, Any], values: Values) -> None:
    key = data.get("key")
    for row in values["left"]:
        row["pair"] = _line(key.get(row["id"])) if isinstance(key, Mapping) else ""


def _pairs_out(data: Data) -> None:
    pairs = {row.get("id", ""): row.pop("pair", None) for row in data.get("left", ())}
    data["key"] = {id_: to for id_, to in pairs.items() if to is not None}


def _places_in(data: Mapping[str, Any], values: Values) -> None:
    key = data.get("key")
    places = {id_: n for n, id_ in enumerate(key, 1)} if isinstance(key, (list, tuple)) else {}
    for row in values["items"]:
        row["place"] = _line(places.get(row["id"]))


def _places_out(data: Data) -> None:
    places = [(_whole(row.pop("place", "")), row.get("id", "")) for row in data.get("items", ())]
    if sorted(map(str, range(1, len(places) + 1))) == sorted(str(place) for place, _ in places):
        data["key"] = [id_ for _, id_ in sorted(places)]


def _gaps_out(data: Data) -> None:
    for gap in data.get("gaps", ()):
        if "options" in gap:
            pairs = [one.partition(":") for one in gap["options"]]
            gap["options"] = [{"id": id_.strip(), "text": said.strip()} for id_, _, said in pairs]


def _accepted_out(data: Data) -> None:
    if "accepted" in data:
        data["accepted"] = [row["text"] for row in data["accepted"]]


def _number_out(data: Data) -> None:
    if "key" in data:
        data["key"] = _decimal(data["key"])


_ROWS_IN = {
    "single": _choices_in, "multiple": _choices_in, "matching": _pairs_in,
    "ordering": _places_in,
}  # fmt: skip
_ROWS_OUT = {
    "single": _choices_out, "multiple": _choices_out, "matching": _pairs_out,
    "ordering": _places_out, "cloze": _gaps_out, "short_text": _accepted_out,
    "numeric": _number_out,
}  # fmt: skip


def free_id(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the first letter that no row has as its id."""
    taken = {row.get("id") for row in rows}
    return next((letter for letter in ascii_lowercase if letter not in taken), "")


def blank(type_: str) -> Data:
    """Return what a new question of a type begins with."""
    rows = {
        "single": ("options", "abcd"), "multiple": ("options", "abcd"),
        "true_false_group": ("statements", "abcd"), "ordering": ("items", "abcd"),
        "matching": ("left", "abc"), "essay": ("rubric", "a"), "cloze": ("gaps", "a"),
    }  # fmt: skip
    data: Data = {"type": type_}
    if type_ in rows:
        key, ids = rows[type_]
        data[key] = [{"id": id_} for id_ in ids]
    if type_ == "matching":
        data["right"] = [{"id": str(n)} for n in range(1, 4)]
    return data


def rights(values: Mapping[str, Any]) -> int:
    """Return how many options are marked as right."""
    return sum(bool(row.get("right")) for row in values.get("options", ()))
