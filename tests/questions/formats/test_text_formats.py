"""GIFT, Aiken, jupyterquiz and Markdown: their constructs, and what is wrong with them."""

from __future__ import annotations

import json

import pytest

from tests.questions.formats.files import codes, doubts, keys, png, read


def gift(folder, text):
    """Read the one question of a GIFT file."""
    reading = read(folder, "x.gift", text)
    return reading, reading.drafts[0].data if reading.drafts else {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ở đâu? {=Hà Nội ~Huế}", {"type": "single", "key": "a"}),
        ("::Tên\\:::Ở đâu? {~Huế =Hà Nội}", {"type": "single", "key": "b", "stem": "Ở đâu?"}),
        ("Họp ở {~Huế =Hà Nội} năm nào.", {"stem": "Họp ở _____ năm nào.", "key": "b"}),
        ("Chọn {~%50%a ~%-100%b ~%50%c}",
         {"type": "multiple", "key": ["a", "c"], "scoring": "moodle",
          "weights": {"a": "50", "b": "-100", "c": "50"}}),
        ("Chọn {~%50%a ~b ~%50%c}", {"key": ["a", "c"], "scoring": "moodle"}),
        ("Đúng. {TRUE}", {"type": "true_false", "key": True}),
        ("Sai. {F#vì thế#à}", {"type": "true_false", "key": False}),
        ("Tên? {=Hà Nội =%100%HN =%50%Thăng Long}",
         {"type": "short_text", "accepted": ["Hà Nội", "HN"]}),
        ("Mấy? {#29}", {"type": "numeric", "key": "29"}),
        ("Mấy? {#3.1415:0.0005}", {"key": "3.1415", "tolerance": "0.0005"}),
        ("Mấy? {#2..5}", {"key": "3.5", "tolerance": "1.5"}),
        ("Mấy? {# =8:0 # tốt =%50%8:2}", {"key": "8"}),
        ("Ghép {=Lào -> Viêng Chăn = Nga -> Mát-xcơ-va = -> Huế}",
         {"type": "matching", "key": {"a": "a", "b": "b"}}),
        ("Hỏi? {=a ~b ####Vì thế}", {"explanation": "Vì thế"}),
        ("// [id:c-7] [tag:nq 1] [tag:level-apply]\nHỏi? {=a ~b}",
         {"id": "c-7", "tags": ["nq-1"], "level": "apply"}),
        ("[html]<p>Hỏi <b>gì</b>\\: a \\= b?</p> {=a ~b}", {"stem": "Hỏi **gì**: a = b?"}),
        ("[plain]Hỏi 5*3*2? {=a ~b}", {"stem": "Hỏi 5\\*3\\*2?"}),
    ],
)  # fmt: skip
def test_gift_constructs(tmp_path, text, expected):
    """Each as Moodle documents it."""
    reading, data = gift(tmp_path, text)
    assert codes(reading) == []
    assert {key: data.get(key) for key in expected} == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Hỏi? {=a ~b", "gift.open"),
        ("Hỏi? {=a {b} ~c}", "gift.open"),
        ("Hỏi? {=a ~b}\nHỏi nữa? {=c ~d}", "gift.second"),
        ("Hỏi? {=a ~b}}", "gift.second"),
        ("Hỏi? {a}", "gift.no_answers"),
        ("Hỏi? {=a =b ~c}", "draft.not_one_right"),
        ("Hỏi? {~a ~b}", "draft.no_key"),
        ("Hỏi? {# =1 =2}", "draft.many_numbers"),
        ("Hỏi? {#một}", "draft.not_a_number"),
        ("Hỏi? {#NaN}", "draft.not_a_number"),
        ("Hỏi? {#1..sNaN}", "draft.not_a_number"),
        ("Hỏi? {#1e999999999}", "draft.not_a_number"),
        ("Hỏi? {#=1e400:1}", "draft.not_a_number"),
        ("Viết. {}", "draft.no_rubric"),
        ("[html]<script>x</script> {=a ~b}", "draft.active"),
        ('[html]<img src\\="@@PLUGINFILE@@/a.png"> {=a ~b}', "draft.no_picture"),
    ],
)
def test_gift_that_cannot_be_taken_over(tmp_path, text, code):
    """The place is the question's."""
    reading, _ = gift(tmp_path, text)
    assert (code, 1) in codes(reading)


