"""A snapshot and what an address asks for -> what one leaderboard page shows. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from contest.clock import local
from contest.numbers import round_half_up, shown_number
from contest.serving.messages import text
from contest.serving.words import clock_left, day, moment
from contest.units import fold
from questions.canonical import nfc

TABS = ("ca-nhan", "don-vi", "tham-gia")
HALL = ("hoi-truong", "lon")
PER_PAGE = 100
HALL_ROWS = 10
LONGEST_SEARCH = 80

WIDTH, HEIGHT, FOOT, WIDEST = 320, 150, 24, 32
"""The chart's picture, and its widest bar."""

Get = Callable[..., str]
Rows = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """What a page shows; every value is one that there is, so equal pages are one page."""

    round: str
    tab: str
    group: str
    block: str
    level: int
    search: str
    page: int
    hall: bool
    paused: bool


def read_asked(snapshot: Rows, get: Get) -> Asked:
    """Return what an address asks for, the nearest there is.

    Parameters
    ----------
    get : callable
        Name and default -> the last value of the address's query.
    """
    rounds = {one["id"]: one for one in snapshot["rounds"]}
    round_id = _among(get("ky", ""), list(rounds), last=True)
    found = rounds.get(round_id)
    hall = get("man-hinh", "") in HALL
    tab = get("bang", "")
    if tab not in TABS or hall:
        tab = "" if hall else _first_tab(found)
    group = _among(get("nhom", ""), list(found["people"]) if found else []) if not hall else ""
    blocks = _blocks(found)
    block = get("khoi", "")
    levels = _levels(found)
    level = _number(get("cap", ""))
    of_units = tab == "don-vi"
    asked = Asked(
        round_id,
        tab,
        group if tab == "ca-nhan" else "",
        block if of_units and block in blocks else "",
        level if of_units and level in levels else 0,
        " ".join(nfc(get("tim", ""))[:LONGEST_SEARCH].split()) if of_units else "",
        1,
        hall,
        hall and get("dung", "") == "1",
    )
    pages = _page_count(found, asked)
    page = _number(get("trang", ""))
    return Asked(**{**asked.__dict__, "page": min(max(page, 1), pages)})


def view_of(snapshot: Rows, asked: Asked) -> Rows:
    """Return what the template shows."""
    rounds = snapshot["rounds"]
    found = next((one for one in rounds if one["id"] == asked.round), None)
    view: Rows = {
        "round": found,
        "rounds": [(one["id"], one["title"]) for one in rounds],
        "tab": asked.tab,
        "asked": {
            "ky": asked.round if len(rounds) > 1 else "",
            "bang": asked.tab,
            "nhom": asked.group,
            "khoi": asked.block,
            "cap": asked.level or "",
            "tim": asked.search,
            "trang": asked.page if asked.page > 1 else "",
            "man_hinh": HALL[0] if asked.hall else "",
            "dung": "1" if asked.paused else "",
        },
        "page": asked.page,
        "pages": _page_count(found, asked),
        "paused": asked.paused,
    }
    if found is None:
        return view
    view["totals"] = [_count(one) for one in found["totals"]] if found["totals"] else None
    view["closes"] = moment(found["closes"])
    if asked.hall:
        slides = _slides(found)
        view["slide"] = slides[asked.page - 1]
    elif asked.tab == "ca-nhan":
        view["groups"] = _group_titles(found)
        view["people"] = people_page(found, asked.group, asked.page)
    elif asked.tab == "don-vi":
        view["blocks"], view["levels"] = _blocks(found), _levels(found)
        units = _chosen(found, asked)
        view["found"] = len(units)
        view["tables"] = _tables(_slice(units, asked.page))
    else:
        view["chart"] = chart(found)
    return view


def _first_tab(found: Rows | None) -> str:
    if found is None or found["shown"]["people"] == "shown" or found["shown"]["counts"] != "shown":
        return "ca-nhan"
    return "don-vi"


def _among(value: str, known: list[str], *, last: bool = False) -> str:
    if value in known or not known:
        return value if known else ""
    return known[-1 if last else 0]


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0


def _blocks(found: Rows | None) -> list[str]:
    return sorted({row[3] for row in found["units"] if row[3]}) if found else []


def _levels(found: Rows | None) -> list[int]:
    return sorted({row[4] for row in found["units"]}) if found else []


