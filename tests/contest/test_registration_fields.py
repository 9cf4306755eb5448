"""Every kind of field is read, made canonical, and refused with a sentence that helps."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.registration import age_uncertain, consent_text, key_hash, read_fields
from contest.registration_fields import ages, full_years, input_name, summary_value
from contest.rules import Rules
from contest.rules_registration import field_name
from contest.simulate import _registration
from questions.yaml_lines import parse_yaml
from tests.factories import rules_text

EVERY = [
    {"kind": "name"},
    {"kind": "phone", "pattern": "000xxxxxxx"},
    {"kind": "birth"},
    {"kind": "id_number"},
    {"kind": "email"},
    {"kind": "address"},
    {"kind": "gender"},
    {"kind": "candidate_code"},
    {"kind": "choice", "id": "unit", "title": "Ngạch", "choices": ["Cán bộ  mẫu", "Viên chức mẫu"]},
    {"kind": "text", "id": "group", "title": "Tổ", "max_length": 10},
]


def rules(fields: list[dict[str, Any]] = EVERY, *, sample: bool = False, **more: Any) -> Rules:
    """Return the rules of the test contest with these fields and whatever else of registration."""
    file, problems = parse_yaml(rules_text(sample=sample), "the_le.yml")
    assert file is not None
    assert not problems
    data = file.data
    data["registration"] |= {"fields": fields, **more}
    return Rules.model_validate(data)


def read(kind: str, typed: str, of: Rules | None = None) -> tuple[str | None, str | None]:
    """Return the canonical value of a field and what was wrong with it."""
    of = of or rules()
    field = next(one for one in of.registration.fields if one.kind == kind)
    found, errors = read_fields(of, {input_name(field): typed})
    wrong = [error.message for error in errors if error.field == input_name(field)]
    return found.get(field_name(field)), wrong[0] if wrong else None


GOOD = {
    "birth": {
        "5/9/1968": "1968-09-05",
        "05-09-1968": "1968-09-05",
        " 5. 9. 1968 ": "1968-09-05",
        "29/2/2004": "2004-02-29",
        "1968-09-05": "1968-09-05",
    },
    "id_number": {"001 068 000 001": "001068000001", "123456789": "123456789"},
    "email": {" Ten@Example.COM ": "ten@example.com", "a.b+c@x-y.example": "a.b+c@x-y.example"},
    "address": {"  Thôn  thử,\txã\u200b mẫu ": "Thôn thử, xã mẫu"},
    "gender": {"female": "female", "other": "other"},
    "candidate_code": {"ts-01 / 7": "TS017", "abc": "ABC"},
    "choice": {"Cán bộ mẫu": "Cán bộ  mẫu", "Viên chức mẫu": "Viên chức mẫu"},
    "text": {"Tổ 1": "Tổ 1", "<b>": "<b>"},
}
BAD = {
    "birth": ["31/2/1990", "5/9/68", "1/1/1899", "1/1/2030", "23/11/2026", "hôm nay", "5/9", "\0"],
    "id_number": ["12345678901", "0010680000012", "00106800000a", "٠" * 12, "' or 1=1"],
    "email": ["ten", "@example.com", "ten@", "a..b@example.com", ".a@example.com", "a@b", "a@-.com "
              "x@y", "<b>@example.com", "x" * 65 + "@example.com", "tên@example.com"],
    "address": ["x" * 201, "\u200b"],
    "gender": ["Nữ", "x", "FEMALE"],
    "candidate_code": ["mã 1", "<1>", "1" * 33, "--"],
    "choice": ["Khác", "cán bộ mẫu", ""],
    "text": ["x" * 11, "   "],
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "typed", "wanted"),
    [(kind, typed, wanted) for kind, some in GOOD.items() for typed, wanted in some.items()],
)
def test_what_people_write_becomes_one_form(kind: str, typed: str, wanted: str) -> None:
    """The same thing written in another way is the same thing; and canonical stays as it is."""
    assert read(kind, typed) == (wanted, None)
    assert read(kind, wanted) == (wanted, None)


@pytest.mark.parametrize(
    ("kind", "typed"), [(k, typed) for k, some in BAD.items() for typed in some]
)
def test_what_cannot_be_is_refused_with_a_sentence(kind: str, typed: str) -> None:
    """Nothing of it is stored."""
    value, wrong = read(kind, typed)
    assert value is None
    assert wrong
    assert "{" not in wrong


@pytest.mark.parametrize("field", EVERY[1:], ids=lambda field: field["kind"])
def test_an_optional_field_may_stay_empty(field: dict[str, Any]) -> None:
    """Then it isn't stored at all; a required one is asked for."""
    assert read(field["kind"], "", rules([EVERY[0], {**field, "required": False}])) == (None, None)
    assert read(field["kind"], "")[1]


@given(
    st.dictionaries(
        st.sampled_from([input_name(f) for f in rules().registration.fields]), st.text()
    )
)
def test_any_form_gives_fields_or_errors(typed: dict[str, str]) -> None:
    """Never both of one field, never an exception; what is taken once is taken again."""
    of = rules()
    found, errors = read_fields(of, typed)
    wrong = {error.field for error in errors}
    taken = {
        input_name(field): found[field_name(field)]
        for field in of.registration.fields
        if field_name(field) in found
    }
    assert wrong | set(taken) == {input_name(field) for field in of.registration.fields}
    assert not wrong & set(taken)
    again, errors = read_fields(of, taken)
    assert again == found
    assert {error.field for error in errors} == wrong


