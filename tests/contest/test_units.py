"""The unit list: a tree, read strictly."""

from __future__ import annotations

from pathlib import Path

import pytest

from contest.units import Unit, Units, read_units, sort_key
from questions.problems import Problem
from tests.factories import UNITS

HEADER = "unit_id,name,parent_id,block,headcount\n"


def read(tmp_path: Path, text: str | bytes) -> tuple[Units | None, list[Problem]]:
    """Read a unit list with this content."""
    path = tmp_path / "don_vi.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_units(path, "don_vi.csv")


def units(tmp_path: Path, text: str = UNITS) -> Units:
    """Return the units of a list without problems."""
    result, problems = read(tmp_path, text)
    assert not problems
    assert result is not None
    return result


def found(tmp_path: Path, text: str | bytes) -> list[tuple[str, int]]:
    """Return code and line of every problem; there must be no units then."""
    result, problems = read(tmp_path, text)
    assert (result is None) == bool(problems)
    return [(problem.code, problem.line) for problem in problems]


def test_good_list_is_read_in_its_order(tmp_path: Path) -> None:
    """With the line of each unit."""
    result = units(tmp_path)
    assert [unit.unit_id for unit in result.units] == ["khoi-a", "dv-1", "dv-2", "khoi-b", "dv-3"]
    assert result.by_id["dv-2"] == Unit("dv-2", "Đơn vị mẫu 2", "khoi-a", "Khối A", 60)
    assert result.rows["dv-3"] == 6


def test_leaves_are_what_nothing_belongs_to(tmp_path: Path) -> None:
    """Whatever their level."""
    result = units(tmp_path, HEADER + "a,A,,,\nb,B,a,,\nc,C,b,,\nd,D,,,\n")
    assert [unit.unit_id for unit in result.leaves] == ["c", "d"]


def test_path_and_level_climb_the_tree(tmp_path: Path) -> None:
    """Three levels."""
    result = units(tmp_path, HEADER + "c,C,b,,\nb,B,a,,\na,A,,,\n")
    assert [unit.unit_id for unit in result.path("c")] == ["c", "b", "a"]
    assert [result.level(id_) for id_ in "abc"] == [1, 2, 3]


@pytest.mark.parametrize(
    ("a", "b", "c", "expected"),
    [("", 3, 4, 7), (10, 3, 4, 10), ("", "", 4, None), (0, 3, 4, 0)],
)
def test_headcount_is_the_own_one_or_the_sum_below(
    tmp_path: Path, a: object, b: object, c: object, expected: int | None
) -> None:
    """And unknown where one of those below is."""
    result = units(tmp_path, HEADER + f"a,A,,,{a}\nb,B,a,,{b}\nc,C,a,,{c}\n")
    assert result.headcount("a") == expected


def test_children_are_sorted_the_vietnamese_way(tmp_path: Path) -> None:
    """Numbers by value, đ behind d."""
    names = ["Đội 10", "Đội 9", "Ban Ánh", "Ban An", "Dân quân"]
    text = HEADER + "".join(f"u{n},{name},,,\n" for n, name in enumerate(names))
    result = [unit.name for unit in units(tmp_path, text).children[None]]
    assert result == ["Ban An", "Ban Ánh", "Dân quân", "Đội 9", "Đội 10"]


def test_listed_units_stand_behind_what_they_belong_to(tmp_path: Path) -> None:
    """Siblings in alphabetical order, at every level."""
    text = HEADER + "b,Bình,,,\nb2,Hai,b,,\na,An,,,\nb1,Ba,b,,\na1,Một,a,,\nx,Xã,b1,,\n"
    result = [unit.unit_id for unit in units(tmp_path, text).listed]
    assert result == ["a", "a1", "b", "b1", "x", "b2"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["dan", "dat", "doi"]),
        ("dân", ["dan"]),
        ("dan", ["dan"]),
        ("DAN  quan", ["dan"]),
        ("quân dân", ["dan"]),
        ("doi", ["doi"]),
        ("đ", ["dat", "doi", "dan"]),
        ("không có", []),
    ],
)
def test_units_are_found_by_their_words(tmp_path: Path, query: str, expected: list[str]) -> None:
    """With or without marks, in any order; the very marks come first."""
    text = HEADER + "doi,Đội tuyển,,,\ndat,Đất Mũi,,,\ndan,Dân quân,,,\n"
    assert [unit.unit_id for unit in units(tmp_path, text).search(query)] == expected


