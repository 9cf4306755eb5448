"""How much of a person others see."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.masking import HIDDEN, initials, masked_name, masked_phone, public_name

NAMES = [
    ("Thí sinh thử 00017", "Thí••• 0•7", "T.S.T.0."),
    ("Đặng Thị Ánh Tuyết", "Đặn••• T•t", "Đ.T.Á.T."),
    ("Lê An", "Lê••• A•", "L.A."),
    ("Vi Ý", "Vi••• Ý•", "V.Ý."),
    ("Ông Thị", "Ông••• T•ị", "Ô.T."),
    ("Thí", "Thí•••", "T."),
    ("đinh   văn\tđẹp", "đin••• đ•p", "Đ.V.Đ."),
    ("=HYPERLINK x", "=HY••• x•", "=.X."),
    ("", HIDDEN, HIDDEN),
]


@pytest.mark.parametrize(("name", "masked", "short"), NAMES)
def test_names_keep_little(name: str, masked: str, short: str) -> None:
    """Enough for the owner, too little for others."""
    assert masked_name(name) == masked
    assert initials(name) == short


@pytest.mark.parametrize(("name", "masked", "short"), NAMES)
def test_decomposed_letters_are_the_same_letters(name: str, masked: str, short: str) -> None:
    """A tone mark typed as a sign of its own is never cut off its letter."""
    apart = unicodedata.normalize("NFD", name)
    assert (masked_name(apart), initials(apart)) == (masked, short)


def test_phone_keeps_its_end() -> None:
    """Three digits."""
    assert masked_phone("0001234567") == "•••• ••• 567"


def test_public_name_follows_the_rules() -> None:
    """Full, masked, initials; an erased one has a word of its own."""
    name = "Thí sinh thử 00017"
    assert public_name(name, "full", erased="(đã xóa)") == name
    assert public_name(name, "masked", erased="(đã xóa)") == "Thí••• 0•7"
    assert public_name(name, "initials", erased="(đã xóa)") == "T.S.T.0."
    assert public_name(None, "full", erased="(đã xóa)") == "(đã xóa)"


@given(st.text(max_size=40))
def test_nothing_breaks_a_mask(name: str) -> None:
    """Whatever was typed; and a name of three words or more never comes out whole."""
    for style in ("masked", "initials"):
        shown = public_name(name, style, erased="")
        assert shown
        if len(name.split()) > 2:
            assert name not in shown
