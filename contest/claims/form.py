"""Reading the form of a claim: what must be said for which kind, and how much of it. Pure."""

from __future__ import annotations

import re
from typing import Literal

from contest.claims.messages import text
from contest.clock import local
from contest.numbers import shown_number
from contest.registration import FieldError
from contest.registration_fields import field_title, read_field
from contest.rules import Rules
from contest.rules_registration import IdentityField, field_name
from questions.canonical import nfc

ClaimKind = Literal["code", "question", "result", "other"]

KINDS: dict[str, ClaimKind] = {
    "ma": "code",
    "cau-hoi": "question",
    "ket-qua": "result",
    "khac": "other",
}
"""What an address says -> the kind."""

TEXT_LENGTH = 2_000
LINE_LENGTH = 120
"""Letters, at most, of the message and of each single line."""

_UNSEEN = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]"
)
"""What can't be seen and could change what else stands on a screen; line ends stay."""
_BLANK_LINES = re.compile(r"\n{3,}")


def key_field(rules: Rules) -> IdentityField | None:
    """Return the field that makes two registrations one person, or None."""
    key = rules.registration.key
    return next((one for one in rules.registration.fields if field_name(one) == key), None)


def is_open(rules: Rules, now: int) -> bool:
    """Return whether claims are taken at `now` (ms UTC): not once the data have to be deleted."""
    return local(now).date() < rules.registration.consent.delete_on


def read_claim(
    kind: ClaimKind, typed: dict[str, str], rules: Rules
) -> tuple[dict[str, str], str | None, list[FieldError]]:
    """Return what a claim keeps, the canonical identity key in it, and every error.

    Parameters
    ----------
    typed : mapping
        By input: `phan-anh`, `ten`, `khoa`, `lien-he`; anything at all.

    Returns
    -------
    tuple
        The body, without what is empty; the key as registering would store it, None where none
        was given or it can't be one; the errors.
    """
    message = said(typed.get("phan-anh", ""))
    name, key, contact = (_line(typed.get(one, "")) for one in ("ten", "khoa", "lien-he"))
    field = key_field(rules)
    errors = [
        FieldError(input_, text("form.line.long", n=LINE_LENGTH))
        for input_, value in (("ten", name), ("khoa", key), ("lien-he", contact))
        if len(value) > LINE_LENGTH
    ]
    canonical = None
    if kind == "code":
        if not name:
            errors.append(FieldError("ten", text("form.name.empty")))
        if field is not None and not key:
            title = field_title(field).lower()
            errors.append(FieldError("khoa", text("form.key.empty", khoa=title)))
        if not contact:
            errors.append(FieldError("lien-he", text("form.contact.empty")))
        canonical = _canonical(field, key, rules)
    elif not message:
        errors.append(FieldError("phan-anh", text("form.text.empty")))
    if len(message) > TEXT_LENGTH:
        errors.append(FieldError("phan-anh", text("form.text.long", n=shown_number(TEXT_LENGTH))))
    given = {"text": message, "contact": contact}
    if kind == "code":
        given |= {"name": name, "key": key if field is not None else ""}
    return {what: value for what, value in given.items() if value}, canonical, errors


def said(typed: str) -> str:
    """Return what people wrote over several lines, without what can't be seen."""
    plain = nfc(typed.replace("\r\n", "\n").replace("\r", "\n"))
    lines = (line.strip() for line in _UNSEEN.sub(" ", plain).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def _line(typed: str) -> str:
    return " ".join(said(typed).split())


def _canonical(field: IdentityField | None, typed: str, rules: Rules) -> str | None:
    if field is None or not typed:
        return None
    until = local(rules.rounds[0].opens_at).date()
    value, error = read_field(field, typed, sample=rules.contest.sample, until=until)
    return None if error else value or None
