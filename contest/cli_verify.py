"""`timhieu bundle | verify`: what anybody needs to compute a result again, and doing so."""

from __future__ import annotations

from pathlib import Path

import click

from contest.cli_base import DIRECTORY, Stop
from contest.verify.messages import text

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(help=text("cli.bundle"))
@click.argument("directory", type=DIRECTORY)
@click.option("--out", type=FILE, required=True, help=text("cli.bundle.out"))
@click.option("--salts", type=FILE, help=text("cli.bundle.salts"))
def bundle(directory: Path, out: Path, salts: Path | None) -> None:
    from contest.commands.verify import CannotBundle, bundle_directory

    try:
        for line in bundle_directory(directory, out, salts):
            click.echo(line)
    except CannotBundle as error:
        raise Stop(str(error)) from None


@click.command(help=text("cli.verify"))
@click.argument("out", type=DIRECTORY)
@click.option("--bundle", "file", type=FILE, required=True, help=text("cli.verify.bundle"))
@click.option("--salts", type=FILE, help=text("cli.verify.salts"))
def verify(out: Path, file: Path, salts: Path | None) -> None:
    from contest.commands.verify import verify_results
    from contest.verify.compare import Differs

    try:
        for line in verify_results(out, file, salts):
            click.echo(line)
    except Differs as error:
        raise Stop(text("verify.differs", what=error)) from None


VERIFY_COMMANDS = (bundle, verify)
