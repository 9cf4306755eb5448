"""What a person gives to take part: checked, made canonical, committed to. Pure."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from contest.clock import local
from contest.ids import keyed_hash
from contest.messages import text
from contest.registration_fields import ages, input_name, read_field
from contest.rules import Rules
from contest.rules_registration import field_name
from questions.canonical import dumps, nfc, sha256


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one field of a form: its name and a Vietnamese sentence."""

    field: str
    message: str


def read_fields(rules: Rules, typed: dict[str, str]) -> tuple[dict[str, str], list[FieldError]]:
    """Return the canonical fields and every error; errors leave their field out.

    `typed` goes by the inputs of the form (`input_name`), the fields by what they are stored as
    (`field_name`). Canonical values may be given as typed.
    """
    fields: dict[str, str] = {}
    errors: list[FieldError] = []
    until = local(rules.rounds[0].opens_at).date()
    for field in rules.registration.fields:
        name = input_name(field)
        value, error = read_field(
            field, nfc(typed.get(name, "")), sample=rules.contest.sample, until=until
        )
        if error is None and field.kind == "birth" and value:
            error = _age(rules, value)
        if error:
            errors.append(FieldError(name, error))
        elif value:
            fields[field_name(field)] = value
    return fields, errors


def _age(rules: Rules, birth: str) -> str | None:
    """Return why somebody may not take part by age; who is born in a year may, if any of it may."""
    age = rules.registration.age
    if age is None:
        return None
    lowest, highest = ages(birth, age.on)
    day = _day(age.on)
    if age.at_least is not None and highest < age.at_least:
        return text("form.age.at_least", tuoi=age.at_least, ngay=day)
    if age.at_most is not None and lowest > age.at_most:
        return text("form.age.at_most", tuoi=age.at_most, ngay=day)
    return None


def age_uncertain(rules: Rules) -> bool:
    """Return whether a limit of age goes by years only, so that people at its edge are let in."""
    age = rules.registration.age
    if age is None or (age.on.month, age.on.day) == (12, 31):
        return False
    return any(
        field.kind == "birth" and field.precision == "year" for field in rules.registration.fields
    )


def _day(day: datetime.date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def key_hash(rules: Rules, fields: dict[str, str], secret: bytes) -> str | None:
    """Return the HMAC of the identity key, or None where the rules find no duplicates."""
    if rules.registration.key == "none":
        return None
    return keyed_hash(secret, "key", fields[rules.registration.key])


def commitment(fields: dict[str, str], salt: str) -> str:
    """Return the salted SHA-256 that binds the erasable fields without telling them."""
    return sha256(salt + "\n" + dumps(fields))


@dataclass(frozen=True)
class ConsentText:
    """What a contestant reads (`lines`), agrees to (`agree`), and declares (None: nothing)."""

    lines: tuple[str, ...]
    agree: str
    declare: str | None = None

    @property
    def all_lines(self) -> tuple[str, ...]:
        """Every line of it, in its order."""
        return (*self.lines, self.agree, *([self.declare] if self.declare else []))

    def hash(self) -> str:
        """Return the SHA-256 of the whole text, which is kept with the time of the consent."""
        return sha256("\n".join(self.all_lines))


def consent_text(rules: Rules) -> ConsentText:
    """Return the text that a contestant agrees to, and who they declare not to be."""
    consent, excluded = rules.registration.consent, rules.registration.excluded
    return ConsentText(
        (
            text("consent.purpose", muc_dich=consent.purpose),
            text("consent.delete", ngay=_day(consent.delete_on)),
            text("consent.seen", ai=consent.seen_by),
            text("consent.rights", lien_he=rules.contest.contact),
        ),
        text("consent.agree", don_vi=rules.contest.organiser, muc_dich=consent.purpose),
        text("consent.declare", ai="; ".join(excluded)) if excluded else None,
    )
