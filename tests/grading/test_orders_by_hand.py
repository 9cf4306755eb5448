"""The orders that real contests use, each on one small table that can be checked with a pencil.

I1 to I8 are orders of people, U1 to U10 of units, as the thể lệ of real contests state them.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.grading.factories import grade_all, keys, prizes, records, rules, sit, units

# Everybody sat once or twice; 6 people took part, so the prediction's true value is 6.
#       who     paper   guess  took ms  started  registered
PEOPLE = [
    sit("an", "rrr", guess=8, took=50, start=10, registered=5),
    sit("binh", "rrr", guess=4, took=40, start=30, registered=4),
    sit("chi", "rrr", guess=7, took=60, start=0, registered=3),
    sit("dung", "rrw", guess=6, took=10, start=0, registered=2),
    sit("en", "rrr", guess=5, took=60, start=0, registered=6),
    sit("giang", "rww", guess=6, took=10, start=5, registered=1),
    sit("en", "rrr", number=2, took=70, guess=1),
]
"""Distances: an 2, binh 2, chi 1, dung 0, en 1, giang 0. Submitted at: an 60, binh 70, chi 60,
dung 10, en 60, giang 15. en has two maximum papers, of which the shorter counts."""

ORDERS = {
    # all right -> distance -> submission time
    "I1": (
        ["all_right high", "prediction_error low", "submitted_at low"],
        "1 chi tie, 1 en tie, 3 an prediction_error, 4 binh submitted_at, 5 dung all_right, "
        "6 giang submitted_at",
    ),
    # maximum score -> distance, nothing more
    "I2": (
        ["score high", "prediction_error low"],
        "1 chi tie, 1 en tie, 3 an prediction_error, 3 binh tie, 5 dung score, 6 giang score",
    ),
    # score -> distance -> duration -> log-in -> maximum papers
    "I3": (
        ["score high", "prediction_error low", "duration low", "registered_at low",
         "maximum_papers high"],
        "1 chi registered_at, 2 en registered_at, 3 binh prediction_error, 4 an duration, "
        "5 dung score, 6 giang score",
    ),
    # score -> duration -> distance
    "I4": (
        ["score high", "duration low", "prediction_error low"],
        "1 binh duration, 2 an duration, 3 chi duration, 3 en tie, 5 dung score, 6 giang score",
    ),
    # score -> duration -> time of sitting
    "I5": (
        ["score high", "duration low", "started_at low"],
        "1 binh duration, 2 an duration, 3 chi duration, 3 en tie, 5 dung score, 6 giang score",
    ),
    # all right -> distance -> time of taking part
    "I7": (
        ["all_right high", "prediction_error low", "started_at low"],
        "1 chi tie, 1 en tie, 3 an prediction_error, 4 binh started_at, 5 dung all_right, "
        "6 giang started_at",
    ),
    # score -> duration
    "I8": (
        ["score high", "duration low"],
        "1 binh duration, 2 an duration, 3 chi duration, 3 en tie, 5 dung score, 6 giang score",
    ),
}  # fmt: skip


def said(rows):
    """Return rows of rank, person and decider as one line."""
    return ", ".join(" ".join(map(str, row)) for row in rows)


@pytest.mark.parametrize("order", ORDERS)
def test_orders_of_people(order):
    """Who is where, and which key separated them from the one above."""
    stated, expected = ORDERS[order]
    result = grade_all(PEOPLE, rules(*stated)).people
    assert said(records(result, "rank", "contestant_id", "decided_by")) == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (["maximum_papers high", "registered_at high"], "en an binh chi dung giang"),
        (["attempts low", "registered_at low"], "giang dung chi binh an en"),
        (["attempts high", "correct low", "registered_at low"], "en giang dung chi binh an"),
    ],
)
def test_further_keys(stated, expected):
    """Maximum papers, attempts, right answers and the log-in, in either direction."""
    result = grade_all(PEOPLE, rules(*stated)).people
    assert [who for (who,) in records(result, "contestant_id")] == expected.split()


def test_i6_total_over_weeks_inside_quotas_of_groups():
    """I6: total score, then total duration, then the number of attempts; 1 prize a group.

    a 30 + 20 in 100 ms, b 20 + 30 in 90 ms, c 30 + 20 in 90 ms with one attempt more, d 30 once.
    """
    sittings = [
        sit("a", "rrr", took=50), sit("a", "rrw", round="ky-2", took=50),
        sit("b", "rrw", took=50), sit("b", "rrr", round="ky-2", took=40),
        sit("c", "rrr", took=40), sit("c", "rrw", round="ky-2", took=50),
        sit("c", "www", round="ky-2", number=2, took=5),
        sit("d", "rrr", took=1, group="nhan-dan"),
    ]  # fmt: skip
    board = {
        "id": "chung", "title": "Cả đợt", "rounds": ["ky-1", "ky-2"],
        "ranking": {"keys": keys("score high", "duration low", "attempts low"), "ties": "shared"},
    }  # fmt: skip
    quotas = [{"group": "chung", "counts": {"nhat": 2}}, {"group": "nhan-dan", "counts": {}}]
    stated = prizes(("nhat", 3), of="chung", per="quota", quotas=quotas)
    result = grade_all(sittings, rules("score high", boards=[board], prizes={"people": [stated]}))
    columns = ("group", "rank", "contestant_id", "decided_by", "score", "ranked_ms", "attempts",
               "rounds", "prize")  # fmt: skip
    assert records(result.boards, *columns) == [
        ("chung", 1, "b", "attempts", 50_000_000, 90, 2, 2, "nhat"),
        ("chung", 2, "c", "attempts", 50_000_000, 90, 3, 2, "nhat"),
        ("chung", 3, "a", "duration", 50_000_000, 100, 2, 2, None),
        ("nhan-dan", 1, "d", None, 30_000_000, 1, 1, 1, None),
    ]


# --- what happens to equals


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ({"ties": "shared"}, "1 a score, 2 b score, 2 c tie, 4 d score"),
        ({"ties": "dense"}, "1 a score, 2 b score, 2 c tie, 3 d score"),
        # sha256("kqxs/b") begins with eddd, sha256("kqxs/c") with fccc
        ({"ties": "lot", "lot": "kqxs"}, "1 a score, 2 b score, 3 c lot, 4 d score"),
        # sha256("xo-so/b") begins with f9e6, sha256("xo-so/c") with 8a3a
        ({"ties": "lot", "lot": "xo-so"}, "1 a score, 2 c score, 3 b lot, 4 d score"),
    ],
)
def test_equals(people, expected):
    """Shared ranks with and without a gap, and lots anybody can draw again."""
    papers = {"a": "rrr", "b": "rrw", "c": "rwr", "d": "www"}
    sittings = [sit(who, paper) for who, paper in papers.items()]
    result = grade_all(sittings, rules("score high", people=people)).people
    assert said(records(result, "rank", "contestant_id", "decided_by")) == expected


@pytest.mark.parametrize(
    ("resolution", "expected"),
    [({}, "1 b duration, 2 a duration"), ({"duration": "s"}, "1 a tie, 1 b tie")],
)
def test_durations_to_the_second(resolution, expected):
    """1.9 s and 1.1 s are one second each: cut off, not rounded."""
    sittings = [sit("a", "r", took=1900), sit("b", "r", took=1100)]
    result = grade_all(sittings, rules("duration low", people=resolution)).people
    assert said(records(result, "rank", "contestant_id", "decided_by")) == expected


@pytest.mark.parametrize(
    ("key", "more"),
    [
        ("submitted_at", {"took": 100}),
        ("started_at", {"took": 100}),
        ("registered_at", {}),
    ],
)
def test_moments_to_the_second(key, more):
    """All three follow the one setting."""
    sittings = [sit("a", "r", start=300, registered=300, **more), sit("b", "r", start=20, **more)]
    exact, cut = (
        grade_all(sittings, rules(f"{key} low", people={"submitted_at": resolution})).people
        for resolution in ("ms", "s")
    )
    assert records(exact, "contestant_id", "rank") == [("b", 1), ("a", 2)]
    assert records(cut, "contestant_id", "rank") == [("a", 1), ("b", 1)]


@pytest.mark.parametrize(
    ("equal", "expected"),
    [
        ("same", "1 a tie, 1 b tie, 3 c prediction_error"),
        ("above_first", "1 b prediction_error, 2 a prediction_error, 3 c prediction_error"),
        ("below_first", "1 a prediction_error, 2 b prediction_error, 3 c prediction_error"),
    ],
)
def test_one_above_and_one_below(equal, expected):
    """3 people: a said 2, b said 4, c said 9."""
    sittings = [sit("a", "r", guess=2), sit("b", "r", guess=4), sit("c", "r", guess=9)]
    result = grade_all(sittings, rules("prediction_error low", predicted={"equal": equal})).people
    assert said(records(result, "rank", "contestant_id", "decided_by")) == expected


@pytest.mark.parametrize(("counts", "value"), [(False, 1), (True, 2)])
def test_whether_excluded_entries_count_in_what_was_predicted(counts, value):
    """One person was excluded by a ruling."""
    sittings = [sit("a", "r"), sit("b", "r", excluded=True)]
    result = grade_all(sittings, rules(predicted={"excluded_count": counts}))
    assert result.predicted["ky-1"].true_value == value


def test_a_prediction_of_the_whole_contest():
    """a takes part in both rounds and is one person: two people in all."""
    sittings = [sit("a", "r"), sit("a", "r", round="ky-2"), sit("b", "r", round="ky-2")]
    result = grade_all(sittings, rules(predicted={"scope": "contest"}))
    assert {one.true_value for one in result.predicted.values()} == {2}


def test_a_prediction_of_rounds_that_are_not_graded_is_pending():
    """The rules name a third round; nothing is known yet, and nobody has a distance."""
    stated = rules(predicted={"scope": "contest"}, rounds=["ky-1", "ky-2"])
    result = grade_all([sit("a", "r", guess=1)], stated)
    assert result.predicted["ky-1"].pending == "rounds"
    assert records(result.people, "prediction_error") == [(None,)]


@pytest.mark.parametrize(
    ("valid", "expected"),
    [
        ({}, [("a", "ranked", 1), ("b", "ranked", 1), ("c", "ranked", 2)]),
        ({"all_answered": True}, [("a", "ranked", 2), ("b", "invalid", 1), ("c", "ranked", 2)]),
        ({"prediction": True}, [("a", "ranked", 1), ("b", "ranked", 1), ("c", "invalid", 2)]),
    ],
)
def test_valid_papers(valid, expected):
    """a's better paper has a gap, so the other counts; b has only one with a gap; c no guess."""
    sittings = [
        sit("a", "rr-", guess=1), sit("a", "rww", number=2, guess=1), sit("b", "rr-", guess=1),
        sit("c", "www"), sit("c", "rww", number=2),
    ]  # fmt: skip
    result = grade_all(sittings, rules("score high", valid=valid)).people
    assert sorted(records(result, "contestant_id", "status"), key=str) == [
        (who, status) for who, status, _ in expected
    ]
    numbers = {who: int(id_[-1]) for who, id_ in records(result, "contestant_id", "attempt_id")}
    assert numbers == {who: number for who, _, number in expected}


