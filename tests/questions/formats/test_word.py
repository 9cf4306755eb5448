"""Word: where questions begin, which mark means the key, and what is doubtful."""

from __future__ import annotations

import io

import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.questions.formats.files import (
    Paper,
    codes,
    doubts,
    keys,
    number,
    numbered,
    png,
    read,
)


@pytest.mark.parametrize("marks", ["bold", "italic", "underline", "red", "yellow", "bold red"])
@pytest.mark.parametrize("whole", [True, False])
def test_any_format_may_mark_the_right_option(tmp_path, marks, whole):
    """On its letter, or on all of it."""
    paper = Paper()
    for index, right in enumerate("BADC", 1):
        paper.question(index, right, marks, whole=whole)
    reading = read(tmp_path, "de.docx", paper.data())
    assert (keys(reading), codes(reading)) == (["b", "a", "d", "c"], [])
    assert reading.drafts[1].data["stem"] == "Nội dung thứ 2 là gì?"


def test_a_format_that_all_options_bear_marks_nothing(tmp_path):
    """Bold letters are usual; the underlined one is the key."""
    paper = Paper()
    for index, right in enumerate("BA", 1):
        paper.line((f"Câu {index}: Hỏi gì?", "bold"))
        for letter in "ABC":
            own = "bold underline" if letter == right else "bold"
            paper.line((f"{letter}.", own), f" Ý {letter}")
    assert keys(read(tmp_path, "de.docx", paper.data())) == ["b", "a"]


def test_a_star_and_words_mark_the_right_option(tmp_path):
    """Both are taken out of the text."""
    paper = Paper()
    paper.line("Câu 1. Hỏi?")
    for text in ("A. một", "*B. hai", "C. ba"):
        paper.line(text)
    paper.line("Câu 2. Hỏi nữa?")
    for text in ("A. bốn", "B. năm", "*C. sáu (đúng)"):
        paper.line(text)
    reading = read(tmp_path, "de.docx", paper.data())
    assert (keys(reading), codes(reading)) == (["b", "c"], [])
    assert [own["text"] for own in reading.drafts[1].data["options"]] == ["bốn", "năm", "sáu"]


def test_a_question_without_a_mark_or_with_two_is_listed(tmp_path):
    """Nothing is guessed: neither has a key."""
    paper = Paper()
    for index, right in enumerate(["B", "", "AC", "D", "A"], 1):
        paper.question(index, right)
    reading = read(tmp_path, "de.docx", paper.data())
    assert codes(reading) == [("word.no_mark", 2), ("word.two_marks", 3)]
    assert keys(reading) == ["b", None, None, "d", "a"]
    assert "gạch chân: A, C" in reading.errors[1].message


def test_marks_of_no_common_kind_are_not_believed(tmp_path):
    """One bold option in one of three questions may be emphasis."""
    paper = Paper()
    for index, right in enumerate(["B", "", ""], 1):
        paper.question(index, right, "bold")
    reading = read(tmp_path, "de.docx", paper.data())
    assert codes(reading) == [("word.no_common_mark", n) for n in (1, 2, 3)]
    assert keys(reading) == [None, None, None]


def test_another_mark_on_another_option_is_doubtful(tmp_path):
    """The key follows the common mark; a person should look."""
    paper = Paper()
    paper.question(1, "B")
    paper.question(2, "A")
    paper.line("Câu 3. Hỏi?")
    for text, marks in (("A. một", "underline"), ("B. hai", ""), ("C. ba", "bold")):
        paper.line((text, marks))
    reading = read(tmp_path, "de.docx", paper.data())
    assert (keys(reading), codes(reading)) == (["b", "a", "a"], [])
    assert ("word.other_mark", 3) in doubts(reading)


