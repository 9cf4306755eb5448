"""Whole contests, against an independent calculation and against themselves."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from grading import (
    Adjustments,
    RoundInput,
    attempt_totals,
    choose_counted,
    grade,
    mark_attempts,
    rank_marked,
    score_answers,
)
from grading.frames import require
from grading.result_frames import (
    ADVICE_RESULTS,
    ATTEMPT_RESULTS,
    ITEM_RESULTS,
    OPTION_RESULTS,
    PEOPLE_RESULTS,
    TEST_RESULTS,
    UNIT_RESULTS,
)
from grading.results import attempt_results
from tests.grading import oracle
from tests.grading.factories import (
    answers,
    attempts,
    bank,
    choice,
    grade_all,
    people,
    records,
    rules,
    sit,
    units,
)
from tests.grading.strategies import (
    TREE,
    contests,
    counting_keys,
    measures,
    quantities,
    ranking_keys,
)

WEEKS = [
    sit("a", "rrr", guess=2),
    sit("b", "rrw", guess=3),
    sit("a", "rww", round="ky-2", guess=1),
    sit("a", "rwr", round="ky-2", number=2, excluded=True),
]
TABLES = ("people", "units", "attempts", "items", "options", "tests", "advice")


def as_texts(keys):
    """Return (key, order) pairs as the texts that the factory takes."""
    return [f"{key} {order}" for key, order in keys]


def graded(sittings, counting, ranking, quantity="people", by="people"):
    """Grade a generated contest."""
    given_rules = rules(
        *as_texts(ranking), counted=as_texts(counting), quantity=quantity, by=by
    )  # fmt: skip
    return grade_all(sittings, given_rules, units(*TREE))


def same(one, other):
    """Check that two results are equal in every cell."""
    for name in TABLES:
        assert_frame_equal(getattr(one, name), getattr(other, name))
    assert one.predicted == other.predicted


# --- against the independent calculation


@settings(max_examples=20, deadline=None)
@given(contests(), counting_keys, ranking_keys, quantities)
def test_people_agree_with_the_oracle(sittings, counting, ranking, quantity):
    """Every column of every person, for any keys and any predicted quantity."""
    result = graded(sittings, counting, ranking, quantity).people
    expected = oracle.rank_people(sittings, counting, ranking, quantity)
    columns = list(expected[0])
    assert records(result, *columns) == [tuple(row.values()) for row in expected]


@settings(max_examples=12, deadline=None)
@given(contests(), counting_keys, measures)
def test_units_agree_with_the_oracle(sittings, counting, by):
    """Every figure of every unit, by any measure."""
    result = graded(sittings, counting, [("score", "high")], by=by).units
    expected = oracle.rank_units(sittings, TREE, counting, by)
    columns = list(expected[0])
    assert records(result, *columns) == [tuple(row.values()) for row in expected]


@settings(max_examples=12, deadline=None)
@given(contests(), quantities)
def test_true_values_agree_with_the_oracle(sittings, quantity):
    """One value per round."""
    counting = [("score", "high"), ("duration", "low")]
    result = graded(sittings, counting, [("score", "high")], quantity).predicted
    for round_id, predicted in result.items():
        here = [one for one in sittings if one.round == round_id]
        shown = [
            oracle.shown_of([one for one in here if one.person == person], counting)
            for person in {one.person for one in here}
        ]
        assert predicted.true_value == oracle.true_value(quantity, here, shown)


# --- against itself


@settings(max_examples=12, deadline=None)
@given(contests(), counting_keys, ranking_keys, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(sittings, counting, ranking, random):
    """Neither of attempts, answers, people, units nor rounds."""
    given_rules = rules(*as_texts(ranking), counted=as_texts(counting))
    frames = [attempts(sittings), answers(sittings), people(sittings), units(*TREE)]
    round_ids = sorted({one.round for one in sittings})

    def run(attempts_, answers_, people_, units_, ids):
        rounds = [RoundInput(id_, bank(), units_, given_rules) for id_ in ids]
        return grade(attempts_, answers_, people_, rounds)

    shuffled = []
    for frame in frames:
        order = list(range(len(frame)))
        random.shuffle(order)
        shuffled.append(frame.iloc[order])
    same(run(*frames, round_ids), run(*shuffled, round_ids[::-1]))


@settings(max_examples=8, deadline=None)
@given(contests(), counting_keys, ranking_keys, quantities, measures)
def test_an_excluded_attempt_changes_no_other_row(sittings, counting, ranking, quantity, by):
    """Nobody's rank, figure or true value depends on an attempt that was taken out."""
    more = [
        *sittings,
        replace(sittings[0], person="z", number=1, state="submitted", excluded=True),
    ]
    before = graded(sittings, counting, ranking, quantity, by)
    after = graded(more, counting, ranking, quantity, by)
    others = after.people[after.people["contestant_id"] != "z"].reset_index(drop=True)
    assert_frame_equal(others, before.people)
    assert_frame_equal(after.units, before.units)
    assert_frame_equal(after.items, before.items)
    assert after.predicted == before.predicted


