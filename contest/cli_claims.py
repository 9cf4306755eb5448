"""`timhieu claims DIR [list|show|answer|close]`: what people ask the organisers to look into."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contest.claims import OUTCOMES
from contest.claims.messages import text
from contest.cli_base import DIRECTORY, Stop
from contest.messages import text as contest_text

if TYPE_CHECKING:
    from contest.organisers import Organiser

_BY = click.option("--by", required=True, help=contest_text("cli.by"))
_ALL = click.option("--all", "every", is_flag=True, help=text("cli.claims.all"))


@click.group(help=text("cli.claims"), invoke_without_command=True)
@click.argument("directory", type=DIRECTORY)
@click.pass_context
def claims(ctx: click.Context, directory: Path) -> None:
    ctx.obj = directory
    if ctx.invoked_subcommand is None:
        _list(directory, every=False)


@claims.command(name="list", help=text("cli.claims.list"))
@_ALL
@click.pass_obj
def list_(directory: Path, every: bool) -> None:
    _list(directory, every=every)


@claims.command(help=text("cli.claims.show"))
@click.argument("claim", metavar="CLAIM")
@_BY
@click.pass_obj
def show(directory: Path, claim: str, by: str) -> None:
    from contest.commands.claims import show_claim

    who = _log_in(directory, by)
    _do(show_claim(directory, claim, who, click.echo))


@claims.command(help=text("cli.claims.answer"))
@click.argument("claim", metavar="CLAIM")
@_BY
@click.option(
    "--outcome", type=click.Choice(OUTCOMES), required=True, help=text("cli.claims.outcome")
)
@click.option("--text", "words", required=True, help=text("cli.claims.text"))
@click.pass_obj
def answer(directory: Path, claim: str, by: str, outcome: str, words: str) -> None:
    from contest.commands.claims import answer_claim

    who = _log_in(directory, by)
    _do(answer_claim(directory, claim, who, outcome, words, click.echo))


@claims.command(help=text("cli.claims.close"))
@click.argument("claim", metavar="CLAIM")
@_BY
@click.pass_obj
def close(directory: Path, claim: str, by: str) -> None:
    from contest.commands.claims import close_claim

    who = _log_in(directory, by)
    _do(close_claim(directory, claim, who, click.echo))


def _list(directory: Path, *, every: bool) -> None:
    from contest.commands.claims import list_claims

    _do(list_claims(directory, click.echo, every=every))


def _log_in(directory: Path, name: str) -> Organiser:
    from contest.commands.claims import allowed
    from contest.commands.organise import Refused

    try:
        return allowed(directory, name, lambda sentence: click.prompt(sentence, hide_input=True))
    except Refused as error:
        raise Stop(str(error)) from None


def _do(work: Coroutine[Any, Any, None]) -> None:
    from contest.commands.organise import Refused

    try:
        asyncio.run(work)
    except Refused as error:
        raise Stop(str(error)) from None
