"""`/bang-xep-hang`: who stands where, for everybody alike; and the same on a hall's screen.

Every page is made once per snapshot. What an address asks for is first reduced to what there is,
so that strange addresses can't have pages made without end.
"""

from __future__ import annotations

import gzip
import hashlib
from typing import Any
from urllib.parse import urlencode

import segno
from markupsafe import Markup

from contest.notices.model import Notice
from contest.serving.appearance import worn
from contest.serving.board_keeper import MAX_AGE_SECONDS, BoardKeeper, Made
from contest.serving.board_views import Asked, read_asked, view_of
from contest.serving.messages import text
from contest.serving.page import PlainErrors
from contest.serving.words import moment

PATH = "/bang-xep-hang"
TRY_AGAIN_SECONDS = 3
LEVEL = 6
"""How hard pages are compressed; once for all who look."""


class Leaderboard(PlainErrors):
    """The page; it bears nothing of any visitor, and browsers and proxies may keep it a while."""

    async def get(self) -> None:
        keeper: BoardKeeper = self.settings["contest_board"]
        snapshot = await keeper.current()
        if snapshot is None:
            self.waiting = True
            self.set_status(503)
            self.set_header("Retry-After", str(TRY_AGAIN_SECONDS))
            self.set_header("Refresh", str(TRY_AGAIN_SECONDS))
            self.message(text("board.title"), text("board.making"))
            return
        asked: Asked = keeper.asked(
            self.request.query, lambda: read_asked(snapshot, self.get_query_argument)
        )
        host = f"{self.request.protocol}://{self.request.host}" if asked.hall else None
        look = worn(self.shared.service)["look"]
        # Of this moment: the snapshot may be older.
        notices = self.shared.notices(self.shared.clock.now(), asked.round or None)
        made = keeper.page(
            (asked, host, look, tuple(notices)),
            lambda: self._make(snapshot, asked, host, notices),
        )
        self.set_header("Cache-Control", f"public, max-age={MAX_AGE_SECONDS}")
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.set_header("Etag", made.etag)
        self.set_header("Vary", "Accept-Encoding")
        if self.check_etag_header():
            self.set_status(304)
            self.finish()
        elif "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.finish(made.gzip)
        else:
            self.finish(made.html)

    head = get

    def _make(
        self, snapshot: dict[str, Any], asked: Asked, host: str | None, notices: list[Notice]
    ) -> Made:
        view = view_of(snapshot, asked)
        name = self.shared.service.rounds.known().rules.contest.title
        page = {
            "title": text("board.title"),
            "name": name,
            "round": view["round"]["title"] if view["round"] else None,
            "band": self.shared.band,
            "notices": notices,
            "lang": "vi",
            "links": [
                {"href": "/", "text": text("nav.home")},
                {"href": "/the-le", "text": text("nav.rules")},
                {"href": "/tra-cuu", "text": text("nav.lookup")},
            ],
        }
        html = self.shared.render(
            "board_hall" if asked.hall else "board",
            page,
            snapshot["at"],
            view=view,
            address=_address,
            at=moment(snapshot["at"], seconds=True),
            qr=None if host is None else _qr(f"{host}/"),
            host=host,
        ).encode()
        digest = hashlib.sha256(html).hexdigest()[:24]
        return Made(f'"{digest}"', html, gzip.compress(html, LEVEL, mtime=0))


def _address(view: dict[str, Any], **changes: object) -> str:
    """Return the address of this page with some of what it asks for changed; None: left out."""
    asked = {**view["asked"], **changes}
    query = urlencode({key.replace("_", "-"): value for key, value in asked.items() if value})
    return f"{PATH}?{query}" if query else PATH


def _qr(url: str) -> Markup:
    # Dark on light in every theme: scanners read nothing else.
    code = segno.make(url, error="m")
    return Markup(code.svg_inline(scale=8, border=2, omitsize=True, light="white"))
