"""The public server with a clock that a test moves: `python -m tests.serving.clocked DIR FILE`.

The file holds milliseconds that are added to the machine's time. Only plain pages follow it:
the kernels are processes of their own, with the machine's clock.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tornado.netutil import bind_sockets

from contest.clock import SystemClock
from contest.directory import ContestDirectory


class ShiftedClock:
    """The machine's clock, moved by what a file says."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def now(self) -> int:
        return SystemClock().now() + int(self._file.read_text() or 0)


def main(directory: Path, file: Path) -> None:
    """Serve `directory` and say where."""
    from contest.serving.application import ContestServer

    sockets = bind_sockets(0, address="127.0.0.1")
    sys.stdout.write(f"http://127.0.0.1:{sockets[0].getsockname()[1]}/\n")
    sys.stdout.flush()
    ContestServer.serve(ContestDirectory(directory), sockets, ShiftedClock(file))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
