"""What the organiser's notebook shows of a graded contest: tables, charts, files to take along.

Reads only the files that `timhieu grade` wrote, so that the notebook and
everybody else see the same figures.
"""

from __future__ import annotations

import base64
import html
import io
import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pandas as pd
from IPython.display import HTML

from contest.settings import read_settings
from contest.ui import question_figures
from contest.ui.messages import text

SHOWN_ROWS = 50
FILES = (
    "ket_qua.xlsx",
    "ca_nhan.csv",
    "tap_the.csv",
    "luot.csv",
    "cau_hoi.csv",
    "phuong_an.csv",
    "de_thi.csv",
    "canh_bao.csv",
    "results.db",
)
PEOPLE_COLUMNS = ("rank", "name", "unit", "score", "correct", "duration_ms", "prediction_error")
UNIT_COLUMNS = ("rank", "unit", "block", "headcount", "people", "attempts", "share", "mean_score")


class NoResults(FileNotFoundError):
    """There are no graded results where the notebook looks for them."""


class GradedContest:
    """The results in one folder.

    Attributes
    ----------
    people, units, attempts, items, options, tests, advice : DataFrame
        The CSV files with every cell as text; empty text is null.
    """

    def __init__(self, folder: Path) -> None:
        if not (folder / "manifest.json").exists():
            raise NoResults(text("desk.no_results", thu_muc=folder))
        self.folder = folder
        self.manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        self.people = _read(folder / "ca_nhan.csv")
        self.units = _read(folder / "tap_the.csv")
        self.attempts = _read(folder / "luot.csv")
        self.items = _read(folder / "cau_hoi.csv")
        self.options = _read(folder / "phuong_an.csv")
        self.tests = _read(folder / "de_thi.csv")
        self.advice = _read(folder / "canh_bao.csv")

    def overview(self) -> HTML:
        """Return the contest's name, whether the results are final, and the totals."""
        state = text(f"desk.status.{self.manifest['status']}")
        lines = [
            text(
                "desk.totals",
                nguoi=_number(self.people["contestant_id"].nunique()),
                luot=_number(len(self.attempts)),
            )
        ]
        if self.manifest["synthetic"]:
            lines.append(text("desk.synthetic"))
        for round_id, one in sorted(self.manifest["rounds"].items()):
            if one["prediction"] is not None:
                lines.append(
                    text(
                        "desk.true_value",
                        ky=round_id,
                        cau=text(f"unit.{one['prediction']['quantity']}"),
                        so=one["prediction"]["true_value"],
                    )
                )
        body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
        title = html.escape(self.manifest["contest"]["title"])
        return HTML(f"<h2>{title} ({html.escape(state)})</h2>{body}")

    def people_table(self) -> widgets.Widget:
        """Return the ranking of people, to be narrowed to one unit."""
        everyone = text("desk.all_units")
        names = sorted(self.people["unit"].unique())
        choice = widgets.Dropdown(options=[everyone, *names], description=text("desk.unit"))
        shown = widgets.HTML()

        def show(_: Any = None) -> None:
            rows = self.people
            if choice.value != everyone:
                rows = rows[rows["unit"] == choice.value]
            shown.value = _table(rows, PEOPLE_COLUMNS, text("desk.people"))

        choice.observe(show, names="value")
        show()
        return widgets.VBox([choice, shown])

    def unit_table(self) -> HTML:
        """Return the ranking of units, level by level."""
        parts = [
            _table(
                self.units[self.units["level"] == level],
                UNIT_COLUMNS,
                text("desk.units", cap=level),
            )
            for level in sorted(self.units["level"].unique(), reverse=True)
        ]
        return HTML("".join(parts))

    def score_chart(self) -> HTML:
        """Return how many people have each number of right answers."""
        correct = pd.to_numeric(self.people["correct"]).dropna().astype(int)
        most = int(pd.to_numeric(self.people["questions"]).max())
        counts = correct.value_counts().reindex(range(most + 1), fill_value=0)
        finding = text("desk.scores.alt", nguoi=_number(len(correct)), giua=int(correct.median()))
        labels = [str(number) for number in counts.index]
        return _bars(text("desk.scores"), text("desk.scores.axis"), labels, list(counts), finding)

    def participation_chart(self) -> HTML:
        """Return how many people each unit of the lowest level has."""
        level = self.units["level"].max()
        rows = self.units[self.units["level"] == level]
        people = pd.to_numeric(rows["people"])
        order = people.sort_values(ascending=False, kind="stable").index
        best = rows.loc[order[0], "unit"]
        finding = text("desk.participation.alt", don_vi=best, nguoi=_number(int(people.max())))
        return _bars(
            text("desk.participation"),
            text("desk.participation.axis"),
            list(rows.loc[order, "unit"]),
            list(people.loc[order]),
            finding,
        )

    def test_table(self) -> HTML:
        """Return the figures of the papers: spread, consistency, easiest and hardest paper."""
        return HTML(question_figures.whole_tests(self.tests))

    def questions(self) -> HTML:
        """Return how easy and how telling each question was, and which need a look, and why."""
        chart = question_figures.facility_chart(self.items)
        return HTML(chart + question_figures.flagged_questions(self.items))

    def option_table(self) -> widgets.Widget:
        """Return who chose which option, question by question."""
        asked = self.items[self.items["question_id"].isin(self.options["question_id"])]
        stems = dict(zip(asked["question_id"], asked["stem"], strict=True))
        named = [(f"{id_}: {stem}", id_) for id_, stem in stems.items()]
        nobody = (text("desk.choose_question"), "")
        choice = widgets.Dropdown(options=[nobody, *named], description=text("desk.question"))
        shown = widgets.HTML()

        def show(_: Any = None) -> None:
            id_ = choice.value
            shown.value = (
                question_figures.option_choice(self.options, id_, stems[id_]) if id_ else ""
            )

        choice.observe(show, names="value")
        return widgets.VBox([choice, shown])

    def advice_table(self) -> HTML:
        """Return which papers may be looked at; nothing follows from it by itself."""
        return HTML(question_figures.advice_list(self.advice, SHOWN_ROWS))

    def export_buttons(self) -> widgets.Widget:
        """Return a button for each result file; pressing it makes a link that saves the file."""
        link = widgets.HTML()

        def offer(name: str) -> None:
            content = base64.b64encode((self.folder / name).read_bytes()).decode()
            shown = html.escape(text("desk.save", tep=name))
            link.value = (
                f'<a download="{name}" href="data:application/octet-stream;base64,{content}">'
                f"{shown}</a>"
            )

        buttons = []
        for name in FILES:
            button = widgets.Button(description=name, tooltip=text("desk.export", tep=name))
            button.on_click(lambda _, name=name: offer(name))
            buttons.append(button)
        where = widgets.HTML(f"<p>{html.escape(text('desk.folder', thu_muc=self.folder))}</p>")
        return widgets.VBox([widgets.HBox(buttons), link, where])


