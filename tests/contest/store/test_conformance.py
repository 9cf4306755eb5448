"""What every store must do, one process or two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from contest.attempt import Draft, Kind, Refusal, Row, State, verify_chain
from contest.store import (
    Action,
    Append,
    CloseRound,
    Erase,
    GrantTime,
    MarkSynthetic,
    Outcome,
    Purge,
    RecordAction,
    ReplaceCode,
    Store,
    StoreUnavailable,
    TakePen,
)
from contest.store.protocol import Turn
from tests.contest.store.conftest import Stores
from tests.factories import (
    MINUTE,
    OPENS,
    ROUND,
    add,
    contestant,
    fields,
    freeze_command,
    open_command,
    response,
)

PEOPLE = 40

EXPIRE = Draft("lt-00001", Kind.EXPIRE, OPENS + MINUTE)
SUBMIT = Draft("lt-00001", Kind.SUBMIT, OPENS + 9, {}, 1, 9)
PEN = TakePen("lt-00001", "trang-1", OPENS)


def close_command(attempts: int, at: int = OPENS + MINUTE) -> CloseRound:
    """Return the closing row over this many attempts."""
    return CloseRound(Action(at, "server", "close", ROUND, {"attempts": attempts}))


def grant(number: int = 1, ms: int = MINUTE) -> GrantTime:
    """Return a ruling that grants time."""
    body = {"ms": ms, "reason": "mất điện"}
    return GrantTime(Action(OPENS, "Tổ Thư ký", "extra_time", f"lt-{number:05}", body))


def results(outcomes: Iterable[Outcome]) -> list[str]:
    """Return what became of each command."""
    return [outcome.result for outcome in outcomes]


async def one(store: Store, command: Any) -> Outcome:
    """Write one command."""
    (outcome,) = await store.write(command)
    return outcome


async def begun(store: Store) -> None:
    """Register a person, open an attempt and give its page the pen."""
    await store.write(add(), open_command(), PEN)


async def rows_of(store: Store, number: int = 1) -> list[Row]:
    """Return an attempt's rows; its chain must be whole."""
    rows = await store.rows(f"lt-{number:05}")
    assert verify_chain(rows) is None
    return rows


async def all_is_whole(store: Store, people: int = PEOPLE) -> None:
    """Every chain verifies."""
    for number in range(1, people + 1):
        await rows_of(store, number)
    assert await store.verify_actions() is None


# ---- people ----


def test_registered_person_is_found(stores: Stores) -> None:
    """By id, by code and by key; the erasable fields apart from the rest."""

    async def work(store: Store) -> None:
        assert (await one(store, add())).result == "done"
        expected = contestant()
        assert await store.contestant("ts-00001") == expected
        assert await store.contestant_by_code("ma-00001") == expected
        assert await store.contestant_by_key("khoa-00001") == expected
        assert await store.person("ts-00001") == fields(1)

    stores.run(work)


def test_nobody_is_found_by_what_nobody_has(stores: Stores) -> None:
    """None, not an error."""

    async def work(store: Store) -> None:
        assert await store.contestant("ts-1") is None
        assert await store.contestant_by_code("x") is None
        assert await store.contestant_by_key("x") is None
        assert await store.person("ts-1") is None

    stores.run(work)


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (add(1), "again"),
        (add(2, key_hash="khoa-00001"), "key_used"),
        (add(2, code_hash="ma-00001"), "code_used"),
        (add(2), "done"),
    ],
)
def test_second_registration(stores: Stores, second: Any, expected: str) -> None:
    """The same again, the same person, somebody else's code, somebody else."""

    async def work(store: Store) -> None:
        await store.write(add(1))
        assert (await one(store, second)).result == expected
        assert (await store.counts())["contestants"] == (2 if expected == "done" else 1)

    stores.run(work)


def test_without_keys_everybody_is_new(stores: Stores) -> None:
    """Rules with `key: none`."""

    async def work(store: Store) -> None:
        outcomes = await store.write(add(1, key_hash=None), add(2, key_hash=None))
        assert results(outcomes) == ["done", "done"]

    stores.run(work)


