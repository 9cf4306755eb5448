"""What all commands share: how a folder is given, and how an error ends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

DIRECTORY = click.Path(path_type=Path, file_okay=False)


class Stop(click.ClickException):
    """An error that the user can mend: printed to stderr, exit code 1."""

    def show(self, file: Any = None) -> None:  # noqa: ARG002
        click.echo(self.message, err=True)
