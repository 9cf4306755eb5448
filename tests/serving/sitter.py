"""Somebody at a real browser on the real server, and what was clicked there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Page

from tests.serving.reckoning import Question
from tests.serving.server import Server, until
from tests.serving.steps import begin, choose, go_to, question, register
from tests.serving.stored import contestant, rows_of
from tests.serving.wire import Wire


@dataclass
class Sitter:
    """Somebody at a browser, and what was clicked there."""

    person: int
    page: Page
    wire: Wire
    server: Server
    bank: dict[str, Question]
    clicked: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def come(
        cls,
        context: BrowserContext,
        server: Server,
        bank: dict[str, Question],
        person: int,
        *,
        url: str | None = None,
        clock: bool = False,
    ) -> Sitter:
        """Register and begin; by `url` instead of the server's own, with a clock to be moved."""
        wire = Wire.tap(context)
        page = context.new_page()
        if clock:
            page.clock.install()
        register(page, url or server.url, person, "Đơn vị mẫu 1")
        begin(page)
        return cls(person, page, wire, server, bank)

    def click(self, q: int, place: int = 0, *, counts: bool = True) -> None:
        """Choose an option of question `q`; `counts`: it is to be stored in the end."""
        go_to(self.page, q)
        shown = question(self.page)
        choose(self.page, [shown.options[place]])
        asked = self.bank[shown.stem]
        ids = dict(zip(asked.options, asked.option_ids, strict=True))
        if counts:
            self.clicked[asked.id] = [ids[shown.options[place]]]

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows of this person's attempts."""
        id_ = contestant(self.server.directory, self.person)["contestant_id"]
        return rows_of(self.server.directory, id_)

    def stored(self) -> dict[str, list[str]]:
        """Return what the database holds of the attempt, stale rows left out."""
        found, pen = {}, 0
        for row in self.rows():
            if row["kind"] == "pen":
                pen = row["pen"]
            elif row["kind"] == "response" and row["pen"] == pen:
                found[row["body"]["question"]] = row["body"]["chosen"]
        return found

    def delivered(self, seconds: float = 30) -> None:
        """Wait until everything that was clicked is stored, and nothing else."""
        until(
            lambda: self.stored() == self.clicked, seconds, "every answer is stored", page=self.page
        )

    def settled(self) -> None:
        """Wait until every message is acknowledged."""
        until(self.wire.all_acknowledged, 20, "all is acknowledged", page=self.page)

    def seqs_stored(self) -> set[tuple[int, int]]:
        """Return pen and sequence of every row that came from a page."""
        return {(row["pen"], row["sequence"]) for row in self.rows() if row["sequence"] is not None}
