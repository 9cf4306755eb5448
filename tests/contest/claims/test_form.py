"""What the form of a claim takes, and what it says of everything else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.claims.form import (
    KINDS,
    LINE_LENGTH,
    TEXT_LENGTH,
    is_open,
    key_field,
    read_claim,
    said,
)
from contest.rules import Rules
from questions.yaml_lines import parse_yaml
from tests.factories import DAY, OPENS, rules_text

RULES = Rules.model_validate(parse_yaml(rules_text(sample=True), "the_le.yml")[0].data)
CODE = {"ten": "Thí sinh thử 00001", "khoa": "000 0000 001", "lien-he": "qua đơn vị"}


def test_a_forgotten_code_needs_name_key_and_a_way_back() -> None:
    """Everything is told at once; the message itself may be left out."""
    body, key, errors = read_claim("code", {}, RULES)
    assert [error.field for error in errors] == ["ten", "khoa", "lien-he"]
    assert (body, key) == ({}, None)
    body, key, errors = read_claim("code", CODE, RULES)
    assert errors == []
    assert key == "0000000001"
    assert body == {
        "name": "Thí sinh thử 00001",
        "key": "000 0000 001",
        "contact": "qua đơn vị",
    }


def test_a_key_that_cannot_be_one_is_kept_as_typed() -> None:
    """Organisers may see what is wrong with it; nothing is told to whoever typed it."""
    body, key, errors = read_claim("code", {**CODE, "khoa": "bốn số cuối 017"}, RULES)
    assert (body["key"], key, errors) == ("bốn số cuối 017", None, [])


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind != "code"])
def test_other_kinds_need_a_message_and_keep_no_key(kind: str) -> None:
    """Name and key aren't asked there, so they aren't kept if sent all the same."""
    _, _, errors = read_claim(kind, CODE, RULES)  # type: ignore[arg-type]
    assert [error.field for error in errors] == ["phan-anh"]
    body, key, errors = read_claim(kind, {**CODE, "phan-anh": "Câu 3 sai"}, RULES)  # type: ignore[arg-type]
    assert (body, key, errors) == ({"text": "Câu 3 sai", "contact": "qua đơn vị"}, None, [])


def test_what_is_too_long_is_refused_to_the_letter() -> None:
    """One letter more than is allowed."""
    fits = {"phan-anh": "a" * TEXT_LENGTH, "lien-he": "b" * LINE_LENGTH}
    assert read_claim("other", fits, RULES)[2] == []
    long = {name: value + "c" for name, value in fits.items()}
    assert [error.field for error in read_claim("other", long, RULES)[2]] == ["lien-he", "phan-anh"]


def test_lines_stay_and_what_cannot_be_seen_goes() -> None:
    """Nothing may steer the terminal or turn the line that it is shown in."""
    assert said("  một\r\nhai\r\rba\n\n\n\nbốn ") == "một\nhai\n\nba\n\nbốn"
    assert said("a\x1b[2Jb\u202ec\u2066d\x00") == "a [2Jb c d"


@given(st.text())
def test_said_is_stable_and_plain(typed: str) -> None:
    """Reading it again changes nothing, and no control character but the line end is left."""
    once = said(typed)
    assert said(once) == once
    assert not [letter for letter in once if letter < " " and letter != "\n"]


def test_claims_are_taken_until_the_data_go() -> None:
    """From the day on which everything is deleted, nothing new is kept."""
    assert is_open(RULES, OPENS)
    assert not is_open(RULES, OPENS + 3650 * DAY)


def test_a_contest_without_a_key_asks_for_none() -> None:
    """Then only a name can be given."""
    plain = RULES.model_copy(
        update={"registration": RULES.registration.model_copy(update={"key": "none"})}
    )
    assert key_field(plain) is None
    body, key, errors = read_claim("code", CODE, plain)
    assert (key, errors) == (None, [])
    assert "key" not in body