@pytest.mark.parametrize("line", ["Hai? {=c ~d}", "Hai. {T}", "// lời\n\nHai? {=c ~d}"])
def test_a_brace_that_gift_misses_swallows_no_further_question(tmp_path, line):
    """The question before is told with the line of its brace, the others are read as ever."""
    text = f"Mở đầu.\n\nMột?\n{{=a ~b\n\n{line}\n\nBa? {{=e ~f}}\n"
    reading = read(tmp_path, "x.gift", text)
    assert codes(reading) == [("gift.open", 2)]
    assert "dấu { ở dòng 4" in reading.errors[0].message
    assert [draft.data.get("stem", "")[:3] for draft in reading.drafts] == ["Một", "Hai", "Ba?"]


def test_blank_lines_between_the_answers_of_gift_are_passed_over(tmp_path):
    """Moodle wouldn't, but nothing is in doubt; comments stand where they like."""
    reading, data = gift(tmp_path, "Hỏi? {\n\n=a\n\n// {\n\n~b \\{c\n\n}\n\nHai? {T}")
    assert (codes(reading), len(reading.drafts)) == ([], 2)
    assert [option["text"] for option in data["options"]] == ["a", "b {c"]


def test_what_gift_loses_is_told_once_with_its_questions(tmp_path):
    """Not once for each option."""
    text = "$CATEGORY: a\n\nMột? {=a#x ~b#y}\n\nHai? {=c#z ~%50%d}\n\nLời dẫn.\n"
    reading = read(tmp_path, "x.gift", text)
    found = {one.code: one.message for one in reading.problems}
    assert set(found) == {"draft.category", "draft.feedback", "draft.partial", "gift.description"}
    assert "câu 1, 2" in found["draft.feedback"]


def test_aiken_tells_all_faults_with_their_lines(tmp_path):
    """As many as there are, and reads what is good."""
    text = (
        "Một?\nA) a\nANSWER: A\n\nHai?\nA) a\nB) b\n\nBa?\nA) a\nC) c\nANSWER: A\n\n"
        "Bốn?\nA. a\nb) b\nANSWER: z\n\nNăm?\nA)a\nB)b\nANSWER: b\n\nA) a\nB) b\nANSWER: B"
    )
    reading = read(tmp_path, "x.txt", text)
    assert codes(reading) == [
        ("draft.few_options", 1), ("aiken.no_answer", 2), ("aiken.letters", 3),
        ("draft.key_not_option", 4), ("aiken.no_question", 6),
    ]  # fmt: skip
    assert keys(reading)[4] == "b"
    assert "(19)" in reading.drafts[4].place


def quiz(folder, *entries):
    """Read a jupyterquiz file."""
    return read(folder, "x.json", json.dumps(entries))


def test_jupyterquiz_constructs(tmp_path):
    """Choice, several choices, a value, a range, a string."""
    answers = [{"answer": "a", "correct": True}, {"answer": "b", "correct": False}]
    reading = quiz(
        tmp_path,
        {"question": "1?", "type": "multiple_choice", "answers": answers},
        {"question": "2?", "type": "many_choice", "answers": answers},
        {"question": "3?", "type": "numeric", "answers": [{"value": 3.14, "correct": True}]},
        {"question": "4?", "type": "numeric", "answers": [{"range": [2, 5], "correct": True}]},
        {"question": "5?", "type": "string", "answers": [{"answer": "x", "correct": True}]},
    )
    assert codes(reading) == []
    assert keys(reading) == ["a", ["a"], "3.14", "3.5", None]
    assert reading.drafts[4].data["accepted"] == ["x"]


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"question": "?", "type": "poem", "answers": []}, "draft.unknown_type"),
        ({"type": "string", "answers": []}, "json.no_question"),
        ("chữ", "json.no_question"),
        ({"question": "?", "type": "string"}, "json.no_answers"),
        ({"question": "?", "type": "multiple_choice", "answers": [{"answer": "a"}] * 2},
         "json.no_correct"),
        ({"question": "?", "type": "multiple_choice",
          "answers": [{"answer": "a", "correct": True}, {"answer": "b", "correct": True}]},
         "draft.not_one_right"),
        ({"question": "?", "type": "numeric", "answers": [{"value": "x", "correct": True}]},
         "draft.not_a_number"),
        ({"question": "<script>", "type": "string", "answers": [{"answer": "a", "correct": True}]},
         "draft.active"),
    ],
)  # fmt: skip
def test_jupyterquiz_that_cannot_be_taken_over(tmp_path, entry, code):
    """Told with the number of the question."""
    assert (code, 1) in codes(quiz(tmp_path, entry))


@pytest.mark.parametrize("value", ["NaN", "-Infinity", '"sNaN"', "1e400", "9" * 5000])
def test_jupyterquiz_takes_numbers_that_people_write(tmp_path, value):
    """JSON holds others as well: told as any other that is none."""
    text = '[{"question": "?", "type": "numeric", "answers": [{"value": %s, "correct": true}]}]'
    assert codes(read(tmp_path, "x.json", text % value)) == [("draft.not_a_number", 1)]


