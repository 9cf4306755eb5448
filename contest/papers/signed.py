"""What a certificate says, signed: so short that a QR code holds it, checked without any server.

The text is base64url (no padding) of a version byte, the fields in UTF-8 (NFC) between unit
separators, and 64 bytes of Ed25519 signature over all before it.
"""

from __future__ import annotations

import base64
import re
from dataclasses import astuple, dataclass, fields

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from questions.canonical import nfc

VERSION = b"\x01"
SEPARATOR = "\x1f"
SIGNATURE = 64
LONGEST = 4000
"""Letters of a text that is looked at at all."""

PATH = "/chung-nhan/"
"""Where the contest's server shows what a certificate says."""

_TEXT = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True)
class Certificate:
    """What a certificate certifies; every field is shown as it stands.

    Attributes
    ----------
    number : str
        In the register.
    name, unit : str
        Who is certified (a person, or a unit with `unit` empty) and where they belong.
    award : str
        What for.
    contest, round, body : str
        The contest, its round, and who certifies.
    version : str
        Of the result it rests on.
    """

    number: str
    name: str
    unit: str
    award: str
    contest: str
    round: str
    body: str
    version: str


class NotCertified(ValueError):
    """A text that this key didn't sign, or that holds no certificate."""


def signed(certificate: Certificate, key: Ed25519PrivateKey) -> str:
    """Return the text of a certificate, about 300 letters."""
    parts = [nfc(part).replace(SEPARATOR, " ") for part in astuple(certificate)]
    content = VERSION + SEPARATOR.join(parts).encode()
    return base64.urlsafe_b64encode(content + key.sign(content)).decode().rstrip("=")


def verified(shown: str, key: Ed25519PublicKey) -> Certificate:
    """Return what a text certifies; addresses that end in it are taken as well.

    Raises
    ------
    NotCertified
        Where anything of it was changed, or another key signed it.
    """
    text = inner_text(shown)
    if len(text) > LONGEST or not _TEXT.fullmatch(text):
        raise NotCertified(shown[:40])
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        content, signature = raw[:-SIGNATURE], raw[-SIGNATURE:]
        key.verify(signature, content)
        parts = content[1:].decode().split(SEPARATOR)
    except (ValueError, InvalidSignature):
        raise NotCertified(shown[:40]) from None
    one_way = base64.urlsafe_b64encode(raw).decode().rstrip("=") == text
    if content[:1] != VERSION or len(parts) != len(fields(Certificate)) or not one_way:
        raise NotCertified(shown[:40])
    return Certificate(*parts)


def inner_text(shown: str) -> str:
    """Return the signed text in what a QR code or a person gives."""
    return "".join(shown.split()).rpartition(PATH)[2].rpartition(":")[2]


def private_key(seed: bytes) -> Ed25519PrivateKey:
    """Return the key that a secret of 32 bytes makes."""
    return Ed25519PrivateKey.from_private_bytes(seed)


def public_text(key: Ed25519PublicKey) -> str:
    """Return a public key as 64 hexadecimal digits."""
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def public_key(shown: str) -> Ed25519PublicKey:
    """Return the key that 64 hexadecimal digits stand for.

    Raises
    ------
    ValueError
        For anything else.
    """
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex("".join(shown.split())))
