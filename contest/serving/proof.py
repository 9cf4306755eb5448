"""Asking the browser for a little work before somebody registers, where the rules say so."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass

from contest.proof import (
    LASTS_MS,
    MOST_BITS,
    PARTS,
    WAITS_MS,
    Challenge,
    Sign,
    is_answer,
    read_challenge,
)
from contest.registration import FieldError
from contest.rules import Rules
from contest.serving.messages import text
from contest.serving.page import Page
from contest.serving.places import Limited, count, minutes_to_wait, places

FORM = "register"
KEPT = 200_000
"""Used challenges that are remembered; more than register within an hour."""


@dataclass(frozen=True)
class Asked:
    """What the form's page holds: the signed challenge, what to work on, what was found so far."""

    token: str
    id: str
    bits: int
    parts: int
    answer: str


class Used:
    """Challenges that were used within the time for which one may be. Of this process only.

    Another process on the same contest doesn't know them: there each could be used once more.
    """

    def __init__(self) -> None:
        self._until: OrderedDict[str, int] = OrderedDict()

    def has(self, id_: str) -> bool:
        """Return whether a challenge has been used."""
        return id_ in self._until

    def take(self, id_: str, now: int) -> bool:
        """Use a challenge; False where it has been."""
        while self._until and (len(self._until) > KEPT or next(iter(self._until.values())) <= now):
            self._until.popitem(last=False)
        if id_ in self._until:
            return False
        self._until[id_] = now + LASTS_MS
        return True


def asked(page: Page, rules: Rules) -> Asked | None:
    """Return what a form asks of its browser; None where the rules or what was done ask nothing.

    What came with the form comes back with it: nobody works twice because of a typing error.
    """
    if not needed(page, rules):
        return None
    token, answer = _sent(page)
    challenge = read_challenge(token, FORM, page.now, _signer(page))
    stale = challenge is None or _used(page).has(challenge.id)
    if challenge is None or stale or (answer and not is_answer(challenge, answer)):
        bits = min(page.settings["proof_bits"], MOST_BITS)
        challenge, answer = Challenge(FORM, page.now, bits, secrets.token_hex(16)), ""
    signed = challenge.token(_signer(page))
    return Asked(signed, challenge.id, challenge.bits, PARTS, answer)


def needed(page: Page, rules: Rules) -> bool:
    """Return whether the work has yet to be done for what is being filled in."""
    draft = page.shared.cookies.draft(page)
    return rules.registration.device_check and draft.get("proved", "") != proved(page, draft)


def proved(page: Page, draft: dict[str, str]) -> str:
    """Return the mark by which a draft is known as worked for; of one draft comes one person."""
    return page.shared.cookies.mark("proved", draft.get("once", ""))


def refusal(page: Page, rules: Rules) -> FieldError | None:
    """Return why a form isn't taken yet; using up its challenge where it is taken."""
    if not needed(page, rules):
        return None
    token, answer = _sent(page)
    challenge = read_challenge(token, FORM, page.now, _signer(page))
    if challenge is None:
        return FieldError("kiem-tra-may", text("proof.old"))
    if answer and not is_answer(challenge, answer):
        return FieldError("kiem-tra-may", text("proof.wrong"))
    if not answer and (error := _too_soon(page, challenge)):
        return error
    if not _used(page).take(challenge.id, page.now):
        return FieldError("kiem-tra-may", text("proof.old"))
    return None


def _too_soon(page: Page, challenge: Challenge) -> FieldError | None:
    """Without the work one waits instead, and an address may do so a limited number of times."""
    limited: Limited = ((page.shared.by_address, f"proof/{places(page)[1]}"),)
    if minutes := minutes_to_wait(limited, page.now):
        return FieldError("kiem-tra-may", text("code.wait", phut=minutes))
    left = challenge.at + WAITS_MS - page.now
    if left > 0:
        return FieldError("kiem-tra-may", text("proof.wait", giay=-(-left // 1000)))
    count(limited, page.now)
    return None


def _sent(page: Page) -> tuple[str, str]:
    """Return the challenge and the answer that came with a form."""
    return page.get_body_argument("may", "")[:200], page.get_body_argument("giai", "")[:200]


def _used(page: Page) -> Used:
    return page.settings.setdefault("used_proofs", Used())


def _signer(page: Page) -> Sign:
    return lambda said: page.shared.cookies.mark("proof", said)
