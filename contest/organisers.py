"""The organisers of a contest: who they are, what they may do, and how they log in.

They lie in a file among the secrets, mode 0600, never in the database: the chain of actions goes
to whoever checks a result, and no hash of a password may. Backups hold it as they hold the
secrets. Attempts to log in are rows of that
chain, so that their limit holds over several processes and restarts.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import unicodedata
from dataclasses import asdict, dataclass
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from contest.roles import ROLES, Role
from contest.store.commands import Action, RecordAction
from contest.store.protocol import Store

FILE = "to_chuc.json"
SHORTEST = 10
"""Letters of a password, at least."""
LONGEST = 200

TRIES = 5
"""Attempts to log in under one name that are looked at within `WITHIN_MS`."""
WITHIN_MS = 15 * 60_000

TRY, IN, PEOPLE = "login_try", "login", "people"
"""Kinds of actions: an attempt to log in, a successful one, a change of the organisers."""


class NotAllowed(RuntimeError):
    """The change or the log-in is refused. `code` names the sentence that says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Organiser:
    """A person of the organisers; `hash` is the argon2 hash of the password."""

    name: str
    role: Role
    hash: str


class Organisers:
    """The file of organisers of a contest.

    Parameters
    ----------
    folder : Path
        The contest's folder of secrets.
    hasher : PasswordHasher or None
        How passwords are hashed; None: as argon2-cffi recommends.
    """

    def __init__(self, folder: Path, hasher: PasswordHasher | None = None) -> None:
        self._path = folder / FILE
        self._hasher = hasher or PasswordHasher()

    def all(self) -> list[Organiser]:
        """Return the organisers by name; NotAllowed where the file can't be read."""
        try:
            raw = self._path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return []
        try:
            found = [Organiser(**one) for one in json.loads(raw)["people"]]
        except (ValueError, KeyError, TypeError):
            raise NotAllowed("broken_file", file=self._path) from None
        if any(one.role not in ROLES for one in found):
            raise NotAllowed("broken_file", file=self._path)
        return found

    def find(self, name: str) -> Organiser | None:
        """Return the organiser of this name, however it is typed, or None."""
        wanted = _same(name)
        return next((one for one in self.all() if _same(one.name) == wanted), None)

    def add(self, name: str, role: Role, password: str) -> Organiser:
        """Add a person; NotAllowed for a name that is taken, no such role, a short password."""
        if role not in ROLES:
            raise NotAllowed("no_role")
        shown = " ".join(unicodedata.normalize("NFC", name).split())
        if not shown:
            raise NotAllowed("no_name")
        if self.find(shown):
            raise NotAllowed("name_used", name=shown)
        new = Organiser(shown, role, self._hash(password))
        self._write([*self.all(), new])
        return new

    def remove(self, name: str) -> Organiser:
        """Take a person out; what they did stays in the chain."""
        old = self._known(name)
        self._write([one for one in self.all() if one != old])
        return old

    def set_password(self, name: str, password: str) -> Organiser:
        """Give a person another password."""
        old = self._known(name)
        new = Organiser(old.name, old.role, self._hash(password))
        self._write([new if one == old else one for one in self.all()])
        return new

    def is_right(self, organiser: Organiser | None, password: str) -> bool:
        """Return whether it is the person's password; takes as long for nobody."""
        known = organiser.hash if organiser else self._hasher.hash(secrets.token_hex(8))
        try:
            return self._hasher.verify(known, password[: LONGEST + 1]) and organiser is not None
        except (VerifyMismatchError, InvalidHashError):
            return False

    def _known(self, name: str) -> Organiser:
        found = self.find(name)
        if found is None:
            raise NotAllowed("unknown_name", name=name)
        return found

    def _hash(self, password: str) -> str:
        if not SHORTEST <= len(password) <= LONGEST:
            raise NotAllowed("password_length", least=SHORTEST, most=LONGEST)
        return self._hasher.hash(password)

    def _write(self, people: list[Organiser]) -> None:
        rows = [asdict(one) for one in sorted(people, key=lambda one: _same(one.name))]
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = self._path.with_name(f".{FILE}-{os.getpid()}-{secrets.token_hex(4)}")
        handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"people": rows}, file, ensure_ascii=False, indent=2)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)


async def log_in(
    organisers: Organisers, store: Store, name: str, password: str, now: int
) -> Organiser:
    """Return the organiser whose name and password these are.

    Parameters
    ----------
    now : int
        Milliseconds UTC.

    Raises
    ------
    NotAllowed
        `login_wrong`, the same for a wrong name and a wrong password; `login_limited` after too
        many wrong ones; `nobody` where no organiser is written down yet.
    """
    if not await asyncio.to_thread(organisers.all):
        raise NotAllowed("nobody")
    found = await asyncio.to_thread(organisers.find, name)
    subject = found.name if found else "-"
    if await _tries(store, subject, now) >= TRIES:
        raise NotAllowed("login_limited", minutes=WITHIN_MS // 60_000)
    # Written down before it is looked at: many at once don't get more of them.
    await store.write(RecordAction(Action(now, subject, TRY, subject)))
    if await _tries(store, subject, now) > TRIES:
        raise NotAllowed("login_limited", minutes=WITHIN_MS // 60_000)
    if not await asyncio.to_thread(organisers.is_right, found, password) or found is None:
        raise NotAllowed("login_wrong")
    await store.write(RecordAction(Action(now, subject, IN, subject, {"role": found.role})))
    return found


async def _tries(store: Store, subject: str, now: int) -> int:
    """Return how many attempts there were lately since the last successful one."""
    last = max([one.at for one in await store.actions(IN) if one.subject == subject], default=0)
    tries = [one for one in await store.actions(TRY) if one.subject == subject]
    return sum(one.at > max(last, now - WITHIN_MS) for one in tries)


def _same(name: str) -> str:
    """Return a name in the form in which two are compared."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
