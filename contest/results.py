"""The stored rows of rounds -> the frames that grading takes. Only reads."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from contest.chains import Tampered, check_root, checked_actions, checked_rows, head_of
from contest.frozen import FrozenRound
from contest.kit import code_hash, code_version
from contest.marking.gathered import ALL_MARKS, Cut, RoundMarks, round_marks
from contest.marking.marks import BadMark
from contest.messages import text
from contest.replay import Replay
from contest.result_rows import Known, answer_rows, attempt_row, replayed, round_input
from contest.rounds import Rounds
from contest.rules import Round
from contest.rulings.decided import Decided, concerning, decide, value_of
from contest.rulings.force import History, Version, read_version
from contest.rulings.models import ChangeRules, Ruling, is_undo, read_rulings
from contest.store.commands import RULING_KINDS, Action
from contest.store.protocol import AttemptRecord
from contest.store.snapshot import Snapshot
from contest.store.sql import granted_by
from contest.store.sqlite import SqliteStore
from grading import Extras, Meta, RoundInput, RoundMeta, from_rows
from grading.frames import ALL_ANSWERS, ALL_ATTEMPTS, PEOPLE
from grading.result_frames import REMOVED, RULINGS
from questions.canonical import content_hash, dumps

Progress = Callable[[], object]
Choose = Callable[[list[Ruling]], list[Ruling]]
"""All rulings of a contest -> those to grade by."""


@dataclass(frozen=True)
class Gathered:
    """Everything that grading and export need, for the rounds asked for."""

    attempts: pd.DataFrame
    answers: pd.DataFrame
    people: pd.DataFrame
    rounds: list[RoundInput]
    extras: Extras
    meta: Meta


@dataclass(frozen=True)
class _Moment:
    """ "Now" by the stored rows, and the rulings that are graded by.

    `lived` are all rulings, graded by or not: the time and the rules that people had are facts.
    `closed` are the closing rows by round, `marks` the markers' rows.
    """

    rulings: list[Ruling]
    lived: list[Ruling]
    known: Known
    closed: dict[str, Action]
    marks: list[Action]

    def closed_at(self, round_id: str) -> int | None:
        """Return when a round was closed for good, or None."""
        return self.closed[round_id].at if round_id in self.closed else None

    def of_result(self, concerned: dict[str, list[Ruling]], marked: dict[str, RoundMarks]) -> int:
        """Return the time of a result of these rounds, given what concerns each."""
        if not all(round_id in self.closed for round_id in concerned):
            return self.known.now
        times = [self.closed[round_id].at for round_id in concerned]
        times += [ruling.at for found in concerned.values() for ruling in found]
        return max([*times, *(one.last_at for one in marked.values())])


@dataclass
class _Columns:
    """Rows for the frames, as they are found."""

    attempts: list[tuple[Any, ...]] = field(default_factory=list)
    answers: list[tuple[Any, ...]] = field(default_factory=list)
    decided: dict[str, Decided] = field(default_factory=dict)
    marked: dict[str, RoundMarks] = field(default_factory=dict)


async def gather(
    rounds: Rounds,
    store: SqliteStore,
    round_ids: list[str],
    progress: Progress = lambda: None,
    choose: Choose = list,
    versions: Mapping[str, Version] | None = None,
    cut: Cut = ALL_MARKS,
) -> Gathered:
    """Read rounds that were frozen.

    "Now" is the time of the last stored row of the whole database, never the clock: an attempt
    past its deadline by then counts as expired, any other without an end row as unfinished. Where
    all of the rounds are closed, it is the time of the last closing row, ruling or mark of theirs:
    what happens later elsewhere doesn't touch their result.

    Parameters
    ----------
    progress : callable
        Called after every attempt.
    choose : callable
        All rulings of the contest -> those to grade by; all, by default.
    versions : mapping or None
        Rules that chosen rulings name and that aren't stored, by content hash.
    cut : Cut
        Which of the markers' marks are looked at; all, by default.

    Raises
    ------
    Tampered
        Naming the first thing whose hash is wrong.
    """
    frozen: dict[str, FrozenRound] = {}
    for round_id in sorted(round_ids):
        one = await rounds.frozen(round_id)
        if one is None:
            raise KeyError(round_id)
        frozen[round_id] = one
    with store.snapshot() as snapshot:
        return _gather(snapshot, frozen, progress, choose, versions or {}, cut)


def _gather(
    snapshot: Snapshot,
    frozen: dict[str, FrozenRound],
    progress: Progress,
    choose: Choose,
    versions: Mapping[str, Version],
    cut: Cut,
) -> Gathered:
    moment = _moment(checked_actions(snapshot), snapshot, choose, cut)
    lived = _history(snapshot, moment.lived, versions)
    columns = _Columns()
    metas, concerned = {}, {}
    for round_id, first in frozen.items():
        one = first.under(lived)
        # A round is ranked by the rules that hold when it closes.
        closes = one.at(moment.known.now).round.closes_at
        frozen[round_id] = first.under(replace(lived, rulings=tuple(moment.rulings))).at(closes - 1)
        decided = decide(moment.rulings, round_id, moment.closed_at(round_id))
        heads = []
        for record, result, head in _attempts(snapshot, round_id):
            row = attempt_row(one, record, result, decided, moment.known)
            columns.attempts.append(row)
            columns.answers.extend(answer_rows(one, record, result))
            heads.append(head)
            progress()
        closed = moment.closed.get(round_id)
        check_root(round_id, closed, heads)
        columns.decided[round_id] = decided
        ids = {head[0] for head in heads}
        rows = cut.of_round(round_id, [row for row in moment.marks if row.subject in ids])
        columns.marked[round_id] = _marked(rows, frozen[round_id], columns)
        concerned[round_id] = concerning(moment.rulings, round_id, moment.closed_at(round_id), ids)
        metas[round_id] = _round_meta(
            frozen[round_id],
            closed is not None,
            heads,
            concerned[round_id],
            columns.marked[round_id],
            _longer(one.at(moment.known.now).round, frozen[round_id].rules.round(round_id)),
        )
    about = next(iter(frozen.values())).rules.contest
    return Gathered(
        from_rows(columns.attempts, ALL_ATTEMPTS, "attempts"),
        from_rows(columns.answers, ALL_ANSWERS, "answers"),
        _people(snapshot, {row[2] for row in columns.attempts}),
        [
            round_input(id_, one, columns.decided[id_], columns.marked[id_].final)
            for id_, one in frozen.items()
        ],
        Extras(
            _rules_text(frozen),
            _rulings(concerned, columns.attempts),
            _removed(columns),
            {group.id: group.title for one in frozen.values() for group in one.rules.groups},
        ),
        Meta(
            about.id,
            about.title,
            any(one.rules.contest.sample for one in frozen.values()),
            snapshot.is_synthetic(),
            moment.of_result(concerned, columns.marked),
            code_version(),
            code_hash(),
            metas,
            rehearsal=snapshot.is_rehearsal(),
        ),
    )


def _moment(actions: list[Action], snapshot: Snapshot, choose: Choose, cut: Cut) -> _Moment:
    made = read_rulings(actions)
    rulings = choose(list(made))
    others = [action.at for action in actions if action.kind not in RULING_KINDS]
    # A ruling that is only proposed doesn't move the time: what it changes is its own doing.
    stored = [ruling.at for ruling in rulings if ruling.number <= len(made)]
    lived = [*made, *(ruling for ruling in rulings if ruling.number > len(made))]
    now = max([snapshot.last_row_at(), *others, *stored])
    return _Moment(
        rulings,
        lived,
        Known(now, granted_by(ruling.action for ruling in lived), snapshot.registered()),
        {action.subject: action for action in actions if action.kind == "close"},
        cut.marks(actions),
    )


def _marked(rows: list[Action], frozen: FrozenRound, columns: _Columns) -> RoundMarks:
    """Return what markers decided about a round, whose answers are among the columns."""
    about = {row.subject for row in rows}
    there = {(row[0], row[2]) for row in columns.answers if row[0] in about and row[3] is not None}
    try:
        return round_marks(rows, frozen, there.__contains__)
    except BadMark as bad:
        raise Tampered(text("tampered.mark", id=bad)) from None


def _history(snapshot: Snapshot, rulings: list[Ruling], versions: Mapping[str, Version]) -> History:
    found = dict(versions)
    for ruling in rulings:
        body = ruling.body
        if isinstance(body, ChangeRules) and body.rules not in found:
            contents = [snapshot.content(name) for name in (body.rules, body.rules_text)]
            try:
                found[body.rules] = read_version(body, *contents)
            except ValueError:
                raise Tampered(text("tampered.ruling", n=ruling.number)) from None
    return History(tuple(rulings), found)


def _attempts(
    snapshot: Snapshot, round_id: str
) -> Iterator[tuple[AttemptRecord, Replay, list[Any]]]:
    """Yield every attempt of a round with what its rows add up to, and its last row."""
    records = snapshot.attempts(round_id)
    rows = checked_rows(snapshot.rows(round_id))
    for record, (attempt_id, chain) in zip(records, rows, strict=True):
        yield record, replayed(record, chain), head_of(attempt_id, chain)


def _people(snapshot: Snapshot, wanted: set[str]) -> pd.DataFrame:
    names = []
    for contestant_id, fields in snapshot.people():
        if contestant_id in wanted:
            name = None if fields is None else json.loads(fields).get("name")
            names.append((contestant_id, name))
    return from_rows(names, PEOPLE, "people")


def _round_meta(
    frozen: FrozenRound,
    final: bool,
    heads: list[list[Any]],
    rulings: list[Ruling],
    marked: RoundMarks,
    window: tuple[int, int] | None,
) -> RoundMeta:
    hashes = frozen.hashes
    return RoundMeta(
        final=final,
        bank=hashes["bank"],
        rules=hashes["rules"],
        units=hashes["units"],
        rows=content_hash(heads),
        rulings=content_hash([_ruling_data(ruling.action) for ruling in rulings]),
        secret_hash=hashes["secret"],
        # Whoever wants to draw the papers again needs it; while the round is open nobody may.
        secret=frozen.secret.hex() if final else None,
        marks=marked.hash,
        marks_count=marked.count,
        window=window,
    )


def _longer(held: Round, written: Round) -> tuple[int, int] | None:
    """Return from when to when a round was held, where rulings made it longer than written."""
    return None if held.spans == written.spans else (held.opens_at, held.closes_at)


def _ruling_data(action: Action) -> list[Any]:
    return [action.at, action.actor, action.kind, action.subject, action.body]


def _rulings(concerned: dict[str, list[Ruling]], attempts: list[tuple[Any, ...]]) -> pd.DataFrame:
    rounds = {row[4]: row[0] for row in attempts}
    by_number = {ruling.number: ruling for found in concerned.values() for ruling in found}
    rows = [
        (
            number,
            ruling.body.round or rounds.get(ruling.subject),
            "undo" if is_undo(ruling) else ruling.kind,
            ruling.subject,
            dumps(value_of(ruling)),
            ruling.body.reason,
            ruling.body.document,
            ruling.action.actor,
            ruling.at,
        )
        for number, ruling in sorted(by_number.items())
    ]
    return from_rows(rows, RULINGS, "rulings")


def _removed(columns: _Columns) -> pd.DataFrame:
    rows = []
    for round_id, group, contestant_id, _, attempt_id, number, *_ in columns.attempts:
        ruling = columns.decided[round_id].excluded_by(attempt_id, contestant_id)
        if ruling is not None:
            rows.append(
                (
                    round_id,
                    group,
                    contestant_id,
                    attempt_id,
                    number,
                    ruling.body.reason,
                    ruling.body.document,
                    ruling.action.actor,
                    ruling.at,
                    ruling.number,
                )
            )
    return from_rows(rows, REMOVED, "removed")


def _rules_text(frozen: dict[str, FrozenRound]) -> str:
    """Return the rules as the organisers wrote them: one YAML document for each version."""
    by_text: dict[str, list[str]] = {}
    for round_id, one in frozen.items():
        by_text.setdefault(one.rules_text, []).append(round_id)
    if len(by_text) == 1:
        return next(iter(by_text))
    documents = [f"# {', '.join(ids)}\n{written}" for written, ids in by_text.items()]
    return "---\n".join(documents)
