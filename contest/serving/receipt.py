"""Receipts, and looking them up; results as far as the rules reveal them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import segno
from markupsafe import Markup
from tornado.web import HTTPError

from contest.attempt import State
from contest.claims.desk import find as find_claim
from contest.draw import Item
from contest.ids import is_receipt, normalise, shown
from contest.kinds import kind_of
from contest.masking import masked_name
from contest.numbers import shown_number
from contest.pictures import address
from contest.registration import FieldError
from contest.rounds import Rounds, RoundStatus
from contest.rules import Reveal
from contest.service import AttemptView
from contest.serving.each import Shown, question_rows, score_words
from contest.serving.entry import date_words
from contest.serving.messages import text
from contest.serving.outcome import outcome
from contest.serving.page import Page
from contest.serving.topics import is_predicted, topic_rows
from contest.serving.words import duration, moment
from grading.marks import Mark, decided_mark, full_micro, mark, micro, voided


@dataclass(frozen=True)
class Revealed:
    """What the rules let be shown of an attempt at a moment."""

    score: bool
    right_answers: bool
    explanations: bool


class Lookup(Page):
    """`/tra-cuu`: a receipt code leads to its receipt, the code of a claim to what became of it."""

    async def get(self) -> None:
        await self._show("", [])

    async def post(self) -> None:
        typed = self.get_body_argument("ma", "")[:40]
        view = await self.service.view_by_receipt(typed)
        if view is None and (claim := await find_claim(self.service, typed)):
            self.see(f"/phan-anh/{claim.code}")
        elif view is None:
            await self._show(typed, [FieldError("ma", text("lookup.none"))])
        else:
            self.see(f"/bien-nhan/{view.record.receipt}")

    async def _show(self, typed: str, errors: list[FieldError]) -> None:
        status = await self.status()
        await self.page("lookup", text("lookup.title"), status, typed=typed, errors=errors)


class Receipt(Page):
    """`/bien-nhan/<code>`: proof of an attempt; its owner sees the name, others a masked one."""

    async def found(self, typed: str) -> tuple[AttemptView, bool]:
        """Return the ended attempt of a code, and whether its owner asks; HTTPError 404."""
        code = normalise(typed)
        view = await self.service.view_by_receipt(code) if is_receipt(code) else None
        if view is None:
            raise HTTPError(404)
        return view, self.shared.cookies.contestant(self) == view.record.contestant_id

    async def get(self, typed: str) -> None:
        view, owner = await self.found(typed)
        status = await self.status()
        over = await self.is_over(view)
        title = text("receipt.title" if view.replay.state is State.SUBMITTED else "receipt.expired")
        await self.page(
            "receipt",
            title,
            status,
            of=view.frozen.round,
            view=self.words(view, owner, over),
            outcome=await outcome(self, view) if owner and over else None,
            topics=await own_topics(self.service.rounds, view, over) if owner else [],
            results_by=date_words(view.frozen.round.results_by),
            owner=owner,
            left=await self._left(view) if owner and _is_open(status, view) else 0,
        )

    async def _left(self, view: AttemptView) -> int:
        """Return how many attempts the owner may still begin in this round, none running."""
        record = view.record
        standing = await self.service.standing(record.contestant_id, record.round_id, self.now)
        return 0 if standing.running else standing.left

    async def is_over(self, view: AttemptView) -> bool:
        closes = view.frozen.round.closes_at
        return self.now >= closes and await self.service.rounds.closed(view.record.round_id)

    def words(self, view: AttemptView, owner: bool, over: bool) -> dict[str, Any]:
        """Return what the page shows, for the owner or for others who have the code."""
        units = view.frozen.units.path(view.record.opened["unit_id"])
        name = (view.person or {}).get("name", view.record.contestant_id)
        paper = view.frozen.paper_of(view.record)
        prediction = view.replay.predicted
        ended = view.ended_at or self.now
        revealed = revealed_now(view, over)
        marks = [_mark(view, item) for item in paper.items]
        return {
            "code": shown(view.record.receipt),
            "address": f"/bien-nhan/{view.record.receipt}",
            "qr": self._qr(view.record.receipt),
            "round": {"id": view.record.round_id, "title": view.frozen.round.title},
            "number": view.record.number,
            "submitted": view.replay.state is State.SUBMITTED,
            "ended": moment(ended, seconds=True),
            "duration": duration(ended - view.record.started_at),
            "name": name if owner else masked_name(name),
            "unit": units[0].name,
            "above": units[1].name if len(units) > 1 else None,
            "questions": len(paper),
            "received": len(view.replay.responses),
            "started": view.record.started_at,
            "over": view.ended_at is not None,
            "answers": _positions(view, paper.items) if owner else {},
            "predicted": view.frozen.rules.prediction is not None,
            "prediction": None if prediction is None else shown_number(prediction),
            "result": score_words(marks, view.frozen.rules.scoring) if revealed.score else None,
            # Right answers are for whoever sat the paper; others with the code see the receipt.
            "each": _each(view, paper.items, marks, revealed) if owner else [],
        }

    def url_of(self, code: str) -> str:
        """Return the address of a receipt, as its QR code has it."""
        return f"{self.request.protocol}://{self.request.host}/bien-nhan/{code}"

    def _qr(self, code: str) -> Markup:
        # Dark on light in every theme: scanners read nothing else.
        svg = segno.make(self.url_of(code), error="m").svg_inline(
            scale=4, border=2, omitsize=False, light="white"
        )
        return Markup(svg)


def _is_open(status: RoundStatus, view: AttemptView) -> bool:
    """Return whether the round that is open now is the attempt's own."""
    return status.phase == "open" and status.round.id == view.record.round_id


