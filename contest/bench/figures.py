"""What benches report: percentiles, figures per rival, ratios, and their JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

OURS = "timhieu"


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest value that `percent` of the values don't exceed; NaN for none."""
    if not values:
        return math.nan
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


@dataclass(frozen=True)
class RivalFigures:
    """One rival's figures; everything is per contestant or per second.

    Attributes
    ----------
    cpu_s_per_contestant : float
        Of all processes of the server: open, 20 responses, submit.
    open_cpu_ms_per_contestant : float
        The opening's share of it: page, socket, cells, states, paper.
    uss_bytes_per_contestant : float
        (USS of all processes with everybody connected - idle after warm-up) / contestants.
    lost : int
        Acknowledged responses that the server doesn't have.
    mixed_up : int
        Messages that belong to somebody else, and contents stored under another's name.
    """

    visitors: int
    cpu_s_per_contestant: float
    open_cpu_ms_per_contestant: float
    uss_bytes_per_contestant: float
    opened_per_s: float
    responses_per_s: float
    ack_p50_ms: float
    ack_p95_ms: float
    ack_p99_ms: float
    lost: int
    mixed_up: int
    failed: int


RATIOS = {
    "cpu": ("cpu_s_per_contestant", True),
    "open_cpu": ("open_cpu_ms_per_contestant", True),
    "uss": ("uss_bytes_per_contestant", True),
    "opened": ("opened_per_s", False),
    "responses": ("responses_per_s", False),
    "ack_p95": ("ack_p95_ms", True),
}
"""Ratio -> figure, and whether less of it is better."""


def ratios(rivals: Mapping[str, RivalFigures]) -> dict[str, dict[str, float | None]]:
    """Return for each rival how many times better ours is; None where it can't be told."""
    ours = rivals[OURS]
    return {
        name: {
            ratio: _times(figure, less, ours, theirs) for ratio, (figure, less) in RATIOS.items()
        }
        for name, theirs in rivals.items()
        if name != OURS
    }


def _times(figure: str, less: bool, ours: RivalFigures, theirs: RivalFigures) -> float | None:
    above, below = getattr(theirs, figure), getattr(ours, figure)
    if not less:
        above, below = below, above
    return above / below if below > 0 and math.isfinite(above) and math.isfinite(below) else None


def serving_json(rivals: Mapping[str, RivalFigures]) -> dict[str, Any]:
    """Return what `bench serving --json` writes."""
    return {
        "rivals": {name: asdict(figures) for name, figures in rivals.items()},
        "ratios": ratios(rivals),
    }


def write_json(path: Path, data: object) -> None:
    """Write figures as JSON; NaN, which JSON doesn't know, becomes null."""
    text = json.dumps(_plain(data), indent=2, ensure_ascii=False, allow_nan=False)
    path.write_text(f"{text}\n", encoding="utf-8")


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, float):
        return round(value, 6) if math.isfinite(value) else None
    return value


def table(rows: Mapping[str, Mapping[str, Any]]) -> str:
    """Return figures as lines of text: a column per rival, a row per figure."""
    names = list(rows)
    figures = list(dict.fromkeys(figure for row in rows.values() for figure in row))
    lines = [["", *names]]
    lines += [[figure, *(_shown(rows[name].get(figure)) for name in names)] for figure in figures]
    widths = [max(len(line[column]) for line in lines) for column in range(len(names) + 1)]
    return "\n".join(
        "  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])])
        for line in lines
    )


def _shown(value: Any) -> str:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return "–"
    if isinstance(value, float):
        return f"{value:.4f}" if abs(value) < 1 else f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
