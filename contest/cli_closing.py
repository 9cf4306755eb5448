"""`timhieu people | numbers | closing`: who the organisers are, and how a round goes and ends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import click

from contest.cli_base import DIRECTORY, Stop
from contest.closing.messages import text
from contest.closing.steps import BY_NAME
from contest.messages import text as contest_text
from contest.roles import ROLES, Role

_NAME = click.option("--name", required=True, help=text("cli.people.name"))
_BY = click.option("--by", required=True, help=contest_text("cli.by"))


@click.group(help=text("cli.people"))
def people() -> None:
    pass


@people.command(help=text("cli.people.add"))
@click.argument("directory", type=DIRECTORY)
@_NAME
@click.option("--role", type=click.Choice(ROLES), required=True, help=text("cli.people.role"))
@_BY
def add(directory: Path, name: str, role: Role, by: str) -> None:
    from contest.commands.people import add_organiser

    password = _new_password()
    _do(lambda: click.echo(add_organiser(directory, name, role, password, by)))


@people.command(name="list", help=text("cli.people.list"))
@click.argument("directory", type=DIRECTORY)
def list_(directory: Path) -> None:
    from contest.commands.people import list_organisers

    _do(lambda: click.echo("\n".join(list_organisers(directory))))


@people.command(help=text("cli.people.remove"))
@click.argument("directory", type=DIRECTORY)
@_NAME
@_BY
def remove(directory: Path, name: str, by: str) -> None:
    from contest.commands.people import remove_organiser

    _do(lambda: click.echo(remove_organiser(directory, name, by)))


@people.command(help=text("cli.people.password"))
@click.argument("directory", type=DIRECTORY)
@_NAME
@_BY
def password(directory: Path, name: str, by: str) -> None:
    from contest.commands.people import change_password

    new = _new_password()
    _do(lambda: click.echo(change_password(directory, name, new, by)))


@click.command(help=text("cli.closing"))
@click.argument("directory", type=DIRECTORY)
@click.option("--round", "round_id", required=True, help=contest_text("cli.round"))
@click.option(
    "--do",
    "steps",
    multiple=True,
    type=click.Choice(list(BY_NAME)),
    help=text("cli.closing.do", steps=", ".join(BY_NAME)),
)
@click.option("--by", help=contest_text("cli.by"))
@click.option("--yes", is_flag=True, help=text("cli.closing.yes"))
def closing(
    directory: Path, round_id: str, steps: tuple[str, ...], by: str | None, yes: bool
) -> None:
    from contest.commands.closing import do_step, show_closing

    if not steps:
        _do(lambda: click.echo("\n".join(show_closing(directory, round_id))))
        return
    if by is None:
        raise Stop(text("closing.who"))
    who, agree, password = by, None if yes else click.confirm, cache(_password)
    for step in steps:
        _do(partial(do_step, directory, round_id, step, who, password, _asked, agree, click.echo))


@click.command(help=contest_text("cli.numbers"))
@click.argument("directory", type=DIRECTORY)
@click.option("--round", "round_id", help=contest_text("cli.round"))
def numbers(directory: Path, round_id: str | None) -> None:
    from contest.commands.numbers import show_numbers

    _do(lambda: click.echo("\n".join(asyncio.run(show_numbers(directory, round_id)))))


def _password(sentence: str) -> str:
    return click.prompt(sentence, hide_input=True)


def _asked(sentence: str) -> str:
    return click.prompt(sentence)


def _new_password() -> str:
    again = text("people.again")
    return click.prompt(text("people.prompt"), hide_input=True, confirmation_prompt=again)


def _do(work: Callable[[], object]) -> None:
    from contest.commands.organise import Refused

    try:
        work()
    except Refused as error:
        raise Stop(str(error)) from None


CLOSING_COMMANDS = (people, closing, numbers)
