"""What a leaderboard's page shows of a snapshot; pure."""

from __future__ import annotations

from typing import Any

from contest.serving.board_views import read_asked, view_of
from contest.serving.page import page_environment, say

UNITS: list[list[Any]] = [
    [1, "Đơn vị A", "Khối X", "X", 2, 40, 20, 25, "0.5", "81.5", "Đơn vị dẫn đầu", "don vi a"],
    [2, "Đơn vị B", "Khối X", "X", 2, None, 0, 0, None, None, None, "don vi b"],
]

SNAPSHOT = {
    "at": 0,
    "version": "a",
    "rounds": [
        {
            "id": "ky-1",
            "title": "Kỳ 1",
            "shown": {"counts": "shown", "people": "shown", "means": "shown"},
            "top": None,
            "final": True,
            "confirmed": True,
            "closes": 0,
            "decimals": 0,
            "totals": [20, 25],
            "groups": [["chung", "Mọi thí sinh"]],
            "people": {},
            "units": UNITS,
            "step": "day",
            "times": [],
        }
    ],
}


def asked(**query: str) -> dict[str, Any]:
    """Return the view of an address."""
    found = read_asked(SNAPSHOT, lambda name, default: query.get(name, default))
    return view_of(SNAPSHOT, found)


def test_a_unit_bears_its_prize() -> None:
    """Where it has one; its name is searched as before."""
    (table,) = asked(bang="don-vi")["tables"]
    assert [(one["name"], one["prize"]) for one in table["units"]] == [
        ("Đơn vị A", "Đơn vị dẫn đầu"),
        ("Đơn vị B", None),
    ]
    (table,) = asked(bang="don-vi", tim="vi B")["tables"]
    assert [one["name"] for one in table["units"]] == ["Đơn vị B"]
    assert table["units"][0]["share"] == say("board.unknown")


def test_the_page_shows_the_prize_once_below_the_name() -> None:
    """At every width: it stands in the row's heading."""
    template = page_environment().get_template("pages/board.html")
    shown = "".join(
        template.blocks["main"](
            template.new_context(
                {
                    "view": asked(bang="don-vi"),
                    "say": say,
                    "at": "",
                    "address": lambda *_, **__: "",
                    "page": {"notices": []},
                }
            )
        )
    )
    assert shown.count("Đơn vị dẫn đầu") == 1
    heading = shown[shown.index("Đơn vị A") : shown.index("</th>", shown.index("Đơn vị A"))]
    assert '<span class="below">Đơn vị dẫn đầu</span>' in heading
