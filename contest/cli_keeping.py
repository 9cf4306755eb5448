"""`timhieu forget | purge | person | contacts | backup | restore | publish`: what is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import click

from contest.cli_base import DIRECTORY, Stop
from contest.keeping.messages import text
from contest.messages import text as contest_text
from contest.portal.messages import text as portal_text

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(help=text("cli.forget"))
@click.argument("directory", type=DIRECTORY)
@click.option("--contestant", required=True, help=contest_text("cli.contestant"))
@click.option("--reason", required=True, help=contest_text("cli.reason"))
@click.option("--by", required=True, help=contest_text("cli.by"))
def forget(directory: Path, contestant: str, reason: str, by: str) -> None:
    from contest.commands.personal import forget_contestant

    _do(forget_contestant(directory, contestant, reason, by))


@click.command(help=text("cli.purge"))
@click.argument("directory", type=DIRECTORY)
@click.option("--by", required=True, help=contest_text("cli.by"))
@click.option("--now-reason", help=text("cli.purge.now_reason"))
@click.option("--dry-run", is_flag=True, help=text("cli.purge.dry_run"))
def purge(directory: Path, by: str, now_reason: str | None, dry_run: bool) -> None:
    from contest.commands.personal import purge_contest

    _do(purge_contest(directory, by, now_reason, dry_run=dry_run))


@click.command(help=text("cli.person"))
@click.argument("directory", type=DIRECTORY)
@click.option("--contestant", help=contest_text("cli.contestant"))
@click.option("--receipt", help=text("cli.person.receipt"))
@click.option("--out", type=FILE, required=True, help=text("cli.person.out"))
def person(directory: Path, contestant: str | None, receipt: str | None, out: Path) -> None:
    from contest.commands.personal import export_person

    if (contestant is None) == (receipt is None):
        raise Stop(text("cli.person.one"))
    _do(export_person(directory, contestant, receipt, out))


@click.command(help=text("cli.contacts"))
@click.argument("directory", type=DIRECTORY)
@click.argument("out", type=DIRECTORY)
@click.option("--to", type=FILE, required=True, help=text("cli.contacts.to"))
@click.option("--by", required=True, help=text("cli.contacts.by"))
def contacts(directory: Path, out: Path, to: Path, by: str) -> None:
    from contest.commands.contacts import write_contacts
    from contest.commands.organise import Refused

    def ask(sentence: str) -> str:
        return click.prompt(sentence, hide_input=True)

    try:
        click.echo(write_contacts(directory, out, to, by, ask))
    except Refused as error:
        raise Stop(str(error)) from None


@click.command(help=text("cli.backup"))
@click.argument("directory", type=DIRECTORY)
@click.option("--to", "target", type=FILE, required=True, help=text("cli.backup.to"))
def backup(directory: Path, target: Path) -> None:
    from contest.commands.backup import backup_directory
    from contest.keeping.backup import CannotKeep

    if target.suffix != ".zip":
        raise Stop(text("backup.suffix", path=target))
    try:
        click.echo(backup_directory(directory, target))
    except CannotKeep as error:
        raise Stop(str(error)) from None


@click.command(help=text("cli.restore"))
@click.argument("archive", type=FILE)
@click.option("--to", "target", type=DIRECTORY, required=True, help=text("cli.restore.to"))
def restore(archive: Path, target: Path) -> None:
    from contest.commands.backup import restore_backup
    from contest.keeping.backup import CannotKeep

    try:
        click.echo(restore_backup(archive, target))
    except CannotKeep as error:
        raise Stop(str(error)) from None


@click.command(help=portal_text("cli.publish"))
@click.argument("result", metavar="OUT", type=DIRECTORY)
@click.option("--to", "target", type=DIRECTORY, required=True, help=portal_text("cli.publish.to"))
@click.option("--draft", is_flag=True, help=portal_text("cli.publish.draft"))
@click.option("--contest", type=DIRECTORY, help=portal_text("cli.publish.contest"))
@click.option("--by", help=contest_text("cli.by"))
def publish(result: Path, target: Path, draft: bool, contest: Path | None, by: str | None) -> None:
    from contest.commands.publish import publish_confirmed, publish_folder
    from contest.portal.figures import CannotPublish

    if contest is not None and draft:
        raise Stop(portal_text("publish.both"))
    if contest is not None and not by:
        raise Stop(portal_text("publish.by"))
    try:
        if contest is not None and by:
            click.echo(publish_confirmed(result, target, contest, by))
        else:
            click.echo(publish_folder(result, target, draft=draft))
    except CannotPublish as error:
        raise Stop(str(error)) from None


def _do(work: Coroutine[Any, Any, str]) -> None:
    from contest.commands.organise import Refused

    try:
        click.echo(asyncio.run(work))
    except Refused as error:
        raise Stop(str(error)) from None


KEEPING_COMMANDS = (forget, purge, person, contacts, backup, restore, publish)
