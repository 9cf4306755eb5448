"""The question types that aren't plain choices, taken alone."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from questions.load import question_from_data

SHARED = {"id": "q", "stem": "Câu?", "facts": ("f",), "topic": "t", "level": "recall"}


def parts(*texts: str, **more: object) -> list[dict[str, object]]:
    """Return entries a, b, c … with these texts."""
    return [
        {"id": letter, "text": text, **more} for letter, text in zip("abcdef", texts, strict=False)
    ]


GOOD = {
    "multiple": {"options": parts("Một", "Hai", "Ba"), "key": ["a", "c"]},
    "true_false_group": {"statements": parts("Một", "Hai", key=True)},
    "matching": {
        "left": parts("Một", "Hai"),
        "right": parts("1", "2", "3"),
        "key": {"a": "a", "b": "c"},
    },
    "ordering": {"items": parts("Một", "Hai", "Ba"), "key": ["b", "a", "c"]},
    "numeric": {"key": "29", "tolerance": "0.5", "unit": "chương"},
    "short_text": {"accepted": ["Lạng Sơn", "tỉnh Lạng Sơn"]},
    "cloze": {
        "text": "Từ {{a}} đến {{b}}.",
        "gaps": [
            {"id": "a", "accepted": ["một"]},
            {"id": "b", "options": parts("Hai", "Ba"), "key": "b"},
        ],
    },
    "essay": {"rubric": parts("Ý một", "Ý hai", points="1.5"), "points": "3"},
}


def make(type_: str, **changed: object):
    """Return a good question of a type with some keys changed."""
    return question_from_data({**SHARED, "type": type_, **GOOD[type_], **changed})


@pytest.mark.parametrize("type_", sorted(GOOD))
def test_a_good_question_has_no_findings(type_):
    """Every type has one."""
    assert list(make(type_).findings()) == []


@pytest.mark.parametrize(
    ("type_", "changed", "expected"),
    [
        ("multiple", {"weights": {"a": 50, "c": 50}}, ["weights_unused"]),
        ("multiple", {"scoring": "moodle", "weights": {"a": 50, "c": 40}}, ["weights_sum"]),
        ("multiple", {"scoring": "moodle", "weights": {"a": 100, "c": 0}}, ["weight_sign"]),
        (
            "multiple",
            {"scoring": "moodle", "weights": {"a": 50, "c": 50, "z": -1}},
            ["weight_unknown"],
        ),
        (
            "true_false_group",
            {"statements": [*parts("Một", "Hai", key=True), *parts("Ba", key=False)]},
            ["part_repeated"],
        ),
        ("true_false_group", {"statements": parts("Một", "MỘT", key=True)}, ["part_text_repeated"]),
        ("matching", {"key": {"a": "a"}}, ["pair_missing"]),
        ("matching", {"key": {"a": "a", "b": "z"}}, ["pair_unknown"]),
        ("matching", {"key": {"a": "a", "b": "b", "z": "c"}}, ["pair_unknown"]),
        ("ordering", {"key": ["a", "b"]}, ["order_incomplete"]),
        ("ordering", {"key": ["a", "b", "b"]}, ["order_incomplete"]),
        ("ordering", {"key": ["a", "b", "c"], "shuffle": False}, ["order_given"]),
        ("numeric", {"tolerance": "29"}, ["tolerance_wide"]),
        ("short_text", {"accepted": ["hoà", "Hòa"]}, ["accepted_repeated"]),
        ("short_text", {"accepted": ["…"]}, ["accepted_blank"]),
        ("cloze", {"text": "Từ {{a}} đến {{c}}."}, ["gap_unknown", "gap_not_in_text"]),
        ("cloze", {"text": "{{a}} {{a}} {{b}}"}, ["gap_twice"]),
        ("cloze", {"text": "{{a}} {{b}} {{Lạ}}"}, ["gap_broken"]),
        ("cloze", {"text": "{{a}}", "gaps": [{"id": "a"}]}, ["gap_kind"]),
        (
            "cloze",
            {"text": "{{a}}", "gaps": [{"id": "a", "accepted": ["x"], "key": "b"}]},
            ["gap_kind"],
        ),
        (
            "cloze",
            {"text": "{{a}}", "gaps": [{"id": "a", "options": parts("Hai"), "key": "b"}]},
            ["gap_one_option", "key_unknown"],
        ),
        ("essay", {"points": "2"}, ["rubric_points"]),
        ("essay", {"min_words": 9, "max_words": 8}, ["words_reversed"]),
    ],
)
def test_findings_name_what_is_wrong(type_, changed, expected):
    """Each way in which a question alone can be wrong."""
    codes = [code for code, _, _ in make(type_, **changed).findings()]
    assert codes == [f"question.{code}" for code in expected]


@pytest.mark.parametrize(
    ("type_", "changed"),
    [
        ("multiple", {"scoring": "half"}),
        ("true_false_group", {"statements": parts("Một", key=True)}),
        ("true_false_group", {"statements": parts("Một", "Hai", key="yes")}),
        ("matching", {"left": parts("Một")}),
        ("ordering", {"items": parts("Một", "Hai")}),
        ("numeric", {"key": "NaN"}),
        ("numeric", {"key": "hai"}),
        ("numeric", {"tolerance": "-1"}),
        ("short_text", {"accepted": []}),
        ("cloze", {"gaps": []}),
        ("essay", {"rubric": []}),
        ("essay", {"min_words": 0}),
    ],
)
def test_data_of_a_wrong_kind_is_refused(type_, changed):
    """Nothing is guessed."""
    with pytest.raises(ValidationError):
        make(type_, **changed)


def test_pieces_stand_around_the_gaps_of_a_cloze():
    """One more than there are gaps, whatever the order of the list."""
    question = make("cloze", gaps=list(reversed(GOOD["cloze"]["gaps"])))
    assert question.pieces() == ["Từ ", " đến ", "."]
    assert [gap.id for gap in question.gaps_in_order()] == ["a", "b"]


def test_an_essay_is_worth_the_points_of_its_rubric():
    """And may rest on sources alone."""
    essay = make("essay", points=None, facts=(), sources=("s",))
    assert (essay.own_points(), essay.is_grounded()) == (3, True)
    assert not make("short_text", facts=(), sources=("s",)).is_grounded()


def test_keys_added_later_leave_old_questions_their_hash():
    """What was reviewed before them stays reviewed."""
    assert "scoring" not in make("multiple").content()
    assert (
        make("multiple").content_hash() == make("multiple", scoring="all_or_nothing").content_hash()
    )
    assert make("multiple").content_hash() != make("multiple", scoring="false2").content_hash()
