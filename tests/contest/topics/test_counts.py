"""A paper's result by topic: what is counted, and in which order topics stand."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from contest.topics.counts import TopicCount, by_topic
from grading.marks import Mark, MarkStatus

POINTS = {
    MarkStatus.RIGHT: 10,
    MarkStatus.PARTIAL: 5,
    MarkStatus.WRONG: 0,
    MarkStatus.UNANSWERED: 0,
    MarkStatus.NEEDS_MARKER: None,
    MarkStatus.VOID_FULL: 10,
    MarkStatus.VOID_OUT: 0,
}
marked = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(list(MarkStatus))))


def marks(*given: tuple[str, str]) -> list[tuple[str, Mark]]:
    """Return questions of a paper by topic, each with a mark of that status."""
    return [
        (topic, Mark(MarkStatus(status), POINTS[MarkStatus(status)], 10)) for topic, status in given
    ]


def test_each_status_is_told_apart() -> None:
    """Full marks are right, and so is what was voided in favour of all; what is out is out."""
    found = by_topic(marks(*(("luat", status) for status in MarkStatus)))
    assert found == (
        TopicCount("luat", right=2, partial=1, wrong=1, unanswered=1, waiting=1, out=1),
    )
    assert found[0].counted == 6


def test_a_question_taken_out_does_not_count() -> None:
    """Not even where it was the only one of its topic."""
    (one, other) = by_topic(marks(("luat", "right"), ("su", "void_out"), ("luat", "void_out")))
    assert (one.right, one.counted, one.out) == (1, 1, 1)
    assert (other.right, other.counted, other.out) == (0, 0, 1)


def test_topics_stand_as_they_come_on_the_paper() -> None:
    """Not by name, nor by how well they went."""
    found = by_topic(marks(("su", "wrong"), ("an", "right"), ("su", "right"), ("dia", "wrong")))
    assert [one.topic for one in found] == ["su", "an", "dia"]


def test_an_empty_paper_has_no_topics() -> None:
    """Nothing to be shown."""
    assert by_topic([]) == ()


@given(marked)
def test_topics_add_up_to_the_paper(paper: list[tuple[str, MarkStatus]]) -> None:
    """Every question is counted once, in its own topic."""
    found = by_topic(marks(*paper))
    whole = Counter(status for _, status in paper)
    assert sum(one.counted + one.out for one in found) == len(paper)
    assert sum(one.out for one in found) == whole[MarkStatus.VOID_OUT]
    right = whole[MarkStatus.RIGHT] + whole[MarkStatus.VOID_FULL]
    assert sum(one.right for one in found) == right
    for one in found:
        own = sum(topic == one.topic for topic, _ in paper)
        assert one.counted + one.out == own
        assert 0 <= one.right <= one.counted


@given(marked, st.randoms(use_true_random=False))
def test_the_order_of_questions_changes_the_order_of_topics_only(
    paper: list[tuple[str, MarkStatus]], random: object
) -> None:
    """Shuffled papers of the same marks have the same figures."""
    mixed = list(paper)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert set(by_topic(marks(*mixed))) == set(by_topic(marks(*paper)))
