"""One way to turn data into bytes, so that equal content has an equal hash."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Any

# Made once: every stored row is written and checked by it.
_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
).encode


def nfc(value: str) -> str:
    """Return `value` in Unicode form NFC, the form every stored text has."""
    return unicodedata.normalize("NFC", value)


def dumps(value: Any) -> str:
    """Return canonical JSON: sorted keys, no spaces, UTF-8 text unescaped.

    Raises
    ------
    ValueError
        For NaN and infinities, which JSON doesn't have.
    """
    return _encode(value)


def sha256(value: str | bytes) -> str:
    """Return the hex SHA-256 of text (as UTF-8) or bytes."""
    return hashlib.sha256(value.encode() if isinstance(value, str) else value).hexdigest()


def content_hash(value: Any) -> str:
    """Return the hex SHA-256 of the canonical JSON of `value`."""
    return sha256(dumps(value))
