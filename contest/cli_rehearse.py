"""`timhieu rehearse`: a rehearsal before the opening."""

from __future__ import annotations

from pathlib import Path

import click

from contest.cli_base import DIRECTORY, Stop
from contest.messages import text as contest_text
from contest.rehearsal.messages import text

PORT = 8868
_MINUTES = click.IntRange(1, 600)


@click.command(name="rehearse", help=text("cli.rehearse"))
@click.argument("directory", type=DIRECTORY)
@click.option("--minutes", type=_MINUTES, default=60, help=text("cli.rehearse.minutes"))
@click.option("--round", "round_id", help=text("cli.rehearse.round"))
@click.option("--host", default="127.0.0.1", show_default=True, help=contest_text("cli.host"))
@click.option("--port", default=PORT, show_default=True, help=contest_text("cli.port"))
@click.option("--code", help=text("cli.rehearse.code"))
@click.option("--real-questions", "real", is_flag=True, help=text("cli.rehearse.real"))
@click.option("--keep", is_flag=True, help=text("cli.rehearse.keep"))
@click.option("--wipe", is_flag=True, help=text("cli.rehearse.wipe"))
def rehearse_command(
    directory: Path,
    minutes: int,
    round_id: str | None,
    host: str,
    port: int,
    code: str | None,
    real: bool,
    keep: bool,
    wipe: bool,
) -> None:
    from contest.commands.organise import Refused
    from contest.commands.rehearse import Wish, rehearse, wipe_rehearsal
    from contest.commands.serve import CannotServe

    try:
        if wipe:
            click.echo(wipe_rehearsal(directory))
        else:
            wish = Wish(minutes, round_id, host, port, code, real, keep)
            rehearse(directory, wish, click.echo)
    except (Refused, CannotServe) as error:
        raise Stop(str(error)) from None
