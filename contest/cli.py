"""`timhieu`: the command line. Speaks Vietnamese; bad input ends with exit code 1."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import click

from contest.bench.messages import text as bench_text
from contest.messages import text
from contest.store.protocol import NewerDatabase
from questions.problems import ProblemsFound

DIRECTORY = click.Path(path_type=Path, file_okay=False)
JSON = click.option(
    "--json", "out", type=click.Path(path_type=Path, dir_okay=False), help=bench_text("json")
)
PROCESSES = click.option(
    "--processes", type=click.IntRange(1, 16), default=1, show_default=True,
    help=bench_text("processes"),
)  # fmt: skip


class Stop(click.ClickException):
    """An error that the user can mend: printed to stderr, exit code 1."""

    def show(self, file: Any = None) -> None:  # noqa: ARG002
        click.echo(self.message, err=True)


class _Group(click.Group):
    """Tells every problem found in files as a list instead of a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        from contest.commands.bench import CannotBench

        try:
            return super().invoke(ctx)
        except CannotBench as error:
            raise Stop(str(error)) from None
        except ProblemsFound as found:
            raise Stop("\n".join(map(str, found.problems))) from None
        except NewerDatabase:
            raise Stop(text("cli.newer_database")) from None


@click.group(cls=_Group, help=text("cli.help"))
@click.version_option(package_name="timhieu")
def main() -> None:
    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )


@main.command(help=text("cli.init"))
@click.argument("directory", type=DIRECTORY)
def init(directory: Path) -> None:
    from contest.clock import SystemClock
    from contest.sample import NotEmpty, init_directory

    try:
        init_directory(directory, SystemClock().now())
    except NotEmpty:
        raise Stop(text("cli.init.not_empty", directory=directory)) from None
    click.echo(text("cli.init.done", directory=directory))


@main.command(help=text("cli.check"))
@click.argument("directory", type=DIRECTORY, required=False)
def check(directory: Path | None) -> None:
    from contest.clock import SystemClock
    from contest.commands.sample import ensure_sample, sample_directory
    from contest.directory import ContestDirectory

    if directory is None:
        directory = sample_directory()
        ensure_sample(directory, SystemClock().now())
    read = ContestDirectory(directory).read()
    for problem in read.problems:
        click.echo(str(problem), err=not problem.advice)
    if read.errors:
        raise Stop(text("cli.check.errors", n=len(read.errors)))
    advice = len(read.problems)
    click.echo(text("cli.check.advice", n=advice) if advice else text("cli.check.fine"))


@main.command(help=text("cli.serve"))
@click.argument("directory", type=DIRECTORY, required=False)
@click.option("--host", default="127.0.0.1", show_default=True, help=text("cli.host"))
@click.option("--port", default=8866, show_default=True, help=text("cli.port"))
def serve(directory: Path | None, host: str, port: int) -> None:
    from contest.commands.serve import CannotServe, serve_directory

    try:
        serve_directory(directory, host, port, click.echo)
    except CannotServe as error:
        raise Stop(str(error)) from None


@main.command(help=text("cli.lab"))
@click.argument("directory", type=DIRECTORY, required=False)
@click.option("--host", default="127.0.0.1", show_default=True, help=text("cli.host"))
def lab(directory: Path | None, host: str) -> None:
    from contest.commands.lab import open_lab

    sys.exit(open_lab(directory, host, click.echo))