def test_granted_time_in_proportion():
    """a took 120 ms with 100 granted on 100 allowed: 60 count; b took 70."""
    sittings = [sit("a", "r", took=120, granted=100, allowed=100), sit("b", "r", took=70)]
    raw, scaled = (
        grade_all(sittings, rules("duration low", duration=how)).people for how in ("raw", "scaled")
    )
    assert records(raw, "contestant_id", "ranked_ms") == [("b", 70), ("a", 120)]
    assert records(scaled, "contestant_id", "duration_ms", "ranked_ms") == [
        ("a", 120, 60),
        ("b", 70, 70),
    ]


def test_a_board_that_asks_for_every_round():
    """b missed one; groups together."""
    board = {
        "id": "chung", "title": "Chung", "rounds": ["ky-1", "ky-2"], "complete": True,
        "groups": "together", "ranking": {"keys": keys("score high"), "ties": "shared"},
    }  # fmt: skip
    sittings = [sit("a", "r"), sit("a", "r", round="ky-2"), sit("b", "rr", group="nhan-dan")]
    result = grade_all(sittings, rules("score high", boards=[board])).boards
    assert records(result, "contestant_id", "rank", "rounds", "status") == [
        ("a", 1, 2, "ranked"),
        ("b", None, 1, "not_counted"),
    ]


