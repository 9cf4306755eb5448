"""How questions and papers fared, for the organiser's notebook: a chart, and tables for all.

Every cell comes from the files of `timhieu grade`; headings are those of its workbook.
"""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Sequence

import pandas as pd

from contest.ui.messages import text
from grading.messages import text as heading

FLAGGED = ("group", "question_id", "stem", "analysed", "analysed_facility", "notes")
POINTS = ("group", "question_id", "analysed_facility", "discrimination_index")
TESTS = (
    "round",
    "group",
    "papers",
    "mean",
    "sd",
    "cic",
    "standard_error",
    "expected_min",
    "expected_max",
    "notes",
)
OPTIONS = ("option_id", "option", "key", "chosen", "low", "middle", "high")
ADVICE = ("kind", "unit_id", "attempt_id", "other_attempt_id", "explanation")
TRUTH = {"true": "✓", "false": ""}


def flagged_questions(items: pd.DataFrame) -> str:
    """Return the questions that need a look, with why; those with too few papers aside."""
    wanted = items[(items["flags"] != "") & (items["flags"] != "few")]
    if not len(wanted):
        return _paragraph(text("desk.no_flags"))
    return table("cau_hoi", wanted, FLAGGED, text("desk.flags", n=len(wanted)))


def option_choice(options: pd.DataFrame, question_id: str, stem: str) -> str:
    """Return who chose which option of one question."""
    rows = options[options["question_id"] == question_id]
    if not len(rows):
        return _paragraph(text("desk.no_options"))
    parts = []
    for group in rows["group"].unique():
        part = rows[rows["group"] == group]
        caption = text("desk.options", cau=stem, nhom=group, bai=part["papers"].iloc[0])
        parts.append(table("phuong_an", part, OPTIONS, caption))
    return "".join(parts)


def whole_tests(tests: pd.DataFrame) -> str:
    """Return the figures of the papers of every round and group."""
    return table("de_thi", tests, TESTS, text("desk.tests"))


def advice_list(advice: pd.DataFrame, limit: int) -> str:
    """Return which papers may be looked at: `limit` rows at most."""
    if not len(advice):
        return _paragraph(text("desk.no_advice"))
    kinds = {kind: heading(f"code.{kind}") for kind in advice["kind"].unique()}
    shown = advice.assign(kind=advice["kind"].map(kinds)).head(limit)
    caption = text("desk.advice", n=len(shown), tong=len(advice))
    return table("canh_bao", shown, ADVICE, caption)


def facility_chart(items: pd.DataFrame) -> str:
    """Return facility against discrimination, question by question, also as a table."""
    import matplotlib as mpl
    from matplotlib.figure import Figure  # not pyplot: its state is shared by everything

    rows = items[(items["analysed_facility"] != "") & (items["discrimination_index"] != "")]
    if not len(rows):
        return _paragraph(text("desk.no_points"))
    facility = rows["analysed_facility"].astype(float) * 100
    index = rows["discrimination_index"].astype(float)
    title, low = text("desk.facility"), int((index < 0).sum())
    finding = text("desk.facility.alt", cau=len(rows), am=low)
    with mpl.rc_context({"font.family": "DejaVu Sans", "svg.hashsalt": "timhieu"}):
        figure = Figure(figsize=(8, 4), layout="constrained")
        axes = figure.subplots()
        good = index >= 0
        axes.scatter(facility[good], index[good], color="#1F4E79", s=22)
        axes.scatter(facility[~good], index[~good], color="#A61C1C", marker="x", s=32)
        axes.axhline(0, color="#5A5A5A", linewidth=0.8)
        axes.set_xlim(-2, 102)
        axes.set_xlabel(text("desk.facility.x"))
        axes.set_ylabel(text("desk.facility.y"))
        axes.set_title(title)
        axes.spines[["top", "right"]].set_visible(False)
        buffer = io.BytesIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    picture = base64.b64encode(buffer.getvalue()).decode()
    return (
        f'<figure><img alt="{html.escape(f"{title}. {finding}", quote=True)}" '
        f'src="data:image/svg+xml;base64,{picture}">'
        f"<figcaption>{html.escape(finding)}</figcaption></figure>"
        f"<details><summary>{html.escape(text('desk.as_table'))}</summary>"
        f"{table('cau_hoi', rows, POINTS, title)}</details>"
    )


def table(name: str, rows: pd.DataFrame, columns: Sequence[str], caption: str) -> str:
    """Return some columns of a table of the results as HTML, everything escaped."""
    head = "".join(
        f'<th scope="col">{html.escape(heading(f"{name}.{column}"))}</th>' for column in columns
    )
    body = "".join(
        f"<tr>{''.join(f'<td>{html.escape(_shown(cell))}</td>' for cell in row)}</tr>"
        for row in rows[list(columns)].itertuples(index=False)
    )
    return (
        f"<table><caption>{html.escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )


def _shown(cell: str) -> str:
    """Return a cell as people read it: two decimals and a comma."""
    if cell in TRUTH:
        return TRUTH[cell]
    whole, point, decimals = cell.removeprefix("-").partition(".")
    if point and whole.isdecimal() and decimals.isdecimal():
        return f"{float(cell):.2f}".replace(".", ",")
    return cell


def _paragraph(words: str) -> str:
    return f"<p>{html.escape(words)}</p>"