def test_own_fields_never_take_the_place_of_others() -> None:
    """An organiser's field called `unit` or `group` has an input of its own name."""
    names = [input_name(field) for field in rules().registration.fields]
    assert {"rieng-unit", "rieng-group"} < set(names)


def test_a_sample_takes_no_real_id_number() -> None:
    """No province has the number 000."""
    assert read("id_number", "001068000001", rules(sample=True))[1]
    assert read("id_number", "000068000001", rules(sample=True))[0] == "000068000001"


def test_numbers_of_a_person_are_masked_in_the_summary() -> None:
    """Whoever looks over the shoulder sees the end only."""
    field = rules().registration.fields[3]
    assert summary_value(field, "001068000123") == "••• 123"


# ---- age ----


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        ((2008, 9, 2), (2026, 9, 2), 18),
        ((2008, 9, 3), (2026, 9, 2), 17),
        ((2008, 2, 29), (2026, 2, 28), 17),
        ((2008, 2, 29), (2026, 3, 1), 18),
    ],
)
def test_age_is_counted_in_full_years(born: tuple, on: tuple, age: int) -> None:
    """On the birthday itself one is a year older."""
    assert full_years(datetime.date(*born), datetime.date(*on)) == age


@given(
    st.dates(datetime.date(1900, 1, 1), datetime.date(2026, 1, 1)),
    st.dates(datetime.date(2026, 1, 1), datetime.date(2040, 1, 1)),
)
def test_a_year_alone_means_both_ages_it_can_mean(born: datetime.date, on: datetime.date) -> None:
    """The real age is one of the two."""
    lowest, highest = ages(str(born.year), on)
    assert lowest <= full_years(born, on) <= highest <= lowest + 1


AGE = {"at_least": 15, "at_most": 60, "on": "2026-11-23"}


def test_age_is_compared_on_the_day_of_the_rules() -> None:
    """On the fifteenth birthday one may take part, the day before not."""
    assert read("birth", "23/11/2011", rules(age=AGE))[1] is None
    assert "đủ 15 tuổi" in (read("birth", "24/11/2011", rules(age=AGE))[1] or "")


def test_at_most_sixty_ends_with_the_sixty_first_birthday() -> None:
    """Sixty full years and some days are still sixty."""
    assert read("birth", "24/11/1965", rules(age=AGE))[1] is None
    assert "không quá 60 tuổi" in (read("birth", "23/11/1965", rules(age=AGE))[1] or "")


def test_a_year_alone_lets_in_whoever_may_be_old_enough() -> None:
    """And the pages say that it isn't known exactly."""
    years = [EVERY[0], {"kind": "birth", "precision": "year"}]
    of = rules(years, key="none", age=AGE)
    assert read("birth", "2011", of) == ("2011", None)
    assert "đủ 15 tuổi" in (read("birth", "2012", of)[1] or "")
    assert read("birth", "1965", of) == ("1965", None)
    assert "không quá 60" in (read("birth", "1964", of)[1] or "")
    assert age_uncertain(of)
    assert not age_uncertain(rules(age=AGE))
    assert not age_uncertain(rules(years, key="none", age={**AGE, "on": "2026-12-31"}))


# ---- key, consent, made-up people ----


@pytest.mark.parametrize(
    ("key", "one", "same"),
    [
        ("id_number", "001068000001", "001 068 000 001"),
        ("email", "a@example.com", " A@EXAMPLE.com"),
        ("candidate_code", "TS-1", "ts1"),
    ],
)
def test_the_key_is_one_however_it_is_written(key: str, one: str, same: str) -> None:
    """So that nobody registers twice by another way of writing."""
    of = rules(key=key)
    hashes = {key_hash(of, {key: read(key, typed)[0] or ""}, b"s" * 32) for typed in (one, same)}
    assert len(hashes) == 1


def test_the_declaration_is_part_of_what_is_agreed_to() -> None:
    """Its text is in the hash; without anybody excluded nothing is declared."""
    some = consent_text(rules(excluded=["Ban Tổ chức mẫu", "Tổ Thư ký mẫu"]))
    assert "Ban Tổ chức mẫu; Tổ Thư ký mẫu" in (some.declare or "")
    assert consent_text(rules()).declare is None
    assert some.hash() != consent_text(rules()).hash()


@pytest.mark.parametrize(
    "age", [None, AGE, {**AGE, "at_least": 60}, {"at_most": 14, "on": "2026-11-23"}]
)
def test_made_up_people_fill_in_every_field(age: dict | None) -> None:
    """With values that nobody can have."""
    of = rules(sample=True, age=age)
    for number in (0, 1, 37, 99_999):
        fields = _registration(of, number)
        assert set(fields) == {field_name(field) for field in of.registration.fields}
        assert fields["id_number"].startswith("000")
        assert fields["email"].endswith(".invalid")