@pytest.mark.parametrize(
    "lines",
    [
        ["ĐÁP ÁN", "1-B 2.A 3c"],
        ["HẾT", "BẢNG ĐÁP ÁN", "Câu 1: B", "Câu 2: A", "Câu 3: C"],
        ["----- HẾT -----", "1B, 2A, 3C"],
    ],
)
def test_a_list_at_the_end_tells_the_keys(tmp_path, lines):
    """In the ways that people write it."""
    paper = Paper()
    for index in (1, 2, 3):
        paper.question(index, "")
    for line in lines:
        paper.line(line)
    reading = read(tmp_path, "de.docx", paper.data())
    assert (keys(reading), codes(reading)) == (["b", "a", "c"], [])


@pytest.mark.parametrize(
    "rows",
    [
        [["Câu", "1", "2", "3"], ["Đáp án", "B", "A", "C"]],
        [["Câu", "Đáp án"], ["1", "B"], ["2", "A"], ["3", "C"]],
        [["1-B", "2-A", "3-C"]],
        [["1", "B", "2", "A"], ["3", "C", "", ""]],
    ],
)
def test_a_table_at_the_end_tells_the_keys(tmp_path, rows):
    """Beside, below or in one cell with the number."""
    paper = Paper()
    for index in (1, 2, 3):
        paper.question(index, "")
    paper.table(rows)
    reading = read(tmp_path, "de.docx", paper.data())
    assert (keys(reading), codes(reading)) == (["b", "a", "c"], [])


def test_mark_and_table_that_differ_are_a_conflict(tmp_path):
    """With what each of them says."""
    paper = Paper()
    for index, right in enumerate("BAC", 1):
        paper.question(index, right)
    paper.table([["Câu", "1", "2", "3"], ["Đáp án", "B", "D", "C"]])
    reading = read(tmp_path, "de.docx", paper.data())
    assert codes(reading) == [("word.conflict", 2)]
    assert "bảng đáp án: D; gạch chân: A" in reading.errors[0].message
    assert keys(reading) == ["b", None, "c"]


def test_keys_of_questions_that_are_not_there_are_refused(tmp_path):
    """A question may have been lost."""
    paper = Paper()
    paper.question(1, "B")
    paper.line("ĐÁP ÁN")
    paper.line("1-B 2-A")
    assert codes(read(tmp_path, "de.docx", paper.data())) == [("word.keys_beyond", 0)]


def test_key_and_explanation_stand_below_a_question(tmp_path):
    """`Đáp án: B`, `Giải thích: …`, also several lines of it."""
    paper = Paper()
    for index in (1, 2):
        paper.question(index, "")
        for line in ("Đáp án: B", "Giải thích: Vì thế.", "Và vì vậy."):
            paper.line(line)
    reading = read(tmp_path, "de.docx", paper.data())
    assert (keys(reading), codes(reading)) == (["b", "b"], [])
    assert reading.drafts[0].data["explanation"] == "Vì thế.\nVà vì vậy."


@pytest.mark.parametrize(
    ("options", "below", "evidence"),
    [
        (("một", "hai", "ba"), ("Đáp án: B", "Đáp án: C"), "dòng đáp án: B; dòng đáp án: C"),
        (("một Đáp án: A", "hai", "ba"), ("Đáp án: B",), "dòng đáp án: A; dòng đáp án: B"),
        (("một", "hai (đúng)", "ba"), ("Lời giải: Chọn C. Vì thế.",),
         "phần lời giải: C; chữ (đúng): B"),
        (("một", "hai (đúng)", "ba"), ("Giải thích: Vì thế.", "Đáp án: C"),
         "dòng đáp án: C; chữ (đúng): B"),
        (("một", "hai", "ba"), ("Lời giải: Chọn C vì thế.", "HẾT", "LỜI GIẢI", "Câu 1. Chọn A."),
         "phần lời giải: A; phần lời giải: C"),
    ],
)  # fmt: skip
def test_places_that_tell_different_keys_are_a_conflict(tmp_path, options, below, evidence):
    """Two lines, a line and the end of an option, a line and a solution: none of them wins."""
    paper = Paper()
    paper.line("Câu 1. Hỏi?")
    for letter, text in zip("ABC", options, strict=True):
        paper.line(f"{letter}. {text}")
    for line in below:
        paper.line(line)
    reading = read(tmp_path, "de.docx", paper.data())
    assert (codes(reading), keys(reading)) == ([("word.conflict", 1)], [None])
    assert f"({evidence})" in reading.errors[0].message


