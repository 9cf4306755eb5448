"""A folder that `timhieu grade` wrote: the one reader of its manifest, files and rules. No pandas.

Everything that is read has the hash that the manifest names. Who reads says in words of its own
what is wrong.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from yaml import SafeLoader, YAMLError, compose_all

from contest.rules import Rules
from grading.written import NAME, read_outputs
from questions.canonical import sha256
from questions.yaml_lines import parse_yaml

RULES = "rules.yml"
VERSION_LENGTH = 12

Row = dict[str, str]


class NoResult(ValueError):
    """The folder has no manifest that can be read."""


class NotWhole(ValueError):
    """Files of the result are missing, or aren't what was graded.

    Attributes
    ----------
    missing, changed : tuple of str
        Their names, in order.
    """

    def __init__(self, missing: Iterable[str], changed: Iterable[str]) -> None:
        super().__init__()
        self.missing, self.changed = tuple(missing), tuple(changed)


class BadRules(ValueError):
    """The rules in the result can't be read; `keys` are those that are wrong, as `a.b`."""

    def __init__(self, keys: Iterable[str] = ()) -> None:
        super().__init__()
        self.keys = tuple(keys)


@dataclass(frozen=True)
class ResultFolder:
    """A result as it lies there.

    Attributes
    ----------
    manifest : dict
        As `timhieu grade` wrote it.
    digest : str
        SHA-256 of the manifest's file, which names that of every other.
    """

    path: Path
    manifest: dict[str, Any]
    digest: str

    @property
    def version(self) -> str:
        """The first letters of `digest`: two results differ in it."""
        return self.digest[:VERSION_LENGTH]

    @property
    def outputs(self) -> dict[str, str]:
        """File name -> SHA-256."""
        return self.manifest["outputs"]

    @property
    def final(self) -> bool:
        """Whether every round is closed."""
        return self.manifest["status"] == "final"

    def contents(self, names: Iterable[str]) -> dict[str, bytes]:
        """Return files of these names, each as it was graded.

        Raises
        ------
        NotWhole
            Naming every one that isn't there or was changed since.
        """
        found, missing, changed = {}, [], []
        for name in sorted(set(names)):
            content = _bytes(self.path / name) if Path(name).name == name else None
            if content is None:
                missing.append(name)
            elif sha256(content) != self.outputs.get(name):
                changed.append(name)
            else:
                found[name] = content
        if missing or changed:
            raise NotWhole(missing, changed)
        return found

    def rows(self, name: str) -> list[Row]:
        """Return the rows of a CSV file as they are written; NotWhole as for `contents`."""
        lines = self.contents([name])[name].decode("utf-8-sig").splitlines(keepends=True)
        return list(csv.DictReader(lines))

    @cached_property
    def rules(self) -> list[Rules]:
        """The rules that rounds were graded by, each version once, the newest last.

        Raises
        ------
        NotWhole, BadRules
        """
        return read_rules(self.contents([RULES])[RULES].decode("utf-8-sig", errors="replace"))

    def rules_of(self, round_id: str) -> Rules | None:
        """Return the last version of the rules that knows a round; None where none does."""
        known = (one for one in reversed(self.rules) if round_id in {r.id for r in one.rounds})
        return next(known, None)


def open_folder(path: Path) -> ResultFolder:
    """Return a result folder; NoResult where it is none."""
    raw = _bytes(path / NAME)
    if raw is None or read_outputs(raw.decode("utf-8", errors="replace")) is None:
        raise NoResult(str(path))
    return ResultFolder(path, json.loads(raw), sha256(raw))


def read_rules(text: str) -> list[Rules]:
    """Return the rules in a file with one YAML document for each version.

    Raises
    ------
    BadRules
        Where it is no YAML, or a version isn't a contest's rules.
    """
    try:
        nodes = [node for node in compose_all(text, Loader=SafeLoader) if node is not None]
    except YAMLError:
        raise BadRules from None
    found = []
    for node in nodes:
        file, _ = parse_yaml(text[node.start_mark.index : node.end_mark.index], RULES)
        if file is None:
            raise BadRules
        try:
            found.append(Rules.model_validate(file.data))
        except ValidationError as error:
            raise BadRules(".".join(map(str, one["loc"])) for one in error.errors()) from None
    return found


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
