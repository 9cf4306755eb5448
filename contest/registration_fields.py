"""One field of the registration form: typed text -> canonical value, or what is wrong. Pure."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

from contest.masking import HIDDEN, masked_phone
from contest.messages import text
from contest.rules_registration import (
    AddressField,
    BirthField,
    CandidateCodeField,
    ChoiceField,
    EmailField,
    GenderField,
    IdentityField,
    IdNumberField,
    NameField,
    PhoneField,
    TextField,
)

GENDERS = ("female", "male", "other")
"""What is stored for `gender`; `form.gender.<value>` says it."""

FIRST_BIRTH = datetime.date(1900, 1, 1)
ADDRESS_LENGTH = 200
EMAIL_LENGTH = 254
CODE_LENGTH = 32
OWN = "rieng-"
"""What the inputs of the organisers' own fields begin with: their ids may be any word."""

_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]"
)
"""What can't be seen: control characters, zero widths, changes of direction."""
_BETWEEN_DIGITS = re.compile(r"[\s.\-()]")
_BETWEEN_SIGNS = re.compile(r"[\s.\-_/\u2010-\u2014]")
_EMAIL = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z][a-z0-9-]{1,62}"
)
_DAY = re.compile(r"([0-9]{1,2})[\s./-]+([0-9]{1,2})[\s./-]+([0-9]{4})")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")

Read = tuple[str, str | None]
"""A canonical value and what is wrong (a Vietnamese sentence); an empty value: nothing given."""


FORMULA_SIGNS = ("=", "+", "-", "@")
"""What no name begins with: in a CSV file Excel would compute it."""


def input_name(field: IdentityField) -> str:
    """Return the name of a field's input on the form."""
    return OWN + field.id if isinstance(field, ChoiceField | TextField) else field.kind


def field_title(field: IdentityField) -> str:
    """Return what a field is called on the form."""
    if isinstance(field, ChoiceField | TextField):
        return field.title
    if isinstance(field, BirthField):
        return text(f"form.birth.{field.precision}")
    return text(f"form.{field.kind}")


def read_field(field: IdentityField, typed: str, *, sample: bool, until: datetime.date) -> Read:
    """Return the canonical value of what was typed, and what is wrong with it.

    Parameters
    ----------
    field : IdentityField
    typed : str
        Composed (NFC); anything at all.
    sample : bool
        A sample contest takes made-up numbers only.
    until : date
        Nobody who takes part is born on this day or later.
    """
    if isinstance(field, PhoneField):
        return _phone(field, typed)
    value = " ".join(_CONTROL.sub(" ", typed).split())
    if not value:
        return "", text(
            f"form.{field.kind}.empty", ten=field_title(field)
        ) if field.required else None
    if isinstance(field, BirthField):
        return _birth(field, value, until)
    if isinstance(field, IdNumberField):
        return _id_number(value, sample=sample)
    return _READERS[type(field)](field, value)


def shown_value(field: IdentityField, value: str) -> str:
    """Return a canonical value as people read it."""
    if isinstance(field, BirthField) and (day := _ISO_DAY.fullmatch(value)):
        return f"{int(day[3])}/{int(day[2])}/{day[1]}"
    if isinstance(field, GenderField):
        return text(f"form.gender.{value}")
    return value


def summary_value(field: IdentityField, value: str) -> str:
    """Return a value for the summary before registering: numbers of a person masked."""
    if isinstance(field, PhoneField):
        return masked_phone(value)
    if isinstance(field, IdNumberField):
        return f"{HIDDEN} {value[-3:]}"
    return shown_value(field, value)


def phone_example(pattern: str) -> str:
    """Return how a number is written, in groups that no line breaks between: `000x xxx xxx`."""
    return "\u00a0".join([pattern[:4], *(pattern[i : i + 3] for i in range(4, len(pattern), 3))])


