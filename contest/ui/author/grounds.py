"""Facts and sources: a list that can be narrowed, a form, and the questions that rest on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from contest.ui.author.desk import button
from contest.ui.author.form import QuestionForm
from contest.ui.author.ground_fields import GROUND_FIELDS, ground_data, ground_values
from contest.ui.author.messages import text
from contest.ui.author.shown import (
    ADVICE,
    ERROR,
    diff_html,
    escaped,
    paragraph,
    placed_list,
)
from questions.editing import EditedBank, Ground, Grounds

LINES = 10
_LONGEST = 110


class GroundEditor:
    """Shows the facts or the sources of a bank and lets them be changed.

    Parameters
    ----------
    changed : callable
        Called after every change: questions may have become drafts.
    """

    def __init__(self, bank: EditedBank, changed: Callable[[], None]) -> None:
        self.bank = bank
        self.ground: Ground | None = None
        self._changed = changed
        self._showing = False
        kinds = [(text(f"ground.{kind}"), kind) for kind in GROUND_FIELDS]
        self.kind = widgets.ToggleButtons(options=kinds, description=text("ground.kind"))
        self.words = widgets.Text(description=text("ground.words"), continuous_update=False)
        layout = widgets.Layout(width="100%")
        self.list = widgets.Select(rows=LINES, description=text("ground.list"), layout=layout)
        self._forms = {
            kind: QuestionForm(kind, self._edited, fields) for kind, fields in GROUND_FIELDS.items()
        }
        self._count, self._notes = widgets.HTML(), widgets.HTML()
        self._resting, self._diff = widgets.HTML(), widgets.HTML()
        self._place = widgets.VBox()
        self._inside = widgets.VBox(
            [
                widgets.HBox(
                    [button("ground.undo", self._undo), button("ground.remove", self._remove)]
                ),
                self._notes,
                self._place,
                self._resting,
                widgets.HTML(f"<b>{escaped(text('edit.diff'))}</b>"),
                self._diff,
            ]
        )
        top = [self.kind, self.words, button("ground.add", self._add)]
        self.box = widgets.VBox(
            [
                widgets.HBox(top, layout=widgets.Layout(flex_flow="row wrap")),
                self.list,
                self._count,
                self._inside,
            ]
        )
        self.kind.observe(lambda _: self.show(None), names="value")
        self.words.observe(lambda _: self.refresh(), names="value")
        self.list.observe(self._picked, names="value")
        self.show(None)

    @property
    def grounds(self) -> Grounds:
        """The facts or the sources, whichever are shown."""
        return self.bank.facts if self.kind.value == "fact" else self.bank.sources

    def replace_bank(self, bank: EditedBank) -> None:
        """Show another bank."""
        self.bank = bank
        self.show(None)

    def show(self, ground: Ground | None) -> None:
        """Open a fact or source, or none."""
        self.ground = ground
        self._inside.layout.display = None if ground else "none"
        if ground is not None:
            form = self._forms[ground.kind]
            form.load(ground_values(ground.kind, ground.data))
            self._place.children = [form.box]
        self.refresh()

    def refresh(self) -> None:
        """Show the list and what there is to say, as everything is now."""
        found = self.grounds.rows(self.words.value)
        self._showing = True
        self.list.options = [(_title(one), place) for place, one in enumerate(found)]
        self.list.value = found.index(self.ground) if self.ground in found else None
        self._showing = False
        self._found = found
        n = len(self.grounds.changed)
        words = text("ground.shown", n=len(found), sua=n)
        if self.ground is None:
            words = f"{words} {text('ground.none')}"
        self._count.value = paragraph(words)
        if self.ground is not None:
            self._tell(self.ground)

    def _tell(self, ground: Ground) -> None:
        removed = paragraph(text("ground.removed"), ERROR) if ground.removed else ""
        errors = ground.errors
        advice = [one for one in ground.problems if one.advice]
        told = placed_list(text("edit.problems", n=len(errors)), errors, ERROR) if errors else ""
        told += placed_list(text("edit.advice", n=len(advice)), advice, ADVICE) if advice else ""
        self._notes.value = removed + (told or paragraph(text("edit.fine")))
        self._diff.value = diff_html(ground)
        resting = self.bank.resting_on(ground)
        if resting:
            ids = ", ".join(escaped(one.id) for one in resting)
            words = escaped(text("ground.resting", n=len(resting)))
            back = paragraph(text("ground.back"), ADVICE)
            self._resting.value = f"<p><b>{words}</b>: {ids}</p>{back}"
        else:
            self._resting.value = paragraph(text("ground.no_resting"))

    def _picked(self, change: Any) -> None:
        if not self._showing and change["new"] is not None:
            self.show(self._found[change["new"]])

    def _edited(self) -> None:
        ground = self.ground
        if ground is None:
            return
        values = self._forms[ground.kind].values
        self.bank.change_ground(ground, ground_data(ground.kind, values))
        self.refresh()
        self._changed()

    def _add(self) -> None:
        self.show(self.grounds.add())
        self._changed()

    def _undo(self) -> None:
        ground = self.ground
        if ground is None:
            return
        self.bank.undo_ground(ground)
        self.show(ground if ground in self.grounds.entries else None)
        self._changed()

    def _remove(self) -> None:
        ground = self.ground
        if ground is None:
            return
        self.bank.remove_ground(ground)
        self.show(ground if ground in self.grounds.entries else None)
        self._changed()


def _title(ground: Ground) -> str:
    """Return an entry on one line; a star says that it isn't saved."""
    said = str(ground.data.get("statement") or ground.data.get("title") or "")
    said = said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"
    return f"{text('ground.changed') if ground.is_changed else ''}{ground.id}: {said}"
