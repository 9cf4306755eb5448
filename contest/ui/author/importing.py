"""From a file of the office into the bank: choose, look through, settle doubts, write."""

from __future__ import annotations

import ipywidgets as widgets

from contest.ui.author.desk import Desk, button, offer_topics, uploaded, wide
from contest.ui.author.messages import text
from contest.ui.author.shown import ADVICE, ERROR, GOOD, paragraph, placed_list, table_html
from questions.formats import Reading, plan_import, read_file
from questions.formats.registry import FORMATS
from questions.formats.shown import kind_of, right_of, short
from questions.problems import ProblemsFound

NEW = "+"
"""Stands in the choice of topics for one that the bank doesn't have yet."""


class ImportWizard:
    """The steps of an import; the bank's files change with the last one only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._reading: Reading | None = None
        suffixes = sorted({suffix for one in FORMATS.values() for suffix in one.suffixes})
        self.file = widgets.FileUpload(
            accept=",".join(suffixes), multiple=False, description=text("import.file")
        )
        formats = [(text("import.guess"), ""), *((name, name) for name in FORMATS)]
        levels = [(text(f"level.{one}"), one) for one in ("recall", "understand", "apply")]
        self.format = widgets.Dropdown(options=formats, description=text("import.format"))
        self.level = widgets.Dropdown(
            options=[(text("value.none"), ""), *levels], description=text("import.level"), **wide()
        )
        self.leave_out = widgets.Text(description=text("import.leave_out"), **wide())
        self.topic = widgets.Dropdown(description=text("import.topic"), **wide())
        self.new_id = widgets.Text(description=text("import.new_id"), **wide())
        self.new_title = widgets.Text(description=text("import.new_title"), **wide())
        self.shown, self.said = widgets.HTML(), widgets.HTML()
        self._last = widgets.VBox(
            [
                self.leave_out,
                widgets.HBox([self.topic, self.new_id, self.new_title]),
                button("import.write", self.write, "success"),
            ]
        )
        self.topic.observe(lambda _: self._new_topic(), names="value")
        first = [self.file, self.format, self.level, button("import.read", self.read)]
        self.box = widgets.VBox(
            [
                widgets.HBox(first, layout=widgets.Layout(flex_flow="row wrap")),
                self.shown,
                self._last,
                self.said,
            ]
        )
        self.refresh()

    def refresh(self) -> None:
        """Offer the bank's topics, and hide the last step until a file has been read."""
        offer_topics(self.topic, self._desk.bank, (text("import.new_topic"), NEW))
        self._last.layout.display = None if self._reading else "none"
        self._new_topic()

    def _new_topic(self) -> None:
        for one in (self.new_id, self.new_title):
            one.layout.display = None if self.topic.value == NEW else "none"

    def read(self) -> None:
        """Read the chosen file and show every question and every doubt."""
        self._reading, self.said.value, self.shown.value = None, "", ""
        with uploaded(self.file) as path:
            if path is None:
                self.said.value = paragraph(text("import.no_file"), ERROR)
            else:
                try:
                    name, level = self.format.value or None, self.level.value or None
                    self._reading = read_file(path, name, level)
                except ProblemsFound as found:
                    self._tell(found)
        self.refresh()
        if self._reading:
            self._show(self._reading)

    def _show(self, reading: Reading) -> None:
        errors = len(reading.errors)
        words = text(
            "import.found", tep=reading.file, dinh_dang=reading.format, n=len(reading.drafts),
            loi=errors, can_xem=len(reading.problems) - errors,
        )  # fmt: skip
        head = [text(f"import.{key}") for key in ("number", "right")]
        head[1:1] = [text("filter.type"), text("table.stem")]
        rows = [
            (one.number, kind_of(one), short(one.data.get("stem", "")), right_of(one.data))
            for one in reading.drafts
        ]
        found = placed_list("", reading.problems, ADVICE) if reading.problems else ""
        self.shown.value = paragraph(words) + table_html(head, rows) + found

    def write(self) -> None:
        """Write what was read into the bank as drafts: all of it, or nothing."""
        reading = self._reading
        if reading is None:
            self.said.value = paragraph(text("import.unread"), ERROR)
            return
        if why := self._desk.unsaved() or self._leave_out(reading):
            self.said.value = paragraph(why, ERROR)
            return
        is_new = self.topic.value == NEW
        topic = self.new_id.value.strip() if is_new else self.topic.value
        title = self.new_title.value.strip() if is_new else None
        try:
            plan = plan_import(reading, self._desk.bank.folder, topic, title)
            plan.write()
        except ProblemsFound as found:
            self._tell(found)
            return
        except OSError as error:
            self.said.value = paragraph(text("save.failed", why=error.strerror), ERROR)
            return
        self._reading, self.leave_out.value = None, ""
        self._desk.reopen()
        ids = plan.ids
        done = text("import.done", n=len(ids), dau=ids[0], cuoi=ids[-1])
        self.said.value = paragraph(done, GOOD)

    def _leave_out(self, reading: Reading) -> str:
        """Drop the questions that aren't wanted; return what is wrong with their numbers."""
        typed = [one.strip() for one in self.leave_out.value.split(",") if one.strip()]
        if not all(one.isascii() and one.isdigit() for one in typed):
            return text("import.number_bad", value=self.leave_out.value)
        numbers = {int(one) for one in typed}
        unknown = numbers - {draft.number for draft in reading.drafts}
        if unknown:
            numbers_shown = ", ".join(map(str, sorted(unknown)))
            return text("import.number_unknown", numbers=numbers_shown)
        reading.leave_out(numbers)
        self.leave_out.value = ""
        self._show(reading)
        return ""

    def _tell(self, found: ProblemsFound) -> None:
        words = text("save.refused", n=len(found.problems))
        self.said.value = placed_list(words, found.problems, ERROR)
