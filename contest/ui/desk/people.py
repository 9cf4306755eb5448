"""The parts of the desk where a head says who the organisers are, and anybody renews a password.

Passwords are drawn, not typed: no field of the page ever holds one that somebody chose.
"""

from __future__ import annotations

import ipywidgets as widgets

from contest.commands.numbers import Live
from contest.organisers import Organiser
from contest.roles import ROLES, Act
from contest.ui.desk import shown
from contest.ui.desk.messages import text
from contest.ui.desk.parts import Desk, button, column, offer, row
from contest.ui.desk.room import State
from contest.ui.desk.words import role_word


class People:
    """Who may log in: the list, somebody new, and a password or a farewell for somebody known."""

    act: Act = "people"
    anchor = "nguoi"
    title = "nav.people"

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._table, self._given = widgets.HTML(), widgets.HTML()
        self.name = widgets.Text(description=text("people.name"), continuous_update=False)
        roles = [(text("people.role.none"), ""), *((role_word(one), one) for one in ROLES)]
        self.role = widgets.Dropdown(options=roles, description=text("people.role"))
        self.add = button("people.add", lambda: desk.run(self._add()), main=True)
        self.choice = widgets.Dropdown(description=text("people.choice"))
        self.choice.observe(self._chosen, names="value")
        self.sure = widgets.Checkbox(description=text("people.sure"), indent=False)
        self.password = button("people.password", lambda: desk.run(self._renew()))
        self.remove = button("people.remove", lambda: desk.run(self._remove()))
        self.box = column(
            widgets.HTML(shown.heading("people.title", self.anchor)),
            self._table,
            self._given,
            column(self.name, self.role, row(self.add), kind="desk-form"),
            column(
                self.choice, self.sure, row(self.password, self.remove), kind="desk-form"
            ),
        )  # fmt: skip

    async def show(self, _state: State, _live: Live | None) -> None:
        """Show who there is; what is being filled in stays."""
        await self._list()

    async def _list(self) -> None:
        found = await self._desk.room.people()
        self._table.value = _table(found)
        who = self._desk.room.session.who
        others = [one.name for one in found if who is None or one.name != who.name]
        offer(self.choice, (text("people.choice.none"), ""), [(name, name) for name in others])

    def _chosen(self, _change: object) -> None:
        """A consent is for one person only."""
        self.sure.value = False

    async def _add(self) -> None:
        self._given.value = ""
        name, role = self.name.value, self.role.value
        if not (name.strip() and role):
            self._desk.say(text("people.role.first"), "bad")
            return
        password = await self._desk.room.add_person(name, role)
        self.name.value = self.role.value = ""
        await self._tell(name, password)

    async def _renew(self) -> None:
        name = self._agreed()
        if name:
            await self._tell(name, await self._desk.room.new_password(name))

    async def _remove(self) -> None:
        name = self._agreed()
        if name:
            await self._desk.room.remove_person(name)
            await self._list()
            self._desk.say(text("people.removed", name=name), "ok")

    def _agreed(self) -> str:
        """Return whom a press is for, once; "" and a sentence where that isn't said yet."""
        self._given.value = ""
        name: str = self.choice.value or ""
        if not (name and self.sure.value):
            self._desk.say(text("people.choice.first"), "bad")
            return ""
        self.choice.value = ""
        return name

    async def _tell(self, name: str, password: str) -> None:
        await self._list()
        self._given.value = given(name, password, text("people.tell"))
        self._desk.say(text("people.made", name=name), "ok")


class OwnPassword:
    """A new password for whoever is logged in: the old one may be known to who gave it."""

    act: Act = "own_password"
    anchor = "mat-khau"
    title = "nav.own"

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._given = widgets.HTML()
        self.sure = widgets.Checkbox(description=text("own.sure"), indent=False)
        self.give = button("own.give", lambda: desk.run(self._give()))
        title = widgets.HTML(shown.heading("own.title", self.anchor))
        about = widgets.HTML(shown.paragraph(text("own.about")))
        self.box = column(title, about, row(self.sure, self.give), self._given)

    async def show(self, _state: State, _live: Live | None) -> None:
        """Leave everything as it is."""

    async def _give(self) -> None:
        self._given.value = ""
        who = self._desk.room.session.who
        if not self.sure.value or who is None:
            self._desk.say(text("own.sure_first"), "bad")
            return
        self.sure.value = False
        self._given.value = given(who.name, await self._desk.room.own_password(), text("own.keep"))
        self._desk.say(text("own.made"), "ok")


def given(name: str, password: str, more: str) -> str:
    """Return the notice that tells a password."""
    return shown.secret(text("people.given", name=name), password, more)


def _table(found: list[Organiser]) -> str:
    head = [text("people.column.name"), text("people.column.role")]
    rows = [[one.name, role_word(one.role)] for one in found]
    return shown.table(text("people.caption"), head, rows)
