"""Which certificates were made: so that their owners can fetch them, and no number is given twice.

Files of the contest's `var`, one for each result and for people and units. They hold no names of
people: those come from the store, and where one was erased or changed since, its certificate isn't
given any more.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
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
    rows : list of dict
        Round, person (null: a unit's), digest of the signed text, and the certificate's fields,
        of people's all but the name.
    """

    documents: Documents
    marks: str
    as_of: int
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
    key: Ed25519PrivateKey,
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


def read_issued(var: Path, version: str) -> Issued | None:
    """Return the certificates of a result; None where none were made. Blocks."""
    try:
        data = json.loads(_path(var, version).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    documents = Documents.model_validate(data["documents"])
    return Issued(documents, data["marks"], data["as_of"], data["rows"])


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
