"""Rankings over several rounds and prizes of units, on the published pages."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from contest.commands.publish import publish_folder
from tests.contest.papers.boarded import write_boarded


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A result of both rounds of a board, and its pages."""
    folder = tmp_path_factory.mktemp("nhieu_ky")
    out = write_boarded(folder)
    publish_folder(out, folder / "dang", draft=False)
    return out, folder / "dang"


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file of a result."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def cells(content: str, heading: str) -> list[list[str]]:
    """Return the rows of the first table under a heading of a section: their cells as text."""
    section = content[re.search(f"<h2 [^>]*>{heading}</h2>", content).end() :]  # type: ignore[union-attr]
    table = section[section.index("<tbody>") : section.index("</tbody>")]
    plain = re.sub(r'<span class="below">.*?</span>', "", table)
    cell = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.S)
    rows = [cell.findall(row) for row in plain.split("</tr>")[:-1]]
    return [[re.sub("<[^>]*>", " ", one).strip() for one in row] for row in rows]


def test_board_stands_before_the_rounds_with_its_winners(made: tuple[Path, Path]) -> None:
    """By what people have in all of its rounds; the prizes are the board's own."""
    out, pages = made
    content = (pages / "index.html").read_text(encoding="utf-8")
    board = content.index(">Xét vào vòng chung kết</h2>")
    assert board < content.index(">Kỳ 1</h2>")
    assert "cộng các kỳ: Kỳ 1, Kỳ 2." in content
    won = [row for row in rows_of(out / "bang.csv") if row["prize"]]
    shown = cells(content, "Xét vào vòng chung kết")
    assert [row[0] for row in shown] == [row["rank"] for row in won]
    assert [row[-1] for row in shown] == [
        "Giải Nhất toàn cuộc thi", "Giải Nhì toàn cuộc thi", "Giải Nhì toàn cuộc thi",
    ]  # fmt: skip
    assert [row[3] for row in shown] == ["390", "380", "350"]
    everybody = (pages / "ca-nhan-b1-1.html").read_text(encoding="utf-8")
    assert everybody.count('<th scope="row">') == len(rows_of(out / "bang.csv"))


def test_data_of_a_board_name_nobody(made: tuple[Path, Path]) -> None:
    """What its pages show, by the same columns; no id of a person."""
    out, pages = made
    told = json.loads((pages / "bang.json").read_text(encoding="utf-8"))
    graded = rows_of(out / "bang.csv")
    assert [(row["score"], row["rounds"]) for row in told] == [
        (row["score"], row["rounds"]) for row in graded
    ]
    for path in pages.iterdir():
        content = path.read_text(encoding="utf-8")
        for row in graded:
            assert row["contestant_id"] not in content.replace(row["name"], "")
            assert row["name"] not in content


def test_prizes_of_units_stand_in_their_tables(made: tuple[Path, Path]) -> None:
    """By their titles; a table without any has no column for them."""
    out, pages = made
    content = (pages / "index.html").read_text(encoding="utf-8")
    won = {row["unit"] for row in rows_of(out / "tap_the.csv") if row["prize"]}
    assert won
    tables = re.findall(r'<table><caption id="khoi-.*?</table>', content, re.S)
    for table in tables:
        titled = re.findall(r'<th scope="row">([^<]*)<span class="below">Giải: ([^<]*)<', table)
        assert bool(titled) == ('<th scope="col" class="side">Giải</th>' in table)
        assert {unit for unit, _ in titled} <= won
    told = json.loads((pages / "tap_the.json").read_text(encoding="utf-8"))
    assert {row["unit"] for row in told if row["prize"]} == won
    assert all(row["prize_title"] != row["prize"] for row in told if row["prize"])


def test_board_whose_rounds_are_not_all_graded_says_so(tmp_path: Path) -> None:
    """A standing after one of two rounds isn't taken for the end."""
    out = write_boarded(tmp_path, ("ky-1",))
    publish_folder(out, tmp_path / "dang", draft=False)
    content = (tmp_path / "dang" / "index.html").read_text(encoding="utf-8")
    assert "mới cộng 1 trong 2 kỳ: Kỳ 1." in content
