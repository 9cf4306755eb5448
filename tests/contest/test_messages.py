"""The texts: every finding says what is wrong and how to mend it."""

from __future__ import annotations

import pytest

from contest.messages import TEXTS, problem, text

FINDINGS = sorted(key.removesuffix(".fix") for key in TEXTS if key.endswith(".fix"))


@pytest.mark.parametrize("code", FINDINGS)
def test_every_mend_belongs_to_a_finding(code: str) -> None:
    """And ends like a sentence, as the finding does."""
    assert TEXTS[code]
    assert TEXTS[code].rstrip().endswith((".", "?", "}"))


@pytest.mark.parametrize("key", [key for key in TEXTS if key.split(".")[0] in ("units", "rules")])
def test_every_finding_has_a_mend(key: str) -> None:
    """About units and about rules."""
    assert key.endswith(".fix") or f"{key}.fix" in TEXTS


def test_gaps_are_filled() -> None:
    """Those of the finding and those of the mend."""
    result = problem("units.repeated", "don_vi.csv", 4, id="dv-1", first=2)
    assert str(result).startswith("don_vi.csv:4: lỗi: mã đơn vị dv-1 đã có ở dòng 2.")


def test_unknown_text_is_a_fault_in_the_code() -> None:
    """Not an empty sentence."""
    with pytest.raises(KeyError):
        text("rules.nowhere")
    with pytest.raises(KeyError):
        text("cli.init.done")
