"""The contest directory: what an organiser owns, read strictly and checked as a whole.

the_le.yml     the rules
don_vi.csv     the units
giao_dien.yml  how the pages look; may be missing
ngan_hang/     a private bank, unless the rules name one of the kit's
var/           database and secrets; never served, never in git
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from contest.appearance import KITS_OWN, Appearance, read_appearance
from contest.check import check_contest
from contest.messages import problem
from contest.rules import BankName, Rules, UnitsFile
from contest.units import Units, read_units
from questions.load import BANKS, ReadBank, read_bank
from questions.model import Bank
from questions.pictures import FOLDER
from questions.problems import Problem, ProblemsFound
from questions.strict import validate
from questions.yaml_lines import YamlFile, parse_yaml, read_yaml

RULES_FILE = "the_le.yml"
UNITS_FILE = "don_vi.csv"
BANK_FOLDER = "ngan_hang"
KIT_PREFIX = "kit:"


@dataclass(frozen=True)
class Contest:
    """Rules, units and bank that fit together.

    `rules_text` is the file as written, `pictures` the folder of the bank's pictures.
    """

    rules: Rules
    rules_text: str
    units: Units
    bank: Bank
    pictures: Path
    appearance: Appearance = KITS_OWN


@dataclass(frozen=True)
class ReadContest:
    """What reading a directory gave: a contest (None if it can't be used) and every finding."""

    contest: Contest | None
    problems: list[Problem]

    @property
    def errors(self) -> list[Problem]:
        """Problems without the advice."""
        return [problem for problem in self.problems if not problem.advice]


class ContestDirectory:
    """A contest's files.

    Parameters
    ----------
    path : Path
        The directory; it need not be valid, or exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def var(self) -> Path:
        """Folder of database and secrets."""
        return self.path / "var"

    @property
    def database(self) -> Path:
        """The database of the real contest."""
        return self.var / "timhieu.db"

    @property
    def preview_database(self) -> Path:
        """The database of previews, emptied whenever one starts."""
        return self.var / "xem_thu.db"

    def database_copies(self) -> list[Path]:
        """Return the copies that migrations left beside the database."""
        return sorted(self.var.glob("timhieu-*.db"))

    @property
    def secrets(self) -> Path:
        """Folder of secrets, mode 0700."""
        return self.var / "secrets"

    def bank_folder(self, bank: str) -> Path:
        """Return where the bank lies that the rules call `bank`."""
        if bank.startswith(KIT_PREFIX):
            return BANKS / bank.removeprefix(KIT_PREFIX)
        return self.path / bank

    def own_bank(self) -> Path:
        """Return the folder of the bank that the rules name.

        Raises
        ------
        ProblemsFound
            When the rules can't be read.
        """
        return self.bank_folder(self.rules().bank)

    def rules(self) -> Rules:
        """Return the rules alone, not checked against units and bank.

        Raises
        ------
        ProblemsFound
            When they can't be read.
        """
        file, problems = read_yaml(self.path / RULES_FILE, RULES_FILE)
        rules = None
        if file is not None:
            rules, found = validate(Rules, file, file.data)
            problems += found
        if rules is None:
            raise ProblemsFound(problems)
        return rules

    def signature(self) -> object:
        """Return something that changes whenever a file of the contest is saved."""
        files = [*self.path.glob("*"), *self.path.glob("*/*.yml")]
        files += self.path.glob(f"*/{FOLDER}/*")
        return sorted(
            (file.name, stat.st_mtime_ns, stat.st_size)
            for file in files
            if file.parent.name != "var" and file.is_file() and (stat := file.stat())
        )

    def load(self, ruled: str | None = None) -> Contest:
        """Return the contest; ProblemsFound with every problem if there is one.

        `ruled`: text of the rules that a ruling put in the place of the file's.
        """
        read = self.read(ruled)
        if read.contest is None or read.errors:
            raise ProblemsFound(read.errors)
        return read.contest

    def read(self, ruled: str | None = None, name: str = RULES_FILE) -> ReadContest:
        """Read and check everything.

        With `ruled`, rules of that text, which problems call `name`, instead of the file's.
        """
        problems: list[Problem] = []
        path = self.path / RULES_FILE
        file, found = read_yaml(path, name) if ruled is None else parse_yaml(ruled, name)
        problems += found
        appearance, found = read_appearance(self.path)
        problems += found
        rules = None
        if file is not None:
            rules, found = validate(Rules, file, file.data)
            problems += found
        if file is None or rules is None:
            problems += self._others(file)
            return ReadContest(None, sorted(set(problems)))
        units, found = read_units(self.path / rules.units, rules.units)
        problems += found
        bank = self._bank(rules.bank, file.line(("bank",)))
        problems += bank.problems
        problems += check_contest(rules, file, units, bank.bank)
        other = rules.practice.bank
        if other is not None and other != rules.bank:
            problems += self._bank(other, file.line(("practice", "bank"))).problems
        contest = None
        if units is not None and bank.bank is not None:
            written = path.read_text(encoding="utf-8-sig") if ruled is None else ruled
            pictures = self.bank_folder(rules.bank) / FOLDER
            contest = Contest(rules, written, units, bank.bank, pictures, appearance)
        return ReadContest(contest, sorted(set(problems)))

    def _others(self, file: YamlFile | None) -> list[Problem]:
        """Return what is wrong with units and bank while the rules themselves can't be used."""
        if file is not None and isinstance(file.data, dict):
            units, bank = file.data.get("units"), file.data.get("bank")
        else:  # as `init` names them, where they are there
            units = UNITS_FILE if (self.path / UNITS_FILE).is_file() else None
            bank = BANK_FOLDER if (self.path / BANK_FOLDER).is_dir() else None
        problems: list[Problem] = []
        if _is(UnitsFile, units):
            problems += read_units(self.path / units, units)[1]
        if _is(BankName, bank):
            problems += self._bank(bank, file.line(("bank",)) if file else 0).problems
        return problems

    def _bank(self, bank: str, line: int) -> ReadBank:
        folder = self.bank_folder(bank)
        if not folder.is_dir():
            return ReadBank(None, [problem("bank.missing", RULES_FILE, line, bank=bank)], {})
        read = read_bank(folder, f"{bank}/")
        if bank.startswith(KIT_PREFIX):
            # Advice about the kit's own bank is for its authors, not for this organiser.
            return ReadBank(read.bank, read.errors, read.places)
        return read


def _is(kind: Any, value: Any) -> bool:
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return False
    return True
