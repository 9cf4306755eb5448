"""Pictures made for tests."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from PIL import Image


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **save: Any) -> bytes:
    """Return a plain picture of a kind and size; `save` goes to Pillow."""
    made = io.BytesIO()
    Image.new("RGB", size, "teal").save(made, kind, **save)
    return made.getvalue()


def put(folder: Path, name: str, data: bytes) -> None:
    """Put a picture into a bank's folder of them."""
    (folder / "anh").mkdir(exist_ok=True)
    (folder / "anh" / name).write_bytes(data)