def test_replaced_code_takes_the_place_of_the_old_one(stores: Stores) -> None:
    """And leaves a row that names its actor."""
    action = Action(OPENS, "Tổ Thư ký", "new_code", "ts-00001")

    async def work(store: Store) -> None:
        await store.write(add(1), add(2))
        assert (await one(store, ReplaceCode("ts-00001", "mới", action))).result == "done"
        assert await store.contestant_by_code("ma-00001") is None
        assert (await store.contestant_by_code("mới")).contestant_id == "ts-00001"
        assert await store.actions("new_code") == [action]
        again = await store.write(
            ReplaceCode("ts-00001", "ma-00002", action), ReplaceCode("ts-9", "khác", action)
        )
        assert results(again) == ["code_used", "refused"]
        assert await store.actions("new_code") == [action]

    stores.run(work)


# ---- attempts ----


def test_opened_attempt_is_found(stores: Stores) -> None:
    """By id, by receipt and by person; it runs."""

    async def work(store: Store) -> None:
        outcomes = await store.write(add(), open_command())
        assert results(outcomes) == ["done", "done"]
        record = await store.attempt("lt-00001")
        assert record is not None
        assert (record.started_at, record.number, record.receipt) == (OPENS, 1, "BN0000001")
        assert record.opened == {"contestant_id": "ts-00001"}
        assert await store.attempt_by_receipt("BN0000001") == record
        assert await store.attempts_of("ts-00001", ROUND) == [record]
        assert await store.attempts_of("ts-00001", "ky-2") == []
        assert await store.running(ROUND) == ["lt-00001"]
        assert (await store.heads(["lt-00001", "lt-9"]))["lt-00001"].state is State.RUNNING

    stores.run(work)


def test_nothing_is_found_of_attempts_that_are_not_there(stores: Stores) -> None:
    """None and empty, not an error."""

    async def work(store: Store) -> None:
        assert await store.attempt("lt-9") is None
        assert await store.attempt_by_receipt("x") is None
        assert await store.rows("lt-9") == []
        assert await store.heads(["lt-9"]) == {}
        assert await store.running(ROUND) == []

    stores.run(work)


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (open_command(1), "again"),
        (open_command(2, person=1), "number_used"),
        (open_command(2, person=1, number=2), "done"),
        (open_command(2, person=1, round_id="ky-2"), "done"),
        (open_command(2, receipt="BN0000001"), "code_used"),
        (open_command(2), "done"),
    ],
)
def test_second_attempt(stores: Stores, second: Any, expected: str) -> None:
    """Round, person and number are taken once; so is a receipt."""

    async def work(store: Store) -> None:
        await store.write(add(1), add(2), open_command(1))
        assert (await one(store, second)).result == expected
        assert (await store.counts())["attempts"] == (2 if expected == "done" else 1)

    stores.run(work)


def test_attempts_are_in_the_order_of_their_numbers(stores: Stores) -> None:
    """Not in that of their ids."""

    async def work(store: Store) -> None:
        await store.write(
            add(1), open_command(2, person=1, number=1), open_command(1, person=1, number=2)
        )
        found = await store.attempts_of("ts-00001", ROUND)
        assert [record.attempt_id for record in found] == ["lt-00002", "lt-00001"]

    stores.run(work)


def test_attempt_of_nobody_can_not_be_stored(stores: Stores) -> None:
    """The caller is told, and nothing is left of it."""

    async def work(store: Store) -> None:
        with pytest.raises(StoreUnavailable):
            await store.write(open_command(1))
        assert await store.counts() == {"contestants": 0, "attempts": 0, "rows": 0}

    stores.run(work)


def test_commands_of_one_write_are_stored_together_or_not_at_all(stores: Stores) -> None:
    """Where one can't be stored, none is."""

    async def work(store: Store) -> None:
        with pytest.raises(StoreUnavailable):
            await store.write(add(1), open_command(1), open_command(2))
        assert await store.counts() == {"contestants": 0, "attempts": 0, "rows": 0}

    stores.run(work)


# ---- the pen ----


def test_each_page_gets_the_next_pen(stores: Stores) -> None:
    """And the page that has it gets no new one."""

    async def work(store: Store) -> None:
        await store.write(add(), open_command())
        outcomes = await store.write(PEN, PEN, TakePen("lt-00001", "trang-2", OPENS), PEN)
        assert results(outcomes) == ["done", "again", "done", "done"]
        assert [outcome.head.pen for outcome in outcomes] == [1, 1, 2, 3]
        assert len(await rows_of(store)) == 4

    stores.run(work)


