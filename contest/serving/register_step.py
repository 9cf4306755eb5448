"""What the steps of registering share: who may take them, what was filled in, the code of entry."""

from __future__ import annotations

import hmac

from contest.registration import FieldError
from contest.rounds import RoundStatus
from contest.rules import Rules
from contest.serving.messages import text
from contest.serving.page import Page
from contest.serving.places import Limited, count, minutes_to_wait, places


class Step(Page):
    """A step of registering: only for somebody who isn't registered, in a round that takes them."""

    async def begin(self) -> RoundStatus | None:
        """Return the round's status, or redirect and return None."""
        status = await self.registering()
        if status is not None and not self.invited(status.rules):
            self.see("/dang-ky/ma-tham-gia")
            return None
        return status

    async def registering(self) -> RoundStatus | None:
        """Return the round's status, or lead to the entry page, which says why, and return None.

        Nothing that was sent is looked at before: the answer tells nothing of who is registered.
        """
        status = await self.status()
        shut = status.phase == "over" or not status.takes_newcomers(self.now)
        if shut or await self.contestant() is not None:
            self.see("/")
            return None
        return status

    @property
    def draft(self) -> dict[str, str]:
        """What was filled in so far."""
        return self.shared.cookies.draft(self)

    def invited(self, rules: Rules) -> bool:
        """Return whether the entry code was typed, where the rules ask for one."""
        code = rules.registration.entry_code
        if code is None:
            return True
        return hmac.compare_digest(self.draft.get("invited", ""), self.mark_of(code))

    def mark_of(self, code: str) -> str:
        """Return what a draft keeps of an entry code: another code's mark is another."""
        return self.shared.cookies.mark("entry", _plain(code))

    async def used(self, status: RoundStatus) -> None:
        """Tell that the identity key has been registered; nothing else about whom."""
        key = status.rules.registration.key
        await self.page("used", text(f"used.{key}.title"), status, key=key)


class Gate(Step):
    """`/dang-ky/ma-tham-gia`: the code that all who are invited share, before anything else."""

    async def begin(self) -> RoundStatus | None:
        """Return the round's status, or redirect and return None."""
        status = await self.registering()
        if status is not None and self.invited(status.rules):
            self.see("/dang-ky")
            return None
        return status

    async def get(self) -> None:
        status = await self.begin()
        if status:
            await self._show(status, "", [])

    async def post(self) -> None:
        status = await self.begin()
        if not status:
            return
        typed = self.get_body_argument("ma", "")[:80]
        limited = self._limited()
        if wait := minutes_to_wait(limited, self.now):
            self.set_status(429)
            await self._show(status, typed, [FieldError("ma", text("code.wait", phut=wait))])
        elif hmac.compare_digest(
            self.mark_of(typed), self.mark_of(status.rules.registration.entry_code or "")
        ):
            draft = {**self.draft, "invited": self.mark_of(typed)}
            self.shared.cookies.keep_draft(self, draft)
            self.see("/dang-ky")
        else:
            left = count(limited, self.now)
            await self._show(status, typed, [FieldError("ma", text("gate.bad", n=left))])

    def _limited(self) -> Limited:
        browser, address = places(self)
        return (
            (self.shared.by_browser, f"entry/{browser}"),
            (self.shared.by_address, f"entry/{address}"),
        )

    async def _show(self, status: RoundStatus, typed: str, errors: list[FieldError]) -> None:
        await self.page("gate", text("gate.title"), status, typed=typed, errors=errors)


def _plain(code: str) -> str:
    """Return a code without case and what people put between its signs."""
    return "".join(letter for letter in code if letter.isalnum()).casefold()
