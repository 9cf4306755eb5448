"""The page as an author uses it: find, open, edit, save, approve; widgets without a browser."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from contest.clock import ManualClock
from contest.sample import init_directory
from contest.ui.author import AuthorPage, author_page
from contest.ui.author.fields import OWN
from contest.ui.author.folder import bank_to_edit
from contest.ui.author.messages import text
from contest.ui.author.table import ROWS
from questions.load import BANKS
from tests.contest.ui.author.helpers import entry, said
from tests.contest.ui.pressing import all_widgets, press
from tests.factories import OPENS
from tests.questions.conftest import FILES, BankFolder


def field(page: AuthorPage, label: str) -> Any:
    """Return the field of the open form with a label."""
    (found,) = [
        one
        for one in all_widgets(page.editor.box)
        if getattr(one, "description", "") == label and not isinstance(one, widgets.Button)
    ]
    return found


def test_every_cell_shows_something(page: AuthorPage) -> None:
    """Table and form, both wizards, approval."""
    cells = (page.questions, page.grounds, page.import_wizard, page.draft_wizard, page.approval)
    for cell in cells:
        assert isinstance(cell(), widgets.Widget)


def test_a_press_opens_a_question_and_its_preview(page: AuthorPage) -> None:
    """The preview is the contestant's widget: it tells positions and texts, never the key."""
    preview = page.editor._preview
    sent: list[dict[str, Any]] = []
    preview.send = sent.append  # type: ignore[method-assign]
    preview._received(preview, {"t": "hello", "page": "a" * 16}, [])
    press(page.questions(), "c-1")
    (paper,) = sent
    (question,) = paper["questions"]
    assert sorted(question["options"]) == ["11 người", "12 người"]
    assert "key" not in question
    preview._received(preview, {"t": "answer", "seq": 1, "pen": paper["pen"], "q": 1}, [])
    preview._received(preview, {"t": "submit", "seq": 2, "pen": paper["pen"]}, [])
    assert [message["t"] for message in sent[1:]] == ["ack", "refused"]


def test_an_edit_shows_its_difference_and_makes_a_draft(page: AuthorPage) -> None:
    """At once, and nothing is written yet."""
    page._approval.by.value = "Tổ nội dung"
    page.open(entry(page, "c-1"))
    press(page.approval(), text("approve.button"))
    assert "đã duyệt, Tổ nội dung" in page.editor._title.value
    field(page, text("field.stem")).value = "Đơn vị mẫu có mấy người?"
    assert "bản nháp (đã sửa sau khi đã duyệt" in page.editor._title.value
    assert "mấy người" in page.editor._diff.value
    assert text("save.todo", n=1) in page._todo.value


def test_saving_writes_and_says_so(page: AuthorPage, folder: BankFolder) -> None:
    """The comment beside the changed text stays."""
    page.open(entry(page, "c-1"))
    field(page, text("field.explanation")).value = "Mười hai."
    press(page.questions(), text("save"))
    assert "Đã lưu 1 mục" in said(page)
    assert "explanation: Mười hai.  # theo văn bản mẫu" in folder.read("chung.yml")
    press(page.questions(), text("save"))
    assert text("save.nothing") in said(page)


def test_a_refused_saving_lists_everything_and_writes_nothing(
    page: AuthorPage, folder: BankFolder
) -> None:
    """What people typed is shown as text, never as HTML."""
    page.open(entry(page, "c-1"))
    field(page, text("field.level")).value = ""
    page.open(entry(page, "c-2"))
    field(page, text("field.id")).value = "<b>Mã</b>"
    page.save()
    assert said(page).count("<li>") == 2
    assert "<b>Mã" not in said(page)
    assert folder.read("chung.yml") == FILES["chung.yml"]


def test_two_marks_in_a_single_choice_are_explained(page: AuthorPage) -> None:
    """The model would only say that there is no key."""
    page.open(entry(page, "c-1"))
    for box in all_widgets(page.editor.box):
        if getattr(box, "description", "") == text("column.right"):
            box.value = True
    assert text("edit.one_right", n=2) in page.editor._notes.value
    assert page.editor._preview_place.layout.display == "none"


