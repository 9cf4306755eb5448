"""What a result says of itself: status, hashes, true values, and the hash of every file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from grading.cells import time_text
from grading.results import Predicted, Results

FORMAT = 1
"""Version of the manifest and of the files it names."""


@dataclass(frozen=True)
class RoundMeta:
    """What the contest says of one round; hashes are hex SHA-256.

    Attributes
    ----------
    final : bool
        Whether the round has its closing row. Its result is final once the true value of its
        prediction is known as well, and nobody's result waits for a marker.
    bank, rules, units : str
        Hashes of what the round was frozen with.
    rows, rulings : str
        Root over the stored rows, and over the rulings that concern the round.
    secret_hash : str or None
        Hash of the secret that seeded the draw; None before the round is frozen.
    secret : str or None
        The secret itself, once it may be known.
    marks : str or None
        Hash over the marks that markers gave for the round's essays; None: there are none.
    marks_count : int
        How many these are, changed ones too.
    window : (int, int) or None
        First opening and last closing, milliseconds UTC, where rulings made the round longer than
        its rules say; None: as the rules say.
    """

    final: bool
    bank: str
    rules: str
    units: str
    rows: str
    rulings: str
    secret_hash: str | None = None
    secret: str | None = None
    marks: str | None = None
    marks_count: int = 0
    window: tuple[int, int] | None = None


@dataclass(frozen=True)
class Source:
    """The file that the rows came from, where they aren't the kit's own.

    Attributes
    ----------
    kind : str
        `responses` or `scores`.
    file, sha256 : str
        Its name without folders, and the hash of its bytes.
    """

    kind: Literal["responses", "scores"]
    file: str
    sha256: str


@dataclass(frozen=True)
class Meta:
    """What the contest says of the whole result.

    Attributes
    ----------
    contest_id, contest_title : str
        From the rules.
    sample, synthetic : bool
        A sample contest; made-up contestants.
    as_of : int
        Time of the last stored row, milliseconds UTC: the "now" of the result.
    code_version, code_sha256 : str
        Of the program that graded.
    rounds : mapping
        Round id -> RoundMeta, for exactly the rounds graded.
    source : Source or None
        None: the contest's own rows.
    rehearsal : bool
        Everything is a rehearsal's.
    """

    contest_id: str
    contest_title: str
    sample: bool
    synthetic: bool
    as_of: int
    code_version: str
    code_sha256: str
    rounds: Mapping[str, RoundMeta]
    source: Source | None = None
    rehearsal: bool = False

    @property
    def final(self) -> bool:
        """Whether every round has its closing row."""
        return bool(self.rounds) and all(one.final for one in self.rounds.values())


def settled(meta: Meta, results: Results) -> Meta:
    """Return what the contest says; rounds with a pending true value, or in which somebody waits
    for a marker, as not final."""
    rounds = {}
    waiting = results.waiting
    for round_id, one in meta.rounds.items():
        predicted = results.predicted.get(round_id)
        known = predicted is None or predicted.pending is None
        rounds[round_id] = replace(one, final=one.final and known and round_id not in waiting)
    return replace(meta, rounds=rounds)


def manifest_text(meta: Meta, results: Results, outputs: Mapping[str, str]) -> str:
    """Return the manifest as JSON: keys sorted, indented by 2, with a newline at the end.

    Parameters
    ----------
    outputs : mapping
        File name -> hex SHA-256 of its bytes; the manifest itself isn't among them.

    Raises
    ------
    ValueError
        Where `meta` names other rounds than those graded.
    """
    if set(meta.rounds) != set(results.predicted):
        raise ValueError(
            f"meta: rounds {sorted(meta.rounds)}, but graded were {sorted(results.predicted)}"
        )
    meta = settled(meta, results)
    waiting = results.waiting
    data = {
        "format": FORMAT,
        "status": status_name(meta.final),
        "synthetic": meta.synthetic,
        "contest": {
            "id": meta.contest_id,
            "title": meta.contest_title,
            "sample": meta.sample,
        },
        "as_of": time_text(meta.as_of),
        "code": {"version": meta.code_version, "sha256": meta.code_sha256},
        "rounds": {
            round_id: _round(one, results.predicted[round_id], waiting.get(round_id, 0))
            for round_id, one in meta.rounds.items()
        },
        "outputs": dict(outputs),
    }
    if meta.rehearsal:
        data["rehearsal"] = True
    if meta.source is not None:
        data["source"] = asdict(meta.source)
    return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False) + "\n"


def status_name(final: bool) -> str:
    """Return `final` or `provisional`."""
    return "final" if final else "provisional"


def _round(one: RoundMeta, predicted: Predicted | None, waiting: int) -> dict[str, Any]:
    found: dict[str, Any] = {
        "status": status_name(one.final),
        "hashes": {
            "bank": one.bank,
            "rules": one.rules,
            "units": one.units,
            "rows": one.rows,
            "rulings": one.rulings,
        },
        "secret_hash": one.secret_hash,
        "prediction": None,
    }
    if waiting:
        found["needs_marker"] = waiting
    if one.secret is not None:
        found["secret"] = one.secret
    if one.marks is not None:
        found["hashes"]["marks"] = one.marks
        found["marks"] = one.marks_count
    if one.window is not None:
        opens, closes = map(time_text, one.window)
        found["window"] = {"opens": opens, "closes": closes}
    if predicted is not None:
        value = predicted.true_value
        found["prediction"] = {
            "quantity": predicted.quantity,
            "true_value": None if value is None else f"{value:f}",  # percent: always 5 decimals
        }
        if predicted.pending is not None:
            found["prediction"]["pending"] = predicted.pending
    return found
