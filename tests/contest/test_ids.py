"""Codes survive being typed by people; ids repeat for the same source."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.ids import (
    ALPHABET,
    RECEIPT_LENGTH,
    RESUME_LENGTH,
    RandomIds,
    SeededIds,
    check_character,
    is_code,
    is_receipt,
    keyed_hash,
    new_id,
    normalise,
    receipt_code,
    resume_code,
    shown,
)

RECEIPT = "H4TN9QRW" + check_character("H4TN9QRW")

codes = st.text(ALPHABET, min_size=RECEIPT_LENGTH - 1, max_size=RECEIPT_LENGTH - 1)


def test_alphabet_has_no_letter_that_looks_like_another() -> None:
    """Crockford: 32 signs, without I, L, O and U."""
    assert len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


def test_resume_code_has_forty_bits() -> None:
    """Eight letters of five bits."""
    result = resume_code(SeededIds(1, "a"))
    assert is_code(result, RESUME_LENGTH)
    assert RESUME_LENGTH * 5 == 40


def test_letters_are_spread_evenly() -> None:
    """Every letter of the alphabet comes about as often as the others."""
    source = SeededIds(1, "even")
    drawn = "".join(resume_code(source) for _ in range(4000))
    counts = [drawn.count(letter) for letter in ALPHABET]
    assert min(counts) > 850
    assert max(counts) < 1150


@given(codes)
def test_receipt_with_its_check_character_is_well_formed(body: str) -> None:
    """Whatever the eight letters are."""
    assert is_receipt(body + check_character(body))


def test_every_single_wrong_letter_of_a_receipt_is_found() -> None:
    """At each of the nine places, each of the 31 other letters."""
    wrong = [
        RECEIPT[:place] + letter + RECEIPT[place + 1 :]
        for place in range(RECEIPT_LENGTH)
        for letter in ALPHABET
        if letter != RECEIPT[place]
    ]
    assert len(wrong) == 9 * 31
    assert not any(map(is_receipt, wrong))


@given(codes)
def test_every_swap_of_two_letters_of_a_receipt_is_found(body: str) -> None:
    """Not only of neighbours; the check character included."""
    receipt = body + check_character(body)
    for i, j in combinations(range(RECEIPT_LENGTH), 2):
        if receipt[i] != receipt[j]:
            letters = list(receipt)
            letters[i], letters[j] = letters[j], letters[i]
            assert not is_receipt("".join(letters))


@given(st.integers(0, 10_000))
def test_shown_receipt_typed_back_is_the_same(seed: int) -> None:
    """In small letters, with blanks for dashes."""
    expected = receipt_code(SeededIds(seed, "receipt"))
    assert normalise(shown(expected).lower().replace("-", " ")) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("k7qm-2xtd", "K7QM2XTD"),
        (" K7QM 2XTD ", "K7QM2XTD"),
        ("K7QM–2XTD", "K7QM2XTD"),
        ("oOiIlL12", "00111112"),
        ("K7QM\u00a02XTD\t", "K7QM2XTD"),
    ],
)
def test_normalise_reads_what_people_type(typed: str, expected: str) -> None:
    """Blanks, dashes of all kinds and look-alikes."""
    assert normalise(typed) == expected


@pytest.mark.parametrize("code", ["", "K7QM2XT", "K7QM2XTDD", "K7QM2XTU", "K7QM2XT!", "K7QM2XTĐ"])
def test_other_lengths_and_letters_are_no_code(code: str) -> None:
    """U is not in the alphabet, nor is anything beyond it."""
    assert not is_code(code, RESUME_LENGTH)


def test_shown_puts_codes_into_groups_of_four() -> None:
    """As printed on the receipt."""
    assert shown("K7QM2XTD") == "K7QM-2XTD"
    assert shown("H4TN9QRW6") == "H4TN-9QRW-6"


def test_seeded_ids_repeat() -> None:
    """The same seed and name give the same ids in the same order."""
    first, second = SeededIds(7, "x"), SeededIds(7, "x")
    assert [new_id(first, "ts") for _ in range(3)] == [new_id(second, "ts") for _ in range(3)]


@pytest.mark.parametrize("other", [SeededIds(8, "x"), SeededIds(7, "y"), RandomIds()])
def test_other_sources_give_other_ids(other: SeededIds) -> None:
    """Another seed, another name, or real randomness."""
    assert new_id(SeededIds(7, "x"), "ts") != new_id(other, "ts")


def test_new_ids_of_one_source_differ() -> None:
    """A thousand in a row."""
    source = SeededIds(7, "x")
    assert len({new_id(source, "lt") for _ in range(1000)}) == 1000


def test_keyed_hash_keeps_uses_apart() -> None:
    """The same value hashed as a key and as a code has nothing in common."""
    secret = b"s" * 32
    assert keyed_hash(secret, "key", "0001234567") != keyed_hash(secret, "code", "0001234567")
    assert keyed_hash(secret, "key", "0001234567") != keyed_hash(b"t" * 32, "key", "0001234567")