@pytest.mark.parametrize("end", [SUBMIT, EXPIRE])
def test_ended_attempt_gives_no_pen(stores: Stores, end: Draft) -> None:
    """Not even to the page that has it."""

    async def work(store: Store) -> None:
        await begun(store)
        outcomes = await store.write(Append(end), PEN, TakePen("lt-00001", "trang-2", OPENS))
        assert results(outcomes) == ["done", "refused", "refused"]
        assert outcomes[2].refusal is Refusal.ENDED

    stores.run(work)


def test_attempt_that_is_not_there_gives_no_pen(stores: Stores) -> None:
    """Nothing is written."""

    async def work(store: Store) -> None:
        outcome = await one(store, PEN)
        assert (outcome.result, outcome.refusal) == ("refused", Refusal.NOT_OPEN)

    stores.run(work)


# ---- rows ----


def test_row_is_stored_as_it_was_sent(stores: Stores) -> None:
    """With canonical JSON, the time it was received, and its place in the chain."""

    async def work(store: Store) -> None:
        await begun(store)
        outcome = await one(store, Append(response(1, 7)))
        row = (await rows_of(store))[-1]
        assert outcome.row == row
        assert (row.n, row.kind, row.at, row.pen, row.sequence) == (
            3, Kind.RESPONSE, OPENS + 1, 1, 7,
        )  # fmt: skip
        assert row.body == '{"chosen":["a"],"question":"ch-1"}'
        assert outcome.head == (await store.heads(["lt-00001"]))["lt-00001"]

    stores.run(work)


def test_message_sent_again_changes_nothing(stores: Stores) -> None:
    """And is answered with the row that it once became."""

    async def work(store: Store) -> None:
        await begun(store)
        first = await one(store, Append(response(1, 1)))
        again = await one(store, Append(response(1, 1, at=OPENS + 5000)))
        assert (again.result, again.row) == ("again", first.row)
        assert len(await rows_of(store)) == 3

    stores.run(work)


@pytest.mark.parametrize(
    "other",
    [
        response(1, 1, chosen="b"),
        replace(response(1, 1), kind=Kind.FLAG),
        replace(SUBMIT, sequence=1),
    ],
)
def test_same_number_with_other_content_is_refused(stores: Stores, other: Draft) -> None:
    """It would be another message under the same name."""

    async def work(store: Store) -> None:
        await begun(store)
        await store.write(Append(response(1, 1)))
        outcome = await one(store, Append(other))
        assert (outcome.result, outcome.refusal) == ("refused", Refusal.OTHER_CONTENT)
        assert len(await rows_of(store)) == 3

    stores.run(work)


def test_older_pen_is_kept_as_stale(stores: Stores) -> None:
    """Also when it is sent again."""

    async def work(store: Store) -> None:
        await begun(store)
        await store.write(Append(response(1, 1)), TakePen("lt-00001", "trang-2", OPENS))
        outcomes = await store.write(
            Append(response(1, 2)), Append(response(1, 2)), Append(response(1, 1))
        )
        assert results(outcomes) == ["stale", "stale", "again"]
        assert len(await rows_of(store)) == 5

    stores.run(work)


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (response(1, 1, pen=2), Refusal.BAD_MESSAGE),
        (response(1, 1, pen=0), Refusal.BAD_MESSAGE),
        (response(2, 1), Refusal.NOT_OPEN),
        (Draft("lt-00001", Kind.OPEN, OPENS), Refusal.OTHER_CONTENT),
        (replace(SUBMIT, attempt_id="lt-00002"), Refusal.NOT_OPEN),
    ],
)
def test_what_may_not_follow_is_refused(stores: Stores, draft: Draft, expected: Refusal) -> None:
    """And nothing is written."""

    async def work(store: Store) -> None:
        await begun(store)
        outcome = await one(store, Append(draft))
        assert (outcome.result, outcome.refusal) == ("refused", expected)
        assert (await store.counts())["rows"] == 2

    stores.run(work)


@pytest.mark.parametrize("end", [SUBMIT, EXPIRE])
def test_end_is_the_end(stores: Stores, end: Draft) -> None:
    """Nothing follows; what had arrived before is acknowledged again."""

    async def work(store: Store) -> None:
        await begun(store)
        await store.write(Append(response(1, 1)), Append(end))
        outcomes = await store.write(
            Append(response(1, 2)),
            Append(EXPIRE),
            Append(replace(SUBMIT, sequence=10)),
            Append(response(1, 1)),
        )
        assert results(outcomes) == ["refused", "refused", "refused", "again"]
        assert {outcome.refusal for outcome in outcomes[:3]} == {Refusal.ENDED}
        assert len(await rows_of(store)) == 4
        assert await store.running(ROUND) == []

    stores.run(work)


