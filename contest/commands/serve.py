"""`timhieu serve`: the public server, and what it says when it starts."""

from __future__ import annotations

import io
import socket
from collections.abc import Callable
from pathlib import Path

import segno

from contest.clock import SystemClock
from contest.commands.sample import ensure_sample, sample_directory
from contest.directory import ContestDirectory
from contest.messages import text
from contest.rehearsal.messages import text as rehearsal_text
from contest.settings import BadSetting, read_server_settings

ANYWHERE = ("0.0.0.0", "::", "")


class CannotServe(RuntimeError):
    """The server can't start; the message names the way out, in Vietnamese."""


def serve_directory(
    directory: Path | None, host: str, port: int, say: Callable[[str], object]
) -> None:
    """Serve a contest until the process is told to stop; without a directory, the sample.

    Raises
    ------
    CannotServe
        Where a port is taken, a setting can't be read, or the database holds synthetic data of a
        real contest.
    ProblemsFound
        Where the contest's files are wrong.
    """
    if directory is not None and not directory.is_dir():
        raise CannotServe(text("cli.no_directory", directory=directory))
    try:
        read_server_settings()
    except BadSetting as error:
        settings = ", ".join(str(error).splitlines())
        raise CannotServe(text("cli.serve.settings", settings=settings)) from None
    # Before anything is touched: another server may be running on the very sample that would be
    # put aside.
    sockets = bind(host, port)
    try:
        _serve(directory, host, sockets, say)
    finally:
        for one in sockets:
            one.close()


def _serve(
    directory: Path | None, host: str, sockets: list[socket.socket], say: Callable[[str], object]
) -> None:
    if directory is None:
        directory = sample_directory()
        aside = ensure_sample(directory, SystemClock().now())
        if aside is not None:
            say(text("cli.serve.aside", aside=aside))
    contest = ContestDirectory(directory)
    contest.load()

    from contest.serving.application import (
        ContestServer,
        LostSecret,
        RehearsedData,
        SyntheticData,
    )
    from contest.serving.operator import CannotListen

    port = sockets[0].getsockname()[1]  # the one chosen by the system where 0 was asked for
    for line in addresses(directory, host, port):
        say(line)
    try:
        ContestServer.serve(contest, sockets)
    except CannotListen as error:
        raise CannotServe(
            text("cli.serve.metrics", address=error.address, why=error.why)
        ) from None  # fmt: skip
    except RehearsedData:
        raise CannotServe(rehearsal_text("serve.rehearsal", directory=directory)) from None
    except LostSecret:
        raise CannotServe(text("cli.serve.identity", directory=directory)) from None
    except SyntheticData:
        raise CannotServe(text("cli.serve.synthetic", directory=directory)) from None


def bind(host: str, port: int) -> list[socket.socket]:
    """Return sockets that listen there; CannotServe where the port is taken."""
    from tornado.netutil import bind_sockets

    try:
        return bind_sockets(port, address=host or None)
    except OSError as error:
        raise CannotServe(
            text("cli.serve.port", port=port, other=port + 1, why=error.strerror)
        ) from None  # fmt: skip


def addresses(directory: Path, host: str, port: int) -> list[str]:
    """Return the lines that say where a contest is served."""
    lines = [text("cli.serve.contest", directory=directory)]
    if host not in ANYWHERE:
        return [*lines, text("cli.serve.here", url=f"http://{host}:{port}/")]
    lines.append(text("cli.serve.here", url=f"http://127.0.0.1:{port}/"))
    if address := local_address():
        url = f"http://{address}:{port}/"
        lines += [text("cli.serve.network", url=url), _qr(url)]
    return lines


def local_address() -> str | None:
    """Return this machine's address in the local network, or None without a network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # documentation address: nothing is sent
        except OSError:
            return None
        return str(probe.getsockname()[0])


def _qr(url: str) -> str:
    out = io.StringIO()
    segno.make(url, error="m").terminal(out=out, compact=True)
    return out.getvalue()
