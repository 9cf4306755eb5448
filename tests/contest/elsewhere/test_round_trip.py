"""A contest's own responses, handed over as a file, give the result that its rows give."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from contest.commands.grade import grade_directory
from contest.commands.simulate import simulate_directory
from contest.directory import ContestDirectory
from contest.results import Gathered, gather
from contest.rounds import Rounds
from contest.store.sqlite import SqliteStore
from grading.cells import time_text
from tests.contest.elsewhere.helpers import grade, manifest, responses_file, scores_file, table
from tests.factories import ROUND, write_contest


def written(response: str | None) -> str:
    """Return a stored response as its cell."""
    if response is None:
        return ""
    (kind, value), *_ = json.loads(response).items()
    if kind == "text":
        return value
    if isinstance(value, Mapping):
        shown = {
            id_: str(one).lower() if one in (True, False) else one for id_, one in value.items()
        }
        return ";".join(f"{id_}={one}" for id_, one in shown.items())
    return ";".join(value)


async def gathered(directory: ContestDirectory) -> Gathered:
    """Return what the stored rows add up to."""
    store = SqliteStore(directory.database)
    try:
        return await gather(Rounds(directory, store), store, [ROUND])
    finally:
        await store.close()


def attempts_of(found: Gathered) -> dict[str, dict[str, str]]:
    """Return what the rows of each attempt say alike."""
    names = dict(zip(found.people["contestant_id"], found.people["name"], strict=True))
    return {
        row["attempt_id"]: {
            "contestant_id": row["contestant_id"],
            "name": names[row["contestant_id"]],
            "unit_id": row["unit_id"],
            "group": row["group"],
            "attempt_id": row["attempt_id"],
            "started_at": time_text(row["started_at"]),
            "submitted_at": time_text(row["submitted_at"]),
            "prediction": "" if row["prediction"] is None else str(row["prediction"]),
        }
        for row in found.attempts.to_dict("records")
    }


@pytest.fixture(scope="module")
def contest(tmp_path_factory: pytest.TempPathFactory) -> tuple[ContestDirectory, Path, Any]:
    """A simulated, closed contest, its result, and what was gathered from its rows."""
    folder = tmp_path_factory.mktemp("vong")
    directory = write_contest(folder / "cuoc_thi")
    simulate_directory(directory.path, 20, 7, None, close=True, acks=None)
    grade_directory(directory.path, [], folder / "goc")
    return directory, folder / "goc", asyncio.run(gathered(directory))


@pytest.fixture(scope="module")
def rows(contest: tuple[ContestDirectory, Path, Any]) -> list[dict[str, str]]:
    """Every answer of every paper."""
    _, _, found = contest
    attempts = attempts_of(found)
    return [
        {
            **attempts[one["attempt_id"]],
            "question_id": one["question_id"],
            "response": written(None if not isinstance(one["response"], str) else one["response"]),
        }
        for one in found.answers.to_dict("records")
    ]


def test_responses_give_the_same_result(
    contest: tuple[ContestDirectory, Path, Any], rows: list[dict[str, str]], tmp_path: Path
) -> None:
    """People, units, attempts and questions: every column, with nothing but the files."""
    _, original, _ = contest
    bare = write_contest(tmp_path / "chi_tep")
    file = responses_file(tmp_path / "bai.csv", rows)
    result = grade(bare.path, tmp_path / "out", "--responses", str(file), "--final")
    assert result.exit_code == 0, result.output
    assert len(rows) > 100
    for name in ("ca_nhan", "tap_the"):
        assert without(table(tmp_path / "out", name)) == without(table(original, name))
    assert not bare.database.exists()


def without(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Leave out what only the kit's own rows can tell."""
    return [{name: cell for name, cell in row.items() if name != "registered_at"} for row in rows]


def test_order_of_rows_changes_nothing(
    contest: tuple[ContestDirectory, Path, Any], rows: list[dict[str, str]], tmp_path: Path
) -> None:
    """A file is a set of rows: only its own hash differs."""
    directory, _, _ = contest
    for name, some in (("a", rows), ("b", rows[::-1])):
        file = responses_file(tmp_path / f"{name}.csv", some)
        assert grade(directory.path, tmp_path / name, "--responses", str(file)).exit_code == 0
    for name in ("ca_nhan", "tap_the", "luot", "cau_hoi"):
        assert table(tmp_path / "a", name) == table(tmp_path / "b", name)
    one, other = manifest(tmp_path / "a"), manifest(tmp_path / "b")
    assert one["rounds"] == other["rounds"]
    assert one["source"]["sha256"] != other["source"]["sha256"]


def test_scores_give_the_same_ranking(
    contest: tuple[ContestDirectory, Path, Any], tmp_path: Path
) -> None:
    """With the scores that the rows gave."""
    directory, original, found = contest
    attempts = attempts_of(found)
    scores = {row["attempt_id"]: row for row in table(original, "luot")}
    most = table(original, "ca_nhan")[0]
    rows = [
        {
            **one,
            "score": scores[id_]["score"],
            "max_score": most["max_score"],
            "correct": scores[id_]["correct"],
            "questions": most["questions"],
        }
        for id_, one in attempts.items()
    ]
    file = scores_file(tmp_path / "diem.csv", rows, "correct", "questions")
    result = grade(directory.path, tmp_path / "out", "--scores", str(file))
    assert result.exit_code == 0, result.output
    for name in ("ca_nhan", "tap_the"):
        assert without(table(tmp_path / "out", name)) == without(table(original, name))
    assert table(tmp_path / "out", "cau_hoi") == []
