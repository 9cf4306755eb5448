"""Questions that ask the same, and stems that tell another's answer."""

from __future__ import annotations

import time

from questions.lint.twins import twin_rules
from questions.lint.view import view
from questions.places import Place
from questions.yaml_lines import YamlFile
from tests.questions.lint.build import codes, single, true_false

FOUR = ("Sở Tài chính", "Sở Nội vụ", "Sở Tư pháp", "Sở Y tế")


def test_the_same_question_in_other_words_is_a_twin() -> None:
    """A word more or less makes no other question."""
    one = single("Cơ quan nào của tỉnh ban hành kế hoạch cải cách?", FOUR, id_="a-1")
    other = single("Cơ quan nào của tỉnh đã ban hành kế hoạch cải cách?", FOUR, id_="a-2")
    assert "twin" in codes(one, other)


def test_another_number_or_answer_makes_another_question() -> None:
    """`khóa XV` is not `khóa XVI`."""
    first = single("Cơ quan nào ban hành kế hoạch bầu cử khóa XV?", FOUR, id_="a-1")
    second = single("Cơ quan nào ban hành kế hoạch bầu cử khóa XVI?", FOUR, id_="a-2")
    assert "twin" not in codes(first, second)
    one = single("Phát biểu nào sau đây đúng?", FOUR, id_="a-1")
    other = single(
        "Phát biểu nào sau đây đúng?", ("Họp ở xã", "Họp ở thôn", "Họp ở bản"), id_="a-2"
    )
    assert "twin" not in codes(one, other)


def test_thousands_of_alike_questions_take_seconds() -> None:
    """Each set of twins is compared with its first only; else there were 12.5 million pairs."""
    file = YamlFile("chung.yml", {}, {(): 1})
    views = [
        view(true_false(f"Đơn vị mẫu ban hành kế hoạch {n % 7} về cải cách.", True, f"c-{n}"),
             Place(file, ("questions", n)))
        for n in range(5000)
    ]  # fmt: skip
    start = time.perf_counter()
    assert len(list(twin_rules(views))) == 5000 - 7
    assert time.perf_counter() - start < 5


def test_a_stem_that_tells_the_answer_of_another_is_told() -> None:
    """Where both are about one fact and the answer is a figure or a name."""
    asked = single("Năm nào đơn vị được lập?", ("Năm 2001", "Năm 2003", "Năm 2005"), id_="a-1")
    telling = single(
        "Đơn vị lập năm 2001, có bao nhiêu người?", ("120 người", "130 người", "140 người"),
        id_="a-2",
    )  # fmt: skip
    assert codes(asked, telling) == ["cue"]
    false = true_false("Đơn vị mẫu được lập năm 2001 ở xã khác.", False, id_="a-2")
    assert "cue" not in codes(asked, false)


def test_a_name_is_a_cue_where_the_fact_has_it_as_a_value() -> None:
    """The title of a list's item turns up in many stems and tells nothing."""
    asked = single("Cơ quan nào chủ trì?", FOUR, id_="a-1")
    telling = single("Sở Tài chính họp với ai?", ("Với dân", "Với thôn", "Với xã"), id_="a-2")
    assert codes(asked, telling) == []
    assert codes(asked, telling, names=["Sở Tài chính"]) == ["cue"]
