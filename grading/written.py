"""What a result's manifest says, read from its text alone: no tables, no pandas."""

from __future__ import annotations

import json

NAME = "manifest.json"


def read_outputs(raw: str) -> dict[str, str] | None:
    """Return file name -> hash from a manifest's text, or None where it isn't a result's."""
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or not {"format", "status", "contest", "rounds"} <= set(data):
        return None
    outputs = data.get("outputs")
    return outputs if isinstance(outputs, dict) else None
