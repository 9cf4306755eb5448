"""Spellings that are mixed within a bank."""

from __future__ import annotations

from tests.questions.lint.build import advice, codes, true_false


def statements(*shown: str) -> list[object]:
    """Return a true statement for each text."""
    return [true_false(text, True, id_=f"c-{i}") for i, text in enumerate(shown)]


def found(code: str, *shown: str) -> list[str]:
    """Return the messages of one code about statements."""
    return [one.message for one in advice(*statements(*shown)) if one.code == f"lint.{code}"]


def test_the_rarer_place_of_the_tone_is_told() -> None:
    """Whichever of the two the bank has more often."""
    old, new = ["Xã Hòa Bình họp.", "Huyện Hóa An nghỉ.", "Tỉnh Khỏe thi."], "Đội Thuỷ lợi làm."
    assert len(found("tone", *old, new)) == 1
    assert "Thuỷ" in found("tone", *old, new)[0]
    assert "tone" not in codes(*statements(*old))


def test_tones_that_have_one_place_only_count_for_neither() -> None:
    """hoàn, quý, suýt, loài, huỳnh."""
    words = "Xã Hoàn quý mến, suýt soát, muôn loài, cây huỳnh, tiền quỹ, khuỷu tay."
    assert found("tone", words, "Xã Hòa họp.", "Xã Hóa nghỉ.") == []


def test_one_word_in_two_spellings_is_told_where_it_is_rarer() -> None:
    """tỷ lệ, tỉ lệ."""
    shown = ["Có tỷ lệ cao ở xã.", "Ghi tỷ lệ thấp ở thôn.", "Nêu tỉ lệ vừa ở bản."]
    (message,) = found("same_sound", *shown)
    assert "tỉ lệ" in message


def test_letters_that_only_look_like_d_with_a_stroke_are_told() -> None:
    """Eth, African D; and letters of other alphabets in a Vietnamese word."""
    assert codes(*statements("Ðại hội họp ở xã.")) == ["false_d"]
    assert "foreign_letter" in codes(*statements("Đảng b\u043e họp ở xã."))


def test_a_lost_stroke_is_told_where_the_bank_often_has_it() -> None:
    """`dại biểu` beside many `đại biểu`; other words with d stay."""
    usual = [f"Xã {name} bầu đại biểu của dân." for name in ("An", "Bình", "Cao", "Dương", "Hà")]
    (message,) = found("lost_d", *usual, "Huyện bầu dại biểu mới.")
    assert "dại" in message
    assert found("lost_d", *usual) == []


def test_years_are_joined_in_one_way() -> None:
    """2021 - 2025 and 2021-2025."""
    shown = ["Kỳ 2021 - 2025 xong.", "Kỳ 2016 - 2020 xong.", "Kỳ 2011-2015 xong."]
    (message,) = found("years", *shown)
    assert "2011 - 2015" in message