@settings(max_examples=8, deadline=None)
@given(contests(), counting_keys, ranking_keys, quantities, measures)
def test_rounds_graded_one_by_one_are_the_same(sittings, counting, ranking, quantity, by):
    """Splitting by round and putting together gives the whole."""
    whole = graded(sittings, counting, ranking, quantity, by)
    parts = [
        graded([one for one in sittings if one.round == id_], counting, ranking, quantity, by)
        for id_ in sorted({one.round for one in sittings})
    ]
    for name in TABLES:
        together = pd.concat([getattr(part, name) for part in parts], ignore_index=True)
        assert_frame_equal(getattr(whole, name), together)


@settings(max_examples=8, deadline=None)
@given(contests(), ranking_keys)
def test_grading_twice_is_the_same(sittings, ranking):
    """Nothing is kept from one run to the next."""
    same(*(graded(sittings, [("score", "high")], ranking) for _ in range(2)))


@settings(max_examples=8, deadline=None)
@given(contests(), ranking_keys, st.permutations("abcd"))
def test_the_order_of_options_changes_no_rank(sittings, ranking, letters):
    """Answers hold ids: where an option stood means nothing."""
    options = [{"id": letter, "text": f"Phương án {letter}"} for letter in letters]
    shuffled = bank(*(choice(f"q{n}", options=options) for n in range(1, 10)))
    stated = rules(*as_texts(ranking))
    frames = attempts(sittings), answers(sittings), people(sittings)
    round_ids = sorted({one.round for one in sittings})
    one, other = (
        grade(*frames, [RoundInput(id_, given_bank, units(*TREE), stated) for id_ in round_ids])
        for given_bank in (bank(), shuffled)
    )
    for name in ("people", "units", "attempts", "prizes"):
        assert_frame_equal(getattr(one, name), getattr(other, name))


@settings(max_examples=25, deadline=None)
@given(contests())
def test_scoring_in_chunks_is_the_same(sittings):
    """Papers may be scored a few at a time."""
    given_answers, questions = answers(sittings), bank().question_by_id
    whole = score_answers(given_answers, questions, 10)
    chunks = [
        score_answers(chunk, questions, 10)
        for _, chunk in given_answers.groupby("attempt_id", sort=False)
    ]
    assert_frame_equal(pd.concat(chunks, ignore_index=True), whole)


@settings(max_examples=12, deadline=None)
@given(contests(), counting_keys, ranking_keys, measures)
def test_marking_attempts_as_they_end_ranks_the_same(sittings, counting, ranking, by):
    """One after the other, with the marks of persons among them, or all at once."""
    stated = rules(*as_texts(ranking), counted=as_texts(counting), by=by)
    sittings = [replace(one, round="ky-1", number=n) for n, one in enumerate(sittings)]
    all_attempts, all_answers = attempts(sittings), answers(sittings)
    first = all_answers.iloc[0]
    decided = Adjustments(marks={(first["attempt_id"], first["question_id"]): 7})
    about = RoundInput("ky-1", bank(), units(*TREE), stated, decided)
    parts = [
        mark_attempts(part, all_answers[all_answers["attempt_id"] == id_], about)
        for id_, part in all_attempts.groupby("attempt_id", sort=False)
    ]
    ranked = rank_marked(pd.concat(parts, ignore_index=True), people(sittings), about)
    whole = grade(all_attempts, all_answers, people(sittings), [about])
    assert_frame_equal(ranked.people["ky-1"], whole.people)
    assert_frame_equal(ranked.units["ky-1"], whole.units)


def test_an_attempt_is_ranked_once():
    """The same one twice is refused."""
    about = RoundInput("ky-1", bank(), units(*TREE), rules())
    marked = mark_attempts(attempts(WEEKS[:1]), answers(WEEKS[:1]), about)
    with pytest.raises(ValueError, match="attempt_id"):
        rank_marked(pd.concat([marked, marked]), people(WEEKS[:1]), about)


def test_texts_as_categories_give_the_same():
    """Ids repeated millions of times may come as categories."""
    frames = attempts(WEEKS), answers(WEEKS), people(WEEKS)
    rounds = [RoundInput(id_, bank(), units(), rules()) for id_ in ("ky-1", "ky-2")]
    packed = [
        frame.astype({name: "category" for name in frame.columns[frame.dtypes == "str"]})
        for frame in frames
    ]
    same(grade(*packed, rounds), grade(*frames, rounds))


# --- by hand


