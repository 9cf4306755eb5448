"""Numbers of certificates go on, and stay with what was certified."""

from __future__ import annotations

import os
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from contest.documents_rules import Documents
from contest.papers.issued import Given, KnownIssued, every_row, write_issued
from contest.papers.numbering import numbered
from contest.papers.signed import Certificate, private_key

KEY = private_key(b"k" * 32)
BLANK = Certificate(
    "", "Thí sinh thử", "Đơn vị mẫu", "đạt giải Nhất", "Cuộc thi", "Kỳ 1", "B", "v1"
)


def person(n: int, **changed: str) -> Given:
    """Return a person's certificate without a number."""
    one = replace(BLANK, **{"name": f"Thí sinh thử {n}", **changed})
    return Given(one, "ky-1", f"ts-{n}")


def unit(name: str, **changed: str) -> Given:
    """Return a unit's."""
    return Given(replace(BLANK, name=name, unit="", **changed), "ky-1", None)


def rows(some: list[Given]) -> list[dict[str, Any]]:
    """Return what is noted of certificates."""
    return [
        {"round": one.round_id, "contestant": one.contestant_id, "fields": asdict(one.certificate)}
        for one in some
    ]


def numbers(some: list[Given]) -> list[str]:
    """Return the numbers."""
    return [one.certificate.number for one in some]


def test_numbers_begin_where_the_rules_say_and_go_on() -> None:
    """Units share the register with people; a higher first number is begun with."""
    people = numbered([person(1), person(2)], [], 7, "GCN")
    assert numbers(people) == ["0007/GCN", "0008/GCN"]
    units = numbered([unit("A"), unit("A"), unit("B")], rows(people), 7, "GCN")
    assert numbers(units) == ["0009/GCN", "0010/GCN", "0011/GCN"]
    assert numbers(numbered([person(3)], rows(units), 50, "GCN")) == ["0050/GCN"]
    assert numbers(numbered([person(3)], rows(units), 1, "GCN-KHAC")) == ["0001/GCN-KHAC"]
    assert numbers(numbered([person(3)], rows(units), 1, "")) == ["0001"]
    assert numbers(numbered([person(1)], [], 99_999, "")) == ["99999"]


def test_the_same_certificate_keeps_its_number() -> None:
    """Whatever result it comes of, whatever the name is by then; another award has a new one."""
    before = numbered([person(1), person(2)], [], 1, "")
    same = numbered([person(2, version="v2", name="Tên sửa")], rows(before), 1, "")
    assert numbers(same) == ["0002"]
    assert numbers(numbered([person(2, award="đạt giải Nhì")], rows(before), 1, "")) == ["0003"]
    assert numbers(numbered([person(1), person(3), person(2)], rows(before), 1, "")) == [
        "0001", "0003", "0002",
    ]  # fmt: skip


@given(st.lists(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), max_size=6), max_size=6))
def test_no_two_certificates_share_a_number(runs: list[list[tuple[bool, int]]]) -> None:
    """Whatever is made in whatever order; made again, everything is as it was."""
    noted: list[dict[str, Any]] = []
    owner: dict[str, tuple[str | None, str]] = {}
    for some in runs:
        people = dict.fromkeys(n for is_person, n in some if is_person)
        given_ = [*map(person, people), *(unit(f"U{n}") for is_person, n in some if not is_person)]
        found = numbered(given_, noted, 1, "S")
        assert len(set(numbers(found))) == len(found)
        for one in found:
            about = (one.contestant_id, one.certificate.name)
            assert owner.setdefault(one.certificate.number, about) == about
        noted += rows(found)
        assert numbers(numbered(given_, noted, 1, "S")) == numbers(found)


def test_people_and_units_of_a_result_are_both_noted(tmp_path: Path) -> None:
    """Neither takes the other's place; names of units stand there, names of people don't."""
    people = numbered([person(1)], [], 1, "")
    write_issued(tmp_path, people, Documents(), "", 1, KEY, {})
    units = numbered([unit("Đơn vị mẫu 1")], every_row(tmp_path), 1, "")
    write_issued(tmp_path, units, Documents(), "", 1, KEY, {})
    found = every_row(tmp_path)
    assert sorted(row["fields"]["number"] for row in found) == ["0001", "0002"]
    assert [row["fields"].get("name") for row in found if row["contestant"]] == [None]
    (issued,) = KnownIssued(tmp_path).look()
    assert len(issued.of("ts-1", "ky-1", "Thí sinh thử 1", KEY)) == 1


def test_what_was_issued_is_read_again_where_it_changes(tmp_path: Path) -> None:
    """Newest first; a file that can't be read hides no other."""
    known = KnownIssued(tmp_path)
    assert known.look() == []
    for n, version in enumerate(("v1", "v2")):
        some = numbered([person(1, version=version)], [], 1, "")
        write_issued(tmp_path, some, Documents(), "", n, KEY, {"ky-1": version})
        os.utime(tmp_path / "chung_nhan" / f"{version}.json", ns=(n, n))
    assert [one.rests_on for one in known.look()] == [{"ky-1": "v2"}, {"ky-1": "v1"}]
    assert known.look() is known.look()
    (tmp_path / "chung_nhan" / "v2.json").write_text("{", encoding="utf-8")
    assert [one.rests_on for one in known.look()] == [{"ky-1": "v1"}]
