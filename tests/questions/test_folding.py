"""Which spellings of an answer are one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.folding import by_value, fold


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


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("05 quan điểm", "5 quan điểm"),
        ("1.000 và 12.345.678", "1000 và 12345678"),
        ("1.000,5", "1000,5"),
        ("0,05", "0,05"),
        ("000", "0"),
        ("1 000", "1 000"),
        ("1.2.3", "1.2.3"),
        ("15/03/2026", "15/3/2026"),
        ("từ 01-02-2026 đến 03.04.2026", "từ 1/2/2026 đến 3/4/2026"),
        ("15-03/2026", "15-3/2026"),
        ("ngày 05 tháng 01 năm 1946", "5/1/1946"),
        ("tháng 01 năm 1946", "tháng 1 năm 1946"),
        ("số 57/2025/qđ", "số 57/2025/qđ"),
    ],
)
def test_numbers_and_dates_have_one_form(written: str, expected: str) -> None:
    """And nothing but them changes."""
    assert by_value(written) == expected


@given(st.text(max_size=30))
def test_form_by_value_stays_as_it_is(written: str) -> None:
    """Whatever was typed: the form of a form is itself, and texts without digits don't change."""
    once = by_value(written)
    assert by_value(once) == once
    assert any(sign.isdigit() for sign in written) or once == written
