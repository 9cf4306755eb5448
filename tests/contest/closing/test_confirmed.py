"""Which results stand confirmed: the same for the steps of closing and for everybody else."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from contest.closing.confirmed import Confirmations, confirmed_result
from contest.closing.facts import find_facts
from contest.closing.resting import attempt_rounds, count_seen, spans
from contest.closing.steps import CONFIRMS, KIND
from contest.rounds import EXPIRE_SETTLE_MS
from contest.store import Action
from contest.store.commands import MARK_KIND, RecordAction
from tests.contest.rulings.helpers import make
from tests.factories import CLOSES, HOUR, MINUTE, OPENS, ROUND, begin, opened, page, write_contest

LATER = CLOSES + EXPIRE_SETTLE_MS + MINUTE
BODY = {"reason": "thử", "document": None}


def confirms(role: str = CONFIRMS, seen: int = 0, result: str | None = "ab") -> Action:
    """Return a confirmation of the round."""
    body = {"step": "confirm", "role": role, "seen": seen, "result": result}
    return Action(LATER, "An", KIND, ROUND, body)


def void(round_id: str | None) -> Action:
    """Return a ruling that a question isn't counted in a round, or in all."""
    return Action(LATER, "An", "void", "ch-1", {**BODY, "how": "out", "round": round_id})


def admit(round_id: str) -> Action:
    """Return a ruling that admits somebody to a round."""
    body = {**BODY, "round": round_id, "contestants": ["ts-1"], "origin": "bảng"}
    return Action(LATER, "An", "admit", round_id, body)


def of_attempt(kind: str, attempt_id: str) -> Action:
    """Return more time for an attempt, or the mark of an essay in it."""
    return Action(LATER, "An", kind, attempt_id, {**BODY, "round": None, "ms": 1})


CLOSED = Action(LATER - 1, "máy chủ", "close", ROUND, {})
UNIT = {**BODY, "round": None, "unit": "dv-1", "was": "dv-2"}

NOTHING = [
    admit("chung-ket"),
    void("ky-2"),
    of_attempt("extra_time", "lt-2"),
    of_attempt(MARK_KIND, "lt-2"),
    Action(LATER, "An", "unit", "ts-1", UNIT),
    Action(LATER, "An", "forget", "ts-1", {"reason": "theo đơn"}),
    Action(LATER, "An", "purge", "people", {"people": 3}),
    Action(LATER, "An", "new_code", "ts-1", {}),
]
"""What doesn't touch the result of a round that is closed."""

AGAIN = [
    void(ROUND),
    void(None),
    of_attempt("extra_time", "lt-1"),
    of_attempt(MARK_KIND, "lt-1"),
    Action(LATER, "An", "exclude", "ts-1", {**BODY, "round": None}),
]
"""After what it has to be confirmed again."""

ROUNDS_OF = {"lt-1": ROUND, "lt-2": "ky-2"}


def stands(*actions: Action) -> str | None:
    """Return the round's confirmed result."""
    return confirmed_result([CLOSED, *actions], ROUND, (ROUND,), ROUNDS_OF)


def test_only_the_head_confirms_and_names_the_result() -> None:
    """The newest row counts."""
    assert stands(confirms()) == "ab"
    assert stands(confirms("secretary")) is None
    assert stands(confirms(result=None)) is None
    assert stands(confirms(), confirms(result="cd")) == "cd"
    assert stands() is None


@pytest.mark.parametrize("action", NOTHING, ids=lambda action: action.kind)
def test_what_concerns_other_rounds_or_names_leaves_it_confirmed(action: Action) -> None:
    """An admission to the final, say; or somebody who is forgotten."""
    assert stands(confirms(), action) == "ab"


@pytest.mark.parametrize("action", AGAIN, ids=lambda action: action.kind)
def test_a_ruling_about_the_round_ends_it(action: Action) -> None:
    """Until it is confirmed with that ruling seen; before the confirmation it does no harm."""
    assert stands(confirms(), action) is None
    assert stands(confirms(), action, confirms(seen=1)) == "ab"
    assert stands(action, confirms(seen=1)) == "ab"


def test_a_ruling_in_the_middle_of_confirming_isnt_overlooked() -> None:
    """It stands before the row, whose `seen` doesn't have it."""
    assert stands(void(ROUND), confirms(seen=0)) is None


def test_a_ranking_over_the_whole_contest_rests_on_every_round() -> None:
    """What concerns another one ends it as well."""
    both = (ROUND, "ky-2")
    for action, left in ((void("ky-2"), None), (admit("chung-ket"), "ab")):
        found = confirmed_result([CLOSED, confirms(), action], ROUND, both, ROUNDS_OF)
        assert found == left


def test_everybody_counts_alike(tmp_path: Path) -> None:
    """The steps, the receipts and the leaderboard's rule, over a store."""

    async def main() -> None:
        directory = write_contest(tmp_path / "x")
        async with opened(directory, at=OPENS) as service:
            store = service.store
            sitting = await begin(service, 1, "dv-1", OPENS + MINUTE)
            await sitting.submit(await sitting.take_pen(page(), OPENS), 9, OPENS + 2 * MINUTE)
            await service.rounds.tick(LATER)
            frozen = await service.rounds.frozen(ROUND)
            assert frozen is not None
            known = Confirmations(store)
            attempt_id = (await store.round_summary(ROUND)).heads[0][0]
            steps: list[tuple[Action, int]] = [
                (of_attempt(MARK_KIND, attempt_id), 1),
                (of_attempt(MARK_KIND, "lt-khac"), 1),
                (admit("chung-ket"), 1),
                (void(None), 2),
            ]
            for action, seen in steps:
                await store.write(RecordAction(confirms(seen=seen)))
                await store.write(RecordAction(action))
                found = await find_facts(service, ROUND, LATER + HOUR)
                assert found.facts.seen == seen
                assert await known.of(frozen) == "ab"
                assert await known.of(frozen) == "ab"
            await make(service, "exclude", attempt=attempt_id, at=LATER + HOUR)
            assert await known.of(frozen) is None
            actions = await store.actions()
            rounds_of = await attempt_rounds(store, actions)
            assert rounds_of == {attempt_id: ROUND}
            assert count_seen(actions, spans(frozen, ROUND), rounds_of) == 3

    asyncio.run(main())


def test_what_has_never_opened_rests_on_itself() -> None:
    """And nothing stands confirmed."""
    assert spans(None, ROUND) == (ROUND,)
    nothing: list[Any] = []
    assert count_seen(nothing, (ROUND,), {}) == 0
