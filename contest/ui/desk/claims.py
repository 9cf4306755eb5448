"""The part of the desk where what contestants ask is read and answered, and codes are replaced."""

from __future__ import annotations

import ipywidgets as widgets

from contest.claims import OUTCOMES
from contest.claims.messages import PAGE_TEXTS
from contest.claims.messages import text as claims_text
from contest.commands.claims import Told
from contest.commands.numbers import Live
from contest.ids import shown as grouped
from contest.roles import Act
from contest.store.claims_protocol import Claim
from contest.ui.desk import shown
from contest.ui.desk.messages import text
from contest.ui.desk.parts import Desk, button, column, offer, row
from contest.ui.desk.room import State
from contest.ui.desk.ruling_fields import kind_words
from contest.ui.desk.words import moment


class Claims:
    """One claim at a time: what it says, whom it is about, and the answer to it."""

    act: Act = "claims"
    anchor = "phan-anh"
    title = "nav.claims"

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._told: Told | None = None
        self._filling = False
        self.every = widgets.Checkbox(description=text("claims.every"), indent=False)
        self.every.observe(lambda _: desk.run(self._list()), names="value")
        self.choice = widgets.Dropdown(description=text("claims.choice"))
        self.choice.observe(self._chosen, names="value")
        self._lines, self._code = widgets.HTML(), widgets.HTML()
        self.sure = widgets.Checkbox(description=text("claims.sure"), indent=False)
        self.code = button("claims.new_code", lambda: desk.run(self._new_code()))
        self._codes = column(row(self.sure, self.code), self._code, kind="desk-form")
        none = (text("claims.outcome.none"), "")
        options = [none, *((PAGE_TEXTS[f"claim.outcome.{one}"], one) for one in OUTCOMES)]
        self.outcome = widgets.Dropdown(options=options, description=text("claims.outcome"))
        self.words = widgets.Textarea(description=text("claims.words"), continuous_update=False)
        self.answer = button("claims.answer", lambda: desk.run(self._answer()), main=True)
        self.shut = button("claims.shut", lambda: desk.run(self._shut()))
        self._form = column(
            self._codes, self.outcome, self.words, row(self.answer, self.shut), kind="desk-form"
        )
        title = widgets.HTML(shown.heading("claims.title", self.anchor))
        self.box = column(title, self.every, self.choice, self._lines, self._form)
        self._forget()

    async def show(self, _state: State, _live: Live | None) -> None:
        """Show which claims there are; the one that is being answered stays."""
        await self._list()

    async def _list(self) -> None:
        found = await self._desk.room.claims(every=self.every.value)
        kept = self.choice.value
        none = text("claims.none" if not found else "claims.pick", n=len(found))
        self._filling = True  # new options choose the first one for a moment
        try:
            offer(self.choice, (none, ""), [(_row(one), one.claim_id) for one in found])
        finally:
            self._filling = False
        if self.choice.value != kept:
            self._forget()

    def _chosen(self, _change: object) -> None:
        if not self._filling:
            self._desk.run(self._read())

    async def _read(self) -> None:
        """Show the chosen claim."""
        self._forget()
        if self.choice.value:
            told = await self._desk.room.claim(self.choice.value)
            if told.claim.claim_id == self.choice.value:  # or another was chosen meanwhile
                self._offer(told)

    def _offer(self, told: Told) -> None:
        self._told = told
        lines = list(told.lines)
        if told.question_id is not None:
            kind = kind_words("void")
            lines.append(text("claims.void", kind=kind, id=told.question_id))
        self._lines.value = f"<pre>{shown.escaped(chr(10).join(lines))}</pre>"
        self._codes.layout.display = None if told.wanted else "none"
        self._form.layout.display = None if told.claim.status != "closed" else "none"

    def _forget(self) -> None:
        """Nothing of a claim stays where another is read."""
        self._told = None
        self._lines.value = self._code.value = self.words.value = self.outcome.value = ""
        self.sure.value = False
        self._form.layout.display = "none"

    # --- what is done

    async def _answer(self) -> None:
        told = self._told
        if told is None:
            return
        id_, outcome = told.claim.claim_id, self.outcome.value
        if not outcome:
            self._desk.say(text("claims.outcome.first"), "bad")
            return
        await self._desk.room.answer_claim(id_, outcome, self.words.value)
        self._forget()
        await self._desk.refresh()
        words = PAGE_TEXTS[f"claim.outcome.{outcome}"]
        self._desk.say(claims_text("claims.answered", id=id_, outcome=words), "ok")

    async def _shut(self) -> None:
        told = self._told
        if told is None:
            return
        done = await self._desk.room.shut_claim(told.claim.claim_id)
        self._forget()
        await self._desk.refresh()
        self._desk.say(done, "ok")

    async def _new_code(self) -> None:
        told = self._told
        if told is None or told.wanted is None:
            return
        if not self.sure.value:
            self._desk.say(text("claims.sure_first"), "bad")
            return
        self.sure.value = False  # a second press gives no second code
        code = await self._desk.room.new_code(told.wanted)
        given, read = text("claims.code.given"), text("claims.code.read")
        self._code.value = shown.secret(given, grouped(code), read)
        self._desk.say(text("claims.code.made"), "ok")


def _row(claim: Claim) -> str:
    """Return a claim as the list has it: nothing in it is personal."""
    kind = PAGE_TEXTS[f"claim.kind.{claim.kind}"]
    status = claims_text(f"claims.status.{claim.status}")
    return text("claims.row", at=moment(claim.at), kind=kind, status=status)
