"""What the desk shows, as HTML: all that people typed is escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from contest.numbers import shown_number
from contest.ui.desk.figures import Bar, Line
from contest.ui.desk.messages import text
from contest.ui.desk.phases import RoundView
from contest.ui.desk.words import moment

UNITS_SHOWN = 100
"""Units of a table; a search finds the others."""

CHART = (720, 200)
"""Width and height of the chart's drawing, in its own units; it is as wide as its place."""

_LEFT, _BOTTOM, _TOP = 48, 26, 16
_LABELS = 8


def escaped(value: object) -> str:
    """Return a text that can stand in HTML."""
    return html.escape(str(value))


def paragraph(value: str, tone: str = "") -> str:
    """Return a paragraph, in a tone of the look (`ok`, `bad`, `wait`) if one is named."""
    kind = f' class="tone-{tone}"' if tone else ""
    return f"<p{kind}>{escaped(value)}</p>" if value else ""


def band(lines: Iterable[str], tone: str) -> str:
    """Return a notice; nothing where it has no lines."""
    body = "".join(f"<p>{escaped(line)}</p>" for line in lines if line)
    return f'<div class="band {tone}">{body}</div>' if body else ""


def secret(words: str, code: str, more: str) -> str:
    """Return the notice that tells a code or a password once: to be copied whole."""
    shown = f'<p><span class="code">{escaped(code)}</span></p>'
    return f'<div class="band wait">{paragraph(words)}{shown}{paragraph(more)}</div>'


def heading(key: str, anchor: str) -> str:
    """Return the heading of a part, to which the page's links jump."""
    return f'<h2 id="{anchor}" tabindex="-1">{escaped(text(key))}</h2>'


def table(
    caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], numeric: Sequence[int] = ()
) -> str:
    """Return a table; the first cell of a row is its heading, `numeric` columns stand right.

    Cells are escaped. The table scrolls in a place of its own.
    """

    def cell(tag: str, column: int, value: str, scope: str = "") -> str:
        kind = ' class="num"' if column in numeric else ""
        return f"<{tag}{scope}{kind}>{escaped(value)}</{tag}>"

    top = "".join(cell("th", n, one, ' scope="col"') for n, one in enumerate(head))
    body = "".join(
        "<tr>"
        + cell("th", 0, row[0], ' scope="row"')
        + "".join(cell("td", n, one) for n, one in enumerate(row[1:], start=1))
        + "</tr>"
        for row in rows
    )
    name = escaped(caption)
    return (
        f'<div class="scroller" role="region" tabindex="0" aria-label="{name}"><table>'
        f"<caption>{name}</caption><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def details(summary: str, body: str, key: str) -> str:
    """Return what opens on demand; `key` keeps it open when the page is refreshed."""
    return (
        f'<details data-key="{escaped(key)}"><summary>{escaped(summary)}</summary>{body}</details>'
    )


# --- parts


def round_cards(views: Sequence[RoundView]) -> str:
    """Return the rounds: where each stands, its times, and what comes next."""
    cards = []
    for view in views:
        following = text(f"next.{view.phase}", when=moment(view.next_at), n=view.running)
        cards.append(
            f'<li class="card" data-phase="{view.phase}">'
            f"<h3>{escaped(view.title)}</h3>"
            f'<p class="phase">{escaped(text(f"phase.{view.phase}"))}</p>'
            f"<p>{escaped(text('round.times', a=moment(view.opens_at), b=moment(view.closes_at)))}"
            f"</p><p>{escaped(following)}</p></li>"
        )
    return f'<ul class="cards" role="list">{"".join(cards)}</ul>'


def totals(cells: Iterable[tuple[str, str]]) -> str:
    """Return a few figures beside each other, each with its name."""
    body = "".join(
        f"<div><dt>{escaped(name)}</dt><dd>{escaped(value)}</dd></div>" for name, value in cells
    )
    return f'<dl class="totals">{body}</dl>'


def line_table(caption: str, lines: Sequence[Line]) -> str:
    """Return blocks or units against headcount, and against target where any has one."""
    shown = _COLUMNS if any(line.target is not None for line in lines) else _COLUMNS[:-2]
    head = [text(f"column.{name}") for name in ("name", *shown)]
    numeric = [n for n, name in enumerate(shown, start=1) if name != "reached"]
    return table(caption, head, (_cells(line)[: len(head)] for line in lines), numeric)


_COLUMNS = ("people", "headcount", "percent", "attempts", "target", "reached")


def _cells(line: Line) -> tuple[str, ...]:
    reached = "" if line.reached is None else text("reached" if line.reached else "reached.not")
    return (
        line.name,
        shown_number(line.people),
        _number(line.headcount),
        "" if line.percent is None else text("percent", n=line.percent),
        shown_number(line.attempts),
        _number(line.target),
        reached,
    )


def _number(value: int | None) -> str:
    return "" if value is None else shown_number(value)


def chart(bars: Sequence[Bar]) -> str:
    """Return attempts over time as a drawing with its finding, and the same as a table."""
    if not bars:
        return paragraph(text("hours.none"))
    most = max(bars, key=lambda one: one.count)
    finding = text("hours.finding", when=most.label, n=shown_number(most.count))
    rows = [(one.label, shown_number(one.count)) for one in bars if one.count]
    head = (text("hours.column.when"), text("column.attempts"))
    alternative = table(text("hours.title"), head, rows, (1,))
    return (
        f"<figure>{_drawing(bars, most.count, finding)}<figcaption>{escaped(finding)}</figcaption>"
        f"{details(text('as_table'), alternative, 'gio')}</figure>"
    )


def _drawing(bars: Sequence[Bar], most: int, finding: str) -> str:
    width, height = CHART
    room, tall = width - _LEFT, height - _BOTTOM - _TOP
    step = room / len(bars)
    every = max(1, -(-len(bars) // _LABELS))
    drawn, labels = [], []
    for n, bar in enumerate(bars):
        high = tall * bar.count / most if most else 0
        left = _LEFT + n * step
        drawn.append(
            f'<rect class="part" x="{left + step * 0.1:.1f}" y="{_TOP + tall - high:.1f}" '
            f'width="{step * 0.8:.1f}" height="{high:.1f}"/>'
        )
        if n % every == 0 and left + 60 < width:
            labels.append(
                f'<text class="label" x="{left:.1f}" y="{height - 6}">{escaped(bar.label)}</text>'
            )
    top = shown_number(most)
    return (
        f'<svg class="chart" role="img" viewBox="0 0 {width} {height}" '
        f'aria-label="{escaped(text("hours.title"))}: {escaped(finding)}">'
        f'<text class="label end" x="{_LEFT - 6}" y="{_TOP + 5}">{top}</text>'
        f'<path class="axis" d="M{_LEFT} {_TOP}V{height - _BOTTOM}H{width}"/>'
        f"{''.join(drawn)}{''.join(labels)}</svg>"
    )
