"""`timhieu qr`: codes that open the contest with a unit filled in."""

from __future__ import annotations

from pathlib import Path

import click

from contest.cli_base import DIRECTORY, Stop
from contest.messages import text


@click.command(help=text("cli.qr"))
@click.argument("directory", type=DIRECTORY)
@click.option("--base-url", help=text("cli.qr.base_url"))
@click.option("--out", type=DIRECTORY, required=True, help=text("cli.qr.out"))
def qr(directory: Path, base_url: str | None, out: Path) -> None:
    from contest.commands.qr import SHEET, CannotPrint, write_codes

    try:
        units = write_codes(directory, base_url, out)
    except CannotPrint as error:
        raise Stop(str(error)) from None
    click.echo(text("cli.qr.done", n=units, path=out / SHEET))
