"""`timhieu irt`."""

from __future__ import annotations

from pathlib import Path

import click

from contest.cli_base import DIRECTORY, Stop
from contest.messages import text


@click.command(help=text("cli.irt"))
@click.argument("directory", type=DIRECTORY)
@click.option("--round", "round_id", required=True, help=text("cli.round"))
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help=text("cli.irt.out"),
)
def irt(directory: Path, round_id: str, out: Path) -> None:
    from contest.commands.grade import CannotGrade
    from contest.commands.irt import write_irt

    try:
        click.echo(write_irt(directory, round_id, out))
    except CannotGrade as error:
        raise Stop(str(error)) from None
