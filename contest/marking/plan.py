"""Who marks what: the same for the same essays, markers and seed, and balanced. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping

from contest.marking.marks import PAIR, Key, Standing


def plan(essays: Collection[Key], markers: Collection[str], seed: bytes) -> dict[Key, list[str]]:
    """Return the markers of every essay, in the order in which they are asked.

    The first two are its pair, the next one comes where they differ. Of any two markers, one has
    at most one essay more than the other; the same holds for the third places.

    Parameters
    ----------
    seed : bytes
        What decides between markers who have as many.
    """
    pairs, thirds = dict.fromkeys(markers, 0), dict.fromkeys(markers, 0)
    found = {}
    names = sorted(markers)
    for key in in_order(essays, seed):
        lots = _lots(seed, key, names)
        by_load = sorted(names, key=lambda name: (pairs[name], lots[name]))
        pair, rest = by_load[:PAIR], by_load[PAIR:]
        rest.sort(key=lambda name: (thirds[name], lots[name]))
        for name in pair:
            pairs[name] += 1
        for name in rest[:1]:
            thirds[name] += 1
        found[key] = [*pair, *rest]
    return found


def due(order: Collection[str], found: Standing) -> list[str]:
    """Return who has to mark an essay now, of those who are asked in this `order`.

    Whoever has marked already isn't asked again, also where they are no marker any more.
    """
    left = [name for name in order if name not in found.marks]
    if found.stage == "decided":
        return []
    if found.stage == "third":
        return left[:1]
    return left[: PAIR - len(found.marks)]


def numbers(essays: Collection[Key], marker: str, seed: bytes) -> dict[Key, int]:
    """Return the number under which a marker knows each essay: 1, 2 … in an order of their own.

    They tell nothing of the attempts, and another marker has others.
    """
    ordered = in_order(essays, seed + marker.encode())
    return {key: number for number, key in enumerate(ordered, start=1)}


def in_order(essays: Collection[Key], seed: bytes) -> list[Key]:
    """Return essays in an order that only the seed decides."""
    return sorted(essays, key=lambda key: (_digest(seed, *key), key))


def loads(planned: Mapping[Key, list[str]]) -> dict[str, int]:
    """Return marker -> how many essays they have as one of the pair."""
    found: dict[str, int] = {}
    for order in planned.values():
        for name in order[:PAIR]:
            found[name] = found.get(name, 0) + 1
    return found


def _lots(seed: bytes, key: Key, names: list[str]) -> dict[str, tuple[bytes, str]]:
    """Return what decides for an essay between markers who have as many."""
    size = 4
    drawn = hashlib.shake_256(b"\0".join([seed, *(part.encode() for part in key)]))
    bytes_ = drawn.digest(size * len(names))
    return {name: (bytes_[n * size : (n + 1) * size], name) for n, name in enumerate(names)}


def _digest(seed: bytes, *parts: str) -> bytes:
    return hashlib.sha256(b"\0".join([seed, *(part.encode() for part in parts)])).digest()
