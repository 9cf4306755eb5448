"""What wizards know of the page that they are part of."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import ipywidgets as widgets

from contest.ui.author.messages import text
from questions.editing import EditedBank


class Desk(Protocol):
    """The page: its bank, what is open and shown, and how it is read anew."""

    bank: EditedBank
    table: Any
    editor: Any

    def unsaved(self) -> str:
        """Return what to say where something isn't saved yet, else nothing."""

    def reopen(self) -> None:
        """Read the bank's files anew."""

    def refresh(self) -> None:
        """Show everything as it is now."""


@contextmanager
def uploaded(upload: widgets.FileUpload) -> Iterator[Path | None]:
    """Give the chosen file a path for as long as it is read; None where none was chosen."""
    if not upload.value:
        yield None
        return
    chosen = upload.value[0]
    with tempfile.TemporaryDirectory(prefix="timhieu-") as folder:
        path = Path(folder) / (Path(chosen["name"].replace("\\", "/")).name or "x")
        path.write_bytes(bytes(chosen["content"]))
        yield path


def button(key: str, pressed: Callable[[], None], style: str = "") -> widgets.Button:
    """Return a button as wide as its words."""
    layout = widgets.Layout(width="auto", align_self="flex-start")
    made = widgets.Button(description=text(key), button_style=style, layout=layout)
    made.on_click(lambda _: pressed())
    return made


def offer_topics(choice: widgets.Dropdown, bank: EditedBank, *more: tuple[str, str]) -> None:
    """Offer the bank's topics; what was chosen stays so, else it is the first."""
    before = choice.value
    offered = [*((topic.title, topic.id) for topic in bank.topics), *more]
    choice.options = offered
    ids = [id_ for _, id_ in offered]
    choice.value = before if before in ids else next(iter(ids), None)


def wide(**kwargs: Any) -> dict[str, Any]:
    """Return how a field with a long label is laid out."""
    return {
        "style": {"description_width": "initial"}, "layout": widgets.Layout(width="auto"), **kwargs
    }  # fmt: skip
