"""Options that are alike, too long, or tell by their form."""

from __future__ import annotations

import pytest

from questions.lint.options import absolute
from tests.questions.lint.build import codes, question, single, true_false

ASK = "Cơ quan nào ban hành văn bản mẫu?"
FOUR = ("Sở Tài chính", "Sở Nội vụ", "Sở Tư pháp", "Sở Y tế")


def test_even_options_are_left_alone() -> None:
    """Nothing is said where nothing is weak."""
    assert codes(single(ASK, FOUR)) == []


@pytest.mark.parametrize(
    "other",
    ["sở tài chính", "Sở Tài chính.", "Sơ Tài chính", "Sở Tài  chính"],
)
def test_options_that_differ_in_signs_only_are_alike(other: str) -> None:
    """Capitals, tones, punctuation and spaces make no other answer."""
    assert "options_alike" in codes(single(ASK, (*FOUR[:2], other), key=1))


def test_a_slip_in_a_long_option_makes_no_other_answer() -> None:
    """Two letters of thirty are a slip of the keyboard."""
    long = ("Phát triển kinh tế xanh bền vững", "Phát triễn kinh tế xanh bền vữn")
    assert "options_alike" in codes(single(ASK, (*long, "Giữ gìn bản sắc của từng vùng")))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("217 người ở trung ương, 283 ở địa phương", "283 người ở trung ương, 217 ở địa phương"),
        ("Tăng từ 64,5% lên 70% trong cả kỳ", "Tăng từ 64,5% lên 71% trong cả kỳ"),
        ("Nước đang phát triển, thu nhập cao", "Nước phát triển, thu nhập cao"),
        ("Đại hội lần thứ ba của tỉnh", "Đại hội lần thứ tư của tỉnh"),
    ],
)
def test_options_that_say_other_things_are_not_alike(one: str, other: str) -> None:
    """Numbers, order and contrasts make the difference."""
    assert "options_alike" not in codes(single(ASK, (one, other, "Một ý khác hẳn về việc này")))


def test_a_right_option_that_is_much_longer_is_told() -> None:
    """People guess the long one."""
    long = "Sở Tài chính phối hợp với các sở, ngành và địa phương liên quan"
    assert codes(single(ASK, (long, *FOUR[1:]))) == ["long_key"]
    assert codes(single(ASK, (*FOUR[:3], long))) == ["long_option"]


def test_a_question_whose_options_are_all_right_is_told() -> None:
    """It may be meant so: it is no error."""
    listed = [{"id": "abcd"[i], "text": one} for i, one in enumerate(FOUR)]
    asked = {"type": "multiple", "stem": "Cơ quan nào ban hành văn bản?", "options": listed}
    assert codes(question(key=list("abcd"), **asked)) == ["key_all"]
    assert codes(question(key=list("abc"), **asked)) == []


def test_absolutes_in_wrong_options_are_told() -> None:
    """They are seldom true, and people know."""
    options = ("Họp khi cần", "Họp vào mọi ngày", "Họp hằng quý", "Họp hằng năm")
    assert codes(single("Đơn vị họp thế nào?", options)) == ["absolute"]
    assert "absolute" not in codes(single("Đơn vị họp thế nào?", options, key=1))


@pytest.mark.parametrize(
    ("shown", "word"),
    [
        ("luôn đúng", "luôn"),
        ("Chỉ cấp tỉnh", "Chỉ"),
        ("Tất cả cơ quan", "Tất cả"),
        ("chỉ tiêu kinh tế", None),
        ("chỉ số giá", None),
        ("không chỉ cấp tỉnh", None),
        ("địa chỉ cơ quan", None),
        ("Ban chỉ đạo", None),
    ],
)
def test_absolute_words_are_told_from_words_that_look_so(shown: str, word: str | None) -> None:
    """`chỉ` is part of many words."""
    assert absolute(shown) == word