def test_sort_key_knows_no_case() -> None:
    """Nor whether marks are composed."""
    assert sort_key("ÁNH") == sort_key("a\u0301nh")


def test_data_is_read_back(tmp_path: Path) -> None:
    """What a frozen round holds gives the same units and the same hash."""
    expected = units(tmp_path)
    result = Units.from_data(expected.to_data())
    assert result == expected
    assert result.content_hash() == expected.content_hash()


@pytest.mark.parametrize("old", ["Đơn vị mẫu 1", ",40", "khoi-a,Khối A,60"])
def test_hash_covers_every_column(tmp_path: Path, old: str) -> None:
    """Name, headcount, parent."""
    changed = {"Đơn vị mẫu 1": "Khác", ",40": ",41", "khoi-a,Khối A,60": "khoi-b,Khối A,60"}[old]
    expected = units(tmp_path).content_hash()
    assert units(tmp_path, UNITS.replace(old, changed)).content_hash() != expected


def test_mark_of_excel_and_its_newlines_are_no_problem(tmp_path: Path) -> None:
    """UTF-8 with BOM and CRLF, quoted cells, blank lines."""
    raw = "\ufeff" + HEADER.replace("\n", "\r\n") + 'a,"A, hai",,,\r\n\r\n,,,,\r\nb,B,a,,3\r\n'
    result = units(tmp_path, raw)
    assert [unit.name for unit in result.units] == ["A, hai", "B"]
    assert result.rows["b"] == 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"\xff\xfe", [("file.unreadable", 0)]),
        ("", [("units.header", 1)]),
        ("unit_id,name\n", [("units.header", 1)]),
        ("unit_id;name;parent_id;block;headcount\n", [("units.header", 1)]),
        (HEADER, [("units.none", 1)]),
        (HEADER + "a,A,,\n", [("units.cells", 2), ("units.none", 1)]),
        (HEADER + "a,A,,,,\n", [("units.cells", 2), ("units.none", 1)]),
        (HEADER + ",A,,,\n", [("units.empty", 2), ("units.none", 1)]),
        (HEADER + "a,A,,,-1\nb,B,,,1.000\nc,C,,,\u0661\n", [
            ("units.headcount", 2), ("units.headcount", 3), ("units.headcount", 4),
            ("units.none", 1),
        ]),
        (HEADER + "a,A,,,\nb,B,,,\na,C,,,\n", [("units.repeated", 4)]),
        (HEADER + "a,A,,,\nb,B,z,,\n", [("units.parent", 3)]),
        (HEADER + "a,A,a,,\n", [("units.circle", 2)]),
        (HEADER + "a,A,b,,\nb,B,a,,\n", [("units.circle", 2), ("units.circle", 3)]),
        (HEADER + "a,A,,,x\nb,B,a,,\n", [("units.headcount", 2)]),
        (HEADER + 'a,A,,,\n"' + "x" * 200_000, [("units.quote", 3)]),
        ('"' + "x" * 200_000, [("units.header", 1)]),
        (HEADER + 'a,A,,,\nb,"B,,,\nc,C,,,\n', [("units.quote", 3)]),
        (HEADER + 'a,A,,,\nb,"B" C,,,\n', [("units.quote", 3)]),
    ],
    ids=lambda value: None if isinstance(value, (str, bytes)) else value[0][0],
)  # fmt: skip
def test_bad_lists_are_refused_with_their_lines(
    tmp_path: Path, text: str | bytes, expected: list[tuple[str, int]]
) -> None:
    """And then there are no units at all."""
    assert found(tmp_path, text) == expected


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    """One list for one file."""
    text = HEADER + "a,,,,\nb,B,nowhere,,\nc,C,,,x\nb,D,,,\n"
    assert sorted(found(tmp_path, text)) == [
        ("units.empty", 2), ("units.headcount", 4), ("units.parent", 3), ("units.repeated", 5),
    ]  # fmt: skip


def test_missing_list_is_named(tmp_path: Path) -> None:
    """With the name that the user knows."""
    result, (problem,) = read_units(tmp_path / "don_vi.csv", "don_vi.csv")
    assert result is None
    assert (problem.file, problem.code) == ("don_vi.csv", "file.missing")
