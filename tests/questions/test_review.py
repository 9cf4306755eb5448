"""Stamps in the files that people edit."""

from __future__ import annotations

import datetime
import difflib
import os

import pytest

from questions import ProblemsFound, load_bank
from questions.review import set_status

DAY = datetime.date(2026, 11, 23)
BY = "Tổ thẩm định"


def statuses(folder) -> dict[str, str]:
    """Return question id -> the status that holds today."""
    bank = load_bank(folder.path)
    return {question.id: bank.status_of(question) for question in bank.questions}


def changed_lines(old: str, new: str) -> list[str]:
    """Return the lines that were removed or added, with - or + before them."""
    lines = difflib.ndiff(old.splitlines(), new.splitlines())
    return [line for line in lines if line[0] in "+-"]


def test_all_questions_are_stamped_where_none_is_named(folder):
    """The result names them in the bank's order."""
    assert set_status(folder.path, "reviewed", BY, DAY) == ["c-1", "c-2", "r-1"]
    assert set(statuses(folder).values()) == {"reviewed"}


def test_the_stamp_holds_by_whom_when_and_the_hash(folder):
    """The hash is that of the question and its facts, as a reviewer saw them."""
    set_status(folder.path, "approved", BY, DAY, ["r-1"])
    bank = load_bank(folder.path)
    question = bank.question_by_id["r-1"]
    assert question.status.model_dump() == {
        "status": "approved",
        "by": BY,
        "on": DAY,
        "hash": bank.reviewed_hash(question),
    }


def test_only_the_named_questions_are_stamped(folder):
    """The files of other topics aren't even written."""
    before = folder.read("chung.yml")
    assert set_status(folder.path, "reviewed", BY, DAY, ["r-1"]) == ["r-1"]
    assert statuses(folder) == {"c-1": "draft", "c-2": "draft", "r-1": "reviewed"}
    assert folder.read("chung.yml") == before


def test_nothing_but_the_stamps_changes_in_a_file(folder):
    """Comments, order and quotes stay as they were typed."""
    before = folder.read("chung.yml")
    set_status(folder.path, "reviewed", BY, DAY)
    changes = changed_lines(before, folder.read("chung.yml"))
    assert len(changes) == 10
    assert all(line.startswith("+ ") for line in changes)
    assert changes[:4] == [
        "+     status:",
        "+       status: reviewed",
        f"+       by: {BY}",
        "+       on: 2026-11-23",
    ]


def test_the_stamp_stands_within_its_question(folder):
    """Before the blank line and the comment that belong to the next one."""
    set_status(folder.path, "reviewed", BY, DAY)
    lines = folder.read("chung.yml").splitlines()
    comment = lines.index("  # câu hai")
    assert lines[comment - 1] == ""
    assert lines[comment - 2].startswith("      hash: ")


def test_a_stamp_is_replaced_in_place(folder):
    """Approving after reviewing changes the same four lines."""
    set_status(folder.path, "reviewed", BY, DAY)
    before = folder.read("rieng.yml")
    set_status(folder.path, "approved", "Ban Tổ chức", DAY + datetime.timedelta(1))
    changes = changed_lines(before, folder.read("rieng.yml"))
    assert [line for line in changes if line.startswith("+")] == [
        "+       status: approved",
        "+       by: Ban Tổ chức",
        "+       on: 2026-11-24",
    ]


def test_stamping_again_with_the_same_changes_nothing(folder):
    """The result is empty and no file is written."""
    set_status(folder.path, "reviewed", BY, DAY)
    before = (folder.path / "rieng.yml").stat().st_mtime_ns
    assert set_status(folder.path, "reviewed", BY, DAY, ["r-1"]) == []
    assert (folder.path / "rieng.yml").stat().st_mtime_ns == before


def test_an_approved_question_is_not_lowered_in_passing(folder):
    """Reviewing all takes only those that aren't there yet."""
    set_status(folder.path, "approved", BY, DAY, ["c-1"])
    assert set_status(folder.path, "reviewed", BY, DAY) == ["c-2", "r-1"]
    assert statuses(folder)["c-1"] == "approved"


def test_an_approved_question_is_lowered_where_it_is_named(folder):
    """Whoever names it, means it."""
    set_status(folder.path, "approved", BY, DAY, ["c-1"])
    assert set_status(folder.path, "reviewed", BY, DAY, ["c-1"]) == ["c-1"]
    assert statuses(folder)["c-1"] == "reviewed"


def test_a_question_edited_since_is_stamped_again(folder):
    """An edit sends it back to draft, and the next review takes it up."""
    set_status(folder.path, "approved", BY, DAY)
    folder.replace("rieng.yml", "hơn mười người", "quá mười người")
    assert statuses(folder)["r-1"] == "draft"
    assert set_status(folder.path, "reviewed", BY, DAY) == ["r-1"]


def test_an_edited_fact_sends_its_questions_back(folder):
    """What the key follows from has changed."""
    set_status(folder.path, "reviewed", BY, DAY)
    folder.replace("facts.yml", "Đơn vị mẫu có 12 người.", "Đơn vị mẫu có đúng 12 người.")
    assert set(statuses(folder).values()) == {"draft"}


