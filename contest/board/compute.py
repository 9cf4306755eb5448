"""The snapshot that the leaderboard's pages are made of, from the stored rows.

It holds only what may be public: names are masked and hidden figures left out here, so that no
page can show them by mistake.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from contest.board.figures import Entry, count_units, decided_entries, over_time, placed
from contest.board.policy import Shown, shown_of
from contest.board.ranked import (
    PEOPLE_COLUMNS,
    UNIT_COLUMNS,
    RankedUnit,
    before_close,
    parts,
    people_shown,
    ranked_units,
    rounded,
)
from contest.closing.confirmed import confirmed_result
from contest.closing.resting import attempt_rounds, spans
from contest.frozen import FrozenRound
from contest.rounds import Rounds
from contest.rulings.decided import Decided, decide
from contest.rulings.models import read_rulings
from contest.store.commands import RESULT_KINDS, Action
from contest.store.snapshot import Snapshot
from contest.store.sql import granted_by
from contest.store.sqlite import SqliteStore
from contest.units import Units, fold, sort_key
from questions.canonical import content_hash

if TYPE_CHECKING:
    from contest.board.open_round import OpenRound
    from grading import RoundInput

Rows = dict[str, Any]


@dataclass
class _Scored:
    """What grading said of a round, and for which state of it; no `people`: it couldn't.

    `pending`: what was predicted has no true value yet, so ranks aren't final.
    """

    key: object
    people: dict[str, list[list[Any]]] | None
    units: dict[str, RankedUnit]
    pending: bool = False


@dataclass(frozen=True)
class _Plan:
    """What is to be shown of a round; `key` changes with what grading says, None: not asked."""

    frozen: FrozenRound
    shown: Shown
    over: bool
    key: tuple[object, object] | None

    @property
    def id(self) -> str:
        """The round's id."""
        return self.frozen.round.id


_NOTHING = _Scored(None, None, {})


