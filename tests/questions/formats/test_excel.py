"""Excel: headers, keys, and cells that aren't what they seem."""

from __future__ import annotations

import datetime
import io

import pytest
from openpyxl.drawing.image import Image

from questions.formats.registry import write_questions
from questions.load import question_from_data
from tests.questions.formats.files import codes, doubts, keys, png, read, sheet

HEAD = ["Câu hỏi", "Đáp án A", "Đáp án B", "Đáp án C", "Đáp án D", "Đáp án đúng"]


@pytest.mark.parametrize(
    "head",
    [
        HEAD,
        ["Nội dung câu hỏi", "Phương án A", "Phương án B", "Phương án C", "Phương án D", "Đáp án"],
        ["content", "optionA", "optionB", "optionC", "optionD", "correctAnswer"],
        ["CÂU HỎI", "a", "b", "c", "d", "ĐÁP ÁN ĐÚNG "],
    ],
)
def test_headers_of_offices_are_known(tmp_path, head):
    """Whatever case and marks they are written with."""
    reading = read(tmp_path, "x.xlsx", sheet([head, ["Hỏi?", "m", "h", "b", "bốn", "C"]]))
    assert (keys(reading), codes(reading)) == (["c"], [])


@pytest.mark.parametrize(
    ("key", "found"),
    [("B", ["b"]), ("b", ["b"]), ("hai", ["b"]), (" Hai ", ["b"]), ("A, C", ["a", "c"]),
     ("AC", ["a", "c"]), ("a;c", ["a", "c"]), ("bốn", ["d"])],
)  # fmt: skip
def test_a_key_is_a_letter_or_the_text_of_an_option(tmp_path, key, found):
    """Several letters make a question with several right options."""
    data = sheet([HEAD, ["Hỏi?", "một", "hai", "ba", "bốn", key]])
    reading = read(tmp_path, "x.xlsx", data)
    assert codes(reading) == []
    assert keys(reading) == [found if len(found) > 1 else found[0]]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["Hỏi?", "một", "hai", "ba", "bốn", ""], "draft.no_key"),
        (["Hỏi?", "một", "hai", "", "", "C"], "draft.key_not_option"),
        (["Hỏi?", "một", "hai", "ba", "bốn", "năm"], "draft.key_not_option"),
        (["Hỏi?", "B", "A", "", "", "A"], "excel.key_two_ways"),
        (["Hỏi?", "một", "", "ba", "", "A"], "excel.gap"),
        (["Hỏi?", "một", "", "", "", "A"], "draft.few_options"),
        (["", "một", "hai", "", "", "A"], "draft.no_stem"),
        (["Hỏi?", "một", "một", "", "", "A"], "question.option_text_repeated"),
        (["Hỏi?", "=1+1", "hai", "", "", "A"], "excel.formula"),
        (["Hỏi?", "#REF!", "hai", "", "", "A"], "excel.error_cell"),
        (["Hỏi <script>x</script>?", "một", "hai", "", "", "A"], "draft.active"),
        (['<img src=x onerror="y">?', "một", "hai", "", "", "A"], "draft.active"),
        (["ThÃ\u00a0nh phá»‘ nÃ o?", "một", "hai", "", "", "A"], "draft.mojibake"),
    ],
)
def test_what_is_wrong_is_told_with_its_row(tmp_path, row, code):
    """And the good row before it is read."""
    data = sheet([HEAD, ["Câu tốt?", "một", "hai", "", "", "A"], row])
    reading = read(tmp_path, "x.xlsx", data)
    assert codes(reading) == [(code, 3)]
    assert reading.drafts[0].errors == []
    assert "hàng 3" in reading.errors[0].message


def test_everything_wrong_is_told_at_once(tmp_path):
    """Not only the first row of it."""
    bad = ["Hỏi?", "một", "hai", "", "", "D"]
    reading = read(tmp_path, "x.xlsx", sheet([HEAD, bad, ["Hỏi nữa?", "x"], ["", "m", "h"]]))
    assert [line for _, line in codes(reading)] == [2, 3, 3, 4, 4]


def test_text_that_begins_with_a_sign_stays_text(tmp_path):
    """`=SUM()` typed as text is an option like any other."""
    data = sheet([HEAD, ["Hàm nào tính tổng?", "=SUM()", "=MAX()", "+84", "-1", "A"]])
    reading = read(tmp_path, "x.xlsx", data)
    texts = [own["text"] for own in reading.drafts[0].data["options"]]
    assert (texts[:2], codes(reading), keys(reading)) == (["=SUM()", "=MAX()"], [], ["a"])


