"""Approval, a step of its own: somebody vouches for questions, by name and day."""

from __future__ import annotations

import ipywidgets as widgets

from contest.clock import Clock, local
from contest.ui.author.desk import Desk, button, wide
from contest.ui.author.messages import text
from contest.ui.author.shown import ERROR, GOOD, paragraph, placed_list
from questions.editing import Entry
from questions.model import DRAFTED
from questions.problems import ProblemsFound
from questions.report.values import date_text

ONE, SHOWN = "one", "shown"


class Approval:
    """Stamps the open question, or all that the table shows, for their saved content."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self._desk = desk
        self.which = widgets.RadioButtons(description=text("approve.which"), **wide())
        self.by = widgets.Text(description=text("approve.by"), **wide())
        self.on = widgets.DatePicker(
            description=text("approve.on"), value=local(clock.now()).date(), **wide()
        )
        states = [(text(f"status.{one}"), one) for one in ("approved", "reviewed")]
        self.status = widgets.Dropdown(options=states, description=text("approve.status"), **wide())
        self.said = widgets.HTML()
        self.box = widgets.VBox(
            [
                self.which,
                widgets.HBox([self.by, self.on, self.status]),
                button("approve.button", self.approve, "success"),
                self.said,
            ]
        )

    def refresh(self) -> None:
        """Name what can be approved now."""
        entry = self._desk.editor.entry
        one = text("approve.one", id=entry.id) if entry else text("approve.no_one")
        shown = text("approve.shown", n=len(self._desk.table.found))
        chosen = self.which.value or ONE
        self.which.options = [(one, ONE), (shown, SHOWN)]
        self.which.value = chosen

    def _chosen(self) -> list[Entry]:
        """Return the entries; of many, drafts by rule that nobody has accepted stay out."""
        if self.which.value == SHOWN:
            found = self._desk.table.found
            return [one for one in found if DRAFTED not in (one.data.get("tags") or ())]
        entry = self._desk.editor.entry
        return [entry] if entry else []

    def approve(self) -> None:
        """Write who vouches for the questions, or tell what stands in the way."""
        by, on, entries = self.by.value.strip(), self.on.value, self._chosen()
        why = self._desk.unsaved()
        if not why and not (by and on):
            why = text("approve.who")
        if not why and not entries:
            why = text("approve.none")
        if why:
            self.said.value = paragraph(why, ERROR)
            return
        status = self.status.value
        try:
            ids = self._desk.bank.approve(entries, status, by, on)
        except ProblemsFound as found:
            words = text("save.refused", n=len(found.problems))
            self.said.value = placed_list(words, found.problems, ERROR)
            return
        except OSError as error:
            self.said.value = paragraph(text("save.failed", why=error.strerror), ERROR)
            return
        self._desk.refresh()
        shown = {"status": text(f"status.{status}"), "ngay": date_text(on.isoformat())}
        self.said.value = paragraph(text("approve.done", n=len(ids), by=by, **shown), GOOD)
