"""The part of the desk where rulings are tried and written; its form is made from their kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from contest.commands.numbers import Live
from contest.roles import Act
from contest.rulings.messages import text as rulings_text
from contest.rulings.service import KINDS
from contest.ui.desk import shown
from contest.ui.desk.messages import text
from contest.ui.desk.parts import Desk, allowed, button, column, row
from contest.ui.desk.room import State
from contest.ui.desk.ruling_fields import (
    Field,
    Missing,
    Uploaded,
    act_of,
    fields_of,
    kind_words,
    read_fields,
)
from contest.ui.desk.trial import Changed, Trial

if TYPE_CHECKING:
    from contest.rulings.preview import Preview

FIRST = "extend"
"""What is offered first: it can't wait."""

ORDER = (FIRST, *(kind for kind in KINDS if kind != FIRST))


class Rulings:
    """A form for every kind of ruling, with a trial before anything is written."""

    act: Act = "see_results"
    anchor = "quyet-dinh"
    title = "nav.rulings"

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.trial: Trial | None = None
        self._rounds: list[tuple[str, str]] = []
        self.fields: dict[str, Any] = {}
        self.kind = widgets.Dropdown(
            options=[(kind_words(kind), kind) for kind in ORDER], description=text("ruling.kind")
        )
        self.kind.observe(lambda _: self._build(), names="value")
        self._hint = widgets.HTML()
        self._form = column(kind="desk-form")
        self.reason = widgets.Textarea(description=text("ruling.reason"), continuous_update=False)
        self.document = widgets.Text(description=text("ruling.document"), continuous_update=False)
        self.try_ = button("ruling.try", lambda: desk.run(self._try()), main=True)
        self.apply = button("ruling.apply", lambda: desk.run(self._apply()))
        self._found, self._list, self._why = widgets.HTML(), widgets.HTML(), widgets.HTML()
        for one in (self.reason, self.document):
            one.observe(lambda _: self._forget(), names="value")
        title = widgets.HTML(shown.heading("ruling.title", self.anchor))
        self._inputs = column(
            self.kind, self._hint, self._form, self.reason, self.document,
            row(self.try_), self._found, row(self.apply), kind="desk-form",
        )  # fmt: skip
        self.box = column(title, self._why, self._inputs, self._list)
        self._build()

    async def show(self, state: State, _live: Live | None) -> None:
        """Show the rulings so far; what is being typed stays."""
        told = await self._desk.room.rulings()
        rounds = [(view.title, view.id) for view in state.rounds]
        if rounds != self._rounds:
            self._rounds = rounds
            self._build()
        why = allowed(self._desk, "rule")
        self._inputs.layout.display = "none" if why else None
        self._why.value = shown.paragraph(why)
        items = "".join(f"<li><pre>{shown.escaped(one)}</pre></li>" for one in told)
        known = shown.details(text("ruling.list", n=len(told)), f"<ul>{items}</ul>", "quyet-dinh")
        self._list.value = known if told else shown.paragraph(rulings_text("list.none"))

    # --- the form

    def _build(self) -> None:
        """Show the fields of the chosen kind."""
        self._forget()
        for one in self.fields.values():
            one.close()
        kind = self.kind.value
        self.fields = {field.name: self._field(field) for field in fields_of(kind)}
        self._form.children = tuple(self.fields.values())
        for one in self.fields.values():
            one.observe(lambda _: self._forget(), names="value")
        self._hint.value = shown.paragraph(text(f"hint.{kind}"))

    def _field(self, field: Field) -> Any:
        label = text(f"field.{field.name}")
        if not field.required:
            label = text("ruling.optional", name=label)
        if field.shape == "round":
            nothing = [] if field.required else [(text("ruling.no_round"), "")]
            made = widgets.Dropdown(options=[*nothing, *self._rounds], description=label)
            if field.required and self._desk.round_id in [id_ for _, id_ in self._rounds]:
                made.value = self._desk.round_id
            return made
        if field.shape == "how":
            options = [(text(f"how.{one}"), one) for one in ("full", "out")]
            return widgets.Dropdown(options=options, description=label)
        if field.shape == "file":
            return widgets.FileUpload(accept=".yml,.yaml", description=label)
        kind = widgets.Textarea if field.shape == "lines" else widgets.Text
        return kind(description=label, continuous_update=False)

    def _typed(self) -> dict[str, Any]:
        return {name: _value(one) for name, one in self.fields.items()}

    def _forget(self) -> None:
        """Nothing can be written that wasn't tried as it stands now."""
        self.trial = None
        self._found.value = ""
        self.apply.disabled = True
        self.apply.layout.display = "none"

    # --- trying and writing

    async def _try(self) -> None:
        self._forget()
        kind, reason = self.kind.value, self.reason.value.strip()
        try:
            what = read_fields(kind, self._typed())
            missing = [] if reason else ["reason"]
        except Missing as error:
            missing = [*error.names, *([] if reason else ["reason"])]
        if missing:
            names = ", ".join(text("quoted", name=text(f"field.{one}")) for one in missing)
            self._desk.say(text("ruling.missing", names=names), "bad")
            return
        self._desk.say(text("ruling.trying"))
        document = self.document.value.strip() or None
        trial = await self._desk.room.try_ruling(kind, reason, document, what)
        self._desk.say(text("ruling.tried"), "ok")
        self._offer(trial)

    def _offer(self, trial: Trial) -> None:
        """Show what was tried, and offer to write it down."""
        self.trial = trial
        self._found.value = trial_html(trial)
        n = trial.people
        self.apply.description = text("ruling.apply") if n is None else text("ruling.apply_n", n=n)
        self.apply.disabled = bool(allowed(self._desk, act_of(trial.kind)))
        self.apply.layout.display = None

    async def _apply(self) -> None:
        trial = self.trial
        if trial is None:
            self._desk.say(text("ruling.try_first"), "bad")
            return
        self.trial = None  # a second press writes nothing twice
        self._desk.say(text("busy"))
        try:
            made = await self._desk.room.rule(trial)
        except Changed as error:
            before, after = trial.people, error.again.people
            self._offer(error.again)
            self._desk.say(text("ruling.changed", a=before, b=after), "wait")
            return
        self._clear()
        await self._desk.refresh()
        self._desk.say(rulings_text("preview.done", n=made.number), "ok")

    def _clear(self) -> None:
        self._build()
        self.reason.value = self.document.value = ""


