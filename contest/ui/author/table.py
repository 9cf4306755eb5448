"""The bank as a table that can be narrowed and leafed through; a press opens a question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from contest.ui.author.desk import button
from contest.ui.author.fields import OWN
from contest.ui.author.messages import text
from contest.ui.author.shown import escaped, row_notes
from questions.editing import EditedBank, Entry

ROWS = 12
"""Rows that are shown at a time, whatever the size of the bank: they are made once."""

GRID = "display:grid;grid-template-columns:8em 9em 10em minmax(0,1fr) 12em;column-gap:1em"
_CUT = "overflow:hidden;white-space:nowrap;text-overflow:ellipsis"


class QuestionTable:
    """The table and its filters.

    Parameters
    ----------
    opened : callable
        Called with the entry that was pressed.
    """

    def __init__(self, bank: EditedBank, opened: Callable[[Entry], None]) -> None:
        self.bank = bank
        self.found: list[Entry] = []
        self.open_entry: Entry | None = None
        self._opened = opened
        self._page = 0
        self._filters = _filters(bank)
        self._words = widgets.Text(description=text("filter.words"), continuous_update=False)
        self._only_problems = _check("filter.problems")
        self._only_changed = _check("filter.changed")
        for one in (*self._filters.values(), self._words, self._only_problems, self._only_changed):
            one.observe(self._narrowed, names="value")
        self._rows = [_Row(self._press) for _ in range(ROWS)]
        self._count = widgets.HTML()
        self._previous = button("table.previous", lambda: self._turn(-1))
        self._next = button("table.next", lambda: self._turn(1))
        self.box = widgets.VBox(
            [
                widgets.HBox([*self._filters.values(), self._words], layout=_wrap()),
                widgets.HBox([self._only_problems, self._only_changed], layout=_wrap()),
                widgets.HTML(_head()),
                *(row.box for row in self._rows),
                widgets.HBox([self._previous, self._next, self._count]),
            ]
        )
        self.refresh()

    def refresh(self) -> None:
        """Show the bank as it is now, on the same page."""
        filters = {key: one.value or None for key, one in self._filters.items()}
        self.found = self.bank.rows(
            **filters,
            words=self._words.value,
            only_problems=self._only_problems.value,
            only_changed=self._only_changed.value,
        )
        self._page = max(0, min(self._page, (len(self.found) - 1) // ROWS))
        first = self._page * ROWS
        shown = self.found[first : first + ROWS]
        for place, row in enumerate(self._rows):
            row.show(self.bank, shown[place] if place < len(shown) else None, self.open_entry)
        n = len(self.found)
        key = "table.shown" if n else "table.none"
        words = text(key, dau=first + 1, cuoi=first + len(shown), n=n) if n else text(key)
        self._count.value = f'<span role="status">{escaped(words)}</span>'
        self._previous.disabled = not self._page
        self._next.disabled = first + ROWS >= n

    def go_to(self, entry: Entry) -> None:
        """Mark a question as open and turn to its page where the filters show it."""
        self.open_entry = entry
        if entry in self.found:
            self._page = self.found.index(entry) // ROWS
        self.refresh()

    def replace_bank(self, bank: EditedBank) -> None:
        """Show another bank."""
        self.bank = bank
        self.open_entry = None
        topics = _filters(bank)["topic"].options
        if self._filters["topic"].options != topics:
            self._filters["topic"].options = topics
        self.refresh()

    def _narrowed(self, _change: Any) -> None:
        self._page = 0
        self.refresh()

    def _turn(self, by: int) -> None:
        self._page += by
        self.refresh()

    def _press(self, entry: Entry) -> None:
        self._opened(entry)


class _Row:
    """One line: a button with the question's id, and its cells."""

    def __init__(self, pressed: Callable[[Entry], None]) -> None:
        self._entry: Entry | None = None
        self._button = widgets.Button(layout=widgets.Layout(width="11em", flex="0 0 auto"))
        self._button.on_click(lambda _: self._entry and pressed(self._entry))
        self._cells = widgets.HTML(layout=widgets.Layout(flex="1 1 auto", min_width="0"))
        self.box = widgets.HBox([self._button, self._cells])

    def show(self, bank: EditedBank, entry: Entry | None, open_: Entry | None) -> None:
        self._entry = entry
        self.box.layout.display = None if entry else "none"
        if entry is None:
            return
        self._button.description = entry.id or "?"
        self._button.button_style = "primary" if entry is open_ else ""
        self._cells.value = _cells(bank, entry)


def _cells(bank: EditedBank, entry: Entry) -> str:
    level, type_ = entry.data.get("level"), entry.data.get("type")
    cells = (
        text(f"level.{level}") if level in ("recall", "understand", "apply") else "",
        text(f"type.{type_}") if type_ in OWN else "",
        text(f"status.{bank.status(entry)}"),
        entry.data.get("stem", ""),
        row_notes(entry),
    )
    return _grid(cells)


def _grid(cells: tuple[object, ...], tag: str = "span") -> str:
    inner = "".join(f'<{tag} style="{_CUT}">{escaped(cell)}</{tag}>' for cell in cells)
    return f'<div style="{GRID}">{inner}</div>'


def _head() -> str:
    names = ("filter.level", "filter.type", "filter.status", "table.stem", "table.notes")
    grid = _grid(tuple(text(name) for name in names), "b")
    first = f'<b style="width:11.6em;flex:none">{escaped(text("table.id"))}</b>'
    return f'<div style="display:flex">{first}<div style="flex:1;min-width:0">{grid}</div></div>'


def _filters(bank: EditedBank) -> dict[str, widgets.Dropdown]:
    every = [(text("all"), "")]
    levels = [(text(f"level.{one}"), one) for one in ("recall", "understand", "apply")]
    states = [(text(f"status.{one}"), one) for one in ("draft", "reviewed", "approved")]
    choices = {
        "topic": [(topic.title, topic.id) for topic in bank.topics],
        "level": levels,
        "type_": [(text(f"type.{one}"), one) for one in OWN],
        "status": states,
    }
    return {
        key: widgets.Dropdown(
            options=[*every, *found], description=text(f"filter.{key.rstrip('_')}")
        )
        for key, found in choices.items()
    }


def _check(key: str) -> widgets.Checkbox:
    return widgets.Checkbox(description=text(key), indent=False)


def _wrap() -> widgets.Layout:
    return widgets.Layout(flex_flow="row wrap")
