"""A little work that a form asks of a browser, instead of a picture puzzle. Pure.

The server signs a challenge and keeps nothing; a browser finds for each of its parts a number that
gives a hash with zeros in front, which takes it a moment and the server eight hashes to check. It
isn't a wall: it makes a script pay for each registration, and keeps those out that send forms
without ever running a page.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass

Sign = Callable[[str], str]
"""Text -> a mark that only this server can make."""

PARTS = 8
"""Several small searches take more even times than one large one."""
LASTS_MS = 60 * 60_000
"""How long a challenge may be answered; as long as what was filled in is kept."""
WAITS_MS = 15_000
"""Without an answer the form goes this long after it was opened; for browsers without script."""
MOST_BITS = 24

_TOKEN = re.compile(r"([a-z]{1,20})\.(\d{1,15})\.(\d{1,2})\.([0-9a-f]{32})\.([0-9a-f]{64})")
_ANSWER = re.compile(rf"\d{{1,12}}(?:\.\d{{1,12}}){{{PARTS - 1}}}")


@dataclass(frozen=True)
class Challenge:
    """What was asked: by which form, when (ms UTC), zero bits of each part, under which id."""

    form: str
    at: int
    bits: int
    id: str

    def token(self, sign: Sign) -> str:
        """Return the challenge as it travels, signed."""
        said = f"{self.form}.{self.at}.{self.bits}.{self.id}"
        return f"{said}.{sign(said)}"


def read_challenge(token: str, form: str, now: int, sign: Sign) -> Challenge | None:
    """Return a challenge of this form that may still be answered; None for anything else."""
    found = _TOKEN.fullmatch(token)
    if found is None or not token.isascii():
        return None
    said, _, mark = token.rpartition(".")
    if not hmac.compare_digest(sign(said), mark):
        return None
    challenge = Challenge(found[1], int(found[2]), int(found[3]), found[4])
    fresh = 0 <= now - challenge.at < LASTS_MS
    return challenge if challenge.form == form and fresh else None


def is_answer(challenge: Challenge, answer: str) -> bool:
    """Return whether every part of the work is done."""
    if not answer.isascii() or not _ANSWER.fullmatch(answer):
        return False
    return all(_is_solved(challenge, part, number) for part, number in enumerate(answer.split(".")))


def solve(challenge: Challenge) -> str:
    """Return an answer, as a browser finds it: for tests and benches."""
    found = []
    for part in range(PARTS):
        number = 0
        while not _is_solved(challenge, part, str(number)):
            number += 1
        found.append(str(number))
    return ".".join(found)


def _is_solved(challenge: Challenge, part: int, number: str) -> bool:
    digest = hashlib.sha256(f"{challenge.id}:{part}:{number}".encode()).digest()
    return int.from_bytes(digest[:4], "big") >> (32 - challenge.bits) == 0
