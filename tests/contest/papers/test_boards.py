"""Boards over several rounds in documents, money and certificates."""

from __future__ import annotations

from pathlib import Path

import pytest

from contest.documents_rules import Documents
from contest.papers.awards import awarded
from contest.papers.context import make_context
from contest.papers.result import Result, read_result
from tests.contest.papers.boarded import PRIZES, write_boarded


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """A final result of two rounds whose board has prizes of its own."""
    return read_result(write_boarded(tmp_path_factory.mktemp("bang")))


def test_board_lists_its_winners_and_the_standing(result: Result) -> None:
    """By the sum of both rounds; the prizes are the board's own."""
    (board,) = make_context(result, Documents()).values["cac_bang"]
    assert board["gom_ky"] == "Kỳ 1, Kỳ 2"
    assert [str(row["diem"]) for row in board["dung_dau"]] == ["390", "380", "350", "200"]
    won = [(one["ten"], [row["ma"] for row in one["nguoi"]]) for one in board["giai"]]
    assert won == [
        ("Giải Nhất toàn cuộc thi", ["ts-b"]),
        ("Giải Nhì toàn cuộc thi", ["ts-a", "ts-c"]),
    ]


def test_money_of_all_prizes_is_added_up(result: Result) -> None:
    """Of people and units, in rounds and on boards: what the decision states."""
    values = make_context(result, Documents()).values
    stated = {"nhat": 1_000_000, "nhi": 700_000, "ba": 500_000, "khuyen_khich": 300_000,
              "tong_nhat": 9_000_000, "tong_nhi": 4_000_000, "dan_dau": 1_000_000}  # fmt: skip
    tables = (result.people, result.units, result.boards, result.board_units)
    won = [name for table in tables for one in table["prize"].dropna() for name in one.split(";")]
    assert values["tong_tien"].raw == sum(stated[name] for name in won)
    assert {"tong_nhat", "nhat", "dan_dau"} <= set(won)


def test_a_prize_of_a_board_is_not_taken_for_one_of_a_round(tmp_path: Path) -> None:
    """Where rankings call theirs by the same id, each has its own title and money."""
    same = PRIZES.replace("tong_", "")
    values = make_context(read_result(write_boarded(tmp_path, prizes=same)), Documents()).values
    (board,) = values["cac_bang"]
    assert [one["ten"] for one in board["giai"]] == [
        "Giải Nhất toàn cuộc thi",
        "Giải Nhì toàn cuộc thi",
    ]
    money = [row["muc_thuong"].raw for one in board["giai"] for row in one["nguoi"]]
    assert money == [9_000_000, 4_000_000, 4_000_000]
    assert {row["giai"] for row in board["dung_dau"]} == {
        "Giải Nhất toàn cuộc thi", "Giải Nhì toàn cuộc thi", "",
    }  # fmt: skip
    for round_ in values["cac_ky"]:
        first = round_["giai"][0]
        assert first["ten"] == "Giải Nhất"
        assert first["nguoi"][0]["muc_thuong"].raw == 1_000_000


def test_winners_on_a_board_are_certified_behind_the_rounds(result: Result) -> None:
    """Each with the board's title in the place of the round's."""
    given = awarded(result, Documents())
    boards = [(one.name, one.award) for one in given if one.round == "Xét vào vòng chung kết"]
    assert boards == [
        ("Thí sinh thử ts-b", "đạt giải Nhất toàn cuộc thi"),
        ("Thí sinh thử ts-a", "đạt giải Nhì toàn cuộc thi"),
        ("Thí sinh thử ts-c", "đạt giải Nhì toàn cuộc thi"),
    ]
    assert [one.round for one in given][-3:] == ["Xét vào vòng chung kết"] * 3


def test_scores_alone_leave_the_spread_by_questions_empty(result: Result) -> None:
    """Nothing is known of questions: no row, instead of a fault."""
    assert all(one["muc_dung"] == [] for one in make_context(result, Documents()).values["cac_ky"])