def test_an_escaped_tag_is_what_a_question_speaks_of(tmp_path):
    """In formats that hold the bank's own Markdown."""
    right = [{"answer": r"Thẻ \<script>", "correct": True}]
    reading = quiz(tmp_path, {"question": "?", "type": "string", "answers": right})
    assert codes(reading) == []
    text = "## Câu 1\nHỏi?\n- [x] \\<script>\n- [ ] b\n"
    assert codes(read(tmp_path, "x.md", text)) == []


def test_half_a_sign_is_told_as_a_broken_text(tmp_path):
    """JSON can hold one; no terminal and no file could."""
    reading = quiz(tmp_path, {"question": "a\ud800?", "type": "string", "\udfff": 1,
                              "answers": [{"answer": "😀", "correct": True}]})  # fmt: skip
    assert codes(reading) == [("draft.mojibake", 1)]
    assert reading.drafts[0].data["accepted"] == ["😀"]
    assert all(str(found).encode() for found in reading.problems)


def test_jupyterquiz_must_be_a_list(tmp_path):
    """Its schema files aren't questions."""
    assert codes(read(tmp_path, "x.json", "{}")) == [("json.no_list", 0)]


MARKDOWN = """# Đề

## Câu 1. Ở đâu?
- [x] Hà Nội
- [ ] Huế
Mức độ: vận dụng
Giải thích: Vì thế.
Và vì vậy.

## Câu 2
Ghép.
- Lào => Viêng Chăn
- Nga => Mát-xcơ-va
- … => Huế

## Câu 3
Xếp.
1. một
2. hai
3. ba
Loại: sắp xếp

## Câu 4
Mấy?
Loại: số
Đáp án: 29
Sai số: 0,5
Đơn vị: chương

## Câu 5
Xét.
- [x] đúng
- [ ] sai
Loại: nhóm đúng sai
"""


def test_markdown_constructs(tmp_path):
    """As docs/dinh-dang.md shows them."""
    reading = read(tmp_path, "x.md", MARKDOWN)
    assert codes(reading) == []
    one, two, three, four, five = [draft.data for draft in reading.drafts]
    assert (one["key"], one["level"], one["explanation"]) == ("a", "apply", "Vì thế.\nVà vì vậy.")
    assert (len(two["left"]), len(two["right"])) == (2, 3)
    assert three["key"] == ["a", "b", "c"]
    assert (four["key"], four["tolerance"], four["unit"]) == ("29", "0.5", "chương")
    assert [own["key"] for own in five["statements"]] == [True, False]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("Hỏi?", "draft.no_type"),
        ("Hỏi?\n- [x] a\n- [x] b", "draft.not_one_right"),
        ("Hỏi?\n- [ ] a\n- [ ] b", "draft.no_key"),
        ("- [x] a\n- [ ] b", "draft.no_stem"),
        ("Hỏi?\nLoại: thơ", "draft.unknown_type"),
        ("Hỏi?\n- [x] a\n- [ ] b\nĐiểm: nhiều", "draft.bad_points"),
        ("![Hình](khong.png)\nHỏi?\n- [x] a\n- [ ] b", "draft.no_picture"),
        ("![Hình](../a.png)\nHỏi?\n- [x] a\n- [ ] b", "draft.no_picture"),
        ("![Hình](https://a/b.png)\nHỏi?\n- [x] a\n- [ ] b", "draft.remote_picture"),
        ("![](a.png)\nHỏi?\n- [x] a\n- [ ] b", "draft.no_alt"),
        ("![Hình](a.txt)\nHỏi?\n- [x] a\n- [ ] b", "draft.picture_kind"),
    ],
)
def test_markdown_that_cannot_be_taken_over(tmp_path, body, code):
    """Pictures lie beside the file, never above it."""
    (tmp_path / "de").mkdir()
    (tmp_path / "a.png").write_bytes(png())
    (tmp_path / "de/a.png").write_bytes(png())
    (tmp_path / "de/a.txt").write_text("chữ", encoding="utf-8")
    assert (code, 7) in codes(read(tmp_path / "de", "x.md", f"## Câu 7\n{body}\n"))


def test_a_level_that_nobody_knows_is_doubtful(tmp_path):
    """And the question has none then."""
    text = "## Câu 1\nHỏi?\n- [x] a\n- [ ] b\nMức độ: tuyệt vời\n"
    reading = read(tmp_path, "x.md", text, level=None)
    assert doubts(reading) == [("draft.no_level", 0), ("draft.unknown_level", 1)]