def trial_html(trial: Trial) -> str:
    """Return what a tried ruling is and would change."""
    ruling = trial.proposal.ruling
    title = rulings_text(
        "preview.title",
        n=ruling.number,
        kind=rulings_text(f"kind.{ruling.kind}"),
        what=trial.proposal.told,
    )
    notes = [text("ruling.dry"), *trial.proposal.notes]
    if trial.preview is None:
        return f"<h3>{shown.escaped(title)}</h3>" + shown.band(
            [*notes, text("ruling.no_result")], "info"
        )
    return f"<h3>{shown.escaped(title)}</h3>" + shown.band(notes, "info") + _changes(trial.preview)


def _changes(found: Preview) -> str:
    """Return who would have another score, rank or prize."""
    from contest.rulings.preview import HEADINGS, SHOWN

    told = [
        rulings_text(f"preview.{key}", why=why)
        for key, why in (("ungraded", found.ungraded), ("still", found.still))
        if why is not None
    ]
    if not found.changes:
        return shown.band(told or [rulings_text("preview.none")], "wait" if told else "info")
    head = [rulings_text(f"column.{name}") for name in HEADINGS]
    counts = {what: found.count(what) for what in ("score", "rank", "prize", "status")}
    caption = rulings_text(
        "preview.counts", people=found.count(), units=found.count(table="units"), **counts
    )
    rows = [one.cells() for one in found.changes[:SHOWN]]
    more = text("ruling.more", n=SHOWN, total=len(found.changes))
    rest = shown.paragraph(more) if len(found.changes) > SHOWN else ""
    return shown.band(told, "wait") + shown.table(caption, head, rows) + rest


def _value(field: Any) -> Any:
    if not isinstance(field, widgets.FileUpload):
        return field.value
    if not field.value:
        return None
    chosen = field.value[0]
    return Uploaded(str(chosen["name"]), bytes(chosen["content"]))
