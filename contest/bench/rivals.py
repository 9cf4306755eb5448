"""The servers that are measured: ours, stock Voilà, Solara. Each started and stopped by its pid."""

from __future__ import annotations

import json
import resource
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import ClassVar
from urllib.error import HTTPError
from urllib.request import urlopen

import psutil

from contest.bench.figures import OURS
from contest.bench.messages import text
from contest.bench.usage import Usage, usage
from contest.bench.visit import Dialect
from contest.settings import CHECKOUT, CONTEST_VARIABLE, bench_environment

START_SECONDS = 90.0
STOP_SECONDS = 20.0
LEFT_SECONDS = 2.0
LOG_TAIL = 3000
MEMORY = Path("/dev/shm")
"""A file system in memory, where the machine has one."""

NO_ADDRESS_LIMITS = {
    "TIMHIEU_ADDRESS_RATE": "1000000",
    "TIMHIEU_ADDRESS_BURST": "1000000",
    "TIMHIEU_ADDRESS_SOCKETS": "1000000",
}
"""Settings of our server: all load comes from one address."""


class NotRunning(RuntimeError):
    """A server that doesn't come up, or ended by itself; the message holds the end of its log."""


def allow_many_sockets() -> None:
    """Raise this process's limit of open files, and so that of the servers it starts."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Rival:
    """A server with its processes, in a folder of its own that goes with it.

    Parameters
    ----------
    contest : Path
        The contest directory.
    processes : int
        How many server processes, each with a port of its own.
    """

    name: ClassVar[str]
    dialect: ClassVar[Dialect] = "voila"
    path: ClassVar[str] = "/"
    most: ClassVar[int | None] = None
    """More visitors than that are not tried."""

    opens: ClassVar[bool] = False
    """Whether visitors are contestants of the contest directory."""

    def __init__(self, contest: Path, processes: int = 1) -> None:
        self.contest = contest
        self.urls: list[str] = []
        self._count = processes
        self._running: list[subprocess.Popen[bytes]] = []
        self._folder = Path(tempfile.mkdtemp(prefix=f"bench-{self.name}-", dir=_fast()))

    def start(self) -> None:
        """Start and wait until every process answers; NotRunning where one doesn't."""
        allow_many_sockets()
        for number in range(self._count):
            log = self._folder / f"log-{number}.txt"
            with log.open("wb") as out:
                process = subprocess.Popen(
                    self.command(port := self.port()),
                    cwd=self._folder,
                    env=bench_environment(self.paths(), **self.environment()),
                    stdout=out,
                    stderr=out,
                    stdin=subprocess.DEVNULL,
                )
            self._running.append(process)
            self._wait(process, port, log)
            self.urls.append(f"http://127.0.0.1:{port}{self.path}")

    def _wait(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        url = f"http://127.0.0.1:{port}{self.ready}"
        _wait_for(lambda: process.poll() is not None or _answers(url), START_SECONDS)
        if process.poll() is not None or not _answers(url):
            said = log.read_text(encoding="utf-8", errors="replace")[-LOG_TAIL:]
            self.stop()
            raise NotRunning(text("stopped", rival=self.name, log=said))

    def port(self) -> int:
        """Return the port of the next process to start."""
        return free_port()

    @property
    def ready(self) -> str:
        """An address that costs little to ask for."""
        return "/"

    def command(self, port: int) -> Sequence[str]:
        """Return the command line of a process on this port."""
        raise NotImplementedError

    def environment(self) -> dict[str, str]:
        """Return what its environment has besides this process's."""
        return {CONTEST_VARIABLE: str(self.contest.resolve())}

    def paths(self) -> dict[str, Path]:
        """Return folders that come first in variables of its environment that list folders."""
        return {}

    @property
    def pids(self) -> list[int]:
        """The process ids of the servers, without their children."""
        return [process.pid for process in self._running]

    def usage(self) -> Usage:
        """Return what all processes use together."""
        return usage(self.pids)

    def log(self) -> str:
        """Return what the processes said."""
        files = sorted(self._folder.glob("log-*.txt"))
        return "\n".join(file.read_text(encoding="utf-8", errors="replace") for file in files)

    def stop(self) -> None:
        """End all processes and their children, by force where they don't go; remove the folder."""
        family = []
        for pid in self.pids:
            with suppress(psutil.NoSuchProcess):
                process = psutil.Process(pid)
                family += [*process.children(recursive=True), process]
        for server in self._running:
            server.terminate()
        _wait_for(lambda: all(one.poll() is not None for one in self._running), STOP_SECONDS)
        # Children that their server has told to go are on their way.
        _wait_for(lambda: not any(map(_alive, family)), LEFT_SECONDS)
        for process in filter(_alive, family):
            with suppress(psutil.NoSuchProcess):
                process.kill()
        _wait_for(lambda: not any(map(_alive, family)), STOP_SECONDS)
        for server in self._running:
            server.wait(STOP_SECONDS)
        self._running = []
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Rival:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class Ours(Rival):
    """`timhieu serve` on the contest directory, everything durable on its disk."""

    name = OURS
    path = "/thi"
    opens = True

    @property
    def ready(self) -> str:
        return "/the-le"

    def environment(self) -> dict[str, str]:
        return {**super().environment(), **NO_ADDRESS_LIMITS}

    def command(self, port: int) -> Sequence[str]:
        run = "from contest.cli import main; main()"
        directory = str(self.contest.resolve())
        return [sys.executable, "-c", run, "serve", directory, "--port", str(port)]


class Stock(Rival):
    """Voilà as it comes, an ipykernel process per page, on the same notebook in preview.

    A preview keeps its answers in a database of its own; each kernel gets a copy of the
    contest directory on the file system in memory, so nothing waits for a disk.
    """

    name = "stock"
    most = 40

    @property
    def ready(self) -> str:
        return "/voila/static/voila.js"

    def command(self, port: int) -> Sequence[str]:
        self._kernel_spec()
        # Solara's libraries bring front-end extensions along that this notebook doesn't use.
        extensions = {"extension_denylist": ["jupyter-vue", "jupyter-vuetify"]}
        config = {"Voila": {"ip": "127.0.0.1"}, "VoilaConfiguration": extensions}
        (self._folder / "voila.json").write_text(json.dumps(config), encoding="utf-8")
        return [
            sys.executable,
            "-m",
            "voila",
            str(CHECKOUT / "notebooks" / "thi.ipynb"),
            "--no-browser",
            f"--port={port}",
            "--Voila.config_file_paths",
            str(self._folder),
        ]

    def paths(self) -> dict[str, Path]:
        return {"JUPYTER_PATH": self._folder / "jupyter"}

    def _kernel_spec(self) -> None:
        """Write a kernel spec whose kernels begin by copying the contest directory."""
        folder = self._folder / "jupyter" / "kernels" / "python3"
        folder.mkdir(parents=True, exist_ok=True)
        python, base = shlex.quote(sys.executable), shlex.quote(str(self._folder))
        own = f'd=$(mktemp -d -p {base} contest-XXXXXX) && cp "$0"/*.* "$d"'
        launch = f'{CONTEST_VARIABLE}=$d exec {python} -m ipykernel_launcher -f "$1"'
        argv = ["sh", "-c", f"{own} && {launch}", str(self.contest.resolve()), "{connection_file}"]
        spec = {"argv": argv, "display_name": "Python 3", "language": "python"}
        (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")


class Solara(Rival):
    """Solara's own server with a page that shows the same widget and paper, answers in memory."""

    name = "solara"
    dialect = "solara"

    @property
    def ready(self) -> str:
        return "/readyz"

    def command(self, port: int) -> Sequence[str]:
        page = str(CHECKOUT / "contest" / "bench" / "solara_page.py")
        options = ["--host", "127.0.0.1", "--port", str(port), "--production", "--no-open"]
        return [sys.executable, "-m", "solara", "run", page, *options]

    def environment(self) -> dict[str, str]:
        return {**super().environment(), "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False"}


RIVALS: dict[str, type[Rival]] = {rival.name: rival for rival in (Ours, Stock, Solara)}
"""Every server that can be measured, by name; ours is always measured first."""


def _wait_for(done: Callable[[], bool], seconds: float) -> None:
    nothing = threading.Event()
    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:
        nothing.wait(0.1)


def _alive(process: psutil.Process) -> bool:
    """Return whether a process runs; one that has ended may wait for its parent to notice."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _fast() -> str | None:
    return str(MEMORY) if MEMORY.is_dir() else None


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5):
            return True
    except HTTPError:
        return True
    except OSError:
        return False
