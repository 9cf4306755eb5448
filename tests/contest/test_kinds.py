"""Questions of every kind between page and store."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.attempt import Refusal
from contest.draw import Item, arrange
from contest.kinds import KINDS, MAX_ESSAY, MAX_NUMBER, MAX_TEXT, NotAnAnswer, kind_of
from contest.simulate import GUESSES
from grading import MarkStatus, mark
from questions.answers import right_response
from tests.factories import EVERY_TYPE, typed

SEED = b"mau" * 8
ITEMS = {type_: arrange(typed(type_), SEED) for type_ in EVERY_TYPE}
TEN = 10_000_000
every_type = pytest.mark.parametrize("type_", sorted(EVERY_TYPE))


def read(type_: str, chosen: object) -> object:
    """Return what the server makes of an answer: the response's value, or why not."""
    try:
        (value,) = kind_of(ITEMS[type_]).read(ITEMS[type_], chosen).values()
    except NotAnAnswer as error:
        return error.refusal
    return value


def place(item: Item, id_: str) -> int:
    """Return where an option is shown."""
    return item.places()[id_]


@every_type
def test_the_right_answer_as_a_page_sends_it_is_marked_right(type_):
    """Key, positions, response and marks belong together."""
    item = ITEMS[type_]
    response = right_response(item.question)
    if response is None:
        assert type_ == "essay"
        return
    sent = kind_of(item).write(item, response)
    assert kind_of(item).read(item, sent) == response
    assert mark(item.question, response, TEN).status is MarkStatus.RIGHT


@every_type
@given(seed=st.integers(), paper=st.binary(min_size=32, max_size=32))
def test_whatever_a_page_can_send_comes_back_as_it_was(type_, seed, paper):
    """A reloaded page shows what the server holds, on any arrangement."""
    item = arrange(typed(type_), paper)
    sent = GUESSES[item.question.kind](random.Random(seed), item)
    response = kind_of(item).read(item, sent)
    assert kind_of(item).write(item, response) == sent
    assert mark(item.question, response, TEN).status in MarkStatus


@every_type
def test_the_page_gets_no_id_and_no_key(type_):
    """Positions and texts only: nothing in what is sent differs with the key."""
    long = typed(type_)
    sent = repr(kind_of(ITEMS[type_]).fields(ITEMS[type_]))
    assert long.id not in sent
    other_key = {
        "single": {"key": "a"},
        "multiple": {"key": ["b"]},
        "true_false": {"key": False},
        "true_false_group": {
            "statements": [
                {**one, "key": not one["key"]} for one in EVERY_TYPE[type_].get("statements", ())
            ]
        },
        "matching": {"key": {"a": "d", "b": "b", "c": "c"}},
        "ordering": {"key": ["c", "d", "b", "a"]},
        "numeric": {"key": "30", "tolerance": "1"},
        "short_text": {"accepted": ["khác"]},
        "cloze": {
            "gaps": [
                {"id": "so", "accepted": ["khác"]},
                {**EVERY_TYPE["cloze"]["gaps"][1], "key": "c"},
            ]
        },
        "essay": {"rubric": [{"id": "z", "text": "khác", "points": "1"}]},
    }[type_]
    item = arrange(typed(type_, **other_key), SEED)
    assert repr(kind_of(item).fields(item)) == sent


@pytest.mark.parametrize(
    ("type_", "cleared"),
    [
        ("single", []),
        ("multiple", []),
        ("true_false", []),
        ("true_false_group", [None] * 4),
        ("matching", [None] * 3),
        ("ordering", []),
        ("numeric", ""),
        ("numeric", "  "),
        ("short_text", " \n "),
        ("cloze", [None, None]),
        ("cloze", ["  ", ""]),
        ("essay", "\r\n"),
    ],
)
def test_a_cleared_answer_is_empty(type_, cleared):
    """And counts as none."""
    item = ITEMS[type_]
    response = kind_of(item).read(item, cleared)
    assert not any(response.values())
    assert mark(item.question, response, TEN).status is MarkStatus.UNANSWERED


