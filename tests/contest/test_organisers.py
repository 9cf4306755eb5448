"""Organisers: kept apart from the database, hashed, with a limit on wrong passwords."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from contest.organisers import FILE, IN, TRIES, TRY, WITHIN_MS, NotAllowed, Organisers, log_in
from contest.store import SqliteStore
from tests.factories import OPENS

PASSWORD = "mat-khau-thu-1"
OTHER = "mat-khau-thu-2"


@pytest.fixture
def people(tmp_path: Path) -> Organisers:
    """One head; hashed as cheaply as can be."""
    found = Organisers(tmp_path / "var", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    found.add("Trưởng Ban Thử", "head", PASSWORD)
    return found


def with_store(tmp_path: Path, work: Callable[[SqliteStore], Any]) -> Any:
    """Do something with a store."""

    async def main() -> Any:
        store = SqliteStore(tmp_path / "var" / "timhieu.db")
        try:
            return await work(store)
        finally:
            await store.close()

    return asyncio.run(main())


def refused(code: str, work: Callable[[], object]) -> NotAllowed:
    """Return why something was refused, which must be `code`."""
    with pytest.raises(NotAllowed) as found:
        work()
    assert found.value.code == code
    return found.value


def test_a_role_that_is_none_is_refused(people: Organisers) -> None:
    """Else the file couldn't be read any more."""
    refused("no_role", lambda: people.add("Người Lạ", "owner", PASSWORD))  # type: ignore[arg-type]
    assert [one.name for one in people.all()] == ["Trưởng Ban Thử"]


def test_only_a_hash_is_kept(people: Organisers, tmp_path: Path) -> None:
    """In a file that nobody else may read."""
    path = tmp_path / "var" / FILE
    assert PASSWORD not in path.read_text(encoding="utf-8")
    assert "$argon2id$" in path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o777 == 0o600
    assert people.is_right(people.find("Trưởng Ban Thử"), PASSWORD)
    assert not people.is_right(people.find("Trưởng Ban Thử"), OTHER)
    assert not people.is_right(None, PASSWORD)


def test_default_hash_is_the_recommended_one(tmp_path: Path) -> None:
    """argon2id, by argon2-cffi's own parameters."""
    made = Organisers(tmp_path).add("A", "viewer", PASSWORD)
    assert made.hash.startswith("$argon2id$")
    assert not PasswordHasher().check_needs_rehash(made.hash)


def test_names_are_found_however_they_are_typed(people: Organisers) -> None:
    """Case, spaces and the form of Unicode don't matter; two alike are refused."""
    typed = unicodedata.normalize("NFD", "  trưởng  BAN thử ")
    found = people.find(typed)
    assert found is not None
    assert found.name == "Trưởng Ban Thử"
    refused("name_used", lambda: people.add(typed, "viewer", PASSWORD))


def test_what_is_wrong_is_refused(people: Organisers, tmp_path: Path) -> None:
    """And nothing is written."""
    before = (tmp_path / "var" / FILE).read_bytes()
    refused("no_name", lambda: people.add(" ", "viewer", PASSWORD))
    refused("password_length", lambda: people.add("B", "viewer", "ngắn"))
    refused("password_length", lambda: people.add("B", "viewer", "x" * 201))
    refused("unknown_name", lambda: people.remove("B"))
    refused("unknown_name", lambda: people.set_password("B", PASSWORD))
    assert (tmp_path / "var" / FILE).read_bytes() == before


def test_people_are_added_changed_and_removed(people: Organisers) -> None:
    """Each change is in the file at once."""
    people.add("B", "secretary", PASSWORD)
    people.set_password("b", OTHER)
    assert people.is_right(people.find("B"), OTHER)
    assert [one.name for one in people.all()] == ["B", "Trưởng Ban Thử"]
    people.remove("B")
    assert people.find("B") is None


@pytest.mark.parametrize("content", ["{", "[]", '{"people": [{"name": "A"}]}'])
def test_broken_file_is_no_empty_one(people: Organisers, tmp_path: Path, content: str) -> None:
    """It is refused by name."""
    (tmp_path / "var" / FILE).write_text(content, encoding="utf-8")
    refused("broken_file", people.all)


def test_log_in_leaves_rows_without_password(people: Organisers, tmp_path: Path) -> None:
    """A try, then that it was right."""

    async def work(store: SqliteStore) -> Any:
        found = await log_in(people, store, "trưởng ban thử", PASSWORD, OPENS)
        return found, await store.actions()

    found, actions = with_store(tmp_path, work)
    assert found.role == "head"
    assert [action.kind for action in actions] == [TRY, IN]
    assert {action.subject for action in actions} == {"Trưởng Ban Thử"}
    assert PASSWORD not in str(actions)


@pytest.mark.parametrize("name", ["Trưởng Ban Thử", "Không Có"])
def test_wrong_ones_are_limited(people: Organisers, tmp_path: Path, name: str) -> None:
    """A wrong name answers as a wrong password does; the right one has to wait then too."""

    async def code(store: SqliteStore, password: str, at: int) -> str:
        try:
            await log_in(people, store, name, password, at)
        except NotAllowed as error:
            return error.code
        return "in"

    async def work(store: SqliteStore) -> list[str]:
        found = [await code(store, OTHER, OPENS + n) for n in range(TRIES + 1)]
        found.append(await code(store, PASSWORD, OPENS + 10))
        found.append(await code(store, PASSWORD, OPENS + WITHIN_MS + 10))
        return found

    later = "in" if name == "Trưởng Ban Thử" else "login_wrong"
    wanted = ["login_wrong"] * TRIES + ["login_limited"] * 2 + [later]
    assert with_store(tmp_path, work) == wanted


def test_many_at_once_get_no_more_tries(people: Organisers, tmp_path: Path) -> None:
    """They are written down before they are looked at."""

    async def code(store: SqliteStore) -> str:
        try:
            await log_in(people, store, "Trưởng Ban Thử", OTHER, OPENS)
        except NotAllowed as error:
            return error.code
        return "in"

    async def work(store: SqliteStore) -> list[str]:
        return list(await asyncio.gather(*(code(store) for _ in range(12))))

    assert with_store(tmp_path, work).count("login_wrong") <= TRIES


def test_success_begins_the_count_anew(people: Organisers, tmp_path: Path) -> None:
    """Mistyping now and then locks nobody out."""

    async def work(store: SqliteStore) -> None:
        for n in range(3 * TRIES):
            if n % 2:
                await log_in(people, store, "Trưởng Ban Thử", PASSWORD, OPENS + n)
            else:
                with pytest.raises(NotAllowed):
                    await log_in(people, store, "Trưởng Ban Thử", OTHER, OPENS + n)

    with_store(tmp_path, work)


def test_nobody_can_log_in_where_nobody_is(tmp_path: Path) -> None:
    """No organiser is made up."""

    async def work(store: SqliteStore) -> None:
        await log_in(Organisers(tmp_path / "leer"), store, "A", PASSWORD, OPENS)

    refused("nobody", lambda: with_store(tmp_path, work))
