"""`timhieu marking`: the marking of essays."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import click

from contest.cli_base import DIRECTORY, Stop
from contest.marking.messages import text
from contest.messages import text as contest_text

T = TypeVar("T")

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group(help=text("cli.marking"))
@click.argument("directory", type=DIRECTORY)
@click.pass_context
def marking(ctx: click.Context, directory: Path) -> None:
    ctx.obj = directory


@marking.command(help=text("cli.status"))
@click.pass_obj
def status(directory: Path) -> None:
    from contest.commands.marking import show_status

    click.echo("\n".join(_do(show_status(directory))))


@marking.command(help=text("cli.export"))
@click.option("--marker", required=True, help=text("opt.marker"))
@click.option("--out", type=_FILE, required=True, help=text("opt.out"))
@click.pass_obj
def export(directory: Path, marker: str, out: Path) -> None:
    from contest.commands.marking import export_sheet

    click.echo(_do(export_sheet(directory, marker, out)))


@marking.command(name="import", help=text("cli.import"))
@click.argument("file", type=_FILE, metavar="FILE")
@click.option("--by", required=True, help=contest_text("cli.by"))
@click.pass_obj
def import_(directory: Path, file: Path, by: str) -> None:
    from contest.commands.marking import import_sheet

    click.echo(_do(import_sheet(directory, file, by)))


@marking.command(name="open", help=text("cli.open"))
@click.option("--port", default=8868, show_default=True, help=contest_text("cli.port"))
@click.pass_obj
def open_(directory: Path, port: int) -> None:
    from contest.commands.marking import open_marking
    from contest.commands.organise import Refused

    try:
        sys.exit(open_marking(directory, port, click.echo))
    except Refused as error:
        raise Stop(str(error)) from None


def _do(work: Coroutine[Any, Any, T]) -> T:
    from contest.commands.organise import Refused

    try:
        return asyncio.run(work)
    except Refused as error:
        raise Stop(str(error)) from None
