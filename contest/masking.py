"""How much of a person is shown to others: the one place that masks names and phones. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from questions.canonical import nfc

NameStyle = Literal["full", "masked", "initials"]
"""`full`: as given; `masked`: its owner recognises it and others don't; `initials`: as it says."""

HIDDEN = "•••"


def masked_phone(phone: str) -> str:
    """Return a phone number with only its last three digits."""
    return f"•••• ••• {phone[-3:]}"


def masked_name(name: str) -> str:
    """Return a name that its owner recognises and others don't: `Nguyễn Văn An` is `Ngu••• A•`.

    The first three letters of the first word, which is the family's and common; the first and last
    of the last one, the last only where that doesn't tell all of it.
    """
    words = nfc(name).split()
    if not words:
        return HIDDEN
    head = words[0][:3] + HIDDEN
    if len(words) < 2:
        return head
    last = words[-1]
    return f"{head} {last[0]}•{last[-1] if len(last) > 2 else ''}"


def initials(name: str) -> str:
    """Return the first letter of every word, in capitals: `Đặng Thị Ánh` is `Đ.T.Á.`."""
    letters = [word[0].upper() for word in nfc(name).split()]
    return "".join(f"{letter}." for letter in letters) or HIDDEN


def public_name(name: str | None, style: NameStyle, *, erased: str) -> str:
    """Return a name as a public list has it; `erased` stands for one that isn't kept any more."""
    return erased if name is None else _STYLES[style](name)


_STYLES: dict[NameStyle, Callable[[str], str]] = {
    "full": nfc,
    "masked": masked_name,
    "initials": initials,
}
