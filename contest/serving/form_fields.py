"""The fields of the registration form as a page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from contest.messages import text as contest_text
from contest.registration import age_uncertain
from contest.registration_fields import (
    GENDERS,
    field_title,
    input_name,
    phone_example,
    shown_value,
)
from contest.rules import Rules
from contest.rules_registration import IdentityField, field_name
from contest.serving.messages import TEXTS, text

RADIOS = 8
"""A longer list is one that opens."""

_AUTOCOMPLETE = {
    "name": "name",
    "phone": "tel-national",
    "birth": "bday",
    "email": "email",
    "address": "address-line1",
}
_INPUT_MODE = {"phone": "tel", "birth": "text", "id_number": "numeric", "email": "email"}


@dataclass(frozen=True)
class Shown:
    """One field; `control` is `input`, `radios` or `select`, options are (value, words)."""

    id: str
    label: str
    optional: bool
    control: str
    value: str
    hint: str = ""
    type: str = "text"
    mode: str = "text"
    autocomplete: str = "off"
    options: tuple[tuple[str, str], ...] = ()


def form_fields(rules: Rules, typed: dict[str, str]) -> list[Shown]:
    """Return the form's fields with what was typed so far."""
    return [_shown(rules, field, typed.get(input_name(field), "")) for field in _fields(rules)]


def as_typed(rules: Rules, fields: dict[str, str]) -> dict[str, str]:
    """Return canonical fields by the inputs of the form."""
    return {
        input_name(field): fields[field_name(field)]
        for field in _fields(rules)
        if field_name(field) in fields
    }


def _fields(rules: Rules) -> tuple[IdentityField, ...]:
    return rules.registration.fields


def _shown(rules: Rules, field: IdentityField, value: str) -> Shown:
    name, label, optional = input_name(field), field_title(field), not field.required
    options = _options(field)
    if options:
        if optional:
            options = (*options, ("", text("form.no_answer")))
        control = "radios" if len(options) <= RADIOS else "select"
        return Shown(name, label, optional, control, value, options=options)
    kind = field.kind
    return Shown(
        name,
        label,
        optional,
        "input",
        shown_value(field, value),
        _hint(rules, field),
        {"phone": "tel", "email": "email"}.get(kind, "text"),
        _INPUT_MODE.get(kind, "text"),
        _AUTOCOMPLETE.get(kind, "off"),
    )


def _options(field: IdentityField) -> tuple[tuple[str, str], ...]:
    if field.kind == "gender":
        return tuple((value, contest_text(f"form.gender.{value}")) for value in GENDERS)
    if field.kind == "choice":
        return tuple((value, value) for value in field.choices)
    return ()


def _hint(rules: Rules, field: IdentityField) -> str:
    if field.kind == "phone":
        return text("form.phone.why", mau=phone_example(field.pattern))
    if field.kind == "birth":
        hint = text(f"form.birth.{field.precision}.hint")
        return f"{hint}. {text('form.birth.uncertain')}" if age_uncertain(rules) else hint
    if field.kind == "id_number" and rules.contest.sample:
        return text("form.id_number.sample")
    return TEXTS.get(f"form.{field.kind}.hint", "")
