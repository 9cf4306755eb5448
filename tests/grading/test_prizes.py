"""Who wins what, and who is passed over: tables to check with a pencil."""

from __future__ import annotations

import pytest

from tests.grading.factories import grade_all, keys, prizes, records, rules, sit, units

BY_SCORE = ("score high",)
PAPERS = {"a": "rrr", "b": "rrw", "c": "rrw", "d": "rww", "e": "www"}
"""Ranks by score: a 1, b and c 2, d 4, e 5."""


def given(papers=PAPERS, **more):
    """Return one sitting per person."""
    return [sit(person, paper, **more) for person, paper in papers.items()]


def awarded(sittings, *stated, **more):
    """Return who won what, and why others were passed over."""
    result = grade_all(sittings, rules(*BY_SCORE, prizes={"people": stated}, **more)).prizes
    return [(who, prize or reason) for who, prize, reason in
            records(result, "contestant_id", "prize", "reason")]  # fmt: skip


EDGE_NONE = "bằng hạng với người khác ở chỗ hết giải: theo thể lệ không ai được"
EDGE_LOT = "bằng hạng với người khác ở chỗ hết giải: không trúng thăm"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        # b and c share places 2 and 3, where one second prize stands
        ({"edge": "all"}, [("a", "nhat"), ("b", "nhi"), ("c", "nhi")]),
        ({"edge": "none"}, [("a", "nhat"), ("b", EDGE_NONE), ("c", EDGE_NONE)]),
        # sha256("xo-so/b") begins with f9e6, sha256("xo-so/c") with 8a3a
        ({"edge": "lot", "lot": "xo-so"}, [("a", "nhat"), ("b", EDGE_LOT), ("c", "nhi")]),
    ],
)
def test_who_shares_the_last_place(more, expected):
    """All of them, none of them, or by a lot that anybody can draw again."""
    assert awarded(given(), prizes(("nhat", 1), ("nhi", 1), **more)) == expected


def test_equals_between_two_prizes():
    """`all`: the prize of their best place; `none`: that of their last."""
    equal = given({"a": "rrr", "b": "rrr", "c": "rww", "d": "www"})
    three = ("nhat", 1), ("nhi", 1), ("ba", 1)
    assert awarded(equal, prizes(*three)) == [("a", "nhat"), ("b", "nhat"), ("c", "ba")]
    assert awarded(equal, prizes(*three, edge="none")) == [("a", "nhi"), ("b", "nhi"), ("c", "ba")]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"requires": ["all_right"]}, "không trả lời đúng tất cả các câu"),
        ({"min_score": 25}, "điểm thấp hơn mức tối thiểu 25"),
    ],
)
def test_who_lacks_what_a_winner_must_have_is_passed_over(more, reason):
    """Only a has all three right, 30 points; the others would have had a prize by rank."""
    assert awarded(given(), prizes(("nhat", 1), ("nhi", 2), **more)) == [
        ("a", "nhat"),
        ("b", reason),
        ("c", reason),
    ]


def test_a_prize_may_ask_for_a_prediction():
    """b guessed the number of people exactly, c guessed, a and d didn't."""
    sittings = [sit("a", "rrr"), sit("b", "rrw", guess=4), sit("c", "rww", guess=9), sit("d", "w")]
    one = ("nhat", 1)
    assert awarded(sittings, prizes(one, requires=["prediction"])) == [
        ("a", "không dự đoán"),
        ("b", "nhat"),
    ]
    assert awarded(sittings, prizes(("nhat", 2), requires=["prediction", "prediction_exact"])) == [
        ("a", "không dự đoán"),
        ("b", "nhat"),
    ]


def test_a_share_of_contestants_at_most():
    """Five are ranked: half of them are two, and b and c can't both be the second."""
    full = "đã đủ tỷ lệ người đạt giải"
    assert awarded(given(), prizes(("nhat", 3), max_share="0.5")) == [
        ("a", "nhat"),
        ("b", full),
        ("c", full),
    ]


GROUPS = [
    sit("a", "rrr", group="can-bo"),
    sit("b", "rrw", group="can-bo"),
    sit("c", "rww", group="nhan-dan"),
    sit("d", "www", group="nhan-dan"),
]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"per": "group"}, [("a", "nhat"), ("b", "nhi"), ("c", "nhat"), ("d", "nhi")]),
        ({"per": "all"}, [("a", "nhat"), ("b", "nhi")]),
        (
            {"per": "quota", "quotas": [{"group": "nhan-dan", "counts": {"nhi": 2}}]},
            [("c", "nhi"), ("d", "nhi")],
        ),
    ],
)
def test_prizes_of_groups(more, expected):
    """Each group has them all; all groups are compared as one; each group has its quota."""
    assert awarded(GROUPS, prizes(("nhat", 1), ("nhi", 1), **more)) == expected


