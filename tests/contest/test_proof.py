"""The work that a form asks of a browser: signed, for a time, for one form, and really done."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.proof import LASTS_MS, PARTS, Challenge, is_answer, read_challenge, solve

AT = 1_780_000_000_000
ASKED = Challenge("register", AT, 4, "0123456789abcdef" * 2)


def sign(said: str) -> str:
    """Return a mark as the server's."""
    return hmac.new(b"khoa", said.encode(), hashlib.sha256).hexdigest()


def test_a_challenge_comes_back_as_it_was_asked() -> None:
    """Until its time is over, at the form that asked."""
    token = ASKED.token(sign)
    assert read_challenge(token, "register", AT, sign) == ASKED
    assert read_challenge(token, "register", AT + LASTS_MS - 1, sign) == ASKED
    assert read_challenge(token, "register", AT + LASTS_MS, sign) is None
    assert read_challenge(token, "register", AT - 1, sign) is None
    assert read_challenge(token, "claim", AT, sign) is None
    assert read_challenge(token, "register", AT, lambda said: sign(said + "x")) is None


@given(st.integers(0, 200), st.characters())
def test_a_changed_challenge_is_none(place: int, letter: str) -> None:
    """Whichever of its letters is another."""
    token = ASKED.token(sign)
    place %= len(token)
    changed = token[:place] + letter + token[place + 1 :]
    if changed != token:
        assert read_challenge(changed, "register", AT, sign) is None


@given(st.text(max_size=200))
def test_anything_else_is_no_challenge_and_no_answer(typed: str) -> None:
    """And no error."""
    assert read_challenge(typed, "register", AT, sign) is None
    assert not is_answer(ASKED, typed)


def test_the_work_is_checked_part_by_part() -> None:
    """Each number has to fit its own part, and none may be missing."""
    answer = solve(ASKED)
    numbers = answer.split(".")
    assert len(numbers) == PARTS
    assert is_answer(ASKED, answer)
    for part in range(PARTS):
        wrong = next(
            n
            for n in range(1000)
            if hashlib.sha256(f"{ASKED.id}:{part}:{n}".encode()).digest()[0] >> 4
        )
        assert not is_answer(ASKED, ".".join([*numbers[:part], str(wrong), *numbers[part + 1 :]]))
    assert not is_answer(ASKED, ".".join(numbers[:-1]))
    assert not is_answer(ASKED, f"{answer}.{numbers[0]}")
    assert not is_answer(replace(ASKED, id="f" * 32, bits=16), answer)


@pytest.mark.parametrize("bits", [0, 1, 8])
def test_bits_are_zeros_in_front(bits: int) -> None:
    """As many as were asked for, by the library's own hash."""
    challenge = replace(ASKED, bits=bits)
    for part, number in enumerate(solve(challenge).split(".")):
        digest = hashlib.sha256(f"{challenge.id}:{part}:{number}".encode()).digest()
        assert int.from_bytes(digest, "big") < 2 ** (256 - bits)
