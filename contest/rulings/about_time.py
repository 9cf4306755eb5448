"""Rulings that grant time: to one attempt, or to a round that was interrupted."""

from __future__ import annotations

from contest.clock import local
from contest.frozen import FrozenRound
from contest.rounds import deadline_with
from contest.rulings.about_results import proposal
from contest.rulings.case import Case, Proposal, Refused
from contest.rulings.messages import text
from contest.rulings.models import Extend, ExtraTime, Ruling
from contest.store.commands import GrantTime

MINUTE = 60_000
MOST = 24 * 60
"""Minutes that one ruling may grant."""

LEFT_MS = MINUTE
"""What must be left of an attempt's time where granted time is taken back."""


async def grant(case: Case, minutes: str, attempt: str) -> Proposal:
    """Give a running attempt more time."""
    ms = _minutes(minutes) * MINUTE
    record = await case.attempt(attempt)
    await case.person(record.contestant_id)
    if record.attempt_id not in await case.service.store.running(record.round_id):
        raise Refused(text("no.not_running", id=record.attempt_id))
    ruling = case.ruling("extra_time", record.attempt_id, None, ms=ms)
    told = f"{record.attempt_id} · +{minutes}"
    return Proposal(ruling, GrantTime(ruling.action), len(case.rulings), told)


async def extend(case: Case, minutes: str, round_id: str) -> Proposal:
    """Give a round back what it lost: to all who are sitting, and to the window."""
    ms = _minutes(minutes) * MINUTE
    frozen = await case.round(round_id)
    now = case.given.at
    if round_id in case.closed:
        raise Refused(text("no.closed_time", round=round_id))
    begun = [span for span in frozen.round.spans if span[0] <= now]
    if not begun:
        raise Refused(text("no.before_round", round=round_id))
    opens, closes = begun[-1]
    after = closes + ms
    running = await case.service.store.running(round_id)
    if after <= now and not running:
        raise Refused(text("no.extend_past", minutes=minutes, round=round_id, closes=_said(after)))
    await _room(case, frozen, closes, after, minutes)
    ruling = case.ruling("extend", round_id, round_id, ms=ms, opens=opens, attempts=running)
    note = text(
        "preview.extend", n=len(running), minutes=minutes, round=round_id, closes=_said(after)
    )
    return proposal(case, ruling, f"{round_id} · +{minutes}", note, extends=True)


async def _room(case: Case, frozen: FrozenRound, closes: int, after: int, minutes: str) -> None:
    """Refuse a window that would reach into the next one, of this round or another."""
    id_ = frozen.round.id
    for other in (await case.service.rounds.contest()).rules.rounds:
        begun = await case.service.rounds.frozen(other.id, case.given.at)
        for opens, _ in (begun.round if begun else other).spans:
            if closes <= opens < after:
                raise Refused(
                    text(
                        "no.extend_overlap", minutes=minutes, round=id_, closes=_said(after),
                        next=other.id, opens=_said(opens),
                    )
                )  # fmt: skip


async def take_back(case: Case, target: Ruling) -> Proposal:
    """Take granted time back from whoever is still sitting and has time left without it."""
    body = target.body
    assert isinstance(body, ExtraTime | Extend)
    now = case.given.at
    single = isinstance(body, ExtraTime)
    ids = (target.subject,) if single else body.attempts  # type: ignore[union-attr]
    round_id = target.subject
    if single:
        round_id = (await case.attempt(target.subject)).round_id
    frozen = await case.round(round_id)
    running = set(await case.service.store.running(round_id))
    granted = await case.service.store.extra_time()
    left = []
    for id_ in ids:
        if id_ in running:
            ends = deadline_with(await case.attempt(id_), frozen, granted.get(id_, 0))
            if ends - body.ms >= now + LEFT_MS:
                left.append(id_)
    spans = [closes for opens, closes in frozen.round.spans if not single and opens == body.opens]  # type: ignore[union-attr]
    window_over = any(closes - body.ms <= now for closes in spans)
    if (single and not left) or window_over or round_id in case.closed:
        raise Refused(text("no.time_used", n=target.number))
    ruling = case.ruling(
        "undo_time", str(target.number), None if single else round_id,
        ruling=target.number, ms=body.ms, attempts=left,
    )  # fmt: skip
    return proposal(case, ruling, str(target.number), takes_time=True)


def _minutes(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and 1 <= int(typed) <= MOST):
        raise Refused(text("no.minutes", value=typed))
    return int(typed)


def _said(ms: int) -> str:
    return f"{local(ms):%H:%M %d/%m/%Y}"
