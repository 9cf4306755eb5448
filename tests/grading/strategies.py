"""Contests that Hypothesis thinks up: small, full of ties, and with every kind of attempt."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from tests.grading.factories import Sitting

TREE = (
    ("huyen1", None, "A", 9),
    ("xa1", "huyen1", "A", 4),
    ("thon1", "xa1", None, None),
    ("thon2", "xa1", None, 3),
    ("xa2", "huyen1", "B", 5),
    ("huyen2", None, "A", 0),
    ("xa3", "huyen2", "B", 3),
)
"""Three levels, two blocks and none, a headcount of 0 and one not given."""

_KEYS = ("score", "correct", "duration", "submitted_at")
_guesses = st.sampled_from([None, Decimal(0), Decimal(2), Decimal("2.0"), Decimal(4), Decimal(50)])


def _key_lists(names: tuple[str, ...]) -> st.SearchStrategy[list[tuple[str, str]]]:
    chosen = st.lists(st.sampled_from(names), min_size=1, unique=True)
    return chosen.flatmap(
        lambda found: st.tuples(
            *(st.tuples(st.just(name), st.sampled_from(["high", "low"])) for name in found)
        ).map(list)
    )


counting_keys = _key_lists((*_KEYS, "number"))
ranking_keys = _key_lists(
    (*_KEYS, "prediction_error", "all_right", "started_at", "registered_at", "attempts",
     "maximum_papers")
)  # fmt: skip
quantities = st.sampled_from(["people", "entries", "perfect_people", "percent_right"])
measures = st.sampled_from(["people", "share", "mean_score"])

_attempt = st.builds(
    Sitting,
    person=st.just(""),
    paper=st.text("rrrw-", min_size=3, max_size=3) | st.sampled_from(["rr?", "r??"]),
    unit=st.sampled_from([row[0] for row in TREE]),
    state=st.sampled_from(["submitted", "submitted", "expired", "unfinished"]),
    excluded=st.sampled_from([False, False, False, True]),
    start=st.sampled_from([0, 1000, 2000]),
    took=st.sampled_from([0, 1000, 2000]),
    prediction=_guesses,
    registered=st.sampled_from([0, 1]),
)


@st.composite
def contests(draw: st.DrawFn, rounds: tuple[str, ...] = ("ky-1", "ky-2")) -> list[Sitting]:
    """Draw sittings of up to five people in two groups, up to three attempts each per round."""
    found = []
    for person in draw(st.lists(st.sampled_from("abcde"), min_size=1, unique=True)):
        group = draw(st.sampled_from(["can-bo", "nhan-dan"]))
        for round_id in draw(st.lists(st.sampled_from(rounds), min_size=1, unique=True)):
            made = draw(st.lists(_attempt, min_size=1, max_size=3))
            found += [
                replace(one, person=person, group=group, round=round_id, number=number)
                for number, one in enumerate(made, start=1)
            ]
    return found