WEEKS = [
    sit("a", "rrw"), sit("b", "rrr"), sit("c", "rww"),
    sit("a", "rrr", round="ky-2"), sit("b", "rrw", round="ky-2"), sit("c", "rww", round="ky-2"),
]  # fmt: skip
"""ky-1: b, a, c; ky-2: a, b, c. One first and one second prize each week."""


@pytest.mark.parametrize(
    ("keep", "expected"),
    [
        (
            "higher",
            [
                ("ky-1", "b", "nhat"), ("ky-1", "a", "mỗi người một giải: đã giữ Giải nhat (ky-2)"),
                ("ky-1", "c", "nhi"),
                ("ky-2", "a", "nhat"), ("ky-2", "b", "mỗi người một giải: đã giữ Giải nhat (ky-1)"),
                ("ky-2", "c", "mỗi người một giải: đã giữ Giải nhi (ky-1)"),
            ],
        ),
        (
            "first",
            [
                ("ky-1", "b", "nhat"), ("ky-1", "a", "nhi"),
                ("ky-2", "a", "mỗi người một giải: đã giữ Giải nhi (ky-1)"),
                ("ky-2", "b", "mỗi người một giải: đã giữ Giải nhat (ky-1)"), ("ky-2", "c", "nhat"),
            ],
        ),
    ],
)  # fmt: skip
def test_one_prize_per_person_in_the_contest(keep, expected):
    """Who gives a prize back makes room for the next; the weeks follow as the rules say."""
    stated = prizes(("nhat", 1), ("nhi", 1), once="contest", keep=keep)
    result = grade_all(WEEKS, rules(*BY_SCORE, prizes={"people": [stated]})).prizes
    rows = records(result, "ranking", "contestant_id", "prize", "reason")
    found = [(ranking, who, prize or reason) for ranking, who, prize, reason in rows]
    assert found == expected


def test_a_person_may_win_every_week():
    """`once: ranking` is the default."""
    result = grade_all(WEEKS, rules(*BY_SCORE, prizes={"people": [prizes(("nhat", 2))]})).people
    assert records(result, "round", "contestant_id", "prize") == [
        ("ky-1", "b", "nhat"),
        ("ky-1", "a", "nhat"),
        ("ky-1", "c", None),
        ("ky-2", "a", "nhat"),
        ("ky-2", "b", "nhat"),
        ("ky-2", "c", None),
    ]


def test_prizes_of_a_board_and_of_one_round():
    """`of` names a board or a single round; a has 50 of 60, b 50 of 60 as well."""
    board = {
        "id": "chung",
        "title": "Cả cuộc thi",
        "rounds": ["ky-1", "ky-2"],
        "ranking": {"keys": keys("score high"), "ties": "shared"},
    }
    stated = {"people": [prizes(("nhat", 1), of="chung"), prizes(("tuan", 1), of="ky-2")]}
    result = grade_all(WEEKS, rules(*BY_SCORE, boards=[board], prizes=stated))
    rows = records(result.prizes, "ranking", "contestant_id", "prize", "rank")
    assert rows == [("chung", "a", "nhat", 1), ("chung", "b", "nhat", 1), ("ky-2", "a", "tuan", 1)]
    assert records(result.boards, "contestant_id", "rank", "score", "prize") == [
        ("a", 1, 50_000_000, "nhat"),
        ("b", 1, 50_000_000, "nhat"),
        ("c", 3, 20_000_000, None),
    ]


def test_prizes_go_to_units_as_winners_and_points():
    """The district has both winners below it: 10 + 8 points."""
    tree = units(("huyen", None, None, 9), ("xa1", "huyen", None, 4), ("xa2", "huyen", None, 5))
    sittings = [sit("a", "rrr", unit="xa1"), sit("b", "rrw", unit="xa2"), sit("c", "w", unit="xa2")]
    listed = [
        {"id": "nhat", "title": "Nhất", "count": 1, "points": 10, "value": 500_000},
        {"id": "nhi", "title": "Nhì", "count": 1, "points": 8},
    ]
    stated = rules(*BY_SCORE, prizes={"people": [prizes(prizes=listed)]})
    result = grade_all(sittings, stated, tree)
    assert records(result.units, "unit_id", "winners", "points", "first_prizes") == [
        ("huyen", 2, 18_000_000, 1),
        ("xa2", 1, 8_000_000, 0),
        ("xa1", 1, 10_000_000, 1),
    ]
    assert records(result.prizes, "title", "value", "points") == [
        ("Nhất", 500_000, 10_000_000),
        ("Nhì", None, 8_000_000),
    ]


