"""A person's place, read from exactly the files that were confirmed."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from contest.closing.confirmed import result_folder
from contest.closing.own import KnownPlaces, Place, read_places
from questions.canonical import sha256
from tests.contest.papers.graded import write_graded
from tests.factories import ROUND

HEAD = "attempt_id,status,group,unit_id,rank,prediction_error,round,contestant_id\n"
ROWS = (
    "a1,ranked,chung,dv-1,1,5,ky-1,ts-1\n"
    "a2,ranked,chung,dv-2,2,,ky-1,ts-2\n"
    "a3,ranked,chung,dv-1,2,7,ky-1,ts-3\n"
    "a4,ranked,chung,dv-1,4,7,ky-1,ts-4\n"
    "a5,ranked,khac,dv-1,1,7,ky-1,ts-5\n"
    "a6,excluded,chung,dv-1,,7,ky-1,ts-6\n"
    "a7,ranked,chung,dv-1,1,7,ky-2,ts-7\n"
)


def put(var: Path, *, status: str = "final", rows: str = ROWS) -> str:
    """Write a result's two files; return the hash of its manifest."""
    folder = result_folder(var, ROUND)
    folder.mkdir(parents=True)
    people = ("\ufeff" + HEAD + rows).encode()
    (folder / "ca_nhan.csv").write_bytes(people)
    prediction = {"quantity": "people", "true_value": "120"}
    manifest = json.dumps(
        {
            "rounds": {ROUND: {"status": status, "prediction": prediction}},
            "outputs": {"ca_nhan.csv": sha256(people)},
        }
    ).encode()
    (folder / "manifest.json").write_bytes(manifest)
    return sha256(manifest)


@pytest.mark.parametrize(
    ("contestant", "place"),
    [
        ("ts-1", Place("a1", "ranked", 1, 4, 1, 3, Decimal(120), Decimal(5))),
        ("ts-2", Place("a2", "ranked", 2, 4, 1, 1)),
        ("ts-3", Place("a3", "ranked", 2, 4, 2, 3, Decimal(120), Decimal(7))),
        ("ts-4", Place("a4", "ranked", 4, 4, 3, 3, Decimal(120), Decimal(7))),
        ("ts-5", Place("a5", "ranked", 1, 1, 1, 1, Decimal(120), Decimal(7))),
        ("ts-6", Place("a6", "excluded")),
        ("ts-7", None),
        ("ts-8", None),
    ],
)
def test_places_are_counted_in_group_and_unit(
    tmp_path: Path, contestant: str, place: Place | None
) -> None:
    """Equal ranks stay equal; another round's rows aren't this one's."""
    places = read_places(tmp_path, ROUND, put(tmp_path))
    assert places is not None
    assert places.of(contestant) == place


def test_other_files_than_the_confirmed_ones_say_nothing(tmp_path: Path) -> None:
    """Neither with another manifest, nor with a table that was changed, nor provisional ones."""
    result = put(tmp_path)
    assert read_places(tmp_path, ROUND, "0" * 64) is None
    assert read_places(tmp_path, "ky-2", result) is None
    known = KnownPlaces(tmp_path)
    assert known.look(ROUND, result) is known.look(ROUND, result) is not None
    assert known.look(ROUND, "0" * 64) is None
    table = result_folder(tmp_path, ROUND) / "ca_nhan.csv"
    table.write_bytes(table.read_bytes().replace(b"ts-1", b"ts-9"))
    assert read_places(tmp_path, ROUND, result) is None
    draft = put(tmp_path / "draft", status="provisional")
    assert read_places(tmp_path / "draft", ROUND, draft) is None


def test_a_real_results_files_are_read(tmp_path: Path) -> None:
    """As `timhieu grade` writes them."""
    out = tmp_path / "out"
    people = write_graded(out).people
    raw = (out / "manifest.json").read_bytes()
    round_id = sorted(json.loads(raw)["rounds"])[0]
    folder = result_folder(tmp_path, round_id)
    folder.mkdir(parents=True)
    for name in ("manifest.json", "ca_nhan.csv"):
        (folder / name).write_bytes((out / name).read_bytes())
    places = read_places(tmp_path, round_id, sha256(raw))
    assert places is not None
    of_round = people[people["round"] == round_id]
    for row in of_round.itertuples(index=False):
        place = places.of(row.contestant_id)
        assert place is not None
        ranked = row.status == "ranked"
        assert place.rank == (int(row.rank) if ranked else None)
        same = of_round[(of_round["group"] == row.group) & (of_round["status"] == "ranked")]
        if ranked:
            assert place.among == len(same)
            unit = same[same["unit_id"] == row.unit_id]
            assert place.unit_rank == int((unit["rank"] < row.rank).sum()) + 1
