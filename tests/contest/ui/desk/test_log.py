"""What was done, at the desk: every row of the chain in words, the newest first, in pages."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import contest
from contest.closing.steps import KIND, STEPS
from contest.frozen import SERVER
from contest.organisers import PEOPLE
from contest.store.commands import RULING_KINDS, Action, RecordAction
from contest.ui.desk.log import Log
from contest.ui.desk.log_words import ENTRIES, told_action
from contest.ui.desk.messages import text
from contest.ui.desk.page import DeskPage
from contest.ui.desk.room import LOG_PAGE
from tests.contest.ui.desk.conftest import NOW, Site, name_of
from tests.contest.ui.desk.helpers import seen, with_page
from tests.contest.ui.pressing import press

BODY = {"step": STEPS[0].name, "what": "add", "reason": "Lý do kín", "points": {"1": 1}}


def part(page: DeskPage) -> Log:
    """Return the part of the page that is tried here."""
    return next(one for one in page.parts if isinstance(one, Log))


async def pressed(page: DeskPage, key: str) -> None:
    """Press a button and wait until what it starts is done."""
    press(page.box, text(key))
    await page.runner.settled()


def written_kinds() -> set[str]:
    """Return the kinds of actions that the code writes, as its source has them."""
    root = Path(contest.__file__).parent
    found = set(RULING_KINDS)
    for path in root.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if "Action(" not in source or "store" in path.relative_to(root).parts:
            continue
        name = ".".join(("contest", *path.relative_to(root).with_suffix("").parts))
        for node in ast.walk(ast.parse(source)):
            if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Action"):
                continue
            kind = node.args[2]
            if isinstance(kind, ast.Constant):
                found.add(str(kind.value))
            elif isinstance(kind, ast.Name) and kind.id.isupper():
                found.add(getattr(import_module(name), kind.id))
    return found


def test_every_kind_that_is_written_has_words() -> None:
    """None stands there under the name that the code has for it; nor does anything kept in it."""
    kinds = written_kinds()
    assert {"freeze", "close", "new_code", "notice", "forget", "essay_mark"} < kinds
    assert set(ENTRIES) < kinds
    for kind in kinds:
        when, who, what, _subject = told_action(Action(NOW, "Ai đó", kind, "x-1", BODY))
        assert (when, who) == ("09:00 23/11/2026", "Ai đó")
        assert what != kind and "Lý do kín" not in what


@pytest.mark.parametrize("step", [one.name for one in STEPS])
def test_steps_of_closing_are_named(step: str) -> None:
    """As the closing part names them."""
    told = told_action(Action(NOW, SERVER, KIND, "ky-1", {"step": step}))
    assert told[1] == "máy chủ"
    assert told[2].startswith("khép kỳ, bước ") and step not in told[2]
    assert told[3] == "ky-1"


@pytest.mark.parametrize("what", ["add", "remove", "password"])
def test_changes_of_the_organisers_are_named(what: str) -> None:
    """With whom they were about."""
    _, who, words, subject = told_action(Action(NOW, "A", PEOPLE, "B", {"what": what}))
    assert (who, subject) == ("A", "B")
    assert words == text(f"log.people.{what}")


def test_what_was_just_done_is_on_top(site: Site) -> None:
    """With who did it; reasons aren't told."""
    site.begin(1)

    async def work(page: DeskPage) -> None:
        await page.room.post_notice("Bảo trì <b>lúc 22:00", "info", "", "", "")
        await pressed(page, "refresh")
        shown = part(page)._table.value
        assert shown.index("đăng thông báo") < shown.index("mở kỳ, đóng băng bộ đề")
        assert name_of("secretary") in shown and "ky-1" in shown
        assert "Bảo trì" not in shown
        assert "đăng nhập" not in shown

    with_page(site, "secretary", work)


def test_older_ones_are_a_press_away(site: Site) -> None:
    """And newer ones again; what comes in between moves nothing to where it is missed."""

    async def work(page: DeskPage) -> None:
        log = part(page)
        assert text("log.none") in log._table.value
        many = [Action(NOW + n, "Ai <đó>", "close", f"k-{n:03}") for n in range(LOG_PAGE + 7)]
        await page.room._store.write(*map(RecordAction, many))
        await pressed(page, "refresh")
        assert f"k-{LOG_PAGE + 6:03}" in log._table.value and "k-006" not in log._table.value
        assert "Ai &lt;đó&gt;" in log._table.value
        assert log.newer.layout.display == "none"
        await pressed(page, "log.older")
        assert "k-006" in log._table.value and "k-007" not in log._table.value
        assert text("log.caption", a=LOG_PAGE + 1, b=LOG_PAGE + 7) in log._table.value
        assert log.older.layout.display == "none"
        await pressed(page, "log.newer")
        assert "k-007" in log._table.value

    with_page(site, "viewer", work)


def test_who_comes_in_is_for_who_says_who_the_organisers_are(site: Site) -> None:
    """A head asks for it; others can't, whatever their page sends."""

    async def head(page: DeskPage) -> None:
        log = part(page)
        assert "đăng nhập" not in log._table.value
        log.entries.value = True
        await page.runner.settled()
        assert "đăng nhập" in log._table.value and name_of("head") in log._table.value

    async def viewer(page: DeskPage) -> None:
        log = part(page)
        assert log.entries.layout.display == "none"
        log.entries.value = True
        await page.runner.settled()
        assert text("log.none") in log._table.value

    with_page(site, "head", head)
    with_page(site, "viewer", viewer)


@pytest.mark.parametrize("role", ["author", "marker"])
def test_others_see_no_log(site: Site, role: Any) -> None:
    """The part isn't there."""

    async def work(page: DeskPage) -> None:
        assert not any(isinstance(one, Log) for one in page.parts)
        assert text("log.title") not in seen(page)

    with_page(site, role, work)
