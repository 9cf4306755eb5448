"""Claims to the organisers: choosing what about, the form, and the page of a claim's code.

Nothing here tells whether anybody is registered: what is typed is kept, and organisers look.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable

from markupsafe import Markup
from tornado.web import HTTPError

from contest.claims.desk import About, about, find, send
from contest.claims.form import (
    KINDS,
    LINE_LENGTH,
    TEXT_LENGTH,
    ClaimKind,
    is_open,
    key_field,
    read_claim,
)
from contest.ids import SeededIds, shown
from contest.numbers import shown_number
from contest.registration import FieldError
from contest.registration_fields import field_title
from contest.rounds import RoundStatus
from contest.serving.entry import date_words
from contest.serving.messages import text
from contest.serving.page import Page, say, whole
from contest.serving.places import Limited, count, minutes_to_wait, places
from contest.serving.words import moment
from contest.store.claims_protocol import Claim

PATH = "/phan-anh"
_INPUTS = ("phan-anh", "ten", "khoa", "lien-he")
_ONCE = re.compile(r"[0-9a-f]{32}")
_TYPED_LENGTH = 10 * TEXT_LENGTH
"""Of what is shown again; the form's own limits are told before that."""


class Send(Page):
    """`/phan-anh`: what it is about, then the form; it works without script."""

    async def get(self) -> None:
        kind = KINDS.get(self.get_query_argument("viec", ""))
        status = await self.status()
        if kind is None:
            await self._choose(status)
            return
        await self._show(status, kind, await self._about(self.get_query_argument), {}, [])

    async def post(self) -> None:
        status = await self.status()
        kind = KINDS.get(self.get_body_argument("viec", ""))
        if kind is None:
            await self._choose(status)
            return
        what = await self._about(self.get_body_argument)
        typed = {name: self.get_body_argument(name, "")[:_TYPED_LENGTH] for name in _INPUTS}
        body, key, errors = read_claim(kind, typed, status.rules)
        limited = await self._limited()
        if minutes := minutes_to_wait(limited, self.now):
            self.set_status(429)
            errors = [FieldError("gui", text("code.wait", phut=minutes))]
        if errors or not is_open(status.rules, self.now):
            await self._show(status, kind, what, typed, errors)
            return
        once = self.get_body_argument("lan", "")
        ids = SeededIds(self.shared.cookies.seed(once if _ONCE.fullmatch(once) else _once()), PATH)
        code = await send(self.service, ids, kind, body, key, what, self.now)
        count(limited, self.now)
        if code is None:
            error = FieldError("gui", text("claim.too_many"))
            await self._show(status, kind, what, typed, [error])
        else:
            self.see(f"{PATH}/{code}")

    async def _about(self, said: Callable[[str, str], str]) -> About:
        contestant = await self.contestant()
        visitor = contestant.contestant_id if contestant else None
        receipt, question = (said(name, "")[:40] for name in ("bien-nhan", "cau"))
        return await about(self.service, receipt, question, visitor)

    async def _limited(self) -> Limited:
        browser, address = places(self)
        contestant = await self.contestant()
        person = contestant.contestant_id if contestant else browser
        return (
            (self.shared.by_browser, f"claim/{person}"),
            (self.shared.by_address, f"claim/{address}"),
        )

    async def _choose(self, status: RoundStatus) -> None:
        await self.page(
            "claim_what",
            text("claim.title"),
            status,
            kinds=KINDS,
            path=PATH,
            open=self._open(status),
        )

    async def _show(
        self,
        status: RoundStatus,
        kind: ClaimKind,
        what: About,
        typed: dict[str, str],
        errors: list[FieldError],
    ) -> None:
        field = key_field(status.rules)
        once = self.get_argument("lan", "")
        await self.page(
            "claim",
            text("claim.title"),
            status,
            errors=errors,
            path=PATH,
            kind=kind,
            word=next(word for word, one in KINDS.items() if one == kind),
            about=about_words(kind, what),
            receipt=what.receipt,
            question=what.question or "",
            typed={name: typed.get(name, "") for name in _INPUTS},
            key=field_title(field) if field is not None else "",
            once=once if _ONCE.fullmatch(once) else _once(),
            longest=shown_number(TEXT_LENGTH),
            line=LINE_LENGTH,
            deleted=date_words(status.rules.registration.consent.delete_on),
            open=self._open(status),
        )

    def _open(self, status: RoundStatus) -> bool:
        return is_open(status.rules, self.now)


class ClaimPage(Page):
    """`/phan-anh/<code>`: what became of a claim; only its signed-in sender sees their words."""

    async def get(self, typed: str) -> None:
        claim = await find(self.service, typed)
        if claim is None:
            raise HTTPError(404)
        contestant = await self.contestant()
        visitor = contestant.contestant_id if contestant else None
        mine = claim.own and visitor == claim.contestant_id
        await self.page(
            "claim_sent",
            text("claim.answered" if claim.answer else "claim.sent"),
            await self.status(),
            code=shown(claim.code),
            about=about_words(claim.kind, await self._about(claim) if mine else About()),
            at=moment(claim.at),
            status_words=_status_words(claim),
            outcome=text(f"claim.outcome.{claim.outcome}") if claim.outcome else "",
            answer=(claim.answer or "").split("\n") if claim.answer else [],
            said=claim.body.get("text", "").split("\n") if mine else [],
        )

    async def _about(self, claim: Claim) -> About:
        record = await self.service.store.attempt(claim.attempt_id) if claim.attempt_id else None
        return About(receipt=record.receipt if record else "", question=claim.question)


def about_words(kind: str, what: About) -> Markup:
    """Return what a claim is about, in a line."""
    if not what.receipt:
        return say(f"claim.kind.{kind}")
    name = "claim.question.of" if what.question else "claim.result.of"
    return say(name, n=what.question, ma=whole(shown(what.receipt)))


def _status_words(claim: Claim) -> str:
    if claim.status == "answered":
        return text("claim.status.answered", gio=moment(claim.answered_at or claim.at))
    return text(f"claim.status.{claim.status}")


def _once() -> str:
    return secrets.token_hex(16)


CLAIM_PAGES: list[tuple[str, type]] = [
    (PATH, Send),
    (rf"{PATH}/([0-9A-Za-z-]{{9,16}})", ClaimPage),
]
"""The plain pages of claims."""
