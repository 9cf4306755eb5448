"""Which spellings of an answer are one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.folding import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà bình", "hòa bình"),
        ("thuỷ lợi", "thủy lợi"),
        ("khoẻ", "khỏe"),
        ("UỶ BAN", "ủy ban"),
        ("Đảng", "đảng"),
        ("\u00d0ảng", "Đảng"),  # the Icelandic letter that looks the same
        ("  Lạng   Sơn ", "lạng sơn"),
        ("Lạng\u00a0Sơn.", "lạng sơn"),
        ("Lạng\u200b Sơn", "lạng sơn"),
        ("2026 – 2031", "2026 - 2031"),
        ("“đổi mới”", '"đổi mới"'),
        (unicodedata.normalize("NFD", "đổi mới"), "đổi mới"),
    ],
)
def test_spellings_of_one_answer_are_equal(one, other):
    """Nobody loses marks to a keyboard."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoa", "hòa"),
        ("đường", "dường"),
        ("duong", "đường"),
        ("hoàn", "hòan"),
        ("mười hai", "mười ba"),
        ("lạng sơn", "lạngsơn"),
    ],
)
def test_other_letters_and_tones_differ(one, other):
    """Another word is another answer, however near."""
    assert fold(one) != fold(other)


@pytest.mark.parametrize("word", ["hoàn", "suýt", "huỳnh", "quý", "quả", "giữ", "nghĩa"])
def test_words_with_one_place_for_the_tone_stay_as_they_are(word):
    """A rule that moves every tone would make other words of them."""
    assert fold(word) == word


@given(st.text(max_size=30))
def test_folding_does_not_depend_on_the_unicode_form(value):
    """Composed or decomposed, it is the same text."""
    assert fold(unicodedata.normalize("NFD", value)) == fold(unicodedata.normalize("NFC", value))
