"""What a person gives to take part: checked, made canonical, committed to. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from contest.ids import keyed_hash
from contest.messages import text
from contest.rules import Rules
from contest.rules_registration import NameField, PhoneField
from questions.canonical import dumps, nfc, sha256

_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]"
)
"""What can't be seen: control characters, zero widths, changes of direction."""
_NOT_DIGITS = re.compile(r"[\s.\-()]")


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one field of a form: its name and a Vietnamese sentence."""

    field: str
    message: str


def read_fields(rules: Rules, typed: dict[str, str]) -> tuple[dict[str, str], list[FieldError]]:
    """Return the canonical fields and every error; errors leave their field out."""
    fields: dict[str, str] = {}
    errors: list[FieldError] = []
    for field in rules.registration.fields:
        raw = nfc(typed.get(field.kind, ""))
        if isinstance(field, NameField):
            value, error = _name(field, raw)
        else:
            value, error = _phone(field, raw)
        if error:
            errors.append(FieldError(field.kind, error))
        elif value:
            fields[field.kind] = value
    return fields, errors


def _name(field: NameField, raw: str) -> tuple[str, str | None]:
    value = " ".join(_CONTROL.sub(" ", raw).split())
    if not value:
        return "", text("form.name.empty")
    if len(value) > field.max_length:
        return "", text("form.name.long", n=field.max_length)
    return value, None


def _phone(field: PhoneField, raw: str) -> tuple[str, str | None]:
    digits = _NOT_DIGITS.sub("", _CONTROL.sub("", raw))
    if digits.startswith("+84"):
        digits = "0" + digits[3:]
    if not digits:
        return "", text("form.phone.empty") if field.required else None
    shape = re.compile(field.pattern.replace("x", "[0-9]"))
    if not shape.fullmatch(digits):
        return "", text("form.phone.bad", mau=phone_example(field.pattern))
    return digits, None


def phone_example(pattern: str) -> str:
    """Return how a number is written, in groups: `000x xxx xxx`."""
    return " ".join([pattern[:4], *(pattern[i : i + 3] for i in range(4, len(pattern), 3))])


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
    """What a contestant reads (`lines`) and agrees to (`agree`)."""

    lines: tuple[str, ...]
    agree: str

    def hash(self) -> str:
        """Return the SHA-256 of the whole text, which is kept with the time of the consent."""
        return sha256("\n".join((*self.lines, self.agree)))


def consent_text(rules: Rules) -> ConsentText:
    """Return the text that a contestant agrees to."""
    consent = rules.registration.consent
    day = consent.delete_on
    return ConsentText(
        (
            text("consent.purpose", muc_dich=consent.purpose),
            text("consent.delete", ngay=f"{day.day}/{day.month}/{day.year}"),
            text("consent.seen", ai=consent.seen_by),
            text("consent.rights", lien_he=rules.contest.contact),
        ),
        text("consent.agree", don_vi=rules.contest.organiser, muc_dich=consent.purpose),
    )
