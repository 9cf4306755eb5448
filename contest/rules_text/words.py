"""Times, numbers and keys of the rules in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal

from contest.clock import local
from contest.numbers import shown_number
from contest.rules_text.messages import text
from grading.rules import AttemptSortKey, PeopleRanking, PersonSortKey
from grading.unit_rules import ByInterleaved, ByRankPoints, Term, UnitRanking


def moment(ms: int) -> str:
    """Return `21:00 ngày 22/12/2026`; seconds only where there are some."""
    at = local(ms)
    clock = f"{at.hour}:{at:%M:%S}" if at.second else f"{at.hour}:{at:%M}"
    return text("time.moment", gio=clock, ngay=day(at.date()))


def day(date: datetime.date) -> str:
    """Return `22/12/2026`."""
    return f"{date.day}/{date.month}/{date.year}"


def number(value: Decimal | int) -> str:
    """Return a number as Vietnamese write it."""
    return shown_number(value)


def listed(words: Iterable[str]) -> str:
    """Return words as a list in a sentence."""
    return text("and").join(words)


def keys_in_words(keys: Iterable[AttemptSortKey | PersonSortKey]) -> str:
    """Return an order, first key first."""
    return text("then").join(text(f"key.{key.key}.{key.order}") for key in keys)


def tie_in_words(ranking: PeopleRanking) -> str:
    """Return what equal rows mean."""
    return text(f"people.ties.{ranking.ties}", tham=ranking.lot)


def term_in_words(term: Term) -> str:
    """Return a measure, with its weight where it isn't 1."""
    measure = text(f"measure.{term.measure}", n=term.best)
    if term.weight == 1:
        return measure
    return text("units.term", so=number(term.weight), gi=measure)


def units_in_words(ranking: UnitRanking) -> str:
    """Return what units are ranked by."""
    by = ranking.by
    if isinstance(by, ByRankPoints):
        words = listed(map(term_in_words, by.lists))
        return text("units.rank_points", gi=words, dau=number(by.first), top=number(by.top))
    if isinstance(by, ByInterleaved):
        return text("units.interleaved", gi=listed(map(term_in_words, by.lists)))
    key = "units.one" if len(by.terms) == 1 else "units.sum"
    return text(key, gi=listed(map(term_in_words, by.terms)))
