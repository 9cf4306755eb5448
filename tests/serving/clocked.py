"""The public server as tests want it: `python -m tests.serving.clocked DIR FILE [NOTEBOOKS]`.

FILE holds milliseconds that are added to the machine's time; pages and papers follow it. Each
notebook of the folder NOTEBOOKS is shown to everybody who is signed in: `x.ipynb` at `/x` with its
cells run once the page listens, and at `/x-live` with its cells run while the page is sent. Neither
passes the cap on kernels.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tornado.netutil import bind_sockets

from contest.clock import SystemClock
from contest.directory import ContestDirectory
from contest.service import Service
from contest.serving.notebooks import Admission, NotebookRoute


class ShiftedClock:
    """The machine's clock, moved by what a file says."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def now(self) -> int:
        return SystemClock().now() + int(self._file.read_text() or 0)


async def everybody(_service: Service, _visitor: str, _now: int) -> Admission:
    """Admit whoever is signed in."""
    return Admission()


def routes(folder: Path) -> list[NotebookRoute]:
    """Return the notebooks' addresses."""
    return [
        NotebookRoute(f"/{notebook.stem}{'-live' if live else ''}", notebook, everybody, live=live)
        for notebook in sorted(folder.glob("*.ipynb"))
        for live in (True, False)
    ]


def main(directory: Path, file: Path, notebooks: Path | None = None) -> None:
    """Serve `directory` and say where."""
    from contest.serving.application import ContestServer

    server = ContestServer
    if notebooks is not None:
        server = type("Server", (ContestServer,), {"notebooks": routes(notebooks)})
    sockets = bind_sockets(0, address="127.0.0.1")
    sys.stdout.write(f"http://127.0.0.1:{sockets[0].getsockname()[1]}/\n")
    sys.stdout.flush()
    server.serve(ContestDirectory(directory), sockets, ShiftedClock(file))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
