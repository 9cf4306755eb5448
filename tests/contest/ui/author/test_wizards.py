"""Both wizards: nothing is written before their last step, and then all of it or nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from contest.ui.author import AuthorPage
from contest.ui.author.drafting import DraftWizard
from contest.ui.author.importing import NEW, ImportWizard
from contest.ui.author.messages import text
from questions import load_bank
from tests.questions.conftest import FILES, BankFolder

WRITTEN = datetime(2026, 3, 15, tzinfo=UTC)
GIFT = """\
::q1:: Đơn vị mẫu có mấy phòng? {=Bốn ~Ba}

::q2:: Đơn vị mẫu có mấy người? {=Mười hai ~Mười}
"""
LETTER = """\
Số 12-CV/CQM

Địa danh mẫu, ngày 05 tháng 3 năm 2024

Đơn vị mẫu đã có 398 đại biểu dự hội nghị và đạt 8,02% kế hoạch năm 2023.
"""


def choose(wizard: ImportWizard | DraftWizard, name: str, content: bytes) -> None:
    """Choose a file as a browser does."""
    wizard.file.value = (
        {"name": name, "type": "", "size": len(content), "content": memoryview(content),
         "last_modified": WRITTEN},
    )  # fmt: skip


@pytest.fixture
def importing(page: AuthorPage) -> ImportWizard:
    """The import, with a file of two questions read."""
    wizard = page._importing
    choose(wizard, "đề.gift", GIFT.encode())
    wizard.level.value = "recall"
    wizard.read()
    return wizard


def unchanged(folder: BankFolder) -> bool:
    """Return whether the bank's files are as they were."""
    return all(folder.read(name) == content for name, content in FILES.items())


def test_a_file_is_shown_before_anything_is_written(
    importing: ImportWizard, folder: BankFolder
) -> None:
    """With the answers that were read."""
    assert "mấy phòng" in importing.shown.value
    assert "Bốn" in importing.shown.value
    assert unchanged(folder)


def test_an_import_goes_into_a_topic(importing: ImportWizard, page: AuthorPage) -> None:
    """The page shows it at once."""
    importing.topic.value = "rieng"
    importing.leave_out.value = "2"
    importing.write()
    assert "Đã ghi 1 câu bản nháp" in importing.said.value
    assert [one.data["stem"] for one in page.bank.rows(topic="rieng")][1:] == [
        "Đơn vị mẫu có mấy phòng?"
    ]


def test_an_import_can_make_a_topic(importing: ImportWizard, folder: BankFolder) -> None:
    """With its id and title."""
    importing.topic.value = NEW
    importing.new_id.value, importing.new_title.value = "moi", "Phần mới"
    importing.write()
    assert [topic.title for topic in load_bank(folder.path).topics][-1] == "Phần mới"


def test_bad_input_of_an_import_is_told(
    importing: ImportWizard, page: AuthorPage, folder: BankFolder
) -> None:
    """Nothing is written."""
    importing.topic.value, importing.new_id.value = NEW, "Mã xấu"
    importing.new_title.value = "Phần mới"
    importing.write()
    assert "Mã xấu" in importing.said.value
    importing.leave_out.value = "hai"
    importing.write()
    assert text("import.number_bad", value="hai") in importing.said.value
    importing.leave_out.value = "9"
    importing.write()
    assert text("import.number_unknown", numbers="9") in importing.said.value
    page.bank.remove(page.bank.entries[0])
    importing.write()
    assert text("unsaved", n=1) in importing.said.value
    choose(importing, "hỏng.docx", b"PK\x03\x04 not a package")
    importing.read()
    assert "<li>" in importing.said.value
    importing.write()
    assert text("import.unread") in importing.said.value
    assert unchanged(folder)


def test_without_a_file_the_wizards_ask_for_one(page: AuthorPage) -> None:
    """In words."""
    page._importing.read()
    page._drafting.read()
    assert text("import.no_file") in page._importing.said.value
    assert text("import.no_file") in page._drafting.said.value


def test_chosen_drafts_come_into_the_bank(page: AuthorPage, folder: BankFolder) -> None:
    """The others don't."""
    wizard = page._drafting
    choose(wizard, "công văn.txt", LETTER.encode())
    wizard.read()
    assert len(wizard.choices) > 1
    wizard.write()
    assert text("draft.none_chosen") in wizard.said.value
    assert unchanged(folder)
    id_ = next(iter(wizard.choices))
    wizard.choices[id_].value = True
    wizard.write()
    assert "Đã ghi 1 câu nháp" in wizard.said.value
    assert [one.id for one in page.bank.entries if one.id not in ("c-1", "c-2", "r-1")] == [id_]


def test_a_document_that_cannot_be_read_is_told(page: AuthorPage, tmp_path: Path) -> None:
    """With the reason."""
    wizard = page._drafting
    choose(wizard, "../x.pdf", b"%PDF-1.4 broken")
    wizard.read()
    assert "x.pdf" in wizard.said.value
    assert not list(tmp_path.glob("**/x.pdf"))