def _page_count(found: Rows | None, asked: Asked) -> int:
    if found is None:
        return 1
    if asked.hall:
        return len(_slides(found))
    if asked.tab == "don-vi":
        return max(1, -(-len(_chosen(found, asked)) // PER_PAGE))
    if asked.tab == "ca-nhan" and asked.group:
        return max(1, len(found["people"][asked.group]["parts"]))
    return 1


def _chosen(found: Rows, asked: Asked) -> list[list[Any]]:
    """Return the units that an address asks for: all words of the search, in any order."""
    words = fold(asked.search).split()
    return [
        row
        for row in found["units"]
        if (not asked.block or row[3] == asked.block)
        and (not asked.level or row[4] == asked.level)
        and all(word in row[-1] for word in words)
    ]


def _slice(rows: list[Any], page: int) -> list[Any]:
    return rows[(page - 1) * PER_PAGE : page * PER_PAGE]


def _group_titles(found: Rows) -> list[tuple[str, str]]:
    titles = dict(found["groups"])
    return [(group, titles.get(group, group)) for group in found["people"]]


def people_page(found: Rows, group: str, page: int) -> list[Rows]:
    """Return the people of a page of a group, in words."""
    held = found["people"].get(group)
    if held is None or not held["parts"]:
        return []
    return [_person(row, found["decimals"]) for row in json.loads(held["parts"][page - 1])]


def _person(row: list[Any], decimals: int) -> Rows:
    rank, name, unit, above, score, correct, duration_ms, prize = row
    return {
        "rank": rank,
        "name": name if name is not None else text("board.erased"),
        "unit": unit,
        "above": above,
        "score": shown_number(round_half_up(Decimal(score).scaleb(-6), decimals)),
        "correct": correct,
        "duration": clock_left(duration_ms),
        "prize": prize,
    }


def _tables(rows: list[list[Any]]) -> list[Rows]:
    """Return the units in a table for each block and level."""
    tables: list[Rows] = []
    before: object = None
    for row in rows:
        if (row[3], row[4]) != before:
            before = (row[3], row[4])
            tables.append({"block": row[3], "level": row[4], "units": []})
        tables[-1]["units"].append(_unit(row))
    return tables


def _unit(row: list[Any]) -> Rows:
    rank, name, above, _, _, headcount, people, entries, share, mean, prize, _ = row
    unknown = text("board.unknown")
    return {
        "rank": unknown if rank is None else rank,
        "name": name,
        "above": above,
        "headcount": unknown if headcount is None else _count(headcount),
        "people": None if people is None else _count(people),
        "entries": None if entries is None else _count(entries),
        "share": _percent(share),
        "part": 0 if share is None else min(100, round(Decimal(share) * 100)),
        "mean": unknown if mean is None else shown_number(Decimal(mean)),
        "prize": prize,
    }


def _percent(share: str | None) -> str:
    if share is None:
        return text("board.unknown")
    return text("board.percent", n=shown_number(round_half_up(Decimal(share) * 100, 1)))


def _count(number: int) -> str:
    return shown_number(Decimal(number))


def chart(found: Rows) -> Rows | None:
    """Return the bars of entries over time and the same as a table; None without any."""
    times, step = found["times"], found["step"]
    if not times:
        return None
    most = max(count for _, count in times)
    width = WIDTH / len(times)
    bar = min(width * 0.8, WIDEST)
    bars = []
    for place, (begin, count) in enumerate(times):
        height = round((HEIGHT - FOOT) * count / most, 2)
        bars.append(
            {
                "x": round(place * width + (width - bar) / 2, 2),
                "y": round(HEIGHT - FOOT - height, 2),
                "width": round(bar, 2),
                "height": height,
                "when": _when(begin, step),
                "count": _count(count),
            }
        )
    best = max(times, key=lambda pair: pair[1])
    return {
        "step": step,
        "bars": bars,
        "first": bars[0]["when"],
        "last": bars[-1]["when"] if len(bars) > 1 else "",
        "about": text(f"board.chart.about.{step}", most=_count(best[1]), khi=_when(best[0], step)),
    }


def _when(begin: int, step: Literal["hour", "day"]) -> str:
    at = local(begin)
    return (
        text("board.hour", gio=at.hour, ngay=f"{at.day}/{at.month}")
        if step == "hour"
        else day(begin)
    )


def _slides(found: Rows) -> list[Rows]:
    """Return what a hall's screen shows one after the other; at least one."""
    slides: list[Rows] = []
    if found["shown"]["people"] == "shown":
        for group, title in _group_titles(found):
            people = people_page(found, group, 1)[:HALL_ROWS]
            slides.append({"kind": "people", "title": title, "people": people})
    if found["shown"]["counts"] == "shown":
        taken: dict[tuple[Any, Any], list[Any]] = {}
        for row in found["units"]:
            if row[6]:
                taken.setdefault((row[3], row[4]), []).append(row)
        for (block, level), rows in taken.items():
            units = [_unit(row) for row in rows[:HALL_ROWS]]
            title = text("board.units.of", khoi=block, n=level) if block else text("board.units")
            slides.append({"kind": "units", "title": title, "units": units})
        if found["times"]:
            slides.append(
                {"kind": "chart", "title": text("board.chart.title"), "chart": chart(found)}
            )
    return slides or [{"kind": "hidden", "title": text("board.title")}]