def test_a_row_of_instructions_is_no_question(tmp_path):
    """Where everything in it stands in brackets."""
    hint = ["(Nội dung)", "(Phương án A)", "[B]", "(C)", "(D)", "(Ghi A, B, C hoặc D)"]
    data = sheet([["Ngân hàng câu hỏi"], HEAD, hint, ["Hỏi?", "một", "hai", "", "", "A"]])
    reading = read(tmp_path, "x.xlsx", data)
    assert [draft.number for draft in reading.drafts] == [4]


def test_further_columns_are_read_and_strange_ones_told(tmp_path):
    """A level, points, an explanation; the time of a quiz program isn't ours."""
    head = [*HEAD, "Giải thích", "Điểm", "Độ khó", "Thời gian (giây)", "Tags"]
    row = ["Hỏi?", "một", "hai", "", "", "A", "Vì thế.", "1,5", "Trung bình", 30, "nq-1; dh14"]
    reading = read(tmp_path, "x.xlsx", sheet([head, row]), level=None)
    data = reading.drafts[0].data
    assert data["explanation"] == "Vì thế."
    assert (data["points"], data["level"], data["tags"]) == ("1.5", "understand", ["nq-1", "dh14"])
    assert doubts(reading) == [("excel.columns", 1)]


def test_numbers_and_dates_are_read_as_shown_and_told(tmp_path):
    """8% is stored as 0.08, a date as a number."""

    def percent(sheet_):
        sheet_["B2"].number_format = "0%"

    row = ["Bao nhiêu?", 0.08, datetime.date(2026, 3, 15), 12, 7.5, "A"]
    reading = read(tmp_path, "x.xlsx", sheet([HEAD, row], percent))
    texts = [own["text"] for own in reading.drafts[0].data["options"]]
    assert texts == ["8%", "15/03/2026", "12", "7,5"]
    assert doubts(reading) == [("excel.not_text", 2)] * 3


def test_a_letter_that_is_another_options_text_is_no_key(tmp_path):
    """The text of the right option is written then, and read back as the same."""
    options = [{"id": id_, "text": own} for id_, own in (("a", "Vitamin"), ("b", "A"))]
    own = {"id": "q", "type": "single", "topic": "x", "stem": "Thiếu gì?", "level": "recall"}
    question = question_from_data({**own, "options": options, "key": "a"})
    reading = read(tmp_path, "x.xlsx", write_questions("excel", [question], {}, "x.xlsx"))
    assert (codes(reading), keys(reading)) == ([], ["a"])


def test_other_types_are_named_in_a_column(tmp_path):
    """A number with its unit, a short text with its accepted answers."""
    head = ["Câu hỏi", "Loại", "Đáp án đúng", "Sai số", "Đơn vị"]
    rows = [["Mấy chương?", "số", 29, "0,5", "chương"],
            ["Ở đâu?", "trả lời ngắn", "Hà Nội | HN | A\\|B"],
            ["Đúng không?", "đúng sai", "Sai"], ["Viết gì?", "thơ", "x"]]  # fmt: skip
    reading = read(tmp_path, "x.xlsx", sheet([head, *rows]))
    number, short, true_false, _ = [draft.data for draft in reading.drafts]
    assert (number["key"], number["tolerance"], number["unit"]) == ("29", "0.5", "chương")
    assert short["accepted"] == ["Hà Nội", "HN", "A|B"]
    assert true_false["key"] is False
    assert codes(reading) == [("draft.unknown_type", 5)]


def test_merged_cells_are_refused(tmp_path):
    """Which row they belong to isn't sure."""
    data = sheet([HEAD, ["Hỏi?", "một", "hai", "", "", "A"]], lambda own: own.merge_cells("A2:A3"))
    reading = read(tmp_path, "x.xlsx", data)
    assert codes(reading) == [("excel.merged", 2)]
    assert "A2:A3" in reading.errors[0].message


def test_pictures_and_hidden_rows_are_told(tmp_path):
    """A picture belongs to no cell."""

    def change(own):
        own.add_image(Image(io.BytesIO(png())), "G2")
        own.row_dimensions[2].hidden = True

    reading = read(tmp_path, "x.xlsx", sheet([HEAD, ["Hỏi?", "m", "h", "", "", "A"]], change))
    assert codes(reading) == [("excel.pictures", 0)]
    assert doubts(reading) == [("excel.hidden", 0)]


def test_a_workbook_without_headers_is_refused(tmp_path):
    """With the headers that are wanted."""
    reading = read(tmp_path, "x.xlsx", sheet([["Họ tên", "Đơn vị"], ["An", "A"]]))
    assert codes(reading) == [("excel.no_header", 0)]
