"""One entry of a file changes; everything else, and every comment, stays as it was typed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from questions.dump import dump_files
from questions.in_place import as_read
from questions.problems import ProblemsFound
from questions.rewrite import Change, rewritten
from questions.yaml_lines import parse_yaml
from tests.questions.strategies import banks

TYPED = """\
# Đầu tệp
version: 1
questions:
  # trước câu một
  - id: r-1   # mã
    type: single
    level: recall
    stem: 'Câu "một"?'  # lời hỏi
    options:
      # phương án
      - {id: a, text: Một}   # đúng
      - id: b
        text: "Hai"  # sai
    key: a
    # dữ kiện
    facts: [f.1]

  # trước câu hai
  - {id: r-2, type: true_false, level: apply, stem: x, key: true, facts: [f.1]}  # gọn
"""


FULL = banks().filter(lambda bank: bank.questions)


def entries(text: str) -> list[Any]:
    """Return the questions of a file."""
    file, problems = parse_yaml(text, "x.yml")
    assert file is not None, problems
    return file.data["questions"]


def edit(text: str, index: int, **new: Any) -> str:
    """Change keys of a question; None takes one away."""
    old = entries(text)[index]
    wanted = {key: value for key, value in {**old, **new}.items() if value is not None}
    return rewritten(text, "x.yml", "questions", {index: Change(old, wanted)})


def comments(text: str) -> list[str]:
    """Return the comments of a file that has no number sign elsewhere."""
    return sorted(re.findall(r"# [^\n]*", text))


def changed_lines(old: str, new: str) -> set[str]:
    """Return the lines that only the new text has."""
    return set(new.splitlines()) - set(old.splitlines())


def test_a_changed_value_leaves_all_other_lines() -> None:
    """The comment behind it stays behind it."""
    new = edit(TYPED, 0, stem="Câu mới?")
    assert changed_lines(TYPED, new) == {"    stem: Câu mới?  # lời hỏi"}
    assert comments(new) == comments(TYPED)


def test_a_changed_option_leaves_the_others() -> None:
    """Whether it is written on one line or on several."""
    options = entries(TYPED)[0]["options"]
    new = edit(TYPED, 0, options=[options[0], {"id": "b", "text": "Ba"}])
    assert changed_lines(TYPED, new) == {"        text: Ba  # sai"}
    new = edit(TYPED, 0, options=[{"id": "a", "text": "Mới"}, options[1]])
    assert entries(new)[0]["options"][0]["text"] == "Mới"
    assert comments(new) == comments(TYPED)


def test_options_may_come_go_and_change_places() -> None:
    """What comments said of an option that goes stays above the others."""
    one, two = entries(TYPED)[0]["options"]
    new = edit(TYPED, 0, options=[two, {"id": "c", "text": "Ba"}, one])
    assert comments(new) == comments(TYPED)
    assert [option["id"] for option in entries(new)[0]["options"]] == ["b", "c", "a"]
    new = edit(TYPED, 0, options=[two, {"id": "c", "text": "Ba"}])
    assert comments(new) == comments(TYPED)


def test_keys_are_added_at_their_place_and_taken_away() -> None:
    """In the order in which a question is read."""
    new = edit(TYPED, 0, explanation="Vì thế.", points="1.5", facts=None)
    assert list(entries(new)[0])[-3:] == ["key", "points", "explanation"]
    assert comments(new) == comments(TYPED)


def test_a_long_text_moves_its_comment_above() -> None:
    """A comment can't stand behind a folded text."""
    new = edit(TYPED, 0, stem="dài " * 40 + "?")
    assert "    # lời hỏi\n    stem: >-\n" in new
    assert comments(new) == comments(TYPED)


def test_the_first_key_may_change() -> None:
    """It stands on the line with the dash."""
    new = edit(TYPED, 0, id="r-9")
    assert changed_lines(TYPED, new) == {"  - id: r-9  # mã"}


def test_a_question_on_one_line_is_written_anew() -> None:
    """As every question is; its comment stays."""
    new = edit(TYPED, 1, key=False)
    assert entries(new)[1]["key"] is False
    assert comments(new) == comments(TYPED)


def test_questions_can_be_taken_away() -> None:
    """The list stays a list."""
    old = entries(TYPED)
    new = rewritten(TYPED, "x.yml", "questions", {0: Change(old[0], None)})
    assert entries(new) == [old[1]]
    assert "# trước câu hai" in new
    both = {n: Change(one, None) for n, one in enumerate(old)}
    assert entries(rewritten(TYPED, "x.yml", "questions", both)) == []


def test_marks_and_line_ends_of_windows_stay() -> None:
    """A file from Notepad stays one."""
    windows = "\ufeff" + TYPED.replace("\n", "\r\n")
    assert edit(windows[1:], 0, key="b").count("\r\n") == TYPED.count("\n")
    old = entries(TYPED)[0]
    new = rewritten(windows, "x.yml", "questions", {0: Change(old, {**old, "key": "b"})})
    assert new == windows.replace("key: a", "key: b")


def test_a_list_on_one_line_is_refused() -> None:
    """No entry has a line of its own."""
    text = "version: 1\nquestions: [{id: r-1, key: true}, {id: r-2, key: true}]\n"
    with pytest.raises(ProblemsFound) as found:
        edit(text, 0, key=False)
    assert [problem.code for problem in found.value.problems] == ["file.not_added"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(FULL, FULL, st.data())
def test_any_question_may_become_any_other(bank, other, data) -> None:
    """Comments wherever there may be some, and what isn't changed, stay."""
    topic = data.draw(st.sampled_from(sorted({one.topic for one in bank.questions})))
    questions = [one for one in bank.questions if one.topic == topic]
    text = commented(dump_files(bank)[f"{topic}.yml"], data)
    index = data.draw(st.integers(0, len(questions) - 1))
    before, after = as_read([questions[index]])[0], as_read([other.questions[0]])[0]
    new = rewritten(text, "x.yml", "questions", {index: Change(before, after)})
    expected = as_read(questions)
    expected[index] = after
    assert entries(new) == expected
    assert new.count("#!") == text.count("#!")


def commented(text: str, data: Any) -> str:
    """Put comments between lines and behind them, where the file stays what it is."""
    lines = text.splitlines()
    meant = entries(text)
    for place in data.draw(st.lists(st.integers(0, len(lines) - 1), max_size=4)):
        behind = data.draw(st.booleans())
        tried = list(lines)
        if behind:
            tried[place] += "  #! ý"
        else:
            tried.insert(place, "      #! ý")
        file, problems = parse_yaml("\n".join(tried) + "\n", "x.yml")
        if file and not problems and file.data["questions"] == meant:
            lines = tried
    return "\n".join(lines) + "\n"
