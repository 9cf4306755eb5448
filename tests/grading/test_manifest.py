"""What a result says of itself."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from grading.manifest import manifest_text
from grading.written import read_outputs
from tests.grading.factories import grade_all, rules, sit
from tests.grading.head import META, ROUND

RESULTS = grade_all([sit("a", "rrw")], rules(quantity="percent_right"))


def data(meta=META, results=RESULTS, outputs=None):
    """Return the manifest as data."""
    return json.loads(manifest_text(meta, results, outputs or {"ca_nhan.csv": "8" * 64}))


def test_everything_a_checker_needs():
    """The whole manifest of a small contest."""
    assert data() == {
        "format": 1,
        "status": "final",
        "synthetic": False,
        "contest": {"id": "thu", "title": "Cuộc thi thử", "sample": True},
        "as_of": "2026-11-23T07:00:00.000+07:00",
        "code": {"version": "0.1.0", "sha256": "7" * 64},
        "rounds": {
            "ky-1": {
                "status": "final",
                "hashes": {
                    "bank": "1" * 64,
                    "rules": "2" * 64,
                    "units": "3" * 64,
                    "rows": "4" * 64,
                    "rulings": "5" * 64,
                },
                "secret_hash": "6" * 64,
                "prediction": {"quantity": "percent_right", "true_value": "66.66667"},
            }
        },
        "outputs": {"ca_nhan.csv": "8" * 64},
    }


def test_the_text_is_sorted_and_indented():
    """Two runs can be compared line by line, and Vietnamese stays readable."""
    result = manifest_text(META, RESULTS, {})
    assert result == json.dumps(data(outputs={}) | {"outputs": {}}, **DUMP) + "\n"
    assert "Cuộc thi thử" in result


DUMP = {"ensure_ascii": False, "sort_keys": True, "indent": 2}


def test_one_open_round_makes_the_whole_provisional():
    """The closed round stays final."""
    results = grade_all([sit("a", "r"), sit("a", "r", round="ky-2")])
    meta = replace(META, rounds={"ky-1": ROUND, "ky-2": replace(ROUND, final=False)})
    result = data(meta, results)
    assert result["status"] == "provisional"
    assert {id_: one["status"] for id_, one in result["rounds"].items()} == {
        "ky-1": "final",
        "ky-2": "provisional",
    }


def test_a_result_in_which_somebody_waits_for_a_marker_is_provisional():
    """It says how many do; where nobody does, there is no such key."""
    results = grade_all([sit("a", "rr?"), sit("b", "rrr"), sit("a", "r", round="ky-2")])
    result = data(replace(META, rounds={"ky-1": ROUND, "ky-2": ROUND}), results)
    assert result["status"] == "provisional"
    found = [(one["status"], one.get("needs_marker")) for one in result["rounds"].values()]
    assert found == [("provisional", 1), ("final", None)]


def test_the_secret_stands_there_only_where_it_is_given():
    """Before that there is no such key at all."""
    meta = replace(META, rounds={"ky-1": replace(ROUND, secret="9" * 64)})
    assert data(meta)["rounds"]["ky-1"]["secret"] == "9" * 64
    assert "secret" not in data()["rounds"]["ky-1"]


def test_a_round_without_a_prediction_or_a_true_value():
    """null in the place of what doesn't exist."""
    none = grade_all([sit("a", "r")], rules("score high", quantity=None))
    assert data(results=none)["rounds"]["ky-1"]["prediction"] is None
    empty = grade_all([], rules(quantity="percent_right"))
    assert data(results=empty)["rounds"]["ky-1"]["prediction"] == {
        "quantity": "percent_right",
        "true_value": None,
    }


def test_rounds_described_and_graded_must_be_the_same():
    """No round is published under another's hashes."""
    with pytest.raises(ValueError, match=r"rounds \['ky-2'\], but graded were \['ky-1'\]"):
        manifest_text(replace(META, rounds={"ky-2": ROUND}), RESULTS, {})


def test_outputs_are_read_back():
    """File names with their hashes."""
    assert read_outputs(manifest_text(META, RESULTS, {"a.csv": "8" * 64})) == {"a.csv": "8" * 64}


@pytest.mark.parametrize(
    "raw", ["", "{", "[]", "{}", '{"name": "a web page", "icons": []}', '{"outputs": {}}']
)
def test_another_programs_manifest_is_not_ours(raw):
    """Web pages have files of this name too."""
    assert read_outputs(raw) is None