def revealed_now(view: AttemptView, over: bool) -> Revealed:
    """Return what may be shown; `over` tells whether the round is closed for good."""
    policy = view.frozen.rules.reveal

    def may(when: Reveal) -> bool:
        return when == "at_once" or (when == "after_round" and over)

    return Revealed(may(policy.score), may(policy.right_answers), may(policy.explanations))


async def own_topics(rounds: Rounds, view: AttemptView, over: bool) -> list[dict[str, Any]]:
    """Return an attempt's result by topic, for its owner; empty before the rules reveal it all.

    The figures are figures of the key: score and right answers must both be open to its owner,
    and right answers not be what is being predicted.
    """
    revealed = revealed_now(view, over)
    if not (revealed.score and revealed.right_answers):
        return []
    if await is_predicted(rounds, view.frozen.rules, over=over):
        return []
    items = view.frozen.paper_of(view.record).items
    return topic_rows(view.frozen.bank, items, [_mark(view, item) for item in items])


def _positions(view: AttemptView, items: tuple[Item, ...]) -> dict[str, Any]:
    """Return what was received as the paper's page writes it: the browser may have kept more."""
    found: dict[str, Any] = {}
    for q, item in enumerate(items, start=1):
        if response := view.replay.responses.get(item.question.id):
            found[str(q)] = kind_of(item).write(item, response)
    if view.replay.prediction is not None:
        found["p"] = view.replay.prediction
    return found


def _mark(view: AttemptView, item: Item) -> Mark:
    """Return the mark as grading has it: by the rules, and by what was decided since."""
    id_ = item.question.id
    decided = view.decided
    points = micro(view.frozen.paper_rules(view.record).points)
    full = full_micro(item.question, points)
    if id_ in decided.voids:
        return voided(decided.voids[id_], full)
    if (view.record.attempt_id, id_) in decided.marks:
        return decided_mark(decided.marks[view.record.attempt_id, id_], full)
    return mark(
        item.question,
        view.replay.responses.get(id_),
        points,
        view.frozen.rules.scoring,
        elapsed_ms=view.replay.elapsed.get(id_),
        accepted=decided.accepted.get(id_, ()),
    )


def _each(
    view: AttemptView, items: tuple[Item, ...], marks: list[Mark], revealed: Revealed
) -> list[dict[str, Any]]:
    """Return the questions one by one, once right answers may be seen."""
    if not revealed.right_answers:
        return []
    rules, bank = view.frozen.rules, view.frozen.bank
    explained = revealed.explanations
    shown_by = Shown(bank, rules.scoring, view.replay.responses, address, explained=explained)
    return question_rows(shown_by, items, marks)
