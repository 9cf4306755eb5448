"""`timhieu rehearse`: the real pages before the opening, in a folder that is wiped afterwards."""

from __future__ import annotations

import asyncio
import ipaddress
import re
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from contest.clock import SystemClock, local
from contest.commands.organise import Refused
from contest.commands.serve import CannotServe, addresses, bind
from contest.directory import KIT_PREFIX, RULES_FILE, Contest, ContestDirectory
from contest.rehearsal.folder import RehearsalFolder, is_rehearsal
from contest.rehearsal.messages import text
from contest.rehearsal.model import LEAD_MS, MINUTE, rehearsed, stand_in, time_left
from contest.rounds import Rounds
from contest.rules import Round, Rules
from contest.settings import BadSetting, read_server_settings
from contest.store.commands import REHEARSAL, Pin
from contest.store.sqlite import SqliteStore
from questions.load import BANKS, load_bank
from questions.model import Bank
from questions.problems import ProblemsFound

Sockets = list[socket.socket]

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH = 6
ENTRY_CODE = re.compile("[0-9A-Za-z]{4,32}")


@dataclass(frozen=True)
class Wish:
    """How a rehearsal is to be held.

    Attributes
    ----------
    minutes : int
        How long its round is open.
    round_id : str or None
        Which round; None: the first.
    code : str or None
        The code of entry where others may come in; None: made up.
    real : bool
        Whether it draws from the real bank.
    keep : bool
        Whether it is left where it is at the end.
    """

    minutes: int
    round_id: str | None
    host: str
    port: int
    code: str | None
    real: bool
    keep: bool


def wipe_rehearsal(directory: Path) -> str:
    """Delete a rehearsal and say so."""
    return text(
        "rehearse.wiped" if RehearsalFolder(_contest(directory)).wipe() else "rehearse.nothing"
    )


def rehearse(directory: Path, wish: Wish, say: Callable[[str], object]) -> None:
    """Hold a rehearsal until the process is told to stop, or a real round is near; then wipe it.

    Raises
    ------
    Refused
        Where a real round is too near, or there is no such contest or round.
    CannotServe
        Where the port is taken or a setting can't be read.
    ProblemsFound
        Where the contest's files are wrong.
    """
    real = _contest(directory)
    if wish.code is not None and not ENTRY_CODE.fullmatch(wish.code):
        raise Refused(text("rehearse.bad_code"))
    try:
        read_server_settings()
    except BadSetting as error:
        raise CannotServe(", ".join(str(error).splitlines())) from None
    sockets = bind(wish.host, wish.port)
    try:
        _hold(real, wish, sockets, say)
    finally:
        for one in sockets:
            one.close()


def _hold(
    real: ContestDirectory, wish: Wish, sockets: Sockets, say: Callable[[str], object]
) -> None:
    contest = real.load()
    now = SystemClock().now()
    left = _time_left(real, now, wish.minutes)
    code = None if _is_here(wish.host) else (wish.code or _new_code())
    folder = RehearsalFolder(real)
    made = _make(folder, contest, wish, now, code)
    mark = folder.mark() or ""
    try:
        asyncio.run(_begin(made))
        for line in _lines(real, made, wish, sockets, now, code):
            say(line)
        _serve(made, sockets, _Watch(folder, mark, None if left is None else now + left))
    finally:
        if not wish.keep:
            folder.wipe(mark)
    kept = folder.mark() == mark
    say(text("rehearse.kept", path=folder.path) if kept else text("rehearse.ended"))


@dataclass(frozen=True)
class _Watch:
    """Tells whether a rehearsal may go on: it is there still, and no real round is near.

    `until` is when one is, ms UTC; None: there is none. A server of the contest that knows better
    wipes the folder.
    """

    folder: RehearsalFolder
    mark: str
    until: int | None

    def __call__(self, now: int) -> bool:
        if self.until is not None and now >= self.until:
            self.folder.wipe(self.mark)
        return self.folder.mark() == self.mark


def _serve(made: ContestDirectory, sockets: Sockets, goes_on: _Watch) -> None:
    from contest.serving.rehearsing import RehearsalServer

    server = type("Server", (RehearsalServer,), {"goes_on": goes_on})
    server.serve(made, sockets)


