"""The desk's page without a browser: logged in to, and what it shows."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from contest.roles import Role
from contest.ui.desk.page import DeskPage
from tests.contest.ui.desk.conftest import PASSWORD, Site, name_of
from tests.contest.ui.pressing import all_widgets


def with_page(site: Site, role: Role | None, work: Callable[[DeskPage], Awaitable[Any]]) -> None:
    """Do something with a page, somebody of a role logged in through its form."""

    async def main() -> None:
        async with site.room() as room:
            page = DeskPage(site.directory.path, site.clock, room)
            if role is not None:
                await enter(page, name_of(role), PASSWORD)
            await work(page)

    asyncio.run(main())


async def enter(page: DeskPage, name: str, password: str) -> None:
    """Fill the form in and press its button."""
    message = {"t": "login", "name": name, "password": password}
    page.form._received(page.form, message, [])
    await page.runner.settled()


def seen(page: DeskPage) -> str:
    """Return everything that the page shows."""
    found = [
        str(getattr(one, "value", "")) + str(getattr(one, "description", ""))
        for one in all_widgets(page.box)
        if not hasattr(one, "layout") or one.layout.display != "none"
    ]
    return "\n".join(found)