def test_an_absolute_in_a_false_statement_is_told() -> None:
    """Also in a group of statements; in a true one it is no clue."""
    assert codes(true_false("Mọi đơn vị đều họp hằng tuần.", False)) == ["absolute_statement"]
    assert codes(true_false("Mọi đơn vị đều họp hằng tuần.", True)) == []
    group = question(
        type="true_false_group",
        stem="Xét các ý sau.",
        statements=[
            {"id": "a", "text": "Đơn vị họp hằng tuần.", "key": True},
            {"id": "b", "text": "Chỉ trưởng đơn vị được dự.", "key": False},
        ],
    )
    assert codes(group) == ["absolute_statement"]


@pytest.mark.parametrize(
    "option", ["Tất cả các phương án trên", "Cả A và B", "A, B và C đều đúng", "Tất cả đều sai"]
)
def test_options_about_options_are_told(option: str) -> None:
    """Shuffling makes nonsense of them."""
    assert "all_of_them" in codes(single(ASK, (*FOUR[:3], option)))


def test_only_the_key_has_another_form() -> None:
    """Another first word, or the only figure."""
    starts = ("Trên 99%", "Khoảng 90%", "Khoảng 94%", "Khoảng 97%")
    assert codes(single("Tỷ lệ là bao nhiêu?", starts)) == ["odd_start"]
    figures = ("Nhà số 5", "Nhà lớn", "Nhà cũ", "Nhà mới")
    assert codes(single("Họp ở đâu?", figures)) == ["odd_form"]
    assert codes(single("Họp ở đâu?", figures, key=1)) == []


def test_only_the_key_repeats_words_of_the_stem() -> None:
    """Whoever knows nothing chooses the echo."""
    options = (
        "Mở thị trường lao động",
        "Xây dựng nhà ở xã hội",
        "Giữ gìn các di tích",
        "Làm bến xe khách",
    )
    assert codes(single("Việc làm thuộc thị trường lao động là gì?", options)) == ["echo"]


def test_a_lower_bound_is_true_where_a_higher_one_is() -> None:
    """`trên 50%` holds for 60 %."""
    options = ("Trên 60%", "Trên 50%", "Trên 70%", "Trên 80%")
    assert codes(single("Tỷ lệ là bao nhiêu?", options)) == ["implied"]
    assert codes(single("Tỷ lệ là bao nhiêu?", options, key=1)) == []


@pytest.mark.parametrize(
    ("stem", "options", "found"),
    [
        ("Đạt trên bao nhiêu?", ("514 tỷ", "414 tỷ", "614 tỷ", "314 tỷ"), 2),
        ("Có hơn bao nhiêu khu vực?", ("72.000", "32.000", "92.000", "112.000"), 1),
        ("Chiếm ít nhất bao nhiêu?", ("35%", "37,5%", "40%", "45%"), 0),
        ("Nặng không quá bao nhiêu?", ("5 kg", "6 kg", "4 kg", "7 kg"), 2),
        ("Đạt khoảng bao nhiêu?", ("514 tỷ", "414 tỷ", "614 tỷ", "714 tỷ"), 0),
        ("Đạt trên bao nhiêu?", ("514 tỷ đồng", "414 tỷ USD", "314 triệu", "hai tỷ"), 0),
    ],
)
def test_a_stem_that_asks_for_a_bound_makes_others_true(stem, options, found) -> None:
    """`trên bao nhiêu` is answered by every smaller number as well."""
    assert codes(single(stem, options)).count("asked_bound") == found


def test_options_of_gaps_are_looked_at_too() -> None:
    """A gap with options is a single choice."""
    gap = {
        "id": "a",
        "key": "x",
        "options": [
            {"id": "x", "text": "Sở Tài chính"},
            {"id": "y", "text": "Sở tài chính."},
            {"id": "z", "text": "Sở Nội vụ"},
        ],
    }
    cloze = question(type="cloze", stem="Điền chỗ trống.", text="Nơi ban hành: {{a}}", gaps=[gap])
    assert codes(cloze) == ["options_alike"]
