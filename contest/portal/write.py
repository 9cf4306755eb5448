"""Published pages: a folder of HTML and JSON, made beside its place and then put there whole."""

from __future__ import annotations

import datetime
import json
import os
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import jinja2

from contest.numbers import round_half_up, shown_number
from contest.portal.figures import CannotPublish, PublicBoard, PublicResult, PublicRound, Row
from contest.portal.messages import text

PER_PAGE = 500
FIRST = 20
"""How many people the first page shows of a round without prizes."""

SUMMARY = "tom_tat.json"
KIND = "timhieu publish"


def publish_result(result: PublicResult, folder: Path) -> dict[str, int]:
    """Write the pages into a new or empty folder, or over an earlier publication.

    Returns
    -------
    dict
        How many `pages` and `data` files there are, and how many `people` are on them.

    Raises
    ------
    CannotPublish
        Where `folder` holds something else.
    """
    folder = folder.resolve()
    if os.path.lexists(folder) and not _may_replace(folder):
        raise CannotPublish(text("publish.foreign", path=folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    data = _data(result)
    files = {**_pages(result, [name for name in data if name != SUMMARY]), **data}
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as scratch:
        made = Path(scratch) / "made"
        made.mkdir()
        for name, content in files.items():
            (made / name).write_text(content, encoding="utf-8")
        if folder.exists():
            folder.rename(Path(scratch) / "earlier")
        made.rename(folder)
    return {
        "pages": sum(name.endswith(".html") for name in files),
        "data": sum(name.endswith(".json") for name in files),
        "people": sum(len(one.people) for one in result.rounds),
    }


def _may_replace(folder: Path) -> bool:
    """Return whether a folder is empty, or holds an earlier publication and nothing else."""
    if not folder.is_dir():
        return False
    there = {path.name for path in folder.iterdir()}
    if not there:
        return True
    try:
        summary = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
        return summary["kind"] == KIND and there <= set(summary["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _pages(result: PublicResult, data_files: list[str]) -> dict[str, str]:
    page = _environment().get_template("page.html.j2").render
    shared: dict[str, Any] = {"result": result, "say": text, "data_files": data_files}
    rounds, pages = [], {}
    for number, one in _numbered(result):
        parts = [(i, one.people[i : i + PER_PAGE]) for i in range(0, len(one.people), PER_PAGE)]
        links = [
            {
                "href": f"ca-nhan-{number}-{n}.html",
                "words": text("page", n=n),
                "range": text("page.range", first=first + 1, last=first + len(part)),
            }
            for n, (first, part) in enumerate(parts, start=1)
        ]
        about = {"number": number, "round": one, "links": links, "total": _total(one)}
        rounds.append({**about, **_first(one)})
        for n, (_, part) in enumerate(parts):
            pages[links[n]["href"]] = page(
                **shared,
                title=text("title.people", ky=one.title),
                rounds=[],
                people=part,
                links=links,
                here=links[n]["href"],
            )
    index = page(**shared, title=text("title"), rounds=rounds, people=[], links=[], here=None)
    return {"index.html": index, **pages}


def _numbered(result: PublicResult) -> Iterator[tuple[str, PublicRound]]:
    """Yield boards, which decide the contest, and rounds, with what their pages are called by."""
    for number, board in enumerate(result.boards, start=1):
        yield f"b{number}", board
    for number, one in enumerate(result.rounds, start=1):
        yield str(number), one


def _total(one: PublicRound) -> str:
    people = _number(str(one.ranked))
    if not isinstance(one, PublicBoard):
        return text("total", people=people, attempts=_number(str(one.attempts)))
    part = len(one.rounds) < one.all_rounds
    values = {"people": people, "rounds": ", ".join(one.rounds), "all": one.all_rounds}
    return text("total.board.part" if part else "total.board", n=len(one.rounds), **values)


def _first(one: PublicRound) -> dict[str, Any]:
    winners = [row for row in one.people if row["prize"] is not None]
    most = max(one.correct, key=lambda pair: pair[1], default=(0, 0))
    return {
        "heading": text("winners" if winners else "people.first"),
        "people": winners or one.people[:FIRST],
        "tables": _unit_tables(one.units),
        "bars": _bars(one.correct),
        "most": text("chart.about", most=most[1], at=most[0]),
    }


def _unit_tables(units: list[Row]) -> list[dict[str, Any]]:
    """Return the units of each block and level, which are ranked apart, under a heading."""
    levels = {row["level"] for row in units}
    blocks = list(dict.fromkeys(row["block"] for row in units))
    tables: dict[tuple[int, int], list[Row]] = {}
    for row in units:
        key = (blocks.index(row["block"]), int(row["level"] or 1))
        tables.setdefault(key, []).append(row)
    found = []
    for (place, level), rows in sorted(tables.items()):
        won = any(row["prize"] is not None for row in rows)
        heading = blocks[place] or text("units")
        if len(levels) > 1:
            heading = text("units.level", block=heading, n=level)
        found.append({"heading": heading, "units": rows, "won": won})
    return found


def _bars(correct: list[tuple[int, int]]) -> list[dict[str, Any]]:
    """Return the bars of the chart, in a picture of 600 × 200."""
    most = max((count for _, count in correct), default=0) or 1
    width = 600 / (len(correct) or 1)
    bars = []
    for place, (right, count) in enumerate(correct):
        height = round(150 * count / most, 2)
        bars.append(
            {
                "x": round(place * width + 1, 2),
                "y": round(170 - height, 2),
                "width": round(width - 2, 2),
                "height": height,
                "middle": round((place + 0.5) * width, 2),
                "right": right,
                "count": count,
            }
        )
    return bars


def _data(result: PublicResult) -> dict[str, str]:
    """Return the data files: what the pages show, and nothing more of anybody."""
    people = [{"round": one.id, **row} for one in result.rounds for row in one.people]
    units = [{"round": one.id, **row} for one in result.rounds for row in one.units]
    files = {"ca_nhan.json": people, "tap_the.json": units}
    if result.boards:
        over = [{"board": one.id, **row} for one in result.boards for row in one.people]
        over_units = [{"board": one.id, **row} for one in result.boards for row in one.units]
        files |= {"bang.json": over, "bang_tap_the.json": over_units}
    pages = ["index.html"]
    for number, one in _numbered(result):
        count = -(-len(one.people) // PER_PAGE)
        pages += [f"ca-nhan-{number}-{n}.html" for n in range(1, count + 1)]
    summary = {
        "kind": KIND,
        "title": result.title,
        "status": result.status,
        "bands": result.bands,
        "as_of": result.as_of,
        "version": result.version,
        "names": result.publish.names,
        "rounds": [
            {
                "id": one.id,
                "title": one.title,
                "ranked": one.ranked,
                "attempts": one.attempts,
                "correct": one.correct,
            }
            for one in result.rounds
        ],
        "boards": [
            {"id": one.id, "title": one.title, "ranked": one.ranked, "rounds": one.rounds}
            for one in result.boards
        ],
        "files": sorted([*pages, *files, SUMMARY]),
    }
    return {name: _json(data) for name, data in {**files, SUMMARY: summary}.items()}


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = _number
    environment.filters["percent"] = _percent
    environment.filters["mean"] = _mean
    environment.filters["clock"] = _clock
    environment.filters["moment"] = _moment
    return environment


def _number(cell: str | None) -> str:
    return text("unknown") if cell is None else shown_number(Decimal(cell))


def _percent(cell: str | None) -> str:
    """Return a share, which the files hold with 4 decimals, in hundredths."""
    return _number(None if cell is None else str(Decimal(cell) * 100))


def _mean(cell: str | None) -> str:
    return _number(None if cell is None else str(round_half_up(Decimal(cell), 2)))


def _moment(stamp: str) -> str:
    """Return a time of the files, which bears its offset, in words."""
    at = datetime.datetime.fromisoformat(stamp)
    return text("moment", hour=at.hour, minute=at.minute, day=at.day, month=at.month, year=at.year)


def _clock(cell: str | None) -> str:
    if cell is None:
        return text("unknown")
    minutes, seconds = divmod(int(cell) // 1000, 60)
    return f"{minutes}:{seconds:02}"