def graded_contest(folder: Path | str | None = None) -> GradedContest:
    """Open the results in `folder`, or those that `make lab` names.

    Raises
    ------
    NoResults
        Where there are none.
    """
    chosen = Path(folder) if folder else read_settings().results
    if chosen is None:
        raise NoResults(text("desk.no_results", thu_muc="-"))
    return GradedContest(chosen)


def _read(path: Path) -> pd.DataFrame:
    # Everything as text: an id such as 007 or a name such as NA must stay what it is.
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _minutes(cell: str) -> str:
    seconds = int(cell) // 1000
    return f"{seconds // 60}:{seconds % 60:02}"


def _percent(cell: str) -> str:
    return f"{Decimal(cell) * 100:.2f} %".replace(".", ",")


_AS_SHOWN = {
    "duration_ms": _minutes,
    "share": _percent,
    "mean_score": lambda cell: f"{Decimal(cell):.2f}".replace(".", ","),
}
"""How a cell of the CSV is shown to a reader; the other columns as they are."""


def _table(rows: pd.DataFrame, columns: Sequence[str], caption: str) -> str:
    head = "".join(
        f'<th scope="col">{html.escape(text(f"column.{name}"))}</th>' for name in columns
    )
    body = []
    for values in rows[list(columns)].head(SHOWN_ROWS).itertuples(index=False):
        shown = (
            _AS_SHOWN[name](value) if value and name in _AS_SHOWN else value
            for name, value in zip(columns, values, strict=True)
        )  # fmt: skip
        cells = "".join(f"<td>{html.escape(value)}</td>" for value in shown)
        body.append(f"<tr>{cells}</tr>")
    if len(rows) > SHOWN_ROWS:
        caption += text("desk.first", n=SHOWN_ROWS, tong=_number(len(rows)))
    return (
        f"<table><caption>{html.escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(body)}</tbody></table>"
    )


def _bars(title: str, axis: str, labels: list[str], values: list[int], finding: str) -> HTML:
    """Return a bar chart as a picture with its finding as alt text, and the same as a table."""
    import matplotlib as mpl
    from matplotlib.figure import Figure  # not pyplot: its state is shared by everything

    sideways = len(max(labels, key=len)) > 4
    size = (8, max(2.5, 0.28 * len(labels) + 1)) if sideways else (8, 3.5)
    with mpl.rc_context({"font.family": "DejaVu Sans", "svg.hashsalt": "timhieu"}):
        figure = Figure(figsize=size, layout="constrained")
        axes = figure.subplots()
        if sideways:
            drawn = axes.barh(labels[::-1], values[::-1], color="#1F4E79")
            axes.set_xlabel(axis)
        else:
            drawn = axes.bar(labels, values, color="#1F4E79")
            axes.set_ylabel(axis)
        axes.bar_label(drawn, padding=2, fontsize=8)
        axes.set_title(title)
        axes.spines[["top", "right"]].set_visible(False)
        buffer = io.BytesIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    picture = base64.b64encode(buffer.getvalue()).decode()
    rows = "".join(
        f'<tr><th scope="row">{html.escape(label)}</th><td>{value}</td></tr>'
        for label, value in zip(labels, values, strict=True)
    )
    return HTML(
        f'<figure><img alt="{html.escape(f"{title}. {finding}", quote=True)}" '
        f'src="data:image/svg+xml;base64,{picture}">'
        f"<figcaption>{html.escape(finding)}</figcaption></figure>"
        f"<details><summary>{html.escape(text('desk.as_table'))}</summary>"
        f"<table><caption>{html.escape(title)}</caption><tbody>{rows}</tbody></table></details>"
    )
