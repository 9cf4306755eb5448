"""`timhieu notice`: notices to contestants, on the pages and on open papers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from contest.cli_base import DIRECTORY, Stop
from contest.notices.messages import text
from contest.notices.model import KINDS

_BY = click.option("--by", required=True, help=text("cli.notice.by"))


@click.group(help=text("cli.notice"))
def notice() -> None:
    pass


@notice.command(name="list", help=text("cli.notice.list"))
@click.argument("directory", type=DIRECTORY)
def list_(directory: Path) -> None:
    from contest.commands.notice import list_notices

    _do(lambda: "\n".join(list_notices(directory)))


@notice.command(help=text("cli.notice.add"))
@click.argument("directory", type=DIRECTORY)
@click.option("--text", "words", required=True, help=text("cli.notice.text"))
@click.option("--kind", type=click.Choice(KINDS), default="info", help=text("cli.notice.kind"))
@click.option("--round", "round_id", help=text("cli.notice.round"))
@click.option("--from", "starts", help=text("cli.notice.from"))
@click.option("--until", "ends", help=text("cli.notice.until"))
@_BY
def add(
    directory: Path,
    words: str,
    kind: str,
    round_id: str | None,
    starts: str | None,
    ends: str | None,
    by: str,
) -> None:
    from contest.commands.notice import add_notice

    what = {"words": words, "kind": kind, "round_id": round_id, "starts": starts, "ends": ends}
    _do(lambda: add_notice(directory, by, _password, **what))  # type: ignore[arg-type]


@notice.command(help=text("cli.notice.withdraw"))
@click.argument("directory", type=DIRECTORY)
@click.option("--number", type=click.IntRange(1), required=True, help=text("cli.notice.number"))
@_BY
def withdraw(directory: Path, number: int, by: str) -> None:
    from contest.commands.notice import withdraw_notice

    _do(lambda: withdraw_notice(directory, by, _password, number))


def _password(sentence: str) -> str:
    return click.prompt(sentence, hide_input=True)


def _do(work: Callable[[], str]) -> None:
    from contest.commands.organise import Refused

    try:
        click.echo(work())
    except Refused as error:
        raise Stop(str(error)) from None
