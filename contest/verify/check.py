"""`timhieu verify`: a result folder against a bundle."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contest.chains import Tampered, checked_actions
from contest.keeping.archive import BadArchive
from contest.kit import code_hash
from contest.registration import commitment
from contest.store.bundling import NotRows
from contest.store.commands import FROZEN_KINDS, RULING_KINDS, Action
from contest.store.snapshot import Snapshot
from contest.verify.bundle import Opened, open_bundle
from contest.verify.compare import Differs, check_files, compare_results, read_manifest
from contest.verify.recompute import recompute
from questions.canonical import sha256

PEOPLE = "ca_nhan.csv"
RULINGS = "rulings.csv"


@dataclass(frozen=True)
class Verified:
    """What was found equal.

    Attributes
    ----------
    files, people, attempts : int
        How many files were compared, how many persons and attempts are in them.
    status : str
        `final` or `provisional`, as the manifest has it.
    identities : int or None
        Persons whose name matches its commitment; None where no salts were given.
    other_code : str or None
        The version that graded and its hash, where it isn't this one.
    rulings : tuple of int
        The number of the last ruling that the result was graded by, and of the last there is.
    """

    files: int
    people: int
    attempts: int
    status: str
    identities: int | None
    other_code: str | None
    rulings: tuple[int, int]


async def verify(
    out: Path,
    bundle: Path,
    salts: Path | None = None,
    progress: Callable[[], object] = lambda: None,
) -> Verified:
    """Check a result folder against a bundle, computing everything but the names again.

    Raises
    ------
    Differs
        With the first difference.
    """
    manifest = read_manifest(out)
    check_files(out, manifest)
    names, until = _names(out), _last_ruling(out)
    with tempfile.TemporaryDirectory(prefix="timhieu-verify-") as scratch:
        folder = Path(scratch)
        opened = _open(bundle, folder)
        if opened.manifest.contest_id != manifest["contest"]["id"]:
            raise Differs("contest", id=opened.manifest.contest_id)
        again = folder / "again"
        round_ids = sorted(manifest["rounds"])
        try:
            with Snapshot(opened.database) as snapshot:
                actions = checked_actions(snapshot)
                _check_frozen(snapshot, actions, round_ids)
                commitments = _commitments(snapshot, round_ids)
            gathered = await recompute(
                opened, round_ids, names, again, until, _marks(manifest), progress
            )
        except Tampered as found:
            raise Differs("tampered", place=found.place) from None
        except KeyError as error:
            raise Differs("paper", id=error.args[0]) from None
        except ValueError as error:
            raise Differs("results", why=error) from None
        compare_results(out, again)
    checked = None if salts is None else _identities(salts, commitments, names)
    theirs = manifest["code"]
    other = told_code(theirs["version"], theirs["sha256"])
    rulings = sum(action.kind in RULING_KINDS for action in actions)
    return Verified(
        len(manifest["outputs"]),
        int(gathered.attempts["contestant_id"].nunique()),
        len(gathered.attempts),
        manifest["status"],
        checked,
        other if theirs["sha256"] != code_hash() else None,
        (until, rulings),
    )


def told_code(version: str, digest: str) -> str:
    """Return a version of the kit with the first letters of its hash: versions alone repeat."""
    return f"{version} ({digest[:12]})"


def _check_frozen(snapshot: Snapshot, actions: list[Action], round_ids: list[str]) -> None:
    """Check that the rounds were frozen, and that what they were frozen with is there, whole."""
    kinds = {}
    for digest, kind, body in snapshot.contents():
        if sha256(body) != digest:
            raise Differs("content", hash=digest[:12])
        kinds[digest] = kind
    frozen = {action.subject: action.body for action in actions if action.kind == "freeze"}
    for round_id in round_ids:
        if round_id not in frozen:
            raise Differs("round", ky=round_id)
        for kind in FROZEN_KINDS:
            if kinds.get(frozen[round_id].get(kind)) != kind:
                raise Differs("content", hash=str(frozen[round_id].get(kind))[:12])


def _commitments(snapshot: Snapshot, round_ids: list[str]) -> dict[str, str]:
    """Return contestant id -> commitment, as the chained first rows have it too."""
    found = snapshot.commitments()
    for round_id in round_ids:
        for record in snapshot.attempts(round_id):
            if found.get(record.contestant_id) != record.opened.get("commitment"):
                raise Differs("member", name=f"contestants: {record.contestant_id}")
    return found


def _open(bundle: Path, folder: Path) -> Opened:
    try:
        return open_bundle(bundle, folder)
    except BadArchive as error:
        raise Differs("bundle", why=error) from None
    except NotRows as error:
        raise Differs("member", name=error) from None
    except (OSError, ValueError, TypeError, RecursionError):
        raise Differs("unreadable") from None


def _names(out: Path) -> dict[str, str | None]:
    """Return contestant id -> name as the result has it."""
    with (out / PEOPLE).open(encoding="utf-8-sig", newline="") as file:
        return {row["contestant_id"]: row["name"] or None for row in csv.DictReader(file)}


def _last_ruling(out: Path) -> int:
    """Return the number of the last ruling that the result was graded by; 0 without any."""
    with (out / RULINGS).open(encoding="utf-8-sig", newline="") as file:
        numbers = [row["number"] or "" for row in csv.DictReader(file)]
    if not all(number.isascii() and number.isdigit() for number in numbers):
        raise Differs("text", file=RULINGS)
    return max(map(int, numbers), default=0)


def _marks(manifest: dict[str, Any]) -> dict[str, int]:
    """Return how many marks of essays each round was graded by, as the manifest has it."""
    found = {round_id: one.get("marks", 0) for round_id, one in manifest["rounds"].items()}
    if not all(isinstance(count, int) and count >= 0 for count in found.values()):
        raise Differs("manifest", key="marks", theirs=None, ours=None)
    return found


def _identities(salts: Path, commitments: dict[str, str], names: dict[str, str | None]) -> int:
    try:
        people: dict[str, Any] = json.loads(salts.read_text(encoding="utf-8"))
        told = {id_: (one["fields"], one["salt"]) for id_, one in people.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Differs("salts") from None
    for id_, name in names.items():
        if id_ not in told:  # erased since, or never told
            if name is not None:
                raise Differs("identity", id=id_)
            continue
        fields, salt = told[id_]
        if commitments.get(id_) != commitment(fields, salt):
            raise Differs("commitment", id=id_)
        if fields.get("name") != name:
            raise Differs("identity", id=id_)
    return sum(id_ in told for id_ in names)
