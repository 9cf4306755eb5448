"""Where each round stands: times and rows in, phase and what comes next out."""

from __future__ import annotations

import pytest

from contest.rounds import EXPIRE_SETTLE_MS
from contest.rules import Round
from contest.ui.desk.messages import TEXTS
from contest.ui.desk.phases import Phase, RoundView, Steps, main_round, view_of
from tests.factories import CLOSES, DAY, HOUR, OPENS, moment

SECOND = (CLOSES + DAY, CLOSES + 2 * DAY)
BEGUN = Steps(begun=("ky-1",))


def a_round() -> Round:
    """Return a round of two windows."""
    windows = [(OPENS, CLOSES), SECOND]
    spans = [{"opens": moment(opens), "closes": moment(closes)} for opens, closes in windows]
    return Round.model_validate({"id": "ky-1", "title": "Kỳ 1", "windows": spans})


@pytest.mark.parametrize(
    ("now", "steps", "phase", "next_at"),
    [
        (OPENS - 1, Steps(), "before", OPENS),
        (OPENS, Steps(), "shut", CLOSES),
        (CLOSES, Steps(), "before", SECOND[0]),
        (SECOND[1], Steps(), "over", None),
        (OPENS, BEGUN, "open", CLOSES),
        (CLOSES, BEGUN, "between", SECOND[0]),
        (SECOND[0], BEGUN, "open", SECOND[1]),
        (SECOND[1], BEGUN, "over", SECOND[1] + EXPIRE_SETTLE_MS),
        (SECOND[1] + HOUR, BEGUN, "over", None),
        (SECOND[1], Steps(BEGUN.begun, ("ky-1",)), "closed", None),
        (SECOND[1], Steps(BEGUN.begun, ("ky-1",), ("ky-1",)), "confirmed", None),
        (SECOND[1], Steps(BEGUN.begun, ("ky-1",), ("ky-1",), ("ky-1",)), "published", None),
        (SECOND[1], Steps(BEGUN.begun, (), ("ky-1",)), "over", SECOND[1] + EXPIRE_SETTLE_MS),
    ],
)
def test_phases(now: int, steps: Steps, phase: Phase, next_at: int | None) -> None:
    """By windows until the closing row, by the steps of closing after it."""
    view = view_of(a_round(), steps, now)
    assert (view.phase, view.next_at) == (phase, next_at)
    assert f"phase.{phase}" in TEXTS
    assert f"next.{phase}" in TEXTS


def seen(*phases: Phase) -> str | None:
    """Return the number of the round that is shown first of rounds in these phases."""
    return main_round([RoundView(str(n), "", phase, 0, 0, None) for n, phase in enumerate(phases)])


def test_the_round_that_matters_is_shown_first() -> None:
    """What is open, else the last that waits for somebody, else the last published, else next."""
    assert seen("published", "open", "before") == "1"
    assert seen("published", "closed", "before") == "1"
    assert seen("published", "before") == "0"
    assert seen("before", "before") == "0"
    assert seen() is None
