"""Rules files of older versions -> the present one. Pure, on plain data.

Each step only adds keys, so that whatever is wrong in the file still has its line.
"""

from __future__ import annotations

from typing import Any

RULES_VERSION = 2

_PREDICTION_1 = {
    "scope": "round",
    "equal": "same",
    "excluded_count": False,
    "true_value": "computed",
}
"""What version 1 did without saying."""


def upgrade(data: Any) -> Any:
    """Return rules of any known version as data of the present one; anything else unchanged."""
    if isinstance(data, dict) and data.get("version") == 1:
        return _from_1(data)
    return data


def _from_1(data: dict[str, Any]) -> dict[str, Any]:
    found = {**data, "version": 2}
    prediction = found.get("prediction")
    if isinstance(prediction, dict):
        found["prediction"] = {**_PREDICTION_1, **prediction}
    return found
