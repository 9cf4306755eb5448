"""What a rehearsal is held with: rules with one round open now, and questions that give nothing
away."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.directory import ContestDirectory
from contest.draw import Pool, draw
from contest.rehearsal.model import DAY, LEAD_MS, MINUTE, rehearsed, stand_in, time_left
from contest.rules import Round, Rules, Window, from_ms
from questions.load import BANKS, load_bank
from questions.model import Bank
from tests.factories import CLOSES, OPENS, make_bank, write_contest

NOW = OPENS - 30 * DAY


def rules_of(path: Path, **given_: Any) -> Rules:
    """Return rules of two rounds."""
    more = [("ky-2", CLOSES + DAY, CLOSES + 2 * DAY)]
    return write_contest(path / "x", more_rounds=more, **given_).rules()


def round_at(*spans: tuple[int, int]) -> Round:
    """Return a round of these windows."""
    windows = tuple(Window(opens=from_ms(a), closes=from_ms(b)) for a, b in spans)
    return Round(id="ky-1", title="Kỳ 1", windows=windows)


@cache
def public_bank() -> Bank:
    """Return the kit's bank."""
    return load_bank(BANKS / "dai_hoi_xiv")


TIMES = st.integers(0, 1000).map(lambda n: n * MINUTE)


@given(TIMES, st.integers(1, 300), TIMES)
def test_a_rehearsal_ends_before_a_round_is_near(opens: int, minutes: int, now: int) -> None:
    """Nothing is left while a round is open, nor ten minutes before."""
    closes = opens + minutes * MINUTE
    left = time_left([round_at((opens, closes))], now)
    if now >= closes:
        assert left is None
    elif now >= opens - LEAD_MS:
        assert left == 0
    else:
        assert left is not None and now + left == opens - LEAD_MS


def test_between_two_windows_there_may_be_time() -> None:
    """Not while the first one is open."""
    rounds = [round_at((0, MINUTE), (DAY, 2 * DAY))]
    assert time_left(rounds, 0) == 0
    assert time_left(rounds, MINUTE) == DAY - MINUTE - LEAD_MS


@pytest.mark.parametrize("round_id", ["ky-1", "ky-2"])
def test_the_chosen_round_is_open_and_no_other(tmp_path: Path, round_id: str) -> None:
    """For so long as was asked; what comes later doesn't begin meanwhile."""
    made = rehearsed(rules_of(tmp_path), round_id, NOW, 45, code=None, public=False)
    open_ = [one for one in made.rounds if one.window_at(NOW)]
    assert [one.id for one in open_] == [round_id]
    assert open_[0].closes_at - NOW == 45 * MINUTE
    assert all(not one.window_at(NOW + 600 * MINUTE) for one in made.rounds)


def test_the_rules_still_fit_together(tmp_path: Path) -> None:
    """As `check` sees them, written down and read back."""
    directory = write_contest(
        tmp_path / "x", more_rounds=[("ky-2", CLOSES + DAY, CLOSES + 2 * DAY)]
    )
    made = rehearsed(directory.rules(), "ky-2", CLOSES + 400 * DAY, 60, code="abcd", public=False)
    assert Rules.model_validate(made.to_data()) == made
    assert made.registration.entry_code == "abcd"
    last = made.rounds[-1].windows[-1].closes.date()
    assert made.registration.consent.delete_on > last


def test_nothing_of_a_private_bank_is_in_its_stand_in() -> None:
    """But for topics, levels and tags; every question is approved, and public."""
    own, public = make_bank(), public_bank()
    made = stand_in(own, public, [], "X", NOW)
    assert len(made.questions) == len(own.questions)
    assert {one.stem for one in made.questions} <= {one.stem for one in public.questions}
    assert not {one.id for one in made.questions} & {one.id for one in own.questions}
    assert made.facts == public.facts and made.topics == own.topics
    assert {made.status_of(one) for one in made.questions} == {"approved"}


def test_the_blueprint_draws_from_the_stand_in(directory: ContestDirectory) -> None:
    """So many of each topic, as from the real bank."""
    rules = directory.rules()
    made = stand_in(make_bank(), public_bank(), [rules.paper], "X", NOW)
    paper = draw(Pool(made, sample=False), rules.paper, b"x" * 32)
    assert len(paper.items) == rules.paper.length


def test_types_stand_for_the_same_types() -> None:
    """So that a rehearsal shows the kinds of questions that the contest has."""
    own = make_bank()
    made = stand_in(own, public_bank(), [], "X", NOW)

    def count(bank: Bank) -> list[tuple[str, str]]:
        return sorted((one.topic, one.type) for one in bank.questions)

    assert count(made) == count(own)


def test_topics_share_what_there_is() -> None:
    """Where the public questions don't reach, no topic goes without."""
    own, public = make_bank(), public_bank()
    few = [one for one in public.questions if one.type == "single"][:3]
    made = stand_in(own, public.model_copy(update={"questions": tuple(few)}), [], "X", NOW)
    assert len(made.questions) == 3
    assert len({one.topic for one in made.questions}) == 3