@dataclass
class Board:
    """Works out snapshots of one contest; what hasn't changed is kept from one to the next.

    Attributes
    ----------
    graded : int
        How often rounds were graded or ranked.
    """

    rounds: Rounds
    store: SqliteStore
    graded: int = 0
    _entries: dict[str, dict[str, Entry]] = field(default_factory=dict)
    _open: dict[str, OpenRound] = field(default_factory=dict)
    _scored: dict[str, _Scored] = field(default_factory=dict)
    _decided: dict[str, Decided] = field(default_factory=dict)
    _confirmed: frozenset[str] = frozenset()
    _rounds_of: dict[str, str] = field(default_factory=dict)
    _seen: object = None

    async def look(self, now: int) -> Rows | None:
        """Return a new snapshot, or None where nothing has changed since the last one.

        Parameters
        ----------
        now : int
            Milliseconds UTC; what the snapshot is said to be of.
        """
        with self.store.snapshot() as snapshot:
            standing = snapshot.standing()
            if standing == self._seen:
                return None
            actions = snapshot.actions()
            opened = [action.subject for action in actions if action.kind == "freeze"]
            for round_id in opened:
                self._take_in(snapshot, round_id)
        closed = {action.subject: action.at for action in actions if action.kind == "close"}
        await self.rounds.refresh_rulings()
        rulings = read_rulings(actions)
        found = [one for id_ in opened if (one := await self._frozen(id_, now))]
        self._confirmed = await self._look_confirmed(actions, found)
        for one in found:
            round_id = one.round.id
            self._decided[round_id] = decide(rulings, round_id, closed.get(round_id))
        # Who logs in, answers a claim or takes a list makes nobody's result another.
        changes = (sum(one.kind in RESULT_KINDS for one in actions), standing[2])
        plans = [self._plan(one, set(closed), changes) for one in found]
        await self._score([plan for plan in plans if plan.key is not None], granted_by(actions))
        rounds = [self._rows(plan) for plan in plans]
        self._seen = standing
        return {"at": now, "version": content_hash(rounds)[:16], "rounds": rounds}

    async def _frozen(self, round_id: str, now: int) -> FrozenRound | None:
        """Return a round by the rules that hold now, or that held when it closed."""
        one = await self.rounds.frozen(round_id, now)
        if one is None or now < one.round.closes_at:
            return one
        return await self.rounds.frozen(round_id, one.round.closes_at - 1)

    async def _look_confirmed(
        self, actions: list[Action], rounds: list[FrozenRound]
    ) -> frozenset[str]:
        """Return the rounds whose result stands confirmed."""
        self._rounds_of = await attempt_rounds(self.store, actions, self._rounds_of)
        return frozenset(
            one.round.id
            for one in rounds
            if confirmed_result(actions, one.round.id, spans(one, one.round.id), self._rounds_of)
        )

    def _take_in(self, snapshot: Snapshot, round_id: str) -> None:
        known = self._entries.setdefault(round_id, {})
        for record in snapshot.openings(snapshot.ended(round_id) - known.keys()):
            known[record.attempt_id] = Entry(
                record.attempt_id,
                record.contestant_id,
                record.opened["unit_id"],
                record.started_at,
            )

    def _plan(self, frozen: FrozenRound, closed: set[str], changes: object) -> _Plan:
        over = frozen.round.id in closed
        every = {round_.id for round_ in frozen.rules.rounds} <= closed
        shown = shown_of(frozen.rules, closed=over, all_closed=every)
        if shown.final and frozen.round.id in self._confirmed:
            shown = replace(shown, confirmed=True)
        key: tuple[object, object] | None = None
        if over:
            key = (changes, (tuple(sorted(closed)), shown))
        elif shown.people == "shown":
            key = (changes, len(self._entries_of(frozen)))
        return _Plan(frozen, shown, over, key)

    def _entries_of(self, frozen: FrozenRound) -> dict[str, Entry]:
        return self._entries[frozen.round.id]

    async def _score(self, plans: list[_Plan], granted: dict[str, int]) -> None:
        """Grade what has changed: closed rounds together, since they may rest on each other."""
        stale = [plan for plan in plans if self._scored.get(plan.id, _NOTHING).key != plan.key]
        if any(plan.over for plan in stale):
            await self._grade([plan for plan in plans if plan.over])
        for plan in stale:
            if not plan.over:
                self._rank_open(plan, granted)

    def _rank_open(self, plan: _Plan, granted: dict[str, int]) -> None:
        """Mark what has ended since the last look, and rank it with what was marked before."""
        from grading import rank_marked

        assert plan.key is not None
        begun = self._open.get(plan.id)
        if begun is None or begun.key != plan.key[0]:
            begun = self._begin(plan, granted)
        scored = _Scored(plan.key, None, {})
        if begun is not None:
            with self.store.snapshot() as snapshot:
                totals = begun.take_in(snapshot, self._entries[plan.id].keys())
            self.graded += 1
            ranked = rank_marked(totals, begun.people(), begun.given)
            people = _records(ranked.people[plan.id], PEOPLE_COLUMNS)
            scored.people = people_shown(people, plan.id, plan.frozen.rules, plan.shown)
            scored.units = ranked_units(
                _records(ranked.units[plan.id], UNIT_COLUMNS), plan.id, plan.frozen.rules
            )
        self._scored[plan.id] = scored

    def _begin(self, plan: _Plan, granted: dict[str, int]) -> OpenRound | None:
        """Return an open round of which nothing is marked; None: it can't be ranked yet."""
        from contest.board.open_round import OpenRound
        from contest.result_rows import round_input

        assert plan.key is not None
        decided = self._decided[plan.id]
        # A round is ranked by the rules that hold when it closes.
        ranked_by = plan.frozen.at(plan.frozen.round.closes_at - 1)
        given = _as_now(round_input(plan.id, ranked_by, decided, {}), final=False)
        if given is not None:
            begun = OpenRound(plan.key[0], plan.frozen, decided, granted, given)
            self._open[plan.id] = begun
            return begun
        return None

    async def _grade(self, plans: list[_Plan]) -> None:
        # Loaded late: while a round is open most contests show no scores, and tables cost seconds.
        from contest.results import gather
        from grading import grade

        gathered = await gather(self.rounds, self.store, [plan.id for plan in plans])
        final = {plan.id: plan.shown.final for plan in plans}
        inputs = [_as_now(given, final=final[given.round]) for given in gathered.rounds]
        self.graded += 1
        results = None
        if None not in inputs:
            results = grade(
                gathered.attempts, gathered.answers, gathered.people, [one for one in inputs if one]
            )
        for plan in plans:
            self._open.pop(plan.id, None)
            scored = _Scored(plan.key, None, {})
            if results is not None:
                if plan.shown.people == "shown":
                    people = _records(_of_round(results.people, plan.id), PEOPLE_COLUMNS)
                    scored.people = people_shown(people, plan.id, plan.frozen.rules, plan.shown)
                predicted = results.predicted.get(plan.id)
                scored.pending = plan.id in results.waiting or (
                    predicted is not None and predicted.pending is not None
                )
                scored.units = ranked_units(
                    _records(_of_round(results.units, plan.id), UNIT_COLUMNS),
                    plan.id,
                    plan.frozen.rules,
                )
            self._scored[plan.id] = scored

    def _rows(self, plan: _Plan) -> Rows:
        scored = self._scored.get(plan.id, _NOTHING) if plan.key is not None else _NOTHING
        shown = plan.shown
        if shown.people == "shown" and scored.people is None:  # they rank by what is predicted only
            shown = replace(shown, people="later", means="later")
        if scored.pending:
            shown = replace(shown, final=False, confirmed=False)
        entries = decided_entries(
            self._entries_of(plan.frozen).values(), self._decided[plan.frozen.round.id]
        )
        return round_rows(plan.frozen, shown, entries, scored.people or {}, scored.units)