@pytest.mark.parametrize(
    ("edge", "expected"),
    [
        ("all", [("xa1", "nhat", None), ("xa2", "nhat", None)]),
        ("none", [("xa1", None, EDGE_NONE), ("xa2", None, EDGE_NONE)]),
    ],
)
def test_prizes_of_units(edge, expected):
    """Two units with one person each share the first place of their level."""
    tree = units(("huyen", None, None, 9), ("xa1", "huyen", None, 4), ("xa2", "huyen", None, 5))
    sittings = [sit("a", "r", unit="xa1"), sit("b", "r", unit="xa2")]
    stated = {"units": [{**prizes(("nhat", 1), edge=edge), "level": 2}]}
    result = grade_all(sittings, rules(*BY_SCORE, prizes=stated), tree)
    assert records(result.prizes, "unit_id", "prize", "reason") == expected
    won = {"xa1", "xa2"} if edge == "all" else set()
    assert {id_ for id_, prize in records(result.units, "unit_id", "prize") if prize} == won


NOBODY = "đơn vị không có người dự thi"


@pytest.mark.parametrize(
    ("sittings", "expected"),
    [
        # the two without anybody share place 2, where the second prize stands
        (["xa2"], [("xa2", "nhat", None), ("xa1", None, NOBODY), ("xa3", None, NOBODY)]),
        ([], [("xa1", None, NOBODY), ("xa2", None, NOBODY), ("xa3", None, NOBODY)]),
        (["xa3", "xa1"], [("xa1", "nhat", None), ("xa3", "nhat", None)]),
    ],
)
def test_unit_in_which_nobody_took_part_wins_nothing(sittings, expected):
    """Though it has a rank, by which it would have had a prize."""
    tree = units(*((f"xa{n}", None, None, 4) for n in (1, 2, 3)))
    stated = {"units": [{**prizes(("nhat", 1), ("nhi", 1)), "level": 1}]}
    people = [sit(unit, "r", unit=unit) for unit in sittings]
    result = grade_all(people, rules(*BY_SCORE, prizes=stated), tree)
    assert records(result.prizes, "unit_id", "prize", "reason") == expected


def test_units_behind_one_in_which_nobody_took_part_move_up():
    """Fewest people first: the empty unit stands ahead, the next one wins."""
    tree = units(("a", None, None, 4), ("b", None, None, 4), ("c", None, None, 4))
    people = [sit("1", "r", unit="b"), sit("2", "r", unit="c"), sit("3", "r", unit="c")]
    by = {"terms": [{"measure": "people", "weight": -1}]}
    stated = rules(*BY_SCORE, by=by, prizes={"units": [{**prizes(("nhat", 1)), "level": 1}]})
    result = grade_all(people, stated, tree)
    assert records(result.prizes, "unit_id", "rank", "prize", "reason") == [
        ("a", 1, None, NOBODY),
        ("b", 2, "nhat", None),
    ]


ALL = {"people": [prizes(("nhat", 1))], "units": [{**prizes(("nhat", 1)), "level": 1}]}


def test_prizes_wait_while_a_result_waits_for_a_marker():
    """The one who waits may turn out first; neither people nor units have a prize before."""
    tree = units(("a", None, None, 4), ("b", None, None, 4))
    people = [sit("1", "rww", unit="a"), sit("2", "rr?", unit="b")]
    stated = rules(*BY_SCORE, prizes=ALL)
    assert len(grade_all(people, stated, tree).prizes) == 0
    marked = [sit("1", "rww", unit="a"), sit("2", "rrr", unit="b")]
    assert records(grade_all(marked, stated, tree).prizes, "unit_id", "contestant_id") == [
        ("b", "2"),
        ("a", None),
        ("b", None),  # one person each
    ]


def test_only_rankings_in_which_somebody_waits_give_no_prizes():
    """The other round's stand; so do those of a round in which a waiting attempt doesn't count."""
    given_ = [
        sit("1", "rww"),
        sit("2", "rr?"),
        sit("1", "rww", round="ky-2"),
        sit("3", "r??", round="ky-2", excluded=True),
    ]
    result = grade_all(given_, rules(*BY_SCORE, prizes={"people": [prizes(("nhat", 1))]}))
    assert result.waiting == {"ky-1": 1}
    assert records(result.prizes, "ranking", "contestant_id") == [("ky-2", "1")]


def test_prizes_wait_for_a_true_value_from_outside():
    """The order isn't known before it, so nothing is given."""
    stated = rules(
        "score high", "prediction_error low",
        predicted={"true_value": "outside"}, prizes={"people": [prizes(("nhat", 1))]},
    )  # fmt: skip
    result = grade_all(given(), stated)
    assert len(result.prizes) == 0
    assert result.predicted["ky-1"].pending == "outside"