def test_submission_sent_again_is_acknowledged_again(stores: Stores) -> None:
    """The page that lost the answer learns that it is done."""

    async def work(store: Store) -> None:
        await begun(store)
        outcomes = await store.write(Append(SUBMIT), Append(SUBMIT))
        assert results(outcomes) == ["done", "again"]

    stores.run(work)


# ---- actions ----


def test_first_freeze_holds(stores: Stores) -> None:
    """A second one, with other files, changes nothing."""

    async def work(store: Store) -> None:
        assert await store.frozen(ROUND) is None
        outcomes = await store.write(freeze_command(), freeze_command(actor="khác"))
        assert results(outcomes) == ["done", "again"]
        record = await store.frozen(ROUND)
        assert record is not None
        assert record.action == freeze_command().action
        assert record.contents["rules_text"] == "rules_text of server"
        digest = record.action.body["rules_text"]
        assert await store.content(digest) == ("rules_text", "rules_text of server")
        assert await store.content("0" * 64) is None

    stores.run(work)


def test_round_with_a_running_attempt_is_not_closed(stores: Stores) -> None:
    """Whatever the closing row counts."""

    async def work(store: Store) -> None:
        await begun(store)
        assert (await one(store, close_command(1))).result == "refused"
        assert await store.actions("close") == []

    stores.run(work)


def test_round_is_not_closed_over_the_wrong_number_of_attempts(stores: Stores) -> None:
    """An attempt that was opened and ended meanwhile would not be in the root."""

    async def work(store: Store) -> None:
        await begun(store)
        await store.write(Append(SUBMIT))
        assert (await one(store, close_command(0))).result == "refused"

    stores.run(work)


def test_closed_round_stays_closed(stores: Stores) -> None:
    """Once, and no attempt is opened behind it."""

    async def work(store: Store) -> None:
        await begun(store)
        await store.write(add(2), Append(SUBMIT))
        outcomes = await store.write(close_command(1), close_command(1), open_command(2))
        assert results(outcomes) == ["done", "again", "refused"]
        assert outcomes[2].refusal is Refusal.CLOSED
        assert len(await store.actions("close")) == 1

    stores.run(work)


def test_granted_time_adds_up(stores: Stores) -> None:
    """By attempt."""

    async def work(store: Store) -> None:
        await begun(store)
        outcomes = await store.write(grant(), grant(ms=5000))
        assert results(outcomes) == ["done", "done"]
        assert await store.extra_time() == {"lt-00001": MINUTE + 5000}

    stores.run(work)


@pytest.mark.parametrize("end", [SUBMIT, EXPIRE])
def test_ended_attempt_is_granted_nothing(stores: Stores, end: Draft) -> None:
    """Its deadline is past and must not move."""

    async def work(store: Store) -> None:
        await begun(store)
        await store.write(Append(end))
        assert results(await store.write(grant(), grant(9))) == ["refused", "refused"]
        assert await store.extra_time() == {}

    stores.run(work)


def test_expiry_decided_before_a_grant_is_refused(stores: Stores) -> None:
    """The ruling came first: the attempt goes on."""

    async def work(store: Store) -> None:
        await begun(store)
        await store.write(grant())
        outcomes = await store.write(Append(EXPIRE, granted=0), Append(EXPIRE, granted=MINUTE))
        assert results(outcomes) == ["refused", "done"]

    stores.run(work)


def test_actions_keep_their_order_and_their_actors(stores: Stores) -> None:
    """In one chain for the whole contest."""
    actions = [Action(OPENS - n, f"người {n}", "note", f"x{n}", {"n": n}) for n in range(5)]

    async def work(store: Store) -> None:
        await store.write(*map(RecordAction, actions))
        assert await store.actions() == actions
        assert await store.actions("note") == actions
        assert await store.actions("freeze") == []
        assert await store.verify_actions() is None

    stores.run(work)


