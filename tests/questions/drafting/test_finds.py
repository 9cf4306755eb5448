"""What can be checked is found, with its value and its place."""

from __future__ import annotations

import datetime
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.drafting.finds import finds, sentences, signature


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Công văn số 618-CV/BTGDVTU", [("document", "618-CV/BTGDVTU")]),
        ("ban hành ngày 07/4/2026", [("date", "07/4/2026")]),
        ("ban hành số 354/SVHTTDL-QLTTBCGĐ", [("document", "354/SVHTTDL-QLTTBCGĐ")]),
        ("Nghị quyết số 199/2025/QH15", [("document", "199/2025/QH15")]),
        ("Số 04- CV/BTGTU", [("document", "04-CV/BTGTU")]),
        ("họp ngày 28 tháng 9 năm 2020", [("date", "28 tháng 9 năm 2020")]),
        ("trong tháng 9/2025 và tháng 4 năm 2026", [("month", "9/2025"), ("month", "4 năm 2026")]),
        ("nhiệm kỳ 2026-2031", [("period", "2026 - 2031")]),
        ("trong 5 năm 2021 - 2025", [("period", "2021 - 2025")]),
        ("nêu 05 quan điểm chỉ đạo lớn", [("count", "05")]),
        ("đạt 8,02% và 5.026 USD", [("number", "8,02"), ("number", "5.026")]),
        ("gần 71.000 đảng viên", [("number", "71.000")]),
        ("Đại hội lần thứ XIV", [("ordinal", "XIV")]),
        ("đồng chí Trần Văn Mẫu, Bí thư xã", [("name", "Trần Văn Mẫu"), ("office", "Bí thư")]),
        ("Giám đốc sở ông Lê Mẫu dự", [("office", "Giám đốc"), ("name", "Lê Mẫu")]),
        ("ngày 31/4/2026 không có", []),
        ("vào năm 2026 và ngày mai", []),
    ],
)  # fmt: skip
def test_values_are_found(sentence: str, expected: list[tuple[str, str]]) -> None:
    """From left to right; what looks like one and isn't stays."""
    assert [(find.kind, find.shown) for find in finds(sentence)] == expected


def test_numbers_keep_unit_and_bound() -> None:
    """As a fact keeps them."""
    (find,) = finds("Có gần 71.000 đảng viên dự.")
    assert find.value.model_dump() == {
        "type": "number",
        "value": Decimal(71000),
        "to": None,
        "unit": "đảng viên",
        "bound": "about",
    }


def test_one_value_in_two_forms_means_the_same() -> None:
    """It is asked for once, and never offered as a wrong answer to itself."""
    (one,) = finds("nhiệm kỳ 2026 – 2031")
    (other,) = finds("nhiệm kỳ 2026-2031")
    assert one.meaning == other.meaning
    (day,) = finds("ngày 28 tháng 9 năm 2020")
    (same,) = finds("ngày 28/9/2020")
    assert day.meaning == same.meaning


def test_sentences_end_where_sentences_end() -> None:
    """Not behind an abbreviation or the number of a list."""
    assert sentences("Họp ở TP. Lạng Sơn. Sau đó nghỉ; Xong!") == [
        "Họp ở TP. Lạng Sơn.",
        "Sau đó nghỉ;",
        "Xong!",
    ]


def test_a_name_below_an_office_is_a_signature() -> None:
    """The office is written as elsewhere."""
    assert signature("T/M BAN THƯỜNG VỤ PHÓ BÍ THƯ", "Lê Thị Mẫu") == "Phó Bí thư"
    assert signature("PHÓ BÍ THƯ", "Lưu văn thư.") is None
    assert signature("Nơi nhận:", "Lê Thị Mẫu") is None


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_every_day_is_found_and_kept(day: datetime.date) -> None:
    """Whatever the zeros."""
    for shown in (f"{day.day}/{day.month}/{day.year}", f"{day:%d/%m/%Y}"):
        (find,) = finds(f"Họp ngày {shown} ở xã.")
        assert find.value.value == day.isoformat()


@given(st.text(max_size=200))
def test_places_are_those_of_the_text(sentence: str) -> None:
    """And no two overlap, whatever the text."""
    found = finds(sentence)
    assert all(0 <= one.start < one.end <= len(sentence) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
