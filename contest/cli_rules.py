"""The commands about the thể lệ: its text for publication, and the presets."""

from __future__ import annotations

from pathlib import Path

import click

from contest.cli_base import DIRECTORY
from contest.messages import text


@click.group(help=text("cli.rules"))
def rules() -> None:
    pass


@rules.command(name="text", help=text("cli.rules.text"))
@click.argument("directory", type=DIRECTORY)
@click.option("--to", "folder", type=DIRECTORY, help=text("cli.rules.to"))
def rules_text(directory: Path, folder: Path | None) -> None:
    from contest.commands.rules import write_rules_text

    for path in write_rules_text(directory, folder or directory / "var" / "the_le"):
        click.echo(text("cli.rules.written", path=path))


@rules.command(name="presets", help=text("cli.rules.presets"))
def presets() -> None:
    from contest.presets import describe, preset_names

    for name in preset_names():
        click.echo(f"{name}\n    {describe(name)}")
