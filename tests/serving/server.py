"""The real server as a process of its own, and what tests wait for."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar
from urllib.request import urlopen

from playwright.sync_api import Page
from prometheus_client.parser import text_string_to_metric_families

from tests.ports import free_port

T = TypeVar("T")

START_SECONDS = 240
TIMHIEU = Path(sys.executable).with_name("timhieu")
_ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/")


def until(
    found: Callable[[], T], seconds: float = 10, what: str = "", *, page: Page | None = None
) -> T:
    """Return what `found` gives as soon as it is true; fails after `seconds`.

    With a `page`, its browser's events are taken in meanwhile.
    """
    end = time.monotonic() + seconds
    nothing = threading.Event()
    while True:
        value = found()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s: {what or found}")
        if page is None:
            nothing.wait(0.05)
        else:
            page.wait_for_timeout(50)


def apart(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in a thread of its own: Playwright has a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


class Server:
    """`timhieu serve` on a directory; `movable`, with a clock that a test moves.

    With `notebooks` it shows those of that folder (see `tests.serving.clocked`). `settings` are
    limits by name, as `contest.settings.ServerSettings` has them.
    """

    def __init__(
        self,
        directory: Path,
        logs: Path,
        *,
        movable: bool = False,
        notebooks: Path | None = None,
        **settings: object,
    ) -> None:
        self.directory = directory
        self.port = 0
        self.metrics = f"127.0.0.1:{free_port()}"
        limits = {"metrics": self.metrics, **settings}
        self._settings = {f"TIMHIEU_{name.upper()}": str(one) for name, one in limits.items()}
        self._out = logs / "stdout.txt"
        self._err = logs / "stderr.txt"
        self._shift = logs / "shift.txt" if movable or notebooks else None
        self._notebooks = notebooks
        self._process: subprocess.Popen[bytes] | None = None
        self.shift(0)

    @property
    def url(self) -> str:
        """Address without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def errors(self) -> str:
        """What the server said on stderr so far."""
        return self._err.read_text(encoding="utf-8") if self._err.exists() else ""

    def shift(self, ms: int) -> None:
        """Let the server's clock go `ms` before (or, negative, behind) the machine's."""
        self._shifted = ms
        if self._shift is not None:
            draft = self._shift.with_suffix(".new")
            draft.write_text(str(ms))
            draft.replace(self._shift)

    def later(self, ms: int) -> None:
        """Let time pass."""
        self.shift(self._shifted + ms)

    def start(self) -> None:
        """Start and wait until it answers; a second time on the same port as before."""
        if self._shift is None:
            command = [str(TIMHIEU), "serve", str(self.directory), "--port", str(self.port)]
        else:
            command = [sys.executable, "-m", "tests.serving.clocked"]
            command += [str(self.directory), str(self._shift)]
            command += [str(self._notebooks)] if self._notebooks else []
        self._out.write_bytes(b"")
        with self._out.open("ab") as out, self._err.open("ab") as err:
            environment = {**os.environ, **self._settings}
            self._process = subprocess.Popen(command, stdout=out, stderr=err, env=environment)
        until(self._answers, START_SECONDS, "the server answers")

    def _answers(self) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            raise AssertionError(f"the server ended by itself\n{self.errors}")
        said = _ADDRESS.search(self._out.read_text(encoding="utf-8"))
        if said is None:
            return False
        self.port = int(said[1])
        with suppress(OSError), urlopen(f"{self.url}/the-le", timeout=5) as answer:
            return bool(answer.status == 200)
        return False

    @property
    def pid(self) -> int:
        """Process id."""
        assert self._process is not None
        return self._process.pid

    def told(self) -> str:
        """Return what the server tells its operators, as Prometheus reads it."""
        with urlopen(f"http://{self.metrics}/metrics", timeout=5) as answer:
            return str(answer.read().decode())

    def figure(self, name: str) -> float:
        """Return one of the figures that the server tells its operators."""
        families = text_string_to_metric_families(self.told())
        (found,) = [
            sample.value
            for family in families
            for sample in family.samples
            if sample.name == f"timhieu_{name}"
        ]
        return found

    def kernels(self) -> int:
        """Return how many kernels live."""
        return int(self.figure("kernels"))

    def children(self) -> list[int]:
        """Return the ids of the processes that the server has started."""
        return list(_children(self.pid))

    def kill(self) -> None:
        """End the server at once, as a power cut would."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(10)
        self._process = None

    def stop(self) -> None:
        """End it as an organiser would; by force if it doesn't."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError("the server didn't stop when told to") from None
        self._process = None


def runs(pid: int) -> bool:
    """Return whether there is such a process, and it hasn't ended."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def _children(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            yield from map(int, task.read_text().split())