@pytest.mark.parametrize(
    "written",
    [
        "status: {}",
        "status: {status: draft}  # nháp",
        "status: {status: draft, }",
        "status:\n      # chưa ai xem\n      status: draft",
        'status:\n      by: "A"\n      status: draft',
        "status:\n        status: >-\n          draft\n        by: |\n          A\n",
    ],
)
def test_any_way_of_writing_a_status_can_be_stamped(folder, written):
    """Block or flow, whole or in part, before other keys."""
    folder.replace("rieng.yml", "key: true", f"{written}\n    key: true")
    set_status(folder.path, "reviewed", BY, DAY, ["r-1"])
    assert statuses(folder)["r-1"] == "reviewed"


@pytest.mark.parametrize(
    "question",
    [
        "{id: r-1, type: true_false, level: apply, stem: Một, key: true, facts: [f.1]}",
        "{id: r-1, type: true_false, level: apply, stem: Một, facts: [f.1], key: true, }  # x",
        "{id: r-1, type: true_false,\n     level: apply, stem: Một, key: true,\n"
        "     facts: [f.1]\n    }",
        '"id": r-1\n    "type": true_false\n    level: apply\n    stem: Một\n    key: true\n'
        "    facts: [f.1]",
        "id: r-1\n    type: true_false\n    level: apply\n    facts: [f.1]\n    key: true\n"
        "    stem: |\n      Một\n\n      hai\n\n\n  # cuối",
    ],
)
def test_any_way_of_writing_a_question_can_be_stamped(folder, question):
    """What the bank's reader takes, the stamp finds its place in."""
    folder.write("rieng.yml", f"version: 1\nquestions:\n  - {question}")
    set_status(folder.path, "reviewed", "Tổ: #1, 'x'", DAY, ["r-1"])
    assert statuses(folder)["r-1"] == "reviewed"
    assert load_bank(folder.path).question_by_id["r-1"].status.by == "Tổ: #1, 'x'"


def test_windows_lines_and_byte_order_mark_stay(folder):
    """The file goes back to the editor it came from."""
    folder.write("rieng.yml", "\ufeff" + folder.read("rieng.yml").replace("\n", "\r\n"))
    set_status(folder.path, "reviewed", BY, DAY, ["r-1"])
    text = folder.read("rieng.yml")
    assert text.startswith("\ufeff")
    assert text.count("\n") == text.count("\r\n")
    assert statuses(folder)["r-1"] == "reviewed"


def test_a_bank_with_errors_is_refused(folder):
    """Nothing can be reviewed in it; nothing is written."""
    folder.replace("chung.yml", "key: b", "key: e")
    before = folder.read("rieng.yml")
    with pytest.raises(ProblemsFound, match="đáp án e"):
        set_status(folder.path, "reviewed", BY, DAY, ["r-1"])
    assert folder.read("rieng.yml") == before


def test_unknown_ids_are_all_named(folder):
    """And none of the others is stamped."""
    with pytest.raises(ProblemsFound) as raised:
        set_status(folder.path, "reviewed", BY, DAY, ["r-1", "x-1", "x-2"])
    assert [problem.code for problem in raised.value.problems] == ["question.unknown"] * 2
    assert "x-1" in str(raised.value)
    assert "x-2" in str(raised.value)
    assert statuses(folder)["r-1"] == "draft"


@pytest.mark.parametrize(
    ("status", "by", "on"),
    [
        ("draft", BY, DAY),
        ("duyệt", BY, DAY),
        ("reviewed", "  ", DAY),
        ("reviewed", "a\x07b", DAY),
        ("reviewed", BY, datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)),
        ("reviewed", BY, None),
    ],
)
def test_what_cannot_stand_in_a_stamp_is_refused(folder, status, by, on):
    """A stamp is a status, a name and a day."""
    before = folder.read("rieng.yml")
    with pytest.raises(ValueError):
        set_status(folder.path, status, by, on)
    assert folder.read("rieng.yml") == before


def test_where_one_file_cannot_be_written_none_is(folder, monkeypatch):
    """All texts are on the disk before the first file is replaced."""
    before = {name: folder.read(name) for name in ("chung.yml", "rieng.yml")}
    left = [1]

    def fsync(_handle: int) -> None:
        if not left.pop():
            raise OSError("disk full")
        left.append(0)

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(OSError, match="disk full"):
        set_status(folder.path, "reviewed", BY, DAY)
    assert {name: folder.read(name) for name in before} == before
    assert not list(folder.path.glob(".*"))


def test_permissions_and_links_stay(folder, tmp_path):
    """A linked file is changed where it lies."""
    real = tmp_path / "that.yml"
    (folder.path / "rieng.yml").rename(real)
    real.chmod(0o640)
    (folder.path / "rieng.yml").symlink_to(real)
    set_status(folder.path, "reviewed", BY, DAY, ["r-1"])
    assert (folder.path / "rieng.yml").is_symlink()
    assert "reviewed" in real.read_text(encoding="utf-8")
    assert real.stat().st_mode & 0o777 == 0o640
