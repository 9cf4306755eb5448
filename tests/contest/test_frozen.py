"""What a round was frozen with holds, whatever the files say later."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contest.directory import ContestDirectory
from contest.draw import draw, seed_of
from contest.frozen import FrozenRound, freeze_command, from_record, secret_hash, unfrozen
from contest.store import FrozenRecord
from questions.canonical import sha256
from tests.factories import OPENS, ROUND

SECRET = b"s" * 32


def record(directory: ContestDirectory) -> FrozenRecord:
    """Return what the store gives back of a frozen round."""
    contest = directory.load()
    command = freeze_command(contest, contest.rules.round(ROUND), SECRET, OPENS)
    contents = {kind: body for kind, body in command.contents.values()}
    return FrozenRecord(ROUND, command.action, contents)


def frozen(directory: ContestDirectory) -> FrozenRound:
    """Return the frozen round."""
    return from_record(record(directory), SECRET)


def test_frozen_round_is_what_the_files_were(directory: ContestDirectory) -> None:
    """Rules, units and bank, with their hashes."""
    contest, result = directory.load(), frozen(directory)
    assert (result.rules, result.units) == (contest.rules, contest.units)
    assert result.rules_text == contest.rules_text
    assert result.hashes["bank"] == result.bank.content_hash() == contest.bank.content_hash()
    assert result.hashes["rules"] == contest.rules.content_hash()
    assert result.hashes["units"] == contest.units.content_hash()
    assert result.round.opens_at == OPENS


def test_only_the_hash_of_the_secret_is_stored(directory: ContestDirectory) -> None:
    """It is published before the round; the secret itself after it."""
    found = record(directory)
    assert found.action.body["secret"] == secret_hash(SECRET) == sha256(SECRET)
    assert SECRET.hex() not in str(found)


def test_secret_and_bank_are_not_shown_by_accident(directory: ContestDirectory) -> None:
    """In a log or a traceback."""
    shown = repr(frozen(directory))
    assert repr(SECRET) not in shown
    assert "ch-luat-1" not in shown


def test_wrong_secret_is_refused(directory: ContestDirectory) -> None:
    """It would draw other papers than those that were sat."""
    with pytest.raises(ValueError, match="secret"):
        from_record(record(directory), b"t" * 32)


@pytest.mark.parametrize("kind", ["bank", "rules", "rules_text", "units"])
def test_changed_content_is_refused(directory: ContestDirectory, kind: str) -> None:
    """A key edited in the database would go unnoticed otherwise."""
    found = record(directory)
    body = found.contents[kind]
    changed = replace(found, contents={**found.contents, kind: body.replace("Đ", "D", 1) + " "})
    with pytest.raises(ValueError, match=kind):
        from_record(changed, SECRET)


def test_paper_is_the_one_of_the_seed(directory: ContestDirectory) -> None:
    """Always the same one, and the same as from the files."""
    result = frozen(directory)
    paper = result.paper("lt-1", "chung")
    assert result.paper("lt-1", "chung") is paper
    assert paper == draw(result.pool, result.rules.paper, seed_of(SECRET, "lt-1"))
    contest = directory.load()
    assert unfrozen(contest, contest.rules.round(ROUND), SECRET).paper("lt-1", "chung") == paper


def test_papers_of_two_attempts_differ(directory: ContestDirectory) -> None:
    """As far as the bank allows."""
    result = frozen(directory)
    assert len({str(result.paper(f"lt-{n}", "chung").items) for n in range(10)}) == 10
