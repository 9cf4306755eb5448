"""The rules and the bank that a rehearsal is held with. Pure."""

from __future__ import annotations

import datetime
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from contest.rules import Round, Rules, Window, from_ms
from contest.rules_paper import PaperRules
from questions.model import Bank
from questions.types.base import Status

MINUTE = 60_000
DAY = 24 * 60 * MINUTE

LEAD_MS = 10 * MINUTE
"""So long before a round opens nothing of a rehearsal may be there any more."""


def time_left(rounds: Iterable[Round], now: int) -> int | None:
    """Return how long (ms) a rehearsal may go on from `now` until a real round is near.

    0 while a round is open or about to open; None where none is to come.
    """
    spans = [span for one in rounds for span in one.spans if now < span[1]]
    if not spans:
        return None
    return max(0, min(opens for opens, _ in spans) - LEAD_MS - now)


def rehearsed(
    rules: Rules, round_id: str, now: int, minutes: int, *, code: str | None, public: bool
) -> Rules:
    """Return the rules with one round open from `now` (ms UTC) for so many minutes.

    The rounds before it are over, the ones behind it are days away.

    Parameters
    ----------
    code : str or None
        The code of entry; None: as the rules have it.
    public : bool
        Whether a stand-in for the bank is used: practice on a private bank is off then.
    """
    at = [one.id for one in rules.rounds].index(round_id)
    begins = now - now % 1000
    rounds = []
    for i, one in enumerate(rules.rounds):
        opens = begins + 2 * (i - at) * DAY
        window = Window(opens=from_ms(opens), closes=from_ms(opens + minutes * MINUTE))
        changed: dict[str, Any] = {"windows": (window,), "hours": None, "results_by": None}
        if i == at:
            changed["admits"] = "all"
        rounds.append(one.model_copy(update=changed))
    consent = rules.registration.consent
    last = rounds[-1].windows[-1].closes.date() + datetime.timedelta(days=1)
    consent = consent.model_copy(update={"delete_on": max(consent.delete_on, last)})
    registration = rules.registration.model_copy(update={"consent": consent})
    if code is not None:
        registration = registration.model_copy(update={"entry_code": code})
    practice = rules.practice
    beside = practice.bank_beside(rules.bank)
    if public and beside is not None and not beside.startswith("kit:"):
        practice = practice.model_copy(update={"enabled": False, "bank": None})
    update = {"rounds": tuple(rounds), "registration": registration, "practice": practice}
    return rules.model_copy(update=update)


def stand_in(own: Bank, public: Bank, papers: Sequence[PaperRules], by: str, on: int) -> Bank:
    """Return a bank of public questions that takes the place of a private one.

    For each question of `own` a public one of the same type stands, of the same level and with as
    many options where there is one, under the own one's topic, level and tags: the blueprint draws
    from it as from the real bank, as far as the public questions reach. Nothing else of `own` is in
    it: no text, no key, no fact. `by` and `on` (ms UTC) are what it is approved by, and when.
    """
    free: defaultdict[str, list[Any]] = defaultdict(list)
    for question in public.questions:
        if question.image is None and public.status_of(question) != "draft":
            free[question.type].append(question)
    found = []
    for question in _by_turns(own.questions):
        fitting = _fitting(free[question.type], question, papers)
        if fitting is None:
            continue
        free[question.type].remove(fitting)
        kept = {name: getattr(question, name) for name in ("topic", "level", "tags", "points")}
        found.append(fitting.model_copy(update={**kept, "status": Status()}))
    about = {"id": own.id, "title": own.title, "topics": own.topics}
    grounds = {"sources": public.sources, "facts": public.facts}
    bank = Bank(**about, **grounds, questions=tuple(found))
    stamp = {"status": "approved", "by": by, "on": from_ms(on).date()}
    approved = tuple(
        one.model_copy(update={"status": Status(**stamp, hash=bank.reviewed_hash(one))})
        for one in bank.questions
    )
    return Bank(**about, **grounds, questions=approved)


def _fitting(free: list[Any], own: Any, papers: Sequence[PaperRules]) -> Any:
    """Return the public question that is most like one of our own, or None."""
    takes: list[Callable[[Any], bool]] = [one.takes for one in papers if one.takes(own)]

    def unlike(one: Any) -> tuple[bool, bool]:
        return one.level != own.level, _options(one) != _options(own)

    fitting = [one for one in free if all(take(one) for take in takes)]
    return min(fitting, key=unlike, default=None)


def _options(question: Any) -> int:
    return len(getattr(question, "options", ()))


def _by_turns(questions: Iterable[Any]) -> Iterator[Any]:
    """Yield questions so that every topic, level and tag gets its share of what there is."""
    cells: defaultdict[Any, deque[Any]] = defaultdict(deque)
    for question in questions:
        cells[question.topic, question.level, question.tags].append(question)
    while cells:
        for cell in list(cells):
            yield cells[cell].popleft()
            if not cells[cell]:
                del cells[cell]
