"""What needs attention: each finder, and that lines are escaped."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from contest.commands.numbers import Live
from contest.live_numbers import RoundNumbers, UnitNumbers
from contest.rulings.decided import Decided, decide
from contest.rulings.models import read_ruling
from contest.store.claims_protocol import Claim
from contest.store.commands import Action
from contest.ui.desk.attention import MOST, matters_html
from contest.ui.desk.matters import Graded, Material, Matter, find_matters
from contest.ui.desk.messages import TEXTS
from contest.units import Unit, Units

UNITS = [
    UnitNumbers("a", "Đơn vị mẫu 1", 1, None, 2, 3, 3),
    UnitNumbers("b", "Đơn vị mẫu 2", 1, None, 5, 5, 5),
]
ROWS = [
    ("unit", "ts-1", {"reason": "ghi nhầm", "unit": "b", "was": "a"}),
    ("exclude", "ts-2", {"reason": "thi hộ"}),
    ("exclude", "lt-9", {"reason": "hai máy", "round": "ky-1"}),
]
GRADED = Graded(
    [
        {"contestant_id": "ts-3", "attempt_id": "lt-3", "status": "needs_marker"},
        {"contestant_id": "ts-4", "attempt_id": "lt-4", "status": "ranked"},
    ],
    [
        {"question_id": "q1", "stem": "Sai", "flags": "few;negative", "notes": "đáp án ngược"},
        {"question_id": "q2", "stem": "Đúng", "flags": None, "notes": None},
        {"question_id": "q3", "stem": "Đã hủy", "flags": "negative", "notes": ""},
    ],
    [{"attempt_id": "lt-5", "explanation": "quá nhanh"}],
)


def material(**changed: Any) -> Material:
    """Return a round with one of everything."""
    actions = [
        Action(n, "Thư ký", kind, subject, body) for n, (kind, subject, body) in enumerate(ROWS)
    ]
    rulings = [read_ruling(n, action) for n, action in enumerate(actions, start=1)]
    decided: Decided = replace(decide(rulings, "ky-1", None), voids={"q3": "out"})
    live = Live(None, RoundNumbers(8, 8, 0, 2, UNITS, []), rulings, decided, None)  # type: ignore[arg-type]
    listed = Units((Unit("b", "Đơn vị mẫu 2", None, None, 5),))
    said = {"text": "Xin xem"}
    claim = Claim("pa-1", "ABC", 1_796_083_200_000, "other", None, False, None, None, None, said)
    return replace(Material(live, listed, GRADED, [claim]), **changed)


def test_each_finder_finds_its_own() -> None:
    """Questions that are void already don't come again; what people wrote isn't shown."""
    found = {matter.name: matter.lines for matter in find_matters(material())}
    assert found == {
        "claims": ("pa-1: Việc khác · 01/12/2026 07:00",),
        "questions": ("q1: Sai · đáp án ngược",),
        "essays": ("lt-3",),
        "crowded": ("Đơn vị mẫu 1: 3 / 2",),
        "lost_units": ("a: Đơn vị mẫu 1",),
        "corrected_units": ("ts-1: a → b (#1: ghi nhầm)",),
        "removed": ("lt-9: #3: hai máy", "ts-2: #2: thi hộ"),
        "advice": ("lt-5: quá nhanh",),
    }
    assert {f"matter.{name}" for name in found} <= TEXTS.keys()


def test_what_is_not_known_is_not_told() -> None:
    """Neither graded nor a list of units that can be read."""
    names = [matter.name for matter in find_matters(material(listed=None, graded=None))]
    assert names == ["claims", "crowded", "corrected_units", "removed"]


def test_lines_are_escaped_and_not_without_end() -> None:
    """Reasons and stems are what people typed."""
    told = matters_html([Matter("removed", MOST + 7, ("<script>x</script>",) * (MOST + 7))])
    assert "<script>" not in told
    assert told.count("&lt;script&gt;") == MOST
    assert "7 dòng" in told