def test_each_round_is_graded_by_its_own_bank_and_rules():
    """ky-1: 10 points a question, people predicted; ky-2: 5 points, entries, another key."""
    second = bank(*(choice(f"q{n}", key="b") for n in range(1, 4)))
    rounds = [
        RoundInput("ky-1", bank(), units(), rules()),
        RoundInput("ky-2", second, units(), rules(points="5", quantity="entries")),
    ]
    result = grade(attempts(WEEKS), answers(WEEKS), people(WEEKS), rounds)
    assert records(result.people, "round", "contestant_id", "score") == [
        ("ky-1", "a", 30_000_000),
        ("ky-1", "b", 20_000_000),
        ("ky-2", "a", 10_000_000),
    ]
    assert {id_: one.true_value for id_, one in result.predicted.items()} == {
        "ky-1": Decimal(2),
        "ky-2": Decimal(1),
    }


def test_attempts_of_all_rounds_with_what_became_of_them():
    """Sorted by round, group, person and number; scored even where excluded."""
    result = grade_all(WEEKS).attempts
    columns = ("round", "contestant_id", "number", "status", "counted", "score", "correct")
    assert records(result, *columns) == [
        ("ky-1", "a", 1, "submitted", True, 30_000_000, 3),
        ("ky-1", "b", 1, "submitted", True, 20_000_000, 2),
        ("ky-2", "a", 1, "submitted", True, 10_000_000, 1),
        ("ky-2", "a", 2, "excluded", False, 20_000_000, 2),
    ]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("submitted", ("submitted", True, 10_000_000)),
        ("expired", ("expired", True, 10_000_000)),
        ("unfinished", ("unfinished", False, None)),
    ],
)
def test_the_state_of_an_attempt_is_its_status(state, expected):
    """Where no ruling has excluded it."""
    result = grade_all([sit("a", "rw", state=state)]).attempts
    assert records(result, "status", "counted", "score") == [expected]


def test_nobody_at_all():
    """A round that nobody has entered has its units and nothing else."""
    result = grade_all([])
    assert [len(getattr(result, name)) for name in TABLES] == [0, 1, 0, 0, 0, 0, 0]
    assert result.predicted["ky-1"].true_value == 0


def test_no_round_at_all():
    """Nothing graded is nothing, with all its columns."""
    result = grade(attempts([]), answers([]), people([]), [])
    contracts = (
        *(PEOPLE_RESULTS, UNIT_RESULTS, ATTEMPT_RESULTS, ITEM_RESULTS),
        *(OPTION_RESULTS, TEST_RESULTS, ADVICE_RESULTS),
    )
    for name, contract in zip(TABLES, contracts, strict=True):
        require(getattr(result, name), contract, name)
    assert result.predicted == {}


def test_a_contest_without_a_prediction():
    """No quantity, no true value, no distances."""
    result = grade_all([sit("a", "r")], rules("score high", quantity=None))
    assert result.predicted == {"ky-1": None}
    assert records(result.people, "prediction_error") == [(None,)]


@pytest.mark.parametrize(
    ("rounds", "message"),
    [
        (["ky-1"], r"rounds \['ky-2'\] aren't among those to grade"),
        (["ky-1", "ky-2", "ky-2"], "stands twice"),
    ],
)
def test_rounds_must_fit_the_attempts(rounds, message):
    """Attempts of another round aren't left out silently."""
    given_rounds = [RoundInput(id_, bank(), units(), rules()) for id_ in rounds]
    with pytest.raises(ValueError, match=message):
        grade(attempts(WEEKS), answers(WEEKS), people(WEEKS), given_rounds)


def test_answers_of_another_attempt_are_refused():
    """They belong to nobody."""
    rounds = [RoundInput("ky-1", bank(), units(), rules())]
    with pytest.raises(ValueError, match="attempt ky-1/b/1 isn't among the attempts"):
        grade(attempts(WEEKS[:1]), answers(WEEKS[:2]), people(WEEKS), rounds)


def test_grading_does_not_change_its_input():
    """Every frame is left as it was."""
    frames = [attempts(WEEKS), answers(WEEKS), people(WEEKS), units()]
    before = [frame.copy(deep=True) for frame in frames]
    rounds = [RoundInput(id_, bank(), frames[3], rules()) for id_ in ("ky-1", "ky-2")]
    grade(*frames[:3], rounds)
    for frame, kept in zip(frames, before, strict=True):
        assert_frame_equal(frame, kept)


def test_listing_attempts_does_not_change_its_input():
    """The chosen attempts are left as they were."""
    scores = score_answers(answers(WEEKS), bank().question_by_id, 10)
    chosen = choose_counted(attempt_totals(attempts(WEEKS), scores), rules().counted)
    before = chosen.copy(deep=True)
    attempt_results(chosen)
    assert_frame_equal(chosen, before)
