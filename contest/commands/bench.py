"""`timhieu bench`: runs a load bench, says its figures, writes them as JSON."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tqdm import tqdm

from contest.bench.messages import text

AGAINST = ("stock", "solara")

Say = Callable[[str], object]


class CannotBench(RuntimeError):
    """A bench can't be run; the message says why, in Vietnamese."""


def serving(visitors: int, against: str, out: Path | None, say: Say) -> None:
    """Compare this server with its rivals; see `contest.bench.serving`."""
    rivals = read_against(against)
    try:
        from contest.bench.figures import serving_json, table, write_json
        from contest.bench.rivals import NotRunning
        from contest.bench.serving import bench_serving
    except ImportError as error:
        raise _missing(error) from None
    try:
        with _ended_tidily():
            data = serving_json(bench_serving(visitors, rivals, say))
    except NotRunning as error:
        raise CannotBench(str(error)) from None
    say(table(data["rivals"]))
    for name, ratios in data["ratios"].items():
        say(text("ratio", rival=name))
        say(table({name: ratios}))
    if out is not None:
        write_json(out, data)
        say(text("written", path=out))


def page(slow: bool, out: Path | None, say: Say) -> None:
    """Measure the page in Chromium; see `contest.bench.page`."""
    try:
        from contest.bench.page import bench_page, bench_slow
    except ImportError as error:
        raise _missing(error) from None
    data = _run(bench_slow if slow else bench_page, out, say)
    rivals = data["rivals"] if slow else data
    columns = {f"{name}/{nth}": one for name, both in rivals.items() for nth, one in both.items()}
    _show(columns, say)
    if slow:
        say(text("page.conditions", **data["conditions"]))
        for nth, ratio in data["ratios"].items():
            say(_sooner(nth, ratio))


def entry(units: int, proofs: int, slow: bool, out: Path | None, say: Say) -> None:
    """Measure the search for units and the work before registering; see `contest.bench.entry`."""
    try:
        from contest.bench.entry import bench_entry
    except ImportError as error:
        raise _missing(error) from None
    data = _run(lambda: bench_entry(units, proofs, slow=slow), out, say)
    _show(data["search"], say)
    say(text("entry.ratio", ratio=data["ratio_p95"]))
    _show({"proof": data["proof"]}, say)
    _show({"timhieu": {name: one for name, one in data.items() if not isinstance(one, dict)}}, say)


def crowd(
    connected: int, every: float | None, think: str | None, minutes: float, processes: int,
    out: Path | None, say: Say,
) -> None:  # fmt: skip
    """Measure a crowd; see `contest.bench.crowd`."""
    if (every is None) == (think is None):
        raise CannotBench(text("either"))
    low, high = (every or 0, every or 0) if think is None else read_think(think)
    try:
        from contest.bench.crowd import Pace, bench_crowd
    except ImportError as error:
        raise _missing(error) from None
    pace = Pace(low, high, period=think is None)
    data = _run(lambda: bench_crowd(connected, pace, minutes, processes, say), out, say)
    _show({"timhieu": data}, say)


def board(
    looking: int,
    connected: int,
    every: float,
    seconds: float,
    out: Path | None,
    say: Say,
    *,
    anew: bool,
) -> None:
    """Measure answering beside a looked-at leaderboard; see `contest.bench.board`."""
    try:
        from contest.bench.board import Crowd, bench_board
    except ImportError as error:
        raise _missing(error) from None
    crowd = Crowd(looking, anew)
    data = _run(lambda: bench_board(crowd, connected, every, seconds, say), out, say)
    _show({"timhieu": data}, say)


def rush(
    contestants: int, seconds: float, processes: int, find: bool, out: Path | None, say: Say
) -> None:
    """Measure a rush; see `contest.bench.rush`."""
    try:
        from contest.bench.rush import bench_rush
    except ImportError as error:
        raise _missing(error) from None
    data = _run(lambda: bench_rush(contestants, seconds, processes, find, say), out, say)
    _show({"timhieu": data}, say)


def cycles(count: int, first: int, out: Path | None, say: Say) -> None:
    """Measure whether memory comes back; see `contest.bench.cycles`."""
    if first >= count:
        raise CannotBench(text("first.large", first=first, count=count))
    try:
        from contest.bench.cycles import bench_cycles
    except ImportError as error:
        raise _missing(error) from None
    data = _run(lambda: bench_cycles(count, first, say), out, say)
    _show({"timhieu": data}, say)


