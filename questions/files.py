"""Writing several files so that none is changed unless all could be written."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_all(texts: Mapping[Path, str | bytes]) -> None:
    """Write each text (as UTF-8, newlines as they are) or picture to its path.

    All texts are on the disk under other names before the first file is replaced.

    Raises
    ------
    OSError
        When one can't be written; then nothing has changed.
    """
    written: list[tuple[Path, Path]] = []
    try:
        for path, text in texts.items():
            target = path.resolve()  # a link stays a link
            written.append((_beside(target, text), target))
        while written:
            temporary, target = written[0]
            temporary.replace(target)
            written.pop(0)
    finally:
        for temporary, _ in written:
            temporary.unlink(missing_ok=True)


def _beside(target: Path, content: str | bytes) -> Path:
    """Write `content` to a new file in the folder of `target`, with its permissions."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, temporary)
        else:
            temporary.chmod(0o644)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary
