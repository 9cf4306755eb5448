"""`/anh/<hash>`: a picture, for whoever was given a paper with it."""

from __future__ import annotations

from tornado.web import HTTPError

from contest.serving.page import Page
from questions.model import Picture

A_YEAR = 365 * 24 * 3600


class PicturePage(Page):
    """A picture of a frozen round; to everybody else there is none at this address."""

    async def get(self, digest: str) -> None:
        contestant_id = self.shared.cookies.contestant(self)
        pictures = self.service.pictures
        picture = await pictures.seen_by(contestant_id, digest) if contestant_id else None
        data = await pictures.data(digest) if picture else None
        if picture is None or data is None:
            raise HTTPError(404)
        send(self, picture, data)


def send(page: Page, picture: Picture, data: bytes) -> None:
    """Answer with a picture that never changes under its address."""
    page.set_header("Content-Type", picture.media)
    page.set_header("Cache-Control", f"private, max-age={A_YEAR}, immutable")
    page.set_header("Content-Disposition", "inline")
    page.finish(data)
