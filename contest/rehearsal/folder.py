"""Where a rehearsal lies: a contest directory of its own below `var`, made and wiped. Blocks."""

from __future__ import annotations

import contextlib
import json
import secrets
import shutil
from pathlib import Path

from contest.directory import RULES_FILE, ContestDirectory
from contest.rules import Rules
from questions.dump import dump_bank
from questions.model import Bank

NAME = "dien_tap"
MARK = ".dien_tap"
"""A file in it; it tells one rehearsal from the next."""

MOST_BYTES = 5_000_000
"""Of a file beside the rules that is copied along: a logo, the list of units."""


class RehearsalFolder:
    """The rehearsal of a contest.

    Parameters
    ----------
    real : ContestDirectory
        The contest that is rehearsed; nothing in it but this folder is ever changed.
    """

    def __init__(self, real: ContestDirectory) -> None:
        self._real = real
        self.path = real.var / NAME

    @property
    def exists(self) -> bool:
        """Whether anything of a rehearsal is left."""
        return self.path.exists() or any(self._aside())

    def mark(self) -> str | None:
        """Return what tells this rehearsal from the next; None where there is none."""
        with contextlib.suppress(OSError):
            return (self.path / MARK).read_text(encoding="ascii")
        return None

    def make(self, rules: Rules, bank: Bank | None, *, banks: tuple[str, ...]) -> ContestDirectory:
        """Write a rehearsal's files in the place of any earlier one's; return its directory.

        Parameters
        ----------
        bank : Bank or None
            What is written in the place of the contest's own bank.
        banks : tuple of str
            The own banks that are copied, as the rules name them.
        """
        from contest.papers.templates import FOLDER as TEMPLATES  # documents are heavy

        self.wipe()
        self._real.var.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path.mkdir(mode=0o700)
        for file in sorted(self._real.path.iterdir()):
            plain = file.is_file() and not file.name.startswith(".") and not file.is_symlink()
            if plain and file.name != RULES_FILE and file.stat().st_size <= MOST_BYTES:
                shutil.copyfile(file, self.path / file.name)
        if (self._real.path / TEMPLATES).is_dir():
            shutil.copytree(self._real.path / TEMPLATES, self.path / TEMPLATES)
        for name in banks:
            shutil.copytree(self._real.bank_folder(name), self.path / name, dirs_exist_ok=True)
        if bank is not None:
            dump_bank(bank, self.path / rules.bank)
        text = json.dumps(rules.to_data(), ensure_ascii=False, indent=2)  # JSON is YAML
        (self.path / RULES_FILE).write_text(text + "\n", encoding="utf-8")
        (self.path / MARK).write_text(secrets.token_hex(8), encoding="ascii")
        return ContestDirectory(self.path)

    def wipe(self, mark: str | None = None) -> bool:
        """Delete the rehearsal, of whatever state; return whether there was anything.

        With `mark` only that one. It is out of the way in one step: whoever serves it sees that it
        is gone.
        """
        if mark is not None and self.mark() != mark:
            return False
        there = self.exists
        with contextlib.suppress(FileNotFoundError):
            self.path.rename(self.path.with_name(f".{NAME}-{secrets.token_hex(4)}"))
        for folder in self._aside():
            shutil.rmtree(folder)
        return there

    def _aside(self) -> list[Path]:
        return sorted(self._real.var.glob(f".{NAME}-*"))


def is_rehearsal(directory: ContestDirectory) -> bool:
    """Return whether a contest directory is a rehearsal's."""
    return (directory.path / MARK).is_file()