# --- units

TREE = units(("n", None, None, 8), ("m", None, None, 4), ("p", None, None, 2), ("q", None, None, 9))
UNIT_SITTINGS = [
    sit("n1", "rrr", unit="n"), sit("n2", "rww", unit="n"), sit("n3", "www", unit="n"),
    sit("m1", "rrw", unit="m"), sit("m2", "rrw", unit="m"), sit("m1", "www", unit="m", number=2),
    sit("m2", "www", unit="m", number=2),
    sit("p1", "rrr", unit="p"), sit("p2", "rww", unit="p"),
]  # fmt: skip
"""n: 3 people, 3 entries, 3/8, scores 30 10 0; m: 2 people, 4 entries, 2/4, scores 20 20; p: 2
people, 2 entries, 2/2, scores 30 10; q: nobody of 9. First prizes: n1 and p1 (10 points each); then
m1 and m2 (8 each)."""
UNIT_PRIZES = {
    "people": [
        prizes(
            prizes=[
                {"id": "nhat", "title": "Nhất", "count": 2, "points": 10},
                {"id": "nhi", "title": "Nhì", "count": 2, "points": 8},
            ]
        )
    ]
}
UNIT_ORDERS = {
    "U1 people": ("people", "1 n people, 2 m people, 2 p tie, 4 q people"),
    "U2 entries": ("attempts", "1 m attempts, 2 n attempts, 3 p attempts, 4 q attempts"),
    "U3 share": ("share", "1 p share, 2 m share, 3 n share, 4 q share"),
    # N1 = n; N2 = m and p together; then S1, S2 are placed, S3 too: q is left
    "U4 interleaved": (
        {"kind": "interleaved", "lists": [{"measure": "people"}, {"measure": "share"}]},
        "1 n people, 2 m people, 2 p tie, 4 q share",
    ),
    # n 37.5 + 10, m 50 + 16, p 100 + 10, q 0 + 0
    "U5 share and prize points": (
        {"terms": [{"measure": "share", "weight": 100}, {"measure": "prize_points"}]},
        "1 p sum, 2 m sum, 3 n sum, 4 q sum",
    ),
    # n m p q: people 3 2 2 0, total score 3 3 3 0, entries 2 3 1 0: 8, 8, 6, 0
    "U6 rank points": (
        {
            "kind": "rank_points", "first": 3, "top": 3,
            "lists": [{"measure": "people"}, {"measure": "total_score"}, {"measure": "attempts"}],
        },
        "1 m tie, 1 n tie, 3 p rank_points, 4 q rank_points",
    ),
    # fewest people: m p 4, n 2; entries m 4, n 3, p 2; q has nobody and no place in either list
    "U6 nobody has no points": (
        {
            "kind": "rank_points", "first": 4, "top": 4,
            "lists": [{"measure": "people", "weight": -1}, {"measure": "attempts"}],
        },
        "1 m rank_points, 2 p rank_points, 3 n rank_points, 4 q rank_points",
    ),
    # 3 + 40, 2 + 40, 2 + 40
    "U7 people and points": (
        {"terms": [{"measure": "people"}, {"measure": "total_score"}]},
        "1 n sum, 2 m sum, 2 p tie, 4 q sum",
    ),
    # 3 + 1, 2 + 2, 2 + 1, 0
    "U8 people and winners": (
        {"terms": [{"measure": "people"}, {"measure": "winners"}]},
        "1 m tie, 1 n tie, 3 p sum, 4 q sum",
    ),
    "U9 first prizes": (
        "first_prizes", "1 n tie, 1 p tie, 3 m first_prizes, 3 q tie"
    ),
    # the measurable part of what organisers judge: mean of the two best scores, 20 20 20
    "U10 mean of the best two": (
        {"terms": [{"measure": "best_mean", "best": 2}]},
        "1 m tie, 1 n tie, 1 p tie, None q None",
    ),
    # best three, missing ones 0: 40/3 each
    "mean of the best three": (
        {"terms": [{"measure": "best_mean", "best": 3}]},
        "1 m tie, 1 n tie, 1 p tie, None q None",
    ),
    "mean score": ("mean_score", "1 m tie, 1 p tie, 3 n mean_score, None q None"),
    "winners": ("winners", "1 m winners, 2 n winners, 2 p tie, 4 q winners"),
}  # fmt: skip


