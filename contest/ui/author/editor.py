"""One question: its form, what is wrong with it, how it differs, and what a contestant sees."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets

from contest.clock import Clock
from contest.ui.author.desk import button, offer_topics
from contest.ui.author.fields import OWN, data_of, rights, values_of
from contest.ui.author.form import QuestionForm
from contest.ui.author.messages import text
from contest.ui.author.picture import PictureUpload
from contest.ui.author.preview import QuestionPreview
from contest.ui.author.shown import (
    ERROR,
    diff_html,
    escaped,
    facts_html,
    notes,
    paragraph,
    status_words,
)
from questions.editing import EditedBank, Entry
from questions.pictures import FOLDER
from questions.problems import Problem

_HALF = {"flex": "1 1 30em", "min_width": "20em", "padding": "0 1em 0 0"}


class Editor:
    """Shows one entry of a bank and lets it be changed.

    Parameters
    ----------
    changed : callable
        Called after every change.
    """

    def __init__(self, bank: EditedBank, clock: Clock, changed: Callable[[], None]) -> None:
        self.bank = bank
        self.entry: Entry | None = None
        self._changed = changed
        self._forms: dict[str, QuestionForm] = {}
        self._title, self._notes = widgets.HTML(), widgets.HTML()
        self._diff, self._facts, self._no_preview = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self._form_place = widgets.VBox()
        self._preview = QuestionPreview(clock)
        self._preview_place = widgets.VBox([self._preview])
        undo, remove = button("edit.undo", self._undo), button("edit.remove", self._remove)
        self._topic = widgets.Dropdown(description=text("edit.topic"))
        move = button("edit.move", self._move)
        self._picture = PictureUpload(self)
        left = widgets.VBox([self._form_place, self._facts], layout=widgets.Layout(**_HALF))
        right = widgets.VBox(
            [
                self._notes,
                widgets.HTML(f"<b>{escaped(text('edit.preview'))}</b>"),
                self._no_preview,
                self._preview_place,
                widgets.HTML(f"<b>{escaped(text('edit.diff'))}</b>"),
                self._diff,
            ],
            layout=widgets.Layout(**_HALF),
        )
        self._inside = widgets.VBox(
            [
                widgets.HBox(
                    [undo, remove, self._topic, move], layout=widgets.Layout(flex_flow="row wrap")
                ),
                self._picture.box,
                widgets.HBox([left, right], layout=widgets.Layout(flex_flow="row wrap")),
            ]
        )
        self.box = widgets.VBox([self._title, self._inside])
        self.show(None)

    def show(self, entry: Entry | None) -> None:
        """Show a question, or that none is open."""
        self.entry = entry
        self._inside.layout.display = None if entry else "none"
        if entry is None:
            self._title.value = paragraph(text("edit.none"))
            return
        offer_topics(self._topic, self.bank)
        self._topic.value = entry.topic
        self._picture.clear()
        type_ = entry.data.get("type")
        if type_ in OWN:
            if type_ not in self._forms:
                self._forms[type_] = QuestionForm(type_, self._edited)
            form = self._forms[type_]
            form.load(values_of(type_, entry.data))
            self._form_place.children = [form.box]
        else:
            self._form_place.children = []
        self.refresh()

    def refresh(self) -> None:
        """Show what there is to say about the question as it is now."""
        entry = self.entry
        if entry is None:
            return
        status = escaped(status_words(self.bank, entry))
        removed = paragraph(text("edit.removed"), ERROR) if entry.removed else ""
        title = escaped(text("edit.title", id=entry.id))
        self._title.value = f"<h3>{title} ({status})</h3>{removed}"
        self._notes.value = notes(entry, self._form_problems(entry))
        self._diff.value = diff_html(entry)
        self._facts.value = facts_html(self.bank, entry.data.get("facts") or ())
        question = entry.question
        can = question is not None and not list(question.findings())
        self._preview_place.layout.display = None if can else "none"
        self._no_preview.value = "" if can else paragraph(text("edit.no_preview"))
        if can:
            self._preview.show(question, self.bank.folder / FOLDER)

    def _form_problems(self, entry: Entry) -> list[Problem]:
        """Return what only the form can know: marks that no file could hold."""
        form = self._forms.get(str(entry.data.get("type")))
        if form is None or form.type != "single" or "key" in entry.data:
            return []
        n = rights(form.values)
        message, fix = text("edit.one_right", n=n), text("edit.one_right.fix")
        return [Problem(f"{entry.topic}.yml", 0, "author.one_right", message, fix)]

    def _edited(self) -> None:
        entry = self.entry
        if entry is None:
            return
        form = self._forms[entry.data["type"]]
        self.bank.change(entry, data_of(form.type, form.values, entry.data))
        self.refresh()
        self._changed()

    def _move(self) -> None:
        if self.entry is not None and self._topic.value:
            self.show(self.bank.move(self.entry, self._topic.value))
            self._changed()

    def picture(self, image: dict[str, str]) -> None:
        """Let the open question show a picture that lies in the bank's folder."""
        if self.entry is not None:
            self.bank.change(self.entry, {**self.entry.data, "image": image})
            self.show(self.entry)
            self._changed()

    def _undo(self) -> None:
        entry = self.entry
        if entry is None:
            return
        self.bank.undo(entry)
        left = entry if entry in self.bank.entries else entry.moved_from
        self.show(left)
        self._changed()

    def _remove(self) -> None:
        entry = self.entry
        if entry is None:
            return
        self.bank.remove(entry)
        self.show(entry if entry in self.bank.entries else None)
        self._changed()
