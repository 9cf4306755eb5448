"""The commands about documents: papers, templates, certificates."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from contest.cli_base import DIRECTORY, Stop
from contest.messages import text as contest_text
from contest.papers.messages import text


@click.command(help=text("cli.papers"))
@click.argument("out", type=DIRECTORY)
@click.option("--public", is_flag=True, help=text("cli.papers.public"))
@click.option("--templates", type=DIRECTORY, help=text("cli.papers.templates"))
@click.option(
    "--documents",
    type=click.Path(path_type=Path, dir_okay=False),
    help=text("cli.papers.documents"),
)
@click.option("--convert", is_flag=True, help=text("cli.papers.convert"))
def papers(
    out: Path, public: bool, templates: Path | None, documents: Path | None, convert: bool
) -> None:
    from tqdm import tqdm

    from contest.commands.papers import Refused, make_papers

    with tqdm(unit=text("cli.papers.unit"), delay=2) as bar:

        def told(name: str) -> None:
            bar.set_postfix_str(name)
            bar.update()

        try:
            summary = make_papers(
                out, public=public, templates=templates, documents=documents, convert=convert,
                told=told,
            )  # fmt: skip
        except Refused as error:
            raise Stop(str(error)) from None
    click.echo(summary)


@click.command(help=text("cli.templates"))
@click.argument("directory", type=DIRECTORY)
def templates(directory: Path) -> None:
    from contest.commands.papers import Refused, copy_templates

    try:
        click.echo(copy_templates(directory))
    except Refused as error:
        raise Stop(str(error)) from None


@click.command(help=text("cli.certificates"))
@click.argument("directory", type=DIRECTORY)
@click.argument("out", type=DIRECTORY)
@click.option("--to", type=DIRECTORY, required=True, help=text("cli.certificates.to"))
@click.option("--book", is_flag=True, help=text("cli.certificates.book"))
@click.option("--units", is_flag=True, help=text("cli.certificates.units"))
@click.option("--by", required=True, help=contest_text("cli.by"))
def certificates(directory: Path, out: Path, to: Path, book: bool, units: bool, by: str) -> None:
    from tqdm import tqdm

    from contest.commands.certificates import Refused, make_certificates

    with tqdm(unit=text("cli.certificates.unit"), delay=2) as bar:

        def progress(total: int) -> Callable[[], object]:
            bar.reset(total)
            return bar.update

        try:
            summary = make_certificates(
                directory, out, to, by=by, one_book=book, units=units, progress=progress
            )
        except Refused as error:
            raise Stop(str(error)) from None
    click.echo(summary)


@click.group(help=text("cli.certificate"))
def certificate() -> None:
    pass


@certificate.command(help=text("cli.certificate.check"))
@click.argument("given", metavar="TEXT|FILE")
@click.option("--key", required=True, help=text("cli.certificate.key"))
def check(given: str, key: str) -> None:
    from contest.commands.certificates import Refused, check_certificate

    try:
        click.echo(check_certificate(given, key))
    except Refused as error:
        raise Stop(str(error)) from None


PAPER_COMMANDS = (papers, templates, certificates, certificate)