def test_rows_can_be_added_moved_and_taken_away(page: AuthorPage) -> None:
    """Each change is in the question at once."""
    one = entry(page, "c-2")
    page.open(one)
    press(page.editor.box, text("row.add"))
    rows = [box for box in all_widgets(page.editor.box) if isinstance(box, widgets.HBox)]
    last = [row for row in rows if getattr(row.children[0], "placeholder", "") == "mã"][-1]
    assert last.children[0].value == "d"
    last.children[1].value = "Mười sáu"
    up, delete = last.children[-2:]
    up.click()
    assert [option["id"] for option in one.data["options"]] == ["a", "b", "d", "c"]
    first = next(row for row in rows if getattr(row.children[0], "value", "") == "b")
    first.children[-1].click()
    assert [option["id"] for option in one.data["options"]] == ["a", "d", "c"]
    assert delete is not first.children[-1]


def test_a_question_of_every_type_can_be_begun(page: AuthorPage) -> None:
    """It says what is still missing."""
    for type_ in OWN:
        page._new_type.value = type_
        press(page.questions(), text("new.add"))
        assert page.editor.entry is not None
        assert page.editor.entry.data["type"] == type_
        assert text("edit.problems", n=len(page.editor.entry.errors))[:10] in (
            page.editor._notes.value
        )


def test_a_question_can_be_taken_away_and_brought_back(page: AuthorPage) -> None:
    """It goes with the next saving."""
    page.open(entry(page, "c-1"))
    press(page.editor.box, text("edit.remove"))
    assert text("edit.removed") in page.editor._title.value
    press(page.editor.box, text("edit.undo"))
    assert page.bank.changed == []


def test_the_table_is_narrowed_and_leafed_through() -> None:
    """Its rows are made once, whatever the size of the bank."""
    page = AuthorPage(BANKS / "dai_hoi_xiv", ManualClock(OPENS))
    table = page.table
    made = len(all_widgets(table.box))
    press(table.box, text("table.next"))
    assert f"{ROWS + 1}–{2 * ROWS}" in table._count.value
    table._words.value = "khong co tu nay dau"
    assert text("table.none") in table._count.value
    table._words.value = ""
    table._filters["type_"].value = "essay"
    assert {one.data["type"] for one in table.found} == {"essay"}
    assert len(all_widgets(table.box)) == made


def test_comparing_works_while_the_page_is_used(page: AuthorPage) -> None:
    """In a thread of its own where there is a loop, as in a notebook."""

    async def compare() -> None:
        page.compare()
        assert text("bank.comparing") in said(page)
        assert page._comparing is not None
        await page._comparing

    asyncio.run(compare())
    assert "Đã so" in said(page)


def test_only_saved_questions_are_approved(page: AuthorPage, folder: BankFolder) -> None:
    """And somebody must say who."""
    page.open(entry(page, "c-1"))
    press(page.approval(), text("approve.button"))
    assert text("approve.who") in page._approval.said.value
    page._approval.by.value = "Tổ nội dung"
    field(page, text("field.level")).value = "apply"
    press(page.approval(), text("approve.button"))
    assert text("unsaved", n=1) in page._approval.said.value
    assert folder.read("chung.yml") == FILES["chung.yml"]


def test_all_that_the_table_shows_can_be_approved_at_once(page: AuthorPage) -> None:
    """But only when that is chosen."""
    page.table._filters["topic"].value = "chung"
    page._approval.which.value = "shown"
    page._approval.by.value = "Tổ nội dung"
    press(page.approval(), text("approve.button"))
    assert [page.bank.status(one) for one in page.bank.entries] == ["approved", "approved", "draft"]


def test_files_are_read_again_on_demand(page: AuthorPage, folder: BankFolder) -> None:
    """For those who edit them elsewhere too."""
    folder.replace("rieng.yml", "hơn mười người", "hơn chín người")
    press(page.questions(), text("bank.open"))
    assert "chín" in entry(page, "r-1").data["stem"]


def test_a_contest_with_the_built_in_bank_gets_a_copy(tmp_path: Path) -> None:
    """Made once; the built-in one is never written to."""
    contest = tmp_path / "thi"
    init_directory(contest, OPENS)
    folder, is_copy = bank_to_edit(contest)
    assert is_copy
    assert folder.is_relative_to(contest / "var")
    (folder / "bank.yml").write_text("version: 1\n", encoding="utf-8")
    assert bank_to_edit(contest) == (folder, True)
    assert (folder / "bank.yml").read_text(encoding="utf-8") == "version: 1\n"


def test_without_a_bank_every_cell_says_why(tmp_path: Path, monkeypatch: Any) -> None:
    """In Vietnamese, with the file to mend."""
    monkeypatch.setenv("TIMHIEU_CONTEST", str(tmp_path))
    page = author_page()
    assert "the_le.yml" in page.questions().value  # type: ignore[attr-defined]
    assert page.approval().value == page.questions().value  # type: ignore[attr-defined]
