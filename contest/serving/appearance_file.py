"""`/giao-dien/<hash>`: the organiser's stylesheet and logo, which never change there."""

from __future__ import annotations

from tornado.web import HTTPError

from contest.serving.appearance import PATH
from contest.serving.page import PlainErrors

ADDRESS = rf"{PATH}([0-9a-f]{{64}})(\.css)?"
A_YEAR = 365 * 24 * 3600


class AppearanceFile(PlainErrors):
    """What the pages wear now; at the address of anything else there is nothing."""

    def get(self, digest: str, style: str | None) -> None:
        found = self.shared.service.rounds.known().appearance
        if style and found.css and digest == found.css_hash:
            kind, data = "text/css; charset=UTF-8", found.css.encode()
        elif not style and found.logo is not None and digest == found.logo.hash:
            kind, data = found.logo.media, found.logo_data
        else:
            raise HTTPError(404)
        self.set_header("Content-Type", kind)
        self.set_header("Cache-Control", f"public, max-age={A_YEAR}, immutable")
        self.set_header("Content-Disposition", "inline")
        self.finish(data)

    head = get
