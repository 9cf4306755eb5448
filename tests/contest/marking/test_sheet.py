"""A marker's workbook: nothing of the person in it, text stays text, all mistakes at once."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from contest.cli import main
from contest.directory import ContestDirectory
from contest.marking.marks import read_marks
from contest.service import Service
from contest.store.commands import MARK_KIND
from tests.contest.marking import helpers
from tests.contest.marking.helpers import MARKERS, ONE, TWO, essay_contest, in_room
from tests.factories import fields

BY = ("--by", "Thư ký mẫu")
GUIDE, PAGE = "Hướng dẫn", "Bài 1"
A, B, COMMENT = 4, 5, 6
"""Columns of the two criteria and of the comment."""


def run(*arguments: object) -> Any:
    """Run a command as somebody at a terminal would."""
    return CliRunner().invoke(main, list(map(str, arguments)))


def exported(directory: ContestDirectory, marker: str, out: Path) -> Path:
    """Export a marker's sheet."""
    result = run("marking", directory.path, "export", "--marker", marker, "--out", out)
    assert result.exit_code == 0, result.output
    return out


def filled(path: Path, *rows: tuple[Any, ...]) -> Path:
    """Fill points and comment into the rows of the first page, from the top."""
    book = load_workbook(path)
    for n, cells in enumerate(rows, start=2):
        for column, value in enumerate(cells, start=A):
            book[PAGE].cell(n, column, value)
    book.save(path)
    return path


def imported(directory: ContestDirectory, path: Path) -> Any:
    """Import a sheet."""
    return run("marking", directory.path, "import", path, *BY)


def stored(directory: ContestDirectory) -> list[tuple[str, int, str]]:
    """Return the marks written down: marker, total, comment."""

    async def work(service: Service, _: object) -> list[tuple[str, int, str]]:
        marks = read_marks(await service.store.actions(MARK_KIND))
        return [(one.marker, one.total, one.comment) for one in marks]

    return in_room(directory, work)


def test_sheet_holds_the_essays_and_nothing_of_their_writers(tmp_path: Path) -> None:
    """Question, rubric, explanation and text; neither name, phone, unit, contestant nor attempt."""
    directory = essay_contest(tmp_path / "thi")
    path = exported(directory, ONE, tmp_path / "phieu.xlsx")
    with zipfile.ZipFile(path) as opened:
        content = "".join(opened.read(name).decode("utf-8") for name in opened.namelist())
    for shown in ("Câu hỏi thử loại essay?", "Nêu được ý chính", "Theo dữ kiện thử", "Bài viết"):
        assert shown in content

    async def work(service: Service, _: object) -> list[str]:
        return await service.store.ids("contestants") + await service.store.ids("attempts")

    personal = [value for n in (1, 2, 3) for value in fields(n).values()]
    for hidden in (*in_room(directory, work), *personal, "dv-1", "Đơn vị mẫu"):
        assert hidden not in content
    assert path.stat().st_mode & 0o777 == 0o600


def test_text_that_looks_like_a_formula_stays_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what looks like the library's own markup, or like a link."""
    texts = ("=1+1", "<r>x</r>", "https://example.vn", "@a", "-1", "+1")
    monkeypatch.setattr(helpers, "essay_text", lambda number: texts[number - 1])
    directory = essay_contest(tmp_path / "thi", people=len(texts), markers=MARKERS[:2])
    book = load_workbook(exported(directory, ONE, tmp_path / "phieu.xlsx"))
    cells = [row[2] for row in book[PAGE].iter_rows(min_row=2)]
    assert sorted(cell.value for cell in cells) == sorted(texts)
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)


def test_marks_come_back_from_the_sheet(tmp_path: Path) -> None:
    """With a comma, a dot or as a number; a blank row is for later; again is nothing new."""
    directory = essay_contest(tmp_path / "thi")
    path = exported(directory, ONE, tmp_path / "phieu.xlsx")
    filled(path, ("4,5", 3.25, "Khá."))
    first = imported(directory, path)
    assert (first.exit_code, "Đã nhập 1 bài" in first.output) == (0, True), first.output
    assert stored(directory) == [(ONE, 7_750_000, "Khá.")]
    again = imported(directory, path)
    assert "Không có điểm mới" in again.output
    filled(path, ("4,5", 3.25, "Khá."), ("1.5", "2"))
    assert imported(directory, path).exit_code == 0
    assert [total for _, total, _ in stored(directory)] == [7_750_000, 3_500_000]


def test_sheet_shows_what_was_given_and_may_be_changed(tmp_path: Path) -> None:
    """What can't be changed any more isn't in it."""
    directory = essay_contest(tmp_path / "thi", people=2, markers=MARKERS[:2])
    imported(directory, filled(exported(directory, ONE, tmp_path / "1.xlsx"), (4, 4, "=Khá")))
    book = load_workbook(exported(directory, ONE, tmp_path / "2.xlsx"))
    rows = [[cell.value for cell in row][A - 1 :] for row in book[PAGE].iter_rows(min_row=2)]
    assert sorted(rows, key=str) == [[4, 4, "=Khá"], [None, None, None]]
    imported(directory, filled(exported(directory, TWO, tmp_path / "3.xlsx"), (4, 4), (4, 4)))
    book = load_workbook(exported(directory, ONE, tmp_path / "4.xlsx"))
    assert book[PAGE].max_row == 2


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """With sheet, row, what is wrong and the way out; nothing is written."""
    directory = essay_contest(tmp_path / "thi", people=4, markers=MARKERS[:2])
    path = exported(directory, ONE, tmp_path / "phieu.xlsx")
    filled(path, (5.25, "x"), (1, None), (4, 4), ("=1+1", 2))
    book = load_workbook(path)
    book[PAGE].cell(4, 1, 99)
    book[PAGE].cell(5, COMMENT, "a\u200bb")
    book.create_sheet("Trang lạ")
    book.save(path)
    result = imported(directory, path)
    assert result.exit_code == 1
    for told in (
        "phieu.xlsx!Bài 1:2: lỗi: điểm “5.25” của tiêu chí “Nêu được ý chính”",
        "phieu.xlsx!Bài 1:2: lỗi: điểm “x”",
        "phieu.xlsx!Bài 1:3: lỗi: chưa cho điểm tiêu chí “Có ví dụ”",
        "phieu.xlsx!Bài 1:4: lỗi: bài số “99”",
        "phieu.xlsx!Bài 1:5: lỗi: điểm “=1+1”",
        "phieu.xlsx!Bài 1:5: lỗi: nhận xét",
        "phieu.xlsx!Trang lạ: lỗi: trang này",
    ):
        assert told in result.output
    assert stored(directory) == []


def test_what_is_decided_meanwhile_is_refused(tmp_path: Path) -> None:
    """A sheet that comes late can't change it; where it says the same, all is well."""
    directory = essay_contest(tmp_path / "thi", people=1, markers=MARKERS[:2])
    path = exported(directory, ONE, tmp_path / "1.xlsx")
    imported(directory, filled(path, (4, 4)))
    imported(directory, filled(exported(directory, TWO, tmp_path / "2.xlsx"), (4, 4)))
    assert imported(directory, path).exit_code == 0
    late = imported(directory, filled(path, (5, 5)))
    assert (late.exit_code, "đã đủ điểm" in late.output) == (1, True)
    assert len(stored(directory)) == 2


@pytest.mark.parametrize(
    ("column", "row", "value", "told"),
    [
        (1, 3, "1", "đã có ở dòng"),
        (4, 1, "Tiêu chí khác", "dòng đầu đã bị sửa"),
    ],
)
def test_changed_rows_and_headings_are_found(
    tmp_path: Path, column: int, row: int, value: str, told: str
) -> None:
    """The same number twice; another first row."""
    directory = essay_contest(tmp_path / "thi", people=2, markers=MARKERS[:2])
    path = filled(exported(directory, ONE, tmp_path / "phieu.xlsx"), (4, 4), (4, 4))
    book = load_workbook(path)
    numbers = [book[PAGE].cell(n, 1).value for n in (2, 3)]
    book[PAGE].cell(row, column, numbers[0] if value == "1" else value)
    book.save(path)
    result = imported(directory, path)
    assert (result.exit_code, told in result.output) == (1, True), result.output
    assert stored(directory) == []


def test_other_files_and_people_are_refused(tmp_path: Path) -> None:
    """No workbook, another workbook, somebody who is no marker, a file that is there already."""
    directory = essay_contest(tmp_path / "thi", people=1, markers=MARKERS[:2])
    text = tmp_path / "x.xlsx"
    text.write_text("không phải Excel", encoding="utf-8")
    assert imported(directory, text).exit_code == 1
    path = exported(directory, MARKERS[0], tmp_path / "phieu.xlsx")
    export = ("marking", directory.path, "export", "--marker")
    assert "không ghi đè" in run(*export, MARKERS[0], "--out", path).output
    nobody = run(*export, "Ai đó", "--out", tmp_path / "y.xlsx")
    assert (nobody.exit_code, MARKERS[0] in nobody.output) == (1, True)
    book = load_workbook(path)
    book[GUIDE]["B2"] = "Ai đó"
    book.save(path)
    assert imported(directory, path).exit_code == 1
    del book[GUIDE]
    book.save(path)
    assert "trang đầu không ghi tên giám khảo" in imported(directory, path).output
