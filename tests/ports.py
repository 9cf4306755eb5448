"""Ports for what is started: of a worker's own, and below those that the system hands out.

A port that was asked of the system may be given to somebody else before it is listened on.
"""

from __future__ import annotations

import os
import socket
from itertools import count

FIRST, SHARE = 20_000, 1_000
"""First port of the first worker, and how many each has; systems hand out those from 32768 on."""

_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 10
_NUMBERS = count()


def free_port() -> int:
    """Return a port that nobody listens on and that no other test was given lately."""
    for number in _NUMBERS:
        port = FIRST + _WORKER * SHARE + number % SHARE
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise AssertionError("numbers don't end")
