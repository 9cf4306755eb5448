"""The authoring notebook: the bank as a table, one question open, wizards, approval."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import ipywidgets as widgets

from contest.clock import Clock, SystemClock
from contest.settings import read_settings
from contest.ui.author.approval import Approval
from contest.ui.author.desk import button, offer_topics
from contest.ui.author.drafting import DraftWizard
from contest.ui.author.editor import Editor
from contest.ui.author.fields import OWN, blank
from contest.ui.author.folder import bank_to_edit
from contest.ui.author.grounds import GroundEditor
from contest.ui.author.importing import ImportWizard
from contest.ui.author.messages import text
from contest.ui.author.shown import ADVICE, ERROR, GOOD, escaped, paragraph, placed_list
from contest.ui.author.table import QuestionTable
from questions.editing import EditedBank, Entry, compared
from questions.problems import Problem, ProblemsFound


class AuthorPage:
    """A bank open for authoring; each method returns what one cell of the notebook shows.

    Parameters
    ----------
    folder : Path
        The bank's folder.
    is_copy : bool
        Whether it is a copy of a built-in bank, which is then said.
    """

    def __init__(self, folder: Path, clock: Clock, *, is_copy: bool = False) -> None:
        self.bank = EditedBank(folder)
        self._is_copy = is_copy
        self._head, self._said, self._todo = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.table = QuestionTable(self.bank, self.open)
        self.editor = Editor(self.bank, clock, self._changed)
        self._grounds = GroundEditor(self.bank, self._reground)
        self._importing = ImportWizard(self)
        self._drafting = DraftWizard(self)
        self._approval = Approval(self, clock)
        self._comparing: asyncio.Task[None] | None = None
        self._new_topic = widgets.Dropdown(description=text("new.topic"))
        types = [(text(f"type.{one}"), one) for one in OWN]
        self._new_type = widgets.Dropdown(options=types, description=text("new.type"))
        offer_topics(self._new_topic, self.bank)
        self._tell_bank()
        self._changed()

    def questions(self) -> widgets.Widget:
        """Return table and form, with the buttons that keep what has changed."""
        add = button("new.add", self._add)
        buttons = widgets.HBox(
            [
                button("save", self.save, "success"),
                button("bank.open", self._open_again),
                button("bank.compare", self.compare),
                self._todo,
            ],
            layout=widgets.Layout(flex_flow="row wrap"),
        )
        new = widgets.HBox(
            [self._new_topic, self._new_type, add], layout=widgets.Layout(flex_flow="row wrap")
        )
        return widgets.VBox([self._head, buttons, self._said, self.table.box, new, self.editor.box])

    def grounds(self) -> widgets.Widget:
        """Return the facts and sources that questions rest on."""
        return self._grounds.box

    def import_wizard(self) -> widgets.Widget:
        """Return the steps that bring questions of a file into the bank."""
        return self._importing.box

    def draft_wizard(self) -> widgets.Widget:
        """Return the steps that propose questions from a document."""
        return self._drafting.box

    def approval(self) -> widgets.Widget:
        """Return the step in which somebody vouches for questions."""
        return self._approval.box

    # --- what the parts do

    def open(self, entry: Entry) -> None:
        """Open a question of the table."""
        self.editor.show(entry)
        self.table.go_to(entry)
        self._approval.refresh()

    def save(self) -> None:
        """Write what has changed, or tell everything that stands in the way."""
        changed = [*self.bank.changed, *self.bank.changed_grounds]
        if not changed:
            self.say(text("save.nothing"))
            return
        try:
            names = self.bank.save()
        except ProblemsFound as found:
            self.tell(text("save.refused", n=len(found.problems)), found.problems)
        except OSError as error:
            self.say(text("save.failed", why=error.strerror), ERROR)
        else:
            self.say(text("save.done", n=len(changed), tep=", ".join(names)), GOOD)
        self.refresh()

    def say(self, words: str, colour: str = "") -> None:
        """Show a sentence above the table."""
        self._said.value = paragraph(words, colour)

    def tell(self, words: str, problems: Sequence[Problem]) -> None:
        """Show problems above the table."""
        self._said.value = placed_list(words, problems, ERROR)

    def unsaved(self) -> str:
        """Return what to say where something isn't saved yet, else nothing."""
        n = len(self.bank.changed) + len(self.bank.changed_grounds)
        return text("unsaved", n=n) if n else ""

    def reopen(self) -> None:
        """Read the bank's files anew; what isn't saved is gone."""
        self.bank = EditedBank(self.bank.folder)
        self.editor.bank = self.bank
        self.editor.show(None)
        self.table.replace_bank(self.bank)
        self._grounds.replace_bank(self.bank)
        offer_topics(self._new_topic, self.bank)
        self._importing.refresh()
        self._drafting.refresh()
        self._tell_bank()
        self._changed()

    def refresh(self) -> None:
        """Show everything as it is now."""
        entry = self.editor.entry
        self.editor.show(entry if entry in self.bank.entries else None)
        self._grounds.refresh()
        self._tell_bank()
        self._changed()

    def compare(self) -> None:
        """Find what only comparing questions shows; the page can be used meanwhile."""
        self.say(text("bank.comparing"))
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._compared(self.bank, compared(self.bank.bank))
        else:
            self._comparing = loop.create_task(self._compare(self.bank))

    async def _compare(self, bank: EditedBank) -> None:
        self._compared(bank, await asyncio.to_thread(compared, bank.bank))

    def _compared(self, bank: EditedBank, found: dict[str, list[Problem]]) -> None:
        bank.take_compared(found)
        if bank is self.bank:
            self.say(text("bank.compared", n=sum(map(bool, found.values()))))
            self.table.refresh()
            self.editor.refresh()

    def _open_again(self) -> None:
        self.reopen()
        self.say(text("bank.opened"))

    def _add(self) -> None:
        if self._new_topic.value and self._new_type.value:
            self.open(self.bank.add(self._new_topic.value, blank(self._new_type.value)))
            self._changed()

    def _changed(self) -> None:
        n = len(self.bank.changed) + len(self.bank.changed_grounds)
        self._todo.value = paragraph(text("save.todo", n=n), ADVICE) if n else ""
        self.table.refresh()
        self._approval.refresh()

    def _reground(self) -> None:
        """Show what a changed fact or source makes of the questions."""
        self.editor.refresh()
        self._changed()

    def _tell_bank(self) -> None:
        bank = self.bank
        title = getattr(bank.bank, "title", "") or bank.folder.name
        words = text("bank", ten=title, n=len(bank.entries), thu_muc=bank.folder)
        copy = paragraph(text("bank.copy")) if self._is_copy else ""
        own = ""
        if bank.own:
            items = "".join(f"<li>{escaped(one)}</li>" for one in bank.own)
            summary = escaped(text("bank.own", n=len(bank.own)))
            is_open = " open" if any(not one.advice for one in bank.own) else ""
            own = f"<details{is_open}><summary>{summary}</summary><ul>{items}</ul></details>"
        self._head.value = f"<p><b>{escaped(words)}</b></p>{copy}{own}"


class NoBank:
    """What the notebook shows where no bank can be opened: why, in every cell."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self._told = placed_list(text("bank.cannot"), problems, ERROR)

    def questions(self) -> widgets.Widget:
        """Return the reasons."""
        return widgets.HTML(self._told)

    grounds = import_wizard = draft_wizard = approval = questions


def author_page(folder: Path | str | None = None) -> AuthorPage | NoBank:
    """Open a bank for authoring.

    Parameters
    ----------
    folder : Path, str or None
        The bank's folder; None: the bank of the contest that `make lab` names, or a copy of the
        built-in one where the contest uses that.
    """
    try:
        if folder is not None:
            return AuthorPage(Path(folder), SystemClock())
        found, is_copy = bank_to_edit(read_settings().contest)
        return AuthorPage(found, SystemClock(), is_copy=is_copy)
    except ProblemsFound as error:
        return NoBank(error.problems)
