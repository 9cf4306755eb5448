"""Rulings about rulings, and about who may take part in a round."""

from __future__ import annotations

from collections.abc import Sequence

from contest.rulings.about_results import back_to_unit, proposal
from contest.rulings.about_rules import check_undo
from contest.rulings.about_time import take_back
from contest.rulings.case import Case, Proposal, Refused, near, undone_by
from contest.rulings.messages import text
from contest.rulings.models import Extend, ExtraTime, Ruling, Undo, UndoTime, Unit
from contest.store.commands import LIVE_KINDS


async def undo(case: Case, number: str) -> Proposal:
    """Take a ruling back; where that is an undo itself, what it took back holds again."""
    target = _ruling(case, number)
    by = undone_by(case.rulings).get(target.number)
    if by is not None:
        raise Refused(text("no.undone", n=target.number, by=by))
    if isinstance(target.body, UndoTime):
        raise Refused(text("no.undo_time"))
    if isinstance(target.body, ExtraTime | Extend):
        return await take_back(case, target)
    live = target.kind in LIVE_KINDS
    kind = "undo_live" if live else "undo"
    ruling = case.ruling(kind, str(target.number), target.body.round, ruling=target.number)
    told = f"{target.number} ({text(f'kind.{target.kind}')})"
    if live:
        await check_undo(case, ruling)
    if isinstance(_first(case, target).body, Unit):
        return proposal(case, ruling, told, **back_to_unit(case, target, ruling))
    return proposal(case, ruling, told)


def _ruling(case: Case, number: str) -> Ruling:
    count = len(case.rulings)
    if not (number.isascii() and number.isdigit() and 1 <= int(number) <= count):
        raise Refused(text("no.ruling", n=number, count=count))
    return case.rulings[int(number) - 1]


def _first(case: Case, ruling: Ruling) -> Ruling:
    """Return what a chain of undos is about in the end."""
    while isinstance(ruling.body, Undo):
        ruling = case.rulings[ruling.body.ruling - 1]
    return ruling


async def admit(case: Case, round_id: str, contestants: Sequence[str], origin: str) -> Proposal:
    """Admit contestants to a round that takes only those who are listed."""
    rounds = case.service.rounds
    frozen = await rounds.frozen(round_id, case.given.at)
    if frozen is None:
        known = {round_.id: round_ for round_ in (await rounds.contest()).rules.rounds}
        if round_id not in known:
            raise Refused(text("no.admit_round", id=round_id, near=near(round_id, known)))
        round_ = known[round_id]
    else:
        round_ = frozen.round
    if round_.admits == "all":
        raise Refused(text("no.all_admitted", round=round_id))
    if round_id in case.closed:
        raise Refused(text("no.admit_closed", round=round_id))
    if not contestants:
        raise Refused(text("no.admit_nobody", origin=origin))
    for contestant_id in contestants:
        await case.person(contestant_id)
    new = sorted(set(contestants) - rounds.history.admitted(round_id))
    if not new:
        raise Refused(text("no.admit_again", round=round_id))
    ruling = case.ruling("admit", round_id, round_id, contestants=new, origin=origin)
    note = text("preview.admit", n=len(new), round=round_id)
    return proposal(case, ruling, f"{round_id} · +{len(new)}", note)
