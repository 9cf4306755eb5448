"""Claims in every store: kept once, answered, closed, and gone with the person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contest.store import Action, Erase, Purge, Store
from contest.store.claims_protocol import MOST_OPEN, AddClaim, AnswerClaim, Claim, ShutClaim
from tests.contest.store.conftest import Stores
from tests.factories import OPENS, add

CLAIM = Claim(
    "pa-1", "AAAA", OPENS, "other", "ts-00001", True, None, None, None, {"text": "Câu sai"}
)


def claim(number: int, **changed: object) -> Claim:
    """Return a claim of that number."""
    return replace(CLAIM, claim_id=f"pa-{number}", code=f"MA{number:04}", **changed)


def answered(number: int = 1, actor: str = "Tổ Thư ký") -> AnswerClaim:
    """Return the command that answers a claim."""
    action = Action(OPENS + 5, actor, "claim_answer", f"pa-{number}", {"outcome": "done"})
    return AnswerClaim(action, "done", "Đã sửa", "muối")


def shut(number: int = 1) -> ShutClaim:
    """Return the command that closes a claim."""
    return ShutClaim(Action(OPENS + 6, "Tổ Thư ký", "claim_close", f"pa-{number}"))


async def result(store: Store, command: object) -> str:
    """Write one command and return what became of it."""
    (outcome,) = await store.write(command)  # type: ignore[arg-type]
    return outcome.result


def test_a_claim_comes_back_as_it_was_kept(stores: Stores) -> None:
    """By its id, by its code, in the list, and with the person; sent twice it is one."""

    async def work(store: Store) -> None:
        await store.write(add())
        assert await result(store, AddClaim(CLAIM)) == "done"
        assert await result(store, AddClaim(replace(CLAIM, code="BBBB"))) == "again"
        assert await store.claim("pa-1") == await store.claim_by_code("AAAA") == CLAIM
        assert await store.claims() == await store.claims_about("ts-00001") == [CLAIM]
        assert await store.claims("answered") == []
        assert await store.claim_by_code("BBBB") is None
        assert await store.count_claims() == 1

    stores.run(work)


def test_a_code_is_taken_once(stores: Stores) -> None:
    """Another claim needs another code."""

    async def work(store: Store) -> None:
        await store.write(add(), AddClaim(CLAIM))
        assert await result(store, AddClaim(replace(CLAIM, claim_id="pa-2"))) == "code_used"

    stores.run(work)


def test_answering_and_closing_leave_actions(stores: Stores) -> None:
    """An answer can be mended until the claim is closed; the chain has the actor, not the words."""

    async def work(store: Store) -> None:
        await store.write(add(), AddClaim(CLAIM))
        assert await result(store, answered()) == "done"
        assert await result(store, answered(actor="Trưởng ban")) == "done"
        assert await result(store, shut()) == "done"
        assert await result(store, shut()) == "again"
        assert await result(store, answered()) == "refused"
        kept = await store.claim("pa-1")
        assert kept is not None
        assert (kept.status, kept.outcome, kept.answer) == ("closed", "done", "Đã sửa")
        actions = await store.actions("claim_answer", "claim_close")
        assert [(one.actor, one.subject) for one in actions] == [
            ("Tổ Thư ký", "pa-1"),
            ("Trưởng ban", "pa-1"),
            ("Tổ Thư ký", "pa-1"),
        ]
        assert "Đã sửa" not in str(actions)
        assert await store.verify_actions() is None

    stores.run(work)


@pytest.mark.parametrize("command", [answered(7), shut(7)])
def test_what_is_not_there_is_refused(stores: Stores, command: object) -> None:
    """And no action is recorded."""

    async def work(store: Store) -> None:
        assert await result(store, command) == "refused"
        assert await store.actions() == []

    stores.run(work)


def test_one_person_keeps_few_open(stores: Stores) -> None:
    """Others still may send, and so may they once one is answered."""

    async def work(store: Store) -> None:
        await store.write(add(), add(2), *(AddClaim(claim(n)) for n in range(MOST_OPEN)))
        assert await result(store, AddClaim(claim(50))) == "refused"
        assert await result(store, AddClaim(claim(51, contestant_id="ts-00002"))) == "done"
        assert await result(store, AddClaim(claim(52, own=False))) == "done"
        await store.write(answered(0))
        assert await result(store, AddClaim(claim(50))) == "done"

    stores.run(work)


def test_the_forgotten_take_their_claims_along(stores: Stores) -> None:
    """Those about them and those with their identity key; others' stay."""

    async def work(store: Store) -> None:
        by_key = claim(2, contestant_id=None, own=False, key_hash="khoa-00001")
        other = claim(3, contestant_id="ts-00002")
        await store.write(add(), add(2), *map(AddClaim, (claim(1), by_key, other)))
        assert await store.claims_about("ts-00001") == [claim(1), by_key]
        await store.write(Erase(Action(OPENS, "Tổ Thư ký", "forget", "ts-00001"), keep_key=True))
        assert await store.claims() == [other]

    stores.run(work)


def test_a_purge_takes_the_claims_of_its_people(stores: Stores) -> None:
    """And those of nobody in particular, once nobody is left or all have to go."""

    async def work(store: Store) -> None:
        nobody = claim(2, contestant_id=None, own=False)
        late = add(2, consent_hash="k" * 64)
        await store.write(add(), late, AddClaim(claim(1)), AddClaim(nobody))
        purge = Purge(Action(OPENS, "server", "purge", "people"), ("c" * 64,))
        assert await result(store, purge) == "done"
        assert await store.claims() == [nobody]
        assert await result(store, replace(purge, consents=(), claims=True)) == "done"
        assert await store.claims() == []
        assert await result(store, replace(purge, consents=(), claims=True)) == "again"

    stores.run(work)


def test_another_process_sees_a_claim_at_once(stores: Stores) -> None:
    """The server keeps it, the organisers' command answers it."""
    stores.prepare(1, opened=False)
    stores.race([AddClaim(CLAIM)])
    stores.race([answered()])

    async def work(store: Store) -> None:
        kept = await store.claim("pa-1")
        assert kept is not None
        assert kept.status == "answered"

    stores.run(work)