def test_the_same_key_told_twice_is_no_conflict(tmp_path):
    """Most files that tell it twice agree with themselves."""
    paper = Paper()
    paper.question(1, "")
    for line in ("Đáp án: B", "Lời giải: Chọn B. Đáp án A sai vì thế.", "Đáp án B"):
        paper.line(line)
    reading = read(tmp_path, "de.docx", paper.data())
    assert (codes(reading), keys(reading)) == ([], ["b"])


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Chọn C. Vì thế.", "c"),
        ("Chọn đáp án C vì thế.", "c"),
        ("Đáp án đúng là C.", "c"),
        ("Đáp án C đúng.", "c"),
        ("Đáp án A sai vì thế.", None),
        ("Đáp án A, B đều sai.", None),
        ("Đáp án A: mục tiêu khác.", None),
        ("Chọn các mục tiêu.", None),
    ],
)
def test_an_explanation_may_tell_the_key(tmp_path, text, key):
    """Where it says which option is right, not where it speaks of a wrong one."""
    paper = Paper()
    paper.question(1, "")
    paper.line(f"Lời giải: {text}")
    reading = read(tmp_path, "de.docx", paper.data())
    assert keys(reading) == [key]
    assert codes(reading) == ([] if key else [("word.no_common_mark", 1)])
    assert reading.drafts[0].data["explanation"] == text


@pytest.mark.parametrize("lines", [["H. tám", "I. chín"], ["H. tám I. chín"]])
def test_a_ninth_option_is_told(tmp_path, lines):
    """It is no heading, and no part of the eighth."""
    paper = Paper()
    paper.line("Câu 1. Hỏi?")
    for letter in "ABCDEFG":
        paper.line(f"{letter}. ý {letter}")
    for line in (*lines, "Đáp án: B"):
        paper.line(line)
    assert codes(read(tmp_path, "de.docx", paper.data())) == [("word.ninth", 1)]


def test_solutions_behind_the_questions_are_their_explanations(tmp_path):
    """And say the key."""
    paper = Paper()
    paper.question(1, "")
    paper.question(2, "")
    for line in ("HẾT", "LỜI GIẢI CHI TIẾT", "Câu 1. Chọn B. Vì thế.", "Câu 2. Chọn A", "Vì vậy."):
        paper.line(line)
    reading = read(tmp_path, "de.docx", paper.data())
    assert (keys(reading), codes(reading)) == (["b", "a"], [])
    assert reading.drafts[1].data["explanation"] == "Chọn A\nVì vậy."


def test_several_questions_and_options_stand_in_one_paragraph(tmp_path):
    """As text that was pasted from a page."""
    paper = Paper()
    paper.line("Câu 1: Một? A. a1 B. b1 C. c1 Đáp án: C Câu 2: Hai? A. a2 B. b2\tC. c2 Đáp án: A")
    reading = read(tmp_path, "de.docx", paper.data())
    assert (keys(reading), codes(reading)) == (["c", "a"], [])
    texts = [[own["text"] for own in draft.data["options"]] for draft in reading.drafts]
    assert texts == [["a1", "b1", "c1"], ["a2", "b2", "c2"]]


def test_options_in_the_cells_of_a_table_are_found(tmp_path):
    """By row or by column."""
    paper = Paper()
    for index, rows in enumerate(
        ([["A. một", "B. hai"], ["C. ba", "D. bốn"]], [["A. một", "C. ba"], ["B. hai", "D. bốn"]]),
        1,
    ):
        paper.line(f"Câu {index}. Hỏi số {index}?")
        paper.table(rows)
        paper.line("Đáp án: D")
    reading = read(tmp_path, "de.docx", paper.data())
    assert (keys(reading), codes(reading)) == (["d", "d"], [])
    for draft in reading.drafts:
        assert [own["text"] for own in draft.data["options"]] == ["một", "hai", "ba", "bốn"]


