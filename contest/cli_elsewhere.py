"""Options of `timhieu grade` for what was gathered elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from contest.elsewhere.messages import text

_FILE = click.Path(path_type=Path, dir_okay=False)


def from_elsewhere(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --responses, --scores, --true-value and --final."""
    for option in (
        click.option("--final", is_flag=True, help=text("help.final")),
        click.option("--true-value", "true_values", multiple=True, help=text("help.true_value")),
        click.option("--scores", type=_FILE, help=text("help.scores")),
        click.option("--responses", type=_FILE, help=text("help.responses")),
    ):
        command = option(command)
    return command