def kills(times: int, contestants: int, out: Path | None, say: Say) -> None:
    """Kill the server under load; see `contest.bench.kills`."""
    try:
        from contest.bench.kills import bench_kills
    except ImportError as error:
        raise _missing(error) from None
    data = _run(lambda: bench_kills(times, contestants, say), out, say)
    _show({"timhieu": data}, say)


def desk(entries: int, out: Path | None, say: Say) -> None:
    """Measure the organisers' desk; see `contest.bench.desk`."""
    try:
        from contest.bench.desk import bench_desk
    except ImportError as error:
        raise _missing(error) from None
    _show({"timhieu": _run(lambda: bench_desk(entries), out, say)}, say)


def standings(entries: int, out: Path | None, say: Say) -> None:
    """Measure the leaderboard's own process; see `contest.bench.standings`."""
    try:
        from contest.bench.standings import bench_standings
    except ImportError as error:
        raise _missing(error) from None
    _show({"timhieu": _run(lambda: bench_standings(entries), out, say)}, say)


def grading(entries: int, scoring: bool, out: Path | None, say: Say) -> None:
    """Rank beside DuckDB; see `contest.bench.ranking`."""
    try:
        from contest.bench.ranking.compare import bench_grading
        from contest.bench.ranking.marking import RESPONSES, bench_marking
    except ImportError as error:
        raise _missing(error) from None

    def measured() -> dict[str, Any]:
        found = bench_grading(entries)
        if scoring:
            with tqdm(total=RESPONSES, unit=text("unit.responses"), unit_scale=True) as bar:
                found |= bench_marking(RESPONSES, bar.update)
        return found

    _show({"timhieu": _run(measured, out, say)}, say)


def papers(entries: int, certificates: int, rows: int, out: Path | None, say: Say) -> None:
    """Make documents, certificates and a workbook; see `contest.bench.papers`."""
    try:
        from contest.bench.papers import STEPS, bench_papers
    except ImportError as error:
        raise _missing(error) from None

    def measured() -> dict[str, Any]:
        with tqdm(total=STEPS, unit=text("unit.steps")) as bar:

            def told(step: str) -> None:
                bar.set_postfix_str(step)
                bar.update()

            return bench_papers(entries, certificates, rows, told)

    data = _run(measured, out, say)
    ratio = data.pop("workbook_ratio")
    _show(data, say)
    say(text("papers.ratio", ratio=ratio))


def read_against(names: str) -> list[str]:
    """Return the rivals of a list such as `stock,solara`, each once.

    Raises
    ------
    CannotBench
        For a name that is none.
    """
    wanted = list(dict.fromkeys(name.strip() for name in names.split(",") if name.strip()))
    for name in wanted:
        if name not in AGAINST:
            raise CannotBench(text("rival.unknown", name=name))
    return wanted


def read_think(typed: str) -> tuple[float, float]:
    """Return the bounds of a range such as `30-90`, in seconds.

    Raises
    ------
    CannotBench
        Where it isn't one, or its end comes before its beginning.
    """
    found = re.fullmatch(r"(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)", typed.strip())
    low, high = (float(found[1]), float(found[2])) if found else (0.0, 0.0)
    if high <= 0 or low > high:
        raise CannotBench(text("think.bad", value=typed))
    return low, high


def _run(bench: Callable[[], dict[str, Any]], out: Path | None, say: Say) -> dict[str, Any]:
    from contest.bench.figures import write_json
    from contest.bench.rivals import NotRunning

    try:
        with _ended_tidily():
            data = bench()
    except NotRunning as error:
        raise CannotBench(str(error)) from None
    if out is not None:
        write_json(out, data)
        say(text("written", path=out))
    return data


@contextmanager
def _ended_tidily() -> Iterator[None]:
    """Let SIGTERM end the work like Ctrl+C: servers that were started are stopped."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _show(columns: Mapping[str, Mapping[str, Any]], say: Say) -> None:
    from contest.bench.figures import table

    say(table(columns))


def _missing(error: ImportError) -> CannotBench:
    return CannotBench(text("extra.missing", name=error.name))


def _sooner(nth: str, ratio: float) -> str:
    if nth == "first":
        return text("page.sooner.first", ratio=ratio)
    return text("page.sooner.second", ratio=ratio)