def test_newest_actions_come_first_and_in_pages(stores: Stores) -> None:
    """Without the kinds that aren't wanted, whatever their times say."""
    kinds = ("note", "login", "note", "note", "logout")
    actions = [Action(OPENS - n, "người", kind, f"x{n}", {"n": n}) for n, kind in enumerate(kinds)]
    newest = actions[::-1]

    async def work(store: Store) -> None:
        assert await store.latest_actions(5, 0) == []
        await store.write(*map(RecordAction, actions))
        assert await store.latest_actions(9, 0) == newest
        assert await store.latest_actions(2, 1) == newest[1:3]
        assert await store.latest_actions(2, 4) == newest[4:]
        assert await store.latest_actions(2, 1, "login", "logout") == [actions[2], actions[0]]

    stores.run(work)


def test_summary_has_the_last_row_of_every_attempt(stores: Stores) -> None:
    """By attempt id; people are counted once."""

    async def work(store: Store) -> None:
        await begun(store)
        await store.write(
            Append(SUBMIT), open_command(2, person=1, number=2), add(3), open_command(3),
            add(4), open_command(4, round_id="ky-2"),
        )  # fmt: skip
        result = await store.round_summary(ROUND)
        last = [(await rows_of(store, number))[-1] for number in (1, 2, 3)]
        assert result.heads == [[row.attempt_id, row.n, row.hash] for row in last]
        assert (result.people, result.rows) == (2, 5)

    stores.run(work)


# ---- the rest ----


@pytest.mark.parametrize("end", [EXPIRE, SUBMIT], ids=lambda draft: draft.kind)
def test_turn_is_the_newest_row_by_which_an_attempt_changed_hands(
    stores: Stores, end: Draft
) -> None:
    """A pen, then the end; openings and answers are none."""

    async def work(store: Store) -> None:
        assert await store.turns(0) == []
        assert await store.last_turn() == 0
        await store.write(add(), open_command())
        assert await store.turns(0) == []
        await store.write(PEN, Append(response()))
        assert await store.turns(0) == [Turn("lt-00001", 2, PEN.at)]
        assert await store.last_turn() == PEN.at
        await store.write(Append(end))
        assert await store.turns(0) == [Turn("lt-00001", 4, end.at)]
        assert await store.last_turn() == end.at

    stores.run(work)


def test_turns_are_asked_for_from_a_time_on(stores: Stores) -> None:
    """That millisecond included; the older ones of an attempt don't stand for its newest."""

    async def work(store: Store) -> None:
        await begun(store)
        await store.write(
            add(2), open_command(2), TakePen("lt-00002", "trang-2", OPENS + 5),
            TakePen("lt-00001", "trang-3", OPENS + 7),
        )  # fmt: skip
        one_, two = Turn("lt-00001", 3, OPENS + 7), Turn("lt-00002", 2, OPENS + 5)
        for since, expected in [(0, {one_, two}), (5, {one_, two}), (6, {one_}), (8, set())]:
            assert set(await store.turns(OPENS + since)) == expected
        assert await store.last_turn() == OPENS + 7

    stores.run(work)


def test_turns_of_other_processes_are_seen(stores: Stores) -> None:
    """Each watches what the others do."""

    async def work(store: Store) -> None:
        other = stores.open()
        try:
            await begun(other)
            assert await store.turns(0) == [Turn("lt-00001", 2, OPENS)]
            assert await store.last_turn() == OPENS
        finally:
            await other.close()

    stores.run(work)


def test_figures_tell_what_was_committed(stores: Stores) -> None:
    """Commands, commits and their time; of this process, since it began."""

    async def work(store: Store) -> None:
        before = store.figures()
        assert (before.rows, before.commits, before.failed, before.seconds) == (0, 0, 0, 0.0)
        await begun(store)
        await store.write(Append(response()))
        after = store.figures()
        assert (after.rows, after.commits, after.failed, after.waiting) == (4, 2, 0, 0)
        assert 0 < after.last_seconds < after.seconds

    stores.run(work)


def test_synthetic_mark_stays(stores: Stores) -> None:
    """The same seed again goes on; another one is refused."""

    async def work(store: Store) -> None:
        assert await store.meta("synthetic_seed") is None
        outcomes = await store.write(MarkSynthetic(7), MarkSynthetic(7), MarkSynthetic(8))
        assert results(outcomes) == ["done", "again", "refused"]
        assert await store.meta("synthetic_seed") == "7"

    stores.run(work)