def full_years(born: datetime.date, on: datetime.date) -> int:
    """Return a person's age in full years on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def ages(birth: str, on: datetime.date) -> tuple[int, int]:
    """Return the lowest and the highest age that a canonical birth can mean on a day.

    Of a birth that is only a year the two differ by one, except at the year's end.
    """
    if len(birth) == 4:
        first = datetime.date(int(birth), 1, 1)
        return full_years(first.replace(month=12, day=31), on), full_years(first, on)
    age = full_years(datetime.date.fromisoformat(birth), on)
    return age, age


def _name(field: NameField, value: str) -> Read:
    if len(value) > field.max_length:
        return "", text("form.name.long", n=field.max_length)
    if value.startswith(FORMULA_SIGNS):
        return "", text("form.name.formula")
    return value, None


def _phone(field: PhoneField, typed: str) -> Read:
    digits = _BETWEEN_DIGITS.sub("", _CONTROL.sub("", typed))
    if digits.startswith("+84"):
        digits = "0" + digits[3:]
    if not digits:
        return "", text("form.phone.empty") if field.required else None
    shape = re.compile(field.pattern.replace("x", "[0-9]"))
    if not shape.fullmatch(digits):
        return "", text("form.phone.bad", mau=phone_example(field.pattern))
    return digits, None


def _birth(field: BirthField, value: str, until: datetime.date) -> Read:
    bad = text(f"form.birth.{field.precision}.bad")
    if field.precision == "year":
        if not re.fullmatch(r"[0-9]{4}", value):
            return "", bad
        if not FIRST_BIRTH.year <= int(value) < until.year:
            return "", text("form.birth.span", nam=FIRST_BIRTH.year)
        return value, None
    if iso := _ISO_DAY.fullmatch(value):
        year, month, day = iso.groups()
    elif written := _DAY.fullmatch(value):
        day, month, year = written.groups()
    else:
        return "", bad
    try:
        born = datetime.date(int(year), int(month), int(day))
    except ValueError:
        return "", bad
    if not FIRST_BIRTH <= born < until:
        return "", text("form.birth.span", nam=FIRST_BIRTH.year)
    return born.isoformat(), None


def _id_number(value: str, *, sample: bool) -> Read:
    digits = _BETWEEN_DIGITS.sub("", value)
    if not re.fullmatch(r"[0-9]{12}|[0-9]{9}", digits):
        return "", text("form.id_number.bad")
    if sample and not digits.startswith("000"):
        return "", text("form.id_number.sample")
    return digits, None


def _email(_: EmailField, value: str) -> Read:
    address = value.replace(" ", "").lower()
    local = address.split("@")[0]
    dots = ".." in local or local.startswith(".") or local.endswith(".")
    if len(address) > EMAIL_LENGTH or dots or not _EMAIL.fullmatch(address):
        return "", text("form.email.bad")
    return address, None


def _address(_: AddressField, value: str) -> Read:
    if len(value) > ADDRESS_LENGTH:
        return "", text("form.long", ten=text("form.address"), n=ADDRESS_LENGTH)
    return value, None


def _gender(_: GenderField, value: str) -> Read:
    return (value, None) if value in GENDERS else ("", text("form.gender.empty"))


def _candidate_code(_: CandidateCodeField, value: str) -> Read:
    code = _BETWEEN_SIGNS.sub("", value).upper()
    if not re.fullmatch(rf"[0-9A-Z]{{1,{CODE_LENGTH}}}", code):
        return "", text("form.candidate_code.bad", n=CODE_LENGTH)
    return code, None


def _choice(field: ChoiceField, value: str) -> Read:
    for choice in field.choices:
        if " ".join(choice.split()) == value:
            return choice, None
    return "", text("form.choice.empty", ten=field.title)


def _text(field: TextField, value: str) -> Read:
    if len(value) > field.max_length:
        return "", text("form.long", ten=field.title, n=field.max_length)
    return value, None


_READERS: dict[type, Callable[[Any, str], Read]] = {
    NameField: _name,
    EmailField: _email,
    AddressField: _address,
    GenderField: _gender,
    CandidateCodeField: _candidate_code,
    ChoiceField: _choice,
    TextField: _text,
}