async def _begin(made: ContestDirectory) -> None:
    """Mark the database before anything is in it."""
    store = SqliteStore(made.database)
    try:
        await store.write(Pin(REHEARSAL, "1"))
    finally:
        await store.close()


def _make(
    folder: RehearsalFolder, contest: Contest, wish: Wish, now: int, code: str | None
) -> ContestDirectory:
    rules = contest.rules
    known = [one.id for one in rules.rounds]
    round_id = wish.round_id or known[0]
    if round_id not in known:
        raise Refused(text("rehearse.no_round", round=round_id, known=", ".join(known)))
    private = not rules.bank.startswith(KIT_PREFIX)
    public = private and not wish.real
    changed = rehearsed(rules, round_id, now, wish.minutes, code=code, public=public)
    bank = _stand_in(contest, now) if public else None
    beside = changed.practice.bank_beside(changed.bank)
    needed = {changed.bank, *([beside] if beside else [])} if not public else set()
    banks = tuple(sorted(one for one in needed if not one.startswith(KIT_PREFIX)))
    made = folder.make(changed, bank, banks=banks)
    found = made.read().errors
    if found:
        folder.wipe()
        raise Refused(text("rehearse.too_few")) if public else ProblemsFound(found)
    return made


def _stand_in(contest: Contest, now: int) -> Bank:
    """Return public questions in the place of the contest's own."""
    papers = (contest.rules.paper, *contest.rules.papers)
    banks = [load_bank(one) for one in sorted(BANKS.iterdir()) if (one / "bank.yml").is_file()]
    public = max(banks, key=lambda bank: len(bank.questions))
    return stand_in(contest.bank, public, papers, text("rehearse.stand_in_by"), now)


def _contest(directory: Path) -> ContestDirectory:
    if not (directory / RULES_FILE).is_file():
        raise Refused(text("rehearse.no_contest", directory=directory))
    contest = ContestDirectory(directory)
    if is_rehearsal(contest):
        raise Refused(text("rehearse.of_rehearsal", directory=directory))
    return contest


async def _rounds(real: ContestDirectory) -> list[Round]:
    """Return the real rounds, as rulings have them where the contest has begun."""
    if not real.database.exists():
        return list(real.rules().rounds)
    store = SqliteStore(real.database)
    try:
        rounds = Rounds(real, store)
        await rounds.contest()
        return await rounds.all(SystemClock().now())
    finally:
        await store.close()


def _time_left(real: ContestDirectory, now: int, minutes: int) -> int | None:
    """Return how long (ms) until a real round is near; Refused where that is too soon."""
    left = time_left(asyncio.run(_rounds(real)), now)
    lead = LEAD_MS // MINUTE
    if left is None or left >= minutes * MINUTE:
        return left
    if left < MINUTE:
        raise Refused(text("rehearse.open", lead=lead))
    raise Refused(text("rehearse.too_long", most=left // MINUTE, lead=lead))


def _is_here(host: str) -> bool:
    """Return whether only this machine can reach a host's address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def _lines(
    real: ContestDirectory,
    made: ContestDirectory,
    wish: Wish,
    sockets: Sockets,
    now: int,
    code: str | None,
) -> list[str]:
    rules: Rules = made.rules()
    open_ = next(one for one in rules.rounds if one.window_at(now) is not None)
    until = f"{local(open_.closes_at):%H:%M %d/%m/%Y}"
    kind = "kit" if rules.bank.startswith(KIT_PREFIX) else "real" if wish.real else "public"
    lines = [
        text("rehearse.at", round=open_.title, directory=real.path, until=until),
        text(f"rehearse.questions.{kind}"),
    ]
    if code is not None:
        lines.append(text("rehearse.entry", code=code))
    lines += addresses(made.path, wish.host, sockets[0].getsockname()[1])[1:]
    lines.append(text("rehearse.grade", path=made.path))
    end = "rehearse.how_to_end.keep" if wish.keep else "rehearse.how_to_end"
    return [*lines, text(end, directory=real.path)]
