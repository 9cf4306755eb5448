"""`timhieu bench …`."""

from __future__ import annotations

from pathlib import Path

import click

from contest.bench.messages import text as bench_text
from contest.messages import text

JSON = click.option(
    "--json", "out", type=click.Path(path_type=Path, dir_okay=False), help=bench_text("json")
)
PROCESSES = click.option(
    "--processes", type=click.IntRange(1, 16), default=1, show_default=True,
    help=bench_text("processes"),
)  # fmt: skip


@click.group(help=bench_text("help"))
def bench() -> None:
    """Gather the benches; see contest.commands.bench."""


@bench.command(help=bench_text("serving"))
@click.option(
    "--visitors", type=click.IntRange(1, 5000), required=True, help=bench_text("visitors")
)
@click.option("--against", default="", help=bench_text("against"))
@JSON
def serving(visitors: int, against: str, out: Path | None) -> None:
    from contest.commands import bench as run

    run.serving(visitors, against, out, click.echo)


@bench.command(help=bench_text("page"))
@click.option("--slow", is_flag=True, help=bench_text("slow"))
@JSON
def page(slow: bool, out: Path | None) -> None:
    from contest.commands import bench as run

    run.page(slow, out, click.echo)


@bench.command(help=bench_text("entry"))
@click.option(
    "--units", type=click.IntRange(100, 20_000), default=3000, show_default=True,
    help=bench_text("entry.units"),
)  # fmt: skip
@click.option(
    "--proofs", type=click.IntRange(1, 1000), default=20, show_default=True,
    help=bench_text("entry.proofs"),
)  # fmt: skip
@click.option("--slow", is_flag=True, help=bench_text("entry.slow"))
@JSON
def entry(units: int, proofs: int, slow: bool, out: Path | None) -> None:
    from contest.commands import bench as run

    run.entry(units, proofs, slow, out, click.echo)


@bench.command(help=bench_text("crowd"))
@click.option(
    "--connected", type=click.IntRange(1, 20_000), required=True, help=bench_text("connected")
)
@click.option("--every", type=click.FloatRange(0.1), help=bench_text("every"))
@click.option("--think", help=bench_text("think"))
@click.option(
    "--minutes", type=click.FloatRange(0.05, 60), required=True, help=bench_text("minutes")
)
@PROCESSES
@JSON
def crowd(
    connected: int, every: float | None, think: str | None, minutes: float, processes: int,
    out: Path | None,
) -> None:  # fmt: skip
    from contest.commands import bench as run

    run.crowd(connected, every, think, minutes, processes, out, click.echo)


@bench.command(help=bench_text("board"))
@click.option(
    "--looking", type=click.IntRange(1, 10_000), default=1000, show_default=True,
    help=bench_text("looking"),
)  # fmt: skip
@click.option(
    "--connected", type=click.IntRange(1, 10_000), default=300, show_default=True,
    help=bench_text("connected"),
)  # fmt: skip
@click.option("--anew", is_flag=True, help=bench_text("board.anew"))
@click.option(
    "--every", type=click.FloatRange(0.1), default=2, show_default=True, help=bench_text("every")
)
@click.option(
    "--seconds", type=click.FloatRange(3, 600), default=60, show_default=True,
    help=bench_text("board.seconds"),
)  # fmt: skip
@JSON
def board(
    looking: int, connected: int, anew: bool, every: float, seconds: float, out: Path | None
) -> None:
    from contest.commands import bench as run

    run.board(looking, connected, every, seconds, out, click.echo, anew=anew)


@bench.command(help=bench_text("rush"))
@click.option(
    "--contestants", type=click.IntRange(1, 20_000), required=True, help=bench_text("contestants")
)
@click.option(
    "--seconds",
    type=click.FloatRange(1, 600),
    default=60,
    show_default=True,
    help=bench_text("seconds"),
)
@click.option("--find", is_flag=True, help=bench_text("find"))
@PROCESSES
@JSON
def rush(contestants: int, seconds: float, find: bool, processes: int, out: Path | None) -> None:
    from contest.commands import bench as run

    run.rush(contestants, seconds, processes, find, out, click.echo)


@bench.command(help=bench_text("cycles"))
@click.option(
    "--count",
    type=click.IntRange(2, 100_000),
    default=1000,
    show_default=True,
    help=bench_text("count"),
)
@click.option(
    "--first", type=click.IntRange(1), default=200, show_default=True, help=bench_text("first")
)
@JSON
def cycles(count: int, first: int, out: Path | None) -> None:
    from contest.commands import bench as run

    run.cycles(count, first, out, click.echo)


@bench.command(help=bench_text("kills"))
@click.option(
    "--times",
    type=click.IntRange(1, 1000),
    default=200,
    show_default=True,
    help=bench_text("times"),
)
@click.option(
    "--contestants",
    type=click.IntRange(1, 500),
    default=30,
    show_default=True,
    help=bench_text("contestants"),
)
@JSON
def kills(times: int, contestants: int, out: Path | None) -> None:
    from contest.commands import bench as run

    run.kills(times, contestants, out, click.echo)


@bench.command(help=bench_text("desk"))
@click.option(
    "--entries", type=click.IntRange(10, 1_000_000), default=75_594, show_default=True,
    help=bench_text("desk.entries"),
)  # fmt: skip
@JSON
def desk(entries: int, out: Path | None) -> None:
    from contest.commands import bench as run

    run.desk(entries, out, click.echo)


@bench.command(help=bench_text("standings"))
@click.option(
    "--entries", type=click.IntRange(10, 1_000_000), default=75_594, show_default=True,
    help=bench_text("standings.entries"),
)  # fmt: skip
@JSON
def standings(entries: int, out: Path | None) -> None:
    from contest.commands import bench as run

    run.standings(entries, out, click.echo)


@bench.command(help=bench_text("grading"))
@click.option(
    "--entries", type=click.IntRange(10, 100_000_000), default=7_147_441, show_default=True,
    help=bench_text("entries"),
)  # fmt: skip
@click.option("--scoring", is_flag=True, help=bench_text("scoring"))
@JSON
def grading(entries: int, scoring: bool, out: Path | None) -> None:
    from contest.commands import bench as run

    run.grading(entries, scoring, out, click.echo)


@bench.command(help=bench_text("papers"))
@click.option(
    "--entries", type=click.IntRange(10, 5_000_000), default=75_594, show_default=True,
    help=bench_text("papers.entries"),
)  # fmt: skip
@click.option(
    "--certificates", type=click.IntRange(1, 1_000_000), default=10_000, show_default=True,
    help=bench_text("papers.certificates"),
)  # fmt: skip
@click.option(
    "--rows", type=click.IntRange(10, 1_000_000), default=50_000, show_default=True,
    help=bench_text("papers.rows"),
)  # fmt: skip
@JSON
def papers(entries: int, certificates: int, rows: int, out: Path | None) -> None:
    from contest.commands import bench as run

    run.papers(entries, certificates, rows, out, click.echo)


@bench.command(name="bank", help=bench_text("bank"))
@click.option(
    "--questions", type=click.IntRange(1, 100_000), default=5000, show_default=True,
    help=bench_text("questions"),
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help=text("cli.json"))
def bench_bank(questions: int, as_json: bool) -> None:
    from contest.bench import bank as measured

    figures = measured.bench_bank(questions)
    click.echo(measured.as_json(figures) if as_json else measured.told(figures))
