"""The pictures that questions show: looked into before anybody is shown one."""

from __future__ import annotations

import io
import warnings
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from questions.canonical import sha256
from questions.model import Picture

if TYPE_CHECKING:
    from PIL.Image import Image

FOLDER = "anh"
"""The folder of a bank that holds its pictures."""

MAX_BYTES = 1_000_000
"""Of one file: what a phone on a slow line loads in a few seconds."""

MAX_SIDE = 4000
"""Pixels of width and of height."""

FORMATS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP"}
"""Ending -> what the file must be. SVG isn't among them: it may hold script and addresses."""

MEDIA = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}

_ORIENTATION = 0x0112
_KEPT = 5_000
"""Files whose look is kept until they change."""


class PictureRefused(ValueError):
    """A file that can't be shown.

    Attributes
    ----------
    code : str
        Of the problem, such as `picture.too_large`.
    values : dict
        For the gaps of its texts.
    """

    def __init__(self, code: str, **values: Any) -> None:
        self.code = code
        self.values = values
        super().__init__(code)


def look(name: str, data: bytes) -> Picture:
    """Return what a picture is, once all of it could be read.

    Parameters
    ----------
    name : str
        Its file name; the ending must be what the bytes are.

    Raises
    ------
    PictureRefused
        Where it is too large, of another kind, broken, or moves.
    """
    wanted = FORMATS.get(name.rpartition(".")[2].lower())
    if wanted is None:
        raise PictureRefused("picture.kind", file=name)
    if len(data) > MAX_BYTES:
        raise PictureRefused(
            "picture.too_large", file=name, kb=-(-len(data) // 1000), most=MAX_BYTES // 1000
        )
    width, height = _size(name, data, wanted)
    return Picture(file=name, hash=sha256(data), media=MEDIA[wanted], width=width, height=height)


def look_at(path: Path) -> Picture:
    """Return what the picture in a file is; see `look`. A file that hasn't changed is known.

    Raises
    ------
    PictureRefused
        See `look`.
    OSError
        Where there is none, or it can't be read.
    """
    stat = path.stat()
    if stat.st_size > MAX_BYTES:  # not worth reading
        kb = -(-stat.st_size // 1000)
        raise PictureRefused("picture.too_large", file=path.name, kb=kb, most=MAX_BYTES // 1000)
    return _known(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=_KEPT)
def _known(path: Path, _changed: int, _size: int) -> Picture:
    return look(path.name, path.read_bytes())


def _size(name: str, data: bytes, wanted: str) -> tuple[int, int]:
    """Return width and height as a browser shows them, in pixels."""
    from PIL import Image

    broken = (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=tuple(MEDIA)) as image:
                _refuse(name, image, wanted)
                image.load()
                turned = image.getexif().get(_ORIENTATION, 1) in (5, 6, 7, 8)
                return (image.height, image.width) if turned else (image.width, image.height)
    except PictureRefused:
        raise
    except broken:
        raise PictureRefused("picture.broken", file=name) from None


def _refuse(name: str, image: Image, wanted: str) -> None:
    """Raise for what a glance at the file's head shows."""
    if image.format != wanted:
        raise PictureRefused("picture.other_kind", file=name, kind=image.format)
    if max(image.size) > MAX_SIDE:
        raise PictureRefused(
            "picture.too_wide", file=name, width=image.width, height=image.height, most=MAX_SIDE
        )
    if getattr(image, "is_animated", False):
        raise PictureRefused("picture.moves", file=name)
