"""What the tests of the author's page look at."""

from __future__ import annotations

from contest.ui.author import AuthorPage
from questions.editing import Entry


def entry(page: AuthorPage, id_: str) -> Entry:
    """Return the entry with an id."""
    return next(one for one in page.bank.entries if one.id == id_)


def said(page: AuthorPage) -> str:
    """Return what stands above the table."""
    return page._said.value
