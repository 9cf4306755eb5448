"""Whose prizes stand under which heading, and in which order."""

from __future__ import annotations

from contest.papers.prize_rows import Groups, winners
from contest.papers.prizes import PrizeList
from contest.papers.rows import Naming
from grading.prize_rules import PeoplePrizes
from tests.grading.factories import grade_all, prizes, rules, sit

STATED = prizes(("nhat", 1), ("nhi", 1))
TITLES = {"dan": "Người dân", "chung": "Cán bộ"}
NAMING = Naming(str, str, str)


def listed(titles: dict[str, str], *, apart: bool) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return heading, group and (person, rank) of each prize of a contest with two groups."""
    sittings = [
        sit("a", "rrw", took=50_000),
        sit("b", "rww", took=10_000),
        sit("c", "rrr", took=90_000, group="dan"),
        sit("d", "rww", took=70_000, group="dan"),
    ]
    people = grade_all(sittings, rules(prizes={"people": [STATED]})).people
    known = PrizeList([PeoplePrizes.model_validate(STATED)])
    return [
        (one["tieu_de"], one["nhom"], [(row["ma"], row["hang"]) for row in one["nguoi"]])
        for one in winners(people, known, NAMING, Groups(titles, apart))
    ]


def test_winners_stand_under_their_group_where_groups_are_ranked_apart() -> None:
    """In the rules' order of groups, each prize of all groups before the next."""
    assert listed(TITLES, apart=True) == [
        ("Giải nhat – Người dân: 01 giải nhat", "Người dân", [("c", "1")]),
        ("Giải nhat – Cán bộ: 01 giải nhat", "Cán bộ", [("a", "1")]),
        ("Giải nhi – Người dân: 01 giải nhi", "Người dân", [("d", "2")]),
        ("Giải nhi – Cán bộ: 01 giải nhi", "Cán bộ", [("b", "2")]),
    ]


def test_one_ranking_has_no_headings_of_groups() -> None:
    """A board for all groups together, or a contest with one group."""
    for titles, apart in ((TITLES, False), ({"chung": "Mọi thí sinh"}, True)):
        assert [(heading, group) for heading, group, _ in listed(titles, apart=apart)] == [
            ("Giải nhat: 02 giải nhat", ""),
            ("Giải nhi: 02 giải nhi", ""),
        ]