def test_automatic_numbers_are_read(tmp_path):
    """Of questions and of options, which begin again with each question."""
    paper = Paper()
    lists = numbered(paper, [(1, "decimal", "Câu %1."), (2, "upperLetter", "%1."),
                             (3, "upperLetter", "%1.")])  # fmt: skip
    for own, right in ((2, "hai"), (3, "một")):
        number(paper.line("Hỏi gì đây?"), lists[1])
        for text in ("một", "hai", "ba"):
            number(paper.line((text, "bold" if text == right else "")), lists[own])
    reading = read(tmp_path, "de.docx", paper.data())
    assert (keys(reading), codes(reading)) == (["b", "a"], [])
    assert reading.drafts[0].data["stem"] == "Hỏi gì đây?"


def test_plain_numbers_begin_questions_where_no_name_does(tmp_path):
    """A list inside a stem begins again at 1 and stays in it."""
    paper = Paper()
    for line in ("1. Xét: ", "1) ý một", "A. x", "B. y", "Đáp án: A", "2. Hỏi?", "A. z", "B. t",
                 "Đáp án: B"):  # fmt: skip
        paper.line(line)
    reading = read(tmp_path, "de.docx", paper.data())
    assert (keys(reading), codes(reading)) == (["a", "b"], [])
    assert reading.drafts[0].data["stem"] == "Xét:\n1\\) ý một"


def test_a_name_in_a_stem_is_no_option(tmp_path):
    """`Nguyễn Văn A. ` looks like one."""
    paper = Paper()
    paper.line("Câu 1. Theo ông Nguyễn Văn A. thì sao?")
    for text in ("A. một", "B. hai", "Đáp án: B"):
        paper.line(text)
    reading = read(tmp_path, "de.docx", paper.data())
    assert reading.drafts[0].data["stem"] == "Theo ông Nguyễn Văn A. thì sao?"
    assert (keys(reading), codes(reading)) == (["b"], [])


def test_a_question_without_options_is_told(tmp_path):
    """Word holds choices only; the other questions are read as ever."""
    paper = Paper()
    paper.line("Câu 1. Hãy nêu ba đột phá chiến lược?")
    paper.line("Câu 2. Thủ đô nước ta?")
    for text in ("A. Hà Nội", "B. Huế", "Đáp án: A"):
        paper.line(text)
    reading = read(tmp_path, "de.docx", paper.data())
    assert (codes(reading), keys(reading)) == ([("draft.few_options", 1)], [None, "a"])
    assert reading.drafts[0].data["stem"] == "Hãy nêu ba đột phá chiến lược?"


def test_levels_points_and_parts_are_understood(tmp_path):
    """And the lines that are no question are told."""
    paper = Paper()
    for line in ("ĐỀ THI THỬ", "PHẦN I. CHUNG", "Câu 1. [TH] Hỏi?", "A. một", "B. hai", "Điểm: 1,5",
                 "Đáp án: A"):  # fmt: skip
        paper.line(line)
    reading = read(tmp_path, "de.docx", paper.data(), level=None)
    data = reading.drafts[0].data
    assert (data["level"], data["points"]) == ("understand", "1.5")
    assert ("draft.before", 0) in doubts(reading)


def test_several_right_options_must_be_announced(tmp_path):
    """By the stem, or by a key that names several."""
    paper = Paper()
    paper.question(1, "B")
    paper.question(2, "C")
    paper.line("Câu 3. Những ý nào đúng? (chọn nhiều đáp án)")
    for letter in "ABC":
        paper.line((f"{letter}.", "underline" if letter in "AC" else ""), f" {letter} nhỏ")
    reading = read(tmp_path, "de.docx", paper.data())
    assert (keys(reading)[2], reading.drafts[2].data["type"]) == (["a", "c"], "multiple")
    assert reading.drafts[2].data["stem"] == "Những ý nào đúng?"
    assert codes(reading) == []


