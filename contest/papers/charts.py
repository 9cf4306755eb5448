"""Charts for documents, as PNG: the same bytes for the same figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ticker import FuncFormatter, MaxNLocator

from contest.papers.words import count

FONT = Path(__file__).parent / "fonts" / "Tinos-Regular.ttf"
DPI = 160
COLOUR = "#2f5d8a"
DRAWN = 64
"""Charts that are kept: the copy for posting has those of the copy for signing."""

MOST_BARS = 31
"""More bars than these carry no figure of their own."""


@dataclass(frozen=True)
class Chart:
    """A drawn chart; `alt` says in words what it shows."""

    png: bytes
    alt: str


@dataclass(frozen=True)
class Labels:
    """What stands at a chart: its title, and what its axes mean."""

    title: str
    x: str
    y: str


def columns(labels: Labels, names: Sequence[str], values: Sequence[int]) -> Chart:
    """Draw upright bars."""
    return _columns(labels, tuple(names), tuple(values))


@lru_cache(DRAWN)
def _columns(labels: Labels, names: tuple[str, ...], values: tuple[int, ...]) -> Chart:
    figure, axes = _axes(6.5, 2.4)  # two of them with their paragraphs fit on a page
    axes.bar(range(len(values)), values, color=COLOUR, width=0.7)
    step = max(1, -(-len(names) // 16))
    axes.set_xticks(range(0, len(names), step), labels=list(names[::step]))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: str(count(int(value)))))
    axes.set_ylim(0, max([*values, 1]) * 1.15)
    if len(values) <= MOST_BARS:
        for place, value in enumerate(values):
            axes.annotate(
                str(count(value)), (place, value), xytext=(0, 2), textcoords="offset points",
                ha="center", fontproperties=_font(8),
            )  # fmt: skip
    return _drawn(figure, axes, labels, zip(names, values, strict=True))


def bars(labels: Labels, names: Sequence[str], values: Sequence[int]) -> Chart:
    """Draw lying bars, the first at the top."""
    return _bars(labels, tuple(names), tuple(values))


@lru_cache(DRAWN)
def _bars(labels: Labels, names: tuple[str, ...], values: tuple[int, ...]) -> Chart:
    figure, axes = _axes(6.5, 0.8 + 0.24 * max(len(values), 3))
    axes.barh(range(len(values)), values, color=COLOUR, height=0.65)
    axes.set_yticks(range(len(names)), labels=[name[:40] for name in names])
    axes.invert_yaxis()
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: str(count(int(value)))))
    axes.set_xlim(0, max([*values, 1]) * 1.12)
    for place, value in enumerate(values):
        axes.annotate(
            str(count(value)), (value, place), xytext=(3, 0), textcoords="offset points",
            va="center", fontproperties=_font(8),
        )  # fmt: skip
    return _drawn(figure, axes, labels, zip(names, values, strict=True))


def _axes(width: float, height: float) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(width, height), dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _font(size: float) -> FontProperties:
    return FontProperties(fname=str(FONT), size=size)


def _drawn(figure: Figure, axes: Axes, labels: Labels, shown: object) -> Chart:
    axes.set_title(labels.title, fontproperties=_font(12), parse_math=False)
    axes.set_xlabel(labels.x, fontproperties=_font(10))
    axes.set_ylabel(labels.y, fontproperties=_font(10))
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(_font(9))
        label.set_parse_math(False)  # a unit's name is no formula
    out = BytesIO()
    figure.savefig(out, format="png", metadata={"Software": None})
    told = "; ".join(f"{name}: {count(value)}" for name, value in shown)  # type: ignore[attr-defined]
    return Chart(out.getvalue(), f"{labels.title}. {told}")