def test_real_people_are_never_marked_as_synthetic(stores: Stores) -> None:
    """Whether they came before the first simulation or after it."""

    async def work(store: Store) -> None:
        outcomes = await store.write(MarkSynthetic(7), add(1, synthetic=True), MarkSynthetic(7))
        assert results(outcomes) == ["done", "done", "again"]
        assert results(await store.write(add(2), MarkSynthetic(7))) == ["done", "refused"]

    stores.run(work)


def test_everything_is_there_after_reopening(stores: Stores) -> None:
    """What was acknowledged is on the disk."""

    async def write(store: Store) -> None:
        await begun(store)
        await store.write(freeze_command(), grant(), Append(response(1, 1)))

    async def read(store: Store) -> None:
        assert len(await rows_of(store)) == 3
        assert (await store.heads(["lt-00001"]))["lt-00001"].pen == 1
        assert await store.extra_time() == {"lt-00001": MINUTE}
        assert await store.frozen(ROUND) is not None
        assert await store.verify_actions() is None

    stores.run(write)
    stores.run(read)


def test_two_stores_in_one_process_see_each_other(stores: Stores) -> None:
    """At once: what one has acknowledged, the other reads."""

    async def work(store: Store) -> None:
        other = stores.open()
        try:
            await begun(store)
            assert len(await rows_of(other)) == 2
            await other.write(Append(response(1, 1)))
            assert len(await rows_of(store)) == 3
        finally:
            await other.close()

    stores.run(work)


def test_closed_store_is_unavailable(stores: Stores) -> None:
    """For writing and for reading."""

    async def work(store: Store) -> None:
        await store.close()
        with pytest.raises(StoreUnavailable):
            await store.write(add())
        with pytest.raises(StoreUnavailable):
            await store.counts()

    stores.run(work)


# ---- two processes at once ----


def test_database_is_made_by_several_processes_at_once(stores: Stores) -> None:
    """Each finds it complete."""
    sides = [[add(n)] for n in range(1, 5)]
    assert [results(side) for side in stores.race(*sides)] == [["done"]] * 4


def test_raced_identity_key_registers_one_of_two(stores: Stores) -> None:
    """Forty people, each registering in two processes at once."""
    first = [add(n) for n in range(1, PEOPLE + 1)]
    second = [add(n + PEOPLE, key_hash=f"khoa-{n:05}") for n in range(1, PEOPLE + 1)]
    pairs = zip(*stores.race(first, second), strict=True)
    assert all(sorted(results(pair)) == ["done", "key_used"] for pair in pairs)


def test_raced_receipts_are_given_once(stores: Stores) -> None:
    """Two attempts want the same receipt."""
    stores.prepare(2 * PEOPLE, opened=False)
    first = [open_command(n) for n in range(1, PEOPLE + 1)]
    second = [open_command(n + PEOPLE, receipt=f"BN{n:07}") for n in range(1, PEOPLE + 1)]
    pairs = zip(*stores.race(first, second), strict=True)
    assert all(sorted(results(pair)) == ["code_used", "done"] for pair in pairs)


def test_raced_attempt_number_is_opened_once(stores: Stores) -> None:
    """A double click that reaches two processes."""
    stores.prepare(PEOPLE, opened=False)
    first = [open_command(n) for n in range(1, PEOPLE + 1)]
    second = [open_command(n + PEOPLE, person=n) for n in range(1, PEOPLE + 1)]
    pairs = zip(*stores.race(first, second), strict=True)
    assert all(sorted(results(pair)) == ["done", "number_used"] for pair in pairs)


def test_raced_pens_are_all_different(stores: Stores) -> None:
    """Two pages fight over each of forty attempts; every grant has a number of its own."""
    stores.prepare(PEOPLE, opened=True)
    sides = [
        [TakePen(f"lt-{n:05}", f"{side}-{turn}", OPENS) for turn in (1, 2, 3) for n in _numbers()]
        for side in ("trái", "phải")
    ]
    outcomes = [outcome for side in stores.race(*sides) for outcome in side]
    granted = Counter((outcome.row.attempt_id, outcome.head.pen) for outcome in outcomes)
    expected = {(f"lt-{n:05}", pen) for n in _numbers() for pen in range(1, 7)}
    assert set(granted) == expected
    assert set(granted.values()) == {1}
    stores.run(all_is_whole)


