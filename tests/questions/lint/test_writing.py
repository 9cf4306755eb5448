"""Numbers, dates and punctuation as offices write them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.lint.writing import writing_rules, written_date


def codes(shown: str) -> list[str]:
    """Return what is said about a text."""
    return [code.removeprefix("lint.") for code, _ in writing_rules(shown)]


@pytest.mark.parametrize(
    ("shown", "code"),
    [
        ("Tăng 7.5% so với năm trước", "decimal_point"),
        ("Tăng 8.02%", "decimal_point"),
        ("Có 71000 đảng viên", "thousands"),
        ("Có 1,041 người ứng cử", "thousands_comma"),
        ("Đạt 20 % kế hoạch", "percent_space"),
        ("Họp ngày 1/5/2026", "date_zero"),
        ("Họp ngày 15/03/2026", "date_zero"),
        ("Họp ngày 15/1/2026", "date_zero"),
        ("Họp ngày 15-3-2026", "date_form"),
        ("Họp ngày 2026-03-15", "date_form"),
        ("Họp ngày 31/4/2026", "date_impossible"),
        ("Họp , rồi nghỉ", "spacing"),
        ("Họp,nghỉ", "spacing"),
        ("Họp  rồi nghỉ", "spacing"),
        ("Họp (ở xã", "unbalanced"),
        ("Gọi là “họp", "unbalanced"),
        ('Gọi là "họp', "unbalanced"),
    ],
)
def test_what_is_against_the_rules_is_told(shown: str, code: str) -> None:
    """One thing at a time."""
    assert codes(shown) == [code]


@pytest.mark.parametrize(
    "shown",
    [
        "Tăng 8,02%, đạt 5.026 USD, HDI 0,766",
        "Họp ngày 15/3/2026, 01/02/2026 và 04/5/2026",
        "Nghị quyết số 199/2025/QH15 và Công văn số 618-CV/BTGDVTU (bản gốc)",
        "Xem https://duubnd.langson.gov.vn/a,b?x=1.5 để biết",
        "Năm 2026 có 100.000 người; a) một, b) hai",
        "Lúc 7 giờ 30, tỷ lệ 4-5%",
        "Dự thảo ... (sửa đổi)",
    ],
)
def test_what_is_right_is_left_alone(shown: str) -> None:
    """Numbers of documents and addresses are no sentences."""
    assert codes(shown) == []


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_a_date_as_it_should_be_written_is_accepted(day: datetime.date) -> None:
    """Whatever the day; and every other way to put zeros is not."""
    right = written_date(day.day, day.month, day.year)
    assert codes(f"Họp ngày {right}") == []
    wrong = f"{day.day}/{day.month:02}/{day.year}"
    assert codes(f"Họp ngày {wrong}") == ([] if wrong == right else ["date_zero"])