def _as_now(given: RoundInput, *, final: bool) -> RoundInput | None:
    if final:
        return given
    rules = before_close(given.rules)
    return None if rules is None else replace(given, rules=rules)


def _of_round(frame: Any, round_id: str) -> Any:
    return frame[frame["round"] == round_id]


def _records(frame: Any, columns: Sequence[str]) -> Iterator[Any]:
    """Yield rows as named tuples of some columns, null as None."""
    row = namedtuple("row", columns)  # the columns are known when it runs
    values = (_values(frame[column]) for column in columns)
    return map(row._make, zip(*values, strict=True))


def _values(column: Any) -> list[Any]:
    null = column.isna()
    found: list[Any] = column.tolist()
    if not null.any():
        return found
    return [None if gone else one for one, gone in zip(found, null, strict=True)]


def round_rows(
    frozen: FrozenRound,
    shown: Shown,
    entries: list[Entry],
    people: dict[str, list[list[Any]]],
    scored: dict[str, RankedUnit],
) -> Rows:
    """Return what the pages of a round are made of: plain data, everything public."""
    counted = shown.counts == "shown"
    step, times = over_time(entries) if counted else ("day", [])
    rules = frozen.rules
    return {
        "id": frozen.round.id,
        "title": frozen.round.title,
        "shown": {"counts": shown.counts, "people": shown.people, "means": shown.means},
        "top": shown.top,
        "final": shown.final,
        "confirmed": shown.confirmed,
        "closes": frozen.round.closes_at,
        "decimals": rules.scoring.decimals,
        "totals": [len({one.contestant_id for one in entries}), len(entries)] if counted else None,
        "groups": [[group.id, group.title] for group in rules.groups],
        "people": {
            group: {"rows": len(rows), "parts": parts(rows)} for group, rows in people.items()
        },
        "units": _unit_rows(frozen.units, shown, entries, scored),
        "step": step,
        "times": times,
    }


def _unit_rows(
    units: Units, shown: Shown, entries: list[Entry], scored: dict[str, RankedUnit]
) -> list[list[Any]]:
    """Return the units by block, level, place and name.

    [place, name, unit above, block, level, headcount, people, entries, share and mean as decimal
    texts, title of the prize, name to search in].
    """
    counts = count_units(entries, units)
    final = shown.final and bool(scored)
    places = {id_: one.rank for id_, one in scored.items()} if final else placed(counts, units)
    rows = []
    for one in counts:
        unit = units.by_id[one.unit_id]
        above = units.by_id[unit.parent_id].name if unit.parent_id else None
        row = [None, unit.name, above, unit.block, units.level(one.unit_id), one.headcount]
        if shown.counts == "shown":
            graded = scored.get(one.unit_id) if shown.means == "shown" else None
            mean = graded.mean_score if graded else None
            row[0] = places.get(one.unit_id)
            row += [one.people, one.entries, rounded(one.share, 4), rounded(mean, 2)]
        else:
            row += [None, None, None, None]
        won = scored.get(one.unit_id) if shown.confirmed and shown.counts == "shown" else None
        rows.append([*row, won.prize if won else None, fold(unit.name)])
    return sorted(
        rows,
        key=lambda row: (row[3] or "", row[4], row[0] is None, row[0] or 0, sort_key(row[1])),
    )