@pytest.mark.parametrize("order", UNIT_ORDERS)
def test_orders_of_units(order):
    """Which unit is where, and which measure separated it from the one above."""
    by, expected = UNIT_ORDERS[order]
    stated = rules("score high", by=by, prizes=UNIT_PRIZES)
    result = grade_all(UNIT_SITTINGS, stated, TREE).units
    assert said(records(result, "rank", "unit_id", "decided_by")) == expected


def test_the_figures_of_units():
    """Both people and entries are always shown, and the number the rank goes by."""
    by = {"terms": [{"measure": "share", "weight": 100}, {"measure": "prize_points"}]}
    result = grade_all(UNIT_SITTINGS, rules("score high", by=by, prizes=UNIT_PRIZES), TREE).units
    columns = ("unit_id", "people", "attempts", "share", "total_score", "winners", "value")
    assert records(result, *columns) == [
        ("p", 2, 2, 1, 40_000_000, 1, 110),
        ("m", 2, 4, Fraction(1, 2), 40_000_000, 2, 66),
        ("n", 3, 3, Fraction(3, 8), 40_000_000, 1, Fraction(95, 2)),
        ("q", 0, 0, 0, 0, 0, 0),
    ]


def test_interleaved_lists_take_turns():
    """By people a 4, b 3, c 2, d 1; by share d 1, c 2/3, b 3/6, a 4/40: a, b, d, c."""
    tree = units(("a", None, None, 40), ("b", None, None, 6), ("c", None, None, 3),
                 ("d", None, None, 1))  # fmt: skip
    counts = {"a": 4, "b": 3, "c": 2, "d": 1}
    sittings = [sit(f"{unit}{n}", "r", unit=unit) for unit, k in counts.items() for n in range(k)]
    by = {"kind": "interleaved", "lists": [{"measure": "people"}, {"measure": "share"}]}
    result = grade_all(sittings, rules("score high", by=by), tree).units
    assert said(records(result, "rank", "unit_id", "decided_by")) == (
        "1 a people, 2 b people, 3 d share, 4 c people"
    )


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"then": [{"measure": "attempts"}]}, "1 n people, 2 m people, 3 p attempts, 4 q people"),
        ({"ties": "dense"}, "1 n people, 2 m people, 2 p tie, 3 q people"),
        ({"min_people": 1}, "1 n people, 2 m people, 2 p tie, None q None"),
        ({"min_headcount": 4}, "1 n people, 2 m people, 3 q people, None p None"),
    ],
)
def test_equal_and_small_units(more, expected):
    """What comes next, ranks without gaps, and the least size."""
    result = grade_all(UNIT_SITTINGS, rules("score high", units=more), TREE).units
    assert said(records(result, "rank", "unit_id", "decided_by")) == expected


