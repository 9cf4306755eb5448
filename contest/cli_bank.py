"""The commands about a bank: approve, lint, stats, trace, draft, import, export."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from contest.cli_base import DIRECTORY, Stop
from contest.messages import text

FORMAT_NAMES = (
    "excel", "word", "gift", "aiken", "moodle_xml", "qti21", "qti12", "jupyterquiz", "markdown",
)  # fmt: skip
"""The names of `questions.formats.FORMATS`, which is only loaded when it is used."""
LEVELS = ("recall", "understand", "apply")


@click.command(help=text("cli.approve"))
@click.argument("bank", type=DIRECTORY)
@click.option("--by", required=True, help=text("cli.by"))
@click.option("--question", "ids", multiple=True, help=text("cli.question"))
@click.option(
    "--as", "status", type=click.Choice(["reviewed", "approved"]), default="approved",
    show_default=True, help=text("cli.status"),
)  # fmt: skip
def approve(bank: Path, by: str, ids: tuple[str, ...], status: str) -> None:
    from contest.clock import SystemClock, local
    from questions.review import set_status

    today = local(SystemClock().now()).date()
    changed = set_status(bank, status, by, today, list(ids) or None)
    click.echo(text("cli.approve.done", n=len(changed), status=status))


@click.command(name="lint", help=text("cli.lint"))
@click.argument("bank", required=False)
@click.option("--strict", is_flag=True, help=text("cli.lint.strict"))
def lint_command(bank: str | None, strict: bool) -> None:
    from contest.commands.about_bank import NoBank, lint_banks

    try:
        found = lint_banks(bank)
    except NoBank as error:
        raise Stop(str(error)) from None
    for advice in found:
        click.echo(str(advice))
    click.echo(text("cli.lint.found", n=len(found)) if found else text("cli.lint.fine"))
    sys.exit(1 if strict and found else 0)


@click.command(help=text("cli.stats"))
@click.argument("bank", required=False)
@click.option("--json", "as_json", is_flag=True, help=text("cli.json"))
def stats(bank: str | None, as_json: bool) -> None:
    from contest.commands.about_bank import NoBank, stats_of

    try:
        click.echo(stats_of(bank, as_json=as_json))
    except NoBank as error:
        raise Stop(str(error)) from None


@click.command(help=text("cli.trace"))
@click.argument("id_", metavar="ID")
@click.option("--bank", help=text("cli.bank"))
def trace(id_: str, bank: str | None) -> None:
    from contest.commands.about_bank import NoBank, trace_id, unknown
    from questions.report.trace import UnknownId

    try:
        click.echo(trace_id(bank, id_))
    except NoBank as error:
        raise Stop(str(error)) from None
    except UnknownId as error:
        raise Stop(unknown(error)) from None


@click.command(help=text("cli.draft"))
@click.argument("source", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--into", "bank", help=text("cli.draft.into"))
@click.option("--topic", help=text("cli.draft.topic"))
@click.option("--source", "source_id", help=text("cli.draft.source"))
@click.option("--only", multiple=True, help=text("cli.draft.only"))
@click.option("--seed", type=int, default=0)
def draft(
    source: Path,
    bank: str | None,
    topic: str | None,
    source_id: str | None,
    only: tuple[str, ...],
    seed: int,
) -> None:
    from contest.commands.about_bank import NoBank
    from contest.commands.draft import draft_file

    if bank and not topic:
        raise Stop(text("cli.draft.no_topic"))
    try:
        click.echo(draft_file(source, bank, topic, source_id, seed, only))
    except NoBank as error:
        raise Stop(str(error)) from None


@click.command(name="import", help=text("cli.import"))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--format", "name", type=click.Choice(FORMAT_NAMES), help=text("cli.format"))
@click.option("--into", type=DIRECTORY, help=text("cli.into"))
@click.option("--topic", help=text("cli.topic"))
@click.option("--title", help=text("cli.title"))
@click.option("--level", type=click.Choice(LEVELS), help=text("cli.level"))
@click.option("--leave-out", "numbers", type=int, multiple=True, help=text("cli.leave_out"))
def import_(
    file: Path,
    name: str | None,
    into: Path | None,
    topic: str | None,
    title: str | None,
    level: str | None,
    numbers: tuple[int, ...],
) -> None:
    from contest.commands.bank import import_file, preview

    if into and not topic:
        raise Stop(text("cli.import.no_topic"))
    reading = preview(file, name, level, numbers, click.echo)
    if into is None:
        click.echo(text("cli.import.preview"))
        if reading.errors:
            raise Stop(text("cli.check.errors", n=len(reading.errors)))
    else:
        click.echo(import_file(reading, into, topic or "", title, click.echo))


@click.command(help=text("cli.export"))
@click.argument("bank")
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--format", "name", type=click.Choice(FORMAT_NAMES), required=True, help=text("cli.format")
)
@click.option("--topic", "topics", multiple=True, help=text("cli.export.topic"))
@click.option("--skip", is_flag=True, help=text("cli.skip"))
def export(bank: str, out: Path, name: str, topics: tuple[str, ...], skip: bool) -> None:
    from contest.commands.about_bank import NoBank, bank_folders
    from contest.commands.bank import CannotExport, export_bank

    try:
        (folder,) = bank_folders(bank)
        click.echo(export_bank(folder, name, out, topics, skip=skip))
    except (CannotExport, NoBank) as error:
        raise Stop(str(error)) from None


@click.command(name="print", help=text("cli.print"))
@click.argument("bank", required=False)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True,
    help=text("cli.print.out"),
)  # fmt: skip
@click.option("--topic", "topics", multiple=True, help=text("cli.export.topic"))
@click.option("--key", is_flag=True, help=text("cli.print.key"))
def print_(bank: str | None, out: Path, topics: tuple[str, ...], key: bool) -> None:
    from contest.commands.about_bank import NoBank, print_bank

    try:
        click.echo(print_bank(bank, out, topics, with_key=key))
    except NoBank as error:
        raise Stop(str(error)) from None


BANK_COMMANDS = (print_, approve, lint_command, stats, trace, draft, import_, export)
