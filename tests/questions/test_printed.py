"""Questions as they are printed."""

from __future__ import annotations

import pytest

from questions.answers import key_words
from questions.printed import printed
from tests.factories import EVERY_TYPE, typed


def texts_of(type_: str) -> list[str]:
    """Return what a contestant must see of a question."""
    data = EVERY_TYPE[type_]
    parts = [data.get(name, ()) for name in ("options", "statements", "left", "right", "items")]
    return [part["text"] for found in parts for part in found]


@pytest.mark.parametrize("type_", sorted(EVERY_TYPE))
def test_the_contestants_copy_has_all_but_the_key(type_):
    """Number, stem and every text; neither the answer nor the explanation."""
    lines = "\n".join(printed(typed(type_), 7))
    assert lines.startswith(f"**Câu 7.** Câu hỏi thử loại {type_}?")
    for text in texts_of(type_):
        assert text in lines
    assert "Đáp án" not in lines
    assert "Theo dữ kiện thử" not in lines


@pytest.mark.parametrize("type_", sorted(EVERY_TYPE))
def test_the_markers_copy_has_the_key_behind_it(type_):
    """The same question, then the answer and why."""
    plain, full = printed(typed(type_), 1), printed(typed(type_), 1, with_key=True)
    assert full[: len(plain)] == plain
    behind = "\n".join(full[len(plain) :])
    assert behind.startswith("**Đáp án**")
    assert "*Giải thích:* Theo dữ kiện thử" in behind


@pytest.mark.parametrize("type_", ["numeric", "short_text", "cloze", "essay"])
def test_typed_answers_get_a_line_and_no_hint(type_):
    """Nothing of the key shows through."""
    lines = "\n".join(printed(typed(type_), 1))
    assert "\\_\\_\\_" in lines
    assert not any(words in lines for words in key_words(typed(type_)))


def test_letters_of_the_key_are_those_of_the_paper():
    """However its options are arranged."""

    def backwards(parts):
        return list(reversed(parts))

    single = printed(typed("single"), 1, with_key=True, shown=backwards)
    assert single[2:5] == ["- A. Bưởi", "- B. Quýt", "- C. Cam"]
    assert "- B. Quýt" in single[5:]
    matching = printed(typed("matching"), 1, with_key=True, shown=backwards)
    assert "- A. số 4" in matching
    assert "- 1\\. Một – D. số 1" in matching


@pytest.mark.parametrize("n", range(20))
def test_items_are_never_printed_in_their_right_order(n):
    """Whatever the question's id makes of them."""
    question = typed("ordering", id=f"c{n}", key=["a", "b", "c", "d"])
    lines = [line for line in printed(question, 1) if line.startswith("- ")]
    words = [line.rsplit(" ", 1)[1] for line in lines]
    assert sorted(words) == sorted(["Ba", "Một", "Bốn", "Hai"])
    assert words != ["Ba", "Một", "Bốn", "Hai"]


def test_own_points_and_pictures_are_printed():
    """A picture with the text that stands for it."""
    image = {"file": "ban-do.png", "alt": "Bản đồ"}
    lines = printed(typed("single", points="2.5", image=image), 3)
    assert lines[0].endswith("*(2,5 điểm)*")
    assert "![Bản đồ](anh/ban-do.png)" in lines


@pytest.mark.parametrize(
    ("least", "most", "expected"),
    [
        (5, 9, "*Viết từ 5 đến 9 chữ.*"),
        (5, None, "*Viết ít nhất 5 chữ.*"),
        (None, 9, "*Viết nhiều nhất 9 chữ.*"),
    ],
)
def test_the_length_of_an_essay_is_told(least, most, expected):
    """Where there is one."""
    assert expected in printed(typed("essay", min_words=least, max_words=most), 1)


def test_a_picture_stands_below_the_stem_with_its_words():
    """Read from the bank's folder of pictures; brackets in its words don't end them."""
    image = {"file": "so-do.png", "alt": "Sơ đồ [1]"}
    question = typed("single")
    shown = type(question).model_validate({**question.model_dump(), "image": image})
    assert printed(shown, 1)[2] == "![Sơ đồ \\[1\\]](anh/so-do.png)"
