"""Settings from the environment: the only module that reads it."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).parent.parent
"""The kit runs from its checkout; notebooks and templates lie beside the packages."""

TEMPLATES = CHECKOUT / "voila_templates"
"""The folder that Voilà finds our template in."""

CONTEST_VARIABLE = "TIMHIEU_CONTEST"
RESULTS_VARIABLE = "TIMHIEU_RESULTS"


@dataclass(frozen=True)
class Settings:
    """What a kernel process is told.

    Attributes
    ----------
    contest : Path
        The contest directory.
    results : Path or None
        A folder that `timhieu grade` wrote, for the organiser's notebook.
    """

    contest: Path
    results: Path | None


def read_settings() -> Settings:
    """Read the environment."""
    results = os.environ.get(RESULTS_VARIABLE)
    return Settings(
        contest=Path(os.environ.get(CONTEST_VARIABLE) or CHECKOUT / "var" / "mau"),
        results=Path(results) if results else None,
    )


@dataclass(frozen=True)
class ServerSettings:
    """The server's limits; each is set by `TIMHIEU_` and its name in capitals.

    Attributes
    ----------
    max_kernels : int
        Live kernels; whoever would be one more waits, unless an attempt of theirs is running.
    max_practice : int
        Live kernels of learners, counted apart: practice never takes a contestant's place.
    per_visitor : int
        Live kernels of one visitor; with one more the oldest goes.
    connect_seconds, grace_seconds : float
        A kernel goes when no page has connected to it within the one, or come back within
        the other.
    page_rate, page_burst : float and int
        Messages that a page may send, a second for long and at once.
    max_frame, max_unread, max_missed : int
        Bytes: of one message from a page; waiting for a page that doesn't read; kept for a page
        that has lost its connection.
    address_rate, address_burst : float and int
        Requests from one address, a second for long and at once. A school lies behind one.
    address_sockets : int
        Open pages of one address.
    code_tries, address_code_tries : int
        Wrong resume codes within ten minutes, of one browser and of one address.
    proof_bits : int
        How much work a browser does before somebody registers, where the rules ask for it: each
        more doubles it. 12: about 33,000 hashes.
    address_learners : int
        New learners of one address within ten minutes.
    trusted_proxies : tuple of networks
        Whose X-Forwarded-For and X-Forwarded-Proto are believed, as `127.0.0.1,10.0.0.0/8`.
    metrics : str
        `address:port` of `/metrics`, for operators only; empty: there is none.
    backup_folder : Path or None
        Absolute folder that scheduled backups are written to; None: none are made.
    backup_minutes, backup_keep : int
        How often, and how many of the newest are kept.
    """

    max_kernels: int = 20_000
    max_practice: int = 2_000
    per_visitor: int = 3
    connect_seconds: float = 30.0
    grace_seconds: float = 120.0
    page_rate: float = 40.0
    page_burst: int = 400
    max_frame: int = 256 * 1024
    max_unread: int = 1_000_000
    max_missed: int = 200_000
    address_rate: float = 200.0
    address_burst: int = 10_000
    address_sockets: int = 5_000
    code_tries: int = 5
    address_code_tries: int = 100
    proof_bits: int = 12
    address_learners: int = 1_000
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    metrics: str = ""
    backup_folder: Path | None = None
    backup_minutes: int = 60
    backup_keep: int = 24


class BadSetting(ValueError):
    """Environment variables that can't be read: `name=value`, one a line."""


def read_server_settings() -> ServerSettings:
    """Read the server's limits from the environment.

    Raises
    ------
    BadSetting
        Naming every variable that can't be read.
    """
    values: dict[str, Any] = {}
    bad = []
    for field in fields(ServerSettings):
        name = f"TIMHIEU_{field.name.upper()}"
        if name not in os.environ:
            continue
        try:
            values[field.name] = _READERS[str(field.type)](os.environ[name].strip())
        except ValueError:
            bad.append(f"{name}={os.environ[name]}")
    if bad:
        raise BadSetting("\n".join(bad))
    return ServerSettings(**values)


def _positive(value: str) -> int:
    number = int(value)
    if number < 1:
        raise ValueError(value)
    return number


def _seconds(value: str) -> float:
    number = float(value)
    if not 0 < number < 1e9:
        raise ValueError(value)
    return number


def _address(value: str) -> str:
    host, _, port = value.rpartition(":")
    if value and not (host and port.isdigit() and int(port) < 65536):
        raise ValueError(value)
    return value


def _folder(value: str) -> Path | None:
    path = Path(value).expanduser()
    if value and not path.is_absolute():  # from wherever the server was started
        raise ValueError(value)
    return path if value else None


def _networks(value: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(one.strip()) for one in value.split(",") if one.strip())


_READERS: dict[str, Any] = {
    "int": _positive,
    "float": _seconds,
    "str": _address,
    "Path | None": _folder,
    "tuple[IPv4Network | IPv6Network, ...]": _networks,
}


def offer_templates() -> None:
    """Let Jupyter's path lookups in this process find our Voilà template."""
    known = os.environ.get("JUPYTER_PATH")
    os.environ["JUPYTER_PATH"] = os.pathsep.join([str(TEMPLATES), *([known] if known else [])])


def lab_environment(contest: Path, results: Path) -> dict[str, str]:
    """Return the environment of JupyterLab: this one, and what the notebooks shall show."""
    return {
        **os.environ,
        CONTEST_VARIABLE: str(contest.resolve()),
        RESULTS_VARIABLE: str(results.resolve()),
    }


def bench_environment(paths: dict[str, Path], **added: str) -> dict[str, str]:
    """Return the environment of a server that a bench starts: this one, and what it adds.

    `paths` go before what variables such as `JUPYTER_PATH` hold already.
    """
    joined = {
        name: os.pathsep.join([str(path), *filter(None, [os.environ.get(name)])])
        for name, path in {"PYTHONPATH": CHECKOUT, **paths}.items()
    }
    return {**os.environ, **joined, **added}