@main.command(help=text("cli.desk"))
@click.argument("notebook", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option("--contest", "directory", type=DIRECTORY, help=text("cli.desk.contest"))
@click.option("--port", default=8867, show_default=True, help=text("cli.port"))
def desk(notebook: Path | None, directory: Path | None, port: int) -> None:
    from contest.commands.desk import open_desk

    if notebook is not None and not notebook.is_file():
        raise Stop(text("cli.desk.missing", notebook=notebook))
    sys.exit(open_desk(notebook, directory, port, click.echo))


@main.command(help=text("cli.simulate"))
@click.argument("directory", type=DIRECTORY)
@click.option("--contestants", type=click.IntRange(1, 10_000_000), required=True)
@click.option("--seed", type=int, required=True)
@click.option("--round", "round_id", help=text("cli.round"))
@click.option("--close", is_flag=True, help=text("cli.simulate.close"))
@click.option("--acks", type=click.Path(path_type=Path, dir_okay=False), help=text("cli.acks"))
def simulate(
    directory: Path,
    contestants: int,
    seed: int,
    round_id: str | None,
    close: bool,
    acks: Path | None,
) -> None:
    from contest.commands.simulate import simulate_directory
    from contest.simulate import CannotSimulate, RealData

    try:
        simulate_directory(directory, contestants, seed, round_id, close=close, acks=acks)
    except RealData:
        raise Stop(text("cli.simulate.real", directory=directory)) from None
    except CannotSimulate as error:
        raise Stop(text("cli.simulate.cannot", why=error)) from None
    click.echo(text("cli.simulate.done", n=contestants, directory=directory))


@main.command(help=text("cli.grade"))
@click.argument("directory", type=DIRECTORY)
@click.option("--round", "round_ids", multiple=True, help=text("cli.round"))
@click.option("--out", type=DIRECTORY, required=True, help=text("cli.out"))
def grade(directory: Path, round_ids: tuple[str, ...], out: Path) -> None:
    from contest.commands.grade import CannotGrade, grade_directory

    try:
        summary = grade_directory(directory, list(round_ids), out)
    except CannotGrade as error:
        raise Stop(str(error)) from None
    click.echo(summary)


@main.command(help=text("cli.close"))
@click.argument("directory", type=DIRECTORY)
@click.option("--round", "round_id", required=True, help=text("cli.round"))
def close(directory: Path, round_id: str) -> None:
    from contest.commands.organise import close_round

    _organise(close_round(directory, round_id))


@main.command(name="new-code", help=text("cli.new_code"))
@click.argument("directory", type=DIRECTORY)
@click.option("--contestant", required=True, help=text("cli.contestant"))
@click.option("--by", required=True, help=text("cli.by"))
def new_code(directory: Path, contestant: str, by: str) -> None:
    from contest.commands.organise import replace_code

    _organise(replace_code(directory, contestant, by))


@main.command(name="extra-time", help=text("cli.extra_time"))
@click.argument("directory", type=DIRECTORY)
@click.option("--attempt", required=True, help=text("cli.attempt"))
@click.option("--minutes", type=click.IntRange(1, 600), required=True)
@click.option("--reason", required=True, help=text("cli.reason"))
@click.option("--by", required=True, help=text("cli.by"))
def extra_time(directory: Path, attempt: str, minutes: int, reason: str, by: str) -> None:
    from contest.commands.organise import grant_time

    _organise(grant_time(directory, attempt, minutes, reason, by))


@main.command(help=text("cli.approve"))
@click.argument("bank", type=DIRECTORY)
@click.option("--by", required=True, help=text("cli.by"))
@click.option("--question", "ids", multiple=True, help=text("cli.question"))
@click.option(
    "--as", "status", type=click.Choice(["reviewed", "approved"]), default="approved",
    show_default=True, help=text("cli.status"),
)  # fmt: skip
def approve(bank: Path, by: str, ids: tuple[str, ...], status: str) -> None:
    from contest.clock import SystemClock, local
    from questions.review import set_status

    today = local(SystemClock().now()).date()
    changed = set_status(bank, status, by, today, list(ids) or None)
    click.echo(text("cli.approve.done", n=len(changed), status=status))


@main.group(help=bench_text("help"))
def bench() -> None:
    """Gather the benches; see contest.commands.bench."""


@bench.command(help=bench_text("serving"))
@click.option(
    "--visitors", type=click.IntRange(1, 5000), required=True, help=bench_text("visitors")
)
@click.option("--against", default="", help=bench_text("against"))
@JSON
def serving(visitors: int, against: str, out: Path | None) -> None:
    from contest.commands import bench as run

    run.serving(visitors, against, out, click.echo)


@bench.command(help=bench_text("page"))
@JSON
def page(out: Path | None) -> None:
    from contest.commands import bench as run

    run.page(out, click.echo)


@bench.command(help=bench_text("crowd"))
@click.option(
    "--connected", type=click.IntRange(1, 20_000), required=True, help=bench_text("connected")
)
@click.option("--every", type=click.FloatRange(0.1), help=bench_text("every"))
@click.option("--think", help=bench_text("think"))
@click.option(
    "--minutes", type=click.FloatRange(0.05, 60), required=True, help=bench_text("minutes")
)
@PROCESSES
@JSON
def crowd(
    connected: int, every: float | None, think: str | None, minutes: float, processes: int,
    out: Path | None,
) -> None:  # fmt: skip
    from contest.commands import bench as run

    run.crowd(connected, every, think, minutes, processes, out, click.echo)


@bench.command(help=bench_text("rush"))
@click.option(
    "--contestants", type=click.IntRange(1, 20_000), required=True, help=bench_text("contestants")
)
@click.option(
    "--seconds",
    type=click.FloatRange(1, 600),
    default=60,
    show_default=True,
    help=bench_text("seconds"),
)
@click.option("--find", is_flag=True, help=bench_text("find"))
@PROCESSES
@JSON
def rush(contestants: int, seconds: float, find: bool, processes: int, out: Path | None) -> None:
    from contest.commands import bench as run

    run.rush(contestants, seconds, processes, find, out, click.echo)


@bench.command(help=bench_text("cycles"))
@click.option(
    "--count",
    type=click.IntRange(2, 100_000),
    default=1000,
    show_default=True,
    help=bench_text("count"),
)
@click.option(
    "--first", type=click.IntRange(1), default=200, show_default=True, help=bench_text("first")
)
@JSON
def cycles(count: int, first: int, out: Path | None) -> None:
    from contest.commands import bench as run

    run.cycles(count, first, out, click.echo)


@bench.command(help=bench_text("kills"))
@click.option(
    "--times",
    type=click.IntRange(1, 1000),
    default=200,
    show_default=True,
    help=bench_text("times"),
)
@click.option(
    "--contestants",
    type=click.IntRange(1, 500),
    default=30,
    show_default=True,
    help=bench_text("contestants"),
)
@JSON
def kills(times: int, contestants: int, out: Path | None) -> None:
    from contest.commands import bench as run

    run.kills(times, contestants, out, click.echo)


def _organise(work: Coroutine[Any, Any, str]) -> None:
    from contest.commands.organise import Refused

    try:
        click.echo(asyncio.run(work))
    except Refused as error:
        raise Stop(str(error)) from None
