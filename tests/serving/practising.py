"""A contest beside which is practised, for the real server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from contest.directory import ContestDirectory
from questions.dump import dump_bank
from questions.model import Bank
from tests.factories import EVERY_TYPE, make_bank, stamped, typed, typed_bank
from tests.serving.contests import open_contest

PRACTICE = """practice:
  bank: on_tap
  closed_during_rounds: {closed}
"""


def every_type() -> Bank:
    """Return a bank with one question of each type, each on a fact of its own."""
    facts = [fact.id for fact in make_bank().facts]
    pairs = zip(EVERY_TYPE, facts, strict=False)
    return typed_bank(*(typed(type_, facts=[fact]) for type_, fact in pairs), status="reviewed")


def to_practise(**options: Any) -> Bank:
    """Return the small bank with stems of its own: what a contest keeps back is known by them."""
    bank = make_bank(status="draft", **options)
    own = tuple(one.model_copy(update={"stem": f"Luyện tập: {one.stem}"}) for one in bank.questions)
    return stamped(bank.model_copy(update={"questions": own}), "reviewed")


def practised(
    path: Path, bank: Bank | None = None, *, closed: bool = False, **rules: Any
) -> ContestDirectory:
    """Write a sample contest with a practice bank of its own."""
    directory = open_contest(path, **rules)
    file = directory.path / "the_le.yml"
    said = PRACTICE.format(closed=str(closed).lower())
    file.write_text(file.read_text(encoding="utf-8") + said, encoding="utf-8")
    dump_bank(bank or to_practise(), directory.path / "on_tap")
    return directory