def test_raced_message_is_stored_once(stores: Stores) -> None:
    """The same message through two processes, and the chains stay whole."""
    stores.prepare(PEOPLE, opened=True)
    stores.run(_pens)
    messages = [Append(response(n, sequence)) for n in _numbers() for sequence in (1, 2, 3)]
    pairs = zip(*stores.race(messages, messages), strict=True)
    assert all(sorted(results(pair)) == ["again", "done"] for pair in pairs)
    stores.run(all_is_whole)


def test_rows_of_two_processes_make_one_chain(stores: Stores) -> None:
    """Both write to the same attempts at once."""
    stores.prepare(PEOPLE, opened=True)
    stores.run(_pens)
    sides = [
        [Append(response(n, sequence)) for sequence in sequences for n in _numbers()]
        for sequences in (range(1, 6), range(6, 11))
    ]
    outcomes = stores.race(*sides)
    assert {outcome.result for side in outcomes for outcome in side} == {"done"}

    async def work(store: Store) -> None:
        await all_is_whole(store)
        assert (await store.counts())["rows"] == PEOPLE * 12

    stores.run(work)


def test_attempt_raced_to_its_end_ends_once(stores: Stores) -> None:
    """Submitted here, expired there."""
    stores.prepare(PEOPLE, opened=True)
    stores.run(_pens)
    ids = [f"lt-{n:05}" for n in _numbers()]
    submits = [Append(replace(SUBMIT, attempt_id=id_)) for id_ in ids]
    expiries = [Append(replace(EXPIRE, attempt_id=id_)) for id_ in ids]
    pairs = zip(*stores.race(submits, expiries), strict=True)
    assert all(sorted(results(pair)) == ["done", "refused"] for pair in pairs)
    stores.run(all_is_whole)


def test_expiry_raced_with_a_grant_is_one_of_the_two(stores: Stores) -> None:
    """Never an ended attempt that was granted time."""
    stores.prepare(PEOPLE, opened=True)
    grants = [grant(n) for n in _numbers()]
    expiries = [Append(replace(EXPIRE, attempt_id=f"lt-{n:05}"), granted=0) for n in _numbers()]
    pairs = zip(*stores.race(grants, expiries), strict=True)
    assert all(sorted(results(pair)) == ["done", "refused"] for pair in pairs)


def test_raced_freeze_keeps_the_files_of_one(stores: Stores) -> None:
    """All four contents, of the process that came first."""
    (first,), (second,) = stores.race([freeze_command(actor="a")], [freeze_command(actor="b")])
    assert sorted([first.result, second.result]) == ["again", "done"]

    async def work(store: Store) -> None:
        record = await store.frozen(ROUND)
        assert record is not None
        winner = "a" if first.result == "done" else "b"
        assert record.action.actor == winner
        assert record.contents["bank"] == f"bank of {winner}"
        assert len(await store.actions()) == 1

    stores.run(work)


def test_round_raced_to_its_end_closes_over_all_its_attempts(stores: Stores) -> None:
    """An attempt opened at the last moment is either in the root or refused."""
    stores.prepare(1, opened=False)
    (opening,), (closing,) = stores.race([open_command(1)], [close_command(0)])
    assert (opening.result, closing.result) in {("done", "refused"), ("refused", "done")}


def test_actions_of_two_processes_make_one_chain(stores: Stores) -> None:
    """Nothing is lost and nothing comes twice."""
    sides = [
        [RecordAction(Action(OPENS, side, "note", f"{side}-{n}")) for n in range(60)]
        for side in ("trái", "phải")
    ]
    stores.race(*sides)

    async def work(store: Store) -> None:
        actions = await store.actions()
        assert len({action.subject for action in actions}) == len(actions) == 120
        assert await store.verify_actions() is None

    stores.run(work)


def test_raced_code_is_given_once(stores: Stores) -> None:
    """Two people are given the same new code."""
    stores.prepare(2 * PEOPLE, opened=False)
    sides = [
        [ReplaceCode(f"ts-{n + add_:05}", f"mới-{n}", Action(OPENS, "x", "new_code", "y"))
         for n in _numbers()]
        for add_ in (0, PEOPLE)
    ]  # fmt: skip
    pairs = zip(*stores.race(*sides), strict=True)
    assert all(sorted(results(pair)) == ["code_used", "done"] for pair in pairs)


def _numbers() -> range:
    return range(1, PEOPLE + 1)


async def _pens(store: Store) -> None:
    await store.write(*(TakePen(f"lt-{n:05}", "trang", OPENS) for n in _numbers()))


