"""A picture for the open question: looked at, described, copied into the bank."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Protocol

import ipywidgets as widgets

from contest.ui.author.desk import button, wide
from contest.ui.author.messages import text
from contest.ui.author.shown import ERROR, GOOD, paragraph
from questions.editing import EditedBank
from questions.files import write_all
from questions.pictures import FOLDER, FORMATS, PictureRefused, look
from questions.problems import make


class Illustrated(Protocol):
    """The editor, as far as pictures go."""

    bank: EditedBank

    def picture(self, image: dict[str, str]) -> None:
        """Let the open question show a picture."""


class PictureUpload:
    """A file, its words, and a button; the folder of pictures changes with the button only."""

    def __init__(self, editor: Illustrated) -> None:
        self._editor = editor
        self.file = self._chooser()
        self.alt = widgets.Text(description=text("picture.alt"), **wide())
        self.said = widgets.HTML()
        self._row = widgets.HBox(layout=widgets.Layout(flex_flow="row wrap"))
        self._add = button("picture.add", self.add)
        self.box = widgets.Accordion([widgets.VBox([self._row, self.said])])
        self.box.titles = (text("picture.title"),)
        self.clear()

    @staticmethod
    def _chooser() -> widgets.FileUpload:
        accepted = ",".join(f".{suffix}" for suffix in FORMATS)
        return widgets.FileUpload(accept=accepted, multiple=False, description=text("picture.file"))

    def clear(self) -> None:
        """Forget what was chosen for another question."""
        self.file = self._chooser()
        self.alt.value = self.said.value = ""
        self._row.children = (self.file, self.alt, self._add)

    def add(self) -> None:
        """Look at the chosen picture; copy it into the bank and name it in the question."""
        words = self.alt.value.strip()
        if not self.file.value:
            self._say(text("picture.no_file"))
        elif not words:
            self._say(text("picture.no_alt"))
        else:
            chosen = self.file.value[0]
            self._take(_plain(chosen["name"]), bytes(chosen["content"]), words)

    def _take(self, name: str, data: bytes, words: str) -> None:
        path = self._editor.bank.folder / FOLDER / name
        try:
            picture = look(name, data)
            if path.exists() and path.read_bytes() != data:
                self._say(text("picture.taken", ten=name))
                return
            path.parent.mkdir(exist_ok=True)
            write_all({path: data})
        except PictureRefused as refused:
            found = make(refused.code, name, 0, **refused.values)
            self._say(text("picture.refused", why=found.message, fix=found.fix))
        except OSError as error:
            self._say(text("save.failed", why=error.strerror))
        else:
            self._editor.picture({"file": picture.file, "alt": words})
            self._say(text("picture.done", ten=name), GOOD)

    def _say(self, words: str, colour: str = ERROR) -> None:
        self.said.value = paragraph(words, colour)


def _plain(name: str) -> str:
    """Return a file name that banks take, whatever the author's machine calls it."""
    name = Path(name.replace("\\", "/")).name
    stem, _, suffix = name.rpartition(".")
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", stem).strip("-._") or "anh"
    return f"{stem}.{suffix.lower()}"
