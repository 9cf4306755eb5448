"""`timhieu lint`, `trace`, `stats`: reading banks and telling about them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from contest.directory import KIT_PREFIX, RULES_FILE, ContestDirectory
from contest.messages import text
from questions.lint import lint
from questions.load import BANKS, ReadBank, read_bank
from questions.problems import Problem, ProblemsFound
from questions.report.stats import stats, told
from questions.report.trace import UnknownId, trace
from questions.sheet import sheet

HEADER = "bank.yml"


class NoBank(LookupError):
    """There is no bank where one was named; the message says so, in Vietnamese."""


def bank_folders(named: str | None) -> list[Path]:
    """Return the folders of the banks that a command is about.

    Parameters
    ----------
    named : str or None
        A bank's folder, a contest directory (its bank is meant), `kit:name`, or None for all
        banks that the kit brings along.

    Raises
    ------
    NoBank
        Where there is none.
    """
    if named is None:
        return sorted(path.parent for path in BANKS.glob(f"*/{HEADER}"))
    folder = Path(named)
    if named.startswith(KIT_PREFIX):
        folder = BANKS / named.removeprefix(KIT_PREFIX)
    elif (folder / RULES_FILE).is_file() and not (folder / HEADER).is_file():
        folder = ContestDirectory(folder).own_bank()
    if not (folder / HEADER).is_file():
        raise NoBank(text("cli.no_bank", bank=named))
    return [folder]


def is_bank(folder: Path) -> bool:
    """Return whether a folder is a bank and no contest directory."""
    return (folder / HEADER).is_file() and not (folder / RULES_FILE).is_file()


def read_banks(named: str | None) -> list[ReadBank]:
    """Read banks without errors; ProblemsFound with every error of all of them."""
    folders = bank_folders(named)
    reads = [read_bank(folder, f"{folder.name}/" if len(folders) > 1 else "") for folder in folders]
    errors = [problem for read in reads for problem in read.errors]
    if errors:
        raise ProblemsFound(errors)
    return reads


def lint_banks(named: str | None) -> list[Problem]:
    """Return the advice about banks that have no errors."""
    return [advice for read in read_banks(named) for advice in _lint(read)]


def _lint(read: ReadBank) -> list[Problem]:
    return lint(read.bank, read.places) if read.bank else []


def stats_of(named: str | None, *, as_json: bool) -> str:
    """Return what banks consist of, as JSON or as lines to read."""
    banks = [read.bank for read in read_banks(named) if read.bank]
    return json.dumps(stats(banks), ensure_ascii=False, indent=2) if as_json else told(banks)


def trace_id(named: str | None, id_: str) -> str:
    """Return the way from an id to its sources in words; UnknownId with ids that look like it."""
    return trace(read_banks(named), id_)


def unknown(found: UnknownId) -> str:
    """Return what to say about an unknown id."""
    near: Sequence[str] = found.near
    key = "cli.trace.near" if near else "cli.trace.unknown"
    return text(key, id=found.id, near=", ".join(near))


def print_bank(named: str | None, out: Path, topics: Sequence[str], *, with_key: bool) -> str:
    """Write a bank's questions as an HTML page for printing; the first bank where none is named.

    Returns
    -------
    str
        A Vietnamese line that says how many.

    Raises
    ------
    NoBank
        Where there is none.
    ProblemsFound
        Where the bank has errors; nothing is written then.
    """
    folder = bank_folders(named)[0]
    read = read_bank(folder, f"{folder.name}/")
    if read.bank is None or read.errors:
        raise ProblemsFound(read.errors)
    chosen = [one for one in read.bank.questions if not topics or one.topic in topics]
    page = sheet(read.bank.title, chosen, folder, with_key=with_key)
    out.write_text(page, encoding="utf-8")
    return text("cli.print.done", path=out, n=len(chosen))
