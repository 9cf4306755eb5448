"""What a confirmed result says to the owner of a receipt: their place, their certificates.

Nothing before the head has confirmed the result, nothing that the rules don't reveal, and nothing
to anybody but the owner.
"""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from contest.board.policy import shown_of
from contest.closing.confirmed import Confirmations
from contest.closing.own import KnownPlaces, Place
from contest.numbers import shown_number
from contest.papers.issued import Issued, KnownIssued
from contest.papers.signed import PATH, Certificate, private_key
from contest.secret_files import CERTIFICATE, read_secret
from contest.service import AttemptView
from contest.serving.messages import text
from contest.serving.words import day
from questions.canonical import nfc

if TYPE_CHECKING:
    from contest.serving.page import Page

UNRANKED = {"needs_marker": "result.unranked.waiting", "invalid": "result.unranked.invalid"}
"""Status of a person who has no rank -> why, where more can be said than that the rules say so."""


async def outcome(page: Page, view: AttemptView) -> dict[str, Any] | None:
    """Return what the owner's page shows; None where nothing may be shown yet.

    The caller has made sure that the owner asks and that the round is closed.
    """
    result = await confirmed_result(page, view)
    if result is None:
        return None
    known: KnownPlaces = page.settings["contest_places"]
    record = view.record
    places = await asyncio.to_thread(known.look, record.round_id, result)
    place = places.of(record.contestant_id) if places else None
    if place is None:
        return None
    found = await certificates(page, view)
    return {
        "lines": place_lines(view, place),
        "certificates": [
            {"award": one.award, "number": one.number, "page": f"{PATH}{signed}"}
            for _, one, signed in found
        ],
    }


async def confirmed_result(page: Page, view: AttemptView) -> str | None:
    """Return the hash of the result that stands confirmed for an attempt's round."""
    closed = {action.subject for action in await page.service.store.actions("close")}
    rules = view.frozen.rules
    every = {one.id for one in rules.rounds} <= closed
    shown = shown_of(rules, closed=view.record.round_id in closed, all_closed=every)
    if shown.people != "shown" or not shown.final:
        return None
    known: Confirmations = page.settings["contest_confirmations"]
    return await known.of(view.frozen)


async def certificates(page: Page, view: AttemptView) -> list[tuple[Issued, Certificate, str]]:
    """Return the certificates of an attempt's person in its round, with their signed texts.

    Whatever result they were made of, of that round or of several: as long as every round that it
    rests on stands confirmed as it was then. Of those with one number the newest.
    """
    directory = page.service.directory
    seed = read_secret(directory.secrets, CERTIFICATE)
    name = (view.person or {}).get("name")
    if seed is None or name is None:
        return []
    known: KnownIssued = page.settings["contest_issued"]
    record, key = view.record, private_key(seed)
    found: dict[str, tuple[Issued, Certificate, str]] = {}
    for issued in await asyncio.to_thread(known.look):
        mine = issued.of(record.contestant_id, record.round_id, nfc(name), key)
        if mine and await _stand(page, issued.rests_on):
            for one, signed in mine:
                found.setdefault(one.number, (issued, one, signed))
    return [found[number] for number in sorted(found)]


async def _stand(page: Page, rests_on: dict[str, str]) -> bool:
    """Return whether these results of rounds are what stands confirmed."""
    known: Confirmations = page.settings["contest_confirmations"]
    for round_id, result in rests_on.items():
        frozen = await page.service.rounds.frozen(round_id)
        if frozen is None or await known.of(frozen) != result:
            return False
    return bool(rests_on)


def place_lines(view: AttemptView, place: Place) -> list[str]:
    """Return a person's place in words, for that person: why there is none, or by which attempt.

    The reason is that of the ruling, as the organisers wrote it.
    """
    record = view.record
    lines: list[str] = []
    ruling = view.decided.excluded_by(record.attempt_id, record.contestant_id)
    if ruling is not None:
        why = ruling.body.reason.rstrip(" .")
        lines.append(text("result.excluded", ngay=day(ruling.at), ly_do=why))
    elif place.rank is None:
        lines.append(text(UNRANKED.get(place.status, "result.unranked")))
    complaints = view.frozen.rules.complaints
    if lines and complaints is not None:
        lines.append(text("result.complain", n=complaints.days, dau=complaints.to))
    return lines if place.rank is None else lines + _rank_lines(view, place)


def _rank_lines(view: AttemptView, place: Place) -> list[str]:
    """Return where somebody stands who has a rank."""
    group = view.record.opened["group"]
    groups = {one.id: one.title for one in view.frozen.rules.groups}
    values = {"hang": _count(place.rank), "tong": _count(place.among), "nhom": groups.get(group)}
    lines = [text("result.rank" if len(groups) < 2 else "result.rank_of_group", **values)]
    units = view.frozen.units.path(view.record.opened["unit_id"])
    lines.append(
        text(
            "result.rank_in_unit",
            hang=_count(place.unit_rank),
            tong=_count(place.unit_among),
            don_vi=units[0].name,
        )
    )
    if place.true_value is not None and place.error is not None:
        lines.append(
            text(
                "result.prediction",
                so=shown_number(place.true_value),
                lech=shown_number(place.error),
            )
        )
    if place.attempt_id != view.record.attempt_id:
        lines.append(text("result.other_attempt"))
    return lines


def _count(number: int | None) -> str:
    return shown_number(Decimal(number or 0))
