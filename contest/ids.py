"""Identifiers and codes, from an injected source of bytes.

Codes are Crockford base 32: no I, L, O or U, so that they survive being read
aloud, photographed and typed on a phone.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Protocol

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RESUME_LENGTH = 8
RECEIPT_LENGTH = 9  # 8 and a check character
_ID_LENGTH = 16

_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS = str.maketrans("", "", " -\u2010\u2011\u2012\u2013\u2014\u00a0\t")


class IdSource(Protocol):
    """Something that gives fresh bytes."""

    def take(self, size: int) -> bytes:
        """Return `size` bytes that were not given before."""
        ...


class RandomIds:
    """The operating system's randomness."""

    def take(self, size: int) -> bytes:
        return secrets.token_bytes(size)


class SeededIds:
    """The same bytes for the same seed and name: what makes a simulation repeat."""

    def __init__(self, seed: int, name: str) -> None:
        self._key = f"{seed}/{name}".encode()
        self._count = 0

    def take(self, size: int) -> bytes:
        self._count += 1
        return hashlib.shake_256(self._key + self._count.to_bytes(8, "big")).digest(size)


def new_id(source: IdSource, prefix: str) -> str:
    """Return an identifier of 80 random bits behind `prefix`, such as `ts-7k2m…`."""
    return f"{prefix}-{_letters(source, _ID_LENGTH).lower()}"


def resume_code(source: IdSource) -> str:
    """Return a resume code: 8 letters and digits, 40 bits."""
    return _letters(source, RESUME_LENGTH)


def receipt_code(source: IdSource) -> str:
    """Return a receipt code: 8 letters and digits and a check character."""
    body = _letters(source, RECEIPT_LENGTH - 1)
    return body + check_character(body)


def first_password(source: IdSource) -> str:
    """Return a password for somebody who will be told it: 16 letters and digits in fours."""
    return shown(_letters(source, 16))


def normalise(typed: str) -> str:
    """Return a code as stored from what a person typed: upper case, no spaces or dashes.

    O becomes 0, I and L become 1, as Crockford's base 32 reads them.
    """
    return typed.upper().translate(_SEPARATORS).translate(_LOOKALIKES)


def is_code(code: str, length: int) -> bool:
    """Return whether a normalised code has the right length and letters only of the alphabet."""
    return len(code) == length and all(letter in _VALUE for letter in code)


def is_receipt(code: str) -> bool:
    """Return whether a normalised receipt code is well-formed, check character included."""
    return is_code(code, RECEIPT_LENGTH) and check_character(code[:-1]) == code[-1]


def shown(code: str) -> str:
    """Return a code in groups of four: `K7QM-2XTD`, `H4TN-9QRW-6`."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def check_character(body: str) -> str:
    """Return the check character of `body`.

    The sum of the letters, each multiplied by a power of the generator of GF(32):
    it changes with every single wrong letter and every swap of two letters (a
    Reed-Solomon code with one check symbol), which a sum modulo 32 would not.
    """
    total = 0
    for letter in body:
        total = _double(total ^ _VALUE[letter])
    return ALPHABET[total]


def _double(value: int) -> int:
    """Multiply by x in GF(32) = GF(2)[x] / (x^5 + x^2 + 1)."""
    value <<= 1
    return value ^ 0b100101 if value & 0b100000 else value


def keyed_hash(secret: bytes, kind: str, value: str) -> str:
    """Return HMAC-SHA256 of `value` under `secret`, hex; `kind` keeps uses apart."""
    return hmac.new(secret, f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()


def _letters(source: IdSource, count: int) -> str:
    # 5 bits a letter; one byte each keeps it simple and unbiased (256 = 8 * 32).
    return "".join(ALPHABET[byte % 32] for byte in source.take(count))
