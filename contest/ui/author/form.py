"""The form of a question: one field for each key of its type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as widgets

from contest.ui.author.fields import Field, Values, fields_of, free_id
from contest.ui.author.messages import TEXTS, text

WIDE = {"width": "calc(100% - 4px)"}
LABEL = {"description_width": "8em"}
_WIDTHS = {"id": "6em", "pair": "8em", "place": "6em", "weight": "7em", "points": "6em",
           "key": "8em"}  # fmt: skip


class QuestionForm:
    """Fields for one type of question, or for a fact or source.

    Parameters
    ----------
    changed : callable
        Called after every edit.
    fields : tuple of Field or None
        None for those of the question type.
    """

    def __init__(
        self, type_: str, changed: Callable[[], None], fields: tuple[Field, ...] | None = None
    ) -> None:
        self.type = type_
        self._changed = changed
        self._loading = False
        self._fields = {one.key: _made(one, self._edited) for one in fields or fields_of(type_)}
        self.box = widgets.VBox([one.box for one in self._fields.values()])

    @property
    def values(self) -> Values:
        """What the fields hold."""
        return {key: one.value for key, one in self._fields.items()}

    def load(self, values: Mapping[str, Any]) -> None:
        """Show other values; that is no edit."""
        self._loading = True
        for key, one in self._fields.items():
            if one.value != values[key]:
                one.load(values[key])
        self._loading = False

    def _edited(self) -> None:
        if not self._loading:
            self._changed()


class _Single:
    """A field with one value."""

    def __init__(self, field: Field, edited: Callable[[], None], *, in_row: bool = False) -> None:
        self.box = _control(field, in_row=in_row)
        self.box.observe(lambda _: edited(), names="value")

    @property
    def value(self) -> Any:
        return self.box.value

    def load(self, value: Any) -> None:
        options = [one for _, one in getattr(self.box, "options", ())]
        if options and value not in options:  # as a file may have it: shown, not lost
            self.box.options = [*self.box.options, (value, value)]
        self.box.value = value


class _Rows:
    """A field with rows that can be added, taken away and moved."""

    def __init__(self, field: Field, edited: Callable[[], None]) -> None:
        self._field = field
        self._edited = edited
        self._rows: list[dict[str, _Single]] = []
        add = widgets.Button(description=text("row.add"), icon="plus")
        add.on_click(lambda _: self._add())
        self._place = widgets.VBox()
        title = widgets.HTML(f"<b>{text(f'field.{field.key}')}</b>")
        self.box = widgets.VBox([title, self._place, add])

    @property
    def value(self) -> list[dict[str, Any]]:
        return [{key: one.value for key, one in row.items()} for row in self._rows]

    def load(self, rows: list[dict[str, Any]]) -> None:
        keep = self._rows[: len(rows)]
        self._rows = keep + [self._row() for _ in rows[len(keep) :]]
        for row, values in zip(self._rows, rows, strict=True):
            for key, one in row.items():
                if one.value != values[key]:
                    one.load(values[key])
        self._lay_out()

    def _row(self) -> dict[str, _Single]:
        return {one.key: _Single(one, self._edited, in_row=True) for one in self._field.columns}

    def _add(self) -> None:
        row = self._row()
        if "id" in row:
            row["id"].box.value = free_id(self.value)
        self._rows.append(row)
        self._lay_out()
        self._edited()

    def _delete(self, row: dict[str, _Single]) -> None:
        self._rows.remove(row)
        self._lay_out()
        self._edited()

    def _up(self, row: dict[str, _Single]) -> None:
        place = self._rows.index(row)
        self._rows.insert(max(0, place - 1), self._rows.pop(place))
        self._lay_out()
        self._edited()

    def _lay_out(self) -> None:
        lines = []
        for row in self._rows:
            up = _small("arrow-up", "row.up", lambda row=row: self._up(row))
            delete = _small("trash", "row.delete", lambda row=row: self._delete(row))
            cells = [one.box for one in row.values()]
            lines.append(widgets.HBox([*cells, up, delete]))
        self._place.children = lines


def _small(icon: str, key: str, pressed: Callable[[], None]) -> widgets.Button:
    button = widgets.Button(
        icon=icon, tooltip=text(key), layout=widgets.Layout(width="2.6em", flex="0 0 auto")
    )
    button.on_click(lambda _: pressed())
    return button


def _made(field: Field, edited: Callable[[], None]) -> _Single | _Rows:
    return _Rows(field, edited) if field.shape == "rows" else _Single(field, edited)


def _control(field: Field, *, in_row: bool) -> Any:
    label = text(f"{'column' if in_row else 'field'}.{field.key}")
    if field.shape == "flag":
        width = "6.5em" if in_row else "auto"
        return widgets.Checkbox(
            description=label, indent=not in_row,
            layout=widgets.Layout(width=width, flex="0 0 auto"),
        )  # fmt: skip
    if field.shape == "choice":
        options = [(_choice_words(field, one), one) for one in field.choices]
        width = "9em" if in_row else WIDE["width"]
        return widgets.Dropdown(
            options=options, description="" if in_row else label, tooltip=label,
            layout=widgets.Layout(width=width), style=LABEL,
        )  # fmt: skip
    if in_row:
        kind = widgets.Textarea if field.shape == "lines" else widgets.Text
        width = _WIDTHS.get(field.key, "100%")
        return kind(
            placeholder=label, tooltip=label, continuous_update=False,
            layout=widgets.Layout(width=width, min_width="4em"),
        )  # fmt: skip
    kind = widgets.Textarea if field.shape == "long" else widgets.Text
    placeholder = text("field.ids") if field.shape == "ids" else ""
    made = kind(
        description=label,
        placeholder=placeholder,
        continuous_update=False,
        layout=widgets.Layout(**WIDE),
        style=LABEL,
    )
    if field.shape == "long":
        made.rows = 3
    return made


def _choice_words(field: Field, value: str) -> str:
    if not value:
        return text("value.none")
    prefix = {"key": "value"}.get(field.key, field.key)
    return TEXTS[f"{prefix}.{value}"]
