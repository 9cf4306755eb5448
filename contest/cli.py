"""`timhieu`: the command line. Speaks Vietnamese; bad input ends with exit code 1."""

from __future__ import annotations

import asyncio
import errno
import logging
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import click

from contest.cli_bank import BANK_COMMANDS
from contest.cli_base import DIRECTORY, Stop
from contest.cli_bench import bench
from contest.cli_claims import claims
from contest.cli_closing import CLOSING_COMMANDS
from contest.cli_elsewhere import from_elsewhere
from contest.cli_irt import irt
from contest.cli_keeping import KEEPING_COMMANDS
from contest.cli_marking import marking
from contest.cli_notice import notice
from contest.cli_papers import PAPER_COMMANDS
from contest.cli_qr import qr
from contest.cli_rehearse import rehearse_command
from contest.cli_rules import rules
from contest.cli_rulings import RULING_COMMANDS
from contest.cli_verify import VERIFY_COMMANDS
from contest.messages import text
from contest.store.protocol import NewerDatabase
from questions.problems import ProblemsFound

CANNOT = {
    errno.ENOENT: "cli.cannot.missing",
    errno.EACCES: "cli.cannot.forbidden",
    errno.EPERM: "cli.cannot.forbidden",
    errno.EROFS: "cli.cannot.forbidden",
    errno.ENOSPC: "cli.cannot.full",
    errno.ENOTDIR: "cli.cannot.not_folder",
    errno.EISDIR: "cli.cannot.folder",
}
"""Why a file can't be read or written -> the sentence that says so."""


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
        except OSError as error:
            if error.filename is None or error.errno not in CANNOT:
                raise
            path = Path(error.filename)
            shown = path.parent if path.name.startswith(".") else path  # a draft beside its place
            raise Stop(text(CANNOT[error.errno], path=shown)) from None


@click.group(cls=_Group, help=text("cli.help"))
@click.version_option(package_name="timhieu")
def main() -> None:
    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )


@main.command(help=text("cli.init"))
@click.argument("directory", type=DIRECTORY)
@click.option("--preset", help=text("cli.init.preset"))
def init(directory: Path, preset: str | None) -> None:
    from contest.clock import SystemClock
    from contest.presets import preset_names
    from contest.sample import NotEmpty, init_directory

    if preset is not None and preset not in preset_names():
        raise Stop(text("cli.init.no_preset", name=preset, names=", ".join(preset_names())))
    try:
        init_directory(directory, SystemClock().now(), preset)
    except NotEmpty:
        raise Stop(text("cli.init.not_empty", directory=directory)) from None
    click.echo(text("cli.init.done", directory=directory))


@main.command(help=text("cli.check"))
@click.argument("directory", type=DIRECTORY, required=False)
def check(directory: Path | None) -> None:
    from contest.clock import SystemClock
    from contest.commands.about_bank import is_bank
    from contest.commands.sample import ensure_sample, sample_directory
    from contest.directory import ContestDirectory
    from questions.load import read_bank

    if directory is None:
        directory = sample_directory()
        ensure_sample(directory, SystemClock().now())
    read = read_bank(directory) if is_bank(directory) else ContestDirectory(directory).read()
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

    open_lab(directory, host, click.echo)


@main.command(help=text("cli.desk"))
@click.argument("what", type=click.Path(path_type=Path), required=False)
@click.option("--contest", "directory", type=DIRECTORY, help=text("cli.desk.contest"))
@click.option("--results", is_flag=True, help=text("cli.desk.results"))
@click.option("--port", default=8867, show_default=True, help=text("cli.port"))
def desk(what: Path | None, directory: Path | None, results: bool, port: int) -> None:
    from contest.commands.desk import open_desk
    from contest.directory import RULES_FILE

    notebook = None
    if what is not None and what.is_dir() and directory is None:
        directory = what
    elif what is not None:
        notebook = what
        if not notebook.is_file():
            raise Stop(text("cli.desk.missing", notebook=notebook))
    if directory is not None and not (directory / RULES_FILE).is_file():
        raise Stop(text("cli.desk.no_contest", directory=directory))
    open_desk(notebook, directory, port, click.echo, results=results)


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
        done = simulate_directory(directory, contestants, seed, round_id, close=close, acks=acks)
    except RealData:
        raise Stop(text("cli.simulate.real", directory=directory)) from None
    except CannotSimulate as error:
        raise Stop(text("cli.simulate.cannot", why=error)) from None
    click.echo(done)


@main.command(help=text("cli.grade"))
@click.argument("directory", type=DIRECTORY)
@click.option("--round", "round_ids", multiple=True, help=text("cli.round"))
@click.option("--until-ruling", type=click.IntRange(0), help=text("cli.until_ruling"))
@click.option("--out", type=DIRECTORY, required=True, help=text("cli.out"))
@from_elsewhere
def grade(
    directory: Path,
    round_ids: tuple[str, ...],
    until_ruling: int | None,
    out: Path,
    **elsewhere: Any,
) -> None:
    from contest.commands.elsewhere import grade_elsewhere
    from contest.commands.grade import CannotGrade, grade_directory

    try:
        if any(elsewhere.values()):
            summary = grade_elsewhere(directory, list(round_ids), out, **elsewhere)
        else:
            summary = grade_directory(directory, list(round_ids), out, until_ruling)
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


for command in (
    bench,
    claims,
    qr,
    irt,
    notice,
    marking,
    rehearse_command,
    rules,
    *BANK_COMMANDS,
    *CLOSING_COMMANDS,
    *KEEPING_COMMANDS,
    *PAPER_COMMANDS,
    *RULING_COMMANDS,
    *VERIFY_COMMANDS,
):
    main.add_command(command)


def _organise(work: Coroutine[Any, Any, str]) -> None:
    from contest.commands.organise import Refused

    try:
        click.echo(asyncio.run(work))
    except Refused as error:
        raise Stop(str(error)) from None