def test_emphasis_in_a_stem_stays(tmp_path):
    """A negation is often bold."""
    paper = Paper()
    paper.line("Câu 1. Ý nào ", ("không", "bold"), " phải là mục tiêu của nghị quyết này?")
    for text in ("A. một", "B. hai", "Đáp án: B"):
        paper.line(text)
    stem = read(tmp_path, "de.docx", paper.data()).drafts[0].data["stem"]
    assert stem == "Ý nào **không** phải là mục tiêu của nghị quyết này?"


def test_options_that_speak_of_others_keep_their_place(tmp_path):
    """Those that name letters keep all options in place."""
    paper = Paper()
    for index, last in enumerate(("Tất cả các đáp án trên", "Cả A và B"), 1):
        paper.line(f"Câu {index}. Hỏi số {index}?")
        for text in ("A. một", "B. hai", f"C. {last}", "Đáp án: C"):
            paper.line(text)
    reading = read(tmp_path, "de.docx", paper.data())
    assert reading.drafts[0].data["options"][2]["pinned"] is True
    assert reading.drafts[1].data["shuffle"] is False
    assert doubts(reading) == [("draft.pinned", 1), ("draft.letters", 2)]


def test_a_table_with_headers_has_a_question_in_each_row(tmp_path):
    """As a sheet of Excel."""
    paper = Paper()
    paper.table([["STT", "Câu hỏi", "Đáp án A", "Đáp án B", "Đáp án đúng"],
                 ["1", "Hỏi?", "một", "hai", "B"],
                 ["2", "Hỏi nữa?", "ba", "bốn", "C"]])  # fmt: skip
    reading = read(tmp_path, "de.docx", paper.data())
    assert (keys(reading), codes(reading)) == (["b", None], [("draft.key_not_option", 2)])


def test_a_picture_needs_words_for_those_who_do_not_see_it(tmp_path):
    """With them it comes along, without it is refused."""
    paper = Paper()
    for index, alt in enumerate(("Sơ đồ bốn khối", ""), 1):
        paragraph = paper.line(f"Câu {index}. Nhìn hình {index}: ")
        shape = paragraph.add_run().add_picture(io.BytesIO(png()))
        shape._inline.docPr.set("descr", alt)
        for text in ("A. một", "B. hai", "Đáp án: A"):
            paper.line(text)
    reading = read(tmp_path, "de.docx", paper.data())
    assert codes(reading) == [("draft.no_alt", 2)]
    picture = reading.drafts[0].picture
    assert (picture.alt, picture.data) == ("Sơ đồ bốn khối", png())


def _wrapped(tag):
    def change(paper):
        run = paper.line("thêm vào")._p.find(qn("w:r"))
        wrapper = OxmlElement(tag)
        run.getparent().append(wrapper)
        wrapper.append(run)

    return change


def _old_font(paper):
    fonts = OxmlElement("w:rFonts")
    fonts.set(qn("w:ascii"), ".VnTime")
    paper.line("Chữ cũ").runs[0]._r.get_or_add_rPr().append(fonts)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_wrapped("w:ins"), "word.tracked"),
        (_wrapped("w:txbxContent"), "word.textbox"),
        (_old_font, "word.old_font"),
    ],
    ids=["tracked", "textbox", "font"],
)
def test_text_that_differs_from_what_its_author_sees_is_refused(tmp_path, change, code):
    """Before anything is believed."""
    paper = Paper()
    paper.question(1, "B")
    paper.question(2, "A")
    change(paper)
    assert (code, 0) in codes(read(tmp_path, "de.docx", paper.data()))


def test_a_formula_is_refused_with_its_question(tmp_path):
    """It would be missing from the text."""
    paper = Paper()
    paragraph = paper.line("Câu 1. Tính ")
    paragraph._p.append(OxmlElement("m:oMath"))
    for text in ("A. một", "B. hai", "Đáp án: A"):
        paper.line(text)
    assert codes(read(tmp_path, "de.docx", paper.data())) == [("word.formula", 1)]
