"""What contestants are asked, what makes two of them the same person, and who may take part."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StrictBool, model_validator

from questions.strict import Date, Id, Strict, Text


def _pattern(value: str) -> str:
    if not re.fullmatch(r"[0-9x]{8,15}", value):
        raise ValueError("phone_pattern")
    return value


class NameField(Strict):
    """Họ và tên."""

    kind: Literal["name"]
    required: Literal[True] = True
    max_length: Annotated[int, Field(strict=True, ge=10, le=200)] = 80


class PhoneField(Strict):
    """Số điện thoại; `pattern` has a digit where it is fixed and x where any digit may stand."""

    kind: Literal["phone"]
    required: StrictBool = True
    pattern: Annotated[str, AfterValidator(_pattern)] = "0xxxxxxxxx"


class BirthField(Strict):
    """Ngày sinh, or only the year of it."""

    kind: Literal["birth"]
    required: StrictBool = True
    precision: Literal["day", "year"] = "day"


class IdNumberField(Strict):
    """Số căn cước: 12 digits, or 9 of an older card."""

    kind: Literal["id_number"]
    required: StrictBool = True


class EmailField(Strict):
    """Thư điện tử."""

    kind: Literal["email"]
    required: StrictBool = True


class AddressField(Strict):
    """Địa chỉ."""

    kind: Literal["address"]
    required: StrictBool = True


class GenderField(Strict):
    """Giới tính."""

    kind: Literal["gender"]
    required: StrictBool = True


class CandidateCodeField(Strict):
    """Mã dự thi that the organisers gave out: letters and digits, case and spaces don't matter."""

    kind: Literal["candidate_code"]
    required: StrictBool = True


class ChoiceField(Strict):
    """A list of the organisers' own: `id` names it in files, `title` on the page."""

    kind: Literal["choice"]
    id: Id
    title: Text
    required: StrictBool = True
    choices: Annotated[tuple[Text, ...], Field(min_length=2, max_length=200)]


class TextField(Strict):
    """A line of text of the organisers' own."""

    kind: Literal["text"]
    id: Id
    title: Text
    required: StrictBool = True
    max_length: Annotated[int, Field(strict=True, ge=1, le=500)] = 120


IdentityField = Annotated[
    NameField
    | PhoneField
    | BirthField
    | IdNumberField
    | EmailField
    | AddressField
    | GenderField
    | CandidateCodeField
    | ChoiceField
    | TextField,
    Field(discriminator="kind"),
]


def field_name(field: IdentityField) -> str:
    """Return what a field is called in forms and in what is stored: its kind, or its own id."""
    return field.id if isinstance(field, ChoiceField | TextField) else field.kind


IdentityKey = Literal["phone", "id_number", "email", "candidate_code", "none"]


class Age(Strict):
    """Who may take part by age, in full years on a day; needs the field `birth`."""

    at_least: Annotated[int, Field(strict=True, ge=1, le=120)] | None = None
    at_most: Annotated[int, Field(strict=True, ge=1, le=120)] | None = None
    on: Date

    @model_validator(mode="after")
    def _some(self) -> Age:
        if self.at_least is None and self.at_most is None:
            raise ValueError("age_empty")
        if self.at_least and self.at_most and self.at_least > self.at_most:
            raise ValueError("span_backwards")
        return self


class Consent(Strict):
    """What contestants agree to: purpose, who sees the data, when they are deleted."""

    purpose: Text
    seen_by: Text
    delete_on: Date


class Registration(Strict):
    """What a contestant is asked, and what makes two registrations the same person.

    Attributes
    ----------
    fields : tuple of fields
        In the order of the form. The unit is always asked and always from the list.
    key : str
        The field that makes two registrations one person; `none` finds no duplicates.
    age : Age or None
        Who may take part by age.
    excluded : tuple of str
        Who may not take part, in words (Ban Tổ chức …); contestants declare that they aren't among
        them.
    device_check : bool
        Whether a browser does a little work before somebody registers, against scripts.
    entry_code : str or None
        A code shared by all who are invited; it is asked before anything else.
    """

    fields: Annotated[tuple[IdentityField, ...], Field(min_length=1)]
    key: IdentityKey
    age: Age | None = None
    excluded: tuple[Text, ...] = ()
    device_check: StrictBool = False
    entry_code: Annotated[str, Field(pattern=r"^[0-9A-Za-z]{4,32}$")] | None = None
    consent: Consent
