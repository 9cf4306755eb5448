"""Who sits at the desk: logs in and out, and is asked for anew at every act."""

from __future__ import annotations

import asyncio

from contest.clock import Clock
from contest.organisers import NotAllowed, Organiser, Organisers, log_in
from contest.roles import PERMISSIONS, ROLES, Act, Role, may
from contest.store.commands import Action, RecordAction
from contest.store.protocol import Store

OUT = "logout"
"""Kind of action: somebody left the desk."""

IDLE_MS = 30 * 60_000
"""After so long without anything done by hand, the next act asks for the password again."""


class LoggedOut(RuntimeError):
    """Nobody is logged in, or not any more."""


class Forbidden(RuntimeError):
    """The role may not do this; `roles` may."""

    def __init__(self, act: Act) -> None:
        super().__init__(act)
        self.act = act
        self.roles: tuple[Role, ...] = roles_for(act)


def roles_for(act: Act) -> tuple[Role, ...]:
    """Return the roles that may do something."""
    return tuple(role for role in ROLES if act in PERMISSIONS[role])


class Session:
    """One person's visit at the desk.

    Role and password are read from the organisers' file at every act: who was taken out, or given
    another password, is out at once.
    """

    def __init__(self, organisers: Organisers, store: Store, clock: Clock) -> None:
        self._organisers = organisers
        self._store = store
        self._clock = clock
        self._who: Organiser | None = None
        self._seen = 0

    @property
    def who(self) -> Organiser | None:
        """Who is logged in, as of the last act."""
        return self._who

    async def log_in(self, name: str, password: str) -> Organiser:
        """Let somebody in; NotAllowed where name or password are wrong, or were too often."""
        now = self._clock.now()
        self._who = None
        self._who = await log_in(self._organisers, self._store, name, password, now)
        self._seen = now
        return self._who

    async def log_out(self) -> None:
        """Let them go, and write it down."""
        who, self._who = self._who, None
        if who is not None:
            action = Action(self._clock.now(), who.name, OUT, who.name, {"role": who.role})
            await self._store.write(RecordAction(action))

    def keep(self, known: Organiser) -> None:
        """Stay logged in with a password that was just replaced."""
        if self._who is not None and self._who.name == known.name:
            self._who = known

    async def require(self, act: Act, *, by_hand: bool = True) -> Organiser:
        """Return who does something, if they may.

        Parameters
        ----------
        by_hand : bool
            False: the page asks by itself, which doesn't count as somebody being there.

        Raises
        ------
        LoggedOut
            Where nobody is logged in, they were taken out, or have been away for too long.
        Forbidden
            Where their role may not.
        """
        now = self._clock.now()
        known = await self._current()
        if known is None or now - self._seen > IDLE_MS:
            self._who = None
            raise LoggedOut
        self._who = known
        if by_hand:
            self._seen = now
        if not may(known.role, act):
            raise Forbidden(act)
        return known

    async def _current(self) -> Organiser | None:
        """Return the person as the file has them now, if it is still who logged in."""
        if self._who is None:
            return None
        try:
            found = await asyncio.to_thread(self._organisers.find, self._who.name)
        except NotAllowed:
            return None
        return found if found is not None and found.hash == self._who.hash else None
