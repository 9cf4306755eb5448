"""The list of units for the search as one types: made once, kept by browsers by its hash."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass

from tornado.web import HTTPError

from contest.serving.page import Page
from contest.units import Units

ADDRESS = r"/dang-ky/don-vi/([0-9a-f]{64})\.json"
A_YEAR = 365 * 24 * 60 * 60
KEPT = 4
"""Lists that are kept made: of the files, and of rounds that have begun."""


@dataclass(frozen=True)
class Packed:
    """A list as bytes, plain and compressed."""

    plain: bytes
    small: bytes


def pack(units: Units) -> Packed:
    """Return the units' ids, names and parents, in the order in which a search goes through them.

    A parent is told by its place in the list, -1 for none. Headcounts stay here.
    """
    listed = units.listed
    places = {unit.unit_id: n for n, unit in enumerate(listed)}
    rows = [
        [unit.unit_id, unit.name, -1 if unit.parent_id is None else places[unit.parent_id]]
        for unit in listed
    ]
    plain = json.dumps({"units": rows}, ensure_ascii=False, separators=(",", ":")).encode()
    return Packed(plain, gzip.compress(plain, mtime=0))


class UnitList(Page):
    """`/dang-ky/don-vi/<hash>.json`: never another list under the same address."""

    async def get(self, digest: str) -> None:
        units = await self.units(await self.status())
        if units.digest != digest:
            raise HTTPError(404)
        made: dict[str, Packed] = self.settings.setdefault("unit_lists", {})
        if digest not in made:
            while len(made) >= KEPT:
                del made[next(iter(made))]
            made[digest] = pack(units)
        self.set_header("Content-Type", "application/json; charset=UTF-8")
        self.set_header("Cache-Control", f"private, max-age={A_YEAR}, immutable")
        self.set_header("Vary", "Accept-Encoding")
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.finish(made[digest].small)
        else:
            self.finish(made[digest].plain)
