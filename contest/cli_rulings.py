"""`timhieu rule | rulings | admit`: what organisers decide."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import click

from contest.cli_base import DIRECTORY, Stop
from contest.rulings.messages import text

NEW_FILE = click.Path(path_type=Path, dir_okay=False)
Command = Callable[..., Any]


def _common(command: Command) -> Command:
    for option in reversed(
        (
            click.option("--reason", required=True, help=text("opt.reason")),
            click.option("--by", required=True, help=text("opt.by")),
            click.option("--document", help=text("opt.document")),
            click.option("--dry-run", is_flag=True, help=text("opt.dry_run")),
            click.option("--diff", type=NEW_FILE, help=text("opt.diff")),
            click.option("--yes", is_flag=True, help=text("opt.yes")),
        )
    ):
        command = option(command)
    return command


_ROUND = click.option("--round", "round_id", help=text("opt.round"))
_ATTEMPT = click.option("--attempt", help=text("opt.attempt"))
_CONTESTANT = click.option("--contestant", help=text("opt.contestant"))


@click.group(help=text("cli.rule"))
@click.argument("directory", type=DIRECTORY)
@click.pass_context
def rule(ctx: click.Context, directory: Path) -> None:
    ctx.obj = directory


def _rule(kind: str, what: dict[str, Any], how: dict[str, Any]) -> None:
    """Make a ruling; `how` are the options that all kinds share."""
    from contest.commands import rule as commands

    directory = click.get_current_context().obj
    given = {key: how[key] for key in ("by", "reason", "document")}
    work = commands.rule(
        directory, kind, given, what, click.echo, _asking(how), dry_run=how["dry_run"],
        diff=how["diff"],
    )  # fmt: skip
    _do(work)


def _asking(how: dict[str, Any]) -> Callable[[str], bool] | None:
    return None if how["yes"] else lambda question: click.confirm(question, default=False)


@rule.command(help=text("cli.void"))
@click.option("--question", required=True, help=text("opt.question"))
@_ROUND
@click.option("--full", is_flag=True, help=text("opt.full"))
@click.option("--out", is_flag=True, help=text("opt.out"))
@_common
def void(question: str, round_id: str | None, full: bool, out: bool, **how: Any) -> None:
    if full == out:
        raise Stop(text("cli.void.one"))
    what = {"question": question, "round_id": round_id, "how": "full" if full else "out"}
    _rule("void", what, how)


@rule.command(help=text("cli.accept"))
@click.option("--question", required=True, help=text("opt.question"))
@click.option("--value", required=True, help=text("opt.value"))
@_ROUND
@_common
def accept(question: str, value: str, round_id: str | None, **how: Any) -> None:
    _rule("accept", {"question": question, "value": value, "round_id": round_id}, how)


def _recognise(kind: str) -> click.Command:
    @rule.command(kind, help=text(f"cli.{kind}"))
    @_ATTEMPT
    @_CONTESTANT
    @_ROUND
    @_common
    def recognise(
        attempt: str | None, contestant: str | None, round_id: str | None, **how: Any
    ) -> None:
        what = {"attempt": attempt, "contestant": contestant, "round_id": round_id}
        _rule(kind, what, how)

    return recognise


for _kind in ("exclude", "restore"):
    _recognise(_kind)


@rule.command(help=text("cli.unit"))
@click.option("--contestant", required=True, help=text("opt.contestant"))
@click.option("--unit", "unit_id", required=True, help=text("opt.unit"))
@_ROUND
@_common
def unit(contestant: str, unit_id: str, round_id: str | None, **how: Any) -> None:
    _rule("unit", {"contestant": contestant, "unit_id": unit_id, "round_id": round_id}, how)


@rule.command(name="time", help=text("cli.time"))
@_ATTEMPT
@_ROUND
@click.option("--minutes", required=True, help=text("opt.minutes"))
@_common
def time_(attempt: str | None, round_id: str | None, minutes: str, **how: Any) -> None:
    if (attempt is None) == (round_id is None):
        raise Stop(text("cli.time.one"))
    if attempt is not None:
        _rule("time", {"attempt": attempt, "minutes": minutes}, how)
    else:
        _rule("extend", {"round_id": round_id, "minutes": minutes}, how)


@rule.command(name="true-value", help=text("cli.true_value"))
@click.option("--value", required=True, help=text("opt.value"))
@_ROUND
@_common
def true_value(value: str, round_id: str | None, **how: Any) -> None:
    _rule("true_value", {"value": value, "round_id": round_id}, how)


@rule.command(help=text("cli.rules"))
@click.option("--file", type=NEW_FILE, required=True, help=text("opt.file"))
@click.option("--from", "since", required=True, help=text("opt.from"))
@_common
def rules(file: Path, since: str, **how: Any) -> None:
    _rule("rules", {"file": file, "since": since}, how)


@rule.command(help=text("cli.mark"))
@click.option("--attempt", required=True, help=text("opt.attempt"))
@click.option("--question", required=True, help=text("opt.question"))
@click.option("--points", required=True, help=text("opt.points"))
@_common
def mark(attempt: str, question: str, points: str, **how: Any) -> None:
    _rule("mark", {"attempt": attempt, "question": question, "points": points}, how)


@rule.command(help=text("cli.undo"))
@click.argument("number")
@_common
def undo(number: str, **how: Any) -> None:
    _rule("undo", {"number": number}, how)


@click.command(help=text("cli.rulings"))
@click.argument("directory", type=DIRECTORY)
def rulings(directory: Path) -> None:
    from contest.commands.rule import list_rulings

    _do(list_rulings(directory, click.echo))


@click.command(help=text("cli.admit"))
@click.argument("directory", type=DIRECTORY)
@click.option("--round", "round_id", required=True, help=text("opt.round"))
@click.option("--contestant", "contestants", multiple=True, help=text("opt.contestant"))
@click.option("--from", "result", type=DIRECTORY, help=text("opt.result"))
@click.option("--board", help=text("opt.board"))
@click.option("--rank-round", help=text("opt.rank_round"))
@click.option("--top", type=click.IntRange(1), help=text("opt.top"))
@_common
def admit(
    directory: Path,
    round_id: str,
    contestants: tuple[str, ...],
    result: Path | None,
    board: str | None,
    rank_round: str | None,
    top: int | None,
    **how: Any,
) -> None:
    from contest.commands import rule as commands

    by_rank = [result is not None, (board is None) != (rank_round is None), top is not None]
    typed = bool(contestants)
    if all(by_rank) == typed or (typed and any((result, board, rank_round, top))):
        raise Stop(text("cli.admit.one"))
    given = {key: how[key] for key in ("by", "reason", "document")}
    work = commands.admit(
        directory, round_id, list(contestants), result, board, rank_round, top, given, click.echo,
        _asking(how), dry_run=how["dry_run"],
    )  # fmt: skip
    _do(work)


def _do(work: Coroutine[Any, Any, None]) -> None:
    from contest.commands.organise import Refused

    try:
        asyncio.run(work)
    except Refused as error:
        raise Stop(str(error)) from None


RULING_COMMANDS = (rule, rulings, admit)
