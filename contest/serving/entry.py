"""The pages anybody may read: entry and thể lệ; and leaving a shared machine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contest.ids import shown
from contest.rounds import RoundStatus
from contest.rules import Round, Rules
from contest.rules_paper import PaperRules
from contest.rules_text import articles
from contest.serving.messages import text
from contest.serving.page import Page
from contest.serving.words import (
    clock_left,
    duration,
    moment,
)
from contest.store.commands import Contestant
from contest.store.protocol import AttemptRecord
from contest.units import Unit, Units


class Entry(Page):
    """`/`: what the contest is, whether it is open, and the way in."""

    async def get(self) -> None:
        contestant = await self.contestant()
        if contestant is None:
            status = await self.status()
        else:
            status = await self.service.status_for(contestant.contestant_id, self.now)
        opens = status.round.next_opening(self.now)
        closes = status.window[1] if status.window else status.round.closes_at
        await self.page(
            "entry",
            status.rules.contest.title,
            status,
            facts=paper_facts(status.rules, _papers(status, contestant), "entry.facts"),
            opens=moment(opens) if opens else "",
            closes=moment(closes),
            left=duration((opens or closes) - self.now),
            reload_in=max(0, (opens or closes) - self.now),
            results_by=date_words(status.round.results_by),
            server_ms=self.now,
            clock=moment(self.now),
            takes_newcomers=status.takes_newcomers(self.now),
            from_qr=None if contestant else await self._unit_of_link(status),
            **(await self._of_visitor(status, contestant)),
        )

    async def _unit_of_link(self, status: RoundStatus) -> dict[str, Any] | None:
        """Return the unit that the link names (a QR code's), kept for the form; None without."""
        units = await self.units(status)
        unit = units.by_id.get(self.get_query_argument("don-vi", "")[:200])
        if unit is None:
            return None
        draft = {**self.shared.cookies.draft(self), "unit": unit.unit_id}
        self.shared.cookies.keep_draft(self, draft)
        return unit_words(units, unit)

    async def _of_visitor(
        self, status: RoundStatus, contestant: Contestant | None
    ) -> dict[str, Any]:
        if contestant is None:
            return {
                "person": None,
                "standing": None,
                "admitted": False,
                "receipts": [],
                "running_left": "",
            }
        standing = await self.service.standing(contestant.contestant_id, status.round.id, self.now)
        person = await self.service.store.person(contestant.contestant_id) or {}
        units = await self.units(status)
        unit = units.by_id.get(contestant.unit_id)
        ended = await self.service.ended(contestant.contestant_id, self.now)
        return {
            "person": {
                "name": person.get("name", contestant.contestant_id),
                "unit": unit.name if unit else contestant.unit_id,
            },
            "standing": standing,
            "admitted": self.service.admits(status.round, contestant.contestant_id),
            "running_left": clock_left((standing.deadline or self.now) - self.now),
            "receipts": [_receipt(round_, one) for round_, records in ended for one in records],
        }


class OtherPerson(Page):
    """`/nguoi-khac`: the next person takes this machine; nobody's attempt is touched."""

    def post(self) -> None:
        self.shared.cookies.sign_out(self)
        self.see("/")


class RulesPage(Page):
    """`/the-le`: the rules in words, made from the rules file."""

    async def get(self) -> None:
        status = await self.status()
        rounds = self.service.rounds
        rules = await rounds.as_held(status.rules, self.now)
        frozen = await rounds.frozen(status.round.id)
        bank = frozen.bank if frozen else rounds.known().bank
        topics = {topic.id: topic.title for topic in bank.topics}
        proofs = {round_.id: rounds.secret_hash(round_.id) for round_ in rules.rounds}
        await self.page(
            "rules", text("rules.title"), status, articles=articles(rules, topics, proofs)
        )


def paper_facts(rules: Rules, papers: Sequence[PaperRules], key: str) -> str:
    """Return how long a paper is, in one line; `key` names the text without a prediction.

    Of several papers, which somebody may get one of, the shortest and the longest are told.
    """
    if rules.prediction is not None:
        key += "_prediction"
    lengths = sorted(paper.length for paper in papers)
    times = sorted(paper.duration_ms for paper in papers)
    return text(key, n=_span(*map(str, lengths)), lau=_span(*map(duration, times)))


def _papers(status: RoundStatus, contestant: Contestant | None) -> list[PaperRules]:
    """Return the papers of a round that somebody may get: their group's, or each group's."""
    groups = [one.id for one in status.rules.groups] if contestant is None else [contestant.group]
    return [status.rules.paper_of(status.round.id, group) for group in groups]


def _span(least: str, *more: str) -> str:
    """Return the first and the last of rising measures in words; one where they are the same."""
    most = more[-1] if more else least
    return least if most == least else text("entry.facts.span", it_nhat=least, nhieu_nhat=most)


def _receipt(round_: Round, record: AttemptRecord) -> dict[str, Any]:
    """Return what the page says of an attempt that has ended."""
    return {
        "round": round_.title,
        "number": record.number,
        "code": record.receipt,
        "shown": shown(record.receipt),
    }


def unit_words(units: Units, unit: Unit) -> dict[str, Any]:
    """Return a unit's id, its name, and the name of what it belongs to (or None)."""
    above = units.path(unit.unit_id)[1:]
    return {"id": unit.unit_id, "name": unit.name, "above": above[0].name if above else None}


def date_words(date: Any) -> str:
    """Return `26/12/2026`, or nothing for None."""
    return f"{date.day}/{date.month}/{date.year}" if date else ""
