"""Files that several processes may make at once."""

from __future__ import annotations

import os
from pathlib import Path


def publish(draft: Path, path: Path) -> None:
    """Give a finished file its name, unless another process was first; the draft goes away.

    Returns once the name is on the disk.
    """
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    except OSError:  # a disk without hard links, such as a memory stick
        if not path.exists():
            draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)
    _keep(path.parent)


def _keep(folder: Path) -> None:
    """Have the folder's entries on the disk."""
    if os.name != "posix":  # elsewhere a folder can't be opened
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
