"""docs/tu-dau-den-cuoi.md, followed to the letter by somebody who only has the page."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from openpyxl import load_workbook

from contest.cli import main

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "tu-dau-den-cuoi.md").read_text(encoding="utf-8")
RULES = Path("cuoc_thi/the_le.yml")
COMMAND = ".venv/bin/timhieu "
PASSWORDS = {"Thư Ký Mẫu": "mật khẩu của thư ký", "Trưởng Ban Mẫu": "mật khẩu của trưởng ban"}
pytestmark = pytest.mark.timeout(1200)
"""It makes every document of a contest four times: a minute of processor time."""

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks() -> Iterator[tuple[str, str]]:
    """Yield kind and text of every fenced block; the kind of commands is empty."""
    for found in _BLOCK.finditer(PAGE):
        yield found[1], found[2]


def edit(section: str) -> None:
    """Put a section in the place of the one of the same name, or at the end."""
    written = RULES.read_text(encoding="utf-8")
    name = section.split(":")[0]
    old = re.compile(rf"^{name}:.*?(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
    new, times = old.subn(lambda _: section + "\n", written)
    assert times <= 1, name
    RULES.write_text(new if times else f"{written}\n{section}", encoding="utf-8")


def typed(arguments: list[str]) -> str:
    """Return what a person types where a command asks: their password, twice for a new one."""
    by = "--name" if arguments[0] == "people" else "--by"
    if arguments[0] == "people" or "--do" in arguments:
        return (PASSWORDS[arguments[arguments.index(by) + 1]] + "\n") * 2
    return ""


def run(line: str) -> str:
    """Run a command of the page; return what it says."""
    assert line.startswith(COMMAND), line
    arguments = shlex.split(line.removeprefix(COMMAND))
    done = CliRunner().invoke(main, arguments, input=typed(arguments))
    assert done.exit_code == 0, f"{line}\n{done.output}\n{done.exception!r}"
    return done.stdout


def shown(line: str, output: str) -> bool:
    """Return whether a line of the page is one of the output; `…` stands for anything."""
    pattern = ".*".join(map(re.escape, line.split("…")))
    return re.search(f"^{pattern}$", output, re.MULTILINE) is not None


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Follow the whole page in an empty directory; return that."""
    folder = tmp_path_factory.mktemp("trang")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        said = ""
        for kind, block in blocks():
            if kind == "yaml":
                edit(block)
            elif kind == "text":
                missing = [line for line in block.splitlines() if not shown(line, said)]
                assert missing == [], said
            else:
                said = "".join(run(line) for line in block.splitlines())
    return folder


def test_page_gives_signed_ready_papers_for_two_rounds_and_a_final(followed: Path) -> None:
    """Every round has its decision, with the people who won; the numbers are those of the rules."""
    for round_id in ("ky-1", "ky-2", "chung-ket"):
        papers = followed / "cuoc_thi/var/xet_giai" / round_id / "ket_qua/papers"
        decision = papers / "quyet_dinh_cong_nhan_ket_qua.docx"
        head = [cell.text for row in Document(decision).tables[0].rows for cell in row.cells]
        assert any("Số: 05/QĐ-BTC" in text for text in head)
        rows = [
            [cell.text for cell in row.cells]
            for table in Document(papers / "danh_sach_ca_nhan_dat_giai.docx").tables
            for row in table.rows
        ]
        winners = [row for row in rows if any(cell.startswith("Thí sinh thử") for cell in row)]
        assert len(winners) == 11


def test_only_those_admitted_took_part_in_the_final(followed: Path) -> None:
    """They are the twenty at the top of the board over both rounds."""
    admitted = _column(followed / "hai_ky/bang.csv", "contestant_id", "rank", 20)
    final = followed / "cuoc_thi/var/xet_giai/chung-ket/ket_qua/ca_nhan.csv"
    assert _column(final, "contestant_id", "rank", 20) == admitted


def test_page_leaves_what_it_names(followed: Path) -> None:
    """Workbook, certificates, pages, bundle and backup; the restored contest has the database."""
    sheets = load_workbook(followed / "lang_son.xlsx", read_only=True).sheetnames
    assert sheets == ["Câu hỏi", "Nguồn", "Dữ kiện"]
    assert len(list((followed / "giay_chung_nhan").glob("[0-9]*.pdf"))) == 33
    assert (followed / "dang/index.html").is_file()
    assert (followed / "ho_so.zip").is_file()
    assert (followed / "khoi_phuc/var/timhieu.db").is_file()
    assert (followed / "ket_qua/papers/cong_khai/danh_sach_ca_nhan_dat_giai.pdf").is_file()


def _column(path: Path, name: str, rank: str, top: int) -> set[str]:
    """Return the values of a column in the rows with a rank up to `top`."""
    head, *lines = path.read_text(encoding="utf-8-sig").splitlines()
    columns = head.split(",")
    rows = [dict(zip(columns, line.split(","), strict=False)) for line in lines]
    return {row[name] for row in rows if row[rank] and int(row[rank]) <= top}