def test_positions_become_ids_and_only_what_was_answered():
    """Each kind in its own shape."""
    match, order, cloze = ITEMS["matching"], ITEMS["ordering"], ITEMS["cloze"]
    assert read("true_false_group", [True, None, False, None]) == {"a": True, "c": False}
    assert read("matching", [place(match, "d"), None, place(match, "d")]) == {"a": "d", "c": "d"}
    assert read("ordering", [place(order, id_) for id_ in "dcba"]) == ["d", "c", "b", "a"]
    third = [part.id for part in cloze.gaps[1]].index("c") + 1
    assert read("cloze", [" mo\u0323\u0302t ", third]) == {"so": "một", "chu": "c"}
    assert read("numeric", " 12.345 chương ") == "12.345 chương"
    assert read("short_text", "Ho\u0300a\tBi\u0300nh\x00") == "Hòa Bình"
    assert read("essay", "Một.\r\nHai.\x07 ") == "Một.\nHai."


BAD_OPTION, BAD_MESSAGE = Refusal.BAD_OPTION, Refusal.BAD_MESSAGE
WRONG = [
    ("single", "1", BAD_MESSAGE),
    ("single", [1, 2], BAD_OPTION),
    ("multiple", [1, 1], BAD_OPTION),
    ("multiple", [0], BAD_OPTION),
    ("true_false_group", {"1": True}, BAD_MESSAGE),
    ("true_false_group", [True] * 3, BAD_OPTION),
    ("true_false_group", [True] * 5, BAD_OPTION),
    ("true_false_group", [1, 0, None, None], BAD_OPTION),
    ("true_false_group", ["true", None, None, None], BAD_OPTION),
    ("matching", None, BAD_MESSAGE),
    ("matching", [1, 2], BAD_OPTION),
    ("matching", [5, None, None], BAD_OPTION),
    ("matching", [True, None, None], BAD_OPTION),
    ("matching", [[1], None, None], BAD_OPTION),
    ("ordering", "1234", BAD_MESSAGE),
    ("ordering", [1, 2, 3], BAD_OPTION),
    ("ordering", [1, 2, 3, 3], BAD_OPTION),
    ("ordering", [1, 2, 3, 4, 1], BAD_OPTION),
    ("ordering", [1, 2, 3, 10**30], BAD_OPTION),
    ("ordering", [1.0, 2, 3, 4], BAD_OPTION),
    ("numeric", 29, BAD_MESSAGE),
    ("numeric", "hai mươi chín", Refusal.BAD_NUMBER),
    ("numeric", "29 quyển", Refusal.BAD_NUMBER),
    ("numeric", "1e5", Refusal.BAD_NUMBER),
    ("numeric", "٢٩", Refusal.BAD_NUMBER),
    ("numeric", "9" * 16, Refusal.BAD_NUMBER),
    ("numeric", "1" * (MAX_NUMBER + 1), Refusal.TOO_LONG),
    ("short_text", ["a"], BAD_MESSAGE),
    ("short_text", "a\ud800b", BAD_MESSAGE),
    ("short_text", "a" * (MAX_TEXT + 1), Refusal.TOO_LONG),
    ("short_text", " " * (5 * MAX_TEXT), Refusal.TOO_LONG),
    ("cloze", "một", BAD_MESSAGE),
    ("cloze", ["một"], BAD_OPTION),
    ("cloze", ["một", "hai"], BAD_OPTION),
    ("cloze", ["một", 4], BAD_OPTION),
    ("cloze", [1, 1], BAD_MESSAGE),
    ("cloze", ["a" * (MAX_TEXT + 1), None], Refusal.TOO_LONG),
    ("essay", None, BAD_MESSAGE),
    ("essay", {"text": "a"}, BAD_MESSAGE),
    ("essay", "a" * (MAX_ESSAY + 1), Refusal.TOO_LONG),
]


@pytest.mark.parametrize(
    ("type_", "chosen", "why"), WRONG, ids=[f"{t}-{repr(c)[:30]}" for t, c, _ in WRONG]
)
def test_what_no_page_sends_is_refused(type_, chosen, why):
    """And told apart: another type of value, something that isn't there, a number, a length."""
    assert read(type_, chosen) is why


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=2), inner),
    max_leaves=8,
)


@every_type
@given(chosen=_json)
def test_anything_at_all_is_read_or_refused(type_, chosen):
    """No message breaks the kernel, and what is taken can be marked."""
    item = ITEMS[type_]
    try:
        response = kind_of(item).read(item, chosen)
    except NotAnAnswer:
        return
    assert isinstance(mark(item.question, response, TEN).status, MarkStatus)
    kind_of(item).write(item, response)


def test_kinds_bear_the_names_of_their_views():
    """One name for a kind in bank, protocol and page."""
    assert {name: kind.view for name, kind in KINDS.items()} == {name: name for name in KINDS}
