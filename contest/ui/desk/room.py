"""What may be done at the desk. Every act asks the session first, whatever the page shows."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from contest.app import band_of
from contest.clock import Clock
from contest.closing.facts import find_facts
from contest.closing.folder import RoundFolder
from contest.closing.steps import BY_NAME, state_of, states
from contest.commands.claims import Told, answer_as, close_as, told_claim
from contest.commands.notice import post_as, told_notice, withdraw_as
from contest.commands.numbers import Known, Live, read_live
from contest.commands.organise import Refused, opened, replace_code_as
from contest.commands.people import change_as
from contest.directory import Contest, ContestDirectory
from contest.ids import RandomIds, first_password
from contest.organisers import Organiser, Organisers
from contest.roles import Role, may
from contest.rules import Round
from contest.rulings.case import Given
from contest.rulings.models import Ruling
from contest.rulings.service import rulings_of
from contest.rulings.told import told_rulings
from contest.service import Service
from contest.store.claims_protocol import Claim
from contest.store.commands import LIVE_KINDS, Action, RecordAction
from contest.store.sqlite import SqliteStore
from contest.ui.desk.log_words import ENTRIES
from contest.ui.desk.matters import Graded, Material, Matter, find_matters
from contest.ui.desk.messages import text
from contest.ui.desk.needs import needs
from contest.ui.desk.phases import RoundView, Steps, view_of
from contest.ui.desk.ruling_fields import act_of
from contest.ui.desk.session import Session
from contest.ui.desk.steps import StepView, step_view
from contest.ui.desk.trial import Trial, apply, standing_of, try_ruling
from questions.problems import Problem, ProblemsFound

T = TypeVar("T")

OPEN = "open_round"
"""Kind of action: somebody opened a round whose time had come."""

LOG_PAGE = 50
"""Actions that are listed at once."""


@dataclass(frozen=True)
class State:
    """The contest as it stands.

    Attributes
    ----------
    band : str or None
        Key of the band that its pages bear.
    problems : list of Problem
        What is wrong with the files as they are now.
    """

    title: str
    band: str | None
    rounds: list[RoundView]
    problems: list[Problem]


class Room:
    """A contest behind the desk's log-in.

    Parameters
    ----------
    path : Path
        The contest directory; its database is made if there is none.
    clock : Clock
    """

    def __init__(self, path: Path, clock: Clock, organisers: Organisers | None = None) -> None:
        self.directory = ContestDirectory(path)
        self.clock = clock
        self._store = SqliteStore(self.directory.database)
        self._service = Service(self.directory, self._store)
        self._people = organisers or Organisers(self.directory.secrets)
        self.session = Session(self._people, self._store, clock)
        self._read: object = None
        self._contest: Contest | None = None
        self._problems: list[Problem] = []
        self._graded: dict[str, Graded] = {}
        self._records: dict[str, Known] = {}
        self._counted: dict[str, tuple[object, Live | None]] = {}

    async def close(self) -> None:
        """Let go of the database."""
        await self._store.close()

    # --- looking

    @needs("see_state")
    async def state(self, _by: Organiser) -> State:
        """Return where every round stands."""
        return await self._state()

    @needs("see_state")
    async def numbers(self, _by: Organiser, round_id: str) -> Live | None:
        """Return a round's figures; None where it hasn't begun."""
        return await self._live(round_id)

    async def refresh(self, round_id: str) -> tuple[State, Live | None]:
        """Return state and figures for a page that asks by itself: nobody need be there."""
        await self.session.require("see_state", by_hand=False)
        return await self._state(), await self._live(round_id)

    # --- rounds

    @needs("close")
    async def open_round(self, by: Organiser, round_id: str) -> bool:
        """Open a round whose time has come; False where it hasn't.

        Raises
        ------
        ProblemsFound
            Where the files are wrong, so that it stays shut.
        """
        await asyncio.to_thread(self.directory.load)
        now = self.clock.now()
        await self._service.rounds.contest()
        if await self._service.rounds.frozen(round_id, now):
            return True
        await self._service.rounds.freeze(round_id, now)
        if await self._service.rounds.frozen(round_id, now) is None:
            return False
        await self._store.write(RecordAction(Action(now, by.name, OPEN, round_id)))
        return True

    # --- what needs attention

    @needs("see_results")
    async def matters(self, _by: Organiser, round_id: str) -> list[Matter]:
        """Return what needs attention in a round, as far as it is known."""
        live = await self._live(round_id)
        if live is None:
            return []
        listed = self._contest.units if self._contest and not self._problems else None
        claims = await self._store.claims("open")
        return find_matters(Material(live, listed, self._graded.get(round_id), claims))

    @needs("see_results")
    async def look_through(self, _by: Organiser, round_id: str) -> bool:
        """Grade a round on trial for `matters`; False where it can't be graded yet."""
        from contest.ui.desk.graded import grade_on_trial  # tables: not before they are wanted

        found = await self._away(lambda service, store: grade_on_trial(service, store, round_id))
        if found is not None:
            self._graded[round_id] = found
        return found is not None

    # --- claims

    @needs("claims")
    async def claims(self, _by: Organiser, *, every: bool) -> list[Claim]:
        """Return the claims that wait for an answer, or all, the oldest first."""
        return await self._store.claims(*(() if every else ("open",)))

    @needs("claims")
    async def claim(self, _by: Organiser, claim_id: str) -> Told:
        """Return everything about a claim; Refused where it is gone."""
        return await told_claim(self._service, claim_id)

    @needs("claims")
    async def answer_claim(self, by: Organiser, claim_id: str, outcome: str, words: str) -> None:
        """Answer a claim; Refused where the answer is none, or the claim is closed or gone."""
        await answer_as(self._service, claim_id, by, outcome, words, self.clock.now())

    @needs("claims")
    async def shut_claim(self, by: Organiser, claim_id: str) -> str:
        """Close a claim for good and say so; Refused where it is gone."""
        return await close_as(self._service, claim_id, by, self.clock.now())

    @needs("new_code")
    async def new_code(self, by: Organiser, contestant_id: str) -> str:
        """Give a contestant another resume code and return it; Refused where nobody is known so."""
        return await replace_code_as(self._service, contestant_id, by.name, self.clock.now())

    # --- notices

    @needs("notice")
    async def notices(self, _by: Organiser) -> list[dict[str, str]]:
        """Return the notices that are shown, or will be, in words."""
        now = self.clock.now()
        return [
            told_notice(one, now) for one in await self._service.notices.all() if one.stands(now)
        ]

    @needs("notice")
    async def post_notice(
        self, by: Organiser, words: str, kind: str, round_id: str, starts: str, ends: str
    ) -> str:
        """Write a notice and say so; "" for everybody, for now, and for until it is withdrawn.

        Raises
        ------
        Refused
            With everything that is wrong with it.
        """
        when = (starts.strip() or None, ends.strip() or None)
        now = self.clock.now()
        return await post_as(self._service, by, words, kind, round_id or None, *when, now)

    @needs("notice")
    async def withdraw_notice(self, by: Organiser, number: int) -> str:
        """Withdraw a notice and say so; Refused where it is gone already."""
        return await withdraw_as(self._service, by, number, self.clock.now())

    # --- what was done

    @needs("see_results")
    async def log(self, by: Organiser, skip: int, *, entries: bool) -> tuple[list[Action], bool]:
        """Return up to `LOG_PAGE` actions after the `skip` newest, and whether there are older.

        `entries`: with those about who comes in, for who may know who the organisers are.
        """
        without = () if entries and may(by.role, "people") else ENTRIES
        found = await self._store.latest_actions(LOG_PAGE + 1, skip, *without)
        return found[:LOG_PAGE], len(found) > LOG_PAGE

    # --- rulings

    @needs("see_results")
    async def rulings(self, _by: Organiser) -> list[str]:
        """Return every ruling so far in words, the newest first."""
        return list(reversed(told_rulings(await rulings_of(self._service))))

    @needs(lambda kind, *_, **__: act_of(kind))
    async def try_ruling(
        self, by: Organiser, kind: str, reason: str, document: str | None, what: Mapping[str, Any]
    ) -> Trial:
        """Check a ruling and look at what it would change; nothing is written."""
        given = Given(by.name, self.clock.now(), reason, document)
        return await self._away(
            lambda service, store: try_ruling(service, store, kind, given, what)
        )

    @needs(lambda trial: act_of(trial.kind))
    async def rule(self, by: Organiser, trial: Trial) -> Ruling:
        """Write a tried ruling down; Changed where it would change something else by now."""
        given = replace(trial.given, by=by.name, at=self.clock.now())
        return await self._away(lambda service, store: apply(service, store, trial, given))

    # --- closing

    @needs("see_results")
    async def closing(self, _by: Organiser, round_id: str) -> list[StepView]:
        """Return where every step of closing a round stands."""
        facts = (await find_facts(self._service, round_id, self.clock.now())).facts
        folder = RoundFolder(self.directory.var, round_id)
        return [step_view(state, folder, facts) for state in states(facts)]

    @needs(lambda _round_id, step, *_, **__: BY_NAME[step].act)
    async def do_step(
        self, by: Organiser, round_id: str, step: str, answers: Mapping[str, str]
    ) -> list[str]:
        """Do a step of closing, which leaves its row; return what it told.

        `answers`: sentence that a step asks -> what is answered.
        """
        from contest.commands.closing import do_step_as  # documents: not before they are made

        told: list[str] = []
        path = self.directory.path
        await asyncio.to_thread(
            do_step_as, path, round_id, step, by, lambda asked: answers.get(asked, ""), None,
            told.append,
        )  # fmt: skip
        return told

    # --- organisers

    @needs("people")
    async def people(self, _by: Organiser) -> list[Organiser]:
        """Return the organisers by name."""
        return await asyncio.to_thread(self._people.all)

    @needs("people")
    async def add_person(self, by: Organiser, name: str, role: Role) -> str:
        """Add an organiser and return the password to tell them; Refused for a name in use."""
        return await self._give_password(by, "add", lambda new: self._people.add(name, role, new))

    @needs("people")
    async def new_password(self, by: Organiser, name: str) -> str:
        """Give an organiser another password and return it; Refused where nobody is called so."""
        return await self._give_password(
            by, "password", lambda new: self._people.set_password(name, new)
        )

    @needs("people")
    async def remove_person(self, by: Organiser, name: str) -> None:
        """Take an organiser out; Refused for who does it, so that a head is always left."""
        if await asyncio.to_thread(self._people.find, name) == by:
            raise Refused(text("people.self"))
        await self._change_people(by, "remove", lambda people: people.remove(name))

    @needs("own_password")
    async def own_password(self, by: Organiser) -> str:
        """Give whoever asks another password, return it, and keep them logged in."""
        return await self._give_password(
            by, "password", lambda new: self._people.set_password(by.name, new)
        )

    async def _give_password(
        self, by: Organiser, what: str, give: Callable[[str], Organiser]
    ) -> str:
        password = first_password(RandomIds())
        self.session.keep(await self._change_people(by, what, lambda _: give(password)))
        return password

    async def _change_people(
        self, by: Organiser, what: str, change: Callable[[Organisers], Organiser]
    ) -> Organiser:
        now = self.clock.now()
        return await change_as(self._people, self._store, what, by.name, now, change)

    # --- preview

    @needs("preview")
    async def preview(self, _by: Organiser) -> Path:
        """Return the contest whose paper may be looked at."""
        return self.directory.path

    # --- how

    async def _away(self, work: Callable[[Service, SqliteStore], Awaitable[T]]) -> T:
        """Do what takes long in a thread of its own, over a store of its own."""

        async def inside() -> T:
            async with opened(self.directory.path) as service:
                store = service.store
                assert isinstance(store, SqliteStore)
                return await work(service, store)

        return await asyncio.to_thread(lambda: asyncio.run(inside()))

    async def _state(self) -> State:
        now = self.clock.now()
        await self._read_files()
        band = await band_of(self._service, self._contest.rules) if self._contest else None
        title = self._contest.rules.contest.title if self._contest else self.directory.path.name
        actions = await self._store.actions("freeze", "close", "closing")
        begun = [one.subject for one in actions if one.kind == "freeze"]
        closed = {one.subject for one in actions if one.kind == "close"}
        confirmed, published = set(), set()
        for round_id in {one.subject for one in actions if one.kind == "closing"} & closed:
            facts = (await find_facts(self._service, round_id, now)).facts
            confirmed |= {round_id} if state_of(facts, "confirm").status == "done" else set()
            published |= {round_id} if state_of(facts, "publish").status == "done" else set()
        steps = Steps(begun, closed, confirmed, published)
        views = []
        for round_ in await self._rounds(begun, now):
            running = len(await self._store.running(round_.id)) if round_.id in begun else 0
            views.append(view_of(round_, steps, now, running))
        return State(title, band, views, list(self._problems))

    async def _read_files(self) -> None:
        """Read the contest's files if they, or the rulings over them, have changed."""
        files = await asyncio.to_thread(self.directory.signature)
        seen = (files, await self._store.count_actions(*LIVE_KINDS))
        if seen == self._read:
            return
        self._read = seen
        read = await asyncio.to_thread(self.directory.read)
        self._problems = list(read.errors)
        try:
            self._contest = await self._service.rounds.contest()
        except ProblemsFound as found:
            self._problems = list(found.problems)

    async def _rounds(self, begun: list[str], now: int) -> list[Round]:
        """Return the rounds of the rules in their order, as frozen where they have begun."""
        written = {one.id: one for one in self._contest.rules.rounds} if self._contest else {}
        found = []
        for round_id in dict.fromkeys([*written, *begun]):
            frozen = await self._service.rounds.frozen(round_id, now)
            found.append(frozen.round if frozen else written[round_id])
        return found

    async def _live(self, round_id: str) -> Live | None:
        """Return a round's figures; counted anew where anything has happened since."""
        seen = await asyncio.to_thread(standing_of, self._store)
        known = self._counted.get(round_id)
        if known is None or known[0] != seen:
            records = self._records.setdefault(round_id, {})
            now = self.clock.now()
            live = await read_live(self._service, self._store, round_id, now, records)
            known = self._counted[round_id] = (seen, live)
        return known[1]
