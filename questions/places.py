"""Where in which file an entry stands, for messages."""

from __future__ import annotations

from dataclasses import dataclass

from questions.yaml_lines import Loc, YamlFile


@dataclass(frozen=True)
class Place:
    """An entry's file and its place in it."""

    file: YamlFile
    loc: Loc

    def line(self, *below: str | int) -> int:
        """Return the 1-based line of something below the entry, or of the entry."""
        return self.file.line((*self.loc, *below))

    def __str__(self) -> str:
        return f"{self.file.name}:{self.line()}"
