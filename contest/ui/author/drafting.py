"""From a document to drafts of questions, each to be accepted or dropped."""

from __future__ import annotations

import ipywidgets as widgets

from contest.ui.author.desk import Desk, button, offer_topics, uploaded, wide
from contest.ui.author.messages import text
from contest.ui.author.shown import ERROR, GOOD, paragraph, placed_list
from questions.answers import key_words
from questions.drafting import Drafts, propose, read_document, write_drafts
from questions.drafting.source import draft_source
from questions.model import DRAFTED
from questions.problems import ProblemsFound

SEED = 0
MOST = 200
"""Drafts that are shown of one document."""


class DraftWizard:
    """The steps from a document to drafts in the bank."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._drafts: Drafts | None = None
        self.file = widgets.FileUpload(
            accept=".txt,.docx,.pdf", multiple=False, description=text("import.file")
        )
        self.topic = widgets.Dropdown(description=text("import.topic"), **wide())
        self.source = widgets.Text(description=text("draft.source"), **wide())
        self.shown, self.said = widgets.HTML(), widgets.HTML()
        self.choices: dict[str, widgets.Checkbox] = {}
        self._list = widgets.VBox()
        self._last = button("import.write", self.write, "success")
        first = [self.file, self.topic, self.source, button("draft.read", self.read)]
        self.box = widgets.VBox(
            [
                widgets.HBox(first, layout=widgets.Layout(flex_flow="row wrap")),
                self.shown,
                self._list,
                self._last,
                self.said,
            ]
        )
        self.refresh()

    def refresh(self) -> None:
        """Offer the bank's topics, and hide the last step until a document has been read."""
        offer_topics(self.topic, self._desk.bank)
        self._last.layout.display = None if self._drafts else "none"

    def read(self) -> None:
        """Read the chosen document and show what could be asked about it."""
        self._drafts, self.said.value, self.shown.value = None, "", ""
        self._list.children = []
        with uploaded(self.file) as path:
            if path is None:
                self.said.value = paragraph(text("import.no_file"), ERROR)
            else:
                try:
                    document = read_document(path)
                    wanted = self.source.value.strip() or None
                    known = self._desk.bank.bank.source_by_id.get(wanted or "")
                    source = known or draft_source(document, wanted)
                    drafts = propose(document, self.topic.value, source=source, seed=SEED)
                    self._show(document.name, drafts)
                except ProblemsFound as found:
                    self._tell(found)
        self._last.layout.display = None if self._drafts else "none"

    def _show(self, name: str, drafts: Drafts) -> None:
        self._drafts = drafts.without(self._desk.bank.bank)
        offered = self._drafts.questions[:MOST]
        self.choices = {
            one.id: widgets.Checkbox(
                description=f"{one.id}: {one.stem} [{'; '.join(key_words(one))}]",
                indent=False, layout=widgets.Layout(width="100%"),
            )
            for one in offered
        }  # fmt: skip
        self._list.children = list(self.choices.values())
        counts = {"dieu": len(self._drafts.facts), "n": len(self._drafts.questions)}
        self.shown.value = paragraph(text("draft.found", tep=name, **counts))

    def write(self) -> None:
        """Write the chosen drafts and their facts into the bank, or nothing."""
        chosen = [id_ for id_, choice in self.choices.items() if choice.value]
        why = self._desk.unsaved() or ("" if chosen else text("draft.none_chosen"))
        if why or self._drafts is None:
            self.said.value = paragraph(why, ERROR)
            return
        try:
            new = write_drafts(self._desk.bank.folder, self._drafts.only(chosen))
        except ProblemsFound as found:
            self._tell(found)
            return
        except OSError as error:
            self.said.value = paragraph(text("save.failed", why=error.strerror), ERROR)
            return
        self._drafts, self.choices, self._list.children = None, {}, []
        self.shown.value = ""
        self._desk.reopen()
        counts = {"n": len(new.questions), "dieu": len(new.facts)}
        done = text("draft.done", tag=DRAFTED, **counts) if new.questions else text("draft.known")
        self.said.value = paragraph(done, GOOD)

    def _tell(self, found: ProblemsFound) -> None:
        words = text("save.refused", n=len(found.problems))
        self.said.value = placed_list(words, found.problems, ERROR)
