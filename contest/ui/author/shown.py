"""What the notebook says of questions, as HTML: all that people typed is escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from typing import Any

from contest.ui.author.messages import text
from questions.editing import EditedBank, Entry, Ground
from questions.problems import Problem
from questions.report.values import date_text

ERROR = "var(--jp-error-color1, #9B1C1C)"
ADVICE = "var(--jp-warn-color0, #7A4B00)"
GOOD = "var(--jp-success-color0, #1B5E20)"
_LEFT = 'style="text-align:left"'


def escaped(value: object) -> str:
    """Return a text that can stand in HTML."""
    return html.escape(str(value))


def paragraph(value: str, colour: str = "") -> str:
    """Return a paragraph; `role=status` lets screen readers say it when it comes."""
    style = f' style="color:{colour};font-weight:600"' if colour else ""
    return f'<p role="status"{style}>{escaped(value)}</p>' if value else ""


def problem_list(title: str, problems: Iterable[Problem], colour: str) -> str:
    """Return problems as a list, each with how to mend it."""
    items = "".join(
        f"<li>{escaped(one.message)} <i>{escaped(text('edit.fix', fix=one.fix))}</i></li>"
        for one in problems
    )
    if not items:
        return ""
    return f'<p style="color:{colour};font-weight:600">{escaped(title)}</p><ul>{items}</ul>'


def placed_list(title: str, problems: Iterable[Problem], colour: str) -> str:
    """Return problems as a list with their files and lines."""
    items = "".join(f"<li>{escaped(one)}</li>" for one in problems)
    head = f'<p role="alert" style="color:{colour};font-weight:600">{escaped(title)}</p>'
    return f"{head}<ul>{items}</ul>"


def notes(entry: Entry, extra: Iterable[Problem] = ()) -> str:
    """Return what is wrong and weak with a question."""
    errors, advice = [*extra, *entry.errors], entry.advice
    if not errors and not advice:
        return paragraph(text("edit.fine"), GOOD)
    return problem_list(text("edit.problems", n=len(errors)), errors, ERROR) + problem_list(
        text("edit.advice", n=len(advice)), advice, ADVICE
    )


def status_words(bank: EditedBank, entry: Entry) -> str:
    """Return the status that holds, by whom and since when; an edit makes a draft of it."""
    now, written = bank.status(entry), entry.question.status if entry.question else None
    if written is None or written.status == "draft":
        return text(f"status.{now}")
    day = date_text(written.on.isoformat())
    if now == "draft":
        return text("status.stale", status=text(f"status.{written.status}"), ngay=day)
    return text("status.by", status=text(f"status.{now}"), by=written.by, ngay=day)


def diff_html(entry: Entry | Ground) -> str:
    """Return how a question, fact or source differs from what was saved."""
    diff = entry.diff()
    if not diff:
        return paragraph(text("edit.same"))
    colours = {"+": GOOD, "-": ERROR, "@": "inherit"}
    lines = "".join(
        f'<span style="color:{colours.get(line[:1], "inherit")}">{escaped(line)}\n</span>'
        for line in diff.splitlines()
    )
    return f'<pre style="white-space:pre-wrap;line-height:1.35">{lines}</pre>'


def facts_html(bank: EditedBank, ids: Iterable[Any]) -> str:
    """Return what the facts say that a question names."""
    items = "".join(
        f"<li><code>{escaped(id_)}</code>: {escaped(_statement(bank, id_))}</li>" for id_ in ids
    )
    return f"<p>{escaped(text('edit.facts'))}</p><ul>{items}</ul>" if items else ""


def _statement(bank: EditedBank, id_: object) -> str:
    fact = bank.bank.fact_by_id.get(str(id_))
    return fact.statement if fact else text("edit.fact_unknown")


def table_html(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a table."""
    top = "".join(f'<th scope="col" {_LEFT}>{escaped(one)}</th>' for one in head)
    lines = ("".join(f"<td {_LEFT}>{escaped(one)}</td>" for one in row) for row in rows)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def row_notes(entry: Entry) -> str:
    """Return in a few words what is to be seen about a question."""
    found = []
    if entry.removed:
        found.append(text("table.removed"))
    elif entry.is_changed:
        found.append(text("table.changed"))
    counts: Mapping[str, int] = {"errors": len(entry.errors), "advice": len(entry.advice)}
    found += [text(f"table.{key}", n=n) for key, n in counts.items() if n]
    return ", ".join(found)
