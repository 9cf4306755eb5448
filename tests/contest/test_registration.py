"""What people fill in is checked, made canonical and committed to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.registration import (
    commitment,
    consent_text,
    key_hash,
    read_fields,
)
from contest.registration_fields import phone_example
from contest.rules import Rules
from questions.yaml_lines import parse_yaml
from tests.factories import rules_text

SECRET = b"s" * 32


def rules(**changed: object) -> Rules:
    """Return the rules of the test contest."""
    file, problems = parse_yaml(rules_text(**changed), "the_le.yml")
    assert file is not None
    assert not problems
    return Rules.model_validate(file.data)


RULES = rules()


def read(name: str = "Thí sinh thử 00017", phone: str = "0001234567") -> tuple[dict, list[str]]:
    """Return the fields, and the names of those that have errors."""
    found, errors = read_fields(RULES, {"name": name, "phone": phone})
    return found, [error.field for error in errors]


def test_good_fields_are_taken() -> None:
    """As typed, where that is canonical already."""
    assert read() == ({"name": "Thí sinh thử 00017", "phone": "0001234567"}, [])


@pytest.mark.parametrize(
    "typed", ["000 123 4567", "000.123.4567", "000-123-4567", "(000) 1234567", "+84001234567"]
)
def test_ways_of_writing_a_phone_number_are_one_number(typed: str) -> None:
    """So that the same person is found again."""
    assert read(phone=typed)[0]["phone"] == "0001234567"


@pytest.mark.parametrize(
    "typed", ["0912345678", "000123456", "00012345678", "00012345a7", "", "\u0660" * 10]
)
def test_other_phone_numbers_are_refused(typed: str) -> None:
    """A real one, too short, too long, letters, none, foreign digits."""
    found, wrong = read(phone=typed)
    assert wrong == ["phone"]
    assert "phone" not in found


def test_name_is_composed_and_its_blanks_are_single() -> None:
    """Whatever keyboard it came from."""
    assert read(name="  Thi\u0301  sinh\u00a0 thử\n 1 ")[0]["name"] == "Thí sinh thử 1"


@pytest.mark.parametrize("sign", list("\x00\x1b\x85\u00ad\u200b\u200e\u200f\u202e\u2060\ufeff"))
def test_invisible_signs_are_taken_out_of_names(sign: str) -> None:
    """They would make two names that look alike, or turn a line around."""
    assert read(name=f"Thí{sign}sinh")[0]["name"] == "Thí sinh"


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", "x" * 81])
def test_empty_and_overlong_names_are_refused(typed: str) -> None:
    """An invisible name is an empty one."""
    assert read(name=typed)[1] == ["name"]


@pytest.mark.parametrize("typed", ["=1+1", "+84", "-2", "@SUM(A1)", " =HYPERLINK('x')"])
def test_a_name_is_no_formula(typed: str) -> None:
    """Excel would compute it where a result is opened as CSV; within a name the signs are fine."""
    assert read(name=typed)[1] == ["name"]
    assert read(name=f"Lan {typed}")[1] == []


def test_all_errors_are_told_at_once() -> None:
    """Not one after the other."""
    assert read(name="", phone="")[1] == ["name", "phone"]


@given(st.text(max_size=120), st.text(max_size=30))
def test_any_text_gives_a_field_or_an_error(name: str, phone: str) -> None:
    """Never both, never an exception."""
    found, wrong = read(name, phone)
    assert set(found) | set(wrong) == {"name", "phone"}
    assert not set(found) & set(wrong)


def test_key_hash_depends_on_the_phone_and_the_secret_only() -> None:
    """A name spelt in another way is the same person."""
    fields, _ = read()
    expected = key_hash(RULES, fields, SECRET)
    assert key_hash(RULES, {**fields, "name": "Khác"}, SECRET) == expected
    assert key_hash(RULES, {**fields, "phone": "0001234568"}, SECRET) != expected
    assert key_hash(RULES, fields, b"t" * 32) != expected
    assert fields["phone"] not in str(expected)


def test_without_identity_key_nobody_is_found_twice() -> None:
    """`key: none` is the organisers' choice."""
    assert key_hash(rules(key="none"), read()[0], SECRET) is None


def test_commitment_binds_every_field_and_the_salt() -> None:
    """A change of any of them changes it."""
    fields, _ = read()
    expected = commitment(fields, "muoi")
    assert commitment(dict(reversed(fields.items())), "muoi") == expected
    assert commitment({**fields, "name": "Khác"}, "muoi") != expected
    assert commitment(fields, "muoi khac") != expected


def test_phone_example_shows_the_shape() -> None:
    """In groups, as people write it."""
    assert phone_example("000xxxxxxx") == "000x\u00a0xxx\u00a0xxx"


def test_consent_text_names_all_that_is_agreed_to() -> None:
    """Who, what for, who sees it, until when, and whom to ask."""
    result = consent_text(RULES)
    whole = "\n".join((*result.lines, result.agree))
    for part in ("Ban Tổ chức mẫu", "xếp hạng", "Tổ Thư ký mẫu", "23/2/2027"):
        assert part in whole


def test_hash_of_the_consent_covers_every_line() -> None:
    """So that nobody can say later that another text was agreed to."""
    expected = consent_text(RULES).hash()
    changed = RULES.model_copy(
        update={"contest": RULES.contest.model_copy(update={"contact": "Người khác"})}
    )
    assert consent_text(RULES).hash() == expected
    assert consent_text(changed).hash() != expected
