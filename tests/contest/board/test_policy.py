"""What a leaderboard may show: nothing predicted, nothing the rules keep back."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from contest.board.policy import TOP_WHILE_OPEN, Shown, shown_of
from contest.rules import Rules
from tests.factories import rules_text

QUANTITIES = (None, "people", "entries", "perfect_people", "percent_right")


def rules(prediction: str | None, score: str = "after_round", scope: str = "round") -> Rules:
    """Return rules that predict this and reveal scores then."""
    data: dict[str, Any] = yaml.safe_load(rules_text(prediction=prediction))
    data["reveal"].update(score=score, open_book=True)
    if prediction is not None:
        data["prediction"]["scope"] = scope
    return Rules.model_validate(data)


def shown(prediction: str | None, score: str, *, closed: bool) -> Shown:
    """Return what is shown of the only round."""
    return shown_of(rules(prediction, score), closed=closed, all_closed=closed)


@pytest.mark.parametrize("quantity", ["people", "entries"])
def test_counts_are_hidden_while_they_are_predicted(quantity: str) -> None:
    """People, entries, and means, from whose decimals a count could be worked out."""
    found = shown(quantity, "at_once", closed=False)
    assert (found.counts, found.means) == ("later", "later")
    assert found.people == "shown"
    assert found.crowd >= 4 * TOP_WHILE_OPEN


@pytest.mark.parametrize("quantity", ["perfect_people", "percent_right"])
def test_scores_are_hidden_while_right_answers_are_predicted(quantity: str) -> None:
    """Whoever sees the scores could count them."""
    found = shown(quantity, "at_once", closed=False)
    assert (found.counts, found.people, found.means) == ("shown", "later", "later")


@pytest.mark.parametrize(("score", "why"), [("after_round", "later"), ("never", "never")])
def test_scores_wait_for_what_the_rules_say(score: str, why: str) -> None:
    """Who takes part is shown all the same."""
    found = shown(None, score, closed=False)
    assert (found.counts, found.people, found.means) == ("shown", why, why)


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_everything_is_shown_after_the_close(quantity: str | None) -> None:
    """All ranks, as far as the rules publish them."""
    found = shown(quantity, "after_round", closed=True)
    assert found == Shown("shown", "shown", "shown", None, 0, True)


def test_scores_that_are_never_revealed_stay_hidden() -> None:
    """The close changes nothing about that."""
    found = shown("people", "never", closed=True)
    assert (found.counts, found.people, found.means) == ("shown", "never", "never")


def test_a_quantity_of_the_whole_contest_is_hidden_until_the_last_round_is_closed() -> None:
    """The figures of an earlier round would be a part of it."""
    about = rules("people", scope="contest")
    early = shown_of(about, closed=True, all_closed=False)
    assert (early.counts, early.final, early.top) == ("later", False, TOP_WHILE_OPEN)
    assert shown_of(about, closed=True, all_closed=True).counts == "shown"


@given(st.sampled_from(QUANTITIES), st.sampled_from(["never", "at_once", "after_round"]))
def test_the_close_hides_nothing(quantity: str | None, score: str) -> None:
    """What was shown before is shown after it."""
    before, after = (shown(quantity, score, closed=closed) for closed in (False, True))
    for name in ("counts", "people", "means"):
        assert getattr(before, name) != "shown" or getattr(after, name) == "shown"


def test_means_are_never_shown_without_scores_and_counts() -> None:
    """They hold something of both."""
    for quantity, score, closed in product(
        QUANTITIES, ("never", "at_once", "after_round"), (False, True)
    ):
        found = shown(quantity, score, closed=closed)
        both = (found.people, found.counts) == ("shown", "shown")
        assert (found.means == "shown") == both