def test_blocks_together_and_levels_apart():
    """One ranking over both blocks; the file stays sorted by block."""
    tree = units(("a", None, "A", 9), ("b", None, "B", 9), ("c", None, "B", 9), ("d", "c", "B", 1))
    sittings = [sit("1", "r", unit="b"), sit("2", "r", unit="b"), sit("3", "r", unit="a")]
    result = grade_all(sittings, rules("score high", units={"blocks": "together"}), tree).units
    assert records(result, "block", "rank", "unit_id") == [
        ("A", 2, "a"),
        ("B", 1, "b"),
        ("B", 1, "d"),
        ("B", 3, "c"),
    ]


def test_what_is_doubtful_about_a_unit_is_said():
    """No headcount, one smaller than the people who took part, and too few people."""
    tree = units(("a", None, None, None), ("b", None, None, 1), ("c", None, None, 5))
    sittings = [sit("1", "r", unit="a"), sit("2", "r", unit="b"), sit("3", "r", unit="b")]
    result = grade_all(sittings, rules("score high", units={"min_people": 1}), tree).units
    assert dict(records(result, "unit_id", "flag")) == {
        "a": "chưa có sĩ số",
        "b": "sĩ số ít hơn số người dự thi",
        "c": "ít hơn số người tối thiểu, không xếp hạng",
    }