# ---- forgetting ----


def erase(number: int = 1, *, keep_key: bool = False) -> Erase:
    """Return the command that forgets a person."""
    action = Action(OPENS + 5, "Tổ Thư ký", "forget", f"ts-{number:05}", {"reason": "theo đơn"})
    return Erase(action, keep_key)


def purge(*consents: str) -> Purge:
    """Return the command that forgets everybody who agreed to these texts."""
    return Purge(Action(OPENS + 6, "server", "purge", "people"), consents)


def test_erased_person_leaves_a_pseudonym_and_whole_chains(stores: Stores) -> None:
    """Nothing finds them by phone or code; what they did stands."""

    async def work(store: Store) -> None:
        await begun(store)
        before = await rows_of(store)
        assert (await one(store, erase())).result == "done"
        assert await store.person("ts-00001") is None
        assert await store.contestant_by_key("khoa-00001") is None
        assert await store.contestant_by_code("ma-00001") is None
        found = await store.contestant("ts-00001")
        assert found is not None
        assert found == contestant(key_hash=None, code_hash="erased:ts-00001")
        assert found.erased
        assert not contestant().erased
        assert await rows_of(store) == before
        assert [a.kind for a in await store.actions()] == ["forget"]
        assert await store.verify_actions() is None

    stores.run(work)


def test_erasing_again_changes_nothing(stores: Stores) -> None:
    """And who was never there can't be erased."""

    async def work(store: Store) -> None:
        await store.write(add(), erase())
        assert results(await store.write(erase(), erase(2))) == ["again", "refused"]
        assert len(await store.actions()) == 1

    stores.run(work)


@pytest.mark.parametrize(("keep", "expected"), [(True, "key_used"), (False, "done")])
def test_key_of_an_erased_person(stores: Stores, keep: bool, expected: str) -> None:
    """Kept while it may still be used twice, without telling whose it was."""

    async def work(store: Store) -> None:
        await store.write(add(), erase(keep_key=keep))
        assert await store.key_used("khoa-00001") is keep
        assert (await one(store, add(2, key_hash="khoa-00001"))).result == expected

    stores.run(work)


def test_erased_person_gets_no_new_code(stores: Stores) -> None:
    """Nobody may sign in as them again."""

    async def work(store: Store) -> None:
        await store.write(add(), erase())
        action = Action(OPENS + 9, "Tổ Thư ký", "new_code", "ts-00001")
        assert (await one(store, ReplaceCode("ts-00001", "ma-moi", action))).result == "refused"

    stores.run(work)


def test_purge_forgets_those_whose_day_has_come(stores: Stores) -> None:
    """By the text they agreed to; kept keys go with the last person."""

    async def work(store: Store) -> None:
        await store.write(
            *(add(n, consent_hash="cu") for n in (1, 2)), add(3, consent_hash="moi"), add(4)
        )
        await store.write(erase(4, keep_key=True))
        assert await store.consents() == {"cu": 2, "moi": 1}
        assert results(await store.write(purge("cu"), purge("cu"))) == ["done", "again"]
        assert await store.consents() == {"moi": 1}
        assert await store.person("ts-00003") == fields(3)
        assert await store.key_used("khoa-00004")
        assert not await store.key_used("khoa-00001")
        await store.write(purge("moi"))
        assert not await store.key_used("khoa-00004")
        told = [(a.kind, a.body.get("people")) for a in await store.actions()]
        assert told == [("forget", None), ("purge", 2), ("purge", 1)]
        assert await store.verify_actions() is None

    stores.run(work)


@pytest.mark.parametrize("whole", [True, False])
def test_nothing_of_the_erased_is_left_in_the_files(stores: Stores, whole: bool) -> None:
    """Neither in the database nor in its log, read byte by byte."""

    async def work(store: Store) -> None:
        for start in range(1, 400, 40):
            await store.write(*(add(n) for n in range(start, start + 40)))
        await store.write(*(erase(n, keep_key=True) for n in range(3, 400, 7)))
        assert await store.scrub(whole=whole)
        files = b"".join(path.read_bytes() for path in stores.path.parent.iterdir())
        for n in range(1, 401):
            gone = n % 7 == 3
            for value in fields(n).values():
                assert (value.encode() in files) is not gone
        assert await store.verify_actions() is None

    stores.run(work)
