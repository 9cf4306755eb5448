"""Which certificates were made: so that their owners can fetch them, and no number is given twice.

Files of the contest's `var`, one for each result and for people and units. They hold no names of
people: those come from the store, and where one was erased or changed since, its certificate isn't
given any more.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from contest.documents_rules import Documents
from contest.papers.signed import Certificate, signed
from questions.canonical import sha256

FOLDER = "chung_nhan"
OF_UNITS = "-tap_the"


@dataclass(frozen=True)
class Given:
    """A certificate, and the round and person it is for; None: a unit's, or nobody known."""

    certificate: Certificate
    round_id: str
    contestant_id: str | None


@dataclass(frozen=True)
class Issued:
    """The certificates of one result.

    Attributes
    ----------
    documents, marks, as_of
        What all of them share, as `contest.papers.certificates.Look` has it.
    rests_on : dict
        Round -> hash of the confirmed result that they repeat: they are given while all stand.
    rows : list of dict
        Round, person (null: a unit's), digest of the signed text, and the certificate's fields,
        of people's all but the name.
    """

    documents: Documents
    marks: str
    as_of: int
    rests_on: dict[str, str]
    rows: list[dict[str, Any]]

    def of(
        self, contestant_id: str, round_id: str, name: str, key: Ed25519PrivateKey
    ) -> list[tuple[Certificate, str]]:
        """Return a person's certificates of a round, each with its signed text."""
        found = []
        for row in self.rows:
            if (row["contestant"], row["round"]) != (contestant_id, round_id):
                continue
            one = Certificate(name=name, **row["fields"])
            text = signed(one, key)
            if sha256(text) == row["digest"]:
                found.append((one, text))
        return found


def write_issued(
    var: Path, given: Iterable[Given], documents: Documents, marks: str, as_of: int,
    key: Ed25519PrivateKey, rests_on: dict[str, str],
) -> None:  # fmt: skip
    """Note the certificates of a result, in the place of what was noted of it before.

    All are people's, or all are units'.
    """
    rows, name = [], ""
    for one in given:
        fields = asdict(one.certificate)
        name = one.certificate.version
        if one.contestant_id is None:
            name += OF_UNITS
        else:
            del fields["name"]
        digest = sha256(signed(one.certificate, key))
        row = {"round": one.round_id, "contestant": one.contestant_id, "digest": digest}
        rows.append({**row, "fields": fields})
    if not rows:
        return
    data = {
        "documents": documents.model_dump(mode="json"),
        "marks": marks,
        "as_of": as_of,
        "rests_on": rests_on,
        "rows": rows,
    }
    path = _path(var, name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
        json.dump(data, file, ensure_ascii=False, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


@dataclass
class KnownIssued:
    """The certificates of people that were made of a contest's results, newest first."""

    var: Path
    _seen: object = None
    _kept: list[Issued] = field(default_factory=list)

    def look(self) -> list[Issued]:
        """Return them, read again where files have changed; one that can't be read is left out.

        Blocks.
        """
        found = [
            (path.stat().st_mtime_ns, path.stat().st_size, path)
            for path in (self.var / FOLDER).glob("*.json")
            if not path.stem.endswith(OF_UNITS)
        ]
        seen = sorted(found, reverse=True)
        if seen != self._seen:
            read = [_read(path) for *_, path in seen]
            self._kept, self._seen = [one for one in read if one is not None], seen
        return self._kept


def _read(path: Path) -> Issued | None:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        documents = Documents.model_validate(data["documents"])
        return Issued(documents, data["marks"], data["as_of"], data["rests_on"], data["rows"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def every_row(var: Path) -> list[dict[str, Any]]:
    """Return the rows of all certificates that were made, people's and units'. Blocks.

    Raises
    ------
    ValueError
        Where a file can't be read: its numbers might be given again. Says which.
    """
    found = []
    for path in sorted((var / FOLDER).glob("*.json")):
        try:
            found += json.loads(path.read_text(encoding="utf-8"))["rows"]
        except (ValueError, KeyError, TypeError):
            raise ValueError(path) from None
    return found


def _path(var: Path, name: str) -> Path:
    return var / FOLDER / f"{name}.json"
