"""Pictures of a round: kept with it by content hash, told to pages by nothing else.

A hash says neither what a picture is called nor which question it belongs to, and a page gets
one only for a paper that it was given.
"""

from __future__ import annotations

import base64
import logging
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from questions.canonical import sha256
from questions.model import Bank, Picture
from questions.pictures import PictureRefused, look
from questions.problems import ProblemsFound, make

if TYPE_CHECKING:
    from contest.draw import Item
    from contest.rounds import Rounds
    from contest.store.protocol import Store

log = logging.getLogger(__name__)

KIND = "picture"
"""Of frozen contents; their text is base64."""

KEPT_BYTES = 32_000_000
"""Of pictures asked for lately, so that a class that starts together reads each only once."""


def frozen_contents(bank: Bank, folder: Path) -> dict[str, tuple[str, str]]:
    """Return the pictures of a bank as a round keeps them: hash -> (kind, base64).

    Raises
    ------
    ProblemsFound
        Where one isn't what it was when the bank was read.
    """
    contents, changed = {}, []
    for picture in bank.pictures:
        data = read(folder, picture)
        if data is None:
            changed.append(make("picture.changed", f"{folder.name}/{picture.file}", 0))
        else:
            contents[picture.hash] = (KIND, base64.b64encode(data).decode())
    if changed:
        raise ProblemsFound(changed)
    return contents


def read(folder: Path, picture: Picture) -> bytes | None:
    """Return a picture's bytes, or None where the file isn't the one that was read before."""
    try:
        data = (folder / picture.file).read_bytes()
    except OSError:
        return None
    return data if sha256(data) == picture.hash else None


def address(picture: Picture) -> str:
    """Return where the server has a picture, for those who may see it."""
    return f"/anh/{picture.hash}"


def inline(picture: Picture, data: bytes) -> str:
    """Return a picture as an address that holds it, for pages without a server of ours."""
    return f"data:{picture.media};base64,{base64.b64encode(data).decode()}"


def told(question: Any, picture: Picture | None, source: str | None) -> dict[str, Any] | None:
    """Return what a page is told of a question's picture; None where there is none to show.

    Parameters
    ----------
    source : str or None
        Where the page finds it: what `address` or `inline` returned.
    """
    if question.image is None or picture is None or source is None:
        return None
    return {
        "src": source,
        "alt": question.image.alt,
        "width": picture.width,
        "height": picture.height,
    }


def told_from(folder: Path, question: Any) -> dict[str, Any] | None:
    """Return the same for a question whose picture lies in a bank's folder of pictures."""
    if question.image is None:
        return None
    try:
        data = (folder / question.image.file).read_bytes()
        picture = look(question.image.file, data)
    except (OSError, PictureRefused):
        return None
    return told(question, picture, inline(picture, data))


def inlined(folder: Path, pictures: Iterable[Picture]) -> dict[str, str]:
    """Return pictures of a bank's folder as addresses that hold them, by hash; reads files."""
    found = ((picture, read(folder, picture)) for picture in pictures)
    return {picture.hash: inline(picture, data) for picture, data in found if data is not None}


def shown_on(bank: Bank, items: Iterable[Item]) -> list[Picture]:
    """Return the pictures of a paper's questions."""
    found = (bank.picture_of(item.question) for item in items)
    return [picture for picture in found if picture is not None]


class Pictures:
    """The frozen pictures of one store."""

    def __init__(self, store: Store, rounds: Rounds) -> None:
        self._store = store
        self._rounds = rounds
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    async def data(self, digest: str) -> bytes | None:
        """Return a picture's bytes by its hash; None where there is none, or it was changed."""
        if digest in self._kept:
            self._kept.move_to_end(digest)
            return self._kept[digest]
        found = await self._store.content(digest)
        if found is None or found[0] != KIND:
            return None
        data = base64.b64decode(found[1])
        if sha256(data) != digest:
            log.error("the frozen picture %s has changed", digest)
            return None
        self._kept[digest] = data
        while sum(map(len, self._kept.values())) > KEPT_BYTES:
            self._kept.popitem(last=False)
        return data

    async def seen_by(self, contestant_id: str, digest: str) -> Picture | None:
        """Return the picture if it stands on a paper that this contestant has opened."""
        for action in await self._store.actions("freeze"):
            frozen = await self._rounds.frozen(action.subject)
            if frozen is None or all(one.hash != digest for one in frozen.bank.pictures):
                continue
            for record in await self._store.attempts_of(contestant_id, action.subject):
                for picture in shown_on(frozen.bank, frozen.paper_of(record).items):
                    if picture.hash == digest:
                        return picture
        return None
